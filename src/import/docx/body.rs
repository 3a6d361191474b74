//! The blocks of a story: the body, a cell, a note or a text box.

use std::rc::Rc;

use crate::import::document::{ForeignBlock, ForeignPiece, LeftOutKind, Paragraph, ShownLabel};
use crate::import::error::ReadError;
use crate::import::xml::{Element, Namespace};

use super::changes;
use super::paragraph::{Line, plain_hyphens};
use super::reader::{ReaderContext, WordReader};
use super::styles::{ListReference, ShownStyle, Style, ToggleLevels, WordLook, outline};

/// The blocks of a story so far.
#[derive(Default)]
pub(super) struct BodyFlow {
    pub(super) blocks: Vec<ForeignBlock>,
    /// A paragraph whose mark is not there: the next one continues it.
    carried: Option<Carried>,
    /// How many paragraphs the file has had so far.
    pub(super) paragraphs: usize,
}

#[derive(Default)]
struct Carried {
    line: Line,
    /// The heading and label that it keeps: those of a hidden mark. A removed mark takes its own with it.
    own: Option<(Option<u8>, Option<ShownLabel>)>,
}

/// What the mark at the end of a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ParagraphMark {
    Shown,
    /// Hidden text: the next paragraph continues on the same line.
    Hidden,
    /// Removed by a tracked change.
    Gone,
}

impl<'t> WordReader<'t, '_, '_> {
    /// Reads all blocks within an element.
    pub(super) fn story(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
    ) -> Result<Vec<ForeignBlock>, ReadError> {
        let mut flow = BodyFlow::default();
        self.flow(element, context, &mut flow)?;
        flow.end_line();
        Ok(flow.blocks)
    }

