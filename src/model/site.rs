//! The finished site.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    Date, Deadline, DocumentEntry, FactValue, GroupEntry, Layout, Lists, PageFront, PortfolioSite,
    ROWS_OF_TABLE, Recommendation, ReportFront, SitePlace, TermEntry, Texts, Totals,
    TranslationFront, UnitEntry, Years, relative,
};
use crate::config::{Config, FactKind};
use crate::language::Words;
use crate::references::Sdg;
use crate::source::{FileId, Span, Spanned};
use crate::vocabulary::{Status, Vocabulary, Worded};

/// Everything that pages and formats are made from. It is complete once it exists, and never
/// changes.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The words that its authors may use.
    pub vocabulary: Vocabulary,
    /// The words of the site's languages, the language of plain file names first.
    pub languages: Vec<Words>,
    /// The day of the build.
    pub today: NaiveDate,
    /// All reports, by folder.
    pub reports: Vec<Report>,
    /// The same in the order in which lists show them: by their `order`, then the newest first.
    pub reports_in_order: Vec<ReportId>,
    /// The folders above reports that have a page, by folder.
    pub collections: Vec<Collection>,
    /// All recommendations: report by report, by group and number within each.
    pub recommendations: Vec<Recommendation>,
    /// All documents, registered or cited, by symbol.
    pub documents: Vec<Document>,
    /// The Sustainable Development Goals that texts point at, by number.
    pub goals: Vec<CitedGoal>,
    /// All units that are responsible for something, by name.
    pub units: Vec<Unit>,
    /// All topics, by name.
    pub tags: Vec<Tag>,
    /// All terms of the glossary, by term.
    pub terms: Vec<Term>,
    /// All other pages, by address; the text of the home page first, where there is one.
    pub pages: Vec<Page>,
    /// All dated progress sections, the newest first.
    pub updates: Vec<Update>,
    /// The files that are copied: address and file.
    pub assets: Vec<(String, FileId)>,
    /// The addresses of those that are named like pictures and cannot be shown.
    pub unusable_pictures: BTreeSet<String>,
    /// Counts over all recommendations.
    pub totals: Totals,
    /// The same year by year.
    pub years: Years,
    /// The lists in which readers look for recommendations.
    pub lists: Lists,
    /// Other sites, with their totals.
    pub portfolio: Vec<PortfolioSite>,
    /// Which page a Markdown file of the content is, by its path.
    pub text_pages: BTreeMap<String, TextPage>,
    /// Which document a canonical symbol in upper case is.
    pub document_ids: DocumentIds,
    /// Which term a written form is.
    pub term_ids: BTreeMap<String, usize>,
    /// Which recommendation a report's folder and a number are.
    pub recommendation_ids: RecommendationIds,
    /// How many texts are left out because they are drafts, or in the folder of one.
    pub drafts_left_out: usize,
    /// What did not exist on the day that is shown: the paths of texts, and the recommendations as
    /// `report/number`. Links to it are shown as words.
    pub not_yet: BTreeSet<String>,
}

/// The page of a Markdown file.
#[derive(Debug)]
pub struct TextPage {
    /// Whose text it has.
    pub source: Source,
    /// Which of its texts: the index in [`Texts::all`], so 0 is the original.
    pub text: usize,
    /// The address of the page.
    pub address: String,
}

/// Recommendations by the folder of their report and their number: `central-asia/2`.
#[derive(Debug, Default)]
pub struct RecommendationIds(pub BTreeMap<String, RecommendationId>);

impl RecommendationIds {
    /// The recommendation that `2` stands for in the report of a folder, or `central-asia/2`
    /// anywhere.
    pub fn find(&self, folder: Option<&str>, number: &str) -> Option<RecommendationId> {
        let number = number.trim();
        let find = |number: &str| {
            let own = folder.and_then(|folder| self.0.get(&format!("{folder}/{number}")));
            own.or_else(|| self.0.get(number)).copied()
        };
        find(number).or_else(|| find(number_and_part(number)?.0))
    }
}

