//! How a code is reported: by default, as `site.yaml` says, as the command line says.

use std::process::Command;

use crate::site::Scratch;

/// A site with one warning, `overdue`, and the levels that its settings give.
fn site(checks: &str) -> Scratch {
    Scratch::new(&[
        ("content/site.yaml", &format!("title: A site\n{checks}")),
        ("content/audit/report.md", "---\ntitle: Audit\nas_at: 2021-03-01\n---\n"),
        (
            "content/audit/1.md",
            "---\nnumber: 1\ntitle: Publish the list\nresponse: accepted\nresponsible: Registry\n\
             deadline: 2020-12-31\nstatus: in progress\n---\n\n## Recommendation\n\nPublish it.\n\n\
             ## Management response\n\nAccepted.\n\n## Progress\n\nA draft.\n",
        ),
    ])
}

/// What is reported about the deadline, and the exit status.
fn said(site: &Scratch, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(["check", "--format", "concise"])
        .args(arguments)
        .current_dir(site.root())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let word = text.split("[overdue]").next().and_then(|text| text.rsplit(": ").next());
    let word = if text.contains("[overdue]") { word.unwrap() } else { "" };
    (word.to_owned(), output.status.code().unwrap())
}

#[test]
fn the_command_line_has_the_last_word() {
    for (checks, arguments, expected) in [
        ("", vec![], ("warning", 0)),
        ("", vec!["--strict"], ("warning", 1)),
        ("", vec!["--deny", "overdue"], ("error", 1)),
        ("", vec!["--allow", "overdue"], ("", 0)),
        ("checks: { overdue: deny }\n", vec![], ("error", 1)),
        ("checks: { overdue: note }\n", vec!["--strict"], ("note", 0)),
        ("checks: { overdue: allow }\n", vec!["--strict"], ("", 0)),
        ("checks: { overdue: allow }\n", vec!["--warn", "overdue"], ("warning", 0)),
        ("checks: { overdue: deny }\n", vec!["--allow", "overdue"], ("", 0)),
    ] {
        let (word, status) = said(&site(checks), &arguments);
        assert_eq!((word.as_str(), status), expected, "{checks:?} {arguments:?}");
    }
}

#[test]
fn an_error_stays_one() {
    let site = site("checks: { missing-key: allow }\n");
    site.write("content/audit/2.md", "---\nnumber: 2\n---\n");
    let shown = said(&site, &[]);
    assert_eq!(shown.1, 1);
    // 2: what was typed makes no sense.
    assert_eq!(said(&site, &["--allow", "missing-key"]).1, 2);
}
