//! The rows of a foreign table that belong to each recommendation.

use std::collections::BTreeMap;

use super::columns::{ColumnField, ForeignColumns};
use super::document::{
    ForeignBlock, ForeignCell, ForeignPiece, ForeignPlace, Merged, Row, block_characters,
    character_count,
};
use super::entries::{Omitted, OmittedKind, Remark, TablesRead, beside_text, leave_out};
use super::tables::{FoundTable, Shape, cell_text, one_line};

/// A row, or several that belong together, before it is read.
pub(super) struct Gathered<'d> {
    pub(super) place: ForeignPlace,
    pub(super) group: Option<String>,
    /// The cells of each column that are not empty.
    pub(super) cells: BTreeMap<usize, Vec<GatheredCell<'d>>>,
}

/// A cell that belongs to a recommendation.
#[derive(Clone)]
pub(super) struct GatheredCell<'d> {
    pub(super) place: ForeignPlace,
    pub(super) cell: &'d ForeignCell,
    /// How many characters of the account it has: none where it is merged over several
    /// recommendations and was counted for the first.
    pub(super) characters: usize,
}

impl<'d> Gathered<'d> {
    /// Adds the cells of a row; `merged` has those that others below may continue.
    fn add(
        &mut self,
        row: &'d Row,
        columns: &ForeignColumns,
        merged: &mut BTreeMap<usize, GatheredCell<'d>>,
        place: &ForeignPlace,
    ) {
        let begins = self.place == *place;
        for cell in &row.cells {
            let Some(column) = columns.at(cell.column) else { continue };
            let place = ForeignPlace { column: Some(cell.column + 1), ..place.clone() };
            let cells = self.cells.entry(column).or_default();
            match cell.merged {
                // It stands beside each of the recommendations that it is merged over.
                Merged::Above if begins => {
                    let above = merged.get(&cell.column).cloned();
                    cells.extend(above.map(|above| GatheredCell { characters: 0, ..above }));
                }
                Merged::Above => {}
                Merged::First | Merged::No => {
                    let gathered = GatheredCell::of(place, cell);
                    if !is_empty(cell) {
                        merged.insert(cell.column, gathered.clone());
                        cells.push(gathered);
                    } else {
                        merged.remove(&cell.column);
                    }
                }
            }
        }
    }
}

impl<'d> GatheredCell<'d> {
    fn of(place: ForeignPlace, cell: &'d ForeignCell) -> Self {
        Self { place, cell, characters: cell_characters(cell) }
    }
}

/// Counts the words of headings in a row, and lists what is beside them: notes, nested tables.
pub(super) fn keep_headings(
    cells: &[ForeignCell],
    table: usize,
    row: usize,
    reading: &mut TablesRead<'_>,
) {
    for cell in cells {
        reading.in_headings += character_count(&cell_text(cell));
        let column = Some(cell.column + 1);
        let place = ForeignPlace { table: Some(table), row: Some(row), column, paragraph: None };
        for text in beside_text(cell).into_iter().filter(|text| !text.is_empty()) {
            let kind = OmittedKind::BesideHeading;
            reading.omitted.push(Omitted { place: place.clone(), kind, text });
        }
    }
}

/// How many characters a cell has, for the account.
pub(super) fn cell_characters(cell: &ForeignCell) -> usize {
    cell.blocks.iter().map(block_characters).sum()
}

/// What only a recommendation has: a row that has one of these is not more of the row before it.
const OF_A_RECOMMENDATION: [ColumnField; 4] =
    [ColumnField::Response, ColumnField::Responsible, ColumnField::Deadline, ColumnField::Status];

/// What a row below the headings is.
enum RowKind {
    /// Nothing is in it.
    Empty,
    /// The headings again.
    Headings,
    /// The name of a chapter, if a recommendation follows.
    Chapter(String),
    /// The first row of a recommendation.
    First,
    /// More of the recommendation before it: merged with it.
    Merged,
    /// More of the recommendation before it: it has no number, and nothing else of a recommendation.
    More,
    /// No recommendation: a sum, a source.
    Other,
}

