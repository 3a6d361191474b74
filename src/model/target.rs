//! Where something leads: one answer for links, for what texts point at, and for evidence.

use std::borrow::Cow;

use super::{
    CitedGoal, Document, Evidence, Found, Link, LinkKind, Recommendation, RecommendationId, Report,
    Site, Source, Text, Texts, document_and_place, number_and_part,
};
use crate::references::{Key, Sdg, document_key, document_url, is_symbol};
use crate::source::CONTENT;

/// Where something leads.
#[derive(Debug, Clone)]
pub enum Target<'s> {
    /// To a document.
    Document(&'s Document),
    /// To a Sustainable Development Goal, or a target or indicator of it.
    Goal(Sdg, &'s CitedGoal),
    /// To a term of the glossary, as an index of [`Site::terms`].
    Term(usize),
    /// To a page of the site that exists in each language.
    Page {
        /// Its address in the site's first language.
        address: &'s str,
        /// A place on it, in the original.
        anchor: Option<&'s str>,
        /// What it shows.
        texts: &'s Texts,
        /// The recommendation whose page it is.
        of: Option<RecommendationId>,
    },
    /// To a file of the site, or the page of a translation, which is the same for all languages.
    File {
        /// Its address.
        address: &'s str,
        /// A place in it, such as `page=3`.
        anchor: Option<&'s str>,
        /// The recommendation whose page it is.
        of: Option<RecommendationId>,
    },
    /// To a place on the page of the text.
    Anchor(&'s str),
    /// To an address on another site.
    Outside(Cow<'s, str>),
}

impl Target<'_> {
    /// The place to which it leads on the page in a language.
    pub fn anchor_in(&self, tag: &str) -> Option<&str> {
        match self {
            Self::Page { anchor, texts, .. } => texts.anchor_in(tag, (*anchor)?),
            Self::File { anchor, .. } => *anchor,
            Self::Anchor(anchor) => Some(anchor),
            _ => None,
        }
    }

    /// The recommendation to whose page it leads.
    pub fn recommendation(&self) -> Option<RecommendationId> {
        match self {
            Self::Page { of, .. } | Self::File { of, .. } => *of,
            _ => None,
        }
    }

    /// Whether some words are the address that it leads to.
    pub fn is_shown_as(&self, words: &str) -> bool {
        let Self::Outside(address) = self else { return false };
        [address, address.trim_start_matches("http://")].contains(&words)
    }
}

impl Site {
    /// Where something found in a text leads; none when this site has no such thing.
    pub fn target_of<'s>(&'s self, found: &'s Found) -> Option<Target<'s>> {
        self.target_of_key(&found.key)
    }

    /// Where a key leads; none when this site has no such thing.
    pub fn target_of_key<'s>(&'s self, key: &'s Key<'_>) -> Option<Target<'s>> {
        match key {
            Key::Document(name) => {
                self.document_of(name).map(|id| Target::Document(self.document(id)))
            }
            Key::Goal(sdg) => {
                let number = sdg.number();
                let index = self.goals.binary_search_by_key(&number, |goal| goal.number).ok()?;
                Some(Target::Goal(*sdg, &self.goals[index]))
            }
            Key::Term(form) => self.term_ids.get(form.as_ref()).map(|id| Target::Term(*id)),
            Key::Address(address) => Some(Target::Outside(Cow::Borrowed(address))),
        }
    }

    /// Where a Markdown link of a text leads; none when its address was refused, or leads nowhere.
    /// `[[2]]` means a number of `report`.
    pub fn target_of_link<'s>(
        &'s self,
        link: &'s Link,
        text: &'s Text,
        report: Option<&Report>,
    ) -> Option<Target<'s>> {
        match &link.kind {
            LinkKind::Refused => None,
            LinkKind::Outside(address) => Some(Target::Outside(Cow::Borrowed(address))),
            LinkKind::Anchor(anchor) => Some(Target::Anchor(text.anchor(anchor).unwrap_or(anchor))),
            LinkKind::Recommendation(number) => {
                let folder = report.map(|report| report.folder.as_str());
                let id = self.recommendation_ids.find(folder, number)?;
                let recommendation = self.recommendation(id);
                let Recommendation { address, texts, .. } = recommendation;
                // A number may have its own brackets.
                let part = match number.trim_end().ends_with(&recommendation.label.0) {
                    true => None,
                    false => number_and_part(number.trim()).map(|(_, part)| part),
                };
                let anchor = part
                    .and_then(|label| recommendation.part(label))
                    .map(|part| part.anchor.as_str());
                Some(Target::Page { address, anchor, texts, of: Some(id) })
            }
            LinkKind::File { path, anchor } => self.file(path, anchor.as_deref()),
        }
    }

    /// Where a piece of evidence in a report's folder can be looked at; none for mere words, and
    /// for a document that is neither registered nor cited.
    pub fn target_of_evidence<'s>(&'s self, typed: &'s str, report: &Report) -> Option<Target<'s>> {
        // A register may name a document as authors do, with a comma in it.
        let whole = self.document_of(&document_key(typed));
        let (document, _) = self.document_and_place(typed);
        if let Some(id) = whole.or_else(|| self.document_of(&document_key(document))) {
            return Some(Target::Document(self.document(id)));
        }
        match Evidence::of(typed, &report.folder) {
            Evidence::Address(address) => {
                Some(Target::Outside(Cow::Owned(address.replace(' ', "%20"))))
            }
            Evidence::File { path, anchor } => self.file(&path, anchor),
            Evidence::Document(_) | Evidence::Words => None,
        }
    }

    /// A piece of evidence as its document and the place in it.
    pub fn document_and_place<'t>(&self, typed: &'t str) -> (&'t str, &'t str) {
        document_and_place(typed, |name| self.document_of(&document_key(name)).is_some())
    }

    /// Whether something is published at a path of the content.
    pub fn has_file(&self, path: &str) -> bool {
        self.file(path, None).is_some()
    }

    /// What is at a path of the content: the page of a text, or of a folder's report, or a file.
    fn file<'s>(&'s self, path: &str, anchor: Option<&'s str>) -> Option<Target<'s>> {
        let text = self.text_pages.get(path).or_else(|| {
            let folder = path.trim_end_matches('/');
            self.text_pages.get(&format!("{folder}/report.md"))
        });
        let Some(page) = text else {
            let below = path.strip_prefix(CONTENT)?;
            let index =
                self.assets.binary_search_by(|(address, _)| address.as_str().cmp(below)).ok()?;
            let address = self.assets[index].0.as_str();
            return Some(Target::File { address, anchor, of: None });
        };
        let of = match page.source {
            Source::Recommendation(id) => Some(id),
            Source::Report(_) | Source::Page(_) => None,
        };
        let texts = self.texts_of(page.source);
        let text = texts.all().nth(page.text);
        let anchor =
            anchor.map(|anchor| text.and_then(|text| text.anchor(anchor)).unwrap_or(anchor));
        let address = page.address.as_str();
        Some(match page.text {
            0 => Target::Page { address, anchor, texts, of },
            _ => Target::File { address, anchor, of },
        })
    }
}

impl Document {
    /// Where it can be read: as the register says, or where the United Nations publish it in a
    /// language. None for one without a symbol whose address the register does not give.
    pub fn published_at(&self, language: &str) -> Option<String> {
        let registered = self.entry.as_ref().and_then(|entry| entry.url.as_ref());
        match registered {
            Some(url) => Some(url.value.clone()),
            None => is_symbol(&self.symbol).then(|| document_url(&self.symbol, language)),
        }
    }

    /// Where it can be read now. A document that is not issued yet has only the address that the
    /// register gives, if any.
    pub fn readable_at(&self, language: &str) -> Option<String> {
        let is_registered = self.entry.as_ref().is_some_and(|entry| entry.url.is_some());
        self.published_at(language).filter(|_| !self.forthcoming || is_registered)
    }
}
