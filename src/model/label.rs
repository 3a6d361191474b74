//! The number of a recommendation: a label, whose order is not alphabetical.

use std::cmp::Ordering;
use std::fmt;

use crate::yaml::{FromYaml, Reader, Schema, Value, text_schema};

/// The number of a recommendation as its report prints it: `1`, `2a`, `II.3`, `25-E-05-040.01`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label(pub String);

/// A run of like characters in a label; the kinds are in sorting order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LabelRun<'a> {
    /// Compared by value: without leading zeros, a longer number is larger.
    Number {
        length: usize,
        digits: &'a str,
    },
    /// I to XXXIX. Larger ones are not numbers of recommendations, and C, D, L and M are letters.
    Roman(u32),
    Text(&'a str),
}

impl Label {
    /// Whether another label is the same number: `01` is the same as `1`.
    pub fn is_same_number(&self, other: &Self) -> bool {
        let is_plain = |label: &Self| label.0.bytes().all(|byte| byte.is_ascii_digit());
        self == other || (is_plain(self) && is_plain(other) && self.runs().eq(other.runs()))
    }

    /// The runs of the label between its punctuation.
    fn runs(&self) -> impl Iterator<Item = LabelRun<'_>> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
            let first = rest.chars().next()?;
            let end = rest
                .find(|c: char| {
                    !c.is_alphanumeric() || c.is_ascii_digit() != first.is_ascii_digit()
                })
                .unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            rest = after;
            Some(if first.is_ascii_digit() {
                let digits = run.trim_start_matches('0');
                LabelRun::Number { length: digits.len(), digits }
            } else {
                roman(run).map_or(LabelRun::Text(run), LabelRun::Roman)
            })
        })
    }

    /// A label without its brackets and in small letters, to compare it: `(a)`, `a)` and `A` are one.
    pub fn bare(label: &str) -> String {
        label.trim_matches(['(', ')', '.', ' ']).to_lowercase()
    }

    /// The label as part of an address: letters, digits, `.`, `-` and `_` stay, any other
    /// character becomes `-`. Two labels on one address are reported where addresses are given.
    pub fn slug(&self) -> String {
        let keep = |c: char| {
            if c.is_alphanumeric() || ".-_".contains(c) { c } else { '-' }
        };
        let slug: String = self.0.chars().map(keep).collect();
        slug.trim_matches(['-', '.']).to_owned()
    }
}

/// The value of a Roman numeral from I to XXXIX.
fn roman(text: &str) -> Option<u32> {
    let tens = text.bytes().take_while(|b| *b == b'X').count();
    let ones = match &text[tens..] {
        "" => 0,
        "I" => 1,
        "II" => 2,
        "III" => 3,
        "IV" => 4,
        "V" => 5,
        "VI" => 6,
        "VII" => 7,
        "VIII" => 8,
        "IX" => 9,
        _ => return None,
    };
    (tens <= 3 && !text.is_empty()).then(|| u32::try_from(tens * 10).unwrap_or(0) + ones)
}

impl Ord for Label {
    fn cmp(&self, other: &Self) -> Ordering {
        // Labels of the same runs, such as `1.2` and `1-2`, still differ.
        self.runs().cmp(other.runs()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromYaml for Label {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let label = Self(String::from_yaml(value, reader)?);
        if label.slug().is_empty() {
            reader.expected("a number such as `1`, `2a` or `II.3`", value);
            return None;
        }
        Some(label)
    }

    fn schema() -> Schema {
        text_schema()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_natural() {
        let sorted = [
            "1",
            "2",
            "2a",
            "2b",
            "10",
            "10.1",
            "10.2",
            "10.10",
            "25-E-05-039.02",
            "25-E-05-040.01",
            "I.1",
            "II.3",
            "III.1",
            "IX.1",
            "X.1",
            "A",
            "B",
        ];
        let mut labels: Vec<Label> = sorted.iter().rev().map(|l| Label((*l).to_owned())).collect();
        labels.sort();
        assert_eq!(labels.iter().map(|l| l.0.as_str()).collect::<Vec<_>>(), sorted);
    }

    #[test]
    fn zeros_before_a_number_make_no_other() {
        let same = |a: &str, b: &str| Label(a.to_owned()).is_same_number(&Label(b.to_owned()));
        assert!(same("1", "01") && same("10", "010") && same("2a", "2a"));
        assert!(!same("1", "10") && !same("1.2", "1-2") && !same("2a", "02a") && !same("II", "2"));
    }

    #[test]
    fn a_label_is_an_address() {
        for (label, slug) in
            [("2a", "2a"), ("II.3", "II.3"), ("3/2", "3-2"), ("№ 4.", "4"), ("..", "")]
        {
            assert_eq!(Label(label.to_owned()).slug(), slug);
        }
    }

    proptest::proptest! {
        #[test]
        fn the_order_is_an_order(a in "[0-9a-zIVX./-]{0,6}", b in "[0-9a-zIVX./-]{0,6}", c in "[0-9a-zIVX./-]{0,6}") {
            let (a, b, c) = (Label(a), Label(b), Label(c));
            proptest::prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            if a <= b && b <= c {
                proptest::prop_assert!(a <= c);
            }
        }
    }
}
