//! The demo, compared with the report that it was made from: every sentence, in order, in its
//! column.

use recto::assemble::Options;

use crate::html;
use crate::site::{build_of, project, rendered};

const COLUMNS: [&str; 6] =
    ["number", "recommendation", "response", "responsible", "deadline", "progress"];

/// The rows of the seed's table. A row that is split over two pages goes on under an empty number.
fn rows() -> Vec<[String; 6]> {
    let path = project().join("tests/seed/final-progress-report-2020.txt");
    let mut rows: Vec<[String; 6]> = Vec::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let Ok(cells) = <[&str; 6]>::try_from(cells) else { continue };
        if cells[0] == "#" {
            continue;
        }
        if !cells[0].is_empty() {
            rows.push(Default::default());
        }
        let row = rows.last_mut().unwrap();
        for (whole, part) in row.iter_mut().zip(cells) {
            whole.push(' ');
            whole.push_str(part);
        }
    }
    rows
}

/// The words of a cell without its tags.
fn words(cell: &str) -> String {
    let text: String =
        cell.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    html::fold(&text.replace("&amp;", "&"))
}

/// Without white space, the only difference where paragraphs and links meet.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_word_stands_in_its_column_of_the_official_table() {
    let demo = build_of(&project(), Options::default());
    let page = rendered(&demo, "central-asia/index.html");
    let rows = rows();
    assert_eq!(rows.len(), 6);
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = (1..=6)
            .map(|column| {
                let selector = format!(
                    "table.official tbody tr:nth-child({}) > :nth-child({column})",
                    index + 1
                );
                html::texts(&page, &selector).swap_remove(0)
            })
            .collect();
        for ((name, expected), found) in COLUMNS.iter().zip(row).zip(&cells) {
            let (expected, found) = (squeeze(&words(expected)), squeeze(found));
            match *name {
                // The title, the status and the timeliness are beside the report's own words;
                // recommendation 5 has an empty cell, so its date is there.
                "number" | "deadline" => {
                    assert!(found.starts_with(&expected), "row {}, {name}: {found}", index + 1);
                }
                _ => assert_eq!(found, expected, "row {}, {name}", index + 1),
            }
        }
    }
}

#[test]
fn every_word_stands_on_the_recommendations_page() {
    let demo = build_of(&project(), Options::default());
    for (index, row) in rows().iter().enumerate() {
        let page = rendered(&demo, &format!("central-asia/{}.html", index + 1));
        let progress = html::texts(&page, "#progress-2020-12-31 > :not(h2)").join(" ");
        assert_eq!(squeeze(&progress), squeeze(&words(&row[5])), "progress of {}", index + 1);
        let response = html::texts(&page, "#response > :not(h2)").join(" ");
        assert_eq!(squeeze(&response), squeeze(&words(&row[2])), "response to {}", index + 1);
        let text = html::texts(&page, "#recommendation blockquote").join(" ");
        assert_eq!(squeeze(&text), squeeze(&words(&row[1])), "recommendation {}", index + 1);
    }
}

#[test]
fn the_title_block_is_that_of_the_official_paper() {
    let demo = build_of(&project(), Options::default());
    let page = rendered(&demo, "central-asia/index.html");
    let seed = std::fs::read_to_string(project().join("tests/seed/final-progress-report-2020.txt"))
        .unwrap();
    let title = &html::texts(&page, "h1")[0];
    assert!(seed.replace("**", "").contains(title.as_str()), "{title}");
    assert_eq!(html::texts(&page, ".kind")[0], "Final Progress Report as at 31 December 2020");
    assert!(seed.contains("**Final Progress Report as at 31 December 2020**"));
}

#[test]
fn all_four_axes_of_the_export_are_right() {
    let demo = build_of(&project(), Options::default());
    let json: serde_json::Value =
        serde_json::from_str(&rendered(&demo, "recommendations.json")).unwrap();
    let recommendations = json["recommendations"].as_array().unwrap();
    assert_eq!(recommendations.len(), 6);
    for (index, recommendation) in recommendations.iter().enumerate() {
        assert_eq!(recommendation["number"], (index + 1).to_string());
        assert_eq!(recommendation["response"], "accepted");
        assert_eq!(recommendation["status"], "implemented");
        assert_eq!(recommendation["timeliness"], "on time");
        // Nobody said who says so.
        assert_eq!(recommendation["verification"], serde_json::Value::Null);
        assert_eq!(recommendation["continuing"], index == 4);
    }
    let mut symbols: Vec<&str> =
        demo.site.documents.iter().map(|document| document.symbol.as_str()).collect();
    symbols.sort_unstable();
    let cited = [
        "ECE/CP.TEIA/2018/7",
        "ECE/CP.TEIA/2020/L.3",
        "ECE/CP.TEIA/38/Add.1",
        "ECE/CP.TEIA/42",
        "ECE/CP.TEIA/42/Add.1",
    ];
    assert_eq!(symbols, cited);
}
