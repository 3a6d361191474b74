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
pub use texts::{PdfTexts, TextIndex};

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
    let blocks = tree(text, tree::Scope { site: scope.site, report: Some(scope.report) });
    let mut drawing = TypstDrawing::new(scope, texts, Notes::of(&blocks));
    let last = text.sections.iter().rposition(&wanted);
    let sections = text.sections.iter().zip(&blocks).enumerate();
    let wanted = sections.filter(|(_, (section, _))| wanted(section));
    let mut drawn = Vec::with_capacity(text.sections.len());
    for (index, (section, blocks)) in wanted {
        let before = drawing.begin();
        drawing.blocks(blocks);
        if Some(index) == last {
            drawing.remaining_notes();
        }
        drawn.push((section, drawing.finish(before)));
    }
    drawn
}
