//! One walk over a Markdown text: its sections, what it points at, and what must not be in it.

mod escapes;
mod headings;
mod tables;

use std::collections::HashSet;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use unicase::UniCase;

use super::heading::Responders;

use super::Reading;
use super::address::{self, TypedLink, Use};
use super::marks::{self, RunLine, RunningBlock};
use super::notes::{MISSING_NOTE, NOTE_IN_HEADING, NamedNotes};
use super::run::Run;
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Found, Heading, Link, Note, NoteMark, Section};
use crate::references::{Match, Organ, SchemeId};
use crate::source::{FileId, Span, shows_something};

use headings::Headline;
pub(crate) use headings::{EMPTY_HEADING, SECTION_HEADING};
pub use tables::with_tables_apart;

pub(crate) const NOT_A_LINK: Rule = Rule {
    code: "not-a-link",
    summary: "something that looks like a Markdown link and is not one",
    explanation: "An address in round brackets has no spaces, unless it is in angle brackets: \
                  `[the annex](<my annex.pdf>)`.",
    wrong: &["\n## Recommendation\n\nSee [the annex](my annex.pdf)."],
    right: &["\n## Recommendation\n\nSee [the report](report.md)."],
    ..Rule::WARNING
};

pub(crate) const EMPTY_LINK: Rule = Rule {
    code: "empty-link",
    summary: "a link without words",
    explanation: "Its address is shown instead, which says little to most readers, and less when it \
                  is read out.",
    wrong: &["\n## Recommendation\n\nPublish the list. [](https://example.org/list)"],
    right: &["\n## Recommendation\n\nPublish [the list](https://example.org/list)."],
    ..Rule::WARNING
};

pub(crate) const UNUSED_ADDRESS: Rule = Rule {
    code: "unused-address",
    summary: "a line such as `[Contact]: registry` that Markdown takes for the address of a link",
    explanation: "Such a line is not shown. It gives an address to links that name it, as in \
                  `[the list][list]`.",
    wrong: &["\n## Recommendation\n\nPublish it.\n\n[Contact]: registry@example.org"],
    right: &[
        "\n## Recommendation\n\nPublish it.\n\n\\[Contact]: registry@example.org",
        "\n## Recommendation\n\nPublish [the list][list].\n\n[list]: https://example.org/list",
    ],
    ..Rule::WARNING
};

pub(crate) const UNCLOSED_CODE: Rule = Rule {
    code: "unclosed-code",
    summary: "code that begins with three back quotes and is never closed",
    explanation: "All that follows is shown as code, other sections too. Code ends with a line of \
                  three back quotes.",
    wrong: &["\n## Recommendation\n\nPublish it.\n\n```\ncode"],
    right: &["\n## Recommendation\n\nPublish it.\n\n```\ncode\n```"],
    ..Rule::WARNING
};

pub(crate) const UNCLOSED_COMMENT: Rule = Rule {
    code: "unclosed-comment",
    summary: "a comment that begins with `<!--` and is never closed",
    explanation: "A comment is a note to other authors. Without the closing `-->` either the \
                  rest of the text is hidden, or the note is published.",
    wrong: &["\n## Recommendation\n\n<!-- ask the Registry\n\nThe list should be published."],
    right: &["\n## Recommendation\n\n<!-- ask the Registry -->\n\nThe list should be published."],
    ..Rule::UNREAD
};

pub(crate) const RAW_HTML: Rule = Rule {
    code: "raw-html",
    summary: "HTML in a text, which readers would see as you typed it",
    explanation: "Nothing in a text may run in a reader's browser, so HTML is never let through. \
                  Write it as Markdown: `**bold**`, `[words](https://example.org)`. For a real \
                  `<`, write `&lt;`.",
    wrong: &["\n## Recommendation\n\nThe list <b>should</b> be published."],
    right: &[
        "\n## Recommendation\n\nThe list **should** be published.",
        "\n## Recommendation\n\nIf the share is &lt; 5 per cent, publish the list.",
    ],
    ..Rule::WARNING
};

/// The Markdown that Recto reads: CommonMark with the extensions that GitHub renders too, so that
/// a text looks the same in a pull request. No smart punctuation: what is verbatim stays verbatim.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_GFM
}

