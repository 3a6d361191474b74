//! A translation has every section of its original.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "incomplete-translation",
    summary: "a section of the original that a translation lacks",
    explanation: "Until it is translated, pages show the original in its place.",
    wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Recommandation\n\nPublier."],
    right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Recommandation\n\nPublier.\n\n\
              ## Réponse de l’administration\n\nAcceptée.\n\n## Progrès\n\nFait."],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (original, translation) in context.translated() {
        for section in translation.lacking(original) {
            let Some(heading) = &section.heading else { continue };
            let message = format!("the translation lacks the section `{}`", heading.value);
            let help = "translate it too; until then pages show the original";
            diagnostics.push(
                Diagnostic::of(&RULE, translation.title.span, message)
                    .label(heading.span, "it is here")
                    .help(help),
            );
        }
    }
}
