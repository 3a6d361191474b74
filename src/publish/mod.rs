//! A build in, a folder out. Nothing in the folder changes unless the whole build succeeded, and
//! files in it that Recto did not write are not touched unless that is asked for.
//!
//! Each rendered file is compared with the one in the target. Only what differs goes into a staging
//! folder beside it, and is moved into place at the end. When everything that the pages are made
//! from is as it was at the last build, only files that are no longer as that build wrote them are
//! rendered.

#![allow(clippy::disallowed_methods, reason = "writing files is what this module is for")]

mod existing;
mod leaving;
mod manifest;
mod staging;
mod target;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, bail};

use crate::load::open_asset;
#[cfg(feature = "pdf")]
use crate::load::read_asset;
#[cfg(feature = "pdf")]
use crate::pages::Size;
#[cfg(feature = "pdf")]
use crate::pdf;
use crate::plan::{Build, Output, RenderError};
use crate::plan::{MANIFEST, Recipe, case_folded};
use crate::source::Digest;
use existing::Existing;
use leaving::Leaving;
use manifest::{Manifest, Printed};
use staging::Staging;
use target::refuse_dangerous;
pub use target::{ForeignFiles, PublishTarget};

/// What was done to the target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// How many files the site has.
    pub files: usize,
    /// How many were new or different.
    pub written: usize,
    /// How many of an earlier build were removed.
    pub removed: usize,
    /// Files of an earlier build that are no longer part of the site, but stay, because they were
    /// changed since.
    pub kept: Vec<String>,
    /// Files that Recto had not written, and that its own have replaced.
    pub replaced: Vec<String>,
}

/// Publishes a build. `progress` is called for each file, from several threads.
///
/// # Errors
///
/// When the target is refused, a template fails, or the disk does. The target is then as it was,
/// unless the disk fails while files are moved into place; the next build makes it whole.
pub fn publish(
    build: &Build,
    target: &PublishTarget<'_>,
    progress: impl Fn() + Sync,
) -> Result<Published, RenderError<anyhow::Error>> {
    let work = Work::begin(build, target).map_err(RenderError::Taken)?;
    let pdfs = work.print(&progress)?;
    // Pages show the sizes of the PDFs.
    let made_from = Digest::of(&(build.digest(), &pdfs));
    let is_made_from_the_same = work.before.made_from == Some(made_from);
    let is_wanted = |path: &str| {
        progress();
        Ok(!(is_made_from_the_same && work.is_as_written(path)?))
    };
    build.render_where(is_wanted, |path, output| work.take(path, &output))?;
    work.end(made_from, pdfs).map_err(RenderError::Taken)
}

/// A build while it is published.
struct Work<'a> {
    build: &'a Build,
    target: &'a PublishTarget<'a>,
    folder: PathBuf,
    /// The manifest of the earlier build.
    before: Manifest,
    /// The folders of the site that the target has.
    folders: BTreeSet<&'a str>,
    respelled: BTreeSet<String>,
    leaving: Leaving,
    staging: Staging,
    seen: Mutex<SeenFiles>,
}

/// What is known about the files so far.
#[derive(Default)]
struct SeenFiles {
    /// The paths of what is new or different.
    differing: BTreeSet<String>,
    /// The paths where a foreign file is to be replaced.
    replaced: Vec<String>,
    /// The digests of those that were made.
    digests: BTreeMap<String, Digest>,
}

impl<'a> Work<'a> {
    fn begin(build: &'a Build, target: &'a PublishTarget<'a>) -> anyhow::Result<Self> {
        let folder = refuse_dangerous(target)?;
        let before = manifest_of(&folder, target.strangers)?;
        let is_planned = |path: &str| build.plan.recipes.contains_key(path);
        let leaving = Leaving::of(&folder, &before, is_planned);
        let folders = check_folders(&folder, build, &leaving)?;
        let staging = Staging::beside(&folder)?;
        let respelled = respelled(build, &before);
        let seen = Mutex::default();
        Ok(Self { build, target, folder, before, folders, respelled, leaving, staging, seen })
    }

