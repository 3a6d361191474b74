//! Where the footnotes of a text are shown: at the end of the section whose mark leads to them.

use super::{Block, Inline, NoteContent, Tree, TreeNode, walk};

/// A footnote, with the marks that are shown.
#[derive(Debug, Clone)]
pub struct ShownNote {
    /// The note, by its place in [`Tree::notes`].
    pub note: usize,
    /// Which of its marks are shown, from 1: those of other sections may not be.
    pub marks: Vec<usize>,
}

impl Tree<'_> {
    /// The notes to show after each section, in the order of their numbers: those that a mark in it
    /// leads to and none before it does, and those that are written in it and that no mark leads to.
    pub fn notes_after_sections(&self, is_shown: impl Fn(usize) -> bool) -> Vec<Vec<ShownNote>> {
        let mut met = MetNotes::none(self);
        let sections = self.sections.iter().enumerate();
        for (index, blocks) in sections.clone().filter(|(index, _)| is_shown(*index)) {
            met.follow(blocks, index);
        }
        // What other sections lead to is shown with them.
        let mut elsewhere = MetNotes::none(self);
        for (index, blocks) in sections.filter(|(index, _)| !is_shown(*index)) {
            elsewhere.follow(blocks, index);
        }
        let mut by_number: Vec<usize> = (0..self.notes.len()).collect();
        by_number.sort_unstable_by_key(|note| self.notes[*note].number);
        for note in &by_number {
            let NoteContent { section, content, .. } = &self.notes[*note];
            let is_met = met.section[*note].is_some() || elsewhere.section[*note].is_some();
            if is_shown(*section) && !is_met {
                met.section[*note] = Some(*section);
                met.follow(content, *section);
            }
        }
        let mut after = vec![Vec::new(); self.sections.len()];
        for note in by_number {
            if let Some(section) = met.section[note] {
                let mut marks = std::mem::take(&mut met.marks[note]);
                marks.sort_unstable();
                after[section].push(ShownNote { note, marks });
            }
        }
        after
    }
}

/// The notes of a tree that were met so far, by their places in [`Tree::notes`].
struct MetNotes<'t, 'a> {
    tree: &'t Tree<'a>,
    /// The section in which each was met first.
    section: Vec<Option<usize>>,
    /// The marks of each.
    marks: Vec<Vec<usize>>,
}

impl<'t, 'a> MetNotes<'t, 'a> {
    fn none(tree: &'t Tree<'a>) -> Self {
        let count = tree.notes.len();
        Self { tree, section: vec![None; count], marks: vec![Vec::new(); count] }
    }

    /// Meets the notes that marks in a section lead to, and those that marks in these lead to.
    fn follow(&mut self, blocks: &'t [Block<'a>], section: usize) {
        if self.tree.notes.is_empty() {
            return;
        }
        let mut unread = vec![blocks];
        while let Some(blocks) = unread.pop() {
            walk(blocks, &mut |node| {
                if let TreeNode::Inline(Inline::NoteMark(mark)) = node {
                    self.marks[mark.note].push(mark.nth);
                    if self.section[mark.note].is_none() {
                        self.section[mark.note] = Some(section);
                        unread.push(&self.tree.notes[mark.note].content);
                    }
                }
                true
            });
        }
    }
}
