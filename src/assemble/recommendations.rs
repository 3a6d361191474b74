//! Recommendations in the order of their numbers, with what follows from their dates.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Options;
use super::names::{Tags, Units};
use crate::diagnostics::{Diagnostic, Hides, Rule};
use crate::model::{
    Date, Deadline, Extension, Recommendation, RecommendationFront, Report, ReportId, SectionKind,
    Text, Texts, timeliness,
};
use crate::vocabulary::{Response, Status, Verification};

pub(crate) const DUPLICATE_NUMBER: Rule = Rule {
    code: "duplicate-number",
    summary: "two recommendations of one report with the same number",
    explanation: "The number is the address of a recommendation, and how others refer to it. \
                  Give one of them another.",
    wrong: &["# content/audit/1-again.md\nnumber: 1"],
    right: &["# content/audit/1-again.md\nnumber: 1a"],
    hides: Hides::All,
    ..Rule::ERROR
};

/// What the computation needs beside the entries.
pub(super) struct Context<'a> {
    pub(super) options: Options,
    pub(super) due_soon_days: u32,
    pub(super) units: &'a Units,
    pub(super) topics: &'a Tags,
}

/// Makes the recommendations of all reports, and tells each report which are its own.
pub(super) fn build(
    sorted: Vec<(String, Arc<RecommendationFront>, Texts)>,
    reports: &mut [Report],
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Recommendation> {
    let mut by_folder: BTreeMap<String, Vec<(Arc<RecommendationFront>, Texts)>> = BTreeMap::new();
    for (folder, front, texts) in sorted {
        by_folder.entry(folder).or_default().push((front, texts));
    }
    let entries: Vec<_> =
        reports.iter().map(|report| by_folder.remove(&report.folder).unwrap_or_default()).collect();
    let of_report = |(index, (report, entries)): (usize, (&Report, Vec<_>))| {
        let entries = entries.into_iter();
        let built = entries
            .filter_map(|(front, texts)| one(front, texts, ReportId(index), report, context));
        let mut built: Vec<Recommendation> = built.collect();
        built.sort_by(|a, b| a.label.cmp(&b.label));
        built
    };
    let built: Vec<Vec<Recommendation>> =
        reports.par_iter().zip(entries).enumerate().map(of_report).collect();
    let mut all: Vec<Recommendation> = Vec::with_capacity(built.iter().map(Vec::len).sum());
    for (report, built) in reports.iter_mut().zip(built) {
        report.recommendations = all.len()..all.len() + built.len();
        same_number(&built, diagnostics);
        all.extend(built);
    }
    all
}

fn same_number(recommendations: &[Recommendation], diagnostics: &mut Vec<Diagnostic>) {
    for pair in recommendations.windows(2) {
        let [first, second] = pair else { continue };
        let (Some(a), Some(b)) = (&first.front.number, &second.front.number) else {
            continue;
        };
        if a.value.is_same_number(&b.value) {
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
}

/// None when the number is missing, which has been reported: without it there is no address.
fn one(
    front: Arc<RecommendationFront>,
    texts: Texts,
    id: ReportId,
    report: &Report,
    context: &Context<'_>,
) -> Option<Recommendation> {
    let label = front.number.as_ref()?.value.clone();
    let status = front.status.as_ref().map_or(Status::NotStarted, |status| status.value);
    let deadline = match (&front.deadline, front.deadlines.last()) {
        (Some(deadline), _) => deadline.value,
        (None, Some(last)) => last.deadline.value,
        (None, None) => Deadline::None,
    };
    let typed = front.implemented.as_ref().map(|date| date.value);
    let implemented = typed.or_else(|| {
        (status == Status::Implemented).then(|| first_implemented(&texts.original)).flatten()
    });
    let as_at = context.options.as_at.unwrap_or(report.as_at);
    let units = front.responsible.0.iter().filter_map(|name| context.units.find(name));
    let tags = front.tags.0.iter().filter_map(|name| context.topics.find(name));
    Some(Recommendation {
        report: id,
        address: format!("{}/{}.html", report.folder, label.slug()),
        label,
        response: front.response.as_ref().map_or(Response::Pending, |response| response.value),
        status,
        verification: front.verification.as_ref().map_or(Verification::SelfReported, |v| v.value),
        deadline,
        implemented,
        timeliness: timeliness(status, deadline, implemented, as_at, context.due_soon_days),
        extension: extension(&front),
        units: each_once(units),
        tags: each_once(tags),
        documents: Vec::new(),
        goals: Vec::new(),
        related: Vec::new(),
        mentioned_in: Vec::new(),
        superseded_by: None,
        texts,
        front,
    })
}

/// The items in their order, a repeated one only the first time.
fn each_once<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut once = Vec::new();
    for item in items {
        if !once.contains(&item) {
            once.push(item);
        }
    }
    once
}

/// The first dated update that says "implemented".
fn first_implemented(text: &Text) -> Option<Date> {
    let dates = text.sections.iter().filter_map(|section| match section.kind {
        SectionKind::Progress { date, status: Some(Status::Implemented) } => date,
        _ => None,
    });
    dates.min_by_key(|date| date.last_day())
}

/// How the deadlines moved; none if they did not.
fn extension(front: &RecommendationFront) -> Option<Extension> {
    let history = front.deadlines.iter().map(|change| change.deadline.value);
    let current = front.deadline.as_ref().map(|deadline| deadline.value);
    let mut days: Vec<_> =
        history.chain(current).filter_map(Deadline::date).map(Date::last_day).collect();
    days.dedup();
    let (first, last) = (days.first()?, days.last()?);
    let times = days.windows(2).filter(|pair| pair[0] < pair[1]).count();
    let moved = days.len() > 1;
    moved.then(|| Extension { times, days: (*last - *first).num_days() })
}
