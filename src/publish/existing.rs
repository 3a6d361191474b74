//! What stands in the target already.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::pipeline::{Build, Output};
use crate::source::Digest;

/// What stands in the target at a path.
pub(super) enum Existing {
    Nothing,
    File { path: PathBuf, length: u64 },
}

impl Existing {
    /// Looks at a path. A link in the way is an error: what it leads to is not the target.
    pub(super) fn of(folder: &Path, path: &str) -> anyhow::Result<Self> {
        let full = folder.join(path);
        let Ok(data) = fs::symlink_metadata(&full) else {
            return Ok(Self::Nothing);
        };
        if !data.is_file() {
            bail!("`{}` is in the way: it is a link or a folder", full.display());
        }
        Ok(Self::File { path: full, length: data.len() })
    }

    /// The digest of what is there; none where nothing is that can be read.
    pub(super) fn digest(&self) -> Option<Digest> {
        let Self::File { path, .. } = self else { return None };
        Digest::of_reader(fs::File::open(path).ok()?).ok()
    }

    pub(super) fn equals(
        &self,
        output: &Output,
        build: &Build,
        root: &Path,
    ) -> anyhow::Result<bool> {
        let Self::File { path, length } = self else {
            return Ok(false);
        };
        match output {
            Output::Pdf(_) => Ok(false),
            Output::Bytes(bytes) => {
                Ok(*length == bytes.len() as u64 && holds(path, bytes).unwrap_or(false))
            }
            Output::Copy(file) => {
                let source = root.join(&build.input.file(*file).path);
                let data = fs::metadata(&source)
                    .with_context(|| format!("cannot read `{}`", source.display()))?;
                Ok(*length == data.len() && same_bytes(path, &source)?)
            }
        }
    }
}

/// Whether a file holds these bytes, read piece by piece: memory need not hold them twice.
fn holds(path: &Path, mut bytes: &[u8]) -> std::io::Result<bool> {
    let mut file = fs::File::open(path)?;
    let mut piece = [0; 1 << 14];
    loop {
        let length = file.read(&mut piece)?;
        match bytes.split_at_checked(length) {
            Some((same, rest)) if length > 0 && *same == piece[..length] => bytes = rest,
            _ => return Ok(length == 0 && bytes.is_empty()),
        }
    }
}

/// Whether two files hold the same, read piece by piece: pictures and films can be large.
fn same_bytes(a: &Path, b: &Path) -> anyhow::Result<bool> {
    let open = |path: &Path| {
        fs::File::open(path)
            .map(std::io::BufReader::new)
            .with_context(|| format!("cannot read `{}`", path.display()))
    };
    let (mut a, mut b) = (open(a)?, open(b)?);
    let (mut of_a, mut of_b) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let length = a.read(&mut of_a)?;
        if length == 0 {
            return Ok(true);
        }
        b.read_exact(&mut of_b[..length])?;
        if of_a[..length] != of_b[..length] {
            return Ok(false);
        }
    }
}
