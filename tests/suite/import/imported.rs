//! Whole imports: what is told of each document, and the files that it gives, are as expected.
//!
//! `tests/import/expected/NAME.txt` has both. `UPDATE=1 cargo test` writes them again.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use recto::assemble::Options;
use recto::import::{Choices, ForeignDocument, ReadOptions, Request, Resolve, import, read, told};
use recto::markup::plain;
use recto::plan::Build;

use crate::site::{Scratch, build_of, project};

/// The documents, with the languages of the site that they are imported into.
fn documents() -> Vec<(PathBuf, &'static str)> {
    let mut documents = Vec::new();
    for folder in ["tests/import", "tests/import/corpus"] {
        for entry in std::fs::read_dir(project().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if matches!(ending, "docx" | "xlsx" | "csv" | "html" | "htm") {
                let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                let language = match name.as_str() {
                    "french_fields" => "fr",
                    "repeated_header_russian" => "ru",
                    _ => "en",
                };
                documents.push((path, language));
            }
        }
    }
    documents.sort();
    documents
}

fn document(path: &Path) -> ForeignDocument {
    let name = path.file_stem().unwrap().to_string_lossy();
    let changes = if name.ends_with("rejected") { Resolve::Reject } else { Resolve::Accept };
    read(&std::fs::read(path).unwrap(), ReadOptions { changes: Some(changes) }).unwrap()
}

fn site(language: &str) -> Scratch {
    Scratch::new(&[("content/site.yaml", &format!("title: A site\nlanguages: {language}\n"))])
}

/// What is told of an import, and its files.
fn told_of(document: &ForeignDocument, language: &str) -> String {
    let site = site(language);
    let choices = Choices::default();
    let request = Request { folder: "imported", name: "a report", choices: &choices, as_at: None };
    match import(document, &site.input(), &request) {
        Ok(import) => {
            let mut text = told(&import);
            for file in &import.files {
                text.push_str(&format!("\n==== {}\n", file.path));
                text.push_str(std::str::from_utf8(&file.bytes).unwrap_or("(a picture)\n"));
            }
            text
        }
        Err(error) => format!("error: {error:#}\n"),
    }
}

#[test]
fn every_document_is_imported_as_expected() {
    let mut failures = Vec::new();
    for (path, language) in documents() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected_at = project().join("tests/import/expected").join(format!("{name}.txt"));
        let expected = std::fs::read_to_string(&expected_at).unwrap_or_default();
        let found = told_of(&document(&path), language);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(expected_at.parent().unwrap()).unwrap();
            std::fs::write(&expected_at, &found).unwrap();
        } else if found != expected {
            failures.push(format!("{name}:\n{found}"));
        }
    }
    assert!(failures.is_empty(), "{}\nUPDATE=1 accepts what was found", failures.join("\n"));
}

/// The texts of each recommendation of a report, in plain words, by its number and their headings.
fn texts(build: &Build, folder: &str) -> Vec<(String, Vec<String>)> {
    let site = &build.site;
    let of_report = site.recommendations.iter();
    let of_report = of_report.filter(|one| site.report(one.report).folder == folder);
    let texts = of_report.map(|one| {
        let text = &one.texts.original;
        let words = site.words(&text.language);
        let plain = plain::sections(text, site, site.report(one.report), words);
        let plain = plain.iter().filter(|text| !text.is_empty());
        (one.label.to_string(), plain.map(|text| without_addresses(text)).collect())
    });
    texts.collect()
}

/// A plain text without the addresses in brackets after the words that link: those of the sample are
/// invented, and the demo has none.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" (https://");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once(')').map_or("", |(_, rest)| rest));
    let text = first + &rest.collect::<String>();
    // Where the report has a line of four, the demo has a list.
    text.replace('•', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The demo is the report of the sample: imported, it has the demo's words.
#[test]
fn the_sample_has_the_words_of_the_demo() {
    let demo = build_of(&project(), Options::default());
    let expected = texts(&demo, "central-asia");
    assert_eq!(expected.len(), 6);
    for name in ["sample_report.docx", "sample_report.html", "sample_report.xlsx"] {
        let site = site("en");
        let document = document(&project().join("tests/import/corpus").join(name));
        let choices = Choices::default();
        let request = Request { folder: "sample", name: "sample", choices: &choices, as_at: None };
        for file in import(&document, &site.input(), &request).unwrap().files {
            site.write(&file.path, std::str::from_utf8(&file.bytes).unwrap());
        }
        let found = texts(&site.build(), "sample");
        assert_eq!(found.len(), expected.len());
        for ((number, found), (_, expected)) in found.iter().zip(&expected) {
            for (index, expected) in expected.iter().enumerate() {
                assert_eq!(found.get(index), Some(expected), "{name}, {number}");
            }
        }
    }
}

/// A cell of a foreign table: words, and everything that Markdown takes for a mark.
fn hostile_cell() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => "[a-zé]{1,6}",
        2 => prop::sample::select(vec![
            "*", "**", "_", "__", "`", "```", "#", "## ", "> ", "- ", "+ ", "1. ", "10) ", "[x]", "[[2]]",
            "[a](b)", "![", "<b>", "</b>", "<!-- ", " -->", "&amp;", "&", "|", "||", "~~", "~", "^", "$", "\\",
            "---", "===", "***", ":", "\n: ", "    ", "\t", "http://a.example/b_c_d", "a@b.example", "[^1]",
            "[^1]: ", "::", "{%", "{{", "\u{a0}", "‑", "…", "!", "=", "@", "A/RES/70/1", "SDG 6.3", "a_b_c",
            "x*y*z", "<https://a.example>", "https://a.example/?q=(1)", "()", "(a)", "•", "–", "\n", "\n\n",
            "’s", "\"", "'", "Ω", "🟡", "1.5", "12. May 2020", "#1", "@name", "<", ">", "<?", "<![CDATA[",
        ]).prop_map(str::to_owned),
        2 => Just(" ".to_owned()),
    ];
    prop::collection::vec(pieces, 0..14).prop_map(|pieces| pieces.concat())
}

