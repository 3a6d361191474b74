//! Entries in, the finished [`Site`] out: order, addresses, links and the way back, translations,
//! timeliness and totals.

mod citations;
mod documents;
mod evidence;
mod goals;
mod links;
mod names;
mod recommendations;
mod translations;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::config::Config;
use crate::content::{Contents, Entry, EntryKind, Registers};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::language::{Languages, Words};
use crate::model::{
    Layout, Page, PageFront, PdfChoice, Recommendation, RecommendationFront, RecommendationId,
    Report, ReportFront, ReportId, Section, SectionKind, Site, Source, Term, Text, Texts, Totals,
    Translation, UnitId, Update, in_language,
};
use crate::references::OF_TERMS;
use crate::source::{FileId, Input};

pub(crate) use citations::{Target, linked_recommendation, readable_at, target, where_to_read};
pub use documents::document_file_name;
pub use evidence::Evidence;
pub(crate) use links::{FileTarget, file_target, find_recommendation};
pub use names::slug;
pub(crate) use recommendations::DUPLICATE_NUMBER;
pub(crate) use translations::has_counterpart;

pub(crate) const UNUSED_TERM: Rule = Rule {
    code: "unused-term",
    summary: "a term of the glossary that no text uses",
    explanation: "Perhaps texts write it in another form: give that under `forms`. Otherwise take \
                  it out.",
    wrong: &["# content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    right: &["\n## Recommendation\n\nHold a first NPD.\n\
              # content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    follows: Follows::Site,
    ..Rule::NOTE
};

/// What is reported while a site is put together.
pub(crate) const RULES: &[&Rule] = &[
    &DUPLICATE_NUMBER,
    &documents::DUPLICATE_DOCUMENT,
    &documents::DOCUMENT_FORTHCOMING,
    &documents::UNUSED_DOCUMENT,
    &UNUSED_TERM,
    &links::BROKEN_RECOMMENDATION_LINK,
    &links::MISSING_FILE,
    &translations::SURPLUS_ACTION,
    &translations::SURPLUS_SECTION,
    &translations::INCOMPLETE_TRANSLATION,
];

/// What the command line may say about the content.
#[derive(Debug, Clone, Copy, Default, Hash)]
pub struct Options {
    /// The day whose state is shown, instead of each report's own as-at date.
    pub as_at: Option<NaiveDate>,
    /// What becomes of drafts.
    pub drafts: Drafts,
    /// Whether reports have PDFs.
    pub pdfs: Pdfs,
}

/// Whether reports have PDFs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Pdfs {
    /// Those that are to have one, where the program can make it.
    #[default]
    Make,
    /// None.
    LeaveOut,
}

impl Pdfs {
    /// Whether the program was built with what makes them.
    pub const POSSIBLE: bool = cfg!(feature = "pdf");

    /// How the PDF of a report is laid out, if it gets one.
    fn layout(self, choice: PdfChoice) -> Option<Layout> {
        choice.0.filter(|_| self == Self::Make && Self::POSSIBLE)
    }
}

/// What becomes of drafts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Drafts {
    /// They are left out.
    #[default]
    LeaveOut,
    /// They are treated like everything else.
    Include,
}

/// The entries of a site by what they are, drafts taken out, translations with their originals.
#[derive(Default)]
struct Sorted {
    reports: Vec<(String, Arc<ReportFront>, Texts)>,
    recommendations: Vec<(String, Arc<RecommendationFront>, Texts)>,
    pages: Vec<(String, Arc<PageFront>, Texts)>,
    /// The folders of draft reports that are left out, with a `/` at the end.
    draft_folders: Vec<String>,
    /// The files of drafts that are left out.
    left_out: BTreeSet<FileId>,
}

