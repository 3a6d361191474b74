//! A build in, a folder out. Nothing in the folder changes unless all of the build succeeded, and
//! nothing in it that Recto did not write is ever touched.
//!
//! Each rendered file is compared with what stands in the target. Only what differs goes into a
//! staging folder beside it, and is moved into place at the end. When all that the pages are made
//! from is as it was at the last build, only those files are rendered that are no longer as it wrote
//! them.

#![allow(clippy::disallowed_methods, reason = "writing files is what this module is for")]

mod existing;
mod manifest;
mod staging;
mod target;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, bail};

#[cfg(feature = "pdf")]
use crate::load::read_asset;
#[cfg(feature = "pdf")]
use crate::pages::Size;
#[cfg(feature = "pdf")]
use crate::pdf;
use crate::pipeline::{Build, Output, RenderError};
use crate::plan::case_folded;
use crate::source::Digest;
use existing::Existing;
use manifest::{Manifest, Printed};
use staging::Staging;
use target::refuse_dangerous;
pub use target::{Strangers, Target};

/// What was done to the target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// How many files the site has.
    pub files: usize,
    /// How many were new or different.
    pub written: usize,
    /// How many of an earlier build are gone.
    pub removed: usize,
}

/// Publishes a build. `progress` is called for each file, from several threads.
///
/// # Errors
///
/// When the target is refused, a template fails, or the disk does. The target is then as it was.
pub fn publish(
    build: &Build,
    target: &Target<'_>,
    progress: impl Fn() + Sync,
) -> Result<Published, RenderError<anyhow::Error>> {
    let work = Work::begin(build, target).map_err(RenderError::Taken)?;
    let pdfs = work.print(&progress)?;
    let made_from = made_from(build, &pdfs);
    let is_made_from_the_same = work.before.made_from == Some(made_from);
    let is_wanted = |path: &str| {
        progress();
        Ok(!(is_made_from_the_same && work.is_as_written(path)?))
    };
    build.render_where(is_wanted, |path, output| work.take(path, &output))?;
    work.end(made_from, pdfs).map_err(RenderError::Taken)
}

/// Changes whenever a page or a data file would be another: with the build, with the PDFs, whose
/// sizes the pages say, and with the program, which may be one that somebody is working on.
fn made_from(build: &Build, pdfs: &BTreeMap<String, Printed>) -> Digest {
    let program = std::env::current_exe().and_then(fs::metadata);
    let program = program.map(|data| (data.len(), data.modified().ok()));
    Digest::of(&(build.digest(), pdfs, program.ok()))
}

/// A build on its way into its target.
struct Work<'a> {
    build: &'a Build,
    target: &'a Target<'a>,
    folder: PathBuf,
    /// What an earlier build has left.
    before: Manifest,
    /// The folders of the site that the target has.
    folders: BTreeSet<&'a str>,
    respelled: BTreeSet<String>,
    staging: Staging,
    seen: Mutex<Seen>,
}

/// What is known of the files so far.
#[derive(Default)]
struct Seen {
    /// The paths of what is new or different.
    differing: BTreeSet<String>,
    /// The digests of those that were made.
    digests: BTreeMap<String, Digest>,
}

