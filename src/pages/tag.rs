//! A topic and the recommendations on it.

use serde::Serialize;

use super::head::Title;
use super::inline::{LinkView, TextView};
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
    /// The heading before and after the topic's name, which may be in another language.
    before: String,
    tag: TextView,
    after: String,
    rows: Vec<RowView>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let tag = &here.site.tags[index];
    // No text of a site has this character.
    let around = here.words.fill("tags.heading", &[("name", "\0")]);
    let (before, after) = around.split_once('\0').unwrap_or(("", ""));
    let LinkView { label, lang, .. } = here.tag_link(tag);
    let mut rows = here.rows(&tag.recommendations);
    rows.sort_by_key(|row| row.urgency);
    let page = TagView {
        before: before.to_owned(),
        tag: TextView { text: label, lang },
        after: after.to_owned(),
        rows,
    };
    let title = Title::of(here.words.fill("tags.heading", &[("name", &tag.name)]))
        .below(here.words.text("tags.title"), tags::ADDRESS);
    View::new(&here.head(title), &page)
}
