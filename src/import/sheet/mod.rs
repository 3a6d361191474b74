//! Workbooks: for each sheet its name as a heading, and a table.

mod format;
mod ods;
mod xls;
mod xlsx;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use ods::read as read_ods;
pub(super) use xls::read as read_xls;
pub(super) use xlsx::read as read_xlsx;

use super::document::{
    CellValue, ForeignBlock, ForeignCell, ForeignDocument, ForeignPiece, ForeignPlace,
    ForeignTable, LeftOutKind, LeftOutText, Merged, Paragraph, Row, TextPiece,
};
use super::error::{FileLimit, ReadError};

/// How many cells the sheets of a workbook may have.
const MAX_CELLS: usize = 1_000_000;

/// A sheet as its file says it, before it becomes a table.
#[derive(Debug, Default)]
struct Grid {
    name: String,
    is_hidden: bool,
    /// Cells that hold anything, by row and column from 0.
    cells: BTreeMap<(usize, usize), SheetContent>,
    merges: Vec<Area>,
    hidden_rows: BTreeSet<usize>,
    /// First and last of hidden columns.
    hidden_columns: Vec<(usize, usize)>,
    /// First and last row of the column headings, where the file marks any.
    headers: Option<(usize, usize)>,
    /// Comments, drawings: what has its place already.
    left_out: Vec<LeftOutText>,
}

/// What a cell holds.
#[derive(Debug, Default)]
struct SheetContent {
    /// What it shows; line breaks are still in the texts.
    pieces: Vec<TextPiece>,
    value: Option<CellValue>,
    formula: Option<String>,
}

/// Cells from one corner to the other, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area {
    first: (usize, usize),
    last: (usize, usize),
}

/// Adds sheets to a document.
fn add(document: &mut ForeignDocument, grids: Vec<Grid>) -> Result<(), ReadError> {
    let mut budget = MAX_CELLS;
    for (number, grid) in grids.into_iter().enumerate() {
        add_grid(document, number + 1, grid, &mut budget)?;
    }
    Ok(())
}

fn add_grid(
    document: &mut ForeignDocument,
    number: usize,
    grid: Grid,
    budget: &mut usize,
) -> Result<(), ReadError> {
    let rows = grid.cells.keys().map(|(row, _)| row + 1).max().unwrap_or(0);
    let columns = grid.cells.keys().map(|(_, column)| column + 1).max().unwrap_or(0);
    *budget = budget
        .checked_sub(rows.saturating_mul(columns))
        .ok_or(ReadError::TooLarge(FileLimit::Cells))?;
    let merged = merged(&grid.merges, rows, columns)?;
    let is_hidden = |column: usize| {
        grid.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    };
    let hidden_columns: Vec<bool> = (0..columns).map(is_hidden).collect();
    let mut table = ForeignTable::default();
    let mut cells = grid.cells;
    if grid.is_hidden {
        leave_out(
            document,
            ForeignPlace { table: Some(number), ..ForeignPlace::default() },
            LeftOutKind::Hidden,
            &grid.name,
        );
    }
    for row in 0..rows {
        let is_row_hidden = grid.is_hidden || grid.hidden_rows.contains(&row);
        let is_header = grid.headers.is_some_and(|(first, last)| (first..=last).contains(&row));
        let mut read = Row { is_header, cells: Vec::new() };
        for column in 0..columns {
            let place = ForeignPlace {
                table: Some(number),
                row: Some(row + 1),
                column: Some(column + 1),
                paragraph: None,
            };
            let content = cells.remove(&(row, column)).unwrap_or_default();
            if let Some(formula) = &content.formula {
                leave_out(document, place.clone(), LeftOutKind::Formula, formula);
            }
            let (span, part) = merged.get(&(row, column)).copied().unwrap_or((1, SheetPart::Alone));
            let are_columns_hidden =
                hidden_columns.iter().skip(column).take(span).all(|hidden| *hidden);
            if is_row_hidden
                || are_columns_hidden
                || matches!(part, SheetPart::Right | SheetPart::Below)
            {
                let text: String = content.pieces.iter().map(|piece| piece.text.as_str()).collect();
                leave_out(document, place, LeftOutKind::Hidden, &text);
                if is_row_hidden || are_columns_hidden || part == SheetPart::Right {
                    continue;
                }
                read.cells.push(ForeignCell {
                    column,
                    columns: span,
                    merged: Merged::Above,
                    ..ForeignCell::default()
                });
                continue;
            }
            let merged = if part == SheetPart::Top { Merged::First } else { Merged::No };
            read.cells.push(ForeignCell {
                column,
                columns: span,
                merged,
                blocks: blocks(content.pieces),
                value: content.value,
            });
        }
        if !is_row_hidden {
            table.rows.push(read);
        }
    }
    document.left_out.extend(grid.left_out);
    if !grid.is_hidden {
        let pieces =
            vec![ForeignPiece::Text(TextPiece { text: grid.name, ..TextPiece::default() })];
        document.blocks.push(ForeignBlock::Paragraph(Paragraph {
            heading: Some(1),
            label: None,
            pieces,
        }));
        if !table.rows.is_empty() {
            document.blocks.push(ForeignBlock::Table(table));
        }
    }
    Ok(())
}

