//! Recto: a static site generator for progress reports on recommendations.
//!
//! The program is one pure function from what it is given to what it would publish:
//!
//! ```text
//!            load                content               assemble           plan             publish
//! a folder ──────▶ source::Input ────────▶ Contents ──────────▶ model::Site ────▶ plan::Plan ────────▶ a folder
//!                        │                    ▲                     │     │
//!                        └─ settings, words, ─┘                     │     └─ checks ─▶ Diagnostics
//!                           registers                               ▼
//!                              tree, record, wording ─▶ markup, pages, formats, pdf ─▶ bytes of one path
//! ```
//!
//! [`pipeline`] is this drawing as code. What is wrong with the content is a value: each stage adds
//! [`diagnostics`] and goes on. Modules are in reading order: **a module uses only modules above it**,
//! and a test makes sure of it.

/// What a build is given: files, the day, and places in files.
pub mod source;
/// What is wrong, where, and how to say it: a rule for each kind, a file for each renderer.
pub mod diagnostics;
/// The words that authors may use, and what each means.
pub mod vocabulary;
/// YAML in, values with their places out.
pub mod yaml;
/// The words of the interface in each language.
pub mod language;
/// SCHEMES: running text in, what it points at out; it knows nothing of the model.
pub mod references;
/// The settings: `site.yaml`.
pub mod config;
/// Plain data: what a site is made of, and where its links lead.
pub mod model;
/// Files in, parsed entries out, drafts left out; links, references and headings found by place.
pub mod content;
/// Entries in, the finished site out, written once.
pub mod assemble;
/// A text of the site in, its document tree out, made on demand: what a text points at is resolved.
pub mod tree;
/// A recommendation in, what is published of it out: comparable, in columns.
pub mod record;
/// CHECKS: a finished site in, what is wrong with it out.
pub mod checks;
/// Facts in, sentences of a language out, for pages and PDFs.
pub mod wording;
/// A tree in, text of one notation out: HTML, or code of Typst.
pub mod markup;
/// Templates, assets and words: the built-in ones, with those of the site laid over them.
pub mod theme;
/// Numbers in, SVG out.
pub mod charts;
/// PAGE_TYPES: the site in, what the template of a page shows out.
pub mod pages;
/// FORMATS: the site in, files that are not pages out: CSV, JSON, feed, site map.
pub mod formats;
/// A report in, its official PDF out.
pub mod pdf;
/// Every path of the output, and how to make its bytes.
pub mod plan;
/// RULES: every kind of mistake that the modules above report, and the level that a site sets.
pub mod rules;
/// SCHEMAS: what files may contain and what Recto writes, as JSON Schema.
pub mod schemas;
/// The whole build on one screen: read, assemble, plan, check.
pub mod pipeline;

// Below this line the world begins: disk, clock, terminal.

/// A folder on disk in, Input out.
pub mod load;
/// A planned build in, a folder on disk out: rendered, compared, swapped in.
pub mod publish;
/// Addresses on other sites: asked whether they are still there.
pub mod external;
/// A local server that builds again when a file is saved, and renders the page that is asked for.
pub mod serve;
/// The command line, a file for each command.
pub mod cli;
