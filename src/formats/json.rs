//! JSON: a promise to others, so it has its own structs.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::{DataFormat, Format, Rows, Set};
use crate::model::{
    Document, Download, DownloadOf, Found, Link, LinkKind, Recommendation, Report, Site, SitePlace,
    Target, Text,
};
use crate::record::{
    NoteRecord, ProgressRecord, Record, SectionRecord, TEXT_FIELDS, name, record, record_in,
};
use crate::references::RECOMMENDATION;
use crate::source::{LineColumn, Lines, Span};

pub(super) const FORMAT: Format = Format::Data(DataFormat {
    name: "json",
    download: Download { of: DownloadOf::Recommendations("JSON"), file: FILE },
    has_rows: |_| true,
    rows: Rows { of: rows, between: BETWEEN, around },
});

/// What separates the recommendations.
const BETWEEN: &[u8] = b",\n";

/// What the files are called.
const FILE: &str = "recommendations.json";

/// Recommendations of a site or a report.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Recommendations")]
pub struct Export<'a> {
    /// The site.
    pub site: SiteExport,
    /// The reports whose recommendations these are.
    pub reports: Vec<ReportExport>,
    /// Report by report, by number within each.
    pub recommendations: Vec<RecommendationExport<'a>>,
}

/// The facts of all recommendations of a site. Their texts are in the data of their reports.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Facts")]
pub struct FactsExport<'a> {
    /// The site.
    pub site: SiteExport,
    /// Its reports, each with the address of its data.
    pub reports: Vec<ReportExport>,
    /// Report by report, by number within each.
    #[schemars(with = "Vec<FactsRecord<'_>>")]
    pub recommendations: Vec<FactsRecord<'a>>,
}

/// What is published about a recommendation, without its texts.
pub struct FactsRecord<'a>(Record<'a>);

impl<'a> FactsRecord<'a> {
    fn of(site: &'a Site, of: &'a Recommendation) -> Self {
        Self(record_in(site, of, &of.texts.original, &|_| Cow::Borrowed("")))
    }
}

impl Serialize for FactsRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut value = serde_json::to_value(&self.0).map_err(serde::ser::Error::custom)?;
        if let Some(fields) = value.as_object_mut() {
            fields.retain(|name, _| !TEXT_FIELDS.contains(&name.as_str()));
        }
        value.serialize(serializer)
    }
}

impl JsonSchema for FactsRecord<'_> {
    fn schema_name() -> Cow<'static, str> {
        "FactsRecord".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Record::json_schema(generator);
        if let Some(properties) = schema.get_mut("properties").and_then(|of| of.as_object_mut()) {
            properties.retain(|name, _| !TEXT_FIELDS.contains(&name.as_str()));
        }
        if let Some(required) = schema.get_mut("required").and_then(|of| of.as_array_mut()) {
            required.retain(|name| name.as_str().is_none_or(|name| !TEXT_FIELDS.contains(&name)));
        }
        schema
    }
}

/// A site.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SiteExport {
    /// Its title.
    pub title: Option<String>,
    /// Who publishes it.
    pub organisation: Option<String>,
    /// Its address, if that is known.
    pub url: Option<String>,
    /// The tags of its languages, the first one that of these texts.
    pub languages: Vec<String>,
}

/// A report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportExport {
    /// Its folder, which the `report` of a recommendation refers to.
    pub id: String,
    /// What was evaluated or audited.
    pub title: String,
    /// What kind of report it is.
    pub kind: Option<String>,
    /// The day as at which it reports: `2020-12-31`.
    pub as_at: String,
    /// Its earlier reporting dates, the newest first.
    earlier: Vec<String>,
    /// The report before it in its series, by its id.
    follows: Option<String>,
    /// When the evaluation or audit was made.
    pub evaluation_date: Option<String>,
    /// Who reports.
    pub organisation: Option<String>,
    /// Its own document symbol.
    pub symbol: Option<String>,
    /// Its page: a full address where the site's is known, or else a path.
    pub url: String,
    /// Its recommendations with their texts, as JSON: a full address, or else a path.
    pub data: String,
    /// Its texts in each language, the original first. The data of the whole site leave them out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texts: Option<Vec<ReportTextExport>>,
}

/// A recommendation, with everything that it points at. Dates are `2020-12-31`, `2020-12`,
/// `2020-Q4`, `2020` or `2020/2022`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Recommendation")]
pub struct RecommendationExport<'a> {
    /// What is published about it in every format.
    #[serde(flatten)]
    pub record: Record<'a>,
    /// Its texts in other languages.
    pub translations: Vec<TranslationExport<'a>>,
    /// Everything that its text points at, in the order of the text; translations are left out.
    pub citations: Vec<CitationExport<'a>>,
    /// The file that it was made from.
    pub source: &'a str,
}

