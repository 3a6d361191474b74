//! What is wrong, where, and how to say it.
//!
//! A mistake in the content is a value: every stage adds to the list and goes on, so that one run
//! reports them all.

mod concise;
mod terminal;

use std::fmt;

use crate::source::{Input, Span};

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
    /// Names the problem, in kebab case: `unknown-key`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where; none when a whole file is missing.
    pub span: Option<Span>,
    /// A lower-case phrase with the culprit in backticks.
    pub message: String,
    /// Other places involved, each with a phrase.
    pub labels: Vec<(Span, String)>,
    /// What to type instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, Some(span), message.into())
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, Some(span), message.into())
    }

    /// A note at a place.
    pub fn note(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, Some(span), message.into())
    }

    /// An error of the site as a whole.
    pub fn site_error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, None, message.into())
    }

    fn new(code: &'static str, severity: Severity, span: Option<Span>, message: String) -> Self {
        Self { code, severity, span, message, labels: Vec::new(), help: None }
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
        .map(|word| (strsim::jaro_winkler(&typed, &word.to_lowercase()), word))
        // The measure is a float only in form: both sides are finite.
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(similarity, _)| *similarity > 0.8)
        .map(|(_, word)| word)
}

/// Sorts into file order and takes out repetitions: the order in which people mend.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    diagnostics.dedup();
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

/// A way to say diagnostics.
pub struct Renderer {
    /// What `--format` calls it.
    pub name: &'static str,
    /// Writes all of them, in the order given.
    pub render: fn(&Input, &[Diagnostic]) -> String,
}

/// Every renderer, the default first.
pub const RENDERERS: &[Renderer] = &[terminal::RENDERER, concise::RENDERER];

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
    fn tally_reads_as_a_sentence() {
        let tally = Tally { errors: 2, warnings: 1, notes: 0 };
        assert_eq!(tally.to_string(), "2 errors and 1 warning");
    }
}
