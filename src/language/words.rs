//! One language.

use std::collections::BTreeMap;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::vocabulary::{Axis, DateWord, Vocabulary};
use crate::yaml::{Kind, Value};

/// Which way a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Latin, Cyrillic, Greek …
    LeftToRight,
    /// Arabic, Hebrew …
    RightToLeft,
}

impl Direction {
    /// The direction of a text, by its first letter, as browsers find it (HTML, `dir=auto`). None for
    /// a text without letters.
    pub fn of_text(text: &str) -> Option<Self> {
        let letter = text.chars().find(|c| c.is_alphabetic())?;
        Some(match letter {
            '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}' => Self::RightToLeft,
            _ => Self::LeftToRight,
        })
    }

    /// The value of HTML's `dir`.
    pub fn html(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A text of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// A text, perhaps with places such as `{date}` to fill in.
    Text(String),
    /// Several texts, such as the names of the months.
    List(Vec<String>),
    /// A text for each CLDR plural category: `one`, `few`, `many`, `other` …
    Plural(BTreeMap<String, String>),
}

/// The CLDR plural categories, as a file of words names them.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The words of one language. Keys of groups are joined with a dot: `status.implemented`.
#[derive(Debug, Clone)]
pub struct Words {
    /// The BCP 47 tag: `en`.
    pub tag: String,
    phrases: BTreeMap<String, Phrase>,
    plurals: Option<std::sync::Arc<PluralRules>>,
}

impl Words {
    /// No words yet, only the rules of the language. A tag that CLDR does not know follows the
    /// rules of English.
    pub fn new(tag: &str) -> Self {
        let locale = Locale::try_from_str(tag).ok();
        let plurals = locale.and_then(|locale| PluralRules::try_new_cardinal(locale.into()).ok());
        Self {
            tag: tag.to_owned(),
            phrases: BTreeMap::new(),
            plurals: plurals.map(std::sync::Arc::new),
        }
    }

    /// Whether this has the form of a BCP 47 language tag.
    pub fn is_tag(tag: &str) -> bool {
        Locale::try_from_str(tag).is_ok() && tag.len() <= 12
    }

    /// Lays the texts of a file of words over these.
    pub fn overlay(&mut self, value: &Value) {
        self.overlay_group("", value);
    }

    fn overlay_group(&mut self, key: &str, value: &Value) {
        let phrase = match &value.kind {
            Kind::Null => return,
            Kind::Scalar(text) => Phrase::Text(text.clone()),
            Kind::List(items) => {
                Phrase::List(items.iter().filter_map(Value::as_text).map(str::to_owned).collect())
            }
            Kind::Map(entries)
                if !entries.is_empty()
                    && entries.iter().all(|(k, _)| CATEGORIES.contains(&k.value.as_str())) =>
            {
                let form = |(k, v): &(crate::source::Spanned<String>, Value)| {
                    Some((k.value.clone(), v.as_text()?.to_owned()))
                };
                Phrase::Plural(entries.iter().filter_map(form).collect())
            }
            Kind::Map(entries) => {
                for (name, value) in entries {
                    let key = if key.is_empty() {
                        name.value.clone()
                    } else {
                        format!("{key}.{}", name.value)
                    };
                    self.overlay_group(&key, value);
                }
                return;
            }
        };
        self.phrases.insert(key.to_owned(), phrase);
    }

    /// Every key, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.phrases.keys().map(String::as_str)
    }

    /// The phrase of a key.
    pub fn phrase(&self, key: &str) -> Option<&Phrase> {
        self.phrases.get(key)
    }

