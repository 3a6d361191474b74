//! Text that YAML takes for a comment, although it was meant: `title: Close finding #4`.

use std::ops::Range;

use super::parse::YamlText;
use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::source::Span;

pub(crate) const LOST_IN_COMMENT: Rule = Rule {
    code: "lost-in-comment",
    summary: "a `#` within a value, from which on YAML takes it for a comment",
    explanation: "After a space, `#` begins a note to other authors, and the rest of the line is \
                  left out. Put the value in straight quotes. A note is told from a number by the \
                  space after its `#`: `# like this`.",
    wrong: &["title: Close finding #4 of the audit"],
    right: &["title: \"Close finding #4 of the audit\"", "title: Close the finding # in print: 4"],
    ..Rule::WARNING
};

/// Reports each comment after a value that begins with a letter or digit.
pub(super) fn lost(source: YamlText<'_>, comments: &[Range<usize>]) -> Vec<Diagnostic> {
    let is_meant = |comment: &&Range<usize>| {
        let line = source.text[..comment.start].rfind('\n').map_or(0, |newline| newline + 1);
        is_meant(&source.text[line..comment.end], comment.start - line)
    };
    let reported = |comment: &Range<usize>| {
        let start = source.text[..comment.start].rfind('\n').map_or(0, |newline| newline + 1);
        let line = source.text[start..comment.end].trim_end();
        let place = |range: Range<usize>| source.place(start + range.start..start + range.end);
        let lost = &line[comment.start - start..];
        let message = format!("`{lost}` is taken for a comment, and left out");
        Diagnostic::of(&LOST_IN_COMMENT, place(comment.start - start..line.len()), message)
            .edit(quoted(line, place))
            .help("put the whole value in straight quotes")
    };
    comments.iter().filter(is_meant).map(reported).collect()
}

/// Keys whose values are dates, numbers or words of a list: no `#` is part of one.
const FIXED: [&str; 17] = [
    "as_at",
    "continuing",
    "deadline",
    "draft",
    "evaluation_date",
    "implemented",
    "language",
    "made",
    "number",
    "organ",
    "pdf",
    "priority",
    "response",
    "set",
    "status",
    "verification",
    "date",
];

/// Whether what follows a `#` was most probably meant: it follows a value, and is a number or a word.
fn is_meant(line: &str, start: usize) -> bool {
    let before = line[..start].trim();
    let is_after_value = !before.is_empty() && !before.ends_with([':', '"', '\'', ']', '}']);
    let key = before.trim_start_matches("- ").split(':').next().unwrap_or("");
    let is_after_value = is_after_value && before != "-" && !FIXED.contains(&key);
    is_after_value && line[start + 1..].starts_with(char::is_alphanumeric)
}

/// Puts the value of a line in quotes, where it is one simple text.
fn quoted(line: &str, place: impl Fn(Range<usize>) -> Span) -> Option<Edit> {
    let indent = line.len() - line.trim_start().len();
    let start = match line.find(": ") {
        Some(colon) => colon + 2,
        None if line[indent..].starts_with("- ") => indent + 2,
        None => return None,
    };
    let start = start + (line[start..].len() - line[start..].trim_start().len());
    let value = &line[start..];
    let is_simple = !value.contains(['"', '\\'])
        && !value.contains(": ")
        // A second one may be a note to other authors.
        && value.matches(" #").count() == 1
        && !line.contains(['{', '['])
        && value.starts_with(char::is_alphanumeric);
    is_simple.then(|| Edit {
        span: place(start..line.len()),
        instead_of: value.to_owned(),
        replacement: format!("\"{value}\""),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::yaml::{FRONT_MATTER, parse};

    fn reported(text: &str) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        parse(text, FileId(0), 0, FRONT_MATTER, &mut diagnostics);
        diagnostics.retain(|one| one.code() == LOST_IN_COMMENT.code);
        diagnostics
    }

    fn all(text: &str) -> Vec<&str> {
        reported(text).iter().map(|d| &text[d.span.unwrap().range()]).collect()
    }

    #[test]
    fn meant_words_are_told_from_comments() {
        assert_eq!(all("title: Close finding #4 of it\n"), ["#4 of it"]);
        assert_eq!(all("- Unit #2\n- Unit # 2\n"), ["#2"]);
        assert_eq!(all("tags: [a, b #3\n  ]\n"), ["#3"]);
        assert_eq!(all("- text: |\n    Close\n  responsible: Unit #5\n"), ["#5"]);
        assert_eq!(all("title: Rock 'n roll #4\n"), ["#4"]);
        for fine in [
            "# a: #b\n",
            "title: \"Close #4\" # note\n",
            "title: 'Close #4'\n",
            "title: \"two\n  lines #4\"\n",
            "text: |\n  Close #4\n\n  Close #5\nmore: 1\n",
            "text: >-\n  Close #4\n",
            "a#4: b#5\n",
            "key: #4\n",
            "key: it's # so\n",
            "title: 'It''s finding #4'\n",
            "title: \"Close it\" #note\n",
            "status: implemented #done\n",
            "- text: |\n    Close #4\n",
        ] {
            assert_eq!(all(fine), [""; 0], "{fine}");
        }
        assert_eq!(all("text: |\n  Close #4\nmore: Unit #5\n"), ["#5"]);
    }

    #[test]
    fn a_simple_value_is_put_in_quotes() {
        let text = "  - text: Answer letter #17\n";
        let edit = reported(text)[0].edit.clone().unwrap();
        assert_eq!(&text[edit.span.range()], "Answer letter #17");
        assert_eq!(edit.replacement, "\"Answer letter #17\"");
    }
}
