//! `recto diff`: no change is missed, and what is not a change is not named.

use std::process::Command;

use recto::compare::{CHANGE_FORMATS, Sides, compare, is_known, topic};
use recto::record::record;

use crate::site::{Scratch, build_of, without_pdfs};

const FILE: &str = "---
number: 1
title: Publish the list
group: Records
priority: high
response: accepted
responded: 2020-03-01
responsible:
  - { unit: Registry, role: lead, response: accepted, status: in progress, deadline: 2020-11-30 }
  - { unit: Library, role: support }
made: 2020-01-15
made_by: Inspectors
source: { document: A/79/100, paragraph: 45 }
deadline: 2020-12-31
deadlines:
  - { set: 2020-03-01, deadline: 2020-09-30 }
  - { set: 2020-08-01, deadline: 2020-12-31, reason: No paper. }
status: in progress
verification: self-reported
parts:
  - { label: a, text: Print it, status: in progress, deadline: 2020-10-31 }
actions:
  - { text: Ask the printer, responsible: Registry, deadline: 2020-07-31, status: not started }
evidence: [Letter of the printer]
related: [2]
tags: [records]
---

## Recommendation

Publish the list of what the
archives hold.

## Management response

The Registry accepts it.[^1]

## Target date

By the end of the year.

## Progress at 30 June 2020: in progress

A draft is ready.

## Background

The archives hold much.

[^1]: Letter of 1 March 2020.
";

const OTHER: &str =
    "---\nnumber: 2\ntitle: Other\nrelated: [1]\n---\n\n## Recommendation\n\nOther words.\n";

fn site(file: &str) -> Scratch {
    Scratch::new(&[
        ("content/site.yaml", "title: S\nfacts:\n  savings: Savings\n"),
        ("content/r/report.md", "---\ntitle: R\nas_at: 2020-12-31\n---\n"),
        ("content/r/1.md", file),
        ("content/r/2.md", OTHER),
    ])
}

/// The fields that are said to differ. Every format shows as many changes, and the sentence says
/// something of them.
fn named(before: &str, now: &str) -> Vec<String> {
    let (before, now) = (site(before), site(now));
    let [before, now] = [&before, &now].map(|site| build_of(site.root(), without_pdfs()).site);
    let comparison = compare(&before, &now);
    assert!(comparison.added.is_empty() && comparison.removed.is_empty());
    let sides = Sides { before: "a".to_owned(), now: "b".to_owned(), links: None };
    let sentence = comparison.summary().sentence;
    let differs = !comparison.changed.is_empty();
    assert_eq!(differs, !sentence.starts_with("Nothing"), "{sentence}");
    assert!(!differs || sentence.contains("; "), "only what is unchanged: {sentence}");
    for format in CHANGE_FORMATS {
        let text = (format.render)(&comparison, &sides);
        // The program's format names it by its number.
        let name = if format.name == "json" { "\"now\": \"r/1\"" } else { "R, 1: " };
        let is_shown = text.replace('\u{2060}', "").contains(name);
        assert_eq!(is_shown, differs, "{text}");
    }
    let of = comparison.changed.iter().flat_map(|of| &of.changes);
    of.map(|change| change.field.clone()).collect()
}

