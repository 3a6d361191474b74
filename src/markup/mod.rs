//! Markdown in, text of one notation out.

pub mod html;
pub mod plain;
