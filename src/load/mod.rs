//! A folder in, [`Input`] out. The only module that reads the content from disk.

#![allow(clippy::disallowed_methods, reason = "reading files is what this module is for")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::content::layout::{FOLDER, REGISTERS};
use crate::diagnostics::Diagnostic;
use crate::source::{Content, File, Input};

/// The folders of a site, from its root.
pub(crate) const FOLDERS: [&str; 3] = ["content", "fonts", "templates"];

/// The endings of fonts (OpenType, and collections of it).
const FONTS: [&str; 4] = ["otc", "otf", "ttc", "ttf"];

/// The largest font that is read: those of Chinese have 20 MiB.
const LARGEST_FONT: u64 = 64 << 20;

/// The endings of templates, styles and words.
const TEMPLATE_TEXTS: [&str; 6] = ["css", "html", "js", "svg", "typ", "yaml"];

/// The largest Markdown file that is read: a recommendation or page of 170,000 words. The longest
/// report known has less than 2 MiB in all. A parser takes a hundred bytes for a byte of the worst
/// text, so that this also bounds what memory a broken file can take.
const LARGEST_MARKDOWN: u64 = 1 << 20;

/// The largest register, picture or template that is read.
const LARGEST_OTHER: u64 = 16 << 20;

/// Reads a site from its root folder. What is left out is reported.
///
/// # Errors
///
/// When there is no `content` folder, or a file cannot be read.
pub fn load(
    root: &Path,
    today: NaiveDate,
    diagnostics: &mut Vec<Diagnostic>,
) -> anyhow::Result<Input> {
    let is_link = |path: &Path| std::fs::symlink_metadata(path).is_ok_and(|it| it.is_symlink());
    for folder in FOLDERS {
        // What it leads to may lie outside of the site, where `check --fix` would write.
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
    let mut paths = Vec::new();
    for folder in FOLDERS {
        let folder = root.join(folder);
        if folder.is_dir() {
            walk(root, &folder, &mut paths, diagnostics)?;
        }
    }
    let files: Vec<anyhow::Result<File>> =
        paths.into_par_iter().map(|(path, from)| read(path, &from)).collect();
    let mut files: Vec<File> = files.into_iter().collect::<anyhow::Result<_>>()?;
    // Too large to be a text: it is reported where the files are in order.
    files.retain(|file| match too_large(file, root) {
        Some(diagnostic) => {
            diagnostics.push(diagnostic);
            false
        }
        None => true,
    });
    Ok(Input::new(files, today))
}

/// What becomes of an input when some paths have changed.
pub(crate) enum Refreshed {
    /// Nothing of it has changed.
    Nothing,
    /// Some of its files hold something else.
    Files(Input),
    /// There are other files than before: all have to be read.
    Others,
}

impl Refreshed {
    /// Whether a file is empty that was not: it is perhaps being written.
    pub(crate) fn has_emptied(&self, before: &Input) -> bool {
        let Self::Files(input) = self else { return false };
        let pairs = input.files.iter().zip(&before.files);
        pairs.into_iter().any(|(now, before)| {
            matches!(&now.content, Content::Text(text) if text.is_empty())
                && matches!(&before.content, Content::Text(text) if !text.is_empty())
        })
    }
}

/// Reads again what stands at some paths, from the root, and nothing else.
///
/// # Errors
///
/// When a file cannot be read.
pub(crate) fn refresh(
    input: &Input,
    root: &Path,
    paths: &BTreeSet<String>,
) -> anyhow::Result<Refreshed> {
    let mut changed: Vec<(usize, File)> = Vec::new();
    for path in paths {
        let from = root.join(path);
        let data = std::fs::symlink_metadata(&from);
        match (input.find(path), data) {
            (Some(id), Ok(data)) if data.is_file() => {
                let file = read(path.clone(), &from)?;
                if too_large(&file, root).is_some() {
                    return Ok(Refreshed::Others);
                }
                // Bytes that stay on disk may have changed all the same.
                let is_asset = matches!(file.content, Content::Asset);
                if is_asset || file != *input.file(id) {
                    changed.push((id.0 as usize, file));
                }
            }
            // Such as what an editor writes beside a file, and takes away again.
            (None, Err(_)) => {}
            (None, Ok(data)) if data.is_file() && is_hidden_name(path) => {}
            _ => return Ok(Refreshed::Others),
        }
    }
    if changed.is_empty() {
        return Ok(Refreshed::Nothing);
    }
    let mut input = input.clone();
    for (index, file) in changed {
        input.files[index] = file;
    }
    Ok(Refreshed::Files(input))
}

/// Every file below a folder, by its path from the root. Links are not followed: what they lead
/// to may lie outside of the site.
fn walk(
    root: &Path,
    folder: &Path,
    paths: &mut Vec<(String, PathBuf)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> anyhow::Result<()> {
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
    for entry in WalkDir::new(folder).follow_links(false).into_iter().filter_entry(visible) {
        let entry = entry.with_context(|| format!("cannot read `{}`", folder.display()))?;
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        if entry.file_type().is_dir() {
            if relative.extension().is_some_and(|ending| ending == "md") {
                let message = format!("`{}` is a folder, named like a text", relative.display());
                let help = "move the text out of it, or rename the folder";
                diagnostics.push(Diagnostic::site_error("folder-name", message).help(help));
            }
            continue;
        }
        let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
        let Some(path) = parts.map(|parts| parts.join("/")) else {
            let message = format!("the name of `{}` is not UTF-8", relative.display());
            diagnostics.push(Diagnostic::site_error("not-utf8", message).help("rename the file"));
            continue;
        };
        if entry.file_type().is_file() {
            paths.push((path, entry.into_path()));
        } else {
            let message = format!("`{path}` is a link or no ordinary file, and is left out");
            diagnostics.push(
                Diagnostic::site_error("symbolic-link", message)
                    .help("put the file itself in its place"),
            );
        }
    }
    Ok(())
}

/// Files that an operating system, an editor or git keeps for itself.
fn is_hidden(entry: &DirEntry) -> bool {
    is_hidden_name(&entry.file_name().to_string_lossy())
}

/// Whether the last name of a path is one of these.
fn is_hidden_name(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || name == "Thumbs.db"
}

fn read(path: String, from: &Path) -> anyhow::Result<File> {
    let problem = || format!("cannot read `{}`", from.display());
    if is_font(&path) {
        let length = std::fs::metadata(from).with_context(problem)?.len();
        let content = match length {
            0..=LARGEST_FONT => Content::Font(std::fs::read(from).with_context(problem)?.into()),
            _ => Content::Asset,
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
    let content = match String::from_utf8(bytes) {
        Ok(text) => Content::Text(text.into()),
        Err(error) => Content::NotUtf8(Arc::from(error.into_bytes())),
    };
    Ok(File { path, content })
}

/// The most bytes of a file of this name.
fn largest(path: &str) -> u64 {
    if path.ends_with(".md") { LARGEST_MARKDOWN } else { LARGEST_OTHER }
}

/// Whether a file is a font of the site.
fn is_font(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    path.starts_with("fonts/") && FONTS.contains(&ending.as_str())
}

/// Whether Recto reads a file, or only copies it along.
fn is_read(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match path.strip_prefix(FOLDER) {
        // A picture may hold a script, so it is looked into.
        Some(_) if matches!(ending, "md" | "svg") => true,
        // Other YAML files are data that authors publish beside their texts.
        Some(below) => REGISTERS.contains(&below),
        None => TEMPLATE_TEXTS.contains(&ending),
    }
}

/// Reports a text that was too large to be read, and so stands as an asset.
fn too_large(file: &File, root: &Path) -> Option<Diagnostic> {
    if !is_read(&file.path) || !matches!(file.content, Content::Asset) {
        return None;
    }
    let length = std::fs::metadata(root.join(&file.path)).map_or(0, |data| data.len());
    let most = largest(&file.path) >> 20;
    let message = format!("`{}` has {} MiB, and is left out", file.path, length.div_ceil(1 << 20));
    let help = format!("such a file may have {most} MiB; is this a picture or a table?");
    Some(Diagnostic::site_error("file-too-large", message).help(help))
}
