//! Running text, put together from the pieces into which Markdown splits it.

use std::ops::Range;

use crate::source::boundary;

/// The running text of one block, put together from its pieces, with the way back to the file. So a
/// symbol is found even where a line break or emphasis splits it.
#[derive(Default)]
pub(super) struct Run {
    pub(super) text: String,
    /// For each piece: where it begins in `text` and in the body, how long it is there, and whether
    /// both have the same bytes.
    pieces: Vec<Piece>,
}

struct Piece {
    in_run: usize,
    in_body: Range<usize>,
    length: usize,
}

impl Run {
    pub(super) fn push(&mut self, text: &str, in_body: Range<usize>) {
        self.pieces.push(Piece { in_run: self.text.len(), in_body, length: text.len() });
        self.text.push_str(text);
    }

    /// The bytes of the body from which a range of the run came.
    pub(super) fn in_body(&self, range: &Range<usize>) -> Range<usize> {
        let piece_at = |offset: usize| {
            let index = self.pieces.partition_point(|piece| piece.in_run <= offset);
            &self.pieces[index.saturating_sub(1)]
        };
        // An entity such as `&amp;` is longer in the body than in the run: all of it counts.
        let linear = |piece: &Piece| piece.length == piece.in_body.len();
        let first = piece_at(range.start);
        let start = match linear(first) {
            true => first.in_body.start + (range.start - first.in_run),
            false => first.in_body.start,
        };
        // What a range implies has no characters: it is placed where those before it end.
        if range.is_empty() {
            let end = range
                .start
                .checked_sub(1)
                .map_or(start, |last| self.in_body(&(boundary(&self.text, last)..range.start)).end);
            return end..end;
        }
        let last = piece_at(range.end - 1);
        let end = match linear(last) {
            true => last.in_body.start + (range.end - last.in_run),
            false => last.in_body.end,
        };
        start..end
    }
}
