//! YAML in, values with their places out; every mistake in one run.
//!
//! Two steps. [`parse`] reads the syntax into a [`Value`] whose scalars are still the author's
//! own characters: `1.10` stays `1.10` and `2020-12` stays a text. [`FromYaml`] then says what a
//! value means, and reports what it cannot mean without stopping.

mod comment;
mod read;
mod record;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::budget::BudgetBreach;
use std::fmt;

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{FileId, Span, Spanned, boundary};

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

/// How much YAML one file may hold. Front matter is small; a register of documents is not.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The most bytes of YAML.
    pub bytes: usize,
    /// What the file is called in the message.
    pub what: &'static str,
}

/// Front matter: 64 KiB.
pub const FRONT_MATTER: Limit = Limit { bytes: 64 << 10, what: "front matter" };

/// A whole file: 16 MiB, some hundred thousand documents.
pub const YAML_FILE: Limit = Limit { bytes: 16 << 20, what: "a YAML file" };

/// Lists and maps inside one another, at most. The deepest thing in the format has four.
const DEPTH: usize = 16;

/// Values in one file, at most.
const VALUES: usize = 500_000;

/// Parses the YAML that is in `file` from byte `base` on.
///
/// After a syntax error, none of the YAML can be trusted: it is reported, and the value is none.
/// Duplicate keys are reported, and the first one counts.
pub fn parse(
    text: &str,
    file: FileId,
    base: usize,
    limit: Limit,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let at = |range: std::ops::Range<usize>| Span::new(file, base + range.start..base + range.end);
    if text.len() > limit.bytes {
        let message = format!("{} of more than {} KiB", limit.what, limit.bytes >> 10);
        let help = "is a closing `---` missing?";
        diagnostics.push(Diagnostic::of(&YAML_TOO_LONG, at(0..0), message).help(help));
        return None;
    }
    match serde_yaml::from_str_with_options::<Node>(text, options(limit)) {
        Ok(node) => {
            let mut value = finish(node, text, &at);
            diagnostics.extend(comment::lost(text, file, base));
            first_of_duplicates(&mut value, diagnostics);
            Some(value)
        }
        Err(error) => {
            diagnostics.push(syntax_error(&error, text, &at));
            None
        }
    }
}

fn options(limit: Limit) -> serde_yaml::Options {
    serde_yaml::options! {
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_yaml::MergeKeyPolicy::AsOrdinary,
        strict_booleans: true,
        with_snippet: false,
        budget: serde_yaml::budget! {
            max_depth: DEPTH,
            max_aliases: 0,
            max_anchors: 0,
            max_documents: 1,
            // A document of a register has about ten values, so that these are 50,000 of them. Each
            // takes some hundred bytes of memory, whatever its size in the file.
            max_events: 4 * VALUES,
            max_nodes: VALUES,
            max_total_scalar_bytes: limit.bytes,
        },
    }
}

/// Says a parser's error in the words of this format.
fn syntax_error(
    error: &serde_yaml::Error,
    text: &str,
    at: &impl Fn(std::ops::Range<usize>) -> Span,
) -> Diagnostic {
    // Of an error's place only the character offset is dependable.
    let offset = error.location().map_or(0, |location| {
        let characters = usize::try_from(location.span().offset()).unwrap_or(0);
        text.char_indices().nth(characters).map_or(text.len(), |(offset, _)| offset)
    });
    let span = at(offset..(offset + text[offset..].chars().next().map_or(0, char::len_utf8)));
    let line_start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    let said = error.without_snippet().to_string();
    let said = said.split(" at line ").next().unwrap_or(&said).trim().to_owned();
    let anchor = || {
        (
            &YAML_ANCHOR,
            "anchors (`&`) and aliases (`*`) are not used here".to_owned(),
            "put the text in quotes, or write it out".to_owned(),
        )
    };
    let (rule, message, help): (&'static Rule, _, _) = match error.without_snippet() {
        serde_yaml::Error::Budget {
            breach: BudgetBreach::Aliases { .. } | BudgetBreach::Anchors { .. },
            ..
        } => anchor(),
        _ if said.contains("unknown anchor") => anchor(),
        serde_yaml::Error::Budget {
            breach: BudgetBreach::Nodes { .. } | BudgetBreach::Events { .. },
            ..
        } => (
            &YAML_TOO_LONG,
            format!("more than {VALUES} values"),
            "leave out what no text cites".to_owned(),
        ),
        serde_yaml::Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => (
            &YAML_TOO_DEEP,
            format!("lists and keys more than {DEPTH} deep"),
            "nothing in Recto's format is as deep: check the brackets and the indentation"
                .to_owned(),
        ),
        _ if said.contains("tab") || line.starts_with('\t') => (
            &YAML_SYNTAX,
            format!("this is not YAML: {said}"),
            "YAML indents with spaces: replace the tab by two spaces".to_owned(),
        ),
        _ if begins_with_mark(line) => (
            &YAML_SYNTAX,
            format!("this is not YAML: {said}"),
            "put the whole text in straight quotes: `title: \"“Open” data\"`; inside of them write \
             `\\\"` for a straight quote"
                .to_owned(),
        ),
        _ if line.contains(':') && !line.contains(": ") && !line.trim_end().ends_with(':') => (
            &YAML_SYNTAX,
            format!("this is not YAML: {said}"),
            "put a space after the colon: `status: implemented`".to_owned(),
        ),
        _ if line.matches(": ").count() > 1 => (
            &YAML_SYNTAX,
            format!("this is not YAML: {said}"),
            "a text that holds `: ` goes in straight quotes: `title: \"Phase I: launch\"`".to_owned(),
        ),
        _ => (
            &YAML_SYNTAX,
            format!("this is not YAML: {said}"),
            "check the quotes, brackets and indentation just before this place".to_owned(),
        ),
    };
    Diagnostic::of(rule, span, message).help(help)
}

