//! A summary of changes in one notation: for the terminal, a comment on GitHub, a program, a browser.

use pulldown_cmark_escape::escape_html;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Change, ChangeGroup, ChangeItem, Comparison, DiffPiece, Summary};
use crate::diagnostics::visible;
use crate::model::relative;

/// A way to show what changed.
pub struct ChangeFormat {
    /// Its name, as people type it.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Makes the text.
    pub render: fn(&Comparison<'_>, &Sides) -> String,
}

/// What is compared, in words: "`main`", "the working copy".
pub struct Sides {
    /// The earlier state.
    pub before: String,
    /// The later one.
    pub now: String,
    /// Where the pages of the later one are, if they can be linked.
    pub links: Option<String>,
}

impl Sides {
    /// The address of the page of something.
    fn link(&self, item: &ChangeItem) -> Option<String> {
        let base = self.links.as_deref()?.trim_end_matches('/');
        let place = relative("index.html", item.address.as_deref()?);
        Some(format!("{base}/{place}"))
    }
}

/// Every format, the usual one first.
pub const CHANGE_FORMATS: &[ChangeFormat] = &[
    ChangeFormat { name: "terminal", about: "for people", render: terminal },
    ChangeFormat {
        name: "markdown",
        about: "for a comment or a job summary on GitHub",
        render: markdown,
    },
    ChangeFormat { name: "json", about: "for programs", render: json },
    ChangeFormat { name: "html", about: "one page that opens from disk", render: html },
];

/// The most characters of a comment on GitHub are 65,536; some are left for what is around it.
const LONGEST_COMMENT: usize = 64_000;

fn terminal(comparison: &Comparison<'_>, sides: &Sides) -> String {
    let Summary { sentence, groups } = comparison.summary();
    let mut text = format!("From {} to {}:\n{sentence}\n", sides.before, sides.now);
    for ChangeGroup { heading, items, .. } in &groups {
        text.push_str(&format!("\n\u{1b}[1m{heading}\u{1b}[0m\n"));
        let mut last = "";
        for ChangeItem { of, path, says, .. } in items {
            if *of != last {
                let beside = match of == path {
                    true => String::new(),
                    false => format!(" \u{1b}[2m{}\u{1b}[0m", visible(path)),
                };
                text.push_str(&format!("  {}{beside}\n", visible(of)));
                last = of;
            }
            text.push_str("    ");
            for piece in says {
                let words = visible(&piece.text().replace('\n', " "));
                text.push_str(&match piece {
                    DiffPiece::Same(_) => words,
                    DiffPiece::Removed(_) => format!("\u{1b}[31m[-{words}-]\u{1b}[0m"),
                    DiffPiece::Added(_) => format!("\u{1b}[32m{{+{words}+}}\u{1b}[0m"),
                });
            }
            text.push('\n');
        }
    }
    text
}

fn markdown(comparison: &Comparison<'_>, sides: &Sides) -> String {
    let Summary { sentence, groups } = comparison.summary();
    let between = format!("From {} to {}", in_markdown(&sides.before), in_markdown(&sides.now));
    let mut text = format!("**{}**\n\n{between}.\n", in_markdown(&sentence));
    let items: usize = groups.iter().map(|group| group.items.len()).sum();
    let mut shown = 0;
    'all: for ChangeGroup { heading, is_detail, items } in &groups {
        let end = if *is_detail { "\n</details>\n" } else { "" };
        let head = match is_detail {
            true => format!("\n<details><summary>{heading} ({})</summary>\n\n", items.len()),
            false => format!("\n### {heading}\n\n"),
        };
        let room = |text: &String, more: &str| text.len() + more.len() + 200 < LONGEST_COMMENT;
        if !room(&text, &head) {
            break;
        }
        text.push_str(&head);
        let mut last = "";
        for item in items {
            let mut line = String::new();
            if item.of != last {
                let name = match sides.link(item) {
                    Some(link) => format!("[{}](<{link}>)", in_markdown(&item.of)),
                    None => in_markdown(&item.of),
                };
                // A path may have a back quote in it, which ends code.
                let path = visible(&item.path).replace('`', "'");
                line.push_str(&match item.of == item.path {
                    true => format!("- `{path}`\n"),
                    false => format!("- **{name}** `{path}`\n"),
                });
                last = &item.of;
            }
            // So that no text begins something of Markdown.
            line.push_str("  - \u{2060}");
            for piece in &item.says {
                let (before, after) = ends(piece.text());
                let words = in_markdown(piece.text().trim());
                match piece {
                    _ if words.is_empty() => line.push_str(before),
                    DiffPiece::Same(_) => line.push_str(&format!("{before}{words}{after}")),
                    DiffPiece::Removed(_) => {
                        line.push_str(&format!("{before}<del>{words}</del>{after}"))
                    }
                    DiffPiece::Added(_) => {
                        line.push_str(&format!("{before}<ins>{words}</ins>{after}"))
                    }
                }
            }
            line.push('\n');
            if !room(&text, &line) {
                text.push_str(end);
                break 'all;
            }
            text.push_str(&line);
            shown += 1;
        }
        text.push_str(end);
    }
    if shown < items {
        text.push_str(&format!(
            "\n{} more changes are left out here, because a comment cannot be longer. `recto diff` \
             shows all.\n",
            items - shown
        ));
    }
    text
}

