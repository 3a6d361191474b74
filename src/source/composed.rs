//! Letters with accents, in the two ways in which computers write them.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// A name with its accents as one character each (Unicode's NFC), as most keyboards type them. macOS
/// gives files names in which they are separate.
pub fn composed(name: &str) -> Cow<'_, str> {
    match is_nfc_quick(name.chars()) {
        IsNormalized::Yes => name.into(),
        _ => name.nfc().collect::<String>().into(),
    }
}

/// A name in both spellings: with its accents as one character each, and with separate ones. Most
/// names have only one.
pub fn spellings(name: &str) -> impl Iterator<Item = String> {
    let (together, apart) = (composed(name).into_owned(), name.nfd().collect::<String>());
    let apart = (apart != together).then_some(apart);
    [together].into_iter().chain(apart)
}
