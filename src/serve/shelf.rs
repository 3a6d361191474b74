//! What does not come from memory: the files of the site that are copied along, and the PDFs that
//! were made.

use std::path::{Path, PathBuf};
#[cfg(feature = "pdf")]
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::diagnostics::Diagnostic;
use crate::pipeline::Build;
use crate::plan::Recipe;
#[cfg(feature = "pdf")]
use crate::source::Digest;

/// The root of a site, and what was made of it that takes its time.
pub(super) struct Shelf {
    root: PathBuf,
    /// The PDFs by their paths, with the digest of what each was made from.
    #[cfg(feature = "pdf")]
    pdfs: Mutex<BTreeMap<String, (Digest, Arc<crate::pdf::Made>)>>,
}

impl Shelf {
    pub(super) fn new(root: PathBuf) -> Self {
        Self {
            root,
            #[cfg(feature = "pdf")]
            pdfs: Mutex::default(),
        }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Makes the PDF that is asked for, or that a page says the size of, unless it is there.
    #[cfg(feature = "pdf")]
    pub(super) fn print(&self, build: &Build, recipe: &Recipe) -> Result<(), Vec<Diagnostic>> {
        use crate::model::Edition;
        use crate::pages::Size;
        use crate::pdf::{Settings, prepare};

        let site = &build.site;
        let edition = match recipe {
            Recipe::Pdf(edition) => Some(*edition),
            Recipe::Page { of, index, language } if of.name == "report" => {
                let language = &site.languages[*language].tag;
                Edition::for_readers(site, &site.reports[*index], language)
            }
            _ => None,
        };
        let Some(edition) = edition else { return Ok(()) };
        let unreadable =
            |error: anyhow::Error| vec![Diagnostic::site_error("pdf-error", format!("{error:#}"))];
        let read = |path: &str| crate::load::read_asset(&self.root, path);
        let prepared = prepare(build.making(), edition, Settings::of(edition), &read);
        let prepared = prepared.map_err(unreadable)?;
        let (path, digest) = (edition.address(site), prepared.digest());
        let mut pdfs = self.pdfs.lock().unwrap_or_else(PoisonError::into_inner);
        let made = match pdfs.get(&path).filter(|(known, _)| *known == digest) {
            Some((_, made)) => Arc::clone(made),
            None => {
                let made = Arc::new(prepared.make()?);
                pdfs.insert(path.clone(), (digest, Arc::clone(&made)));
                made
            }
        };
        build.set_size(&path, Size { bytes: made.bytes.len(), pages: Some(made.pages) });
        Ok(())
    }

    /// A PDF that was made.
    #[cfg(feature = "pdf")]
    pub(super) fn pdf(&self, path: &str) -> Option<Vec<u8>> {
        let pdfs = self.pdfs.lock().unwrap_or_else(PoisonError::into_inner);
        pdfs.get(path).map(|(_, made)| made.bytes.clone())
    }

    /// A program without what makes PDFs plans none.
    #[cfg(not(feature = "pdf"))]
    pub(super) fn print(&self, _: &Build, _: &Recipe) -> Result<(), Vec<Diagnostic>> {
        Ok(())
    }

    #[cfg(not(feature = "pdf"))]
    pub(super) fn pdf(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}