    /// Reads the blocks within an element, through what only wraps them.
    fn flow(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
        flow: &mut BodyFlow,
    ) -> Result<(), ReadError> {
        for child in element.children() {
            match child.key() {
                (Namespace::W, "p") => self.paragraph(child, context, flow)?,
                (Namespace::W, "tbl") => {
                    flow.end_line();
                    self.table(child, context, flow)?;
                }
                (Namespace::W, "sdt") => {
                    if let Some(content) = child.w("sdtContent") {
                        self.flow(content, context, flow)?;
                    }
                }
                (Namespace::W, "customXml" | "smartTag") => self.flow(child, context, flow)?,
                (Namespace::W, "ins" | "del" | "moveFrom" | "moveTo") => {
                    let context = self.changed(child, context);
                    self.flow(child, &context, flow)?;
                }
                (Namespace::Mc, "AlternateContent") => {
                    if let Some(branch) = self.branch(child) {
                        self.flow(branch, context, flow)?;
                    }
                }
                (Namespace::W, "altChunk" | "subDoc") => {
                    self.leave_out(LeftOutKind::Drawing, "", None)
                }
                (Namespace::W, "sectPr") => {
                    self.old_look(child, "sectPrChange", "sectPr");
                }
                (Namespace::M, "oMathPara" | "oMath") => {
                    let mut line = Line::default();
                    self.math(child, ShownStyle::default(), context, &mut line)?;
                    flow.end_line();
                    flow.push(None, None, line);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
        flow: &mut BodyFlow,
    ) -> Result<(), ReadError> {
        flow.paragraphs += 1;
        if self.inner == 0 {
            self.place.paragraph = Some(flow.paragraphs);
        }
        let current = element.w("pPr");
        let properties =
            match current.and_then(|current| self.old_look(current, "pPrChange", "pPr")) {
                Some(old) => Some(old),
                None => current,
            };
        let styles = &self.parts.styles;
        let style = styles.paragraph(properties.and_then(|e| e.w("pStyle")).and_then(Element::val));
        let mark = self.mark(current, style.map(|(_, style)| style), context);
        let heading = properties
            .and_then(outline)
            .or_else(|| style.and_then(|(_, style)| style.outline))
            .filter(|level| *level < 9)
            .map(|level| level + 1);
        // A removed mark takes the number with it; whether a hidden one has one depends on the text.
        let number = |reader: &mut Self| reader.label(properties, style);
        let mut label = if mark == ParagraphMark::Shown && context.gone.is_none() {
            number(self)
        } else {
            None
        };
        let mut line = Line {
            look: style.map(|(_, style)| Rc::new(style.look.clone())).unwrap_or_default(),
            ..Line::default()
        };
        self.inline_children(element, context, &mut line)?;
        if mark == ParagraphMark::Hidden && !line.pieces.is_empty() {
            label = number(self);
        }
        match mark {
            _ if context.gone.is_some() => flow.carry_boxes(line),
            ParagraphMark::Shown => flow.push(heading, label, line),
            ParagraphMark::Hidden => flow.carry(Some((heading, label)), line),
            ParagraphMark::Gone => flow.carry(None, line),
        }
        Ok(())
    }

    fn mark(
        &mut self,
        properties: Option<Element<'t>>,
        style: Option<&Style>,
        context: &ReaderContext<'t>,
    ) -> ParagraphMark {
        let Some(look) = properties.and_then(|properties| properties.w("rPr")) else {
            return ParagraphMark::Shown;
        };
        let mut mark = ParagraphMark::Shown;
        for change in look.children() {
            if matches!(
                change.key(),
                (Namespace::W, "ins" | "del" | "moveFrom" | "moveTo" | "rPrChange")
            ) {
                self.note_change(change);
            }
            if changes::gone(change, self.resolve).is_some() {
                mark = ParagraphMark::Gone;
            }
        }
        let nothing = WordLook::default();
        let levels = ToggleLevels {
            defaults: &self.parts.styles.defaults,
            table: &context.table,
            paragraph: style.map_or(&nothing, |style| &style.look),
            character: self.character_style(look).map_or(&nothing, |style| &style.look),
            direct: &WordLook::read(look),
        };
        if mark == ParagraphMark::Shown && levels.shown().hidden {
            ParagraphMark::Hidden
        } else {
            mark
        }
    }

    /// Counts a paragraph in its list and gives what Word shows before it.
    fn label(
        &mut self,
        properties: Option<Element<'t>>,
        style: Option<(&str, &Style)>,
    ) -> Option<ShownLabel> {
        let own = properties.map(ListReference::read).unwrap_or_default();
        let of_style = style.map(|(_, style)| style.number).unwrap_or_default();
        let id = own.id.or(of_style.id).filter(|id| *id != 0)?;
        let linked = || style.and_then(|(name, _)| self.numbering.level_of_style(id, name));
        let level = own
            .level
            .or_else(|| if own.id.is_none() { linked() } else { None })
            .or(of_style.level)
            .unwrap_or(0);
        self.numbering.count(id, level)
    }
}

impl BodyFlow {
    /// Ends a paragraph that the next one should have continued, where no paragraph follows.
    pub(super) fn end_line(&mut self) {
        if let Some(carried) = self.carried.take() {
            let (heading, label) = carried.own.unwrap_or_default();
            self.emit(heading, label, carried.line);
        }
    }

    fn push(&mut self, heading: Option<u8>, label: Option<ShownLabel>, line: Line) {
        let Some(mut carried) = self.carried.take() else { return self.emit(heading, label, line) };
        let (heading, label) = match carried.own {
            Some(own) if !carried.line.pieces.is_empty() => own,
            _ => (heading, label),
        };
        carried.line.extend(line);
        self.emit(heading, label, carried.line);
    }

    fn carry(&mut self, own: Option<(Option<u8>, Option<ShownLabel>)>, line: Line) {
        let mut carried = self.carried.take().unwrap_or_default();
        if carried.line.pieces.is_empty() {
            carried.own = own;
        }
        carried.line.extend(line);
        self.carried = Some(carried);
    }

    /// Keeps nothing of a paragraph but the boxes that are anchored in it.
    fn carry_boxes(&mut self, line: Line) {
        self.blocks.extend(line.floating);
    }

    fn emit(&mut self, heading: Option<u8>, label: Option<ShownLabel>, line: Line) {
        let mut pieces: Vec<ForeignPiece> = line.pieces;
        plain_hyphens(&mut pieces);
        // An empty paragraph is only distance, unless Word shows a number there.
        if !pieces.is_empty() || label.is_some() {
            self.blocks.push(ForeignBlock::Paragraph(Paragraph { heading, label, pieces }));
        }
        self.blocks.extend(line.floating);
    }
}
