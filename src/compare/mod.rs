//! Two states of a site in, what changed in meaning out.
//!
//! What is published of a recommendation is compared, its [`Record`](crate::record::Record): where a
//! file is, in which order its keys are, and how its lines are wrapped makes no difference. A field
//! that somebody typed can change; what is worked out from it cannot change alone.

mod export;
mod render;
mod since;
mod summary;
mod text;
mod trace;
mod typing;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::model::{Column, Recommendation, RecommendationId, Report, ReportId, Site, Text};
use crate::record::record;
use crate::source::{Content, Input};

pub use export::{SinceExport, since_json};
pub use render::{CHANGE_FORMATS, ChangeFormat, ChangesExport, Sides};
pub use since::{Interval, Since, SinceStep, StepTotals, states};
pub use summary::{ChangeGroup, ChangeItem, Summary};
pub use text::{DiffPiece, unwrapped, words};
pub use trace::untraced;
pub(crate) use trace::{CHANGED_WITHOUT_TRACE, RULES};

/// What changed between two states of a site.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The earlier state.
    pub before: &'a Site,
    /// The later one.
    pub now: &'a Site,
    /// The recommendations that are in both and differ, in the order of the later state.
    pub changed: Vec<Changed>,
    /// Those that are only in the later state.
    pub added: Vec<RecommendationId>,
    /// Those that are only in the earlier one.
    pub removed: Vec<RecommendationId>,
    /// The reports that are in both and differ themselves.
    pub reports: Vec<ChangedReport>,
    /// The pages that differ, by their paths in the content.
    pub pages: Vec<ChangedPage>,
    /// Other files that differ, by their paths, each with what became of it.
    pub files: Vec<(String, &'static str)>,
    /// The texts that were typed differently and say the same, by their paths.
    pub typing: Vec<String>,
    /// How many recommendations are in both and do not differ.
    pub unchanged: usize,
}

/// A recommendation that differs.
#[derive(Debug)]
pub struct Changed {
    /// Which it is in the earlier state.
    pub before: RecommendationId,
    /// Which it is in the later one.
    pub now: RecommendationId,
    /// What differs, the gravest first.
    pub changes: Vec<Change>,
}

/// A report that differs in what it says itself.
#[derive(Debug)]
pub struct ChangedReport {
    /// Which it is in the earlier state; none for a new one.
    pub before: Option<ReportId>,
    /// Which it is in the later one; none for one that is gone.
    pub now: Option<ReportId>,
    /// What differs.
    pub changes: Vec<Change>,
}

/// A page that differs.
#[derive(Debug)]
pub struct ChangedPage {
    /// Its path in the content.
    pub path: String,
    /// Its words before; empty for a new one.
    pub before: String,
    /// Its words now; empty for one that is gone.
    pub now: String,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// What it is about.
    pub topic: Topic,
    /// The field of the record: `status`, `deadlines`.
    pub field: String,
    /// The language of the text, where there are several.
    pub language: Option<String>,
    /// The value before; null for none.
    pub before: Value,
    /// The value now.
    pub now: Value,
}

/// What a change is about, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The recommendation's own words. They are quoted, and should not change.
    Text,
    /// Its number, or the report that it is in.
    Number,
    /// Was it accepted?
    Response,
    /// Is it done?
    Status,
    /// By when?
    Deadline,
    /// Who is to do it, and what they answered.
    Responsible,
    /// Its parts.
    Parts,
    /// The steps of the work.
    Actions,
    /// What shows that it is done.
    Evidence,
    /// Other facts.
    Fact,
    /// Texts: progress, other sections, notes.
    Section,
}

