//! The pieces into which references split running text.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::Inline;
use crate::model::Found;
use crate::source::Span;

/// The reference that goes on with the next piece of text: only line breaks came since. The breaks
/// become part of it.
pub(super) fn unfinished<'v, 'a>(
    out: &'v mut Vec<Inline<'a>>,
    index: usize,
) -> Option<&'v mut Vec<Inline<'a>>> {
    let last = out.iter().rposition(|inline| !matches!(inline, Inline::SoftBreak(_)))?;
    if !matches!(&out[last], Inline::Reference(reference) if reference.index == index) {
        return None;
    }
    let breaks = out.split_off(last + 1);
    let Some(Inline::Reference(reference)) = out.last_mut() else { return None };
    reference.content.extend(breaks);
    Some(&mut reference.content)
}

/// A piece of a text that has a place; none for an empty one.
pub(super) fn piece<'a>(text: &CowStr<'a>, range: Range<usize>, span: Span) -> Option<Inline<'a>> {
    if range.is_empty() {
        return None;
    }
    // An entity is one character of the text and several of the file.
    let place = match text.len() == span.range().len() {
        true => {
            let start = span.start as usize;
            Span::new(span.file, start + range.start..start + range.end)
        }
        false => span,
    };
    let shown = match text {
        CowStr::Borrowed(text) => CowStr::Borrowed(text.get(range)?),
        text => text.get(range)?.to_owned().into(),
    };
    Some(Inline::Text(shown, place))
}

/// What a piece of running text points at: for each thing its index in `found`, and the bytes of
/// the piece that stand for it.
pub(super) fn pointers<'f>(
    found: &'f [Found],
    piece: &str,
    place: Span,
) -> impl Iterator<Item = (usize, Range<usize>)> + use<'f> {
    let Range { start, end } = place.range();
    let first = found.partition_point(|f| f.span.range().end <= start);
    // What a range implies is placed at the end of what is before it.
    let is_here = move |f: &Found| {
        let span = f.span.range();
        span.start < end || span.is_empty() && span.start == end
    };
    // An entity is one character of the text and several of the file: all of it is taken.
    let length = piece.len();
    let is_linear = length == place.range().len();
    let cut = move |offset: u32| (offset as usize).clamp(start, end) - start;
    let here = found[first..].iter().take_while(move |f| is_here(f));
    here.enumerate().map(move |(index, f)| {
        let range = if is_linear { cut(f.span.start)..cut(f.span.end) } else { 0..length };
        (first + index, range)
    })
}
