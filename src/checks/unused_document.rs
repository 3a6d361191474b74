//! What is registered is cited.

use std::collections::BTreeSet;

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::references::document_key;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "unused-document",
    summary: "a document in `documents.yaml` that no text cites",
    explanation: "Perhaps its symbol is misspelt here or there. Cite it, or remove it.",
    wrong: &["# content/documents.yaml\n- symbol: A/RES/70/1"],
    right: &[
        "\n## Recommendation\n\nSee A/RES/70/1.\n# content/documents.yaml\n- symbol: A/RES/70/1",
    ],
    follows: Follows::Site,
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let reports = context.site.reports.iter();
    let of_reports = reports.filter_map(|report| report.front.symbol.as_ref());
    let of_reports: BTreeSet<String> = of_reports.map(|symbol| document_key(symbol)).collect();
    for document in &context.site.documents {
        let Some(entry) = &document.entry else { continue };
        let relations =
            [&document.based_on, &document.basis_of, &document.supersedes, &document.superseded_by];
        let is_related = relations.iter().any(|related| !related.is_empty());
        if document.cited.is_empty() && !is_related && !of_reports.contains(&document.symbol) {
            let message = format!("no text cites `{}`", document.symbol);
            let help = "cite it, or remove it from the register";
            diagnostics.push(Diagnostic::of(&RULE, entry.symbol.span, message).help(help));
        }
    }
}
