//! A recommendation, and what it consists of.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{
    Date, DocumentId, FactValue, FoundInFact, Label, RecommendationFront, RecommendationId,
    ReportId, SectionKind, Source, State, Text, Texts, Timeliness, UnitId,
};
use crate::source::{Span, Spanned};
use crate::vocabulary::{Verification, Worded};

/// A recommendation.
#[derive(Debug)]
pub struct Recommendation {
    /// Its report.
    pub report: ReportId,
    /// Its number.
    pub label: Label,
    /// Its group, as an index of [`Report::groups`](super::Report::groups).
    pub group: Option<usize>,
    /// The organisation's own facts, in the order of `site.yaml`.
    pub facts: Arc<[FactValue]>,
    /// What its author typed.
    pub front: Arc<RecommendationFront>,
    /// The text in each language there is.
    pub texts: Texts,
    /// How far it is: as its author says, or else as follows from its responders or parts.
    pub state: State,
    /// From what its response and status follow, where its author gave none.
    pub followed: Followed,
    /// Who says so?
    pub verification: Option<Worded<Verification>>,
    /// How its deadline was moved, if it was.
    pub extension: Option<Extension>,
    /// Who is to do it, each once.
    pub units: Vec<UnitId>,
    /// What each of them answered and did, in the order of the front matter.
    pub responders: Vec<Responding>,
    /// The recommendations that it consists of, in the order of the front matter.
    pub parts: Vec<RecommendationPart>,
    /// The steps of the work, in the order of the front matter.
    pub actions: Vec<TaskState>,
    /// The documents that it cites, in the order of first citation, evidence last.
    pub documents: Vec<DocumentId>,
    /// The goals that it points at, as indexes of [`Site::goals`](super::Site::goals).
    pub goals: Vec<usize>,
    /// Recommendations on the same thing.
    pub related: Vec<RecommendationId>,
    /// What has a text that links to it.
    pub mentioned_in: Vec<Source>,
    /// The recommendation that takes its place.
    pub superseded_by: Option<RecommendationId>,
    /// Its topics, as indexes of [`Site::tags`](super::Site::tags).
    pub tags: Vec<usize>,
    /// What its author dated after the day as at which this is shown.
    pub later: Arc<[LaterFact]>,
    /// The recommendations of earlier reports that this one is.
    pub continues: Vec<RecommendationId>,
    /// The recommendations of later reports that this one has become.
    pub continued_by: Vec<RecommendationId>,
    /// The address of its page: `central-asia/1.html`.
    pub address: String,
}

/// What is left out, because its date is after the day that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaterKind {
    /// A report of progress.
    Progress,
    /// A deadline that was set.
    Deadline,
    /// What the date of a key says: `implemented`, `closed`, `responded`.
    Key(&'static str),
}

/// A fact that is left out, because its date is after the day as at which a recommendation is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterFact {
    /// What it is.
    pub kind: LaterKind,
    /// Its date.
    pub date: Date,
    /// Where that is.
    pub span: Span,
}

/// What one of the responders of a recommendation answered and did.
#[derive(Debug)]
pub struct Responding {
    /// The unit.
    pub unit: UnitId,
    /// How far it is: what its entry says, or else what is said of the whole.
    pub state: State,
    /// What is said of it alone, in its entry or in the heading of its progress.
    pub own: State,
    /// Whether its entry, or the heading of its progress, has an answer.
    pub answers: bool,
    /// Whether its entry says anything but its name: a role or a note, too.
    pub is_described: bool,
}

/// A recommendation that is part of another.
#[derive(Debug)]
pub struct RecommendationPart {
    /// What it is called: `a`, `(i)`, `12.3`.
    pub label: Label,
    /// Its anchor on the page of the recommendation.
    pub anchor: String,
    /// What is to be done.
    pub task: TaskState,
}

/// Something that is to be done for a recommendation: an action, a part of it.
#[derive(Debug)]
pub struct TaskState {
    /// Who is to do it.
    pub units: Vec<UnitId>,
    /// How far it is.
    pub state: State,
}

/// From what the response, the status and the timeliness of a recommendation follow; none where they
/// are its own, or nothing says what they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Followed {
    /// From what the response follows.
    pub response: Option<WorkedOut>,
    /// From what the status follows.
    pub status: Option<WorkedOut>,
    /// From what it follows whether it is on time, where that is not its own deadline.
    pub timeliness: Option<WorkedOut>,
}

/// From what something follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkedOut {
    /// From the statuses of the responders.
    FromResponders,
    /// From the statuses of the parts.
    FromParts,
}

/// How a deadline was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension {
    /// How many times it was moved to a later day.
    pub times: usize,
    /// By how many days in all, against the first deadline; negative if it was brought forward.
    pub days: i64,
}

impl Recommendation {
    /// The part of a label: `(a)`, `a)` and `a` are the same.
    pub fn part(&self, label: &str) -> Option<&RecommendationPart> {
        let label = Label::bare(label);
        self.parts.iter().find(|part| Label::bare(&part.label.0) == label)
    }

    /// Whether no later report takes it further: only such are counted where several reports are.
    pub fn is_newest(&self) -> bool {
        self.continued_by.is_empty()
    }

    /// The units that are to do something, each once: the whole, a part, or an action.
    pub fn all_units(&self) -> BTreeSet<UnitId> {
        let of_tasks = self.tasks().flat_map(|task| &task.units);
        self.units.iter().chain(of_tasks).copied().collect()
    }

