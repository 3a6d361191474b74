//! Abbreviations and terms of the site's glossary: whole words, in the case given.
//!
//! The key is the written form, with its accents composed; the glossary says which term it belongs to.

use super::{LeadsTo, Scheme, SchemeId, phrase};

pub(super) const SCHEME: Scheme = Scheme {
    id: SchemeId::Abbreviation,
    leads_to: LeadsTo::Term,
    triggers: |known| phrase::triggers(&known.terms),
    read: phrase::read,
};
