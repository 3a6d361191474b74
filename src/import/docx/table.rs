//! Tables of Word: rows and cells through what wraps them, merged cells, and the look of table styles.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::import::document::{
    ForeignBlock, ForeignCell, ForeignPlace, ForeignTable, LeftOutKind, Merged, Row,
};
use crate::import::error::{FileLimit, ReadError};
use crate::import::xml::{Element, Namespace, is_on};

use super::body::BodyFlow;
use super::changes::{self, Gone};
use super::numbering::integer;
use super::reader::{ReaderContext, WordReader};
use super::styles::{Style, WordLook};

/// How many cells the tables of a document may have.
const MAX_CELLS: usize = 1_000_000;
/// How many grid columns a cell may take. Word allows 63 columns.
const MAX_SPAN: i64 = 1_000;

/// Where the cells above are that go on downwards: by column, the row and the cell that they begin in.
type OpenMerges = BTreeMap<usize, (usize, usize)>;

impl<'t> WordReader<'t, '_, '_> {
    /// Reads a table into the flow.
    pub(super) fn table(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
        flow: &mut BodyFlow,
    ) -> Result<(), ReadError> {
        if self.inner > 0 || self.place.table.is_some() {
            let table = self.apart(|reader| reader.rows(element, context))?;
            flow.push_table(table);
            return Ok(());
        }
        self.tables += 1;
        self.place = ForeignPlace { table: Some(self.tables), ..ForeignPlace::default() };
        let table = self.rows(element, context)?;
        self.place = ForeignPlace { paragraph: Some(flow.paragraphs), ..ForeignPlace::default() };
        flow.push_table(table);
        Ok(())
    }

    fn rows(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
    ) -> Result<ForeignTable, ReadError> {
        let properties = element.w("tblPr");
        if let Some(properties) = properties {
            self.old_look(properties, "tblPrChange", "tblPr");
        }
        if let Some(grid) = element.w("tblGrid") {
            self.old_look(grid, "tblGridChange", "tblGrid");
        }
        let mut title =
            properties.and_then(|e| e.w("tblCaption")).and_then(Element::val).map(str::to_owned);
        let mut elements = Vec::new();
        self.wrapped(element, "tr", context, &mut elements);
        let mut kept = Vec::new();
        for (number, (row, context)) in elements.into_iter().enumerate() {
            if self.inner == 0 {
                self.place.row = Some(number + 1);
            }
            let context = self.row_context(row, &context);
            kept.push((row, context));
        }
        let looks = Conditions::read(
            element,
            self.parts
                .styles
                .table(properties.and_then(|e| e.w("tblStyle")).and_then(Element::val)),
        );
        let number_of_rows = kept.iter().filter(|(_, context)| context.gone.is_none()).count();
        let mut rows: Vec<Row> = Vec::new();
        let mut open = OpenMerges::new();
        for (number, (row, context)) in kept.iter().enumerate() {
            if self.inner == 0 {
                self.place = ForeignPlace {
                    table: self.place.table,
                    row: Some(number + 1),
                    ..ForeignPlace::default()
                };
            }
            let at = RowPlace { row: rows.len(), of: number_of_rows };
            let (read, below) = self.row(*row, context, &looks, at, &open)?;
            if context.gone.is_some() {
                continue;
            }
            // Word draws no row whose every text and mark is hidden.
            let is_hidden =
                row.w("trPr").and_then(|e| e.w("hidden")).is_some_and(|e| is_on(e.val()));
            if is_hidden && read.cells.iter().all(|cell| cell.blocks.is_empty()) {
                continue;
            }
            for cell in read.cells.iter().filter(|cell| cell.merged == Merged::Above) {
                mark_first(&mut rows, open.get(&cell.column));
            }
            open = below;
            rows.push(read);
        }
        if rows.is_empty()
            && let Some(title) = title.take()
        {
            let gone = context.gone.clone();
            let (kind, by) =
                gone.map_or((LeftOutKind::Hidden, None), |gone| (gone.kind, gone.by.clone()));
            self.leave_out(kind, &title, by);
        }
        Ok(ForeignTable { title, rows })
    }

