//! A folder in, [`Input`](crate::source::Input) out. The only module that reads the content from disk.

#![allow(clippy::disallowed_methods, reason = "reading files is what this module is for")]

pub mod git;
mod pictures;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::content::layout::{LARGEST_FONT, REGISTERS, is_font};
use crate::content::markdown::with_tables_apart;
use crate::source::{
    CONTENT, Content, File, Input, LeftOut, LeftOutReason, PORTFOLIO, as_written, composed,
    has_lone_return,
};

/// The folders of a site, from its root.
pub(crate) const FOLDERS: [&str; 4] = ["content", "fonts", "portfolio", "templates"];

/// The endings of templates, styles and words.
const TEMPLATE_TEXTS: [&str; 6] = ["css", "html", "js", "svg", "typ", "yaml"];

/// The largest Markdown file that is read: a recommendation or page of 170,000 words. The longest
/// known report has less than 2 MiB in all. For the worst text a parser takes a hundred bytes of
/// memory per byte, so this also bounds the memory that a broken file can take.
const LARGEST_MARKDOWN: u64 = 1 << 20;

/// The largest register, picture or template that is read.
const LARGEST_OTHER: u64 = 16 << 20;

/// The largest file of data of another site that is read: some 50,000 recommendations.
const LARGEST_DATA: u64 = 64 << 20;

/// Reads a site from its root folder.
///
/// # Errors
///
/// When there is no `content` folder, or a file cannot be read.
pub fn load(root: &Path, today: NaiveDate) -> anyhow::Result<Input> {
    let is_link = |path: &Path| std::fs::symlink_metadata(path).is_ok_and(|it| it.is_symlink());
    for folder in FOLDERS {
        // It may lead outside the site, and `check --fix` would write there.
        if is_link(&root.join(folder)) {
            bail!("`{folder}` is a link; put the folder itself in its place");
        }
    }
    if !root.join("content").is_dir() {
        bail!(
            "there is no folder `content` in `{}`; run this in the folder of a site, name it \
             with --root, or start one with `recto init`",
            root.display()
        );
    }
    let (mut paths, mut left_out) = (Vec::new(), Vec::new());
    for folder in FOLDERS {
        let folder = root.join(folder);
        if folder.is_dir() {
            walk(root, &folder, &mut paths, &mut left_out)?;
        }
    }
    // The order of a folder is that of the disk.
    paths.sort();
    compose(&mut paths);
    let faults = paths.par_iter();
    let faults =
        faults.filter_map(|(path, from)| Some((path.clone(), pictures::fault(path, from)?)));
    let picture_faults = faults.collect::<BTreeMap<_, _>>();
    let files: Vec<anyhow::Result<File>> =
        paths.into_par_iter().map(|(path, from)| read(path, &from)).collect();
    let mut files: Vec<File> = files.into_iter().collect::<anyhow::Result<_>>()?;
    files.retain(|file| match too_large(file, root) {
        Some(too_large) => {
            left_out.push(too_large);
            false
        }
        None => true,
    });
    left_out.sort_by(|a, b| a.path.cmp(&b.path));
    let mut input = Input::new(files, today);
    input.left_out = left_out;
    input.picture_faults = picture_faults;
    Ok(input)
}

/// What has to be read again after some paths have changed.
#[derive(Debug)]
pub enum Reread {
    /// Nothing: the files of the site are as they were.
    Nothing,
    /// Some files, which have been read: the input with their new content.
    Files(Input),
    /// Everything: files or folders were added, removed, or changed their kind.
    Everything,
}

/// Reads again the files of an input at the changed paths, and looks at no others, so that a change
/// costs the same in a site of any size.
///
/// # Errors
///
/// When a file cannot be read.
pub fn again(root: &Path, before: &Input, changed: &BTreeSet<String>) -> anyhow::Result<Reread> {
    let mut differing = Vec::new();
    for path in changed {
        let on_disk = path;
        let path = &composed(path).into_owned();
        if path.split('/').any(is_hidden) {
            continue;
        }
        if let Some(id) = before.find(path) {
            let Some(from) = own_file(root, path) else { return Ok(Reread::Everything) };
            let file = read(path.clone(), &from)?;
            let fault = pictures::fault(path, &from);
            if fault.as_ref() != before.picture_faults.get(path) {
                return Ok(Reread::Everything);
            }
            if is_read(path) && file.content == Content::Asset {
                return Ok(Reread::Everything);
            }
            // The former content of a file that is only copied is not known.
            if file.content == Content::Asset || file != *before.file(id) {
                differing.push((id, file));
            }
            continue;
        }
        let is_there = std::fs::symlink_metadata(root.join(on_disk)).ok();
        match (is_there, has_folder(before, path)) {
            // A temporary file of an editor.
            (None, false) => {}
            // A folder changes with each of its files, which are among the changed paths.
            (Some(data), true) if data.is_dir() => {}
            _ => return Ok(Reread::Everything),
        }
    }
    if differing.is_empty() {
        return Ok(Reread::Nothing);
    }
    let mut input = before.clone();
    for (id, file) in differing {
        input.replace(id, file);
    }
    Ok(Reread::Files(input))
}

