//! What changed in a report, and in each of its earlier editions, since each one before it: its
//! earlier editions, or else the reports that it follows.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{days_later, has_same_words, own_sections};
use crate::model::{Recommendation, RecommendationId, Report, ReportId, SectionKind, Site};
use crate::vocabulary::{Response, Status};

/// From an earlier state of a report to the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The report, which is the later state.
    pub report: ReportId,
    /// How many states before it the earlier one is: 1 for the last reporting date.
    pub back: usize,
}

impl Interval {
    /// With the last state before a report's; none where nothing is before it.
    pub fn with_last(site: &Site, report: ReportId) -> Option<Self> {
        Self::all_of(site, report).next()
    }

    /// With each state before a report's, the last one first.
    pub fn all_of(site: &Site, report: ReportId) -> impl Iterator<Item = Self> {
        (1..=days_before(site, site.report(report)).len()).map(move |back| Self { report, back })
    }

    /// All that end with an edition of an earlier day, in a site as it stood on that day.
    pub fn of_editions(site: &Site) -> impl Iterator<Item = (usize, Self)> {
        let is_of_edition = |(_, one): &(usize, Self)| site.report(one.report).edition.is_some();
        Self::all(site).enumerate().filter(is_of_edition)
    }

    /// All of a site, by the order of its reports.
    pub fn all(site: &Site) -> impl Iterator<Item = Self> {
        let newest = site.reports_in_order.iter().copied();
        newest.flat_map(|report| Self::all_of(site, report))
    }

    /// As at when the earlier state is.
    pub fn day(self, site: &Site) -> NaiveDate {
        let report = site.report(self.report);
        days_before(site, report).get(self.back - 1).copied().unwrap_or(report.as_at)
    }

    /// The address of what it gives, with this ending.
    pub fn address(self, site: &Site, ending: &str) -> String {
        let place = &site.report(self.report).place;
        match self.back {
            1 => format!("{place}/changes.{ending}"),
            _ => format!("{place}/changes-since-{}.{ending}", self.day(site)),
        }
    }
}

/// As at when the states before a report's are, the last one first.
fn days_before(site: &Site, report: &Report) -> Vec<NaiveDate> {
    match report.earlier_days() {
        // The first edition has nothing before it, as a report's own page has no reports before its
        // editions.
        days if days.is_empty() && report.edition.is_some() => Vec::new(),
        days if days.is_empty() => followed(site, report).map(|of| of.as_at).collect(),
        days => days,
    }
}

/// The reports that a report follows, the last one first.
fn followed<'a>(site: &'a Site, report: &'a Report) -> impl Iterator<Item = &'a Report> {
    std::iter::successors(Some(report), |of| of.follows.map(|id| site.report(id))).skip(1)
}

/// What changed in a report since an earlier state of it.
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
    /// Whether both have the recommendation's own words, and these differ.
    pub is_reworded: bool,
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
    /// How many are quoted with other words.
    pub reworded: usize,
}

/// The states of a report, the first one first: its earlier editions, or the reports that it follows,
/// and itself.
pub fn states<'a>(site: &'a Site, earlier: &'a [Site], report: &'a Report) -> Vec<&'a Report> {
    let days = report.earlier_days();
    let mut states: Vec<&Report> = match days.is_empty() {
        true => followed(site, report).collect(),
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

/// What a recommendation was on a day, in the reports that it comes from: one, or several where it
/// was several.
fn earlier_states(site: &Site, id: RecommendationId, day: NaiveDate) -> BTreeSet<RecommendationId> {
    let mut states = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut next = site.recommendation(id).continues.clone();
    while let Some(id) = next.pop() {
        let one = site.recommendation(id);
        if site.report(one.report).as_at <= day {
            states.insert(id);
        } else if seen.insert(id) {
            next.extend(&one.continues);
        }
    }
    states
}

impl<'a> Since<'a> {
    /// What changed between two states; none where the earlier one is not there. `earlier` are the
    /// sites of earlier editions.
    pub fn of(site: &'a Site, earlier: &'a [Site], interval: Interval) -> Option<Self> {
        let report = site.report(interval.report);
        let day = interval.day(site);
        match report.earlier_days().is_empty() {
            false => {
                // The reports of an earlier site are as at its day.
                let same = |of: &Report| of.folder == report.folder && of.edition == Some(day);
                let before = earlier.iter().find(|site| site.reports.iter().any(same))?;
                Some(Self::since_edition(site, before, day, report))
            }
            true => {
                let before = followed(site, report).nth(interval.back - 1)?;
                Some(Self::since_report(site, before, interval))
            }
        }
    }

    fn since_edition(site: &Site, before: &'a Site, day: NaiveDate, report: &Report) -> Self {
        let mut since = Self::new(before, day);
        for id in report.recommendations.clone().map(RecommendationId) {
            let name = format!("{}/{}", report.folder, site.recommendation(id).label);
            match before.recommendation_ids.0.get(&name) {
                Some(before) => since.add(*before, id, site),
                None => since.new.push(id),
            }
        }
        since
    }

    fn since_report(site: &'a Site, before: &Report, interval: Interval) -> Self {
        let report = site.report(interval.report);
        let mut since = Self::new(site, before.as_at);
        for id in report.recommendations.clone().map(RecommendationId) {
            let earlier = earlier_states(site, id, before.as_at);
            if earlier.is_empty() {
                since.new.push(id);
            }
            earlier.into_iter().for_each(|before| since.add(before, id, site));
        }
        // The reports from the earlier state up to this one.
        let between: Vec<&Report> = followed(site, report).take(interval.back).collect();
        let mut ids: BTreeSet<RecommendationId> =
            before.recommendations.clone().map(RecommendationId).collect();
        for of in between.iter().rev().skip(1) {
            let own = of.recommendations.clone().map(RecommendationId);
            let goes_on = |id: &RecommendationId| {
                site.recommendation(*id).continues.iter().any(|before| ids.contains(before))
            };
            let going_on: Vec<RecommendationId> = own.filter(goes_on).collect();
            ids.extend(going_on);
        }
        let is_dropped = |id: &RecommendationId| {
            let one = site.recommendation(*id);
            one.state.is_open() && one.is_newest()
        };
        since.dropped = ids.into_iter().filter(is_dropped).collect();
        since
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
        // What became several, or was several, has other words without anybody having changed them.
        let is_one = was.continued_by.len() < 2 && is.continues.len() < 2;
        let is_reworded = is_one && is_reworded(was, is);
        match differs || is_reworded || !actions.is_empty() || !updates.is_empty() {
            true => self.changed.push(SinceStep { before, now, actions, updates, is_reworded }),
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
            totals.reworded += usize::from(step.is_reworded);
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

/// Whether a recommendation is quoted with other words than before. A later report may quote it in
/// another language, or not at all.
fn is_reworded(was: &Recommendation, is: &Recommendation) -> bool {
    let in_one_language = was.texts.original.language == is.texts.original.language;
    in_one_language
        && !has_same_words(was, is)
        && [was, is].iter().all(|one| own_sections(one).any(|words| !words.is_empty()))
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
