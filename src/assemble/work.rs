//! How far a recommendation is, and everything that belongs to it: what its responders, parts and
//! actions say, what follows from them, and whether it is on time.

use chrono::NaiveDate;

use super::names::Named;
use crate::model::{
    Date, Days, Distinct, Followed, IDS_OF_PAGES, RecommendationFront, RecommendationPart,
    Responding, SectionKind, State, TaskState, Texts, Timeliness, TimelinessKind, UnitId,
    WorkedOut,
};
use crate::source::Spanned;
use crate::vocabulary::{AxisValue, Response, Status, Vocabulary, Worded};

/// What is needed to tell how far something is.
pub(super) struct Assessing<'a> {
    pub(super) units: &'a Named,
    pub(super) vocabulary: &'a Vocabulary,
    /// The day as at which the report is assessed, and its as-at date as the day by which what is
    /// done was reported.
    pub(super) days: Days,
    pub(super) front: &'a RecommendationFront,
    pub(super) texts: &'a Texts,
}

/// How far a recommendation is.
pub(super) struct Standing {
    pub(super) units: Vec<UnitId>,
    pub(super) state: State,
    pub(super) followed: Followed,
    pub(super) responders: Vec<Responding>,
    pub(super) parts: Vec<RecommendationPart>,
    pub(super) actions: Vec<TaskState>,
}

