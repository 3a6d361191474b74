//! What changed in a report since the one before it: its last earlier edition, or else the report that
//! it follows.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::days_later;
use crate::model::{Recommendation, RecommendationId, Report, ReportId, SectionKind, Site};
use crate::vocabulary::{Response, Status};

/// What changed in a report since the one before it.
#[derive(Debug)]
pub struct Since<'a> {
    /// The site in which the state before is.
    pub before: &'a Site,
    /// As at when that state is.
    pub day: NaiveDate,
    /// The recommendations that changed, in their order.
    pub changed: Vec<SinceStep>,
    /// Those that did not.
    pub unchanged: Vec<RecommendationId>,
    /// Those that were not there before.
    pub new: Vec<RecommendationId>,
    /// Those that were open before and are not taken further, in the site of the state before.
    pub dropped: Vec<RecommendationId>,
}

/// How a recommendation went on. One that was several before, or was split, is in several steps.
#[derive(Debug)]
pub struct SinceStep {
    /// What it was.
    pub before: RecommendationId,
    /// What it is.
    pub now: RecommendationId,
    /// The actions that are new, or whose status is another one, by their places in the front matter.
    pub actions: Vec<usize>,
    /// The reports of progress that are new, by the places of their sections.
    pub updates: Vec<usize>,
}

/// How much changed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepTotals {
    /// How many recommendations there are now.
    pub all: usize,
    /// How many were implemented since.
    pub implemented: usize,
    /// How many were closed without that.
    pub closed: usize,
    /// How many were not accepted.
    pub rejected: usize,
    /// How many deadlines were moved to a later day.
    pub moved: usize,
    /// How many deadlines were moved to an earlier day.
    pub sooner: usize,
    /// How many were done and are open again.
    pub reopened: usize,
    /// How many had no answer, or were to have one, and were not rejected.
    pub answered: usize,
    /// By how many days in all.
    pub days: i64,
    /// How many are new.
    pub new: usize,
}

/// The states of a report, the first one first: its earlier editions, or the reports that it follows,
/// and itself.
pub fn states<'a>(site: &'a Site, earlier: &'a [Site], report: &'a Report) -> Vec<&'a Report> {
    let days = report.earlier_days();
    let mut states: Vec<&Report> = match days.is_empty() {
        true => {
            let before = |report: &&'a Report| report.follows.map(|id| site.report(id));
            std::iter::successors(before(&report), before).collect()
        }
        false => {
            let editions = earlier.iter().flat_map(|site| &site.reports);
            let own = editions.filter(|of| of.folder == report.folder && of.edition.is_some());
            let mut own: Vec<&Report> = own.filter(|of| days.contains(&of.as_at)).collect();
            own.sort_by_key(|of| std::cmp::Reverse(of.as_at));
            own
        }
    };
    states.reverse();
    states.push(report);
    states
}

/// Whether there is a state before a report's.
pub fn has_before(report: &Report) -> bool {
    report.edition.is_none() && (!report.earlier_days().is_empty() || report.follows.is_some())
}

impl<'a> Since<'a> {
    /// What changed in a report; none where nothing is before it. `earlier` are the sites of earlier
    /// editions.
    pub fn of(site: &'a Site, earlier: &'a [Site], report: &Report) -> Option<Self> {
        let ids = report.recommendations.clone().map(RecommendationId);
        let mut since = match report.earlier_days().first() {
            Some(day) => {
                // The reports of an earlier site are as at its day.
                let same = |of: &&Report| of.folder == report.folder && of.edition == Some(*day);
                let before = earlier.iter().find(|site| site.reports.iter().any(|of| same(&of)))?;
                Self::new(before, *day)
            }
            None => Self::new(site, site.report(report.follows?).as_at),
        };
        let is_edition = !report.earlier_days().is_empty();
        for id in ids {
            let now = site.recommendation(id);
            let before: Vec<RecommendationId> = match is_edition {
                true => {
                    let name = format!("{}/{}", report.folder, now.label);
                    since.before.recommendation_ids.0.get(&name).copied().into_iter().collect()
                }
                false => now.continues.clone(),
            };
            if before.is_empty() {
                since.new.push(id);
            }
            for before in before {
                since.add(before, id, site);
            }
        }
        if let Some(followed) = report.follows.filter(|_| !is_edition) {
            let ids = site.report(followed).recommendations.clone().map(RecommendationId);
            let is_dropped = |id: &RecommendationId| {
                let one = site.recommendation(*id);
                one.state.is_open() && one.is_newest()
            };
            since.dropped = ids.filter(is_dropped).collect();
        }
        Some(since)
    }

