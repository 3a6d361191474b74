//! One line each, for editors and for `grep`: `path:line:column: severity[code]: message`.

use std::fmt::Write as _;

use super::{Diagnostic, Findings, Renderer, visible};

pub(super) const RENDERER: Renderer = Renderer { name: "concise", is_document: false, render };

fn render(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    for diagnostic in findings.diagnostics {
        if let Some(span) = diagnostic.span {
            let place = findings.place(span);
            let _ = write!(out, "{}:{}:{}: ", place.path, place.start.line, place.start.column);
        }
        let Diagnostic { code, severity, message, .. } = diagnostic;
        let message = visible(&message.replace('\n', " "));
        let _ = writeln!(out, "{}[{code}]: {message}", severity.word());
    }
    out
}
