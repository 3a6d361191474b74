//! Each folder under `tests/cases` is a small site, with what is expected of it.
//!
//! `expected/diagnostics.txt` has the diagnostics, a line each; `expected/paths.txt`, in cases about
//! addresses, has the paths of the output except those that every site has. Any other file is
//! compared with the output at its path: a page by its `<main>`, unless the expected file is a whole
//! page. `UPDATE=1 cargo test` writes them all again; to compare one more path, make an empty file
//! for it first.

use std::path::{Path, PathBuf};

use recto::assemble::Options;
use recto::content::Drafts;
use recto::plan::Build;
use recto::source::{File, Input};

use crate::site::{build_of, concise, project, rendered};
use crate::{html, properties};

/// The folders of all cases.
pub(crate) fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(project().join("tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

#[test]
fn every_case_is_as_expected() {
    let mut failures = Vec::new();
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        // A case with this name shows drafts with and without the flag.
        let drafts = match name.ends_with("-with-drafts") {
            true => Drafts::Include,
            false => Drafts::LeaveOut,
        };
        let build = build_of(&folder, Options { drafts, ..Options::default() });
        for path in expected_files(&folder) {
            let expected_at = folder.join("expected").join(&path);
            let expected = std::fs::read_to_string(&expected_at).unwrap_or_default();
            let found = found(&build, &path, &expected);
            if std::env::var_os("UPDATE").is_some() {
                std::fs::create_dir_all(expected_at.parent().unwrap()).unwrap();
                std::fs::write(&expected_at, found).unwrap();
            } else if expected != found {
                failures.push(format!("{name}: {path}\n{}", difference(&expected, &found)));
            }
        }
        properties::hold(&build, &name);
    }
    assert!(failures.is_empty(), "{}\nUPDATE=1 accepts what was found", failures.join("\n"));
}

fn expected_files(folder: &Path) -> Vec<String> {
    let mut files = vec!["diagnostics.txt".to_owned()];
    let expected = folder.join("expected");
    if expected.is_dir() {
        let more = crate::site::files_below(&expected).into_iter().map(|(path, _)| path);
        files.extend(more.filter(|path| path != "diagnostics.txt"));
    }
    files
}

/// The paths of a site but those that it would have without any text.
fn paths(build: &Build) -> String {
    let is_setting = |file: &File| file.path.ends_with(".yaml");
    let settings = build.input.files.iter().filter(|file| is_setting(file)).cloned();
    let input = Input::new(settings.collect(), build.input.today);
    let empty = recto::pipeline::build(input, Options::default(), None);
    let paths = build.plan.recipes.keys();
    let own = paths.filter(|path| !empty.plan.recipes.contains_key(*path));
    own.map(|path| format!("{path}\n")).collect()
}

fn found(build: &Build, path: &str, expected: &str) -> String {
    match path {
        "diagnostics.txt" => concise(build),
        "paths.txt" => paths(build),
        page if page.ends_with(".html") && !expected.starts_with("<!doctype") => {
            html::main_of(&rendered(build, page))
        }
        path => rendered(build, path),
    }
}

/// The lines that differ, with what was expected before what was found.
fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), found.lines().collect());
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let show = |lines: &[&str], mark: &str| -> String {
        lines.iter().skip(same).take(8).map(|line| format!("  {mark} {line}\n")).collect()
    };
    format!("  from line {}:\n{}{}", same + 1, show(&expected, "-"), show(&found, "+"))
}
