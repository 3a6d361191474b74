//! JSON: a promise to others, so its structs are its own.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Format, Set, url};
use crate::model::{Date, JSON_FILE, Recommendation, RecommendationId, SectionKind, Site, Text};
use crate::vocabulary::AxisValue as _;

pub(super) const FORMAT: Format =
    Format { name: "json", files: |site| Set::each(site, JSON_FILE), render };

/// Recommendations of a site or a report.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Recommendations")]
pub struct Export {
    /// The site.
    pub site: SiteExport,
    /// The reports whose recommendations these are.
    pub reports: Vec<ReportExport>,
    /// Report by report, by number within each.
    pub recommendations: Vec<RecommendationExport>,
}

/// A site.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SiteExport {
    /// Its title.
    pub title: Option<String>,
    /// Who publishes it.
    pub organisation: Option<String>,
    /// Where it stands, if that is known.
    pub url: Option<String>,
    /// The tags of its languages, the first one that of these texts.
    pub languages: Vec<String>,
}

/// A report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportExport {
    /// Its folder, which `report` of a recommendation names.
    pub id: String,
    /// What was evaluated or audited.
    pub title: String,
    /// What kind of report it is.
    pub kind: Option<String>,
    /// The day whose state it reports: `2020-12-31`.
    pub as_at: String,
    /// When the evaluation or audit was made.
    pub evaluation_date: Option<String>,
    /// Who reports.
    pub organisation: Option<String>,
    /// Its own document symbol.
    pub symbol: Option<String>,
    /// Its page: a full address where the site's is known, or else a path.
    pub url: String,
}

/// A recommendation. Dates are `2020-12-31`, `2020-12`, `2020-Q4`, `2020` or `2020/2022`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RecommendationExport {
    /// The report, by its id.
    pub report: String,
    /// The number as the report prints it.
    pub number: String,
    /// The title.
    pub title: String,
    /// The language of the texts.
    pub language: String,
    /// Its page: a full address where the site's is known, or else a path.
    pub url: String,
    /// The day whose state this is.
    pub as_at: String,
    /// Was it accepted? accepted, partially accepted, not accepted, noted, pending.
    pub response: &'static str,
    /// Is it done? not started, in progress, partially implemented, implemented, not implemented,
    /// superseded, no longer applicable.
    pub status: &'static str,
    /// Whether the work goes on although it is done.
    pub continuing: bool,
    /// Is it on time? Computed: no deadline, not yet due, due soon, overdue, on time, late, not
    /// assessed.
    pub timeliness: &'static str,
    /// The days that belong to it: left, overdue, or late.
    pub timeliness_days: Option<i64>,
    /// Who says so? self-reported, evidence given, validated, could not be verified, disputed.
    pub verification: &'static str,
    /// critical, high, medium, low.
    pub priority: Option<&'static str>,
    /// Who is to do it.
    pub responsible: Vec<String>,
    /// When it was made.
    pub made: Option<String>,
    /// By when it is to be done: a date, `ongoing`, `undecided` or `none`.
    pub deadline: String,
    /// Every deadline there was, the first one first.
    pub deadlines: Vec<DeadlineExport>,
    /// How many times the deadline was moved to a later day.
    pub extended_times: usize,
    /// By how many days in all.
    pub extended_days: i64,
    /// When it was done.
    pub implemented: Option<String>,
    /// Topics.
    pub tags: Vec<String>,
    /// Recommendations on the same thing, as `report/number`.
    pub related: Vec<String>,
    /// The recommendation that takes its place, as `report/number`.
    pub superseded_by: Option<String>,
    /// Documents that show it is done, as typed.
    pub evidence: Vec<String>,
    /// The symbols of all documents that it cites, in the order of first citation.
    pub documents: Vec<String>,
    /// The recommendation itself, in Markdown.
    pub recommendation: String,
    /// The management response, in Markdown.
    pub management_response: String,
    /// The target date in the report's own words, in Markdown.
    pub target_date: String,
    /// What was done, in the order of the text.
    pub progress: Vec<ProgressExport>,
    /// Sections of the site's own, in the order of the text.
    pub other: Vec<SectionExport>,
    /// The steps of the work.
    pub actions: Vec<ActionExport>,
    /// The file that it was made from.
    pub source: String,
}

/// A deadline in the history of deadlines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeadlineExport {
    /// When it was set.
    pub set: Option<String>,
    /// The deadline.
    pub deadline: String,
    /// Why it was moved.
    pub reason: Option<String>,
}

/// A report of progress.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProgressExport {
    /// As at when.
    pub date: String,
    /// The status then.
    pub status: Option<&'static str>,
    /// The text, in Markdown.
    pub text: String,
}

/// A section of the site's own.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SectionExport {
    /// Its heading.
    pub heading: String,
    /// Its text, in Markdown.
    pub text: String,
}

/// One step of the work.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ActionExport {
    /// What is to be done.
    pub text: String,
    /// Who is to do it.
    pub responsible: Vec<String>,
    /// By when.
    pub deadline: Option<String>,
    /// Is it done?
    pub status: Option<&'static str>,
    /// When it was done.
    pub implemented: Option<String>,
    /// Documents that show it is done, as typed.
    pub evidence: Vec<String>,
}

