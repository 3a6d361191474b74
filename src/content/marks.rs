//! Marks that were meant as something and are shown as they were typed: lists, headings and tables
//! that are none, stars that stayed stars, what converters leave behind. One look at each finished
//! block of running text.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::run::Run;
use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::source::{FileId, Span, is_blank};

pub(crate) const NOT_A_LIST: Rule = Rule {
    code: "not-a-list",
    summary: "lines that look like a list and are not one",
    explanation: "An item begins with `-`, `*`, or a number with a full stop, and then a usual \
                  space. Lines that begin in another way, such as `•` or a hyphen with a no-break \
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
    explanation: "After the `#` of a heading comes a usual space.",
    wrong: &["\n## Recommendation\n\nPublish it.\n\n###Where\n\nHere."],
    right: &["\n## Recommendation\n\nPublish it.\n\n### Where\n\nHere."],
    ..Rule::WARNING
};

pub(crate) const NOT_A_TABLE: Rule = Rule {
    code: "not-a-table",
    summary: "lines that look like a table and are not one",
    explanation: "A table has a head, then a line with as many groups of hyphens as the head has \
                  cells, and `|` between the cells. Tables drawn with `+---+` are not read.",
    wrong: &[
        "\n## Recommendation\n\n| Post | Filled | By |\n|---|---|\n| Head | 2019 | Director |",
        "\n## Recommendation\n\n+------+--------+\n| Post | Filled |\n+------+--------+",
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

/// What a line begins with that was meant to begin an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ItemMark {
    /// `•`, also as fonts for symbols have it.
    Bullet,
    /// A Markdown mark with a space that Markdown does not take for one.
    OddSpace,
    /// `–`
    Dash,
    /// `(a)`, `a)`, `i.`
    Label,
}

/// The bullets that word processors make.
const BULLETS: &str = "•·●○◦▪▫■□◆◇►▶➢➤‣⁃∙✓✔";

impl ItemMark {
    /// The mark at the beginning of a line, and its length with the spaces after it.
    fn of(line: &str) -> Option<(Self, usize)> {
        let c = line.chars().next()?;
        let spaced = |length: usize| {
            let rest = line.get(length..)?;
            let spaces = rest.len() - rest.trim_start().len();
            (spaces > 0 && spaces < rest.len()).then_some(length + spaces)
        };
        // Word's bullets are characters of a font for symbols, in the private use area.
        if BULLETS.contains(c) || matches!(c, '\u{f000}'..='\u{f0ff}') {
            let length = c.len_utf8();
            return Some((Self::Bullet, spaced(length).unwrap_or(length)));
        }
        if line.starts_with("o\t") {
            return Some((Self::Bullet, spaced(1)?));
        }
        if matches!(c, '–' | '—' | '―') {
            return Some((Self::Dash, spaced(c.len_utf8())?));
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let has_stop = line[digits..].starts_with(['.', ')']);
        let markdown = match (c, digits) {
            ('-' | '*' | '+', _) => Some(1),
            (_, 1..=9) if has_stop => Some(digits + 1),
            _ => None,
        };
        if let Some(length) = markdown {
            let is_odd = line[length..].starts_with(|c: char| c.is_whitespace() && !c.is_ascii());
            return is_odd.then_some((Self::OddSpace, spaced(length)?));
        }
        let inner = line.strip_prefix('(').unwrap_or(line);
        let letters = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let label = &inner[..letters];
        let is_roman = label.bytes().all(|b| b"ivxlcIVXLC".contains(&b));
        let is_number = label.bytes().all(|b| b.is_ascii_digit());
        let is_label = (1..=4).contains(&letters) && (letters == 1 || is_roman || is_number);
        let closes = match line.len() > inner.len() {
            true => inner[letters..].starts_with(')'),
            false => inner[letters..].starts_with([')', '.']),
        };
        let length = line.len() - inner.len() + letters + 1;
        (is_label && closes).then_some((Self::Label, spaced(length)?))
    }
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

    /// Whether the line that begins there is joined with the one before.
    fn is_joined(&self, start: usize) -> bool {
        self.lines.iter().any(|line| line.range.start == start && line.is_joined)
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

    fn lists(&self, diagnostics: &mut Vec<Diagnostic>) {
        let marks: Vec<(Range<usize>, ItemMark)> = self
            .lines()
            .filter_map(|(range, line)| {
                let indent = line.len() - line.trim_start().len();
                let (mark, length) = ItemMark::of(&line[indent..])?;
                Some((range.start..range.start + indent + length, mark))
            })
            .collect();
        let of = |wanted: &[ItemMark]| -> Vec<Range<usize>> {
            let marks = marks.iter().filter(|(_, mark)| wanted.contains(mark));
            marks.map(|(range, _)| range.clone()).collect()
        };
        let not_list = of(&[ItemMark::Bullet, ItemMark::OddSpace]);
        if let Some(first) = not_list.first() {
            let typed = self.text()[first.clone()].trim();
            let is_odd = marks.contains(&(first.clone(), ItemMark::OddSpace));
            let message = match is_odd {
                true => format!("this is not a list: after `{typed}` comes no usual space"),
                false => format!("this is not a list: `{typed}` does not begin an item"),
            };
            let marks = not_list.iter().map(|range| {
                let typed = self.text()[range.clone()].trim();
                let is_number = typed.starts_with(|c: char| c.is_ascii_digit());
                (range.clone(), if is_number { format!("{typed} ") } else { "- ".to_owned() })
            });
            let marks: Vec<(Range<usize>, String)> = marks.collect();
            let changes: Vec<(Range<usize>, &str)> =
                marks.iter().map(|(range, with)| (range.clone(), with.as_str())).collect();
            let edit = self.edit(&changes);
            diagnostics.push(
                Diagnostic::of(&NOT_A_LIST, self.span(first.clone()), message)
                    .edit(edit)
                    .help("begin each item with `- `, with a usual space"),
            );
            return;
        }
        // A single dash may be one within a sentence.
        for family in [ItemMark::Dash, ItemMark::Label] {
            let found = of(&[family]);
            let joined = found.iter().find(|range| self.is_joined(range.start));
            if let Some(joined) = joined.filter(|_| found.len() > 1) {
                let typed = self.text()[joined.clone()].trim();
                self.run_together(joined.clone(), &format!("`{typed}`"), diagnostics);
                return;
            }
        }
        if let Some(second) = self.second_line_of_address() {
            let line = &self.text()[second.clone()];
            self.run_together(second, &format!("the line `{line}`"), diagnostics);
        }
    }

    fn run_together(&self, at: Range<usize>, what: &str, diagnostics: &mut Vec<Diagnostic>) {
        let message = format!("{what} is joined with the line before");
        let help = "begin each line with `- `, leave a line empty before it, or end the line before \
                    it with `\\`";
        diagnostics.push(Diagnostic::of(&LINES_RUN_TOGETHER, self.span(at), message).help(help));
    }

    /// The second line of what is written as an address is: three short lines or more that all begin
    /// like names, and none of which ends like part of a sentence.
    fn second_line_of_address(&self) -> Option<Range<usize>> {
        const SHORT: usize = 40;
        let lines = self.lines();
        let is_line = |(_, line): (Range<usize>, &str)| {
            let line = line.trim();
            let begins = line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            let ends = line.ends_with(|c: char| c.is_alphanumeric() || c == ')');
            begins && ends && line.chars().count() <= SHORT
        };
        let all_joined = self.lines.iter().skip(1).all(|line| line.is_joined);
        let is_address = self.lines.len() >= 3 && all_joined && lines.clone().all(is_line);
        lines.map(|(range, _)| range).nth(1).filter(|_| is_address)
    }

    fn headings(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (range, line) in self.lines() {
            let marks = line.bytes().take_while(|byte| *byte == b'#').count();
            let rest = &line[marks..];
            let spaces = rest.len() - rest.trim_start().len();
            // "#4" is a number, and "#word" may be a topic as social media have it.
            let is_meant = match spaces {
                0 => marks > 1 && rest.starts_with(char::is_alphabetic),
                _ => !rest.trim().is_empty(),
            };
            if !(1..=6).contains(&marks) || !is_meant {
                continue;
            }
            let span = self.span(range.start..range.start + marks);
            let shown = format!("{} {}", &line[..marks], rest.trim());
            let message = "this is not a heading: after the `#` comes no usual space";
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
        let blank = self.lines().find(|(_, line)| !line.is_empty() && line.chars().all(is_hidden));
        if let Some((range, _)) = blank.filter(|_| self.lines.len() > 1) {
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
                let (rule, head) = (cells(trimmed), before.map_or(0, cells));
                let message = match before {
                    Some(_) => format!(
                        "this is not a table: the head has {head} {}, and the line below it {rule}",
                        if head == 1 { "cell" } else { "cells" }
                    ),
                    None => "this is not a table: it has no head".to_owned(),
                };
                let help = "write as many `---` between `|` as the head has cells";
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
        for (at, _) in self.text().match_indices(['*', '~', '`']) {
            let starts = |mark: &&str| self.text()[at..].starts_with(mark);
            let Some(mark) = ["**", "~~", "`"].into_iter().find(starts) else { continue };
            let place = at..at + mark.len();
            let span = self.span(place.clone());
            // An escaped mark was meant to be shown.
            let is_typed = self.source.get(span.range()) == Some(mark);
            let is_escaped = self.source[..span.start as usize].ends_with('\\');
            let (before, after) = (&self.text()[..at], &self.text()[place.end..]);
            let is_at_word = before.ends_with(char::is_alphanumeric)
                || after.trim_start_matches(['*', ' ']).starts_with(char::is_alphanumeric);
            if is_typed && !is_escaped && is_at_word && !before.ends_with('*') {
                let message = format!("`{mark}` is shown as it is");
                let message =
                    if mark == "`" { "a back quote is shown as it is".into() } else { message };
                let help = match mark {
                    "`" => "write a back quote before and after the code; within a table, write \
                            `\\|` for a `|`"
                        .to_owned(),
                    mark => format!(
                        "write the marks at the words, on both sides: `{mark}words{mark}`, or `\\{}` \
                         for each that is to be shown",
                        &mark[..1]
                    ),
                };
                diagnostics.push(Diagnostic::of(&STRAY_MARK, span, message).help(help));
                return;
            }
        }
    }

    /// What converters and word processors leave behind.
    fn remains(&self, diagnostics: &mut Vec<Diagnostic>) {
        for hit in REMAINS.find_iter(self.text()) {
            let (words, help) = REMAINS_OF[hit.pattern().as_usize()];
            let at = hit.start();
            let rest = &self.text()[at..];
            let length = match words {
                "^[" => rest.find(']').map(|end| end + 1),
                "{" => attributes(rest),
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
            let is_of_picture = words == "{" && rest.contains("width=") | rest.contains("height=");
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
    let message = format!("the row has {cells} cells and the head {head}: the rest is left out");
    let help = "give the head as many cells; for a `|` within a cell write `\\|`";
    Some(Diagnostic::of(&SURPLUS_CELL, span, message).help(help))
}

/// What the marks of converters begin with, and what to do about each.
const REMAINS_OF: [(&str, &str); 7] = [
    ("{", "remove it: it is a mark of pandoc"),
    ("^[", "write `[^1]`, and the note on a separate line: `[^1]: Its words.`"),
    (":::", "remove it: it is a mark of pandoc"),
    ("Error! Reference source not found.", REFERENCE),
    ("Error! Bookmark not defined.", REFERENCE),
    ("Erreur ! Source du renvoi introuvable.", REFERENCE),
    ("Ошибка! Источник ссылки не найден.", REFERENCE),
];

const REFERENCE: &str = "write what Word should have shown: a number, or a link to the place";

static REMAINS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // No-break spaces come before the exclamation mark in French; they are written as spaces here.
    // The patterns are few and fixed.
    #[allow(clippy::expect_used, reason = "seven fixed words make no large automaton")]
    AhoCorasick::new(REMAINS_OF.map(|(words, _)| words)).expect("a few words")
});

/// The length of attributes as pandoc writes them, at the beginning of a text: `{width="6in"}`,
/// `{.deletion author="A"}`, `{#anchor}`.
fn attributes(text: &str) -> Option<usize> {
    let end = text.find('}')?;
    let inside = text[1..end].trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let first = inside.split(' ').next()?;
    let is_class = first.strip_prefix(['.', '#']).is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(is_name)
    });
    let is_pair = first.split_once('=').is_some_and(|(name, value)| {
        !name.is_empty() && name.chars().all(is_name) && !value.is_empty()
    });
    (is_class || is_pair).then_some(end + 1)
}

/// Whether a line is the second one of a table: `|---|:--|`.
fn is_rule_of_table(line: &str) -> bool {
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
    fn marks_of_items_are_told_from_words() {
        for (line, mark) in [
            ("• publish", Some(ItemMark::Bullet)),
            ("\u{f0b7}\tpublish", Some(ItemMark::Bullet)),
            ("o\tpublish", Some(ItemMark::Bullet)),
            ("-\u{a0}publish", Some(ItemMark::OddSpace)),
            ("12.\u{a0}publish", Some(ItemMark::OddSpace)),
            ("– publish", Some(ItemMark::Dash)),
            ("(a) publish", Some(ItemMark::Label)),
            ("(iv) publish", Some(ItemMark::Label)),
            ("a) publish", Some(ItemMark::Label)),
            ("ii. publish", Some(ItemMark::Label)),
            ("(see) publish", None),
            ("i.e. publish", None),
            ("publish. More", None),
            ("-5 degrees", None),
            ("2019. A year", None),
        ] {
            assert_eq!(ItemMark::of(line).map(|(mark, _)| mark), mark, "{line}");
        }
    }

    #[test]
    fn attributes_of_pandoc_are_told_from_brackets() {
        for text in ["{width=\"6in\"}", "{.deletion author=\"A\"}", "{#_Toc1 .anchor}"] {
            assert_eq!(attributes(text), Some(text.len()), "{text}");
        }
        for text in ["{a, b}", "{}", "{1}", "{see annex}", "{"] {
            assert_eq!(attributes(text), None, "{text}");
        }
    }
}
