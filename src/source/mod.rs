//! What we were given: the files and the date; and places in files.

mod digest;
mod lines;

use std::ops::{Deref, Range};
use std::sync::Arc;

use chrono::NaiveDate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};
use rayon::prelude::*;

pub use digest::Digest;
pub use lines::{LineColumn, Lines, boundary, line_column, line_text};

/// The folder of the content, from the site's root.
pub const CONTENT: &str = "content/";

/// Everything a build depends on. The same input gives the same bytes.
#[derive(Debug, Clone)]
pub struct Input {
    /// Every file of the site, sorted by path. Paths are relative to the site's root, with `/`.
    pub files: Vec<File>,
    /// The day on which the site is built, for what has no as-at date of its own.
    pub today: NaiveDate,
    /// What is in the folder but is not read as a file of the site, by path.
    pub left_out: Vec<LeftOut>,
}

/// Something in the folder of a site that is neither read nor copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path from the site's root.
    pub path: String,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why something is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutReason {
    /// A link, or not an ordinary file: what it leads to may be outside the site.
    Link,
    /// Only a folder, but named like a text; the files inside it are read.
    FolderNamedLikeText,
    /// Its name is not UTF-8.
    NameNotUtf8,
    /// A text or template that is too large.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The most that is allowed.
        most: u64,
    },
}

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct File {
    /// Relative to the site's root, with `/` on every system: `content/central-asia/report.md`.
    pub path: String,
    /// What is in it.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Content {
    /// A file that Recto reads: Markdown, YAML, a template.
    Text(Arc<str>),
    /// A file that Recto should read, but that is not UTF-8.
    NotUtf8(Arc<[u8]>),
    /// A font for PDFs.
    Font(Arc<[u8]>),
    /// A file that is only copied. Its bytes stay on disk, so that memory use depends on the texts
    /// and not on the pictures.
    Asset,
}

/// Which file of an [`Input`]: its index in [`Input::files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A place in a file: bytes from `start` to before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte, counted from the top of the file.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

/// A value and where the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// The characters of a path that must be escaped in an address (RFC 3986, section 3.3).
pub const PATH_CHARACTERS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_')
    .remove(b'~')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b'@');

/// The characters that must be escaped in a fragment (RFC 3986, section 3.5).
pub const FRAGMENT_CHARACTERS: &AsciiSet = &PATH_CHARACTERS
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'*')
    .remove(b'+')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'?');

impl Input {
    /// An input made of files, given in any order.
    pub fn new(mut files: Vec<File>, today: NaiveDate) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, today, left_out: Vec::new() }
    }

    /// A digest that changes when, and only when, a file does.
    pub fn digest_of_files(&self) -> Digest {
        let files: Vec<Digest> = self.files.par_iter().map(Digest::of).collect();
        Digest::of(&files)
    }

    /// The file with this number.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// Every file with its number, in the order of their paths.
    pub fn files_with_id(&self) -> impl Iterator<Item = (FileId, &File)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The file at this path, relative to the site's root.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        u32::try_from(index).ok().map(FileId)
    }
}

impl File {
    /// The text, empty for what is not text.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::NotUtf8(_) | Content::Font(_) | Content::Asset => "",
        }
    }
}

impl File {
    /// The text up to the first byte that is not text: what can be shown of any file.
    pub fn readable(&self) -> &str {
        match &self.content {
            Content::NotUtf8(bytes) => bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid()),
            Content::Text(_) | Content::Font(_) | Content::Asset => self.text(),
        }
    }
}

impl Span {
    /// A span of `range` in `file`. Files past 4 GiB never get here: `load` refuses them.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The top of a file, for what is wrong with all of it.
    pub fn top(file: FileId) -> Self {
        Self::new(file, 0..0)
    }

    /// Whether `other` is inside it.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The bytes as a range, to cut the text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl<T> Spanned<T> {
    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
