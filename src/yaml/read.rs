//! What a YAML value means: the trait, and the types that everybody needs.

use std::ops::Deref;

use serde_json::json;

use super::{Kind, Value};
use crate::diagnostics::{Diagnostic, Edit, Rule, nearest};
use crate::source::{Span, Spanned};
use crate::vocabulary::{AxisValue, Vocabulary, Worded};

pub(crate) const WRONG_VALUE: Rule = Rule {
    code: "wrong-value",
    summary: "a value that its key does not take",
    explanation: "The message says what the key takes: a text, a list, `true` or `false`, a web \
                  address with its `https://`.",
    wrong: &["continuing: perhaps", "title: [a, list]"],
    right: &["continuing: true"],
    ..Rule::UNREAD
};

pub(crate) const UNKNOWN_VALUE: Rule = Rule {
    code: "unknown-value",
    summary: "a word that is not a status, response, verification, priority or level",
    explanation: "Words are those of the site's languages, and those that `vocabulary` in \
                  `content/site.yaml` adds; large and small letters, hyphens and accents make no \
                  difference.",
    wrong: &["status: finished", "response: acepted"],
    right: &["status: implemented", "response: Partially-Accepted"],
    ..Rule::UNREAD
};

/// What a reader needs to know, and where it reports.
pub struct Reader<'a> {
    /// The words of the site's languages, and the site's own.
    pub vocabulary: &'a Vocabulary,
    /// The keys of recommendations that the site declares itself.
    pub own_keys: Vec<&'a str>,
    /// Everything found wrong so far.
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reports that the value is not what the key takes.
    pub fn expected(&mut self, what: &str, value: &Value) {
        let found = match value.as_text() {
            Some(text) => format!("`{text}`"),
            None => value.describe().to_owned(),
        };
        let message = format!("expected {what}, found {found}");
        self.diagnostics.push(Diagnostic::of(&WRONG_VALUE, value.span, message));
    }
}

/// A type that can be read from YAML.
pub trait FromYaml: Sized {
    /// Reads the value. A mistake is reported, and the value is then none.
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self>;

    /// What stands for a key that is not there. None makes the key required.
    fn absent() -> Option<Self> {
        None
    }

    /// What the value may be, as JSON Schema: for editors, which complete and check by it. It must
    /// accept all that is read, and may accept more.
    fn schema() -> Schema {
        json!({})
    }
}

/// A JSON Schema.
pub type Schema = serde_json::Value;

/// A text, which YAML may take for a number.
pub fn text_schema() -> Schema {
    json!({ "type": ["string", "number"] })
}

/// A schema that accepts nothing after the colon as well.
fn or_null(mut schema: Schema) -> Schema {
    if let Some(kind) = schema.get_mut("type") {
        match kind.as_array_mut() {
            Some(kinds) if kinds.contains(&json!("null")) => {}
            Some(kinds) => kinds.push(json!("null")),
            None => *kind = json!([kind.take(), "null"]),
        }
    } else if let Some(choices) = schema.get_mut("anyOf").and_then(Schema::as_array_mut) {
        choices.push(json!({ "type": "null" }));
    }
    schema
}

impl FromYaml for String {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        match value.as_text().map(str::trim) {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            _ => {
                reader.expected("a text", value);
                None
            }
        }
    }

    fn schema() -> Schema {
        text_schema()
    }
}

impl FromYaml for bool {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        match value.as_text() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            None if value.kind == Kind::Null => Some(false),
            other => {
                reader.expected("`true` or `false`", value);
                // What YAML once took for the two, and much of the world still types.
                let meant = match other.map(str::to_lowercase).as_deref() {
                    Some("true" | "yes" | "on") => "true",
                    Some("false" | "no" | "off") => "false",
                    _ => return None,
                };
                let edit = Edit {
                    span: value.span,
                    instead_of: value.as_text().unwrap_or("").to_owned(),
                    replacement: meant.to_owned(),
                };
                if let Some(said) = reader.diagnostics.last_mut() {
                    said.help = Some(format!("write `{meant}`"));
                    said.edit = Some(Box::new(edit));
                }
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn schema() -> Schema {
        json!({ "type": ["boolean", "null"] })
    }
}

impl FromYaml for u32 {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let number = value.as_text().and_then(|text| text.parse().ok());
        if number.is_none() {
            reader.expected("a whole number", value);
        }
        number
    }

