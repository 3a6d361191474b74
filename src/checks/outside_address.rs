//! What is reported about an address on another site, once `recto check --external` has asked it.

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::Span;

pub(crate) const BROKEN_ADDRESS: Rule = Rule {
    code: "broken-address",
    summary: "an address on another site that is gone: its host answers 404 or 410",
    explanation: "Only `recto check --external` asks. Find its new address, or a copy in a web \
                  archive.",
    ..Rule::ERROR
};

pub(crate) const MOVED_ADDRESS: Rule = Rule {
    code: "moved-address",
    summary: "an address on another site that has moved for good",
    explanation: "It still works today. Only `recto check --external` asks. Look at the new \
                  address before you use it: sites that remove a page often redirect to their \
                  front page.",
    ..Rule::NOTE
};

pub(crate) const BLOCKED_ADDRESS: Rule = Rule {
    code: "blocked-address",
    summary: "an address on another site whose host refuses programs",
    explanation: "It answers 403, 429 or the like, which says nothing about the address. Only \
                  `recto check --external` asks. Open it in a browser.",
    ..Rule::NOTE
};

pub(crate) const UNREACHABLE_ADDRESS: Rule = Rule {
    code: "unreachable-address",
    summary: "an address on another site that gave no answer",
    explanation: "Its host is down, slow or unknown, or its answer makes no sense. Only \
                  `recto check --external` asks. Try again later, or open it in a browser.",
    ..Rule::NOTE
};

/// The rules about addresses on other sites.
pub(crate) const RULES: &[&Rule] =
    &[&BROKEN_ADDRESS, &MOVED_ADDRESS, &BLOCKED_ADDRESS, &UNREACHABLE_ADDRESS];

/// What is known about an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is there.
    Fine,
    /// It is there, and every redirection on the way to it is permanent.
    Moved(String),
    /// Its host says that it is not there: 404 or 410.
    Broken(u16),
    /// Its host refuses programs, with the reason.
    Blocked(String),
    /// No answer, or none that makes sense, with the reason.
    Unreachable(String),
}

/// The most other places of an address that are shown.
const LABELS: usize = 3;

/// The result of asking an address, at the places that link to it; none where it is fine.
pub fn diagnostic(address: &str, answer: &Answer, places: &[Span]) -> Option<Diagnostic> {
    let (first, others) = places.split_first()?;
    let diagnostic = match answer {
        Answer::Fine => return None,
        Answer::Moved(to) => {
            let message = format!("`{address}` has moved for good");
            Diagnostic::of(&MOVED_ADDRESS, *first, message)
                .help(format!("it is now at `{to}`; check that this is still what you meant"))
        }
        Answer::Broken(status) => {
            let message = format!("`{address}` is gone: its host answers {status}");
            Diagnostic::of(&BROKEN_ADDRESS, *first, message)
                .help("find its new address, or a copy at `https://web.archive.org`")
        }
        Answer::Blocked(reason) => {
            let message = format!("`{address}` cannot be checked: {reason}");
            Diagnostic::of(&BLOCKED_ADDRESS, *first, message)
                .help("open it in a browser to see whether it is still there")
        }
        Answer::Unreachable(reason) => {
            let message = format!("`{address}` gives no answer: {reason}");
            Diagnostic::of(&UNREACHABLE_ADDRESS, *first, message)
                .help("try again later, or open it in a browser")
        }
    };
    let others = others.iter().take(LABELS);
    Some(others.fold(diagnostic, |diagnostic, place| diagnostic.label(*place, "and here")))
}
