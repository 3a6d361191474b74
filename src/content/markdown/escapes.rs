//! Marks that were typed, and not escaped.

use memchr::memmem;

use super::Walk;
use crate::content::run::Run;
use crate::source::Span;

impl Walk<'_> {
    /// Where running text has these marks first, and where the file does, as they are typed: an escaped
    /// mark was meant to be shown.
    pub(super) fn typed(&self, run: &Run, marks: &str) -> Option<(usize, Span)> {
        let mut places = memmem::find_iter(run.text.as_bytes(), marks);
        places.find_map(|at| {
            let span = self.span(run.in_body(&(at..at + marks.len())));
            let is_escaped = self.source[..span.start as usize].ends_with('\\');
            (!is_escaped && self.source[span.range()] == *marks).then_some((at, span))
        })
    }
}
