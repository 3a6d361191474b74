//! The list of all recommendations: what can be chosen, its pages, the data of its script.

use std::collections::{BTreeMap, BTreeSet};

use recto::plan::Build;
use serde_json::Value;

use crate::html;
use crate::properties::{data_of, nothing_can_run};
use crate::site::{Scratch, rendered};

/// A report with so many recommendations in two chapters, each half of them implemented, and an
/// earlier edition of it.
fn long(length: usize) -> Scratch {
    let scratch = Scratch::new(&[
        (
            "content/site.yaml",
            "title: A site\nbase_url: https://example.org\nfacts:\n  \
             risk: { label: Risk, kind: choice, values: [high, low], filter: true }\n  \
             note: { label: Note, kind: text }\n",
        ),
        (
            "content/audit/report.md",
            "---\ntitle: Audit\nas_at: 2020-12-31\nearlier: [2019-12-31]\ngroups: [First, Second]\n---\n",
        ),
        ("content/other/report.md", "---\ntitle: Other\nas_at: 2020-12-31\n---\n"),
        ("content/other/1.md", "---\nnumber: 1\ntitle: Éléments\n---\n\nPublish the élément.\n"),
    ]);
    for number in 1..=length {
        let status = if number % 2 == 0 { "implemented" } else { "in progress" };
        let group = if number <= length / 2 { "First" } else { "Second" };
        let risk = if number % 3 == 0 { "high" } else { "Low" };
        scratch.write(
            &format!("content/audit/{number}.md"),
            &format!(
                "---\nnumber: {number}\nstatus: {status}\ngroup: {group}\nrisk: {risk}\n\
                 made: {}\n---\n\n## Recommendation\n\nText of {number}.\n",
                2010 + number % 2
            ),
        );
    }
    scratch
}

#[test]
fn a_long_report_has_a_line_for_each_and_its_table_on_pages_of_60() {
    let build = long(130).build();
    for place in ["audit", "audit/2019-12-31"] {
        let page = rendered(&build, &format!("{place}/index.html"));
        assert!(!page.contains("class=\"official"), "{place}");
        assert_eq!(html::texts(&page, "table.lines tbody tr").len(), 130);
        // Those who hear the page can go from one to the next.
        assert_eq!(html::texts(&page, "table.lines th [aria-level=\"4\"]").len(), 130);
        assert_eq!(html::texts(&page, ".group-of-lines > h3"), ["First", "Second"]);
        let paths = [format!("{place}/table.html"), format!("{place}/table/2.html")];
        let last = format!("{place}/table/3.html");
        let tables = paths.iter().chain([&last]).map(|path| {
            let page = rendered(&build, path);
            html::texts(&page, "table.official .row-number")
        });
        let tables: Vec<Vec<String>> = tables.collect();
        assert_eq!(tables.iter().map(Vec::len).collect::<Vec<_>>(), [60, 60, 10], "{place}");
        let all: BTreeSet<&String> = tables.iter().flatten().collect();
        assert_eq!(all.len(), 130);
    }
    assert!(!build.plan.recipes.contains_key("audit/table/4.html"));
    assert!(!build.plan.recipes.contains_key("other/table.html"));
    let short = long(60).build();
    assert!(rendered(&short, "audit/index.html").contains("class=\"official"));
    assert!(!short.plan.recipes.contains_key("audit/table.html"));
}

#[test]
fn every_choice_has_its_page_and_every_recommendation_is_on_those_of_its_choices() {
    let build = long(450).build();
    let paths = |prefix: &str| -> Vec<&str> {
        let all = build.plan.recipes.keys().map(String::as_str);
        all.filter(|path| path.starts_with(prefix) && path.ends_with(".html")).collect()
    };
    assert_eq!(
        paths("recommendations/"),
        [
            "recommendations/2.html",
            "recommendations/3.html",
            "recommendations/index.html",
            "recommendations/made/2010.html",
            "recommendations/made/2010/2.html",
            "recommendations/made/2011.html",
            "recommendations/made/2011/2.html",
            "recommendations/made/not-stated.html",
            "recommendations/risk/high.html",
            "recommendations/risk/low.html",
            "recommendations/risk/low/2.html",
            "recommendations/status/implemented.html",
            "recommendations/status/implemented/2.html",
            "recommendations/status/in-progress.html",
            "recommendations/status/in-progress/2.html",
            "recommendations/status/not-stated.html",
        ]
    );
    let rows = |path: &str| html::texts(&rendered(&build, path), "table.cards tbody tr").len();
    assert_eq!([rows("recommendations/index.html"), rows("recommendations/3.html")], [200, 51]);
    assert_eq!(rows("recommendations/risk/high.html"), 150);
    assert_eq!(rows("recommendations/made/2010/2.html"), 25);
    let index = rendered(&build, "recommendations/index.html");
    assert_eq!(facets(&index), ["Status", "Report", "Group", "Year made", "Risk"]);
}

/// What can be chosen by.
fn facets(page: &str) -> Vec<String> {
    let facets = html::texts(page, ".facets summary").into_iter();
    facets.map(|text| text.trim().to_owned()).collect()
}

/// The data of a script.
fn data(build: &Build, path: &str) -> Value {
    data_of(rendered(build, path).as_bytes())
}

