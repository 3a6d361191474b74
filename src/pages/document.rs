//! A document: where to read it, and where it is cited.

use serde::Serialize;

use super::citations::{Group, groups};
use super::head::Title;
use super::inline::{DateView, TextView};
use super::views::DocumentLink;
use super::{Here, PagePlace, PageType, View, documents};
use crate::markup::html::breakable;

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "document",
    count: |site| site.documents.len(),
    address: |site, index| site.documents[index].address.clone(),
    source: |site, index| site.documents[index].entry.as_ref().map(|entry| entry.symbol.span),
    place: PagePlace::Linked,
    view,
};

#[derive(Serialize)]
struct DocumentView {
    symbol: String,
    title: Option<TextView>,
    /// Where it can be read, if that is known.
    url: Option<String>,
    leaves_site: Option<String>,
    forthcoming: bool,
    date: Option<DateView>,
    based_on: Vec<DocumentLink>,
    basis_of: Vec<DocumentLink>,
    supersedes: Vec<DocumentLink>,
    superseded_by: Vec<DocumentLink>,
    groups: Vec<Group>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let site = here.site;
    let document = &site.documents[index];
    let entry = document.entry.as_ref();
    let url = document.readable_at(here.language());
    let registered = entry.and_then(|entry| entry.title.as_ref());
    let page = DocumentView {
        symbol: breakable(&document.symbol),
        title: registered.map(|title| here.localized(title)),
        leaves_site: url.as_deref().map(|url| here.leaves_site(url)),
        url,
        forthcoming: document.forthcoming,
        date: entry.and_then(|entry| entry.date.as_ref()).map(|date| here.date(date.value)),
        based_on: here.document_links(&document.based_on),
        basis_of: here.document_links(&document.basis_of),
        supersedes: here.document_links(&document.supersedes),
        superseded_by: here.document_links(&document.superseded_by),
        groups: groups(here, document.cited.iter()),
    };
    let title = Title::of(document.symbol.as_str())
        .below(here.words.text("documents.title"), documents::ADDRESS);
    View::new(&here.head(title), &page)
}
