//! What a renderer is given: the diagnostics, and the way from a span to what people call a place.

use std::collections::{BTreeMap, BTreeSet};

use super::{Diagnostic, Rule};
use crate::source::{FileId, Input, LineColumn, Span, line_columns};

/// Diagnostics of one run, with what is needed to show them.
pub struct Listing<'a> {
    /// The files that they are about.
    pub input: &'a Input,
    /// All of them, in the order in which they are shown.
    pub diagnostics: &'a [Diagnostic],
    /// What stands before the paths of the site's files, from where the command runs: `reports/`.
    pub folder: &'a str,
    /// The documentation of a code.
    pub rule: fn(&str) -> Option<&'static Rule>,
    /// The place of every offset that is pointed at, found in one walk over each file: a line of a
    /// megabyte may have a thousand mistakes.
    places: BTreeMap<(FileId, u32), LineColumn>,
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
        let spans = diagnostics.iter().flat_map(|diagnostic| {
            let labels = diagnostic.labels.iter().map(|(span, _)| *span);
            let edit = diagnostic.edit.as_ref().map(|edit| edit.span);
            diagnostic.span.into_iter().chain(labels).chain(edit)
        });
        let mut offsets: BTreeMap<FileId, BTreeSet<usize>> = BTreeMap::new();
        for span in spans {
            let of_file = offsets.entry(span.file).or_default();
            of_file.extend([span.start as usize, span.end as usize]);
        }
        let mut places = BTreeMap::new();
        for (file, offsets) in offsets {
            let sorted: Vec<usize> = offsets.into_iter().collect();
            let found = line_columns(input.file(file).readable(), &sorted);
            let keys =
                sorted.iter().map(|offset| (file, u32::try_from(*offset).unwrap_or(u32::MAX)));
            places.extend(keys.zip(found));
        }
        Self { input, diagnostics, folder: "", rule: |_| None, places }
    }

    /// Says where the site lies, from where the command runs.
    #[must_use]
    pub fn below(mut self, folder: &'a str) -> Self {
        self.folder = folder;
        self
    }

    /// Says where codes are explained.
    #[must_use]
    pub fn explained(mut self, rule: fn(&str) -> Option<&'static Rule>) -> Self {
        self.rule = rule;
        self
    }

    /// The path of a file, from where the command runs.
    pub fn path(&self, file: FileId) -> String {
        format!("{}{}", self.folder, self.input.file(file).path)
    }

    /// What people call a span of one of the diagnostics.
    pub fn place(&self, span: Span) -> Place {
        let top = LineColumn { line: 1, column: 1 };
        let at = |offset| self.places.get(&(span.file, offset)).copied().unwrap_or(top);
        Place { path: self.path(span.file), start: at(span.start), end: at(span.end) }
    }
}
