//! A text in, its code in one notation out: HTML or Typst.

pub mod html;
/// Plain words, for tables.
pub mod plain;
pub mod typst;
