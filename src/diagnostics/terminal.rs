//! For people at a terminal: the source line and a caret, as rustc draws them.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer as Drawing, Snippet};

use super::{Diagnostic, Renderer, Severity};
use crate::source::{Input, Span, boundary, line_column};

pub(super) const RENDERER: Renderer = Renderer { name: "terminal", render };

/// How wide an excerpt may be. Authors write a paragraph as one line.
const WIDTH: usize = 110;

fn render(input: &Input, diagnostics: &[Diagnostic]) -> String {
    let drawing = Drawing::styled().term_width(WIDTH);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
        let mut group = Group::with_title(title);
        let places = diagnostic
            .span
            .map(|span| (span, None))
            .into_iter()
            .chain(diagnostic.labels.iter().map(|(span, text)| (*span, Some(text.as_str()))));
        for (span, label) in places {
            group = group.element(excerpt(input, span, label));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        out.push_str(&drawing.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// The line of a place with the place marked. A long line is cut around the place by the drawing.
fn excerpt<'a>(
    input: &'a Input,
    span: Span,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let file = input.file(span.file);
    let text = file.text();
    let start = boundary(text, span.start as usize);
    let line = line_column(text, start).line;
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
    let end = boundary(text, (span.end as usize).clamp(start, line_end));
    let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    let annotation = kind.span(start - line_start..end - line_start).label(label);
    Snippet::source(&text[line_start..line_end])
        .line_start(line)
        .path(file.path.as_str())
        .annotation(annotation)
}
