//! What git leaves in a file when it cannot merge two changes.

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{FileId, Span};

pub(crate) const GIT_CONFLICT: Rule = Rule {
    code: "git-conflict",
    summary: "two versions of a text that git could not merge",
    explanation: "One version is between `<<<<<<<` and `=======`, the other between there and \
                  `>>>>>>>`; between `|||||||` and `=======` there may be what both come from. \
                  Keep what is right, and remove all of these lines.",
    wrong: &[
        "\n## Recommendation\n\n<<<<<<< HEAD\nPublish it.\n=======\nPublish the list.\n>>>>>>> branch",
        "\n## Recommendation\n\nPublish it.\n=======\nPublish the list.\n>>>>>>> branch",
    ],
    right: &["\n## Recommendation\n\nPublish the list."],
    ..Rule::UNREAD
};

/// The marks with which git begins lines, by their only character.
const MARKS: [char; 4] = ['<', '|', '=', '>'];

/// How often a mark has its character.
const LENGTH: usize = 7;

/// Reports what git leaves in a file when it cannot merge two changes. Each mark is reported: a file
/// may have been half corrected.
pub(super) fn conflicts(file: FileId, text: &str) -> Vec<Diagnostic> {
    const ANY: [&[u8]; 4] = [b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"];
    let has_mark = ANY.iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark).is_some());
    if !has_mark {
        return Vec::new();
    }
    let others =
        text.lines().any(|line| !line.starts_with('=') && is_mark(line.trim_end(), "", false));
    let mut found = Vec::new();
    let (mut from, mut before) = (0, "");
    for line in text.split_inclusive('\n') {
        let shown = line.trim_end();
        if is_mark(shown, before, others) {
            let span = Span::new(file, from..from + shown.len());
            let message = "a conflict that git could not resolve";
            let help = "keep what is right of the versions around it, and remove the lines that \
                        begin with `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`";
            found.push(Diagnostic::of(&GIT_CONFLICT, span, message).help(help));
        }
        from += line.len();
        before = shown;
    }
    found
}

fn is_mark(line: &str, before: &str, others: bool) -> bool {
    let Some(mark) = line.chars().next().filter(|c| MARKS.contains(c)) else { return false };
    let count = line.chars().take_while(|c| *c == mark).count();
    let rest = &line[count..];
    match mark {
        // It is also the line below a heading, where no other mark is in the file.
        '=' => {
            count == LENGTH && rest.is_empty() && (others || before.chars().count() > 2 * LENGTH)
        }
        _ => count == LENGTH && (rest.is_empty() || rest.starts_with(' ')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_found_and_no_heading() {
        let count = |text: &str| conflicts(FileId(0), text).len();
        assert_eq!(count("<<<<<<< HEAD\na\n||||||| 1\nb\n=======\nc\n>>>>>>> x\n"), 4);
        assert_eq!(count("a\r\n=======\r\nb\r\n>>>>>>> x\r\n"), 2);
        assert_eq!(count("a line that is much longer\n=======\nb\n"), 1);
        assert_eq!(count("A title\n=======\nb\n"), 0);
        assert_eq!(count("Message\n=======\n\nA long title\n============\n"), 0);
        assert_eq!(count("<<<<<<<<\n> > > > > > >\n>>>>>>>>>\n"), 0);
    }
}
