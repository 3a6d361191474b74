//! A section of somebody who is not responsible.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule, nearest};
use crate::vocabulary::fold;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "unknown-responder",
    summary: "a section that is said to be somebody's who is not among those responsible",
    explanation: "`## Management response: Coast Guard` is the answer of one of several units that \
                  `responsible` names. Write the name as it is there.",
    wrong: &[
        "responsible: [Coast Guard, Navy]\n\n## Recommendation\n\nPublish it.\n\n## Management response: Coast Gard\n\nAccepted.",
    ],
    right: &[
        "responsible: [Coast Guard, Navy]\n\n## Recommendation\n\nPublish it.\n\n## Management response: Coast Guard\n\nAccepted.",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let units = recommendation.responders.iter().map(|of| context.site.unit(of.unit));
        let typed = recommendation.front.responsible.0.iter().map(|of| of.unit.as_str());
        let mut known: Vec<&str> = typed.collect();
        for unit in units {
            known.push(&unit.name);
            let Some(entry) = &unit.entry else { continue };
            known.extend(entry.all_names().map(|name| name.as_str()));
        }
        // A translation may name them in its language.
        for section in &recommendation.texts.original.sections {
            let (Some(name), Some(heading)) = (&section.responder, &section.heading) else {
                continue;
            };
            if known.iter().any(|unit| fold(unit) == fold(name)) {
                continue;
            }
            let message = format!("`{name}` is not among those who are responsible");
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the name as under `responsible`, or add it there".to_owned(),
            };
            diagnostics.push(Diagnostic::of(&RULE, heading.span, message).help(help));
        }
    }
}
