//! YAML's syntax in, values with their places out.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, options};

use super::{
    DUPLICATE_KEY, Kind, Value, YAML_ANCHOR, YAML_SYNTAX, YAML_TAG, YAML_TOO_DEEP, YAML_TOO_LONG,
    comment,
};
use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{FileId, Span, Spanned, boundary};

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

/// Values in one file, at most. A document of a register has about ten, so that these are 50,000 of
/// them. Each takes some hundred bytes of memory, whatever its size in the file.
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
    let source = YamlText { text, file, base };
    if text.len() > limit.bytes {
        let message = format!("{} of more than {} KiB", limit.what, limit.bytes >> 10);
        let help = "is a closing `---` missing?";
        diagnostics.push(Diagnostic::of(&YAML_TOO_LONG, source.place(0..0), message).help(help));
        return None;
    }
    let mut building = Building::new(source);
    match building.read() {
        Ok(()) => {
            let nothing = Value { span: source.place(0..0), kind: Kind::Null };
            diagnostics.extend(comment::lost(source, &building.comments));
            let mut value = building.root.unwrap_or(nothing);
            first_of_duplicates(&mut value, diagnostics);
            Some(value)
        }
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            None
        }
    }
}

/// YAML in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct YamlText<'t> {
    /// The YAML alone.
    pub(super) text: &'t str,
    file: FileId,
    base: usize,
}

impl YamlText<'_> {
    /// A range of the YAML as a place in its file.
    pub(super) fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    /// The bytes of a span, in any case a range that the text can be cut with.
    fn bytes(&self, span: granit_parser::Span) -> Range<usize> {
        let Range { start, end } = span.byte_range().unwrap_or_default();
        let start = boundary(self.text, start.min(self.text.len()));
        start..boundary(self.text, end.min(self.text.len())).max(start)
    }
}

/// A list or map whose end has not come yet.
struct Open {
    /// Its first byte.
    start: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Value>),
    /// The entries, and the key whose value comes next.
    Map(Vec<(Spanned<String>, Value)>, Option<Spanned<String>>),
}

/// Values being built from what the parser meets.
struct Building<'t> {
    source: YamlText<'t>,
    /// Lists and maps, the outermost first.
    open: Vec<Open>,
    /// The value of the document.
    root: Option<Value>,
    /// How many values there are.
    values: usize,
    /// The bytes of the comments.
    comments: Vec<Range<usize>>,
}

/// What stops the reading. It is large, and seldom there.
type Stopped = Box<Diagnostic>;

impl<'t> Building<'t> {
    fn new(source: YamlText<'t>) -> Self {
        Self { source, open: Vec::new(), root: None, values: 0, comments: Vec::new() }
    }

    /// Reads all of it, or as far as it is YAML.
    fn read(&mut self) -> Result<(), Stopped> {
        let options = options! { emit_anchor_events: true, emit_unresolved_aliases: true };
        for event in Parser::new_from_str_with_options(self.source.text, options) {
            let (event, span) = event.map_err(|error| syntax_error(&error, self.source))?;
            self.take(event, span)?;
        }
        Ok(())
    }