#[test]
fn each_change_is_named_and_no_other() {
    // One field each: what was written, what is written now, and the fields that differ.
    let cases: &[(&str, &str, &[&str])] = &[
        ("title: Publish the list", "title: Print the list", &["title"]),
        ("group: Records", "group: Papers", &["group"]),
        ("priority: high", "priority: low", &["priority"]),
        ("\nresponse: accepted", "\nresponse: noted", &["response"]),
        ("\nresponded: 2020-03-01", "\nresponded: 2020-03-02", &["responded"]),
        ("role: lead,", "role: chair,", &["responders"]),
        ("lead, response: accepted", "lead, response: noted", &["responders"]),
        ("accepted, status: in progress", "accepted, status: not started", &["responders"]),
        ("deadline: 2020-11-30", "deadline: 2020-11-29", &["responders"]),
        ("unit: Library", "unit: Museum", &["responders", "responsible"]),
        ("made: 2020-01-15", "made: 2020-01-16", &["made"]),
        ("made_by: Inspectors", "made_by: Auditors", &["made_by"]),
        ("paragraph: 45", "paragraph: 46", &["original"]),
        ("deadline: 2020-09-30", "deadline: 2020-09-29", &["deadlines"]),
        ("set: 2020-08-01", "set: 2020-08-02", &["deadlines"]),
        ("reason: No paper.", "reason: No ink.", &["deadlines"]),
        ("\nstatus: in progress", "\nstatus: not started", &["status"]),
        (
            "\nstatus: in progress",
            "\nstatus: implemented\nimplemented: 2020-12-01",
            &["implemented", "status"],
        ),
        ("self-reported", "validated", &["verification"]),
        ("label: a", "label: b", &["parts"]),
        ("text: Print it", "text: Print all of it", &["parts"]),
        ("deadline: 2020-10-31", "deadline: 2020-10-30", &["parts"]),
        ("text: Ask the printer", "text: Ask two printers", &["actions"]),
        ("responsible: Registry", "responsible: Library", &["actions"]),
        ("deadline: 2020-07-31", "deadline: 2020-07-30", &["actions"]),
        ("status: not started }", "status: in progress }", &["actions"]),
        ("evidence: [Letter", "evidence: [Note", &["evidence"]),
        ("tags: [records]", "tags: [papers]", &["tags"]),
        ("tags: [records]", "tags: [records]\nsavings: 45", &["facts"]),
        ("tags: [records]", "tags: [records]\nclosed: 2020-12-01", &["closed"]),
        ("archives hold.", "archives held.", &["recommendation"]),
        ("Registry accepts it.", "Registry accepts that.", &["management_response"]),
        ("By the end of the year", "By the end of next year", &["target_date"]),
        ("A draft is ready", "The draft is ready", &["progress"]),
        ("at 30 June 2020: in", "at 29 June 2020: in", &["progress"]),
        ("The archives hold much", "The archives hold little", &["other"]),
        ("[^1]: Letter of 1", "[^1]: Letter of 2", &["notes"]),
    ];
    for (written, now, fields) in cases {
        assert_eq!(FILE.matches(written).count(), 1, "{written}");
        let mut found = named(FILE, &FILE.replacen(written, now, 1));
        // A note is in its section, too, as it was written.
        found.retain(|field| *written != "[^1]: Letter of 1" || field != "other");
        assert_eq!(found, *fields, "{written:?} became {now:?}");
    }
}

/// What a pull request says cannot leave out the rest, mention people, or link elsewhere.
#[test]
fn a_hostile_text_stays_a_text() {
    let hostile = "@someone see https://evil.example and www.evil.example, GH-12, #3, :tada:, \
                   <img src=x>, [here](x), 0123456789abcdef0123456789abcdef01234567 ";
    let many = hostile.repeat(400);
    let [before, now] = [FILE.to_owned(), FILE.replace("archives hold.", &many)];
    let now = now.replace("deadline: 2020-10-31", "deadline: 2020-10-30");
    let (before, now) = (site(&before), site(&now));
    let [before, now] = [&before, &now].map(|site| build_of(site.root(), without_pdfs()).site);
    let comparison = compare(&before, &now);
    let sides = Sides { before: "a".to_owned(), now: "b".to_owned(), links: None };
    for format in CHANGE_FORMATS.iter().filter(|format| format.name != "json") {
        let text = (format.render)(&comparison, &sides);
        assert!(text.len() < 20_000, "{}", text.len());
        assert!(text.contains("2020-10-30"), "{}: {text}", format.name);
    }
    let markdown = CHANGE_FORMATS.iter().find(|format| format.name == "markdown").unwrap();
    let text = (markdown.render)(&comparison, &sides);
    for active in
        ["@someone", "https://", "www.evil", "GH-12", "#3", ":tada:", "<img", "0123456789"]
    {
        assert!(!text.contains(active), "{active}: {text}");
    }
}

/// What was renumbered is not what was rewritten.
#[test]
fn renumbered_recommendations_keep_their_words() {
    let swap = |text: &str| {
        text.replace("number: 1\n", "number: X\n")
            .replace("number: 2\n", "number: 1\n")
            .replace("number: X\n", "number: 2\n")
            .replace("related: [2]", "related: [Y]")
            .replace("related: [1]", "related: [2]")
            .replace("related: [Y]", "related: [1]")
    };
    let (before, now) = (site(FILE), site(&swap(FILE)));
    now.write("content/r/2.md", &swap(OTHER));
    let [before, now] = [&before, &now].map(|site| build_of(site.root(), without_pdfs()).site);
    let comparison = compare(&before, &now);
    let fields: Vec<&str> =
        comparison.changed.iter().flat_map(|of| &of.changes).map(|of| of.field.as_str()).collect();
    assert_eq!(fields, ["number", "related", "number", "related"]);
}

#[test]
fn what_is_not_a_change_is_not_named() {
    for (written, now) in [
        ("list of what the\narchives hold", "list of what\nthe archives   hold"),
        ("title: Publish the list\ngroup: Records", "group: Records\ntitle: \"Publish the list\""),
        ("tags: [records]", "tags:\n  - records"),
        ("made: 2020-01-15", "made: 15 January 2020"),
        ("status: in progress\nverification", "status: In progress\n# a comment\nverification"),
    ] {
        assert_eq!(FILE.matches(written).count(), 1, "{written}");
        let found = named(FILE, &FILE.replacen(written, now, 1));
        assert!(found.is_empty(), "{written:?} became {now:?}: {found:?}");
    }
}

