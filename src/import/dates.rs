//! The day as at which a document reports, where it says so above its tables.

use super::document::{ForeignBlock, ForeignDocument};
use super::tables::text_of;
use crate::model::Date;
use crate::vocabulary::{Vocabulary, fold};

/// The words for "as at" in all languages, and those of dates.
#[derive(Clone, Copy)]
pub(super) struct DateWords<'a> {
    /// What comes before a reporting date: "as at".
    pub(super) as_at: &'a [String],
    /// The words of dates.
    pub(super) vocabulary: &'a Vocabulary,
}

/// The date after "as at" in a paragraph above the first table: "Final Progress Report as at 31
/// December 2020". Only a day that ends its paragraph, or a part of it in brackets, counts.
pub(super) fn as_at(document: &ForeignDocument, words: DateWords<'_>) -> Option<Date> {
    let above =
        document.blocks.iter().take_while(|block| matches!(block, ForeignBlock::Paragraph(_)));
    let texts = above.filter_map(|block| match block {
        ForeignBlock::Paragraph(paragraph) => Some(text_of(paragraph)),
        ForeignBlock::Table(_) => None,
    });
    texts.filter_map(|text| in_text(&text, words)).last()
}

/// The date after "as at" at the end of a text.
pub(super) fn in_text(text: &str, words: DateWords<'_>) -> Option<Date> {
    let text = text.trim_end_matches(['.', ')', ' ']);
    let is_after = |before: &str| {
        let before = fold(before);
        words.as_at.iter().any(|word| {
            let rest = before.strip_suffix(&fold(word));
            rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    };
    let mut spaces = text.char_indices().filter(|(_, c)| c.is_whitespace());
    spaces.find_map(|(at, space)| {
        let date = &text[at + space.len_utf8()..];
        match Date::parse(date, words.vocabulary)? {
            day @ Date::Day(_) if is_after(&text[..at]) => Some(day),
            _ => None,
        }
    })
}
