//! Recto: a static site generator for progress reports on recommendations.
//!
//! The program is one pure function from what it is given to what it would publish:
//!
//! ```text
//!           load                  content             assemble             plan               publish
//! a folder ─────▶ source::Input ─────────▶ Contents ──────────▶ model::Site ────▶ plan::Build ───────▶ a folder
//!                       │                      ▲         ▲          │      ▲           │
//!                       ├─ settings, words, ───┴─────────┘          │      │           └─▶ bytes of each path:
//!                       │  registers                                ▼      │               pages, formats, pdf
//!                       ├──────────────────────────────────────▶ checks    │
//!                       └─ theme ──────────────────────────────────────────┘
//! ```
//!
//! [`pipeline`] is this drawing as code, from the input to the build: a site, its theme, and the plan
//! of every path. The bytes of a path are made when they are needed: [`markup`] draws the [`tree`] of
//! a text for pages and PDFs, [`wording`] says facts for both and for feeds, and [`record`] is what
//! the other formats publish. What is wrong with the content is a value: each stage adds
//! [`diagnostics`] and goes on; the checks come last, and then [`rules`] sets the levels.
//!
//! Modules are in reading order: **a module uses only modules above it**, and a test makes sure of it.

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
/// Two states of a site in, what changed in meaning out.
pub mod compare;
/// CHECKS: a finished site and the input it was made from in, what is wrong with the site out.
pub mod checks;
/// Facts in, sentences of a language out, for pages, PDFs and feeds.
pub mod wording;
/// A text in, its tree drawn in one notation out: HTML, or code of Typst.
pub mod markup;
/// Templates, assets and words: the built-in ones, with those of the site laid over them.
pub mod theme;
/// Numbers in, SVG out; what of a report is drawn, with its finding as a sentence.
pub mod charts;
/// PAGE_TYPES: the site in, what the template of a page shows out.
pub mod pages;
/// FORMATS: the site in, data and feeds out: CSV, JSON, Atom, site map.
pub mod formats;
/// The site in, the data for the script of the list of all recommendations out.
pub mod find;
/// A report in, its official PDF out.
pub mod pdf;
/// The site and its theme in, every path of the output out, and how to make its bytes.
pub mod plan;
/// RULES: every kind of mistake that the modules above report; diagnostics in, the same out at the
/// levels that the site sets.
pub mod rules;
/// SCHEMAS: what files may contain and what Recto writes, as JSON Schema.
pub mod schemas;
/// The whole build on one screen: read, assemble, plan, check.
pub mod pipeline;

// Below this line the world begins: disk, clock, terminal.

/// A folder on disk in, Input out; and a corrected file back into its place.
pub mod load;
/// A [`plan::Build`] in, a folder on disk out: rendered, compared, moved into place.
pub mod publish;
/// Foreign tables in, content files out.
pub mod import;
/// Addresses on other sites: asked whether they are still there.
pub mod external;
/// A local server that builds again when a file is saved, and renders the page that is asked for.
pub mod serve;
/// The command line, a file for each command.
pub mod cli;
