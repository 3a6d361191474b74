//! A text in one language, and what was found in it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::mem::Discriminant;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use percent_encoding::percent_decode_str;

use super::{Date, GithubAnchors, Label, TranslationFront};
use crate::references::{Key, SchemeId};
use crate::source::{FileId, Span, Spanned, as_written, composed};
use crate::vocabulary::{Status, Worded, fold};

/// The text of one file: a recommendation, report or page in one language.
#[derive(Debug, Clone)]
pub struct Text {
    /// The language's tag.
    pub language: String,
    /// The file.
    pub file: FileId,
    /// Its path from the site's root.
    pub path: String,
    /// The whole file, so that spans can cut it.
    pub source: Arc<str>,
    /// The Markdown after the front matter.
    pub body: Span,
    /// What it is called.
    pub title: Spanned<String>,
    /// Who gave the title.
    pub title_origin: TitleOrigin,
    /// The items of a recommendation's own text that begin with a label, by place.
    pub labelled: Vec<Labelled>,
    /// The body's parts, in the author's order. Together they cover all of it.
    pub sections: Vec<Section>,
    /// The headings that do not begin a section, by place.
    pub headings: Vec<Heading>,
    /// The anchors by the names that links use for them. Worked out when a link first needs them,
    /// which few do.
    pub anchor_names: OnceLock<AnchorNames>,
    /// What the text points at, by place.
    pub found: Vec<Found>,
    /// What its front matter points at, by place: the title, the texts of actions and parts, reasons
    /// and notes.
    pub in_facts: Vec<FoundInFact>,
    /// What the text says about documents that it cites, by place.
    pub said: Vec<Said>,
    /// Markdown's own links and images, by place.
    pub links: Vec<Link>,
    /// The footnotes, by place.
    pub notes: Vec<Note>,
    /// The marks of footnotes, by place.
    pub note_marks: Vec<NoteMark>,
    /// Comments, by place: notes to other authors, which are not published.
    pub comments: Vec<Span>,
}

/// Where a title comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleOrigin {
    /// The author typed it.
    Typed,
    /// It is the beginning of the recommendation's own words, because nobody typed one.
    Opening,
}

/// An item of a text that begins with a label: `(a) Publish the list`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// `a`
    pub label: String,
    /// The words after it, without marks.
    pub words: Spanned<String>,
}

/// A text in each language that there is.
#[derive(Debug, Clone)]
pub struct Texts {
    /// What the author wrote first, with the facts.
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

    /// The anchor, on the page in a language, of the place that has an anchor in the original: the
    /// same, or else that of the heading at the same place among all. None where the translation
    /// has other headings.
    pub fn anchor_in<'t>(&'t self, tag: &str, anchor: &'t str) -> Option<&'t str> {
        let text = self.in_language(tag);
        let same = text.anchor(anchor);
        if same.is_some() || text.file == self.original.file {
            return same.or(Some(anchor));
        }
        let (own, original) = (text.anchor_names(), self.original.anchor_names());
        let Some(index) = original.by_name.get(anchor) else { return Some(anchor) };
        if own.anchors.len() == original.anchors.len() {
            return own.anchors.get(*index).map(String::as_str);
        }
        // A section that is not translated is on the page as it is in the original.
        let sections = original.anchors.len() - self.original.headings.len();
        (*index < sections).then_some(anchor)
    }
}

/// The names that links may use for the anchors of a text.
#[derive(Debug, Clone)]
pub struct AnchorNames {
    /// Which of the anchors a name means.
    by_name: BTreeMap<String, usize>,
    /// The anchors, in the order of [`Text::anchors`].
    anchors: Vec<String>,
}

/// A part of a text under one `##` heading, or the part before the first.
#[derive(Debug, Clone)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// The column of the official table that shows it. A section that has no column is shown in that of
    /// the recommendation or the response, whichever it follows.
    pub column: Column,
    /// The one of several responders whose answer or progress it is, by the name in the heading.
    pub responder: Option<String>,
    /// The heading's text as written; none before the first heading.
    pub heading: Option<Spanned<String>>,
    /// The Markdown under the heading.
    pub body: Span,
    /// Whether readers see anything under the heading: notes to other authors, and characters that
    /// nobody sees, are not words.
    pub has_words: bool,
    /// The anchor of the section on the recommendation's page, unique within the text.
    pub anchor: String,
}

