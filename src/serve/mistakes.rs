//! The page that says what is wrong, shown instead of every other page.

use std::sync::OnceLock;

use serde::Serialize;
use tera::{Context, Tera};

use crate::diagnostics::{Diagnostic, Listing, Severity, Tally, visible};
use crate::source::{Input, Span, boundary};

/// The page. The template engine escapes everything that is filled in.
const TEMPLATE: &str = include_str!("mistakes.html");

/// The most mistakes that are shown. When these are fixed, the next are shown.
const MOST: usize = 50;

/// How many bytes of a line are shown on each side of a place: authors write a paragraph as one line.
const AROUND: usize = 160;

/// What is wrong, ready to be shown.
#[derive(Debug, Serialize)]
pub(super) struct Mistakes {
    /// `2 errors`.
    title: String,
    mistakes: Vec<Mistake>,
    /// How many more there are.
    more: usize,
    /// `3 warnings`, which `recto check` lists; empty when there are none.
    beside: String,
}

/// One thing that is wrong.
#[derive(Debug, Serialize)]
struct Mistake {
    message: String,
    /// Empty when no code names it.
    code: &'static str,
    places: Vec<PlaceView>,
    help: Option<String>,
}

/// A place in the source.
#[derive(Debug, Serialize)]
struct PlaceView {
    /// `content/site.yaml:3:1`
    at: String,
    /// What the place has to do with it; empty for the place itself.
    label: String,
    line: usize,
    /// The line before the culprit.
    before: String,
    culprit: String,
    after: String,
}

/// How a page of mistakes is shown instead of another page.
pub(super) struct Frame<'a> {
    /// The state that it belongs to.
    pub(super) version: &'a str,
    /// Where the last good page is, if there is one.
    pub(super) last_good: Option<String>,
}

impl Mistakes {
    /// The errors among what was found.
    pub(super) fn of(input: &Input, found: &[Diagnostic]) -> Self {
        let tally = Tally::of(found);
        let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
        let errors: Vec<Diagnostic> = found.iter().filter(is_error).take(MOST).cloned().collect();
        let listing = Listing::new(input, &errors);
        Self {
            title: Tally { errors: tally.errors, ..Tally::default() }.to_string(),
            mistakes: errors.iter().map(|error| mistake(&listing, error)).collect(),
            more: tally.errors - errors.len(),
            beside: Tally { errors: 0, ..tally }.to_string(),
        }
    }

    /// A template that cannot show a page.
    pub(super) fn of_template(input: &Input, error: &Diagnostic) -> Self {
        Self::of(input, std::slice::from_ref(error))
    }

    /// A site that cannot be read.
    pub(super) fn of_disk(error: &anyhow::Error) -> Self {
        let message = visible(&format!("{error:#}"));
        let mistake = Mistake { message, code: "", places: Vec::new(), help: None };
        let title = "the site cannot be read".to_owned();
        Self { title, mistakes: vec![mistake], more: 0, beside: String::new() }
    }

    /// The page.
    pub(super) fn page(&self, frame: &Frame<'_>) -> String {
        static TERA: OnceLock<Tera> = OnceLock::new();
        let tera = TERA.get_or_init(|| {
            let mut tera = Tera::new();
            tera.autoescape_on(vec![".html"]);
            // It is tested, and cannot fail.
            let _ = tera.add_raw_template("mistakes.html", TEMPLATE);
            tera
        });
        let mut view = Context::new();
        view.insert("wrong", self);
        view.insert("version", frame.version);
        view.insert("last_good", &frame.last_good);
        tera.render("mistakes.html", &view).unwrap_or_else(|_| String::new())
    }
}

fn mistake(listing: &Listing<'_>, diagnostic: &Diagnostic) -> Mistake {
    let own = diagnostic.span.map(|span| place(listing, span, ""));
    let labels = diagnostic.labels.iter().map(|(span, label)| place(listing, *span, label));
    Mistake {
        message: visible(&diagnostic.message),
        code: diagnostic.code(),
        places: own.into_iter().chain(labels).collect(),
        help: diagnostic.help.as_deref().map(visible),
    }
}

fn place(listing: &Listing<'_>, span: Span, label: &str) -> PlaceView {
    let text = listing.input.file(span.file).readable();
    let start = boundary(text, span.start as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
    let end = boundary(text, (span.end as usize).clamp(start, line_end));
    let from = boundary(text, start.saturating_sub(AROUND)).max(line_start);
    let culprit_end = boundary(text, end.min(start + AROUND));
    let to = boundary(text, culprit_end + AROUND).min(line_end).max(culprit_end);
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let at = listing.place(span);
    PlaceView {
        at: visible(&format!("{}:{}:{}", at.path, at.start.line, at.start.column)),
        label: visible(label),
        line: at.start.line,
        before: format!("{}{}", cut(from > line_start), visible(&text[from..start])),
        culprit: visible(&text[start..culprit_end]),
        after: format!("{}{}", visible(&text[culprit_end..to]), cut(to < line_end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Content, File, FileId};

    fn page(text: &str, message: &str, culprit: &str) -> String {
        let path = "content/<b>.md".to_owned();
        let files = vec![File { path, content: Content::Text(text.into()) }];
        let input = Input::new(files, chrono::NaiveDate::default());
        let start = text.find(culprit).unwrap();
        let span = Span::new(FileId(0), start..start + culprit.len());
        let error = Diagnostic::of(&crate::yaml::UNKNOWN_KEY, span, message).help("<i>help</i>");
        let error = error.label(span, "<i>label</i>");
        let frame = Frame { version: "\"><script>", last_good: Some("/a\"b".to_owned()) };
        Mistakes::of(&input, &[error]).page(&frame)
    }

    #[test]
    fn every_text_is_escaped() {
        let page = page("x\n<script>alert(1)</script> </code> x\n", "<u>message</u>", "alert");
        for typed in ["<u>", "<i>", "<b>", "<script>a", "</code> x", "\"><script>", "/a\"b"] {
            assert!(!page.contains(typed), "{typed} in {page}");
        }
        assert!(page.contains("&lt;script&gt;<mark>alert</mark>(1)&lt;"), "{page}");
        assert!(page.contains("content/&lt;b&gt;.md:2:9"), "{page}");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{} culprit {}", "é".repeat(5000), "ж".repeat(5000));
        let page = page(&line, "wrong", "culprit");
        assert!(page.contains("é <mark>culprit</mark> ж"), "{page}");
        assert!(page.contains("…é") && page.contains("ж…"), "{page}");
        assert!(page.len() < 5000, "{}", page.len());
        let page = super::tests::page(&"x".repeat(5000), "wrong", &"x".repeat(5000));
        assert!(page.len() < 5000, "{}", page.len());
    }
}
