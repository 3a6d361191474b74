//! How long PDFs take and how much memory: `cargo bench --bench pdf`.
//!
//! The demo, and reports of 100 and 1,000 recommendations whose texts are those of the demo, each
//! in its own process; the fastest of several runs counts. The first figure of a line is what
//! `recto pdf` takes in all, reading the site included.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "a benchmark")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark")]

#[allow(dead_code, reason = "the bench of sites needs all of it")]
#[path = "../sites/run.rs"]
mod run;

use std::path::Path;

use run::{Run, fastest, recto};

fn main() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR"));
    println!("seconds of the fastest run, megabytes of the largest");
    say("the demo: 6 recommendations", &made(demo, 5));
    let hundred = of_size(100);
    say("100 recommendations", &hundred);
    let thousand = of_size(1000);
    say("1,000 recommendations", &thousand);
    println!("1,000 take {:.1} times as long as 100", thousand.wall / hundred.wall);
    let program = std::fs::metadata(env!("CARGO_BIN_EXE_recto")).unwrap().len();
    println!("the program has {} MB", program / 1_000_000);
}

fn say(what: &str, run: &Run) {
    println!("  {what:<34} {run}");
}

/// Makes the PDF of a report with this many recommendations.
fn of_size(size: usize) -> Run {
    let site = tempfile::tempdir().unwrap();
    let report = site.path().join("content/report");
    std::fs::create_dir_all(&report).unwrap();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for register in ["site.yaml", "documents.yaml", "glossary.yaml", "units.yaml"] {
        std::fs::copy(demo.join(register), site.path().join("content").join(register)).unwrap();
    }
    let mut files: Vec<_> =
        std::fs::read_dir(demo.join("central-asia")).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    std::fs::copy(files.pop().unwrap(), report.join("report.md")).unwrap();
    for index in 0..size {
        let text = std::fs::read_to_string(&files[index % files.len()]).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with("related:"));
        let lines = lines.map(|line| match line.starts_with("number:") {
            true => format!("number: {}", index + 1),
            false => line.to_owned(),
        });
        let text: Vec<String> = lines.collect();
        std::fs::write(report.join(format!("{:04}.md", index + 1)), text.join("\n")).unwrap();
    }
    made(site.path(), if size > 500 { 2 } else { 4 })
}

fn made(root: &Path, runs: usize) -> Run {
    let out = tempfile::NamedTempFile::new().unwrap();
    fastest(runs, || recto(root, &["pdf", "--out", &out.path().to_string_lossy()]))
}
