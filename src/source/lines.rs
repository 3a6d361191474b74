//! Lines and columns, computed only when a place is to be shown to a person.

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
    let before = &text[..boundary(text, offset)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    LineColumn { line: before.matches('\n').count() + 1, column: column(&before[line_start..]) }
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

/// The text of a line, counted from 1, without its line break; empty past the end.
pub fn line_text(text: &str, line: usize) -> &str {
    text.lines().nth(line.saturating_sub(1)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\nпрогресс: x\n";
        let offset = text.find('x').unwrap();
        assert_eq!(line_column(text, offset), LineColumn { line: 2, column: 11 });
        assert_eq!(line_text(text, 2), "прогресс: x");
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
        for text in ["é\r\n", "\u{feff}a\nжb\n\nc", "", "\n\n"] {
            let lines = Lines::of(text);
            for offset in 0..12 {
                assert_eq!(lines.line_column(offset), line_column(text, offset), "{text:?}");
            }
        }
        assert_eq!(line_column("\u{feff}a", 3), LineColumn { line: 1, column: 1 });
    }
}
