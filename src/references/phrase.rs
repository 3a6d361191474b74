//! Words that are looked for as they are: terms of the glossary, names of documents.

use std::ops::Range;

use super::Reading;
use super::scan::{is_end, is_start};

/// Reads a phrase that stands at a place. The longest wins: "CIS ICIS" before "CIS".
pub(super) fn read(reading: &mut Reading<'_, '_>, hit: Range<usize>) {
    if !is_start(reading.text, hit.start) || !is_end(reading.text, hit.end) {
        return;
    }
    // Hits come in the order of their ends, so a longer one comes after those that lie in it.
    while reading.matches.last().is_some_and(|last| hit.start <= last.range.start) {
        reading.matches.pop();
    }
    if reading.matches.last().is_none_or(|last| last.range.end <= hit.start) {
        reading.found(hit.clone(), &reading.text[hit]);
    }
}