/// The white space at both ends of some words, as one space each.
fn ends(text: &str) -> (&'static str, &'static str) {
    let space = |is: bool| if is { " " } else { "" };
    (space(text.starts_with(char::is_whitespace)), space(text.ends_with(char::is_whitespace)))
}

/// Words that mean nothing to Markdown, on one line. They come from a pull request, whose author may
/// want to mention people, to link elsewhere, or to begin something of Markdown: a word joiner, which
/// nobody sees, keeps apart what GitHub would take for a person, an issue, an address, a commit or a
/// picture.
fn in_markdown(words: &str) -> String {
    const JOINER: char = '\u{2060}';
    let mut text = String::with_capacity(words.len());
    let mut digits = 0;
    let words = visible(words);
    let mut characters = words.chars().peekable();
    while let Some(c) = characters.next() {
        digits = if c.is_ascii_hexdigit() { digits + 1 } else { 0 };
        match c {
            '\n' | '\r' => text.push(' '),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '&' => text.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' | '$' => {
                text.push('\\');
                text.push(c);
            }
            c => text.push(c),
        }
        let ends_with = |ending: &str| {
            let start = text.len().checked_sub(ending.len());
            start
                .and_then(|start| text.get(start..))
                .is_some_and(|end| end.eq_ignore_ascii_case(ending))
        };
        let is_apart = match c {
            '@' | '#' => true,
            ':' => characters.peek().is_some_and(|next| !next.is_whitespace()),
            '.' => ends_with("www."),
            '-' => ends_with("gh-"),
            _ => digits > 0 && digits % 6 == 0,
        };
        if is_apart {
            text.push(JOINER);
        }
    }
    text
}

