//! One walk over a Markdown text: its sections, what it points at, and what must not be in it.

use memchr::memmem;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::address::{self, Use};
use super::notes::{MISSING_NOTE, NOTE_IN_HEADING, NamedNotes};
use super::run::Run;
use super::{Reading, heading};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{
    Distinct, Found, Heading, IDS_OF_PAGES, Link, Note, NoteMark, Section, SectionKind,
    github_anchor,
};
use crate::references::{Match, Organ, SchemeId};
use crate::source::{FileId, Span, Spanned, shows_something};

pub(crate) const NOT_A_LINK: Rule = Rule {
    code: "not-a-link",
    summary: "something that looks like a Markdown link and is not one",
    explanation: "An address in round brackets has no spaces, unless it is in angle brackets: \
                  `[the annex](<my annex.pdf>)`.",
    wrong: &["\n## Recommendation\n\nSee [the annex](my annex.pdf)."],
    right: &["\n## Recommendation\n\nSee [the report](report.md)."],
    ..Rule::WARNING
};

pub(crate) const SECTION_HEADING: Rule = Rule {
    code: "section-heading",
    summary: "a line that looks like the heading of a section but is not one",
    explanation: "A section begins with two `#` and a space. Under any other heading, or a bold \
                  line, its text would be shown in the column of the section before.",
    wrong: &[
        "\n## Recommendation\n\nThe list should be published.\n\n**Management response**\n\nAccepted.",
    ],
    right: &[
        "\n## Recommendation\n\nThe list should be published.\n\n## Management response\n\nAccepted.",
    ],
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
}