impl Assessing<'_> {
    /// The units of some names, each once.
    pub(super) fn units_of<'n>(
        &self,
        names: impl Iterator<Item = &'n Spanned<String>>,
    ) -> Vec<UnitId> {
        self.units.find_all(names).into_iter().map(UnitId).collect()
    }

    pub(super) fn work(&self) -> Standing {
        let front = self.front;
        let typed = self.typed();
        let parts = self.parts(&typed);
        let responders = self.responders(&typed);
        let actions: Vec<TaskState> = front
            .actions
            .iter()
            .map(|action| TaskState {
                units: self.units_of(action.responsible.0.iter()),
                // What was rejected is not overdue, nor are its actions.
                state: State {
                    response: typed.response,
                    status: value(&action.status),
                    deadline: value(&action.deadline),
                    implemented: value(&action.implemented),
                    ..State::default()
                }
                .assessed(self.days),
            })
            .collect();
        let (state, followed) = self.whole(typed, &responders, &parts);
        Standing {
            units: self.units_of(front.responsible.0.iter().map(|of| &of.unit)),
            actions,
            state,
            followed,
            responders,
            parts,
        }
    }

    /// What the author typed of the whole. Without a status among the keys it is that of the latest
    /// progress whose heading gives one.
    fn typed(&self) -> State {
        let front = self.front;
        let last = || front.deadlines.last().map(|change| change.deadline.value.clone());
        let reported = || self.progress(None).max_by_key(|(day, _)| *day).map(|(_, status)| status);
        State {
            response: value(&front.response),
            responded: value(&front.responded),
            status: value(&front.status).or_else(reported),
            deadline: value(&front.deadline).or_else(last),
            implemented: value(&front.implemented),
            closed: value(&front.closed),
            timeliness: None,
        }
    }

    /// The days and statuses of the headings of progress that give a status: those of a responder, or
    /// of the whole.
    fn progress(
        &self,
        of: Option<UnitId>,
    ) -> impl Iterator<Item = (NaiveDate, Worded<Status>)> + use<'_> {
        let sections = self.texts.original.sections.iter();
        sections.filter_map(move |section| {
            let named = section.responder.as_deref().map(|name| self.units.find(name).map(UnitId));
            let is_of = match (named, of) {
                (None, None) => true,
                (Some(Some(named)), Some(of)) => named == of,
                _ => false,
            };
            match section.kind {
                SectionKind::Progress { date, status: Some(status) } if is_of => {
                    Some((date.map_or(self.days.reported_by, Date::last_day), status))
                }
                _ => None,
            }
        })
    }

    /// The days, with the first one on which something was reported as done.
    fn days_of(&self, of: Option<UnitId>) -> Days {
        let done = self.progress(of).filter(|(_, status)| status.meaning == Status::Implemented);
        let first = done.map(|(day, _)| day).min();
        let as_at = self.days.reported_by;
        Days { reported_by: first.unwrap_or(as_at).min(as_at), ..self.days }
    }

    /// The parts: what is not said of one is what is said of the whole, but its status.
    fn parts(&self, whole: &State) -> Vec<RecommendationPart> {
        // Their anchors are on the page of the texts.
        let taken = self.texts.all().flat_map(|text| text.anchors()).chain(IDS_OF_PAGES);
        let mut anchors = Distinct::without(taken);
        let part = |part: &crate::model::PartEntry| RecommendationPart {
            label: part.label.value.clone(),
            anchor: anchors.name(&part.label.slug()),
            task: TaskState {
                units: self.units_of(part.responsible.0.iter()),
                state: State {
                    response: value(&part.response).or(whole.response),
                    status: value(&part.status),
                    deadline: value(&part.deadline).or_else(|| whole.deadline.clone()),
                    implemented: value(&part.implemented),
                    closed: value(&part.closed),
                    ..State::default()
                }
                .assessed(self.days),
            },
        };
        self.front.parts.iter().map(part).collect()
    }

    /// The responders: what is not said of one is what is said of the whole.
    fn responders(&self, whole: &State) -> Vec<Responding> {
        let mut responders = Vec::new();
        for entry in &self.front.responsible.0 {
            let Some(unit) = self.units_of([&entry.unit].into_iter()).pop() else { continue };
            let reported =
                || self.progress(Some(unit)).max_by_key(|(day, _)| *day).map(|(_, status)| status);
            let own = State {
                response: value(&entry.response),
                responded: value(&entry.responded),
                status: value(&entry.status).or_else(reported),
                deadline: value(&entry.deadline),
                implemented: value(&entry.implemented),
                closed: value(&entry.closed),
                timeliness: None,
            };
            let answers = own.response.is_some()
                || own.status.is_some()
                || own.deadline.is_some()
                || own.implemented.is_some()
                || own.closed.is_some()
                || own.responded.is_some();
            let is_described = answers || entry.role.is_some() || entry.note.is_some();
            // The date on which the whole was done says nothing of a responder with its own status.
            let of_whole = own.status.is_none();
            let state = State {
                response: own.response.or(whole.response),
                responded: own.responded.or(whole.responded),
                status: own.status.or(whole.status),
                deadline: own.deadline.clone().or_else(|| whole.deadline.clone()),
                implemented: own.implemented.or(whole.implemented.filter(|_| of_whole)),
                closed: own.closed.or(whole.closed.filter(|_| of_whole)),
                timeliness: None,
            };
            let days = match of_whole {
                true => self.days_of(None),
                false => self.days_of(Some(unit)),
            };
            let state = state.assessed(days);
            responders.push(Responding { unit, state, own, answers, is_described });
        }
        responders
    }

    /// How far the whole is: as typed; where no status was typed, as follows from the responders, or
    /// else from the parts.
    fn whole(
        &self,
        typed: State,
        responders: &[Responding],
        parts: &[RecommendationPart],
    ) -> (State, Followed) {
        // Where one answers for itself, the silence of the others counts.
        let of_responders: Vec<&State> = match responders.iter().any(|of| of.answers) {
            true => responders.iter().map(|of| &of.state).collect(),
            false => Vec::new(),
        };
        let of_parts: Vec<&State> = parts.iter().map(|part| &part.task.state).collect();
        let sources =
            [(WorkedOut::FromResponders, of_responders), (WorkedOut::FromParts, of_parts)];
        let mut state = typed;
        let response_from = match state.response {
            Some(_) => None,
            None => sources.iter().find_map(|(from, of)| Some((*from, self.common_response(of)?))),
        };
        state.response = state.response.or(response_from.map(|(_, response)| response));
        let response_from = response_from.map(|(from, _)| from);
        let followed = match state.status {
            Some(_) => None,
            None => sources
                .into_iter()
                .find_map(|(from, of)| Some((from, self.common_status(&of)?, of))),
        };
        let Some((from, status, of)) = followed else {
            let from = Followed { response: response_from, ..Followed::default() };
            return (state.assessed(self.days_of(None)), from);
        };
        state.status = Some(status);
        let latest = of.iter().filter_map(|state| state.implemented).max_by_key(|it| it.last_day());
        state.implemented = state.implemented.or(latest.filter(|_| state.is_done()));
        let mut state = state.assessed(self.days_of(None));
        let timeliness = match state.is_rejected() {
            true => state.timeliness,
            false => timeliness_of_several(state.timeliness, &of),
        };
        let timeliness_from = (timeliness != state.timeliness).then_some(from);
        state.timeliness = timeliness;
        let followed =
            Followed { response: response_from, status: Some(from), timeliness: timeliness_from };
        (state, followed)
    }

    /// The response that follows from several: the one that all have in common, or else what they
    /// amount to. None where not everybody gave one.
    fn common_response(&self, states: &[&State]) -> Option<Worded<Response>> {
        let all: Option<Vec<Worded<Response>>> =
            states.iter().map(|state| state.response).collect();
        let all = all?;
        let first = *all.first()?;
        if all.iter().all(|response| response.meaning == first.meaning) {
            return Some(self.common(first, &all));
        }
        let is_any = |wanted| all.iter().any(|response| response.meaning == wanted);
        let meaning = match all.iter().any(|response| response.is_accepted()) {
            true => Response::PartiallyAccepted,
            false if is_any(Response::Pending) => return None,
            false => Response::Noted,
        };
        Some(self.vocabulary.worded(meaning))
    }

    /// The status that follows from several: the one that all have in common, or else what they amount
    /// to. None where nobody gave one, or where they were closed for different reasons.
    fn common_status(&self, states: &[&State]) -> Option<Worded<Status>> {
        let stated: Vec<Worded<Status>> = states.iter().filter_map(|state| state.status).collect();
        let first = *stated.first()?;
        let is_complete = stated.len() == states.len();
        if is_complete && stated.iter().all(|status| status.meaning == first.meaning) {
            return Some(self.common(first, &stated));
        }
        let any = |wanted: fn(Status) -> bool| stated.iter().any(|status| wanted(status.meaning));
        let is_begun =
            |status| matches!(status, Status::Implemented | Status::PartiallyImplemented);
        let meaning = if any(is_begun) {
            Status::PartiallyImplemented
        } else if any(|status| status == Status::InProgress) {
            Status::InProgress
        } else if any(Status::is_open) {
            Status::NotStarted
        } else {
            return None;
        };
        Some(self.vocabulary.worded(meaning))
    }

    /// The word that all have in common, or else the usual one of their meaning.
    fn common<T: AxisValue + PartialEq>(&self, first: Worded<T>, all: &[Worded<T>]) -> Worded<T> {
        match all.iter().all(|one| *one == first) {
            true => first,
            false => self.vocabulary.worded(first.meaning),
        }
    }
}

