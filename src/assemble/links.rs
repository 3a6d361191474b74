//! Links between the site's own things: every one of them leads somewhere, or is reported.

use rayon::prelude::*;

use super::citations::{linked_recommendation, sources};
use super::evidence::Evidence;
use crate::content::layout::FOLDER;
use crate::content::markdown::BROKEN_LINK;
use crate::diagnostics::{Diagnostic, Edit, Follows, Rule};
use crate::model::{
    Link, LinkKind, Recommendation, RecommendationId, RelatedTo, Report, Site, Source, Text,
};
use crate::references::document_key;
use crate::source::{Input, Spanned};

pub(crate) const MISSING_FILE: Rule = Rule {
    code: "missing-file",
    summary: "a link or a piece of evidence that names a file which is not there",
    explanation: "A name is relative to the file in which it stands. Large and small letters \
                  differ.",
    wrong: &["evidence: [list.pdf]", "\n## Recommendation\n\n[The list](list.pdf)"],
    right: &["evidence: [the minutes of 3 May 2020]"],
    ..Rule::ERROR
};

pub(crate) const BROKEN_RECOMMENDATION_LINK: Rule = Rule {
    code: "broken-recommendation-link",
    summary: "a reference to a recommendation that does not exist",
    explanation: "`[[2]]`, `related: [2]` and `superseded_by: 2` mean the number 2 of the same \
                  report; `central-asia/2` is one of another report, by its folder.",
    wrong: &["related: [7]", "\n## Recommendation\n\nSee [[7]]."],
    right: &["\n## Recommendation\n\nSee [[1]]."],
    follows: Follows::Folder,
    ..Rule::ERROR
};

/// Resolves `related` and `superseded_by`.
pub(super) fn resolve_related(site: &mut Site, diagnostics: &mut Vec<Diagnostic>) {
    let of_one = |recommendation: &Recommendation| {
        let mut broken_ones = Vec::new();
        let report = site.report(recommendation.report);
        let mut find = |to: &Spanned<RelatedTo>| {
            let found = find_recommendation(site, report, &to.value.0);
            if found.is_none() {
                broken_ones.push(broken(site, report, &to.value.0, to.span));
            }
            found
        };
        let related: Vec<RecommendationId> =
            recommendation.front.related.0.iter().filter_map(&mut find).collect();
        let superseded_by = recommendation.front.superseded_by.as_ref().and_then(&mut find);
        (related, superseded_by, broken_ones)
    };
    let resolved: Vec<_> = site.recommendations.par_iter().map(of_one).collect();
    for (one, (related, superseded_by, broken)) in site.recommendations.iter_mut().zip(resolved) {
        one.related = related;
        one.superseded_by = superseded_by;
        diagnostics.extend(broken);
    }
}

/// The way back from links: whose texts have one to each recommendation.
pub(super) fn mentions(site: &mut Site) {
    let mut mentions: Vec<(RecommendationId, Source)> = Vec::new();
    for source in sources(site) {
        let report = match source {
            Source::Recommendation(id) => Some(site.recommendation(id).report),
            Source::Report(id) => Some(id),
            Source::Page(_) => None,
        };
        let report = report.map(|id| site.report(id));
        let links = site.texts_of(source).all().flat_map(|text| &text.links);
        let linked = links.filter_map(|link| linked_recommendation(site, report, link));
        let others = linked.filter(|id| source != Source::Recommendation(*id));
        mentions.extend(others.map(|id| (id, source)));
    }
    for (id, source) in mentions {
        let mentioned_in = &mut site.recommendations[id.0].mentioned_in;
        // They come source by source, so a repeated one is the last.
        if mentioned_in.last() != Some(&source) {
            mentioned_in.push(source);
        }
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
    let diagnostic = Diagnostic::of(&BROKEN_RECOMMENDATION_LINK, span, message);
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
        site.recommendations.iter().flat_map(|r| r.texts.all().map(|t| (t, Some(r.report))));
    let of_reports = site
        .reports
        .iter()
        .enumerate()
        .flat_map(|(i, r)| r.texts.all().map(move |t| (t, Some(crate::model::ReportId(i)))));
    let of_pages = site.pages.iter().flat_map(|p| p.texts.all().map(|t| (t, None)));
    check_evidence(site, input, diagnostics);
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
            if linked_recommendation(site, report, link).is_none() {
                diagnostics.push(match report {
                    Some(report) => broken(site, report, target, link.span),
                    None => {
                        let message = format!("there is no recommendation `{target}`");
                        Diagnostic::of(&BROKEN_RECOMMENDATION_LINK, link.span, message)
                            .help("write the report's folder and the number: `central-asia/2`")
                    }
                });
            }
        }
        LinkKind::File { path, .. } if file_target(site, path).is_none() => {
            let edit = other_case(site, input, path, text.slice(link.span), link.span);
            diagnostics.push(broken_file(site, input, &text.path, path, link.span).edit(edit));
        }
        LinkKind::File { .. } | LinkKind::Outside(_) | LinkKind::Anchor(_) | LinkKind::Refused => {}
    }
}

