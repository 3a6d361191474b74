//! What Typst is given: the templates, the texts, the pictures of the texts, and nothing else.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World};

use super::fonts::Fonts;

/// The files of one PDF, by their paths from the site's root.
pub(super) struct PdfWorld<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

/// The path of a file as Typst sees it.
fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl<'a> PdfWorld<'a> {
    /// A world with only the source that is compiled.
    pub(super) fn new(fonts: &'a Fonts, main: &str) -> Self {
        let features = [Feature::A11yExtras].into_iter().collect();
        let library = Library::builder().with_features(features).build();
        let source = Source::detached(main);
        let main = source.id();
        Self {
            library: LazyHash::new(library),
            fonts,
            main,
            sources: HashMap::from([(main, source)]),
            files: HashMap::new(),
        }
    }

    /// Adds a source.
    pub(super) fn put_source(&mut self, path: &str, text: String) -> Option<FileId> {
        let id = id(path)?;
        self.sources.insert(id, Source::new(id, text));
        Some(id)
    }

    /// Adds another file.
    pub(super) fn put_file(&mut self, path: &str, bytes: Bytes) -> Option<FileId> {
        let id = id(path)?;
        self.files.insert(id, bytes);
        Some(id)
    }
}

fn not_there<T>(id: FileId) -> FileResult<T> {
    Err(FileError::NotFound(id.vpath().get_without_slash().into()))
}

impl World for PdfWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().map_or_else(|| not_there(id), Ok)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match self.sources.get(&id) {
            Some(source) => Ok(Bytes::from_string(source.clone())),
            None => self.files.get(&id).cloned().map_or_else(|| not_there(id), Ok),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    /// A PDF does not depend on the day of the build: its date is that of the report.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
