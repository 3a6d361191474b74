//! What git leaves in a file when it cannot merge two changes.

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{FileId, Span};

pub(crate) const GIT_CONFLICT: Rule = Rule {
    code: "git-conflict",
    summary: "two versions of a text that git could not merge",
    explanation: "One version is between `<<<<<<<` and `=======`, the other between there and \
                  `>>>>>>>`. Keep what is right, and remove these three lines.",
    wrong: &[
        "\n## Recommendation\n\n<<<<<<< HEAD\nPublish it.\n=======\nPublish the list.\n>>>>>>> branch",
    ],
    right: &["\n## Recommendation\n\nPublish the list."],
    ..Rule::UNREAD
};

/// Reports what git leaves in a file when it cannot merge two changes.
pub(super) fn conflicts(file: FileId, text: &str) -> Vec<Diagnostic> {
    let marks = text.match_indices("<<<<<<< ").map(|(at, _)| at);
    let at_line = marks.filter(|at| *at == 0 || text[..*at].ends_with('\n'));
    let help = "keep what is right in the two versions below, and remove the lines that begin with \
                `<<<<<<<`, `=======` and `>>>>>>>`";
    let conflict = |at: usize| {
        let line = text[at..].lines().next().map_or(0, str::len);
        let span = Span::new(file, at..at + line);
        Diagnostic::of(&GIT_CONFLICT, span, "a conflict that git could not resolve").help(help)
    };
    at_line.map(conflict).collect()
}
