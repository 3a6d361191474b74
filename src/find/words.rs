//! The words in which readers search, in one form however they are written.
//!
//! The script does the same with what a reader types, so a change here is a change there.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::language::Words;

/// The longest word that is kept; the rest of a longer one makes no difference.
const LONGEST: usize = 40;

/// The endings by which the words of a language differ in number.
pub(super) struct Stems<'a> {
    /// Each ending with what takes its place, the longest first.
    pub(super) endings: Vec<(&'a str, &'a str)>,
}

impl<'a> Stems<'a> {
    /// Those of a language.
    pub(super) fn of(words: &'a Words) -> Self {
        let endings = words.list("lists.plurals").iter();
        let split = |text: &'a String| text.split_once(' ').unwrap_or((text, ""));
        Self { endings: endings.map(split).collect() }
    }

    /// A word without the ending of its number, where at least two letters are left.
    fn stem(&self, word: &str) -> String {
        let end = word.char_indices().nth(LONGEST).map_or(word.len(), |(at, _)| at);
        let word = &word[..end];
        let without = |(ending, instead): &(&str, &'a str)| {
            let stem = word.strip_suffix(*ending)?;
            stem.chars().nth(1).is_some().then(|| format!("{stem}{instead}"))
        };
        self.endings.iter().find_map(without).unwrap_or_else(|| word.to_owned())
    }
}

/// In which recommendations words are, by their places in ascending order.
#[derive(Default)]
pub(super) struct Index {
    /// The words, as stems, each with its places.
    words: Vec<(String, Vec<u32>)>,
    by_stem: HashMap<String, usize>,
    /// Which of the words a folded one is: most occur often, and need not be stemmed again.
    by_word: HashMap<String, usize>,
}

impl Index {
    /// Adds the words of a text. Its place is not before those added so far.
    pub(super) fn add(&mut self, place: usize, text: &str, stems: &Stems<'_>) {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let folded = folded(text);
        each_word(&folded, |word| {
            let index = match self.by_word.get(word) {
                Some(index) => *index,
                None => {
                    let index = self.index_of(stems.stem(word));
                    self.by_word.insert(word.to_owned(), index);
                    index
                }
            };
            let places = &mut self.words[index].1;
            if places.last() != Some(&place) {
                places.push(place);
            }
        });
    }

    /// Adds what another index has, whose places come after those of this one.
    pub(super) fn append(&mut self, other: Self) {
        for (stem, places) in other.words {
            let index = self.index_of(stem);
            self.words[index].1.extend(places);
        }
    }

    fn index_of(&mut self, stem: String) -> usize {
        match self.by_stem.get(&stem) {
            Some(index) => *index,
            None => {
                self.words.push((stem.clone(), Vec::new()));
                self.by_stem.insert(stem, self.words.len() - 1);
                self.words.len() - 1
            }
        }
    }

    /// The words in order, each with its places.
    pub(super) fn sorted(mut self) -> Vec<(String, Vec<u32>)> {
        self.words.sort_unstable();
        self.words
    }
}

/// A text in small letters and without accents.
fn folded(text: &str) -> Cow<'_, str> {
    match text.is_ascii() {
        true => text.to_ascii_lowercase().into(),
        false => {
            let letters = text.nfd().filter(|c| !is_combining_mark(*c));
            letters.flat_map(char::to_lowercase).collect::<String>().into()
        }
    }
}

/// Calls for each word of a folded text.
fn each_word(folded: &str, mut take: impl FnMut(&str)) {
    let mut start = None;
    for (at, c) in folded.char_indices() {
        let is_alone = is_word_alone(c);
        let is_letter = c.is_alphanumeric() && !is_alone;
        if let Some(from) = start.filter(|_| !is_letter) {
            take(&folded[from..at]);
            start = None;
        }
        if is_alone {
            take(&folded[at..at + c.len_utf8()]);
        } else if is_letter && start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        take(&folded[from..]);
    }
}

/// Whether a character is a word by itself: scripts that do not put spaces between words are searched
/// character by character.
fn is_word_alone(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{e7f}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// The file in which a word is, of so many: by its first two UTF-16 units, which JavaScript counts.
pub(super) fn file_of(word: &str, files: usize) -> usize {
    let mut units = word.encode_utf16().map(usize::from);
    let (first, second) = (units.next().unwrap_or(0), units.next().unwrap_or(0));
    (first * 7 + second) % files.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_written() {
        let stems = Stems { endings: vec![("ies", "y"), ("s", "")] };
        let mut index = Index::default();
        index.add(3, "Éléments: policies, Bus is A/79/6(Sect.12) 水资源 résumé", &stems);
        let mut later = Index::default();
        later.add(5, "Policy! Policies?", &stems);
        index.append(later);
        let words = index.sorted();
        let policy = words.iter().find(|(word, _)| word == "policy").unwrap();
        assert_eq!(policy.1, [3, 5]);
        let words: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(
            words,
            [
                "12", "6", "79", "a", "bu", "element", "is", "policy", "resume", "sect", "水",
                "源", "资"
            ]
        );
    }
}
