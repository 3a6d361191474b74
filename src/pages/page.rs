//! A page of the site's own.

use serde::Serialize;

use super::head::Title;
use super::{Here, PageType, View, home};
use crate::markup::html::{Place, whole};
use crate::model::{Page, Site};

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "page",
    count: |site| pages(site).count(),
    address: |site, index| page(site, index).address.clone(),
    source: |site, index| Some(crate::source::Span::top(page(site, index).texts.original.file)),
    view,
};

/// All pages but the home page's text.
fn pages(site: &Site) -> impl Iterator<Item = &Page> {
    site.pages.iter().filter(|page| page.address != home::ADDRESS)
}

/// The page with this number, of which [`PAGE_TYPE`] says how many there are.
fn page(site: &Site, index: usize) -> &Page {
    let home = site.pages.iter().position(|page| page.address == home::ADDRESS);
    let skipped = usize::from(home.is_some_and(|home| home <= index));
    &site.pages[index + skipped]
}

#[derive(Serialize)]
struct PageView {
    lang: Option<String>,
    html: String,
    edit: Option<String>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let page = page(here.site, index);
    let text = page.texts.in_language(here.language());
    let mut title = Title::of(text.title.value.clone());
    let translation = page.texts.translation(here.language());
    let description = translation
        .and_then(|translation| translation.front.description.as_ref())
        .or(page.front.description.as_ref());
    title.description = description.map(|description| description.value.clone());
    let scope = here.scope(None, Place::Own);
    let view = PageView {
        lang: here.other_language(&text.language),
        html: whole(text, &scope),
        edit: here.edit(text),
    };
    View::new(&here.head(title), &view)
}