    /// The same in order: first those that are responsible for the whole.
    pub fn units_first(&self) -> Vec<UnitId> {
        let others = self.all_units().into_iter().filter(|id| !self.units.contains(id));
        self.units.iter().copied().chain(others).collect()
    }

    /// How far it is for a unit: what is so of the whole where the unit is responsible for it, or
    /// what the unit answered and did where responders answer for themselves; or else what is so of
    /// the part or action that stands for it.
    pub fn state_of(&self, unit: UnitId) -> State {
        match self.responders.iter().find(|responder| responder.unit == unit) {
            Some(responder) if self.has_answers() => responder.state.clone(),
            Some(_) => self.state.clone(),
            None => {
                let task = self.task_of(unit).and_then(|index| self.tasks().nth(index));
                task.map_or_else(State::default, |task| task.state.clone())
            }
        }
    }

    /// Which of its parts and actions tells how far it is for a unit that is not responsible for the
    /// whole: the one that is overdue longest, or else the first that is open, or else the first.
    pub fn task_of(&self, unit: UnitId) -> Option<usize> {
        if self.is_responsible(unit) {
            return None;
        }
        let own = || self.tasks().enumerate().filter(|(_, task)| task.units.contains(&unit));
        let days = |task: &TaskState| task.state.timeliness.and_then(Timeliness::days);
        let overdue = own().filter(|(_, task)| task.state.is_overdue());
        let overdue = overdue.max_by_key(|(_, task)| days(task));
        let open = || own().find(|(_, task)| task.state.is_open());
        overdue.or_else(open).or_else(|| own().next()).map(|(index, _)| index)
    }

    /// Whether a unit is responsible for the whole.
    pub fn is_responsible(&self, unit: UnitId) -> bool {
        self.responders.iter().any(|responder| responder.unit == unit)
    }

    /// Whether any of its responders answers for itself.
    pub fn has_answers(&self) -> bool {
        self.responders.iter().any(|responder| responder.answers)
    }

    /// Whether any of its responders has an entry that says more than its name.
    pub fn has_described_responders(&self) -> bool {
        self.responders.iter().any(|responder| responder.is_described)
    }

    /// The place that says how far it is: the key `status`, the heading of its latest progress that
    /// gives a status, or else its number.
    pub fn status_span(&self) -> Option<Span> {
        let typed = self.front.status.as_ref().map(|status| status.span);
        let number = || self.front.number.as_ref().map(|number| number.span);
        let heading = || {
            let sections = self.texts.original.sections.iter();
            let stated = sections.filter(|section| {
                let kind = &section.kind;
                section.responder.is_none()
                    && matches!(kind, SectionKind::Progress { status: Some(_), .. })
            });
            stated.max_by_key(|section| section.newness())?.heading.as_ref().map(|of| of.span)
        };
        typed.or_else(heading).or_else(number)
    }

    /// Its parts and actions.
    pub fn tasks(&self) -> impl Iterator<Item = &TaskState> {
        self.parts.iter().map(|part| &part.task).chain(&self.actions)
    }

    /// What a value of its front matter, or of a translation's, points at, by place.
    pub fn found_in(&self, value: Span) -> impl Iterator<Item = &FoundInFact> {
        let text = self.texts.all().find(move |text| text.file == value.file);
        text.into_iter().flat_map(|text| &text.in_facts).filter(move |of| of.value == value)
    }

    /// The words of a part for readers of a language: as listed in the front
    /// matter, or else as the item of the text that begins with its label.
    pub fn part_in(&self, index: usize, tag: &str) -> Option<PartWords<'_>> {
        let entry = self.front.parts.get(index)?;
        let original = &self.texts.original;
        let translated = self.texts.translation(tag).and_then(|translation| {
            let listed = translation.front.parts.get(index);
            PartWords::of(listed, &translation.text, &entry.label.0)
        });
        translated.or_else(|| PartWords::of(entry.text.as_ref(), original, &entry.label.0))
    }

    /// The text of an action in a language, where there is one.
    pub fn action_in(&self, index: usize, tag: &str) -> Option<&Spanned<String>> {
        match self.texts.translation(tag) {
            Some(translation) => translation.front.actions.get(index),
            None if self.texts.original.language == tag => {
                self.front.actions.get(index).map(|action| &action.text)
            }
            None => None,
        }
    }
}

/// The words of a part of a recommendation.
#[derive(Debug, Clone, Copy)]
pub struct PartWords<'a> {
    /// The words.
    pub words: &'a Spanned<String>,
    /// The language that they are in.
    pub language: &'a str,
    /// Where they are from.
    pub origin: PartOrigin,
}

/// Where the words of a part are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOrigin {
    /// The front matter: nothing else shows them.
    FrontMatter,
    /// An item of the recommendation's text.
    Item,
}

impl<'a> PartWords<'a> {
    /// Those that the front matter lists, or else those of the item with a label.
    fn of(listed: Option<&'a Spanned<String>>, text: &'a Text, label: &str) -> Option<Self> {
        let language = text.language.as_str();
        let listed = listed.map(|words| (words, PartOrigin::FrontMatter));
        let item = || text.item(label).map(|words| (words, PartOrigin::Item));
        let (words, origin) = listed.or_else(item)?;
        Some(Self { words, language, origin })
    }
}
