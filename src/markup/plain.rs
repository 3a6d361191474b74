//! Markdown as plain text, with the way back to the characters that it came from.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{BrokenLink, CowStr, Event, Parser};

use crate::content::markdown::options;
use crate::model::Text;
use crate::source::{Span, boundary};

/// The running text of a piece of Markdown. White space is single spaces; marks, comments and
/// addresses are gone.
#[derive(Debug)]
pub struct Plain {
    /// The text.
    pub text: String,
    /// For each piece: its bytes in the file, and where it begins in `text`.
    pieces: Vec<(Range<usize>, usize)>,
}

impl Plain {
    /// The running text of a place in a text.
    pub fn of(text: &Text, block: Span) -> Self {
        let mut plain = Self { text: String::new(), pieces: Vec::new() };
        let block_source = text.slice(block);
        let base = block.start as usize;
        // What stands elsewhere in the file, the parser is told of: without it a footnote's mark
        // and a link's label would be words.
        let source = with_footnotes(block_source);
        // Only what is a link in the whole file: `[sic]` is none.
        let known = |link: BrokenLink<'_>| {
            let start = base + link.span.start;
            let of_file = text.links.binary_search_by_key(&start, |link| link.span.start as usize);
            of_file.is_ok().then_some((CowStr::Borrowed("elsewhere"), CowStr::Borrowed("")))
        };
        let events = Parser::new_with_broken_link_callback(&source, options(), Some(known));
        for (event, range) in events.into_offset_iter() {
            if range.start >= block_source.len() {
                continue;
            }
            let range = base + range.start..base + range.end;
            match event {
                Event::Text(text) => plain.push(&text, range),
                Event::Code(code) => {
                    // The back quotes are on both sides.
                    let quotes = range.len().saturating_sub(code.len()) / 2;
                    plain.push(&code, range.start + quotes..range.end - quotes);
                }
                Event::SoftBreak | Event::HardBreak => plain.push(" ", range),
                Event::Start(tag) if !is_inline(&tag) && !plain.text.is_empty() => {
                    plain.push(" ", range.start..range.start);
                }
                _ => {}
            }
        }
        plain
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        self.pieces.push((range, self.text.len()));
        self.text.push_str(text);
    }

    /// Where the characters of a place of the file stand in the text.
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
}

/// A block with definitions for the footnotes that it refers to.
fn with_footnotes(block: &str) -> Cow<'_, str> {
    if memmem::find(block.as_bytes(), b"[^").is_none() {
        return block.into();
    }
    let labels = block.split("[^").skip(1).filter_map(|rest| rest.split_once(']'));
    let definitions = labels.map(|(label, _)| format!("\n\n[^{label}]: x"));
    std::iter::once(block.to_owned()).chain(definitions).collect()
}

fn is_inline(tag: &pulldown_cmark::Tag<'_>) -> bool {
    use pulldown_cmark::Tag;
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Superscript
            | Tag::Subscript
    )
}
