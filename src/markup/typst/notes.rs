//! The footnotes of a text: each is drawn where it is first referred to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::texts::Texts;
use crate::content::markdown::options;

/// The footnotes of a text.
pub(super) struct Notes<'a> {
    /// The events of each definition, by its label.
    pub(super) definitions: BTreeMap<String, Vec<Place<'a>>>,
    /// The labels that are referred to, each with its number.
    pub(super) wanted: BTreeMap<String, usize>,
    /// Those of them to which the text leads, not only notes that nothing leads to.
    pub(super) reached: BTreeSet<String>,
    /// The labels that were met where no note can stand, whose notes are listed at the end of the
    /// text.
    pub(super) listed: BTreeSet<String>,
    /// The labels whose note was drawn.
    pub(super) drawn: BTreeSet<String>,
    /// Which of the texts with footnotes this one is.
    text: usize,
}

/// An event, and where in the body it stands.
pub(super) type Place<'a> = (Event<'a>, Range<usize>);

impl<'a> Notes<'a> {
    pub(super) fn of(body: &'a str, texts: &mut Texts) -> Self {
        let mut notes = Self {
            definitions: BTreeMap::new(),
            wanted: BTreeMap::new(),
            reached: BTreeSet::new(),
            listed: BTreeSet::new(),
            drawn: BTreeSet::new(),
            text: texts.annotated,
        };
        // Most texts have none, and are read once.
        if !body.contains("[^") {
            return notes;
        }
        let mut open: Option<(String, Vec<Place<'a>>)> = None;
        for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
            if let Event::FootnoteReference(label) = &event {
                let next = notes.wanted.len() + 1;
                notes.wanted.entry(label.to_string()).or_insert(next);
                if open.is_none() {
                    notes.reached.insert(label.to_string());
                }
            }
            match (event, &mut open) {
                (Event::Start(Tag::FootnoteDefinition(label)), _) => {
                    open = Some((label.to_string(), Vec::new()));
                }
                (Event::End(TagEnd::FootnoteDefinition), _) => {
                    // Of two with one label the first counts, as with the links of CommonMark.
                    if let Some((label, events)) = open.take() {
                        notes.definitions.entry(label).or_insert(events);
                    }
                }
                (event, Some((_, events))) => events.push((event, range)),
                (_, None) => {}
            }
        }
        let mut next: Vec<String> = notes.reached.iter().cloned().collect();
        while let Some(label) = next.pop() {
            for (event, _) in notes.definitions.get(&label).into_iter().flatten() {
                if let Event::FootnoteReference(label) = event
                    && notes.reached.insert(label.to_string())
                {
                    next.push(label.to_string());
                }
            }
        }
        texts.annotated += usize::from(!notes.wanted.is_empty());
        notes
    }

    /// The name of a note in the whole PDF.
    pub(super) fn name(&self, label: &str) -> String {
        format!("note{}-{}", self.text, self.wanted.get(label).unwrap_or(&0))
    }
}

/// The events up to the end of an element, which is taken too. A picture may
/// stand in the words of another.
pub(super) fn until<'a>(
    events: &mut dyn Iterator<Item = Place<'a>>,
    end: TagEnd,
) -> Vec<Place<'a>> {
    let mut taken = Vec::new();
    let mut depth = 1;
    for (event, range) in events {
        match &event {
            Event::Start(tag) if tag.to_end() == end => depth += 1,
            Event::End(tag) if *tag == end => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        taken.push((event, range));
    }
    taken
}

/// The words of some events.
pub(super) fn words(events: &[Place<'_>]) -> String {
    let words = events.iter().filter_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => Some(&**text),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    });
    words.collect()
}
