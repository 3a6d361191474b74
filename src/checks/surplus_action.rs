//! The actions of a translation are those of its original.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "surplus-action",
    summary: "a translated action that the original does not have",
    explanation: "The actions of a translation are texts, one for each action of the original, in \
                  the same order.",
    wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\nactions: [Rédiger]\n---"],
    right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.md\nactions: [{ text: Draft it, status: in progress }]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\nactions: [Rédiger]\n---"],
    ..Rule::UNREAD
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let own = recommendation.front.actions.len();
        for translation in &recommendation.texts.translations {
            for action in translation.front.actions.iter().skip(own) {
                let message = "a translation of an action that the original does not have";
                let help = "give one text for each action of the original, in the same order";
                diagnostics.push(Diagnostic::of(&RULE, action.span, message).help(help));
            }
        }
    }
}
