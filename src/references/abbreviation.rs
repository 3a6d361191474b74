//! Abbreviations and terms of the site's glossary: whole words, the case as given.

use std::collections::BTreeMap;

use super::{Known, Match, Scheme};

pub(super) const SCHEME: Scheme = Scheme { name: "abbreviation", find };

/// The terms of a glossary in all their written forms.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// The forms by their first word, the longest first: "CIS ICIS" before "CIS".
    by_first_word: BTreeMap<String, Vec<String>>,
}

impl Terms {
    /// The written forms. A form that is given twice counts once.
    pub fn new(forms: impl IntoIterator<Item = String>) -> Self {
        let mut by_first_word: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for form in forms {
            let first = words(&form).next();
            if let Some(word) = first {
                by_first_word.entry(form[word].to_owned()).or_default().push(form);
            }
        }
        for forms in by_first_word.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
            forms.dedup();
        }
        Self { by_first_word }
    }
}

/// The key is the written form: which term it belongs to is for the glossary to say.
fn find(text: &str, known: &Known, out: &mut Vec<Match>) {
    if known.terms.by_first_word.is_empty() {
        return;
    }
    let mut done = 0;
    for word in words(text) {
        if word.start < done {
            continue;
        }
        let Some(forms) = known.terms.by_first_word.get(&text[word.clone()]) else {
            continue;
        };
        let fits = |form: &&String| {
            let rest = text[word.start..].strip_prefix(form.as_str());
            rest.is_some_and(|rest| !rest.starts_with(is_word))
        };
        if let Some(form) = forms.iter().find(fits) {
            done = word.start + form.len();
            out.push(Match { range: word.start..done, key: form.clone() });
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// The words of a text: runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(is_word)?;
        let end = text[start..].find(|c| !is_word(c)).map_or(text.len(), |length| start + length);
        from = end;
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_whole_word_wins() {
        let forms = ["CIS", "CIS ICIS", "ICIS", "COP", "COP-11", "tbc"];
        let known = Known { terms: Terms::new(forms.map(str::to_owned)) };
        let mut out = Vec::new();
        find("The CIS ICIS, the CIS, COP-11 and COP-110, copy, TBC, tbc.", &known, &mut out);
        let keys: Vec<_> = out.iter().map(|m| m.key.as_str()).collect();
        assert_eq!(keys, ["CIS ICIS", "CIS", "COP-11", "COP", "tbc"]);
    }
}
