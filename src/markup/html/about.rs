//! What a page says about the things that its texts point at.

use std::collections::BTreeMap;

use percent_encoding::utf8_percent_encode;

use super::{HtmlDrawing, escape_attribute};
use crate::model::{CitedGoal, Document, RecommendationId};
use crate::references::{Key, Sdg};
use crate::source::PATH_CHARACTERS;
use crate::wording::Wording;

/// What is said about the things that a page points at, by the id of the element that holds it. The
/// links show it on focus and on hover, and screen readers announce it as their description.
pub type About = BTreeMap<String, String>;

impl HtmlDrawing<'_> {
    /// The attributes of a link to something that the page says more about.
    pub(super) fn tell(&mut self, (id, text): (String, String)) -> String {
        let attributes =
            format!(" data-about=\"{}\" aria-describedby=\"{id}\"", escape_attribute(&text));
        self.about.insert(id, text);
        attributes
    }

    /// What the register says about a document, with the id of the element that holds it. Where the
    /// text has not the symbol but "3" or "70/1", the symbol is given too.
    pub(super) fn about_document(
        &self,
        document: &Document,
        index: usize,
    ) -> Option<(String, String)> {
        let entry = document.entry.as_ref();
        let words = self.scope.words;
        let found = &self.text.found[index];
        let printed = self.text.slice(found.span);
        let prefix = document.symbol.split_inclusive('/').next().unwrap_or("");
        let is_symbol = matches!(&found.key, Key::Document(key) if *key == document.symbol);
        let is_printed = is_symbol && printed.starts_with(prefix);
        let symbol = (!is_printed).then(|| document.symbol.clone());
        let title = entry.and_then(|entry| entry.title.as_ref());
        let title = title.map(|title| title.get(self.language()).to_owned());
        let date = entry.and_then(|entry| entry.date.as_ref()).map(|date| date.in_words(words));
        let forthcoming =
            document.forthcoming.then(|| words.text("documents.forthcoming").to_owned());
        let parts: Vec<String> = [symbol, title, date, forthcoming].into_iter().flatten().collect();
        let mut id = about_id(&document.address);
        if !is_printed {
            id.push_str(":symbol");
        }
        (!parts.is_empty()).then(|| (id, parts.join(". ")))
    }

    /// The name of a goal, with the id of the element that holds it.
    pub(super) fn about_goal(&self, sdg: Sdg, goal: &CitedGoal) -> (String, String) {
        let words = self.scope.words;
        let id = about_id(&goal.address);
        let name = Wording { site: self.scope.site, words }.goal_name(goal.number);
        match sdg.is_goal() {
            true => (id, name),
            false => {
                let target =
                    words.fill("goals.target_of", &[("target", &sdg.to_string()), ("goal", &name)]);
                (format!("{id}:{sdg}"), target)
            }
        }
    }

    /// What a term of the glossary stands for, with the id of the element that holds it.
    pub(super) fn about_term(&self, term: usize) -> (String, String) {
        let term = &self.scope.site.terms[term];
        let id = about_id(&format!("glossary:{}", term.anchor));
        (id, term.entry.expansion.get(self.language()).to_owned())
    }

    /// The title of a recommendation that `[[2]]` leads to, with the id of the element that holds
    /// it.
    pub(super) fn about_recommendation(&self, id: RecommendationId) -> (String, String) {
        let recommendation = self.scope.site.recommendation(id);
        let number = recommendation.label.to_string();
        let prefix = self.scope.words.fill("recommendation.prefix", &[("number", &number)]);
        let title = &recommendation.texts.in_language(self.language()).title;
        let id = about_id(&recommendation.address);
        (id, format!("{prefix} {}", title.value))
    }
}

/// The id of the element about what has its page at an address. An id has no spaces.
fn about_id(address: &str) -> String {
    let name = address.trim_end_matches(".html");
    format!("about:{}", utf8_percent_encode(name, PATH_CHARACTERS))
}
