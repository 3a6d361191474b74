//! Front matter and registers, as the author typed them.
//!
//! The doc comment of each field is the documentation of its key.

use chrono::NaiveDate;

use super::{Date, Deadline, Label, PdfChoice};
use crate::config::Localized;
use crate::references::Organ;
use crate::source::Spanned;
use crate::vocabulary::{Priority, Response, Status, Verification};
use crate::yaml::{FromYaml, OneOrMany, Reader, Schema, Value, record, text_schema};

record! {
    /// The front matter of a recommendation.
    pub struct RecommendationFront {
        /// The number as the report prints it.
        pub number: Option<Spanned<Label>>,
        /// A short title.
        pub title: Option<Spanned<String>>,
        /// How urgent it is.
        pub priority: Option<Spanned<Priority>>,
        /// Was it accepted?
        pub response: Option<Spanned<Response>>,
        /// Who is to do it: one unit or several.
        pub responsible: OneOrMany<Spanned<String>>,
        /// When the recommendation was made.
        pub made: Option<Spanned<Date>>,
        /// By when it is to be done; the current deadline.
        pub deadline: Option<Spanned<Deadline>>,
        /// Every deadline that was set, the first one first.
        pub deadlines: Vec<DeadlineChange>,
        /// Is it done?
        pub status: Option<Spanned<Status>>,
        /// When it was done.
        pub implemented: Option<Spanned<Date>>,
        /// Whether the work goes on although it is done.
        pub continuing: bool,
        /// Who says so?
        pub verification: Option<Spanned<Verification>>,
        /// What is being done, step by step.
        pub actions: Vec<Action>,
        /// Symbols or addresses of documents that show it is done.
        pub evidence: OneOrMany<Spanned<String>>,
        /// Numbers of recommendations on the same thing.
        pub related: OneOrMany<Spanned<RelatedTo>>,
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
    /// One step of the work on a recommendation.
    pub struct Action {
        /// What is to be done.
        pub text: Spanned<String>,
        /// Who is to do it.
        pub responsible: OneOrMany<Spanned<String>>,
        /// By when.
        pub deadline: Option<Spanned<Deadline>>,
        /// Is it done?
        pub status: Option<Spanned<Status>>,
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
        /// When the evaluation or audit was made.
        pub evaluation_date: Option<Spanned<Date>>,
        /// Who reports.
        pub organisation: Option<Spanned<String>>,
        /// The report's own document symbol.
        pub symbol: Option<Spanned<String>>,
        /// The organ of resolutions that are cited without one.
        pub organ: Option<Spanned<Organ>>,
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
        /// How to reach it: an e-mail address or a web address.
        pub contact: Option<Spanned<String>>,
    }
}

impl RecommendationFront {
    /// The keys without which a recommendation cannot be published.
    pub const REQUIRED: [&str; 4] = ["number", "title", "response", "status"];
}

impl TermEntry {
    /// The term and its other written forms.
    pub fn all_forms(&self) -> impl Iterator<Item = &Spanned<String>> {
        [&self.term].into_iter().chain(&self.forms.0)
    }
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
