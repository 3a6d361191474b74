//! A report: summary, chart, downloads, the official table.

use serde::Serialize;

use super::changes::ReportChanges;
use super::deadlines;
use super::head::Title;
use super::inline::{DateView, Html, LinkView, StatusMark, TextView, TimelinessView};
use super::sections::{ShownSection, sections};
use super::views::DocumentLink;
use super::{Here, PagePlace, PageType, Size, View};
use crate::config::OwnFact;
use crate::markup::html::{About, TextPlace, draw_whole, escape};
use crate::model::{Column, Date, Download, Printout, Recommendation, Report, ReportId};
use crate::source::Spanned;
use crate::wording::{CountView, TableColumns, capitalise, is_no_deadline, own_columns};

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
    caption: String,
    /// The class of a table whose numbers need room for more than two digits.
    numbers: Option<&'static str>,
    /// What own facts have a column in the table.
    own_columns: Vec<TextView>,
    /// How many columns the table has.
    width: usize,
    shows: TableColumns,
    groups: Vec<GroupView>,
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

/// The recommendations of a group in the official table.
#[derive(Serialize)]
struct GroupView {
    /// None for those without a group.
    name: Option<TextView>,
    anchor: String,
    text: Option<TextView>,
    summary: String,
    rows: Vec<TableRow>,
}

/// A row of the official table.
#[derive(Serialize)]
struct TableRow {
    /// The values of own facts, in the order of their columns.
    own: Vec<Option<Html>>,
    number: String,
    href: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    recommendation: CellView,
    response: CellView,
    /// The response in a word, where there is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    response_word: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    responsible: Option<Html>,
    #[serde(skip_serializing_if = "Option::is_none")]
    responders: Option<Html>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Html>,
    deadline_text: CellView,
    /// Missing where the timeliness beside it says that there is no deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<DateView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extended: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<StatusMark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_follows: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    implemented: Option<DateView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeliness: Option<TimelinessView>,
    progress: CellView,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<Html>,
}

/// A cell of the official table.
#[derive(Serialize)]
struct CellView {
    html: String,
    /// The language of the cell, where it is not the page's.
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
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
    let recommendations = &site.recommendations[report.recommendations.clone()];
    let shows = TableColumns::of(recommendations);
    let own = own_columns(site, recommendations);
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
        caption: words.fill(
            "report.table_caption",
            &[("title", report.short_title(language)), ("as_at", &as_at)],
        ),
        numbers: numbers_class(recommendations),
        own_columns: own.iter().map(|(_, fact)| here.localized(&fact.label)).collect(),
        width: shows.width() + own.len(),
        shows,
        groups: groups(here, report, &own, &mut about),
        documents: here.document_links(&report.documents),
        further: further(here, index),
    };
    View::new(&head, &page).about(about)
}

fn counts(counts: Vec<(CountView, usize)>) -> Vec<CountView> {
    counts.into_iter().map(|(view, _)| view).collect()
}

