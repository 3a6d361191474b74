//! Recto: a static site generator for progress reports on recommendations.
//!
//! The program is one pure function from what it is given ([`source::Input`]) to what it would
//! publish ([`plan::Plan`]). Modules stand in reading order: **a module uses only modules
//! above it**, and a test holds them to it.

/// What we were given: files, the date, places in them.
pub mod source;
/// What is wrong, where, and how to say it.
pub mod diagnostics;
/// The words that authors may use, and what each means.
pub mod vocabulary;
/// YAML in, values with their places out.
pub mod yaml;
/// The words of the interface in each language.
pub mod language;
/// SCHEMES: how texts point at things; it knows no model.
pub mod references;
/// `site.yaml`.
pub mod config;
/// Plain data: what a site is made of.
pub mod model;
/// One file in, one parsed entry out.
pub mod content;
/// Entries in, the finished site out.
pub mod assemble;
/// A text in, its document tree out: links, references, anchors and notes resolved.
pub mod tree;
/// What is published of a recommendation, and its columns.
pub mod record;
/// CHECKS: what can be wrong with a site.
pub mod checks;
/// Facts in, sentences of a language out.
pub mod wording;
/// Markdown in, text of one notation out.
pub mod markup;
/// Templates, assets and words: ours, with the site's laid over them.
pub mod theme;
/// Numbers in, SVG out.
pub mod charts;
/// PAGE_TYPES: what the site shows.
pub mod pages;
/// FORMATS: everything that is not a page.
pub mod formats;
/// The official PDF of a report.
pub mod pdf;
/// Every path of the output, and how to make its bytes.
pub mod plan;
/// RULES: every kind of mistake that is reported.
pub mod rules;
/// SCHEMAS: what files may hold, for editors and programs.
pub mod schemas;
/// The whole build on one screen.
pub mod pipeline;

// Below this line the world begins: disk, clock, terminal.

/// A folder in, Input out.
pub mod load;
/// A build in, a folder out.
pub mod publish;
/// Addresses on other sites: asked whether they are still there.
pub mod external;
/// A site, served while it is written.
pub mod serve;
/// The command line, a file per command.
pub mod cli;
