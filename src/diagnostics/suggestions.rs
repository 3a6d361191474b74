//! "Did you mean", when there are many mistakes and many known words.

use std::collections::BTreeMap;

use super::nearest;

/// The most words that are compared for all mistakes together. With it a site of ten thousand files
/// and as many mistakes takes a moment; without it, minutes.
const MOST_COMPARED: usize = 1_000_000;

/// Known words, among which the nearest one is looked for. The same mistake is looked up once.
#[derive(Debug)]
pub struct Suggestions<'a> {
    known: Vec<&'a str>,
    asked: BTreeMap<String, Option<&'a str>>,
    compared: usize,
}

impl<'a> Suggestions<'a> {
    /// Suggestions from some known words.
    pub fn of(known: impl IntoIterator<Item = &'a str>) -> Self {
        Self { known: known.into_iter().collect(), asked: BTreeMap::new(), compared: 0 }
    }

    /// The known word that was most probably meant, if any is near enough. Also none once the limit
    /// of comparisons is used up.
    pub fn nearest(&mut self, typed: &str) -> Option<&'a str> {
        if let Some(near) = self.asked.get(typed) {
            return *near;
        }
        if self.compared > MOST_COMPARED {
            return None;
        }
        self.compared += self.known.len();
        let near = nearest(typed, self.known.iter().copied());
        self.asked.insert(typed.to_owned(), near);
        near
    }
}
