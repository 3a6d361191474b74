//! One JSON document, for programs. Its schema is published: `recto schema diagnostics`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Diagnostic, Listing, Renderer, Severity, Tally, listing};
use crate::source::LineColumn;

pub(super) const RENDERER: Renderer = Renderer { name: "json", is_document: true, render };

/// The version of the format. It goes up when a key changes its meaning or is removed, not when one
/// is added.
const VERSION: u32 = 1;

/// What is wrong with the content of a site.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Diagnostics of Recto")]
struct DiagnosticsJson<'a> {
    /// The version of this format.
    version: u32,
    /// How many errors there are.
    errors: usize,
    /// How many warnings there are.
    warnings: usize,
    /// How many notes there are.
    notes: usize,
    /// All of them, in the order of the files.
    diagnostics: Vec<DiagnosticJson<'a>>,
}

/// One thing that is wrong.
#[derive(Serialize, JsonSchema)]
struct DiagnosticJson<'a> {
    /// Names the problem: `unknown-key`. `recto explain` explains it.
    code: &'a str,
    /// How bad it is.
    severity: Word,
    /// What is wrong.
    message: &'a str,
    /// What to type instead.
    help: Option<&'a str>,
    /// Where; null when a whole file is missing.
    place: Option<PlaceJson>,
    /// Other places involved.
    labels: Vec<LabelJson<'a>>,
    /// The change that fixes it, where only one is possible: `recto check --fix` makes it.
    edit: Option<Replacement<'a>>,
}

/// How bad it is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Word {
    /// Worth knowing.
    Note,
    /// Probably a mistake.
    Warning,
    /// The content cannot be published as it is.
    Error,
}

/// Characters of a file.
#[derive(Serialize, JsonSchema)]
struct PlaceJson {
    /// The file, from where the command ran.
    path: String,
    /// The first character.
    start: Position,
    /// The character after the last one.
    end: Position,
}

/// A character of a file. A byte order mark is not counted.
#[derive(Serialize, JsonSchema)]
struct Position {
    /// The line, from 1.
    #[schemars(range(min = 1))]
    line: usize,
    /// The column, from 1, in Unicode characters.
    #[schemars(range(min = 1))]
    column: usize,
}

/// Another place involved.
#[derive(Serialize, JsonSchema)]
struct LabelJson<'a> {
    /// Where.
    place: PlaceJson,
    /// What it has to do with it.
    text: &'a str,
}

/// A change of a file.
#[derive(Serialize, JsonSchema)]
struct Replacement<'a> {
    /// What is taken out.
    place: PlaceJson,
    /// What is put in its place.
    replacement: &'a str,
}

/// The JSON Schema of the document.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(DiagnosticsJson<'static>).into()
}

fn render(listing: &Listing<'_>) -> String {
    let tally = Tally::of(listing.diagnostics);
    let document = DiagnosticsJson {
        version: VERSION,
        errors: tally.errors,
        warnings: tally.warnings,
        notes: tally.notes,
        diagnostics: listing.diagnostics.iter().map(|one| entry(listing, one)).collect(),
    };
    // Writing plain data as JSON cannot fail.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn entry<'a>(listing: &Listing<'_>, diagnostic: &'a Diagnostic) -> DiagnosticJson<'a> {
    let place = |span| PlaceJson::from(listing.place(span));
    let label = |(span, text): &'a (_, String)| LabelJson { place: place(*span), text };
    DiagnosticJson {
        code: diagnostic.code(),
        severity: match diagnostic.severity {
            Severity::Note => Word::Note,
            Severity::Warning => Word::Warning,
            Severity::Error => Word::Error,
        },
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        place: diagnostic.span.map(place),
        labels: diagnostic.labels.iter().map(label).collect(),
        edit: diagnostic
            .edit
            .as_ref()
            .map(|edit| Replacement { place: place(edit.span), replacement: &edit.replacement }),
    }
}

impl From<listing::Place> for PlaceJson {
    fn from(place: listing::Place) -> Self {
        Self { path: place.path, start: place.start.into(), end: place.end.into() }
    }
}

impl From<LineColumn> for Position {
    fn from(at: LineColumn) -> Self {
        Self { line: at.line, column: at.column }
    }
}
