//! The program itself: each file under `tests/commands` shows commands and what they print.
//!
//! The commands of a file run one after another in an empty folder. `$ cat`, `$ ls` and `$ rm` look
//! at it. `? 1` is the exit status, when it is not 0. `UPDATE=1 cargo test` writes what was
//! printed, without the times.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::site::{Scratch, files_below, project};

#[test]
fn commands_print_what_the_files_show() {
    let mut failures = Vec::new();
    for (name, bytes) in files_below(&project().join("tests/commands")) {
        let shown = String::from_utf8(bytes).unwrap();
        let printed = replay(&shown);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(project().join("tests/commands").join(&name), printed).unwrap();
        } else if printed != shown {
            failures.push(format!("tests/commands/{name} shows\n{shown}\nand is\n{printed}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The document with what its commands print now.
fn replay(document: &str) -> String {
    let scratch = Scratch::new(&[]);
    let mut out = String::new();
    // The line that ends the open block. It has more backticks where the output has some itself.
    let mut fence: Option<&str> = None;
    for line in document.lines() {
        match (fence, line) {
            (None, "```console") => fence = Some("```"),
            (None, "````console") => fence = Some("````"),
            (Some(end), line) if line == end => {
                fence = None;
                out.truncate(out.trim_end().len());
                out.push('\n');
            }
            (Some(_), line) => {
                if let Some(command) = line.strip_prefix("$ ") {
                    let _ = write!(out, "{line}\n{}\n", run(command, scratch.root()));
                }
                continue;
            }
            (None, _) => {}
        }
        let _ = writeln!(out, "{line}");
    }
    out
}

/// What a command prints, and its exit status when that is not 0.
fn run(command: &str, folder: &Path) -> String {
    let words = words(command);
    let program = match words[0].as_str() {
        "recto" => env!("CARGO_BIN_EXE_recto"),
        tool @ ("cat" | "ls" | "rm" | "mkdir") => tool,
        other => panic!("`{other}` is not a command for these files"),
    };
    let output = Command::new(program)
        .args(&words[1..])
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    let mut printed = String::from_utf8(output.stdout).unwrap();
    printed.push_str(&String::from_utf8(output.stderr).unwrap());
    let printed = printed.replace(&*folder.to_string_lossy(), "[FOLDER]");
    let mut printed: String =
        printed.lines().map(|line| format!("{}\n", untimed(line.trim_end()))).collect();
    if let Some(status) = output.status.code().filter(|status| *status != 0) {
        let _ = writeln!(printed, "? {status}");
    }
    printed
}

/// A line without its times.
fn untimed(line: &str) -> String {
    match line.rsplit_once(" in ") {
        Some((before, time)) if time.ends_with(" s") => format!("{before} in [..] s"),
        _ => line.to_owned(),
    }
}

/// The words of a command line; double quotes keep some together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in command.split('"').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}
