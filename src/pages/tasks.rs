//! Responders, parts and actions as pages show them, and other facts with links in them.

use serde::Serialize;

use super::Here;
use super::inline::{
    DateView, EvidenceView, Html, LinkedText, StatusMark, TextView, TimelinessView,
};
use crate::markup::html::{escape, escape_attribute};
use crate::model::{PartOrigin, Recommendation, Report, SitePlace, Target};
use crate::source::Spanned;
use crate::wording::{OwnValue, Task};

/// Responders, parts or actions as a table, with the columns that have something in them.
#[derive(Serialize)]
pub(super) struct TasksView {
    caption: String,
    /// The names of the columns after the first.
    columns: Vec<String>,
    rows: Vec<TaskRow>,
}

/// A responder, a part or an action in a table.
#[derive(Serialize)]
struct TaskRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor: Option<String>,
    /// What it is called.
    name: Html,
    /// What is said of it, by the columns of its table; none where nobody said it.
    cells: Vec<Option<Html>>,
}

/// The columns that a table of tasks can have after the first, by the keys of their names.
const COLUMNS: [&str; 7] = [
    "recommendation.responsible",
    "recommendation.role",
    RESPONSE,
    "recommendation.deadline",
    STATUS,
    "recommendation.evidence",
    "recommendation.note",
];

const RESPONSE: &str = "recommendation.response";
const STATUS: &str = "recommendation.status";

/// A responder, a part or an action, with each thing that is said of it as HTML.
struct TaskView<'a> {
    task: Task<'a>,
    text: Option<LinkedText>,
    units: Option<Html>,
    role: Option<TextView>,
    deadline: Option<DateView>,
    status: Option<StatusMark>,
    day: Option<DateView>,
    timeliness: Option<TimelinessView>,
    evidence: Option<Html>,
    note: Option<LinkedText>,
}

impl TaskView<'_> {
    /// What it is called in a table.
    fn name(&self) -> Html {
        if self.is_called_by_units() {
            return self.units.clone().unwrap_or_default();
        }
        let mut name = Html::default();
        if let Some(label) = self.task.label {
            let label = escape(&label.to_string());
            name.push(format_args!("<span class=\"part-label\">{label}</span> "));
        }
        if let Some(text) = &self.text {
            name.push(format_args!("{text}"));
        }
        Html::of(&format_args!("<div>{name}</div>"))
    }

    fn is_called_by_units(&self) -> bool {
        self.task.label.is_none() && self.text.is_none()
    }

    /// What is said of it, in the order of [`COLUMNS`].
    fn cells(&self, not_given: &str) -> [Option<Html>; COLUMNS.len()] {
        let status = (self.status.is_some() || self.timeliness.is_some()).then(|| {
            let mut cell = Html::of(&"<div>");
            match &self.status {
                Some(status) => cell.push(format_args!("{status}")),
                None => cell.push(format_args!("{}", escape(not_given))),
            }
            if let Some(day) = &self.day {
                cell.push(format_args!(" {day}"));
            }
            if let Some(timeliness) = &self.timeliness {
                cell.push(format_args!(" {timeliness}"));
            }
            cell.push(format_args!("</div>"));
            cell
        });
        let evidence = self.evidence.as_ref();
        [
            self.units.clone().filter(|_| !self.is_called_by_units()),
            self.role.as_ref().map(Html::of),
            self.task.response.as_deref().map(|response| Html::of(&escape(response))),
            self.deadline.as_ref().map(Html::of),
            status,
            evidence.map(|evidence| Html::of(&format_args!("<div>{evidence}</div>"))),
            self.note.as_ref().map(Html::of),
        ]
    }
}