/// The JSON Schema (draft 2020-12) of the export.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Export).to_value()
}

fn render(site: &Site, set: Set) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(&export(site, set)).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The export of a site or a report.
pub fn export(site: &Site, set: Set) -> Export {
    let language = site.first_language();
    let localized =
        |text: &Option<crate::config::Localized>| text.as_ref().map(|t| t.get(language).to_owned());
    let reports = match set {
        Set::Site => site.reports.as_slice(),
        Set::Report(index) => std::slice::from_ref(&site.reports[index]),
    };
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
                evaluation_date: report.front.evaluation_date.as_ref().map(|d| d.iso()),
                organisation: typed(&report.front.organisation),
                symbol: typed(&report.front.symbol),
                url: url(site, &report.address),
            })
            .collect(),
        recommendations: set
            .recommendations(site)
            .iter()
            .map(|r| recommendation(site, r))
            .collect(),
    }
}

fn recommendation(site: &Site, recommendation: &Recommendation) -> RecommendationExport {
    let report = site.report(recommendation.report);
    let front = &recommendation.front;
    let text = &recommendation.texts.original;
    let all = |items: &[crate::source::Spanned<String>]| -> Vec<String> {
        items.iter().map(|item| item.value.clone()).collect()
    };
    let name = |id: RecommendationId| {
        let other = site.recommendation(id);
        format!("{}/{}", site.report(other.report).folder, other.label)
    };
    let column = |wanted: fn(&SectionKind) -> bool| {
        let parts = text.sections.iter().filter(|section| wanted(&section.kind));
        let parts: Vec<String> =
            parts.map(|section| text.published(section)).filter(|part| !part.is_empty()).collect();
        parts.join("\n\n")
    };
    RecommendationExport {
        report: report.folder.clone(),
        number: recommendation.label.to_string(),
        title: text.title.value.clone(),
        language: text.language.clone(),
        url: url(site, &recommendation.address),
        as_at: report.as_at.to_string(),
        response: recommendation.response.name(),
        status: recommendation.status.name(),
        continuing: front.continuing,
        timeliness: recommendation.timeliness.kind().name(),
        timeliness_days: recommendation.timeliness.days(),
        verification: recommendation.verification.name(),
        priority: front.priority.as_ref().map(|priority| priority.value.name()),
        responsible: recommendation.units.iter().map(|id| site.unit(*id).name.clone()).collect(),
        made: front.made.as_ref().map(|date| date.iso()),
        deadline: recommendation.deadline.iso(),
        deadlines: front
            .deadlines
            .iter()
            .map(|change| DeadlineExport {
                set: change.set.as_ref().map(|date| date.iso()),
                deadline: change.deadline.iso(),
                reason: change.reason.as_ref().map(|reason| reason.value.clone()),
            })
            .collect(),
        extended_times: recommendation.extension.map_or(0, |extension| extension.times),
        extended_days: recommendation.extension.map_or(0, |extension| extension.days),
        implemented: recommendation.implemented.map(Date::iso),
        tags: recommendation.tags.iter().map(|tag| site.tags[*tag].name.clone()).collect(),
        related: recommendation.related.iter().map(|id| name(*id)).collect(),
        superseded_by: recommendation.superseded_by.map(name),
        evidence: all(&front.evidence.0),
        documents: recommendation
            .documents
            .iter()
            .map(|id| site.document(*id).symbol.clone())
            .collect(),
        recommendation: column(|kind| {
            matches!(kind, SectionKind::Introduction | SectionKind::Recommendation)
        }),
        management_response: column(|kind| matches!(kind, SectionKind::Response)),
        target_date: column(|kind| matches!(kind, SectionKind::Deadline)),
        progress: progress(text, report.as_at),
        other: text
            .sections
            .iter()
            .filter(|section| section.kind == SectionKind::Other)
            .filter_map(|section| {
                let heading = section.heading.as_ref()?.value.clone();
                Some(SectionExport { heading, text: text.published(section) })
            })
            .collect(),
        actions: front
            .actions
            .iter()
            .map(|action| ActionExport {
                text: action.text.value.clone(),
                responsible: all(&action.responsible.0),
                deadline: action.deadline.as_ref().map(|deadline| deadline.iso()),
                status: action.status.as_ref().map(|status| status.value.name()),
                implemented: action.implemented.as_ref().map(|date| date.iso()),
                evidence: all(&action.evidence.0),
            })
            .collect(),
        source: text.path.clone(),
    }
}

fn progress(text: &Text, as_at: chrono::NaiveDate) -> Vec<ProgressExport> {
    let sections = text.sections.iter().filter_map(|section| match &section.kind {
        SectionKind::Progress { date, status } => Some(ProgressExport {
            date: date.unwrap_or(Date::Day(as_at)).iso(),
            status: status.map(|status| status.name()),
            text: text.published(section),
        }),
        _ => None,
    });
    sections.collect()
}
