//! A unit and the recommendations that it is responsible for.

use serde::Serialize;

use super::head::Title;
use super::inline::{Html, LinkView};
use super::views::RowView;
use super::{Here, PagePlace, PageType, View, units};
use crate::model::UnitId;

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "unit",
    count: |site| site.units.len(),
    address: |site, index| site.units[index].address.clone(),
    source: |site, index| Some(site.units[index].span),
    place: PagePlace::Linked,
    view,
};

#[derive(Serialize)]
struct UnitView {
    contact: Option<LinkView>,
    /// The unit that it is part of.
    parent: Option<LinkView>,
    /// The units that are part of it.
    members: Option<Html>,
    /// Names that it had before.
    former: Vec<String>,
    summary: Option<String>,
    bar: String,
    rows: Vec<RowView>,
    /// Whether it has none only because later reports take its recommendations further.
    was_responsible: bool,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let unit = &here.site.units[index];
    let entry = unit.entry.as_ref();
    let former = entry.into_iter().flat_map(|entry| &entry.former.0);
    let id = UnitId(index);
    let is_named = || here.site.recommendations.iter().any(|one| one.all_units().contains(&id));
    let page = UnitView {
        was_responsible: unit.recommendations.is_empty() && is_named(),
        contact: unit.entry.as_ref().and_then(|entry| entry.contact.as_ref()).map(|c| contact(c)),
        parent: unit.parent.map(|id| here.unit_link(here.site.unit(id))),
        members: Html::listed(here.unit_links(&unit.members)),
        former: former.map(|name| name.value.clone()).collect(),
        summary: (!unit.recommendations.is_empty()).then(|| here.wording().summary(&unit.totals)),
        bar: here.status_bar(&unit.totals),
        rows: rows(here, id),
    };
    let LinkView { label, lang, .. } = here.unit_link(unit);
    let mut title = Title::of(label).below(here.words.text("units.title"), units::ADDRESS);
    title.lang = lang;
    View::new(&here.head(title), &page)
}

/// What a unit is responsible for, the most urgent first.
fn rows(here: &Here<'_>, id: UnitId) -> Vec<RowView> {
    let ids = here.site.unit(id).recommendations.iter();
    let mut rows: Vec<RowView> = ids.flat_map(|of| here.rows_of_unit(*of, id)).collect();
    rows.sort_by_key(|row| row.urgency);
    rows
}

/// A link for a contact: an e-mail address becomes a `mailto:` link.
fn contact(contact: &str) -> LinkView {
    let href = match contact {
        address if address.starts_with("https://") || address.starts_with("http://") => {
            address.to_owned()
        }
        address => format!("mailto:{address}"),
    };
    LinkView::new(contact, href)
}