/// What tells the rows of a table apart.
struct TableRows<'t> {
    columns: &'t ForeignColumns,
    /// The texts of the rows of headings.
    headings: Vec<String>,
}

impl TableRows<'_> {
    /// What a row is; none for one that says things of a recommendation and has no number.
    fn kind(&self, row: &Row, is_first: bool) -> Option<RowKind> {
        if row.cells.iter().all(is_empty) {
            return Some(RowKind::Empty);
        }
        if self.headings.contains(&row_text(row)) {
            return Some(RowKind::Headings);
        }
        if let Some(name) = chapter(row, self.columns) {
            return Some(RowKind::Chapter(name));
        }
        let has_number = self
            .cells(row, &ColumnField::Number)
            .any(|cell| !cell_text(cell).is_empty() || !labels(cell).is_empty());
        let has = |field: &ColumnField| self.cells(row, field).any(|cell| !is_empty(cell));
        let is_merged = |field: &ColumnField| {
            self.cells(row, field).next().is_some_and(|cell| cell.merged == Merged::Above)
        };
        let says_more = OF_A_RECOMMENDATION.iter().any(has);
        let has_text = has(&ColumnField::Recommendation);
        Some(match is_merged(&ColumnField::Recommendation) {
            _ if has_number && has_text => RowKind::First,
            // The words stand beside several numbers.
            true if has_number => RowKind::First,
            true => RowKind::Merged,
            false if !has_text && (has_number || is_first || says_more) => RowKind::Other,
            false if !has_text => RowKind::More,
            // Without a column of numbers, each text is a recommendation.
            false if !self.columns.has(&ColumnField::Number) => RowKind::First,
            false if is_merged(&ColumnField::Number) => RowKind::Merged,
            false if says_more || is_first => return None,
            false => RowKind::More,
        })
    }

    /// The cells of a row that belong to a field.
    fn cells<'r>(
        &self,
        row: &'r Row,
        field: &ColumnField,
    ) -> impl Iterator<Item = &'r ForeignCell> {
        row.cells.iter().filter(move |cell| {
            let column = self.columns.at(cell.column);
            column.is_some_and(|index| self.columns.0[index].field == *field)
        })
    }
}

/// The rows that belong to each recommendation.
///
/// # Errors
///
/// When a row without a number is not more of the row before it.
pub(super) fn gather<'d>(
    found: &FoundTable<'d>,
    columns: &ForeignColumns,
    mut group: Option<String>,
    reading: &mut TablesRead<'d>,
) -> Result<Vec<Gathered<'d>>, String> {
    let Shape::Rows { above, headings } = found.shape else { return Ok(Vec::new()) };
    let before = above + headings;
    let texts = found.table.rows[above..before].iter().map(row_text);
    let rows = TableRows { columns, headings: texts.collect() };
    let mut gathered: Vec<Gathered<'d>> = Vec::new();
    // The cells that others below may continue, by their columns of the grid.
    let mut merged: BTreeMap<usize, GatheredCell<'d>> = BTreeMap::new();
    // A chapter that has not begun yet, with its row.
    let mut chapter: Option<(String, usize)> = None;
    reading.groups.extend(group.clone());
    let leave = |index: usize, reading: &mut TablesRead<'d>| {
        let kind = OmittedKind::NoRecommendation;
        leave_out(&found.table.rows[index], found.number, index + 1, kind, reading);
    };
    for (index, row) in found.table.rows.iter().enumerate().skip(before) {
        let row_number = Some(index + 1);
        let place =
            ForeignPlace { table: Some(found.number), row: row_number, ..ForeignPlace::default() };
        let kind = rows.kind(row, gathered.is_empty()).ok_or_else(|| {
            format!(
                "{place} has no number, but has a response, a deadline or the like; give it a number \
                 in the document"
            )
        })?;
        match kind {
            RowKind::Empty => continue,
            RowKind::Headings => {
                keep_headings(&row.cells, found.number, index + 1, reading);
                continue;
            }
            RowKind::Chapter(name) => {
                if let Some((_, index)) = chapter.replace((name, index)) {
                    leave(index, reading);
                }
                continue;
            }
            RowKind::Other => {
                leave(index, reading);
                continue;
            }
            RowKind::More => {
                let text = "the row has no number, so it goes on with the one before it".to_owned();
                reading.remarks.push(Remark { place: place.clone(), text });
            }
            RowKind::First => {
                if let Some((name, index)) = chapter.take() {
                    let cells = &found.table.rows[index].cells;
                    keep_headings(cells, found.number, index + 1, reading);
                    if !reading.groups.contains(&name) {
                        reading.groups.push(name.clone());
                    }
                    group = Some(name);
                }
                let (place, group) = (place.clone(), group.clone());
                gathered.push(Gathered { place, group, cells: BTreeMap::new() });
            }
            RowKind::Merged => {}
        }
        match gathered.last_mut() {
            Some(one) => one.add(row, columns, &mut merged, &place),
            None => leave(index, reading),
        }
    }
    if let Some((_, index)) = chapter {
        leave(index, reading);
    }
    Ok(gathered)
}

