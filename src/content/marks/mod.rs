//! Marks that were meant as something and are shown as they were typed: lists, headings and tables
//! that are none, stars that stayed stars, what converters leave behind. One look at each finished
//! block of running text.

mod items;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::run::Run;
use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::source::{FileId, Span, boundary, is_blank};

pub(crate) const NOT_A_LIST: Rule = Rule {
    code: "not-a-list",
    summary: "lines that look like a list and are not one",
    explanation: "An item begins with `-`, `*`, or a number with a full stop, and then an \
                  ordinary space. Lines that begin in another way, such as `•` or a hyphen with a no-break \
                  space, are joined to one paragraph.",
    wrong: &["\n## Recommendation\n\n• Publish the list.\n• Keep it up to date."],
    right: &["\n## Recommendation\n\n- Publish the list.\n- Keep it up to date."],
    ..Rule::WARNING
};

pub(crate) const LINES_RUN_TOGETHER: Rule = Rule {
    code: "lines-run-together",
    summary: "lines that are joined to one paragraph, although each seems to be meant as a line",
    explanation: "Markdown joins the lines of a paragraph. To keep sub-items or the lines of an \
                  address apart, begin each with `- `, leave an empty line between them, or end \
                  each line but the last with `\\`.",
    wrong: &[
        "\n## Recommendation\n\nThe office should:\n\n(a) publish the list;\n(b) publish the plan.",
    ],
    right: &[
        "\n## Recommendation\n\nThe office should:\n\n- (a) publish the list;\n- (b) publish the plan.",
        "\n## Recommendation\n\nThe office should:\n\n(a) publish the list;\n\n(b) publish the plan.",
    ],
    ..Rule::WARNING
};

pub(crate) const NOT_A_HEADING: Rule = Rule {
    code: "not-a-heading",
    summary: "a line that begins with `#` and is not a heading",
    explanation: "The `#` of a heading needs an ordinary space after it.",
    wrong: &["\n## Recommendation\n\nPublish it.\n\n###Where\n\nHere."],
    right: &["\n## Recommendation\n\nPublish it.\n\n### Where\n\nHere."],
    ..Rule::WARNING
};

pub(crate) const NOT_A_TABLE: Rule = Rule {
    code: "not-a-table",
    summary: "lines that look like a table and are not one",
    explanation: "A table has a head, then a line with as many groups of hyphens as the head has \
                  cells, and `|` between the cells. Tables drawn with `+---+`, or with spaces between the columns, are not \
                  read.",
    wrong: &[
        "\n## Recommendation\n\n| Post | Filled | By |\n|---|---|\n| Head | 2019 | Director |",
        "\n## Recommendation\n\n+------+--------+\n| Post | Filled |\n+------+--------+",
        "\n## Recommendation\n\nPost    Filled\n------  ------\nHead    2019",
    ],
    right: &[
        "\n## Recommendation\n\n| Post | Filled | By |\n|---|---|---|\n| Head | 2019 | Director |",
    ],
    ..Rule::WARNING
};

pub(crate) const SURPLUS_CELL: Rule = Rule {
    code: "surplus-cell",
    summary: "a row of a table with more cells than the head",
    explanation: "Markdown leaves out what has no column. A `|` separates cells in code, too: \
                  within a cell it is written `\\|`.",
    wrong: &["\n## Recommendation\n\n| Post |\n|---|\n| Head | 2019 |"],
    right: &["\n## Recommendation\n\n| Post | Filled |\n|---|---|\n| Head | 2019 |"],
    ..Rule::WARNING
};

pub(crate) const STRAY_MARK: Rule = Rule {
    code: "stray-mark",
    summary: "marks such as `**` that are shown as they were typed",
    explanation: "The marks stand at the words, without a space between, and both are there: \
                  `**bold**`. To show a star, write `\\*`.",
    wrong: &["\n## Recommendation\n\nThe list ** should** be published."],
    right: &["\n## Recommendation\n\nThe list **should** be published."],
    ..Rule::WARNING
};

pub(crate) const CONVERTER_MARK: Rule = Rule {
    code: "converter-mark",
    summary: "what a word processor or a converter leaves in a text",
    explanation: "Such marks mean something to pandoc or to Word, and are shown to readers as they \
                  are. Remove them, or write what they meant.",
    wrong: &[
        "\n## Recommendation\n\nSee Error! Reference source not found.",
        "\n## Recommendation\n\nPublish it.^[Each quarter.]",
    ],
    right: &["\n## Recommendation\n\nPublish it.[^1]\n\n[^1]: Each quarter."],
    ..Rule::WARNING
};

