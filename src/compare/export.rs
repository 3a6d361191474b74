//! What changed in a report since one before it, for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Interval, Since, SinceStep, StepTotals};
use crate::model::{RecommendationId, Site};
use crate::vocabulary::AxisValue as _;

/// What changed in a report since one before it.
#[derive(Serialize, JsonSchema)]
pub struct SinceExport<'a> {
    /// The report, by its id.
    report: &'a str,
    /// As at when the state before is.
    since: String,
    /// As at when the report is.
    as_at: String,
    /// How much changed.
    totals: StepTotals,
    /// The recommendations that changed. One that was several before is in several entries.
    changed: Vec<StepExport<'a>>,
    /// The numbers of those that did not.
    unchanged: Vec<String>,
    /// The numbers of those that were not there before.
    new: Vec<String>,
    /// What was open before and is not taken further, as `report/number`.
    dropped: Vec<String>,
}

/// How a recommendation went on. What nobody said is null.
#[derive(Serialize, JsonSchema)]
struct StepExport<'a> {
    /// Its number.
    number: String,
    /// What it was, as `report/number`.
    before: String,
    /// Its page: a full address where the site's is known, or else a path.
    url: String,
    /// The response before.
    response_before: Option<&'static str>,
    /// The response now.
    response: Option<&'static str>,
    /// The status before.
    status_before: Option<&'static str>,
    /// The status now.
    status: Option<&'static str>,
    /// The deadline before.
    deadline_before: Option<String>,
    /// The deadline now.
    deadline: Option<String>,
    /// By how many days it was moved; negative for an earlier day.
    moved_days: Option<i64>,
    /// Why it was moved.
    reason: Option<&'a str>,
    /// The actions that are new, or whose status is another one.
    actions: Vec<&'a str>,
    /// The headings of the progress that is new.
    progress: Vec<&'a str>,
    /// Whether the recommendation is quoted with other words than before.
    text_changed: bool,
}

/// What changed in a report, as JSON; none where the earlier state is not there.
pub fn since_json(site: &Site, earlier: &[Site], interval: Interval) -> Option<String> {
    let since = Since::of(site, earlier, interval)?;
    let report = site.report(interval.report);
    let number = |id: &RecommendationId| site.recommendation(*id).label.to_string();
    let export = SinceExport {
        report: &report.folder,
        since: since.day.to_string(),
        as_at: report.as_at.to_string(),
        totals: since.totals(site),
        changed: since.changed.iter().map(|step| entry(site, &since, step)).collect(),
        unchanged: since.unchanged.iter().map(number).collect(),
        new: since.new.iter().map(number).collect(),
        dropped: since.dropped.iter().map(|id| name(site, *id)).collect(),
    };
    serde_json::to_string_pretty(&export).ok().map(|json| json + "\n")
}

fn name(site: &Site, id: RecommendationId) -> String {
    let one = site.recommendation(id);
    format!("{}/{}", site.report(one.report).folder, one.label)
}

fn entry<'a>(site: &'a Site, since: &Since<'_>, step: &SinceStep) -> StepExport<'a> {
    let (was, is) = (since.before.recommendation(step.before), site.recommendation(step.now));
    let deadline = |of: &crate::model::Recommendation| {
        of.state.deadline.as_ref().map(|deadline| deadline.iso())
    };
    let moved = was.state.deadline != is.state.deadline;
    let last = is.front.deadlines.last().filter(|_| moved);
    let sections = &is.texts.original.sections;
    StepExport {
        number: is.label.to_string(),
        before: name(since.before, step.before),
        url: site.url(&is.address),
        response_before: was.state.response.map(|response| response.meaning.name()),
        response: is.state.response.map(|response| response.meaning.name()),
        status_before: was.state.status.map(|status| status.meaning.name()),
        status: is.state.status.map(|status| status.meaning.name()),
        deadline_before: deadline(was),
        deadline: deadline(is),
        moved_days: step.days_moved(since.before, site).filter(|days| *days != 0),
        reason: last.and_then(|change| change.reason.as_ref()).map(|reason| reason.as_str()),
        actions: step.actions.iter().map(|index| is.front.actions[*index].text.as_str()).collect(),
        progress: step
            .updates
            .iter()
            .filter_map(|index| sections[*index].heading.as_ref())
            .map(|heading| heading.as_str())
            .collect(),
        text_changed: step.is_reworded,
    }
}
