//! How fast references are found, in bytes of text per second on one core, and how the time grows
//! with the text: `cargo bench --bench references`.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark explains itself")]
#![allow(clippy::disallowed_methods, reason = "it reads the test data")]

use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use recto::references::{Finder, KnownNames};

fn main() {
    divan::main();
}

/// The sizes in bytes of the texts that are measured.
const SIZES: [usize; 3] = [1 << 20, 2 << 20, 4 << 20];

/// A finder with a typical glossary.
fn finder() -> Finder {
    let terms = ["CAC", "CACs", "CIS", "CIS ICIS", "COP", "COP-11", "NPD", "NPDs", "SDG", "SDGs"];
    let more = ["TMF", "TMFs", "UNDRR", "UNECE", "WGI", "tbc", "NATECH", "CAREC", "CESDRR", "ICIS"];
    let terms = terms.into_iter().chain(more).map(str::to_owned).collect();
    Finder::new(KnownNames { terms, ..KnownNames::default() })
}

/// All test data, joined and repeated: the sentences of the project, and, where the labelled data
/// is beside it, its sentences and its seven thousand symbols, one after the other.
fn joined(bytes: usize) -> String {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(project.join(path)).unwrap_or_default();
    let mut text = String::new();
    for file in ["un_symbol", "resolution", "sdg"] {
        let own = read(&format!("tests/references/{file}.txt"));
        text.extend(own.lines().filter_map(|line| line.strip_prefix("> ")));
    }
    for file in ["un-symbols.jsonl", "sdg.jsonl"] {
        for line in read(&format!("../shared/data/references/{file}")).lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            text.push_str(row["text"].as_str().unwrap());
            text.push('\n');
        }
    }
    text.push_str(&read("../shared/data/references/un-symbols.txt"));
    repeated(&text, bytes)
}

/// The demo's texts, repeated: what authors really write.
fn prose(bytes: usize) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/central-asia");
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        text.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap_or_default());
    }
    repeated(&text, bytes)
}

fn repeated(text: &str, bytes: usize) -> String {
    let mut repeated = text.repeat(bytes / text.len() + 1);
    repeated.truncate(recto::source::boundary(&repeated, bytes));
    repeated
}

#[divan::bench(args = SIZES)]
fn joined_test_data(bencher: Bencher<'_, '_>, bytes: usize) {
    measure(bencher, &joined(bytes));
}

#[divan::bench(args = SIZES)]
fn texts_of_the_demo(bencher: Bencher<'_, '_>, bytes: usize) {
    measure(bencher, &prose(bytes));
}

/// Paragraphs of about a thousand bytes, which is what the program hands to the finder.
fn paragraphs(text: &str) -> Vec<&str> {
    let mut paragraphs = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let from = recto::source::boundary(rest, 1000);
        let end = rest[from..].find('\n').map_or(rest.len(), |length| from + length + 1);
        paragraphs.push(&rest[..end]);
        rest = &rest[end..];
    }
    paragraphs
}

fn measure(bencher: Bencher<'_, '_>, text: &str) {
    let finder = finder();
    let paragraphs = paragraphs(text);
    let count = |text: &&str| finder.find(divan::black_box(*text), None).matches.len();
    bencher
        .counter(BytesCount::of_str(text))
        .bench_local(|| paragraphs.iter().map(count).sum::<usize>());
}
