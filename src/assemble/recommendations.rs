//! Recommendations, with everything that is computed from their dates.

use rayon::prelude::*;

use super::deadlines::with_dates;
use super::links::Related;
use super::names::Named;
use super::order::{Ordered, RecommendationEntry, ReportEntry};
use super::series::Life;
use super::work::Assessing;
use crate::diagnostics::{Diagnostic, Hides, Rule};
use crate::model::{
    Date, Days, DocumentId, Extension, Recommendation, RecommendationFront, Source,
};
use crate::vocabulary::Vocabulary;

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
    pub(super) lives: Vec<Life>,
    pub(super) documents: Vec<Vec<DocumentId>>,
    pub(super) goals: Vec<Vec<usize>>,
    pub(super) units: &'a Named,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) topics: &'a Named,
}

/// Makes the recommendations.
pub(super) fn recommendations(
    entries: Vec<RecommendationEntry>,
    reports: &[ReportEntry],
    computed: Computed<'_>,
) -> Vec<Recommendation> {
    let Computed {
        due_soon_days,
        related,
        mentioned_in,
        lives,
        documents,
        goals,
        units,
        vocabulary,
        topics,
    } = computed;
    let worked_out = (related, mentioned_in, lives, documents, goals).into_par_iter();
    let entries = entries.into_par_iter().zip(worked_out);
    entries
        .map(|(entry, (related, mentioned_in, life, documents, goals))| {
            let RecommendationEntry { report, label, front, facts, later, group, texts, address } =
                entry;
            let front = with_dates(front, &reports[report.0]);
            let ReportEntry { as_at, assessed_at, .. } = reports[report.0];
            let days = Days { as_at: assessed_at, reported_by: as_at, due_soon: due_soon_days };
            let work = Assessing { units, vocabulary, days, front: &front, texts: &texts }.work();
            Recommendation {
                report,
                label,
                group,
                facts,
                state: work.state,
                followed: work.followed,
                verification: front.verification.as_ref().map(|verification| verification.value),
                extension: extension(&front),
                units: work.units,
                responders: work.responders,
                parts: work.parts,
                actions: work.actions,
                documents,
                goals,
                related: related.related,
                mentioned_in,
                superseded_by: related.superseded_by,
                tags: topics.find_all(&front.tags.0),
                later,
                continues: life.continues,
                continued_by: life.continued_by,
                address,
                texts,
                front,
            }
        })
        .collect()
}

/// Reports numbers that two recommendations of a report share.
pub(super) fn same_numbers(ordered: &Ordered, diagnostics: &mut Vec<Diagnostic>) {
    let mut by_number: Vec<&RecommendationEntry> = ordered.recommendations.iter().collect();
    by_number.sort_by(|a, b| (a.report, &a.label).cmp(&(b.report, &b.label)));
    for pair in by_number.windows(2) {
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

/// How the deadline moved; none if it did not.
fn extension(front: &RecommendationFront) -> Option<Extension> {
    let history = front.deadlines.iter().map(|change| &change.deadline);
    let all = history.chain(&front.deadline).filter_map(|deadline| deadline.date());
    let mut days: Vec<_> = all.map(Date::last_day).collect();
    days.dedup();
    let (first, last) = (days.first()?, days.last()?);
    let times = days.windows(2).filter(|pair| pair[0] < pair[1]).count();
    let moved = days.len() > 1;
    moved.then(|| Extension { times, days: (*last - *first).num_days() })
}