/// Makes the site.
pub fn assemble(
    input: &Input,
    config: Config,
    languages: &Languages,
    registers: Registers,
    contents: Contents,
    options: Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Site {
    let tags = config.language_tags();
    let words: Vec<Words> = tags.iter().filter_map(|tag| languages.get(tag)).cloned().collect();
    let mut sorted = sort(contents.entries, options.drafts);
    // A draft may be half written: what is not published stops nothing.
    diagnostics.retain(|one| !one.span.is_some_and(|span| sorted.left_out.contains(&span.file)));
    sorted.reports.sort_by(|a, b| a.0.cmp(&b.0));
    let mut units = names::Names::units(&registers.units);
    let mut topics = names::Names::default();
    in_language_of_report(&mut sorted);
    for (_, front, _) in &sorted.recommendations {
        let actions = front.actions.iter().flat_map(|action| &action.responsible.0);
        front.responsible.0.iter().chain(actions).for_each(|unit| units.add(unit));
        front.tags.0.iter().for_each(|tag| topics.add(tag));
    }
    let mut units = units.into_units(registers.units);
    let mut topics = topics.into_tags();

    let mut reports = reports(sorted.reports, input, options);
    let context = recommendations::Context {
        options,
        due_soon_days: config.due_soon_days(),
        units: &units,
        topics: &topics,
    };
    let recommendations =
        recommendations::build(sorted.recommendations, &mut reports, &context, diagnostics);
    let pages = pages(sorted.pages);

    let mut totals = Totals::default();
    for (index, recommendation) in recommendations.iter().enumerate() {
        let id = RecommendationId(index);
        totals.add(recommendation);
        reports[recommendation.report.0].totals.add(recommendation);
        let of_actions = recommendation.front.actions.iter().flat_map(|a| &a.responsible.0);
        let of_actions = of_actions.filter_map(|name| units.find(name));
        let all: BTreeSet<UnitId> =
            recommendation.units.iter().copied().chain(of_actions).collect();
        for unit in all {
            units.list[unit.0].recommendations.push(id);
            units.list[unit.0].totals.add(recommendation);
        }
        for tag in &recommendation.tags {
            topics.list[*tag].recommendations.push(id);
        }
    }
    let updates = updates(&recommendations, &reports);
    let terms = terms(registers.terms);
    let mut assets = contents.assets;
    assets.retain(|(path, _)| !sorted.draft_folders.iter().any(|folder| path.starts_with(folder)));
    let (addresses, (recommendation_ids, recommendation_files)) = rayon::join(
        || addresses(input, &reports, &recommendations, &pages, &tags),
        || (recommendation_ids(&reports, &recommendations), recommendation_files(&recommendations)),
    );
    let mut site = Site {
        languages: words,
        today: input.today,
        addresses,
        recommendation_ids,
        recommendation_files,
        term_ids: term_ids(&terms),
        reports,
        recommendations,
        documents: Vec::new(),
        document_ids: BTreeMap::new(),
        goals: Vec::new(),
        units: units.list,
        tags: topics.list,
        terms,
        pages,
        updates,
        assets,
        totals,
        config,
    };
    documents::build(&mut site, registers.documents, diagnostics);
    goals::build(&mut site);
    links::resolve_related(&mut site, diagnostics);
    links::mentions(&mut site);
    uses(&mut site, diagnostics);
    links::check(&site, input, diagnostics);
    translations::check(&site, diagnostics);
    site
}

fn sort(entries: Vec<Entry>, drafts: Drafts) -> Sorted {
    let mut sorted = Sorted::default();
    let mut translations: BTreeMap<FileId, Vec<Translation>> = BTreeMap::new();
    let mut originals = Vec::new();
    for entry in entries {
        match entry.kind {
            EntryKind::Translation { of, front } => {
                let translation = Translation { front, text: entry.text };
                translations.entry(of).or_default().push(translation);
            }
            kind => originals.push((entry.file, kind, entry.text)),
        }
    }
    let leave_out = drafts == Drafts::LeaveOut;
    let draft_folders: Vec<String> = originals
        .iter()
        .filter_map(|(_, kind, _)| match kind {
            EntryKind::Report { folder, front } if front.draft && leave_out => {
                Some(format!("{folder}/"))
            }
            _ => None,
        })
        .collect();
    // What lies in the folder of a draft is a draft too, reports in it included.
    let in_draft = |path: &str| draft_folders.iter().any(|folder| path.starts_with(folder));
    for (file, kind, text) in originals {
        let translations = translations.remove(&file).unwrap_or_default();
        let texts = Texts { original: text, translations };
        let is_draft = match &kind {
            EntryKind::Report { folder, .. } => in_draft(&format!("{folder}/")),
            EntryKind::Recommendation { folder, front } => {
                front.draft && leave_out || in_draft(&format!("{folder}/"))
            }
            EntryKind::Page { path, front } => front.draft && leave_out || in_draft(path),
            EntryKind::Translation { .. } => true,
        };
        match kind {
            _ if is_draft => sorted.left_out.extend(texts.all().map(|text| text.file)),
            EntryKind::Report { folder, front } => sorted.reports.push((folder, front, texts)),
            EntryKind::Recommendation { folder, front } => {
                sorted.recommendations.push((folder, front, texts));
            }
            EntryKind::Page { path, front } => sorted.pages.push((path, front, texts)),
            EntryKind::Translation { .. } => {}
        }
    }
    sorted.draft_folders = draft_folders;
    sorted
}

/// A recommendation is written in the language of its report.
fn in_language_of_report(sorted: &mut Sorted) {
    let languages: BTreeMap<&str, &str> = sorted
        .reports
        .iter()
        .map(|(folder, _, texts)| (folder.as_str(), texts.original.language.as_str()))
        .collect();
    for (folder, _, texts) in &mut sorted.recommendations {
        let language = languages.get(folder.as_str()).copied();
        if let Some(language) = language.filter(|tag| *tag != texts.original.language) {
            Arc::make_mut(&mut texts.original).language = language.to_owned();
        }
    }
}

fn reports(
    sorted: Vec<(String, Arc<ReportFront>, Texts)>,
    input: &Input,
    options: Options,
) -> Vec<Report> {
    let folders: Vec<String> = sorted.iter().map(|(folder, _, _)| folder.clone()).collect();
    let parent = |folder: &str| {
        let above =
            std::iter::successors(folder.rsplit_once('/').map(|(above, _)| above), |path| {
                path.rsplit_once('/').map(|(above, _)| above)
            });
        above.into_iter().find_map(|path| {
            folders.binary_search_by(|known| known.as_str().cmp(path)).ok().map(ReportId)
        })
    };
    let mut reports: Vec<Report> = Vec::with_capacity(sorted.len());
    for (folder, front, texts) in sorted {
        let parent = parent(&folder);
        // A report within another is of the same day, unless it says otherwise.
        let as_at = options
            .as_at
            .or(front.as_at.as_ref().map(|as_at| as_at.value))
            .or(parent.and_then(|id| reports.get(id.0)).map(|report| report.as_at))
            .unwrap_or(input.today);
        let pdf = options.pdfs.layout(front.pdf);
        reports.push(Report {
            as_at,
            parent,
            address: format!("{folder}/index.html"),
            folder,
            front,
            texts,
            recommendations: 0..0,
            totals: Totals::default(),
            documents: Vec::new(),
            pdf,
        });
    }
    reports
}

/// All pages, the home page's text first.
fn pages(mut sorted: Vec<(String, Arc<PageFront>, Texts)>) -> Vec<Page> {
    sorted.sort_by_key(|(path, _, _)| path != "index");
    sorted
        .into_iter()
        .map(|(path, front, texts)| Page { address: format!("{path}.html"), front, texts })
        .collect()
}

/// All dated progress, the newest first; of one day, in the order of the recommendations.
fn updates(recommendations: &[Recommendation], reports: &[Report]) -> Vec<Update> {
    let mut updates = Vec::new();
    for (index, recommendation) in recommendations.iter().enumerate() {
        let as_at = crate::model::Date::Day(reports[recommendation.report.0].as_at);
        let text = &recommendation.texts.original;
        for (section, Section { kind, body, .. }) in text.sections.iter().enumerate() {
            if text.slice(*body).trim().is_empty() && !kind.says_something() {
                continue;
            }
            if let SectionKind::Progress { date, status } = kind {
                updates.push(Update {
                    recommendation: RecommendationId(index),
                    section,
                    date: date.unwrap_or(as_at),
                    status: *status,
                });
            }
        }
    }
    updates.sort_by_key(|update| std::cmp::Reverse(update.date.last_day()));
    updates
}

fn terms(entries: Vec<crate::model::TermEntry>) -> Vec<Term> {
    let mut entries = entries;
    entries.sort_by_cached_key(|entry| {
        (crate::vocabulary::fold(&entry.term), entry.term.value.clone())
    });
    let mut anchors = crate::content::markdown::Anchors::default();
    entries
        .into_iter()
        .map(|entry| Term {
            anchor: anchors.unique(&names::slug(&entry.term)),
            entry,
            used_in: Vec::new(),
        })
        .collect()
}

/// The way back from the terms of the glossary, and which of them no text uses.
fn uses(site: &mut Site, diagnostics: &mut Vec<Diagnostic>) {
    let mut used_in: Vec<Vec<Source>> = vec![Vec::new(); site.terms.len()];
    for source in citations::sources(site) {
        let found = citations::places(site, source).map(|(_, found)| found);
        let terms: BTreeSet<usize> = found
            .filter(|found| found.scheme == OF_TERMS)
            .filter_map(|found| site.term_ids.get(&found.key).copied())
            .collect();
        terms.into_iter().for_each(|term| used_in[term].push(source));
    }
    for (term, used_in) in site.terms.iter_mut().zip(used_in) {
        if used_in.is_empty() {
            let message = format!("no text uses `{}`", term.entry.term.value);
            diagnostics.push(
                Diagnostic::of(&UNUSED_TERM, term.entry.term.span, message)
                    .help("use it, give its other `forms`, or take it out of the glossary"),
            );
        }
        term.used_in = used_in;
    }
}

fn term_ids(terms: &[Term]) -> BTreeMap<String, usize> {
    let mut ids = BTreeMap::new();
    for (index, term) in terms.iter().enumerate() {
        for form in term.entry.all_forms() {
            ids.entry(form.value.clone()).or_insert(index);
        }
    }
    ids
}

/// Which page each Markdown file became.
fn addresses(
    input: &Input,
    reports: &[Report],
    recommendations: &[Recommendation],
    pages: &[Page],
    tags: &[String],
) -> BTreeMap<String, String> {
    let first_language = tags.first().map_or("", String::as_str);
    let of = |texts: &Texts, address: &str| {
        let path = |text: &Text| input.file(text.file).path.clone();
        let translations = texts.translations.iter().map(|other| {
            let language = &other.text.language;
            (path(&other.text), in_language(address, language, first_language))
        });
        // An original in another language than the site's has its page at the plain address.
        let original = (path(&texts.original), address.to_owned());
        [original].into_iter().chain(translations).collect::<Vec<_>>()
    };
    let reports = reports.iter().flat_map(|r| of(&r.texts, &r.address));
    let recommendations = recommendations.iter().flat_map(|r| of(&r.texts, &r.address));
    let pages = pages.iter().flat_map(|p| of(&p.texts, &p.address));
    reports.chain(recommendations).chain(pages).collect()
}

/// Which recommendation each of their files is.
fn recommendation_files(recommendations: &[Recommendation]) -> BTreeMap<String, RecommendationId> {
    let files = recommendations.iter().enumerate().flat_map(|(index, recommendation)| {
        recommendation.texts.all().map(move |text| (text.path.clone(), RecommendationId(index)))
    });
    files.collect()
}

fn recommendation_ids(
    reports: &[Report],
    recommendations: &[Recommendation],
) -> BTreeMap<String, RecommendationId> {
    let key = |r: &Recommendation| format!("{}/{}", reports[r.report.0].folder, r.label);
    recommendations.iter().enumerate().map(|(i, r)| (key(r), RecommendationId(i))).collect()
}
