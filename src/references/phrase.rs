//! Words that are looked for exactly: terms of the glossary, names of documents.

use std::ops::Range;

use super::Search;
use super::scan::{is_end, is_start};

/// Reads a phrase at a place. The longest wins: "CIS ICIS" before "CIS".
pub(super) fn read(reading: &mut Search<'_, '_>, hit: Range<usize>) {
    if !is_start(reading.text, hit.start) || !is_end(reading.text, hit.end) {
        return;
    }
    // Hits come in the order of their ends, so a longer one comes after those inside it. One that
    // begins inside another is not kept.
    let kept = reading.matches.partition_point(|found| found.range.start < hit.start);
    let is_free =
        kept.checked_sub(1).is_none_or(|last| reading.matches[last].range.end <= hit.start);
    if is_free {
        reading.matches.truncate(kept);
        reading.found(hit.clone(), &reading.text[hit]);
    }
}