/// A path at which nothing stands: a text, or another file.
fn broken_file(
    site: &Site,
    input: &Input,
    from: &str,
    path: &str,
    span: crate::source::Span,
) -> Diagnostic {
    let shown = path.strip_prefix(FOLDER).unwrap_or(path);
    if input.find(path).is_some() {
        let message = format!("the link leads to `{shown}`, which is not published");
        return Diagnostic::of(&BROKEN_LINK, span, message)
            .help("it is a draft, has mistakes of its own, or is a file that only Recto reads");
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_text = name.ends_with(".md") || !name.contains('.');
    let (rule, message) = match is_text {
        true => (&BROKEN_LINK, format!("the link leads to `{shown}`, which is not there")),
        false => (&MISSING_FILE, format!("there is no file `{shown}`")),
    };
    let diagnostic = Diagnostic::of(rule, span, message);
    let beside = |file: &'_ str| -> Option<String> {
        let (of, name) = file.rsplit_once('/')?;
        (of == folder).then(|| name.to_owned())
    };
    // A file that is not published would be no better.
    let published = input.files.iter().filter(|file| file_target(site, &file.path).is_some());
    let names: Vec<String> = published.filter_map(|file| beside(&file.path)).collect();
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let near = crate::diagnostics::nearest(name, names.iter().map(String::as_str))
        .filter(|near| ending(near) == ending(name));
    // Said as it would be typed, which is only easy in the same folder.
    let is_beside = from.rsplit_once('/').map_or("", |(folder, _)| folder) == folder;
    match near {
        Some(near) if is_beside => diagnostic.help(format!("did you mean `{near}`?")),
        Some(near) => diagnostic.help(format!("there is a file `{near}` in that folder")),
        None if name.starts_with("www.") || shown.contains("/www.") => {
            diagnostic.help("begin a web address with `https://`")
        }
        None => diagnostic.help("an address is relative to the file it stands in"),
    }
}

/// Puts the name of a file right that differs from the only such file by case alone.
fn other_case(
    site: &Site,
    input: &Input,
    path: &str,
    typed: &str,
    span: crate::source::Span,
) -> Option<Edit> {
    let same = |file: &&crate::source::File| {
        file.path.eq_ignore_ascii_case(path) && file_target(site, &file.path).is_some()
    };
    let mut files = input.files.iter().filter(same).map(|file| file.path.as_str());
    let (file, None) = (files.next()?, files.next()) else { return None };
    let (folder, name) = file.rsplit_once('/')?;
    let (typed_folder, typed_name) = path.rsplit_once('/')?;
    // A name that is typed in another form, such as `a%20b.pdf`, is left to its author.
    let at = typed.rfind(typed_name).filter(|_| folder == typed_folder)?;
    // Of a Markdown link only the address, and only where it stands in the link itself.
    let is_link = typed.starts_with('[') || typed.starts_with('!');
    let is_address = !is_link || typed[..at].contains("](");
    if !is_address || typed.matches(typed_name).count() > 1 {
        return None;
    }
    let start = span.start as usize + at;
    let span = crate::source::Span::new(span.file, start..start + typed_name.len());
    Some(Edit { span, instead_of: typed_name.to_owned(), replacement: name.to_owned() })
}

/// Reports evidence that names a file which is not there.
fn check_evidence(site: &Site, input: &Input, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &site.recommendations {
        let folder = &site.report(recommendation.report).folder;
        let front = &recommendation.front;
        let of_actions = front.actions.iter().flat_map(|action| &action.evidence.0);
        for evidence in front.evidence.0.iter().chain(of_actions) {
            if let Evidence::File { path, .. } = Evidence::of(evidence, folder)
                && file_target(site, &path).is_none()
                && site.document_of(&document_key(evidence)).is_none()
            {
                let text = &recommendation.texts.original;
                let edit = other_case(site, input, &path, text.slice(evidence.span), evidence.span);
                let diagnostic = broken_file(site, input, &text.path, &path, evidence.span);
                diagnostics.push(diagnostic.edit(edit));
            }
        }
    }
}

/// What stands at a path of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FileTarget {
    /// A page, of which there is one in each language.
    Page(String),
    /// A file, or the page of a translation: there is one.
    File(String),
}

/// What stands at a path of the content: the page of a text, of a folder's report, or a file.
pub(crate) fn file_target(site: &Site, path: &str) -> Option<FileTarget> {
    let page = site.addresses.get(path).or_else(|| {
        let folder = path.trim_end_matches('/');
        site.addresses.get(&format!("{folder}/report.md"))
    });
    if let Some(address) = page {
        let is_translation = site.languages.iter().skip(1).any(|words| {
            address.strip_prefix(&words.tag).is_some_and(|rest| rest.starts_with('/'))
        });
        return Some(match is_translation {
            true => FileTarget::File(address.clone()),
            false => FileTarget::Page(address.clone()),
        });
    }
    let below = path.strip_prefix(FOLDER)?;
    let index = site.assets.binary_search_by(|(address, _)| address.as_str().cmp(below)).ok()?;
    Some(FileTarget::File(site.assets[index].0.clone()))
}