/// A heading that does not begin a section.
#[derive(Debug, Clone)]
pub struct Heading {
    /// How many `#` it has: 1 to 6.
    pub level: usize,
    /// Its words.
    pub words: String,
    /// Its first line.
    pub span: Span,
    /// Its anchor on the page of the text: the one that GitHub gives it, with a number added where
    /// another heading or a part of the page already has it.
    pub anchor: String,
}

impl Section {
    /// By which sections are sorted where the newest progress is first: its date, which without one is
    /// that of the report, so the newest. All other sections stay where they are.
    pub fn newness(&self) -> Option<NaiveDate> {
        match &self.kind {
            SectionKind::Progress { date, .. } => Some(date.map_or(NaiveDate::MAX, Date::last_day)),
            _ => None,
        }
    }

    /// What a section has in common with its translation: the kind, the day of an update, and whose
    /// answer or progress it is. The status is a fact of the original.
    pub fn likeness(&self) -> (Discriminant<SectionKind>, Option<Date>, Option<String>) {
        let responder = self.responder.as_deref().map(fold);
        (std::mem::discriminant(&self.kind), self.kind.date(), responder)
    }
}

/// What a section holds: a text column of the official table, or something else.
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
        status: Option<Worded<Status>>,
    },
    /// Any other section, whether or not the site names it in `site.yaml`.
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
}

impl SectionKind {
    /// The column that a section belongs to; none for one that has no column.
    pub fn column(&self) -> Option<Column> {
        match self {
            Self::Introduction | Self::Recommendation => Some(Column::Recommendation),
            Self::Response => Some(Column::Response),
            Self::Deadline => Some(Column::Deadline),
            Self::Progress { .. } => Some(Column::Progress),
            Self::Other => None,
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
    /// The scheme that found it.
    pub scheme: SchemeId,
    /// What it points at.
    pub key: Key<'static>,
    /// Where it is. Empty for what a range only implies, such as the second of "Add.1–3".
    pub span: Span,
    /// The paragraph, heading or cell that it is in.
    pub block: Span,
}

/// Something in a value of the front matter that points at something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundInFact {
    /// Where the value is.
    pub value: Span,
    /// The bytes of the value that do so.
    pub range: Range<usize>,
    /// What they point at.
    pub key: Key<'static>,
}

/// What a text says about documents that it cites, by their indexes in [`Text::found`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is announced, but not issued yet.
    Forthcoming(usize),
    /// The first is based on the second.
    BasedOn(usize, usize),
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What its author called it.
    pub label: String,
    /// All of it, from `[^` on.
    pub span: Span,
    /// Its number within the text, from 1, in the order in which readers meet the marks.
    pub number: usize,
}

/// The mark of a footnote: `[^1]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteMark {
    /// Where it is.
    pub span: Span,
    /// The note that it leads to, as an index of [`Text::notes`].
    pub note: usize,
    /// Which mark of its note it is, from 1.
    pub nth: usize,
}

/// A Markdown link or image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it points.
    pub kind: LinkKind,
    /// Where it is: from `[` to the end.
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
    /// An address that no page may have, such as `javascript:`. It was reported, and only the
    /// link's text is shown.
    Refused,
}

impl Link {
    /// Whether it names a recommendation by its number: `[[2]]`.
    pub fn is_by_number(&self) -> bool {
        matches!(self.kind, LinkKind::Recommendation(_))
    }
}

impl Text {
    /// The title that its author typed.
    pub fn typed_title(&self) -> Option<&Spanned<String>> {
        (self.title_origin == TitleOrigin::Typed).then_some(&self.title)
    }

    /// The words of the item that begins with a label: `(a)`, `a)` and `a` are the same.
    pub fn item(&self, label: &str) -> Option<&Spanned<String>> {
        let label = Label::bare(label);
        self.labelled.iter().find(|item| Label::bare(&item.label) == label).map(|item| &item.words)
    }

