//! A text in, its code in one notation out: HTML, Typst, or plain words.

pub mod html;
/// Plain words, for tables.
pub mod plain;
pub mod typst;
