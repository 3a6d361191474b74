//! Everything that is overdue, the longest first; and what is due next.

use serde::Serialize;

use super::head::Title;
use super::inline::{DateView, Html, LinkView};
use super::views::{RowView, Urgency};
use super::{Here, PagePlace, PageType, View, no_source};
use crate::charts::share;
use crate::model::{Deadline, RecommendationId, Site, SitePlace};
use crate::wording::Task;

pub(super) const ADDRESS: &str = "overdue.html";

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "overdue",
    // Where nothing has a deadline, nothing can be said of it.
    count: |site| usize::from(has_page(site)),
    address: |_, _| ADDRESS.to_owned(),
    source: no_source,
    place: PagePlace::Linked,
    view,
};

/// Whether a site has the page.
fn has_page(site: &Site) -> bool {
    site.totals.have_deadlines()
}

/// Within so many days of the date of its report something is due next.
const NEXT: i64 = 90;

#[derive(Serialize)]
struct OverduePage {
    rows: Vec<DueRow>,
    /// What is due next, the first one first.
    next: Vec<DueRow>,
    next_heading: String,
}

/// Something with a deadline: a recommendation, or one of its parts, actions and responders.
#[derive(Serialize)]
pub(super) struct DueRow {
    #[serde(flatten)]
    row: RowView,
    /// Who is to do it.
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<Html>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<DateView>,
    /// By how many days, as a bar among the others. The words are beside it.
    bar: String,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let page = OverduePage {
        rows: overdue(here),
        next: rows(here, is_next),
        next_heading: next_heading(here),
    };
    View::new(&here.head(Title::of(here.words.text("home.overdue"))), &page)
}

/// A link to what is due next; none where nothing is.
pub(super) fn link_to_next(here: &Here<'_>) -> Option<LinkView> {
    let is_any = has_page(here.site) && !rows(here, is_next).is_empty();
    is_any.then(|| LinkView::new(next_heading(here), here.href(SitePlace::at(ADDRESS, "next"))))
}

fn is_next(urgency: Urgency) -> bool {
    matches!(urgency, Urgency::Due(days) if days <= NEXT)
}

/// "Due within 90 days"
fn next_heading(here: &Here<'_>) -> String {
    here.words.count("home.due_next", usize::try_from(NEXT).unwrap_or(0))
}

/// What is overdue on the site, the longest first.
pub(super) fn overdue(here: &Here<'_>) -> Vec<DueRow> {
    let mut rows = rows(here, |urgency| matches!(urgency, Urgency::Overdue(_)));
    let most = rows.first().map_or(0, DueRow::days);
    for of in &mut rows {
        of.bar = share(of.days(), most, "timeliness-overdue");
    }
    rows
}

/// What is so urgent, the most urgent first. A recommendation that several reports take further is in
/// its newest.
fn rows(here: &Here<'_>, are_wanted: impl Fn(Urgency) -> bool + Copy) -> Vec<DueRow> {
    let all = (0..here.site.recommendations.len()).map(RecommendationId);
    let newest = all.filter(|id| here.site.recommendation(*id).is_newest());
    let mut rows: Vec<DueRow> = newest.flat_map(|id| rows_of(here, id, are_wanted)).collect();
    rows.sort_by_key(|of| of.row.urgency);
    rows
}

impl DueRow {
    fn days(&self) -> usize {
        match self.row.urgency {
            Urgency::Overdue(days) => usize::try_from(days.0).unwrap_or(0),
            Urgency::Due(_) | Urgency::Open | Urgency::Other => 0,
        }
    }
}

/// A recommendation that is so urgent, or else its parts, actions and responders that are.
fn rows_of(
    here: &Here<'_>,
    id: RecommendationId,
    are_wanted: impl Fn(Urgency) -> bool,
) -> Vec<DueRow> {
    let of = here.site.recommendation(id);
    let deadline = |typed: Option<&Deadline>| typed.map(|deadline| here.deadline(deadline, of));
    if are_wanted(Urgency::of(&of.state)) {
        return vec![DueRow {
            row: here.row(id),
            units: Html::listed(here.unit_links(&of.units)),
            deadline: deadline(of.state.deadline.as_ref()),
            bar: String::new(),
        }];
    }
    let row = |task: Task<'_>| DueRow {
        units: Html::listed(here.unit_links(task.units)),
        deadline: deadline(task.deadline),
        row: here.row_of_task(id, task),
        bar: String::new(),
    };
    here.tasks_that(of, are_wanted).into_iter().map(row).collect()
}
