//! Text that YAML takes for a comment, although it was meant: `title: Close finding #4`.

use std::ops::Range;

use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::source::{FileId, Span};

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

/// Where a scan of YAML is.
enum At {
    /// In no quotes.
    Plain,
    /// In a text between quotes of this kind, which may have several lines.
    Quoted(char),
    /// In a text that is indented more than this: `key: |`.
    Block(usize),
}

/// Reports each comment after a value that begins with a letter or digit. `base` is where the YAML
/// begins in its file.
pub(super) fn lost(text: &str, file: FileId, base: usize) -> Vec<Diagnostic> {
    // Hardly any file has one.
    if !text.contains(" #") && !text.contains("\t#") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = At::Plain;
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let shown = line.trim_end();
        let indent = shown.len() - shown.trim_start().len();
        if let At::Block(around) = at {
            if shown.is_empty() || indent > around {
                from += line.len();
                continue;
            }
            at = At::Plain;
        }
        let (next, comment) = scan(shown, at);
        at = next;
        let before = comment.map_or(shown, |start| shown[..start].trim_end());
        if matches!(at, At::Plain) && begins_block(before) {
            // The key of an item begins after its `- `.
            let item = shown[indent..].len() - shown[indent..].trim_start_matches(['-', ' ']).len();
            at = At::Block(indent + item);
        }
        if let Some(start) = comment.filter(|start| is_meant(shown, *start)) {
            let place = |range: Range<usize>| {
                Span::new(file, base + from + range.start..base + from + range.end)
            };
            let lost = &shown[start..];
            let message = format!("`{lost}` is taken for a comment, and left out");
            found.push(
                Diagnostic::of(&LOST_IN_COMMENT, place(start..shown.len()), message)
                    .edit(quoted(shown, place))
                    .help("put the whole value in straight quotes"),
            );
        }
        from += line.len();
    }
    found
}

/// Where a line ends, and where its comment begins.
fn scan(line: &str, from: At) -> (At, Option<usize>) {
    let mut at = from;
    let mut before = ' ';
    let mut characters = line.char_indices();
    while let Some((index, c)) = characters.next() {
        match at {
            At::Quoted('"') if c == '\\' => _ = characters.next(),
            // Two of them are one that is shown.
            At::Quoted('\'') if c == '\'' && line[index + 1..].starts_with('\'') => {
                _ = characters.next();
            }
            At::Quoted(quote) if c == quote => at = At::Plain,
            At::Quoted(_) | At::Block(_) => {}
            At::Plain if c == '#' && before.is_whitespace() => return (at, Some(index)),
            // A quote within a word is part of it.
            At::Plain if matches!(c, '"' | '\'') && begins_value(&line[..index]) => {
                at = At::Quoted(c);
            }
            At::Plain => {}
        }
        before = c;
    }
    (at, None)
}

/// Whether a value begins after this part of a line: elsewhere a quote is only a character.
fn begins_value(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with([':', '[', '{', ',']) || before.trim() == "-"
}

/// Whether a text on several lines begins after a line: `key: |`, `- >-`.
fn begins_block(line: &str) -> bool {
    let last = line.rsplit([' ', '\t']).next().unwrap_or("");
    last.starts_with(['|', '>'])
        && last[1..].bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-'))
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

    fn all(text: &str) -> Vec<&str> {
        lost(text, FileId(0), 0).iter().map(|d| &text[d.span.unwrap().range()]).collect()
    }

    #[test]
    fn meant_words_are_told_from_comments() {
        assert_eq!(all("title: Close finding #4 of it\n"), ["#4 of it"]);
        assert_eq!(all("- Unit #2\n- Unit # 2\n"), ["#2"]);
        assert_eq!(all("tags: [a, b #3]\n"), ["#3]"]);
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
        let edit = lost(text, FileId(0), 0)[0].edit.clone().unwrap();
        assert_eq!(&text[edit.span.range()], "Answer letter #17");
        assert_eq!(edit.replacement, "\"Answer letter #17\"");
    }
}
