//! What holds for every site that an author might write: where `recto check` finds no error the
//! build succeeds, PDFs included; and no word is lost: each is on a page, in the PDF and in the data,
//! or something is reported where it is.
//!
//! `GENERATED_SITES` says how many sites are tried.

mod site;

use std::collections::BTreeSet;
use std::sync::Mutex;

use rayon::prelude::*;
use recto::assemble::Options;
use recto::diagnostics::Severity;
use recto::model::{Layout, Printout};
use recto::plan::{Build, Output};

use crate::pdf::{made, text_of};
use crate::site::{Scratch, concise};
use site::{Authored, Place, Word, authored};

/// How many sites are tried. CI tries as many as take about a minute.
fn sites() -> u64 {
    std::env::var("GENERATED_SITES").ok().and_then(|count| count.parse().ok()).unwrap_or(150)
}

/// The seed of the first site: another one tries other sites.
fn first_seed() -> u64 {
    std::env::var("GENERATED_FROM").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0)
}

/// The stack of the threads. Typst works by recursion, and without optimisation it needs much.
const STACK: usize = 128 << 20;

#[test]
fn what_check_accepts_is_built_and_no_word_is_lost() {
    let threads = rayon::ThreadPoolBuilder::new().stack_size(STACK).build().unwrap();
    let tried = |seed: u64| {
        let site = authored(&bytes_of(seed));
        let failures = failures(&site);
        (!failures.is_empty()).then_some((seed, failures, site))
    };
    let (from, count) = (first_seed(), sites());
    let failed: Vec<_> =
        threads.install(|| (from..from + count).into_par_iter().filter_map(tried).collect());
    println!("{} of {count} sites failed", failed.len());
    for (seed, failures, _) in &failed {
        println!("-- {seed}: {}", failures.join("\n"));
    }
    // The shortest site says most.
    let shortest = failed.iter().min_by_key(|(.., site)| shown(site).len());
    if let Some((seed, failures, site)) = shortest {
        panic!("site {seed}: {}\n{}", failures.join("\n"), shown(site));
    }
}

/// Arbitrary bytes, the same each time for a seed.
fn bytes_of(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let length = 40 + usize::try_from(seed % 12).unwrap() * 20;
    let next = || {
        // xorshift64 (Marsaglia, 2003)
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// The texts of a site, for messages.
fn shown(site: &Authored) -> String {
    let texts = site.files.iter().filter(|(path, _)| path.ends_with(".md"));
    texts.map(|(path, text)| format!("=== {path}\n{}", String::from_utf8_lossy(text))).collect()
}

fn failures(site: &Authored) -> Vec<String> {
    let scratch = Scratch::in_memory();
    for (path, bytes) in &site.files {
        scratch.write_bytes(path, bytes);
    }
    let build = crate::site::build_of(scratch.root(), Options::default());
    if build.diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return Vec::new();
    }
    let mut failures = Vec::new();
    for diagnostic in &build.diagnostics {
        let Some(span) = diagnostic.span else { continue };
        if build.input.file(span.file).text().get(span.range()).is_none() {
            failures.push(format!("the place of `{}` splits a character", diagnostic.code()));
        }
    }
    let reported = reported_lines(&build);
    let is_lost = |word: &Word, text: &str| !text.contains(&word.word);
    let is_reported = |word: &Word| {
        let (_, source) = site.files.iter().find(|(path, _)| *path == word.path).unwrap();
        let source = String::from_utf8_lossy(source);
        let at = source.find(&word.word).unwrap();
        let line = source[..at].matches('\n').count();
        reported.contains(&(word.path.clone(), line))
    };
    let pages = outputs(&build, ".html");
    let data = outputs(&build, ".json");
    let lost = site.words.iter().filter(|word| is_lost(word, &pages) && !is_reported(word));
    failures.extend(lost.map(|word| format!("{word:?} is on no page")));
    let of_recommendations =
        |word: &&Word| word.path.starts_with("content/r/") && !word.path.contains("report");
    let lost = site.words.iter().filter(of_recommendations);
    let lost = lost.filter(|word| is_lost(word, &data) && !is_reported(word));
    failures.extend(lost.map(|word| format!("{word:?} is not in the data")));
    // An earlier edition has fewer words, and can be printed as well.
    for (path, printout) in build.pdfs().filter(|(_, printout)| printout.earlier.is_some()) {
        if let Err(said) = made(&build, scratch.root(), printout, printout.layout) {
            failures.push(format!("{path}: {}", said.join("\n")));
        }
    }
    for layout in Layout::ALL {
        let mut printed = String::new();
        for printout in Printout::all(&build.site) {
            match made(&build, scratch.root(), printout, layout) {
                Ok(pdf) => printed.extend(text_of(&pdf.bytes)),
                Err(said) => failures.push(format!("{layout:?}: {}", said.join("\n"))),
            }
        }
        if printed.is_empty() {
            continue;
        }
        // Words are broken at the end of a line where a column is narrow.
        let printed: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
        let of_report =
            |word: &&Word| word.path.starts_with("content/r/") && !word.path.ends_with(".fr.md");
        let is_printed = |word: &&Word| match word.place {
            Place::Alternative => false,
            Place::Title => layout == Layout::Document || word.path.ends_with("report.md"),
            Place::Text => true,
        };
        let lost = site.words.iter().filter(of_report).filter(is_printed);
        let lost = lost.filter(|word| is_lost(word, &printed) && !is_reported(word));
        failures.extend(lost.map(|word| format!("{word:?} is not in the PDF as {layout:?}")));
    }
    if !failures.is_empty() {
        failures.push(concise(&build));
    }
    failures
}

/// The lines, counted from 0, in which something is reported.
fn reported_lines(build: &Build) -> BTreeSet<(String, usize)> {
    let spans = build.diagnostics.iter().filter_map(|d| d.span);
    let lines = spans.flat_map(|span| {
        let file = build.input.file(span.file);
        let line = |at: usize| {
            let text = file.text();
            text[..recto::source::boundary(text, at)].matches('\n').count()
        };
        let path = file.path.clone();
        (line(span.start as usize)..=line(span.end as usize)).map(move |line| (path.clone(), line))
    });
    lines.collect()
}

/// All outputs whose paths end so.
fn outputs(build: &Build, ending: &str) -> String {
    let all = Mutex::new(String::new());
    build
        .render_all(|path, output| {
            if let (true, Output::Bytes(bytes)) = (path.ends_with(ending), output) {
                all.lock().unwrap().push_str(&String::from_utf8(bytes).unwrap());
            }
            Ok::<(), ()>(())
        })
        .unwrap();
    all.into_inner().unwrap()
}
