//! What belongs to a recommendation in words: its responders, parts and actions.

use super::{StatusView, Wording};
use crate::model::{Date, Deadline, Label, PartOrigin, Recommendation, State, Timeliness, UnitId};
use crate::source::Spanned;
use crate::vocabulary::{Response, Status, Worded};

/// A responder, a part or an action of a recommendation, as pages and PDFs show it. What nobody said
/// of it is none.
pub struct Task<'a> {
    /// What a part is called.
    pub label: Option<&'a Label>,
    /// The anchor of a part on the page of the recommendation.
    pub anchor: Option<&'a str>,
    /// What is to be done, with the language of these words.
    pub text: Option<(&'a Spanned<String>, &'a str)>,
    /// Where these words are from.
    pub text_origin: PartOrigin,
    /// Who is to do it.
    pub units: &'a [UnitId],
    /// What a responder does in this.
    pub role: Option<&'a str>,
    /// Was it accepted, and when did a responder say so?
    pub response: Option<String>,
    /// By when it is to be done.
    pub deadline: Option<&'a Deadline>,
    /// Is it done?
    pub status: Option<StatusView>,
    /// When it was done, or closed without being done.
    pub day: Option<Date>,
    /// Is it on time?
    pub timeliness: Option<Timeliness>,
    /// Documents that show it is done.
    pub evidence: &'a [Spanned<String>],
    /// What else a responder said.
    pub note: Option<&'a Spanned<String>>,
}

/// What one task was typed with.
struct Typed<'a> {
    response: Option<Worded<Response>>,
    status: Option<Worded<Status>>,
    deadline: Option<&'a Deadline>,
}

impl<'a> Typed<'a> {
    fn of(
        response: &Option<Spanned<Worded<Response>>>,
        status: &Option<Spanned<Worded<Status>>>,
        deadline: &'a Option<Spanned<Deadline>>,
    ) -> Self {
        Self {
            response: response.as_ref().map(|response| response.value),
            status: status.as_ref().map(|status| status.value),
            deadline: deadline.as_ref().map(|deadline| &deadline.value),
        }
    }
}

impl Task<'_> {
    /// By when it is to be done, and whether that is on time.
    pub fn due(&self) -> State {
        let (deadline, timeliness) = (self.deadline.cloned(), self.timeliness);
        State { deadline, timeliness, ..State::default() }
    }
}

impl<'a> Wording<'a> {
    /// All responders, where one of them answers for itself.
    pub fn responders(&self, of: &'a Recommendation) -> Vec<Task<'a>> {
        let entries = of.front.responsible.0.iter().zip(&of.responders);
        let answering = entries.filter(|_| of.has_described_responders());
        let tasks = answering.map(|(entry, responder)| {
            let typed = Typed {
                status: responder.own.status,
                ..Typed::of(&entry.response, &None, &entry.deadline)
            };
            let response = typed.response.map(|response| self.label(response));
            let responded = entry.responded.as_ref().map(|day| day.value.in_words(self.words));
            Task {
                response: match (response, responded) {
                    (Some(response), Some(day)) => {
                        Some([&response, self.words.text("list.comma"), &day].concat())
                    }
                    (None, Some(day)) => {
                        Some(format!("{} {day}", self.words.text("recommendation.responded")))
                    }
                    (response, None) => response,
                },
                units: std::slice::from_ref(&responder.unit),
                role: entry.role.as_ref().map(|role| role.as_str()),
                note: entry.note.as_ref(),
                ..self.task(typed, &responder.state)
            }
        });
        tasks.collect()
    }

    /// The parts.
    pub fn parts(&self, of: &'a Recommendation) -> Vec<Task<'a>> {
        let entries = of.front.parts.iter().zip(&of.parts).enumerate();
        let parts = entries.map(|(index, (entry, part))| {
            let typed = Typed::of(&entry.response, &entry.status, &entry.deadline);
            let words = of.part_in(index, &self.words.tag);
            Task {
                label: Some(&part.label),
                anchor: Some(&part.anchor),
                text: words.map(|of| (of.words, of.language)),
                text_origin: words.map_or(PartOrigin::FrontMatter, |of| of.origin),
                units: &part.task.units,
                evidence: &entry.evidence.0,
                ..self.task(typed, &part.task.state)
            }
        });
        parts.collect()
    }

    /// The actions.
    pub fn actions(&self, of: &'a Recommendation) -> Vec<Task<'a>> {
        let entries = of.front.actions.iter().zip(&of.actions).enumerate();
        let actions = entries.map(|(index, (entry, action))| {
            let typed = Typed::of(&None, &entry.status, &entry.deadline);
            let translated = of.action_in(index, &self.words.tag);
            let original = (&entry.text, of.texts.original.language.as_str());
            Task {
                text: Some(translated.map_or(original, |text| (text, self.words.tag.as_str()))),
                units: &action.units,
                evidence: &entry.evidence.0,
                ..self.task(typed, &action.state)
            }
        });
        actions.collect()
    }

    fn task(&self, typed: Typed<'a>, state: &State) -> Task<'a> {
        // What is only said of the whole is not said again.
        let says_when = typed.deadline.is_some() || typed.status.is_some();
        Task {
            label: None,
            anchor: None,
            text: None,
            text_origin: PartOrigin::FrontMatter,
            units: &[],
            role: None,
            response: typed.response.map(|response| self.label(response)),
            deadline: typed.deadline,
            status: typed.status.map(|status| self.status(status)),
            day: typed.status.and(state.done_on().or(state.closed)),
            timeliness: state.timeliness.filter(|_| says_when),
            evidence: &[],
            note: None,
        }
    }
}
