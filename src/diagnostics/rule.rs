//! What a code means: the documentation that `recto explain` and the manual show.

use std::fmt::Write as _;

use super::Severity;

/// The documentation of a code.
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
