//! What looks like a reference, but cannot be followed as it is.

use std::ops::Range;

use crate::diagnostics::Diagnostic;
use crate::source::Span;

/// A place that looks like a reference, and what is doubtful about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncertain {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What is doubtful.
    pub doubt: Doubt,
}

/// Why something that looks like a reference is not taken for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A document symbol with a mistake, and what was meant where that can be told.
    SuspiciousSymbol {
        /// The symbol as it would be right.
        meant: Option<String>,
    },
    /// A number after a symbol, which may be the next document or no document at all.
    AmbiguousSymbol {
        /// The document that it may be.
        maybe: String,
    },
    /// A resolution of an organ that nobody names.
    AmbiguousResolution,
    /// A target or indicator that the Sustainable Development Goals do not have.
    UnknownTarget {
        /// The targets of its goal, or the goals.
        known: String,
    },
}

impl Doubt {
    /// The codes of the diagnostics that say a doubt.
    pub const CODES: [&str; 4] =
        ["suspicious-symbol", "ambiguous-symbol", "ambiguous-resolution", "unknown-sdg-target"];
}

impl Uncertain {
    /// Says it to the author of a text.
    pub fn diagnostic(&self, text: &str, at: Span) -> Diagnostic {
        let shown = text.get(self.range.clone()).unwrap_or("");
        match &self.doubt {
            Doubt::SuspiciousSymbol { meant } => {
                let message = format!("`{shown}` is not quite a document symbol, so it is no link");
                let diagnostic = Diagnostic::warning("suspicious-symbol", at, message);
                match meant {
                    Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                    None => diagnostic.help("look the symbol up at https://docs.un.org"),
                }
            }
            Doubt::AmbiguousSymbol { maybe } => {
                let message = format!("`{shown}` may be a document or a number, so it is no link");
                Diagnostic::warning("ambiguous-symbol", at, message)
                    .help(format!("if it is a document, write `{maybe}`"))
            }
            Doubt::AmbiguousResolution => {
                let message =
                    format!("`{shown}` may be a resolution of any organ, so it is no link");
                Diagnostic::note("ambiguous-resolution", at, message).help(
                    "write whose it is before the word: General Assembly, Security Council, \
                     Economic and Social Council or Human Rights Council; or say it for all of a \
                     report with `organ: …` in its `report.md`",
                )
            }
            Doubt::UnknownTarget { known } => {
                let message = match shown.contains('.') {
                    true => format!("there is no SDG target `{shown}`"),
                    false => format!("there is no Sustainable Development Goal `{shown}`"),
                };
                Diagnostic::error("unknown-sdg-target", at, message).help(known.clone())
            }
        }
    }
}
