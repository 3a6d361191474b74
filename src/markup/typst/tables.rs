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

    /// Each row as a block, each cell as a paragraph in it. The first row has the heads with their
    /// notes, so that the PDF has each of these only once; the other rows repeat only the words of
    /// the heads.
    fn rows(&mut self, table: &'a Table<'a>) {
        let (first, others) = match table.rows.split_first() {
            Some((first, others)) => (&first[..], others),
            None => (&[][..], &[][..]),
        };
        self.put("block(above: 0.9em, {[];");
        for (column, head) in table.head.iter().enumerate() {
            self.value(head, Self::head, first.get(column));
        }
        self.put("});");
        for row in others {
            self.put("block(above: 0.9em, {[];");
            for (head, cell) in table.head.iter().zip(row) {
                if !cell.content.is_empty() {
                    self.value(head, Self::words_of, Some(cell));
                }
            }
            self.put("});");
        }
    }

    /// A paragraph with the value of a column after its head.
    fn value(
        &mut self,
        head: &'a Cell<'a>,
        draw_head: fn(&mut Self, &'a Cell<'a>),
        cell: Option<&'a Cell<'a>>,
    ) {
        if head.content.is_empty() && cell.is_none_or(|cell| cell.content.is_empty()) {
            return;
        }
        self.put("par({[];");
        if !head.content.is_empty() {
            self.put("strong({[];");
            draw_head(self, head);
            if !words(&head.content).trim().is_empty() {
                self.say(": ");
            }
            self.put("});");
        }
        if let Some(cell) = cell {
            self.whole(cell);
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