impl<'a> Work<'a> {
    fn begin(build: &'a Build, target: &'a Target<'a>) -> anyhow::Result<Self> {
        let folder = refuse_dangerous(target)?;
        let before = manifest_of(&folder, target.strangers)?;
        let folders = check_folders(&folder, build, &before)?;
        let staging = Staging::beside(&folder)?;
        let respelled = respelled(build, &before);
        let seen = Mutex::default();
        Ok(Self { build, target, folder, before, folders, respelled, staging, seen })
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn existing(&self, path: &str) -> anyhow::Result<Existing> {
        match path.rsplit_once('/') {
            // Where there is no folder there is no file, and nothing to ask.
            Some((parent, _)) if !self.folders.contains(parent) => Ok(Existing::Nothing),
            _ => Existing::of(&self.folder, path),
        }
    }

    /// Whether a file that an earlier build made is there as it was made. Of one that is copied
    /// along nothing is known: it may have changed where it comes from.
    fn is_as_written(&self, path: &str) -> anyhow::Result<bool> {
        let Some(digest) = self.before.digest(path) else { return Ok(false) };
        let is_there = self.existing(path)?.digest().is_some_and(|there| there == digest);
        if is_there {
            self.seen().digests.insert(path.to_owned(), digest);
        }
        Ok(is_there)
    }

    /// Compares what was made with what is there. What differs waits in the staging folder.
    fn take(&self, path: &str, output: &Output) -> anyhow::Result<()> {
        let existing = self.existing(path)?;
        let is_respelled = self.respelled.contains(path);
        let differs = !existing.equals(output, self.build, self.target.root)? || is_respelled;
        if differs {
            if matches!(existing, Existing::File { .. })
                && !self.before.has(path)
                && !is_respelled
                && self.target.strangers == Strangers::Refuse
            {
                bail!(
                    "`{}` was not written by Recto and is in the way; move it, or replace it with \
                     --force",
                    self.folder.join(path).display()
                );
            }
            self.staging.write(path, output, self.build, self.target.root)?;
        }
        let digest = match output {
            Output::Bytes(bytes) => Some(Digest::of_bytes(bytes)),
            Output::Copy(_) | Output::Pdf(_) => None,
        };
        let mut seen = self.seen();
        seen.digests.extend(digest.map(|digest| (path.to_owned(), digest)));
        if differs {
            seen.differing.insert(path.to_owned());
        }
        Ok(())
    }

    /// Makes the PDFs, one after the other: each uses all processors and much memory. One whose
    /// input did not change is there already.
    #[cfg(feature = "pdf")]
    fn print(
        &self,
        progress: &impl Fn(),
    ) -> Result<BTreeMap<String, Printed>, RenderError<anyhow::Error>> {
        let read = |path: &str| read_asset(self.target.root, path);
        let mut pdfs = BTreeMap::new();
        for (path, edition) in self.build.pdfs() {
            progress();
            let settings = pdf::Settings::of(edition);
            let prepared = pdf::prepare(self.build.making(), edition, settings, &read);
            let prepared = prepared.map_err(RenderError::Taken)?;
            let digest = prepared.digest();
            let known = self.before.pdf(path).filter(|printed| printed.digest == digest);
            let printed = match known {
                Some(known) if self.is_as_written(path).map_err(RenderError::Taken)? => {
                    known.clone()
                }
                _ => {
                    let made = prepared.make().map_err(RenderError::Pdf)?;
                    let printed = Printed { digest, bytes: made.bytes.len(), pages: made.pages };
                    self.take(path, &Output::Bytes(made.bytes)).map_err(RenderError::Taken)?;
                    printed
                }
            };
            let size = Size { bytes: printed.bytes, pages: Some(printed.pages) };
            self.build.set_size(path, size);
            pdfs.insert(path.to_owned(), printed);
        }
        Ok(pdfs)
    }

    /// A program without what makes PDFs plans none.
    #[cfg(not(feature = "pdf"))]
    fn print(
        &self,
        _: &impl Fn(),
    ) -> Result<BTreeMap<String, Printed>, RenderError<anyhow::Error>> {
        Ok(BTreeMap::new())
    }

    /// Moves what was staged into place, and remembers what is there.
    fn end(self, made_from: Digest, pdfs: BTreeMap<String, Printed>) -> anyhow::Result<Published> {
        let Seen { differing, digests } =
            self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let files = self.build.plan.recipes.keys();
        let files = files.map(|path| (path.clone(), digests.get(path).copied())).collect();
        let now = Manifest { made_from: Some(made_from), files, pdfs };
        let changes = Changes { before: &self.before, now: &now, differing: &differing };
        swap(&self.folder, &self.folders, &changes, &self.staging)
    }
}

/// What is to change in the target.
struct Changes<'a> {
    /// What an earlier build has left.
    before: &'a Manifest,
    /// What is to be there.
    now: &'a Manifest,
    /// The paths of what is new or different.
    differing: &'a BTreeSet<String>,
}

/// Refuses a target in which a link or a file stands where a folder is needed, before anything is
/// changed. A file of an earlier build that is about to go is no hindrance. Gives the folders of the
/// site that the target has.
fn check_folders<'b>(
    target: &Path,
    build: &'b Build,
    before: &Manifest,
) -> anyhow::Result<BTreeSet<&'b str>> {
    let mut folders = BTreeSet::new();
    let mut last = "";
    for path in build.plan.recipes.keys() {
        let folder = folder_of(path);
        // Paths are sorted: those of one folder mostly follow each other.
        if folder != last {
            folders.extend(folders_of(path));
            last = folder;
        }
    }
    let mut there = BTreeSet::new();
    for folder in folders {
        let Ok(data) = fs::symlink_metadata(target.join(folder)) else { continue };
        if data.is_dir() {
            there.insert(folder);
        } else if !before.has(folder) || data.is_symlink() {
            bail!("`{}` is in the way: it is not a folder", target.join(folder).display());
        }
    }
    Ok(there)
}

