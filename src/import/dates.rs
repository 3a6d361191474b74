//! The day as at which a document reports, where it says so above its tables.

use super::document::{ForeignBlock, ForeignDocument};
use super::tables::text_of;
use crate::model::Date;
use crate::vocabulary::{Axis, Vocabulary};

/// The date after "as at" in a paragraph above the first table: "Final Progress Report as at 31
/// December 2020". Only a day that ends its paragraph, or a part of it in brackets, counts.
pub(super) fn as_at(document: &ForeignDocument, vocabulary: &Vocabulary) -> Option<Date> {
    let above =
        document.blocks.iter().take_while(|block| matches!(block, ForeignBlock::Paragraph(_)));
    let texts = above.filter_map(|block| match block {
        ForeignBlock::Paragraph(paragraph) => Some(text_of(paragraph)),
        ForeignBlock::Table(_) => None,
    });
    texts.filter_map(|text| in_text(&text, vocabulary)).last()
}

fn in_text(text: &str, vocabulary: &Vocabulary) -> Option<Date> {
    let text = text.trim_end_matches(['.', ')', ' ']);
    let starts = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at + 1);
    let mut starts = starts.filter(|at| text.is_char_boundary(*at));
    starts.find_map(|start| {
        let (_, date) = vocabulary.prefix(Axis::At, text.get(start..)?)?;
        match Date::parse(date.trim(), vocabulary)? {
            day @ Date::Day(_) => Some(day),
            _ => None,
        }
    })
}
