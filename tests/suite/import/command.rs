//! The command itself: what it writes, what it never overwrites, what it remembers.

use std::process::{Command, Output};

use recto::diagnostics::Severity;

use crate::site::Scratch;

const TABLE: &str =
    "No.,What to do,Answer\n1,Publish the list.,Accepted\n2,Train staff.,Rejected\n";

fn site() -> Scratch {
    Scratch::new(&[("content/site.yaml", "title: A site\n"), ("table.csv", TABLE)])
}

fn import(site: &Scratch, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.current_dir(site.root()).args(["import", "table.csv"]).args(arguments);
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

const COLUMNS: [&str; 4] = ["--column", "What to do=recommendation", "--column", "Answer=response"];

#[test]
fn nothing_is_written_unless_asked_and_nothing_overwritten() {
    let site = site();
    let dry = import(&site, &COLUMNS);
    assert!(dry.status.success(), "{}", said(&dry));
    assert!(said(&dry).contains("Nothing was written"));
    assert!(!site.path("content/table").exists());
    let written = import(&site, &[&COLUMNS[..], &["--write"]].concat());
    assert!(written.status.success(), "{}", said(&written));
    let first = std::fs::read_to_string(site.path("content/table/01.md")).unwrap();
    assert_eq!(
        first,
        "---\nnumber: 1\nresponse: Accepted\n---\n\n## Recommendation\n\nPublish the list.\n"
    );
    site.write("content/table/01.md", &first.replace("list", "lists"));
    let again = import(&site, &["--write"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("no file is overwritten"), "{}", said(&again));
    let kept = std::fs::read_to_string(site.path("content/table/01.md")).unwrap();
    assert_eq!(kept, first.replace("list", "lists"));
}

#[test]
fn what_was_said_about_columns_is_remembered_and_not_published() {
    let site = site();
    assert!(!import(&site, &[]).status.success(), "no heading says which column it is");
    assert!(import(&site, &[&COLUMNS[..], &["--write"]].concat()).status.success());
    let build = site.build();
    let mut severities = build.diagnostics.iter().map(|one| one.severity);
    assert!(severities.all(|severity| severity != Severity::Error), "{:?}", build.diagnostics);
    assert!(build.plan.recipes.keys().all(|path| !path.contains("import")));
    for number in ["01", "02"] {
        std::fs::remove_file(site.path(&format!("content/table/{number}.md"))).unwrap();
    }
    let again = import(&site, &[]);
    assert!(again.status.success(), "{}", said(&again));
    assert!(said(&again).contains("2  response: Rejected"), "{}", said(&again));
}

#[test]
fn what_cannot_be_read_is_said() {
    let site = site();
    for (bytes, message) in [
        (&b""[..], "an empty file"),
        (b"%PDF-1.4 ", "a PDF"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"{\\rtf1 }", "a Rich Text file"),
        (b"only words\n", "a text without columns"),
        (b"a,b\n1,2\n", "no table has a column of recommendations"),
        (b"No.,Recommendation\n1,a\n1,b\n", "number 1 occurs twice"),
        (b"No.,Recommendation\n", "there is no row with a recommendation"),
    ] {
        site.write_bytes("table.csv", bytes);
        let output = import(&site, &["--write"]);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(said(&output).contains(message), "{}", said(&output));
        assert!(!site.path("content/table").exists());
    }
}
