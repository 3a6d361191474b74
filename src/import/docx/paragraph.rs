//! What is within a paragraph: runs, links, fields and changes.

use std::rc::Rc;

use crate::import::document::{ForeignBlock, ForeignPiece, LeftOutKind, TextPiece};
use crate::import::error::ReadError;
use crate::import::package::PartTarget;
use crate::import::xml::{Element, Namespace};

use super::fields::{self, Phase, WordField};
use super::plain::{form, symbol_of};
use super::reader::{NoteKind, ReaderContext, WordReader};
use super::styles::{ShownStyle, Style, ToggleLevels, WordLook};

/// A paragraph in the making.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<ForeignPiece>,
    /// What is in boxes anchored here: it follows the paragraph.
    pub(super) floating: Vec<ForeignBlock>,
    /// How the style of the paragraph makes its text look.
    pub(super) look: Rc<WordLook>,
}

impl Line {
    /// Adds text, to the last piece where it looks and links the same.
    pub(super) fn push(&mut self, text: &str, shown: ShownStyle, link: Option<&str>) {
        // Soft hyphens show only where a line ends, which is not here.
        let text: String = text.chars().filter(|character| *character != '\u{ad}').collect();
        if text.is_empty() {
            return;
        }
        let link = link.map(str::to_owned);
        let ShownStyle { bold, italic, struck, script, .. } = shown;
        let piece = TextPiece { text, bold, italic, struck, script, link };
        match self.pieces.last_mut() {
            Some(ForeignPiece::Text(last)) if looks_same(last, &piece) => {
                last.text.push_str(&piece.text)
            }
            _ => self.pieces.push(ForeignPiece::Text(piece)),
        }
    }

    /// Continues with another line.
    pub(super) fn extend(&mut self, next: Self) {
        let mut pieces = next.pieces.into_iter();
        if let Some(first) = pieces.next() {
            match (self.pieces.last_mut(), first) {
                (Some(ForeignPiece::Text(last)), ForeignPiece::Text(first))
                    if looks_same(last, &first) =>
                {
                    last.text.push_str(&first.text);
                }
                (_, first) => self.pieces.push(first),
            }
        }
        self.pieces.extend(pieces);
        self.floating.extend(next.floating);
    }
}

fn looks_same(a: &TextPiece, b: &TextPiece) -> bool {
    (a.bold, a.italic, a.struck, a.script, &a.link)
        == (b.bold, b.italic, b.struck, b.script, &b.link)
}

impl<'t> WordReader<'t, '_, '_> {
    /// Reads everything within an element of a paragraph.
    pub(super) fn inline_children(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        element.children().try_for_each(|child| self.inline(child, context, line))
    }

