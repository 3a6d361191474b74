//! A document: where to read it, and who cites it where.

use serde::Serialize;

use super::head::Title;
use super::report::DocumentLink;
use super::views::{DateView, LinkView};
use super::{Here, PageType, View, documents};
use crate::markup::html::{breakable, citation_anchor, escape};
use crate::model::{Citation, Document, Report, Source, Text};
use crate::references::document_url;
use crate::source::Span;

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "document",
    count: |site| site.documents.len(),
    address: |site, index| site.documents[index].address.clone(),
    source: |site, index| site.documents[index].entry.as_ref().map(|entry| entry.symbol.span),
    view,
};

#[derive(Serialize)]
struct DocumentView {
    symbol: String,
    title: Option<String>,
    url: String,
    leaves_site: String,
    forthcoming: bool,
    date: Option<DateView>,
    based_on: Vec<DocumentLink>,
    basis_of: Vec<DocumentLink>,
    supersedes: Vec<DocumentLink>,
    superseded_by: Vec<DocumentLink>,
    groups: Vec<Group>,
}

/// The citations of one report, or of the pages.
#[derive(Serialize)]
struct Group {
    heading: Option<LinkView>,
    as_at: Option<String>,
    citations: Vec<CitationView>,
}

#[derive(Serialize)]
struct CitationView {
    link: LinkView,
    /// The sentence with the citation marked; none for evidence.
    sentence: Option<String>,
    lang: Option<String>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let site = here.site;
    let document = &site.documents[index];
    let entry = document.entry.as_ref();
    let url = match entry.and_then(|entry| entry.url.as_ref()) {
        Some(url) => url.value.clone(),
        None => document_url(&document.symbol, here.language()),
    };
    let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or(host);
    let registered = entry.and_then(|entry| entry.title.as_ref());
    let page = DocumentView {
        symbol: breakable(&document.symbol),
        title: registered.map(|title| title.get(here.language()).to_owned()),
        leaves_site: here.words.fill("page.leaves_site", &[("host", host)]),
        url,
        forthcoming: entry.is_some_and(|entry| entry.forthcoming),
        date: entry.and_then(|entry| entry.date.as_ref()).map(|date| here.date(date.value)),
        based_on: here.document_links(&document.based_on),
        basis_of: here.document_links(&document.basis_of),
        supersedes: here.document_links(&document.supersedes),
        superseded_by: here.document_links(&document.superseded_by),
        groups: groups(here, document),
    };
    let title = Title::of(document.symbol.as_str())
        .below(here.words.text("documents.title"), documents::ADDRESS);
    View::new(&here.head(title), &page)
}

/// The citations grouped by report; they come in the order of the reports.
fn groups(here: &Here<'_>, document: &Document) -> Vec<Group> {
    let mut groups: Vec<(Option<usize>, Group)> = Vec::new();
    for citation in &document.cited {
        let report = report_of(here, citation.source);
        let view = citation_view(here, citation);
        match groups.iter_mut().rev().find(|(of, _)| *of == report.map(|(index, _)| index)) {
            Some((_, group)) => group.citations.push(view),
            None => {
                let group = Group {
                    heading: report.map(|(_, report)| here.report_link(report)),
                    as_at: report.map(|(_, report)| here.as_at(report.as_at)),
                    citations: vec![view],
                };
                groups.push((report.map(|(index, _)| index), group));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn report_of<'a>(here: &Here<'a>, source: Source) -> Option<(usize, &'a Report)> {
    let id = match source {
        Source::Recommendation(id) => here.site.recommendation(id).report,
        Source::Report(id) => id,
        Source::Page(_) => return None,
    };
    Some((id.0, here.site.report(id)))
}

fn citation_view(here: &Here<'_>, citation: &Citation) -> CitationView {
    let text = here.site.original(citation.source);
    let mut link = match citation.source {
        Source::Recommendation(id) => here.recommendation_link(id),
        Source::Report(id) => LinkView::new(
            here.words.text("documents.introduction"),
            here.href(&here.site.report(id).address),
        ),
        Source::Page(id) => {
            LinkView::new(text.title.as_str(), here.href(&here.site.pages[id.0].address))
        }
    };
    // A translation is another text: the place in the original is not one of its own.
    let shown = here.site.text_of(citation.source, here.language());
    if let Some(found) = citation.found.filter(|_| shown.file == text.file) {
        link.href = format!("{}#{}", link.href, citation_anchor(found));
    }
    CitationView {
        link,
        sentence: citation.found.map(|found| sentence(text, text.found[found].span)),
        lang: here.other_language(&text.language),
    }
}

/// How much of a long sentence is shown on each side of a citation.
const AROUND: usize = 240;

/// The sentence around a citation, as HTML with the citation marked.
fn sentence(text: &Text, span: Span) -> String {
    let body = &text.source[text.body.range()];
    let base = text.body.start as usize;
    let (start, end) = (span.start as usize - base, span.end as usize - base);
    let paragraph_start = body[..start].rfind("\n\n").map_or(0, |at| at + 2);
    let paragraph_end = body[end..].find("\n\n").map_or(body.len(), |length| end + length);
    let from = sentence_start(&body[paragraph_start..start]) + paragraph_start;
    let to = end + sentence_end(&body[end..paragraph_end]);
    let (before, cut_before) = last_of(&body[from..start]);
    let (after, cut_after) = first_of(&body[end..to]);
    let plain = |markdown: &str| escape(&plain_text(markdown));
    format!(
        "{}{}<mark>{}</mark>{}{}",
        if cut_before { "… " } else { "" },
        plain(before),
        breakable(&body[start..end]),
        plain(after),
        if cut_after { " …" } else { "" },
    )
}

/// Where the last sentence of a text begins. An abbreviation such as "No. 3" does not end one:
/// the next word must begin with a capital letter, and the one before must be longer.
fn sentence_start(text: &str) -> usize {
    let mut breaks = text.match_indices(['.', '?', '!']).filter(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let word = text[..*at].rsplit([' ', '\n', '(']).next().unwrap_or("");
        rest.starts_with([' ', '\n'])
            && rest.trim_start().starts_with(char::is_uppercase)
            && word.chars().count() > 3
    });
    breaks.next_back().map_or(0, |(at, mark)| {
        let after = at + mark.len();
        after + (text[after..].len() - text[after..].trim_start().len())
    })
}

fn sentence_end(text: &str) -> usize {
    let end = text.match_indices(['.', '?', '!']).find(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let word = text[..*at].rsplit([' ', '\n', '(']).next().unwrap_or("");
        let is_last = rest.trim().is_empty();
        is_last
            || (rest.starts_with([' ', '\n'])
                && rest.trim_start().starts_with(char::is_uppercase)
                && (word.chars().count() > 3 || *at == 0 || word.ends_with(')')))
    });
    end.map_or(text.len(), |(at, mark)| at + mark.len())
}

fn last_of(text: &str) -> (&str, bool) {
    if text.len() <= AROUND {
        return (text, false);
    }
    let from = text.len() - AROUND;
    let word = text.char_indices().find(|(at, c)| *at >= from && *c == ' ');
    word.map_or((text, false), |(at, _)| (&text[at + 1..], true))
}

fn first_of(text: &str) -> (&str, bool) {
    if text.len() <= AROUND {
        return (text, false);
    }
    let word = text.char_indices().find(|(at, c)| *at >= AROUND && *c == ' ');
    word.map_or((text, false), |(at, _)| (&text[..at], true))
}

/// Markdown without its marks: enough for a sentence out of a paragraph.
fn plain_text(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut characters = markdown.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '*' | '`' => {}
            '\\' => out.extend(characters.next()),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