/// Whether the `##` headings of a text split it into columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Splitting {
    /// A recommendation.
    Sections,
    /// A report's introduction, a page.
    Whole,
}

/// What a walk finds.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) sections: Vec<Section>,
    pub(super) headings: Vec<Heading>,
    pub(super) found: Vec<Found>,
    pub(super) links: Vec<Link>,
    pub(super) notes: Vec<Note>,
    pub(super) note_marks: Vec<NoteMark>,
    pub(super) comments: Vec<Span>,
}

/// The body of a file.
pub(super) struct Body<'a> {
    /// The whole file.
    pub(super) source: &'a str,
    /// Where the body is in it.
    pub(super) span: Span,
    /// The file's path from the site's root.
    pub(super) path: &'a str,
    pub(super) splitting: Splitting,
    /// The organ of resolutions that it cites without one.
    pub(super) organ: Option<Organ>,
    /// The units that headings of sections can name.
    pub(super) responders: &'a Responders,
}

/// Walks over the body of a file.
pub(super) fn walk(
    body: &Body<'_>,
    reading: &Reading<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Walked {
    let Body { source, path, splitting, organ, responders, span: body } = *body;
    let mut walk = Walk {
        source,
        file: body.file,
        base: body.start as usize,
        path,
        organ,
        responders,
        reading,
        run: Run::default(),
        lines: Vec::new(),
        columns: 0,
        open_link: None,
        joins_lines: false,
        block: None,
        images: 0,
        walked: Walked::default(),
        notes: NamedNotes::default(),
        shows_words: vec![false],
        diagnostics,
    };
    let text = &source[body.range()];
    let mut headings: Vec<Headline> = Vec::new();
    let mut depth = 0usize;
    let mut heading: Option<Headline> = None;
    let parser = Parser::new_ext(text, options());
    let defined = definitions(&parser);
    let mut used = HashSet::new();
    for (event, range) in parser.into_offset_iter() {
        if let Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) = &event
            && !id.is_empty()
        {
            used.insert(UniCase::new(id.to_string()));
        }
        if let Event::Start(Tag::Heading { level, .. }) = event {
            let begins_section =
                level == HeadingLevel::H2 && depth == 0 && splitting == Splitting::Sections;
            let (level, range, words) = (level as usize, range.clone(), String::new());
            heading = Some(Headline {
                level,
                range,
                words,
                shows: false,
                has_words: false,
                begins_section,
            });
        }
        let in_section_heading = heading.as_ref().is_some_and(|heading| heading.begins_section);
        if depth == 1 && splitting == Splitting::Sections && !in_section_heading {
            walk.heading_in_disguise(&event, &range);
        }
        if shows_words(&event, &text[range.clone()]) && event != Event::End(TagEnd::Link) {
            walk.open_link = None;
        }
        if !in_section_heading && shows_words(&event, &text[range.clone()]) {
            walk.shows_words.last_mut().into_iter().for_each(|shows| *shows = true);
        }
        if let Some(Headline { words, shows, has_words, .. }) = &mut heading {
            *shows |= shows_words(&event, &text[range.clone()]);
            let is_text =
                matches!(&event, Event::Text(text) | Event::Code(text) if shows_something(text));
            *has_words |= is_text && walk.images == 0;
            match &event {
                Event::Text(text) | Event::Code(text) => words.push_str(text),
                Event::InlineHtml(html) => {
                    words.push_str(&without_comments(html).unwrap_or_default());
                }
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            }
        }
        match &event {
            Event::FootnoteReference(label) if in_section_heading => {
                let message = format!("the mark `[^{label}]` is in the heading of a section");
                let help = "put it after the words of the text that the note is about";
                let mark = Diagnostic::of(&NOTE_IN_HEADING, walk.span(range.clone()), message);
                walk.diagnostics.push(mark.help(help));
            }
            Event::Start(_) => depth += 1,
            Event::End(TagEnd::Heading(_)) => {
                depth = depth.saturating_sub(1);
                if in_section_heading {
                    walk.shows_words.push(false);
                    // The heading of a section is a label, not running text: nothing is linked.
                    (walk.run, walk.lines) = (Run::default(), Vec::new());
                }
                headings.extend(heading.take().and_then(|heading| walk.kept(heading)));
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        walk.event(event, range);
    }
    walk.finish_run();
    walk.unused_addresses(defined, &used);
    walk.sections(body, headings);
    let notes = std::mem::take(&mut walk.notes);
    let (notes, marks) = notes.resolve(source, &walk.walked.sections, walk.diagnostics);
    (walk.walked.notes, walk.walked.note_marks) = (notes, marks);
    walk.walked
}

struct Walk<'a> {
    source: &'a str,
    file: FileId,
    /// Where the body begins in the file.
    base: usize,
    path: &'a str,
    organ: Option<Organ>,
    responders: &'a Responders,
    reading: &'a Reading<'a>,
    run: Run,
    /// The lines of the run that have ended.
    lines: Vec<RunLine>,
    /// Whether Markdown joins the lines of the block that the run fills.
    joins_lines: bool,
    /// The link that is open, while it shows nothing.
    open_link: Option<Span>,
    /// How many columns the last table has.
    columns: usize,
    /// The block that the run fills; none where a block also holds other blocks.
    block: Option<std::ops::Range<usize>>,
    /// How many images are open: their alternative text is not running text.
    images: usize,
    walked: Walked,
    notes: NamedNotes,
    /// Whether each section so far shows anything.
    shows_words: Vec<bool>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Walk<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    /// The first line of a range of the body.
    fn first_line(&self, range: &std::ops::Range<usize>) -> Span {
        let line = self.source[self.base + range.start..].lines().next();
        let line = line.map_or(0, str::len).min(range.len());
        self.span(range.start..range.start + line)
    }

    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        match event {
            // The alternative text of an image is an attribute, in which nothing can be linked.
            Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak
                if self.images > 0 =>
            {
                self.run.push("\u{fffc}", range);
            }
            Event::Text(text) => self.run.push(&text, range),
            Event::SoftBreak => {
                self.end_line();
                self.run.push(" ", range);
                self.begin_line(true);
            }
            Event::FootnoteReference(label) => {
                self.notes.mark(&label, self.span(range.clone()));
                self.run.push("\u{fffc}", range);
            }
            Event::HardBreak => {
                self.end_line();
                self.run.push("\u{fffc}", range);
                self.begin_line(false);
            }
            // No word or symbol reaches across these.
            Event::Rule => {
                self.run.push("\u{fffc}", range.clone());
                let span = self.span(range);
                self.diagnostics.extend(marks::table_of_spaces(self.source, span));
            }
            Event::Code(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {
                self.run.push("\u{fffc}", range);
            }
            Event::InlineHtml(html) => {
                self.run.push("\u{fffc}", range.clone());
                self.raw_html(&html, range);
            }
            // A line of a block, which was handled as a whole where it began.
            Event::Html(_) => {}
            Event::Start(Tag::HtmlBlock) => {
                self.finish_run();
                let block = self.source.get(self.base + range.start..self.base + range.end);
                self.raw_html(block.unwrap_or(""), range);
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.finish_run();
                let span = self.span(range.clone());
                let code = self.source.get(span.range()).unwrap_or("");
                if matches!(kind, CodeBlockKind::Fenced(_)) && !is_closed(code) {
                    let span = self.first_line(&range);
                    let help = "end it with a line of three back quotes";
                    let message = "the code that begins here is never closed";
                    self.diagnostics.push(Diagnostic::of(&UNCLOSED_CODE, span, message).help(help));
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                (self.run, self.lines) = (Run::default(), Vec::new());
            }
            Event::Start(Tag::Table(columns)) => {
                self.finish_run();
                self.columns = columns.len();
            }
            Event::Start(Tag::TableRow) => {
                self.finish_run();
                let row = self.span(range);
                let surplus = marks::surplus_cells(self.source, row, self.columns);
                self.diagnostics.extend(surplus);
            }
            Event::Start(tag) => {
                if let Tag::Link { link_type, dest_url, .. } = &tag {
                    // One without an address is reported as that.
                    let span = self.span(range.clone());
                    self.open_link = (!dest_url.is_empty()).then_some(span);
                    self.link(*link_type, dest_url, self.span(range), Use::Link);
                } else if let Tag::Image { link_type, dest_url, .. } = &tag {
                    self.images += 1;
                    self.link(*link_type, dest_url, self.span(range), Use::Image);
                } else if is_block(tag.to_end()) {
                    self.finish_run();
                    if let Tag::FootnoteDefinition(label) = &tag {
                        self.notes.note(label, self.span(range.clone()));
                    }
                    let has_only_text =
                        matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell);
                    self.block = has_only_text.then_some(range);
                    self.joins_lines = !matches!(tag, Tag::Heading { .. } | Tag::TableCell);
                }
            }
            Event::End(TagEnd::Link) => {
                if let Some(span) = self.open_link.take() {
                    let help = "say between the square brackets what it leads to";
                    let empty = Diagnostic::of(&EMPTY_LINK, span, "the link has no words");
                    self.diagnostics.push(empty.help(help));
                }
            }
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            Event::End(tag) => {
                if is_block(tag) {
                    self.finish_run();
                }
            }
        }
    }

    /// Reports the addresses of links that no link uses: their lines are not shown.
    fn unused_addresses(&mut self, defined: Vec<DefinedAddress>, used: &HashSet<UniCase<String>>) {
        for (name, range) in defined.into_iter().filter(|(name, _)| !used.contains(name)) {
            let span = self.first_line(&range);
            let message = format!("the line `[{name}]: …` is not shown: no text uses this address");
            let help = "to show the line, write `\\[` for its `[`; to use the address, write \
                        `[words][name]`";
            self.diagnostics.push(Diagnostic::of(&UNUSED_ADDRESS, span, message).help(help));
        }
    }

    fn begin_line(&mut self, is_joined: bool) {
        let start = self.run.text.len();
        self.lines.push(RunLine { range: start..start, is_joined });
    }

    fn end_line(&mut self) {
        if self.lines.is_empty() {
            self.lines.push(RunLine { range: 0..0, is_joined: false });
        }
        let end = self.run.text.len();
        self.lines.last_mut().into_iter().for_each(|line| line.range.end = end);
    }

    /// Finds what a finished block of running text points at.
    fn finish_run(&mut self) {
        self.end_line();
        let lines = std::mem::take(&mut self.lines);
        if self.run.text.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let block = RunningBlock {
            run: &run,
            lines: if self.joins_lines { &lines } else { &[] },
            source: self.source,
            file: self.file,
            base: self.base,
        };
        marks::scan(&block, self.diagnostics);
        // Markdown takes a comment that does not end within its paragraph for text.
        if let Some((_, span)) = self.typed(&run, "<!--") {
            let message = "the comment is never closed, so it is shown as text";
            let help = "close it with `-->`, or write `&lt;` for the `<`";
            self.diagnostics.push(Diagnostic::of(&UNCLOSED_COMMENT, span, message).help(help));
        }
        // `[text](my file.pdf)`: Markdown takes it for text, because an address has no spaces.
        if let Some((_, span)) = self.typed(&run, "](") {
            let message = "this is not a link, so its brackets and address are shown as text";
            let help = "put an address with spaces in angle brackets: `[text](<my file.pdf>)`";
            self.diagnostics.push(Diagnostic::of(&NOT_A_LINK, span, message).help(help));
        }
        // `[^1]` without a note `[^1]: …` is text, too.
        if let Some((at, _)) = self.typed(&run, "[^")
            && let Some(length) = run.text[at..].find(']')
        {
            let span = self.span(run.in_body(&(at..at + length + 1)));
            let message = "there is no such note, so the mark is shown as text";
            let help = "write the note on a separate line: `[^1]: Its words.`";
            self.diagnostics.push(Diagnostic::of(&MISSING_NOTE, span, message).help(help));
        }
        let block = self.block.take().unwrap_or_else(|| run.in_body(&(0..run.text.len())));
        let block = self.span(block);
        let findings = self.reading.finder.find(&run.text, self.organ);
        for Match { scheme, range, key } in findings.matches {
            let span = self.span(run.in_body(&range));
            // An address in a link leads where the link does. "SDGs 3 and [[2]]": a linked number
            // is what its author says it is.
            let is_said_otherwise = match scheme == SchemeId::WebAddress {
                true => self.link_around(span).is_some(),
                false => {
                    run.text[range].chars().all(|c| c.is_ascii_digit()) && self.is_linked(span)
                }
            };
            if is_said_otherwise {
                continue;
            }
            self.walked.found.push(Found { scheme, key: key.into_owned(), span, block });
        }
        for uncertain in findings.uncertain {
            let span = self.span(run.in_body(&uncertain.range));
            self.diagnostics.push(uncertain.diagnostic(&run.text, span));
        }
    }

    /// The link whose text or address contains something.
    fn link_around(&self, span: Span) -> Option<&Link> {
        let links = &self.walked.links;
        let after = links.partition_point(|link| link.span.start <= span.start);
        after.checked_sub(1).map(|index| &links[index]).filter(|link| link.span.contains(span))
    }

    /// Whether something is the whole text of a link.
    fn is_linked(&self, span: Span) -> bool {
        let (before, after) =
            (&self.source[..span.start as usize], &self.source[span.end as usize..]);
        self.link_around(span).is_some() && before.ends_with('[') && after.starts_with(']')
    }

    fn raw_html(&mut self, html: &str, range: std::ops::Range<usize>) {
        let first_line = html.lines().next().unwrap_or("").trim_end();
        let span = self.span(range.start..range.start + first_line.len());
        let mut from = 0;
        while let Some(start) = html[from..].find("<!--").map(|at| from + at) {
            from = html[start..].find("-->").map_or(html.len(), |at| start + at + 3);
            let comment = self.span(range.start + start..range.start + from);
            self.walked.comments.push(comment);
        }
        let Some(visible) = without_comments(html) else {
            let message = "the comment is never closed, so everything after it is hidden";
            let help = "close it with `-->`";
            self.diagnostics.push(Diagnostic::of(&UNCLOSED_COMMENT, span, message).help(help));
            return;
        };
        let shown = visible.trim().lines().next().unwrap_or("");
        if shown.is_empty() {
            return;
        }
        let message = format!("raw HTML `{shown}` is shown as text");
        let help = match html.trim_start().starts_with("<!--") {
            true => "put the comment on a separate line",
            false => "use Markdown, or write `&lt;` for a real `<`",
        };
        self.diagnostics.push(Diagnostic::of(&RAW_HTML, span, message).help(help));
    }

    fn link(&mut self, kind: LinkType, address: &str, span: Span, use_of: Use) {
        let written = self.source.get(span.range()).unwrap_or("");
        let link = TypedLink { kind, address, span, written, use_of };
        let kind = address::read(&link, self.path, self.diagnostics);
        self.walked.links.push(Link { kind, span });
    }
}

/// Whether readers see something of an event, which was written so.
fn shows_words(event: &Event<'_>, written: &str) -> bool {
    match event {
        // `\` alone in a line is what people type for an empty one.
        Event::Text(text) | Event::Code(text) => shows_something(text) && &**text != "\\",
        Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
            without_comments(written).is_some_and(|visible| shows_something(&visible))
        }
        Event::Start(Tag::Image { .. }) | Event::TaskListMarker(_) => true,
        // One without words shows its address.
        Event::End(TagEnd::Link) => true,
        _ => false,
    }
}

