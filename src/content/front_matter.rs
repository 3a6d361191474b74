//! Where the front matter ends and the text begins.

use std::ops::Range;

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{FileId, Span};

pub(crate) const EMPTY_FILE: Rule = Rule {
    code: "empty-file",
    summary: "a text with nothing in it",
    explanation: "Remove the file, or write it: the keys between two lines `---`, and then the \
                  text.",
    wrong: &["# content/about.md\n"],
    right: &["# content/about.md\n---\ntitle: About this site\n---"],
    ..Rule::UNREAD
};

pub(crate) const NO_FRONT_MATTER: Rule = Rule {
    code: "no-front-matter",
    summary: "a text that does not begin with a line `---` and its keys",
    explanation: "The keys say what the text is about. Nothing may come before the first `---`, \
                  not even a blank line.\n\nA `README.md` without keys is for those who look at \
                  the folder, and is not part of the site.",
    wrong: &[
        "# content/about.md\nAbout this site.",
        "# content/about.md\n\n---\ntitle: About this site\n---",
    ],
    right: &["# content/about.md\n---\ntitle: About this site\n---"],
    ..Rule::UNREAD
};

pub(crate) const UNCLOSED_FRONT_MATTER: Rule = Rule {
    code: "unclosed-front-matter",
    summary: "keys that are never closed by a second line `---`",
    explanation: "Without it there is no telling where the keys end and the text begins.",
    wrong: &["# content/about.md\n---\ntitle: About this site\n\nThe text."],
    right: &["# content/about.md\n---\ntitle: About this site\n---\n\nThe text."],
    ..Rule::UNREAD
};

/// The parts of a file, as bytes of it.
pub(super) struct FileParts {
    /// The first `---`, where mistakes of the whole front matter are shown.
    pub(super) first_line: Range<usize>,
    /// The YAML between the two `---`.
    pub(super) yaml: Range<usize>,
    /// The Markdown after them.
    pub(super) body: Range<usize>,
}

const HELP: &str =
    "begin the file with a line `---`, the keys such as `title: …`, and a line `---`";

/// Splits a file. None, with a diagnostic, when there is no front matter.
pub(super) fn split(
    text: &str,
    file: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FileParts> {
    let mut report = |rule, range: Range<usize>, message: &str, help: &str| {
        diagnostics.push(Diagnostic::of(rule, Span::new(file, range), message).help(help));
    };
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    if text[start..].trim().is_empty() {
        report(&EMPTY_FILE, 0..0, "the file is empty", HELP);
        return None;
    }
    let mut lines = lines(text, start);
    let first_line = lines.next().filter(|line| text[line.clone()].trim_end() == "---");
    let Some(first_line) = first_line else {
        let end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
        let help = match text[start..].trim_start().starts_with("---") {
            true => "remove everything before the first `---`, blank lines and spaces too",
            false => HELP,
        };
        report(&NO_FRONT_MATTER, start..end, "the file has no front matter", help);
        return None;
    };
    let first_line = first_line.start..first_line.start + 3;
    let yaml_start =
        text[first_line.end..].find('\n').map_or(text.len(), |n| first_line.end + n + 1);
    let closing = lines.find(|line| matches!(text[line.clone()].trim_end(), "---" | "..."));
    let Some(closing) = closing else {
        let help = "add a line `---` after the last key, before the text";
        report(&UNCLOSED_FRONT_MATTER, first_line, "the front matter is never closed", help);
        return None;
    };
    let body_start = text[closing.end..].find('\n').map_or(text.len(), |n| closing.end + n + 1);
    Some(FileParts { first_line, yaml: yaml_start..closing.start, body: body_start..text.len() })
}

/// The lines from `start` on, without their breaks.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = start;
    text[start..].split_inclusive('\n').map(move |line| {
        let range = from..from + line.trim_end_matches(['\n', '\r']).len();
        from += line.len();
        range
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<(String, String), &'static str> {
        let mut diagnostics = Vec::new();
        match split(text, FileId(0), &mut diagnostics) {
            Some(parts) => Ok((text[parts.yaml].to_owned(), text[parts.body].to_owned())),
            None => Err(diagnostics[0].code()),
        }
    }

    #[test]
    fn front_matter_ends_where_it_ends() {
        let ok = |yaml: &str, body: &str| Ok((yaml.to_owned(), body.to_owned()));
        assert_eq!(parts("---\na: 1\n---\n\nText\n"), ok("a: 1\n", "\nText\n"));
        assert_eq!(parts("\u{feff}---\r\na: 1\r\n---\r\nText"), ok("a: 1\r\n", "Text"));
        assert_eq!(parts("---\n---"), ok("", ""));
        assert_eq!(parts("---\na: |\n  x\n  ---\n---\n"), ok("a: |\n  x\n  ---\n", ""));
        assert_eq!(parts(" \n"), Err("empty-file"));
        assert_eq!(parts("# Title\n"), Err("no-front-matter"));
        assert_eq!(parts("---\ntitle: x\n\nText"), Err("unclosed-front-matter"));
    }
}
