//! What the templates of PDFs see: everything that they show, and nothing else.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::markup::typst::TextIndex;
use crate::wording::{CountView, StatusView, TableColumns};

/// A report.
#[derive(Serialize)]
pub(super) struct PrintedReport {
    pub(super) language: PrintedLanguage,
    /// Year, month and day of the as-at date.
    pub(super) date: [i32; 3],
    pub(super) paper: &'static str,
    pub(super) site_title: String,
    pub(super) title: String,
    /// The language of the title, where it is not the report's.
    pub(super) title_language: Option<PrintedLanguage>,
    pub(super) short_title: String,
    pub(super) organisation: Option<String>,
    pub(super) kind_as_at: String,
    pub(super) as_at: String,
    pub(super) evaluated: Option<String>,
    /// That it is not the latest edition, where it is not.
    pub(super) edition: Option<String>,
    pub(super) symbol: Option<String>,
    pub(super) introduction: Vec<TextIndex>,
    pub(super) summary: String,
    pub(super) chart: String,
    pub(super) statuses: Vec<PartView>,
    pub(super) timeliness: Vec<PartView>,
    pub(super) total: String,
    /// How far it was at each of its dates, where there are several.
    pub(super) over_time: Option<PrintedStates>,
    /// Its deadlines, where there are several.
    pub(super) deadlines: Option<PrintedDeadlines>,
    /// Which columns of the official table have something in them.
    pub(super) shows: TableColumns,
    /// The facts of the organisation's own that have a column.
    pub(super) own_columns: Vec<String>,
    pub(super) recommendations: Vec<PrintedRecommendation>,
    pub(super) documents: Vec<PrintedDocument>,
    pub(super) terms: Vec<PrintedTerm>,
    pub(super) words: BTreeMap<String, BTreeMap<String, String>>,
}

/// A language as Typst names it: ISO 639 and ISO 3166-1, without the parts that it does not know.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PrintedLanguage {
    pub(super) lang: String,
    pub(super) region: Option<String>,
}

/// How many recommendations have a value.
#[derive(Serialize)]
pub(super) struct PartView {
    #[serde(flatten)]
    pub(super) count: CountView,
    /// The same as a number.
    pub(super) share: usize,
}

/// How far a report was at each of its dates.
#[derive(Serialize)]
pub(super) struct PrintedStates {
    pub(super) sentence: String,
    pub(super) rows: Vec<PrintedState>,
}

/// How far a report was at one of its dates.
#[derive(Serialize)]
pub(super) struct PrintedState {
    pub(super) as_at: String,
    pub(super) total: String,
    /// How many recommendations fewer there were than at the date that has most.
    pub(super) left: usize,
    pub(super) statuses: Vec<PartView>,
    /// The same in words.
    pub(super) summary: String,
    pub(super) overdue: String,
}

/// The deadlines of a report as a chart.
#[derive(Serialize)]
pub(super) struct PrintedDeadlines {
    /// The finding, which is also what those hear who cannot see the chart.
    pub(super) sentence: String,
    /// The chart as SVG, in parts that are not higher than a page.
    pub(super) parts: Vec<String>,
}

/// A group of recommendations.
#[derive(Serialize)]
pub(super) struct PrintedGroup {
    /// The name of its place in the PDF.
    pub(super) label: String,
    pub(super) name: String,
    pub(super) text: Option<String>,
    pub(super) summary: String,
}

