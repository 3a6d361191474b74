//! Where something is cited: the sentence around each citation, grouped by report.

use serde::Serialize;

use super::Here;
use super::inline::LinkView;
use crate::markup::html::{breakable, citation_anchor, escape};
use crate::model::{Citation, Report, Source, Text};
use crate::source::{Span, boundary};
use crate::tree::{self, Running};

/// The citations of one report, or of the pages.
#[derive(Serialize)]
pub(super) struct Group {
    heading: Option<LinkView>,
    as_at: Option<String>,
    citations: Vec<CitationView>,
}

#[derive(Serialize)]
struct CitationView {
    link: LinkView,
    /// The sentence with the citation marked; none for evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
}

/// The citations grouped by report; they come in the order of the reports, and of their texts.
pub(super) fn groups<'c>(here: &Here<'_>, cited: impl Iterator<Item = &'c Citation>) -> Vec<Group> {
    let (mut shown, others): (Vec<&Citation>, Vec<&Citation>) =
        cited.partition(|citation| is_shown(here, citation));
    // What only texts in other languages cite is still cited.
    if shown.is_empty() {
        shown = others;
    }
    let mut groups: Vec<(Option<usize>, Group)> = Vec::new();
    let mut blocks = Blocks::default();
    for citation in shown {
        let report = report_of(here, citation.source);
        let view = citation_view(here, citation, &mut blocks);
        match groups.iter_mut().rev().find(|(of, _)| *of == report.map(|(index, _)| index)) {
            Some((_, group)) => group.citations.push(view),
            None => {
                let group = Group {
                    heading: report.map(|(_, report)| here.report_link(report)),
                    as_at: report.map(|(_, report)| here.wording().as_at(report.as_at)),
                    citations: vec![view],
                };
                groups.push((report.map(|(index, _)| index), group));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Whether readers of the page's language find a citation on the page of its source: it is in the
/// text in this language, or in a part of the original that is not translated.
fn is_shown(here: &Here<'_>, citation: &Citation) -> bool {
    let texts = here.site.texts_of(citation.source);
    let shown = texts.in_language(here.language());
    let Some((index, text)) = citation.found.zip(texts.all().nth(citation.text)) else {
        return true;
    };
    if text.file == shown.file {
        return true;
    }
    let place = text.found[index].span;
    citation.text == 0 && shown.lacking(text).any(|section| section.body.contains(place))
}

/// The index of the text of a source that its page shows in this language.
fn text_shown(here: &Here<'_>, source: Source) -> usize {
    let texts = here.site.texts_of(source);
    let shown = texts.in_language(here.language()).file;
    texts.all().position(|text| text.file == shown).unwrap_or(0)
}

/// The block that was read last: a paragraph with many citations is read once.
#[derive(Default)]
struct Blocks {
    last: Option<(Span, Running)>,
}

impl Blocks {
    fn running(&mut self, text: &Text, block: Span, scope: tree::Scope<'_>) -> &Running {
        if self.last.as_ref().is_none_or(|(span, _)| *span != block) {
            self.last = None;
        }
        &self.last.get_or_insert_with(|| (block, Running::of(text, block, scope))).1
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
    let texts = here.site.texts_of(citation.source);
    let text = texts.all().nth(citation.text).unwrap_or(&texts.original);
    let mut link = here.source_link(citation.source);
    // Only the text that is shown has places on the page.
    let is_shown = citation.text == text_shown(here, citation.source);
    if let Some(found) = citation.found.filter(|_| is_shown) {
        link.href = format!("{}#{}", link.href, citation_anchor(found));
    }
    CitationView {
        link,
        sentence: citation.found.and_then(|index| {
            let found = text.found.get(index)?;
            let scope =
                tree::Scope { site: here.site, report: here.site.report_of(citation.source) };
            Some(sentence(blocks.running(text, found.block, scope), text.cited_at(index)))
        }),
        lang: citation.found.and_then(|_| here.other_language(&text.language)),
    }
}

/// How many bytes of a long sentence are shown on each side of a citation. This also bounds what is
/// read for each: a paragraph may have ten thousand citations.
const AROUND: usize = 320;

/// The sentence around a citation, as HTML with the citation marked.
fn sentence(running: &Running, span: Span) -> String {
    let cited = running.find(span);
    let text = running.text.as_str();
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
