//! Workbooks of Excel before 2007. Calamine gives their values and formulas, but neither looks nor links.

use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls};

use crate::import::compound::Compound;
use crate::import::document::{CellValue, ForeignDocument, TextPiece, character_count};
use crate::import::error::{FileLimit, ReadError};

use super::format::{Epoch, NumberFormat, general};
use super::{Area, Grid, MAX_CELLS, SheetContent, add};

/// How many cells the area may have that a sheet announces or uses: Calamine makes room for all of it.
const MAX_AREA: usize = 4_000_000;
/// How many records are looked at; sheets may begin anywhere, so they may be read many times over.
const MAX_RECORDS: usize = 5_000_000;

/// Reads a workbook.
pub(in crate::import) fn read(
    bytes: &[u8],
    file: &Compound<'_>,
) -> Result<ForeignDocument, ReadError> {
    let name = if file.has("Workbook") { "Workbook" } else { "Book" };
    let stream = file.stream(name).ok_or_else(|| ReadError::broken(name, "it cannot be read"))?;
    check(&stream)?;
    // Calamine trusts the lengths of some records. A short one makes it panic, which must not take the
    // whole program with it; nothing of it is used after that.
    std::panic::catch_unwind(|| workbook(bytes))
        .unwrap_or_else(|_| Err(ReadError::broken(name, "a record is too short")))
}

/// Checks what Calamine does not: how much room the sheets ask for.
fn check(stream: &[u8]) -> Result<(), ReadError> {
    let mut budget = MAX_RECORDS;
    let mut starts = vec![0];
    let mut next = 0;
    while let Some(start) = starts.get(next).copied() {
        // Only the globals at the start name sheets.
        let sheets = check_records(stream.get(start..).unwrap_or_default(), &mut budget)?;
        if next == 0 {
            starts.extend(sheets);
        }
        next += 1;
    }
    Ok(())
}

/// Checks the records from one place on; gives where they say that sheets begin.
fn check_records(stream: &[u8], budget: &mut usize) -> Result<Vec<usize>, ReadError> {
    let mut rest = stream;
    let mut sheets = Vec::new();
    let mut area = [u32::MAX, 0, u32::MAX, 0];
    while let Some(([kind_low, kind_high, length_low, length_high], after)) =
        rest.split_first_chunk::<4>()
    {
        *budget = budget.checked_sub(1).ok_or(ReadError::TooLarge(FileLimit::Elements))?;
        let length = usize::from(u16::from_le_bytes([*length_low, *length_high]));
        let Some((data, after)) = after.split_at_checked(length) else { break };
        let half =
            |at: usize| Some(u32::from(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?)));
        let whole = |at: usize| Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?));
        let used = match u16::from_le_bytes([*kind_low, *kind_high]) {
            // The area that a sheet announces.
            0x0200 if length == 10 => [half(0), half(2), half(4), half(6)],
            0x0200 => [whole(0), whole(4), half(8), half(10)],
            // Cells: numbers, texts, formulas.
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x0006 => {
                [half(0), half(0), half(2), half(2)]
            }
            // Several numbers in one row: the last two bytes are the last column.
            0x00BD => [half(0), half(0), half(2), length.checked_sub(2).and_then(half)],
            0x0085 => {
                sheets.extend(whole(0).and_then(|at| usize::try_from(at).ok()));
                [None; 4]
            }
            _ => [None; 4],
        };
        if let [Some(first_row), Some(last_row), Some(first_column), Some(last_column)] = used {
            area = [
                area[0].min(first_row),
                area[1].max(last_row),
                area[2].min(first_column),
                area[3].max(last_column),
            ];
            let side = |first: u32, last: u32| {
                usize::try_from(last.saturating_sub(first)).unwrap_or(usize::MAX).saturating_add(1)
            };
            // Calamine takes columns from the first where the announced ones make no sense.
            let columns = side(0, area[3]);
            if last_row < first_row || side(area[0], area[1]).saturating_mul(columns) > MAX_AREA {
                return Err(ReadError::TooLarge(FileLimit::Cells));
            }
        }
        rest = after;
    }
    Ok(sheets)
}

fn workbook(bytes: &[u8]) -> Result<ForeignDocument, ReadError> {
    let broken = |error: calamine::XlsError| match error {
        calamine::XlsError::Password => ReadError::Refused {
            what: "a workbook with a password",
            instead: "open it in Excel, remove the password and save it as .xlsx",
        },
        error => ReadError::broken("", error.to_string()),
    };
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(broken)?;
    let epoch = if workbook.has_1904_epoch() { Epoch::Since1904 } else { Epoch::Since1900 };
    let mut document = ForeignDocument::default();
    let mut grids = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut grid =
            Grid { is_hidden: sheet.visible != SheetVisible::Visible, ..Grid::default() };
        let values = workbook.worksheet_range(&sheet.name).map_err(broken)?;
        let formulas = workbook.worksheet_formula(&sheet.name).map_err(broken)?;
        if values.get_size().0.saturating_mul(values.get_size().1) > MAX_CELLS {
            return Err(ReadError::TooLarge(FileLimit::Cells));
        }
        let (row, column) = start(values.start());
        for (cell_row, cell_column, data) in values.used_cells() {
            grid.cells.insert((row + cell_row, column + cell_column), content(data, epoch));
        }
        let (row, column) = start(formulas.start());
        for (cell_row, cell_column, formula) in formulas.used_cells() {
            let cell = grid.cells.entry((row + cell_row, column + cell_column)).or_default();
            cell.formula = Some(formula.clone()).filter(|formula| !formula.is_empty());
        }
        for area in workbook.merge_cells_by_sheet_name(&sheet.name).map_err(broken)? {
            let place = |(row, column)| start(Some((row, column)));
            grid.merges.push(Area { first: place(area.start), last: place(area.end) });
        }
        document.characters += character_count(&sheet.name);
        for cell in grid.cells.values() {
            let texts =
                cell.pieces.iter().map(|piece| piece.text.as_str()).chain(cell.formula.as_deref());
            document.characters += texts.map(character_count).sum::<usize>();
        }
        grid.name = sheet.name;
        grids.push(grid);
    }
    add(&mut document, grids)?;
    Ok(document)
}

fn start(place: Option<(u32, u32)>) -> (usize, usize) {
    let (row, column) = place.unwrap_or_default();
    (usize::try_from(row).unwrap_or(0), usize::try_from(column).unwrap_or(0))
}

fn content(data: &Data, epoch: Epoch) -> SheetContent {
    let (text, value) = match data {
        Data::Int(number) => {
            (number.to_string(), number.to_string().parse().ok().map(CellValue::Number))
        }
        Data::Float(number) => (general(*number), Some(CellValue::Number(*number))),
        Data::Bool(value) => {
            (if *value { "TRUE" } else { "FALSE" }.to_owned(), Some(CellValue::Bool(*value)))
        }
        Data::DateTime(moment) => {
            // Calamine tells dates from durations, but not whether a time is shown.
            let format = match (moment.is_duration(), moment.as_f64().fract() == 0.0) {
                (true, _) => NumberFormat::Duration,
                (false, true) => NumberFormat::Date,
                (false, false) => NumberFormat::DateTime,
            };
            let (text, value) = format.show(moment.as_f64(), epoch);
            (text, Some(value))
        }
        Data::Error(error) => (error.to_string(), None),
        Data::Empty => (String::new(), None),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            (text.clone(), None)
        }
    };
    let pieces =
        if text.is_empty() { Vec::new() } else { vec![TextPiece { text, ..TextPiece::default() }] };
    SheetContent { pieces, value, formula: None }
}
