//! The glossary: what each term stands for, and where it is used.

use serde::Serialize;

use super::head::Title;
use super::inline::{Html, TextView};
use super::{Here, PagePlace, PageType, View, no_source, one};
use crate::config::Localized;

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "glossary",
    count: one,
    address: |_, _| "glossary.html".to_owned(),
    source: no_source,
    place: PagePlace::Navigation {
        word: "glossary.title",
        is_shown: |site| !site.terms.is_empty(),
    },
    view,
};

#[derive(Serialize)]
struct GlossaryView {
    terms: Vec<TermView>,
}

#[derive(Serialize)]
struct TermView {
    term: String,
    anchor: String,
    expansion: TextView,
    definition: Option<TextView>,
    used_in: Option<Html>,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let terms = here.site.terms.iter().map(|term| TermView {
        term: term.entry.term.value.clone(),
        anchor: term.anchor.clone(),
        expansion: shown(here, &term.entry.expansion),
        definition: term.entry.definition.as_ref().map(|text| shown(here, text)),
        used_in: Html::listed(term.used_in.iter().map(|source| here.named_source_link(*source))),
    });
    let page = GlossaryView { terms: terms.collect() };
    View::new(&here.head(Title::of(here.words.text("glossary.title"))), &page)
}

/// What a term stands for. Without a language, it is in that of the term: a French abbreviation has a
/// French expansion, on pages in all languages.
fn shown(here: &Here<'_>, text: &Localized) -> TextView {
    match text.by_language.is_empty() {
        true => TextView { text: text.first.clone(), lang: None },
        false => here.localized(text),
    }
}
