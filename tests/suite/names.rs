//! Names of files as macOS, editors and people write them, and those that `recto new` refuses.

use std::process::Command;

use crate::site::{Scratch, concise};

const TEXT: &str = "---\nnumber: 1\ntitle: Publish\nresponse: pending\nstatus: not started\n\
                    evidence: [Résumé.pdf]\n---\n\n## Recommendation\n\nSee [it](Résumé.pdf).\n";

fn site() -> Scratch {
    Scratch::new(&[
        ("content/site.yaml", "title: A site\n"),
        ("content/r/report.md", "---\ntitle: Audit\nas_at: 2021-03-01\n---\n"),
        ("content/r/1.md", TEXT),
    ])
}

#[test]
fn accents_are_the_same_however_they_are_written() {
    let site = site();
    site.write("content/r/Re\u{301}sume\u{301}.pdf", "a file");
    let build = site.build();
    assert_eq!(concise(&build), "");
    assert!(build.plan.recipes.contains_key("r/Résumé.pdf"), "the name is composed");
    let read = recto::load::read_asset(site.root(), "content/r/Résumé.pdf").unwrap();
    assert_eq!(read, b"a file");
}

#[test]
fn what_other_programs_leave_behind_is_not_published() {
    let site = site();
    site.write("content/r/Résumé.pdf", "a file");
    let before: Vec<String> = site.build().plan.recipes.keys().cloned().collect();
    for name in [
        "2.md.orig",
        "2.md.bak",
        "2.md~",
        "#2.md#",
        ".2.md.swp",
        "2.md.rej",
        "~WRL0001.tmp",
        "~$annex.docx",
        "Thumbs.db",
        "desktop.ini",
        "annex.pdf.part",
        "annex.pdf.crdownload",
    ] {
        site.write(&format!("content/r/{name}"), "a secret");
    }
    let after: Vec<String> = site.build().plan.recipes.keys().cloned().collect();
    assert_eq!(before, after);
}

#[test]
fn a_report_has_no_name_that_check_would_refuse() {
    let site = site();
    for name in ["con", "x.", "a: b", "documents", "docs.md", "a#b", "../x"] {
        let mut new = Command::new(env!("CARGO_BIN_EXE_recto"));
        let status = new.args(["new", "report", name]).current_dir(site.root()).output().unwrap();
        assert!(!status.status.success(), "{name}");
        assert!(!site.path("content").join(name).join("report.md").exists(), "{name}");
    }
}
