//! What texts point at: each file under `tests/references` has sentences and what is found in them.
//! The labelled data beside the project is read too, where it exists.
//!
//! In a file, `> ` begins a sentence; below it `= scheme key` is what is found, in order, and
//! `! code …` what is reported instead. `UPDATE=1 cargo test` writes what is found.

use std::fmt::Write as _;
use std::path::PathBuf;

use proptest::prelude::*;
use recto::references::Organ;
use recto::references::{Finder, Findings, KnownNames, Pattern, Patterns};
use recto::source::{FileId, Span};
use serde_json::Value;

use crate::site::{files_below, project};

/// A finder that knows the names in the sentences of the project's own files.
fn finder() -> Finder {
    let patterns = vec![Pattern {
        name: "ILO convention".to_owned(),
        pattern: r"ILO Convention No\. (\d+)".to_owned(),
        url: "https://normlex.ilo.org/?p=:{1}".to_owned(),
    }];
    Finder::new(KnownNames {
        terms: ["CAC", "CACs", "CIS", "CIS ICIS", "NPD", "tbc"].map(str::to_owned).to_vec(),
        documents: ["Joint Communiqué", "Sendai Framework"].map(str::to_owned).to_vec(),
        patterns: Patterns::new(patterns).unwrap(),
    })
}

