//! A document: where to read it, and who cites it where.

use serde::Serialize;

use super::head::Title;
use super::views::{DateView, DocumentLink, LinkView};
use super::{Here, PageType, View, documents};
use crate::markup::html::{breakable, citation_anchor, escape};
use crate::markup::plain::Plain;
use crate::model::{Citation, Document, Report, Source, Text};
use crate::references::document_url;
use crate::source::{Span, boundary};

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

/// The citations grouped by report; they come in the order of the reports, and of the text.
fn groups(here: &Here<'_>, document: &Document) -> Vec<Group> {
    let mut groups: Vec<(Option<usize>, Group)> = Vec::new();
    let mut blocks = Blocks::default();
    for citation in &document.cited {
        let report = report_of(here, citation.source);
        let view = citation_view(here, citation, &mut blocks);
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

/// The block that was read last: a paragraph with many citations is read once.
#[derive(Default)]
struct Blocks {
    last: Option<(Span, Plain)>,
}

impl Blocks {
    fn plain(&mut self, text: &Text, block: Span) -> &Plain {
        if self.last.as_ref().is_none_or(|(span, _)| *span != block) {
            self.last = None;
        }
        &self.last.get_or_insert_with(|| (block, Plain::of(text, block))).1
    }
}

fn report_of<'a>(here: &Here<'a>, source: Source) -> Option<(usize, &'a Report)> {
    let id = match source {
        Source::Recommendation(id) => here.site.recommendation(id).report,
        Source::Report(id) => id,
        Source::Page(_) => return None,
    };
    Some((id.0, here.site.report(id)))
}

fn citation_view(here: &Here<'_>, citation: &Citation, blocks: &mut Blocks) -> CitationView {
    let text = &here.site.texts_of(citation.source).original;
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
    let shown = here.site.texts_of(citation.source).in_language(here.language());
    if let Some(found) = citation.found.filter(|_| shown.file == text.file) {
        link.href = format!("{}#{}", link.href, citation_anchor(found));
    }
    CitationView {
        link,
        sentence: citation.found.map(|index| {
            let found = &text.found[index];
            sentence(blocks.plain(text, found.block), found.span)
        }),
        lang: here.other_language(&text.language),
    }
}

/// How many bytes of a long sentence are shown on each side of a citation. It also bounds what is
/// read for each: a paragraph may have ten thousand citations.
const AROUND: usize = 320;

/// The sentence around a citation, as HTML with the citation marked.
fn sentence(plain: &Plain, span: Span) -> String {
    let cited = plain.find(span);
    let text = plain.text.as_str();
    let from = boundary(text, cited.start.saturating_sub(AROUND));
    let to = boundary(text, (cited.end + AROUND).min(text.len()));
    let (before, after) = (&text[from..cited.start], &text[cited.end..to]);
    let (start, end) = (sentence_start(before), sentence_end(after));
    let before = match (start, before.split_once(' ')) {
        (None, Some((_, whole_words))) if from > 0 => format!("… {}", escape(whole_words)),
        _ => escape(&before[start.unwrap_or(0)..]),
    };
    let after = match (end, after.rsplit_once(' ')) {
        (None, Some((whole_words, _))) if to < text.len() => format!("{} …", escape(whole_words)),
        _ => escape(&after[..end.unwrap_or(after.len())]),
    };
    format!("{before}<mark>{}</mark>{after}", breakable(&text[cited]))
}

/// Where the last sentence of a text begins, when another ends before it.
fn sentence_start(text: &str) -> Option<usize> {
    let mut marks = text
        .match_indices(['.', '?', '!'])
        .filter(|(at, mark)| ends_sentence(&text[..*at], &text[at + mark.len()..]));
    let (at, mark) = marks.next_back()?;
    let rest = &text[at + mark.len()..];
    Some(text.len() - rest.trim_start().len())
}

/// Where the first sentence of a text ends.
fn sentence_end(text: &str) -> Option<usize> {
    let mut marks = text.match_indices(['.', '?', '!']).filter(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        rest.trim().is_empty() || ends_sentence(&text[..*at], rest)
    });
    marks.next().map(|(at, mark)| at + mark.len())
}

/// Whether a full stop between these two ends a sentence. That of an abbreviation such as "No. 3"
/// or "para. 7" does not: a capital letter follows, and the word before is longer.
fn ends_sentence(before: &str, after: &str) -> bool {
    let word = before.rsplit([' ', '\n', '(']).next().unwrap_or("");
    let is_word = word.is_empty() || word.ends_with(')') || word.chars().count() > 3;
    is_word
        && after.starts_with([' ', '\n'])
        && after.trim_start().starts_with(|c: char| c.is_uppercase() || "“«\"".contains(c))
}