    fn take(&mut self, event: Event<'_>, span: granit_parser::Span) -> Result<(), Stopped> {
        let range = self.source.bytes(span);
        if let Some(tag) = event.tag().and_then(|_| span.tag_span()) {
            let tag = self.source.bytes(tag);
            let message = format!(
                "`{}` begins with `!`, and would be taken for the type of the value",
                &self.source.text[tag.clone()]
            );
            let help = "put the whole text in straight quotes";
            return Err(self.stop(&YAML_TAG, tag, message, help));
        }
        match event {
            Event::Comment(..) => self.comments.push(range),
            Event::Alias(_) | Event::UnresolvedAlias(_) | Event::Anchor(..) => {
                let message = "anchors (`&`) and aliases (`*`) are not used here";
                let help = "put the text in quotes, or write it out";
                return Err(self.stop(&YAML_ANCHOR, range, message.to_owned(), help));
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                let message = "a second document begins here".to_owned();
                let help = "remove the line `---`: one file holds one list of keys";
                return Err(self.stop(&YAML_SYNTAX, range, message, help));
            }
            Event::Scalar(text, style, ..) => {
                let is_nothing = style == ScalarStyle::Plain
                    && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                match self.open.last_mut() {
                    Some(Open { kind: OpenKind::Map(_, key @ None), .. }) => {
                        if is_nothing && text.is_empty() {
                            let message = "there is no key before this colon".to_owned();
                            let help =
                                "write what it is the value of: `title: Access to information`";
                            return Err(self.stop(&YAML_SYNTAX, range, message, help));
                        }
                        let span = self.source.place(range);
                        *key = Some(Spanned { value: text.into_owned(), span });
                    }
                    _ => {
                        let kind = match is_nothing {
                            true => Kind::Null,
                            false => Kind::Scalar(text.into_owned()),
                        };
                        self.add(range, kind)?;
                    }
                }
            }
            Event::SequenceStart(..) => self.open(range, OpenKind::List(Vec::new()))?,
            Event::MappingStart(..) => self.open(range, OpenKind::Map(Vec::new(), None))?,
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(Open { start, kind }) = self.open.pop() else { return Ok(()) };
                let kind = match kind {
                    OpenKind::List(items) => Kind::List(items),
                    OpenKind::Map(entries, _) => Kind::Map(entries),
                };
                self.add(start..range.end.max(start), kind)?;
            }
            // Where the stream and its document begin and end.
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, range: Range<usize>, kind: OpenKind) -> Result<(), Stopped> {
        if let Some(Open { kind: OpenKind::Map(_, None), .. }) = self.open.last() {
            let message = "a list or keys cannot be a key".to_owned();
            let help = "a text that begins with `[` or `{` goes in straight quotes";
            return Err(self.stop(&YAML_SYNTAX, range, message, help));
        }
        if self.open.len() == DEPTH {
            let message = format!("lists and keys more than {DEPTH} deep");
            let help =
                "nothing in Recto's format is as deep: check the brackets and the indentation";
            return Err(self.stop(&YAML_TOO_DEEP, range, message, help));
        }
        self.open.push(Open { start: range.start, kind });
        Ok(())
    }

    /// Adds a value to the list or map that it is in.
    fn add(&mut self, range: Range<usize>, kind: Kind) -> Result<(), Stopped> {
        self.values += 1;
        if self.values > VALUES {
            let message = format!("more than {VALUES} values");
            let help = "leave out what no text cites";
            return Err(self.stop(&YAML_TOO_LONG, range, message, help));
        }
        // Of a block the place is its first line: a caret under forty lines helps nobody.
        let line = self.source.text[range.clone()].find(['\n', '\r']).unwrap_or(range.len());
        let span = self.source.place(range.start..range.start + line);
        let value = Value { span, kind };
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(OpenKind::List(items)) => items.push(value),
            Some(OpenKind::Map(entries, key)) => {
                entries.extend(key.take().map(|key| (key, value)));
            }
            None => self.root = Some(value),
        }
        Ok(())
    }

    fn stop(
        &self,
        rule: &'static Rule,
        range: Range<usize>,
        message: String,
        help: &'static str,
    ) -> Stopped {
        Box::new(Diagnostic::of(rule, self.source.place(range), message).help(help))
    }
}

/// Says a parser's error in the words of this format.
fn syntax_error(error: &ScanError, source: YamlText<'_>) -> Stopped {
    let text = source.text;
    let marker = error.marker();
    let offset = marker.byte_offset().unwrap_or_else(|| {
        text.char_indices().nth(marker.index()).map_or(text.len(), |(offset, _)| offset)
    });
    let offset = boundary(text, offset.min(text.len()));
    let end = offset + text[offset..].chars().next().map_or(0, char::len_utf8);
    let line_start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    let said = error.info();
    let said = said.split(" at line ").next().unwrap_or(&said).trim();
    let help = if said.contains("tab") || line.starts_with('\t') {
        "YAML indents with spaces: replace the tab by two spaces"
    } else if begins_with_mark(line) {
        "put the whole text in straight quotes: `title: \"“Open” data\"`; inside of them write \
         `\\\"` for a straight quote"
    } else if line.contains(':') && !line.contains(": ") && !line.trim_end().ends_with(':') {
        "put a space after the colon: `status: implemented`"
    } else if line.matches(": ").count() > 1 {
        "a text that holds `: ` goes in straight quotes: `title: \"Phase I: launch\"`"
    } else {
        "check the quotes, brackets and indentation just before this place"
    };
    let message = format!("this is not YAML: {said}");
    Box::new(Diagnostic::of(&YAML_SYNTAX, source.place(offset..end), message).help(help))
}

/// Whether the value on a line begins with a character that has a meaning in YAML.
fn begins_with_mark(line: &str) -> bool {
    let value = line.split_once(": ").map_or(line, |(_, value)| value).trim_start();
    value.starts_with(['"', '\'', '[', '{', '*', '&', '!', '%', '@', '`', '|', '>'])
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