    fn seen(&self) -> MutexGuard<'_, SeenFiles> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn existing(&self, path: &str) -> anyhow::Result<Existing> {
        match path.rsplit_once('/') {
            // Without the folder there is no file, so the disk is not asked.
            Some((parent, _)) if !self.folders.contains(parent) => Ok(Existing::Nothing),
            _ if self.leaving.folders.contains(path) => Ok(Existing::Nothing),
            _ => Existing::of(&self.folder, path),
        }
    }

    /// Whether a file that an earlier build made is still as it was made. This does not cover
    /// copied files, whose source may have changed.
    fn is_as_written(&self, path: &str) -> anyhow::Result<bool> {
        let is_copied = matches!(self.build.plan.recipes.get(path), Some(Recipe::Copy(_)));
        let Some(digest) = self.before.digest(path).filter(|_| !is_copied) else {
            return Ok(false);
        };
        let is_there = self.existing(path)?.digest() == Some(digest);
        if is_there {
            self.seen().digests.insert(path.to_owned(), digest);
        }
        Ok(is_there)
    }

    /// Compares what was made with what is there. What differs goes to the staging folder.
    fn take(&self, path: &str, output: &Output) -> anyhow::Result<()> {
        match output {
            Output::Bytes(bytes) => {
                if self.differs(path, Digest::of_bytes(bytes))? {
                    self.staging.write(path, bytes)?;
                }
            }
            Output::Copy(file) => {
                let source = self.build.input.file(*file).path.as_str();
                let problem = || format!("cannot read `{source}`");
                // A link may have taken the place of the file since the site was read.
                let open = || open_asset(self.target.root, source).with_context(problem);
                let digest = Digest::of_reader(open()?.0).with_context(problem)?;
                if self.differs(path, digest)? {
                    self.staging.copy(path, open()?.0)?;
                }
            }
            // They were made before the pages.
            Output::Pdf(_) => {}
        }
        Ok(())
    }

    /// Whether something else is there, or nothing.
    fn differs(&self, path: &str, digest: Digest) -> anyhow::Result<bool> {
        let existing = self.existing(path)?;
        let is_respelled = self.respelled.contains(path);
        let differs = existing.digest() != Some(digest) || is_respelled;
        let replaces = differs
            && matches!(existing, Existing::File(_))
            && !self.before.has(path)
            && !is_respelled;
        if replaces && self.target.strangers == ForeignFiles::Refuse {
            bail!(
                "`{}` was not written by Recto and is in the way; move it, or replace it with \
                 --force",
                self.folder.join(path).display()
            );
        }
        let mut seen = self.seen();
        seen.digests.insert(path.to_owned(), digest);
        if differs {
            seen.differing.insert(path.to_owned());
        }
        if replaces {
            seen.replaced.push(path.to_owned());
        }
        Ok(differs)
    }

    /// Makes the PDFs, one after the other: each uses all processors and much memory. Those whose
    /// input did not change are kept.
    #[cfg(feature = "pdf")]
    fn print(
        &self,
        progress: &impl Fn(),
    ) -> Result<BTreeMap<String, Printed>, RenderError<anyhow::Error>> {
        let read = |path: &str| read_asset(self.target.root, path);
        let mut pdfs = BTreeMap::new();
        let mut wrong = Vec::new();
        for (path, printout) in self.build.pdfs() {
            progress();
            let settings = pdf::PdfSettings::of(printout);
            let prepared = pdf::prepare(self.build.making(printout), printout, settings, &read);
            let prepared = prepared.map_err(RenderError::Taken)?;
            let digest = prepared.digest();
            let known = self.before.pdf(path).filter(|printed| printed.digest == digest);
            let printed = match known {
                Some(known) if self.is_as_written(path).map_err(RenderError::Taken)? => {
                    known.clone()
                }
                _ => {
                    let made = match prepared.make() {
                        Ok(made) => made,
                        Err(diagnostics) => {
                            wrong.extend(diagnostics);
                            continue;
                        }
                    };
                    let printed = Printed { digest, bytes: made.bytes.len(), pages: made.pages };
                    self.take(path, &Output::Bytes(made.bytes)).map_err(RenderError::Taken)?;
                    printed
                }
            };
            let size = Size { bytes: printed.bytes, pages: Some(printed.pages) };
            self.build.set_size(path, size);
            pdfs.insert(path.to_owned(), printed);
        }
        if wrong.is_empty() { Ok(pdfs) } else { Err(RenderError::Pdf(wrong)) }
    }

    /// A program built without PDFs plans none.
    #[cfg(not(feature = "pdf"))]
    fn print(
        &self,
        _: &impl Fn(),
    ) -> Result<BTreeMap<String, Printed>, RenderError<anyhow::Error>> {
        Ok(BTreeMap::new())
    }

    /// Moves what was staged into place, and remembers what is there.
    fn end(self, made_from: Digest, pdfs: BTreeMap<String, Printed>) -> anyhow::Result<Published> {
        let Self { build, folder, before, folders, leaving, staging, seen, .. } = self;
        let SeenFiles { differing, mut replaced, digests } =
            seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let files = build.plan.recipes.keys();
        let files = files.map(|path| (path.clone(), digests.get(path).copied())).collect();
        let now = Manifest { made_from: Some(made_from), files, pdfs };
        let changing = differing.iter().chain(&leaving.files).map(String::as_str);
        refuse_read_only(&folder, changing)?;
        if before != now || !differing.is_empty() {
            fs::create_dir_all(&folder)
                .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        }
        if !now.paths().eq(before.paths()) {
            // If this stops half way, the next build still knows every file as ours.
            before.with(&now).write(&folder)?;
        }
        leaving.remove(&folder)?;
        move_into_place(&folder, &folders, &differing, &staging)?;
        if before != now {
            now.write(&folder)?;
        }
        replaced.sort();
        Ok(Published {
            files: now.files.len(),
            written: differing.len(),
            removed: leaving.files.len(),
            kept: leaving.kept,
            replaced,
        })
    }
}