/// The fields of a record, each with its topic. None: what is worked out from others, or says of which
/// state the record is.
const FIELDS: &[(&str, Option<Topic>)] = &[
    ("recommendation", Some(Topic::Text)),
    ("title", Some(Topic::Text)),
    ("report", Some(Topic::Number)),
    ("number", Some(Topic::Number)),
    ("response", Some(Topic::Response)),
    ("response_word", Some(Topic::Response)),
    ("responded", Some(Topic::Response)),
    ("management_response", Some(Topic::Response)),
    ("status", Some(Topic::Status)),
    ("status_word", Some(Topic::Status)),
    ("continuing", Some(Topic::Status)),
    ("implemented", Some(Topic::Status)),
    ("closed", Some(Topic::Status)),
    ("verification", Some(Topic::Status)),
    ("verification_word", Some(Topic::Status)),
    ("superseded_by", Some(Topic::Status)),
    ("deadline", Some(Topic::Deadline)),
    ("deadline_words", Some(Topic::Deadline)),
    ("deadlines", Some(Topic::Deadline)),
    ("target_date", Some(Topic::Deadline)),
    ("responsible", Some(Topic::Responsible)),
    ("responders", Some(Topic::Responsible)),
    ("parts", Some(Topic::Parts)),
    ("actions", Some(Topic::Actions)),
    ("evidence", Some(Topic::Evidence)),
    ("priority", Some(Topic::Fact)),
    ("priority_word", Some(Topic::Fact)),
    ("made", Some(Topic::Fact)),
    ("made_by", Some(Topic::Fact)),
    ("original", Some(Topic::Fact)),
    ("last_updated", Some(Topic::Fact)),
    ("next_update", Some(Topic::Fact)),
    ("group", Some(Topic::Fact)),
    ("tags", Some(Topic::Fact)),
    ("related", Some(Topic::Fact)),
    ("continues", Some(Topic::Fact)),
    ("facts", Some(Topic::Fact)),
    ("progress", Some(Topic::Section)),
    ("other", Some(Topic::Section)),
    ("notes", Some(Topic::Section)),
    ("language", None),
    ("url", None),
    ("as_at", None),
    ("response_worked_out", None),
    ("status_worked_out", None),
    ("timeliness", None),
    ("timeliness_days", None),
    ("extended_times", None),
    ("extended_days", None),
    ("continued_by", None),
    ("documents", None),
];

/// What is worked out within responders, parts and actions.
const WORKED_OUT_WITHIN: [&str; 3] = ["timeliness", "timeliness_days", "url"];

/// The topic of a field of the record; none for what is worked out.
pub fn topic(field: &str) -> Option<Topic> {
    FIELDS.iter().find(|(name, _)| *name == field).and_then(|(_, topic)| *topic)
}

/// Whether a field of the record is known here.
pub fn is_known(field: &str) -> bool {
    FIELDS.iter().any(|(name, _)| *name == field)
}

/// Compares two states of a site. A recommendation is the same where its report and number are; or
/// else where its own words are, and no other has them.
pub fn compare<'a>(before: &'a Site, now: &'a Site) -> Comparison<'a> {
    let (pairs, removed, added) = pairs(before, now);
    let count = pairs.len();
    let changed = pairs.into_par_iter().filter_map(|(one, other)| {
        let changes = changes(before, now, one, other);
        (!changes.is_empty()).then_some(Changed { before: one, now: other, changes })
    });
    let changed: Vec<Changed> = changed.collect();
    Comparison {
        before,
        now,
        unchanged: count - changed.len(),
        changed,
        added,
        removed,
        reports: reports(before, now),
        pages: pages(before, now),
        files: Vec::new(),
        typing: Vec::new(),
    }
}

/// The files besides Markdown that differ between two states: settings, registers, templates, and
/// what is only copied, of which names are compared and not bytes.
pub fn changed_files(before: &Input, now: &Input) -> Vec<(String, &'static str)> {
    let others = |input: &Input| -> BTreeMap<String, Content> {
        let files = input.files.iter().filter(|file| !file.path.ends_with(".md"));
        // Git gives no fonts.
        let files = files.filter(|file| !file.path.starts_with("fonts/"));
        files.map(|file| (file.path.clone(), file.content.clone())).collect()
    };
    let (before, now) = (others(before), others(now));
    let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let what = |path: &String| match (before.get(path), now.get(path)) {
        (None, _) => Some("a new file"),
        (_, None) => Some("this file is gone"),
        (one, other) => (one != other).then_some("this file has changed"),
    };
    paths.into_iter().filter_map(|path| Some((path.clone(), what(path)?))).collect()
}