/// A finished block of running text, and where it is.
pub(super) struct RunningBlock<'a> {
    pub(super) run: &'a Run,
    /// Its lines, where Markdown joins them, as in a paragraph; none in a heading or a cell.
    pub(super) lines: &'a [RunLine],
    pub(super) source: &'a str,
    pub(super) file: FileId,
    /// Where the body begins in the file.
    pub(super) base: usize,
}

/// A line of the file in a run.
#[derive(Debug, Clone)]
pub(super) struct RunLine {
    /// Where it is in the run, without the break after it.
    pub(super) range: Range<usize>,
    /// Whether Markdown joins it with the line before. It does not after a hard break.
    pub(super) is_joined: bool,
}

/// Reports what is in a block.
pub(super) fn scan(block: &RunningBlock<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !block.lines.is_empty() {
        block.tables(diagnostics);
        block.headings(diagnostics);
        block.lists(diagnostics);
        block.blank_lines(diagnostics);
    }
    block.stray(diagnostics);
    block.remains(diagnostics);
}

impl RunningBlock<'_> {
    fn text(&self) -> &str {
        &self.run.text
    }

    fn span(&self, in_run: Range<usize>) -> Span {
        let range = self.run.in_body(&in_run);
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    /// The lines, each with its place in the run.
    fn lines(&self) -> impl Iterator<Item = (Range<usize>, &str)> + Clone {
        self.lines.iter().map(|line| (line.range.clone(), &self.text()[line.range.clone()]))
    }

    /// The change that puts something else in the place of some ranges of the run.
    fn edit(&self, changes: &[(Range<usize>, &str)]) -> Option<Edit> {
        let (first, last) = (changes.first()?, changes.last()?);
        let whole = Span { end: self.span(last.0.clone()).end, ..self.span(first.0.clone()) };
        let mut replacement = String::new();
        let mut from = whole.start;
        for (range, with) in changes {
            let span = self.span(range.clone());
            replacement.push_str(self.source.get(from as usize..span.start as usize)?);
            replacement.push_str(with);
            from = span.end;
        }
        let instead_of = self.source.get(whole.range())?.to_owned();
        Some(Edit { span: whole, instead_of, replacement })
    }

    fn headings(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (range, line) in self.lines() {
            let marks = line.bytes().take_while(|byte| *byte == b'#').count();
            let rest = &line[marks..];
            let spaces = rest.len() - rest.trim_start().len();
            // "#4" is a number, and "#word" may be a topic as social media have it. With a usual
            // space it was escaped or indented, so that it is shown.
            let is_meant = match rest.chars().next() {
                Some(c) if c.is_whitespace() => c != ' ' && !rest.trim().is_empty(),
                Some(c) => marks > 1 && c.is_alphabetic(),
                None => false,
            };
            let place = range.start..range.start + marks + spaces;
            let is_typed =
                self.source.get(self.span(place.clone()).range()) == self.text().get(place);
            if !(1..=6).contains(&marks) || !is_meant || !is_typed {
                continue;
            }
            let span = self.span(range.start..range.start + marks);
            let shown = format!("{} {}", &line[..marks], rest.trim());
            let message = "this is not a heading: its `#` needs an ordinary space after it";
            let place = range.start + marks..range.start + marks + spaces;
            // What has no characters has no place in the run.
            let edit = if spaces > 0 { self.edit(&[(place, " ")]) } else { None };
            diagnostics.push(
                Diagnostic::of(&NOT_A_HEADING, span, message)
                    .edit(edit)
                    .help(format!("write `{shown}`")),
            );
        }
    }

    /// Lines that look empty and are not.
    fn blank_lines(&self, diagnostics: &mut Vec<Diagnostic>) {
        // A picture has only its place in the run.
        let is_hidden = |c: char| is_blank(c) && c != '\u{fffc}';
        let is_blank_line = |line: &&RunLine| {
            let text = &self.text()[line.range.clone()];
            !text.is_empty() && text.chars().all(is_hidden)
        };
        let joins = self.lines.iter().skip(1).any(|line| line.is_joined);
        if let Some(line) = self.lines.iter().find(is_blank_line).filter(|_| joins) {
            let range = line.range.clone();
            let message = "this line only looks empty, so the lines around it are joined";
            let edit = self.edit(&[(range.clone(), "")]);
            diagnostics.push(
                Diagnostic::of(&LINES_RUN_TOGETHER, self.span(range), message)
                    .edit(edit)
                    .help("delete what is in the line: a no-break space, for example"),
            );
        }
    }

    fn tables(&self, diagnostics: &mut Vec<Diagnostic>) {
        let cells = |line: &str| line.trim().trim_matches('|').split('|').count();
        let mut before: Option<&str> = None;
        let mut rows = 0;
        for (range, line) in self.lines() {
            let trimmed = line.trim();
            let mut report = |message: String, help: &str| {
                let span = self.span(range.clone());
                diagnostics.push(Diagnostic::of(&NOT_A_TABLE, span, message).help(help));
            };
            if is_rule_of_grid(trimmed) {
                let help = "write it with `|` between the cells, and `|---|---|` below the head";
                return report("this is not a table: one drawn with `+` is not read".into(), help);
            }
            if is_rule_of_table(trimmed) {
                let rule = cells(trimmed);
                let head = before.map_or(0, cells);
                let message = match before {
                    Some(_) if rule == head => {
                        "this is not a table: its head is joined to the line before it".to_owned()
                    }
                    Some(_) => format!(
                        "this is not a table: the head has {head} {}, and the line below it {rule}",
                        if head == 1 { "cell" } else { "cells" }
                    ),
                    None => "this is not a table: it has no head".to_owned(),
                };
                let help = match rule == head {
                    true => "leave a line empty before the head of the table",
                    false => "write as many `---` between `|` as the head has cells",
                };
                return report(message, help);
            }
            rows = if trimmed.starts_with('|') && trimmed.ends_with('|') { rows + 1 } else { 0 };
            if rows == 2 {
                let help = "below the head, write a line with `---` for each cell: `|---|---|`";
                return report("this is not a table: there is no line below its head".into(), help);
            }
            before = Some(line);
        }
    }

    /// Marks of emphasis and code that are shown.
    fn stray(&self, diagnostics: &mut Vec<Diagnostic>) {
        // One alone may be the mark of a note.
        let has_pairs = self.text().matches("**").nth(1).is_some();
        for (at, c) in self.text().match_indices(['*', '~', '`']) {
            let (before, rest) = self.text().split_at(at);
            // Of several marks, the first is looked at.
            if before.ends_with(['*', '~', '`']) {
                continue;
            }
            let length = rest.bytes().take_while(|byte| c.as_bytes() == [*byte]).count();
            let is_mark = if c == "`" { length == 1 } else { length == 2 };
            let place = at..at + length;
            let span = self.span(place.clone());
            // An escaped mark was meant to be shown.
            let is_typed = self.source.get(span.range()) == self.text().get(place);
            let is_escaped = self.source[..span.start as usize].ends_with('\\');
            let after = &rest[length..];
            let after = after.strip_prefix(' ').unwrap_or(after);
            let is_spaced = before.ends_with(' ') && rest[length..].starts_with(' ');
            let is_at_word =
                before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
            let is_at_word = is_at_word && !is_spaced && (c != "*" || has_pairs);
            if !is_mark || !is_typed || is_escaped || !is_at_word {
                continue;
            }
            let mark = &rest[..length];
            let (message, help) = match c {
                "`" => (
                    "a back quote is shown as it is".to_owned(),
                    "write a back quote before and after the code; within a table, write `\\|` for \
                     a `|`"
                        .to_owned(),
                ),
                _ => (
                    format!("`{mark}` is shown as it is"),
                    format!(
                        "write the marks next to the words, on both sides: `{mark}words{mark}`, or \
                         `\\{c}` for each that is to be shown"
                    ),
                ),
            };
            diagnostics.push(Diagnostic::of(&STRAY_MARK, span, message).help(help));
            return;
        }
    }

    /// What converters and word processors leave behind.
    fn remains(&self, diagnostics: &mut Vec<Diagnostic>) {
        for hit in REMAINS.find_iter(self.text()) {
            let (words, help) = REMAINS_OF[hit.pattern().as_usize()];
            let at = hit.start();
            let rest = &self.text()[at..];
            // None is longer than a line.
            let line = &rest[..rest.find('\n').unwrap_or(rest.len()).min(boundary(rest, LONGEST))];
            let length = match words {
                "^[" => line.find(']').map(|end| end + 1),
                "{" => attributes(line),
                words => Some(words.len()),
            };
            let Some(length) = length else { continue };
            let span = self.span(at..at + length);
            let is_escaped = self.source[..span.start as usize].ends_with('\\');
            if is_escaped {
                continue;
            }
            let message = format!("`{}` is shown as it is", &rest[..length]);
            // What a converter says of a picture means nothing here.
            let typed = &rest[..length];
            let follows_picture = self.source[..span.start as usize].ends_with(')');
            let is_size = typed.starts_with("{width=") || typed.starts_with("{height=");
            let is_of_picture = follows_picture && is_size;
            let edit = match is_of_picture {
                true => self.edit(&[(at..at + length, "")]),
                false => None,
            };
            diagnostics.push(Diagnostic::of(&CONVERTER_MARK, span, message).edit(edit).help(help));
        }
    }
}

