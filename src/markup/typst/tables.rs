//! Tables of a text. Where there is too little room for the columns, as in a cell of the official
//! table, one is drawn row by row, each value after the head of its column.

use super::drawing::TypstDrawing;
use crate::tree::{Alignment, Cell, Table, words};

/// A table with this many columns fits anywhere.
const FEW: usize = 2;

/// The width that a column needs, in millimetres: enough for a part of a document symbol, such as
/// `CP.TEIA/`.
const COLUMN: usize = 18;

impl<'a> TypstDrawing<'a> {
    /// Draws a table in two ways, from which Typst chooses by the room there is.
    pub(super) fn table(&mut self, table: &'a Table<'a>) {
        let count = table.columns.len();
        if self.is_deep() {
            return self.flat_table(table);
        }
        if count <= FEW {
            return self.columns(table);
        }
        let before = self.progress();
        self.put(&format!("layout(room => if room.width >= {}mm {{[];", count * COLUMN));
        self.columns(table);
        self.put("} else {[];");
        self.restore(before);
        self.rows(table);
        self.put("});");
    }

    fn columns(&mut self, table: &'a Table<'a>) {
        let align: String = table.columns.iter().map(|a| alignment(*a)).collect();
        self.mark(table.span);
        self.put(&format!("table(columns: {}, align: ({align}),", table.columns.len()));
        self.deeper(|drawing| {
            drawing.put("table.header(");
            drawing.cells(&table.head);
            drawing.put("),");
            table.rows.iter().for_each(|row| drawing.cells(row));
        });
        self.put(");");
    }

    fn cells(&mut self, cells: &'a [Cell<'a>]) {
        self.deeper(|drawing| {
            for cell in cells {
                drawing.mark(cell.span);
                drawing.put("{[];");
                drawing.deeper(|drawing| drawing.inlines(&cell.content));
                drawing.put("},");
            }
        });
    }

    /// Each row as a block, each cell as a paragraph in it.
    fn rows(&mut self, table: &'a Table<'a>) {
        let heads: Vec<String> = table.head.iter().map(|cell| words(&cell.content)).collect();
        for row in &table.rows {
            self.put("block(above: 0.9em, {[];");
            for (column, cell) in row.iter().enumerate() {
                if cell.content.is_empty() {
                    continue;
                }
                self.mark(cell.span);
                self.put("par({[];");
                let head = heads.get(column).map_or("", |head| head.trim());
                if !head.is_empty() {
                    self.put("strong({[];");
                    self.say(&format!("{head}: "));
                    self.put("});");
                }
                self.deeper(|drawing| drawing.inlines(&cell.content));
                self.put("});");
            }
            self.put("});");
        }
    }

    /// A table that is nested too deep: its cells one below the other.
    fn flat_table(&mut self, table: &'a Table<'a>) {
        for cell in table.head.iter().chain(table.rows.iter().flatten()) {
            self.put("parbreak();");
            self.inlines(&cell.content);
        }
    }
}

/// How a column of a table is aligned.
fn alignment(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "auto,",
        Alignment::Left => "left,",
        Alignment::Center => "center,",
        Alignment::Right => "right,",
    }
}
