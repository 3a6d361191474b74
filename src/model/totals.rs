//! How many recommendations are how far.

use std::collections::BTreeMap;

use super::{Recommendation, State, TaskState, TimelinessKind, UnitId};
use crate::vocabulary::{Response, Status, Worded};

/// Counts over some recommendations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// All.
    pub recommendations: usize,
    /// The parts that they consist of.
    pub parts: usize,
    /// Their parts that are overdue.
    pub overdue_parts: usize,
    /// Their actions that are overdue.
    pub overdue_actions: usize,
    /// Those whose responders are overdue while they themselves are not.
    pub overdue_answers: usize,
    /// By response.
    pub response: Counts<Worded<Response>>,
    /// By status.
    pub status: Counts<Worded<Status>>,
    /// By timeliness.
    pub timeliness: Counts<TimelinessKind>,
    /// Of those of a status, how many are continuing: done, but the work goes on.
    pub continuing: BTreeMap<Worded<Status>, usize>,
}

/// How many have each value, and how many have none because nobody gave one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts<T> {
    /// Of those with a value, in the order of the values.
    pub stated: BTreeMap<T, usize>,
    /// Of those without.
    pub not_stated: usize,
}

impl<T> Default for Counts<T> {
    fn default() -> Self {
        Self { stated: BTreeMap::new(), not_stated: 0 }
    }
}

impl<T: Ord + Copy> Counts<T> {
    /// Counts one more.
    pub fn add(&mut self, value: Option<T>) {
        match value {
            Some(value) => *self.stated.entry(value).or_default() += 1,
            None => self.not_stated += 1,
        }
    }

    /// How many have each value, those that have none last, without those of which there are none.
    pub fn all(&self) -> impl Iterator<Item = (Option<T>, usize)> {
        let stated = self.stated.iter().map(|(value, count)| (Some(*value), *count));
        stated.chain((self.not_stated > 0).then_some((None, self.not_stated)))
    }
}

impl Totals {
    /// Counts some recommendations.
    pub fn of<'a>(recommendations: impl IntoIterator<Item = &'a Recommendation>) -> Self {
        let mut totals = Self::default();
        recommendations.into_iter().for_each(|one| totals.add(one));
        totals
    }

    /// Counts one more.
    pub fn add(&mut self, recommendation: &Recommendation) {
        self.count(recommendation, &recommendation.state);
        self.parts += recommendation.parts.len();
        let parts = recommendation.parts.iter().map(|part| &part.task.state);
        let answers = recommendation.responders.iter().filter(|of| of.answers);
        if !recommendation.state.is_overdue() {
            self.overdue_parts += overdue(parts);
            self.overdue_answers += overdue(answers.map(|responder| &responder.state));
        }
        self.overdue_actions += overdue(recommendation.actions.iter().map(|action| &action.state));
    }

    /// Counts one more as a unit answered it and did it, with what of it is the unit's.
    pub fn add_for(&mut self, unit: UnitId, recommendation: &Recommendation) {
        let state = recommendation.state_of(unit);
        self.count(recommendation, &state);
        let is_own = |task: &&TaskState| task.units.contains(&unit);
        let parts = || recommendation.parts.iter().map(|part| &part.task).filter(is_own);
        self.parts += parts().count();
        // Where the unit is responsible for a task only, the recommendation is counted as the task is.
        if !recommendation.is_responsible(unit) {
            return;
        }
        if !state.is_overdue() {
            self.overdue_parts += overdue(parts().map(|task| &task.state));
        }
        let actions = recommendation.actions.iter().filter(is_own);
        self.overdue_actions += overdue(actions.map(|task| &task.state));
    }

    fn count(&mut self, recommendation: &Recommendation, state: &State) {
        self.recommendations += 1;
        self.response.add(state.response);
        self.status.add(state.status);
        self.timeliness.add(state.timeliness.map(|timeliness| timeliness.kind()));
        let is_continuing = recommendation.front.continuing && state.is_done();
        if let Some(status) = state.status.filter(|_| is_continuing) {
            *self.continuing.entry(status).or_default() += 1;
        }
    }

    /// Whether any has a deadline that it can keep or miss.
    pub fn have_deadlines(&self) -> bool {
        use TimelinessKind::{DueSoon, Late, NotYetDue, OnTime, Overdue};
        let dated = [DueSoon, Late, NotYetDue, OnTime, Overdue];
        dated.iter().any(|kind| self.timeliness.stated.contains_key(kind))
    }

    /// How many have passed their deadline.
    pub fn overdue(&self) -> usize {
        self.timeliness.stated.get(&TimelinessKind::Overdue).copied().unwrap_or(0)
    }
}

fn overdue<'s>(states: impl Iterator<Item = &'s State>) -> usize {
    states.filter(|state| state.is_overdue()).count()
}
