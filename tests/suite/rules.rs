//! The documentation of every code is also its test: what it shows as wrong is reported, and what
//! it shows as right is not.
//!
//! `tests/checks/<code>.md` is the manual's page of a code, with what Recto says about the wrong
//! lines. `UPDATE=1 cargo test` writes them again.
//!
//! An example is a few lines of a recommendation that is otherwise right: keys, and after a blank
//! line a text that replaces its own. `# no KEY` removes a key. A line `# content/…` begins another
//! file.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use recto::assemble::Options;
use recto::checks::CHECKS;
use recto::diagnostics::{Diagnostic, Listing, RENDERERS, Rule};
use recto::pipeline::build;
use recto::rules::rules;
use recto::source::{Content, File, Input};

use crate::site::{Scratch, build_of, files_below, project, today, without_pdfs};

/// These need what a folder in git cannot have, or no `site.yaml`: other tests show them.
const NO_EXAMPLE: [&str; 14] = [
    "changed-without-trace",
    "broken-address",
    "moved-address",
    "blocked-address",
    "unreachable-address",
    "missing-site-yaml",
    "not-utf8",
    "symbolic-link",
    "folder-name",
    "file-too-large",
    "broken-picture",
    "pdf-error",
    "unreadable-font",
    "yaml-too-long",
];

const RECOMMENDATION: [(&str, &str); 6] = [
    ("number", "1"),
    ("title", "Publish the list"),
    ("response", "accepted"),
    ("responsible", "Registry"),
    ("deadline", "2021-03-31"),
    ("status", "in progress"),
];

const TEXT: &str = "\n## Recommendation\n\nThe list should be published.\n\n\
                    ## Management response\n\nAccepted.\n\n\
                    ## Progress\n\nA first list was drafted.\n";

