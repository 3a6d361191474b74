//! One line each, for editors and for `grep`: `path:line:column: severity[code]: message`.

use std::fmt::Write as _;

use super::{Diagnostic, Renderer};
use crate::source::{Input, line_column};

pub(super) const RENDERER: Renderer = Renderer { name: "concise", render };

fn render(input: &Input, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        if let Some(span) = diagnostic.span {
            let file = input.file(span.file);
            let place = line_column(file.text(), span.start as usize);
            let _ = write!(out, "{}:{}:{}: ", file.path, place.line, place.column);
        }
        let Diagnostic { code, severity, message, .. } = diagnostic;
        let _ = writeln!(out, "{}[{code}]: {}", severity.word(), message.replace('\n', " "));
    }
    out
}
