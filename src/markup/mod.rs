//! A text in, its code in one notation out: HTML or Typst.

pub mod html;
pub mod typst;