/// The number of a recommendation and the label of one of its parts: `12(a)`, `12 (a)(i)`.
pub fn number_and_part(number: &str) -> Option<(&str, &str)> {
    let (number, part) = number.split_at(number.find('(')?);
    part.ends_with(')').then(|| (number.trim_end(), part))
}

/// Which report: its index in [`Site::reports`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(pub usize);

/// Which recommendation: its index in [`Site::recommendations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecommendationId(pub usize);

/// Which document: its index in [`Site::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub usize);

/// Which unit: its index in [`Site::units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub usize);

/// Which page: its index in [`Site::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub usize);

/// A progress report: a dated snapshot of recommendations.
#[derive(Debug)]
pub struct Report {
    /// Its folder below `content/`: `central-asia`.
    pub folder: String,
    /// What its author typed.
    pub front: Arc<ReportFront>,
    /// The text in each language there is.
    pub texts: Texts,
    /// The day as at which it reports.
    pub as_at: NaiveDate,
    /// The day for which it is worked out what is overdue: the as-at date, or a later day that was
    /// asked for on the command line.
    pub assessed_at: NaiveDate,
    /// The day as at which it reports, whatever day is shown.
    pub own_as_at: NaiveDate,
    /// The report before it in its series.
    pub follows: Option<ReportId>,
    /// The reports after it in its series.
    pub followed_by: Vec<ReportId>,
    /// The day of which this is the edition, where it is an earlier one beside the latest.
    pub edition: Option<NaiveDate>,
    /// The folder of its page, PDF and data: its own, or in it that of an earlier edition.
    pub place: String,
    /// Its recommendations in [`Site::recommendations`].
    pub recommendations: Range<usize>,
    /// Their groups, in order. Recommendations without one come before those of the first.
    pub groups: Vec<ReportGroup>,
    /// The report whose folder contains its folder.
    pub parent: Option<ReportId>,
    /// The address of its page: `central-asia/index.html`.
    pub address: String,
    /// Counts over its recommendations.
    pub totals: Totals,
    /// The documents that it cites, by symbol.
    pub documents: Vec<DocumentId>,
    /// How its PDF is laid out, if it has one.
    pub pdf: Option<Layout>,
}

/// A folder above reports that has a page: a reporting body, a programme, a year.
#[derive(Debug)]
pub struct Collection {
    /// The folder below `content/`.
    pub folder: String,
    /// Its page, which is an `index.md`.
    pub page: PageId,
    /// The reports below it, in the order of lists.
    pub reports: Vec<ReportId>,
    /// Counts over their recommendations.
    pub totals: Totals,
}

/// A group of recommendations in a report: a chapter, a theme, a work package.
#[derive(Debug)]
pub struct ReportGroup {
    /// What the report says of it.
    pub entry: GroupEntry,
    /// Its anchor on the page of the report.
    pub anchor: String,
    /// Its recommendations in [`Site::recommendations`].
    pub recommendations: Range<usize>,
    /// Counts over them.
    pub totals: Totals,
}

/// Which document each symbol means, whatever its case.
#[derive(Debug, Default)]
pub struct DocumentIds(HashMap<String, DocumentId>);

impl DocumentIds {
    /// The document of a symbol.
    pub fn get(&self, symbol: &str) -> Option<DocumentId> {
        // Nearly every symbol is in capitals, and each link asks.
        let is_upper = symbol.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_lowercase());
        let known = if is_upper { self.0.get(symbol) } else { self.0.get(&symbol.to_uppercase()) };
        known.copied()
    }

    /// Adds a symbol that is not known yet.
    pub fn add(&mut self, symbol: &str, id: DocumentId) {
        self.0.entry(symbol.to_uppercase()).or_insert(id);
    }
}