impl<'a> RecommendationExport<'a> {
    fn of(site: &'a Site, of: &'a Recommendation) -> Self {
        let text = &of.texts.original;
        let translations = of.texts.translations.iter();
        Self {
            record: record(site, of, text),
            translations: translations
                .map(|translation| TranslationExport::of(record(site, of, &translation.text)))
                .collect(),
            citations: citations_of(site, text, Some(site.report(of.report))),
            source: &text.path,
        }
    }
}

/// One place in a text that points at something.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CitationExport<'a> {
    /// The kind of reference: web_address, un_symbol, resolution, sdg, recommendation, document,
    /// abbreviation, or the name of one that the site defines.
    pub scheme: Cow<'a, str>,
    /// The characters that do so, as printed.
    pub text: Cow<'a, str>,
    /// What they point at, in one form however it is written: `A/79/6(Sect.12)`, `A/RES/70/1`,
    /// `sdg:11.b`, `report/number` of a recommendation.
    pub key: Cow<'a, str>,
    /// Where that can be read, if anywhere: a full address, or a path of the site where its own
    /// address is not known.
    pub url: Option<String>,
    /// The anchor of the section on the page, such as `recommendation` or `progress-2020-12-31`.
    pub section: Cow<'a, str>,
    /// The line in the source, from 1.
    pub line: usize,
    /// The column in the source, from 1, in characters.
    pub column: usize,
}

impl CitationExport<'_> {
    /// The same citation, borrowing nothing from the text.
    pub fn into_owned(self) -> CitationExport<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        CitationExport {
            scheme: owned(self.scheme),
            text: owned(self.text),
            key: owned(self.key),
            section: owned(self.section),
            ..self
        }
    }
}

/// The texts of a recommendation in another language than the original.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Translation")]
pub struct TranslationExport<'a> {
    /// The language.
    pub language: &'a str,
    /// The title, where it has one.
    pub title: Option<&'a str>,
    /// The recommendation itself, in Markdown.
    pub recommendation: Cow<'a, str>,
    /// The management response, in Markdown.
    pub management_response: Cow<'a, str>,
    /// The target date in the report's own words, in Markdown.
    pub target_date: Cow<'a, str>,
    /// What was done, in the order of the text.
    pub progress: Vec<ProgressRecord<'a>>,
    /// Sections that the official table has no column for, in the order of the text.
    pub other: Vec<SectionRecord<'a>>,
    /// The footnotes of the text.
    pub notes: Vec<NoteRecord<'a>>,
    /// What is to be done in each step of the work; in the language of the original where it is not
    /// translated.
    pub actions: Vec<&'a str>,
    /// The words of the parts; in the language of the original where they are not translated.
    pub parts: Vec<Option<&'a str>>,
}

impl<'a> TranslationExport<'a> {
    fn of(record: Record<'a>) -> Self {
        Self {
            language: record.language,
            title: record.title,
            recommendation: record.recommendation,
            management_response: record.management_response,
            target_date: record.target_date,
            progress: record.progress,
            other: record.other,
            notes: record.notes,
            actions: record.actions.iter().map(|action| action.text).collect(),
            parts: record.parts.iter().map(|part| part.text).collect(),
        }
    }
}

/// The title and introduction of a report in one language.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report text")]
pub struct ReportTextExport {
    /// The language.
    pub language: String,
    /// The title.
    pub title: String,
    /// The introduction, in Markdown; empty where there is none.
    pub introduction: String,
}

/// The JSON Schema (draft 2020-12) of the data of a report, and of what `recto export` writes.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Export).to_value()
}

/// The JSON Schema of the data of a site.
pub fn facts_schema() -> serde_json::Value {
    schemars::schema_for!(FactsExport).to_value()
}

/// Recommendations as they are in the list of an [`Export`], a line each: indented, a file of thousands
/// is a fifth larger.
fn rows(site: &Site, set: Set, of: &[Recommendation]) -> Vec<u8> {
    let row = |one: &Recommendation| match set {
        Set::Facts => serde_json::to_vec(&FactsRecord::of(site, one)),
        Set::Site | Set::Report(_) => serde_json::to_vec(&RecommendationExport::of(site, one)),
    };
    let rows: Vec<Vec<u8>> = of.iter().map(|one| row(one).unwrap_or_default()).collect();
    rows.join(BETWEEN)
}

/// An export without the recommendations, in two halves.
fn around(site: &Site, set: Set) -> [Vec<u8>; 2] {
    let mut before = serde_json::to_vec_pretty(&empty(site, set)).unwrap_or_default();
    before.push(b'\n');
    if set.recommendations(site).is_empty() {
        return [before, Vec::new()];
    }
    before.truncate(before.len().saturating_sub("]\n}\n".len()));
    before.push(b'\n');
    [before, b"\n]\n}\n".to_vec()]
}

/// The title and introduction of a report in the language of one of its texts.
fn report_text(text: &Text) -> ReportTextExport {
    let parts = text.sections.iter().map(|section| text.published(section));
    let parts: Vec<Cow<'_, str>> = parts.filter(|part| !part.is_empty()).collect();
    ReportTextExport {
        language: text.language.clone(),
        title: text.title.value.clone(),
        introduction: parts.join("\n\n"),
    }
}

