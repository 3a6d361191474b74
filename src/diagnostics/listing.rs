//! What a renderer is given: the diagnostics, and a way to turn spans into lines and columns.

use std::collections::BTreeMap;

use super::Diagnostic;
use crate::source::{FileId, Input, LineColumn, Lines, Span};

/// Diagnostics of one run, with what is needed to show them.
pub struct Listing<'a> {
    /// The files that they are about.
    pub input: &'a Input,
    /// All of them, in the order in which they are shown.
    pub diagnostics: &'a [Diagnostic],
    /// What comes before the paths of the site's files, seen from where the command runs:
    /// `reports/`.
    pub folder: &'a str,
    /// The lines of every file that is pointed at, found once: a large file may have a thousand
    /// mistakes.
    lines: BTreeMap<FileId, Lines<'a>>,
}

/// A span as people and editors count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, from where the command runs.
    pub path: String,
    /// The first character.
    pub start: LineColumn,
    /// The character after the last one.
    pub end: LineColumn,
}

impl<'a> Listing<'a> {
    /// The diagnostics of a site.
    pub fn new(input: &'a Input, diagnostics: &'a [Diagnostic]) -> Self {
        let mut lines = BTreeMap::new();
        for diagnostic in diagnostics {
            let labels = diagnostic.labels.iter().map(|(span, _)| *span);
            let edit = diagnostic.edit.as_ref().map(|edit| edit.span);
            for span in diagnostic.span.into_iter().chain(labels).chain(edit) {
                let of_file = || Lines::of(input.file(span.file).readable());
                lines.entry(span.file).or_insert_with(of_file);
            }
        }
        Self { input, diagnostics, folder: "", lines }
    }

    /// Sets the folder of the site, seen from where the command runs.
    #[must_use]
    pub fn below(mut self, folder: &'a str) -> Self {
        self.folder = folder;
        self
    }

    /// The path of a file, from where the command runs.
    pub fn path(&self, file: FileId) -> String {
        format!("{}{}", self.folder, self.input.file(file).path)
    }

    /// The lines and columns of a span of one of the diagnostics.
    pub fn place(&self, span: Span) -> Place {
        let top = LineColumn { line: 1, column: 1 };
        let lines = self.lines.get(&span.file);
        let at = |offset: u32| lines.map_or(top, |lines| lines.line_column(offset as usize));
        Place { path: self.path(span.file), start: at(span.start), end: at(span.end) }
    }
}
