//! One line each, for editors and for `grep`: `path:line:column: severity[code]: message`.

use std::fmt::Write as _;

use super::{Diagnostic, Listing, Renderer, visible};

pub(super) const RENDERER: Renderer = Renderer { name: "concise", is_document: false, render };

fn render(listing: &Listing<'_>) -> String {
    let mut out = String::new();
    for diagnostic in listing.diagnostics {
        if let Some(span) = diagnostic.span {
            let place = listing.place(span);
            let path = visible(&place.path.replace('\n', " "));
            let _ = write!(out, "{path}:{}:{}: ", place.start.line, place.start.column);
        }
        let Diagnostic { rule, severity, message, .. } = diagnostic;
        let message = visible(&message.replace('\n', " "));
        let _ = writeln!(out, "{}[{}]: {message}", severity.word(), rule.code);
    }
    out
}
