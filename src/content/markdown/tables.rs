//! Tables right below a line of text.
//!
//! On GitHub the head of a table ends the paragraph above it (GitHub Flavored Markdown 4.10). The
//! parser knows that only of a head that begins with `|`, and takes any other for a line of the
//! paragraph. So an empty line is put before it.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::options;
use crate::content::front_matter;
use crate::content::marks::is_rule_of_table;
use crate::source::{FileId, has_lone_return};

/// A line that may be the head of a table, joined to the line before it.
struct JoinedHead<'a> {
    /// The number of its line, from 0.
    line: usize,
    /// Where its line begins.
    start: usize,
    /// The marks of the quotation that the line is in, and what it is indented by.
    marks: &'a str,
}

/// The text of a file in which an empty line comes before the head of each table. The line that is
/// put in ends with a carriage return, so that the number of each line of the file stays, and
/// [`as_written`](crate::source::as_written) can take it out.
pub fn with_tables_apart(text: String) -> String {
    let heads = heads(&text);
    // With other carriage returns one could not tell which of them was put in.
    if heads.is_empty() || has_lone_return(&text) {
        return text;
    }
    // None of these is in another.
    let others =
        blocks(&text, |tag| matches!(tag, Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock));
    let is_in_other = |place: usize| {
        let before = others.partition_point(|range| range.start <= place);
        before > 0 && others[before - 1].contains(&place)
    };
    // The parser may know better: `- a | b` begins a table of its item.
    let known = lines_of_tables(&text);
    let mut heads = heads;
    heads.retain(|head| !known.contains(&head.line) && !is_in_other(head.start + head.marks.len()));
    // Only a table is worth the change, which ends a paragraph.
    let tables = lines_of_tables(&with_breaks(&text, &heads));
    heads.retain(|head| tables.contains(&head.line));
    if heads.is_empty() { text } else { with_breaks(&text, &heads) }
}

/// The numbers of the lines at which tables begin, counted by line feeds from 0.
fn lines_of_tables(text: &str) -> BTreeSet<usize> {
    let (mut line, mut counted) = (0, 0);
    let tables = blocks(text, |tag| matches!(tag, Tag::Table(_)));
    let lines = tables.into_iter().map(|table| {
        line += text[counted..table.start].matches('\n').count();
        counted = table.start;
        line
    });
    lines.collect()
}

/// Where the body of a file has a head of a table right below another line.
fn heads(text: &str) -> Vec<JoinedHead<'_>> {
    let mut heads = Vec::new();
    let mut before = ["", ""];
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let [above, head] = before;
        if is_rule_of_table(words(line)) && head.contains('|') && !words(above).is_empty() {
            let start = at - head.len();
            heads.push(JoinedHead { line: number - 1, start, marks: marks(head) });
        }
        before = [head, line];
        at += line.len();
    }
    if heads.is_empty() {
        return heads;
    }
    // A file without front matter is reported, and not read.
    let body = front_matter::split(text, FileId(0), &mut Vec::new()).map(|parts| parts.body);
    heads.retain(|head| body.as_ref().is_some_and(|body| body.contains(&head.start)));
    heads
}

/// What a line of a quotation or an item begins with.
fn marks(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t', '>']).len()]
}

fn words(line: &str) -> &str {
    line[marks(line).len()..].trim()
}

fn with_breaks(text: &str, heads: &[JoinedHead<'_>]) -> String {
    let mut apart = String::with_capacity(text.len() + heads.len() * 4);
    let mut done = 0;
    for head in heads {
        apart.push_str(&text[done..head.start]);
        apart.push_str(head.marks);
        apart.push('\r');
        done = head.start;
    }
    apart.push_str(&text[done..]);
    apart
}

/// The places of some blocks in the body of a file.
fn blocks(text: &str, wanted: impl Fn(&Tag<'_>) -> bool) -> Vec<Range<usize>> {
    let parts = front_matter::split(text, FileId(0), &mut Vec::new());
    let Some(body) = parts.map(|parts| parts.body) else { return Vec::new() };
    let events = Parser::new_ext(&text[body.clone()], options()).into_offset_iter();
    let of_wanted = events.filter_map(|(event, range)| match event {
        Event::Start(tag) if wanted(&tag) => Some(body.start + range.start..body.start + range.end),
        _ => None,
    });
    of_wanted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::as_written;

    fn apart(body: &str) -> String {
        let text = format!("---\nnumber: 1\n---\n{body}");
        let apart = with_tables_apart(text.clone());
        assert_eq!(as_written(&apart), text);
        apart["---\nnumber: 1\n---\n".len()..].to_owned()
    }

    #[test]
    fn a_table_ends_the_paragraph_above_it() {
        for (body, expected) in [
            ("The posts:\nPost | Filled\n---|---\n", "The posts:\n\rPost | Filled\n---|---\n"),
            ("The posts:\r\na | b\r\n--|--\r\n", "The posts:\r\n\ra | b\r\n--|--\r\n"),
            ("> Posts:\n> a | b\n> --|--\n", "> Posts:\n> \r> a | b\n> --|--\n"),
            ("- Posts:\n  a | b\n  --|--\n", "- Posts:\n  \r  a | b\n  --|--\n"),
            ("[^1]: Posts:\n    a | b\n    --|--\n", "[^1]: Posts:\n    \r    a | b\n    --|--\n"),
            (
                "One\na | b\n--|--\n\nTwo\nc | d\n--|--",
                "One\n\ra | b\n--|--\n\nTwo\n\rc | d\n--|--",
            ),
        ] {
            assert_eq!(apart(body), expected, "{body}");
        }
    }

    #[test]
    fn what_is_not_such_a_table_stays() {
        for body in [
            "a | b\n--|--\n1 | 2\n",
            "The posts:\n| a | b |\n|---|---|\n",
            "The posts:\n\na | b\n--|--\n",
            "The posts:\na | b | c\n--|--\n",
            "```\nThe posts:\na | b\n--|--\n```\n",
            "<!--\nThe posts:\na | b\n--|--\n-->\n",
            "The posts:\n    a | b\n    --|--\n",
            "a | b\n--|--\nc | d\n--|--\n",
            "- The posts:\n- a | b\n  --|--\n",
            "The posts:\ra | b\n--|--\n\nX:\na | b\n--|--\n",
        ] {
            assert_eq!(apart(body), body);
        }
        let keys = "---\ntitle: |\n  x\n  a | b\n  --|--\n---\n";
        assert_eq!(with_tables_apart(keys.to_owned()), keys);
    }
}
