//! What Recto wrote in a folder, so that the next build knows its own files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde::{Deserialize, Deserializer, Serialize};

use crate::plan::{MANIFEST, is_publishable};
use crate::source::Digest;

/// The files that Recto wrote.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The digest of everything that the pages and data files were made from; none where the build
    /// did not finish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) made_from: Option<Digest>,
    /// The files by their paths, with the digest of what was written; none for those that were only
    /// copied.
    #[serde(deserialize_with = "files")]
    pub(super) files: BTreeMap<String, Option<Digest>>,
    /// What each PDF was made from, so that it is not made again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) pdfs: BTreeMap<String, Printed>,
}

/// The files of a manifest; an older Recto listed only their paths.
fn files<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Option<Digest>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum ManifestFiles {
        Known(BTreeMap<String, Option<Digest>>),
        Paths(BTreeSet<String>),
    }
    Ok(match ManifestFiles::deserialize(deserializer)? {
        ManifestFiles::Known(files) => files,
        ManifestFiles::Paths(paths) => paths.into_iter().map(|path| (path, None)).collect(),
    })
}

/// A PDF that was made.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Printed {
    /// The digest of everything that went into it.
    pub(super) digest: Digest,
    /// Its size in bytes.
    pub(super) bytes: usize,
    /// How many pages it has.
    pub(super) pages: usize,
}

impl Manifest {
    /// What is known about a PDF.
    #[cfg(feature = "pdf")]
    pub(super) fn pdf(&self, path: &str) -> Option<&Printed> {
        self.pdfs.get(path)
    }

    /// Reads it; none where there is none, or where it cannot be understood, so that nothing is
    /// removed because of it.
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

    /// The manifest without paths that no build writes: it may have been edited by hand.
    fn only_ours(mut self) -> Self {
        self.files.retain(|path, _| is_publishable(path));
        self
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The digest of a file as it was written.
    pub(super) fn digest(&self, path: &str) -> Option<Digest> {
        self.files.get(path).copied().flatten()
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The files of both. Their content is not known until they are in place.
    pub(super) fn with(&self, other: &Self) -> Self {
        let files = self.files.keys().chain(other.files.keys());
        let files = files.map(|path| (path.clone(), None)).collect();
        Self { files, ..Self::default() }
    }

    /// Writes it in one step: a half-written one would make every file look foreign.
    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let path = folder.join(MANIFEST);
        let problem = || format!("cannot write `{}`", path.display());
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        // Two builds at the same time each write their own.
        let new = folder.join(format!("{MANIFEST}.{}", std::process::id()));
        // Removes the leftover of an interrupted build; `create_new` does not follow links.
        let _ = fs::remove_file(&new);
        let mut file = fs::File::create_new(&new).with_context(problem)?;
        std::io::Write::write_all(&mut file, &bytes).with_context(problem)?;
        fs::rename(&new, &path).with_context(problem)?;
        Ok(())
    }
}
