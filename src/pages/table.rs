//! The official table of a report: all its texts, a row for each recommendation. It is on the page of
//! the report, or where that would be too long on its own pages.

use std::ops::Range;

use serde::Serialize;

use super::choices::PartsView;
use super::head::Title;
use super::inline::{DateView, Html, LinkView, StatusMark, TextView, TimelinessView};
use super::sections::{ShownSection, sections};
use super::views::GroupView;
use super::{Here, PagePlace, PageType, View};
use crate::config::OwnFact;
use crate::markup::html::{About, TextPlace, escape};
use crate::model::{Column, Date, ROWS_OF_TABLE, Recommendation, Report};
use crate::source::Span;
use crate::wording::{TableColumns, is_no_deadline, own_columns};

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "table",
    count: |site| site.lists.table_pages.len(),
    address: |site, index| site.lists.table_pages[index].address.clone(),
    source: |site, index| {
        let report = site.report(site.lists.table_pages[index].report);
        Some(Span::top(report.texts.original.file))
    },
    place: PagePlace::Linked,
    view,
};

#[derive(Serialize)]
struct TablePageView {
    report: LinkView,
    table: TableView,
    parts: Option<PartsView>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let pages = &here.site.lists.table_pages;
    let page = &pages[index];
    let report = here.site.report(page.report);
    let start = report.recommendations.start;
    let part = (page.rows.start - start) / ROWS_OF_TABLE;
    let title = here.part_title(here.words.text("report.official_table"), part);
    let mut title = Title::of(title).in_report(report);
    title.trail = here.above(&report.folder);
    if report.edition.is_some() {
        title.trail.push(here.step_to_latest(report));
        title.latest = Some(report.latest_address());
    }
    title.trail.push(here.step_to(report));
    let mut about = About::new();
    let table = here.table(report, page.rows.clone(), &mut about);
    let beside = |of: Option<usize>| {
        let other = pages.get(of?)?;
        (other.report == page.report).then(|| here.href(&other.address))
    };
    let parts = PartsView::of(
        here,
        page.rows.start - start..page.rows.end - start,
        report.recommendations.len(),
        [beside(index.checked_sub(1)), beside(Some(index + 1))],
    );
    View::new(&here.head(title), &TablePageView { report: here.dated_link(report), table, parts })
        .about(about)
}

/// The official table, or a part of it.
#[derive(Serialize)]
pub(super) struct TableView {
    caption: String,
    /// The class of a table whose numbers need room for more than two digits.
    numbers: Option<&'static str>,
    /// What own facts have a column in the table.
    own_columns: Vec<TextView>,
    /// How many columns the table has.
    width: usize,
    shows: TableColumns,
    groups: Vec<GroupView<TableRow>>,
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

impl Here<'_> {
    /// The official table of some recommendations of a report. It has the columns that the whole
    /// report needs.
    pub(super) fn table(
        &self,
        report: &Report,
        rows: Range<usize>,
        about: &mut About,
    ) -> TableView {
        let of_report = &self.site.recommendations[report.recommendations.clone()];
        let shows = TableColumns::of(of_report);
        let own = own_columns(self.site, of_report);
        let as_at = self.wording().as_at(report.as_at);
        TableView {
            caption: self.words.fill(
                "report.table_caption",
                &[("title", report.short_title(self.language())), ("as_at", &as_at)],
            ),
            numbers: numbers_class(of_report),
            own_columns: own.iter().map(|(_, fact)| self.localized(&fact.label)).collect(),
            width: shows.width() + own.len(),
            shows,
            groups: self
                .groups(report, rows, |id| row(self, self.site.recommendation(id), &own, about)),
        }
    }
}

fn numbers_class(recommendations: &[Recommendation]) -> Option<&'static str> {
    let lengths = recommendations.iter().map(|one| one.label.0.chars().count());
    match lengths.max().unwrap_or(0) {
        0..=2 => None,
        3..=6 => Some("numbers-middling"),
        _ => Some("numbers-long"),
    }
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