/// A CSV file of these rows.
fn csv_of(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(["No.", "Recommendation", "Response", "Deadline", "Comments"]).unwrap();
    for (index, row) in rows.iter().enumerate() {
        let number = (index + 1).to_string();
        writer.write_record([&number].into_iter().chain(row)).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A cell of a page: words that are marked, that link, in lists.
fn rich_cell() -> impl Strategy<Value = String> {
    let words = "[a-z]{1,5}|[.,:()“”#-]|[0-9]{1,2}[.)]";
    let piece = (words, 0..8_u8, any::<bool>()).prop_map(|(text, look, spaced)| {
        let space = if spaced { " " } else { "" };
        let marked = match look {
            0 => format!("<b>{text}</b>"),
            1 => format!("<i>{text}</i>"),
            2 => format!("<b><i>{text}</i></b>"),
            3 => format!("<a href=\"https://a.example/{look}\">{text}</a>"),
            4 => format!("<s>{text}</s>"),
            5 => "<a href=\"https://x.example/a\">https://x.example/a</a>".to_owned(),
            _ => text,
        };
        format!("{marked}{space}")
    });
    let line = prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat());
    let block = (line.clone(), line, 0..5_u8).prop_map(|(one, other, kind)| match kind {
        0 => format!("<ul><li>{one}</li><li>{other}</li></ul>"),
        1 => format!("<ol><li>{one}</li><li>{other}</li></ol>"),
        2 => format!("<ul><li>{one}<ul><li>{other}</li></ul></li></ul>"),
        3 => format!("<p>{one}<br>{other}</p>"),
        _ => format!("<p>{one}</p><p>{other}</p>"),
    });
    prop::collection::vec(block, 1..3).prop_map(|blocks| blocks.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60)
    ) })]

    /// Whatever a cell has, its words arrive: the import compares them itself, and fails where they
    /// differ.
    #[test]
    fn any_words_arrive(rows in prop::collection::vec(prop::collection::vec(hostile_cell(), 4..5), 1..4)) {
        let mut rows = rows;
        rows[0][0].push_str(" words");
        let document = read(&csv_of(&rows), ReadOptions::default()).unwrap();
        let site = site("en");
        let choices = Choices::default();
        let request = Request { folder: "r", name: "r", choices: &choices, as_at: None };
        let result = import(&document, &site.input(), &request);
        let message = result.as_ref().err().map(|error| format!("{error:#}"));
        prop_assert!(message.is_none(), "{}", message.unwrap_or_default());
    }

    /// The same of marked words, links and lists.
    #[test]
    fn any_looks_arrive(cells in prop::collection::vec((rich_cell(), rich_cell()), 1..3)) {
        let row = |(number, (one, other)): (usize, &(String, String))| {
            format!("<tr><td>{number}</td><td>words {one}</td><td>{other}</td></tr>")
        };
        let rows: String = (1..).zip(&cells).map(row).collect();
        let head = "<tr><th>No.</th><th>Recommendation</th><th>Comments</th></tr>";
        let page = format!("<html><body><table>{head}{rows}</table></body></html>");
        let document = read(page.as_bytes(), ReadOptions::default()).unwrap();
        let site = site("en");
        let choices = Choices::default();
        let request = Request { folder: "r", name: "r", choices: &choices, as_at: None };
        let result = import(&document, &site.input(), &request);
        let message = result.as_ref().err().map(|error| format!("{error:#}"));
        prop_assert!(message.is_none(), "{}\n{page}", message.unwrap_or_default());
    }
}
