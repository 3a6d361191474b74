//! The deadlines of a report, in a sentence and for a chart.

use super::DeadlineRow;
use crate::model::{
    Date, Deadline, Recommendation, RecommendationId, Report, Site, TimelinessKind,
};
use crate::wording::{Wording, capitalise, timeliness_class};

/// The recommendations of a report whose deadlines are dates.
#[derive(Debug)]
pub struct Deadlines {
    /// Which they are, in the order of the report.
    pub of: Vec<RecommendationId>,
    /// "9 deadlines: 3 were met, 1 is missed, 2 were moved."
    pub sentence: String,
    /// Each as a row of a chart.
    pub rows: Vec<DeadlineRow>,
}

impl Deadlines {
    /// The deadlines of a report that are dates; none where there are fewer than two, since one alone
    /// shows nothing.
    pub fn of(wording: Wording<'_>, report: &Report) -> Option<Self> {
        let ids = report.recommendations.clone().map(RecommendationId);
        let of: Vec<RecommendationId> =
            ids.filter(|id| is_dated(wording.site.recommendation(*id))).collect();
        let all: Vec<&Recommendation> =
            of.iter().map(|id| wording.site.recommendation(*id)).collect();
        if all.len() < 2 {
            return None;
        }
        let rows: Vec<DeadlineRow> = all.iter().map(|one| row(wording.site, one)).collect();
        Some(Self { sentence: sentence(wording, &all, &rows), rows, of })
    }
}

fn sentence(wording: Wording<'_>, all: &[&Recommendation], rows: &[DeadlineRow]) -> String {
    let words = wording.words;
    let of = |wanted: &[TimelinessKind]| {
        let kinds = all.iter().filter_map(|one| one.state.timeliness.map(|of| of.kind()));
        kinds.filter(|kind| wanted.contains(kind)).count()
    };
    let moved = rows.iter().filter(|row| row.set.len() > 1).count();
    let counted = |key: &str, n: usize| (n > 0).then(|| words.count(key, n));
    let parts = [
        counted("deadlines.met", of(&[TimelinessKind::OnTime])),
        counted("deadlines.late", of(&[TimelinessKind::Late])),
        counted("deadlines.missed", of(&[TimelinessKind::Overdue])),
        counted("deadlines.ahead", of(&[TimelinessKind::NotYetDue, TimelinessKind::DueSoon])),
        counted("deadlines.not_assessed", of(&[TimelinessKind::NotAssessed])),
        counted("deadlines.moved", moved),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let facts = parts.join(words.text("list.comma"));
    let total = words.count("deadlines.all", all.len());
    capitalise(&words.fill("deadlines.sentence", &[("all", &total), ("facts", &facts)]))
}

/// Whether the deadline of a recommendation is a date.
pub fn is_dated(one: &Recommendation) -> bool {
    one.state.deadline.as_ref().is_some_and(|deadline| deadline.date().is_some())
}

fn row(site: &Site, one: &Recommendation) -> DeadlineRow {
    let day = |date: Date| date.last_day();
    let set = site.former_deadlines(one).into_iter().chain(&one.state.deadline);
    let mut set: Vec<_> = set.filter_map(Deadline::date).map(day).collect();
    set.dedup();
    DeadlineRow {
        number: one.label.to_string(),
        set,
        done: one.state.done_on().map(day),
        class: one.state.timeliness.map_or_else(String::new, |of| timeliness_class(of.kind())),
    }
}
