//! The updates of a translation are those of its original.

use std::collections::HashSet;

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Section, SectionKind};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "surplus-section",
    summary: "a dated update in a translation that the original does not have",
    explanation: "An update is a fact: write it in the original first.",
    wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Progrès au 2 mai 2020\n\nFait."],
    right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Progrès\n\nFait."],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (original, translation) in context.translated() {
        let known: HashSet<_> = original.sections.iter().map(Section::likeness).collect();
        for section in &translation.sections {
            let is_dated = matches!(section.kind, SectionKind::Progress { date: Some(_), .. });
            let Some(heading) = section.heading.as_ref().filter(|_| is_dated) else { continue };
            if known.contains(&section.likeness()) {
                continue;
            }
            let message = format!("the original has no section `{}`", heading.value);
            let help = "an update is a fact: write it in the original first";
            diagnostics.push(Diagnostic::of(&RULE, heading.span, message).help(help));
        }
    }
}