impl Here<'_> {
    /// A responder, a part or an action of a recommendation.
    fn task<'a>(&self, mut task: Task<'a>, of: &'a Recommendation) -> TaskView<'a> {
        let report = self.site.report(of.report);
        let language = &of.texts.original.language;
        let linked = |(text, language)| self.linked(text, language, of);
        let timeliness = self.timeliness(report, &task.due());
        TaskView {
            text: task.text.map(linked),
            units: Html::listed(self.unit_links(task.units)),
            role: task.role.map(|role| TextView {
                text: role.to_owned(),
                lang: self.other_language(language),
            }),
            deadline: task.deadline.map(|deadline| self.deadline(deadline, of)),
            status: task.status.take().map(StatusMark),
            day: task.day.map(|day| self.date(day)),
            timeliness,
            evidence: self.evidence(task.evidence, report),
            note: task.note.map(|note| linked((note, language.as_str()))),
            task,
        }
    }

    /// Responders, parts or actions as a list in a cell of the official table; none if there are none.
    pub(super) fn list_of_tasks(&self, tasks: Vec<Task<'_>>, of: &Recommendation) -> Option<Html> {
        if tasks.is_empty() {
            return None;
        }
        let word = |key| escape(self.words.text(key));
        let mut list = Html::of(&"<ul class=\"tasks\">\n");
        for task in tasks {
            let view = self.task(task, of);
            let task = &view.task;
            list.push(format_args!("<li>"));
            if let (Some(label), Some(anchor)) = (task.label, task.anchor) {
                let href = self.href(SitePlace::at(&of.address, anchor));
                let (href, label) = (escape_attribute(&href), escape(&label.to_string()));
                list.push(format_args!("<a class=\"part-label\" href=\"{href}\">{label}</a> "));
            }
            // Other words are in the cell already.
            if let (PartOrigin::FrontMatter, Some(text)) = (task.text_origin, &view.text) {
                list.push(format_args!("<strong>{text}</strong> "));
            }
            if let Some(units) = &view.units {
                list.push(format_args!("{units} "));
            }
            if let Some(role) = &view.role {
                list.push(format_args!("({role}) "));
            }
            if let Some(response) = &task.response {
                list.push(format_args!("<span class=\"said\">{}</span> ", escape(response)));
            }
            if let Some(deadline) = &view.deadline {
                let name = word("recommendation.deadline");
                list.push(format_args!("<span class=\"said\">{name}: {deadline}</span> "));
            }
            if let Some(status) = &view.status {
                let name = word(STATUS);
                list.push(format_args!("<span class=\"visually-hidden\">{name} </span>{status} "));
            }
            if let Some(day) = &view.day {
                list.push(format_args!("{day} "));
            }
            if let Some(timeliness) = &view.timeliness {
                let name = word("recommendation.timeliness");
                list.push(format_args!(
                    "<span class=\"visually-hidden\">{name} </span>{timeliness} "
                ));
            }
            if let Some(evidence) = &view.evidence {
                let name = word("recommendation.evidence");
                list.push(format_args!("<span class=\"said\">{name}: {evidence}</span> "));
            }
            if let Some(note) = &view.note {
                list.push(format_args!("<span class=\"said\">{note}</span>"));
            }
            list.push(format_args!("</li>\n"));
        }
        list.push(format_args!("</ul>"));
        Some(list)
    }

    /// Responders, parts or actions as a table; none if there are none.
    pub(super) fn table_of_tasks(
        &self,
        caption: &str,
        tasks: Vec<Task<'_>>,
        of: &Recommendation,
    ) -> Option<TasksView> {
        if tasks.is_empty() {
            return None;
        }
        let not_given = self.words.text("recommendation.not_given");
        let tasks: Vec<TaskView<'_>> = tasks.into_iter().map(|task| self.task(task, of)).collect();
        let cells: Vec<_> = tasks.iter().map(|task| task.cells(not_given)).collect();
        let is_shown: [bool; COLUMNS.len()] =
            std::array::from_fn(|column| cells.iter().any(|cells| cells[column].is_some()));
        let shown = |column: &usize| is_shown[*column];
        // Phones leave out what is absent, but for what readers look for first.
        let absent = |column: usize| {
            [RESPONSE, STATUS].contains(&COLUMNS[column]).then(|| Html::of(&escape(not_given)))
        };
        let rows = tasks.iter().zip(cells).map(|(task, cells)| {
            let cells = cells.into_iter().enumerate().filter(|(column, _)| shown(column));
            TaskRow {
                anchor: task.task.anchor.map(str::to_owned),
                name: task.name(),
                cells: cells.map(|(column, cell)| cell.or_else(|| absent(column))).collect(),
            }
        });
        let name = |column: usize| self.words.text(COLUMNS[column]).to_owned();
        Some(TasksView {
            caption: self.words.fill(caption, &[("number", &of.label.to_string())]),
            columns: (0..COLUMNS.len()).filter(shown).map(name).collect(),
            rows: rows.collect(),
        })
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
