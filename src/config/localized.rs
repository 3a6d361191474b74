//! A text, or one for each language.

use std::collections::BTreeMap;

use crate::yaml::{FromYaml, Kind, Reader, Schema, Value, text_schema};

/// A text that may differ by language: `title: Progress`, or `title: { en: Progress, fr: … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized {
    /// The only text, or the first one written.
    pub first: String,
    /// Texts by language tag.
    pub by_language: BTreeMap<String, String>,
}

impl Localized {
    /// The text in a language, or else the first.
    pub fn get(&self, tag: &str) -> &str {
        self.in_language(tag).unwrap_or(&self.first)
    }

    /// The text in a language; one without a language is for all of them.
    pub fn in_language(&self, tag: &str) -> Option<&str> {
        match self.by_language.is_empty() {
            true => Some(&self.first),
            false => self.by_language.get(tag).map(String::as_str),
        }
    }
}

impl From<&str> for Localized {
    fn from(text: &str) -> Self {
        Self { first: text.to_owned(), by_language: BTreeMap::new() }
    }
}

impl FromYaml for Localized {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Kind::Map(entries) = &value.kind else {
            return String::from_yaml(value, reader).map(|text| Self::from(text.as_str()));
        };
        let by_language: BTreeMap<String, String> = entries
            .iter()
            .filter_map(|(tag, text)| Some((tag.value.clone(), String::from_yaml(text, reader)?)))
            .collect();
        let Some(first) = entries.iter().find_map(|(tag, _)| by_language.get(&tag.value)) else {
            reader.expected("a text, or one for each language such as `{ en: …, fr: … }`", value);
            return None;
        };
        let first = first.clone();
        Some(Self { first, by_language })
    }

    fn schema() -> Schema {
        serde_json::json!({
            "anyOf": [
                text_schema(),
                { "type": "object", "additionalProperties": text_schema(), "minProperties": 1 },
            ]
        })
    }
}
