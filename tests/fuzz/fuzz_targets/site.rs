//! A small site with one file given, checked and shown in every format. Templates and the plan of
//! the output are left out, and what is the same each time is read once: a run has to be short.

use std::sync::LazyLock;

use recto::assemble::{Options, assemble};
use recto::checks;
use recto::content::{self, Drafts, Memory, SiteSettings};
use recto::diagnostics::{Listing, RENDERERS, limit, sort};
use recto::rules;
use recto::source::{Content, File, Input};

fn input(more: Option<File>) -> Input {
    let text = |path: &str, text: &str| File {
        path: path.to_owned(),
        content: Content::Text(text.into()),
    };
    let files = vec![
        text("content/site.yaml", "title: A site\nlanguages: [en, fr, ru]\n"),
        text("content/glossary.yaml", "- { term: NPD, expansion: National Policy Dialogue }\n"),
        text("content/r/report.md", "---\ntitle: Audit\nas_at: 2021-03-01\n---\n"),
    ];
    let files = files.into_iter().chain(more).collect();
    Input::new(files, chrono::NaiveDate::default())
}

static SETTINGS: LazyLock<SiteSettings> = LazyLock::new(|| SiteSettings::read(&input(None), &mut Vec::new()));

/// Checks a site with the given bytes at the given path.
pub fn check(path: &str, bytes: &[u8]) {
    let content = match std::str::from_utf8(bytes) {
        Ok(text) => Content::Text(text.into()),
        Err(_) => Content::NotUtf8(bytes.into()),
    };
    let input = input(Some(File { path: path.to_owned(), content }));
    let mut diagnostics = Vec::new();
    let options = Options { drafts: Drafts::Include, ..Options::default() };
    let mut memory = Memory::default();
    let contents =
        content::read(&input, &SETTINGS.reading(), options.drafts, &mut memory, &mut diagnostics);
    let site = assemble(&input, &SETTINGS, contents, options, &mut diagnostics);
    checks::run(&site, &input, &mut diagnostics);
    sort(&mut diagnostics);
    limit(&mut diagnostics);
    for diagnostic in &diagnostics {
        assert!(rules::rule(diagnostic.code()).is_some(), "{}", diagnostic.code());
    }
    let listing = Listing::new(&input, &diagnostics);
    for renderer in RENDERERS {
        let _ = (renderer.render)(&listing);
    }
}
