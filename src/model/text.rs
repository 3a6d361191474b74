//! A text in one language, and what was found in it.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Date, TranslationFront};
use crate::source::{FileId, Span, Spanned};
use crate::vocabulary::Status;

/// The text of one file: a recommendation, report or page in one language.
#[derive(Debug, Clone)]
pub struct Text {
    /// The language's tag.
    pub language: String,
    /// The file.
    pub file: FileId,
    /// Its path from the site's root.
    pub path: String,
    /// All of the file, so that spans can cut it.
    pub source: Arc<str>,
    /// The Markdown after the front matter.
    pub body: Span,
    /// The title.
    pub title: Spanned<String>,
    /// The body's parts, in the author's order. Together they cover all of it.
    pub sections: Vec<Section>,
    /// What the text points at, by place.
    pub found: Vec<Found>,
    /// What the text says of documents that it cites, by place.
    pub said: Vec<Said>,
    /// Markdown's own links and images, by place.
    pub links: Vec<Link>,
    /// Comments, by place: notes to other authors, which nobody else is shown.
    pub comments: Vec<Span>,
}

/// A text in each language that there is.
#[derive(Debug, Clone)]
pub struct Texts {
    /// What the author wrote first, to which the facts belong.
    pub original: Arc<Text>,
    /// The same in other languages.
    pub translations: Vec<Translation>,
}

/// A text in another language than the original.
#[derive(Debug, Clone)]
pub struct Translation {
    /// What its author typed between the `---` lines.
    pub front: Arc<TranslationFront>,
    /// The text.
    pub text: Arc<Text>,
}

impl Texts {
    /// The original, then its translations.
    pub fn all(&self) -> impl Iterator<Item = &Text> {
        let translations = self.translations.iter().map(|translation| &*translation.text);
        [&*self.original].into_iter().chain(translations)
    }

    /// The translation into a language, unless that is the original's.
    pub fn translation(&self, tag: &str) -> Option<&Translation> {
        let mut others = self.translations.iter();
        others.find(|other| other.text.language == tag && self.original.language != tag)
    }

    /// The text in a language, or else the original.
    pub fn in_language(&self, tag: &str) -> &Text {
        self.translation(tag).map_or(&self.original, |translation| &translation.text)
    }
}

/// A part of a text under one `##` heading, or the part before the first.
#[derive(Debug, Clone)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// The heading's text as written; none before the first heading.
    pub heading: Option<Spanned<String>>,
    /// The Markdown under the heading.
    pub body: Span,
    /// The anchor of the section on the recommendation's page, unique within the text.
    pub anchor: String,
}

/// What a section holds: one of the official table's long columns, or something of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SectionKind {
    /// The text before the first heading.
    Introduction,
    /// The recommendation itself.
    Recommendation,
    /// The management response.
    Response,
    /// The target date in the report's own words.
    Deadline,
    /// What was done.
    Progress {
        /// As at when; the report's as-at date where the heading says none.
        date: Option<Date>,
        /// The status then.
        status: Option<Status>,
    },
    /// Any other section, which the site names in `site.yaml`, or nobody does.
    Other,
}

/// The columns of the official table that hold texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The recommendation.
    Recommendation,
    /// The management response.
    Response,
    /// The target date in the report's own words.
    Deadline,
    /// What was done.
    Progress,
    /// Sections that the official table has no column for.
    Other,
}

impl SectionKind {
    /// The column that a section belongs to.
    pub fn column(&self) -> Column {
        match self {
            Self::Introduction | Self::Recommendation => Column::Recommendation,
            Self::Response => Column::Response,
            Self::Deadline => Column::Deadline,
            Self::Progress { .. } => Column::Progress,
            Self::Other => Column::Other,
        }
    }

    /// As at when the heading says that it reports progress.
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Progress { date, .. } => *date,
            _ => None,
        }
    }

    /// Whether the heading alone says something: a date or a status.
    pub fn says_something(&self) -> bool {
        matches!(
            self,
            Self::Progress { date: Some(_), .. } | Self::Progress { status: Some(_), .. }
        )
    }
}

/// Something in running text that points at something else, found but not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The scheme that found it: a name of [`SCHEMES`](crate::references::SCHEMES), or of one of
    /// the site's own.
    pub scheme: Cow<'static, str>,
    /// What it points at, in the scheme's canonical form.
    pub key: String,
    /// Where it stands. Empty for what a range only implies, as "Add.1–3" does the second.
    pub span: Span,
    /// The paragraph, heading or cell that it stands in.
    pub block: Span,
}

/// What a text says of documents that it cites, by their indexes in [`Text::found`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is announced, but not issued yet.
    Forthcoming(usize),
    /// The first is based on the second.
    BasedOn(usize, usize),
}

/// A Markdown link or image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it points.
    pub kind: LinkKind,
    /// Where it stands: from `[` to the end.
    pub span: Span,
}

/// Where a Markdown link or image points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkKind {
    /// An address on another site.
    Outside(String),
    /// A place on the same page.
    Anchor(String),
    /// A file of the site, by its path from the site's root, with the anchor if there is one.
    File {
        /// `content/central-asia/02-communication.md`
        path: String,
        /// What follows `#`.
        anchor: Option<String>,
    },
    /// `[[2]]`: a recommendation.
    Recommendation(String),
    /// An address that no page may hold, such as `javascript:`. It was reported, and only its
    /// text is shown.
    Refused,
}

impl Text {
    /// The Markdown of a section as its author wrote it, without notes to other authors.
    pub fn published(&self, section: &Section) -> Cow<'_, str> {
        let mut comments = self.comments.iter().filter(|c| section.body.contains(**c)).peekable();
        if comments.peek().is_none() {
            return self.slice(section.body).trim().into();
        }
        let mut markdown = String::new();
        let mut from = section.body.start;
        for comment in comments {
            markdown.push_str(self.slice(Span { start: from, end: comment.start, ..section.body }));
            from = comment.end;
        }
        markdown.push_str(self.slice(Span { start: from, ..section.body }));
        markdown.trim().to_owned().into()
    }

    /// The characters that stand for what was found, by its index in [`Text::found`]. What a range
    /// only implies has none of its own: for it stands the whole of the range.
    pub fn cited_at(&self, index: usize) -> Span {
        let own = self.found[index].span;
        if own.start < own.end {
            return own;
        }
        let has_characters = |span: &Span| span.start < span.end;
        let before = self.found[..index].iter().rev().map(|found| found.span).find(has_characters);
        let after = self.found[index..].iter().map(|found| found.span).find(has_characters);
        Span {
            start: before.map_or(own.start, |span| span.start),
            end: after.map_or(own.end, |span| span.end),
            ..own
        }
    }

    /// The characters of a place in it.
    pub fn slice(&self, span: Span) -> &str {
        self.source.get(span.range()).unwrap_or("")
    }
}