#[test]
fn own_sentences_say_what_they_point_at() {
    let finder = finder();
    let mut failures = Vec::new();
    for (name, bytes) in files_below(&project().join("tests/references")) {
        let shown = String::from_utf8(bytes).unwrap();
        let found = replay(&shown, &finder);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(project().join("tests/references").join(&name), found).unwrap();
        } else if found != shown {
            let line = found.lines().zip(shown.lines()).take_while(|(a, b)| a == b).count();
            let near = |text: &str| {
                text.lines().skip(line.saturating_sub(3)).take(6).collect::<Vec<_>>().join("\n")
            };
            failures.push(format!("{name}: expected\n{}\nfound\n{}", near(&shown), near(&found)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The file with what is found now.
fn replay(shown: &str, finder: &Finder) -> String {
    let mut out = String::new();
    let mut organ = None;
    for line in shown.lines().filter(|line| !line.starts_with(['=', '!'])) {
        let _ = writeln!(out, "{line}");
        if let Some(name) = line.strip_prefix("# organ: ") {
            organ = Organ::of_name(name);
        }
        let Some(sentence) = line.strip_prefix("> ") else { continue };
        let findings = finder.find(sentence, organ);
        for found in &findings.matches {
            let text = &sentence[found.range.clone()];
            let printed =
                if text == found.key.to_string() { String::new() } else { format!(" · {text}") };
            let _ = writeln!(out, "= {} {}{printed}", found.scheme, found.key);
        }
        for uncertain in &findings.uncertain {
            let diagnostic = uncertain.diagnostic(sentence, Span::top(FileId(0)));
            let help = diagnostic.help.clone().unwrap_or_default();
            let _ = writeln!(
                out,
                "! {} {}: {help}",
                diagnostic.code(),
                &sentence[uncertain.range.clone()]
            );
        }
    }
    out
}

/// The labelled data, where it is beside the project.
fn shared(file: &str) -> Option<String> {
    let path: PathBuf = project().join("../shared/data/references").join(file);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        crate::site::left_out(&format!("labelled references: there is no {}", path.display()));
    }
    text
}

fn strings(value: &Value) -> Vec<String> {
    let items = value.as_array().unwrap().iter();
    items.map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect()
}

fn keys(findings: &Findings<'_>, scheme: &str) -> Vec<String> {
    let of_scheme = findings.matches.iter().filter(|m| m.scheme.to_string() == scheme);
    of_scheme.map(|m| m.key.to_string()).collect()
}

#[test]
fn labelled_symbols_and_resolutions_are_found_exactly() {
    let Some(text) = shared("un-symbols.jsonl") else { return };
    let finder = Finder::new(KnownNames::default());
    let (mut wrong_symbols, mut wrong_resolutions) = (Vec::new(), Vec::new());
    let mut sentences = 0;
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let sentence = row["text"].as_str().unwrap();
        let findings = finder.find(sentence, None);
        sentences += 1;
        let (symbols, resolutions) = (keys(&findings, "un_symbol"), keys(&findings, "resolution"));
        if symbols != strings(&row["expect"]) {
            wrong_symbols
                .push(format!("{}: expected {} found {symbols:?}", row["id"], row["expect"]));
        }
        if resolutions != strings(&row["expect_resolutions"]) {
            wrong_resolutions.push(format!("{}: {resolutions:?}", row["id"]));
        }
        for never in strings(&row["must_not_link"]) {
            for found in &findings.matches {
                let text = &sentence[found.range.clone()];
                assert!(
                    found.key.to_string() != never && !text.contains(&never),
                    "{}: {never} is linked",
                    row["id"]
                );
            }
        }
    }
    assert!(wrong_symbols.is_empty(), "of {sentences}:\n{}", wrong_symbols.join("\n"));
    assert!(wrong_resolutions.is_empty(), "of {sentences}:\n{}", wrong_resolutions.join("\n"));
    println!("{} of {sentences} exact", sentences - wrong_symbols.len());
}

#[test]
fn labelled_goals_are_found_exactly() {
    let Some(text) = shared("sdg.jsonl") else { return };
    let finder = Finder::new(KnownNames::default());
    let mut wrong = Vec::new();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let findings = finder.find(row["text"].as_str().unwrap(), None);
        let found: Vec<String> =
            keys(&findings, "sdg").iter().map(|key| key.replace("sdg:", "")).collect();
        let with = |dots: usize| -> Vec<String> {
            found.iter().filter(|key| key.matches('.').count() == dots).cloned().collect()
        };
        // The label has only the last of the three lists in this sentence.
        let s14 = ["1", "2", "13", "16", "17", "11", "17", "1", "16"].map(str::to_owned).to_vec();
        for (field, dots) in [("goals", 0), ("targets", 1), ("indicators", 2)] {
            let expected = match (row["id"].as_str(), field) {
                (Some("s14"), "goals") => s14.clone(),
                _ => strings(&row[field]),
            };
            if with(dots) != expected {
                wrong.push(format!("{} {field}: {expected:?}, found {:?}", row["id"], with(dots)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn printed_symbols_are_found_whole_alone_and_in_a_sentence() {
    let Some(text) = shared("un-symbols.txt") else { return };
    let finder = Finder::new(KnownNames::default());
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    for (before, after) in [("", ""), ("As the report (", ") says, "), ("see ", ", para. 7.")] {
        let missed: Vec<&&str> = lines
            .iter()
            .filter(|symbol| {
                let text = format!("{before}{symbol}{after}");
                let findings = finder.find(&text, None);
                let start = findings.matches.first().map(|m| m.range.start);
                let end = findings.matches.last().map(|m| m.range.end);
                (start, end) != (Some(before.len()), Some(before.len() + symbol.len()))
            })
            .collect();
        assert!(
            missed.len() * 100 <= lines.len(),
            "{} of {}: {missed:?}",
            missed.len(),
            lines.len()
        );
        println!("missed {} of {}: {missed:?}", missed.len(), lines.len());
    }
}

#[test]
fn damaged_symbols_are_never_linked_in_silence() {
    let Some(text) = shared("un-symbols-noisy.txt") else { return };
    let finder = Finder::new(KnownNames::default());
    // These still name a document, and the key is its symbol.
    let fixed = |line: &str, key: &str| {
        let plain = line.to_uppercase().replace("ADDS.", "ADD.");
        plain == key.to_uppercase() || plain.ends_with("ADD.1-3")
    };
    let mut linked = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        for found in finder.find(line, None).matches {
            linked += 1;
            assert!(fixed(line, &found.key.to_string()), "{line} is linked to {}", found.key);
        }
    }
    println!("{linked} links");
    // Below this line are other numbers, none of which is a document of the United Nations.
    let others = text.split("must NOT be accepted").nth(1).unwrap();
    for line in others.lines().skip(1) {
        assert!(finder.find(line, None).matches.is_empty(), "{line} is linked");
    }
}

/// Text that is likely to point at something, mixed with any other characters.
fn texts() -> impl Strategy<Value = String> {
    let pieces = [
        "ECE/CP.TEIA/38/Add.1",
        "A/79/6 (Sect. 12)",
        " and Add.1",
        ", Add.1–3",
        "–ECE/MP.WAT/58",
        "/",
        "A/70/1",
        "SDGs 3, 6",
        " to 9",
        "Goal 13",
        "target 11.b",
        "General Assembly resolution 70/1",
        " and 72/2",
        "resolution 1325 (2000)",
        "NPD",
        "NPDs",
        "Joint Communiqué",
        "No. 87",
        "[[1]]",
        "https://example.org/A/70/1",
        "*",
        "**",
        "`",
        "&amp;",
        "&nbsp;",
        " ",
        "\n",
        "\u{a0}",
        "(",
        ")",
        ".",
        "- ",
        "# ",
        "> ",
        "|",
        "[x](y.md)",
        "見",
        "é",
        "\u{200f}",
        "\u{301}",
    ];
    let piece = prop_oneof![
        4 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => "\\PC".prop_filter("tags are shown as text, images that are not there too", |c| c != "<" && c != "!"),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A site with one page, which has this text.
fn site_with(text: &str) -> recto::plan::Build {
    let file = |path: &str, text: &str| recto::source::File {
        path: format!("content/{path}"),
        content: recto::source::Content::Text(text.into()),
    };
    let files = vec![
        file(
            "site.yaml",
            "title: T\nreferences: [{ name: own, pattern: 'No\\. (\\d+)', url: 'https://example.org/{1}' }]\n",
        ),
        file("glossary.yaml", "- { term: NPD, expansion: x, forms: NPDs }\n"),
        file(
            "documents.yaml",
            "- { symbol: Joint Communiqué, title: y }\n- { symbol: A/70/1, title: z }\n",
        ),
        file("r/report.md", "---\ntitle: R\n---\n"),
        file("r/1.md", "---\nnumber: 1\ntitle: One\nresponse: noted\nstatus: not started\n---\n"),
        file("page.md", &format!("---\ntitle: Page\n---\n{text}")),
    ];
    recto::pipeline::build(
        recto::source::Input::new(files, crate::site::today()),
        Default::default(),
        None,
    )
}

/// The characters of a piece of HTML without its tags.
fn characters(html: &str) -> String {
    scraper::Html::parse_fragment(html).root_element().text().collect()
}

proptest! {
    #[test]
    fn links_change_no_character(text in texts()) {
        let build = site_with(&text);
        let page = build.site.pages.first().unwrap();
        let own = &page.texts.original;
        let scope = recto::markup::html::PageScope {
            site: &build.site,
            page: "page.html",
            words: &build.site.languages[0],
            report: None,
            place: recto::markup::html::TextPlace::Own,
        };
        let draw = |text| characters(&recto::markup::html::draw_whole(text, &scope).0);
        let mut without_links = recto::model::Text::clone(own);
        without_links.found.clear();
        prop_assert_eq!(draw(own), draw(&without_links));
        // And these are the author's, as CommonMark reads them; it has other line breaks between
        // its tags.
        let body = own.slice(own.body);
        let events = pulldown_cmark::Parser::new_ext(body, recto::content::markdown::options());
        let mut plain = String::new();
        pulldown_cmark::html::push_html(&mut plain, events);
        prop_assert_eq!(crate::html::fold(&draw(own)), crate::html::fold(&characters(&plain)));
    }

    #[test]
    fn places_are_in_order_and_cut_at_characters(text in texts()) {
        let build = site_with(&text);
        let own = &build.site.pages.first().unwrap().texts.original;
        let mut end = 0;
        for found in &own.found {
            prop_assert!(end <= found.span.start && found.span.start <= found.span.end);
            prop_assert!(own.source.get(found.span.range()).is_some());
            end = found.span.end;
        }
    }
}
