//! SARIF 2.1.0, for code scanning on GitHub and for editors that read it.
//!
//! Columns count Unicode characters, and `columnKind` says so; the end of a region is the
//! character after its last one (SARIF 2.1.0, 3.30).

use std::collections::BTreeMap;

use percent_encoding::utf8_percent_encode;
use serde_json::{Value, json};

use super::{Diagnostic, Listing, Place, Renderer, Rule, Severity};
use crate::source::{LineColumn, PATH_CHARACTERS, Span};

pub(super) const RENDERER: Renderer = Renderer { name: "sarif", is_document: true, render };

/// Where the settings of a site are, from its root.
const SETTINGS: &str = "content/site.yaml";

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn render(listing: &Listing<'_>) -> String {
    let rules = listing.diagnostics.iter().map(|diagnostic| (diagnostic.code(), diagnostic.rule));
    let rules: BTreeMap<&str, &Rule> = rules.collect();
    let places: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let results = listing.diagnostics.iter().map(|diagnostic| {
        let index = places[diagnostic.code()];
        result(listing, diagnostic, index)
    });
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "Recto",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.values().map(|rule| described(rule)).collect::<Vec<_>>(),
                }
            },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    // Writing plain data as JSON cannot fail.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

/// What the log says about a rule.
fn described(rule: &Rule) -> Value {
    let Rule { code, severity, summary, explanation, .. } = rule;
    json!({
        "id": code,
        "shortDescription": { "text": format!("Reports {summary}.") },
        "fullDescription": { "text": explanation },
        "help": { "text": explanation, "markdown": rule.manual() },
        "defaultConfiguration": { "level": level(*severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(listing: &Listing<'_>, diagnostic: &Diagnostic, rule: usize) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let place = |span: Span| json!({ "physicalLocation": location(&listing.place(span)) });
    let mut result = json!({
        "ruleId": diagnostic.code(),
        "ruleIndex": rule,
        "level": level(diagnostic.severity),
        "message": { "text": text },
        // GitHub does not accept a result without a place, so what is wrong with the site as a
        // whole is shown at its settings.
        "locations": [diagnostic.span.map_or_else(|| settings(listing), place)],
    });
    if !diagnostic.labels.is_empty() {
        let labels = diagnostic.labels.iter().enumerate().map(|(id, (span, text))| {
            let mut label = place(*span);
            label["id"] = id.into();
            label["message"] = json!({ "text": text });
            label
        });
        result["relatedLocations"] = labels.collect();
    }
    if let Some(edit) = &diagnostic.edit {
        let place = listing.place(edit.span);
        result["fixes"] = json!([{
            "description": { "text": diagnostic.help.as_deref().unwrap_or("fix it") },
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(&place.path) },
                "replacements": [{
                    "deletedRegion": region(&place),
                    "insertedContent": { "text": edit.replacement },
                }],
            }],
        }]);
    }
    result
}

/// The top of `site.yaml`.
fn settings(listing: &Listing<'_>) -> Value {
    let top = LineColumn { line: 1, column: 1 };
    let path = format!("{}{}", listing.folder, SETTINGS);
    let place = Place { path, start: top, end: top };
    json!({ "physicalLocation": location(&place) })
}

fn location(place: &Place) -> Value {
    json!({ "artifactLocation": { "uri": uri(&place.path) }, "region": region(place) })
}

fn region(place: &Place) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

/// A path as a relative address, or as a `file://` address when it is absolute.
fn uri(path: &str) -> String {
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", utf8_percent_encode(path, PATH_CHARACTERS))
}
