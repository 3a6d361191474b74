//! Recto publishes what somebody said, keeps apart what it worked out, and makes nothing up: each
//! value in the JSON was typed in a file, or is one of those that are worked out.

use std::collections::BTreeSet;

use recto::assemble::Options;
use recto::content::Drafts;
use recto::record::record;
use recto::source::FileId;
use recto::yaml::{FRONT_MATTER, Kind, parse};
use serde_json::Value;

use crate::site::build_of;

/// What is worked out, and so is there without having been typed.
const WORKED_OUT: [&str; 15] = [
    "report",
    "url",
    "as_at",
    "language",
    "timeliness",
    "timeliness_days",
    "response_worked_out",
    "status_worked_out",
    "extended_times",
    "extended_days",
    // Found in the texts.
    "documents",
    // Both ways: the other one may have typed it.
    "related",
    "superseded_by",
    // From the report, where its numbers continue.
    "continues",
    "continued_by",
];

/// The keys from which a field may come, where it is not called the same.
fn keys_of(field: &str) -> &[&str] {
    match field {
        "response_word" => &["response"],
        "status_word" => &["status"],
        "verification_word" => &["verification"],
        "priority_word" => &["priority"],
        "deadline" | "deadline_words" => &["deadline", "deadlines"],
        "original" => &["source"],
        "responders" => &["responsible"],
        _ => &[],
    }
}

/// The fields whose words are those of the text below the front matter.
const TEXTS: [&str; 6] =
    ["recommendation", "management_response", "target_date", "progress", "other", "notes"];

#[test]
fn every_value_was_typed_or_worked_out() {
    let mut checked = 0;
    let mut failures = Vec::new();
    for folder in crate::cases::folders() {
        let options = Options { drafts: Drafts::Include, ..Options::default() };
        let build = build_of(&folder, options);
        for one in &build.site.recommendations {
            let path = &one.texts.original.path;
            let file = build.input.files.iter().find(|file| file.path == *path).unwrap();
            let keys = typed_keys(file.text());
            let published = record(&build.site, one, &one.texts.original);
            let published = serde_json::to_value(&published).unwrap();
            for (field, value) in published.as_object().unwrap() {
                checked += 1;
                if !is_said(field, value, &keys, file.text()) {
                    let case = folder.file_name().unwrap().display();
                    failures.push(format!("{case}/{path}: {field} is {value}, which nobody typed"));
                }
            }
        }
    }
    assert!(checked > 3_000, "{checked} values");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The keys of a front matter that have a value.
fn typed_keys(text: &str) -> BTreeSet<String> {
    let yaml = text.split("---\n").nth(1).or_else(|| text.split("---\r\n").nth(1));
    let value = parse(yaml.unwrap_or(""), FileId(0), 0, FRONT_MATTER, &mut Vec::new());
    let Some(Kind::Map(entries)) = value.map(|value| value.kind) else { return BTreeSet::new() };
    let with_value = entries.into_iter().filter(|(_, value)| value.kind != Kind::Null);
    with_value.map(|(key, _)| key.value).collect()
}

fn is_said(field: &str, value: &Value, keys: &BTreeSet<String>, text: &str) -> bool {
    if is_nothing(value) || WORKED_OUT.contains(&field) {
        return true;
    }
    if TEXTS.contains(&field) {
        return words_of(value).iter().all(|words| is_in(words, text));
    }
    if field == "facts" {
        return value.as_object().unwrap().keys().all(|key| keys.contains(key));
    }
    let from = keys_of(field);
    keys.contains(field) || from.iter().any(|key| keys.contains(*key))
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// The texts in a value, without the dates, statuses and numbers that headings and marks give them.
fn words_of(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(words_of).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| *key == "text")
            .flat_map(|(_, of)| words_of(of))
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether all lines of a text are in a file; comments are cut out of lines.
fn is_in(words: &str, text: &str) -> bool {
    words.lines().flat_map(str::split_whitespace).all(|word| text.contains(word))
}