/// Whether the value on a line begins with a character that has a meaning in YAML.
fn begins_with_mark(line: &str) -> bool {
    let value = line.split_once(": ").map_or(line, |(_, value)| value).trim_start();
    value.starts_with(['"', '\'', '[', '{', '*', '&', '!', '%', '@', '`', '|', '>'])
}

/// What serde hands over: places, and scalars whose type YAML has guessed.
struct Node(serde_yaml::Spanned<NodeKind>);

enum NodeKind {
    Null,
    /// A text that YAML took for one.
    Text(String),
    /// A number or truth value: what the author typed is in the source.
    Plain,
    List(Vec<Node>),
    Map(Vec<(serde_yaml::Spanned<String>, Node)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_yaml::Spanned::deserialize(deserializer).map(Node)
    }
}

impl<'de> Deserialize<'de> for NodeKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = NodeKind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<NodeKind, E> {
        Ok(NodeKind::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<NodeKind, E> {
        Ok(NodeKind::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<NodeKind, E> {
        Ok(NodeKind::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<NodeKind, E> {
        Ok(NodeKind::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<NodeKind, E> {
        Ok(NodeKind::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<NodeKind, E> {
        Ok(NodeKind::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<NodeKind, E> {
        Ok(NodeKind::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<NodeKind, E> {
        Ok(NodeKind::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<NodeKind, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(NodeKind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<NodeKind, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(NodeKind::Map(map))
    }
}

/// Puts the author's own characters back where YAML had guessed a type.
fn finish(node: Node, text: &str, at: &impl Fn(std::ops::Range<usize>) -> Span) -> Value {
    let range = byte_range(&node.0.referenced, text);
    let kind = match node.0.value {
        NodeKind::Null => Kind::Null,
        NodeKind::Text(value) => Kind::Scalar(value),
        NodeKind::Plain => Kind::Scalar(text[range.clone()].trim().to_owned()),
        NodeKind::List(items) => {
            Kind::List(items.into_iter().map(|item| finish(item, text, at)).collect())
        }
        NodeKind::Map(entries) => Kind::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let span = at(byte_range(&key.referenced, text));
                    (Spanned { value: key.value, span }, finish(value, text, at))
                })
                .collect(),
        ),
    };
    // Of a block the place is its first line: a caret under forty lines helps nobody.
    let line = text[range.clone()].find(['\n', '\r']).unwrap_or(range.len());
    let end = range.start + line;
    Value { span: at(range.start..end), kind }
}

/// The byte range of a node, in any case one that `text` can be cut with.
fn byte_range(location: &serde_yaml::Location, text: &str) -> std::ops::Range<usize> {
    let span = location.span();
    let offset = |value: Option<u64>| value.and_then(|v| usize::try_from(v).ok()).unwrap_or(0);
    let start = offset(span.byte_offset()).min(text.len());
    let end = start.saturating_add(offset(span.byte_len()));
    boundary(text, start)..boundary(text, end).max(start)
}

fn first_of_duplicates(value: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    match &mut value.kind {
        Kind::Map(entries) => {
            let mut seen = std::collections::BTreeMap::<String, Span>::new();
            entries.retain(|(key, _)| match seen.get(&key.value) {
                Some(first) => {
                    let message = format!("`{}` is given twice", key.value);
                    diagnostics.push(
                        Diagnostic::of(&DUPLICATE_KEY, key.span, message)
                            .label(*first, "first given here")
                            .help("keep one of the two"),
                    );
                    false
                }
                None => {
                    seen.insert(key.value.clone(), key.span);
                    true
                }
            });
            entries.iter_mut().for_each(|(_, value)| first_of_duplicates(value, diagnostics));
        }
        Kind::List(items) => {
            items.iter_mut().for_each(|item| first_of_duplicates(item, diagnostics));
        }
        Kind::Null | Kind::Scalar(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