/// The recommendations of a report now and before, where the earlier ones are in another state or in
/// the report that it follows.
pub fn compare_pairs(
    before: &Site,
    now: &Site,
    pairs: &[(RecommendationId, RecommendationId)],
) -> Vec<Changed> {
    let changed = pairs.par_iter().map(|(one, other)| {
        let changes = changes(before, now, *one, *other);
        Changed { before: *one, now: *other, changes }
    });
    changed.collect()
}

type Matched =
    (Vec<(RecommendationId, RecommendationId)>, Vec<RecommendationId>, Vec<RecommendationId>);

/// By how many days a deadline is later than before; negative for an earlier one, and none where one
/// of the two is not a date.
fn days_later(before: &Recommendation, now: &Recommendation) -> Option<i64> {
    let due = |of: &Recommendation| of.state.deadline.as_ref()?.date().map(|date| date.last_day());
    Some((due(now)? - due(before)?).num_days())
}

/// What is in both states, only in the earlier, only in the later.
///
/// A number with the same words is the same recommendation. Then words that are only once in what is
/// left: they were renumbered, or moved to another report. Then equal numbers, whose words changed.
fn pairs(before: &Site, now: &Site) -> Matched {
    let mut pairs = Vec::new();
    let mut left: BTreeSet<RecommendationId> =
        (0..before.recommendations.len()).map(RecommendationId).collect();
    let mut added: BTreeSet<RecommendationId> =
        (0..now.recommendations.len()).map(RecommendationId).collect();
    let numbered = || {
        now.recommendation_ids
            .0
            .iter()
            .filter_map(|(name, id)| Some((*before.recommendation_ids.0.get(name)?, *id)))
    };
    for (one, other) in numbered() {
        if has_same_words(before.recommendation(one), now.recommendation(other)) {
            left.remove(&one);
            added.remove(&other);
            pairs.push((one, other));
        }
    }
    let by_words = |site: &Site, ids: &BTreeSet<RecommendationId>| {
        let mut by_words: BTreeMap<String, Vec<RecommendationId>> = BTreeMap::new();
        for id in ids {
            by_words.entry(own_words(site.recommendation(*id))).or_default().push(*id);
        }
        by_words
    };
    let once = by_words(now, &added);
    for (words, ones) in by_words(before, &left) {
        if let ([one], Some([other])) = (ones.as_slice(), once.get(&words).map(Vec::as_slice))
            && !words.is_empty()
        {
            left.remove(one);
            added.remove(other);
            pairs.push((*one, *other));
        }
    }
    for (one, other) in numbered() {
        if left.contains(&one) && added.contains(&other) {
            left.remove(&one);
            added.remove(&other);
            pairs.push((one, other));
        }
    }
    pairs.sort_by_key(|(_, id)| *id);
    (pairs, left.into_iter().collect(), added.into_iter().collect())
}

/// Whether two states of a recommendation are quoted with the same words.
fn has_same_words(one: &Recommendation, other: &Recommendation) -> bool {
    // Most are the same to the letter, and telling so is quick.
    own_sections(one).eq(own_sections(other)) || own_words(one) == own_words(other)
}

/// The words of a recommendation itself.
fn own_words(of: &Recommendation) -> String {
    let words: Vec<String> = own_sections(of).map(|section| unwrapped(&section)).collect();
    words.join("\n\n").trim().to_owned()
}

/// The same as its author wrote them, section by section.
fn own_sections(of: &Recommendation) -> impl Iterator<Item = Cow<'_, str>> {
    let text = &of.texts.original;
    let own = text.sections.iter().filter(|of| of.kind.column() == Some(Column::Recommendation));
    own.map(|section| text.published(section))
}

