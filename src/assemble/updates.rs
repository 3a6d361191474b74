//! What was reported when.

use super::order::Ordered;
use crate::model::{Date, RecommendationId, SectionKind, Update};

/// All dated progress, the newest first; on the same day, in the order of the recommendations.
pub(super) fn updates(ordered: &Ordered) -> Vec<Update> {
    let mut updates = Vec::new();
    for (index, recommendation) in ordered.recommendations.iter().enumerate() {
        let as_at = Date::Day(ordered.reports[recommendation.report.0].as_at);
        let text = &recommendation.texts.original;
        for (number, section) in text.sections.iter().enumerate() {
            if !section.has_words && !section.kind.says_something() {
                continue;
            }
            if let SectionKind::Progress { date, status } = &section.kind {
                updates.push(Update {
                    recommendation: RecommendationId(index),
                    section: number,
                    date: date.unwrap_or(as_at),
                    // What one of several reports is not the status of the whole.
                    status: status.filter(|_| section.responder.is_none()),
                });
            }
        }
    }
    updates.sort_by_key(|update| std::cmp::Reverse(update.date.last_day()));
    updates
}
