//! Recto: a static site generator for progress reports on recommendations.
//!
//! The program is one pure function from what it is given ([`source::Input`]) to what it would
//! publish ([`pipeline::Plan`]). Modules stand in reading order: **a module uses only modules
//! above it**, and a test holds them to it.

/// Entries in, the finished site out.
pub mod assemble;
/// Numbers in, SVG out.
pub mod charts;
/// `site.yaml`.
pub mod config;
/// One file in, one parsed entry out.
pub mod content;
/// What is wrong, where, and how to say it.
pub mod diagnostics;
/// FORMATS: everything that is not a page.
pub mod formats;
/// The words of the interface in each language.
pub mod language;
/// Markdown in, text of one notation out.
pub mod markup;
/// Plain data: what a site is made of.
pub mod model;
/// PAGE_TYPES: what the site shows.
pub mod pages;
/// The whole build on one screen.
pub mod pipeline;
/// Every path of the output, and how to make its bytes.
pub mod plan;
/// SCHEMES: how texts point at things.
pub mod references;
/// What we were given: files, the date, places in them.
pub mod source;
/// Templates, assets and words: ours, with the site's laid over them.
pub mod theme;
/// The words that authors may use, and what each means.
pub mod vocabulary;
/// YAML in, values with their places out.
pub mod yaml;

// Below this line the world begins: disk, clock, terminal.

/// The command line, a file per command.
pub mod cli;
/// A folder in, Input out.
pub mod load;
/// A build in, a folder out.
pub mod publish;
