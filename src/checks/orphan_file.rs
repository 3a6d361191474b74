//! What is published can be found.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Evidence, LinkKind};
use crate::source::CONTENT;
use crate::source::Span;
use std::collections::BTreeSet;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "orphan-file",
    summary: "a file that is published, but that nothing links to",
    explanation: "Readers cannot find it. Link to it, name it under `evidence`, or remove it. \
                  Files at the top of `content`, such as `CNAME`, are not reported.",
    wrong: &["# content/audit/annex.pdf\n"],
    right: &[
        "evidence: [annex.pdf]\n# content/audit/annex.pdf\n",
        "\n## Recommendation\n\nSee [the annex](annex.pdf).\n# content/audit/annex.pdf\n",
    ],
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    if site.assets.is_empty() {
        return;
    }
    let links = context.texts().flat_map(|text| &text.links);
    let mut used: BTreeSet<String> = links
        .filter_map(|link| match &link.kind {
            LinkKind::File { path, .. } => Some(path.clone()),
            _ => None,
        })
        .collect();
    for recommendation in &site.recommendations {
        let folder = &site.report(recommendation.report).folder;
        for evidence in site.documents_typed_in(recommendation) {
            if let Evidence::File { path, .. } = Evidence::of(evidence, folder) {
                used.insert(path);
            }
        }
    }
    for (address, file) in &site.assets {
        let is_inside = address.contains('/');
        if is_inside && !used.contains(&format!("{CONTENT}{address}")) {
            let name = address.rsplit('/').next().unwrap_or(address);
            let message = format!("nothing links to `{name}`");
            diagnostics.push(
                Diagnostic::of(&RULE, Span::top(*file), message)
                    .help("link to it, name it under `evidence`, or remove it"),
            );
        }
    }
}