#[derive(Serialize)]
pub(super) struct PrintedRecommendation {
    /// The group that begins with it.
    pub(super) group: Option<PrintedGroup>,
    /// The values of the facts that have a column.
    pub(super) own: Vec<Vec<PrintedLink>>,
    /// The name of its place in the PDF, for links.
    pub(super) label: String,
    pub(super) number: String,
    /// "Recommendation 1"
    pub(super) heading: String,
    pub(super) title: String,
    pub(super) title_language: Option<PrintedLanguage>,
    pub(super) response: Option<String>,
    pub(super) status: Option<StatusView>,
    /// From what the status follows, where nobody typed one.
    pub(super) status_follows: Option<String>,
    pub(super) timeliness: Option<String>,
    pub(super) is_overdue: bool,
    pub(super) responsible: Vec<String>,
    pub(super) responders: Vec<PrintedTask>,
    pub(super) parts: Vec<PrintedTask>,
    /// Missing where the timeliness beside it says that there is no deadline.
    pub(super) deadline: Option<PrintedDeadline>,
    /// How often the deadline was moved, and the first one, if it was.
    pub(super) extended: Option<String>,
    /// Why it was moved, each time that a reason is given.
    pub(super) moves: Vec<PrintedMove>,
    /// When it was done, where that is not the report's as-at date.
    pub(super) implemented: Option<String>,
    pub(super) facts: Vec<PrintedFact>,
    pub(super) sections: Vec<PrintedSection>,
    pub(super) actions: Vec<PrintedTask>,
    pub(super) documents: Vec<PrintedLink>,
}

/// A deadline, which may be in its author's words.
#[derive(Serialize)]
pub(super) struct PrintedDeadline {
    pub(super) text: String,
    pub(super) language: Option<PrintedLanguage>,
}

/// A move of the deadline.
#[derive(Serialize)]
pub(super) struct PrintedMove {
    /// The deadline that was set.
    pub(super) deadline: String,
    pub(super) reason: Vec<PrintedLink>,
    pub(super) language: Option<PrintedLanguage>,
}

#[derive(Serialize)]
pub(super) struct PrintedFact {
    pub(super) name: String,
    /// Whether the official table lists it, because none of its columns has it.
    pub(super) is_listed: bool,
    pub(super) value: Vec<PrintedLink>,
}

/// Words, perhaps with a link.
#[derive(Serialize)]
pub(super) struct PrintedLink {
    pub(super) text: String,
    /// The language of the text, where it is known to be another than that of the PDF.
    pub(super) language: Option<PrintedLanguage>,
    /// What follows the link: the place in a document.
    pub(super) after: String,
    pub(super) address: Option<String>,
    /// A place in the PDF instead of an address.
    pub(super) label: Option<String>,
}

#[derive(Serialize)]
pub(super) struct PrintedSection {
    /// The column of the official table: `recommendation`, `response`, `deadline` or `progress`.
    pub(super) column: &'static str,
    /// Whether the paper has no column for it.
    pub(super) is_own: bool,
    pub(super) heading: Option<String>,
    /// Whether the heading gives a date or a status.
    pub(super) says_something: bool,
    /// The one of several responders whose section it is.
    pub(super) responder: Option<String>,
    pub(super) body: Option<TextIndex>,
    pub(super) language: Option<PrintedLanguage>,
}

/// A responder, a part or an action.
#[derive(Serialize)]
pub(super) struct PrintedTask {
    /// What a part is called.
    pub(super) label: Option<String>,
    /// What is to be done; empty where the recommendation's own text says it.
    pub(super) text: Vec<PrintedLink>,
    pub(super) language: Option<PrintedLanguage>,
    pub(super) units: Vec<String>,
    pub(super) role: Option<String>,
    pub(super) response: Option<String>,
    pub(super) deadline: Option<PrintedDeadline>,
    pub(super) status: Option<StatusView>,
    pub(super) day: Option<String>,
    pub(super) timeliness: Option<String>,
    pub(super) is_overdue: bool,
    pub(super) evidence: Vec<PrintedLink>,
    pub(super) note: Vec<PrintedLink>,
}

#[derive(Serialize)]
pub(super) struct PrintedDocument {
    /// The name of its place in the PDF.
    pub(super) label: String,
    pub(super) symbol: String,
    pub(super) title: Option<String>,
    pub(super) address: Option<String>,
    pub(super) forthcoming: bool,
}

#[derive(Serialize)]
pub(super) struct PrintedTerm {
    pub(super) label: String,
    pub(super) term: String,
    pub(super) expansion: String,
}
