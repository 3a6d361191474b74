//! The text of an element that is left out as a whole: everything in it, shown or not.

use crate::import::xml::{Element, Namespace, is_on};

use super::numbering::integer;
use crate::import::symbols::symbol;

/// All text within, as the account counts it.
pub(super) fn plain_text(element: Element<'_>) -> String {
    let (text, codes) = plain_text_and_codes(element);
    if codes.is_empty() { text } else { format!("{text} {codes}") }
}

/// All text within, and the codes of fields apart from it.
pub(super) fn plain_text_and_codes(element: Element<'_>) -> (String, String) {
    let mut text = String::new();
    let mut codes = String::new();
    let mut after_change = 0;
    for inside in element.descendants() {
        match inside.key() {
            (Namespace::W, "p") if !text.is_empty() && !text.ends_with(' ') => text.push(' '),
            (Namespace::W | Namespace::A | Namespace::M, "t") => text.push_str(&inside.text()),
            (Namespace::W, "delText") => text.push_str(&inside.text()),
            (Namespace::W, "instrText" | "delInstrText") => codes.push_str(&inside.text()),
            (Namespace::W, "tab" | "br" | "cr") => text.push(' '),
            (Namespace::W, "sym") => {
                text.push(symbol_of(inside).unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            (Namespace::W, "noBreakHyphen") => text.push('\u{2011}'),
            (Namespace::W, "fldSimple") => {
                codes.push_str(inside.attribute(Namespace::W, "instr").unwrap_or_default());
            }
            (Namespace::W, "tblPrChange") => after_change = inside.end(),
            (Namespace::W, "tblCaption") if inside.index() >= after_change => {
                text.push_str(inside.val().unwrap_or_default());
            }
            (Namespace::W, "checkBox" | "ddList") => text.push_str(&form(inside)),
            (Namespace::M, "f") => text.push('/'),
            (Namespace::M, "rad") => text.push('√'),
            (Namespace::M, "nary") => text.push_str(&nary_sign(inside)),
            (Namespace::M, "d") => {
                let [open, close] = brackets(inside);
                text.push_str(&open);
                text.push_str(&close);
            }
            _ => {}
        }
    }
    (text.trim().to_owned(), codes.trim().to_owned())
}

/// What a field of a form shows: a box, or the chosen entry of a list.
pub(super) fn form(element: Element<'_>) -> String {
    if element.is(Namespace::W, "checkBox") {
        let state = element.w("checked").or_else(|| element.w("default"));
        return if state.is_some_and(|state| is_on(state.val())) { "☒" } else { "☐" }.to_owned();
    }
    let chosen = element
        .w("result")
        .and_then(|e| integer(e, "val"))
        .and_then(|n| usize::try_from(n).ok())
        .unwrap_or(0);
    let mut entries = element.children().filter(|child| child.is(Namespace::W, "listEntry"));
    entries.nth(chosen).and_then(Element::val).unwrap_or_default().to_owned()
}

/// The character of `w:sym`; none where the font is not known.
pub(super) fn symbol_of(element: Element<'_>) -> Option<char> {
    let code = u32::from_str_radix(element.attribute(Namespace::W, "char")?, 16).ok()?;
    let font = element.attribute(Namespace::W, "font").unwrap_or_default();
    // What is white space or invisible would not be found again by the account.
    symbol(font, code).filter(|character| !character.is_whitespace() && *character != '\u{ad}')
}

/// The sign of a sum, product or integral.
pub(super) fn nary_sign(element: Element<'_>) -> String {
    let sign = element.child(Namespace::M, "naryPr").and_then(|e| e.child(Namespace::M, "chr"));
    sign.map_or("∫", |sign| sign.attribute(Namespace::M, "val").unwrap_or_default()).to_owned()
}

/// The brackets around an expression.
pub(super) fn brackets(element: Element<'_>) -> [String; 2] {
    let properties = element.child(Namespace::M, "dPr");
    let sign = |name: &str, usual: &str| {
        let sign = properties.and_then(|properties| properties.child(Namespace::M, name));
        sign.map_or(usual, |sign| sign.attribute(Namespace::M, "val").unwrap_or_default())
            .to_owned()
    };
    [sign("begChr", "("), sign("endChr", ")")]
}
