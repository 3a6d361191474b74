//! The deadlines of a report: set, moved, met, missed.

use serde::Serialize;

use super::head::Title;
use super::inline::{DateView, LinkView, TimelinessView};
use super::{Here, PagePlace, PageType, View};
use crate::charts::{DeadlineRow, deadline_chart};
use crate::model::{
    Date, Recommendation, RecommendationId, Report, ReportId, Site, TimelinessKind,
};
use crate::wording::{capitalise, timeliness_class};

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "deadlines",
    count: |site| with_deadlines(site).count(),
    address: |site, index| {
        let id = with_deadlines(site).nth(index);
        id.map_or_else(String::new, |id| address(site.report(id)))
    },
    source: |_, _| None,
    place: PagePlace::Linked,
    view,
};

/// The reports with more than one deadline that is a date.
fn with_deadlines(site: &Site) -> impl Iterator<Item = ReportId> {
    (0..site.reports.len()).map(ReportId).filter(|id| has_page(site, site.report(*id)))
}

/// Whether the deadlines of a report have a page: one alone shows nothing.
pub(super) fn has_page(site: &Site, report: &Report) -> bool {
    let all = site.recommendations[report.recommendations.clone()].iter();
    report.edition.is_none() && all.filter(|one| is_dated(one)).nth(1).is_some()
}

fn is_dated(one: &Recommendation) -> bool {
    one.state.deadline.as_ref().is_some_and(|deadline| deadline.date().is_some())
}

/// The address of the page.
pub(super) fn address(report: &Report) -> String {
    format!("{}/deadlines.html", report.place)
}

#[derive(Serialize)]
struct DeadlinesView {
    report: LinkView,
    sentence: String,
    chart: String,
    caption: String,
    rows: Vec<DeadlineLine>,
}

/// A recommendation with a deadline.
#[derive(Serialize)]
struct DeadlineLine {
    number: String,
    link: LinkView,
    /// The first deadline, where it was moved.
    first: Option<DateView>,
    deadline: Option<DateView>,
    done: Option<DateView>,
    timeliness: Option<TimelinessView>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let (site, words) = (here.site, here.words);
    let report = with_deadlines(site).nth(index).map_or(&site.reports[0], |id| site.report(id));
    let mut title = Title::of(words.text("deadlines.title")).in_report(report);
    title.trail = here.above(&report.folder);
    title.trail.push(here.step(report));
    let ids = report.recommendations.clone().map(RecommendationId);
    let ids: Vec<RecommendationId> = ids.filter(|id| is_dated(site.recommendation(*id))).collect();
    let sentence = sentence(here, &ids);
    title.description = Some(sentence.clone());
    let as_at = here.wording().as_at(report.assessed_at);
    let chart: Vec<DeadlineRow> =
        ids.iter().map(|id| chart_row(site.recommendation(*id))).collect();
    let page = DeadlinesView {
        report: here.dated_link(report),
        chart: deadline_chart(&chart, report.assessed_at, &sentence, &as_at),
        caption: words.fill("deadlines.caption", &[("as_at", &as_at)]),
        rows: ids.iter().map(|id| line(here, report, *id)).collect(),
        sentence,
    };
    View::new(&here.head(title), &page)
}

fn chart_row(one: &Recommendation) -> DeadlineRow {
    let day = |date: Date| date.last_day();
    let mut set: Vec<_> =
        one.front.deadlines.iter().filter_map(|change| change.deadline.date()).map(day).collect();
    set.extend(one.state.deadline.as_ref().and_then(|deadline| deadline.date()).map(day));
    set.dedup();
    DeadlineRow {
        number: one.label.to_string(),
        set,
        done: one.state.done_on().map(day),
        class: one.state.timeliness.map_or_else(String::new, |of| timeliness_class(of.kind())),
    }
}

fn line(here: &Here<'_>, report: &Report, id: RecommendationId) -> DeadlineLine {
    let one = here.site.recommendation(id);
    let first = one.front.deadlines.first().map(|change| &change.deadline.value);
    let first = first.filter(|first| one.state.deadline.as_ref() != Some(*first));
    DeadlineLine {
        number: one.label.to_string(),
        link: LinkView { prefix: None, ..here.recommendation_link(id) },
        first: first.map(|deadline| here.deadline(deadline, one)),
        deadline: one.state.deadline.as_ref().map(|deadline| here.deadline(deadline, one)),
        done: one.state.done_on().map(|date| here.date(date)),
        timeliness: here.timeliness(report, &one.state),
    }
}

/// "Of 9 deadlines 3 were met, 1 was missed, and 2 were moved."
fn sentence(here: &Here<'_>, ids: &[RecommendationId]) -> String {
    let words = here.words;
    let all = || ids.iter().map(|id| here.site.recommendation(*id));
    let of = |wanted: &[TimelinessKind]| {
        let kinds = all().filter_map(|one| one.state.timeliness.map(|of| of.kind()));
        kinds.filter(|kind| wanted.contains(kind)).count()
    };
    let moved = all().filter(|one| one.extension.is_some_and(|of| of.times > 0)).count();
    let counted = |key: &str, n: usize| (n > 0).then(|| words.count(key, n));
    let parts = [
        counted("deadlines.met", of(&[TimelinessKind::OnTime])),
        counted("deadlines.late", of(&[TimelinessKind::Late])),
        counted("deadlines.missed", of(&[TimelinessKind::Overdue])),
        counted("deadlines.ahead", of(&[TimelinessKind::NotYetDue, TimelinessKind::DueSoon])),
        counted("deadlines.moved", moved),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let facts = parts.join(words.text("list.comma"));
    let total = words.count("deadlines.all", ids.len());
    capitalise(&words.fill("deadlines.sentence", &[("all", &total), ("facts", &facts)]))
}