    /// The anchor on the page of the text that a link means: it may name a heading as GitHub does.
    /// None where there is no such heading.
    pub fn anchor(&self, named: &str) -> Option<&str> {
        let named = percent_decode_str(named).decode_utf8_lossy();
        let names = self.anchor_names();
        names.by_name.get(composed(&named).as_ref()).map(|index| names.anchors[*index].as_str())
    }

    fn anchor_names(&self) -> &AnchorNames {
        self.anchor_names.get_or_init(|| self.named_anchors())
    }

    fn named_anchors(&self) -> AnchorNames {
        let anchors: Vec<String> = self.anchors().map(str::to_owned).collect();
        let headed = self.sections.iter().filter_map(|section| section.heading.as_ref());
        let of_sections = headed.map(|heading| (heading.span, heading.value.as_str()));
        let of_headings = self.headings.iter().map(|of| (of.span, of.words.as_str()));
        let mut headings: Vec<(Span, &str, usize)> = of_sections
            .chain(of_headings)
            .zip(0..)
            .map(|((span, words), index)| (span, words, index))
            .collect();
        headings.sort_unstable();
        let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
        // The anchors themselves come before the names that GitHub gives to headings.
        for (name, index) in anchors.iter().cloned().zip(0..) {
            by_name.entry(name).or_insert(index);
        }
        let mut github = GithubAnchors::default();
        for (_, words, index) in headings {
            by_name.entry(github.of(words)).or_insert(index);
        }
        AnchorNames { by_name, anchors }
    }

    /// The anchors to which links can lead: those of the sections with a heading, and of the
    /// headings in them.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        let headed = self.sections.iter().filter(|section| section.heading.is_some());
        let sections = headed.map(|section| section.anchor.as_str());
        sections.chain(self.headings.iter().map(|heading| heading.anchor.as_str()))
    }

    /// The Markdown of a section as its author wrote it, without notes to other authors.
    pub fn published(&self, section: &Section) -> Cow<'_, str> {
        self.published_at(section.body)
    }

    /// The Markdown of a footnote as its author wrote it, without its label and without notes to
    /// other authors.
    pub fn published_note(&self, note: &Note) -> Cow<'_, str> {
        let label = self.slice(note.span).find("]:").map_or(0, |at| at + "]:".len());
        let start = note.span.range().start + label;
        self.published_at(Span::new(note.span.file, start..note.span.range().end))
    }

    fn published_at(&self, span: Span) -> Cow<'_, str> {
        let first = self.comments.partition_point(|one| one.start < span.start);
        let later = &self.comments[first..];
        let comments = &later[..later.partition_point(|one| one.end <= span.end)];
        if comments.is_empty() {
            return as_written(self.slice(span).trim());
        }
        let mut markdown = String::new();
        let mut from = span.start;
        for comment in comments {
            markdown.push_str(self.slice(Span { start: from, end: comment.start, ..span }));
            from = comment.end;
        }
        markdown.push_str(self.slice(Span { start: from, ..span }));
        as_written(markdown.trim()).into_owned().into()
    }

    /// The characters that stand for what was found, by its index in [`Text::found`]. What a range
    /// only implies has none, so the whole range stands for it.
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

    /// The sections of an original that this translation of it lacks, so that their words are shown
    /// in the original's language.
    pub fn lacking<'o>(&self, original: &'o Text) -> impl Iterator<Item = &'o Section> {
        // Where there are several sections of a kind, the first matches the first, and so on.
        let mut own: HashMap<_, VecDeque<&Section>> = HashMap::new();
        for section in &self.sections {
            own.entry(section.likeness()).or_default().push_back(section);
        }
        original.sections.iter().filter(move |section| {
            match own.get_mut(&section.likeness()).and_then(VecDeque::pop_front) {
                // A heading with nothing under it says no more than a missing one.
                Some(own) => section.has_words && !own.has_words,
                None => section.has_words || section.kind.says_something(),
            }
        })
    }

    /// The characters of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.source.get(span.range()).unwrap_or("")
    }
}
