//! A build in, a folder out. Nothing in the folder changes unless all of the build succeeded, and
//! nothing in it that Recto did not write is ever touched.
//!
//! Each rendered file is compared with what stands in the target. Only what differs goes into a
//! staging folder beside it, and is moved into place at the end.

#![allow(clippy::disallowed_methods, reason = "writing files is what this module is for")]

mod existing;
mod manifest;
mod staging;
mod target;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, bail};

#[cfg(feature = "pdf")]
use crate::load::read_asset;
#[cfg(feature = "pdf")]
use crate::pages::Size;
#[cfg(feature = "pdf")]
use crate::pdf;
use crate::pipeline::{Build, Output, RenderError};
use crate::plan::case_folded;
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
    let folder = refuse_dangerous(target).map_err(RenderError::Taken)?;
    let before = manifest_of(&folder, target.strangers).map_err(RenderError::Taken)?;
    let folders = check_folders(&folder, build, &before).map_err(RenderError::Taken)?;
    let staging = Staging::beside(&folder).map_err(RenderError::Taken)?;
    let respelled = respelled(build, &before);
    let differing: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let take = |path: &str, output: Output| -> anyhow::Result<()> {
        progress();
        // Where there is no folder there is no file, and nothing to ask.
        let existing = match path.rsplit_once('/') {
            Some((parent, _)) if !folders.contains(parent) => Existing::Nothing,
            _ => Existing::of(&folder, path)?,
        };
        if existing.equals(&output, build, target.root)? && !respelled.contains(path) {
            return Ok(());
        }
        if matches!(existing, Existing::File { .. })
            && !before.has(path)
            && !respelled.contains(path)
            && target.strangers == Strangers::Refuse
        {
            bail!(
                "`{}` was not written by Recto and is in the way; move it, or replace it with \
                 --force",
                folder.join(path).display()
            );
        }
        staging.write(path, &output, build, target.root)?;
        differing.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        Ok(())
    };
    let pdfs = print(build, target.root, &folder, &before, &take)?;
    build.render_all(take)?;
    let now = Manifest::of(build.plan.recipes.keys(), pdfs);
    let differing = differing.into_inner().unwrap_or_else(PoisonError::into_inner);
    let changes = Changes { before: &before, now: &now, differing: &differing };
    swap(&folder, &folders, &changes, &staging).map_err(RenderError::Taken)
}

/// Makes the PDFs, one after the other: each uses all processors and much memory. One whose input
/// did not change is there already.
#[cfg(feature = "pdf")]
fn print(
    build: &Build,
    root: &Path,
    folder: &Path,
    before: &Manifest,
    take: &impl Fn(&str, Output) -> anyhow::Result<()>,
) -> Result<BTreeMap<String, Printed>, RenderError<anyhow::Error>> {
    let read = |path: &str| read_asset(root, path);
    let mut pdfs = BTreeMap::new();
    for (path, edition) in build.pdfs() {
        let prepared = pdf::prepare(build.making(), edition, pdf::Settings::of(edition), &read);
        let prepared = prepared.map_err(RenderError::Taken)?;
        let digest = prepared.digest();
        let is_there = |printed: &&Printed| {
            let existing = Existing::of(folder, path);
            let length = printed.bytes as u64;
            printed.digest == digest
                && matches!(existing, Ok(Existing::File { length: there, .. }) if there == length)
        };
        let printed = match before.pdf(path).filter(is_there) {
            Some(printed) => printed.clone(),
            None => {
                let made = prepared.make().map_err(RenderError::Pdf)?;
                let printed = Printed { digest, bytes: made.bytes.len(), pages: made.pages };
                take(path, Output::Bytes(made.bytes)).map_err(RenderError::Taken)?;
                printed
            }
        };
        build.set_size(path, Size { bytes: printed.bytes, pages: Some(printed.pages) });
        pdfs.insert(path.to_owned(), printed);
    }
    Ok(pdfs)
}

/// A program without what makes PDFs plans none.
#[cfg(not(feature = "pdf"))]
fn print(
    _: &Build,
    _: &Path,
    _: &Path,
    _: &Manifest,
    _: &impl Fn(&str, Output) -> anyhow::Result<()>,
) -> Result<BTreeMap<String, Printed>, RenderError<anyhow::Error>> {
    Ok(BTreeMap::new())
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
    if before != now {
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
