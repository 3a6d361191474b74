//! Front matter and registers, as the author typed them.
//!
//! The doc comment of each field is the documentation of its key.

use chrono::NaiveDate;

use super::{Date, Deadline, Label, PdfChoice};
use crate::config::{Levels, Localized};
use crate::references::Organ;
use crate::source::Spanned;
use crate::vocabulary::{Priority, Response, Status, Verification, Worded};
use crate::yaml::{
    FromName, FromYaml, OneOrMany, Reader, Schema, Short, Value, record, text_schema,
};

record! {
    /// The front matter of a recommendation.
    pub struct RecommendationFront {
        /// The number as the report prints it.
        pub number: Option<Spanned<Label>>,
        /// The group of the report that it belongs to: a chapter, a theme, a work package.
        pub group: Option<Spanned<String>>,
        /// A short title. Without one, pages show the beginning of the recommendation's own words.
        pub title: Option<Spanned<String>>,
        /// How urgent it is.
        pub priority: Option<Spanned<Worded<Priority>>>,
        /// Was it accepted?
        pub response: Option<Spanned<Worded<Response>>>,
        /// When it was answered.
        pub responded: Option<Spanned<Date>>,
        /// Who is to do it: a unit, or several, each of which may answer for itself.
        pub responsible: OneOrMany<Short<Responder>>,
        /// When the recommendation was made.
        pub made: Option<Spanned<Date>>,
        /// Who made it: one name or several.
        pub made_by: OneOrMany<Spanned<String>>,
        /// Where it stands in the original document.
        pub source: Option<Original>,
        /// By when it is to be done; the current deadline.
        pub deadline: Option<Spanned<Deadline>>,
        /// Every deadline that was set, the first one first.
        pub deadlines: Vec<DeadlineChange>,
        /// Is it done?
        pub status: Option<Spanned<Worded<Status>>>,
        /// When it was done.
        pub implemented: Option<Spanned<Date>>,
        /// When it was closed without being done.
        pub closed: Option<Spanned<Date>>,
        /// Whether the work goes on although it is done.
        pub continuing: bool,
        /// When what is said here was last brought up to date.
        pub last_updated: Option<Spanned<Date>>,
        /// When the next update is expected.
        pub next_update: Option<Spanned<Date>>,
        /// Who says so?
        pub verification: Option<Spanned<Worded<Verification>>>,
        /// The recommendations that it consists of, such as (a), (b) and (c).
        pub parts: Vec<PartEntry>,
        /// What is being done, step by step.
        pub actions: Vec<Action>,
        /// Symbols or addresses of documents that show it is done.
        pub evidence: OneOrMany<Spanned<String>>,
        /// Numbers of recommendations on the same thing.
        pub related: OneOrMany<Spanned<RelatedTo>>,
        /// The recommendation, or several, of an earlier report that this one is, by folder and
        /// number: `audit-2024/7`.
        pub continues: OneOrMany<Spanned<RelatedTo>>,
        /// The recommendation that takes its place.
        pub superseded_by: Option<Spanned<RelatedTo>>,
        /// Topics.
        pub tags: OneOrMany<Spanned<String>>,
        /// Former addresses of the page, relative to the site.
        pub aliases: OneOrMany<Spanned<String>>,
        /// Left out unless drafts are asked for.
        pub draft: bool,
    }
}

record! {
    /// One of several that a recommendation is addressed to, with its own answer.
    pub struct Responder {
        /// The unit.
        pub unit: Spanned<String>,
        /// What it does in this: lead, support.
        pub role: Option<Spanned<String>>,
        /// Did it accept the recommendation?
        pub response: Option<Spanned<Worded<Response>>>,
        /// When it answered.
        pub responded: Option<Spanned<Date>>,
        /// Has it done its part?
        pub status: Option<Spanned<Worded<Status>>>,
        /// By when it is to do its part.
        pub deadline: Option<Spanned<Deadline>>,
        /// When it did its part.
        pub implemented: Option<Spanned<Date>>,
        /// When it closed its part without doing it.
        pub closed: Option<Spanned<Date>>,
        /// What else is to be said, in a sentence.
        pub note: Option<Spanned<String>>,
    }
}

