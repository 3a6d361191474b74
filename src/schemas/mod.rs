//! SCHEMAS: what each file of the content may contain, and what Recto writes for programs, as JSON
//! Schema.
//!
//! Those of the content are made from the types that read it, so that the two cannot differ. They
//! use draft 7, the latest that YAML editors support in full.

use serde_json::json;

use crate::compare::{ChangesExport, SinceExport};
use crate::config::{Config, FactKind, OwnFact};
use crate::diagnostics;
use crate::formats;
use crate::model::{
    DocumentEntry, PageFront, RecommendationFront, ReportFront, TermEntry, TranslationFront,
    UnitEntry,
};
use crate::rules;
use crate::yaml::{FromYaml, Schema, text_schema};

/// A schema that Recto publishes.
pub struct PublishedSchema {
    /// What the command line calls it.
    pub name: &'static str,
    /// What it describes, as the end of a sentence.
    pub of: &'static str,
    /// The file of the content that it is for, where editors can connect the two.
    pub file: Option<&'static str>,
    /// Makes it, for a site with these settings.
    pub schema: fn(&Config) -> Schema,
}

/// Every schema of the content.
pub const SCHEMAS: &[PublishedSchema] = &[
    PublishedSchema {
        name: "front-matter",
        of: "the front matter of a recommendation",
        file: None,
        schema: recommendation,
    },
    PublishedSchema {
        name: "report",
        of: "the front matter of `report.md`",
        file: None,
        schema: |_| front::<ReportFront>(&["title"]),
    },
    PublishedSchema {
        name: "page",
        of: "the front matter of a page",
        file: None,
        schema: |_| front::<PageFront>(&["title"]),
    },
    PublishedSchema {
        name: "translation",
        of: "the front matter of a translation",
        file: None,
        schema: |_| translation(),
    },
    PublishedSchema {
        name: "site",
        of: "`content/site.yaml`",
        file: Some("content/site.yaml"),
        schema: |_| site(),
    },
    PublishedSchema {
        name: "documents",
        of: "`content/documents.yaml`",
        file: Some("content/documents.yaml"),
        schema: |_| register::<DocumentEntry>(),
    },
    PublishedSchema {
        name: "glossary",
        of: "`content/glossary.yaml`",
        file: Some("content/glossary.yaml"),
        schema: |_| register::<TermEntry>(),
    },
    PublishedSchema {
        name: "units",
        of: "`content/units.yaml`",
        file: Some("content/units.yaml"),
        schema: |_| register::<UnitEntry>(),
    },
    PublishedSchema {
        name: "diagnostics",
        of: "what `recto check --format json` prints",
        file: None,
        schema: |_| diagnostics::json::schema(),
    },
    PublishedSchema {
        name: "facts",
        of: "`recommendations.json` of the whole site: the facts of all, without the texts",
        file: None,
        schema: |_| formats::json::facts_schema(),
    },
    PublishedSchema {
        name: "changes",
        of: "`changes.json`, what changed in a report since one before it",
        file: None,
        schema: |_| schemars::schema_for!(SinceExport<'static>).into(),
    },
    PublishedSchema {
        name: "diff",
        of: "what `recto diff --format json` prints",
        file: None,
        schema: |_| schemars::schema_for!(ChangesExport<'static>).into(),
    },
];

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// A record with its required keys, although each is read as optional: a check reports missing keys
/// with more help than a schema can give.
fn front<T: FromYaml>(required: &[&str]) -> Schema {
    let mut schema = T::schema();
    schema["required"] = json!(required);
    with_draft(schema)
}

/// The front matter of a translation: empty for that of a recommendation without a title.
fn translation() -> Schema {
    let mut schema = front::<TranslationFront>(&[]);
    schema["type"] = json!(["object", "null"]);
    schema
}

/// The front matter of a recommendation, with the facts and the required keys of the site.
fn recommendation(config: &Config) -> Schema {
    let mut required: Vec<&str> = RecommendationFront::REQUIRED.to_vec();
    required.extend(config.required.0.iter().map(|key| key.as_str()));
    let mut schema = front::<RecommendationFront>(&required);
    for (key, fact) in config.facts.iter().flat_map(|facts| &facts.0) {
        if schema["properties"].get(key.as_str()).is_none() {
            schema["properties"][key.as_str()] = own_fact(fact);
        }
    }
    schema
}

/// The values of a fact of the site's own.
fn own_fact(fact: &OwnFact) -> Schema {
    let values: Vec<&str> = fact.values.0.iter().map(|choice| choice.value.as_str()).collect();
    let value = match fact.kind() {
        FactKind::Number => json!({ "type": ["number", "string"] }),
        FactKind::Choice => json!({ "anyOf": [{ "enum": values }, text_schema()] }),
        FactKind::Text | FactKind::Date | FactKind::Document => text_schema(),
    };
    json!({
        "description": fact.label.first,
        "anyOf": [value, { "type": "array", "items": value }, { "type": "null" }],
    })
}

/// A list of entries; an empty file is an empty list.
fn register<T: FromYaml>() -> Schema {
    with_draft(Vec::<T>::schema())
}

/// The settings, with the codes whose levels can be set.
fn site() -> Schema {
    let mut schema = front::<Config>(&["title"]);
    let codes = rules::rules().into_iter().filter(|rule| !rule.is_error_by_nature());
    let codes: serde_json::Map<String, Schema> = codes
        .map(|rule| {
            let level = crate::diagnostics::Level::schema();
            let description = format!("Reports {}.", rule.summary);
            let schema = json!({ "description": description, "allOf": [level] });
            (rule.code.to_owned(), schema)
        })
        .collect();
    let description = schema["properties"]["checks"]["description"].take();
    schema["properties"]["checks"] = json!({
        "description": description,
        "type": ["object", "null"],
        "properties": codes,
        "additionalProperties": crate::diagnostics::Level::schema(),
    });
    schema
}

fn with_draft(schema: Schema) -> Schema {
    let mut with_draft = json!({ "$schema": DRAFT });
    if let (Some(to), Schema::Object(from)) = (with_draft.as_object_mut(), schema) {
        to.extend(from);
    }
    with_draft
}
