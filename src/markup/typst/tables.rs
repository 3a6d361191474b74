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
        self.put(&format!("layout(room => if room.width >= {}mm {{[];", count * COLUMN));
        self.columns(table);
        self.put("} else {[];");
        self.rows(table);
        self.put("});");
    }

    fn columns(&mut self, table: &'a Table<'a>) {
        let align: String = table.columns.iter().map(|a| alignment(*a)).collect();
        self.mark(table.span);
        self.put(&format!("table(columns: {}, align: ({align}),", table.columns.len()));
        self.deeper(|drawing| {
            drawing.put("table.header(");
            drawing.without_links(|drawing| drawing.cells(&table.head));
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

    /// Each row as a paragraph, each value after the head of its column. The first row has the heads
    /// with their marks; the other rows repeat only the words of the heads.
    fn rows(&mut self, table: &'a Table<'a>) {
        let first: &[Cell<'_>] = table.rows.first().map_or(&[], Vec::as_slice);
        let of_first = table.head.iter().enumerate();
        let of_first = of_first.map(|(column, head)| (head, first.get(column)));
        self.row(of_first.collect(), Self::head);
        for row in table.rows.iter().skip(1) {
            let values = table.head.iter().zip(row.iter().map(Some));
            let filled = values.filter(|(_, cell)| cell.is_some_and(|of| !of.content.is_empty()));
            self.row(filled.collect(), Self::words_of);
        }
    }

    /// A row, by the head and the value of each of its columns.
    fn row(
        &mut self,
        values: Vec<(&'a Cell<'a>, Option<&'a Cell<'a>>)>,
        draw_head: fn(&mut Self, &'a Cell<'a>),
    ) {
        self.put("par({[];");
        let mut is_first = true;
        for (head, value) in values {
            let is_empty = value.is_none_or(|value| value.content.is_empty());
            if head.content.is_empty() && is_empty {
                continue;
            }
            if !std::mem::take(&mut is_first) {
                self.say("; ");
            }
            if !head.content.is_empty() {
                self.put("strong({[];");
                draw_head(self, head);
                if !words(&head.content).trim().is_empty() && !is_empty {
                    self.say(": ");
                }
                self.put("});");
            }
            value.into_iter().for_each(|value| self.whole(value));
        }
        self.put("});");
    }

    /// The head of a column. It is repeated on each page, where PDF/UA-1 allows no link: Typst refuses
    /// it.
    fn head(&mut self, cell: &'a Cell<'a>) {
        self.without_links(|drawing| drawing.whole(cell));
    }

    /// Draws something in which nothing can be linked.
    fn without_links(&mut self, draw: impl FnOnce(&mut Self)) {
        self.links += 1;
        draw(self);
        self.links -= 1;
    }

    fn whole(&mut self, cell: &'a Cell<'a>) {
        self.mark(cell.span);
        self.deeper(|drawing| drawing.inlines(&cell.content));
    }

    fn words_of(&mut self, cell: &'a Cell<'a>) {
        self.say(words(&cell.content).trim());
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
