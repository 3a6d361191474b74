//! The running text of a part of a text, with the way back to the characters that it came from.

use std::ops::Range;

use super::{Block, Inline, Scope, TreeNode, builder, walk};
use crate::model::Text;
use crate::source::{Span, boundary};

/// Running text. White space is single spaces; marks, comments and addresses are gone.
#[derive(Debug, Default)]
pub struct Running {
    /// The text.
    pub text: String,
    /// For each piece: its bytes in the file, and where it begins in `text`.
    pieces: Vec<(Range<usize>, usize)>,
}

impl Running {
    /// The running text of a part of a text: a paragraph, a heading, a cell.
    pub fn of(text: &Text, part: Span, scope: Scope<'_>) -> Self {
        let mut running = Self::default();
        walk(&builder::part(text, part, scope), &mut |node| {
            running.add(node);
            true
        });
        running
    }

    /// Where the characters of a span are in the text.
    pub fn find(&self, span: Span) -> Range<usize> {
        self.at(span.start as usize)..self.at(span.end as usize).max(self.at(span.start as usize))
    }

    /// The nearest place in the text to a byte of the file.
    fn at(&self, offset: usize) -> usize {
        let index = self.pieces.partition_point(|(range, _)| range.start <= offset);
        let Some((range, start)) = index.checked_sub(1).map(|index| &self.pieces[index]) else {
            return 0;
        };
        let length = self.pieces.get(index).map_or(self.text.len(), |(_, next)| *next) - start;
        boundary(&self.text, start + (offset - range.start).min(length))
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        self.pieces.push((range, self.text.len()));
        self.text.push_str(text);
    }

    /// A space between two blocks.
    fn separate(&mut self, at: Span) {
        if !self.text.is_empty() {
            self.push(" ", at.range().start..at.range().start);
        }
    }

    fn add(&mut self, node: TreeNode<'_, '_>) {
        match node {
            TreeNode::Part(span) => self.separate(span),
            TreeNode::Block(Block::Paragraph { span, .. } | Block::Heading { span, .. }) => {
                self.separate(*span);
            }
            TreeNode::Block(Block::Code { code, span, .. }) => {
                self.separate(*span);
                self.push(code, span.range());
            }
            TreeNode::Inline(Inline::Text(text, span)) => self.push(text, span.range()),
            TreeNode::Inline(Inline::Code(code, span)) => {
                // The back quotes are on both sides.
                let range = span.range();
                let quotes = range.len().saturating_sub(code.len()) / 2;
                self.push(code, range.start + quotes..range.end - quotes);
            }
            TreeNode::Inline(Inline::SoftBreak(span) | Inline::HardBreak(span)) => {
                self.push(" ", span.range());
            }
            TreeNode::Inline(Inline::Picture(picture)) => {
                self.push(&picture.alternative, picture.span.range());
            }
            TreeNode::Block(_) | TreeNode::Inline(_) => {}
        }
    }
}
