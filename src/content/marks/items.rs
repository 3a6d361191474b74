//! Lines that were meant as the items of a list, or as the lines of an address.

use std::ops::Range;

use super::{LINES_RUN_TOGETHER, NOT_A_LIST, RunningBlock};
use crate::diagnostics::Diagnostic;

/// What a line begins with that was meant to begin an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ItemMark {
    /// `•`, also as fonts for symbols have it.
    Bullet,
    /// A Markdown mark with a space that Markdown does not take for one.
    OddSpace,
    /// `–`
    Dash,
    /// `(a)`, `a)`, `i.`, `12.`
    Label(ItemLabel),
}

/// The label of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ItemLabel {
    /// Its place in the order of the alphabet, or its number.
    place: u32,
    /// Its value if it is a Roman number.
    roman: Option<u32>,
    /// Whether it has a bracket, so that it can hardly be anything but a label.
    is_bracketed: bool,
    /// Whether it is a number in figures.
    is_number: bool,
}

/// The bullets that word processors make.
const BULLETS: &str = "•·‣⁃∙▪▫➢➤";

/// Signs that are bullets where several lines begin with one: a single one may mean something.
const SIGNS: &str = "●○◦■□◆◇►▶";

/// A line that begins like an item.
struct MarkedLine {
    /// The mark with the spaces after it, in the run.
    range: Range<usize>,
    mark: ItemMark,
    is_joined: bool,
    /// Whether the line before ends like one before an item.
    is_announced: bool,
}

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
        if BULLETS.contains(c) || SIGNS.contains(c) || matches!(c, '\u{f000}'..='\u{f0ff}') {
            let length = c.len_utf8();
            let has_words = !line[length..].trim().is_empty();
            return has_words.then_some((Self::Bullet, spaced(length).unwrap_or(length)));
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
        let is_odd = |rest: &str| rest.starts_with(|c: char| c.is_whitespace() && !c.is_ascii());
        if let Some(length) = markdown.filter(|length| is_odd(&line[*length..])) {
            return Some((Self::OddSpace, spaced(length)?));
        }
        let (label, length) = ItemLabel::of(line)?;
        Some((Self::Label(label), spaced(length)?))
    }
}

impl ItemLabel {
    fn of(line: &str) -> Option<(Self, usize)> {
        let inner = line.strip_prefix('(').unwrap_or(line);
        let end = inner.find(|c: char| !c.is_alphanumeric())?;
        let (label, rest) = inner.split_at(end);
        let close = rest.chars().next()?;
        let is_open = inner.len() < line.len();
        if close != ')' && (is_open || close != '.') {
            return None;
        }
        let first = label.chars().next()?;
        let is_single = label.chars().nth(1).is_none();
        let number = label.parse::<u32>().ok().filter(|_| label.len() <= 3);
        let roman = roman(label);
        let place = match number {
            Some(number) => number,
            None if is_single && first.is_alphabetic() => u32::from(first),
            None => roman?,
        };
        let length = line.len() - inner.len() + end + 1;
        let is_number = number.is_some();
        Some((Self { place, roman, is_bracketed: close == ')', is_number }, length))
    }

    /// Whether it is the next one: (b) after (a), ii. after i.
    fn follows(self, before: Self) -> bool {
        let next_roman = before.roman.zip(self.roman).is_some_and(|(a, b)| b == a + 1);
        self.place == before.place + 1 || next_roman
    }

    /// Whether a list begins with it.
    fn is_first(self) -> bool {
        let is_letter = ['a', 'A', 'а', 'А'].iter().any(|first| u32::from(*first) == self.place);
        is_letter || self.place == 1 || self.roman == Some(1)
    }
}

/// The value of a small Roman number.
fn roman(label: &str) -> Option<u32> {
    const ROMANS: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
        "xv", "xvi", "xvii", "xviii", "xix", "xx",
    ];
    let place = ROMANS.iter().position(|roman| roman.eq_ignore_ascii_case(label))?;
    u32::try_from(place + 1).ok()
}

