//! Deadlines that are a time allowed: "within 6 months".

use std::sync::Arc;

use chrono::NaiveDate;

use super::order::ReportEntry;
use crate::model::{Deadline, DeadlineKind, RecommendationFront};
use crate::source::Spanned;

/// With a date for each deadline that is a time allowed: "within 6 months".
///
/// It counts from the day on which the recommendation was made, or else the evaluation; a deadline of
/// the history from the day on which it was set, where that is given. What covers several days ends on
/// the last of them, in the author's favour. Where nobody gave such a day it stays a time allowed: the
/// as-at date moves with every report, and would move the deadline with it.
pub(super) fn with_dates(
    mut front: Arc<RecommendationFront>,
    report: &ReportEntry,
) -> Arc<RecommendationFront> {
    let is_counted = |of: &Deadline| matches!(of.kind, DeadlineKind::Within(_));
    let actions = front.actions.iter().filter_map(|action| action.deadline.as_ref());
    let parts = front.parts.iter().filter_map(|part| part.deadline.as_ref());
    let responders = front.responsible.0.iter().filter_map(|of| of.deadline.as_ref());
    let tasks = actions.chain(parts).chain(responders);
    let history = front.deadlines.iter().map(|change| &change.deadline);
    if !tasks.chain(history).chain(&front.deadline).any(|of| is_counted(of)) {
        return front;
    }
    let made = front.made.as_ref().or(report.front.evaluation_date.as_ref());
    let made = made.map(|date| date.last_day());
    let of = Arc::make_mut(&mut front);
    // Where the last deadline of the history is the current one, both are the same day.
    let set = of.deadlines.last().filter(|last| {
        of.deadline.as_ref().is_some_and(|current| current.value == last.deadline.value)
    });
    let set = set.and_then(|last| last.set.as_ref()).map(|set| set.last_day()).or(made);
    let resolve = |deadline: &mut Spanned<Deadline>, day: Option<NaiveDate>| {
        if let Some(day) = day {
            deadline.value = deadline.counted_from(day);
        }
    };
    of.deadline.iter_mut().for_each(|deadline| resolve(deadline, set));
    for change in &mut of.deadlines {
        let day = change.set.as_ref().map(|set| set.last_day()).or(made);
        resolve(&mut change.deadline, day);
    }
    let actions = of.actions.iter_mut().filter_map(|action| action.deadline.as_mut());
    let parts = of.parts.iter_mut().filter_map(|part| part.deadline.as_mut());
    let responders = of.responsible.0.iter_mut().filter_map(|one| one.0.deadline.as_mut());
    let tasks = actions.chain(parts).chain(responders);
    tasks.for_each(|deadline| resolve(deadline, made));
    front
}
