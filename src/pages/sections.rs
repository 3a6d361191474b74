//! The sections of a recommendation as a page shows them in its language.

use super::Here;
use crate::markup::html::{About, Drawn, TextPlace, draw};
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
        TextPlace::Among(prefix) => prefix.clone(),
    };
    let (mut shown, mut about) = drawn(here, text, report, place);
    if original.file != text.file {
        let (of_original, also) = drawn(here, original, report, TextPlace::Among(prefix));
        let lacking: Vec<&Section> = text.lacking(original).collect();
        let is_lacking = |section| lacking.iter().any(|one| std::ptr::eq(*one, section));
        shown.extend(of_original.into_iter().filter(|shown| is_lacking(shown.section)));
        about.extend(also);
    }
    (shown, about)
}

fn drawn<'a>(
    here: &Here<'_>,
    text: &'a Text,
    report: &Report,
    place: TextPlace,
) -> (Vec<ShownSection<'a>>, About) {
    let Drawn { sections, about } = draw(text, &here.scope(Some(report), place));
    let lang = here.other_language(&text.language);
    let shown = text.sections.iter().zip(sections);
    let shown = shown.map(|(section, html)| ShownSection { section, html, lang: lang.clone() });
    (shown.collect(), about)
}
