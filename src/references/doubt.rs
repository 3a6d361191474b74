//! What looks like a reference, but cannot be followed as it is.

use std::ops::Range;

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::Span;

pub(crate) const SUSPICIOUS_SYMBOL: Rule = Rule {
    code: "suspicious-symbol",
    summary: "something that is not quite a document symbol, and so is not linked",
    explanation: "A letter, a slash or a number is wrong or missing, so the document cannot be \
                  found. Where the help suggests a symbol, compare it with the document; otherwise \
                  look it up at https://docs.un.org.",
    wrong: &["\n## Recommendation\n\nSee A/C3/39/4 and ECE/TRAN/2022/6."],
    right: &["\n## Recommendation\n\nSee A/C.3/39/4 and ECE/TRANS/2022/6."],
    ..Rule::WARNING
};

pub(crate) const AMBIGUOUS_SYMBOL: Rule = Rule {
    code: "ambiguous-symbol",
    summary: "a number after a document symbol that may be a second document, or only a number",
    explanation: "Write the second symbol in full if it is one.",
    wrong: &["\n## Recommendation\n\nSee A/S-10/AC.1/10 and 11."],
    right: &["\n## Recommendation\n\nSee A/S-10/AC.1/10 and A/S-10/AC.1/11."],
    ..Rule::WARNING
};

pub(crate) const AMBIGUOUS_RESOLUTION: Rule = Rule {
    code: "ambiguous-resolution",
    summary: "a resolution without the organ that adopted it",
    explanation: "Name the organ before it. If all resolutions that a report cites are of one \
                  organ, write `organ: General Assembly` in its `report.md`.",
    wrong: &["\n## Recommendation\n\nSee resolution 1/4."],
    right: &["\n## Recommendation\n\nSee General Assembly resolution 70/1."],
    ..Rule::NOTE
};

pub(crate) const UNKNOWN_SDG_TARGET: Rule = Rule {
    code: "unknown-sdg-target",
    summary: "a target or goal that the Sustainable Development Goals do not have",
    explanation: "There are 17 goals; the help lists the targets of the goal that is named.",
    wrong: &["\n## Recommendation\n\nThis serves SDG target 13.9."],
    right: &["\n## Recommendation\n\nThis serves SDG target 13.1."],
    ..Rule::ERROR
};

/// A place that looks like a reference, and what is doubtful about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncertain {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What is doubtful.
    pub doubt: Doubt,
}

/// Why something that looks like a reference is not treated as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A document symbol with a mistake, and what was meant where that is clear.
    SuspiciousSymbol {
        /// The correct symbol.
        meant: Option<String>,
    },
    /// A number after a symbol, which may be the next document or no document at all.
    AmbiguousSymbol {
        /// The document that it may be.
        maybe: String,
    },
    /// A resolution whose organ is not named.
    AmbiguousResolution,
    /// A target or indicator that the Sustainable Development Goals do not have.
    UnknownTarget {
        /// The targets of its goal, or the goals.
        known: String,
    },
}

impl Uncertain {
    /// The diagnostic for the author of a text.
    pub fn diagnostic(&self, text: &str, at: Span) -> Diagnostic {
        let shown = text.get(self.range.clone()).unwrap_or("");
        match &self.doubt {
            Doubt::SuspiciousSymbol { meant } => {
                let message =
                    format!("`{shown}` is not quite a document symbol, so it is not linked");
                let diagnostic = Diagnostic::of(&SUSPICIOUS_SYMBOL, at, message);
                match meant {
                    Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                    None => diagnostic.help("look the symbol up at https://docs.un.org"),
                }
            }
            Doubt::AmbiguousSymbol { maybe } => {
                let message =
                    format!("`{shown}` may be a document or only a number, so it is not linked");
                Diagnostic::of(&AMBIGUOUS_SYMBOL, at, message)
                    .help(format!("if it is a document, write `{maybe}`"))
            }
            Doubt::AmbiguousResolution => {
                let message =
                    format!("`{shown}` may be a resolution of any organ, so it is not linked");
                Diagnostic::of(&AMBIGUOUS_RESOLUTION, at, message).help(
                    "name the organ before the word: General Assembly, Security Council, Economic \
                     and Social Council or Human Rights Council; or name it for the whole report \
                     with `organ: …` in its `report.md`",
                )
            }
            Doubt::UnknownTarget { known } => {
                let message = match shown.contains('.') {
                    true => format!("there is no SDG target `{shown}`"),
                    false => format!("there is no Sustainable Development Goal `{shown}`"),
                };
                Diagnostic::of(&UNKNOWN_SDG_TARGET, at, message).help(known.clone())
            }
        }
    }
}