/// What differs between two states of a recommendation, in each of its languages.
fn changes(
    before: &Site,
    now: &Site,
    one: RecommendationId,
    other: RecommendationId,
) -> Vec<Change> {
    let (one, other) = (before.recommendation(one), now.recommendation(other));
    let mut changes = Vec::new();
    // Most do not differ, and telling so is quick.
    if one.texts.all().count() == other.texts.all().count() {
        let mut texts = one.texts.all().zip(other.texts.all());
        if texts.all(|(text, is)| record(before, one, text) == record(now, other, is)) {
            return changes;
        }
    }
    let languages: BTreeSet<&str> =
        one.texts.all().chain(other.texts.all()).map(|text| text.language.as_str()).collect();
    let original = [&one.texts.original.language, &other.texts.original.language];
    for language in languages {
        let is_translation = !original.iter().any(|of| *of == language);
        let has = |of: &Recommendation| of.texts.all().any(|text| text.language == language);
        if has(one) != has(other) {
            let tag = |is: bool| if is { Value::from(language) } else { Value::Null };
            changes.push(Change {
                topic: Topic::Section,
                field: "translation".to_owned(),
                language: None,
                before: tag(has(one)),
                now: tag(has(other)),
            });
            continue;
        }
        let values = [(before, one), (now, other)].map(|(site, of)| published(site, of, language));
        let [values_before, values_now] = values;
        let fields: BTreeSet<&String> = values_before.keys().chain(values_now.keys()).collect();
        for field in fields {
            // The facts of a translation are those of the original.
            let Some(topic) = topic(field).filter(|_| !is_translation || is_text(field)) else {
                continue;
            };
            let of = |values: &Map<String, Value>| {
                let value = values.get(field).cloned().unwrap_or_default();
                if is_translation { words_of(value) } else { value }
            };
            let (before, now) = (of(&values_before), of(&values_now));
            if before != now {
                let language = is_translation.then(|| language.to_owned());
                changes.push(Change { topic, field: field.clone(), language, before, now });
            }
        }
    }
    changes.sort_by(|a, b| (a.topic, &a.language).cmp(&(b.topic, &b.language)));
    changes
}

/// Whether a field has words of a text, which may be translated.
fn is_text(field: &str) -> bool {
    matches!(
        field,
        "title"
            | "recommendation"
            | "management_response"
            | "target_date"
            | "progress"
            | "other"
            | "notes"
            | "parts"
            | "actions"
    )
}

/// What is published in a language, without what is worked out and without the wrapping of lines.
fn published(site: &Site, of: &Recommendation, language: &str) -> Map<String, Value> {
    let text: Option<&Text> = of.texts.all().find(|text| text.language == language);
    let Some(Value::Object(mut values)) =
        text.and_then(|text| serde_json::to_value(record(site, of, text)).ok())
    else {
        return Map::new();
    };
    values.retain(|field, _| topic(field).is_some());
    values.values_mut().for_each(without_wrapping);
    values
}

/// The words of a value in a translation: of parts and actions their texts. The facts are those of
/// the original.
fn words_of(value: Value) -> Value {
    let Value::Array(mut items) = value else { return value };
    for item in &mut items {
        if let Value::Object(entries) = item {
            entries.retain(|field, _| !["status", "status_word"].contains(&field.as_str()));
            if entries.contains_key("responsible") {
                entries.retain(|field, _| ["text", "label"].contains(&field.as_str()));
            }
        }
    }
    Value::Array(items)
}

fn without_wrapping(value: &mut Value) {
    match value {
        Value::String(text) if text.contains(['\n', '\r', ' ']) => *text = unwrapped(text),
        Value::Array(items) => items.iter_mut().for_each(without_wrapping),
        Value::Object(entries) => {
            entries.retain(|field, _| !WORKED_OUT_WITHIN.contains(&field.as_str()));
            entries.values_mut().for_each(without_wrapping);
        }
        _ => {}
    }
}

