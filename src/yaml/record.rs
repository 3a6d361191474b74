//! A record: a map with known keys, from one declaration.

use serde_json::json;

use super::{Reader, Schema, Value};
use crate::diagnostics::{Diagnostic, Edit, Rule, nearest, slip};
use crate::source::Spanned;

pub(crate) const UNKNOWN_KEY: Rule = Rule {
    code: "unknown-key",
    summary: "a key that Recto does not know",
    explanation: "Were it passed over, a deadline under `dedline` would be lost without a word. \
                  Keys are written in small letters, with `_` between words.",
    wrong: &["dedline: 2020-12-31", "Title: Publish the list"],
    right: &["deadline: 2020-12-31"],
    ..Rule::UNREAD
};

pub(crate) const MISSING_KEY: Rule = Rule {
    code: "missing-key",
    summary: "a key without which nothing can be published",
    explanation: "A recommendation needs `number`; a report, a page, a translation and the site \
                  need `title`; an entry of a register needs what it is about. A site can ask for \
                  more: `required-key`.",
    wrong: &["# no number", "number:"],
    right: &["# no status"],
    ..Rule::UNREAD
};

/// Reports every key that is not known, with the one that was meant.
pub(crate) fn unknown_keys(
    entries: &[(Spanned<String>, Value)],
    known: &[&'static str],
    reader: &mut Reader<'_>,
) {
    // Only recommendations have a number; what is in them has none.
    let own: &[&str] = if known.contains(&"number") { &reader.own_keys } else { &[] };
    let all: Vec<&str> = known.iter().chain(own).copied().collect();
    let is_unknown = |key: &str| !known.contains(&key);
    for (key, _) in entries.iter().filter(|(key, _)| is_unknown(key)) {
        let message = format!("unknown key `{}`", key.value);
        let edit = Edit::of_slip(key, all.iter().copied(), key.span).filter(|edit| {
            // Mending it must not give a key twice: not if it is there, nor if two mean it.
            let means_it = |(other, _): &&(Spanned<String>, Value)| {
                other.value == edit.replacement
                    || is_unknown(other)
                        && slip(other, all.iter().copied()) == Some(edit.replacement.as_str())
            };
            entries.iter().filter(means_it).count() == 1
        });
        let diagnostic = Diagnostic::of(&UNKNOWN_KEY, key.span, message).edit(edit);
        let is_near = nearest(key, all.iter().copied()).is_some();
        reader.diagnostics.push(match known.contains(&"number") && !is_near {
            true => diagnostic.help(format!(
                "to publish it, declare it in `content/site.yaml`, with what pages call it: \
                 `facts: {{ {}: … }}`",
                key.value
            )),
            false => diagnostic.did_you_mean(key, all.iter().copied()),
        });
    }
}

/// The schema of a key: that of its type, with the documentation of the field.
pub(crate) fn field_schema(mut schema: Schema, documentation: &str) -> Schema {
    schema["description"] = sentence(documentation).into();
    schema
}

/// The schema of a record.
pub(crate) fn record_schema(
    documentation: &str,
    fields: Vec<(&str, Schema)>,
    required: Vec<&str>,
) -> Schema {
    let properties: serde_json::Map<String, Schema> =
        fields.into_iter().map(|(key, schema)| (key.to_owned(), schema)).collect();
    let mut schema = json!({
        "description": sentence(documentation),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// A doc comment as one line.
fn sentence(documentation: &str) -> String {
    documentation.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Declares a struct that is read from a YAML map: the field is the key, its type says what the
/// value may be and whether the key is required, its doc comment says what it means.
///
/// Unknown keys are reported with the nearest known one. A required key that is missing or cannot
/// be read makes the whole record none, after all its other mistakes were reported.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])* pub $field:ident : $type:ty, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type, )*
            /// Where the record begins.
            pub span: $crate::source::Span,
        }

        impl $name {
            /// The keys it knows, in the order of the documentation.
            pub const KEYS: &[&str] = &[$( stringify!($field) ),*];
        }

        impl $crate::yaml::FromYaml for $name {
            fn from_yaml(
                value: &$crate::yaml::Value,
                reader: &mut $crate::yaml::Reader<'_>,
            ) -> Option<Self> {
                let entries = match &value.kind {
                    $crate::yaml::Kind::Map(entries) => entries.as_slice(),
                    $crate::yaml::Kind::Null => &[],
                    _ => {
                        let what = format!("keys and values, such as `{}: …`", Self::KEYS[0]);
                        reader.expected(&what, value);
                        return None;
                    }
                };
                $crate::yaml::unknown_keys(entries, Self::KEYS, reader);
                $(
                    let found = entries.iter().find(|(key, _)| key.value == stringify!($field));
                    let $field = match found {
                        Some((_, value)) => <$type as $crate::yaml::FromYaml>::from_yaml(value, reader),
                        None => {
                            let absent = <$type as $crate::yaml::FromYaml>::absent();
                            if absent.is_none() {
                                let message = concat!("`", stringify!($field), "` is missing");
                                let help = concat!("add a line `", stringify!($field), ": …`");
                                let diagnostic = $crate::diagnostics::Diagnostic::of(&$crate::yaml::MISSING_KEY, value.span, message,
                                ).help(help);
                                reader.diagnostics.push(diagnostic);
                            }
                            absent
                        }
                    };
                )*
                Some(Self { $( $field: $field.or_else(<$type as $crate::yaml::FromYaml>::absent)?, )* span: value.span })
            }

            fn schema() -> $crate::yaml::Schema {
                let fields = vec![$( (
                    stringify!($field),
                    $crate::yaml::field_schema(
                        <$type as $crate::yaml::FromYaml>::schema(),
                        concat!($($field_doc, "\n"),*),
                    ),
                ) ),*];
                let required = [$( (
                    stringify!($field),
                    <$type as $crate::yaml::FromYaml>::absent().is_none(),
                ) ),*];
                let required = required.into_iter().filter(|(_, is)| *is).map(|(key, _)| key);
                $crate::yaml::record_schema(
                    concat!($($doc, "\n"),*),
                    fields,
                    required.collect(),
                )
            }
        }
    };
}

pub(crate) use record;
