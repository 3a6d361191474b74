//! How long sites of different sizes take, how much memory, and how both grow:
//! `cargo bench --bench sites`.
//!
//! Without arguments 100 and 1,000 recommendations are built; with sizes, those (`-- 1000 10000`);
//! with `--full` 1,000, 10,000 and 100,000. Up to 20,000 are compared with Hugo, where `hugo` is on
//! the PATH. `-- serve 10000` measures only how long an author waits; `-- write 10000 FOLDER` only
//! writes such a site, and `-- write-rich 10000 FOLDER` the one with facts, groups and parts. PDFs are left out, because other generators make none: the bench `pdf`
//! measures them.
//!
//! All of it happens on a memory file system where there is one, because disks vary tenfold. Of
//! several runs the fastest counts: another program can spoil a measurement, never improve one.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "a benchmark")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark")]

mod corpus;
mod hugo;
mod rich;
mod run;
mod serve;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use recto::load::load;
use recto::pipeline::{Builder, Settings};
use recto::source::Content;
use run::{Run, fastest, once, recto};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if let [command, size, folder] = arguments.as_slice() {
        let size = size.parse().expect("a number");
        match command.as_str() {
            "write" => corpus::write(Path::new(folder), corpus::files(size)),
            _ => corpus::write(Path::new(folder), rich::files(size)),
        }
        return;
    }
    if let [command, size] = arguments.as_slice()
        && command == "serve"
    {
        let size = size.parse().expect("a number");
        let (scratch, root) = site(size);
        serve(&root, size);
        drop(scratch);
        return;
    }
    let is_full = arguments.iter().any(|argument| argument == "--full");
    let mut sizes: Vec<usize> = arguments.iter().filter_map(|a| a.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = if is_full { vec![1_000, 10_000, 100_000] } else { vec![100, 1_000] };
    }
    println!("seconds of the fastest run, megabytes of the largest; x: times the cold build");
    let measured: Vec<(usize, Measured)> =
        sizes.iter().map(|size| (*size, measure(*size))).collect();
    for pair in measured.windows(2) {
        let [(small, a), (large, b)] = pair else { continue };
        let grown = (*large as f64 / *small as f64).ln();
        let exponent = |of: fn(&Measured) -> f64| (of(b) / of(a)).ln() / grown;
        println!(
            "growth from {small} to {large}: time by n^{:.2} (processor n^{:.2}), memory by n^{:.2}; \
             the floor by n^{:.2}",
            exponent(|of| of.cold.wall),
            exponent(|of| of.cold.processor),
            exponent(|of| of.cold.memory),
            exponent(|of| of.floor.wall),
        );
    }
}

/// The figures whose growth is printed.
struct Measured {
    cold: Run,
    floor: Run,
}

/// Writes a site of a size into a folder that is removed when the first value is dropped.
fn site(size: usize) -> (tempfile::TempDir, PathBuf) {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let scratch = tempfile::tempdir_in(parent).unwrap();
    let root = scratch.path().join("site");
    corpus::write(&root, corpus::files(size));
    (scratch, root)
}

/// Prints how long an author waits for the page of a saved file.
fn serve(root: &Path, size: usize) {
    let (fastest, median, page) = update(root, size);
    println!("  {:<34} {fastest:>8.1?} {median:>8.1?} median", "one edit, in memory");
    let saves = serve::measure(root, &corpus::path(size / 2), &page);
    println!(
        "  {:<34} {:>8.1?} {:>8.1?} median {:>8.1?} slowest  {:>6.0} MB",
        "serve: from saving to the page", saves.fastest, saves.median, saves.slowest, saves.memory
    );
}