fn html(comparison: &Comparison<'_>, sides: &Sides) -> String {
    let Summary { sentence, groups } = comparison.summary();
    let escaped = |text: &str| {
        let mut escaped = String::new();
        // Writing to a string cannot fail.
        let _ = escape_html(&mut escaped, &visible(text));
        escaped
    };
    let title = format!("Changes from {} to {}", sides.before, sides.now);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{0}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{0}</h1>\n\
         <p>{1}</p>\n",
        escaped(&title),
        escaped(&sentence)
    );
    for ChangeGroup { heading, items, .. } in &groups {
        page.push_str(&format!("<h2>{heading}</h2>\n<dl>\n"));
        let mut last = "";
        for item in items {
            if item.of != last {
                let name = match sides.link(item) {
                    Some(link) => {
                        format!("<a href=\"{}\">{}</a>", escaped(&link), escaped(&item.of))
                    }
                    None => escaped(&item.of),
                };
                page.push_str(&match item.of == item.path {
                    true => format!("<dt><code>{}</code></dt>\n", escaped(&item.path)),
                    false => format!("<dt>{name} <code>{}</code></dt>\n", escaped(&item.path)),
                });
                last = &item.of;
            }
            page.push_str("<dd>");
            for piece in &item.says {
                let words = escaped(piece.text());
                page.push_str(&match piece {
                    DiffPiece::Same(_) => words,
                    DiffPiece::Removed(_) => format!("<del>{words}</del>"),
                    DiffPiece::Added(_) => format!("<ins>{words}</ins>"),
                });
            }
            page.push_str("</dd>\n");
        }
        page.push_str("</dl>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// How the page looks: readable in light and dark, and what is removed and added told by more than
/// colour.
const STYLE: &str = "\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; padding: 1rem; }
main { max-width: 50rem; margin: 0 auto; overflow-wrap: anywhere; }
dt { font-weight: 600; margin-top: .75rem; }
dt code { font-weight: 400; }
dd { margin: .25rem 0 0 1rem; white-space: pre-line; }
del { color: light-dark(#a4262c, #ff9a9a); }
ins { color: light-dark(#0b6a0b, #8fdf8f); font-weight: 600; }
";

/// What changed, for programs.
#[derive(Serialize, JsonSchema)]
pub struct ChangesExport<'a> {
    /// The earlier state, as it was named.
    before: &'a str,
    /// The later one.
    now: &'a str,
    /// All of it in a sentence.
    summary: String,
    /// The recommendations that are in both and differ.
    changed: Vec<ChangedExport<'a>>,
    /// Those that are only in the later state, as `report/number`.
    added: Vec<String>,
    /// Those that are only in the earlier one.
    removed: Vec<String>,
    /// What reports say themselves.
    reports: Vec<ReportChangesExport<'a>>,
    /// The paths of pages that differ.
    pages: Vec<&'a str>,
    /// The texts that were typed differently and say the same, by their paths.
    typing: &'a [String],
    /// How many recommendations do not differ.
    unchanged: usize,
}

/// A recommendation that differs.
#[derive(Serialize, JsonSchema)]
struct ChangedExport<'a> {
    /// What it was, as `report/number`.
    before: String,
    /// What it is.
    now: String,
    /// Its file.
    path: &'a str,
    /// What differs, the gravest first.
    changes: &'a [Change],
}

/// A report that differs.
#[derive(Serialize, JsonSchema)]
struct ReportChangesExport<'a> {
    /// Its id.
    report: &'a str,
    /// Whether it is only in the later state.
    is_new: bool,
    /// Whether it is only in the earlier one.
    is_gone: bool,
    /// What differs.
    changes: &'a [Change],
}

fn json(comparison: &Comparison<'_>, sides: &Sides) -> String {
    let Comparison { before, now, .. } = comparison;
    let name = |site: &crate::model::Site, id: crate::model::RecommendationId| {
        let one = site.recommendation(id);
        format!("{}/{}", site.report(one.report).folder, one.label)
    };
    let changed = comparison.changed.iter().map(|of| ChangedExport {
        before: name(before, of.before),
        now: name(now, of.now),
        path: &now.recommendation(of.now).texts.original.path,
        changes: &of.changes,
    });
    let reports = comparison.reports.iter().map(|of| ReportChangesExport {
        report: match (of.now, of.before) {
            (Some(id), _) => &now.report(id).folder,
            (None, Some(id)) => &before.report(id).folder,
            (None, None) => "",
        },
        is_new: of.before.is_none(),
        is_gone: of.now.is_none(),
        changes: &of.changes,
    });
    let export = ChangesExport {
        before: &sides.before,
        now: &sides.now,
        summary: comparison.summary().sentence,
        changed: changed.collect(),
        added: comparison.added.iter().map(|id| name(now, *id)).collect(),
        removed: comparison.removed.iter().map(|id| name(before, *id)).collect(),
        reports: reports.collect(),
        typing: &comparison.typing,
        pages: comparison.pages.iter().map(|page| page.path.as_str()).collect(),
        unchanged: comparison.unchanged,
    };
    serde_json::to_string_pretty(&export).map_or_else(|_| String::new(), |json| json + "\n")
}