/// Reports the cells of a row beyond those of the head, which Markdown leaves out. The row is given by
/// its place in the file, and the head by its number of cells.
pub(super) fn surplus_cells(source: &str, row: Span, head: usize) -> Option<Diagnostic> {
    let text = source.get(row.range())?.trim_end();
    let inner = text.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(text);
    let mut separators = Vec::new();
    let mut is_escaped = false;
    for (at, byte) in inner.bytes().enumerate() {
        // A `|` at the beginning separates nothing.
        if byte == b'|' && !is_escaped && !inner[..at].trim_start().is_empty() {
            separators.push(at);
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    let first = *separators.get(head.checked_sub(1)?)?;
    let span = Span::new(row.file, row.range().start + first..row.range().start + inner.len());
    let cells = separators.len() + 1;
    // Empty ones are no loss.
    if inner[first..].chars().all(|c| c == '|' || c.is_whitespace()) {
        return None;
    }
    let message = format!("the row has {cells} cells and the head {head}: the rest is left out");
    let help = "give the head as many cells; for a `|` within a cell write `\\|`";
    Some(Diagnostic::of(&SURPLUS_CELL, span, message).help(help))
}

/// The most bytes of what a converter leaves behind.
const LONGEST: usize = 300;

/// What the marks of converters begin with, and what to do about each.
const REMAINS_OF: [(&str, &str); 7] = [
    ("{", "remove it: it is a mark of pandoc"),
    ("^[", "write `[^1]`, and the note on a separate line: `[^1]: Its words.`"),
    (":::", "remove it: it is a mark of pandoc"),
    ("Error! Reference source not found.", REFERENCE),
    ("Error! Bookmark not defined.", REFERENCE),
    ("Source du renvoi introuvable", REFERENCE),
    ("Ошибка! Источник ссылки не найден.", REFERENCE),
];

const REFERENCE: &str = "write what Word should have shown: a number, or a link to the place";

static REMAINS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "seven fixed words make no large automaton")]
    AhoCorasick::new(REMAINS_OF.map(|(words, _)| words)).expect("a few words")
});

