//! A build in, a folder out. Nothing in the folder changes unless all of the build succeeded, and
//! nothing in it that Recto did not write is ever touched.
//!
//! Each rendered file is compared with what stands in the target. Only what differs goes into a
//! staging folder beside it, and is moved into place at the end.

#![allow(clippy::disallowed_methods, reason = "writing files is what this module is for")]

mod manifest;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, bail};

use crate::load::FOLDERS;
#[cfg(feature = "pdf")]
use crate::load::read_asset;
#[cfg(feature = "pdf")]
use crate::pages::Size;
#[cfg(feature = "pdf")]
use crate::pdf;
use crate::pipeline::{Build, Output, RenderError};
use crate::plan::case_folded;
use manifest::{Manifest, Printed};

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

/// Where a site is published.
pub struct Target<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// The root of the site, which the folder must not be or hold.
    pub root: &'a Path,
    /// Whether files that Recto did not write may stand there.
    pub strangers: Strangers,
}

/// What to do about a target with files that Recto did not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strangers {
    /// Refuse it, unless an earlier build has been there.
    Refuse,
    /// Publish among them. A file in the way of one of ours is replaced.
    Allow,
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

/// Refuses to publish into the site itself, or into what holds it.
fn refuse_dangerous(target: &Target<'_>) -> anyhow::Result<PathBuf> {
    let folder = absolute(target.folder)?;
    let root = absolute(target.root)?;
    if root.starts_with(&folder) {
        bail!(
            "`{}` is the folder of the site, or holds it; name another one with --out",
            target.folder.display()
        );
    }
    for own in FOLDERS.into_iter().chain([".git"]) {
        if folder.starts_with(root.join(own)) {
            bail!(
                "`{}` lies in the site's own folder `{own}`; name another one with --out",
                target.folder.display()
            );
        }
    }
    if folder.exists() && !folder.is_dir() {
        bail!("`{}` is a file, not a folder", target.folder.display());
    }
    Ok(folder)
}

/// The path with all links resolved, of which the last parts need not exist yet.
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
                _ => bail!("`{}` is no folder that can be written to", path.display()),
            },
        }
    }
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

/// What stands in the target at a path.
enum Existing {
    Nothing,
    File { path: PathBuf, length: u64 },
}

impl Existing {
    /// Looks at a path. A link in the way is an error: what it leads to is not the target.
    fn of(folder: &Path, path: &str) -> anyhow::Result<Self> {
        let full = folder.join(path);
        let Ok(data) = fs::symlink_metadata(&full) else {
            return Ok(Self::Nothing);
        };
        if !data.is_file() {
            bail!("`{}` is in the way: it is a link or a folder", full.display());
        }
        Ok(Self::File { path: full, length: data.len() })
    }

    fn equals(&self, output: &Output, build: &Build, root: &Path) -> anyhow::Result<bool> {
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

/// How the names of staging folders begin.
const STAGING: &str = ".recto-staging-";

/// Removes the staging folders of builds that were cut off. One younger than an hour may belong
/// to a build that goes on elsewhere.
fn remove_leftovers(parent: &Path) {
    let is_old = |entry: &fs::DirEntry| {
        let modified = entry.metadata().and_then(|data| data.modified());
        let age = modified.ok().and_then(|time| time.elapsed().ok());
        age.is_some_and(|age| age.as_secs() > 3600)
    };
    let entries = fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(STAGING)) {
        if is_old(&entry) {
            // What cannot be removed is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The folder beside the target in which new files wait. It goes away with this value.
struct Staging {
    folder: tempfile::TempDir,
}

impl Staging {
    fn beside(target: &Path) -> anyhow::Result<Self> {
        let parent = target.parent().unwrap_or(target);
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
        remove_leftovers(parent);
        let folder = tempfile::Builder::new()
            .prefix(STAGING)
            .tempdir_in(parent)
            .with_context(|| format!("cannot write to `{}`", parent.display()))?;
        Ok(Self { folder })
    }

    fn write(&self, path: &str, output: &Output, build: &Build, root: &Path) -> anyhow::Result<()> {
        let to = self.folder.path().join(path);
        let problem = || format!("cannot write `{}`", to.display());
        let file = match fs::File::create(&to) {
            // The first file of a folder finds none.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                fs::create_dir_all(to.parent().unwrap_or(&to)).with_context(problem)?;
                fs::File::create(&to)
            }
            file => file,
        };
        let mut file = file.with_context(problem)?;
        match output {
            Output::Pdf(_) => bail!("`{path}` is a PDF, which is made before the pages"),
            Output::Bytes(bytes) => file.write_all(bytes).with_context(problem)?,
            Output::Copy(of) => {
                let source = root.join(&build.input.file(*of).path);
                drop(file);
                fs::copy(&source, &to)
                    .with_context(|| format!("cannot copy `{}`", source.display()))?;
            }
        }
        Ok(())
    }

    /// Moves a folder that the target does not have to it. Says whether that could be done: where
    /// somebody has made the folder meanwhile, or the target is a file system of its own, its files
    /// are moved one by one.
    fn move_folder_into(&self, target: &Path, folder: &str) -> bool {
        make_folders(target, folder).is_ok()
            && fs::rename(self.folder.path().join(folder), target.join(folder)).is_ok()
    }

    fn move_into(&self, folder: &Path, path: &str) -> anyhow::Result<()> {
        let to = folder.join(path);
        let from = self.folder.path().join(path);
        let problem = || format!("cannot write `{}`", to.display());
        make_folders(folder, path)?;
        match fs::rename(&from, &to) {
            Ok(()) => Ok(()),
            // The target is a file system of its own, mounted there.
            Err(error) if error.kind() == std::io::ErrorKind::CrossesDevices => {
                fs::copy(&from, &to).map(|_| ()).with_context(problem)
            }
            Err(error) => Err(error).with_context(problem),
        }
    }
}

/// Makes the folders of a path below the target, none of which may be a link out of it.
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