    fn schema() -> Schema {
        json!({ "type": "integer", "minimum": 0 })
    }
}

impl<T: AxisValue> FromYaml for Worded<T> {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.as_text() else {
            reader.expected(T::WHAT, value);
            return None;
        };
        let found = reader.vocabulary.value(text);
        if found.is_none() {
            let mut words: Vec<&str> = reader.vocabulary.words(T::AXIS).collect();
            T::names().for_each(|name| words.push(name));
            let edit = Edit::of_slip(text, words, value.span);
            let diagnostic = unknown_value::<T>(text, value.span, reader.vocabulary);
            reader.diagnostics.push(diagnostic.edit(edit));
        }
        found
    }

    /// The names are there to be completed. Any text is accepted, because a site has words of its
    /// own, and each can be written in several ways.
    fn schema() -> Schema {
        let names: Vec<&str> = T::names().collect();
        json!({ "anyOf": [{ "enum": names }, { "type": "string" }] })
    }
}

/// Reports a word that is not a value of an axis, with the nearest one in any language of the site.
pub fn unknown_value<T: AxisValue>(text: &str, span: Span, vocabulary: &Vocabulary) -> Diagnostic {
    let diagnostic = Diagnostic::of(&UNKNOWN_VALUE, span, format!("`{text}` is not {}", T::WHAT));
    match nearest(text, vocabulary.words(T::AXIS)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.did_you_mean(text, T::names()),
    }
}

/// A key with nothing after the colon is a key not given: authors leave skeletons unfilled.
impl<T: FromYaml> FromYaml for Option<T> {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        match value.kind {
            Kind::Null => Some(None),
            _ => Some(T::from_yaml(value, reader)),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema() -> Schema {
        or_null(T::schema())
    }
}

impl<T: FromYaml> FromYaml for Spanned<T> {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self { value: T::from_yaml(value, reader)?, span: value.span })
    }

    fn schema() -> Schema {
        T::schema()
    }
}

/// A list; items that cannot be read are reported and left out.
impl<T: FromYaml> FromYaml for Vec<T> {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        match &value.kind {
            Kind::Null => Some(Vec::new()),
            Kind::List(items) => {
                Some(items.iter().filter_map(|item| T::from_yaml(item, reader)).collect())
            }
            Kind::Scalar(_) | Kind::Map(_) => {
                reader.expected("a list", value);
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn schema() -> Schema {
        json!({ "type": ["array", "null"], "items": T::schema() })
    }
}

/// One value, or a list of them: `responsible: Legal Office` and `responsible: [A, B]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: FromYaml> FromYaml for OneOrMany<T> {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        match value.kind {
            Kind::List(_) | Kind::Null => Vec::from_yaml(value, reader).map(Self),
            Kind::Scalar(_) | Kind::Map(_) => {
                Some(Self(T::from_yaml(value, reader).into_iter().collect()))
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn schema() -> Schema {
        json!({ "anyOf": [T::schema(), Vec::<T>::schema()] })
    }
}

/// A record that may be written as its name alone: `responsible: Registry` is short for
/// `responsible: { unit: Registry }`.
pub trait FromName: FromYaml {
    /// The record of which only the name is given.
    fn from_name(name: Spanned<String>) -> Self;
}

/// A record, or only its name.
#[derive(Debug, Clone)]
pub struct Short<T>(pub T);

impl<T> Deref for Short<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: FromName> FromYaml for Short<T> {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        match value.kind {
            Kind::Scalar(_) => Spanned::from_yaml(value, reader).map(T::from_name),
            Kind::List(_) | Kind::Map(_) | Kind::Null => T::from_yaml(value, reader),
        }
        .map(Self)
    }

    fn schema() -> Schema {
        json!({ "anyOf": [text_schema(), T::schema()] })
    }
}

/// The place of a value, for records that remember where they stand.
impl FromYaml for Span {
    fn from_yaml(value: &Value, _: &mut Reader<'_>) -> Option<Self> {
        Some(value.span)
    }
}