#[test]
fn the_script_is_told_what_the_pages_show() {
    let build = long(130).build();
    let rows = data(&build, "recommendations/rows.js");
    let of = |column: &str| {
        let column = &rows["columns"][column];
        let is = column["is"].as_array().unwrap();
        let of = column["of"].as_array().unwrap().iter();
        let cell = |place: &Value| is[usize::try_from(place.as_u64().unwrap()).unwrap()].clone();
        of.map(cell).map(|cell| cell.as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    assert_eq!(of("number")[..3], ["1", "2", "3"]);
    assert!(of("status")[1].contains("Implemented"));
    assert_eq!(rows["urgency"].as_array().unwrap().len(), 131);
    // What is first in the alphabet has the least place.
    assert_eq!(rows["columns"]["status"]["is"].as_array().unwrap().last().unwrap(), "");
    let words = data(&build, "recommendations/words/0.js");
    let places = |word: &str| {
        let mut words = words.as_array().unwrap().iter();
        words.find(|of| of[0] == word).map(|of| of[1].as_str().unwrap().to_owned())
    };
    // In the last recommendation, with 130 before it: 40 and 2 times 45.
    assert_eq!(places("element").unwrap(), "y%");
    assert_eq!(places("elements"), None);
    assert_eq!(places("text").unwrap().len(), 130);
    let texts = data(&build, "recommendations/texts/6.js");
    assert_eq!(texts[10], "Éléments\nPublish the élément.");
}

#[test]
fn the_data_of_the_site_have_the_facts_and_those_of_a_report_the_texts() {
    let build = long(3).build();
    let json = |path: &str| -> Value { serde_json::from_str(&rendered(&build, path)).unwrap() };
    let (site, report) = (json("recommendations.json"), json("audit/recommendations.json"));
    assert_eq!(site["recommendations"].as_array().unwrap().len(), 4);
    assert_eq!(site["recommendations"][0]["status"], "in progress");
    assert!(site["recommendations"][0].get("recommendation").is_none());
    assert_eq!(report["recommendations"][0]["recommendation"], "Text of 1.");
    assert_eq!(site["reports"][0]["data"], "https://example.org/audit/recommendations.json");
    let facts = recto::formats::json::facts_schema();
    for (schema, value) in [(facts, &site), (recto::formats::json::schema(), &report)] {
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<String> = validator.iter_errors(value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let head = |path: &str| rendered(&build, path).lines().next().unwrap().to_owned();
    assert!(!head("recommendations.csv").contains(",recommendation,"));
    assert!(head("audit/recommendations.csv").contains(",recommendation,"));
}

/// What later reports take further is in the list once, as it is in the newest.
#[test]
fn what_is_taken_further_is_listed_once() {
    let scratch = Scratch::new(&[
        ("content/site.yaml", "title: A site\n"),
        ("content/a/report.md", "---\ntitle: A\nas_at: 2019-12-31\n---\n"),
        ("content/a/1.md", "---\nnumber: 1\nstatus: in progress\n---\n\nOne.\n"),
        ("content/a/2.md", "---\nnumber: 2\nstatus: implemented\n---\n\nTwo.\n"),
        (
            "content/b/report.md",
            "---\ntitle: B\nas_at: 2020-12-31\nfollows: a\nnumbers: continue\n---\n",
        ),
        ("content/b/1.md", "---\nnumber: 1\nstatus: implemented\n---\n\nOne.\n"),
    ]);
    let build = scratch.build();
    let page = rendered(&build, "recommendations/index.html");
    let rows = html::texts(&page, "table tbody tr");
    assert_eq!(rows.len(), 2);
    assert!(rows[0].contains("One.") && rows[0].contains("31 December 2020"), "{}", rows[0]);
    // Both are implemented, so there is nothing to choose but the report.
    assert_eq!(facets(&page), ["Report"]);
}

/// What authors type is shown as they typed it, and is never markup.
#[test]
fn what_authors_type_is_words_in_the_data_of_the_script() {
    let bad = "<img src=x onerror=alert(1)>";
    let scratch = Scratch::new(&[
        (
            "content/site.yaml",
            &format!(
                "title: A site\nfacts: {{ risk: {{ label: '{bad}', filter: true }} }}\n\
                 vocabulary: {{ response: {{ accepted: '{bad} yes' }} }}\n"
            ),
        ),
        ("content/audit/report.md", &format!("---\ntitle: '{bad}'\nas_at: 2020-12-31\n---\n")),
    ]);
    for number in ["1 <b>", "2"] {
        scratch.write(
            &format!("content/audit/{}.md", &number[..1]),
            &format!(
                "---\nnumber: '{number}'\ntitle: '{bad}'\nresponse: '{bad} yes'\n\
                 responsible: '{bad}'\ndeadline: '{bad}'\nstatus: in progress\ntags: ['{bad}']\n\
                 risk: '{bad} {number}'\n---\n\nText {bad}.\n"
            ),
        );
    }
    let build = scratch.build();
    let pages: BTreeMap<String, Vec<u8>> = build
        .plan
        .recipes
        .keys()
        .filter(|path| path.ends_with(".html") || path.ends_with("/rows.js"))
        .map(|path| (path.clone(), rendered(&build, path).into_bytes()))
        .collect();
    nothing_can_run(&build, &pages, "hostile");
    let rows = data(&build, "recommendations/rows.js");
    assert_eq!(rows["columns"]["number"]["is"], serde_json::json!(["1 &lt;b&gt;", "2"]));
    let response = rows["columns"]["response"]["is"][0].as_str().unwrap();
    assert!(response.starts_with("&lt;img"), "{response}");
}
