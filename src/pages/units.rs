//! The index of units.

use serde::Serialize;

use super::head::Title;
use super::inline::LinkView;
use super::{Here, PagePlace, PageType, View, no_source, one};

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

#[derive(Serialize)]
struct UnitRow {
    unit: LinkView,
    summary: Option<String>,
    bar: String,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let rows = here.site.units.iter().map(|unit| UnitRow {
        unit: here.unit_link(unit),
        summary: (!unit.recommendations.is_empty()).then(|| here.wording().summary(&unit.totals)),
        bar: here.status_bar(&unit.totals),
    });
    let page = UnitsView { rows: rows.collect() };
    View::new(&here.head(Title::of(here.words.text("units.title"))), &page)
}