    /// The elements of this name within, through what wraps them.
    fn wrapped(
        &mut self,
        element: Element<'t>,
        name: &str,
        context: &ReaderContext<'t>,
        found: &mut Vec<(Element<'t>, ReaderContext<'t>)>,
    ) {
        for child in element.children() {
            match child.key() {
                (Namespace::W, wanted) if wanted == name => found.push((child, context.clone())),
                (Namespace::W, "sdt") => {
                    if let Some(content) = child.w("sdtContent") {
                        self.wrapped(content, name, context, found);
                    }
                }
                (Namespace::W, "customXml" | "smartTag") => {
                    self.wrapped(child, name, context, found)
                }
                (Namespace::W, "ins" | "del" | "moveFrom" | "moveTo") => {
                    let context = self.changed(child, context);
                    self.wrapped(child, name, &context, found);
                }
                (Namespace::Mc, "AlternateContent") => {
                    if let Some(branch) = self.branch(child) {
                        self.wrapped(branch, name, context, found);
                    }
                }
                _ => {}
            }
        }
    }

    /// The context of a row, which may be inserted or removed as a whole.
    fn row_context(&mut self, row: Element<'t>, context: &ReaderContext<'t>) -> ReaderContext<'t> {
        let mut context = context.clone();
        for properties in
            row.children().filter(|child| matches!(child.key(), (Namespace::W, "trPr" | "tblPrEx")))
        {
            for change in properties.children() {
                self.note_change(change);
                context = context.within(changes::gone(change, self.resolve));
            }
        }
        context
    }

    /// Reads a row: its cells, and which of them go on downwards.
    fn row(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
        looks: &Conditions<'t>,
        at: RowPlace,
        open: &OpenMerges,
    ) -> Result<(Row, OpenMerges), ReadError> {
        let properties = element.w("trPr");
        let is_header =
            properties.and_then(|e| e.w("tblHeader")).is_some_and(|header| is_on(header.val()));
        let mut column = properties.and_then(|e| e.w("gridBefore")).map_or(0, span_from_zero);
        let mut elements = Vec::new();
        self.wrapped(element, "tc", context, &mut elements);
        let mut row = Row { is_header, cells: Vec::new() };
        let mut below = OpenMerges::new();
        for (cell, context) in elements {
            self.cells += 1;
            if self.cells > MAX_CELLS {
                return Err(ReadError::TooLarge(FileLimit::Cells));
            }
            if self.inner == 0 {
                self.place = ForeignPlace {
                    table: self.place.table,
                    row: self.place.row,
                    column: Some(column + 1),
                    paragraph: None,
                };
            }
            let merge = self.merge(cell, &context);
            let context = merge.context.within(None);
            let hidden = |context: &ReaderContext<'t>| {
                context.within(Some(Rc::new(Gone { kind: LeftOutKind::Hidden, by: None })))
            };
            let is_below = merge.down == Down::Goes && open.contains_key(&column);
            let goes_on_right = merge.is_continued_left && !row.cells.is_empty();
            let inside = if is_below || goes_on_right { hidden(&context) } else { context.clone() };
            let table = Rc::new(looks.look(at, column, merge.columns));
            let blocks = self.cell(cell, &ReaderContext { table, ..inside })?;
            if context.gone.is_some() {
                continue;
            }
            if goes_on_right {
                if let Some(last) = row.cells.last_mut() {
                    last.columns += merge.columns;
                }
            } else {
                let origin = if is_below { open.get(&column).copied() } else { None };
                if merge.down != Down::Not {
                    below.insert(column, origin.unwrap_or((at.row, row.cells.len())));
                }
                let merged = if is_below { Merged::Above } else { Merged::No };
                row.cells.push(ForeignCell {
                    column,
                    columns: merge.columns,
                    merged,
                    blocks,
                    value: None,
                });
            }
            column += merge.columns;
        }
        Ok((row, below))
    }

    fn cell(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
    ) -> Result<Vec<ForeignBlock>, ReadError> {
        self.story(element, context)
    }

    fn merge(&mut self, cell: Element<'t>, context: &ReaderContext<'t>) -> Merge<'t> {
        let mut merge = Merge {
            columns: 1,
            down: Down::Not,
            is_continued_left: false,
            context: context.clone(),
        };
        let Some(properties) = cell.w("tcPr") else { return merge };
        for change in properties.children() {
            self.note_change(change);
            merge.context = merge.context.within(changes::gone(change, self.resolve));
            match change.key() {
                (Namespace::W, "gridSpan") => merge.columns = span_from_zero(change).max(1),
                (Namespace::W, "vMerge") => {
                    merge.down =
                        if change.val() == Some("restart") { Down::Starts } else { Down::Goes };
                }
                (Namespace::W, "hMerge") => {
                    merge.is_continued_left = change.val() != Some("restart")
                }
                _ => {}
            }
        }
        merge
    }
}

