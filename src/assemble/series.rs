//! Reports that follow one another: which recommendation of a later report is one of an earlier.

use super::order::{Ordered, ReportEntry};
use crate::model::{Numbers, RecommendationId, RecommendationIds, ReportId};

/// The other reports' recommendations that are one with a recommendation.
#[derive(Default)]
pub(super) struct Life {
    /// What it was in earlier reports.
    pub(super) continues: Vec<RecommendationId>,
    /// What it has become in later ones.
    pub(super) continued_by: Vec<RecommendationId>,
}

/// The report that each report follows.
pub(super) fn followed(reports: &[ReportEntry]) -> Vec<Option<ReportId>> {
    let follows = |report: &ReportEntry| {
        let folder = report.front.follows.as_ref()?.value.trim_matches('/');
        let index = reports.binary_search_by(|other| other.folder.as_str().cmp(folder)).ok()?;
        is_before(&reports[index], report).then_some(ReportId(index))
    };
    reports.iter().map(follows).collect()
}

/// Whether a report comes before another: only then can the other one follow it, so that no series
/// turns back into itself.
fn is_before(one: &ReportEntry, other: &ReportEntry) -> bool {
    one.own_as_at < other.own_as_at
}

/// The life of each recommendation: what it continues is what its author says, or else the
/// recommendation of the same number, in a report whose numbers continue.
pub(super) fn lives(
    ordered: &Ordered,
    followed: &[Option<ReportId>],
    ids: &RecommendationIds,
) -> Vec<Life> {
    let mut lives: Vec<Life> = ordered.recommendations.iter().map(|_| Life::default()).collect();
    for (index, one) in ordered.recommendations.iter().enumerate() {
        let report = &ordered.reports[one.report.0];
        let before = followed[one.report.0].map(|id| ordered.reports[id.0].folder.as_str());
        let typed = &one.front.continues.0;
        let numbers = report.front.numbers.as_ref().map(|numbers| numbers.value);
        let same = (typed.is_empty() && numbers == Some(Numbers::Continue))
            .then(|| ids.0.get(&format!("{}/{}", before?, one.label)).copied());
        let said = typed.iter().filter_map(|to| ids.find(before, &to.value.0));
        for id in said.chain(same.flatten()) {
            let other = ordered.recommendations[id.0].report;
            if is_before(&ordered.reports[other.0], report) && !lives[index].continues.contains(&id)
            {
                lives[index].continues.push(id);
                lives[id.0].continued_by.push(RecommendationId(index));
            }
        }
    }
    lives
}
