//! PAGE_TYPES: the pages that a site has.
//!
//! A page type says which pages of its kind there are, and makes the view of each: a small struct
//! with everything that its template shows, and nothing else.

mod choices;
mod chosen;
mod citations;
mod document;
mod documents;
mod glossary;
mod goal;
mod goals;
mod head;
mod here;
mod home;
mod inline;
mod not_found;
mod overdue;
mod page;
mod portfolio;
mod recommendation;
mod recommendations;
mod redirect;
mod report;
mod changes;
mod deadlines;
mod sections;
mod table;
mod tag;
mod tags;
mod tasks;
mod unit;
mod units;
mod views;
mod years;

use serde::Serialize;
use tera::Context;

use crate::markup::html::About;
use crate::model::Site;
use crate::source::Span;

pub use head::Head;
pub use here::{BuiltFrom, Here, Size, Sizes};
pub(crate) use recommendations::ADDRESS as LIST_ADDRESS;
pub use redirect::{RedirectView, redirect};

/// A kind of page.
pub struct PageType {
    /// Its name, which is also the name of its template without the ending.
    pub name: &'static str,
    /// How many pages there are of it.
    pub count: fn(&Site) -> usize,
    /// The address of one, in the site's first language.
    pub address: fn(&Site, usize) -> String,
    /// Where in the content it comes from, to report an address that is already taken.
    pub source: fn(&Site, usize) -> Option<Span>,
    /// Where readers find them.
    pub place: PagePlace,
    /// What its template shows.
    pub view: fn(&Here<'_>, usize) -> View,
}

/// Where readers find the pages of a type.
pub enum PagePlace {
    /// In the navigation.
    Navigation {
        /// The key of the word for it.
        word: &'static str,
        /// Whether a site has anything to show there.
        is_shown: fn(&Site) -> bool,
    },
    /// On other pages, which link to them.
    Linked,
    /// Nowhere: servers show the page where there is none. It is the same for all languages.
    Nowhere,
}

/// Every page type.
pub const PAGE_TYPES: &[PageType] = &[
    home::PAGE_TYPE,
    recommendations::PAGE_TYPE,
    chosen::PAGE_TYPE,
    report::PAGE_TYPE,
    table::PAGE_TYPE,
    recommendation::PAGE_TYPE,
    changes::PAGE_TYPE,
    deadlines::PAGE_TYPE,
    overdue::PAGE_TYPE,
    years::PAGE_TYPE,
    portfolio::PAGE_TYPE,
    documents::PAGE_TYPE,
    document::PAGE_TYPE,
    goals::PAGE_TYPE,
    goal::PAGE_TYPE,
    units::PAGE_TYPE,
    unit::PAGE_TYPE,
    tags::PAGE_TYPE,
    tag::PAGE_TYPE,
    glossary::PAGE_TYPE,
    page::PAGE_TYPE,
    not_found::PAGE_TYPE,
];

/// The page of a report.
pub const REPORT_PAGE: &PageType = &report::PAGE_TYPE;

/// The pages of the official table of a long report.
pub const TABLE_PAGE: &PageType = &table::PAGE_TYPE;

/// The page of what changed in a report.
pub const CHANGES_PAGE: &PageType = &changes::PAGE_TYPE;

/// A view, ready for its template: the head of the page as `head`, the rest as `page`.
pub struct View(pub Context);

impl View {
    /// A view of a head and what is below it.
    pub fn new(head: &Head, page: &impl Serialize) -> Self {
        let mut context = Context::new();
        context.insert("head", head);
        context.insert("page", page);
        context.insert("about", &[(); 0]);
        Self(context)
    }

    /// Adds what is said about the things that the page's texts point at.
    #[must_use]
    pub fn about(mut self, about: About) -> Self {
        let about: Vec<AboutView> =
            about.into_iter().map(|(id, text)| AboutView { id, text }).collect();
        self.0.insert("about", &about);
        self
    }
}

/// What is said about one thing, for the element that holds it.
#[derive(Serialize)]
struct AboutView {
    id: String,
    text: String,
}

/// The count of a page type with a single page.
fn one(_: &Site) -> usize {
    1
}

/// The source of a page that does not come from a file.
fn no_source(_: &Site, _: usize) -> Option<Span> {
    None
}
