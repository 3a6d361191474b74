//! The recommendations of a choice: of a status, a year.

use serde::Serialize;

use super::choices::PartsView;
use super::head::Title;
use super::inline::LinkView;
use super::views::RowView;
use super::{Here, PagePlace, PageType, View, no_source, recommendations};

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "chosen",
    count: |site| site.lists.choice_pages.len(),
    address: |site, index| site.lists.choice_pages[index].address.clone(),
    source: no_source,
    place: PagePlace::Linked,
    view,
};

#[derive(Serialize)]
struct ChosenView {
    /// How many there are.
    count: String,
    /// The list of all, in which they are chosen.
    choose: LinkView,
    rows: Vec<RowView>,
    parts: Option<PartsView>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let lists = &here.site.lists;
    let page = &lists.choice_pages[index];
    let (facet, choice) = page.choice.unwrap_or_default();
    let facet = &lists.facets[facet];
    let choice = &facet.choices[choice];
    let title = here.part_title(&here.chosen_title(facet, choice), page.part);
    let title = Title::of(title).below(here.words.text("lists.title"), recommendations::ADDRESS);
    let length = choice.recommendations.len();
    let shown = ChosenView {
        count: here.words.count("summary.recommendations", length),
        choose: here.choose(facet, choice),
        rows: here.rows(&choice.recommendations[page.rows(length)]),
        parts: here.parts_of_list(&lists.choice_pages, page, length),
    };
    View::new(&here.head(title), &shown)
}
