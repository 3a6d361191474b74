//! Markdown in, text of one notation out.

pub mod html;
pub mod plain;
pub mod typst;

use std::ops::Range;

use crate::model::Found;

/// What a piece of running text points at: for each thing its index in `found`, and the bytes of
/// the piece that stand for it. `place` is where the piece stands in the file.
pub(crate) fn pointers<'f>(
    found: &'f [Found],
    piece: &str,
    place: Range<usize>,
) -> impl Iterator<Item = (usize, Range<usize>)> + use<'f> {
    let Range { start, end } = place;
    let first = found.partition_point(|f| f.span.range().end <= start);
    // What a range implies has its place at the end of what stands before it.
    let is_here = move |f: &Found| {
        let span = f.span.range();
        span.start < end || span.is_empty() && span.start == end
    };
    // An entity is one character of text and several of the file: it is drawn whole.
    let length = piece.len();
    let is_linear = length == place.len();
    let cut = move |offset: u32| (offset as usize).clamp(start, end) - start;
    let here = found[first..].iter().take_while(move |f| is_here(f));
    here.enumerate().map(move |(index, f)| {
        let range = if is_linear { cut(f.span.start)..cut(f.span.end) } else { 0..length };
        (first + index, range)
    })
}
