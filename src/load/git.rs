//! A revision of git in, [`Input`] out; read through the program `git`, nothing is checked out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use super::{FOLDERS, is_hidden, is_read, largest, text};
use crate::content::layout::is_font;
use crate::source::{Content, File, Input, LeftOut, LeftOutReason, composed};

/// Whether a folder is in a repository of git, and git can be run.
pub fn is_repository(root: &Path) -> bool {
    said(root, &["rev-parse", "--git-dir"]).is_ok()
}

/// Whether the files of a site differ from the last commit.
///
/// # Errors
///
/// When git cannot be run, or this is not a repository.
pub fn is_changed(root: &Path) -> anyhow::Result<bool> {
    let arguments = [&["status", "--porcelain", "--"][..], &FOLDERS].concat();
    Ok(!said(root, &arguments)?.is_empty())
}

/// The full name of a revision: a branch, a tag, `HEAD~2`.
///
/// # Errors
///
/// When there is none, or this is not a repository. A shallow clone says what is missing.
pub fn commit(root: &Path, revision: &str) -> anyhow::Result<String> {
    // What begins with a dash would be taken for an option.
    let named = format!("{revision}^{{commit}}");
    match said(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &named]) {
        Ok(commit) => Ok(commit.trim().to_owned()),
        Err(_) => bail!("{}", missing(root, revision)),
    }
}

/// The commit from which two revisions went apart.
///
/// # Errors
///
/// When one of them is not there, or they have nothing in common.
pub fn merge_base(root: &Path, one: &str, other: &str) -> anyhow::Result<String> {
    let (one, other) = (commit(root, one)?, commit(root, other)?);
    match said(root, &["merge-base", &one, &other]) {
        Ok(commit) => Ok(commit.trim().to_owned()),
        Err(_) => bail!("{}", missing(root, "the commit that both have in common")),
    }
}

/// What to do where a revision is not there.
fn missing(root: &Path, revision: &str) -> String {
    match said(root, &["rev-parse", "--is-shallow-repository"]) {
        Err(_) => format!("`{}` is not in a git repository", root.display()),
        Ok(shallow) if shallow.trim() == "true" => format!(
            "this clone does not have `{revision}`, because it is shallow; write `fetch-depth: 0` \
             below `actions/checkout`, or run `git fetch --unshallow`"
        ),
        Ok(_) => format!("git knows no revision `{revision}`"),
    }
}

/// What a command of git prints.
fn said(root: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = git(root, arguments).output().context("the program `git` cannot be run")?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn git(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    // A repository may name programs to run; none of these commands needs one.
    command.arg("-C").arg(root).args(["-c", "core.fsmonitor=false", "--no-pager"]);
    // What is not there is not fetched either, which would run programs of the repository's choice.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0");
    command.args(arguments);
    command
}

/// A commit.
pub struct Commit {
    /// Its full name.
    pub hash: String,
    /// When it was made: `2026-11-26`.
    pub day: String,
    /// Who made it.
    pub author: String,
    /// The first line of what its author says about it.
    pub subject: String,
}

/// The commits that changed files below a path, or settings, the newest first.
///
/// # Errors
///
/// When git cannot be run, or this is not a repository.
pub fn log(root: &Path, path: &str, limit: usize) -> anyhow::Result<Vec<Commit>> {
    let limit = format!("-{limit}");
    let format = "--format=%H%x1f%ad%x1f%an%x1f%s%x1e";
    let arguments = [
        "log",
        "--date=short",
        "--no-show-signature",
        format,
        &limit,
        "--",
        path,
        "content/site.yaml",
    ];
    let output = said(root, &arguments).with_context(|| missing(root, "HEAD"))?;
    let commit = |line: &str| {
        let mut facts = line.trim_start_matches('\n').split('\u{1f}').map(str::to_owned);
        Some(Commit {
            hash: facts.next().filter(|hash| !hash.is_empty())?,
            day: facts.next()?,
            author: facts.next()?,
            subject: facts.next()?,
        })
    };
    Ok(output.split('\u{1e}').filter_map(commit).collect())
}

/// A file of a revision.
struct TreeFile {
    path: String,
    object: String,
    size: u64,
}

/// Reads the site in a folder as it was in a revision. Pictures and other files that are only copied
/// are in it by their names.
///
/// # Errors
///
/// When git cannot be run, the revision is not there, or it has no folder `content`.
pub fn load_revision(root: &Path, revision: &str, today: NaiveDate) -> anyhow::Result<Input> {
    let commit = commit(root, revision)?;
    input_of(root, revision, list(root, &commit)?, today)
}

/// The same with one report alone, and the settings and registers.
///
/// # Errors
///
/// When git cannot be run, or the revision or the report is not there.
pub fn load_report(
    root: &Path,
    revision: &str,
    folder: &str,
    today: NaiveDate,
) -> anyhow::Result<Input> {
    let commit = commit(root, revision)?;
    let mut listed = list(root, &commit)?;
    let folder = format!("content/{folder}/");
    listed.retain(|file| file.path.starts_with(&folder) || file.path.ends_with(".yaml"));
    input_of(root, revision, listed, today)
}

fn input_of(
    root: &Path,
    revision: &str,
    listed: Vec<TreeFile>,
    today: NaiveDate,
) -> anyhow::Result<Input> {
    if !listed.iter().any(|file| file.path.starts_with("content/")) {
        bail!("in `{revision}` there is no folder `content`");
    }
    let is_text = |file: &&TreeFile| is_read(&file.path) && file.size <= largest(&file.path);
    let wanted: BTreeSet<&str> =
        listed.iter().filter(is_text).map(|file| file.object.as_str()).collect();
    let texts = contents(root, &wanted)?;
    let file = |file: &TreeFile| {
        let content = match texts.get(&file.object).filter(|_| is_text(&file)) {
            Some(bytes) => text(&file.path, bytes.clone()),
            None => Content::Asset,
        };
        File { path: composed(&file.path).into_owned(), content }
    };
    let files = listed.iter().filter(|file| !is_font(&file.path)).map(file).collect();
    let mut input = Input::new(files, today);
    let too_large =
        listed.iter().filter(|file| is_read(&file.path) && file.size > largest(&file.path));
    input.left_out = too_large
        .map(|file| LeftOut {
            path: file.path.clone(),
            reason: too_large_at(&file.path, file.size),
        })
        .collect();
    Ok(input)
}

fn too_large_at(path: &str, bytes: u64) -> LeftOutReason {
    LeftOutReason::TooLarge { bytes, most: largest(path) }
}

/// Writes the site in a folder as it was in a revision into another folder.
///
/// # Errors
///
/// When git cannot be run, the revision is not there, or a file cannot be written.
pub fn write_revision(root: &Path, revision: &str, to: &Path) -> anyhow::Result<()> {
    let commit = commit(root, revision)?;
    let listed = list(root, &commit)?;
    let wanted: BTreeSet<&str> = listed.iter().map(|file| file.object.as_str()).collect();
    let contents = contents(root, &wanted)?;
    for file in &listed {
        let place = to.join(&file.path);
        let problem = || format!("cannot write `{}`", place.display());
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder).with_context(problem)?;
        }
        let bytes = contents.get(&file.object).map_or(&[][..], Vec::as_slice);
        std::fs::write(&place, bytes).with_context(problem)?;
    }
    Ok(())
}

