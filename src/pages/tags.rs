//! The index of topics.

use serde::Serialize;

use super::head::Title;
use super::inline::LinkView;
use super::{Here, PagePlace, PageType, View, no_source, one};

pub(super) const ADDRESS: &str = "tags/index.html";

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "tags",
    count: one,
    address: |_, _| ADDRESS.to_owned(),
    source: no_source,
    place: PagePlace::Navigation { word: "tags.title", is_shown: |site| !site.tags.is_empty() },
    view,
};

#[derive(Serialize)]
struct TagsView {
    rows: Vec<TagRow>,
}

#[derive(Serialize)]
struct TagRow {
    tag: LinkView,
    recommendations: String,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let rows = here.site.tags.iter().map(|tag| TagRow {
        tag: here.tag_link(tag),
        recommendations: here.words.count("summary.recommendations", tag.recommendations.len()),
    });
    let page = TagsView { rows: rows.collect() };
    View::new(&here.head(Title::of(here.words.text("tags.title"))), &page)
}
