//! Broken files, each with what is reported about it; and arbitrary bytes.
//!
//! A file under `tests/broken/<kind>` replaces one file of a small, correct site.
//! `tests/broken/expected.txt` says what is reported: line, column, severity and code, or `fine`
//! for what is not a mistake. `UPDATE=1 cargo test` writes it again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use recto::assemble::Options;
use recto::diagnostics::{Diagnostic, Listing, RENDERERS, Severity};
use recto::pipeline::build;
use recto::source::{Content, File, Input, line_column};

use crate::site::{Scratch, build_of, files_below, project, today};

const RIGHT: &str = "---\nnumber: 1\ntitle: Publish the list\nresponse: accepted\n\
                     responsible: Registry\ndeadline: 2021-03-31\nstatus: in progress\n---\n\n\
                     ## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n\
                     ## Progress\n\nA draft.\n";

/// The path of each kind of file.
const KINDS: [(&str, &str); 7] = [
    ("recommendation", "content/r/1.md"),
    ("report", "content/r/report.md"),
    ("page", "content/page.md"),
    ("site", "content/site.yaml"),
    ("documents", "content/documents.yaml"),
    ("glossary", "content/glossary.yaml"),
    ("units", "content/units.yaml"),
];

/// A small site with one file of it replaced.
fn site(path: &str, bytes: &[u8]) -> Input {
    let mut files: BTreeMap<&str, Content> = BTreeMap::from([
        ("content/site.yaml", "title: A site\n"),
        ("content/r/report.md", "---\ntitle: Audit\nas_at: 2021-03-01\n---\n"),
        ("content/r/1.md", RIGHT),
    ])
    .into_iter()
    .map(|(path, text)| (path, Content::Text(text.into())))
    .collect();
    files.insert(path, content(bytes));
    let file = |(path, content): (&str, Content)| File { path: path.to_owned(), content };
    Input::new(files.into_iter().map(file).collect(), today())
}

/// As `load` would hand it over.
fn content(bytes: &[u8]) -> Content {
    match std::str::from_utf8(bytes) {
        Ok(text) => Content::Text(text.into()),
        Err(_) => Content::NotUtf8(bytes.into()),
    }
}

fn diagnostics(input: Input) -> (Input, Vec<Diagnostic>) {
    let build = build(input, Options::default(), None);
    (build.input, build.diagnostics)
}

/// Everything that is reported about one file, except notes.
fn said(path: &str, bytes: &[u8]) -> String {
    let (input, diagnostics) = diagnostics(site(path, bytes));
    let mut said = Vec::new();
    for d in diagnostics.iter().filter(|d| d.severity > Severity::Note) {
        let place = d.span.map_or_else(String::new, |span| {
            let file = input.file(span.file);
            let at = line_column(file.readable(), span.start as usize);
            let elsewhere = if file.path == path { "" } else { file.path.as_str() };
            format!("{elsewhere}{}:{} ", at.line, at.column)
        });
        said.push(format!("{place}{}[{}]", d.severity.word(), d.code()));
    }
    if said.is_empty() { "fine".to_owned() } else { said.join(", ") }
}

