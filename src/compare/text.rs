//! Which words of a text changed.

use similar::{ChangeTag, TextDiff};

/// Some words of a text that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffPiece {
    /// In both texts.
    Same(String),
    /// Only in the earlier one.
    Removed(String),
    /// Only in the later one.
    Added(String),
}

impl DiffPiece {
    /// The words.
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}

/// The words of two texts: those in both, and those in only one.
pub fn words(before: &str, now: &str) -> Vec<DiffPiece> {
    let diff = TextDiff::from_unicode_words(before, now);
    let mut pieces: Vec<DiffPiece> = Vec::new();
    for change in diff.iter_all_changes() {
        let text = change.value();
        match (change.tag(), pieces.last_mut()) {
            (ChangeTag::Equal, Some(DiffPiece::Same(last)))
            | (ChangeTag::Delete, Some(DiffPiece::Removed(last)))
            | (ChangeTag::Insert, Some(DiffPiece::Added(last))) => last.push_str(text),
            (ChangeTag::Equal, _) => pieces.push(DiffPiece::Same(text.to_owned())),
            (ChangeTag::Delete, _) => pieces.push(DiffPiece::Removed(text.to_owned())),
            (ChangeTag::Insert, _) => pieces.push(DiffPiece::Added(text.to_owned())),
        }
    }
    pieces
}

/// Markdown without the wrapping of its lines: those of a paragraph are one. Lines that begin an item,
/// a heading, a quotation or a row stay, and so do hard breaks, empty lines, and code.
pub fn unwrapped(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut is_code = false;
    let (mut may_join, mut gap) = (false, false);
    for line in markdown.lines() {
        let words = line.trim();
        let is_fence = words.starts_with("```") || words.starts_with("~~~");
        if is_code || is_fence {
            if std::mem::take(&mut gap) && !text.is_empty() {
                text.push('\n');
            }
            is_code ^= is_fence;
            push_line(&mut text, line.trim_end());
            may_join = false;
            continue;
        }
        if words.is_empty() {
            may_join = false;
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !text.is_empty() {
            text.push('\n');
        }
        let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
        match may_join && !begins_block(words) {
            true => {
                text.push(' ');
                text.push_str(&joined);
            }
            // The depth of an item counts.
            false => {
                let depth = line.len() - line.trim_start().len();
                let indent = if begins_block(words) { depth } else { 0 };
                push_line(&mut text, &format!("{}{joined}", " ".repeat(indent)));
            }
        }
        // A hard break.
        may_join = !line.ends_with("  ") && !words.ends_with('\\');
        if !may_join && line.ends_with("  ") {
            text.push_str("  ");
        }
    }
    text.trim_end().to_owned()
}

fn push_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// Whether a line begins an item, a heading, a quotation, a row or a note, and so does not continue the
/// line before it.
fn begins_block(line: &str) -> bool {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_numbered = digits > 0 && line[digits..].starts_with([')', '.']);
    let is_marked = ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark));
    is_numbered || is_marked || line.starts_with(['#', '>', '|', ':']) || line.starts_with("[^")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_is_no_change() {
        let wrapped = "The list should\nbe   published\nby the Office.\n\n- one\n  two\n- three\n";
        let one_line = "The list should be published by the Office.\n\n\n- one two\n- three";
        assert_eq!(unwrapped(wrapped), unwrapped(one_line));
        for (a, b) in [
            ("One.\n\nTwo.", "One. Two."),
            ("- a\n- b", "- a - b"),
            ("One.  \nTwo.", "One.\nTwo."),
            ("- a\n  - b", "- a\n- b"),
            ("```\na b\n```", "```\na  b\n```"),
            ("1. a\n2. b", "1. a 2. b"),
        ] {
            assert_ne!(unwrapped(a), unwrapped(b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn words_that_changed_are_told_apart() {
        let pieces = words("by 30 June 2020 at the latest", "by 31 December 2020 at the latest");
        let of = |wanted: fn(&DiffPiece) -> bool| {
            pieces.iter().filter(|p| wanted(p)).map(|p| p.text().trim()).collect::<Vec<_>>()
        };
        assert_eq!(of(|piece| matches!(piece, DiffPiece::Removed(_))).join(" "), "30 June");
        assert_eq!(of(|piece| matches!(piece, DiffPiece::Added(_))).join(" "), "31 December");
    }
}