/// The ordinary files of a site in a commit.
fn list(root: &Path, commit: &str) -> anyhow::Result<Vec<TreeFile>> {
    let arguments = [&["ls-tree", "-r", "-z", "-l", commit, "--"][..], &FOLDERS[..]].concat();
    let output = said(root, &arguments)?;
    let mut files = Vec::new();
    for line in output.split('\0').filter(|line| !line.is_empty()) {
        // "100644 blob 1234… 567\tcontent/site.yaml"; links and submodules have other modes.
        let Some((facts, path)) = line.split_once('\t') else { continue };
        let mut facts = facts.split_whitespace();
        let (mode, _, object, size) = (facts.next(), facts.next(), facts.next(), facts.next());
        let is_file = mode.is_some_and(|mode| mode.starts_with("100"));
        let is_inside = path.split('/').all(|part| part != ".." && !part.is_empty());
        if !is_file || !is_inside || path.split('/').any(is_hidden) {
            continue;
        }
        let (Some(object), Some(size)) = (object, size.and_then(|size| size.parse().ok())) else {
            bail!("git does not have `{path}` of this revision; fetch all of it");
        };
        files.push(TreeFile { path: path.to_owned(), object: object.to_owned(), size });
    }
    Ok(files)
}

/// The bytes of some objects.
fn contents(root: &Path, objects: &BTreeSet<&str>) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut child = git(root, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("the program `git` cannot be run")?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        bail!("git gives nothing");
    };
    let mut contents = BTreeMap::new();
    std::thread::scope(|scope| -> anyhow::Result<()> {
        // Asked for and read at the same time: a pipe holds only some of the answers.
        scope.spawn(move || {
            for object in objects {
                if writeln!(input, "{object}").is_err() {
                    break;
                }
            }
        });
        let mut output = BufReader::with_capacity(1 << 16, output);
        for _ in 0..objects.len() {
            let mut line = String::new();
            output.read_line(&mut line)?;
            // "1234… blob 567", then the bytes and a line end.
            let mut facts = line.split_whitespace();
            let (Some(object), Some("blob"), Some(size)) =
                (facts.next(), facts.next(), facts.next())
            else {
                bail!("git cannot read an object: {}", line.trim());
            };
            let mut bytes = vec![0; size.parse()?];
            output.read_exact(&mut bytes)?;
            output.read_exact(&mut [0])?;
            contents.insert(object.to_owned(), bytes);
        }
        Ok(())
    })?;
    child.wait()?;
    Ok(contents)
}
