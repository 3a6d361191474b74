//! What Recto has written into a folder, so that the next build knows its own files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::plan::MANIFEST;

/// The paths of the files that Recto wrote.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    files: BTreeSet<String>,
}

impl Manifest {
    pub(super) fn of<'a>(paths: impl Iterator<Item = &'a String>) -> Self {
        Self { files: paths.cloned().collect() }
    }

    /// Reads it; none where there is none. One that cannot be understood counts as none, so that
    /// nothing is removed on its word.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let path = folder.join(MANIFEST);
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice::<Self>(&bytes).ok().map(Self::only_inside)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
        }
    }

    /// Without paths that lead out of the folder: somebody may have written the file by hand.
    fn only_inside(mut self) -> Self {
        let inside = |path: &str| {
            !path.contains('\\')
                && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
                && !Path::new(path).is_absolute()
                && !path.contains(':')
        };
        self.files.retain(|path| inside(path));
        self
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// The files of both.
    pub(super) fn with(&self, other: &Self) -> Self {
        Self { files: self.files.union(&other.files).cloned().collect() }
    }

    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let path = folder.join(MANIFEST);
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        fs::write(&path, bytes).with_context(|| format!("cannot write `{}`", path.display()))
    }
}
