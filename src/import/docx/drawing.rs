//! Drawings: pictures are kept, text boxes are read, the rest is said to be left out.

use std::rc::Rc;

use crate::import::document::{ForeignPicture, ForeignPiece, LeftOutKind};
use crate::import::error::{FileLimit, MAX_BYTES, ReadError};
use crate::import::package::PartTarget;
use crate::import::xml::{Element, Namespace, is_on};

use super::changes::Gone;
use super::paragraph::Line;
use super::plain::plain_text;
use super::reader::{ReaderContext, WordReader};
use super::styles::ShownStyle;

/// What a drawing holds.
enum FoundDrawing<'t> {
    /// A picture: its relationship, and its alternative text.
    Picture(&'t str, Option<&'t str>),
    /// The blocks of a text box.
    Box(Element<'t>),
    /// Text that is drawn.
    Text(Element<'t>),
}

impl<'t> WordReader<'t, '_, '_> {
    /// Reads `w:drawing` or `w:pict`.
    pub(super) fn drawing(
        &mut self,
        element: Element<'t>,
        shown: ShownStyle,
        context: &ReaderContext<'t>,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        let properties = element.descendants().find(|e| e.is(Namespace::Wp, "docPr"));
        let is_hidden = properties
            .and_then(|e| e.attribute(Namespace::None, "hidden"))
            .is_some_and(|v| is_on(Some(v)));
        let because_hidden =
            || is_hidden.then(|| Rc::new(Gone { kind: LeftOutKind::Hidden, by: None }));
        let gone = self.hidden(shown, context).or_else(because_hidden);
        let context = ReaderContext { link: None, ..context.within(gone.clone()) };
        let mut found = Vec::new();
        self.search(element, properties.and_then(alternative), &mut found);
        if found.is_empty() {
            let kind = gone.as_ref().map_or(LeftOutKind::Drawing, |gone| gone.kind);
            self.leave_out(kind, "", None);
        }
        for part in found {
            match (part, &gone) {
                (FoundDrawing::Box(content), _) => {
                    let blocks = self.apart(|reader| reader.story(content, &context))?;
                    line.floating.extend(blocks);
                }
                (FoundDrawing::Text(text), Some(gone)) => {
                    self.leave_out(gone.kind, &text.text(), gone.by.clone())
                }
                (FoundDrawing::Text(text), None) => {
                    self.leave_out(LeftOutKind::Drawing, &text.text(), None)
                }
                (FoundDrawing::Picture(..), Some(gone)) => {
                    self.leave_out(gone.kind, "", gone.by.clone())
                }
                (FoundDrawing::Picture(id, alternative), None) => {
                    match self.picture(id, alternative, &context)? {
                        Some(index) => line.pieces.push(ForeignPiece::Picture(index)),
                        None => self.leave_out(LeftOutKind::Drawing, "", None),
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads `w:object`: a document of another program within this one. Its picture may be out of date.
    pub(super) fn object(
        &mut self,
        element: Element<'t>,
        shown: ShownStyle,
        context: &ReaderContext<'t>,
    ) {
        match self.hidden(shown, context) {
            Some(gone) => self.leave_out(gone.kind, &plain_text(element), gone.by.clone()),
            None => self.leave_out(LeftOutKind::Drawing, &plain_text(element), None),
        }
    }

    /// Finds what a drawing holds, each thing once.
    fn search(
        &mut self,
        element: Element<'t>,
        outer: Option<&'t str>,
        found: &mut Vec<FoundDrawing<'t>>,
    ) {
        for child in element.children() {
            match child.key() {
                (Namespace::A, "blip") => {
                    // A linked picture is not in the file.
                    let id = child.attribute(Namespace::R, "embed").unwrap_or_default();
                    found.push(FoundDrawing::Picture(id, outer));
                }
                (Namespace::V, "imagedata") => {
                    let id = child.attribute(Namespace::R, "id").unwrap_or_default();
                    found.push(FoundDrawing::Picture(id, outer));
                }
                (Namespace::W, "txbxContent") => found.push(FoundDrawing::Box(child)),
                (Namespace::A, "t") => found.push(FoundDrawing::Text(child)),
                (Namespace::Mc, "AlternateContent") => {
                    if let Some(branch) = self.branch(child) {
                        self.search(branch, outer, found);
                    }
                }
                (Namespace::V, _) => {
                    let own =
                        child.attribute(Namespace::None, "alt").filter(|text| !text.is_empty());
                    self.search(child, own.or(outer), found);
                }
                (_, "pic") => {
                    let own =
                        child.descendants().find(|e| e.key().1 == "cNvPr").and_then(alternative);
                    self.search(child, outer.or(own), found);
                }
                _ => self.search(child, outer, found),
            }
        }
    }

    /// The index of an embedded picture; none where it cannot be kept.
    fn picture(
        &mut self,
        id: &str,
        alternative: Option<&str>,
        context: &ReaderContext<'t>,
    ) -> Result<Option<usize>, ReadError> {
        let Some(PartTarget::Part(part)) = context.part.targets.get(id) else { return Ok(None) };
        let key = (part.clone(), alternative.map(str::to_owned));
        if let Some(index) = self.known_pictures.get(&key) {
            return Ok(Some(*index));
        }
        let Some(bytes) = self.package.part(part)? else { return Ok(None) };
        if !is_shown_by_browsers(&bytes) {
            return Ok(None);
        }
        self.picture_bytes += bytes.len();
        if self.picture_bytes > MAX_BYTES {
            return Err(ReadError::TooLarge(FileLimit::Unpacked));
        }
        let name = part.rsplit('/').next().unwrap_or(part).to_owned();
        let index = self.document.pictures.len();
        self.document.pictures.push(ForeignPicture { name, alternative: key.1.clone(), bytes });
        self.known_pictures.insert(key, index);
        Ok(Some(index))
    }
}

/// The alternative text of a drawing.
fn alternative(properties: Element<'_>) -> Option<&str> {
    let text = |name: &str| {
        properties.attribute(Namespace::None, name).filter(|text| !text.trim().is_empty())
    };
    text("descr").or_else(|| text("title"))
}

/// Whether bytes are a picture that pages can show: PNG, JPEG, GIF or WebP. The drawings of Windows
/// (EMF, WMF) and print formats are not.
fn is_shown_by_browsers(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n")
        || bytes.starts_with(b"\xff\xd8\xff")
        || bytes.starts_with(b"GIF8")
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
}