/// The length of attributes as pandoc writes them, at the beginning of a text: `{width="6in"}`,
/// `{.deletion author="A"}`, `{#anchor}`.
fn attributes(text: &str) -> Option<usize> {
    // Another bracket begins something else.
    let end = 1 + text[1..].find(['{', '}'])?;
    if !text[end..].starts_with('}') {
        return None;
    }
    let inside = text[1..end].trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let first = inside.split(' ').next()?;
    let is_class = first.strip_prefix(['.', '#']).is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(is_name)
    });
    let is_pair = first.split_once('=').is_some_and(|(name, value)| {
        let is_size = matches!(name, "width" | "height") && !value.is_empty();
        is_size || !name.is_empty() && name.chars().all(is_name) && value.starts_with('"')
    });
    (is_class || is_pair).then_some(end + 1)
}

/// Reports a line across the text that is below the head of a table whose columns are kept apart by
/// spaces, as pandoc has them: `-----  -----`.
pub(super) fn table_of_spaces(source: &str, line: Span) -> Option<Diagnostic> {
    let mut columns = source[line.range()].split_whitespace();
    let are_columns = columns.clone().count() > 1
        && columns.all(|dashes| dashes.len() > 2 && dashes.bytes().all(|b| b == b'-'));
    let mut above = source[..line.start as usize].rsplit('\n').skip(1);
    let has_head = above.next().is_some_and(|line| line.contains(char::is_alphanumeric));
    (are_columns && has_head).then(|| {
        let message = "this is not a table: one drawn with spaces is not read";
        let help = "write it with `|` between the cells, and `|---|---|` below the head";
        Diagnostic::of(&NOT_A_TABLE, line, message).help(help)
    })
}

/// Whether a line is the second one of a table: `|---|:--|`.
pub(super) fn is_rule_of_table(line: &str) -> bool {
    let is_cell = |cell: &str| {
        let cell = cell.trim();
        let dashes = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
    };
    line.contains('|') && line.contains("--") && line.trim_matches('|').split('|').all(is_cell)
}

/// Whether a line is one of a table that is drawn: `+---+===+`.
fn is_rule_of_grid(line: &str) -> bool {
    line.len() > 4
        && line.starts_with('+')
        && line.ends_with('+')
        && line.bytes().all(|b| b"+-=:".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_pandoc_are_told_from_brackets() {
        for text in ["{width=\"6in\"}", "{.deletion author=\"A\"}", "{#_Toc1 .anchor}"] {
            assert_eq!(attributes(text), Some(text.len()), "{text}");
        }
        for text in ["{a, b}", "{}", "{1}", "{see annex}", "{", "{x=1}", "{id=1}", "{a {.b}"] {
            assert_eq!(attributes(text), None, "{text}");
        }
    }
}
