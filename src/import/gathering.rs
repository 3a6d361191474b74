//! The rows of a foreign table that belong to each recommendation.

use std::collections::BTreeMap;

use super::columns::{ColumnField, ForeignColumns};
use super::document::{
    ForeignBlock, ForeignCell, ForeignPiece, ForeignPlace, ForeignTable, Merged, Row,
    block_characters, character_count,
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

/// Counts the words of a row of headings, and lists what is beside them: notes, nested tables.
pub(super) fn keep_headings(row: &Row, table: usize, number: usize, reading: &mut TablesRead<'_>) {
    for cell in &row.cells {
        reading.in_headings += character_count(&cell_text(cell));
        let column = Some(cell.column + 1);
        let place = ForeignPlace { table: Some(table), row: Some(number), column, paragraph: None };
        for text in beside_text(cell).into_iter().filter(|text| !text.is_empty()) {
            let kind = OmittedKind::BesideHeading;
            reading.omitted.push(Omitted { place: place.clone(), kind, text });
        }
    }
}

/// How many characters a cell has, for the account.
pub(super) fn cell_characters(cell: &ForeignCell) -> usize {
    let row = Row { is_header: false, cells: vec![cell.clone()] };
    let table = ForeignTable { title: None, rows: vec![row] };
    block_characters(&ForeignBlock::Table(table))
}

/// What only a recommendation has: a row that has one of these is not more of the row before it.
const OF_ITS_OWN: [ColumnField; 4] =
    [ColumnField::Response, ColumnField::Responsible, ColumnField::Deadline, ColumnField::Status];

/// The rows that belong to each recommendation.
///
/// # Errors
///
/// When a row without a number is not more of the row before it.
pub(super) fn gather<'d>(
    found: &FoundTable<'d>,
    rows: &'d [Row],
    first: usize,
    columns: &ForeignColumns,
    mut group: Option<String>,
    reading: &mut TablesRead<'d>,
) -> Result<Vec<Gathered<'d>>, String> {
    let (above, headings) = match found.shape {
        Shape::Rows { above, headings } => (above, headings),
        _ => (0, 0),
    };
    let heads: Vec<String> =
        found.table.rows[above..above + headings].iter().map(row_text).collect();
    let number = columns.0.iter().position(|column| column.field == ColumnField::Number);
    let own = columns.0.iter().position(|column| column.field == ColumnField::Recommendation);
    let mut gathered: Vec<Gathered<'d>> = Vec::new();
    // The cells that others below may continue, by their columns of the grid.
    let mut merged: BTreeMap<usize, GatheredCell<'d>> = BTreeMap::new();
    let mut pending: Option<(String, &Row, usize)> = None;
    if let Some(name) = &group {
        reading.groups.push(name.clone());
    }
    for (index, row) in rows.iter().enumerate() {
        let place = ForeignPlace {
            table: Some(found.number),
            row: Some(first + index + 1),
            ..ForeignPlace::default()
        };
        let text = row_text(row);
        if row.cells.iter().all(is_empty) {
            continue;
        }
        if heads.contains(&text) {
            keep_headings(row, found.number, first + index + 1, reading);
            continue;
        }
        if let Some(name) = chapter(row, columns) {
            // It begins a chapter if a recommendation follows.
            if let Some((_, row, number)) = pending.replace((name, row, first + index + 1)) {
                leave_out(row, found.number, number, OmittedKind::NoRecommendation, reading);
            }
            continue;
        }
        let at = |wanted: Option<usize>| {
            row.cells.iter().find(|cell| columns.at(cell.column) == wanted && wanted.is_some())
        };
        let has_number =
            at(number).is_some_and(|cell| !cell_text(cell).is_empty() || !labels(cell).is_empty());
        let cells_of = |wanted: &ColumnField| {
            let is_of = |cell: &&ForeignCell| {
                columns.at(cell.column).is_some_and(|index| columns.0[index].field == *wanted)
            };
            row.cells.iter().filter(is_of).any(|cell| !is_empty(cell))
        };
        let is_above =
            |cell: Option<&ForeignCell>| cell.is_some_and(|cell| cell.merged == Merged::Above);
        let has_own = cells_of(&ColumnField::Recommendation);
        let begins = match (is_above(at(own)), has_own, number.is_some()) {
            (true, ..) => has_number,
            // A sum, a source, or more of the row before it.
            (false, false, _) if has_number || gathered.is_empty() => {
                let kind = OmittedKind::NoRecommendation;
                leave_out(row, found.number, first + index + 1, kind, reading);
                continue;
            }
            (false, false, _) if OF_ITS_OWN.iter().any(cells_of) => {
                let kind = OmittedKind::NoRecommendation;
                leave_out(row, found.number, first + index + 1, kind, reading);
                continue;
            }
            (false, false, _) => {
                let text = "the row has no number, so it goes on with the one before it".to_owned();
                reading.remarks.push(Remark { place: place.clone(), text });
                false
            }
            (false, true, false) => true,
            (false, true, true) => has_number,
        };
        if has_own && !begins && !is_above(at(own)) && !is_above(at(number)) {
            if OF_ITS_OWN.iter().any(cells_of) || gathered.is_empty() {
                return Err(format!(
                    "{place} has no number, but says things of its own; give it a number in the document"
                ));
            }
            let text = "the row has no number, so it goes on with the one before it".to_owned();
            reading.remarks.push(Remark { place: place.clone(), text });
        }
        if begins || gathered.is_empty() {
            if let Some((name, row, number)) = pending.take() {
                keep_headings(row, found.number, number, reading);
                if !reading.groups.contains(&name) {
                    reading.groups.push(name.clone());
                }
                group = Some(name);
            }
            gathered.push(Gathered {
                place: place.clone(),
                group: group.clone(),
                cells: BTreeMap::new(),
            });
        }
        let Some(one) = gathered.last_mut() else { continue };
        one.add(row, columns, &mut merged, &place);
    }
    if let Some((_, row, number)) = pending {
        leave_out(row, found.number, number, OmittedKind::NoRecommendation, reading);
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
        let names = Row { is_header: false, cells: vec![name.clone()] };
        keep_headings(&names, found.number, index + 1, reading);
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
