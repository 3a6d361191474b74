//! The words that authors may use and what each means, in all languages of the site.
//!
//! Plain data: `language` fills it with the words of the interface, `config` with the site's own.

mod axes;
mod date_word;

use std::collections::{BTreeMap, BTreeSet};

use crate::source::is_invisible;
pub use axes::{AxisValue, Priority, Response, Status, Verification, Worded};
pub use date_word::DateWord;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a word describes. The same word may be on several axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Was the recommendation accepted?
    Response,
    /// Is it done?
    Status,
    /// Who says so?
    Verification,
    /// How urgent is it?
    Priority,
    /// What a section of the text holds.
    Section,
    /// What a column of somebody's table holds, where it is not a section of the text.
    Column,
    /// A deadline that is not a date, as pages of the language say it: ongoing, undecided, none.
    Deadline,
    /// The word between a heading and its date: "at", "au", "на".
    At,
    /// What a word says in a date.
    Date(DateWord),
    /// How the heading of a response begins, whoever responds: "Response of".
    HeadingBegins,
    /// How the heading of a response ends, whoever responds: "'s response".
    HeadingEnds,
}

/// Words and their meanings. Case, accents, hyphens and spaces make no difference.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    entries: BTreeMap<(Axis, String), KnownWord>,
    /// The meanings for which the organisation has one word.
    with_one_word: BTreeSet<(Axis, String)>,
}

#[derive(Debug, Clone)]
struct KnownWord {
    /// As it is usually written.
    word: String,
    meaning: String,
    /// Which of the organisation's words for the meaning it is.
    own: Option<u8>,
}

/// The most bytes of a known phrase at the beginning of a heading.
const LONGEST_PHRASE: usize = 120;

impl Vocabulary {
    /// Adds a word. The first meaning of a word stays: the site's own words come first.
    pub fn add(&mut self, axis: Axis, word: &str, meaning: &str) {
        self.insert(axis, word, meaning, None);
    }

