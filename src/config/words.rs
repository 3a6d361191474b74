//! The organisation's own words and headings.

use std::collections::BTreeMap;

use serde_json::json;

use super::Localized;
use crate::diagnostics::{Diagnostic, Rule};
use crate::source::Spanned;
use crate::vocabulary::{
    Axis, AxisValue, Priority, Response, Status, Verification, Vocabulary, Worded, fold,
};
use crate::yaml::{FromName, FromYaml, Kind, OneOrMany, Reader, Schema, Short, Value, record};

pub(crate) const AMBIGUOUS_WORD: Rule = Rule {
    code: "ambiguous-word",
    summary: "one of your own words that already means something else",
    explanation: "If `in progress` were called `implemented`, the two could not be told apart. \
                  Choose a word that means nothing else.",
    wrong: &[
        "# content/site.yaml\ntitle: A site\nvocabulary:\n  status:\n    in progress: Implemented",
    ],
    right: &["# content/site.yaml\ntitle: A site\nvocabulary:\n  status:\n    in progress: Open"],
    ..Rule::UNREAD
};

/// Own words for the values of the axes:
///
/// ```yaml
/// vocabulary:
///   status:
///     implemented: { label: "Closed – Implemented", aliases: [Closed] }
///     in progress: [Open, Stalled, Delayed]
/// ```
#[derive(Debug, Clone, Default)]
pub struct OwnWords(BTreeMap<(Axis, String), Vec<Short<OwnWord>>>);

record! {
    /// One word of the organisation: how pages show it, and what authors may type.
    pub struct OwnWord {
        /// What pages show.
        pub label: Option<Localized>,
        /// Other words that authors may type.
        pub aliases: OneOrMany<String>,
    }
}

/// The keys of the axes whose words a site can change.
const AXES: [&str; 4] = ["response", "status", "verification", "priority"];

/// The axis of a key, and the names on it.
fn axis_of(key: &str) -> Option<(Axis, Vec<&'static str>)> {
    match key {
        "response" => Some((Axis::Response, Response::names().collect())),
        "status" => Some((Axis::Status, Status::names().collect())),
        "verification" => Some((Axis::Verification, Verification::names().collect())),
        "priority" => Some((Axis::Priority, Priority::names().collect())),
        _ => None,
    }
}

impl OwnWord {
    /// Everything that authors may type for this value.
    fn texts(&self) -> impl Iterator<Item = &String> {
        let labels =
            self.label.iter().flat_map(|label| label.by_language.values().chain([&label.first]));
        labels.chain(&self.aliases.0)
    }
}

impl OwnWords {
    /// What pages show for a value, where the organisation has its own word.
    pub fn label<T: AxisValue>(&self, value: Worded<T>) -> Option<&Localized> {
        let words = self.0.get(&(T::AXIS, fold(value.name())))?;
        words.get(usize::from(value.own?))?.label.as_ref()
    }

    /// Whether the organisation has several words for what a value means.
    pub fn has_several<T: AxisValue>(&self, value: Worded<T>) -> bool {
        self.0.get(&(T::AXIS, fold(value.name()))).is_some_and(|words| words.len() > 1)
    }

    /// Adds them to what authors may write.
    pub(super) fn teach(&self, vocabulary: &mut Vocabulary) {
        for ((axis, name), words) in &self.0 {
            let texts = words.iter().map(|word| word.texts().map(String::as_str).collect());
            vocabulary.add_own(*axis, name, texts);
        }
    }

    /// Reports words that mean two things.
    fn ambiguous(&self, diagnostics: &mut Vec<Diagnostic>) {
        let mut meanings: BTreeMap<(Axis, String), &str> = BTreeMap::new();
        for (axis, names) in AXES.iter().filter_map(|key| axis_of(key)) {
            meanings.extend(names.into_iter().map(|name| ((axis, fold(name)), name)));
        }
        for ((axis, name), words) in &self.0 {
            for (word, text) in words.iter().flat_map(|word| word.texts().map(move |it| (word, it)))
            {
                let known = *meanings.entry((*axis, fold(text))).or_insert(name);
                if fold(known) != *name {
                    let message = format!("`{text}` already means `{known}`");
                    let help = "choose a word that means nothing else here";
                    diagnostics
                        .push(Diagnostic::of(&AMBIGUOUS_WORD, word.span, message).help(help));
                    break;
                }
            }
        }
    }
}