/// What reports say themselves.
fn reports(before: &Site, now: &Site) -> Vec<ChangedReport> {
    let place = |site: &Site, folder: &str| {
        let place = site.reports.binary_search_by(|of| of.folder.as_str().cmp(folder));
        place.ok().map(ReportId)
    };
    let folders: BTreeSet<&str> =
        before.reports.iter().chain(&now.reports).map(|of| of.folder.as_str()).collect();
    let one = |folder: &str| {
        let (one, other) = (place(before, folder), place(now, folder));
        let said = |site: &Site, id: Option<ReportId>| {
            id.map_or_else(Vec::new, |id| facts_of_report(site.report(id)))
        };
        let changes: Vec<Change> = said(before, one)
            .into_iter()
            .zip(said(now, other))
            .filter(|((_, before), (_, now))| before != now)
            .map(|((field, before), (_, now))| Change {
                topic: if field == "introduction" { Topic::Section } else { Topic::Fact },
                field: field.to_owned(),
                language: None,
                before,
                now,
            })
            .collect();
        let differs = !changes.is_empty() || one.is_some() != other.is_some();
        differs.then_some(ChangedReport { before: one, now: other, changes })
    };
    folders.into_iter().filter_map(one).collect()
}

/// What a report says itself, field by field.
fn facts_of_report(report: &Report) -> Vec<(&'static str, Value)> {
    let front = &report.front;
    let typed = |value: &Option<crate::source::Spanned<String>>| {
        value.as_ref().map_or(Value::Null, |value| Value::from(value.value.as_str()))
    };
    let introductions: Vec<String> = report
        .texts
        .all()
        .map(|text| {
            let sections = text.sections.iter().map(|section| text.published(section));
            unwrapped(&sections.collect::<Vec<_>>().join("\n\n"))
        })
        .collect();
    let titles: Vec<&str> = report.texts.all().map(|text| text.title.value.as_str()).collect();
    vec![
        ("title", Value::from(titles)),
        ("short_title", typed(&front.short_title)),
        ("kind", typed(&front.kind)),
        // As they were typed: as at another day, these are no other ones.
        ("as_at", Value::from(report.own_as_at.to_string())),
        (
            "earlier",
            front.earlier.0.iter().map(|day| day.value.to_string()).collect::<Vec<_>>().into(),
        ),
        ("follows", typed(&front.follows)),
        (
            "evaluation_date",
            front.evaluation_date.as_ref().map_or(Value::Null, |of| of.iso().into()),
        ),
        ("organisation", typed(&front.organisation)),
        ("last_updated", front.last_updated.as_ref().map_or(Value::Null, |of| of.iso().into())),
        ("next_update", front.next_update.as_ref().map_or(Value::Null, |of| of.iso().into())),
        ("symbol", typed(&front.symbol)),
        ("introduction", Value::from(introductions)),
    ]
}

/// The pages whose words differ.
fn pages(before: &Site, now: &Site) -> Vec<ChangedPage> {
    let words = |site: &Site| -> BTreeMap<String, String> {
        let texts = site.pages.iter().flat_map(|page| page.texts.all().collect::<Vec<_>>());
        let words = texts.map(|text| {
            let body = unwrapped(text.slice(text.body));
            (text.path.clone(), format!("{}\n\n{body}", text.title.value).trim().to_owned())
        });
        words.collect()
    };
    let (mut before, now) = (words(before), words(now));
    let mut pages: Vec<ChangedPage> = now
        .into_iter()
        .map(|(path, now)| {
            let before = before.remove(&path).unwrap_or_default();
            ChangedPage { path, before, now }
        })
        .collect();
    pages.extend(before.into_iter().map(|(path, before)| ChangedPage {
        path,
        before,
        now: String::new(),
    }));
    pages.retain(|page| page.before != page.now);
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

impl Comparison<'_> {
    /// Whether nothing changed in meaning.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.reports.is_empty()
            && self.pages.is_empty()
            && self.files.is_empty()
    }
}
