//! The words of a text without their marks: what a page is called by, and what its parts say.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::markdown::{options, without_comments};
use crate::model::{Column, Labelled, Section};
use crate::source::{FileId, Span, Spanned, is_invisible};

/// How many characters of a recommendation's own words stand for a title that nobody gave.
const LENGTH_OF_OPENING: usize = 80;

/// The beginning of a recommendation's own words, cut at a word and marked as cut: what it is called
/// by where its author gave no title. None where it has no words.
pub(super) fn opening(source: &str, sections: &[Section]) -> Option<Spanned<String>> {
    let own = sections.iter().filter(|of| of.kind.column() == Some(Column::Recommendation));
    own.filter(|section| section.has_words).find_map(|section| {
        let words = first_words(&source[section.body.range()]);
        (!words.is_empty())
            .then(|| Spanned { value: cut(&words, LENGTH_OF_OPENING), span: section.body })
    })
}

/// The words of the first block that has any.
fn first_words(markdown: &str) -> String {
    // A recommendation may have pages; its beginning is in the first of them.
    let beginning = &markdown[..crate::source::boundary(markdown, 2000.min(markdown.len()))];
    let mut words = String::new();
    let mut hidden = 0;
    for event in Parser::new_ext(beginning, options()) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_) | Tag::CodeBlock(_) | Tag::Image { .. }) => {
                hidden += 1;
            }
            Event::End(TagEnd::FootnoteDefinition | TagEnd::CodeBlock | TagEnd::Image) => {
                hidden -= 1;
            }
            Event::Text(text) | Event::Code(text) if hidden == 0 => words.push_str(&text),
            Event::InlineHtml(html) => words.push_str(&without_comments(&html).unwrap_or_default()),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => {
                // "The registry should:" goes on in the items that follow.
                if !words.trim().is_empty() && !words.trim_end().ends_with([':', '：']) {
                    break;
                }
                words.push(' ');
            }
            Event::End(TagEnd::TableHead) if !words.trim().is_empty() => break,
            _ => {}
        }
    }
    let shown = words.chars().filter(|c| !is_invisible(*c));
    let shown: String = shown.collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of at most so many characters, cut at a word.
fn cut(words: &str, length: usize) -> String {
    let Some((end, _)) = words.char_indices().nth(length) else { return words.to_owned() };
    let whole = &words[..end];
    // Scripts without spaces are cut where they are.
    let at = whole.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    let kept = whole[..at].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    format!("{kept}…")
}

/// The items of a recommendation's own text that begin with a label: `(a)`, `b)`, `12.3`.
pub(super) fn labelled(source: &str, sections: &[Section], file: FileId) -> Vec<Labelled> {
    let own = sections.iter().filter(|of| of.kind.column() == Some(Column::Recommendation));
    let mut items: Vec<Labelled> = Vec::new();
    for section in own {
        let mut open = false;
        let mut start = section.body.range().start;
        for line in source[section.body.range()].split_inclusive('\n') {
            let at = start;
            start += line.len();
            let text = line.trim_start_matches([' ', '\t', '>']);
            let after_mark =
                text.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with(' '));
            let item = after_mark.unwrap_or(text).trim_start();
            match label(item) {
                Some((label, words)) => {
                    let begin = at + line.len() - words.len();
                    let span = Span::new(file, begin..begin + words.trim_end().len());
                    items
                        .push(Labelled { label, words: Spanned { value: words.to_owned(), span } });
                    open = true;
                }
                None if text.trim().is_empty() || after_mark.is_some() => open = false,
                None if open => {
                    let last = items.last_mut().map(|item| &mut item.words);
                    last.into_iter().for_each(|words| words.value.push_str(line));
                }
                None => {}
            }
        }
    }
    for item in &mut items {
        item.words.value = first_words(&item.words.value);
    }
    items
}

/// The label at the beginning of an item, and the words after it.
fn label(item: &str) -> Option<(String, &str)> {
    let inside = item.strip_prefix('(').unwrap_or(item);
    let end = inside.find([')', ' ', '\t', '\n'])?;
    let (label, rest) = inside.split_at(end);
    let closed = rest.strip_prefix(')');
    let is_number =
        label.ends_with('.') || label.contains('.') && label.starts_with(char::is_numeric);
    let label = label.trim_end_matches('.');
    let is_label = (1..=8).contains(&label.chars().count())
        && label.chars().all(|c| c.is_alphanumeric() || ".-".contains(c));
    let rest = closed.or_else(|| is_number.then_some(rest))?;
    (is_label && rest.starts_with([' ', '\t', '\u{a0}']))
        .then(|| (label.to_owned(), rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_at_a_word() {
        assert_eq!(cut("Publish the list", 40), "Publish the list");
        assert_eq!(cut("Publish the list of all documents", 20), "Publish the list of…");
        assert_eq!(cut("Publish the list, and then", 18), "Publish the list…");
        assert_eq!(cut("公布所有文件的清单", 4), "公布所有…");
    }

    #[test]
    fn the_first_words_are_those_that_readers_see() {
        for (markdown, words) in [
            (
                "\n\nThe **list** of\n[documents](x.md)[^1].\n\nMore.\n\n[^1]: A note.",
                "The list of documents.",
            ),
            ("<!-- to do -->\n\n- (a) First\n- (b) Second", "(a) First"),
            ("It should:\n\n- (a) publish;\n- (b) print.", "It should: (a) publish;"),
            ("![A map](map.png)\n\n> Quoted `code`.", "Quoted code."),
        ] {
            assert_eq!(first_words(markdown), words);
        }
    }

    #[test]
    fn items_have_labels() {
        for (item, expected) in [
            ("(a) Publish it", Some(("a", "Publish it"))),
            ("b) Keep it", Some(("b", "Keep it"))),
            ("(iii)\u{a0}Close it", Some(("iii", "Close it"))),
            ("12.3 Review it", Some(("12.3", "Review it"))),
            ("2. Review it", Some(("2", "Review it"))),
            ("a list of items", None),
            ("(see the annex) and", None),
            ("2020 was a year", None),
        ] {
            let found = label(item).map(|(label, words)| (label.to_owned(), words.trim()));
            let expected = expected.map(|(label, words): (&str, &str)| (label.to_owned(), words));
            assert_eq!(found, expected, "{item}");
        }
    }
}
