//! What is already in the target.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::source::Digest;

/// What is in the target at a path.
pub(super) enum Existing {
    Nothing,
    File(PathBuf),
}

impl Existing {
    /// Looks at a path. A link in the way is an error: it leads elsewhere.
    pub(super) fn of(folder: &Path, path: &str) -> anyhow::Result<Self> {
        let full = folder.join(path);
        let Ok(data) = fs::symlink_metadata(&full) else {
            return Ok(Self::Nothing);
        };
        if !data.is_file() {
            bail!("`{}` is in the way: it is a link or a folder; move it away", full.display());
        }
        Ok(Self::File(full))
    }

    /// The digest of what is there; none where nothing can be read.
    pub(super) fn digest(&self) -> Option<Digest> {
        let Self::File(path) = self else { return None };
        Digest::of_reader(fs::File::open(path).ok()?).ok()
    }
}
