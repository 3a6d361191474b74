//! The headings of a text, and the anchors to which links can lead.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::content::markdown::{Anchors, options, slug};
use crate::model::Text;
use crate::source::Span;

/// A heading.
pub(super) struct Heading {
    /// 1 to 6: how many `#` it has.
    pub(super) level: usize,
    /// Its words.
    pub(super) words: String,
    /// Where it stands.
    pub(super) span: Span,
}

/// Whether a text can have headings other than those of its sections. Nearly none has, and
/// walking over all texts a second time would take as long as reading them.
pub(super) fn may_have_headings(text: &Text) -> bool {
    let is_sectioned = text.sections.len() > 1;
    text.slice(text.body).lines().any(|line| {
        let line = line.trim_start_matches(['>', ' ', '\t', '-', '*', '+']);
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        // A line of `=` or `-` makes a heading of the line above it; `-` was cut off before.
        let is_underline = !line.is_empty() && line.bytes().all(|byte| byte == b'=');
        is_underline || hashes > 0 && !(is_sectioned && hashes == 2)
    })
}

/// The headings of a text, in their order.
pub(super) fn headings(text: &Text) -> Vec<Heading> {
    let base = text.body.start as usize;
    let mut headings: Vec<Heading> = Vec::new();
    let mut is_open = false;
    for (event, range) in Parser::new_ext(text.slice(text.body), options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                is_open = true;
                let line = text.slice(text.body)[range.clone()].lines().next().map_or(0, str::len);
                let span = Span::new(text.file, base + range.start..base + range.start + line);
                headings.push(Heading { level: level as usize, words: String::new(), span });
            }
            Event::End(TagEnd::Heading(_)) => is_open = false,
            Event::Text(piece) | Event::Code(piece) if is_open => {
                if let Some(heading) = headings.last_mut() {
                    heading.words.push_str(&piece);
                }
            }
            _ => {}
        }
    }
    headings
}

/// Whether an anchor is the heading of a section as GitHub makes it: `#management-response` leads
/// to the section whose own anchor is `response`.
pub(super) fn is_section(text: &Text, anchor: &str) -> bool {
    let headings = text.sections.iter().filter_map(|section| section.heading.as_ref());
    headings.into_iter().any(|heading| slug(&heading.value) == anchor)
}

/// Every anchor of the page of a text: those of its sections, and of the headings in it, which
/// are made as GitHub makes them.
pub fn anchors(text: &Text) -> BTreeSet<String> {
    let mut given = Anchors::default();
    text.sections.iter().for_each(|section| drop(given.unique(&section.anchor)));
    // What stands before the first heading has no anchor to link to.
    let headed = text.sections.iter().filter(|section| section.heading.is_some());
    let mut anchors: BTreeSet<String> = headed.map(|section| section.anchor.clone()).collect();
    let of_sections = text.sections.iter().filter_map(|section| section.heading.as_ref());
    let of_sections: BTreeSet<u32> = of_sections.map(|heading| heading.span.start).collect();
    let inner = headings(text).into_iter().filter(|one| !of_sections.contains(&one.span.start));
    for heading in inner {
        anchors.insert(given.unique(&slug(&heading.words)));
    }
    anchors
}