/// Which part of a merged area a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SheetPart {
    Alone,
    /// The first of an area of several rows.
    Top,
    /// At the left of a row below the first.
    Below,
    /// Further right in any row.
    Right,
}

/// Cells that are merged, by row and column.
type Merges = BTreeMap<(usize, usize), (usize, SheetPart)>;

/// The merged cells of a sheet: how many columns each takes, and which part of its area it is.
fn merged(areas: &[Area], rows: usize, columns: usize) -> Result<Merges, ReadError> {
    let mut merged = BTreeMap::new();
    let mut total = 0_usize;
    for area in areas {
        let last =
            (area.last.0.min(rows.saturating_sub(1)), area.last.1.min(columns.saturating_sub(1)));
        if last.0 < area.first.0 || last.1 < area.first.1 {
            continue;
        }
        let span = last.1 - area.first.1 + 1;
        total = total.saturating_add(span.saturating_mul(last.0 - area.first.0 + 1));
        if total > MAX_CELLS {
            return Err(ReadError::TooLarge(FileLimit::Cells));
        }
        for row in area.first.0..=last.0 {
            for column in area.first.1..=last.1 {
                let part = match (row == area.first.0, column == area.first.1) {
                    (_, false) => SheetPart::Right,
                    (false, true) => SheetPart::Below,
                    (true, true) if last.0 > area.first.0 => SheetPart::Top,
                    (true, true) => SheetPart::Alone,
                };
                merged.insert((row, column), (if column == area.first.1 { span } else { 1 }, part));
            }
        }
    }
    Ok(merged)
}

fn leave_out(document: &mut ForeignDocument, place: ForeignPlace, kind: LeftOutKind, text: &str) {
    if !text.trim().is_empty() {
        document.left_out.push(LeftOutText { place, kind, text: text.to_owned(), by: None });
    }
}

/// The paragraphs of a cell: each line is one.
fn blocks(pieces: Vec<TextPiece>) -> Vec<ForeignBlock> {
    let mut lines: Vec<Vec<ForeignPiece>> = vec![Vec::new()];
    for piece in pieces {
        let text: String = piece
            .text
            .replace("\r\n", "\n")
            .chars()
            .filter(|character| *character != '\u{ad}')
            .collect();
        for (index, line) in text.split(['\n', '\r']).enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let Some(pieces) = lines.last_mut().filter(|_| !line.is_empty()) {
                push(pieces, TextPiece { text: line.to_owned(), ..piece.clone() });
            }
        }
    }
    let paragraph = |pieces| ForeignBlock::Paragraph(Paragraph { pieces, ..Paragraph::default() });
    let has_text = |pieces: &Vec<ForeignPiece>| {
        pieces.iter().any(|p| matches!(p, ForeignPiece::Text(text) if !text.text.trim().is_empty()))
    };
    lines.into_iter().filter(has_text).map(paragraph).collect()
}

/// Adds a piece, to the last one where it looks and links the same.
fn push(pieces: &mut Vec<ForeignPiece>, piece: TextPiece) {
    match pieces.last_mut() {
        Some(ForeignPiece::Text(last))
            if (TextPiece { text: String::new(), ..last.clone() })
                == (TextPiece { text: String::new(), ..piece.clone() }) =>
        {
            last.text.push_str(&piece.text);
        }
        _ => pieces.push(ForeignPiece::Text(piece)),
    }
}

/// The row and column, from 0, of a reference such as `B12` or `$B$12`.
fn reference(text: &str) -> Option<(usize, usize)> {
    let text = text.replace('$', "");
    let digits = text.find(|character: char| character.is_ascii_digit())?;
    let (letters, row) = text.split_at_checked(digits)?;
    let column = column(letters)?;
    let row: usize = row.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
    Some((row - 1, column))
}

/// The number, from 0, of a column such as `AB`.
fn column(letters: &str) -> Option<usize> {
    let mut number = 0_usize;
    for letter in letters.bytes() {
        let digit = letter.to_ascii_uppercase().checked_sub(b'A').filter(|digit| *digit < 26)?;
        number = number.checked_mul(26)?.checked_add(usize::from(digit) + 1)?;
    }
    number.checked_sub(1).filter(|column| *column < 16_384)
}

/// The area of a reference such as `A1:B2`, or of one cell.
fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (first, last) = (reference(first)?, reference(last)?);
    Some(Area {
        first: (first.0.min(last.0), first.1.min(last.1)),
        last: (first.0.max(last.0), first.1.max(last.1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_places() {
        assert_eq!(reference("B12"), Some((11, 1)));
        assert_eq!(reference("$AA$1"), Some((0, 26)));
        assert_eq!(reference("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(reference("XFE1"), None);
        assert_eq!(reference("A0"), None);
        assert_eq!(area("C3:A1"), Some(Area { first: (0, 0), last: (2, 2) }));
    }
}
