//! The footnotes of a text: each is drawn where it is first referred to.

use std::collections::BTreeSet;

use super::drawing::TypstDrawing;
use crate::model::NoteMark;
use crate::tree::{Block, NoteContent};

/// How deep footnotes may be nested. A note referred to from deeper down is drawn at the end of its
/// section, because Typst would lose it.
const DEEPEST: usize = 2;

/// Comes before the number of a note at the end of its section, so that it is not taken for one at the
/// foot of the page, which Typst numbers.
const LISTED: char = '†';

/// The footnotes of a text, by their places in [`Text::notes`](crate::model::Text::notes).
#[derive(Default)]
pub(super) struct Notes<'a> {
    definitions: &'a [NoteContent<'a>],
    /// Those that were met where there can be no note, and so are listed at the end of the section.
    listed: BTreeSet<usize>,
    /// Those that were drawn.
    drawn: BTreeSet<usize>,
    /// How many are open, one inside the other.
    open: usize,
}

impl<'a> Notes<'a> {
    pub(super) fn of(definitions: &'a [NoteContent<'a>]) -> Self {
        Self { definitions, ..Self::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }

    /// Whether the text of a note is drawn.
    pub(super) fn is_open(&self) -> bool {
        self.open > 0
    }
}

/// The notes that were drawn so far, by their places.
pub(super) struct DrawnNotes(BTreeSet<usize>);

impl<'a> TypstDrawing<'a> {
    pub(super) fn drawn_notes(&self) -> DrawnNotes {
        DrawnNotes(self.notes.drawn.clone())
    }

    /// Takes back what was drawn since, to draw it in another way. A note that the first way had to
    /// list is listed in the second, too: only one of them is in the PDF, and what follows is the
    /// same for both.
    pub(super) fn draw_again(&mut self, before: DrawnNotes) {
        self.notes.drawn = before.0;
    }

    /// A note at the foot of the page; a second mark leads to the same note. In a link and in the
    /// head of a table, which is repeated on each page, there can be neither.
    pub(super) fn mark_of_note(&mut self, mark: &NoteMark) {
        let note = mark.note;
        let number = self.notes.definitions.get(note).map_or(0, |note| note.number);
        let name = format!("note{}-{number}", self.annotated);
        let is_no_place = self.is_deep() || self.notes.open >= DEEPEST;
        let is_drawn = self.notes.drawn.contains(&note);
        let is_listed = self.notes.listed.contains(&note);
        if is_listed || !is_drawn && (self.links > 0 || is_no_place) {
            self.notes.listed.insert(note);
            self.put(&format!("super(\"{LISTED}{number}\");"));
        } else if is_drawn && self.links > 0 {
            self.put(&format!(
                "super(context str(counter(footnote).at(label(\"{name}\")).first()));"
            ));
        } else if is_drawn {
            self.put(&format!("footnote(label(\"{name}\"));"));
        } else {
            self.put("[#footnote({[];");
            self.note(note);
            self.put(&format!("}})<{name}>];"));
        }
    }

    /// The text of a note.
    fn note(&mut self, index: usize) {
        self.notes.drawn.insert(index);
        let definitions = self.notes.definitions;
        let Some(note) = definitions.get(index) else { return };
        self.notes.open += 1;
        self.deeper(|drawing| {
            // The text of a note begins beside its number.
            let rest = match note.content.split_first() {
                Some((Block::Paragraph { content, .. }, rest)) => {
                    drawing.inlines(content);
                    rest
                }
                _ => &note.content,
            };
            drawing.blocks(rest);
        });
        self.notes.open -= 1;
    }

    /// The notes of a section that were not drawn at the foot of a page: those whose marks have no
    /// place for them, and those without a mark.
    pub(super) fn remaining_notes(&mut self, of_section: impl Iterator<Item = usize>) {
        self.notes.listed.extend(of_section);
        // A note that is listed may refer to one that was not yet.
        while let Some(index) = self.notes.listed.difference(&self.notes.drawn).next().copied() {
            let number = self.notes.definitions.get(index).map_or(0, |note| note.number);
            self.put("parbreak();");
            self.put(&format!("super(\"{LISTED}{number}\");"));
            self.say(" ");
            self.note(index);
        }
    }
}