impl FromName for Responder {
    fn from_name(unit: Spanned<String>) -> Self {
        Self {
            span: unit.span,
            unit,
            role: None,
            response: None,
            responded: None,
            status: None,
            deadline: None,
            implemented: None,
            closed: None,
            note: None,
        }
    }
}

record! {
    /// One of the recommendations that a recommendation consists of.
    pub struct PartEntry {
        /// What it is called: `a`, `(i)`, `12.3`.
        pub label: Spanned<Label>,
        /// Its words; without them, those of the list item of this label in the text.
        pub text: Option<Spanned<String>>,
        /// Was it accepted?
        pub response: Option<Spanned<Worded<Response>>>,
        /// Who is to do it: one unit or several.
        pub responsible: OneOrMany<Spanned<String>>,
        /// By when it is to be done.
        pub deadline: Option<Spanned<Deadline>>,
        /// Is it done?
        pub status: Option<Spanned<Worded<Status>>>,
        /// When it was done.
        pub implemented: Option<Spanned<Date>>,
        /// When it was closed without being done.
        pub closed: Option<Spanned<Date>>,
        /// Symbols or addresses of documents that show it is done.
        pub evidence: OneOrMany<Spanned<String>>,
    }
}

record! {
    /// Where a recommendation stands in the original document.
    pub struct Original {
        /// The document, by its symbol or title.
        pub document: Option<Spanned<String>>,
        /// The number of the paragraph.
        pub paragraph: Option<Spanned<String>>,
        /// The number of the page.
        pub page: Option<Spanned<String>>,
        /// A web address.
        pub url: Option<Spanned<String>>,
    }
}

record! {
    /// One step of the work on a recommendation.
    pub struct Action {
        /// What is to be done.
        pub text: Spanned<String>,
        /// Who is to do it.
        pub responsible: OneOrMany<Spanned<String>>,
        /// By when.
        pub deadline: Option<Spanned<Deadline>>,
        /// Is it done?
        pub status: Option<Spanned<Worded<Status>>>,
        /// When it was done.
        pub implemented: Option<Spanned<Date>>,
        /// Symbols or addresses of documents that show it is done.
        pub evidence: OneOrMany<Spanned<String>>,
    }
}

record! {
    /// One deadline in the history of deadlines.
    pub struct DeadlineChange {
        /// When it was set.
        pub set: Option<Spanned<Date>>,
        /// The deadline then set.
        pub deadline: Spanned<Deadline>,
        /// Why it was moved.
        pub reason: Option<Spanned<String>>,
    }
}

