//! A former address, which leads to the page's present one.

use serde::Serialize;

use crate::language::Words;
use crate::model::relative;

/// What the template of a redirect shows.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// The tag of the language.
    pub language: String,
    /// The direction of its script.
    pub direction: &'static str,
    /// Where the page is now.
    pub href: String,
}

/// The view of a redirect from one address to another.
pub fn redirect(words: &Words, from: &str, to: &str) -> RedirectView {
    RedirectView {
        language: words.tag.clone(),
        direction: words.direction().html(),
        href: relative(from, to),
    }
}
