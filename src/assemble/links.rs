//! Links between the site's own things: every one of them leads somewhere, or is reported.

use crate::content::layout::FOLDER;
use crate::diagnostics::Diagnostic;
use crate::model::{Link, LinkKind, RecommendationId, RelatedTo, Report, Site, Text};
use crate::source::{Input, Spanned};

/// Resolves `related` and `superseded_by`.
pub(super) fn resolve_related(site: &mut Site, diagnostics: &mut Vec<Diagnostic>) {
    for index in 0..site.recommendations.len() {
        let recommendation = &site.recommendations[index];
        let report = site.report(recommendation.report);
        let mut find = |to: &Spanned<RelatedTo>| {
            let found = find_recommendation(site, report, &to.value.0);
            if found.is_none() {
                diagnostics.push(broken(site, report, &to.value.0, to.span));
            }
            found
        };
        let related: Vec<RecommendationId> =
            recommendation.front.related.0.iter().filter_map(&mut find).collect();
        let superseded_by = recommendation.front.superseded_by.as_ref().and_then(&mut find);
        site.recommendations[index].related = related;
        site.recommendations[index].superseded_by = superseded_by;
    }
}

/// The recommendation that `2` or `central-asia/2` stands for in a report.
pub(crate) fn find_recommendation(
    site: &Site,
    report: &Report,
    target: &str,
) -> Option<RecommendationId> {
    let target = target.trim();
    let own = format!("{}/{target}", report.folder);
    site.recommendation_ids.get(&own).or_else(|| site.recommendation_ids.get(target)).copied()
}

fn broken(site: &Site, report: &Report, target: &str, span: crate::source::Span) -> Diagnostic {
    let own = &site.recommendations[report.recommendations.clone()];
    let message = format!("there is no recommendation `{target}`");
    let diagnostic = Diagnostic::error("broken-recommendation-link", span, message);
    if target.contains('/') {
        let near =
            crate::diagnostics::nearest(target, site.recommendation_ids.keys().map(String::as_str));
        return match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("write the report's folder and the number: `central-asia/2`"),
        };
    }
    let numbers: Vec<String> = own.iter().take(20).map(|r| format!("`{}`", r.label)).collect();
    if numbers.is_empty() {
        diagnostic
    } else {
        diagnostic.help(format!("this report has the numbers {}", numbers.join(", ")))
    }
}

/// Reports every Markdown link that leads nowhere.
pub(super) fn check(site: &Site, input: &Input, diagnostics: &mut Vec<Diagnostic>) {
    let of_recommendations =
        site.recommendations.iter().flat_map(|r| r.texts.iter().map(|t| (t, Some(r.report))));
    let of_reports = site
        .reports
        .iter()
        .enumerate()
        .flat_map(|(i, r)| r.texts.iter().map(move |t| (t, Some(crate::model::ReportId(i)))));
    let of_pages = site.pages.iter().flat_map(|p| p.texts.iter().map(|t| (t, None)));
    for (text, report) in of_recommendations.chain(of_reports).chain(of_pages) {
        let report = report.map(|id| site.report(id));
        for link in &text.links {
            check_link(site, input, text, link, report, diagnostics);
        }
    }
}

fn check_link(
    site: &Site,
    input: &Input,
    text: &Text,
    link: &Link,
    report: Option<&Report>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match &link.kind {
        LinkKind::Recommendation(target) => {
            let found = match report {
                Some(report) => find_recommendation(site, report, target),
                None => site.recommendation_ids.get(target.as_str()).copied(),
            };
            if found.is_none() {
                diagnostics.push(match report {
                    Some(report) => broken(site, report, target, link.span),
                    None => {
                        let message = format!("there is no recommendation `{target}`");
                        Diagnostic::error("broken-recommendation-link", link.span, message)
                            .help("write the report's folder and the number: `central-asia/2`")
                    }
                });
            }
        }
        LinkKind::File { path, .. } if file_address(site, path).is_none() => {
            let shown = path.strip_prefix(FOLDER).unwrap_or(path);
            let message = format!("the link leads to `{shown}`, which is not there");
            let folder = input.file(text.file).path.rsplit_once('/').map_or("", |(f, _)| f);
            let files = input.files.iter().map(|file| file.path.as_str());
            let near = crate::diagnostics::nearest(path, files)
                .map(|near| near.strip_prefix(&format!("{folder}/")).unwrap_or(near));
            let diagnostic = Diagnostic::error("broken-link", link.span, message);
            diagnostics.push(match near {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("an address is relative to the file it stands in"),
            });
        }
        LinkKind::File { .. } | LinkKind::Outside(_) | LinkKind::Anchor(_) | LinkKind::Refused => {}
    }
}

/// The address of what stands at a path of the content: a page, a folder's report, a file.
pub(crate) fn file_address(site: &Site, path: &str) -> Option<String> {
    if let Some(address) = site.addresses.get(path) {
        return Some(address.clone());
    }
    let below = path.strip_prefix(FOLDER)?;
    let report = site.addresses.get(&format!("{path}/report.md")).cloned();
    report.or_else(|| {
        let index =
            site.assets.binary_search_by(|(address, _)| address.as_str().cmp(below)).ok()?;
        Some(site.assets[index].0.clone())
    })
}
