//! Lines and columns, computed only when a person is to be shown a place.

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
    // A byte order mark has no width: an editor does not count it either.
    let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
    LineColumn { line: before.matches('\n').count() + 1, column }
}

/// The lines of a text, for when many places of it are to be shown.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines.
    pub fn of(text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: [0].into_iter().chain(breaks).collect() }
    }

    /// The line and column of a byte offset, as [`line_column`] gives them.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..).unwrap_or("");
        let in_line = line_column(before, offset - start);
        LineColumn { line: line.max(1), column: in_line.column }
    }
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
        let lines = Lines::of(text);
        for offset in 0..text.len() {
            assert_eq!(lines.line_column(offset), line_column(text, offset), "{offset}");
        }
    }

    #[test]
    fn any_offset_has_a_place() {
        let text = "é\r\n";
        for offset in 0..10 {
            assert!(line_column(text, offset).line <= 2);
        }
        assert_eq!(line_column("\u{feff}a", 3), LineColumn { line: 1, column: 1 });
    }
}
