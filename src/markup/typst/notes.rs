//! The footnotes of a text: each is drawn where it is first referred to.

use std::collections::{BTreeMap, BTreeSet};

use super::drawing::TypstDrawing;
use crate::tree::{Block, Inline, Note, TreeNode, walk};

/// How deep footnotes may be nested. A note referred to from deeper down is drawn at the end of its
/// text, because Typst would lose it.
const DEEPEST: usize = 2;

/// The footnotes of a text, by their numbers.
#[derive(Default)]
pub(super) struct Notes<'a> {
    /// The first note of each number, which counts, as with the links of CommonMark.
    definitions: BTreeMap<usize, &'a Note<'a>>,
    /// Those that can be reached from the text, not only from notes that nothing refers to.
    reached: BTreeSet<usize>,
    /// Those that were met where there can be no note, and so are listed at the end of the text.
    listed: BTreeSet<usize>,
    /// Those that were drawn.
    drawn: BTreeSet<usize>,
    /// How many are open, one inside the other.
    open: usize,
}

impl<'a> Notes<'a> {
    /// The footnotes of a text, by its tree.
    pub(super) fn of(sections: &'a [Vec<Block<'a>>]) -> Self {
        let mut notes = Self::default();
        let mut reached = Vec::new();
        let mut within = Vec::new();
        for blocks in sections {
            notes.find(blocks, &mut reached, &mut within);
        }
        // A note may be written within another.
        while let Some(note) = within.pop() {
            notes.find(&note.content, &mut Vec::new(), &mut within);
        }
        while let Some(number) = reached.pop() {
            if notes.reached.insert(number)
                && let Some(note) = notes.definitions.get(&number).copied()
            {
                notes.find(&note.content, &mut reached, &mut Vec::new());
            }
        }
        notes
    }

    pub(super) fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }

    /// Finds notes, and the marks outside of them.
    fn find(
        &mut self,
        blocks: &'a [Block<'a>],
        marks: &mut Vec<usize>,
        notes: &mut Vec<&'a Note<'a>>,
    ) {
        walk(blocks, &mut |node| {
            match node {
                TreeNode::Block(Block::Note(note)) => {
                    self.definitions.entry(note.number).or_insert(note);
                    notes.push(note);
                    return false;
                }
                TreeNode::Inline(Inline::NoteMark { number, .. }) => marks.push(*number),
                _ => {}
            }
            true
        });
    }
}

/// What was drawn so far, as far as it affects how further notes are drawn.
pub(super) struct Progress {
    drawn: BTreeSet<usize>,
    listed: BTreeSet<usize>,
}

impl<'a> TypstDrawing<'a> {
    pub(super) fn progress(&self) -> Progress {
        Progress { drawn: self.notes.drawn.clone(), listed: self.notes.listed.clone() }
    }

    pub(super) fn restore(&mut self, progress: Progress) {
        self.notes.drawn = progress.drawn;
        self.notes.listed = progress.listed;
    }

    /// A note where its author wrote it. One that nothing refers to is shown there.
    pub(super) fn note_in_place(&mut self, note: &'a Note<'a>) {
        if !self.notes.reached.contains(&note.number) {
            self.say(&format!("{}. ", note.label));
            self.blocks(&note.content);
        }
    }

    /// A note at the foot of the page; a second mark leads to the same note.
    pub(super) fn mark_of_note(&mut self, number: usize, label: &str) {
        let name = format!("note{}-{number}", self.annotated);
        let is_far_down = self.is_deep() || self.notes.open >= DEEPEST;
        let is_drawn = self.notes.drawn.contains(&number);
        if self.notes.listed.contains(&number) || is_far_down && !is_drawn {
            self.notes.listed.insert(number);
            self.put("super(");
            self.literal(label);
            self.put(");");
        } else if is_drawn {
            self.put(&format!("footnote(label(\"{name}\"));"));
        } else {
            self.put("[#footnote({[];");
            self.note(number);
            self.put(&format!("}})<{name}>];"));
        }
    }

    /// The text of a note.
    fn note(&mut self, number: usize) {
        self.notes.drawn.insert(number);
        let Some(note) = self.notes.definitions.get(&number).copied() else { return };
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

    /// The notes that were nested too deep.
    pub(super) fn remaining_notes(&mut self) {
        // A note that is listed may refer to one that was not yet.
        while let Some(number) = self.notes.listed.difference(&self.notes.drawn).next().copied() {
            let label = self.notes.definitions.get(&number).map(|note| note.label.to_string());
            self.put("parbreak();");
            self.say(&format!("{}. ", label.unwrap_or_default()));
            self.note(number);
        }
    }
}