    /// Reads an element of a paragraph.
    pub(super) fn inline(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        match element.key() {
            (Namespace::W, "r") => self.run(element, context, line),
            (Namespace::W, "hyperlink") => {
                let link =
                    hyperlink(element, context).map(Rc::from).or_else(|| context.link.clone());
                self.inline_children(element, &ReaderContext { link, ..context.clone() }, line)
            }
            (Namespace::W, "ins" | "del" | "moveFrom" | "moveTo") => {
                let context = self.changed(element, context);
                self.inline_children(element, &context, line)
            }
            (Namespace::W, "fldSimple") => {
                let code = element.attribute(Namespace::W, "instr").unwrap_or_default();
                self.code(code, context);
                let link = fields::link(code).map(Rc::from);
                self.fields.push(WordField { code: code.to_owned(), phase: Phase::Result, link });
                let result = self.inline_children(element, context, line);
                self.fields.pop();
                result
            }
            (Namespace::W, "sdt") => match element.w("sdtContent") {
                Some(content) => self.inline_children(content, context, line),
                None => Ok(()),
            },
            (Namespace::W, "smartTag" | "customXml" | "dir" | "bdo") => {
                self.inline_children(element, context, line)
            }
            (Namespace::Mc, "AlternateContent") => match self.branch(element) {
                Some(branch) => self.inline_children(branch, context, line),
                None => Ok(()),
            },
            (Namespace::M, "oMath" | "oMathPara") => {
                let shown = ToggleLevels {
                    defaults: &self.parts.styles.defaults,
                    table: &context.table,
                    paragraph: &line.look,
                    character: &WordLook::default(),
                    direct: &WordLook::default(),
                }
                .shown();
                self.math(element, shown, context, line)
            }
            (Namespace::W, "subDoc" | "altChunk") => {
                self.leave_out(LeftOutKind::Drawing, "", None);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The code of a field, which is never shown.
    fn code(&mut self, code: &str, context: &ReaderContext<'t>) {
        match &context.gone {
            Some(gone) => self.leave_out(gone.kind, code, gone.by.clone()),
            None => self.leave_out(LeftOutKind::FieldCode, code, None),
        }
    }

    /// The character style that `w:rPr` names.
    pub(super) fn character_style(&self, look: Element<'t>) -> Option<&'t Style> {
        look.w("rStyle").and_then(Element::val).and_then(|id| self.parts.styles.style(id))
    }

    fn run(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        let current = element.w("rPr");
        let properties =
            match current.and_then(|current| self.old_look(current, "rPrChange", "rPr")) {
                Some(old) => Some(old),
                None => current,
            };
        let nothing = WordLook::default();
        let direct = properties.map(WordLook::read).unwrap_or_default();
        let paragraph = Rc::clone(&line.look);
        let levels = ToggleLevels {
            defaults: &self.parts.styles.defaults,
            table: &context.table,
            paragraph: &paragraph,
            character: properties
                .and_then(|e| self.character_style(e))
                .map_or(&nothing, |style| &style.look),
            direct: &direct,
        };
        let shown = levels.shown();
        let language = levels.nearest(|look| look.language.clone());
        for child in element.children() {
            if child.is(Namespace::W, "t") {
                self.count_language(language.clone(), &child.text());
            }
            self.run_content(child, shown, context, line)?;
        }
        Ok(())
    }

    fn run_content(
        &mut self,
        element: Element<'t>,
        shown: ShownStyle,
        context: &ReaderContext<'t>,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        self.check_links()?;
        match element.key() {
            (Namespace::W, "t" | "delText") => self.put(&spaced(element), shown, context, line),
            (Namespace::W, "instrText" | "delInstrText") => {
                if self.fields.iter().any(|field| field.phase == Phase::Code) {
                    self.put(&element.text(), shown, context, line);
                } else {
                    // A code outside any field is not shown either.
                    self.code(&element.text(), context);
                }
            }
            (Namespace::W, "fldChar") => self.field_mark(element, shown, context, line),
            (Namespace::W, "tab" | "ptab") => self.put("\t", shown, context, line),
            (Namespace::W, "noBreakHyphen") => self.put("\u{2011}", shown, context, line),
            (Namespace::W, "br" | "cr") => {
                let is_page =
                    matches!(element.attribute(Namespace::W, "type"), Some("page" | "column"));
                // A paragraph that begins on a new page does not begin with an empty line.
                if self.hidden(shown, context).is_none() && !(is_page && line.pieces.is_empty()) {
                    line.pieces.push(ForeignPiece::LineBreak);
                }
            }
            (Namespace::W, "sym") => match symbol_of(element) {
                Some(symbol) => self.put(symbol.encode_utf8(&mut [0; 4]), shown, context, line),
                // A sign of a font that is not known cannot be written; it still counts as one.
                None => self.leave_out(LeftOutKind::Drawing, "\u{fffd}", None),
            },
            (Namespace::W, "footnoteReference") => {
                self.note(NoteKind::Footnote, element, shown, context, line)?
            }
            (Namespace::W, "endnoteReference") => {
                self.note(NoteKind::Endnote, element, shown, context, line)?
            }
            (Namespace::W, "commentReference") => {
                self.note(NoteKind::Comment, element, shown, context, line)?
            }
            (Namespace::W, "drawing" | "pict") => self.drawing(element, shown, context, line)?,
            (Namespace::W, "object") => self.object(element, shown, context),
            (Namespace::W, "contentPart") => self.leave_out(LeftOutKind::Drawing, "", None),
            (Namespace::W, "ruby") => {
                // The reading is small above what it explains; here it follows it.
                for part in
                    element.children().filter(|child| matches!(child.key().1, "rubyBase" | "rt"))
                {
                    self.inline_children(part, context, line)?;
                }
            }
            (Namespace::Mc, "AlternateContent") => {
                if let Some(branch) = self.branch(element) {
                    branch
                        .children()
                        .try_for_each(|child| self.run_content(child, shown, context, line))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn field_mark(
        &mut self,
        element: Element<'t>,
        shown: ShownStyle,
        context: &ReaderContext<'t>,
        line: &mut Line,
    ) {
        let kind = element.attribute(Namespace::W, "fldCharType");
        let form_field =
            element.w("ffData").and_then(|data| data.w("checkBox").or_else(|| data.w("ddList")));
        if let Some(field) = form_field {
            self.put(&form(field), shown, context, line);
        }
        if context.part.unmatched.contains(&element.index()) {
            return;
        }
        match kind {
            Some("begin") => self.fields.push(WordField::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.phase = Phase::Result;
                    field.link = fields::link(&field.code).map(Rc::from);
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }
}

/// Where `w:hyperlink` leads.
fn hyperlink(element: Element<'_>, context: &ReaderContext<'_>) -> Option<String> {
    let target = element.attribute(Namespace::R, "id").and_then(|id| context.part.targets.get(id));
    let address = match target {
        Some(PartTarget::Outside(address)) => address,
        _ => "",
    };
    fields::joined(address, element.attribute(Namespace::W, "anchor"))
}

/// The text of `w:t`: white space around it counts only where the file says so, and a line break is a space.
fn spaced(element: Element<'_>) -> String {
    let text = element.text();
    let is_kept = element.attribute(Namespace::Xml, "space") == Some("preserve");
    let is_space = |character: char| matches!(character, ' ' | '\t' | '\n' | '\r');
    let text = if is_kept { text.as_str() } else { text.trim_matches(is_space) };
    text.replace(['\n', '\r'], " ")
}

/// Makes no-break hyphens plain where they are part of a document symbol (`ECE/CP.TEIA/38‑Add.1`): there
/// they only keep a line together, and a search for the symbol would not find them. A symbol is a word
/// with a slash, a digit and a capital letter.
pub(super) fn plain_hyphens(pieces: &mut [ForeignPiece]) {
    for line in pieces.split_mut(|piece| !matches!(piece, ForeignPiece::Text(_))) {
        let text: String = line
            .iter()
            .map(|piece| if let ForeignPiece::Text(text) = piece { text.text.as_str() } else { "" })
            .collect();
        if !text.contains('\u{2011}') {
            continue;
        }
        let plain: String =
            text.split_inclusive(char::is_whitespace).map(plain_in_symbol).collect();
        let mut characters = plain.chars();
        for piece in line {
            if let ForeignPiece::Text(text) = piece {
                text.text = characters.by_ref().take(text.text.chars().count()).collect();
            }
        }
    }
}

fn plain_in_symbol(word: &str) -> String {
    let is_symbol = word.contains('/')
        && word.contains(char::is_uppercase)
        && word.contains(|c: char| c.is_ascii_digit());
    if is_symbol { word.replace('\u{2011}', "-") } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_are_plain_in_symbols_only() {
        let text = |text: &str, bold| {
            ForeignPiece::Text(TextPiece { text: text.to_owned(), bold, ..TextPiece::default() })
        };
        let mut pieces = vec![
            text("see ECE/", false),
            text("38\u{2011}Add.1 and non\u{2011}", true),
            text("legal", false),
        ];
        plain_hyphens(&mut pieces);
        assert_eq!(
            pieces,
            [text("see ECE/", false), text("38-Add.1 and non\u{2011}", true), text("legal", false)]
        );
    }
}