/// How a cell is merged with its neighbours.
struct Merge<'t> {
    columns: usize,
    down: Down,
    is_continued_left: bool,
    context: ReaderContext<'t>,
}

/// Whether a cell goes on in the next row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Down {
    Not,
    Starts,
    Goes,
}

/// Which row of how many, as the table is shown.
#[derive(Clone, Copy)]
struct RowPlace {
    row: usize,
    of: usize,
}

fn span_from_zero(element: Element<'_>) -> usize {
    let span = integer(element, "val").unwrap_or(0).clamp(0, MAX_SPAN);
    usize::try_from(span).unwrap_or(0)
}

fn mark_first(rows: &mut [Row], origin: Option<&(usize, usize)>) {
    let cell = origin.and_then(|(row, cell)| rows.get_mut(*row)?.cells.get_mut(*cell));
    if let Some(cell) = cell {
        cell.merged = Merged::First;
    }
}

impl BodyFlow {
    fn push_table(&mut self, table: ForeignTable) {
        if !table.rows.is_empty() {
            self.blocks.push(ForeignBlock::Table(table));
        }
    }
}

/// How a table style makes its parts look, and which parts this table asks for (`w:tblLook`).
struct Conditions<'t> {
    style: Option<&'t Style>,
    columns: usize,
    asked: AskedLook,
}

#[derive(Default)]
struct AskedLook {
    first_row: bool,
    last_row: bool,
    first_column: bool,
    last_column: bool,
    row_bands: bool,
    column_bands: bool,
}

impl<'t> Conditions<'t> {
    fn read(table: Element<'t>, style: Option<&'t Style>) -> Self {
        let columns = table
            .w("tblGrid")
            .map_or(0, |grid| grid.children().filter(|e| e.is(Namespace::W, "gridCol")).count());
        let look = table.w("tblPr").and_then(|e| e.w("tblLook"));
        let bits = look
            .and_then(Element::val)
            .and_then(|text| u32::from_str_radix(text, 16).ok())
            .unwrap_or(0);
        let asked = |name: &str, bit: u32| {
            let own = look.and_then(|look| look.attribute(Namespace::W, name));
            own.map_or(bits & bit != 0, |value| is_on(Some(value)))
        };
        let asked = AskedLook {
            first_row: asked("firstRow", 0x20),
            last_row: asked("lastRow", 0x40),
            first_column: asked("firstColumn", 0x80),
            last_column: asked("lastColumn", 0x100),
            row_bands: !asked("noHBand", 0x200),
            column_bands: !asked("noVBand", 0x400),
        };
        Self { style, columns, asked }
    }

    /// How a cell looks: the whole table first, then bands, edges and corners (ECMA-376, 17.7.6).
    fn look(&self, at: RowPlace, column: usize, columns: usize) -> WordLook {
        let Some(style) = self.style else { return WordLook::default() };
        let mut look = style.look.clone();
        let mut lay = |name: &str, applies: bool| {
            if let Some(over) = style.conditions.get(name).filter(|_| applies) {
                look.lay(over);
            }
        };
        let asked = &self.asked;
        let first_row = asked.first_row && at.row == 0;
        let last_row = asked.last_row && at.row + 1 == at.of;
        let first_column = asked.first_column && column == 0;
        let last_column = asked.last_column && self.columns > 0 && column + columns >= self.columns;
        let band =
            |index: usize, size: Option<usize>| (index / size.unwrap_or(1)).is_multiple_of(2);
        let is_row_band = asked.row_bands && !first_row && !last_row;
        let odd_row = band(at.row.saturating_sub(usize::from(asked.first_row)), style.row_band);
        let is_column_band = asked.column_bands && !first_column && !last_column;
        let odd_column =
            band(column.saturating_sub(usize::from(asked.first_column)), style.column_band);
        lay("wholeTable", true);
        lay("band1Vert", is_column_band && odd_column);
        lay("band2Vert", is_column_band && !odd_column);
        lay("band1Horz", is_row_band && odd_row);
        lay("band2Horz", is_row_band && !odd_row);
        lay("firstRow", first_row);
        lay("lastRow", last_row);
        lay("firstCol", first_column);
        lay("lastCol", last_column);
        lay("nwCell", first_row && first_column);
        lay("neCell", first_row && last_column);
        lay("swCell", last_row && first_column);
        lay("seCell", last_row && last_column);
        look
    }
}
