//! The list of all recommendations, in which readers choose and search.

use serde::Serialize;

use super::choices::{FacetView, ListRow, PartsView};
use super::head::Title;
use super::{Here, PagePlace, PageType, View, no_source};

pub(crate) const ADDRESS: &str = "recommendations/index.html";

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "recommendations",
    count: |site| site.lists.pages.len(),
    address: |site, index| match site.lists.pages.get(index) {
        Some(page) => page.address.clone(),
        None => ADDRESS.to_owned(),
    },
    source: no_source,
    place: PagePlace::Navigation {
        word: "lists.title",
        is_shown: |site| !site.lists.all.is_empty(),
    },
    view,
};

#[derive(Serialize)]
struct RecommendationsView {
    /// What they can be chosen by, on the first page.
    facets: Vec<FacetView>,
    /// The script that lets readers choose and search, on the first page.
    script: Option<String>,
    /// How many there are.
    count: String,
    rows: Vec<ListRow>,
    parts: Option<PartsView>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let lists = &here.site.lists;
    let page = &lists.pages[index];
    let length = lists.all.len();
    let is_first = page.part == 0;
    let mut title = Title::of(here.words.text("lists.title"));
    if !is_first {
        title = title.below(here.words.text("lists.title"), ADDRESS);
        title.title = here.part_title(&title.title, page.part);
    }
    let shown = RecommendationsView {
        facets: if is_first { here.facets() } else { Vec::new() },
        script: is_first.then(|| here.href_to_file("assets/find.js")),
        count: here.words.count("summary.recommendations", length),
        rows: lists.all[page.rows(length)].iter().map(|id| here.list_row(*id)).collect(),
        parts: here.parts_of_list(&lists.pages, page, length),
    };
    let mut head = here.head(title);
    // The page has a larger one.
    head.search = head.search.filter(|_| !is_first);
    View::new(&head, &shown)
}
