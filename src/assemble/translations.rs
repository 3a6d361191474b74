//! Translations against their originals: what one lacks is shown in the original's words, and
//! reported.

use crate::content::heading::UNKNOWN_SECTION;
use crate::content::markdown::SECTION_HEADING;
use crate::diagnostics::{Diagnostic, Hides, Rule};
use crate::model::UNREADABLE_DATE;
use crate::model::{Section, SectionKind, Site, Text, Translation};
use crate::yaml::UNKNOWN_VALUE;

pub(crate) const SURPLUS_ACTION: Rule = Rule {
    code: "surplus-action",
    summary: "a translated action that the original does not have",
    explanation: "The actions of a translation are texts in the order of the original's, one for \
                  each.",
    wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\nactions: [Rédiger]\n---"],
    right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.md\nactions: [{ text: Draft it, status: in progress }]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\nactions: [Rédiger]\n---"],
    hides: Hides::Part,
    ..Rule::ERROR
};

pub(crate) const SURPLUS_SECTION: Rule = Rule {
    code: "surplus-section",
    summary: "a dated update in a translation that the original does not have",
    explanation: "An update is a fact: write it in the original first.",
    wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Progrès au 2 mai 2020\n\nFait."],
    right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Progrès\n\nFait."],
    ..Rule::WARNING
};

pub(crate) const INCOMPLETE_TRANSLATION: Rule = Rule {
    code: "incomplete-translation",
    summary: "a section of the original that a translation lacks",
    explanation: "Until it is translated, pages show the original's words in its place.",
    wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Recommandation\n\nPublier."],
    right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Recommandation\n\nPublier.\n\n\
              ## Réponse de l’administration\n\nAcceptée.\n\n## Progrès\n\nFait."],
    ..Rule::WARNING
};

/// Reports every section of an original that a translation lacks.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &site.recommendations {
        let original = &recommendation.texts.original;
        // A heading that was not understood is no section that is missing or too many.
        let is_of_heading = |diagnostic: &Diagnostic| {
            let rules = [&UNKNOWN_SECTION, &SECTION_HEADING, &UNREADABLE_DATE, &UNKNOWN_VALUE];
            rules.contains(&diagnostic.rule)
                && diagnostic.span.is_some_and(|span| span.file == original.file)
        };
        if diagnostics.iter().any(is_of_heading) {
            continue;
        }
        for Translation { front, text } in &recommendation.texts.translations {
            let surplus = front.actions.get(recommendation.front.actions.len()..);
            for action in surplus.unwrap_or_default() {
                let message = "a translation of an action that the original does not have";
                let help = "the actions stand in the order of the original, a text for each";
                diagnostics.push(Diagnostic::of(&SURPLUS_ACTION, action.span, message).help(help));
            }
            for section in text.sections.iter().filter(|section| {
                matches!(section.kind, SectionKind::Progress { date: Some(_), .. })
                    && !has_counterpart(original, section)
            }) {
                let Some(heading) = &section.heading else { continue };
                let message = format!("the original has no section `{}`", heading.value);
                let help = "an update is a fact: write it in the original first";
                diagnostics
                    .push(Diagnostic::of(&SURPLUS_SECTION, heading.span, message).help(help));
            }
            let lacking = original
                .sections
                .iter()
                .filter(|section| !original.slice(section.body).trim().is_empty())
                .filter(|section| !has_counterpart(text, section));
            for section in lacking {
                let Some(heading) = &section.heading else { continue };
                let message = format!("the translation lacks the section `{}`", heading.value);
                let help = "translate it too; until then pages show the original's words";
                diagnostics.push(
                    Diagnostic::of(&INCOMPLETE_TRANSLATION, text.title.span, message)
                        .label(heading.span, "it stands here")
                        .help(help),
                );
            }
        }
    }
}

/// Whether a translation has a section for one of the original.
pub(crate) fn has_counterpart(translation: &Text, section: &Section) -> bool {
    translation.sections.iter().any(|other| match (&section.kind, &other.kind) {
        // The status is a fact of the original; only the day tells one update from another.
        (SectionKind::Progress { date: a, .. }, SectionKind::Progress { date: b, .. }) => a == b,
        (a, b) => a == b,
    })
}
