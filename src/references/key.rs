//! What a reference points at, in one form however it is written.

use std::borrow::Cow;
use std::fmt;

use super::{Sdg, document_url, is_symbol};

/// Which scheme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SchemeId {
    /// `https://unece.org`
    WebAddress,
    /// `ECE/CP.TEIA/38/Add.1`
    UnSymbol,
    /// "General Assembly resolution 70/1"
    Resolution,
    /// "SDG 13", "target 11.b"
    Sdg,
    /// A document that the register calls by a name.
    Document,
    /// A term of the glossary.
    Abbreviation,
    /// One of the site's own, by its name.
    Own(String),
}

impl fmt::Display for SchemeId {
    /// The name in exports.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WebAddress => "web_address",
            Self::UnSymbol => "un_symbol",
            Self::Resolution => "resolution",
            Self::Sdg => "sdg",
            Self::Document => "document",
            Self::Abbreviation => "abbreviation",
            Self::Own(name) => name,
        })
    }
}

/// What the keys of a scheme stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadsTo {
    /// Documents.
    Document,
    /// Sustainable Development Goals, their targets and indicators.
    Goal,
    /// Terms of the glossary.
    Term,
    /// Web addresses.
    Address,
}

impl LeadsTo {
    /// The key of a canonical form. That of a goal is parsed, not kept as text ([`Key::Goal`]).
    pub(super) fn key(self, canonical: Cow<'_, str>) -> Key<'_> {
        match self {
            Self::Document => Key::Document(canonical),
            Self::Term => Key::Term(canonical),
            Self::Goal | Self::Address => Key::Address(canonical),
        }
    }
}

/// What a reference points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key<'t> {
    /// A document, by its canonical symbol or the name that the register gives it.
    Document(Cow<'t, str>),
    /// A Sustainable Development Goal, or a target or indicator of one.
    Goal(Sdg),
    /// A term of the glossary, by the form that the text uses.
    Term(Cow<'t, str>),
    /// A web address.
    Address(Cow<'t, str>),
}

impl Key<'_> {
    /// The same key, borrowing nothing from a text.
    pub fn into_owned(self) -> Key<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Document(name) => Key::Document(owned(name)),
            Self::Goal(sdg) => Key::Goal(sdg),
            Self::Term(term) => Key::Term(owned(term)),
            Self::Address(address) => Key::Address(owned(address)),
        }
    }

    /// Where others publish what it stands for, in a language if they can; none where no one does.
    pub fn address(&self, language: &str) -> Option<String> {
        match self {
            Self::Document(symbol) => is_symbol(symbol).then(|| document_url(symbol, language)),
            Self::Goal(sdg) => Some(sdg.url()),
            Self::Term(_) => None,
            Self::Address(address) => Some(address.to_string()),
        }
    }
}

impl fmt::Display for Key<'_> {
    /// The form in exports: `A/79/6(Sect.12)`, `sdg:11.b`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(text) | Self::Term(text) | Self::Address(text) => f.write_str(text),
            Self::Goal(sdg) => write!(f, "sdg:{sdg}"),
        }
    }
}
