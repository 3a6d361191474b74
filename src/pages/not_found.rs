//! The page for addresses that do not exist.

use serde::Serialize;

use super::head::Title;
use super::inline::LinkView;
use super::{Here, PagePlace, PageType, View, no_source, one};

/// GitHub Pages, and most servers, show the file of this name.
pub(super) const ADDRESS: &str = "404.html";

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "not_found",
    count: one,
    address: |_, _| ADDRESS.to_owned(),
    source: no_source,
    place: PagePlace::Nowhere,
    view,
};

#[derive(Serialize)]
struct NotFoundView {
    reports: Vec<LinkView>,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let reports =
        here.site.reports_in_order.iter().map(|id| here.report_link(here.site.report(*id)));
    let page = NotFoundView { reports: reports.collect() };
    View::new(&here.head(Title::of(here.words.text("not_found.title"))), &page)
}
