//! The headings of a text: those that begin a section, the anchors of the others, and what only
//! looks like one.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::Walk;
use crate::content::heading;
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Column, Distinct, GithubAnchors, Heading, IDS_OF_PAGES, Section, SectionKind};
use crate::source::{Span, Spanned};

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

pub(crate) const EMPTY_HEADING: Rule = Rule {
    code: "empty-heading",
    summary: "a heading without words",
    explanation: "Readers who listen to a page, and lists of contents, have only the words of a \
                  heading. A picture or a comment has none.",
    wrong: &["\n## Recommendation\n\nPublish it.\n\n###\n\nHere."],
    right: &["\n## Recommendation\n\nPublish it.\n\n### Where\n\nHere."],
    ..Rule::WARNING
};

/// A heading as it is read.
pub(super) struct Headline {
    pub(super) level: usize,
    /// Its bytes in the body.
    pub(super) range: Range<usize>,
    pub(super) words: String,
    /// Whether readers see anything of it.
    pub(super) shows: bool,
    /// Whether it has words: a picture has none by itself.
    pub(super) has_words: bool,
    pub(super) begins_section: bool,
}

impl Walk<'_> {
    /// A heading that has ended; none for one that shows nothing, to which no link can lead. One
    /// without words is reported.
    pub(super) fn kept(&mut self, heading: Headline) -> Option<Headline> {
        if !heading.has_words {
            let span = self.first_line(&heading.range);
            let help = "write its words, or remove the `#`";
            let empty = Diagnostic::of(&EMPTY_HEADING, span, "the heading has no words");
            self.diagnostics.push(empty.help(help));
        }
        (heading.shows || heading.begins_section).then_some(heading)
    }

    /// Reports what looks like the heading of a section but is not one: `# Progress`,
    /// `**Progress**`, `##Progress`. What follows would be shown in the wrong column.
    pub(super) fn heading_in_disguise(&mut self, event: &Event<'_>, range: &Range<usize>) {
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
    fn is_bold(&self, range: &Range<usize>) -> bool {
        let block = self.source[self.base + range.start..self.base + range.end].trim();
        ["**", "__"].iter().any(|mark| {
            let inside = block.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
            inside.is_some_and(|inside| !inside.contains(mark))
        })
    }

    /// Splits the body at the headings that begin a section, and gives the others their anchors.
    pub(super) fn sections(&mut self, body: Span, headings: Vec<Headline>) {
        let (of_sections, others): (Vec<Headline>, Vec<Headline>) =
            headings.into_iter().partition(|heading| heading.begins_section);
        let end = body.range().len();
        let starts = of_sections.iter().map(|heading| heading.range.start);
        let ends = starts.skip(1).chain([end]);
        let first = of_sections.first().map_or(end, |heading| heading.range.start);
        let mut anchors = Distinct::default();
        // Where a section is shown that has no column.
        let mut beside = Column::Recommendation;
        let mut sections = vec![Section {
            kind: SectionKind::Introduction,
            column: Column::Recommendation,
            responder: None,
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
            // One that is underlined may have several lines.
            let written = self.source[self.base..][range.clone()].trim_end().len();
            let span = self.span(range.start..range.start + written);
            let kind = heading::read(
                text,
                span,
                self.reading.vocabulary,
                self.responders,
                self.diagnostics,
            );
            let named = heading::responder(text, self.reading.vocabulary, self.responders);
            let responder = named.filter(|_| kind != SectionKind::Other).map(|(_, name)| name);
            let column = kind.column().unwrap_or(beside);
            if matches!(column, Column::Recommendation | Column::Response) {
                beside = column;
            }
            sections.push(Section {
                column,
                anchor: anchors.name(&anchor_of(&kind)),
                kind,
                responder: responder.map(str::to_owned),
                heading: Some(Spanned { value: text.to_owned(), span }),
                body: self.span(range.end..end),
                has_words,
            });
        }
        let taken = sections.iter().map(|section| section.anchor.as_str());
        let mut anchors = GithubAnchors::without(IDS_OF_PAGES.into_iter().chain(taken));
        for Headline { level, range, words, .. } in others {
            let span = self.first_line(&range);
            let anchor = anchors.of(&words);
            self.walked.headings.push(Heading { level, words, span, anchor });
        }
        self.walked.sections = sections;
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
