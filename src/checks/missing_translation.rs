//! A report that is translated is translated in full.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Site, Texts};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "missing-translation",
    summary: "a text that is not translated, in a report that otherwise is",
    explanation: "Until it is, pages in that language show the original. A report without any \
                  translation is not reported.",
    wrong: &[
        "# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n# content/audit/report.fr.md\n---\ntitle: Audit\n---",
    ],
    right: &[
        "# content/site.yaml\ntitle: A site\nlanguages: [en, fr]",
        "# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n# content/audit/report.fr.md\n---\ntitle: Audit\n---\n# content/audit/1.fr.md\n---\ntitle: Publier\n---\n\n## Recommandation\n\nPublier.\n\n## Réponse de l’administration\n\nAcceptée.\n\n## Progrès\n\nFait.",
    ],
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    if site.languages.len() < 2 {
        return;
    }
    for report in &site.reports {
        let own = &site.recommendations[report.recommendations.clone()];
        let texts = own.iter().map(|recommendation| &recommendation.texts);
        group([&report.texts].into_iter().chain(texts), site, diagnostics);
    }
    group(site.pages.iter().map(|page| &page.texts), site, diagnostics);
}

/// Texts that belong together: a language of one of them is expected of all.
fn group<'a>(
    texts: impl Iterator<Item = &'a Texts> + Clone,
    site: &Site,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for words in &site.languages {
        let tag = words.tag.as_str();
        if !texts.clone().any(|texts| texts.translation(tag).is_some()) {
            continue;
        }
        let lacking =
            |texts: &&Texts| texts.original.language != tag && texts.translation(tag).is_none();
        for texts in texts.clone().filter(lacking) {
            let path = &texts.original.path;
            let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".md"));
            let message = format!("there is no translation into `{tag}`");
            let span = texts.original.title.span;
            diagnostics.push(Diagnostic::of(&RULE, span, message).help(format!(
                "write it beside this file, as `{}.{tag}.md`",
                stem.unwrap_or(path)
            )));
        }
    }
}