/// Refuses a target where a link or a file is in the place of a folder, before anything is changed.
/// A file of an earlier build that is about to be removed does not matter. Gives the folders of the
/// site that the target has.
fn check_folders<'b>(
    target: &Path,
    build: &'b Build,
    leaving: &Leaving,
) -> anyhow::Result<BTreeSet<&'b str>> {
    let mut folders = BTreeSet::new();
    let mut last = "";
    for path in build.plan.recipes.keys() {
        let folder = folder_of(path);
        // Paths are sorted, so those of one folder mostly come together.
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
        } else if !leaving.files.contains(folder) {
            bail!("`{}` is in the way: it is not a folder", target.join(folder).display());
        }
    }
    Ok(there)
}

/// The folders of a path, the outermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The folder of a path; empty for one at the top.
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

/// Moves what was staged into place. A folder that the target does not have is moved in one piece.
fn move_into_place(
    target: &Path,
    folders: &BTreeSet<&str>,
    differing: &BTreeSet<String>,
    staging: &Staging,
) -> anyhow::Result<()> {
    let mut moved = None;
    for path in differing {
        if moved.is_some_and(|moved| folders_of(path).any(|of| of == moved)) {
            continue;
        }
        let new = folders_of(path).find(|of| !folders.contains(of));
        moved = new.filter(|new| staging.move_folder_into(target, new));
        if moved.is_none() {
            staging.move_into(target, path)?;
        }
    }
    Ok(())
}

/// Refuses to begin when a folder with changes to make cannot be written to: otherwise half of the
/// files would be new, and half old.
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

/// The manifest of an earlier build in the folder. A folder with foreign files is refused.
fn manifest_of(folder: &Path, strangers: ForeignFiles) -> anyhow::Result<Manifest> {
    if let Some(manifest) = Manifest::read(folder)? {
        return Ok(manifest);
    }
    let stranger = folder.is_dir().then(|| fs::read_dir(folder)).transpose()?;
    let stranger = stranger.into_iter().flatten().filter_map(Result::ok).find(|entry| {
        let name = entry.file_name();
        name != ".gitignore"
            && name != MANIFEST
            && !name.to_string_lossy().starts_with(staging::STAGING)
    });
    if let Some(stranger) = stranger
        && strangers == ForeignFiles::Refuse
    {
        bail!(
            "`{}` has files, such as `{}`, but no `{MANIFEST}` that says which of them Recto \
             wrote; empty it, name another folder with --out, or publish among them with --force, \
             which replaces those in the way",
            folder.display(),
            stranger.file_name().to_string_lossy()
        );
    }
    Ok(Manifest::default())
}
