//! Words that are looked for exactly: terms of the glossary, names of documents.

use std::ops::Range;

use super::Search;
use super::scan::{is_end, is_start};
use crate::source::{composed, spellings};

/// The pieces of text at which names are looked for: their accents may be written in two ways.
pub(super) fn triggers(names: &[String]) -> Vec<String> {
    names.iter().flat_map(|name| spellings(name)).collect()
}

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
        reading.found(hit.clone(), composed(&reading.text[hit]));
    }
}
