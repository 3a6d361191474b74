//! Abbreviations and terms of the site's glossary: whole words, the case as given.
//!
//! The key is the written form: which term it belongs to is for the glossary to say.

use super::{LeadsTo, Scheme, SchemeId, phrase};

pub(super) const SCHEME: Scheme = Scheme {
    id: SchemeId::Abbreviation,
    leads_to: LeadsTo::Term,
    triggers: |known| known.terms.clone(),
    read: phrase::read,
};
