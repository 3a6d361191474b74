//! For people at a terminal: the source line and a caret, as rustc draws them.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer as Drawing, Snippet};

use super::{Diagnostic, Listing, Renderer, Severity, visible};
use crate::source::{Span, boundary, inserted};

pub(super) const RENDERER: Renderer = Renderer { name: "terminal", is_document: false, render };

/// How wide an excerpt may be. Authors write a paragraph as one line.
const WIDTH: usize = 110;

/// How many bytes of a line are shown at most on each side of a place.
const AROUND: usize = 4000;

fn render(listing: &Listing<'_>) -> String {
    let drawing = Drawing::styled().term_width(WIDTH);
    let mut out = String::new();
    for diagnostic in listing.diagnostics {
        out.push_str(&draw(listing, diagnostic, &drawing));
        out.push_str("\n\n");
    }
    out
}

fn draw(listing: &Listing<'_>, diagnostic: &Diagnostic, drawing: &Drawing) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = visible(&diagnostic.message);
    let title = level.primary_title(message.as_str()).id(diagnostic.code());
    let mut group = Group::with_title(title);
    let own = diagnostic.span.map(|span| (span, None));
    let labels = diagnostic.labels.iter().map(|(span, text)| (*span, Some(text.as_str())));
    let places = own.into_iter().chain(labels);
    let paths: Vec<(Span, Option<&str>, String)> = places
        .map(|(span, label)| (span, label, visible(&listing.path(span.file).replace('\n', " "))))
        .collect();
    for (span, label, path) in &paths {
        group = group.element(excerpt(listing, *span, *label, path));
    }
    let help = diagnostic.help.as_deref().map(visible);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    drawing.render(&[group])
}

/// The line of a place with the place marked. The renderer cuts a long line around the place.
fn excerpt<'a>(
    listing: &'a Listing<'_>,
    span: Span,
    label: Option<&'a str>,
    path: &'a str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = listing.input.file(span.file).readable();
    let start = boundary(text, span.start as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_start = (line_start + inserted(&text[line_start..])).min(start);
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
    // Drawing a line of a megabyte takes long, and no more than this of it would be seen.
    let line_start = boundary(text, start.saturating_sub(AROUND)).max(line_start);
    let line_end = boundary(text, (start + AROUND).min(line_end));
    let end = boundary(text, (span.end as usize).clamp(start, line_end));
    let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    let annotation = kind.span(start - line_start..end - line_start).label(label);
    Snippet::source(&text[line_start..line_end])
        .line_start(listing.place(span).start.line)
        .path(path)
        .annotation(annotation)
}
