//! The index of units.

use std::cmp::Reverse;

use serde::Serialize;

use super::head::Title;
use super::inline::LinkView;
use super::views::Urgency;
use super::{Here, PagePlace, PageType, View, no_source, one};
use crate::charts::share;
use crate::model::UnitId;

pub(super) const ADDRESS: &str = "units/index.html";

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "units",
    count: one,
    address: |_, _| ADDRESS.to_owned(),
    source: no_source,
    place: PagePlace::Navigation { word: "units.title", is_shown: |site| !site.units.is_empty() },
    view,
};

#[derive(Serialize)]
struct UnitsView {
    rows: Vec<UnitRow>,
}

/// A unit, and how far what it is responsible for is.
#[derive(Serialize)]
struct UnitRow {
    unit: LinkView,
    recommendations: String,
    open: String,
    overdue: String,
    /// By how many days what is overdue longest is.
    oldest: Option<String>,
    /// The same number as a bar among those of others.
    bar: String,
    #[serde(skip)]
    rank: Rank,
}

/// The units with most to do come first: what is overdue, then what is open.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    overdue: Reverse<usize>,
    oldest: Reverse<usize>,
    open: Reverse<usize>,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let mut rows: Vec<UnitRow> =
        (0..here.site.units.len()).map(|index| row(here, UnitId(index))).collect();
    // Those of one rank stay in the order of the alphabet.
    rows.sort_by(|one, other| one.rank.cmp(&other.rank));
    let most = rows.first().map_or(0, |row| row.rank.overdue.0);
    for row in rows.iter_mut().filter(|row| row.rank.overdue.0 > 0) {
        row.bar = share(row.rank.overdue.0, most, "timeliness-overdue");
    }
    let page = UnitsView { rows };
    View::new(&here.head(Title::of(here.words.text("units.title"))), &page)
}

fn row(here: &Here<'_>, id: UnitId) -> UnitRow {
    let unit = here.site.unit(id);
    let count = |n| here.words.number(n);
    let urgencies = unit.recommendations.iter().map(|of| here.urgency_for_unit(*of, id));
    let (mut overdue, mut open, mut oldest) = (0, 0, 0);
    for urgency in urgencies {
        match urgency {
            Urgency::Overdue(days) => {
                overdue += 1;
                oldest = oldest.max(usize::try_from(days.0).unwrap_or(0));
            }
            Urgency::Due(_) | Urgency::Open => open += 1,
            Urgency::Other => {}
        }
    }
    // What is overdue is open, too.
    open += overdue;
    UnitRow {
        unit: here.unit_link(unit),
        recommendations: count(unit.recommendations.len()),
        open: count(open),
        overdue: count(overdue),
        oldest: (overdue > 0).then(|| here.words.count("units.days", oldest)),
        bar: String::new(),
        rank: Rank { overdue: Reverse(overdue), oldest: Reverse(oldest), open: Reverse(open) },
    }
}
