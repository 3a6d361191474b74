//! Lines and columns, computed only when a place is to be shown to a person.

use std::borrow::Cow;

/// A place as people count it: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The nearest place, not after an offset, at which a text can be cut.
pub fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The line and column of a byte offset. An offset past the end, or inside a character, counts
/// as the nearest place before it.
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    let offset = boundary(text, offset);
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let typed_start = (line_start + inserted(&text[line_start..])).min(offset);
    LineColumn { line: before.matches('\n').count() + 1, column: column(&before[typed_start..]) }
}

/// How many bytes at the beginning of a line nobody typed: the empty line that
/// [`with_tables_apart`](crate::content::markdown::with_tables_apart) puts before the head of a table. It ends
/// with a carriage return alone, which Markdown takes for the end of a line (CommonMark 2.1) and
/// those who count lines do not, so that every place in the file stays what editors show.
pub fn inserted(line: &str) -> usize {
    let bytes = line.as_bytes();
    let marks = bytes.iter().take_while(|byte| b" \t>".contains(byte)).count();
    match bytes.get(marks..marks + 2) {
        Some([b'\r', after]) if *after != b'\n' => marks + 1,
        _ => 0,
    }
}

/// A text as its author typed it, without the lines that were put in as [`inserted`] says.
pub fn as_written(text: &str) -> Cow<'_, str> {
    if !has_lone_return(text) {
        return Cow::Borrowed(text);
    }
    text.split_inclusive('\n').map(|line| &line[inserted(line)..]).collect()
}

/// Whether a text has a carriage return that is not part of the line break of Windows.
pub fn has_lone_return(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

/// The column after these characters of a line. A byte order mark has no width: an editor does
/// not count it either.
fn column(before: &str) -> usize {
    before.trim_start_matches('\u{feff}').chars().count() + 1
}

/// The lines of a text, for when many places in it are to be shown: finding one takes the same time
/// wherever it is and however long its line.
pub struct Lines<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes; nothing for ASCII, where
    /// each byte is one.
    characters: Vec<usize>,
}

/// The most bytes that are counted to find a column.
const BLOCK: usize = 256;

impl<'t> Lines<'t> {
    /// Finds the lines.
    pub fn of(text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut characters = Vec::new();
        // Most texts in English have no other characters, and need no count.
        if !text.is_ascii() {
            characters.push(0);
            for block in text.as_bytes().chunks(BLOCK) {
                let before = characters.last().copied().unwrap_or(0);
                characters.push(before + begin_characters(block));
            }
        }
        Self { text, starts: [0].into_iter().chain(breaks).collect(), characters }
    }

    /// The line and column of a byte offset, as [`line_column`] gives them.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = boundary(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let start = (start + inserted(&self.text[start..])).min(offset);
        let has_mark = self.text[start..offset].starts_with('\u{feff}');
        let before = self.characters_before(offset) - self.characters_before(start);
        LineColumn { line, column: before + 1 - usize::from(has_mark) }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let Some(before) = self.characters.get(block) else { return offset };
        let rest = &self.text.as_bytes()[block * BLOCK..offset];
        before + begin_characters(rest)
    }
}

/// How many characters begin in some bytes of UTF-8.
fn begin_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\nпрогресс: x\n";
        let offset = text.find('x').unwrap();
        assert_eq!(line_column(text, offset), LineColumn { line: 2, column: 11 });
        let long = format!("\u{feff}{}\n{}é", "ю".repeat(300), "x€".repeat(400));
        for text in [text, long.as_str()] {
            let lines = Lines::of(text);
            for offset in 0..text.len() + 2 {
                assert_eq!(lines.line_column(offset), line_column(text, offset), "{offset}");
            }
        }
    }

    #[test]
    fn any_offset_has_a_place() {
        let text = "é\r\n";
        for offset in 0..10 {
            assert!(line_column(text, offset).line <= 2);
        }
        for text in ["é\r\n", "\u{feff}a\nжb\n\nc", "", "\n\n", "a\n> \r> b | é\r\n"] {
            let lines = Lines::of(text);
            for offset in 0..12 {
                assert_eq!(lines.line_column(offset), line_column(text, offset), "{text:?}");
            }
        }
        assert_eq!(line_column("\u{feff}a", 3), LineColumn { line: 1, column: 1 });
        assert_eq!(line_column("a\n> \r> b", 7), LineColumn { line: 2, column: 3 });
    }
}
