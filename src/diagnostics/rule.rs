//! What a code means: the documentation that `recto explain` and the manual show, and how it
//! relates to other mistakes. Each rule is a constant beside the code that reports it.

use std::fmt::Write as _;

use super::Severity;

/// One kind of mistake.
#[derive(Debug)]
pub struct Rule {
    /// The code: `overdue`.
    pub code: &'static str,
    /// How it is reported, unless the site says otherwise. What is an error stays one.
    pub severity: Severity,
    /// What is wrong, as the end of a sentence that begins with "Reports".
    pub summary: &'static str,
    /// Why it matters, and what to do about it.
    pub explanation: &'static str,
    /// Examples that are reported, each on its own.
    pub wrong: &'static [&'static str],
    /// The same, corrected.
    pub right: &'static [&'static str],
    /// How much of its file cannot be read because of it.
    pub hides: Hides,
    /// Which other mistakes it may merely follow from. One mistake is not reported twice.
    pub follows: Follows,
}

/// How much of a file cannot be read because of a mistake in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hides {
    /// Nothing.
    Nothing,
    /// Part of it: what seems to be missing may be there.
    Part,
    /// All of it, although it could be read: another file has taken its place.
    All,
}

/// Which other mistakes a mistake may merely follow from.
#[derive(Debug, Clone, Copy)]
pub enum Follows {
    /// None: what is written there is wrong whatever is around it.
    Nothing,
    /// One in the same file that hides part of it.
    File,
    /// One that keeps a file in the same folder from becoming a page.
    Folder,
    /// One that keeps any file of the site from becoming a page.
    Site,
    /// One of another rule that begins at the same place.
    Place(&'static Rule),
}

/// How a code is to be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not at all.
    Allow,
    /// As a note.
    Note,
    /// As a warning.
    Warn,
    /// As an error.
    Deny,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 4] = [Self::Allow, Self::Note, Self::Warn, Self::Deny];

    /// The word that authors type.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The severity that it gives; none when nothing is reported.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Note => Some(Severity::Note),
            Self::Warn => Some(Severity::Warning),
            Self::Deny => Some(Severity::Error),
        }
    }
}

impl Rule {
    /// What the rules that report errors have in common.
    pub const ERROR: Self = Self {
        code: "",
        severity: Severity::Error,
        summary: "",
        explanation: "",
        wrong: &[],
        right: &[],
        hides: Hides::Nothing,
        follows: Follows::Nothing,
    };

    /// What the rules have in common whose errors hide a part of the file.
    pub const UNREAD: Self = Self { hides: Hides::Part, ..Self::ERROR };

    /// What the rules that report warnings have in common.
    pub const WARNING: Self = Self { severity: Severity::Warning, ..Self::ERROR };

    /// What the rules that report notes have in common.
    pub const NOTE: Self = Self { severity: Severity::Note, ..Self::ERROR };

    /// Whether it is always an error: its level cannot be lowered, because such content cannot be
    /// published.
    pub fn is_error_by_nature(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The whole documentation, as Markdown.
    pub fn manual(&self) -> String {
        let Self { code, summary, explanation, .. } = self;
        let (summary, explanation) =
            (wrapped(&format!("Reports {summary}.")), wrapped(explanation));
        let mut page = format!("# {code}\n\n{summary}\n\n{explanation}\n");
        let examples = [("Wrong", self.wrong), ("Right", self.right)];
        for (heading, lines) in examples.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            let _ = write!(page, "\n## {heading}\n");
            for lines in lines {
                let language = if lines.contains("## ") { "markdown" } else { "yaml" };
                let _ = write!(page, "\n```{language}\n{}\n```\n", lines.trim());
            }
        }
        page.push_str("\n## Level\n\n");
        if self.is_error_by_nature() {
            page.push_str(
                "Always an error: nothing is published until it is fixed, and its level cannot be\n\
                 lowered.\n",
            );
        } else {
            let other = if self.severity == Severity::Note { "allow" } else { "note" };
            let _ = write!(
                page,
                "A {}, unless `content/site.yaml`, or `report.md` for its report, says `allow`,\n\
                 `note`, `warn` or `deny`:\n\n\
                 ```yaml\nchecks:\n  {code}: {other}\n```\n",
                self.severity.word(),
            );
        }
        page
    }
}

/// The longest line of a page, in characters: what fits a terminal.
const WIDTH: usize = 90;

/// A paragraph, wrapped for a terminal. Text between backticks stays together.
fn wrapped(paragraph: &str) -> String {
    let mut lines = String::new();
    let mut width = 0;
    let mut in_code = false;
    let is_gap = |c: char| {
        in_code ^= c == '`';
        c == ' ' && !in_code
    };
    for word in paragraph.split(is_gap) {
        let length = word.chars().count();
        let (gap, before) = match width {
            0 => ("", 0),
            _ if width + 1 + length > WIDTH => ("\n", 0),
            _ => (" ", width + 1),
        };
        lines.push_str(gap);
        lines.push_str(word);
        width = before + length;
    }
    lines
}

impl PartialEq for Rule {
    /// A code belongs to exactly one rule.
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_not_split() {
        let text = format!("{} `## Progress at DATE` and more", "x ".repeat(38).trim());
        let expected = format!("{}\n`## Progress at DATE` and more", "x ".repeat(38).trim());
        assert_eq!(wrapped(&text), expected);
    }
}