    fn new(before: &'a Site, day: NaiveDate) -> Self {
        let (changed, unchanged, new, dropped) = Default::default();
        Self { before, day, changed, unchanged, new, dropped }
    }

    fn add(&mut self, before: RecommendationId, now: RecommendationId, site: &Site) {
        let (was, is) = (self.before.recommendation(before), site.recommendation(now));
        let status_of = |of: &Recommendation, text: &str| {
            let mut actions = of.front.actions.iter().zip(&of.actions);
            let action = actions.find(|(action, _)| action.text.value == text);
            action.map(|(_, action)| action.state.status)
        };
        let actions = is.front.actions.iter().map(|action| action.text.value.as_str()).enumerate();
        let differs = |text: &str| status_of(was, text) != status_of(is, text);
        let actions: Vec<usize> =
            actions.filter(|(_, text)| differs(text)).map(|(index, _)| index).collect();
        let updates = new_updates(was, is, self.day);
        let answers = |of: &Recommendation| -> Vec<_> {
            let answers = of.responders.iter().map(|one| &one.own);
            answers.map(|own| (own.response, own.status, own.deadline.clone())).collect()
        };
        let differs = was.state.status != is.state.status
            || was.state.response != is.state.response
            || was.state.deadline != is.state.deadline
            || was.label != is.label
            || answers(was) != answers(is);
        match differs || !actions.is_empty() || !updates.is_empty() {
            true => self.changed.push(SinceStep { before, now, actions, updates }),
            false => self.unchanged.push(now),
        }
    }

    /// How much changed.
    pub fn totals(&self, site: &Site) -> StepTotals {
        let mut all: Vec<RecommendationId> = self.changed.iter().map(|step| step.now).collect();
        all.extend(&self.unchanged);
        all.extend(&self.new);
        all.sort_unstable();
        all.dedup();
        let mut totals =
            StepTotals { all: all.len(), new: self.new.len(), ..StepTotals::default() };
        let mut counted = None;
        for step in &self.changed {
            // One that was several is counted once.
            if counted.replace(step.now) == Some(step.now) {
                continue;
            }
            let was = &self.before.recommendation(step.before).state;
            let is = &site.recommendation(step.now).state;
            totals.implemented += usize::from(is.is_done() && !was.is_done());
            let is_closed = |of: &crate::model::State| {
                of.status.is_some_and(|status| {
                    !status.is_open() && status.meaning != Status::Implemented
                })
            };
            totals.rejected += usize::from(is.is_rejected() && !was.is_rejected());
            totals.closed += usize::from(is_closed(is) && !is_closed(was) && !is.is_rejected());
            totals.reopened += usize::from(was.is_done() && is.is_open());
            let waits = |of: &crate::model::State| {
                of.response.is_none_or(|response| response.meaning == Response::Pending)
            };
            totals.answered += usize::from(waits(was) && !waits(is) && !is.is_rejected());
            totals.sooner +=
                usize::from(step.days_moved(self.before, site).is_some_and(|days| days < 0));
            if let Some(days) = step.days_moved(self.before, site).filter(|days| *days > 0) {
                totals.moved += 1;
                totals.days += days;
            }
        }
        totals
    }
}

impl SinceStep {
    /// By how many days the deadline is later; none where one of the two is not a date.
    pub fn days_moved(&self, before: &Site, now: &Site) -> Option<i64> {
        days_later(before.recommendation(self.before), now.recommendation(self.now))
    }
}

/// The sections of progress that are dated after a day, or have other words than all those before.
fn new_updates(was: &Recommendation, is: &Recommendation, day: NaiveDate) -> Vec<usize> {
    let before = &was.texts.original;
    let said: Vec<_> = before.sections.iter().map(|section| before.published(section)).collect();
    let text = &is.texts.original;
    let sections = text.sections.iter().enumerate().filter(|(_, section)| {
        let SectionKind::Progress { date, .. } = &section.kind else { return false };
        match date {
            Some(date) => date.first_day() > day,
            None => section.has_words && !said.contains(&text.published(section)),
        }
    });
    sections.map(|(index, _)| index).collect()
}

/// The reports of a site that have something before them, in the order of lists.
pub fn reports_with_before(site: &Site) -> impl Iterator<Item = ReportId> {
    site.reports_in_order.iter().copied().filter(|id| has_before(site.report(*id)))
}
