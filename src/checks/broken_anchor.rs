//! A link within a text leads to a heading of it.

use super::outline;
use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{LinkKind, Text};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "broken-anchor",
    summary: "a link to a heading that is not there",
    explanation: "What follows `#` is the heading in small letters, with `-` for spaces: \
                  `#management-response`. In a recommendation, `#recommendation`, \
                  `#response`, `#deadline` and `#progress` are the sections.",
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

/// So many anchors can be read in a line of help.
const FEW: usize = 8;

/// The most anchors of a text that are compared with one that is not there.
const MOST_COMPARED: usize = 100;

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let by_path: BTreeMap<&str, &Text> =
        context.texts().map(|text| (text.path.as_str(), text)).collect();
    // Most texts have no links with anchors, so that their outlines are never needed.
    let mut outlines: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
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
            // A place in another file, such as `annex.pdf#page=3`, is for its reader to find.
            let Some(target) = target else { continue };
            let anchors = outlines.entry(&target.path).or_insert_with(|| outline::anchors(target));
            let decoded = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
            let is_top = decoded.is_empty() || decoded == "main";
            let is_there =
                anchors.contains(decoded.as_ref()) || outline::is_section(target, &decoded);
            if is_top || is_there {
                continue;
            }
            let message = format!("there is no heading `#{anchor}`");
            // Comparing each of thousands with each of thousands would take minutes.
            let known = anchors.iter().take(MOST_COMPARED).map(String::as_str);
            let near = crate::diagnostics::nearest(&decoded, known);
            let help = match near {
                Some(near) => format!("did you mean `#{near}`?"),
                None if (1..=FEW).contains(&anchors.len()) => {
                    let all: Vec<String> = anchors.iter().map(|one| format!("`#{one}`")).collect();
                    format!("there is {}", all.join(", "))
                }
                None => "write the heading in small letters, with `-` for spaces".to_owned(),
            };
            diagnostics.push(Diagnostic::of(&RULE, link.span, message).help(help));
        }
    }
}
