//! What belongs to a recommendation in words: its responders, parts and actions.

use super::{StatusView, Wording};
use crate::model::{Date, Deadline, Label, Recommendation, State, Timeliness, UnitId};
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
    pub text_origin: TextOrigin,
    /// Who is to do it.
    pub units: &'a [UnitId],
    /// What a responder does in this.
    pub role: Option<&'a str>,
    /// Was it accepted?
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

/// Where the words of a task are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextOrigin {
    /// The front matter: nothing else shows them.
    FrontMatter,
    /// An item of the recommendation's text.
    Item,
}

/// What one task was typed with.
struct Typed<'a> {
    response: &'a Option<Spanned<Worded<Response>>>,
    status: &'a Option<Spanned<Worded<Status>>>,
    deadline: &'a Option<Spanned<Deadline>>,
}

impl<'a> Wording<'a> {
    /// The responders that answer for themselves.
    pub fn responders(&self, of: &'a Recommendation) -> Vec<Task<'a>> {
        let entries = of.front.responsible.0.iter().zip(&of.responders);
        let answering = entries.filter(|(_, responder)| responder.answers);
        let tasks = answering.map(|(entry, responder)| {
            let typed = Typed {
                response: &entry.response,
                status: &entry.status,
                deadline: &entry.deadline,
            };
            Task {
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
            let typed = Typed {
                response: &entry.response,
                status: &entry.status,
                deadline: &entry.deadline,
            };
            Task {
                label: Some(&part.label),
                anchor: Some(&part.anchor),
                text: of.part_in(index, &self.words.tag),
                text_origin: match entry.text {
                    Some(_) => TextOrigin::FrontMatter,
                    None => TextOrigin::Item,
                },
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
            let typed = Typed { response: &None, status: &entry.status, deadline: &entry.deadline };
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
            text_origin: TextOrigin::FrontMatter,
            units: &[],
            role: None,
            response: typed.response.as_ref().map(|response| self.label(response.value)),
            deadline: typed.deadline.as_ref().map(|deadline| &deadline.value),
            status: typed.status.as_ref().map(|status| self.status(status.value)),
            day: typed.status.as_ref().and(state.done_on().or(state.closed)),
            timeliness: state.timeliness.filter(|_| says_when),
            evidence: &[],
            note: None,
        }
    }
}
