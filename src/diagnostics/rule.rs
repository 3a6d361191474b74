//! What a code means: the documentation that `recto explain` and the manual show, and how it hangs
//! together with other mistakes. A rule is a constant beside the code that reports it.

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
    /// Lines that are reported, each a case of its own.
    pub wrong: &'static [&'static str],
    /// The same set right.
    pub right: &'static [&'static str],
    /// What of its file could not be read because of it.
    pub hides: Hides,
    /// Which other mistakes it may only be a consequence of. One mistake is not reported twice.
    pub follows: Follows,
}

/// What of a file could not be read because of a mistake in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hides {
    /// Nothing.
    Nothing,
    /// A part: what seems to be missing in the file may be there.
    Part,
    /// All of it, although it makes a page: another file has taken its place.
    All,
}

/// Which other mistakes a mistake may only be a consequence of.
#[derive(Debug, Clone, Copy)]
pub enum Follows {
    /// None: what is written at its place is wrong whatever is around it.
    Nothing,
    /// One in the same file that hides a part of it.
    File,
    /// One because of which a file of the same folder makes no page.
    Folder,
    /// One because of which any file of the site makes no page.
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

    /// The severity that it stands for; none when it is not reported.
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

    /// What the rules that report warnings have in common.
    pub const WARNING: Self = Self { severity: Severity::Warning, ..Self::ERROR };

    /// What the rules that report notes have in common.
    pub const NOTE: Self = Self { severity: Severity::Note, ..Self::ERROR };

    /// Whether its level can be lowered. What cannot be published cannot be allowed.
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
                "An error by nature: while it is there nothing is published, and its level cannot be\n\
                 lowered.\n",
            );
        } else {
            let other = if self.severity == Severity::Note { "allow" } else { "note" };
            let _ = write!(
                page,
                "A {}, unless `content/site.yaml` says `allow`, `note`, `warn` or `deny`:\n\n\
                 ```yaml\nchecks:\n  {code}: {other}\n```\n",
                self.severity.word(),
            );
        }
        page
    }
}

/// The widest line of a page, in characters: what a terminal shows in one.
const WIDTH: usize = 90;

/// A paragraph in lines that a terminal shows whole. What stands between backticks stays together.
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
    /// Each code is of one rule.
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_not_parted() {
        let text = format!("{} `## Progress at DATE` and more", "x ".repeat(38).trim());
        let expected = format!("{}\n`## Progress at DATE` and more", "x ".repeat(38).trim());
        assert_eq!(wrapped(&text), expected);
    }
}
