//! What an earlier build left that is no longer part of the site.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context as _;

use super::existing::Existing;
use super::folders_of;
use super::manifest::Manifest;

/// The files of an earlier build that are not in this one.
#[derive(Default)]
pub(super) struct Leaving {
    /// Those to remove.
    pub(super) files: BTreeSet<String>,
    /// Those that were changed since: they are no longer Recto's, and stay.
    pub(super) kept: Vec<String>,
    /// Folders that contain only what is removed, where a file of this build is to be.
    pub(super) folders: BTreeSet<String>,
}

impl Leaving {
    /// Looks at what an earlier build left. What has become a link or a folder is no longer what it
    /// wrote, nor is anything behind a link.
    pub(super) fn of(target: &Path, before: &Manifest, is_planned: impl Fn(&str) -> bool) -> Self {
        let mut leaving = Self::default();
        for path in before.paths().filter(|path| !is_planned(path)) {
            if folders_of(path).any(|folder| target.join(folder).is_symlink()) {
                continue;
            }
            let Ok(existing @ Existing::File(_)) = Existing::of(target, path) else { continue };
            match before.digest(path) {
                Some(written) if existing.digest() != Some(written) => {
                    leaving.kept.push(path.to_owned());
                }
                _ => {
                    leaving.files.insert(path.to_owned());
                }
            }
        }
        let folders: BTreeSet<&str> =
            leaving.files.iter().flat_map(|path| folders_of(path)).collect();
        let goes = |folder: &&str| is_planned(folder) && leaving.is_all_of(target, folder);
        leaving.folders = folders.into_iter().filter(goes).map(str::to_owned).collect();
        leaving
    }

    /// Whether a folder contains only what is removed.
    fn is_all_of(&self, target: &Path, folder: &str) -> bool {
        let goes = |entry: &walkdir::DirEntry| {
            let below = entry.path().strip_prefix(target).ok().and_then(Path::to_str);
            let below = below.map(|below| below.replace(std::path::MAIN_SEPARATOR, "/"));
            entry.file_type().is_dir() || below.is_some_and(|below| self.files.contains(&below))
        };
        walkdir::WalkDir::new(target.join(folder))
            .into_iter()
            .all(|entry| entry.is_ok_and(|e| goes(&e)))
    }

    /// Removes those files, and the folders that become empty.
    pub(super) fn remove(&self, target: &Path) -> anyhow::Result<()> {
        for path in &self.files {
            let file = target.join(path);
            fs::remove_file(&file)
                .with_context(|| format!("cannot remove `{}`", file.display()))?;
            let mut folders: Vec<&str> = folders_of(path).collect();
            // Fails where another file is left, as it should.
            while let Some(folder) = folders.pop()
                && fs::remove_dir(target.join(folder)).is_ok()
            {}
        }
        Ok(())
    }
}
