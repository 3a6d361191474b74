//! What we were given: the files and the date; and places in files.

mod composed;
mod digest;
mod invisible;
mod lines;

use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::sync::Arc;

use chrono::NaiveDate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};
use rayon::prelude::*;

pub use composed::{composed, spellings};
pub use digest::Digest;
pub use invisible::{is_blank, is_invisible, is_unwanted, shows_something};
pub use lines::{LineColumn, Lines, as_written, boundary, has_lone_return, inserted, line_column};

/// The folder of the content, from the site's root.
pub const CONTENT: &str = "content/";

/// Where the data of the other sites of a portfolio are, relative to the site's root.
pub const PORTFOLIO: &str = "portfolio/";

/// Everything a build depends on. The same input gives the same bytes.
#[derive(Debug, Clone)]
pub struct Input {
    /// Every file of the site, sorted by path. Paths are relative to the site's root, with `/`.
    pub files: Vec<File>,
    /// The day on which the site is built, for what has no as-at date.
    pub today: NaiveDate,
    /// What is in the folder but is not read as a file of the site, by path.
    pub left_out: Vec<LeftOut>,
    /// What is wrong with pictures, by their paths.
    pub picture_faults: BTreeMap<String, PictureFault>,
    /// The id of each file, in the same order: they grow.
    ids: Vec<FileId>,
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

/// What is wrong with a file that is named like a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureFault {
    /// It is not a picture.
    NoPicture,
    /// Its end is missing.
    Cut,
    /// It cannot be decoded.
    Damaged,
    /// It is a picture of another format.
    Other {
        /// The format.
        found: &'static str,
        /// Whether it is shown all the same.
        is_shown: bool,
    },
}

impl PictureFault {
    /// Whether the picture cannot be shown.
    pub fn is_unusable(self) -> bool {
        !matches!(self, Self::Other { is_shown: true, .. })
    }
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

/// Which file of an [`Input`]. The order of the ids is that of the paths; between two of them there is
/// room for those of files that are added later, so that every other file keeps its id.
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
        let ids = spread(files.len());
        Self { files, today, left_out: Vec::new(), picture_faults: BTreeMap::new(), ids }
    }

    /// The same input, in which each file that another one has, too, has the id that it has there. So
    /// what was read of the other one is true of this one.
    #[must_use]
    pub fn with_ids_of(mut self, before: &Self) -> Self {
        let mut ids: Vec<FileId> = Vec::with_capacity(self.files.len());
        let known: Vec<Option<FileId>> =
            self.files.iter().map(|file| before.find(&file.path)).collect();
        for new in known.split_inclusive(Option::is_some) {
            // Files that are new, up to one that is not.
            let next = new.last().copied().flatten();
            let count = new.len() - usize::from(next.is_some());
            let last = ids.last().map_or(0, |id| id.0);
            let step = (next.map_or(u32::MAX, |id| id.0) - last) / between(count);
            // Where there is no room left, all files get new ids.
            if step == 0 {
                return self;
            }
            ids.extend((1..).map(|index| FileId(last + index * step)).take(count));
            ids.extend(next);
        }
        self.ids = ids;
        self
    }

    /// Puts a file in the place of the one with this id.
    pub fn replace(&mut self, id: FileId, file: File) {
        if let Ok(index) = self.ids.binary_search(&id) {
            self.files[index] = file;
        }
    }

    /// A digest that changes when, and only when, a file does. Of a file that is only copied, the
    /// path counts and not the bytes.
    pub fn digest_of_files(&self) -> Digest {
        let files: Vec<Digest> = self.files.par_iter().map(Digest::of).collect();
        Digest::of(&files)
    }

    /// The file with this number.
    pub fn file(&self, id: FileId) -> &File {
        let index = self.ids.binary_search(&id);
        &self.files[index.unwrap_or_else(|next| next)]
    }

    /// Every file with its number, in the order of their paths.
    pub fn files_with_id(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.ids.iter().copied().zip(&self.files)
    }

    /// The file at this path, relative to the site's root.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.ids.get(index).copied()
    }
}

/// So many ids, with as much room between them as there is.
fn spread(count: usize) -> Vec<FileId> {
    let step = u32::MAX / between(count);
    (1..).map(|index| FileId(index * step)).take(count).collect()
}

/// How many gaps so many files have around them.
fn between(count: usize) -> u32 {
    u32::try_from(count + 1).unwrap_or(u32::MAX)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn input(paths: &[&str]) -> Input {
        let file = |path: &&str| File { path: (*path).to_owned(), content: Content::Asset };
        Input::new(paths.iter().map(file).collect(), NaiveDate::default())
    }

    #[test]
    fn files_keep_their_ids() {
        let before = input(&["b", "d", "f"]);
        let after = input(&["a", "b", "c1", "c2", "c3", "f", "g"]).with_ids_of(&before);
        for path in ["b", "f"] {
            assert_eq!(before.find(path), after.find(path));
        }
        let ids: Vec<FileId> = after.files_with_id().map(|(id, _)| id).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
        for (id, file) in after.files_with_id() {
            assert_eq!((after.find(&file.path), after.file(id)), (Some(id), file));
        }
    }

    #[test]
    fn room_for_ids_may_end_but_their_order_never_does() {
        let mut paths = vec!["a".to_owned(), "z".to_owned()];
        let all = |paths: &[String]| input(&paths.iter().map(String::as_str).collect::<Vec<_>>());
        let mut before = all(&paths);
        for n in 0..200 {
            paths.push(format!("b{n:03}"));
            before = all(&paths).with_ids_of(&before);
            let ids: Vec<FileId> = before.files_with_id().map(|(id, _)| id).collect();
            assert!(ids.len() == paths.len() && ids.is_sorted_by(|a, b| a < b), "{ids:?}");
        }
    }
}
