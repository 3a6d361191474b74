//! The words in which readers search, in one form however they are written.
//!
//! The script does the same with what a reader types, so a change here is a change there.

use std::collections::BTreeSet;

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

    /// The words of a text, each once.
    pub(super) fn words(&self, text: &str) -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        let mut word = String::new();
        for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
            let is_alone = is_word_alone(c);
            if (is_alone || !c.is_alphanumeric()) && !word.is_empty() {
                words.insert(self.stem(std::mem::take(&mut word)));
            }
            if is_alone {
                words.insert(c.to_string());
            } else if c.is_alphanumeric() {
                word.push(c);
            }
        }
        if !word.is_empty() {
            words.insert(self.stem(word));
        }
        words
    }

    /// A word without the ending of its number, where at least two letters are left.
    fn stem(&self, mut word: String) -> String {
        if let Some((at, _)) = word.char_indices().nth(LONGEST) {
            word.truncate(at);
        }
        let ends = |(ending, _): &&(&str, &str)| {
            word.strip_suffix(*ending).is_some_and(|stem| stem.chars().nth(1).is_some())
        };
        if let Some((ending, instead)) = self.endings.iter().find(ends) {
            word.truncate(word.len() - ending.len());
            word.push_str(instead);
        }
        word
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
        let words = stems.words("Éléments: policies, Bus is A/79/6(Sect.12) 水资源 résumé");
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(
            words,
            [
                "12", "6", "79", "a", "bu", "element", "is", "policy", "resume", "sect", "水",
                "源", "资"
            ]
        );
    }
}