/// The name of the chapter that begins with a row: its only cell, over all columns.
fn chapter(row: &Row, columns: &ForeignColumns) -> Option<String> {
    let [only] = row.cells.as_slice() else { return None };
    (columns.0.len() > 1).then(|| cell_text(only))
}

/// The rows of a table that is one recommendation.
pub(super) fn gather_fields<'d>(
    found: &FoundTable<'d>,
    columns: &ForeignColumns,
    reading: &mut TablesRead<'d>,
) -> Gathered<'d> {
    let place = ForeignPlace { table: Some(found.number), ..ForeignPlace::default() };
    let mut cells: BTreeMap<usize, Vec<GatheredCell<'d>>> = BTreeMap::new();
    for (index, row) in found.table.rows.iter().enumerate() {
        let place = ForeignPlace { row: Some(index + 1), ..place.clone() };
        let Some((name, texts)) = row.cells.split_first() else { continue };
        if texts.is_empty() {
            leave_out(row, found.number, index + 1, OmittedKind::Above, reading);
            continue;
        }
        keep_headings(std::slice::from_ref(name), found.number, index + 1, reading);
        let column = columns.0.iter().rposition(|column| column.start <= index);
        for cell in texts.iter().filter(|cell| !is_empty(cell)) {
            let place = ForeignPlace { column: Some(cell.column + 1), ..place.clone() };
            if let Some(column) = column {
                cells.entry(column).or_default().push(GatheredCell::of(place, cell));
            }
        }
    }
    Gathered { place: ForeignPlace { row: Some(1), ..place }, group: None, cells }
}

fn row_text(row: &Row) -> String {
    one_line(&row.cells.iter().map(cell_text).collect::<Vec<_>>().join(" "))
}

/// Whether a cell shows nothing: no word, no number of a list, no picture.
fn is_empty(cell: &ForeignCell) -> bool {
    cell_characters(cell) == 0 && labels(cell).is_empty() && !has_picture(cell)
}

/// The numbers that the program shows before the paragraphs of a cell.
pub(super) fn labels(cell: &ForeignCell) -> Vec<&str> {
    let labels = cell.blocks.iter().filter_map(|block| match block {
        ForeignBlock::Paragraph(paragraph) => {
            paragraph.label.as_ref().filter(|label| label.is_number)
        }
        ForeignBlock::Table(_) => None,
    });
    labels.map(|label| label.text.as_str()).collect()
}

fn has_picture(cell: &ForeignCell) -> bool {
    cell.blocks.iter().any(|block| match block {
        ForeignBlock::Paragraph(paragraph) => {
            paragraph.pieces.iter().any(|piece| matches!(piece, ForeignPiece::Picture(_)))
        }
        ForeignBlock::Table(_) => true,
    })
}