/// A document that is registered, cited, or both.
#[derive(Debug)]
pub struct Document {
    /// The canonical symbol: `ECE/CP.TEIA/38/Add.1`.
    pub symbol: String,
    /// What the register says.
    pub entry: Option<DocumentEntry>,
    /// The address of its page: `documents/ECE_CP.TEIA_38_Add.1.html`.
    pub address: String,
    /// Where it is cited, in the order of the recommendations, reports and pages.
    pub cited: Vec<Citation>,
    /// Whether it is announced, but not issued yet.
    pub forthcoming: bool,
    /// The documents that it is based on.
    pub based_on: Vec<DocumentId>,
    /// The documents that are based on it.
    pub basis_of: Vec<DocumentId>,
    /// The documents that it replaces.
    pub supersedes: Vec<DocumentId>,
    /// The documents that replace it.
    pub superseded_by: Vec<DocumentId>,
}

/// What has a text that can point at something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A recommendation.
    Recommendation(RecommendationId),
    /// The introduction of a report.
    Report(ReportId),
    /// A page.
    Page(PageId),
}

/// One place that points at something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// Whose text.
    pub source: Source,
    /// Which of its texts: the index in [`Texts::all`], so 0 is the original.
    pub text: usize,
    /// Where in it: the index in [`Text::found`](super::Text::found). None: in its evidence.
    pub found: Option<usize>,
}

/// A Sustainable Development Goal that texts point at.
#[derive(Debug)]
pub struct CitedGoal {
    /// From 1 to 17.
    pub number: u8,
    /// The address of its page: `goals/13.html`.
    pub address: String,
    /// Where it, its targets and their indicators are pointed at.
    pub cited: Vec<(Sdg, Citation)>,
}

/// A unit that is responsible for recommendations.
#[derive(Debug)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Where it is first named.
    pub span: Span,
    /// What the register says.
    pub entry: Option<UnitEntry>,
    /// The unit that it is part of.
    pub parent: Option<UnitId>,
    /// The units that are part of it.
    pub members: Vec<UnitId>,
    /// The address of its page.
    pub address: String,
    /// Its recommendations.
    pub recommendations: Vec<RecommendationId>,
    /// Counts over them.
    pub totals: Totals,
}

/// A topic.
#[derive(Debug)]
pub struct Tag {
    /// As first typed.
    pub name: String,
    /// Where that is.
    pub span: Span,
    /// The address of its page.
    pub address: String,
    /// The recommendations on it.
    pub recommendations: Vec<RecommendationId>,
}

/// A term of the glossary.
#[derive(Debug)]
pub struct Term {
    /// What the glossary says.
    pub entry: TermEntry,
    /// Its anchor on the glossary's page.
    pub anchor: String,
    /// Whose texts use it.
    pub used_in: Vec<Source>,
}

/// A page that the site's authors wrote.
#[derive(Debug)]
pub struct Page {
    /// What its author typed.
    pub front: Arc<PageFront>,
    /// The text in each language there is.
    pub texts: Texts,
    /// Its address: `about.html`.
    pub address: String,
}

/// One dated progress section of a recommendation.
#[derive(Debug, Clone, Copy)]
pub struct Update {
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The section, in [`Text::sections`](super::Text::sections) of the original.
    pub section: usize,
    /// As at when.
    pub date: Date,
    /// The status then, where the heading says it.
    pub status: Option<Worded<Status>>,
}

impl Site {
    /// The earlier reporting dates of all reports, each once: the days of which there are editions.
    pub fn earlier_days(&self) -> BTreeSet<NaiveDate> {
        self.reports.iter().flat_map(Report::earlier_days).collect()
    }

    /// A report.
    pub fn report(&self, id: ReportId) -> &Report {
        &self.reports[id.0]
    }

    /// A recommendation.
    pub fn recommendation(&self, id: RecommendationId) -> &Recommendation {
        &self.recommendations[id.0]
    }

