//! A text outside any site: what it points at, and nothing else.

use std::sync::{Arc, OnceLock};

use super::heading::Responders;
use super::markdown::{self, Body, Splitting};
use super::{Reading, front_matter};
use crate::diagnostics::Diagnostic;
use crate::model::{Column, Found, Section, SectionKind, Text, TitleOrigin};
use crate::references::{self, Match, Organ};
use crate::source::{FileId, Input, Span, Spanned};

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Markdown, with or without front matter: its code and addresses are not searched.
    Markdown,
    /// Anything else: paragraphs with empty lines between them.
    Plain,
}

/// Reads what a text points at.
pub fn loose(
    input: &Input,
    file: FileId,
    syntax: Syntax,
    organ: Option<Organ>,
    reading: &Reading<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Text {
    let source: Arc<str> = input.file(file).text().into();
    let path = input.file(file).path.as_str();
    let body = match syntax {
        Syntax::Plain => 0..source.len(),
        // Other people's texts need no front matter.
        Syntax::Markdown => front_matter::split(&source, file, &mut Vec::new())
            .map_or(0..source.len(), |parts| parts.body),
    };
    let span = Span::new(file, body);
    let walked = match syntax {
        Syntax::Markdown => {
            let splitting = Splitting::Sections;
            let responders = &Responders::Any;
            let body = Body { source: &source, span, path, splitting, organ, responders };
            let mut all = Vec::new();
            let walked = markdown::walk(&body, reading, &mut all);
            // The rest of Recto's rules do not apply to them.
            diagnostics.extend(all.into_iter().filter(|d| references::RULES.contains(&d.rule)));
            walked
        }
        Syntax::Plain => plain(&source, span, organ, reading, diagnostics),
    };
    Text {
        language: reading.config.language_tags().swap_remove(0),
        file,
        path: path.to_owned(),
        body: span,
        title: Spanned { value: String::new(), span: Span::top(file) },
        title_origin: TitleOrigin::Typed,
        labelled: Vec::new(),
        in_facts: Vec::new(),
        sections: walked.sections,
        said: Vec::new(),
        headings: walked.headings,
        anchor_names: OnceLock::new(),
        found: walked.found,
        links: walked.links,
        notes: walked.notes,
        note_marks: walked.note_marks,
        comments: walked.comments,
        source,
    }
}

fn plain(
    source: &str,
    span: Span,
    organ: Option<Organ>,
    reading: &Reading<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> markdown::Walked {
    let mut walked = markdown::Walked::default();
    for paragraph in paragraphs(source) {
        let text = &source[paragraph.clone()];
        let at = |range: std::ops::Range<usize>| {
            Span::new(span.file, paragraph.start + range.start..paragraph.start + range.end)
        };
        let findings = reading.finder.find(text, organ);
        walked.found.extend(findings.matches.into_iter().map(|Match { scheme, range, key }| {
            Found { scheme, key: key.into_owned(), span: at(range), block: at(0..text.len()) }
        }));
        let uncertain = findings.uncertain.into_iter();
        diagnostics.extend(uncertain.map(|doubt| doubt.diagnostic(text, at(doubt.range.clone()))));
    }
    walked.sections.push(Section {
        column: Column::Recommendation,
        responder: None,
        kind: SectionKind::Introduction,
        heading: None,
        body: span,
        has_words: true,
        anchor: "introduction".to_owned(),
    });
    walked
}

/// The paragraphs of a text: the lines between empty lines.
fn paragraphs(source: &str) -> Vec<std::ops::Range<usize>> {
    let mut paragraphs = Vec::new();
    let (mut start, mut end) = (0, 0);
    for line in source.split_inclusive('\n') {
        if line.trim().is_empty() {
            paragraphs.push(start..end);
            start = end + line.len();
        }
        end += line.len();
    }
    paragraphs.push(start..end);
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_part_paragraphs() {
        let text = "a\nb\n\n \nc\r\n\r\nd";
        let parts: Vec<&str> = paragraphs(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(parts, ["a\nb\n", "c\r\n", "d"]);
        assert!(paragraphs("").is_empty());
    }
}
