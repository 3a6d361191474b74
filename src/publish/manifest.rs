//! What Recto has written into a folder, so that the next build knows its own files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};

use crate::plan::{MANIFEST, is_publishable};

/// The paths of the files that Recto wrote.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    files: BTreeSet<String>,
    /// What each PDF was made from, so that it is not made again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pdfs: BTreeMap<String, Printed>,
}

/// A PDF that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Printed {
    /// The digest of all that went into it.
    pub(super) digest: String,
    /// Its size in bytes.
    pub(super) bytes: usize,
    /// How many pages it has.
    pub(super) pages: usize,
}

impl Manifest {
    pub(super) fn of<'a>(
        paths: impl Iterator<Item = &'a String>,
        pdfs: BTreeMap<String, Printed>,
    ) -> Self {
        Self { files: paths.cloned().collect(), pdfs }
    }

    /// What is known of a PDF.
    #[cfg(feature = "pdf")]
    pub(super) fn pdf(&self, path: &str) -> Option<&Printed> {
        self.pdfs.get(path)
    }

    /// Reads it; none where there is none. One that cannot be understood counts as none, so that
    /// nothing is removed on its word.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let path = folder.join(MANIFEST);
        if fs::symlink_metadata(&path).is_ok_and(|data| !data.is_file()) {
            bail!("`{}` is in the way: it is a link or a folder", path.display());
        }
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice::<Self>(&bytes).ok().map(Self::only_ours)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
        }
    }

    /// Without paths that no build writes: somebody may have written the file by hand.
    fn only_ours(mut self) -> Self {
        self.files.retain(|path| is_publishable(path));
        self
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// The files of both. Of their PDFs nothing is known until they are in place.
    pub(super) fn with(&self, other: &Self) -> Self {
        let files = self.files.union(&other.files).cloned().collect();
        Self { files, pdfs: BTreeMap::new() }
    }

    /// Writes it in one step: a half-written one would make every file a stranger's.
    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let path = folder.join(MANIFEST);
        let problem = || format!("cannot write `{}`", path.display());
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        // Of two builds at the same time, each writes its own.
        let new = folder.join(format!("{MANIFEST}.{}", std::process::id()));
        // A leftover of a build that was cut off; `create_new` follows no link.
        let _ = fs::remove_file(&new);
        let mut file = fs::File::create_new(&new).with_context(problem)?;
        std::io::Write::write_all(&mut file, &bytes).with_context(problem)?;
        fs::rename(&new, &path).with_context(problem)?;
        Ok(())
    }
}
