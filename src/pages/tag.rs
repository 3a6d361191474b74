//! A topic and the recommendations on it.

use serde::Serialize;

use super::head::Title;
use super::views::RowView;
use super::{Here, PagePlace, PageType, View, tags};

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "tag",
    count: |site| site.tags.len(),
    address: |site, index| site.tags[index].address.clone(),
    source: |site, index| Some(site.tags[index].span),
    place: PagePlace::Linked,
    view,
};

#[derive(Serialize)]
struct TagView {
    rows: Vec<RowView>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let tag = &here.site.tags[index];
    let page = TagView { rows: here.rows(&tag.recommendations) };
    let title = Title::of(here.words.fill("tags.heading", &[("name", &tag.name)]))
        .below(here.words.text("tags.title"), tags::ADDRESS);
    View::new(&here.head(title), &page)
}