impl RunningBlock<'_> {
    pub(super) fn lists(&self, diagnostics: &mut Vec<Diagnostic>) {
        let marked = self.marked_lines();
        let is_sign = |line: &MarkedLine| {
            self.text()[line.range.clone()].trim_start().starts_with(|c| SIGNS.contains(c))
        };
        let signs = marked.iter().filter(|line| is_sign(line)).count();
        let not_list: Vec<&MarkedLine> = marked
            .iter()
            .filter(|line| matches!(line.mark, ItemMark::Bullet | ItemMark::OddSpace))
            .filter(|line| signs > 1 || !is_sign(line))
            .collect();
        if let Some(first) = not_list.first() {
            return diagnostics.push(self.not_a_list(first, &not_list));
        }
        let found = marked.windows(2).find_map(|pair| {
            let [before, line] = pair else { return None };
            (line.is_joined && is_next_item(before, line)).then_some(line)
        });
        // A first item right after the words that announce it.
        let found = found.or_else(|| {
            marked.iter().find(|line| {
                let is_first =
                    matches!(line.mark, ItemMark::Label(of) if of.is_bracketed && of.is_first());
                is_first && line.is_joined && line.is_announced
            })
        });
        if let Some(line) = found {
            let typed = self.text()[line.range.clone()].trim();
            self.run_together(line.range.clone(), &format!("`{typed}`"), diagnostics);
        } else if let Some(second) = self.second_line_of_address() {
            let line = &self.text()[second.clone()];
            self.run_together(second, &format!("the line `{line}`"), diagnostics);
        }
    }

    /// The lines that begin like items, with marks that were typed as they are: `1\.` is not one.
    fn marked_lines(&self) -> Vec<MarkedLine> {
        let mut marked = Vec::new();
        let mut before = "";
        for line in self.lines {
            let text = &self.text()[line.range.clone()];
            let indent = text.len() - text.trim_start().len();
            if let Some((mark, length)) = ItemMark::of(&text[indent..]) {
                let range = line.range.start..line.range.start + indent + length;
                let is_announced = before.trim_end().ends_with([':', ';', '.', ',']);
                if self.is_typed_at_line(&range) {
                    let is_joined = line.is_joined;
                    marked.push(MarkedLine { range, mark, is_joined, is_announced });
                }
            }
            before = text;
        }
        marked
    }

    /// Whether a range of the run has the same characters in the file, and no mark is before it.
    fn is_typed_at_line(&self, range: &Range<usize>) -> bool {
        let span = self.span(range.clone());
        let is_same = self.source.get(span.range()) == self.text().get(range.clone());
        let before = self.source.get(..span.start as usize).unwrap_or("");
        is_same && !before.ends_with(['\\', '*', '_', '~', '`', '['])
    }

    fn not_a_list(&self, first: &MarkedLine, all: &[&MarkedLine]) -> Diagnostic {
        let typed = self.text()[first.range.clone()].trim();
        let message = match first.mark {
            ItemMark::OddSpace => {
                format!("this is not a list: `{typed}` needs an ordinary space after it")
            }
            _ => format!("this is not a list: `{typed}` does not begin an item"),
        };
        let marks = all.iter().map(|line| {
            let typed = self.text()[line.range.clone()].trim();
            let is_number = typed.starts_with(|c: char| c.is_ascii_digit());
            let with = if is_number { format!("{typed} ") } else { "- ".to_owned() };
            (line.range.clone(), with)
        });
        let marks: Vec<(Range<usize>, String)> = marks.collect();
        let changes: Vec<(Range<usize>, &str)> =
            marks.iter().map(|(range, with)| (range.clone(), with.as_str())).collect();
        // Two kinds of bullets are two levels.
        let bullets = all.iter().map(|line| self.text()[line.range.clone()].trim().chars().next());
        let is_one_level = bullets.collect::<std::collections::BTreeSet<_>>().len() == 1
            || first.mark == ItemMark::OddSpace;
        let edit = if is_one_level { self.edit(&changes) } else { None };
        Diagnostic::of(&NOT_A_LIST, self.span(first.range.clone()), message)
            .edit(edit)
            .help("begin each item with `- `: a hyphen and an ordinary space")
    }

    fn run_together(&self, at: Range<usize>, what: &str, diagnostics: &mut Vec<Diagnostic>) {
        let message = format!("{what} is joined to the line before it");
        let help = "begin each line with `- `, leave a line empty before it, or end the line before \
                    it with `\\`";
        diagnostics.push(Diagnostic::of(&LINES_RUN_TOGETHER, self.span(at), message).help(help));
    }

    /// The second line of what is written as an address is: three short lines or more that all begin
    /// like names, and none of which ends like part of a sentence.
    fn second_line_of_address(&self) -> Option<Range<usize>> {
        const SHORT: usize = 40;
        let is_line = |line: &str| {
            let line = line.trim();
            let begins = line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            let ends = line.ends_with(|c: char| c.is_alphanumeric() || c == ')');
            begins && ends && line.chars().count() <= SHORT
        };
        let [first, second, _, ..] = self.lines else { return None };
        let all_joined = self.lines.iter().skip(1).all(|line| line.is_joined);
        let is_address =
            all_joined && self.lines.iter().all(|line| is_line(&self.text()[line.range.clone()]));
        (is_address && first.range.end <= second.range.start).then(|| second.range.clone())
    }
}

