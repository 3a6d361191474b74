//! The data of other sites in, their totals out.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::config::{Config, PortfolioEntry};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{PortfolioCounts, PortfolioSite, PortfolioTitle};
use crate::source::{Content, Input, PORTFOLIO};
use crate::vocabulary::{AxisValue as _, Status};

pub(crate) const PORTFOLIO_DATA: Rule = Rule {
    code: "portfolio-data",
    summary: "data of another site that are missing or cannot be read",
    explanation: "`portfolio` in `site.yaml` names files that other sites of Recto publish as \
                  `recommendations.json`. Nothing is fetched while a site is built: download the \
                  file, and put it below `portfolio/`, beside `content/`.",
    wrong: &["# content/site.yaml\ntitle: A site\nportfolio:\n  - data: portfolio/unece.json"],
    right: &["portfolio:\n  - data: portfolio/unece.json\n    title: UNECE"],
    ..Rule::ERROR
};

/// What a site's data say, as far as a portfolio needs it (`recto schema facts`).
#[derive(Deserialize)]
struct PublishedData {
    site: SiteData,
    reports: Vec<ReportData>,
    recommendations: Vec<RecommendationData>,
}

#[derive(Deserialize)]
struct SiteData {
    title: Option<String>,
    organisation: Option<String>,
    url: Option<String>,
    languages: Vec<String>,
}

#[derive(Deserialize)]
struct ReportData {
    as_at: String,
}

#[derive(Deserialize)]
struct RecommendationData {
    status: Option<String>,
    status_worked_out: Option<String>,
    timeliness: Option<String>,
    continued_by: Vec<String>,
}

/// The other sites that `site.yaml` names. Data that cannot be read are reported and left out.
pub(super) fn portfolio(
    input: &Input,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PortfolioSite> {
    let read = |entry: &PortfolioEntry| match data(input, entry) {
        Ok(data) => Some(site(entry, data)),
        Err((message, help)) => {
            let found = Diagnostic::of(&PORTFOLIO_DATA, entry.data.span, message).help(help);
            diagnostics.push(found);
            None
        }
    };
    config.portfolio.iter().filter_map(read).collect()
}

/// The data of a site, or what is wrong with them and what to do about it.
fn data(input: &Input, entry: &PortfolioEntry) -> Result<PublishedData, (String, &'static str)> {
    let typed = entry.data.trim_end_matches('/');
    if !typed.starts_with(PORTFOLIO) {
        let message = format!("`{}` is not below `portfolio/`", entry.data.value);
        return Err((message, "put the site's `recommendations.json` there, and name it here"));
    }
    let in_folder = format!("{typed}/recommendations.json");
    let Some(file) = input.find(typed).or_else(|| input.find(&in_folder)) else {
        let message = format!("there is no file `{}`", entry.data.value);
        return Err((
            message,
            "download the site's `recommendations.json`, and put it below `portfolio/`",
        ));
    };
    let file = input.file(file);
    let Content::Text(text) = &file.content else {
        let message = format!("`{}` is not a text file", file.path);
        return Err((message, "its name must end in `.json`, and its text must be UTF-8"));
    };
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let (path, line) = (&file.path, error.line());
        let message = format!("`{path}` does not hold the data of a site (line {line})");
        (message, "take the `recommendations.json` at the top of a site that Recto made")
    })
}

fn site(entry: &PortfolioEntry, data: PublishedData) -> PortfolioSite {
    let PublishedData { site, reports, recommendations } = data;
    let days = || reports.iter().filter_map(|report| report.as_at.parse::<NaiveDate>().ok());
    let newest = recommendations.iter().filter(|of| of.continued_by.is_empty());
    PortfolioSite {
        title: match &entry.title {
            Some(title) => PortfolioTitle::Ours(title.clone()),
            None => {
                let title = site.title.or_else(|| site.organisation.clone());
                let title = title.unwrap_or_else(|| entry.data.value.clone());
                PortfolioTitle::Theirs(title)
            }
        },
        language: site.languages.into_iter().next(),
        organisation: site.organisation,
        url: entry.url.as_ref().map(|url| url.value.clone()).or(site.url),
        reports: reports.len(),
        as_at: days().min().zip(days().max()).map(|(first, last)| [first, last]),
        counts: newest.fold(PortfolioCounts::default(), counted),
    }
}

/// The counts with one more.
fn counted(mut counts: PortfolioCounts, of: &RecommendationData) -> PortfolioCounts {
    let status = of.status.as_deref().or(of.status_worked_out.as_deref());
    counts.recommendations += 1;
    match status.and_then(Status::of_name) {
        None => counts.not_stated += 1,
        Some(Status::Implemented) => counts.implemented += 1,
        Some(status) if status.is_open() => counts.open += 1,
        Some(_) => counts.closed += 1,
    }
    counts.overdue += usize::from(of.timeliness.as_deref() == Some(OVERDUE));
    counts
}

/// What data call a recommendation whose deadline has passed.
const OVERDUE: &str = "overdue";
