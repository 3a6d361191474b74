//! The columns of the official table.

use serde::Serialize;

use crate::config::OwnFact;
use crate::model::{Column, Recommendation, Section, Site, Text};

/// Which columns of the official table have something in them in a report; those that are empty in
/// all of it are left out.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TableColumns {
    /// The management response.
    pub response: bool,
    /// Who is responsible.
    pub responsible: bool,
    /// Whether responders answer for themselves, which takes room.
    pub answers: bool,
    /// Deadline, status and timeliness.
    pub deadline: bool,
    /// What was done.
    pub progress: bool,
}

impl TableColumns {
    /// The columns for some recommendations.
    pub fn of(recommendations: &[Recommendation]) -> Self {
        let has = |column: Column| {
            let texts = recommendations.iter().flat_map(|one| one.texts.all());
            let mut sections =
                texts.flat_map(|text| text.sections.iter().map(move |of| (text, of)));
            sections
                .any(|(text, section)| section.column == column && shows_something(text, section))
        };
        let any = |is_there: fn(&Recommendation) -> bool| recommendations.iter().any(is_there);
        Self {
            response: has(Column::Response) || any(|one| one.state.response.is_some()),
            responsible: any(|one| !one.units.is_empty()),
            answers: any(|one| one.responders.iter().any(|responder| responder.answers)),
            deadline: has(Column::Deadline)
                || any(|one| one.state.status.is_some() || one.state.deadline.is_some()),
            progress: has(Column::Progress) || any(|one| !one.actions.is_empty()),
        }
    }

    /// How many columns there are, with those of the number and the text.
    pub fn width(&self) -> usize {
        let Self { response, responsible, deadline, progress, .. } = self;
        2 + [response, responsible, deadline, progress].into_iter().filter(|is| **is).count()
    }
}

/// Whether anything of a section is shown: its words, what its heading says, or a note whose mark is
/// in the heading.
fn shows_something(text: &Text, section: &Section) -> bool {
    let has_mark = || {
        let Some(heading) = &section.heading else { return false };
        text.note_marks
            .iter()
            .any(|mark| heading.span.start <= mark.span.start && mark.span.end <= heading.span.end)
    };
    section.has_words || section.kind.says_something() || has_mark()
}

/// The facts of the organisation's own that have a column and that some of these recommendations
/// have, with their places in `site.yaml`.
pub fn own_columns<'a>(
    site: &'a Site,
    recommendations: &[Recommendation],
) -> Vec<(usize, &'a OwnFact)> {
    let declared = site.config.facts.iter().flat_map(|facts| &facts.0).enumerate();
    let with_column = declared.map(|(index, (_, fact))| (index, fact)).filter(|(_, of)| of.column);
    let is_there = |index: usize| {
        recommendations.iter().any(|one| one.facts.iter().any(|fact| fact.fact == index))
    };
    with_column.filter(|(index, _)| is_there(*index)).collect()
}
