//! The footnotes of a text: each is drawn at the end of the section that leads to it, with the number
//! that it has on the page of the text.
//!
//! They are not footnotes of Typst, which are at the foot of a page and numbered through the whole
//! report: Typst lays a table out again for every page that has one, so that a report of 300
//! recommendations took a minute, and it has no place for them in links and in heads of tables.

use super::drawing::TypstDrawing;
use crate::model::NoteMark;
use crate::tree::{Block, NoteContent};

/// The footnotes of a text, by their places in [`Text::notes`](crate::model::Text::notes).
pub(super) struct Notes<'a> {
    definitions: &'a [NoteContent<'a>],
    /// Whether the text of a note is drawn.
    is_open: bool,
}

impl<'a> Notes<'a> {
    pub(super) fn of(definitions: &'a [NoteContent<'a>]) -> Self {
        Self { definitions, is_open: false }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }
}

impl<'a> TypstDrawing<'a> {
    /// The mark of a note, which leads to it.
    pub(super) fn mark_of_note(&mut self, mark: &NoteMark) {
        let number = self.notes.definitions.get(mark.note).map_or(0, |note| note.number);
        if self.links > 0 {
            self.put(&format!("super(\"{number}\");"));
        } else {
            let label = self.label_of_note(number);
            self.put(&format!("link(label(\"{label}\"), super(\"{number}\"));"));
        }
    }

    fn label_of_note(&self, number: usize) -> String {
        format!("note{}-{number}", self.annotated)
    }

    /// The notes of a section, by their places, each after its number.
    pub(super) fn notes_of_section(&mut self, notes: impl Iterator<Item = usize>) {
        let definitions = self.notes.definitions;
        self.notes.is_open = true;
        for note in notes.filter_map(|index| definitions.get(index)) {
            let label = self.label_of_note(note.number);
            // Its text begins beside its number.
            let (first, rest) = match note.content.split_first() {
                Some((Block::Paragraph { content, .. }, rest)) => (content.as_slice(), rest),
                _ => (&[][..], note.content.as_slice()),
            };
            self.put("par({[];");
            self.put(&format!("[#super(\"{}\")<{label}>];", note.number));
            self.say(" ");
            self.deeper(|drawing| drawing.inlines(first));
            self.put("});");
            self.deeper(|drawing| drawing.blocks(rest));
        }
        self.notes.is_open = false;
    }
}
