//! The sections of a recommendation as a page shows them in its language.

use std::collections::HashSet;

use super::Here;
use crate::markup::html::{About, Drawn, PageScope, TextPlace, draw};
use crate::model::{Recommendation, Report, Section, Text};

/// A section, with what is shown of it.
pub(super) struct ShownSection<'a> {
    pub(super) section: &'a Section,
    pub(super) html: String,
    /// The language of the section, where it is not the page's.
    pub(super) lang: Option<String>,
}

/// The sections in the page's language, each in the author's order, then those of the original that
/// are not translated; and what is said about the things that they point at.
pub(super) fn sections<'a>(
    here: &Here<'a>,
    recommendation: &'a Recommendation,
    report: &Report,
    place: TextPlace,
) -> (Vec<ShownSection<'a>>, About) {
    let text = recommendation.texts.in_language(here.language());
    let original = &recommendation.texts.original;
    // The anchors of the page are those of the text in its language.
    let prefix = match &place {
        TextPlace::Own => "original".to_owned(),
        TextPlace::Among(prefix) => format!("{prefix}-original"),
    };
    let (mut shown, mut about) = drawn(here, text, &here.scope(Some(report), place), |_| true);
    if original.file != text.file {
        let lacking: HashSet<*const Section> =
            text.lacking(original).map(std::ptr::from_ref).collect();
        let is_lacking = |section: &Section| lacking.contains(&std::ptr::from_ref(section));
        let scope = here.scope(Some(report), TextPlace::Among(prefix));
        let (of_original, also) = drawn(here, original, &scope, is_lacking);
        shown.extend(of_original);
        about.extend(also);
    }
    (shown, about)
}

fn drawn<'a>(
    here: &Here<'_>,
    text: &'a Text,
    scope: &PageScope<'_>,
    wanted: impl Fn(&Section) -> bool,
) -> (Vec<ShownSection<'a>>, About) {
    let Drawn { sections, about } = draw(text, scope, wanted);
    let lang = here.other_language(&text.language);
    let shown = sections.into_iter().map(|(section, html)| ShownSection {
        section,
        html,
        lang: lang.clone(),
    });
    (shown.collect(), about)
}
