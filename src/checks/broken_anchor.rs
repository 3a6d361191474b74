//! A link to a heading leads to one that exists.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule, Suggestions};
use crate::model::{LinkKind, Site, Text};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "broken-anchor",
    summary: "a link to a heading that is not there",
    explanation: "What follows `#` is the heading in lower case, with `-` for spaces: \
                  `#management-response`. In a recommendation, `#recommendation`, `#response`, \
                  `#deadline` and `#progress` are the sections.",
    wrong: &[
        "\n## Recommendation\n\nSee [below](#nothing).",
        "\n## Recommendation\n\nSee [the report](report.md#nothing).",
    ],
    right: &[
        "\n## Recommendation\n\nSee [below](#response).\n\n## Management response\n\nAccepted.",
        "\n## Recommendation\n\nSee [it](../about.md#who-we-are).\n# content/about.md\n---\ntitle: About\n---\n\n## Who we are\n\nWe.",
    ],
    ..Rule::WARNING
};

/// The most anchors that are listed in a line of help.
const FEW: usize = 8;

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let by_path: BTreeMap<&str, &Text> =
        context.texts().map(|text| (text.path.as_str(), text)).collect();
    let of_front_matter = anchors_of_front_matter(context.site);
    // What is left out as later than the day that is shown may have had the heading.
    let cut = context.site.recommendations.iter().filter(|one| !one.later.is_empty());
    let cut: BTreeSet<&str> = cut.map(|one| one.texts.original.path.as_str()).collect();
    // Most texts have no links with anchors.
    let mut suggestions: BTreeMap<&str, Suggestions<'_>> = BTreeMap::new();
    for text in context.texts() {
        for link in &text.links {
            let (target, anchor) = match &link.kind {
                LinkKind::Anchor(anchor) => (Some(text), anchor),
                LinkKind::File { path, anchor: Some(anchor) } => {
                    let report = format!("{}/report.md", path.trim_end_matches('/'));
                    let found = by_path.get(path.as_str()).or_else(|| by_path.get(report.as_str()));
                    (found.copied(), anchor)
                }
                _ => continue,
            };
            // A place in another file, such as `annex.pdf#page=3`, is not checked.
            let Some(target) = target else { continue };
            let is_top = anchor.is_empty() || anchor == "main";
            let is_part = of_front_matter.contains(&(target.path.as_str(), anchor.as_str()));
            let is_cut = cut.contains(target.path.as_str());
            if is_top || is_part || is_cut || target.anchor(anchor).is_some() {
                continue;
            }
            let message = format!("there is no heading `#{anchor}`");
            let decoded = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
            let known = || Suggestions::of(target.anchors());
            let near = suggestions.entry(&target.path).or_insert_with(known).nearest(&decoded);
            let help = match near {
                Some(near) => format!("did you mean `#{near}`?"),
                None if (1..=FEW).contains(&target.anchors().take(FEW + 1).count()) => {
                    let mut all: Vec<String> =
                        target.anchors().map(|one| format!("`#{one}`")).collect();
                    all.sort();
                    format!("there is {}", all.join(", "))
                }
                None => "write the heading in lower case, with `-` for spaces".to_owned(),
            };
            diagnostics.push(Diagnostic::of(&RULE, link.span, message).help(help));
        }
    }
}

/// The anchors that pages have from front matter, with the paths of their texts: those of parts and
/// of groups.
fn anchors_of_front_matter(site: &Site) -> BTreeSet<(&str, &str)> {
    let of_parts = site.recommendations.iter().flat_map(|one| {
        let texts = one.texts.all();
        texts.flat_map(|text| one.parts.iter().map(|part| (text.path.as_str(), &*part.anchor)))
    });
    let of_groups = site.reports.iter().flat_map(|report| {
        let texts = report.texts.all();
        let anchors = |text| {
            let shown = report.groups.iter().filter(|group| !group.recommendations.is_empty());
            shown.map(move |group| (text, &*group.anchor))
        };
        texts.flat_map(move |text| anchors(text.path.as_str()))
    });
    of_parts.chain(of_groups).collect()
}
