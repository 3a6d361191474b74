//! What is wrong, where, and how to say it.
//!
//! A mistake in the content is a value: every stage adds to the list and goes on, so that one run
//! reports them all.

mod concise;
mod edit;
mod fold;
mod listing;
mod github;
pub mod json;
mod rule;
mod sarif;
mod suggestions;
mod terminal;

use std::collections::BTreeMap;
use std::fmt;

use crate::source::{FileId, Span, is_invisible};

pub use edit::{Edit, apply, slip, withdraw_unsafe};
pub use fold::{Folded, More, by_code, fold};
pub use listing::{Listing, Place};
pub use rule::{Follows, Hides, Level, Rule};
pub use suggestions::Suggestions;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably a mistake; fails only a strict run.
    Warning,
    /// The content cannot be published as it is.
    Error,
}

impl Severity {
    /// The word that every format prints.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that is wrong with the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub rule: &'static Rule,
    /// How bad it is: as the rule says, or as the site asks for.
    pub severity: Severity,
    /// Where; none when a whole file is missing.
    pub span: Option<Span>,
    /// A lower-case phrase with the culprit in backticks.
    pub message: String,
    /// Other places involved, each with a phrase.
    pub labels: Vec<(Span, String)>,
    /// What to type instead.
    pub help: Option<String>,
    /// The change that fixes it, where only one is possible. It is boxed because few diagnostics
    /// have one, and a broken file may have a hundred thousand diagnostics.
    pub edit: Option<Box<Edit>>,
}

impl Diagnostic {
    /// Something wrong at a place.
    pub fn of(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::of_site(rule, message) }
    }

    /// Something wrong with the site as a whole.
    pub fn of_site(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            span: None,
            message: message.into(),
            labels: Vec::new(),
            help: None,
            edit: None,
        }
    }

    /// Names the problem, in kebab case: `unknown-key`.
    pub fn code(&self) -> &'static str {
        self.rule.code
    }

    /// Says what to type instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says "did you mean" where one of `known` is near to `typed`, and otherwise lists them.
    #[must_use]
    pub fn did_you_mean<'a>(
        self,
        typed: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) -> Self {
        match nearest(typed, known.clone()) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => {
                let all: Vec<String> = known.into_iter().map(|word| format!("`{word}`")).collect();
                if all.is_empty() {
                    self
                } else {
                    self.help(format!("use one of {}", all.join(", ")))
                }
            }
        }
    }

    /// Offers a change that fixes it, and says so in the help, so that the two never differ. Only
    /// for changes that cannot be wrong: `--fix` makes them without asking.
    #[must_use]
    pub fn edit(mut self, edit: Option<Edit>) -> Self {
        let Some(edit) = edit else { return self };
        let replacement = edit.replacement.trim();
        if !replacement.is_empty() && !replacement.contains('\n') {
            self.help = Some(format!("did you mean `{replacement}`?"));
        }
        self.edit = Some(Box::new(edit));
        self
    }

    /// Points at another place involved.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }
}

/// The known word that the author most probably meant, if any is near enough.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    known
        .into_iter()
        // A prefix often turns a word into its opposite: "unimplemented".
        .filter(|word| {
            let word = word.to_lowercase();
            typed.len() <= word.len() || !typed.ends_with(&word)
        })
        .map(|word| (strsim::jaro_winkler(&typed, &word.to_lowercase()), word))
        // The measure is a float only in form: both sides are finite.
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(similarity, _)| *similarity > 0.8)
        .map(|(_, word)| word)
}

/// Sorts into file order, the order in which people fix mistakes, and removes repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.span, a.code(), &a.message).cmp(&(b.span, b.code(), &b.message)));
    diagnostics.dedup();
}

/// The most diagnostics of one code in one file that are kept. A file may have as many mistakes as
/// characters, and nobody would read them all.
const MOST: usize = 1000;

/// Leaves out diagnostics beyond the limit, and says how many. They must be in order.
pub fn limit(diagnostics: &mut Vec<Diagnostic>) {
    let mut counts: BTreeMap<(FileId, &'static str), usize> = BTreeMap::new();
    let key = |diagnostic: &Diagnostic| Some((diagnostic.span?.file, diagnostic.code()));
    diagnostics.retain(|diagnostic| {
        let Some(key) = key(diagnostic) else { return true };
        let count = counts.entry(key).or_default();
        *count += 1;
        *count <= MOST
    });
    counts.retain(|_, count| *count > MOST);
    // The last one kept of its code and file mentions the rest.
    for diagnostic in diagnostics.iter_mut().rev() {
        if let Some(count) = key(diagnostic).and_then(|key| counts.remove(&key)) {
            diagnostic.message += &format!(", and {} more like it in this file", count - MOST);
        }
    }
}

/// How many there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Tally {
    /// Counts.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}

impl fmt::Display for Tally {
    /// `2 errors and 1 warning`; empty when there is nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> =
            [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
                .into_iter()
                .filter(|(n, _)| *n > 0)
                .map(|(n, word)| format!("{n} {word}{}", if n == 1 { "" } else { "s" }))
                .collect();
        match parts.as_slice() {
            [] => Ok(()),
            [only] => f.write_str(only),
            [init @ .., last] => write!(f, "{} and {last}", init.join(", ")),
        }
    }
}

/// A way to print diagnostics.
pub struct Renderer {
    /// What `--format` calls it.
    pub name: &'static str,
    /// Whether its output is a complete document, rather than lines among others.
    pub is_document: bool,
    /// Writes all of them, in the order given.
    pub render: fn(&Listing<'_>) -> String,
}

/// Every renderer, the default first.
pub const RENDERERS: &[Renderer] =
    &[terminal::RENDERER, concise::RENDERER, json::RENDERER, github::RENDERER, sarif::RENDERER];

/// A text that is safe to show in a terminal or a log: characters that would move the cursor,
/// change colours or reverse the direction of writing are replaced by their numbers. Messages quote
/// what authors typed.
pub(crate) fn visible(text: &str) -> String {
    let hidden = |c: char| (is_invisible(c) || c.is_control()) && c != '\n';
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match hidden(c) {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_is_near_or_nothing() {
        let known = ["deadline", "status", "title"];
        assert_eq!(nearest("dedline", known), Some("deadline"));
        assert_eq!(nearest("Status", known), Some("status"));
        assert_eq!(nearest("colour", known), None);
    }

    #[test]
    fn what_would_deceive_is_shown() {
        assert_eq!(visible("a\u{1b}[31mb\nc"), "a\\u{1b}[31mb\nc");
        assert_eq!(visible("x\u{202e}gpj"), "x\\u{202e}gpj");
        assert_eq!(visible("прогресс “x”"), "прогресс “x”");
    }

    #[test]
    fn what_nobody_would_read_is_counted() {
        let one = |at| Diagnostic::of(&Rule::WARNING, Span::new(FileId(0), at..at), "m");
        let mut all: Vec<Diagnostic> = (0..MOST + 5).map(one).collect();
        limit(&mut all);
        assert_eq!(all.len(), MOST);
        assert_eq!(all[MOST - 1].message, "m, and 5 more like it in this file");
        assert_eq!(all[0].message, "m");
    }

    #[test]
    fn tally_reads_as_a_sentence() {
        let tally = Tally { errors: 2, warnings: 1, notes: 0 };
        assert_eq!(tally.to_string(), "2 errors and 1 warning");
    }
}
