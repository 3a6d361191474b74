//! Facts in, sentences of a language out: for pages, PDFs and feeds.

mod columns;
mod series;
mod facts;
mod tasks;

use serde::Serialize;

use crate::language::Words;
use crate::model::{
    Counts, Date, Deadline, DeadlineKind, Label, Recommendation, Report, Site, State, Timeliness,
    TimelinessKind, Totals, Unit, WorkedOut,
};
use crate::vocabulary::{Axis, AxisValue, Response, Status, Worded};

pub use columns::{TableColumns, own_columns};
pub use facts::{FACTS, Fact, FactInTable, FactOnPage, FactPart, OwnFactWords, OwnValue};
pub use tasks::Task;

/// Puts the facts of a site into words of one of its languages.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    /// The site.
    pub site: &'a Site,
    /// The words of the language.
    pub words: &'a Words,
}

/// A status: mark, word, and the class that colours it.
#[derive(Debug, Serialize)]
pub struct StatusView {
    /// The class of the stylesheet.
    pub class: String,
    /// A character that tells the statuses apart without colour.
    pub mark: &'static str,
    /// The word, with a capital letter.
    pub label: String,
}

/// How many recommendations have a value.
#[derive(Debug, Serialize)]
pub struct CountView {
    /// The class of the stylesheet.
    pub class: String,
    /// The mark of a status; empty for anything else.
    pub mark: &'static str,
    /// The word, with a capital letter.
    pub label: String,
    /// How many.
    pub count: String,
}

/// A name as a key of the files of words: "partially implemented" is `partially_implemented`.
fn key(name: &str) -> String {
    name.replace([' ', '-'], "_")
}

/// A name as a class of the stylesheet: `partially-implemented`.
pub fn class(name: &str) -> String {
    name.replace([' ', '_'], "-")
}

/// The class that colours a status.
pub fn status_class(status: Status) -> String {
    format!("status-{}", class(status.name()))
}

/// The class that colours a timeliness.
pub fn timeliness_class(kind: TimelinessKind) -> String {
    format!("timeliness-{}", class(kind.name()))
}

/// With a capital letter at the beginning.
pub fn capitalise(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// Whether the timeliness alone says everything about a deadline: that there is none.
pub fn is_no_deadline(state: &State) -> bool {
    state.deadline == Some(Deadline::NONE) && state.timeliness == Some(Timeliness::NoDeadline)
}

/// The class of what nobody has stated.
pub const NOT_STATED: &str = "not-stated";

/// The name of an axis in the files of words.
fn group(axis: Axis) -> &'static str {
    match axis {
        Axis::Response => "response",
        Axis::Status => "status",
        Axis::Verification => "verification",
        Axis::Priority => "priority",
        _ => "",
    }
}

/// The states from which the response or status of a recommendation follows.
fn states_behind(recommendation: &Recommendation, from: WorkedOut) -> Vec<&State> {
    match from {
        WorkedOut::FromResponders => recommendation.responders.iter().map(|of| &of.state).collect(),
        WorkedOut::FromParts => recommendation.parts.iter().map(|of| &of.task.state).collect(),
    }
}