impl FromName for OwnWord {
    fn from_name(label: Spanned<String>) -> Self {
        let (span, label) = (label.span, Some(Localized::from(label.as_str())));
        Self { label, aliases: OneOrMany::default(), span }
    }
}

impl FromYaml for OwnWords {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Kind::Map(groups) = &value.kind else {
            reader.expected("keys and values", value);
            return None;
        };
        let mut words = Self::default();
        for (group, values) in groups {
            let (Some((axis, names)), Kind::Map(values)) = (axis_of(group), &values.kind) else {
                let message = format!("unknown key `{}`", group.value);
                reader.diagnostics.push(
                    Diagnostic::of(&crate::yaml::UNKNOWN_KEY, group.span, message)
                        .did_you_mean(group, AXES),
                );
                continue;
            };
            for (name, value) in values {
                if !names.iter().any(|known| fold(known) == fold(name)) {
                    let message = format!("`{}` is not a {}", name.value, group.value);
                    reader.diagnostics.push(
                        Diagnostic::of(&crate::yaml::UNKNOWN_VALUE, name.span, message)
                            .did_you_mean(name, names.iter().copied()),
                    );
                }
                let of_name = OneOrMany::from_yaml(value, reader).unwrap_or_default();
                words.0.insert((axis, fold(name)), of_name.0);
            }
        }
        words.ambiguous(reader.diagnostics);
        Some(words)
    }

    fn schema() -> Schema {
        let words = OneOrMany::<Short<OwnWord>>::schema();
        let of_axis = |names: Vec<&'static str>| {
            let known: serde_json::Map<String, Schema> =
                names.into_iter().map(|name| (name.to_owned(), words.clone())).collect();
            // Names may be spelled in several ways, as everywhere.
            json!({ "type": "object", "properties": known, "additionalProperties": words })
        };
        let axes: serde_json::Map<String, Schema> = AXES
            .iter()
            .filter_map(|key| Some(((*key).to_owned(), of_axis(axis_of(key)?.1))))
            .collect();
        json!({ "type": "object", "properties": axes, "additionalProperties": false })
    }
}

/// Headings in addition to the usual ones:
///
/// ```yaml
/// sections:
///   response: [Client comments]
///   other: [Background]
/// ```
#[derive(Debug, Clone, Default)]
pub struct Headings(Vec<(String, String)>);

/// The sections that a heading can name. `other` is any further section, shown as it is.
const SECTIONS: [&str; 5] = ["recommendation", "response", "deadline", "progress", "other"];

impl Headings {
    /// Adds them to what authors may write.
    pub(super) fn teach(&self, vocabulary: &mut Vocabulary) {
        self.0.iter().for_each(|(text, meaning)| vocabulary.add(Axis::Section, text, meaning));
    }
}

impl FromYaml for Headings {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Kind::Map(groups) = &value.kind else {
            reader.expected("keys and values", value);
            return None;
        };
        let mut headings = Vec::new();
        for (meaning, texts) in groups {
            if !SECTIONS.contains(&meaning.value.as_str()) {
                let message = format!("unknown key `{}`", meaning.value);
                reader.diagnostics.push(
                    Diagnostic::of(&crate::yaml::UNKNOWN_KEY, meaning.span, message)
                        .did_you_mean(&meaning.value, SECTIONS),
                );
                continue;
            }
            let texts = OneOrMany::<String>::from_yaml(texts, reader).unwrap_or_default();
            headings.extend(texts.0.into_iter().map(|text| (text, meaning.value.clone())));
        }
        Some(Self(headings))
    }

    fn schema() -> Schema {
        let texts = OneOrMany::<String>::schema();
        let keys: serde_json::Map<String, Schema> =
            SECTIONS.map(|section| (section.to_owned(), texts.clone())).into_iter().collect();
        json!({ "type": "object", "properties": keys, "additionalProperties": false })
    }
}