/// Whether files of an input are below a path.
fn has_folder(input: &Input, path: &str) -> bool {
    let below = format!("{path}/");
    let after = input.files.partition_point(|file| file.path < below);
    input.files.get(after).is_some_and(|file| file.path.starts_with(&below))
}

/// Where a file of a site is, if it is an ordinary one that no link leads to: it may have been
/// replaced since the site was read.
fn own_file(root: &Path, path: &str) -> Option<PathBuf> {
    let mut place = root.to_owned();
    for part in path.split('/') {
        let named = place.join(part);
        place = match named.symlink_metadata() {
            Ok(_) => named,
            Err(_) => otherwise_accented(&place, part)?,
        };
        // It may lead outside the site.
        if place.symlink_metadata().ok()?.is_symlink() {
            return None;
        }
    }
    place.is_file().then_some(place)
}

/// The file of a folder whose name differs only in how its accents are written: in the [`Input`] they
/// are composed.
fn otherwise_accented(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut entries = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let is_it = |entry: &std::fs::DirEntry| {
        entry.file_name().to_str().is_some_and(|other| composed(other) == name)
    };
    entries.find(is_it).map(|entry| entry.path())
}

/// Opens a file that is only copied, by its path in the [`Input`], and gives its length. None when
/// something else, such as a link, is there now.
pub fn open_asset(root: &Path, path: &str) -> Option<(std::fs::File, u64)> {
    let file = std::fs::File::open(own_file(root, path)?).ok()?;
    let data = file.metadata().ok().filter(std::fs::Metadata::is_file)?;
    // It may have been replaced again between the check and the opening.
    own_file(root, path)?;
    Some((file, data.len()))
}

/// Reads a file that is only copied, by its path in the [`Input`].
///
/// # Errors
///
/// When it cannot be read, or something else, such as a link, is there now.
pub fn read_asset(root: &Path, path: &str) -> anyhow::Result<Vec<u8>> {
    let problem = || format!("cannot read `{path}`");
    let (mut file, length) = open_asset(root, path).with_context(problem)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.read_to_end(&mut bytes).with_context(problem)?;
    Ok(bytes)
}

/// Replaces the text of a file that was read, completely or not at all.
///
/// # Errors
///
/// When the file was changed after it was read, is something else now, or cannot be written.
pub fn replace(root: &Path, file: &File, text: &str) -> anyhow::Result<()> {
    let path = &file.path;
    let problem = || format!("cannot write `{path}`");
    let place = own_file(root, path).with_context(problem)?;
    let folder = place.parent().unwrap_or(root);
    let disk = || std::fs::read(&place).with_context(problem);
    // What Recto put into the text is not for the file; what the author has there is.
    let is_plain = !has_lone_return(&String::from_utf8_lossy(&disk()?));
    let text = if is_plain { as_written(text) } else { text.into() };
    let mut new = tempfile::NamedTempFile::new_in(folder).with_context(problem)?;
    new.write_all(text.as_bytes()).with_context(problem)?;
    let permissions = std::fs::metadata(&place).with_context(problem)?.permissions();
    new.as_file().set_permissions(permissions).with_context(problem)?;
    // Checked just before the replacement: an author may be writing at the same time.
    if self::text(path, disk()?) != file.content {
        bail!("`{path}` was changed during the check, and is left as it is; run the command again");
    }
    new.persist(&place).with_context(problem)?;
    Ok(())
}

