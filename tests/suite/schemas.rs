//! The schemas accept what Recto reads, and refuse what it does not know.

use jsonschema::Validator;
use recto::assemble::Options;
use recto::config::Config;
use recto::content::Drafts;
use recto::content::layout::REGISTERS;
use recto::diagnostics::Severity;
use recto::schemas::SCHEMAS;
use recto::source::FileId;
use recto::yaml::{FRONT_MATTER, Kind, Value, YAML_FILE, parse};

use crate::site::{Scratch, build_of, project};

fn validator(name: &str, config: &Config) -> Validator {
    let published = SCHEMAS.iter().find(|schema| schema.name == name).unwrap();
    jsonschema::validator_for(&(published.schema)(config)).unwrap()
}

/// A value as an editor sees it: YAML takes some texts for numbers and truth values.
fn json(value: &Value) -> serde_json::Value {
    match &value.kind {
        Kind::Null => serde_json::Value::Null,
        Kind::Scalar(text) if text == "true" || text == "false" => (text == "true").into(),
        Kind::Scalar(text) => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => match text.parse::<i64>() {
                Ok(whole) => whole.into(),
                Err(_) => number.into(),
            },
            _ => text.as_str().into(),
        },
        Kind::List(items) => items.iter().map(json).collect(),
        Kind::Map(entries) => serde_json::Value::Object(
            entries.iter().map(|(key, value)| (key.value.clone(), json(value))).collect(),
        ),
    }
}

fn parsed(text: &str) -> serde_json::Value {
    let limit = if text.len() > 60_000 { YAML_FILE } else { FRONT_MATTER };
    json(&parse(text, FileId(0), 0, limit, &mut Vec::new()).unwrap())
}

/// Which schema is for a file of the content.
fn schema_of(path: &str, front: &serde_json::Value, reports: &[&str]) -> Option<&'static str> {
    let below = path.strip_prefix("content/")?;
    if REGISTERS.contains(&below) {
        return SCHEMAS.iter().find(|s| s.file == Some(path)).map(|s| s.name);
    }
    let (folder, name) = below.rsplit_once('/').unwrap_or(("", below));
    let stem = name.strip_suffix(".md")?;
    Some(match name {
        "report.md" => "report",
        _ if stem.contains('.') && front.get("number").is_none() => "translation",
        _ if reports.contains(&folder) => "front-matter",
        _ => "page",
    })
}

/// Every file of a folder that Recto reads without an error.
fn accepts(root: &std::path::Path, checked: &mut usize) {
    let options = Options { drafts: Drafts::Include, ..Options::default() };
    let build = build_of(root, options);
    let reports: Vec<&str> = build.site.reports.iter().map(|r| r.folder.as_str()).collect();
    for (id, file) in build.input.files_with_id() {
        let is_wrong = build
            .diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error && d.span.is_none_or(|span| span.file == id));
        let yaml = match file.path.rsplit_once('.') {
            Some((_, "md")) => file.text().split("---\n").nth(1),
            Some((_, "yaml")) => Some(file.text()),
            _ => None,
        };
        let Some(yaml) = yaml.filter(|_| !is_wrong) else { continue };
        let front = parsed(yaml);
        let Some(name) = schema_of(&file.path, &front, &reports) else { continue };
        let validator = validator(name, &build.site.config);
        let errors: Vec<String> = validator.iter_errors(&front).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {} by {name}: {errors:?}", root.display(), file.path);
        *checked += 1;
    }
}

#[test]
fn what_is_read_is_accepted() {
    let mut checked = 0;
    accepts(&project(), &mut checked);
    let scaffold = Scratch::new(&[]);
    let init = std::process::Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(["init", "."])
        .current_dir(scaffold.root())
        .output()
        .unwrap();
    assert!(init.status.success());
    accepts(scaffold.root(), &mut checked);
    for case in crate::cases::folders() {
        accepts(&case, &mut checked);
    }
    assert!(checked > 80, "{checked} files");
}

#[test]
fn what_is_unknown_is_refused() {
    for (name, text) in [
        (
            "front-matter",
            "number: 1\ntitle: x\nresponse: accepted\nstatus: finished\ndedline: 2020\n",
        ),
        ("front-matter", "title: x\nresponse: accepted\n"),
        ("front-matter", "number: 1\ntitle: [x]\nresponse: accepted\nstatus: finished\n"),
        (
            "front-matter",
            "number: 1\ntitle: x\nresponse: accepted\nstatus: finished\nactions: [{ txt: a }]\n",
        ),
        ("report", "titel: x\n"),
        ("page", "number: 1\ntitle: x\n"),
        ("translation", "title: x\nstatus: implemented\n"),
        ("site", "title: x\nchecks: { overdue: never }\n"),
        ("site", "title: x\nvocabulary: { staus: { implemented: Done } }\n"),
        ("documents", "- title: x\n"),
        ("glossary", "- term: x\n"),
        ("units", "name: x\n"),
    ] {
        let validator = validator(name, &Config::of_empty_site());
        assert!(!validator.is_valid(&parsed(text)), "{name} accepts {text:?}");
    }
}

/// A key without an explanation does not help in an editor.
#[test]
fn every_key_is_explained() {
    for published in SCHEMAS {
        let schema = (published.schema)(&Config::of_empty_site());
        let root = schema.get("items").unwrap_or(&schema);
        for (key, property) in root["properties"].as_object().unwrap() {
            let text = property["description"].as_str().unwrap_or("");
            assert!(!text.is_empty(), "{}: {key}", published.name);
        }
    }
}

/// What `init` writes connects the schemas with their files.
#[test]
fn the_editor_finds_the_schemas() {
    let scratch = Scratch::new(&[]);
    let init = std::process::Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(["init", "."])
        .current_dir(scratch.root())
        .output()
        .unwrap();
    assert!(init.status.success());
    let read = |path: &str| -> serde_json::Value {
        serde_json::from_str(&std::fs::read_to_string(scratch.path(path)).unwrap()).unwrap()
    };
    let settings = read(".vscode/settings.json");
    let connected = settings["yaml.schemas"].as_object().unwrap();
    assert_eq!(connected.len(), 4);
    for (schema, file) in connected {
        assert!(scratch.path(file.as_str().unwrap()).is_file(), "{file}");
        assert!(jsonschema::validator_for(&read(schema)).is_ok(), "{schema}");
    }
}
