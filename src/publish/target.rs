//! Where a site is published, and where it must not be.

use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::load::FOLDERS;

/// Where a site is published.
pub struct PublishTarget<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// The root of the site, which the folder must not be or contain.
    pub root: &'a Path,
    /// Whether files that Recto did not write may be there.
    pub strangers: ForeignFiles,
}

/// What to do about a target with files that Recto did not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignFiles {
    /// Refuse it, unless it has an earlier build.
    Refuse,
    /// Publish among them. A file in the way of one of ours is replaced.
    Allow,
}

/// Refuses to publish into the site itself, or into a folder that contains it.
pub(super) fn refuse_dangerous(target: &PublishTarget<'_>) -> anyhow::Result<PathBuf> {
    let folder = absolute(target.folder)?;
    let root = absolute(target.root)?;
    if root.starts_with(&folder) {
        bail!(
            "`{}` is the folder of the site, or contains it; name another one with --out",
            target.folder.display()
        );
    }
    for own in FOLDERS.into_iter().chain([".git"]) {
        if folder.starts_with(root.join(own)) {
            bail!(
                "`{}` is in the site's own folder `{own}`; name another one with --out",
                target.folder.display()
            );
        }
    }
    if folder.exists() && !folder.is_dir() {
        bail!("`{}` is a file, not a folder", target.folder.display());
    }
    Ok(folder)
}

/// The path with all links resolved; its last parts need not exist yet.
fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    let mut missing = Vec::new();
    let mut existing = std::path::absolute(path)?;
    loop {
        match existing.canonicalize() {
            Ok(mut canonical) => {
                canonical.extend(missing.iter().rev());
                return Ok(canonical);
            }
            Err(_) => match (existing.file_name(), existing.parent()) {
                (Some(name), Some(parent)) => {
                    missing.push(name.to_owned());
                    existing = parent.to_owned();
                }
                _ => bail!("`{}` is not a folder that can be written to", path.display()),
            },
        }
    }
}
