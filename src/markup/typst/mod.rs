//! A text as code of Typst, with everything it points at linked.
//!
//! The code is function calls and string literals, never Typst markup: so a text cannot be read as
//! anything but text, whatever is in it.

mod drawing;
mod inline;
mod links;
mod notes;
mod tables;
mod texts;

use crate::model::{DocumentId, RecommendationId, Report, Section, Text};
use crate::tree::{self, tree};
use drawing::TypstDrawing;
use notes::Notes;

pub use links::PdfScope;
pub use texts::{PdfTexts, TextIndex, printed};

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

/// Draws the sections of a text that are wanted, and gives the index of each in `texts`; none for
/// an empty one.
pub fn draw<'t>(
    text: &'t Text,
    scope: &PdfScope<'_>,
    wanted: impl Fn(&Section) -> bool,
    texts: &mut PdfTexts,
) -> Vec<(&'t Section, Option<TextIndex>)> {
    let tree = tree(text, tree::Scope { site: scope.site, report: Some(scope.report) });
    let notes = tree.notes_after_sections(|index| wanted(&text.sections[index]));
    let mut drawing = TypstDrawing::new(scope, texts, Notes::of(&tree.notes));
    let all = text.sections.iter().zip(&tree.sections).zip(notes);
    let wanted = all.filter(|((section, _), _)| wanted(section));
    let drawn = wanted.map(|((section, blocks), notes)| {
        let before = drawing.begin();
        drawing.blocks(blocks);
        drawing.notes_of_section(notes.iter().map(|shown| shown.note));
        (section, drawing.finish(before))
    });
    drawn.collect()
}
