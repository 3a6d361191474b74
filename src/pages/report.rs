//! A report: summary, chart, downloads, the official table.

use serde::Serialize;

use super::changes::ReportChanges;
use super::deadlines;
use super::head::Title;
use super::inline::{Html, LinkView, MarkView, TextView};
use super::table::TableView;
use super::views::{DocumentLink, GroupView, RowView};
use super::{Here, PagePlace, PageType, Size, View};
use crate::markup::html::{TextPlace, draw_whole};
use crate::model::{
    Date, Download, DownloadOf, FacetKind, Printout, RecommendationId, Report, ReportId,
};
use crate::source::Spanned;
use crate::wording::{CountView, capitalise};

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "report",
    count: |site| site.reports.len(),
    address: |site, index| site.reports[index].address.clone(),
    source: |site, index| Some(crate::source::Span::top(site.reports[index].texts.original.file)),
    place: PagePlace::Linked,
    view,
};

#[derive(Serialize)]
struct ReportView {
    title: String,
    lang: Option<String>,
    organisation: Option<TextView>,
    kind: Option<TextView>,
    /// What is said of an edition that is not the latest.
    edition: Option<EditionView>,
    /// The editions before this, the newest first.
    earlier: Option<Html>,
    /// What changed since the one before it, where there is one.
    changes: Option<ReportChanges>,
    /// A link to its deadlines, where there are several.
    deadlines: Option<LinkView>,
    follows: Option<LinkView>,
    followed_by: Option<Html>,
    /// "as at 31 December 2020", which begins a sentence where there is no kind before it.
    as_at: String,
    evaluated: Option<String>,
    /// "Last updated 3 March 2026. Next update expected June 2026."
    updated: String,
    symbol: Option<String>,
    introduction: String,
    has_recommendations: bool,
    summary: String,
    bar: String,
    statuses: Vec<CountView>,
    timeliness: Vec<CountView>,
    downloads: Vec<DownloadView>,
    /// The recommendations by their marks, numbers and titles, above a table of full texts.
    contents: Vec<ContentsLine>,
    /// The official table, where it is not too long for the page.
    table: Option<TableView>,
    /// A line for each recommendation, where it is.
    list: Vec<GroupView<RowView>>,
    /// The pages of the table, where it has its own pages.
    table_pages: Option<LinkView>,
    /// The list of all recommendations, with those of the report chosen.
    choose: Option<LinkView>,
    documents: Vec<DocumentLink>,
    further: Vec<LinkView>,
}

/// What is said of an edition that is not the latest.
#[derive(Serialize)]
struct EditionView {
    notice: String,
    latest: LinkView,
}

#[derive(Serialize)]
struct DownloadView {
    href: String,
    label: String,
    /// The language of the file, where it is not the page's.
    language: Option<LanguageView>,
}

#[derive(Serialize)]
struct LanguageView {
    tag: String,
    /// The language's own name.
    name: String,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let site = here.site;
    let report = &site.reports[index];
    let words = here.words;
    let language = here.language();
    let text = report.texts.in_language(language);
    let scope = here.scope(Some(report), TextPlace::Own);
    let field = |original, translated: fn(&crate::model::TranslationFront) -> Option<&_>| {
        let field: Option<(&Spanned<String>, _)> = report.field(language, translated, original);
        field.map(|(text, of)| TextView { text: text.value.clone(), lang: here.other_language(of) })
    };
    let kind = field(report.front.kind.as_ref(), |t| t.kind.as_ref());
    let organisation = field(report.front.organisation.as_ref(), |t| t.organisation.as_ref());
    let as_at = here.wording().as_at(report.as_at);
    let mut title = Title::of(report.short_title(language)).in_report(report);
    title.lang = here.other_language(&text.language);
    title.trail = here.above(&report.folder);
    if report.edition.is_some() {
        title.trail.push(here.step_to_latest(report));
        title.latest = Some(report.latest_address());
    }
    title.description = Some(here.wording().summary(&report.totals));
    let mut head = here.head(title);
    // The page is the report, so its head does not link to itself.
    head.full_title = format!("{} – {}", head.title, head.site_title);
    if report.edition.is_some() {
        head.full_title = format!("{}, {as_at} – {}", head.title, head.site_title);
        head.title.clone_from(&as_at);
        head.lang = None;
    }
    let (introduction, mut about) = draw_whole(text, &scope);
    let is_long = report.is_long();
    let table = (!is_long).then(|| here.table(report, report.recommendations.clone(), &mut about));
    let page = ReportView {
        title: text.title.value.clone(),
        lang: here.other_language(&text.language),
        organisation,
        edition: here.wording().edition(report).map(|notice| edition(here, report, notice)),
        earlier: earlier(here, report),
        deadlines: deadlines::has_page(site, report).then(|| {
            LinkView::new(words.text("deadlines.title"), here.href(&deadlines::address(report)))
        }),
        changes: ReportChanges::of(here, ReportId(index)),
        follows: report.follows.map(|id| here.dated_link(site.report(id))),
        followed_by: Html::listed(
            report.followed_by.iter().map(|id| here.dated_link(site.report(*id))),
        ),
        as_at: match kind {
            Some(_) => as_at.clone(),
            None => capitalise(&as_at),
        },
        kind,
        evaluated: here.wording().evaluated(report),
        updated: updated(here, report),
        symbol: report.front.symbol.as_ref().map(|symbol| symbol.value.clone()),
        introduction,
        has_recommendations: !report.recommendations.is_empty(),
        summary: here.wording().summary(&report.totals),
        bar: here.status_bar(&report.totals),
        statuses: counts(here.wording().status_counts(&report.totals)),
        timeliness: counts(here.wording().timeliness_counts(&report.totals)),
        downloads: downloads(here, report),
        contents: if is_long { Vec::new() } else { contents(here, report) },
        table,
        list: match is_long {
            true => here.groups(report, report.recommendations.clone(), |id| here.row(id)),
            false => Vec::new(),
        },
        table_pages: is_long.then(|| {
            let label = words.text("report.official_table");
            LinkView::new(label, here.href(&report.table_address()))
        }),
        choose: choose(here, report).filter(|_| is_long),
        documents: here.document_links(&report.documents),
        further: further(here, index),
    };
    View::new(&head, &page).about(about)
}