/// The name of an address that links may use, and its place in the body.
type DefinedAddress = (UniCase<String>, std::ops::Range<usize>);

/// The addresses that a text defines for its links, by place.
fn definitions(parser: &Parser<'_>) -> Vec<DefinedAddress> {
    let defined = parser.reference_definitions().iter();
    let mut defined: Vec<DefinedAddress> =
        defined.map(|(name, of)| (UniCase::new(name.to_owned()), of.span.clone())).collect();
    // A map has no order.
    defined.sort_unstable_by_key(|(_, range)| range.start);
    defined
}

/// Whether code between two fences has the second one.
fn is_closed(code: &str) -> bool {
    let fence = code.trim_start().chars().next().unwrap_or('`');
    let last = code.trim_end().lines().skip(1).last().unwrap_or("");
    // Within a quotation, each line has its mark.
    let last = last.trim_matches([' ', '\t', '>']);
    last.len() >= 3 && last.chars().all(|c| c == fence)
}

/// HTML without its comments: notes to other authors, which GitHub hides too. None when the last
/// one is never closed.
pub fn without_comments(html: &str) -> Option<String> {
    let mut visible = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        visible.push_str(before);
        rest = comment.split_once("-->")?.1;
    }
    visible.push_str(rest);
    Some(visible)
}

/// Whether running text ends with this element.
fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
