//! Abbreviations and terms of the site's glossary: whole words, in the case given.
//!
//! The key is the written form; the glossary says which term it belongs to.

use super::{LeadsTo, Scheme, SchemeId, phrase};

pub(super) const SCHEME: Scheme = Scheme {
    id: SchemeId::Abbreviation,
    leads_to: LeadsTo::Term,
    triggers: |known| known.terms.clone(),
    read: phrase::read,
};
