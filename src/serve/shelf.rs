//! What is not rendered from memory: the files of the site that are copied, and the PDFs that were
//! made.

use std::path::{Path, PathBuf};
#[cfg(feature = "pdf")]
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::diagnostics::Diagnostic;
use crate::model::{Printout, Site};
use crate::plan::Build;
use crate::plan::Recipe;
#[cfg(feature = "pdf")]
use crate::source::Digest;

/// The root of a site, and the PDFs made from it, which take time.
pub(super) struct ServedFiles {
    root: PathBuf,
    /// The PDFs by their paths, with the digest of what each was made from.
    #[cfg(feature = "pdf")]
    pdfs: Mutex<BTreeMap<String, (Digest, Arc<crate::pdf::Made>)>>,
}

impl ServedFiles {
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

    /// Whether a recipe makes a PDF, or a page that shows the size of one.
    pub(super) fn has_pdf(build: &Build, recipe: &Recipe) -> bool {
        Self::printout(build, recipe).is_some()
    }

    fn printout(build: &Build, recipe: &Recipe) -> Option<Printout> {
        Self::printout_of(&build.site, build, recipe)
    }

    fn printout_of(site: &Site, build: &Build, recipe: &Recipe) -> Option<Printout> {
        match recipe {
            Recipe::Pdf(printout) => Some(*printout),
            Recipe::Earlier { site: index, of } => {
                let printout = Self::printout_of(&build.earlier[*index], build, of)?;
                Some(printout.of_earlier(*index))
            }
            Recipe::Page { of, index, language } if of.name == "report" => {
                let language = &site.languages[*language].tag;
                Printout::for_readers(site, &site.reports[*index], language)
            }
            _ => None,
        }
    }

    /// The PDF of a recipe, or the one whose size its page shows; it is made unless it exists.
    #[cfg(feature = "pdf")]
    pub(super) fn print(
        &self,
        build: &Build,
        recipe: &Recipe,
    ) -> Result<Option<Pdf>, Vec<Diagnostic>> {
        use crate::pages::Size;
        use crate::pdf::{PdfSettings, prepare};

        let Some(printout) = Self::printout(build, recipe) else { return Ok(None) };
        let unreadable = |error: anyhow::Error| {
            vec![Diagnostic::of_site(&crate::pdf::PDF_ERROR, format!("{error:#}"))]
        };
        let read = |path: &str| crate::load::read_asset(&self.root, path);
        let prepared = prepare(build.making(printout), printout, PdfSettings::of(printout), &read);
        let prepared = prepared.map_err(unreadable)?;
        let (path, digest) = (printout.address(build.site_of(printout)), prepared.digest());
        let pdfs = || self.pdfs.lock().unwrap_or_else(PoisonError::into_inner);
        let known = pdfs().get(&path).filter(|(known, _)| *known == digest).cloned();
        let made = match known {
            Some((_, made)) => made,
            None => {
                let made = Arc::new(prepared.make()?);
                pdfs().insert(path.clone(), (digest, Arc::clone(&made)));
                made
            }
        };
        build.set_size(&path, Size { bytes: made.bytes.len(), pages: Some(made.pages) });
        Ok(Some(Pdf(made)))
    }

    /// A program built without PDFs plans none.
    #[cfg(not(feature = "pdf"))]
    pub(super) fn print(&self, _: &Build, _: &Recipe) -> Result<Option<Pdf>, Vec<Diagnostic>> {
        Ok(None)
    }
}

/// The bytes of a PDF.
#[cfg(feature = "pdf")]
pub(super) struct Pdf(Arc<crate::pdf::Made>);

#[cfg(feature = "pdf")]
impl AsRef<[u8]> for Pdf {
    fn as_ref(&self) -> &[u8] {
        &self.0.bytes
    }
}

/// There is none.
#[cfg(not(feature = "pdf"))]
pub(super) type Pdf = Vec<u8>;