    /// The deadlines that a recommendation had before the one that it has, the first one first: in
    /// the reports before, where it comes from one recommendation, and by its own history.
    pub fn former_deadlines<'a>(&'a self, one: &'a Recommendation) -> Vec<&'a Deadline> {
        let before = |of: &&'a Recommendation| match of.continues.as_slice() {
            [only] => Some(self.recommendation(*only)),
            _ => None,
        };
        let mut life: Vec<&Recommendation> = std::iter::successors(Some(one), before).collect();
        life.reverse();
        let set = life.into_iter().flat_map(|of| {
            let own = of.front.deadlines.iter().map(|change| &change.deadline.value);
            own.chain(of.state.deadline.as_ref())
        });
        let mut set: Vec<&Deadline> = set.collect();
        set.dedup();
        if one.state.deadline.is_some() {
            set.pop();
        }
        set
    }

    /// What a recommendation has become at last: itself, where no later report takes it further. Of
    /// one that was split, the first.
    pub fn newest(&self, id: RecommendationId) -> RecommendationId {
        let next = |id: &RecommendationId| self.recommendation(*id).continued_by.first().copied();
        std::iter::successors(Some(id), next).last().unwrap_or(id)
    }

    /// A document.
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.0]
    }

    /// The report whose recommendations a text means when it gives only their numbers.
    pub fn report_of(&self, source: Source) -> Option<&Report> {
        match source {
            Source::Recommendation(id) => Some(self.report(self.recommendation(id).report)),
            Source::Report(id) => Some(self.report(id)),
            Source::Page(_) => None,
        }
    }

    /// The collections that a folder is in, the outermost first.
    pub fn collections_above<'s>(
        &'s self,
        folder: &'s str,
    ) -> impl Iterator<Item = &'s Collection> {
        folders_above(folder).filter_map(|above| {
            let place = self.collections.binary_search_by(|of| of.folder.as_str().cmp(above));
            place.ok().map(|index| &self.collections[index])
        })
    }

    /// The reports whose folders a folder is in, the outermost first.
    pub fn reports_above<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = &'s Report> {
        folders_above(folder).filter_map(|above| {
            let place = self.reports.binary_search_by(|of| of.folder.as_str().cmp(above));
            place.ok().map(|index| &self.reports[index])
        })
    }

    /// The collection whose page this is.
    pub fn collection_of(&self, page: PageId) -> Option<&Collection> {
        self.collections.iter().find(|of| of.page == page)
    }

    /// Everything that has a text: recommendations, reports, pages.
    pub fn sources(&self) -> impl Iterator<Item = Source> + use<> {
        let recommendations = (0..self.recommendations.len()).map(RecommendationId);
        let reports = (0..self.reports.len()).map(ReportId);
        let pages = (0..self.pages.len()).map(PageId);
        let recommendations = recommendations.map(Source::Recommendation);
        recommendations.chain(reports.map(Source::Report)).chain(pages.map(Source::Page))
    }

    /// The texts of a source, in each language.
    pub fn texts_of(&self, source: Source) -> &Texts {
        match source {
            Source::Recommendation(id) => &self.recommendation(id).texts,
            Source::Report(id) => &self.report(id).texts,
            Source::Page(id) => &self.pages[id.0].texts,
        }
    }

    /// The document of a symbol, whatever its case.
    pub fn document_of(&self, symbol: &str) -> Option<DocumentId> {
        self.document_ids.get(symbol)
    }

    /// A unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0]
    }

    /// What the front matter of a recommendation gives as documents or addresses: evidence, the
    /// original, and facts of the organisation's own that are documents.
    pub fn documents_typed_in<'s>(
        &'s self,
        of: &'s Recommendation,
    ) -> impl Iterator<Item = &'s Spanned<String>> {
        let original = of.front.source.iter();
        let original = original.flat_map(|source| source.document.iter().chain(&source.url));
        let is_document = |fact: &&FactValue| {
            let declared = self.config.facts.as_ref();
            declared.is_some_and(|facts| facts.0[fact.fact].1.kind() == FactKind::Document)
        };
        let own = of.facts.iter().filter(is_document).flat_map(|fact| &fact.values);
        of.front.all_evidence().chain(original).chain(own)
    }

    /// The words of a language of the site, or else those of its first.
    pub fn words(&self, tag: &str) -> &Words {
        let known = self.languages.iter().find(|words| words.tag == tag);
        known.unwrap_or(&self.languages[0])
    }

    /// The tag of the language of plain file names.
    pub fn first_language(&self) -> &str {
        self.languages.first().map_or("en", |words| words.tag.as_str())
    }

    /// The full address of a place where the site's is known, or else its path.
    pub fn url<'a>(&self, to: impl Into<SitePlace<'a>>) -> String {
        let path = relative("index.html", to);
        self.config.base_url().map_or_else(|| path.clone(), |base| format!("{base}/{path}"))
    }

    /// The address of a page in a language: `central-asia/1.html`, `fr/central-asia/1.html`.
    pub fn in_language(&self, address: &str, tag: &str) -> String {
        in_language(address, tag, self.first_language())
    }
}

