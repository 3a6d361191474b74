//! Facts of an organisation's own: a paragraph, an inquiry, potential savings.

use serde_json::json;

use super::Localized;
use crate::diagnostics::Diagnostic;
use crate::source::Spanned;
use crate::vocabulary::fold;
use crate::yaml::{FromName, FromYaml, Kind, OneOrMany, Reader, Schema, Short, Value, record};

/// Facts of an organisation's own, by the keys that recommendations write:
///
/// ```yaml
/// facts:
///   paragraph: Paragraph
///   savings: { label: Potential savings, kind: number, unit: USD }
///   risk: { label: Risk, kind: choice, values: [high, medium, low], column: true }
/// ```
#[derive(Debug, Clone, Default)]
pub struct OwnFacts(pub Vec<(Spanned<String>, OwnFact)>);

record! {
    /// A fact of the organisation's own.
    pub struct OwnFact {
        /// What pages call it.
        pub label: Localized,
        /// What its values are: `text`, `number`, `choice`, `date` or `document`; `text` when none is
        /// given.
        pub kind: Option<FactKind>,
        /// What its numbers count: `USD`.
        pub unit: Option<String>,
        /// The values to choose from, in their order.
        pub values: OneOrMany<Short<FactChoice>>,
        /// Whether the official table has a column for it.
        pub column: bool,
        /// Whether lists of recommendations can be filtered by it.
        pub filter: bool,
    }
}

record! {
    /// A value to choose.
    pub struct FactChoice {
        /// What recommendations write.
        pub value: Spanned<String>,
        /// What pages show, where that differs.
        pub label: Option<Localized>,
    }
}

/// What the values of a fact are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// Words.
    Text,
    /// A number.
    Number,
    /// One of some values.
    Choice,
    /// A date.
    Date,
    /// A document, by its symbol or as evidence is written: it is cited, linked and traced back.
    Document,
}

impl FactKind {
    const ALL: [(&str, Self); 5] = [
        ("text", Self::Text),
        ("number", Self::Number),
        ("choice", Self::Choice),
        ("date", Self::Date),
        ("document", Self::Document),
    ];
}

impl FromYaml for FactKind {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.as_text() else {
            reader.expected("the kind of a fact, such as `text` or `number`", value);
            return None;
        };
        let found = Self::ALL.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind);
        if found.is_none() {
            let names = Self::ALL.map(|(name, _)| name);
            let message = format!("`{text}` is not a kind of fact");
            reader.diagnostics.push(
                Diagnostic::of(&crate::yaml::UNKNOWN_VALUE, value.span, message)
                    .did_you_mean(text, names),
            );
        }
        found
    }

    fn schema() -> Schema {
        json!({ "enum": Self::ALL.map(|(name, _)| name) })
    }
}

impl FromName for FactChoice {
    fn from_name(value: Spanned<String>) -> Self {
        Self { span: value.span, value, label: None }
    }
}

impl FromName for OwnFact {
    fn from_name(label: Spanned<String>) -> Self {
        Self {
            span: label.span,
            label: Localized::from(label.as_str()),
            kind: None,
            unit: None,
            values: OneOrMany::default(),
            column: false,
            filter: false,
        }
    }
}

impl OwnFact {
    /// What its values are.
    pub fn kind(&self) -> FactKind {
        self.kind.unwrap_or(FactKind::Text)
    }

    /// The choice that a word stands for.
    pub fn choice(&self, word: &str) -> Option<&FactChoice> {
        let mut choices = self.values.0.iter();
        choices.find(|choice| fold(&choice.value) == fold(word)).map(|choice| &choice.0)
    }
}

impl OwnFacts {
    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }
}

impl FromYaml for OwnFacts {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Kind::Map(entries) = &value.kind else {
            reader
                .expected("keys with what they are called, such as `paragraph: Paragraph`", value);
            return None;
        };
        let mut facts = Self::default();
        for (key, value) in entries {
            let Some(Short(fact)) = Short::<OwnFact>::from_yaml(value, reader) else { continue };
            if fact.kind() == FactKind::Choice && fact.values.0.is_empty() {
                let message = format!("the values of `{}` are missing", key.value);
                reader.diagnostics.push(
                    Diagnostic::of(&crate::yaml::MISSING_KEY, key.span, message)
                        .help("list them: `values: [high, medium, low]`"),
                );
            }
            facts.0.push((key.clone(), fact));
        }
        Some(facts)
    }

    fn schema() -> Schema {
        json!({ "type": "object", "additionalProperties": Short::<OwnFact>::schema() })
    }
}
