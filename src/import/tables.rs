//! The tables of a foreign document, and what is above each.

use super::document::{
    ForeignBlock, ForeignCell, ForeignDocument, ForeignPiece, ForeignTable, Merged, Paragraph, Row,
};

/// A table that a document has at its top level.
#[derive(Debug)]
pub struct FoundTable<'d> {
    /// Which it is, from 1.
    pub number: usize,
    /// The last heading above it.
    pub heading: Option<String>,
    /// The table.
    pub table: &'d ForeignTable,
    /// How it is laid out.
    pub shape: Shape,
}

impl FoundTable<'_> {
    /// The first words above the headings of the columns: a title over the whole table.
    pub(super) fn title_above(&self) -> Option<String> {
        let Shape::Rows { above, .. } = self.shape else { return None };
        let texts = self.table.rows[..above].iter().flat_map(|row| &row.cells).map(cell_text);
        texts.into_iter().find(|text| !text.is_empty())
    }
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A row for each recommendation, below rows of headings.
    Rows {
        /// How many rows come before those of headings: a title over the whole table.
        above: usize,
        /// How many rows of headings there are.
        headings: usize,
    },
    /// One recommendation: the names of its fields in the first column, their texts in the second.
    Fields,
    /// Something else: no column has a heading that is known.
    Other,
}

/// The tables at the top level of a document, in their order. `is_known` tells the heading of a column
/// from other words.
pub(super) fn found<'d>(
    document: &'d ForeignDocument,
    is_known: &dyn Fn(&str) -> bool,
) -> Vec<FoundTable<'d>> {
    let (mut heading, mut found) = (None, Vec::new());
    for block in &document.blocks {
        match block {
            ForeignBlock::Paragraph(paragraph) if paragraph.heading.is_some() => {
                heading = Some(text_of(paragraph)).filter(|text| !text.is_empty()).or(heading);
            }
            ForeignBlock::Paragraph(_) => {}
            ForeignBlock::Table(table) => found.push(FoundTable {
                number: found.len() + 1,
                heading: heading.clone(),
                table,
                shape: shape(table, is_known),
            }),
        }
    }
    found
}

/// The first heading of a document.
pub(super) fn first_heading(document: &ForeignDocument) -> Option<String> {
    let headings = document.blocks.iter().filter_map(|block| match block {
        ForeignBlock::Paragraph(paragraph) if paragraph.heading.is_some() => {
            Some(text_of(paragraph))
        }
        _ => None,
    });
    headings.into_iter().find(|text| !text.is_empty())
}

/// How many rows are looked at to find the headings of a table.
const MOST_ABOVE: usize = 6;

fn shape(table: &ForeignTable, is_known: &dyn Fn(&str) -> bool) -> Shape {
    let known = |cell: &ForeignCell| is_known(&cell_text(cell));
    // Each heading of a column has its own cell, so a title over all columns is not one.
    let knows = |row: &Row| row.cells.iter().filter(|cell| known(cell)).count();
    if is_of_fields(table, &known) {
        return Shape::Fields;
    }
    let first = table.rows.iter().take(MOST_ABOVE).position(|row| knows(row) >= 2);
    let Some(first) = first else { return Shape::Other };
    // A cell that is merged with those below it is a heading over several rows of headings.
    let is_under = |above: &Row, row: &Row| {
        (row.is_header && knows(row) > 0)
            || above.cells.iter().any(|cell| {
                let below = row.cells.iter().find(|other| other.column == cell.column);
                below.is_some_and(|below| {
                    cell.merged == Merged::First && below.merged == Merged::Above
                })
            })
    };
    let rows = &table.rows[first..];
    let more = rows.windows(2).take_while(|pair| is_under(&pair[0], &pair[1])).count();
    Shape::Rows { above: first, headings: 1 + more }
}

/// Whether a table has the names of fields in its first column and their texts in the second.
fn is_of_fields(table: &ForeignTable, known: &impl Fn(&ForeignCell) -> bool) -> bool {
    let pairs = table.rows.iter().filter(|row| row.cells.len() == 2).count();
    let named = table.rows.iter().filter(|row| row.cells.len() == 2 && known(&row.cells[0]));
    let both = table.rows.iter().filter(|row| row.cells.len() == 2 && known(&row.cells[1]));
    // In a table of two columns with rows, one row has two headings.
    named.count() * 2 > table.rows.len() && pairs >= 2 && both.count() * 4 <= pairs
}

/// The words of a paragraph, without its label, in one line.
pub(super) fn text_of(paragraph: &Paragraph) -> String {
    let mut text = String::new();
    for piece in &paragraph.pieces {
        match piece {
            ForeignPiece::Text(piece) => text.push_str(&piece.text),
            ForeignPiece::LineBreak => text.push(' '),
            ForeignPiece::Note(_) | ForeignPiece::Picture(_) => {}
        }
    }
    one_line(&text)
}

/// A text with single spaces between its words.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a cell in one line.
pub(super) fn cell_text(cell: &ForeignCell) -> String {
    one_line(&cell_lines(cell).join(" "))
}

/// The paragraphs of a cell, without labels and nested tables, those that are empty left out.
pub(super) fn cell_lines(cell: &ForeignCell) -> Vec<String> {
    let lines = cell.blocks.iter().filter_map(|block| match block {
        ForeignBlock::Paragraph(paragraph) => Some(text_of(paragraph)),
        ForeignBlock::Table(_) => None,
    });
    lines.filter(|line| !line.is_empty()).collect()
}
