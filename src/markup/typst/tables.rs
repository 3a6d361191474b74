//! Tables of a text. One that has too little room for its columns, as in a cell of the official table,
//! is drawn row by row, each value after the head of its column.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::drawing::{Drawing, Open};
use super::notes::{Place, until, words};

/// A table of so many columns fits into any place.
const FEW: usize = 2;

/// What a column needs, in millimetres: room for a part of a document symbol, such as `CP.TEIA/`.
const COLUMN: usize = 18;

/// What was drawn so far, as far as it decides how things are drawn further on.
struct State {
    notes: (BTreeSet<String>, BTreeSet<String>),
    explained: BTreeSet<usize>,
}

impl<'a> Drawing<'a> {
    /// Draws a table in two ways, of which Typst takes the one that its room allows.
    pub(super) fn table(
        &mut self,
        columns: Vec<Alignment>,
        range: &Range<usize>,
        rest: &mut dyn Iterator<Item = Place<'a>>,
    ) {
        let count = columns.len();
        if count <= FEW || self.is_deep() {
            return self.start(&Tag::Table(columns), range);
        }
        let events = until(rest, TagEnd::Table);
        let before = self.state();
        self.put(&format!("layout(room => if room.width >= {}mm {{[];", count * COLUMN));
        self.start(&Tag::Table(columns), range);
        self.draw(events.clone());
        self.end(TagEnd::Table);
        self.put("} else {[];");
        self.restore(before);
        self.rows(events);
        self.put("});");
    }

    fn draw(&mut self, events: Vec<Place<'a>>) {
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            self.event(event, range, &mut events);
        }
    }

    /// Each row as a block, each cell as a paragraph in it.
    fn rows(&mut self, events: Vec<Place<'a>>) {
        let mut heads: Vec<String> = Vec::new();
        let mut column = 0;
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::TableHead) => {
                    let mut head = until(&mut events, TagEnd::TableHead).into_iter();
                    while head.next().is_some() {
                        heads.push(words(&until(&mut head, TagEnd::TableCell)));
                    }
                }
                Event::Start(Tag::TableRow) => {
                    column = 0;
                    self.put("block(above: 0.9em, {[];");
                }
                Event::End(TagEnd::TableRow) => self.put("});"),
                Event::Start(Tag::TableCell) => {
                    let cell = until(&mut events, TagEnd::TableCell);
                    let head = heads.get(column).map_or("", String::as_str);
                    column += 1;
                    if cell.is_empty() {
                        continue;
                    }
                    self.mark(&range);
                    self.put("par({[];");
                    if !head.trim().is_empty() {
                        self.put("strong({[];");
                        self.say(&format!("{}: ", head.trim()));
                        self.put("});");
                    }
                    self.open.push(Open::Flat);
                    self.draw(cell);
                    self.open.pop();
                    self.put("});");
                }
                _ => {}
            }
        }
    }

    fn state(&self) -> State {
        let notes = (self.notes.drawn.clone(), self.notes.listed.clone());
        State { notes, explained: self.explained.clone() }
    }

    fn restore(&mut self, state: State) {
        (self.notes.drawn, self.notes.listed) = state.notes;
        self.explained = state.explained;
    }
}