fn numbers_class(recommendations: &[Recommendation]) -> Option<&'static str> {
    let lengths = recommendations.iter().map(|one| one.label.0.chars().count());
    match lengths.max().unwrap_or(0) {
        0..=2 => None,
        3..=6 => Some("numbers-middling"),
        _ => Some("numbers-long"),
    }
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
    let data = here.downloads.iter().map(|Download { label, file }| {
        let address = format!("{}/{file}", report.place);
        let size =
            (here.sizes)(&address).map_or(String::new(), |size| here.wording().size(size.bytes));
        DownloadView {
            label: here.words.fill("report.download", &[("format", label), ("size", &size)]),
            href: here.href_to_file(&address),
            language: None,
        }
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

/// The recommendations of a report by their groups; those without one come first.
fn groups(
    here: &Here<'_>,
    report: &Report,
    columns: &[(usize, &OwnFact)],
    about: &mut About,
) -> Vec<GroupView> {
    let mut rows = |range: std::ops::Range<usize>| -> Vec<TableRow> {
        let own = here.site.recommendations[range].iter();
        own.map(|recommendation| row(here, recommendation, columns, about)).collect()
    };
    let first = report
        .groups
        .first()
        .map_or(report.recommendations.end, |group| group.recommendations.start);
    let without = rows(report.recommendations.start..first);
    let without = (!without.is_empty()).then(|| GroupView {
        name: None,
        anchor: String::new(),
        text: None,
        summary: String::new(),
        rows: without,
    });
    let mut groups: Vec<GroupView> = without.into_iter().collect();
    for group in report.groups.iter().filter(|group| !group.recommendations.is_empty()) {
        groups.push(GroupView {
            name: Some(here.group_name(report, group)),
            anchor: group.anchor.clone(),
            text: group.entry.text.as_ref().map(|text| here.localized(text)),
            summary: here.wording().summary(&group.totals),
            rows: rows(group.recommendations.clone()),
        });
    }
    groups
}

fn row(
    here: &Here<'_>,
    recommendation: &Recommendation,
    columns: &[(usize, &OwnFact)],
    about: &mut About,
) -> TableRow {
    let report = here.site.report(recommendation.report);
    let text = recommendation.texts.in_language(here.language());
    let prefix = format!("r{}", recommendation.label.slug());
    let (shown, told) = sections(here, recommendation, report, TextPlace::Among(prefix));
    about.extend(told);
    let cell = |column: Column| cell(&shown, column);
    let (state, wording) = (&recommendation.state, here.wording());
    let implemented = state.done_on().filter(|date| *date != Date::Day(report.as_at));
    let mut values = wording.own_facts(recommendation).into_iter().zip(&*recommendation.facts);
    let values: Vec<_> = values.by_ref().map(|(words, fact)| (fact.fact, words)).collect();
    let mut values: std::collections::BTreeMap<usize, _> = values.into_iter().collect();
    let own = columns.iter().map(|(index, _)| {
        let values = values.remove(index).into_iter().flat_map(|words| words.values);
        Html::listed(values.map(|value| here.own_value(value, report)))
    });
    TableRow {
        own: own.collect(),
        number: recommendation.label.to_string(),
        href: here.href(&recommendation.address),
        title: text.title.value.clone(),
        lang: here.other_language(&text.language),
        recommendation: cell(Column::Recommendation),
        response: cell(Column::Response),
        response_word: recommendation
            .front
            .response
            .as_ref()
            .map(|response| wording.label(response.value))
            .or_else(|| wording.response_follows(recommendation)),
        responsible: Html::listed(here.unit_links(&recommendation.units)),
        responders: here.list_of_tasks(wording.responders(recommendation), recommendation),
        parts: here.list_of_tasks(wording.parts(recommendation), recommendation),
        deadline_text: cell(Column::Deadline),
        deadline: state
            .deadline
            .as_ref()
            .filter(|_| !is_no_deadline(state))
            .map(|deadline| here.deadline(deadline, recommendation)),
        extended: wording.extended(recommendation),
        status: wording.status_of(recommendation).map(StatusMark),
        status_follows: wording.status_follows(recommendation),
        implemented: implemented.map(|date| here.date(date)),
        timeliness: here.timeliness(report, state),
        actions: here.list_of_tasks(wording.actions(recommendation), recommendation),
        progress: cell(Column::Progress),
    }
}

/// The sections of a column in one cell. Progress has its headings, the newest first, unless there is
/// only one section, as at the report's own date: so the table matches the official paper. So has
/// what the paper has no column for.
fn cell(shown: &[ShownSection<'_>], column: Column) -> CellView {
    let mut parts: Vec<&ShownSection<'_>> = shown
        .iter()
        .filter(|part| part.section.column == column)
        .filter(|part| !part.html.trim().is_empty() || part.section.kind.says_something())
        .collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.section.newness()));
    let several = parts.len() > 1;
    // Either the whole cell is in one language, or each part gives its own.
    let lang = parts.first().and_then(|part| part.lang.clone());
    let is_one_language = parts.iter().all(|part| part.lang == lang);
    let mut html = String::new();
    for ShownSection { section, html: of_section, lang } in parts {
        let needs_heading = match section.kind.column() {
            None => true,
            Some(Column::Progress) => {
                several || of_section.trim().is_empty() || section.responder.is_some()
            }
            Some(Column::Response) => section.responder.is_some(),
            Some(Column::Recommendation | Column::Deadline) => false,
        };
        let own = lang.as_ref().filter(|_| !is_one_language);
        if let Some(lang) = own {
            html.push_str(&format!("<div lang=\"{}\">\n", escape(lang)));
        }
        let heading = match (section.kind.column(), &section.responder) {
            (Some(Column::Response), Some(name)) => Some(name),
            _ => section.heading.as_ref().map(|heading| &heading.value),
        };
        if let Some(heading) = heading.filter(|_| needs_heading) {
            let heading = escape(heading);
            html.push_str(&format!("<p class=\"part\"><strong>{heading}</strong></p>\n"));
        }
        html.push_str(of_section);
        if own.is_some() {
            html.push_str("</div>\n");
        }
    }
    CellView { lang: lang.filter(|_| is_one_language), html }
}
