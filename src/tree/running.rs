//! The running text of a part of a text, with the way back to the characters that it came from.

use std::ops::Range;

use super::{Block, Definition, Inline, Scope, builder};
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
        running.add_blocks(&builder::part(text, part, scope));
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

    fn add_blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            match block {
                Block::Paragraph { content, span } | Block::Heading { content, span, .. } => {
                    self.separate(*span);
                    self.add(content);
                }
                Block::Plain(content) => self.add(content),
                Block::Code { code, span, .. } => {
                    self.separate(*span);
                    self.push(code, span.range());
                }
                Block::Quotation(content) => self.add_blocks(content),
                Block::Note(note) => self.add_blocks(&note.content),
                Block::List { items, .. } => {
                    for item in items {
                        self.separate(item.span);
                        self.add_blocks(&item.content);
                    }
                }
                Block::Table(table) => {
                    for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                        self.separate(cell.span);
                        self.add(&cell.content);
                    }
                }
                Block::Definitions(parts) => {
                    for part in parts {
                        match part {
                            Definition::Term(content, span) => {
                                self.separate(*span);
                                self.add(content);
                            }
                            Definition::Meaning(content, span) => {
                                self.separate(*span);
                                self.add_blocks(content);
                            }
                        }
                    }
                }
                Block::Rule => {}
            }
        }
    }

    fn add(&mut self, content: &[Inline<'_>]) {
        for inline in content {
            match inline {
                Inline::Text(text, span) => self.push(text, span.range()),
                Inline::Code(code, span) => {
                    // There are back quotes on both sides.
                    let range = span.range();
                    let quotes = range.len().saturating_sub(code.len()) / 2;
                    self.push(code, range.start + quotes..range.end - quotes);
                }
                Inline::SoftBreak(span) | Inline::HardBreak(span) => self.push(" ", span.range()),
                Inline::Marked(_, content) => self.add(content),
                Inline::Link(link) => self.add(&link.content),
                Inline::Reference(reference) => self.add(&reference.content),
                Inline::Picture(picture) => {
                    self.push(&picture.alternative, picture.span.range());
                }
                Inline::NoteMark { .. } => {}
            }
        }
    }
}