/// The folders that a folder is in, the outermost first.
fn folders_above(folder: &str) -> impl Iterator<Item = &str> {
    folder.match_indices('/').map(|(at, _)| &folder[..at])
}

/// Whether a folder is below another.
pub fn is_below(folder: &str, above: &str) -> bool {
    folder.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

/// The address of a page in a language, given the site's first language.
pub fn in_language(address: &str, tag: &str, first: &str) -> String {
    if tag == first { address.to_owned() } else { format!("{tag}/{address}") }
}

impl Report {
    /// Its earlier reporting dates before the day as at which it is shown, the newest first.
    pub fn earlier_days(&self) -> Vec<NaiveDate> {
        let days = self.front.earlier.0.iter().map(|day| day.value);
        let mut days: Vec<NaiveDate> = days.filter(|day| *day < self.as_at).collect();
        days.sort_unstable_by(|a, b| b.cmp(a));
        days.dedup();
        days
    }

    /// Whether it has too many recommendations for a page with all their texts: it has a line for
    /// each, and the official table has its own pages.
    pub fn is_long(&self) -> bool {
        self.recommendations.len() > ROWS_OF_TABLE
    }

    /// The address of the official table, where that has its own pages.
    pub fn table_address(&self) -> String {
        format!("{}/table.html", self.place)
    }

    /// Those of its recommendations that are in a range, by their groups; those without one first.
    pub fn parts_by_group(&self, range: Range<usize>) -> Vec<(Option<&ReportGroup>, Range<usize>)> {
        let all = &self.recommendations;
        let first = self.groups.first().map_or(all.end, |group| group.recommendations.start);
        let groups = self.groups.iter().map(|group| (Some(group), group.recommendations.clone()));
        let within = |(group, of): (Option<_>, Range<usize>)| {
            let part = of.start.max(range.start)..of.end.min(range.end);
            (!part.is_empty()).then_some((group, part))
        };
        [(None, all.start..first)].into_iter().chain(groups).filter_map(within).collect()
    }

    /// The address of the page of its latest edition.
    pub fn latest_address(&self) -> String {
        format!("{}/index.html", self.folder)
    }

    /// The address of its page as it stood on an earlier reporting date.
    pub fn address_on(&self, day: NaiveDate) -> String {
        format!("{}/{day}/index.html", self.folder)
    }

    /// A field of the front matter for readers of a language: the translation's, or else the
    /// original's; and the language that it is in.
    pub fn field<'a, T>(
        &'a self,
        tag: &'a str,
        translated: impl Fn(&'a TranslationFront) -> Option<&'a T>,
        original: Option<&'a T>,
    ) -> Option<(&'a T, &'a str)> {
        let translation = self.texts.translation(tag).and_then(|other| translated(&other.front));
        let original = original.map(|value| (value, self.texts.original.language.as_str()));
        translation.map(|value| (value, tag)).or(original)
    }

    /// The title for the top of a page: the short one, or else the full one. A translation without
    /// a short title uses its own full one, not the original's short one.
    pub fn short_title(&self, tag: &str) -> &str {
        let short = match self.texts.translation(tag) {
            Some(translation) => translation.front.short_title.as_ref(),
            None => self.front.short_title.as_ref(),
        };
        short.unwrap_or(&self.texts.in_language(tag).title)
    }
}