#[test]
fn every_broken_file_is_said_to_be_what_it_is() {
    let folder = project().join("tests/broken");
    let mut found = String::new();
    let mut count = 0;
    let started = Instant::now();
    for (name, bytes) in files_below(&folder) {
        let Some((kind, _)) = name.split_once('/') else { continue };
        let path = KINDS.iter().find(|(known, _)| *known == kind).expect("a kind of file").1;
        let _ = writeln!(found, "{name}: {}", said(path, &bytes));
        count += 1;
    }
    println!("{count} broken files in {:.2} s", started.elapsed().as_secs_f64());
    assert!(count >= 60, "{count} broken files");
    let expected = folder.join("expected.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(expected, found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(expected).unwrap();
    let different: Vec<String> = expected
        .lines()
        .zip(found.lines())
        .filter(|(expected, found)| expected != found)
        .map(|(expected, found)| format!("- {expected}\n+ {found}"))
        .collect();
    assert_eq!(expected.lines().count(), found.lines().count(), "run with UPDATE=1");
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// What a folder in git cannot have: 50 MiB, a link, a folder named like a text, names that differ
/// only by case.
#[cfg(unix)]
#[test]
fn what_git_cannot_hold_is_said_too() {
    let scratch = Scratch::new(&[
        ("content/site.yaml", "title: A site\n"),
        ("content/r/report.md", "---\ntitle: Audit\nas_at: 2021-03-01\n---\n"),
        ("content/r/1.md", RIGHT),
        ("content/about.md", "---\ntitle: About\n---\n"),
        ("content/About.md", "---\ntitle: About\n---\n"),
        ("secret.md", RIGHT),
    ]);
    std::fs::create_dir(scratch.path("content/r/x.md")).unwrap();
    std::os::unix::fs::symlink(scratch.path("secret.md"), scratch.path("content/r/2.md")).unwrap();
    // A sparse file: its size is 50 MiB, but it takes no room.
    let large = std::fs::File::create(scratch.path("content/r/large.md")).unwrap();
    large.set_len(50 << 20).unwrap();
    let build = build_of(scratch.root(), Options::default());
    let said = crate::site::concise(&build);
    let expected = "\
error[file-too-large]: `content/r/large.md` has 50 MiB, and is left out
error[folder-name]: `content/r/x.md` is a folder with the name of a text
error[symbolic-link]: `content/r/2.md` is a link or not an ordinary file, and is left out
content/about.md:1:1: error[address-collision]: the addresses `About.html` and `about.html` differ only by case or accents
";
    assert_eq!(said, expected);
}

/// Small texts that ask a lot of a parser.
fn traps() -> Vec<(&'static str, String)> {
    let front = RIGHT.split("\n## Recommendation").next().unwrap();
    let text = |text: String| format!("{front}\n## Recommendation\n\n{text}\n");
    let key = |lines: String| RIGHT.replacen("---\n", &format!("---\n{lines}"), 1);
    vec![
        ("100,000 brackets", text("[".repeat(100_000))),
        ("100,000 pairs of brackets", text("[]".repeat(100_000))),
        ("100,000 wiki links", text("[[1]]".repeat(100_000))),
        ("100,000 images", text("![".repeat(100_000))),
        ("an address of 100,000 parts", text("www.a_".repeat(100_000))),
        ("addresses of many parts", text(format!("{} ", "www.a_".repeat(300)).repeat(300))),
        ("100,000 marks of notes", text("[^a ".repeat(100_000))),
        ("100,000 stars", text("*a ".repeat(100_000))),
        ("100,000 backticks", text((1..450).map(|n| format!("{} ", "`".repeat(n))).collect())),
        ("100,000 quotes", text(">".repeat(100_000))),
        ("100,000 comments", text("<!--".repeat(100_000))),
        ("100,000 tags", text("<a ".repeat(100_000))),
        ("100,000 slashes", text("A/".repeat(100_000))),
        ("100,000 capitals", text("ABC ".repeat(100_000))),
        ("100,000 footnotes", text("[^a]".repeat(100_000))),
        ("10,000 headings", text("## Progress at 1 May 2020\n\n".repeat(10_000))),
        ("30,000 broken links", text("[a](b.md) [c](d.pdf)\n".repeat(15_000))),
        (
            "10,000 headings and as many broken anchors",
            text((0..10_000).map(|n| format!("### A {n}\n\n[x](#b-{n})\n\n")).collect()),
        ),
        ("10,000 lists", text((0..300).map(|n| format!("{}- a\n", " ".repeat(n * 2))).collect())),
        ("10,000 cells", text(format!("|a|b|\n|-|-|\n{}", "|".repeat(10_000)))),
        ("20,000 brackets of YAML", key(format!("tags: {}\n", "[".repeat(20_000)))),
        ("10,000 keys", key((0..6_000).map(|n| format!("k{n}: 1\n")).collect())),
        ("10,000 times one key", key("tags: [a]\n".repeat(6_000))),
        ("a long title", key(format!("titel: {}\n", "x".repeat(60_000)))),
    ]
}

/// The time for a trap is compared with that for a plain text of the same size, so that a slow
/// machine does not fail the test.
#[test]
fn no_small_text_takes_long() {
    let time = |text: &str| {
        let started = Instant::now();
        let _ = diagnostics(site("content/r/1.md", text.as_bytes()));
        started.elapsed()
    };
    for (name, trap) in traps() {
        let plain = RIGHT.to_owned() + &"A plain word. ".repeat(trap.len() / 14);
        let mut best = f64::MAX;
        for _ in 0..3 {
            let floor = Duration::from_millis(5);
            let ratio = time(&trap).as_secs_f64() / (time(&plain) + floor).as_secs_f64();
            best = best.min(ratio);
            if best < 40.0 {
                break;
            }
        }
        println!("{name}: {best:.1} times a plain text");
        assert!(best < 40.0, "{name} takes {best:.0} times as long as a plain text of its size");
    }
}

/// The most memory that a run may take, in KiB: 200 MB.
#[cfg(target_os = "linux")]
const MOST_MEMORY: u64 = 200_000_000 / 1024;

/// The largest files that are read, with the content that takes the most memory.
#[cfg(target_os = "linux")]
#[test]
fn no_file_takes_much_memory() {
    let front = RIGHT.split("\n## Recommendation").next().unwrap();
    let text = |piece: &str| {
        let room = (1 << 20) - front.len() - 30;
        format!("{front}\n## Recommendation\n\n{}\n", piece.repeat(room / piece.len()))
    };
    for (path, bytes) in [
        ("content/r/1.md", text("[")),
        ("content/r/1.md", text("[[1]]")),
        ("content/r/1.md", text("<b>")),
        ("content/documents.yaml", "- x\n".repeat(400_000)),
        ("content/documents.yaml", format!("a: [{}", "b,".repeat(4_000_000))),
    ] {
        let scratch = Scratch::new(&[
            ("content/site.yaml", "title: A site\n"),
            ("content/r/report.md", "---\ntitle: Audit\nas_at: 2021-03-01\n---\n"),
            (path, &bytes),
        ]);
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(["check", "--format", "json"])
            .current_dir(scratch.root())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let mut most = 0;
        // The kernel keeps the peak; it is read until the process has ended.
        while run.try_wait().unwrap().is_none() {
            let status = std::fs::read_to_string(format!("/proc/{}/status", run.id()));
            let status = status.unwrap_or_default();
            let mark = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let mark = mark.and_then(|mark| mark.trim().strip_suffix(" kB")?.parse().ok());
            most = most.max(mark.unwrap_or(0));
            std::thread::sleep(Duration::from_millis(1));
        }
        let start: String = bytes[bytes.len() - 20..].chars().collect();
        println!("{path} of {start:?}: {} MB", most * 1024 / 1_000_000);
        assert!(most < MOST_MEMORY, "{path} of {start:?}: {most} KiB");
    }
}

/// Bytes that look like what Recto reads, so that the parser gets beyond the first line.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..12),
        "\\PC{0,12}".prop_map(String::into_bytes),
        proptest::sample::select(vec![
            "---\n",
            "\n",
            "\r\n",
            "\u{feff}",
            "\0",
            "\t",
            "number: 1\n",
            "title: x\n",
            "status: ",
            "implemented\n",
            "response: accepted\n",
            "deadline: 2020-02-30\n",
            "actions:\n  - ",
            "text: x\n",
            "tags: [",
            "]",
            "{",
            "}",
            "\"",
            "'",
            "&a ",
            "*a ",
            "? ",
            ": ",
            "- ",
            "|\n",
            "## Progress at ",
            "31 December 2020",
            ": ",
            "## ",
            "# ",
            "[[1]]",
            "[a](",
            "b.md)",
            "![",
            "<!--",
            "-->",
            "<b>",
            "`",
            "```\n",
            "A/RES/70/1",
            "ECE/",
            "SDG 6.1",
            "(WGI)",
            "WGI ",
            "\u{202e}",
            "é",
            "٣",
            "symbol: ",
            "term: ",
            "expansion: ",
            "name: ",
            "languages: [fr]\n",
            "checks: { overdue: deny }\n",
            "vocabulary: { status: { ",
            "sections: { other: ",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Any bytes as any file give diagnostics, which every format can show, and no panic.
    #[test]
    fn any_bytes_as_any_file_are_read_or_reported(
        bytes in bytes(),
        path in proptest::sample::select(vec![
            "content/r/1.md", "content/r/2.md", "content/r/report.md", "content/page.md",
            "content/site.yaml", "content/documents.yaml", "content/glossary.yaml",
            "content/units.yaml", "content/r/a.svg", "content/r/1.fr.md", "templates/home.html",
            "templates/strings/en.yaml", "content/x", "content/r/.md",
        ]),
        with_front_matter in any::<bool>(),
    ) {
        let bytes = match with_front_matter && path.ends_with(".md") {
            true => [RIGHT.as_bytes(), bytes.as_slice()].concat(),
            false => bytes,
        };
        let (input, diagnostics) = diagnostics(site(path, &bytes));
        for d in &diagnostics {
            prop_assert!(recto::rules::rule(d.code()).is_some(), "{} is nowhere explained", d.code());
        }
        let listing = Listing::new(&input, &diagnostics);
        for renderer in RENDERERS {
            let shown = (renderer.render)(&listing);
            prop_assert!(diagnostics.is_empty() || !shown.is_empty());
            if renderer.is_document {
                prop_assert!(serde_json::from_str::<serde_json::Value>(&shown).is_ok());
            }
        }
    }
}
