//! Everything that is overdue, the longest first.

use serde::Serialize;

use super::head::Title;
use super::inline::{DateView, Html};
use super::views::{RowView, Urgency};
use super::{Here, PagePlace, PageType, View, no_source};
use crate::charts::share;
use crate::model::{Deadline, RecommendationId, Site};
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
pub(super) fn has_page(site: &Site) -> bool {
    site.totals.have_deadlines()
}

#[derive(Serialize)]
struct OverduePage {
    rows: Vec<OverdueRow>,
}

/// Something that is overdue: a recommendation, or one of its parts, actions and responders.
#[derive(Serialize)]
pub(super) struct OverdueRow {
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
    let page = OverduePage { rows: overdue(here) };
    View::new(&here.head(Title::of(here.words.text("home.overdue"))), &page)
}

/// What is overdue on the site, the longest first. A recommendation that several reports take further
/// is in its newest.
pub(super) fn overdue(here: &Here<'_>) -> Vec<OverdueRow> {
    let all = (0..here.site.recommendations.len()).map(RecommendationId);
    let newest = all.filter(|id| here.site.recommendation(*id).is_newest());
    let mut rows: Vec<OverdueRow> = newest.flat_map(|id| overdue_in(here, id)).collect();
    rows.sort_by_key(|of| of.row.urgency);
    let most = rows.first().map_or(0, OverdueRow::days);
    for of in &mut rows {
        of.bar = share(of.days(), most, "timeliness-overdue");
    }
    rows
}

impl OverdueRow {
    fn days(&self) -> usize {
        match self.row.urgency {
            Urgency::Overdue(days) => usize::try_from(days.0).unwrap_or(0),
            Urgency::Open | Urgency::Other => 0,
        }
    }
}

/// A recommendation that is overdue, or else its parts, actions and responders that are.
fn overdue_in(here: &Here<'_>, id: RecommendationId) -> Vec<OverdueRow> {
    let of = here.site.recommendation(id);
    let deadline = |typed: Option<&Deadline>| typed.map(|deadline| here.deadline(deadline, of));
    if of.state.is_overdue() {
        return vec![OverdueRow {
            row: here.row(id),
            units: Html::listed(here.unit_links(&of.units)),
            deadline: deadline(of.state.deadline.as_ref()),
            bar: String::new(),
        }];
    }
    let row = |task: Task<'_>| OverdueRow {
        units: Html::listed(here.unit_links(task.units)),
        deadline: deadline(task.deadline),
        row: here.row_of_task(id, task),
        bar: String::new(),
    };
    here.overdue_tasks(of).into_iter().map(row).collect()
}