record! {
    /// The front matter of `report.md`.
    pub struct ReportFront {
        /// What was evaluated or audited, as the report's title page says.
        pub title: Option<Spanned<String>>,
        /// A short title, for the top of pages.
        pub short_title: Option<Spanned<String>>,
        /// What kind of report it is: "Final Progress Report".
        pub kind: Option<Spanned<String>>,
        /// The day as at which it reports.
        pub as_at: Option<Spanned<NaiveDate>>,
        /// Its earlier reporting dates. The report has a page as it stood on each of them.
        pub earlier: OneOrMany<Spanned<NaiveDate>>,
        /// When it was last brought up to date.
        pub last_updated: Option<Spanned<Date>>,
        /// When the next update is expected.
        pub next_update: Option<Spanned<Date>>,
        /// The report that it follows, by its folder: the one before it in a series.
        pub follows: Option<Spanned<String>>,
        /// Whether equal numbers are the same recommendation as in the report that it follows:
        /// `continue`, or `new`.
        pub numbers: Option<Spanned<Numbers>>,
        /// When the evaluation or audit was made.
        pub evaluation_date: Option<Spanned<Date>>,
        /// Who reports.
        pub organisation: Option<Spanned<String>>,
        /// The report's own document symbol.
        pub symbol: Option<Spanned<String>>,
        /// The organ of resolutions that are cited without one.
        pub organ: Option<Spanned<Organ>>,
        /// The groups of its recommendations, in their order.
        pub groups: Vec<Short<GroupEntry>>,
        /// Its place among the reports, before those without one; otherwise the newest is first.
        pub order: Option<u32>,
        /// The keys that each of its recommendations needs, besides those that the site asks for.
        pub required: OneOrMany<Spanned<String>>,
        /// How mistakes in it are reported, by their codes: `overdue: note`.
        pub checks: Option<Levels>,
        /// The language it is written in, where that is not the site's first.
        pub language: Option<Spanned<String>>,
        /// Whether it has a PDF: `true`, `false`, or the layout, `table` or `document`.
        pub pdf: PdfChoice,
        /// Topics.
        pub tags: OneOrMany<Spanned<String>>,
        /// Former addresses of the page, relative to the site.
        pub aliases: OneOrMany<Spanned<String>>,
        /// Left out, with its recommendations, unless drafts are asked for.
        pub draft: bool,
    }
}

record! {
    /// A group of recommendations: a chapter, a theme, a work package.
    pub struct GroupEntry {
        /// The name, as recommendations write it.
        pub name: Spanned<String>,
        /// The name as pages show it, or in other languages.
        pub label: Option<Localized>,
        /// What it is about.
        pub text: Option<Localized>,
    }
}

impl FromName for GroupEntry {
    fn from_name(name: Spanned<String>) -> Self {
        Self { span: name.span, name, label: None, text: None }
    }
}

record! {
    /// The front matter of a page.
    pub struct PageFront {
        /// The page's title.
        pub title: Option<Spanned<String>>,
        /// One sentence for search engines.
        pub description: Option<Spanned<String>>,
        /// Former addresses of the page, relative to the site.
        pub aliases: OneOrMany<Spanned<String>>,
        /// Left out unless drafts are asked for.
        pub draft: bool,
    }
}

record! {
    /// The front matter of a translation. Facts stay in the original, so that they cannot differ.
    pub struct TranslationFront {
        /// The title in this language.
        pub title: Option<Spanned<String>>,
        /// The short title in this language (reports).
        pub short_title: Option<Spanned<String>>,
        /// The kind of report in this language (reports).
        pub kind: Option<Spanned<String>>,
        /// The organisation in this language (reports).
        pub organisation: Option<Spanned<String>>,
        /// The texts of the actions in this language, in the order of the original.
        pub actions: Vec<Spanned<String>>,
        /// The words of the parts in this language, in the order of the original.
        pub parts: Vec<Spanned<String>>,
        /// One sentence for search engines (pages).
        pub description: Option<Spanned<String>>,
    }
}

record! {
    /// An entry of `documents.yaml`.
    pub struct DocumentEntry {
        /// The document symbol.
        pub symbol: Spanned<String>,
        /// The title.
        pub title: Option<Localized>,
        /// When it was issued.
        pub date: Option<Spanned<Date>>,
        /// Whether it is announced, but not issued yet.
        pub forthcoming: bool,
        /// Symbols of the documents that it is based on.
        pub based_on: OneOrMany<Spanned<String>>,
        /// Symbols of the documents that it replaces.
        pub supersedes: OneOrMany<Spanned<String>>,
        /// Its web address, where the symbol does not lead to one.
        pub url: Option<Spanned<String>>,
    }
}

record! {
    /// An entry of `glossary.yaml`.
    pub struct TermEntry {
        /// The abbreviation or term as texts write it.
        pub term: Spanned<String>,
        /// What it stands for.
        pub expansion: Localized,
        /// Other written forms, such as the plural.
        pub forms: OneOrMany<Spanned<String>>,
        /// What it means, in a sentence.
        pub definition: Option<Localized>,
    }
}

