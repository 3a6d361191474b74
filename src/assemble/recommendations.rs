//! Recommendations, with everything that is computed from their dates.

use std::sync::Arc;

use rayon::prelude::*;

use super::links::Related;
use super::names::Named;
use super::order::{Ordered, RecommendationEntry, ReportEntry};
use crate::diagnostics::{Diagnostic, Hides, Rule};
use crate::model::{
    Date, Deadline, DeadlineKind, DocumentId, Extension, Recommendation, RecommendationFront,
    SectionKind, Source, Text, UnitId, timeliness,
};
use crate::source::Spanned;
use crate::vocabulary::{Response, Status};

pub(crate) const DUPLICATE_NUMBER: Rule = Rule {
    code: "duplicate-number",
    summary: "two recommendations of one report with the same number",
    explanation: "The number is the address of a recommendation, and how others refer to it. Give \
                  one of them another number.",
    wrong: &["# content/audit/1-again.md\nnumber: 1"],
    right: &["# content/audit/1-again.md\nnumber: 1a"],
    hides: Hides::All,
    ..Rule::ERROR
};

/// What was worked out for the recommendations: each list has an item for each of them.
pub(super) struct Computed<'a> {
    pub(super) due_soon_days: u32,
    pub(super) related: Vec<Related>,
    pub(super) mentioned_in: Vec<Vec<Source>>,
    pub(super) documents: Vec<Vec<DocumentId>>,
    pub(super) goals: Vec<Vec<usize>>,
    pub(super) units: &'a Named,
    pub(super) topics: &'a Named,
}

/// Makes the recommendations.
pub(super) fn recommendations(
    entries: Vec<RecommendationEntry>,
    reports: &[ReportEntry],
    computed: Computed<'_>,
) -> Vec<Recommendation> {
    let Computed { due_soon_days, related, mentioned_in, documents, goals, units, topics } =
        computed;
    let worked_out = (related, mentioned_in, documents, goals).into_par_iter();
    let entries = entries.into_par_iter().zip(worked_out);
    entries
        .map(|(entry, (related, mentioned_in, documents, goals))| {
            let RecommendationEntry { report, label, front, texts, address } = entry;
            let front = with_dates(front, &reports[report.0]);
            let status = front.status.as_ref().map_or(Status::NotStarted, |status| status.value);
            let deadline = current_deadline(&front);
            let implemented = implemented(&front, status, &texts.original);
            let day = reports[report.0].assessed_at;
            let timeliness = timeliness(status, deadline.kind, implemented, day, due_soon_days);
            let units_of = |names: &[Spanned<String>]| -> Vec<UnitId> {
                units.find_all(names).into_iter().map(UnitId).collect()
            };
            Recommendation {
                report,
                label,
                response: front.response.as_ref().map_or(Response::Pending, |it| it.value),
                status,
                verification: front.verification.as_ref().map(|verification| verification.value),
                deadline,
                implemented,
                timeliness,
                extension: extension(&front),
                units: units_of(&front.responsible.0),
                action_units: front.actions.iter().map(|of| units_of(&of.responsible.0)).collect(),
                documents,
                goals,
                related: related.related,
                mentioned_in,
                superseded_by: related.superseded_by,
                tags: topics.find_all(&front.tags.0),
                address,
                texts,
                front,
            }
        })
        .collect()
}

/// Reports numbers that two recommendations of a report share.
pub(super) fn same_numbers(ordered: &Ordered, diagnostics: &mut Vec<Diagnostic>) {
    for pair in ordered.recommendations.windows(2) {
        let [first, second] = pair else { continue };
        let (Some(a), Some(b)) = (&first.front.number, &second.front.number) else { continue };
        if first.report != second.report || !a.value.is_same_number(&b.value) {
            continue;
        }
        let message = match a.value == b.value {
            true => format!("two recommendations have the number `{}`", a.value),
            false => format!("`{}` and `{}` are the same number", a.value, b.value),
        };
        diagnostics.push(
            Diagnostic::of(&DUPLICATE_NUMBER, a.span.max(b.span), message)
                .label(a.span.min(b.span), "first given here")
                .help("give one of them another number"),
        );
    }
}

/// The deadline that counts: the current one, or else the last of its history.
fn current_deadline(front: &RecommendationFront) -> Deadline {
    match (&front.deadline, front.deadlines.last()) {
        (Some(deadline), _) => deadline.value.clone(),
        (None, Some(last)) => last.deadline.value.clone(),
        (None, None) => Deadline::NONE,
    }
}

/// With a date for each deadline that is a time allowed: "within 6 months".
///
/// It counts from the day on which the recommendation was made, or else the evaluation, or else the
/// as-at date of the report; a deadline of the history from the day on which it was set, where that
/// is given. What covers several days ends on the last of them, in the author's favour.
fn with_dates(
    mut front: Arc<RecommendationFront>,
    report: &ReportEntry,
) -> Arc<RecommendationFront> {
    let is_counted = |of: &Deadline| matches!(of.kind, DeadlineKind::Within(_));
    let actions = front.actions.iter().filter_map(|action| action.deadline.as_ref());
    let history = front.deadlines.iter().map(|change| &change.deadline);
    if !actions.chain(history).chain(&front.deadline).any(|of| is_counted(of)) {
        return front;
    }
    let made = front.made.as_ref().or(report.front.evaluation_date.as_ref());
    let made = made.map_or(report.as_at, |date| date.last_day());
    let of = Arc::make_mut(&mut front);
    // Where the last deadline of the history is the current one, both are the same day.
    let set = of.deadlines.last().filter(|last| {
        of.deadline.as_ref().is_some_and(|current| current.value == last.deadline.value)
    });
    let set = set.and_then(|last| last.set.as_ref()).map_or(made, |set| set.last_day());
    let resolve = |deadline: &mut Spanned<Deadline>, day| {
        deadline.value = deadline.counted_from(day);
    };
    of.deadline.iter_mut().for_each(|deadline| resolve(deadline, set));
    for change in &mut of.deadlines {
        let day = change.set.as_ref().map_or(made, |set| set.last_day());
        resolve(&mut change.deadline, day);
    }
    of.actions.iter_mut().filter_map(|action| action.deadline.as_mut()).for_each(|deadline| {
        resolve(deadline, made);
    });
    front
}

/// When it was done: as typed, or else the first dated update that says so.
fn implemented(front: &RecommendationFront, status: Status, text: &Text) -> Option<Date> {
    let typed = front.implemented.as_ref().map(|date| date.value);
    typed.or_else(|| {
        let dates = text.sections.iter().filter_map(|section| match section.kind {
            SectionKind::Progress { date, status: Some(Status::Implemented) } => date,
            _ => None,
        });
        dates.filter(|_| status == Status::Implemented).min_by_key(|date| date.last_day())
    })
}

/// How the deadline moved; none if it did not.
fn extension(front: &RecommendationFront) -> Option<Extension> {
    let history = front.deadlines.iter().map(|change| &change.deadline.value);
    let current = front.deadline.as_ref().map(|deadline| &deadline.value);
    let mut days: Vec<_> =
        history.chain(current).filter_map(Deadline::date).map(Date::last_day).collect();
    days.dedup();
    let (first, last) = (days.first()?, days.last()?);
    let times = days.windows(2).filter(|pair| pair[0] < pair[1]).count();
    let moved = days.len() > 1;
    moved.then(|| Extension { times, days: (*last - *first).num_days() })
}
