//! Anchors of pages, and other names that must be unique.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::composed;

/// The names given on one page or in one folder, each of them unique.
#[derive(Debug, Default)]
pub struct Distinct {
    given: BTreeMap<String, usize>,
}

impl Distinct {
    /// Names, some of which are taken from the beginning.
    pub fn without<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        let mut distinct = Self::default();
        taken.into_iter().for_each(|name| drop(distinct.name(name)));
        distinct
    }

    /// The name itself the first time, then `name-2`, `name-3` …
    pub fn name(&mut self, name: &str) -> String {
        let times = self.given.entry(name.to_owned()).or_default();
        *times += 1;
        if *times == 1 {
            return name.to_owned();
        }
        let numbered = format!("{name}-{times}");
        // Something else may be called `name-2`.
        self.name(&numbered)
    }
}

/// The anchors that GitHub gives to the headings of a text: `notes`, then `notes-1`, `notes-2` …
#[derive(Debug, Default)]
pub struct GithubAnchors {
    given: BTreeSet<String>,
    /// How often each was asked for.
    times: BTreeMap<String, usize>,
}

impl GithubAnchors {
    /// Anchors, some of which are taken from the beginning.
    pub fn without<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        let given: BTreeSet<String> = taken.into_iter().map(str::to_owned).collect();
        let times = given.iter().map(|name| (name.clone(), 1)).collect();
        Self { given, times }
    }

    /// The anchor of the next heading with these words.
    pub fn of(&mut self, words: &str) -> String {
        let plain = github_anchor(words);
        let times = self.times.entry(plain.clone()).or_default();
        loop {
            let name = match *times {
                0 => plain.clone(),
                n => format!("{plain}-{n}"),
            };
            *times += 1;
            // Another heading may be called "Notes 1".
            if self.given.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// The words of a heading as GitHub's anchor of it: lower case, hyphens for spaces, no punctuation.
pub fn github_anchor(words: &str) -> String {
    let words = composed(words.trim()).to_lowercase();
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
    if anchor.is_empty() { "section".to_owned() } else { anchor }
}

/// The ids that the templates of pages use, which no heading of a text may have.
pub const IDS_OF_PAGES: [&str; 24] = [
    "actions",
    "changes",
    "documents",
    "dropped",
    "earlier",
    "facts",
    "further",
    "history",
    "latest",
    "main",
    "mentioned",
    "new",
    "next",
    "over-time",
    "overdue",
    "parts",
    "recommendations",
    "related",
    "reports",
    "responders",
    "responses",
    "summary",
    "table",
    "where",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_headings_are_numbered_as_on_github() {
        let mut anchors = GithubAnchors::without(["summary"]);
        let all = ["Notes", "Notes", "Notes 1", "Notes", "Summary"].map(|words| anchors.of(words));
        assert_eq!(all, ["notes", "notes-1", "notes-1-1", "notes-2", "summary-1"]);
    }
}
