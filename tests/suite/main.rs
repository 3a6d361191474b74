//! All tests that need more than one module. A new case is a new folder under `tests/cases`.

#![allow(missing_docs, reason = "tests explain themselves")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, clippy::expect_used)]

#[cfg(feature = "pdf")]
mod authored;
mod broken;
mod cases;
mod commands;
mod diff;
mod external;
mod fix;
mod formats;
mod generator;
mod growth;
mod html;
mod import;
mod levels;
mod lists;
mod names;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod print;
mod portfolio;
mod properties;
mod publish;
mod record;
mod references;
mod rules;
mod schemas;
mod seed;
mod series;
mod serve;
mod served;
mod site;
mod speed;
mod tidy;
mod rebuild;
mod typed;
