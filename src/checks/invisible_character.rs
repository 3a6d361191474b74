//! Texts have no invisible characters.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{Span, is_unwanted};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "invisible-character",
    summary: "a control character, or one that changes the direction of writing",
    explanation: "Such characters come along when a text is copied from a PDF or another program. \
                  They cannot be seen, but they split words, hide them from searches, or show \
                  words in another order than they are written. Delete that place and type it \
                  again.",
    wrong: &["title: Publish \u{202e}the list", "title: Publish the\u{feff} list"],
    right: &["title: Publish the list"],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in context.texts().filter(|text| may_hide(&text.source)) {
        let mut hidden = hidden(&text.source);
        // One message for a text: a file that has one often has hundreds.
        let Some((at, c)) = hidden.next() else { continue };
        let further = hidden.count();
        let span = Span::new(text.file, at..at + c.len_utf8());
        let number = format!("U+{:04X}", u32::from(c));
        let message = match further {
            0 => format!("an invisible character, {number}"),
            _ => format!("an invisible character, {number}, and {further} more below"),
        };
        diagnostics
            .push(Diagnostic::of(&RULE, span, message).help("delete the place and type it again"));
    }
}

/// Whether a text has bytes with which such characters begin. Hardly any has, and bytes are
/// searched many at a time.
fn may_hide(text: &str) -> bool {
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    let begins = |byte: u8| is_control(byte) | matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef);
    text.as_bytes().chunks(64).any(|chunk| chunk.iter().fold(false, |any, b| any | begins(*b)))
}

/// The invisible characters of a text, with their places. At the top of a file U+FEFF is the mark of
/// UTF-8.
fn hidden(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices().filter(|(at, c)| is_unwanted(*c) && (*c != '\u{feff}' || *at > 0))
}