/// Measures a site of a size, and prints the result.
fn measure(size: usize) -> Measured {
    let (scratch, root) = site(size);
    let out = scratch.path().join("public");
    let runs = if size > 20_000 { 2 } else { 5 };
    let build = || recto(&root, &["build", "--no-pdf", "--out", &out.to_string_lossy()]);
    println!("\n{size} recommendations");

    let cold = fastest(runs, || {
        let _ = std::fs::remove_dir_all(&out);
        build()
    });
    let files = files_below(&out);
    println!("  {:<34} {cold}  {} files", "cold build", files.len());
    let say = |what: &str, run: &Run| {
        println!("  {what:<34} {run}  {:.2} x", run.wall / cold.wall);
    };
    let rich_root = scratch.path().join("rich");
    corpus::write(&rich_root, rich::files(size));
    let rich_out = scratch.path().join("rich-public");
    let rich = fastest(runs, || {
        let _ = std::fs::remove_dir_all(&rich_out);
        recto(&rich_root, &["build", "--no-pdf", "--out", &rich_out.to_string_lossy()])
    });
    let _ = std::fs::remove_dir_all(&rich_out);
    say("cold, with facts, groups, parts …", &rich);
    let unchanged = fastest(runs, build);
    assert!(unchanged.said.contains(": 0 files written"), "{}", unchanged.said);
    say("second build, nothing changed", &unchanged);

    let edited = root.join(corpus::path(size / 2));
    let text = std::fs::read_to_string(&edited).unwrap();
    let mut edits = 0;
    let after_edit = fastest(runs, || {
        edits += 1;
        std::fs::write(&edited, format!("{text}\nEdit {edits}.\n")).unwrap();
        build()
    });
    say("build after one edit", &after_edit);
    println!("  {:<34} {}", "", after_edit.said.split(": ").last().unwrap_or_default().trim());
    std::fs::write(&edited, &text).unwrap();
    say("check", &fastest(runs, || recto(&root, &["check", "--no-pdf"])));

    serve(&root, size);
    let floor = fastest(runs, || once(|| floor(&root, &out, &files)));
    println!(
        "  {:<34} {floor}  a cold build is {:.1} times it",
        "floor: read all, write all",
        cold.wall / floor.wall
    );
    for (what, is_whole) in [("Hugo, the same site", true), ("Hugo, pages and tables alone", false)]
    {
        if let Some(hugo) = hugo::measure(&scratch.path().join("hugo"), size, is_whole) {
            println!("  {what:<34} {hugo}  {:.1} times a cold build", hugo.wall / cold.wall);
        }
    }
    Measured { cold, floor }
}

/// From a changed text in memory to its page: the fastest and the median of some edits, and the
/// address of the page.
fn update(root: &Path, size: usize) -> (Duration, Duration, String) {
    let today = run::TODAY.parse().unwrap();
    let mut builder = Builder::new(Settings::default());
    let mut build = builder.build(load(root, today).unwrap());
    let path = corpus::path(size / 2);
    let mut took: Vec<Duration> = (0..15)
        .map(|edit| {
            let started = Instant::now();
            let mut input = build.input.clone();
            let id = input.find(&path).unwrap();
            let mut file = input.file(id).clone();
            file.content = Content::Text(format!("{}\nEdit {edit}.\n", file.text()).into());
            input.replace(id, file);
            let next = builder.draft(input);
            let address = &next.site.text_pages[&path].address;
            let page = next.render(address, &next.plan.recipes[address]);
            let took = started.elapsed();
            assert!(page.is_ok(), "{address} cannot be shown");
            // `serve` can drop its old state while the page is on its way.
            build = next;
            took
        })
        .collect();
    took.sort();
    (took[0], took[took.len() / 2], build.site.text_pages[&path].address.clone())
}

/// Every file below a folder, with its bytes.
fn files_below(folder: &Path) -> Vec<(String, usize)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let files = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let one = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        (path, entry.metadata().map_or(0, |data| usize::try_from(data.len()).unwrap_or(0)))
    };
    files.map(one).collect()
}

/// The least that any program needs: reads every file of a site, and writes as many bytes and files
/// as the site has.
fn floor(root: &Path, out: &Path, files: &[(String, usize)]) {
    let _ = std::fs::remove_dir_all(out);
    let started = Instant::now();
    let read = files_below(root);
    let total: usize =
        read.par_iter().map(|(path, _)| std::fs::read(root.join(path)).unwrap().len()).sum();
    assert!(total > 0, "the site has no text");
    let folders: std::collections::BTreeSet<&str> =
        files.iter().filter_map(|(path, _)| Some(path.rsplit_once('/')?.0)).collect();
    for folder in folders {
        std::fs::create_dir_all(out.join(folder)).unwrap();
    }
    std::fs::create_dir_all(out).unwrap();
    let largest = files.iter().map(|(_, length)| *length).max().unwrap_or(0);
    let bytes = vec![b'x'; largest];
    files.par_iter().for_each(|(path, length)| {
        std::fs::write(out.join(path), &bytes[..*length]).unwrap();
    });
    run::took(started.elapsed());
}