/// A recommendation in the contents of a report.
#[derive(Serialize)]
struct ContentsLine {
    mark: MarkView,
    link: LinkView,
}

/// The fewest recommendations for which contents say more than the table below them.
const FEWEST_FOR_CONTENTS: usize = 4;

fn contents(here: &Here<'_>, report: &Report) -> Vec<ContentsLine> {
    if report.recommendations.len() < FEWEST_FOR_CONTENTS {
        return Vec::new();
    }
    let line = |id: RecommendationId| {
        let of = here.site.recommendation(id);
        ContentsLine {
            mark: here.mark(of),
            link: LinkView { prefix: None, ..here.recommendation_link(id) },
        }
    };
    report.recommendations.clone().map(RecommendationId).map(line).collect()
}

/// The list of all recommendations, with those of a report chosen, where it has all of them: it shows
/// the newest reports as they are.
fn choose(here: &Here<'_>, report: &Report) -> Option<LinkView> {
    let facets = here.site.lists.facets.iter();
    let reports = facets.filter(|facet| facet.kind == FacetKind::Report);
    let mut choices = reports.flat_map(|facet| facet.choices.iter().map(move |of| (facet, of)));
    let (facet, choice) = choices.find(|(_, choice)| choice.key == report.folder)?;
    let is_whole = choice.recommendations.len() == report.recommendations.len();
    (report.edition.is_none() && is_whole).then(|| here.choose(facet, choice))
}

fn counts(counts: Vec<(CountView, usize)>) -> Vec<CountView> {
    counts.into_iter().map(|(view, _)| view).collect()
}

fn further(here: &Here<'_>, index: usize) -> Vec<LinkView> {
    let below = here.site.reports.iter().filter(|r| r.parent == Some(ReportId(index)));
    below.map(|report| here.dated_link(report)).collect()
}

/// When a report was last updated, and when it will be.
fn updated(here: &Here<'_>, report: &Report) -> String {
    let said = |key, date: &Option<Spanned<Date>>| {
        let date = date.as_ref()?.in_words(here.words);
        Some(here.words.fill(key, &[("date", &date)]))
    };
    let front = &report.front;
    if report.edition.is_some() {
        return String::new();
    }
    let last = said("series.last_updated", &front.last_updated);
    let next = said("series.next_update", &front.next_update);
    last.into_iter().chain(next).collect::<Vec<_>>().join(" ")
}

fn edition(here: &Here<'_>, report: &Report, notice: String) -> EditionView {
    let as_at = |day| here.wording().as_at(day);
    let latest = here.words.fill("series.latest", &[("as_at", &as_at(report.own_as_at))]);
    EditionView { notice, latest: LinkView::new(latest, here.href(&report.latest_address())) }
}

/// Links to the editions before the one that is shown.
fn earlier(here: &Here<'_>, report: &Report) -> Option<Html> {
    let link = |day| LinkView::new(here.wording().as_at(day), here.href(&report.address_on(day)));
    Html::listed(report.earlier_days().into_iter().map(link))
}

fn downloads(here: &Here<'_>, report: &Report) -> Vec<DownloadView> {
    let data = here.downloads.iter().filter_map(|Download { of, file }| {
        let DownloadOf::Recommendations(format) = of else { return None };
        let address = format!("{}/{file}", report.place);
        let size =
            (here.sizes)(&address).map_or(String::new(), |size| here.wording().size(size.bytes));
        Some(DownloadView {
            label: here.words.fill("report.download", &[("format", format), ("size", &size)]),
            href: here.href_to_file(&address),
            language: None,
        })
    });
    here.pdf(report).into_iter().chain(data).collect()
}

impl Here<'_> {
    /// A link to the PDF of a report for readers of this language, if there is one.
    fn pdf(&self, report: &Report) -> Option<DownloadView> {
        let printout = Printout::for_readers(self.site, report, self.language())?;
        let address = printout.address(self.site);
        let label = match (self.sizes)(&address) {
            Some(Size { bytes, pages: Some(pages) }) => self.words.fill(
                "report.download_pdf",
                &[
                    ("size", &self.wording().size(bytes)),
                    ("pages", &self.words.count("report.pages", pages)),
                ],
            ),
            _ => "PDF".to_owned(),
        };
        let words = printout.words(self.site);
        let language = self.other_language(&words.tag);
        let name = words.text("language_name").to_owned();
        let language = language.map(|tag| LanguageView { tag, name });
        Some(DownloadView { label, href: self.href_to_file(&address), language })
    }
}
