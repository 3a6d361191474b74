//! Translations against their originals: what one lacks is shown in the original's words, and
//! reported.

use crate::diagnostics::Diagnostic;
use crate::model::{Section, SectionKind, Site, Text, Translation};

/// Reports every section of an original that a translation lacks.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &site.recommendations {
        let original = &recommendation.texts.original;
        // A heading that was not understood is no section that is missing or too many.
        let is_of_heading = |diagnostic: &Diagnostic| {
            let codes = ["unknown-section", "section-heading", "unreadable-date", "unknown-value"];
            codes.contains(&diagnostic.code)
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
                diagnostics
                    .push(Diagnostic::error("surplus-action", action.span, message).help(help));
            }
            for section in text.sections.iter().filter(|section| {
                matches!(section.kind, SectionKind::Progress { date: Some(_), .. })
                    && !has_counterpart(original, section)
            }) {
                let Some(heading) = &section.heading else { continue };
                let message = format!("the original has no section `{}`", heading.value);
                let help = "an update is a fact: write it in the original first";
                diagnostics
                    .push(Diagnostic::warning("surplus-section", heading.span, message).help(help));
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
                    Diagnostic::warning("incomplete-translation", text.title.span, message)
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
