//! The parts that several pages show.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::Here;
use super::inline::{DateView, Html, LinkView, MarkView, StatusMark, TextView, TimelinessView};
use crate::markup::html::escape_attribute;
use crate::model::{
    Collection, Date, Deadline, DocumentId, PageId, Recommendation, RecommendationId, Report,
    ReportGroup, ReportId, SitePlace, Source, State, Tag, Timeliness, TimelinessKind, Totals, Unit,
    UnitId, is_below,
};
use crate::wording::{NOT_STATED, Task, status_class, timeliness_class};

/// A recommendation in a list.
///
/// Here and in other views of which a page has many, what is none is left out: templates find nothing
/// there either way, and every value costs.
#[derive(Debug, Serialize)]
pub(super) struct RowView {
    pub(super) number: String,
    pub(super) title: LinkView,
    pub(super) report: LinkView,
    /// None where nobody has stated one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<StatusMark>,
    /// None where nobody has stated a deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timeliness: Option<TimelinessView>,
    /// What of it is meant, where that is not the whole: a part or an action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) task: Option<Html>,
    #[serde(skip)]
    pub(super) urgency: Urgency,
}

/// What comes first in a list of what is to be done: what is overdue, the longest first; then what is
/// due, the next first; then what is open without a date; then the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Urgency {
    /// For so many days.
    Overdue(Reverse<i64>),
    /// In so many days.
    Due(i64),
    Open,
    Other,
}

impl Urgency {
    pub(super) fn of(state: &State) -> Self {
        match state.timeliness {
            Some(Timeliness::Overdue { days }) => Self::Overdue(Reverse(days)),
            Some(Timeliness::NotYetDue { days } | Timeliness::DueSoon { days }) => Self::Due(days),
            _ if state.is_open() => Self::Open,
            _ => Self::Other,
        }
    }
}

/// Reports in a table, under the name of the collection that they are in.
#[derive(Serialize)]
pub(super) struct ReportsView {
    pub(super) heading: Option<LinkView>,
    pub(super) rows: Vec<ReportRow>,
}

impl ReportsView {
    /// Whether any of them shows its recommendations as marks.
    pub(super) fn has_marks(&self) -> bool {
        self.rows.iter().any(|row| row.marks.is_some())
    }
}

/// A report in the table of all reports.
#[derive(Serialize)]
pub(super) struct ReportRow {
    link: LinkView,
    as_at: DateView,
    recommendations: String,
    /// Each recommendation as a mark; none where there are too many.
    marks: Option<Html>,
    bar: String,
    summary: String,
    overdue: String,
    /// The reports that take its recommendations further.
    followed_by: Option<Html>,
}

/// The recommendations of a group of a report, or of none, each as a row of some kind.
#[derive(Serialize)]
pub(super) struct GroupView<R> {
    /// None for those without a group.
    name: Option<TextView>,
    anchor: String,
    text: Option<TextView>,
    summary: String,
    rows: Vec<R>,
}

/// A document in a list: symbol, title, whether it is forthcoming.
#[derive(Serialize)]
pub(super) struct DocumentLink {
    pub(super) symbol: String,
    pub(super) href: String,
    pub(super) title: Option<TextView>,
    pub(super) forthcoming: bool,
}

/// How many recommendations a site may have for each to be a mark in the table of reports.
const MOST_MARKS: usize = 600;

