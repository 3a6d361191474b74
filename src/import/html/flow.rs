//! Paragraphs in the making: white space collapses, and lines end where browsers end them.

use crate::import::document::{ForeignBlock, ForeignPiece, Paragraph, ShownLabel, TextPiece};

use super::look::HtmlLook;

/// The blocks of a cell, a note or the page so far.
#[derive(Debug, Default)]
pub(super) struct HtmlFlow {
    pub(super) blocks: Vec<ForeignBlock>,
    line: Vec<ForeignPiece>,
    /// What is shown before the next paragraph.
    pub(super) label: Option<ShownLabel>,
    pub(super) heading: Option<u8>,
    /// How many paragraphs there were so far.
    pub(super) paragraphs: usize,
}

impl HtmlFlow {
    /// Adds text as it is shown.
    pub(super) fn text(&mut self, text: &str, look: &HtmlLook) {
        if look.preserved {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.break_line();
                }
                self.push(&line.replace('\u{ad}', ""), look);
            }
            return;
        }
        let mut shown = String::new();
        let mut is_after_space = self.is_after_space();
        for character in text.chars().filter(|character| *character != '\u{ad}') {
            if matches!(character, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                if !is_after_space {
                    shown.push(' ');
                }
                is_after_space = true;
            } else {
                shown.push(character);
                is_after_space = false;
            }
        }
        self.push(&shown, look);
    }

    fn push(&mut self, text: &str, look: &HtmlLook) {
        if text.is_empty() {
            return;
        }
        let HtmlLook { bold, italic, struck, script, .. } = *look;
        let piece = TextPiece {
            text: text.to_owned(),
            bold,
            italic,
            struck,
            script,
            link: look.link.as_deref().map(str::to_owned),
        };
        match self.line.last_mut() {
            Some(ForeignPiece::Text(last))
                if (last.bold, last.italic, last.struck, last.script, &last.link)
                    == (bold, italic, struck, script, &piece.link) =>
            {
                last.text.push_str(text);
            }
            _ => self.line.push(ForeignPiece::Text(piece)),
        }
    }

    /// Whether white space here would not be seen: at the start of a line, or after other white space.
    fn is_after_space(&self) -> bool {
        match self.line.last() {
            None | Some(ForeignPiece::LineBreak) => true,
            Some(ForeignPiece::Text(last)) => last.text.ends_with(' '),
            Some(ForeignPiece::Note(_) | ForeignPiece::Picture(_)) => false,
        }
    }

    /// A line break within the paragraph.
    pub(super) fn break_line(&mut self) {
        self.trim_end();
        self.line.push(ForeignPiece::LineBreak);
    }

    /// A note, whose mark stands here.
    pub(super) fn note(&mut self, paragraphs: Vec<Paragraph>) {
        self.line.push(ForeignPiece::Note(paragraphs));
    }

    /// The text so far, where it is short enough to be a number that Word wrote as text.
    pub(super) fn number(&self) -> Option<String> {
        let mut text = String::new();
        for piece in &self.line {
            let ForeignPiece::Text(piece) = piece else { return None };
            text.push_str(&piece.text);
        }
        let text = text.trim().to_owned();
        (!text.is_empty() && text.chars().count() <= 12 && !text.contains(' ')).then_some(text)
    }

    /// Makes the text so far the label of the paragraph.
    pub(super) fn take_number(&mut self, label: ShownLabel) {
        self.line.clear();
        self.label = Some(label);
    }

    fn trim_end(&mut self) {
        if let Some(ForeignPiece::Text(last)) = self.line.last_mut() {
            last.text.truncate(last.text.trim_end_matches(' ').len());
            if last.text.is_empty() {
                self.line.pop();
            }
        }
    }

    /// Ends the paragraph, if there is one.
    pub(super) fn end(&mut self) {
        self.trim_end();
        // A break before the end of a block shows nothing.
        if matches!(self.line.last(), Some(ForeignPiece::LineBreak)) {
            self.line.pop();
        }
        let pieces = std::mem::take(&mut self.line);
        let is_seen = |piece: &ForeignPiece| match piece {
            ForeignPiece::Text(text) => !text.text.trim().is_empty(),
            ForeignPiece::LineBreak => false,
            ForeignPiece::Note(_) | ForeignPiece::Picture(_) => true,
        };
        if pieces.iter().any(is_seen) {
            self.blocks.push(ForeignBlock::Paragraph(Paragraph {
                heading: self.heading,
                label: self.label.take(),
                pieces,
            }));
        }
    }

    /// Ends an item of a list, which shows its label even without text.
    pub(super) fn end_item(&mut self) {
        self.end();
        if let Some(label) = self.label.take() {
            self.blocks.push(ForeignBlock::Paragraph(Paragraph {
                label: Some(label),
                ..Paragraph::default()
            }));
        }
    }
}