#[test]
fn every_field_of_the_record_is_compared_or_worked_out() {
    let scratch = site(FILE);
    let site = build_of(scratch.root(), without_pdfs()).site;
    let one = &site.recommendations[0];
    let value = serde_json::to_value(record(&site, one, &one.texts.original)).unwrap();
    let fields = value.as_object().unwrap();
    let unknown: Vec<&String> = fields.keys().filter(|field| !is_known(field)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(fields.keys().filter(|field| topic(field).is_some()).count() > 30);
}

/// Runs git in a folder; it has an author, and reads no settings of the machine.
fn git(scratch: &Scratch, arguments: &[&str]) {
    let status = Command::new("git")
        .arg("-C")
        .arg(scratch.root())
        .args(["-c", "user.name=Author", "-c", "user.email=author@example.org"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
}

/// What `recto` prints in a folder.
fn recto(scratch: &Scratch, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(arguments)
        .current_dir(scratch.root())
        .env_remove("GITHUB_BASE_REF")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn revisions_folders_and_days_are_compared() {
    let scratch = site(FILE);
    git(&scratch, &["init", "-q", "-b", "main"]);
    git(&scratch, &["add", "-A"]);
    git(&scratch, &["commit", "-q", "-m", "Begin"]);
    git(&scratch, &["tag", "first"]);
    let (said, _, code) = recto(&scratch, &["diff"]);
    assert!(said.ends_with("Nothing changed in meaning.\n"), "{said}");
    assert_eq!(code, Some(0));
    // A file may move: the number says which recommendation it is.
    git(&scratch, &["mv", "content/r/1.md", "content/r/01-list.md"]);
    let (said, _, _) = recto(&scratch, &["diff"]);
    assert!(said.ends_with("Nothing changed in meaning.\n"), "{said}");
    scratch.write("content/r/01-list.md", &FILE.replace("priority: high", "priority:  'high'"));
    git(&scratch, &["mv", "content/r/01-list.md", "content/r/1.md"]);
    let (said, _, _) = recto(&scratch, &["diff"]);
    assert!(said.contains("1 text was only typed differently."), "{said}");
    assert!(said.contains("Only typing\n  content/r/1.md\n"), "{said}");
    git(&scratch, &["mv", "content/r/1.md", "content/r/01-list.md"]);
    scratch.write("content/r/01-list.md", FILE);
    let (said, _, _) = recto(&scratch, &["diff"]);
    assert!(said.ends_with("Nothing changed in meaning.\n"), "{said}");
    scratch.write("content/r/01-list.md", &FILE.replace("No paper.", "No ink."));
    for arguments in [&["diff"][..], &["diff", "first"], &["diff", "HEAD~0"]] {
        let (said, _, code) = recto(&scratch, arguments);
        assert!(said.contains("No ") && said.contains("ink"), "{said}");
        assert_eq!(code, Some(0));
    }
    let (said, _, _) = recto(&scratch, &["diff", "first", "HEAD"]);
    assert!(said.ends_with("Nothing changed in meaning.\n"), "{said}");
    let (said, _, _) = recto(&scratch, &["diff", "--since", "2020-03-15"]);
    assert!(said.contains("1 deadline was moved by 92 days"), "{said}");
    let (_, said, code) = recto(&scratch, &["diff", "nowhere"]);
    assert_eq!(said, "error: git knows no revision `nowhere`\n");
    assert_eq!(code, Some(2));
    // A side that cannot be read is never "no changes".
    scratch.write("content/r/01-list.md", "---\ntitle: [\n---\n");
    let (_, said, code) = recto(&scratch, &["diff"]);
    assert!(said.contains("the working copy has 1 error"), "{said}");
    assert_eq!(code, Some(2));
}

#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let scratch = site(FILE);
    git(&scratch, &["init", "-q", "-b", "main"]);
    git(&scratch, &["add", "-A"]);
    git(&scratch, &["commit", "-q", "-m", "Begin"]);
    git(&scratch, &["commit", "-q", "--allow-empty", "-m", "Go on"]);
    let clone = Scratch::new(&[]);
    let from = format!("file://{}", scratch.root().display());
    git(&clone, &["clone", "-q", "--depth", "1", &from, "."]);
    let (_, said, code) = recto(&clone, &["diff", "HEAD~1"]);
    assert!(said.contains("fetch-depth: 0"), "{said}");
    assert_eq!(code, Some(2));
}

/// What was published is what readers remember: a change of it is dated, or reported.
#[test]
fn a_change_of_what_is_published_leaves_a_trace() {
    let scratch = site(FILE);
    let check = || recto(&scratch, &["check", "--format", "concise", "--today", "2020-12-31"]);
    scratch.write("content/site.yaml", "title: A site\npublished: main\n");
    let (said, _, _) = check();
    assert!(!said.contains("changed-without-trace"), "not a repository: {said}");
    git(&scratch, &["init", "-q", "-b", "main"]);
    git(&scratch, &["add", "-A"]);
    git(&scratch, &["commit", "-q", "-m", "Begin"]);
    let reported = |text: String| -> Vec<String> {
        scratch.write("content/r/1.md", &text);
        let lines = check().0;
        let lines = lines.lines().filter(|line| line.contains("changed-without-trace"));
        lines.map(str::to_owned).collect()
    };
    let status = FILE.replace("\nstatus: in progress", "\nstatus: not started");
    let deadline = FILE.replace("\ndeadline: 2020-12-31", "\ndeadline: 2021-12-31");
    let text = FILE.replace("Publish the list of", "Print the list of");
    assert!(reported(FILE.to_owned()).is_empty());
    let number = FILE.replace("number: 1", "number: 7");
    let response = FILE.replace("\nresponse: accepted", "\nresponse: not accepted");
    let changes = [
        (
            &status,
            ":18:9: warning[changed-without-trace]: the status is `not started`, and was `in progress` in `main`",
        ),
        (&deadline, ":14:11: "),
        (&text, "the text of the recommendation is not as in `main`"),
        (&number, ":2:9: "),
        (&response, ":6:11: "),
    ];
    for (changed, place) in changes {
        assert_ne!(changed, FILE);
        let found = reported(changed.clone());
        assert!(found.len() == 1 && found[0].contains(place), "{found:?}");
        let update = "\n## Progress at 1 December 2020\n\nThe registry said why.\n";
        assert!(reported(format!("{changed}{update}")).is_empty());
        // What is dated before the published progress is no explanation of what came later.
        let older = "\n## Progress at 1 March 2020\n\nSpare parts.\n";
        assert_eq!(reported(format!("{changed}{older}")).len(), 1);
    }
    let moved = deadline.replace(
        "reason: No paper. }",
        "reason: No paper. }\n  - { set: 2020-12-01, deadline: 2021-12-31, reason: No ink. }",
    );
    assert!(reported(moved).is_empty());
    let done =
        FILE.replace("\nstatus: in progress", "\nstatus: implemented\nimplemented: 2020-11-30");
    assert!(reported(done).is_empty());
    // A title may be corrected.
    assert!(reported(FILE.replace("title: Publish", "title: Print")).is_empty());
    std::fs::remove_file(scratch.path("content/r/1.md")).unwrap();
    assert!(check().0.contains("`r/1` is in `main`, and is gone"));
    // What cannot be read is not gone.
    scratch.write("content/r/1.md", &FILE.replace("priority: high", "priority: ["));
    assert!(!check().0.contains("changed-without-trace"));
    scratch.write("content/r/1.md", FILE);
    scratch.write("content/site.yaml", "title: A site\npublished: v1\n");
    assert!(check().0.contains("git knows no revision `v1`"));
}

/// The same content gives the same bytes, unless the foot is to say when and from what.
#[test]
fn the_foot_says_when_and_from_which_revision_if_asked() {
    let scratch = site(FILE);
    git(&scratch, &["init", "-q", "-b", "main"]);
    git(&scratch, &["add", "-A"]);
    git(&scratch, &["commit", "-q", "-m", "Begin"]);
    let foot = |arguments: &[&str]| {
        let arguments = [&["build", "--no-pdf", "--today", "2021-02-03"], arguments].concat();
        let (_, said, code) = recto(&scratch, &arguments);
        assert_eq!(code, Some(0), "{said}");
        let page = std::fs::read_to_string(scratch.path("public/r/index.html")).unwrap();
        page.split("<footer").nth(1).unwrap().to_owned()
    };
    let plain = foot(&[]);
    assert!(!plain.contains("revision"));
    let stamped = foot(&["--stamp"]);
    assert!(stamped.contains("Built on 3 February 2021 from revision "), "{stamped}");
    assert_eq!(foot(&["--stamp", "--revision", "main"]), stamped);
    assert_eq!(foot(&[]), plain);
    scratch.write("content/r/report.md", "---\ntitle: Other\nas_at: 2020-12-31\n---\n");
    assert!(foot(&["--stamp"]).contains("with changes that are not committed"));
}
