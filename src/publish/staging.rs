//! The folder beside the target in which new files wait.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};

/// How the names of staging folders begin.
pub(super) const STAGING: &str = ".recto-staging-";

/// Removes the staging folders of interrupted builds. One younger than an hour may belong to a
/// build that is still running.
fn remove_leftovers(parent: &Path) {
    let is_old = |entry: &fs::DirEntry| {
        let modified = entry.metadata().and_then(|data| data.modified());
        let age = modified.ok().and_then(|time| time.elapsed().ok());
        age.is_some_and(|age| age.as_secs() > 3600)
    };
    let entries = fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(STAGING)) {
        if is_old(&entry) {
            // What cannot be removed does no harm.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The folder beside the target in which new files wait. It is removed when this value is dropped.
pub(super) struct Staging {
    folder: tempfile::TempDir,
}

impl Staging {
    pub(super) fn beside(target: &Path) -> anyhow::Result<Self> {
        let parent = target.parent().unwrap_or(target);
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
        remove_leftovers(parent);
        remove_leftovers(target);
        let make = |place: &Path| tempfile::Builder::new().prefix(STAGING).tempdir_in(place);
        let folder = match make(parent) {
            // The folder above the target need not be ours: a disk may be mounted at the target.
            Err(_) if target.is_dir() => make(target),
            made => made,
        };
        let folder = folder.with_context(|| format!("cannot write to `{}`", parent.display()))?;
        Ok(Self { folder })
    }

    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let to = self.folder.path().join(path);
        let problem = || format!("cannot write `{}`", to.display());
        match fs::write(&to, bytes) {
            // The first file of a folder finds no folder.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                fs::create_dir_all(to.parent().unwrap_or(&to)).with_context(problem)?;
                fs::write(&to, bytes).with_context(problem)
            }
            written => written.with_context(problem),
        }
    }

    pub(super) fn copy(&self, path: &str, mut from: fs::File) -> anyhow::Result<()> {
        // This makes its folder, and a file that is not read-only even if the source is.
        self.write(path, b"")?;
        let problem = || format!("cannot write `{path}`");
        let to = fs::OpenOptions::new().write(true).open(self.folder.path().join(path));
        std::io::copy(&mut from, &mut to.with_context(problem)?).with_context(problem)?;
        Ok(())
    }

    /// Moves a folder that the target does not have, and says whether that was possible: where the
    /// folder has appeared meanwhile, or the target is another file system, the files are moved one
    /// by one.
    pub(super) fn move_folder_into(&self, target: &Path, folder: &str) -> bool {
        make_folders(target, folder).is_ok()
            && fs::rename(self.folder.path().join(folder), target.join(folder)).is_ok()
    }

    pub(super) fn move_into(&self, folder: &Path, path: &str) -> anyhow::Result<()> {
        let to = folder.join(path);
        let from = self.folder.path().join(path);
        let problem = || format!("cannot write `{}`", to.display());
        make_folders(folder, path)?;
        match fs::rename(&from, &to) {
            Ok(()) => Ok(()),
            // The target is another file system, mounted there.
            Err(error) if error.kind() == std::io::ErrorKind::CrossesDevices => {
                fs::copy(&from, &to).map(|_| ()).with_context(problem)
            }
            Err(error) => Err(error).with_context(problem),
        }
    }
}

/// Makes the folders of a path in the target, none of which may be a link out of it.
fn make_folders(target: &Path, path: &str) -> anyhow::Result<()> {
    let mut folder = target.to_owned();
    let Some((folders, _)) = path.rsplit_once('/') else {
        return Ok(());
    };
    for name in folders.split('/') {
        folder.push(name);
        match fs::symlink_metadata(&folder) {
            Ok(data) if data.is_dir() => {}
            Ok(_) => bail!("`{}` is in the way: it is not a folder", folder.display()),
            Err(_) => fs::create_dir(&folder)
                .with_context(|| format!("cannot make the folder `{}`", folder.display()))?,
        }
    }
    Ok(())
}
