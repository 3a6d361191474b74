//! The deadlines of a report: set, moved, met, missed.

use serde::Serialize;

use super::head::Title;
use super::inline::{DateView, LinkView, TimelinessView};
use super::{Here, PagePlace, PageType, View};
use crate::charts::{DeadlineChart, Deadlines, is_dated};
use crate::model::{RecommendationId, Report, ReportId, Site};

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
    let Some(Deadlines { of, sentence, rows }) = Deadlines::of(here.wording(), report) else {
        return View::new(&here.head(title), &());
    };
    title.description = Some(sentence.clone());
    let as_at = here.wording().as_at(report.assessed_at);
    let chart = DeadlineChart::of(rows, report.assessed_at);
    let page = DeadlinesView {
        report: here.dated_link(report),
        chart: chart.svg(0..of.len(), &sentence, &as_at),
        caption: words.fill("deadlines.caption", &[("as_at", &as_at)]),
        rows: of.iter().map(|id| line(here, report, *id)).collect(),
        sentence,
    };
    View::new(&here.head(title), &page)
}

fn line(here: &Here<'_>, report: &Report, id: RecommendationId) -> DeadlineLine {
    let one = here.site.recommendation(id);
    let first = here.site.former_deadlines(one).first().copied();
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
