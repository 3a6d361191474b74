//! Markdown as code of Typst, with everything it points at linked.
//!
//! The code is calls of functions and string literals, never markup of Typst: so no text can be
//! read as anything but itself, whatever it holds.

mod drawing;
mod links;
mod notes;
mod tables;
mod texts;

use pulldown_cmark::Parser;

use crate::content::markdown::options;
use crate::model::{DocumentId, RecommendationId, Report, Section, Text};
use drawing::Drawing;

pub use links::Scope;
pub use texts::{TextIndex, Texts};

/// The label of a recommendation's place in the PDF of its report.
pub fn recommendation_label(report: &Report, id: RecommendationId) -> String {
    format!("r{}", id.0 - report.recommendations.start + 1)
}

/// The label of an abbreviation in the list of them.
pub fn term_label(index: usize) -> String {
    format!("term{index}")
}

/// The label of a document in the list of those cited.
pub fn document_label(index: DocumentId) -> String {
    format!("document{}", index.0)
}

/// Draws those sections of a text that are wanted, each with which of `texts` it is; none for an
/// empty one.
pub fn draw<'t>(
    text: &'t Text,
    scope: &Scope<'_>,
    wanted: impl Fn(&Section) -> bool,
    texts: &mut Texts,
) -> Vec<(&'t Section, Option<TextIndex>)> {
    let body = &text.source[text.body.range()];
    let base = text.body.start as usize;
    let mut drawing = Drawing::new(text, scope, texts);
    let mut drawn = Vec::with_capacity(text.sections.len());
    let mut events = Parser::new_ext(body, options()).into_offset_iter().peekable();
    let last = text.sections.iter().rposition(&wanted);
    for (index, section) in text.sections.iter().enumerate() {
        if !wanted(section) {
            continue;
        }
        let range = section.body.range();
        // The heading of a section is drawn by the template, in its own place.
        while events.next_if(|(_, place)| base + place.start < range.start).is_some() {}
        let before = drawing.begin();
        while let Some((event, place)) = events.next_if(|(_, place)| base + place.start < range.end)
        {
            drawing.event(event, place, &mut events);
        }
        if Some(index) == last {
            drawing.remaining_notes();
        }
        drawn.push((section, drawing.finish(before)));
    }
    drawn
}
