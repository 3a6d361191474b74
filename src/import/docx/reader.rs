//! The state of reading a document, and where each text goes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::import::Resolve;
use crate::import::document::{
    ForeignBlock, ForeignDocument, ForeignPiece, ForeignPlace, LeftOutKind, LeftOutText,
    TrackedChange, character_count, paragraphs,
};
use crate::import::error::{FileLimit, MAX_BYTES, ReadError};
use crate::import::package::Package;
use crate::import::xml::{Element, Namespace};

use super::changes::{self, Gone};
use super::fields::{Phase, WordField};
use super::numbering::Numbering;
use super::paragraph::Line;
use super::parts::{Parts, WordPart};
use super::plain::plain_text;
use super::styles::{ShownStyle, WordLook};

/// What is known while a document is read.
pub(super) struct WordReader<'t, 'p, 'b> {
    pub(super) package: &'p mut Package<'b>,
    pub(super) parts: &'t Parts,
    pub(super) resolve: Resolve,
    pub(super) numbering: Numbering,
    pub(super) fields: Vec<WordField>,
    pub(super) place: ForeignPlace,
    /// How many tables came before, those within others not counted.
    pub(super) tables: usize,
    pub(super) cells: usize,
    /// How many tables, boxes and notes are around: places are those of the outermost.
    pub(super) inner: usize,
    /// Pictures by part and alternative text.
    pub(super) known_pictures: HashMap<(String, Option<String>), usize>,
    pub(super) picture_bytes: usize,
    /// How long the addresses of all links are together.
    link_bytes: usize,
    pub(super) document: ForeignDocument,
    /// Notes and comments by their identifiers; of several with one identifier, the first.
    notes: HashMap<(NoteKind, &'t str), (&'t WordPart, Element<'t>)>,
    seen: HashSet<(NoteKind, usize)>,
    /// How many characters are in each language.
    languages: BTreeMap<Rc<str>, usize>,
}

/// What is in another part and is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
    Comment,
}

/// What surrounds an element.
#[derive(Clone)]
pub(super) struct ReaderContext<'t> {
    pub(super) part: &'t WordPart,
    /// Why nothing here is shown; none where it is.
    pub(super) gone: Option<Rc<Gone>>,
    pub(super) link: Option<Rc<str>>,
    /// How the style of the table makes this cell look.
    pub(super) table: Rc<WordLook>,
}

impl<'t> ReaderContext<'t> {
    /// This context within something that is gone; what is gone already stays so.
    pub(super) fn within(&self, gone: Option<Rc<Gone>>) -> Self {
        let gone = self.gone.clone().or(gone);
        Self { gone, ..self.clone() }
    }

    /// This context for the text of another part.
    fn of(&self, part: &'t WordPart) -> Self {
        Self { part, link: None, table: Rc::default(), gone: self.gone.clone() }
    }
}

impl<'t, 'p, 'b> WordReader<'t, 'p, 'b> {
    /// A reader at the start of a document.
    pub(super) fn new(package: &'p mut Package<'b>, parts: &'t Parts, resolve: Resolve) -> Self {
        let numbering = parts
            .numbering
            .as_ref()
            .map(|tree| Numbering::read(tree, &parts.styles))
            .unwrap_or_default();
        Self {
            package,
            parts,
            resolve,
            numbering,
            fields: Vec::new(),
            place: ForeignPlace::default(),
            tables: 0,
            cells: 0,
            inner: 0,
            known_pictures: HashMap::new(),
            picture_bytes: 0,
            link_bytes: 0,
            document: ForeignDocument::default(),
            notes: notes(parts),
            seen: HashSet::new(),
            languages: BTreeMap::new(),
        }
    }

    /// Reads the blocks of the document.
    pub(super) fn document(&mut self) -> Result<Vec<ForeignBlock>, ReadError> {
        let part = &self.parts.main;
        let context = ReaderContext { part, gone: None, link: None, table: Rc::default() };
        let root = part.tree.root();
        let body = root.w("body").unwrap_or(root);
        let blocks = self.story(body, &context)?;
        self.place = ForeignPlace::default();
        self.leave_unseen_out();
        Ok(blocks)
    }

