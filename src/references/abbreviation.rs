//! Abbreviations and terms of the site's glossary: whole words, the case as given.
//!
//! The key is the written form: which term it belongs to is for the glossary to say.

use super::{Scheme, phrase};

pub(super) const SCHEME: Scheme = Scheme {
    name: "abbreviation",
    triggers: |known| known.terms.clone(),
    read: phrase::read,
    address: |_, _| None,
};