#[test]
fn every_code_is_explained_and_its_examples_are_what_they_say() {
    let mut failures = Vec::new();
    let clean = reported("status: in progress").1;
    assert!(clean.is_empty(), "the recommendation of the examples is right: {clean:?}");
    for rule in rules() {
        for (index, right) in rule.right.iter().enumerate() {
            let (text, found) = reported(right);
            if found.iter().any(|d| d.code() == rule.code) {
                failures.push(format!("{}: right example {index}: {text}", rule.code));
            }
        }
        for (index, wrong) in rule.wrong.iter().enumerate() {
            let (text, found) = reported(wrong);
            match found.iter().find(|d| d.code() == rule.code) {
                None => failures.push(format!("{}: wrong example {index}: {text}", rule.code)),
                Some(found) if found.severity != rule.severity => {
                    failures.push(format!("{} is reported as another severity", rule.code));
                }
                Some(_) => {}
            }
        }
        let page = project().join("tests/checks").join(format!("{}.md", rule.code));
        let expected = page_of(rule);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(page.parent().unwrap()).unwrap();
            std::fs::write(page, expected).unwrap();
        } else if std::fs::read_to_string(&page).ok() != Some(expected) {
            failures.push(format!("tests/checks/{}.md is out of date: UPDATE=1", rule.code));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_code_has_its_page_and_every_page_its_code() {
    let codes: BTreeSet<String> = rules().iter().map(|rule| format!("{}.md", rule.code)).collect();
    assert_eq!(codes.len(), rules().len(), "a code occurs twice");
    if std::env::var_os("UPDATE").is_some() {
        // The other test is writing them at this moment.
        return;
    }
    let pages = files_below(&project().join("tests/checks")).into_iter().map(|(path, _)| path);
    assert_eq!(codes, pages.collect());
    for rule in rules() {
        let has_examples = !rule.wrong.is_empty() && !rule.right.is_empty();
        assert!(has_examples || NO_EXAMPLE.contains(&rule.code), "{} has no example", rule.code);
        assert!(!rule.summary.ends_with('.') && !rule.explanation.is_empty(), "{}", rule.code);
    }
}

#[test]
fn every_check_is_a_file_named_after_its_code() {
    for check in CHECKS {
        let file = format!("src/checks/{}.rs", check.rule.code.replace('-', "_"));
        assert!(project().join(&file).is_file(), "there is no {file}");
    }
}

/// What the manual says about a code, with what is reported about its wrong examples.
fn page_of(rule: &Rule) -> String {
    let mut page = rule.manual();
    if rule.wrong.is_empty() {
        return page;
    }
    page.push_str("\n## What Recto says\n\n```text\n");
    for wrong in rule.wrong {
        let (text, found) = reported(wrong);
        for (line, diagnostic) in text.lines().zip(&found) {
            if diagnostic.code() == rule.code {
                let _ = writeln!(page, "{line}");
                let help = diagnostic.help.as_ref();
                let _ = help.map(|help| writeln!(page, "    help: {help}"));
            }
        }
    }
    page.push_str("```\n");
    page
}

/// What is reported about an example, a line each, and the diagnostics themselves.
fn reported(example: &str) -> (String, Vec<Diagnostic>) {
    let mut build = build(input(example), Options::default(), None);
    let diagnostics = std::mem::take(&mut build.diagnostics);
    let concise = RENDERERS.iter().find(|renderer| renderer.name == "concise").unwrap();
    let listing = Listing::new(&build.input, &diagnostics);
    ((concise.render)(&listing), diagnostics)
}

/// The site of an example.
fn input(example: &str) -> Input {
    let mut files: Vec<(String, String)> = vec![
        ("content/site.yaml".into(), "title: A site\n".into()),
        ("content/audit/report.md".into(), "---\ntitle: Audit\nas_at: 2021-03-01\n---\n".into()),
        ("content/audit/1.md".into(), recommendation("1", "")),
    ];
    for (path, text) in parts(example) {
        let name = path.strip_prefix("content/audit/").and_then(|name| name.strip_suffix(".md"));
        let is_recommendation = name.is_some_and(|name| name != "report" && !name.contains('.'));
        let text = match name {
            Some(name) if is_recommendation && !text.starts_with("---") => {
                recommendation(name, &text)
            }
            _ => text,
        };
        files.retain(|(known, _)| *known != path);
        files.push((path, text));
    }
    let file = |(path, text): (String, String)| {
        let content = match path.ends_with(".pdf") || path.ends_with(".yml") {
            true => Content::Asset,
            false => Content::Text(text.into()),
        };
        File { path, content }
    };
    Input::new(files.into_iter().map(file).collect(), today())
}

/// The files of an example.
fn parts(example: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in example.lines() {
        let path = line
            .strip_prefix("# ")
            .filter(|path| path.starts_with("content/") || path.starts_with("templates/"));
        match (path, parts.last_mut()) {
            (Some(path), _) => parts.push((path.to_owned(), String::new())),
            (None, Some((_, text))) => *text += &format!("{line}\n"),
            (None, None) => parts.push(("content/audit/1.md".to_owned(), format!("{line}\n"))),
        }
    }
    parts
}

/// The correct recommendation, with the lines of an example laid over it.
fn recommendation(name: &str, lines: &str) -> String {
    let (keys, text) = match lines.split_once("\n\n") {
        _ if lines.starts_with('\n') => ("", lines),
        Some((keys, text)) => (keys, text),
        None => (lines, ""),
    };
    let text = if text.is_empty() { TEXT } else { text };
    let begins = |key: &str| keys.lines().any(|line| line.starts_with(&format!("{key}:")));
    let mut front = String::new();
    for (key, value) in RECOMMENDATION {
        let is_away = keys.lines().any(|line| line == format!("# no {key}"));
        if !begins(key) && !is_away {
            let value = if key == "number" { name } else { value };
            let _ = writeln!(front, "{key}: {value}");
        }
    }
    let keys: String = keys
        .lines()
        .filter(|line| !line.starts_with("# no "))
        .map(|line| format!("{line}\n"))
        .collect();
    format!("---\n{front}{keys}---\n{}\n", text.trim_end().replacen("##", "\n##", 1))
}

/// What a text tells of later days is left out, which is not a mistake.
#[test]
fn a_day_before_what_the_texts_tell_leaves_it_out() {
    let recommendation = "---\nnumber: 1\ntitle: T\nresponse: accepted\nstatus: implemented\n\
                          implemented: 2020-11-30\n---\n\n## Recommendation\n\nDo it.\n\n\
                          ## Progress at 2020-12-01\n\nDone.\n";
    let scratch = Scratch::new(&[
        ("content/site.yaml", "title: S\n"),
        ("content/r/report.md", "---\ntitle: R\nas_at: 2020-12-31\n---\n"),
        ("content/r/1.md", recommendation),
    ]);
    let shown = |day: &str| {
        let options = Options { as_at: Some(day.parse().unwrap()), ..without_pdfs() };
        let build = build_of(scratch.root(), options);
        let is_late = |one: &&Diagnostic| one.message.contains("is after");
        let complaints = build.diagnostics.iter().filter(is_late).count();
        (build.site.recommendations[0].state.is_done(), complaints)
    };
    assert_eq!(shown("2020-06-30"), (false, 0));
    assert_eq!(shown("2020-12-31"), (true, 0));
    assert_eq!(shown("2021-06-30"), (true, 0));
}