impl Here<'_> {
    /// A deadline of a recommendation, whose own text has the language of its author's words.
    pub(super) fn deadline(&self, deadline: &Deadline, of: &Recommendation) -> DateView {
        let lang = || self.other_language(&of.texts.original.language);
        DateView {
            text: self.wording().deadline(deadline),
            datetime: deadline.date().and_then(Date::html),
            lang: deadline.words.as_ref().and_then(|_| lang()),
        }
    }

    pub(super) fn document_links(&self, ids: &[DocumentId]) -> Vec<DocumentLink> {
        let documents = ids.iter().map(|id| self.site.document(*id));
        documents
            .map(|document| {
                let entry = document.entry.as_ref();
                DocumentLink {
                    symbol: crate::markup::html::breakable(&document.symbol),
                    href: self.href(&document.address),
                    title: entry
                        .and_then(|entry| entry.title.as_ref())
                        .map(|title| self.localized(title)),
                    forthcoming: document.forthcoming,
                }
            })
            .collect()
    }

    pub(super) fn date(&self, date: Date) -> DateView {
        DateView { text: date.in_words(self.words), datetime: date.html(), lang: None }
    }

    /// A link to a report, with the day as at which it is.
    pub(super) fn dated_link(&self, report: &Report) -> LinkView {
        let (title, as_at) =
            (report.short_title(self.language()), self.wording().as_at(report.as_at));
        LinkView { label: format!("{title}, {as_at}"), ..self.report_link(report) }
    }

    pub(super) fn row(&self, id: RecommendationId) -> RowView {
        let recommendation = self.site.recommendation(id);
        let report = self.site.report(recommendation.report);
        let text = recommendation.texts.in_language(self.language());
        RowView {
            number: recommendation.label.to_string(),
            title: LinkView {
                lang: self.other_language(&text.language),
                ..LinkView::new(text.title.value.as_str(), self.href(&recommendation.address))
            },
            report: self.report_link(report),
            status: self.wording().status_of(recommendation).map(StatusMark),
            timeliness: self.timeliness_at(report, &recommendation.state),
            task: None,
            urgency: Urgency::of(&recommendation.state),
        }
    }

    /// A recommendation as a mark with its number.
    pub(super) fn mark(&self, of: &Recommendation) -> MarkView {
        let wording = self.wording();
        MarkView {
            title: None,
            status: wording.status_of(of).unwrap_or_else(|| wording.status_not_stated()),
            number: of.label.to_string(),
            overdue: of
                .state
                .is_overdue()
                .then(|| wording.timeliness_name(TimelinessKind::Overdue)),
        }
    }

    /// The parts, actions and responders of a recommendation that are so urgent.
    pub(super) fn tasks_that<'r>(
        &'r self,
        of: &'r Recommendation,
        are_wanted: impl Fn(Urgency) -> bool,
    ) -> Vec<Task<'r>> {
        let mut states = (of.tasks().map(|task| &task.state))
            .chain(of.responders.iter().map(|responder| &responder.state));
        // Few have any, and putting one into words takes far longer than looking.
        if !states.any(|state| are_wanted(Urgency::of(state))) {
            return Vec::new();
        }
        let mut tasks = self.tasks_of(of);
        tasks.extend(self.wording().responders(of));
        tasks.retain(|task| are_wanted(Urgency::of(&task.due())));
        tasks
    }

    /// Its parts and actions, in the order of `Recommendation::tasks`.
    fn tasks_of<'r>(&'r self, recommendation: &'r Recommendation) -> Vec<Task<'r>> {
        let mut tasks = self.wording().parts(recommendation);
        tasks.extend(self.wording().actions(recommendation));
        tasks
    }

    /// A part, an action or a responder, as a row of its recommendation.
    pub(super) fn row_of_task(&self, id: RecommendationId, task: Task<'_>) -> RowView {
        let report = self.site.report(self.site.recommendation(id).report);
        let state = task.due();
        RowView {
            status: task.status.map(StatusMark),
            urgency: Urgency::of(&state),
            timeliness: self.timeliness_at(report, &state),
            task: match (task.text, task.units.first()) {
                (Some((text, language)), _) => {
                    let lang = self.other_language(language);
                    Some(Html::of(&TextView { text: text.value.clone(), lang }))
                }
                (None, Some(unit)) => Some(self.unit_link(self.site.unit(*unit)).text()),
                (None, None) => {
                    let label = task.label.map(ToString::to_string);
                    label.map(|text| Html::of(&TextView { text, lang: None }))
                }
            },
            ..self.row(id)
        }
    }

    /// Some recommendations of a report by their groups; those without one come first.
    pub(super) fn groups<R>(
        &self,
        report: &Report,
        range: std::ops::Range<usize>,
        mut row: impl FnMut(RecommendationId) -> R,
    ) -> Vec<GroupView<R>> {
        let groups = report.parts_by_group(range).into_iter().map(|(group, range)| GroupView {
            name: group.map(|group| self.group_name(report, group)),
            anchor: group.map(|group| group.anchor.clone()).unwrap_or_default(),
            text: group
                .and_then(|group| group.entry.text.as_ref())
                .map(|text| self.localized(text)),
            summary: group.map(|group| self.wording().summary(&group.totals)).unwrap_or_default(),
            rows: range.map(|index| row(RecommendationId(index))).collect(),
        });
        groups.collect()
    }

    /// A link to a group in the table of its report.
    pub(super) fn group_link(&self, report: &Report, group: &ReportGroup) -> LinkView {
        let TextView { text, lang } = self.group_name(report, group);
        let href = self.href(SitePlace::at(&report.address, &group.anchor));
        LinkView { lang, ..LinkView::new(text, href) }
    }

    /// The name of a group.
    pub(super) fn group_name(&self, report: &Report, group: &ReportGroup) -> TextView {
        match &group.entry.label {
            Some(label) => self.localized(label),
            None => TextView {
                text: group.entry.name.value.clone(),
                lang: self.other_language(&report.texts.original.language),
            },
        }
    }

    /// What of a recommendation is a unit's: the whole as the unit answered and did it, with its
    /// overdue parts and actions where the whole is not; or else one of its parts and actions.
    pub(super) fn rows_of_unit(&self, id: RecommendationId, unit: UnitId) -> Vec<RowView> {
        let recommendation = self.site.recommendation(id);
        if let Some(index) = recommendation.task_of(unit) {
            let task = self.tasks_of(recommendation).swap_remove(index);
            return vec![self.row_of_task(id, task)];
        }
        let report = self.site.report(recommendation.report);
        let state = recommendation.state_of(unit);
        let whole = RowView {
            status: match recommendation.has_answers() {
                true => state.status.map(|status| self.wording().status(status)),
                false => self.wording().status_of(recommendation),
            }
            .map(StatusMark),
            timeliness: self.timeliness_at(report, &state),
            urgency: Urgency::of(&state),
            ..self.row(id)
        };
        if state.is_overdue() || !recommendation.tasks().any(|task| task.state.is_overdue()) {
            return vec![whole];
        }
        let tasks = self.tasks_of(recommendation).into_iter();
        let overdue = tasks.filter(|task| is_overdue(task) && task.units.contains(&unit));
        let overdue = overdue.map(|task| self.row_of_task(id, task));
        [whole].into_iter().chain(overdue).collect()
    }

    /// How urgent a recommendation is for a unit: the worst of what [`Self::rows_of_unit`] lists.
    pub(super) fn urgency_for_unit(&self, id: RecommendationId, unit: UnitId) -> Urgency {
        let recommendation = self.site.recommendation(id);
        let own = Urgency::of(&recommendation.state_of(unit));
        let tasks = recommendation.tasks().filter(|task| task.units.contains(&unit));
        let overdue = tasks.filter(|task| task.state.is_overdue());
        overdue.map(|task| Urgency::of(&task.state)).chain([own]).min().unwrap_or(own)
    }

    fn timeliness_at(&self, report: &Report, state: &State) -> Option<TimelinessView> {
        let text = self.wording().timeliness_at(report, state)?;
        Some(TimelinessView { text, class: timeliness_class(state.timeliness?.kind()) })
    }

    /// The timeliness on a page that says as at when its report is.
    pub(super) fn timeliness(&self, report: &Report, state: &State) -> Option<TimelinessView> {
        let text = self.wording().timeliness_in_report(report, state)?;
        Some(TimelinessView { text, class: timeliness_class(state.timeliness?.kind()) })
    }

    pub(super) fn rows(&self, ids: &[RecommendationId]) -> Vec<RowView> {
        ids.iter().map(|id| self.row(*id)).collect()
    }

    /// Reports by the outermost collections that they are in, below a folder; those that are in none
    /// come first.
    pub(super) fn reports_by_collection(
        &self,
        reports: &[ReportId],
        below: Option<&str>,
    ) -> Vec<ReportsView> {
        let mut views: Vec<(Option<PageId>, ReportsView)> = Vec::new();
        let mut places: BTreeMap<Option<PageId>, usize> = BTreeMap::new();
        for id in reports {
            let mut above = self.site.collections_above(&self.site.report(*id).folder);
            let collection = above.find(|of| below.is_none_or(|below| is_below(&of.folder, below)));
            let page = collection.map(|collection| collection.page);
            let place = *places.entry(page).or_insert_with(|| {
                let heading = collection.map(|collection| self.collection_link(collection));
                views.push((page, ReportsView { heading, rows: Vec::new() }));
                views.len() - 1
            });
            views[place].1.rows.push(self.report_row(*id));
        }
        views.sort_by_key(|(page, _)| page.is_some());
        views.into_iter().map(|(_, view)| view).collect()
    }

    /// A report in a table of reports.
    pub(super) fn report_row(&self, id: ReportId) -> ReportRow {
        let report = self.site.report(id);
        ReportRow {
            link: self.report_link(report),
            as_at: self.date(Date::Day(report.as_at)),
            recommendations: self.words.number(report.totals.recommendations),
            marks: self.marks(report),
            followed_by: Html::listed(
                report.followed_by.iter().map(|id| self.report_link(self.site.report(*id))),
            ),
            bar: self.status_bar(&report.totals),
            summary: self.wording().statuses(&report.totals),
            // Where nothing has a deadline, nothing can be said of it.
            overdue: match report.totals.have_deadlines() {
                true => self.words.number(report.totals.overdue()),
                false => "–".to_owned(),
            },
        }
    }

    /// Each recommendation of a report as a linked mark. A long report has a bar instead, and so has every
    /// report of a site with many.
    fn marks(&self, report: &Report) -> Option<Html> {
        if report.is_long() || self.site.recommendations.len() > MOST_MARKS {
            return None;
        }
        let mut marks = Html::default();
        for of in &self.site.recommendations[report.recommendations.clone()] {
            let text = of.texts.in_language(self.language());
            let lang = self.other_language(&text.language);
            let title = Some(TextView { text: text.title.value.clone(), lang });
            let mark = MarkView { title, ..self.mark(of) };
            let href = escape_attribute(&self.href(&of.address));
            marks.push(format_args!("<a href=\"{href}\">{mark}</a> "));
        }
        (!report.recommendations.is_empty()).then_some(marks)
    }

    /// A link to the page of a collection.
    pub(super) fn collection_link(&self, collection: &Collection) -> LinkView {
        let page = &self.site.pages[collection.page.0];
        let text = page.texts.in_language(self.language());
        LinkView {
            lang: self.other_language(&text.language),
            ..LinkView::new(text.title.as_str(), self.href(&page.address))
        }
    }

    /// A link to a report by its short title.
    pub(super) fn report_link(&self, report: &Report) -> LinkView {
        LinkView {
            lang: self.other_language(&report.texts.in_language(self.language()).language),
            ..LinkView::new(report.short_title(self.language()), self.href(&report.address))
        }
    }

    /// A link to a recommendation by number and title.
    pub(super) fn recommendation_link(&self, id: RecommendationId) -> LinkView {
        let recommendation = self.site.recommendation(id);
        let text = recommendation.texts.in_language(self.language());
        LinkView {
            prefix: Some(self.wording().prefix(&recommendation.label)),
            label: text.title.value.clone(),
            href: self.href(&recommendation.address),
            lang: self.other_language(&text.language),
        }
    }

    /// A link to what has a text: a recommendation, a report's introduction, a page.
    pub(super) fn source_link(&self, source: Source) -> LinkView {
        match source {
            Source::Recommendation(id) => self.recommendation_link(id),
            Source::Report(id) => LinkView::new(
                self.words.text("documents.introduction"),
                self.href(&self.site.report(id).address),
            ),
            Source::Page(id) => {
                let page = &self.site.pages[id.0];
                let text = page.texts.in_language(self.language());
                LinkView {
                    lang: self.other_language(&text.language),
                    ..LinkView::new(text.title.as_str(), self.href(&page.address))
                }
            }
        }
    }

    /// A link to what has a text, for a list without headings: a report is called by its title.
    pub(super) fn named_source_link(&self, source: Source) -> LinkView {
        match source {
            Source::Report(id) => self.report_link(self.site.report(id)),
            // With several reports, each has a recommendation 1.
            Source::Recommendation(id) if self.site.reports.len() > 1 => {
                let report = self.site.report(self.site.recommendation(id).report);
                let mut link = self.recommendation_link(id);
                let title = report.short_title(self.language());
                link.prefix = link.prefix.map(|prefix| format!("{title}, {prefix}"));
                link
            }
            source => self.source_link(source),
        }
    }

    pub(super) fn unit_links(&self, ids: &[UnitId]) -> Vec<LinkView> {
        ids.iter().map(|id| self.site.unit(*id)).map(|unit| self.unit_link(unit)).collect()
    }

    pub(super) fn unit_link(&self, unit: &Unit) -> LinkView {
        LinkView {
            lang: self.unit_language(unit),
            ..LinkView::new(self.wording().unit_name(unit), self.href(&unit.address))
        }
    }

    /// The language of a unit's name, where it is not the page's.
    fn unit_language(&self, unit: &Unit) -> Option<String> {
        let label = unit.entry.as_ref().and_then(|entry| entry.label.as_ref());
        match label.filter(|label| label.in_language(self.language()).is_some()) {
            Some(label) => self.localized(label).lang,
            // The name as the register has it, or else as the first recommendation has it.
            None if unit.entry.is_some() => self.other_language(self.site.first_language()),
            None => self.original_language(&unit.recommendations),
        }
    }

    /// A link to a topic.
    pub(super) fn tag_link(&self, tag: &Tag) -> LinkView {
        LinkView {
            lang: self.original_language(&tag.recommendations),
            ..LinkView::new(tag.name.as_str(), self.href(&tag.address))
        }
    }

    /// The language of the facts of the first of these recommendations, where it is not the page's.
    fn original_language(&self, of: &[RecommendationId]) -> Option<String> {
        let first = of.first().map(|id| &self.site.recommendation(*id).texts.original.language);
        self.other_language(first.map_or(self.site.first_language(), String::as_str))
    }

    /// The bar of statuses, with the same in words for those who cannot see it; empty where nobody
    /// has stated any status.
    pub(super) fn status_bar(&self, totals: &Totals) -> String {
        self.status_bar_of(totals, totals.recommendations)
    }

    /// The same among bars of which the longest is of `most`.
    pub(super) fn status_bar_of(&self, totals: &Totals, most: usize) -> String {
        if totals.status.stated.is_empty() {
            return String::new();
        }
        let parts = totals.status.all().map(|(status, count)| crate::charts::Part {
            class: match status {
                Some(status) => status_class(*status),
                None => format!("status-{NOT_STATED}"),
            },
            count,
        });
        let parts: Vec<crate::charts::Part> = parts.collect();
        crate::charts::stacked_bar_of(&parts, &self.wording().chart(totals), most)
    }
}

fn is_overdue(task: &Task<'_>) -> bool {
    task.timeliness.is_some_and(|of| of.kind() == TimelinessKind::Overdue)
}
