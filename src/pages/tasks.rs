//! Responders, parts and actions as pages show them, and other facts with links in them.

use serde::Serialize;

use super::Here;
use super::inline::{
    DateView, EvidenceView, Html, LinkedText, StatusMark, TextView, TimelinessView,
};
use crate::model::{PartOrigin, Recommendation, Report, SitePlace, Target};
use crate::source::Spanned;
use crate::wording::{OwnValue, Task};

/// A responder, a part or an action in a table.
#[derive(Serialize)]
pub(super) struct TaskView {
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor: Option<String>,
    /// Where its words are, on pages other than its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    href: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<LinkedText>,
    /// Whether nothing else on the page shows these words.
    is_own_text: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<Html>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Html>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<DateView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<StatusMark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<DateView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeliness: Option<TimelinessView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Html>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<LinkedText>,
}

/// A table of tasks, with the columns that have something in them.
#[derive(Serialize)]
pub(super) struct TasksView {
    /// Whether its rows are called by their units.
    are_units: bool,
    caption: String,
    rows: Vec<TaskView>,
    shows: TaskColumns,
}

/// Which columns have something in them.
#[derive(Default, Serialize)]
struct TaskColumns {
    units: bool,
    role: bool,
    response: bool,
    deadline: bool,
    status: bool,
    evidence: bool,
    note: bool,
}

impl Here<'_> {
    /// Responders, parts or actions of a recommendation in a report.
    pub(super) fn tasks(&self, tasks: Vec<Task<'_>>, of: &Recommendation) -> Vec<TaskView> {
        let report = self.site.report(of.report);
        let language = &of.texts.original.language;
        let view = |task: Task<'_>| {
            let linked = |(text, language)| self.linked(text, language, of);
            let state = task.due();
            TaskView {
                label: task.label.map(ToString::to_string),
                anchor: task.anchor.map(str::to_owned),
                href: task.anchor.map(|anchor| self.href(SitePlace::at(&of.address, anchor))),
                is_own_text: task.text_origin == PartOrigin::FrontMatter,
                text: task.text.map(linked),
                units: Html::listed(self.unit_links(task.units)),
                role: task.role.map(|role| {
                    let lang = self.other_language(language);
                    Html::of(&TextView { text: role.to_owned(), lang })
                }),
                response: task.response,
                deadline: task.deadline.map(|deadline| self.deadline(deadline, of)),
                status: task.status.map(StatusMark),
                day: task.day.map(|day| self.date(day)),
                timeliness: self.timeliness(report, &state),
                evidence: self.evidence(task.evidence, report),
                note: task.note.map(|note| linked((note, language.as_str()))),
            }
        };
        tasks.into_iter().map(view).collect()
    }

    /// Words of the front matter of a recommendation, with links to the documents and goals that they
    /// name, and to the terms that they use.
    pub(super) fn linked(
        &self,
        typed: &Spanned<String>,
        language: &str,
        of: &Recommendation,
    ) -> LinkedText {
        let piece = |text: &str, href| EvidenceView {
            text: text.to_owned(),
            after: String::new(),
            href,
            lang: None,
        };
        let mut pieces = Vec::new();
        let mut done = 0;
        for found in of.found_in(typed.span) {
            // What a range only implies has no characters.
            let (Some(between), Some(text)) =
                (typed.get(done..found.range.start), typed.get(found.range.clone()))
            else {
                continue;
            };
            let href = match self.site.target_of_key(&found.key) {
                Some(Target::Document(document)) => Some(self.href(&document.address)),
                Some(Target::Goal(_, goal)) => Some(self.href(&goal.address)),
                Some(Target::Term(id)) => {
                    let anchor = self.site.terms[id].anchor.as_str();
                    Some(self.href(SitePlace::at("glossary.html", anchor)))
                }
                Some(Target::Outside(address)) => Some(address.to_string()),
                _ => None,
            };
            if href.is_none() || text.is_empty() {
                continue;
            }
            pieces.push(piece(between, None));
            pieces.push(piece(text, href));
            done = found.range.end;
        }
        pieces.push(piece(typed.get(done..).unwrap_or_default(), None));
        pieces.retain(|piece| !piece.text.is_empty());
        LinkedText { pieces, lang: self.other_language(language) }
    }

    /// The same as a table; none if there are none.
    pub(super) fn table_of_tasks(
        &self,
        caption: &str,
        tasks: Vec<Task<'_>>,
        of: &Recommendation,
    ) -> Option<TasksView> {
        let rows = self.tasks(tasks, of);
        if rows.is_empty() {
            return None;
        }
        let any = |is_there: fn(&TaskView) -> bool| rows.iter().any(is_there);
        let shows = TaskColumns {
            units: any(|row| row.units.is_some()),
            role: any(|row| row.role.is_some()),
            response: any(|row| row.response.is_some()),
            deadline: any(|row| row.deadline.is_some()),
            status: any(|row| row.status.is_some() || row.timeliness.is_some()),
            evidence: any(|row| row.evidence.is_some()),
            note: any(|row| row.note.is_some()),
        };
        let number = of.label.to_string();
        let are_units = rows.iter().all(|row| row.label.is_none() && row.text.is_none());
        Some(TasksView {
            are_units,
            caption: self.words.fill(caption, &[("number", &number)]),
            rows,
            shows,
        })
    }

    pub(super) fn evidence(&self, pieces: &[Spanned<String>], report: &Report) -> Option<Html> {
        Html::listed(pieces.iter().map(|piece| self.piece(piece, report)))
    }

    /// A piece of evidence: a link to the page of a document, a web address or a file beside the
    /// report, and anything else as words.
    pub(super) fn piece(&self, evidence: &Spanned<String>, report: &Report) -> EvidenceView {
        let text = evidence.value.as_str();
        let to = self.site.target_of_evidence(text, report);
        let is_document = matches!(to, Some(Target::Document(_)));
        let href = to.and_then(|to| match &to {
            Target::Document(document) => Some(self.href(&document.address)),
            Target::Page { address, .. } => {
                Some(self.href(SitePlace { path: address, anchor: to.anchor_in(self.language()) }))
            }
            Target::File { address, anchor, .. } => {
                Some(self.href_to_file(SitePlace { path: address, anchor: *anchor }))
            }
            Target::Outside(address) => Some(address.to_string()),
            Target::Goal(..) | Target::Term(_) | Target::Anchor(_) => None,
        });
        // An address or a file name is in no language.
        let language = &report.texts.original.language;
        let lang = href.is_none().then(|| self.other_language(language)).flatten();
        let (text, after) = match is_document {
            true => self.site.document_and_place(text),
            false => (text, ""),
        };
        EvidenceView { text: text.to_owned(), after: after.to_owned(), href, lang }
    }

    /// A value of a fact that the organisation declares itself.
    pub(super) fn own_value(&self, value: OwnValue<'_>, report: &Report) -> EvidenceView {
        let words =
            |text: String, lang| EvidenceView { text, after: String::new(), href: None, lang };
        match value {
            OwnValue::InLanguage(text) => words(text, None),
            OwnValue::Typed(text) => {
                let lang = self.other_language(&report.texts.original.language);
                words(text.value.clone(), lang)
            }
            OwnValue::Document(document) => self.piece(document, report),
        }
    }
}