    /// The text of a key. A missing one gives the key itself, so that the gap is seen and fixed.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        match self.phrases.get(key) {
            Some(Phrase::Text(text)) => text,
            _ => key,
        }
    }

    /// The texts of a key that holds several.
    pub fn list(&self, key: &str) -> &[String] {
        match self.phrases.get(key) {
            Some(Phrase::List(items)) => items,
            _ => &[],
        }
    }

    /// The text of a key with its places filled in.
    pub fn fill(&self, key: &str, places: &[(&str, &str)]) -> String {
        fill(self.text(key), places)
    }

    /// The text for `n` of something, by the plural rules of CLDR, with `{n}` filled in.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.count_with(key, n, &[])
    }

    /// Like [`Words::count`], with further places to fill in; an `n` among them replaces the
    /// number.
    pub fn count_with(&self, key: &str, n: usize, places: &[(&str, &str)]) -> String {
        let text = match self.phrases.get(key) {
            Some(Phrase::Plural(forms)) => {
                forms.get(self.plural_category(n)).or_else(|| forms.get("other"))
            }
            Some(Phrase::Text(text)) => Some(text),
            _ => None,
        };
        let n = self.number(n);
        let mut all = places.to_vec();
        all.push(("n", n.as_str()));
        fill(text.map_or(key, String::as_str), &all)
    }

    /// The name of the plural category of `n` things in this language.
    pub fn plural_category(&self, n: usize) -> &'static str {
        let category = match &self.plurals {
            Some(rules) => rules.category_for(n),
            None if n == 1 => PluralCategory::One,
            None => PluralCategory::Other,
        };
        match category {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// A number with the language's separator of thousands, from four digits on in English and
    /// from five on elsewhere, as the UN's editorial manuals have it: 1,462 and 1462, 14 620.
    pub fn number(&self, n: usize) -> String {
        let digits = n.to_string();
        let shortest = self.text("number.grouped_from").parse().unwrap_or(5);
        if digits.len() < shortest {
            return digits;
        }
        let separator = self.text("number.separator");
        let mut grouped = String::new();
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// Which way the script runs.
    pub fn direction(&self) -> Direction {
        match self.text("direction") {
            "rtl" => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    /// Adds this language's words to what authors may write.
    pub fn teach(&self, vocabulary: &mut Vocabulary) {
        for (axis, group) in [
            (Axis::Response, "response"),
            (Axis::Status, "status"),
            (Axis::Verification, "verification"),
            (Axis::Priority, "priority"),
            (Axis::Deadline, "no_date"),
        ] {
            for (meaning, text) in self.group(group) {
                if let Phrase::Text(text) = text {
                    vocabulary.add(axis, text, meaning);
                }
                // Our own names are understood in every language.
                vocabulary.add(axis, meaning, meaning);
            }
        }
        for (axis, group) in [(Axis::Section, "headings"), (Axis::Column, "columns")] {
            for (meaning, headings) in self.group(group) {
                if let Phrase::List(headings) = headings {
                    headings.iter().for_each(|text| vocabulary.add(axis, text, meaning));
                }
            }
        }
        let numbered = [
            ("months", DateWord::Month),
            ("months_in_dates", DateWord::Month),
            ("quarters", DateWord::Ordinal),
        ];
        for (list, word) in numbered {
            for (number, name) in (1..).zip(self.list(list)) {
                vocabulary.add(Axis::Date(word), name, &format!("{number}"));
            }
        }
        let lists = [
            (Axis::At, "at"),
            (Axis::HeadingBegins, "response_begins"),
            (Axis::HeadingEnds, "response_ends"),
        ];
        // Other words for a value, which are understood wherever its own is.
        self.teach_typed(Axis::Response, "typed.response", vocabulary);
        self.teach_typed(Axis::Status, "typed.status", vocabulary);
        let in_dates = DateWord::ALL.iter().map(|(word, name)| (Axis::Date(*word), *name));
        for (axis, name) in lists.into_iter().chain(in_dates) {
            self.teach_typed(axis, &format!("typed.{name}"), vocabulary);
        }
    }

    /// Adds a list of words, or lists of words by what they mean.
    fn teach_typed(&self, axis: Axis, key: &str, vocabulary: &mut Vocabulary) {
        self.list(key).iter().for_each(|word| vocabulary.add(axis, word, word));
        for (meaning, words) in self.group(key) {
            if let Phrase::List(words) = words {
                words.iter().for_each(|word| vocabulary.add(axis, word, meaning));
            }
        }
    }

    /// The phrases of a group, by their names within it.
    fn group(&self, group: &str) -> impl Iterator<Item = (&str, &Phrase)> {
        let prefix = format!("{group}.");
        self.phrases
            .iter()
            .filter_map(move |(key, phrase)| Some((key.strip_prefix(&prefix)?, phrase)))
    }
}

/// Fills in the places `{name}` of a text. A place without a value stays visible.
fn fill(text: &str, places: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let place = rest.find('}').and_then(|close| {
            let value = places.iter().find(|(name, _)| *name == &rest[1..close])?;
            Some((value.1, close + 1))
        });
        match place {
            Some((value, length)) => {
                out.push_str(value);
                rest = &rest[length..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_once_and_only_once() {
        assert_eq!(fill("{a} and {b} and {c", &[("a", "{b}"), ("b", "2")]), "{b} and 2 and {c");
    }

    #[test]
    fn russian_has_three_plurals() {
        let words = Words::new("ru");
        let categories: Vec<_> =
            [1, 2, 5, 11, 21, 22, 112].iter().map(|n| words.plural_category(*n)).collect();
        assert_eq!(categories, ["one", "few", "many", "many", "one", "few", "many"]);
    }
}

#[cfg(test)]
mod direction {
    use super::Direction::{self, LeftToRight, RightToLeft};

    #[test]
    fn the_first_letter_decides() {
        for (text, direction) in [
            ("**12.** The list", Some(LeftToRight)),
            ("(1) القائمة list", Some(RightToLeft)),
            ("רשימה", Some(RightToLeft)),
            ("12 %", None),
        ] {
            assert_eq!(Direction::of_text(text), direction, "{text}");
        }
    }
}
