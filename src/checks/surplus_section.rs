//! The updates of a translation are those of its original.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::SectionKind;

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
        for section in &translation.sections {
            let is_dated = matches!(section.kind, SectionKind::Progress { date: Some(_), .. });
            let Some(heading) = section.heading.as_ref().filter(|_| is_dated) else { continue };
            if original.sections.iter().any(|one| one.is_like(section)) {
                continue;
            }
            let message = format!("the original has no section `{}`", heading.value);
            let help = "an update is a fact: write it in the original first";
            diagnostics.push(Diagnostic::of(&RULE, heading.span, message).help(help));
        }
    }
}
