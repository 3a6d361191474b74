//! Tables of pages: cells that go on over rows and columns find their places as in browsers.

use crate::import::document::{
    ForeignBlock, ForeignCell, ForeignPiece, ForeignPlace, ForeignTable, LeftOutKind, Merged, Row,
};
use crate::import::error::{FileLimit, ReadError};

use super::flow::HtmlFlow;
use super::look::HtmlLook;
use super::reader::HtmlReader;

/// How many cells the tables of a page may have.
const MAX_CELLS: usize = 1_000_000;
/// How many columns a cell may take, as browsers limit it.
const MAX_COLUMNS: usize = 1_000;

/// A row of the page, with what it inherits.
struct FoundCells {
    node: usize,
    look: HtmlLook,
    is_head: bool,
    /// In which group it is: cells end where their group ends.
    group: usize,
}

/// A cell that goes on downwards.
#[derive(Clone, Copy)]
struct OpenSpan {
    columns: usize,
    /// In how many more rows.
    rows: usize,
    origin: (usize, usize),
}

impl HtmlReader<'_> {
    /// Reads a table into the flow.
    pub(super) fn table(
        &mut self,
        node: usize,
        look: &HtmlLook,
        flow: &mut HtmlFlow,
    ) -> Result<(), ReadError> {
        let is_outermost = self.inner == 0 && self.place.table.is_none();
        if is_outermost {
            self.tables += 1;
            self.place = ForeignPlace { table: Some(self.tables), ..ForeignPlace::default() };
        } else {
            self.inner += 1;
        }
        let table = self.rows(node, look, flow)?;
        if is_outermost {
            self.place =
                ForeignPlace { paragraph: Some(flow.paragraphs), ..ForeignPlace::default() };
        } else {
            self.inner -= 1;
        }
        if !table.rows.is_empty() {
            flow.blocks.push(ForeignBlock::Table(table));
        } else if let Some(title) = table.title {
            flow.text(&title, look);
            flow.end();
        }
        Ok(())
    }

    fn rows(
        &mut self,
        node: usize,
        look: &HtmlLook,
        flow: &mut HtmlFlow,
    ) -> Result<ForeignTable, ReadError> {
        let mut found = Vec::new();
        let mut title = None;
        self.find(node, look, &mut found, &mut title, flow)?;
        let mut rows: Vec<Row> = Vec::new();
        // What goes on downwards, by column.
        let mut open: Vec<Option<OpenSpan>> = Vec::new();
        let mut group = 0;
        for row in found {
            if row.group != group {
                open.clear();
                group = row.group;
            }
            if self.inner == 0 {
                self.place.row = Some(rows.len() + 1);
            }
            let read = self.row(&row, rows.len(), &mut open)?;
            for cell in read.cells.iter().filter(|cell| cell.merged == Merged::Above) {
                let origin = open.get(cell.column).copied().flatten().map(|open| open.origin);
                if let Some(first) =
                    origin.and_then(|(row, cell)| rows.get_mut(row)?.cells.get_mut(cell))
                {
                    first.merged = Merged::First;
                }
            }
            if !row.look.hidden {
                rows.push(read);
            }
            for place in &mut open {
                if let Some(cell) = place {
                    cell.rows = cell.rows.saturating_sub(1);
                    if cell.rows == 0 {
                        *place = None;
                    }
                }
            }
        }
        Ok(ForeignTable { title, rows })
    }

    /// Finds the rows and the caption; what else is in a table is read before it.
    fn find(
        &mut self,
        node: usize,
        look: &HtmlLook,
        found: &mut Vec<FoundCells>,
        title: &mut Option<String>,
        flow: &mut HtmlFlow,
    ) -> Result<(), ReadError> {
        let dom = self.dom;
        for child in dom.children(node).iter().copied() {
            let inner = look.within(dom, child, &self.rules);
            match dom.name(child) {
                // A browser shows all captions; a table has one title.
                "caption" if title.is_none() => {
                    let mut text = HtmlFlow::default();
                    self.children(child, &inner, &mut text)?;
                    text.end();
                    // A title holds neither notes nor tables.
                    match text.blocks.iter().map(line_of).collect::<Option<Vec<_>>>() {
                        Some(lines) => {
                            *title = Some(lines.join(" ")).filter(|text| !text.is_empty())
                        }
                        None => flow.blocks.extend(text.blocks),
                    }
                }
                "thead" | "tbody" | "tfoot" => {
                    let is_head = dom.name(child) == "thead";
                    for row in dom.children(child).iter().copied() {
                        if dom.name(row) == "tr" {
                            let look = inner.within(dom, row, &self.rules);
                            found.push(FoundCells { node: row, look, is_head, group: child });
                        } else {
                            self.node(row, &inner, flow)?;
                        }
                    }
                }
                _ => self.node(child, look, flow)?,
            }
        }
        flow.end();
        Ok(())
    }

    fn row(
        &mut self,
        found: &FoundCells,
        number: usize,
        open: &mut Vec<Option<OpenSpan>>,
    ) -> Result<Row, ReadError> {
        let dom = self.dom;
        let mut row = Row::default();
        let mut column = 0;
        let (mut headings, mut all) = (0, 0);
        for child in dom.children(found.node).iter().copied() {
            let name = dom.name(child);
            if !matches!(name, "td" | "th") {
                let text = dom.text(child);
                self.leave_out(LeftOutKind::Markup, &text);
                continue;
            }
            continue_above(&mut row, &mut column, open);
            let span = |name: &str| {
                dom.attribute(child, name).and_then(|span| span.trim().parse::<usize>().ok())
            };
            let columns = span("colspan").unwrap_or(1).clamp(1, MAX_COLUMNS);
            self.cells = self.cells.saturating_add(columns);
            if self.cells > MAX_CELLS {
                return Err(ReadError::TooLarge(FileLimit::Cells));
            }
            // 0 goes on to the end of the group.
            let rows = span("rowspan").map_or(1, |rows| if rows == 0 { MAX_CELLS } else { rows });
            let look = found.look.within(dom, child, &self.rules);
            let blocks = self.cell(child, &look, column)?;
            if look.hidden {
                continue;
            }
            all += 1;
            headings += usize::from(name == "th");
            if open.len() < column + columns {
                open.resize(column + columns, None);
            }
            if let Some(place) = open.get_mut(column).filter(|_| rows > 1) {
                *place = Some(OpenSpan { columns, rows, origin: (number, row.cells.len()) });
            }
            row.cells.push(ForeignCell {
                column,
                columns,
                merged: Merged::No,
                blocks,
                value: None,
            });
            column += columns;
        }
        continue_above(&mut row, &mut column, open);
        self.cells = self
            .cells
            .saturating_add(row.cells.iter().filter(|cell| cell.merged == Merged::Above).count());
        row.is_header = found.is_head || (all > 0 && headings == all);
        Ok(row)
    }

    fn cell(
        &mut self,
        node: usize,
        look: &HtmlLook,
        column: usize,
    ) -> Result<Vec<ForeignBlock>, ReadError> {
        if self.inner == 0 {
            self.place =
                ForeignPlace { column: Some(column + 1), paragraph: Some(1), ..self.place.clone() };
        }
        let mut flow = HtmlFlow::default();
        self.children(node, look, &mut flow)?;
        flow.end();
        Ok(flow.blocks)
    }
}

/// The text of a block; none where it is more than text.
fn line_of(block: &ForeignBlock) -> Option<String> {
    let ForeignBlock::Paragraph(paragraph) = block else { return None };
    let is_text =
        |piece: &ForeignPiece| matches!(piece, ForeignPiece::Text(_) | ForeignPiece::LineBreak);
    paragraph.pieces.iter().all(is_text).then(|| paragraph.text())
}

/// Adds the cells that go on here from rows above.
fn continue_above(row: &mut Row, column: &mut usize, open: &[Option<OpenSpan>]) {
    while let Some(Some(cell)) = open.get(*column) {
        // What begins in this row is open too, but not from above.
        if row.cells.last().is_some_and(|last| last.column >= *column) {
            break;
        }
        row.cells.push(ForeignCell {
            column: *column,
            columns: cell.columns,
            merged: Merged::Above,
            ..ForeignCell::default()
        });
        *column += cell.columns;
    }
}