/// Whether two lines that follow each other begin like two items of one list.
fn is_next_item(before: &MarkedLine, line: &MarkedLine) -> bool {
    match (before.mark, line.mark) {
        // A dash may also be one within a sentence that was wrapped there.
        (ItemMark::Dash, ItemMark::Dash) => line.is_announced || before.range.start == 0,
        // "M. Dupont" and "s. 6" are no labels.
        (ItemMark::Label(a), ItemMark::Label(b)) => {
            b.follows(a) && (b.is_bracketed || b.is_number || a.is_first() && line.is_announced)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(line: &str) -> &'static str {
        match ItemMark::of(line) {
            Some((ItemMark::Bullet, _)) => "bullet",
            Some((ItemMark::OddSpace, _)) => "odd space",
            Some((ItemMark::Dash, _)) => "dash",
            Some((ItemMark::Label(_), _)) => "label",
            None => "",
        }
    }

    #[test]
    fn marks_of_items_are_told_from_words() {
        for (line, expected) in [
            ("• publish", "bullet"),
            ("\u{f0b7}\tpublish", "bullet"),
            ("o\tpublish", "bullet"),
            ("-\u{a0}publish", "odd space"),
            ("12.\u{a0}publish", "odd space"),
            ("– publish", "dash"),
            ("(a) publish", "label"),
            ("(iv) publish", "label"),
            ("а) издать", "label"),
            ("ii. publish", "label"),
            ("12. publish", "label"),
            ("(see) publish", ""),
            ("i.e. publish", ""),
            ("publish. More", ""),
            ("-5 degrees", ""),
            ("2019. A year", ""),
            ("•", ""),
        ] {
            assert_eq!(kind(line), expected, "{line}");
        }
    }

    #[test]
    fn labels_follow_each_other() {
        let follows =
            |a: &str, b: &str| ItemLabel::of(b).unwrap().0.follows(ItemLabel::of(a).unwrap().0);
        for (a, b) in [("(a)", "(b)"), ("i.", "ii."), ("12.", "13."), ("б)", "в)"), ("iv)", "v)")]
        {
            assert!(follows(a, b), "{a} {b}");
        }
        for (a, b) in [("M.", "M."), ("L.", "R."), ("Q.", "A."), ("(b)", "(a)")] {
            assert!(!follows(a, b), "{a} {b}");
        }
    }
}