/// The folders in which a path lies, the outermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The folder in which a path lies; nothing for one at the top.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The paths that an earlier build spelled with other capital letters or accents. On a disk that
/// does not tell them apart, removing the old name would remove the new file.
fn respelled(build: &Build, before: &Manifest) -> BTreeSet<String> {
    let old: BTreeSet<String> = before
        .paths()
        .filter(|path| !build.plan.recipes.contains_key(*path))
        .map(case_folded)
        .collect();
    if old.is_empty() {
        return BTreeSet::new();
    }
    let new = build.plan.recipes.keys().filter(|path| !before.has(path));
    new.filter(|path| old.contains(&case_folded(path))).cloned().collect()
}

/// Moves what was staged into place, and removes what an earlier build has left. A folder that the
/// target does not have is moved as a whole.
fn swap(
    folder: &Path,
    folders: &BTreeSet<&str>,
    changes: &Changes<'_>,
    staging: &Staging,
) -> anyhow::Result<Published> {
    let Changes { before, now, differing } = *changes;
    let gone: Vec<&str> = before.paths().filter(|path| !now.has(path)).collect();
    refuse_read_only(folder, differing.iter().map(String::as_str).chain(gone.iter().copied()))?;
    if before != now || !differing.is_empty() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    if !now.paths().eq(before.paths()) {
        // Were this to stop half way, the next build would still know every file as ours.
        before.with(now).write(folder)?;
    }
    for path in &gone {
        remove(folder, path)?;
    }
    let mut moved = None;
    for path in differing {
        if moved.is_some_and(|moved| folders_of(path).any(|of| of == moved)) {
            continue;
        }
        let new = folders_of(path).find(|of| !folders.contains(of));
        moved = new.filter(|new| staging.move_folder_into(folder, new));
        if moved.is_none() {
            staging.move_into(folder, path)?;
        }
    }
    if before != now {
        now.write(folder)?;
    }
    Ok(Published { files: now.paths().count(), written: differing.len(), removed: gone.len() })
}

/// Refuses to begin when a folder in which something is to change cannot be written to: half of
/// the files would be new, and half old.
fn refuse_read_only<'a>(target: &Path, paths: impl Iterator<Item = &'a str>) -> anyhow::Result<()> {
    let folders: BTreeSet<&str> = paths.map(folder_of).collect();
    for folder in folders {
        let folder = target.join(folder);
        if fs::metadata(&folder).is_ok_and(|data| data.permissions().readonly()) {
            bail!("`{}` is read-only", folder.display());
        }
    }
    Ok(())
}

/// What an earlier build has left in the folder. A folder of somebody else is refused.
fn manifest_of(folder: &Path, strangers: Strangers) -> anyhow::Result<Manifest> {
    if let Some(manifest) = Manifest::read(folder)? {
        return Ok(manifest);
    }
    let stranger = folder.is_dir().then(|| fs::read_dir(folder)).transpose()?;
    let stranger = stranger
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .find(|entry| entry.file_name() != ".gitignore");
    if let Some(stranger) = stranger
        && strangers == Strangers::Refuse
    {
        bail!(
            "`{}` holds files that Recto did not write, such as `{}`; name another folder with \
             --out, or publish among them with --force",
            folder.display(),
            stranger.file_name().to_string_lossy()
        );
    }
    Ok(Manifest::default())
}

/// Removes a file of an earlier build, and the folders that are empty without it.
fn remove(target: &Path, path: &str) -> anyhow::Result<()> {
    let mut names: Vec<&str> = path.split('/').collect();
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink());
    let mut folder = target.to_owned();
    for name in &names[..names.len() - 1] {
        folder.push(name);
        if is_link(&folder) {
            return Ok(());
        }
    }
    let file = target.join(path);
    match fs::remove_file(&file) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => {
            return Err(error).with_context(|| format!("cannot remove `{}`", file.display()));
        }
    }
    while names.pop().is_some() && !names.is_empty() {
        // Fails where another file is left, as it should.
        if fs::remove_dir(target.join(names.join("/"))).is_err() {
            break;
        }
    }
    Ok(())
}
