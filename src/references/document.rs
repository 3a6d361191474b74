//! Documents that the register names otherwise than by a symbol: "Joint Communiqué of 2020".
//!
//! The key is the name as the register gives it.

use super::{Scheme, phrase};

pub(super) const SCHEME: Scheme = Scheme {
    name: "document",
    triggers: |known| known.documents.clone(),
    read: phrase::read,
    address: |_, _| None,
};
