//! Anchors of pages, and other names that must be unique.

use std::collections::BTreeMap;

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

/// The words of a heading as GitHub's anchor of it: lower case, hyphens for spaces, no punctuation.
pub fn github_anchor(words: &str) -> String {
    let words = words.trim().to_lowercase();
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
    if anchor.is_empty() { "section".to_owned() } else { anchor }
}

/// The ids that the templates of pages use, which no heading of a text may have.
pub const IDS_OF_PAGES: [&str; 15] = [
    "actions",
    "documents",
    "facts",
    "further",
    "history",
    "latest",
    "mentioned",
    "main",
    "overdue",
    "related",
    "reports",
    "summary",
    "table",
    "where",
    "recommendations",
];