/// The timeliness of the whole, where its status follows from several: one that is overdue makes the
/// whole overdue. Past the deadline of the whole it is overdue only if one of them is: each may have a
/// later deadline, and what was not accepted is not awaited.
fn timeliness_of_several(whole: Option<Timeliness>, of: &[&State]) -> Option<Timeliness> {
    let all = || of.iter().filter_map(|state| state.timeliness);
    let days = |kind| all().filter(move |of| of.kind() == kind).filter_map(Timeliness::days);
    if let Some(days) = days(TimelinessKind::Overdue).max() {
        return Some(Timeliness::Overdue { days });
    }
    if !matches!(whole, Some(Timeliness::Overdue { .. })) {
        return whole;
    }
    let ahead = days(TimelinessKind::DueSoon).min().map(|days| Timeliness::DueSoon { days });
    let later = || days(TimelinessKind::NotYetDue).min().map(|days| Timeliness::NotYetDue { days });
    ahead.or_else(later).or_else(|| past(of)).or(Some(Timeliness::NotAssessed))
}

/// Whether what was done was on time, where nothing else is awaited: the rest was not accepted, or was
/// closed.
fn past(of: &[&State]) -> Option<Timeliness> {
    let is_awaited = |state: &&&State| {
        let is_settled = state.status.is_some_and(|status| !status.is_open());
        !is_settled && !state.is_rejected()
    };
    if of.iter().any(|state| is_awaited(&state)) {
        return None;
    }
    let done = || of.iter().filter(|state| state.is_done()).map(|state| state.timeliness);
    let late = done().flatten().filter(|of| of.kind() == TimelinessKind::Late);
    let late = late.max_by_key(|timeliness| timeliness.days());
    let is_on_time = |of| of == Some(Timeliness::OnTime);
    let all_on_time = done().next().is_some() && done().all(is_on_time);
    late.or_else(|| all_on_time.then_some(Timeliness::OnTime))
}

fn value<T: Clone>(typed: &Option<Spanned<T>>) -> Option<T> {
    typed.as_ref().map(|typed| typed.value.clone())
}
