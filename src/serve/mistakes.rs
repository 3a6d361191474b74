//! What stands in the place of a page while the site has mistakes.

use anstream::adapter::strip_str;

use crate::diagnostics::{Diagnostic, Listing, RENDERERS, Severity, Tally};
use crate::markup::html::escape;
use crate::source::Input;

/// How many mistakes are shown: who mends these sees the next.
const MOST: usize = 50;

/// The style of the page.
pub(super) const STYLE: &str = include_str!("mistakes.css");

/// A page that says what is wrong. `way` is the address of the last good page, if there is one.
pub(super) fn page(input: &Input, mistakes: &[Diagnostic], way: Option<&str>) -> String {
    let tally = escape(&Tally::of(mistakes).to_string());
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{tally} – Recto</title>\n\
         <link rel=\"stylesheet\" href=\"{}mistakes.css\">\n</head>\n\
         <body data-mistakes>\n<main>\n<h1 role=\"alert\">{tally}</h1>\n\
         <p>The page comes back by itself when they are mended.</p>\n",
        super::answer::OWN
    );
    if let Some(way) = way {
        page.push_str(&format!("<p><a href=\"{}\">Show the last good page</a></p>\n", escape(way)));
    }
    page.push_str("<ol>\n");
    // Errors first: it is they that keep the page away.
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    let errors = mistakes.iter().filter(is_error);
    let others = mistakes.iter().filter(|diagnostic| !is_error(diagnostic));
    for diagnostic in errors.chain(others).take(MOST) {
        let listing = Listing::new(input, std::slice::from_ref(diagnostic));
        let text = (RENDERERS[0].render)(&listing);
        let place = diagnostic.span.map_or("The site".to_owned(), |span| {
            let place = listing.place(span);
            format!("{}:{}:{}", place.path, place.start.line, place.start.column)
        });
        let text = strip_str(&text).to_string();
        page.push_str(&format!(
            "<li class=\"{}\">\n<h2>{}</h2>\n<pre tabindex=\"0\">{}</pre>\n</li>\n",
            diagnostic.severity.word(),
            escape(&place),
            escape(text.trim_end()),
        ));
    }
    page.push_str("</ol>\n");
    if let Some(more @ 1..) = mistakes.len().checked_sub(MOST) {
        page.push_str(&format!(
            "<p>And {more} more: <code>recto check</code> lists them all.</p>\n"
        ));
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}