/// Every file below a folder, by its path from the root. Links are not followed: they may lead
/// outside the site.
fn walk(
    root: &Path,
    folder: &Path,
    paths: &mut Vec<(String, PathBuf)>,
    left_out: &mut Vec<LeftOut>,
) -> anyhow::Result<()> {
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy());
    for entry in WalkDir::new(folder).follow_links(false).into_iter().filter_entry(visible) {
        let entry = entry.with_context(|| format!("cannot read `{}`", folder.display()))?;
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
        let Some(path) = parts.map(|parts| parts.join("/")) else {
            if !entry.file_type().is_dir() {
                let path = relative.display().to_string();
                left_out.push(LeftOut { path, reason: LeftOutReason::NameNotUtf8 });
            }
            continue;
        };
        if entry.file_type().is_file() {
            paths.push((path, entry.into_path()));
        } else if !entry.file_type().is_dir() {
            left_out.push(LeftOut { path, reason: LeftOutReason::Link });
        } else if relative.extension().is_some_and(|ending| ending == "md") {
            left_out.push(LeftOut { path, reason: LeftOutReason::FolderNamedLikeText });
        }
    }
    Ok(())
}

/// Composes the accents of paths, unless another file has that path already.
fn compose(paths: &mut [(String, PathBuf)]) {
    let mut known: BTreeSet<String> = paths.iter().map(|(path, _)| path.clone()).collect();
    for (path, _) in paths {
        let composed = composed(path).into_owned();
        if composed != *path && known.insert(composed.clone()) {
            *path = composed;
        }
    }
}

/// Endings of copies and temporary files that editors, Office, git and browsers leave behind.
const LEFT_BEHIND: [&str; 9] =
    [".bak", ".crdownload", ".orig", ".part", ".rej", ".swo", ".swp", ".tmp", "~"];

/// Files of that kind that have a fixed name.
const SYSTEM_FILES: [&str; 4] = ["desktop.ini", "ehthumbs.db", "icon\r", "thumbs.db"];

/// Whether a name is that of a file that an operating system, an editor, Office, git or a browser has
/// left there, or keeps for itself.
pub(crate) fn is_hidden(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || lower.starts_with("~wrl")
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
        || LEFT_BEHIND.iter().any(|ending| lower.ends_with(ending))
        || SYSTEM_FILES.contains(&lower.as_str())
}

fn read(path: String, from: &Path) -> anyhow::Result<File> {
    let problem = || format!("cannot read `{}`", from.display());
    if is_font(&path) {
        let length = std::fs::metadata(from).with_context(problem)?.len();
        // A larger one is reported with the PDFs, which need it.
        let content = match length <= LARGEST_FONT << 20 {
            true => Content::Font(std::fs::read(from).with_context(problem)?.into()),
            false => Content::Asset,
        };
        return Ok(File { path, content });
    }
    if !is_read(&path) {
        return Ok(File { path, content: Content::Asset });
    }
    let length = std::fs::metadata(from).with_context(problem)?.len();
    if length > largest(&path) {
        return Ok(File { path, content: Content::Asset });
    }
    let bytes = std::fs::read(from).with_context(problem)?;
    let content = text(&path, bytes);
    Ok(File { path, content })
}

/// What the bytes of a file that Recto reads are to it.
fn text(path: &str, bytes: Vec<u8>) -> Content {
    match String::from_utf8(bytes) {
        Ok(text) if path.ends_with(".md") => Content::Text(with_tables_apart(text).into()),
        Ok(text) => Content::Text(text.into()),
        Err(error) => Content::NotUtf8(Arc::from(error.into_bytes())),
    }
}

/// The most bytes of a file of this name.
fn largest(path: &str) -> u64 {
    match path.rsplit_once('.') {
        Some((_, "md")) => LARGEST_MARKDOWN,
        Some((_, "json")) => LARGEST_DATA,
        _ => LARGEST_OTHER,
    }
}

/// Whether Recto reads a file, or only copies it.
fn is_read(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match path.strip_prefix(CONTENT) {
        // An SVG picture may contain a script, so it is read.
        Some(_) if matches!(ending, "md" | "svg") => true,
        // Other YAML files are data that authors publish beside their texts.
        Some(below) => REGISTERS.contains(&below),
        None if path.starts_with(PORTFOLIO) => ending == "json",
        None => TEMPLATE_TEXTS.contains(&ending),
    }
}

/// Reports a text that was too large to read, and so was taken for a file to copy.
fn too_large(file: &File, root: &Path) -> Option<LeftOut> {
    if !is_read(&file.path) || !matches!(file.content, Content::Asset) {
        return None;
    }
    let place = own_file(root, &file.path)?;
    let bytes = std::fs::metadata(place).map_or(0, |data| data.len());
    let reason = LeftOutReason::TooLarge { bytes, most: largest(&file.path) };
    Some(LeftOut { path: file.path.clone(), reason })
}