record! {
    /// An entry of `units.yaml`.
    pub struct UnitEntry {
        /// The name as recommendations write it.
        pub name: Spanned<String>,
        /// The name in other languages, or as pages show it.
        pub label: Option<Localized>,
        /// A short name, which recommendations may write too.
        pub short_name: Option<Spanned<String>>,
        /// Names that it had before. They lead to it.
        pub former: OneOrMany<Spanned<String>>,
        /// Other spellings of its name. They lead to it.
        pub forms: OneOrMany<Spanned<String>>,
        /// The unit that it is part of, by its name.
        pub parent: Option<Spanned<String>>,
        /// How to reach it: an e-mail address or a web address.
        pub contact: Option<Spanned<String>>,
    }
}

impl RecommendationFront {
    /// The keys without which a recommendation cannot be published.
    pub const REQUIRED: [&str; 1] = ["number"];
}

impl RecommendationFront {
    /// All pieces of evidence: of the whole, of parts and of actions.
    pub fn all_evidence(&self) -> impl Iterator<Item = &Spanned<String>> {
        let of_parts = self.parts.iter().flat_map(|part| &part.evidence.0);
        let of_actions = self.actions.iter().flat_map(|action| &action.evidence.0);
        self.evidence.0.iter().chain(of_parts).chain(of_actions)
    }

    /// The names of all units that are to do something: the whole, a part, or an action.
    pub fn unit_names(&self) -> impl Iterator<Item = &Spanned<String>> {
        let of_parts = self.parts.iter().flat_map(|part| &part.responsible.0);
        let of_actions = self.actions.iter().flat_map(|action| &action.responsible.0);
        let responders = self.responsible.0.iter().map(|responder| &responder.unit);
        responders.chain(of_parts).chain(of_actions)
    }
}

impl DeadlineChange {
    /// Whether another entry says the same, wherever it is.
    pub fn same_as(&self, other: &Self) -> bool {
        let set = |of: &Self| of.set.as_ref().map(|set| set.value);
        let reason = |of: &Self| of.reason.as_ref().map(|reason| reason.value.clone());
        self.deadline.value == other.deadline.value
            && set(self) == set(other)
            && reason(self) == reason(other)
    }
}

impl UnitEntry {
    /// The name, the short one, other spellings and former ones.
    pub fn all_names(&self) -> impl Iterator<Item = &Spanned<String>> {
        let others = self.short_name.iter().chain(&self.forms.0).chain(&self.former.0);
        [&self.name].into_iter().chain(others)
    }
}

impl TermEntry {
    /// The term and its other written forms.
    pub fn all_forms(&self) -> impl Iterator<Item = &Spanned<String>> {
        [&self.term].into_iter().chain(&self.forms.0)
    }
}

/// A fact of the organisation's own in the front matter of a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactValue {
    /// Which: its place among [`Config::facts`](crate::config::Config::facts).
    pub fact: usize,
    /// What was typed: one value or several.
    pub values: Vec<Spanned<String>>,
}

/// Another recommendation, by its number, or by its report's folder and number:
/// `2`, `central-asia/2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedTo(pub String);

impl FromYaml for RelatedTo {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        String::from_yaml(value, reader).map(Self)
    }

    fn schema() -> Schema {
        text_schema()
    }
}

/// What the numbers of a report mean in the one that follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// Equal numbers are one recommendation.
    Continue,
    /// They have nothing to do with each other.
    New,
}

impl FromYaml for Numbers {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        match value.as_text() {
            Some("continue") => Some(Self::Continue),
            Some("new") => Some(Self::New),
            _ => {
                reader.expected("`continue` or `new`", value);
                None
            }
        }
    }

    fn schema() -> Schema {
        serde_json::json!({ "enum": ["continue", "new"] })
    }
}
