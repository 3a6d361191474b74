//! YAML in, values with their places out; every mistake in one run.
//!
//! Two steps. [`parse`](crate::yaml::parse) reads the syntax into a [`Value`](crate::yaml::Value)
//! whose scalars are still the author's own characters: `1.10` stays `1.10` and `2020-12` stays a
//! text. [`FromYaml`](crate::yaml::FromYaml) then says what a value means, and reports what it cannot
//! mean without stopping.

mod comment;
mod parse;
mod read;
mod record;

use crate::diagnostics::Rule;
use crate::source::{Span, Spanned};

pub use parse::{FRONT_MATTER, Limit, YAML_FILE, parse};
pub use read::{FromName, FromYaml, OneOrMany, Reader, Schema, Short, text_schema, unknown_value};
pub(crate) use read::{UNKNOWN_VALUE, WRONG_VALUE};
pub(crate) use record::{
    MISSING_KEY, UNKNOWN_KEY, field_schema, record, record_schema, unknown_keys,
};

pub(crate) const YAML_SYNTAX: Rule = Rule {
    code: "yaml-syntax",
    summary: "text that is not YAML",
    explanation: "Nearly always it is one of four things: a text that holds `: ` or begins with \
                  a quote, a bracket or a `*` and needs straight quotes around it; a colon \
                  without a space after it; a tab where spaces should be; a quote or bracket \
                  that is never closed. None of the keys is read until it is fixed.",
    wrong: &["title: Phase I: launch", "title: [a list", "tags:\n\t- governance"],
    right: &["title: \"Phase I: launch\"", "tags:\n  - governance"],
    ..Rule::UNREAD
};

pub(crate) const YAML_ANCHOR: Rule = Rule {
    code: "yaml-anchor",
    summary: "the marks `&` and `*`, with which YAML repeats things",
    explanation: "They are not used here, because few people know them and a few lines of them \
                  can stand for gigabytes. A text that begins with one goes in straight quotes.",
    wrong: &["title: *Emphasis"],
    right: &["title: \"*Emphasis\""],
    ..Rule::UNREAD
};

pub(crate) const YAML_TAG: Rule = Rule {
    code: "yaml-tag",
    summary: "a word that begins with `!`, which YAML takes for the type of a value",
    explanation: "Such a word would be on no page. A text that begins with `!` goes in straight \
                  quotes.",
    wrong: &["title: !Urgent: publish the list", "title: !important"],
    right: &["title: \"!Urgent: publish the list\"", "title: Urgent! Publish the list"],
    ..Rule::UNREAD
};

pub(crate) const YAML_TOO_DEEP: Rule = Rule {
    code: "yaml-too-deep",
    summary: "lists and keys inside one another, more than 16 deep",
    explanation: "Nothing in the format is as deep, so a bracket or an indentation is wrong.",
    wrong: &["tags: [[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]]"],
    right: &["tags: [a]"],
    ..Rule::UNREAD
};

pub(crate) const YAML_TOO_LONG: Rule = Rule {
    code: "yaml-too-long",
    summary: "front matter of more than 64 KiB, or a YAML file of more than 16 MiB",
    explanation: "Most probably the line `---` that ends the keys is missing, so that the text \
                  counts among them.",
    ..Rule::UNREAD
};

pub(crate) const DUPLICATE_KEY: Rule = Rule {
    code: "duplicate-key",
    summary: "a key that is given twice",
    explanation: "Only one of the two values can be meant. The first one was read.",
    wrong: &["status: in progress\nstatus: implemented"],
    right: &["status: in progress"],
    ..Rule::UNREAD
};

/// What is reported about YAML.
pub(crate) const RULES: &[&Rule] = &[
    &YAML_SYNTAX,
    &comment::LOST_IN_COMMENT,
    &YAML_ANCHOR,
    &YAML_TAG,
    &YAML_TOO_DEEP,
    &YAML_TOO_LONG,
    &DUPLICATE_KEY,
    &UNKNOWN_KEY,
    &MISSING_KEY,
    &WRONG_VALUE,
    &UNKNOWN_VALUE,
];

/// A YAML value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Where it is. Of a list or map: its first line.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a YAML value can be. Whether a scalar is a number, a date or a word is for the reader to
/// say, not for YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing after the colon, `~` or `null`.
    Null,
    /// Text as written, or what the quotes hold.
    Scalar(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values in the author's order.
    Map(Vec<(Spanned<String>, Value)>),
}

impl Value {
    /// What it is, for messages: "a list".
    pub fn describe(&self) -> &'static str {
        match self.kind {
            Kind::Null => "nothing",
            Kind::Scalar(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "keys and values",
        }
    }

    /// The scalar's text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text) => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostic;
    use crate::source::FileId;

    fn parsed(text: &str) -> (Option<Value>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let value = parse(text, FileId(0), 0, FRONT_MATTER, &mut diagnostics);
        (value, diagnostics)
    }

    fn entries(text: &str) -> Vec<(String, Option<String>, std::ops::Range<usize>)> {
        match parsed(text).0.unwrap().kind {
            Kind::Map(map) => map
                .into_iter()
                .map(|(k, v)| (k.value.clone(), v.as_text().map(str::to_owned), v.span.range()))
                .collect(),
            _ => panic!("a map"),
        }
    }

    #[test]
    fn scalars_keep_the_authors_characters() {
        let text =
            "a: 1.10\nb: 0x1F\nc: 2020-12\nd: yes\ne: true\nf: \"x \\u00e9\"\ng: 007 # c\nh:\n";
        let values: Vec<_> = entries(text).into_iter().map(|(_, v, _)| v).collect();
        let expected = ["1.10", "0x1F", "2020-12", "yes", "true", "x é", "007"];
        assert_eq!(values[..7], expected.map(|t| Some(t.to_owned())));
        assert_eq!(values[7], None);
    }

    #[test]
    fn places_are_bytes_of_the_source() {
        let text = "\u{feff}ключ: значение # x\nb: [1, два]\n";
        let found = entries(text);
        assert_eq!(&text[found[0].2.clone()], "значение");
        assert!(text[found[1].2.clone()].starts_with('['));
    }

    #[test]
    fn duplicates_are_reported_and_the_first_counts() {
        let (value, diagnostics) = parsed("a: 1\nb: 2\na: 3\n");
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].code(), "duplicate-key");
        assert!(matches!(value.unwrap().kind, Kind::Map(entries) if entries.len() == 2));
    }

    #[test]
    fn bombs_are_refused() {
        for (text, code) in [
            ("a: &x [1]\nb: *x\n".to_owned(), "yaml-anchor"),
            (format!("a: {}{}", "[".repeat(40), "]".repeat(40)), "yaml-too-deep"),
            (format!("a: {}", "x".repeat(70_000)), "yaml-too-long"),
            ("a: [1\nb: 2".to_owned(), "yaml-syntax"),
            ("a:\n\t- b\n".to_owned(), "yaml-syntax"),
        ] {
            let (_, diagnostics) = parsed(&text);
            assert_eq!(diagnostics.first().map(|d| d.code()), Some(code), "{:?}", diagnostics);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_reported(text in "\\PC*") {
            let (value, diagnostics) = parsed(&text);
            proptest::prop_assert!(value.is_some() || !diagnostics.is_empty());
        }
    }
}
