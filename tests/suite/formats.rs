//! What programs are given: documents that match their schemas, with correct places.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::site::{Scratch, rendered};

/// A site with an error, a warning, a note, a label, a suggested change, and a name that an address
/// has to encode.
fn site() -> Scratch {
    Scratch::new(&[
        ("content/site.yaml", "title: A site\n"),
        ("content/a b, 100%/report.md", "---\ntitle: Audit\nas_at: 2020-12-31\n---\n"),
        (
            "content/a b, 100%/1.md",
            "---\nnumber: 1\nTitle: Ж “x”\nresponse: accepted\nresponsible: Registry\n\
             deadline: 2020-01-31\nstatus: in progress\nstatus: implemented\n---\n\n\
             ## Recommendation\n\nжж <b>x\n\n## Management response\n\nYes.\n\n\
             ## Progress at 1 May 2020: implemented\n\nDone.\n",
        ),
    ])
}

fn check(scratch: &Scratch, format: &str, root: &str, from: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(["check", "--format", format, "--root", root])
        .current_dir(from)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let _ = scratch;
    String::from_utf8(output.stdout).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Each document of the formats is checked against the schema that a program would use.
#[test]
fn json_is_as_its_schema_says() {
    let scratch = site();
    let document = json(&check(&scratch, "json", ".", scratch.root()));
    let schema =
        Command::new(env!("CARGO_BIN_EXE_recto")).args(["schema", "diagnostics"]).output().unwrap();
    let schema = json(&String::from_utf8(schema.stdout).unwrap());
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");

    let all = document["diagnostics"].as_array().unwrap();
    let of = |code: &str| all.iter().find(|one| one["code"] == code).unwrap();
    // Columns count characters: two of them are before the tag.
    assert_eq!(of("raw-html")["place"]["start"], serde_json::json!({ "line": 13, "column": 4 }));
    let edit = &of("unknown-key")["edit"];
    assert_eq!(edit["replacement"], "title");
    assert_eq!(edit["place"]["end"], serde_json::json!({ "line": 3, "column": 6 }));
    assert_eq!(of("duplicate-key")["labels"][0]["place"]["start"]["line"], 7);
    assert_eq!(document["errors"], 2);
}

#[test]
fn a_site_without_mistakes_is_a_document_too() {
    let scratch = Scratch::new(&[("content/site.yaml", "title: A site\n")]);
    for format in ["json", "sarif"] {
        let output = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(["check", "--format", format])
            .current_dir(scratch.root())
            .output()
            .unwrap();
        assert!(output.status.success());
        assert!(serde_json::from_slice::<Value>(&output.stdout).unwrap().is_object());
    }
}

#[test]
fn sarif_says_where_and_how_columns_count() {
    let scratch = site();
    let above = scratch.root().parent().unwrap().to_owned();
    let name = scratch.root().file_name().unwrap().to_str().unwrap().to_owned();
    let log = json(&check(&scratch, "sarif", &name, &above));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(rules[index]["help"]["markdown"].as_str().unwrap().starts_with("# "));
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        // From where the command ran, as GitHub needs it.
        assert_eq!(*uri, format!("{name}/content/a%20b,%20100%25/1.md"));
    }
    // CI has the schema of SARIF in this variable; without it, only the shape is checked.
    if let Some(path) = std::env::var_os("SARIF_SCHEMA") {
        let schema = json(&std::fs::read_to_string(path).unwrap());
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<String> = validator.iter_errors(&log).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn annotations_are_a_line_each() {
    let scratch = site();
    let shown = check(&scratch, "github", ".", scratch.root());
    assert!(shown.lines().all(|line| line.starts_with("::")), "{shown}");
    let tag = "::warning file=content/a b%2C 100%25/1.md,line=13,col=4,endLine=13,endColumn=6,\
               title=raw-html::raw HTML `<b>` is shown as text%0Ahelp: ";
    assert!(shown.contains(tag), "{shown}");
}

/// 50,000 addresses are the most that one file of a site map may hold.
#[test]
fn a_large_site_has_several_site_maps() {
    let symbols: String = (1..=25_000).map(|n| format!("A/70/{n}\n")).collect();
    let scratch = Scratch::new(&[
        (
            "content/site.yaml",
            "title: A site\nbase_url: https://example.org/x\nlanguages: [en, fr]\n",
        ),
        ("content/about.md", &format!("---\ntitle: About\n---\n\n{symbols}")),
    ]);
    let build = scratch.build();
    let locations = |path: &str| rendered(&build, path).matches("<loc>").count();
    assert_eq!(locations("sitemap.xml"), 50_000);
    let pages = build.plan.recipes.keys().filter(|path| path.ends_with(".html")).count();
    // The page for addresses that do not exist is not listed.
    assert_eq!(locations("sitemap-2.xml"), pages - 1 - 50_000);
    let robots = rendered(&build, "robots.txt");
    let named: Vec<&str> = robots.lines().filter_map(|l| l.strip_prefix("Sitemap: ")).collect();
    let base = "https://example.org/x";
    assert_eq!(named, [format!("{base}/sitemap.xml"), format!("{base}/sitemap-2.xml")]);
}