    /// What was found besides the blocks.
    pub(super) fn finish(mut self) -> ForeignDocument {
        let most = self.languages.into_iter().max_by_key(|(_, characters)| *characters);
        self.document.language = most.map(|(language, _)| language.to_string());
        self.document
    }

    /// Puts text where it belongs: into the line, into the code of a field, or among what is left out.
    pub(super) fn put(
        &mut self,
        text: &str,
        shown: ShownStyle,
        context: &ReaderContext<'t>,
        line: &mut Line,
    ) {
        match self.hidden(shown, context) {
            Some(gone) => {
                // A code that is read counts; one that a change removed does not.
                if gone.kind == LeftOutKind::FieldCode
                    && let Some(field) =
                        self.fields.iter_mut().rev().find(|field| field.phase == Phase::Code)
                {
                    field.code.push_str(text);
                }
                self.leave_out(gone.kind, text, gone.by.clone());
            }
            None => {
                let link = context
                    .link
                    .clone()
                    .or_else(|| self.fields.iter().rev().find_map(|field| field.link.clone()));
                self.link_bytes += link.as_deref().map_or(0, str::len);
                line.push(text, shown, link.as_deref());
            }
        }
    }

    /// Checks that the links still fit into memory.
    pub(super) fn check_links(&self) -> Result<(), ReadError> {
        if self.link_bytes > MAX_BYTES {
            Err(ReadError::TooLarge(FileLimit::Unpacked))
        } else {
            Ok(())
        }
    }

    /// Why text here is not shown; none where it is.
    pub(super) fn hidden(
        &self,
        shown: ShownStyle,
        context: &ReaderContext<'t>,
    ) -> Option<Rc<Gone>> {
        let because = |kind| Some(Rc::new(Gone { kind, by: None }));
        if context.gone.is_some() {
            context.gone.clone()
        } else if self.fields.iter().any(|field| field.phase == Phase::Code) {
            because(LeftOutKind::FieldCode)
        } else if shown.hidden {
            because(LeftOutKind::Hidden)
        } else {
            None
        }
    }

    /// Notes in which language text is.
    pub(super) fn count_language(&mut self, language: Option<Rc<str>>, text: &str) {
        if let Some(language) = language {
            *self.languages.entry(language).or_default() += character_count(text);
        }
    }

    /// Leaves text out, together with what was just left out for the same reason.
    pub(super) fn leave_out(&mut self, kind: LeftOutKind, text: &str, by: Option<String>) {
        if let Some(last) = self.document.left_out.last_mut()
            && last.kind == kind
            && matches!(kind, LeftOutKind::Change | LeftOutKind::Hidden | LeftOutKind::FieldCode)
            && last.place == self.place
            && last.by == by
        {
            last.text.push_str(text);
        } else {
            let (place, text) = (self.place.clone(), text.to_owned());
            self.document.left_out.push(LeftOutText { place, kind, text, by });
        }
    }

    /// Notes a tracked change, if the element is one.
    pub(super) fn note_change(&mut self, element: Element<'t>) {
        if let Some(kind) = changes::kind(element) {
            let change =
                TrackedChange { kind, author: changes::author(element), place: self.place.clone() };
            self.document.changes.push(change);
        }
    }