impl Wording<'_> {
    /// "as at 31 December 2020"
    pub fn as_at(&self, day: chrono::NaiveDate) -> String {
        self.words.fill("page.as_at", &[("date", &Date::Day(day).in_words(self.words))])
    }

    /// When the evaluation or audit of a report was made, in a sentence.
    pub fn evaluated(&self, report: &Report) -> Option<String> {
        let date = report.front.evaluation_date.as_ref()?.value.in_words(self.words);
        Some(self.words.fill("report.evaluated", &[("date", &date)]))
    }

    /// That an edition of a report is not the latest; none for the latest.
    pub fn edition(&self, report: &Report) -> Option<String> {
        let day = report.edition?;
        Some(self.words.fill("series.edition", &[("as_at", &self.as_at(day))]))
    }

    /// A deadline in its author's words, or else what it means.
    pub fn deadline(&self, deadline: &Deadline) -> String {
        let words = deadline.words.as_deref().map(str::to_owned);
        words.unwrap_or_else(|| self.due(deadline.kind))
    }

    /// A deadline in a sentence, whose words are all in the language of the page: those of an author
    /// with another language only where nothing else says what is meant.
    pub fn deadline_of(&self, deadline: &Deadline, language: &str) -> String {
        match deadline.kind {
            DeadlineKind::Within(_) => self.deadline(deadline),
            _ if language == self.words.tag => self.deadline(deadline),
            kind => self.due(kind),
        }
    }

    /// What a deadline means: a date, "Ongoing", "No deadline was set."
    pub fn due(&self, kind: DeadlineKind) -> String {
        let text = |key| self.words.text(key).to_owned();
        match kind {
            DeadlineKind::By(date) => date.in_words(self.words),
            DeadlineKind::Ongoing => text("deadline_text.ongoing"),
            // A time allowed has its author's words.
            DeadlineKind::Undecided | DeadlineKind::Within(_) => text("deadline_text.undecided"),
            DeadlineKind::None => text("deadline_text.none"),
        }
    }

    /// How often the deadline was moved to a later day, and what the first one was, if it was. By how
    /// many days is not said: deadlines may be quarters or years.
    pub fn extended(&self, recommendation: &Recommendation) -> Option<String> {
        let extension = recommendation.extension.filter(|e| e.times > 0 && e.days > 0)?;
        let first = &recommendation.front.deadlines.first()?.deadline;
        let first = self.deadline_of(first, &recommendation.texts.original.language);
        Some(self.words.count_with("extended", extension.times, &[("first", &first)]))
    }

    /// The word for a value of an axis: the organisation's own, or else the language's.
    pub fn value<T: AxisValue>(&self, value: Worded<T>) -> String {
        match self.own_word(value) {
            Some(own) => own.to_owned(),
            None => {
                self.words.text(&format!("{}.{}", group(T::AXIS), key(value.name()))).to_owned()
            }
        }
    }

    /// The same with a capital letter.
    pub fn label<T: AxisValue>(&self, value: Worded<T>) -> String {
        capitalise(&self.value(value))
    }

    /// The organisation's own word for a value.
    fn own_word<T: AxisValue>(&self, value: Worded<T>) -> Option<&str> {
        let words = self.site.config.vocabulary.as_ref()?;
        let own = words.label(value)?;
        // Several words of one meaning must not look the same.
        let in_another = || words.has_several(value).then_some(own.first.as_str());
        own.in_language(&self.words.tag).or_else(in_another)
    }

    /// A status.
    pub fn status(&self, status: Worded<Status>) -> StatusView {
        let class = status_class(*status);
        StatusView { class, mark: status.mark(), label: self.label(status) }
    }

    /// That nobody has stated a status.
    pub fn status_not_stated(&self) -> StatusView {
        StatusView {
            class: format!("status-{NOT_STATED}"),
            mark: "·",
            label: capitalise(self.words.text("not_stated")),
        }
    }

    /// The status of a recommendation, which may be continuing; none where nobody has stated one and
    /// none follows from its responders or parts.
    pub fn status_of(&self, recommendation: &Recommendation) -> Option<StatusView> {
        let mut view = self.status(recommendation.state.status?);
        if recommendation.front.continuing {
            let status = [("status", view.label.as_str())];
            view.label = self.words.fill("recommendation.status_continuing", &status);
        }
        Some(view)
    }

    /// From what a status follows that nobody typed: "2 of 3 have implemented it".
    pub fn status_follows(&self, recommendation: &Recommendation) -> Option<String> {
        let from = recommendation.followed.status?;
        let (key, without) = match from {
            WorkedOut::FromResponders => ("worked_out.responders", "worked_out.from_responders"),
            WorkedOut::FromParts => ("worked_out.parts", "worked_out.from_parts"),
        };
        let states = states_behind(recommendation, from);
        let done = states.iter().filter(|state| state.is_done()).count();
        let total = self.words.number(states.len());
        Some(match done {
            0 => self.words.count(without, states.len()),
            _ => self.words.count_with(key, done, &[("total", &total)]),
        })
    }

    /// What responders or parts answered, where no response of the whole was typed: "1 accepted, 1
    /// noted, 1 without a response". None where all gave the same, or nobody gave one.
    pub fn response_follows(&self, recommendation: &Recommendation) -> Option<String> {
        if recommendation.front.response.is_some() {
            return None;
        }
        let from = match recommendation.has_answers() {
            true => WorkedOut::FromResponders,
            false => WorkedOut::FromParts,
        };
        let states = states_behind(recommendation, from);
        let mut counts: Counts<Worded<Response>> = Counts::default();
        states.iter().for_each(|state| counts.add(state.response));
        if counts.stated.is_empty() || counts.all().count() == 1 {
            return None;
        }
        let counted = counts.all().map(|(response, n)| match response {
            Some(response) => self.counted(response, n, states.len()),
            None => self.words.count("summary.no_response", n),
        });
        Some(counted.collect::<Vec<_>>().join(self.words.text("list.comma")))
    }

    /// Timeliness with its date or days: "Due 30 June 2021", "Overdue by 41 days". A time that is left
    /// is not said, because it would be another one tomorrow.
    fn timeliness(&self, report: &Report, state: &State) -> Option<String> {
        let words = self.words;
        let count = |key, days: i64| words.count(key, usize::try_from(days).unwrap_or(0));
        let known = state.timeliness?;
        // What follows from responders or parts is of their deadlines.
        let due = |key, left: i64| {
            let deadline = state.deadline.as_ref()?;
            let day = deadline.date()?.last_day();
            let is_own = (day - report.assessed_at).num_days() == left;
            let language = &report.texts.original.language;
            let date = is_own.then(|| self.deadline_of(deadline, language))?;
            Some(words.fill(key, &[("date", &date)]))
        };
        let named = || {
            capitalise(words.text(&format!("timeliness.{}", known.kind().name().replace(' ', "_"))))
        };
        Some(match known {
            Timeliness::NoDeadline => words.text("timely.no_deadline").to_owned(),
            Timeliness::NotYetDue { days } => due("timely.due", days).unwrap_or_else(named),
            Timeliness::DueSoon { days } => due("timely.due_soon", days).unwrap_or_else(named),
            Timeliness::Overdue { days } => count("timely.overdue", days),
            Timeliness::OnTime => words.text("timely.on_time").to_owned(),
            Timeliness::Late { days } => count("timely.late", days),
            Timeliness::NotAssessed => words.text("timely.not_assessed").to_owned(),
        })
    }

    /// The timeliness of something in a report, with the day on which it is so, for pages that show
    /// several reports: "Overdue by 41 days, as at 31 December 2020". None where nobody said by when
    /// it is to be done.
    pub fn timeliness_at(&self, report: &Report, state: &State) -> Option<String> {
        let timeliness = self.timeliness(report, state)?;
        if !state.is_overdue() {
            return Some(timeliness);
        }
        let day = Date::Day(report.assessed_at).in_words(self.words);
        Some(self.words.fill("timely.at", &[("timeliness", &timeliness), ("date", &day)]))
    }

    /// The timeliness on a page that says as at when its report is: with the day only where another
    /// one was asked for.
    pub fn timeliness_in_report(&self, report: &Report, state: &State) -> Option<String> {
        match report.assessed_at == report.as_at {
            true => self.timeliness(report, state),
            false => self.timeliness_at(report, state),
        }
    }

    /// What explains the timeliness: the dates, or from what it follows.
    pub fn timeliness_reason(&self, report: &Report, recommendation: &Recommendation) -> String {
        let state = &recommendation.state;
        let as_at = Date::Day(report.assessed_at).in_words(self.words);
        if let Some(from) = recommendation.followed.timeliness {
            let key = match from {
                WorkedOut::FromResponders => "timely_because.from_responders",
                WorkedOut::FromParts => "timely_because.from_parts",
            };
            return self.words.fill(key, &[("as_at", &as_at)]);
        }
        let (Some(timeliness), Some(deadline)) = (state.timeliness, &state.deadline) else {
            return String::new();
        };
        let is_period = matches!(deadline.kind, DeadlineKind::Within(_));
        let due = self.deadline_of(deadline, &report.texts.original.language);
        let implemented = state.done_on().map(|day| day.in_words(self.words));
        let key = match (timeliness, &implemented) {
            (Timeliness::NoDeadline, _) => return String::new(),
            (Timeliness::NotYetDue { .. } | Timeliness::DueSoon { .. }, _) => "timely_because.open",
            (Timeliness::Overdue { .. }, _) => "timely_because.overdue",
            (Timeliness::OnTime, Some(_)) => "timely_because.on_time",
            (Timeliness::OnTime, None) => "timely_because.on_time_ahead",
            (Timeliness::Late { .. }, _) => "timely_because.late",
            (Timeliness::NotAssessed, _) if is_period => "timely_because.no_start",
            (Timeliness::NotAssessed, _) if state.is_done() => "timely_because.no_date",
            (Timeliness::NotAssessed, _) if state.is_rejected() => "timely_because.not_accepted",
            (Timeliness::NotAssessed, _) if state.status.is_none() => "timely_because.no_status",
            (Timeliness::NotAssessed, _) => "timely_because.closed",
        };
        let implemented = implemented.unwrap_or_default();
        let places = [("deadline", &*due), ("as_at", &as_at), ("implemented", &implemented)];
        self.words.fill(key, &places)
    }

    /// "Recommendation 1"
    pub fn heading(&self, label: &Label) -> String {
        self.words.fill("recommendation.heading", &[("number", &label.to_string())])
    }

    /// "Recommendation 1:"
    pub fn prefix(&self, label: &Label) -> String {
        self.words.fill("recommendation.prefix", &[("number", &label.to_string())])
    }

    /// A Sustainable Development Goal by number and name: "Goal 13: Climate action".
    pub fn goal_name(&self, number: u8) -> String {
        let name = self.words.list("goals.names").get(usize::from(number).wrapping_sub(1));
        let name = name.map_or("", String::as_str);
        self.words.fill("goals.name", &[("number", &number.to_string()), ("name", name)])
    }

    /// The name of a unit.
    pub fn unit_name<'u>(&self, unit: &'u Unit) -> &'u str {
        let label = unit.entry.as_ref().and_then(|entry| entry.label.as_ref());
        label.and_then(|label| label.in_language(&self.words.tag)).unwrap_or(&unit.name)
    }

    /// The name of a language in the language of the words, or else in that language.
    pub fn language_name(&self, tag: &str) -> String {
        let key = format!("languages.{tag}");
        let name = self.words.text(&key);
        if name != key {
            return name.to_owned();
        }
        let words = self.site.languages.iter().find(|words| words.tag == tag);
        words.map_or(tag, |words| words.text("language_name")).to_owned()
    }

    /// One sentence for a set of recommendations: "6 recommendations: all accepted; all implemented
    /// (1 continuing); none overdue." What nobody has stated of any of them is left out.
    pub fn summary(&self, totals: &Totals) -> String {
        let words = self.words;
        let total = totals.recommendations;
        let mut counted = words.count("summary.recommendations", total);
        if totals.parts > 0 {
            let parts = words.count("summary.parts", totals.parts);
            let places = [("recommendations", &*counted), ("parts", &parts)];
            counted = words.fill("summary.with_parts", &places);
        }
        let comma = words.text("list.comma");
        let mut parts: Vec<String> = Vec::new();
        if !totals.response.stated.is_empty() {
            let responses = totals.response.all().map(|(response, n)| match response {
                Some(response) => self.counted(response, n, total),
                None => words.count("summary.no_response", n),
            });
            parts.push(responses.collect::<Vec<_>>().join(comma));
        }
        if !totals.status.stated.is_empty() {
            let statuses = totals.status.all().map(|(status, n)| {
                let Some(status) = status else { return words.count("summary.no_status", n) };
                let counted = self.counted(status, n, total);
                match totals.continuing.get(&status) {
                    Some(n) => format!("{counted} {}", words.count("summary.continuing", *n)),
                    None => counted,
                }
            });
            parts.push(statuses.collect::<Vec<_>>().join(comma));
        }
        parts.extend(self.overdue(totals));
        if parts.is_empty() {
            return words.fill("summary.only", &[("recommendations", &counted)]);
        }
        let facts = parts.join(words.text("summary.and"));
        let places = [("recommendations", &*counted), ("facts", &facts)];
        words.fill("summary.sentence", &places)
    }

    /// What is overdue: "1 overdue, 2 actions overdue". None where nobody has stated a deadline.
    fn overdue(&self, totals: &Totals) -> Option<String> {
        let words = self.words;
        let overdue = [
            ("summary.overdue", totals.overdue()),
            ("summary.overdue_answers", totals.overdue_answers),
            ("summary.overdue_parts", totals.overdue_parts),
            ("summary.overdue_actions", totals.overdue_actions),
        ];
        let some = overdue.iter().filter(|(_, n)| *n > 0).map(|(key, n)| words.count(key, *n));
        let some: Vec<String> = some.collect();
        match some.is_empty() {
            false => Some(some.join(words.text("list.comma"))),
            true if totals.have_deadlines() => Some(words.text("summary.none_overdue").to_owned()),
            // What is not assessed may have one.
            true => totals
                .timeliness
                .stated
                .keys()
                .eq([&TimelinessKind::NoDeadline])
                .then(|| words.text("summary.no_deadlines").to_owned()),
        }
    }

    /// How many recommendations have a value: "all accepted", "2 in progress", "3 Open".
    fn counted<T: AxisValue>(&self, value: Worded<T>, n: usize, total: usize) -> String {
        let number = match n == total && n > 1 {
            true => self.words.text("summary.all").to_owned(),
            false => self.words.number(n),
        };
        match self.own_word(value) {
            Some(own) => format!("{number} {own}"),
            None => {
                let key = format!("counted_{}.{}", group(T::AXIS), key(value.name()));
                self.words.count_with(&key, n, &[("n", &number)])
            }
        }
    }

    /// How many have each status, those without one last; nothing where nobody has stated any.
    pub fn status_counts(&self, totals: &Totals) -> Vec<(CountView, usize)> {
        if totals.status.stated.is_empty() {
            return Vec::new();
        }
        let counts = totals.status.all().map(|(status, count)| {
            let StatusView { class, mark, label } = match status {
                Some(status) => self.status(status),
                None => self.status_not_stated(),
            };
            (CountView { class, mark, label, count: self.words.number(count) }, count)
        });
        counts.collect()
    }

    /// How many have each timeliness, those without one last; nothing where nobody has stated any
    /// deadline.
    pub fn timeliness_counts(&self, totals: &Totals) -> Vec<(CountView, usize)> {
        if totals.timeliness.stated.is_empty() {
            return Vec::new();
        }
        let counts = totals.timeliness.all().map(|(kind, count)| {
            let (class, label) = match kind {
                Some(kind) => (timeliness_class(kind), self.timeliness_name(kind)),
                None => {
                    let class = format!("timeliness-{NOT_STATED}");
                    (class, capitalise(self.words.text("not_stated")))
                }
            };
            (CountView { class, mark: "", label, count: self.words.number(count) }, count)
        });
        counts.collect()
    }

    /// A timeliness without its days, with a capital letter.
    pub fn timeliness_name(&self, kind: TimelinessKind) -> String {
        capitalise(self.words.text(&format!("timeliness.{}", key(kind.name()))))
    }

    /// What a chart of statuses shows, in words.
    pub fn chart(&self, totals: &Totals) -> String {
        let total = self.words.number(totals.recommendations);
        let shares = totals.status.all().map(|(status, count)| {
            let not_stated = || self.words.text("not_stated").to_owned();
            let name = status.map_or_else(not_stated, |status| self.value(status));
            let n = self.words.number(count);
            self.words.fill("report.share", &[("name", &name), ("n", &n), ("total", &total)])
        });
        let shares: Vec<String> = shares.collect();
        let shares = shares.join(self.words.text("list.comma"));
        self.words.fill("report.chart", &[("parts", &shares)])
    }

    /// A size as people read it: "12 kB", by thousands, as file managers do.
    pub fn size(&self, bytes: usize) -> String {
        match bytes {
            0..1_000_000 => self.words.count("size.kilobytes", bytes.div_ceil(1000)),
            _ => self.words.count("size.megabytes", bytes.div_ceil(1_000_000)),
        }
    }
}