/// Walks over the body of a file.
pub(super) fn walk(
    body: &Body<'_>,
    reading: &Reading<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Walked {
    let Body { source, path, splitting, organ, span: body } = *body;
    let mut walk = Walk {
        source,
        file: body.file,
        base: body.start as usize,
        path,
        organ,
        reading,
        run: Run::default(),
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
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            let begins_section =
                level == HeadingLevel::H2 && depth == 0 && splitting == Splitting::Sections;
            let (level, range, words) = (level as usize, range.clone(), String::new());
            heading = Some(Headline { level, range, words, shows: false, begins_section });
        }
        let in_section_heading = heading.as_ref().is_some_and(|heading| heading.begins_section);
        if depth == 1 && splitting == Splitting::Sections && !in_section_heading {
            walk.heading_in_disguise(&event, &range);
        }
        if !in_section_heading && shows_words(&event, &text[range.clone()]) {
            walk.shows_words.last_mut().into_iter().for_each(|shows| *shows = true);
        }
        if let Some(Headline { words, shows, .. }) = &mut heading {
            *shows |= shows_words(&event, &text[range.clone()]);
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
                let help = "put it behind the words of the text that the note is about";
                let mark = Diagnostic::of(&NOTE_IN_HEADING, walk.span(range.clone()), message);
                walk.diagnostics.push(mark.help(help));
            }
            Event::Start(_) => depth += 1,
            Event::End(TagEnd::Heading(_)) => {
                depth = depth.saturating_sub(1);
                if in_section_heading {
                    walk.shows_words.push(false);
                    // The heading of a section is a label, not running text: nothing is linked.
                    walk.run = Run::default();
                }
                headings.extend(heading.take());
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        walk.event(event, range);
    }
    walk.finish_run();
    walk.sections(body, headings);
    let notes = std::mem::take(&mut walk.notes);
    let (notes, marks) = notes.resolve(source, &walk.walked.sections, walk.diagnostics);
    (walk.walked.notes, walk.walked.note_marks) = (notes, marks);
    walk.walked
}

/// A heading as it is read.
struct Headline {
    level: usize,
    /// Its bytes in the body.
    range: std::ops::Range<usize>,
    words: String,
    /// Whether readers see anything of it.
    shows: bool,
    begins_section: bool,
}

struct Walk<'a> {
    source: &'a str,
    file: FileId,
    /// Where the body begins in the file.
    base: usize,
    path: &'a str,
    organ: Option<Organ>,
    reading: &'a Reading<'a>,
    run: Run,
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

    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        match event {
            // The alternative text of an image is an attribute, in which nothing can be linked.
            Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak
                if self.images > 0 =>
            {
                self.run.push("\u{fffc}", range);
            }
            Event::Text(text) => self.run.push(&text, range),
            Event::SoftBreak => self.run.push(" ", range),
            Event::FootnoteReference(label) => {
                self.notes.mark(&label, self.span(range.clone()));
                self.run.push("\u{fffc}", range);
            }
            // No word or symbol reaches across these.
            Event::HardBreak
            | Event::Code(_)
            | Event::Rule
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
            Event::Start(Tag::CodeBlock(_)) => self.finish_run(),
            Event::End(TagEnd::CodeBlock) => self.run = Run::default(),
            Event::Start(tag) => {
                if let Tag::Link { link_type, dest_url, .. } = &tag {
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

    /// Finds what a finished block of running text points at.
    fn finish_run(&mut self) {
        if self.run.text.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        // Markdown takes a comment that does not end within its paragraph for text.
        if let Some(at) = memmem::find(run.text.as_bytes(), b"<!--") {
            let span = self.span(run.in_body(&(at..at + 4)));
            let message = "the comment is never closed, so it is shown as text";
            let help = "close it with `-->`, or write `&lt;` for the `<`";
            self.diagnostics.push(Diagnostic::of(&UNCLOSED_COMMENT, span, message).help(help));
        }
        // `[text](my file.pdf)`: Markdown takes it for text, because an address has no spaces.
        if let Some(at) = memmem::find(run.text.as_bytes(), b"](") {
            let span = self.span(run.in_body(&(at..at + 2)));
            let message = "this is not a link, so its brackets and address are shown as text";
            let help = "put an address with spaces in angle brackets: `[text](<my file.pdf>)`";
            self.diagnostics.push(Diagnostic::of(&NOT_A_LINK, span, message).help(help));
        }
        // `[^1]` without a note `[^1]: …` is text, too.
        if let Some(at) = memmem::find(run.text.as_bytes(), b"[^")
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

    /// Reports what looks like the heading of a section but is not one: `# Progress`,
    /// `**Progress**`, `##Progress`. What follows would be shown in the wrong column.
    fn heading_in_disguise(&mut self, event: &Event<'_>, range: &std::ops::Range<usize>) {
        let text = self.run.text.trim();
        let is_candidate = match event {
            Event::End(TagEnd::Heading(_)) => true,
            Event::End(TagEnd::Paragraph) => text.starts_with('#') || self.is_bold(range),
            _ => false,
        };
        let text = text.trim_matches(['#', ' ', ':']);
        if !is_candidate || !heading::was_meant(text, self.reading.vocabulary) {
            return;
        }
        let message = format!("`{text}` does not begin a section");
        let help = format!("write it as a heading with two `#`: `## {text}`");
        let first_line = self.source[self.base + range.start..].lines().next().map_or(0, str::len);
        let span = self.span(range.start..range.start + first_line);
        self.diagnostics.push(Diagnostic::of(&SECTION_HEADING, span, message).help(help));
    }

    /// Whether a whole block is bold.
    fn is_bold(&self, range: &std::ops::Range<usize>) -> bool {
        let block = self.source[self.base + range.start..self.base + range.end].trim();
        ["**", "__"].iter().any(|mark| {
            let inside = block.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
            inside.is_some_and(|inside| !inside.contains(mark))
        })
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
        let kind = address::read(kind, address, span, use_of, self.path, self.diagnostics);
        self.walked.links.push(Link { kind, span });
    }

    /// Splits the body at the headings that begin a section, and gives the others their anchors.
    fn sections(&mut self, body: Span, headings: Vec<Headline>) {
        let (of_sections, others): (Vec<Headline>, Vec<Headline>) =
            headings.into_iter().partition(|heading| heading.begins_section);
        let end = body.range().len();
        let starts = of_sections.iter().map(|heading| heading.range.start);
        let ends = starts.skip(1).chain([end]);
        let first = of_sections.first().map_or(end, |heading| heading.range.start);
        let mut anchors = Distinct::default();
        let mut sections = vec![Section {
            kind: SectionKind::Introduction,
            heading: None,
            body: self.span(0..first),
            has_words: self.shows_words[0],
            anchor: "introduction".to_owned(),
        }];
        let shows = std::mem::take(&mut self.shows_words);
        let shows = shows.into_iter().skip(1);
        for ((Headline { range, words, .. }, end), has_words) in
            of_sections.iter().zip(ends).zip(shows)
        {
            let text = words.trim();
            let span = self.span(range.start..range.end.min(range.start + text.len() + 3));
            let kind = heading::read(text, span, self.reading.vocabulary, self.diagnostics);
            sections.push(Section {
                anchor: anchors.name(&anchor_of(&kind)),
                kind,
                heading: Some(Spanned { value: text.to_owned(), span }),
                body: self.span(range.end..end),
                has_words,
            });
        }
        let taken = sections.iter().map(|section| section.anchor.as_str());
        let mut anchors = Distinct::without(IDS_OF_PAGES.into_iter().chain(taken));
        for Headline { level, range, words, .. } in others {
            let first_line = self.source[self.base + range.start..].lines().next();
            let line = first_line.map_or(0, str::len).min(range.len());
            let span = self.span(range.start..range.start + line);
            let anchor = anchors.name(&github_anchor(&words));
            self.walked.headings.push(Heading { level, words, span, anchor });
        }
        self.walked.sections = sections;
    }
}

/// Whether readers see something of an event, which was written so.
fn shows_words(event: &Event<'_>, written: &str) -> bool {
    match event {
        Event::Text(text) | Event::Code(text) => shows_something(text),
        Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
            without_comments(written).is_some_and(|visible| shows_something(&visible))
        }
        Event::Start(Tag::Image { .. }) | Event::TaskListMarker(_) => true,
        _ => false,
    }
}

fn anchor_of(kind: &SectionKind) -> String {
    match kind {
        SectionKind::Introduction => "introduction".to_owned(),
        SectionKind::Recommendation => "recommendation".to_owned(),
        SectionKind::Response => "response".to_owned(),
        SectionKind::Deadline => "deadline".to_owned(),
        SectionKind::Progress { date: Some(date), .. } => {
            format!("progress-{}", date.iso().replace('/', "-"))
        }
        SectionKind::Progress { date: None, .. } => "progress".to_owned(),
        SectionKind::Other => "section".to_owned(),
    }
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
