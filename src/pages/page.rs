//! A page that the site's authors wrote.

use serde::Serialize;

use super::head::Title;
use super::views::ReportsView;
use super::{Here, PagePlace, PageType, View, home};
use crate::markup::html::{TextPlace, draw_whole};
use crate::model::{Page, PageId, Site};

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "page",
    count: |site| pages(site).len(),
    address: |site, index| pages(site)[index].address.clone(),
    source: |site, index| Some(crate::source::Span::top(pages(site)[index].texts.original.file)),
    place: PagePlace::Linked,
    view,
};

/// All pages but the home page's text, which is the first where there is one.
fn pages(site: &Site) -> &[Page] {
    match site.pages.split_first() {
        Some((first, others)) if first.address == home::ADDRESS => others,
        _ => &site.pages,
    }
}

/// Which page of the site it is.
fn place(site: &Site, index: usize) -> PageId {
    PageId(index + site.pages.len() - pages(site).len())
}

#[derive(Serialize)]
struct PageView {
    lang: Option<String>,
    html: String,
    /// Of a collection, its reports and what is so of all of them.
    collection: Option<CollectionView>,
    edit: Option<String>,
}

#[derive(Serialize)]
struct CollectionView {
    summary: Option<String>,
    bar: String,
    reports: Vec<ReportsView>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let page = &pages(here.site)[index];
    let text = page.texts.in_language(here.language());
    let mut title = Title::of(text.title.value.clone());
    let translation = page.texts.translation(here.language());
    let description = translation
        .and_then(|translation| translation.front.description.as_ref())
        .or(page.front.description.as_ref());
    title.lang = here.other_language(&text.language);
    title.is_draft = page.front.draft;
    title.description = description.map(|description| description.value.clone());
    let scope = here.scope(None, TextPlace::Own);
    let (html, about) = draw_whole(text, &scope);
    let collection = here.site.collection_of(place(here.site, index));
    title.trail = collection.map_or_else(Vec::new, |of| here.above(&of.folder));
    let view = PageView {
        lang: here.other_language(&text.language),
        html,
        collection: collection.map(|of| CollectionView {
            summary: (of.totals.recommendations > 0).then(|| here.wording().summary(&of.totals)),
            bar: here.status_bar(&of.totals),
            reports: here.reports_by_collection(&of.reports, Some(&of.folder)),
        }),
        edit: here.edit(text),
    };
    View::new(&here.head(title), &view).about(about)
}