    /// Adds the organisation's words for a meaning, each with all that authors may type for it.
    pub fn add_own<'w>(
        &mut self,
        axis: Axis,
        meaning: &str,
        words: impl ExactSizeIterator<Item = Vec<&'w str>>,
    ) {
        if words.len() == 1 {
            self.with_one_word.insert((axis, fold(meaning)));
        }
        for (index, texts) in (0..=u8::MAX).zip(words) {
            texts.into_iter().for_each(|text| self.insert(axis, text, meaning, Some(index)));
        }
    }

    fn insert(&mut self, axis: Axis, word: &str, meaning: &str, own: Option<u8>) {
        let key = match axis {
            Axis::Date(_) => fold(&word.replace('.', "")),
            _ => fold(word),
        };
        let known = || KnownWord { word: word.to_owned(), meaning: meaning.to_owned(), own };
        self.entries.entry((axis, key)).or_insert_with(known);
    }

    /// The value that a word stands for.
    pub fn value<T: AxisValue>(&self, word: &str) -> Option<Worded<T>> {
        let known = self.entries.get(&(T::AXIS, fold(word)));
        let meaning = T::of_name(known.map_or(word, |known| &known.meaning))?;
        let own = known.and_then(|known| known.own);
        Some(own.map_or_else(|| self.worded(meaning), |own| Worded { meaning, own: Some(own) }))
    }

    /// A value as the organisation says it: in its own word where it has one for this meaning.
    pub fn worded<T: AxisValue>(&self, meaning: T) -> Worded<T> {
        let has_one = self.with_one_word.contains(&(T::AXIS, fold(meaning.name())));
        Worded { meaning, own: has_one.then_some(0) }
    }

    /// What a word means on this axis.
    pub fn meaning(&self, axis: Axis, word: &str) -> Option<&str> {
        self.entries.get(&(axis, fold(word))).map(|entry| entry.meaning.as_str())
    }

    /// Everything that a word or phrase can say in a date. The full stops of abbreviations count no
    /// more than they do in [`Vocabulary::add`].
    pub fn in_dates(&self, phrase: &str) -> Vec<(DateWord, &str)> {
        let folded = fold(&phrase.replace('.', ""));
        let all = DateWord::ALL.iter().filter_map(|(word, _)| {
            let entry = self.entries.get(&(Axis::Date(*word), folded.clone()))?;
            Some((*word, entry.meaning.as_str()))
        });
        all.collect()
    }

    /// What a column of a table holds, by its heading: the meaning of a section, or of a column that
    /// is not one. Marks around the heading and a note in brackets after it do not count.
    pub fn column(&self, heading: &str) -> Option<&str> {
        let of = |text: &str| {
            self.meaning(Axis::Column, text).or_else(|| self.meaning(Axis::Section, text))
        };
        let bare = heading.trim_matches(|c: char| c.is_whitespace() || ".:;*?".contains(c));
        let without_note = bare.rsplit_once('(').map(|(before, _)| before);
        of(heading).or_else(|| of(bare)).or_else(|| of(without_note?))
    }

    /// The words of an axis as they are usually written.
    pub fn words(&self, axis: Axis) -> impl Iterator<Item = &str> + Clone {
        let of_axis = self.entries.iter().filter(move |((of, _), _)| *of == axis);
        of_axis.map(|(_, entry)| entry.word.as_str())
    }

    /// The longest known phrase at the beginning of `text`, which must end with a word: its
    /// meaning and the rest of the text.
    pub fn prefix<'t>(&self, axis: Axis, text: &'t str) -> Option<(&str, &'t str)> {
        let ends = text
            .char_indices()
            .filter(|(_, c)| !c.is_alphanumeric())
            .map(|(index, _)| index)
            .chain([text.len()])
            // A heading may be longer, but no known phrase is.
            .take_while(|end| *end <= LONGEST_PHRASE);
        ends.filter_map(|end| Some((self.meaning(axis, &text[..end])?, &text[end..]))).last()
    }

    /// The meaning of the longest known phrase at the end of `text`, after other words.
    pub fn suffix(&self, axis: Axis, text: &str) -> Option<&str> {
        let starts = text.char_indices().filter(|(_, c)| !c.is_alphanumeric());
        let mut starts = starts
            .map(|(index, _)| index)
            .filter(|start| *start > 0 && text.len() - start <= LONGEST_PHRASE);
        starts.find_map(|start| self.meaning(axis, &text[start..]))
    }
}

/// One spelling for all spellings of a word: lower case, no accents, single spaces.
///
/// "Partially_Implemented", "partially-implemented" and "Partially implemented" are one word; so
/// are "Réponse" and "reponse", "ё" and "е", because people type them that way. Invisible
/// characters do not count.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    // Most words are ASCII, and need no decomposition.
    if word.is_ascii() {
        for c in word.trim().chars() {
            match c {
                '-' | '_' => push_space(&mut folded),
                c if c.is_whitespace() => push_space(&mut folded),
                c => folded.push(c.to_ascii_lowercase()),
            }
        }
        folded.truncate(folded.trim_end().len());
        return folded;
    }
    for c in word.trim().nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '-' | '_' | '\u{2010}'..='\u{2015}' => push_space(&mut folded),
            '’' | 'ʼ' => folded.push('\''),
            c if c.is_whitespace() => push_space(&mut folded),
            c if is_invisible(c) => {}
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn push_space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold() {
        for word in ["Partially implemented", "partially_implemented", " PARTIALLY-Implemented "] {
            assert_eq!(fold(word), "partially implemented");
        }
        assert_eq!(fold("Réponse de l’administration"), "reponse de l'administration");
        assert_eq!(fold("Ещё не начато"), "еще не начато");
        assert_eq!(fold("Manage\u{ad}ment\u{a0}response\u{200b}"), "management response");
    }

    #[test]
    fn the_longest_prefix_wins() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(Axis::Section, "progress", "progress");
        vocabulary.add(Axis::Section, "progress and comments", "comments");
        let prefix =
            |text| vocabulary.prefix(Axis::Section, text).map(|(m, rest)| (m.to_owned(), rest));
        assert_eq!(prefix("Progress at 1 May"), Some(("progress".into(), " at 1 May")));
        assert_eq!(prefix("Progress and comments"), Some(("comments".into(), "")));
        assert_eq!(prefix("Progressive"), None);
    }
}
