//! The words of the interface in each language: texts, plurals, names of months, dates as text.
//!
//! They are in `templates/strings/<language>.yaml`; a site's own file of that name is laid over the
//! built-in one, key by key.

mod words;

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{FileId, Input, Span};
use crate::vocabulary::Vocabulary;
use crate::yaml;

pub use words::{Direction, Phrase, Words};

pub(crate) const UNKNOWN_LANGUAGE: Rule = Rule {
    code: "unknown-language",
    summary: "a language that the site does not have",
    explanation: "The site's languages are listed in `content/site.yaml`, as tags such as `en` or \
                  `pt-BR`. English, French and Russian are built in; `templates/strings/de.yaml` \
                  adds German.",
    wrong: &[
        "# content/site.yaml\ntitle: A site\nlanguages: [en, xx]",
        "# content/audit/1.de.md\n---\ntitle: Die Liste\n---",
    ],
    right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]"],
    ..Rule::UNREAD
};

/// The rules about languages.
pub(crate) const RULES: &[&Rule] = &[&UNKNOWN_LANGUAGE];

/// The built-in languages, the one that fills gaps in all others first.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("en", include_str!("../../templates/strings/en.yaml")),
    ("fr", include_str!("../../templates/strings/fr.yaml")),
    ("ru", include_str!("../../templates/strings/ru.yaml")),
];

/// Where a site keeps its own words.
const FOLDER: &str = "templates/strings/";

/// All languages whose words are known.
#[derive(Debug, Clone)]
pub struct Languages {
    words: BTreeMap<String, Words>,
}

impl Languages {
    /// The built-in words, with the site's own laid over them.
    pub fn read(input: &Input, diagnostics: &mut Vec<Diagnostic>) -> Self {
        // The built-in words have their own tests, so nothing is reported here.
        let built_in =
            |text: &str| yaml::parse(text, FileId(0), 0, yaml::YAML_FILE, &mut Vec::new());
        let english = built_in(BUILT_IN[0].1);
        // English fills the gaps in all others.
        let begin = |tag: &str| {
            let mut words = Words::new(tag);
            english.iter().for_each(|english| words.overlay(english));
            words
        };
        let mut words: BTreeMap<String, Words> = BTreeMap::new();
        for (tag, text) in BUILT_IN {
            let mut base = begin(tag);
            built_in(text).iter().for_each(|value| base.overlay(value));
            words.insert((*tag).to_owned(), base);
        }
        for (id, file) in input.files_with_id() {
            let name = file.path.strip_prefix(FOLDER).and_then(|name| name.strip_suffix(".yaml"));
            let Some(tag) = name else { continue };
            if !Words::is_tag(tag) {
                let message = format!("`{tag}` is not a language tag");
                let help = "name the file after its language: `de.yaml`, `pt-BR.yaml`";
                diagnostics
                    .push(Diagnostic::of(&UNKNOWN_LANGUAGE, Span::top(id), message).help(help));
                continue;
            }
            let own = yaml::parse(file.text(), id, 0, yaml::YAML_FILE, diagnostics);
            if let Some(own) = own {
                words.entry(tag.to_owned()).or_insert_with(|| begin(tag)).overlay(&own);
            }
        }
        Self { words }
    }

    /// The words of a language.
    pub fn get(&self, tag: &str) -> Option<&Words> {
        self.words.get(tag)
    }

    /// The tags of all languages, sorted.
    pub fn tags(&self) -> impl Iterator<Item = &str> + Clone {
        self.words.keys().map(String::as_str)
    }

    /// Adds the words of these languages, and English, to what authors may write.
    pub fn teach(&self, tags: &[String], vocabulary: &mut Vocabulary) {
        let tags = tags.iter().map(String::as_str).chain([BUILT_IN[0].0]);
        tags.filter_map(|tag| self.get(tag)).for_each(|words| words.teach(vocabulary));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_keys() {
        let keys = |text: &str, tag: &str| {
            let mut diagnostics = Vec::new();
            let value = yaml::parse(text, FileId(0), 0, yaml::YAML_FILE, &mut diagnostics);
            assert!(diagnostics.is_empty(), "{tag}: {diagnostics:?}");
            let mut words = Words::new(tag);
            words.overlay(&value.unwrap());
            words.keys().map(str::to_owned).collect::<Vec<_>>()
        };
        let english = keys(BUILT_IN[0].1, "en");
        for (tag, text) in BUILT_IN {
            assert_eq!(keys(text, tag), english, "{tag} against English");
        }
    }

    #[test]
    fn every_plural_has_the_forms_its_language_needs() {
        for (tag, text) in BUILT_IN {
            let value = yaml::parse(text, FileId(0), 0, yaml::YAML_FILE, &mut Vec::new()).unwrap();
            let mut words = Words::new(tag);
            words.overlay(&value);
            for key in words.keys() {
                if let Some(Phrase::Plural(forms)) = words.phrase(key) {
                    for n in [0, 1, 2, 5, 21, 101] {
                        assert!(
                            forms.contains_key(words.plural_category(n)),
                            "{tag}: {key} for {n}"
                        );
                    }
                }
            }
        }
    }
}
