//! Recto: a static site generator for progress reports on recommendations.
//!
//! The program is one pure function from what it is given ([`source::Input`]) to what it would
//! publish ([`plan::Plan`]). The modules are in reading order: **a module uses only modules above
//! it**, and a test makes sure of it.

/// What we were given: the files and the date; and places in files.
pub mod source;
/// What is wrong, where, and how to say it.
pub mod diagnostics;
/// The words that authors may use, and what each means.
pub mod vocabulary;
/// YAML in, values with their places out.
pub mod yaml;
/// The words of the interface in each language.
pub mod language;
/// SCHEMES: how texts point at things, found without knowing the model.
pub mod references;
/// `site.yaml`: the settings of a site.
pub mod config;
/// Plain data: what a site is made of.
pub mod model;
/// Files of the content in, parsed entries and registers out.
pub mod content;
/// Entries in, the finished site out.
pub mod assemble;
/// A text in, its document tree out: links, references, anchors and notes resolved.
pub mod tree;
/// What is published about a recommendation, and its columns.
pub mod record;
/// CHECKS: what can be wrong with a site.
pub mod checks;
/// Facts in, sentences of a language out.
pub mod wording;
/// A text in, its code in HTML or Typst out.
pub mod markup;
/// Templates and assets: ours, with the site's laid over them.
pub mod theme;
/// Numbers in, SVG out.
pub mod charts;
/// PAGE_TYPES: the pages that a site has.
pub mod pages;
/// FORMATS: everything that is not a page.
pub mod formats;
/// The official PDF of a report.
pub mod pdf;
/// Every path of the output, and how to make its bytes.
pub mod plan;
/// RULES: every kind of mistake that is reported, and at what level.
pub mod rules;
/// SCHEMAS: what files may contain and what Recto writes, as JSON Schema.
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
/// A site in the browser, updated whenever a file is saved.
pub mod serve;
/// The command line, a file per command.
pub mod cli;