/// The export of a site or a report, without its recommendations: these are written one by one, so that
/// a large site is not in memory twice.
fn empty(site: &Site, set: Set) -> Export<'_> {
    let language = site.first_language();
    let localized =
        |text: &Option<crate::config::Localized>| text.as_ref().map(|t| t.get(language).to_owned());
    let reports = set.report(site).map_or(site.reports.as_slice(), std::slice::from_ref);
    let typed = |text: &Option<crate::source::Spanned<String>>| {
        text.as_ref().map(|text| text.value.clone())
    };
    Export {
        site: SiteExport {
            title: localized(&site.config.title),
            organisation: localized(&site.config.organisation),
            url: site.config.base_url().map(str::to_owned),
            languages: site.languages.iter().map(|words| words.tag.clone()).collect(),
        },
        reports: reports
            .iter()
            .map(|report| ReportExport {
                id: report.folder.clone(),
                title: report.texts.original.title.value.clone(),
                kind: typed(&report.front.kind),
                as_at: report.as_at.to_string(),
                earlier: report.earlier_days().iter().map(ToString::to_string).collect(),
                follows: report.follows.map(|id| site.report(id).folder.clone()),
                evaluation_date: report.front.evaluation_date.as_ref().map(|d| d.iso()),
                organisation: typed(&report.front.organisation),
                symbol: typed(&report.front.symbol),
                url: site.url(&report.address),
                data: site.url(&format!("{}/{FILE}", report.place)),
                texts: (set != Set::Facts).then(|| report.texts.all().map(report_text).collect()),
            })
            .collect(),
        recommendations: Vec::new(),
    }
}

/// Where what a text points at can be read.
pub struct Elsewhere<'a> {
    /// The address of something found.
    pub of_found: &'a dyn Fn(&Found) -> Option<String>,
    /// The key and address of a recommendation that a link leads to; none for any other link.
    pub of_link: &'a dyn Fn(&Link) -> Option<Linked>,
}

/// The key of a recommendation that a link leads to, and its address where that is known.
pub type Linked = (String, Option<String>);

/// What a text points at: what was found in it, and its links to recommendations.
pub fn citations<'a>(text: &'a Text, elsewhere: &Elsewhere<'_>) -> Vec<CitationExport<'a>> {
    let lines = Lines::of(&text.source);
    let one = |scheme: Cow<'a, str>, place: Span, at: usize, key: String, url: Option<String>| {
        let section = text.sections.iter().rev().find(|s| s.body.start as usize <= at);
        let LineColumn { line, column } = lines.line_column(at);
        let citation = CitationExport {
            scheme,
            text: text.slice(place).into(),
            key: key.into(),
            url,
            section: section.map_or("", |section| section.anchor.as_str()).into(),
            line,
            column,
        };
        (at, citation)
    };
    let found = text.found.iter().enumerate().map(|(index, found)| {
        let (at, place) = (found.span.range().start, text.cited_at(index));
        let scheme = found.scheme.to_string().into();
        one(scheme, place, at, found.key.to_string(), (elsewhere.of_found)(found))
    });
    let links = text.links.iter().filter_map(|link| {
        let (key, url) = (elsewhere.of_link)(link)?;
        Some(one(RECOMMENDATION.into(), link.span, link.span.range().start, key, url))
    });
    let mut citations: Vec<(usize, CitationExport)> = found.chain(links).collect();
    citations.sort_by_key(|(at, _)| *at);
    citations.into_iter().map(|(_, citation)| citation).collect()
}

/// A recommendation as a link names it, for a text outside any site.
pub fn recommendation_typed(link: &Link) -> Option<Linked> {
    match &link.kind {
        LinkKind::Recommendation(target) => Some((target.clone(), None)),
        _ => None,
    }
}

/// What a text of a site points at; the recommendations that it links to are those of a report.
pub fn citations_of<'a>(
    site: &Site,
    text: &'a Text,
    report: Option<&Report>,
) -> Vec<CitationExport<'a>> {
    citations(
        text,
        &Elsewhere {
            of_found: &|found| match site.target_of(found) {
                Some(Target::Document(document)) => Some(document_address(site, document)),
                Some(Target::Term(id)) => {
                    Some(site.url(SitePlace::at("glossary.html", &site.terms[id].anchor)))
                }
                _ => found.key.address(site.first_language()),
            },
            of_link: &|link| {
                let id = site.target_of_link(link, text, report)?.recommendation()?;
                let address = site.url(&site.recommendation(id).address);
                Some((name(site, id), Some(address)))
            },
        },
    )
}

/// Where a document can be read; for one that is not published elsewhere, its page here.
fn document_address(site: &Site, document: &Document) -> String {
    let elsewhere = document.published_at(site.first_language());
    elsewhere.unwrap_or_else(|| site.url(&document.address))
}