    /// Notes a change and gives the context within it.
    pub(super) fn changed(
        &mut self,
        element: Element<'t>,
        context: &ReaderContext<'t>,
    ) -> ReaderContext<'t> {
        self.note_change(element);
        context.within(changes::gone(element, self.resolve))
    }

    /// Notes that the look of something was changed, and gives the old look if changes are rejected.
    pub(super) fn old_look(
        &mut self,
        properties: Element<'t>,
        change: &str,
        old: &str,
    ) -> Option<Element<'t>> {
        let change = properties.w(change)?;
        self.note_change(change);
        if self.resolve == Resolve::Reject { change.w(old) } else { None }
    }

    /// The branch of `mc:AlternateContent` that Word shows; the others only repeat it.
    pub(super) fn branch(&mut self, element: Element<'t>) -> Option<Element<'t>> {
        let is_known = |choice: &Element<'t>| {
            let requires = choice.attribute(Namespace::None, "Requires").unwrap_or_default();
            // Ink is kept only as the picture of the fallback.
            requires.split_whitespace().all(|name| {
                (name.starts_with('w') && name != "wpi") || matches!(name, "a14" | "o" | "v" | "m")
            })
        };
        let choice =
            element.children().filter(|child| child.is(Namespace::Mc, "Choice")).find(is_known);
        let branch = choice.or_else(|| element.child(Namespace::Mc, "Fallback"));
        // Without any branch that Word knows, it shows nothing.
        let kind = if branch.is_some() { LeftOutKind::Repetition } else { LeftOutKind::Drawing };
        for other in
            element.children().filter(|child| Some(child.index()) != branch.map(Element::index))
        {
            let text = plain_text(other);
            if !text.is_empty() {
                self.leave_out(kind, &text, None);
            }
        }
        branch
    }

    /// Reads what stands apart from the paragraphs around it: a text box, a note, a table within a cell.
    pub(super) fn apart<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        let fields = std::mem::take(&mut self.fields);
        self.inner += 1;
        let result = read(self);
        self.inner -= 1;
        self.fields = fields;
        result
    }

    /// Reads the note that an element refers to.
    pub(super) fn note(
        &mut self,
        kind: NoteKind,
        reference: Element<'t>,
        shown: ShownStyle,
        context: &ReaderContext<'t>,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        let Some(id) = reference.attribute(Namespace::W, "id") else { return Ok(()) };
        let Some((part, note)) = self.notes.get(&(kind, id)).copied() else { return Ok(()) };
        if !self.seen.insert((kind, note.index())) {
            return Ok(());
        }
        if kind == NoteKind::Comment {
            self.leave_out(LeftOutKind::Comment, &plain_text(note), changes::by(note));
            return Ok(());
        }
        let gone = self.hidden(shown, context);
        let inside = context.of(part).within(gone.clone());
        let blocks = self.apart(|reader| reader.story(note, &inside))?;
        if gone.is_none() {
            line.pieces.push(ForeignPiece::Note(paragraphs(blocks)));
        }
        Ok(())
    }

    /// Leaves out what nothing refers to: separators, and notes that Word does not show either.
    fn leave_unseen_out(&mut self) {
        for (kind, _, note) in all_notes(self.parts) {
            if self.seen.contains(&(kind, note.index())) {
                continue;
            }
            let is_separator =
                note.attribute(Namespace::W, "type").is_some_and(|kind| kind != "normal");
            let reason = match kind {
                NoteKind::Comment => LeftOutKind::Comment,
                _ if is_separator => LeftOutKind::PageFurniture,
                _ => LeftOutKind::Hidden,
            };
            let text = plain_text(note);
            if !text.is_empty() {
                self.leave_out(reason, &text, changes::by(note));
            }
        }
    }
}

/// All notes and comments of a document.
fn all_notes(parts: &Parts) -> impl Iterator<Item = (NoteKind, &WordPart, Element<'_>)> {
    let kinds = [
        (NoteKind::Footnote, "footnote", parts.footnotes.as_ref()),
        (NoteKind::Endnote, "endnote", parts.endnotes.as_ref()),
        (NoteKind::Comment, "comment", parts.comments.as_ref()),
    ];
    kinds.into_iter().filter_map(|(kind, name, part)| Some((kind, name, part?))).flat_map(
        |(kind, name, part)| {
            let notes =
                part.tree.root().children().filter(move |child| child.is(Namespace::W, name));
            notes.map(move |note| (kind, part, note))
        },
    )
}

fn notes(parts: &Parts) -> HashMap<(NoteKind, &str), (&WordPart, Element<'_>)> {
    let mut notes = HashMap::new();
    for (kind, part, note) in all_notes(parts) {
        if let Some(id) = note.attribute(Namespace::W, "id") {
            notes.entry((kind, id)).or_insert((part, note));
        }
    }
    notes
}

impl ForeignDocument {
    /// Leaves out text that has no place in the document.
    pub(super) fn leave_out(&mut self, kind: LeftOutKind, text: String) {
        if !text.is_empty() {
            self.left_out.push(LeftOutText {
                place: ForeignPlace::default(),
                kind,
                text,
                by: None,
            });
        }
    }
}
