//! A text in, text of one notation out.

pub mod html;
pub mod typst;
