//! Documents that the register names by something other than a symbol: "Joint Communiqué of 2020".
//!
//! The key is the name as the register gives it.

use super::{LeadsTo, Scheme, SchemeId, phrase};

pub(super) const SCHEME: Scheme = Scheme {
    id: SchemeId::Document,
    leads_to: LeadsTo::Document,
    triggers: |known| phrase::triggers(&known.documents),
    read: phrase::read,
};
