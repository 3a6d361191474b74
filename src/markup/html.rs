//! Markdown as HTML, with everything it points at linked.
//!
//! Of the author's characters none is changed: only tags are put between them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::assemble::{FileTarget, file_target, find_recommendation};
use crate::content::markdown::{Anchors, options, without_comments};
use crate::model::{Found, Link, LinkKind, Report, Site, Text, relative};

/// Where a text is drawn.
#[derive(Clone)]
pub struct Scope<'a> {
    /// The site.
    pub site: &'a Site,
    /// The address of the page.
    pub page: &'a str,
    /// The language of the page.
    pub language: &'a str,
    /// The report whose numbers `[[2]]` means.
    pub report: Option<&'a Report>,
    /// Whether this page is the place of the text, or shows it among others.
    pub place: Place,
}

/// Whether a page is the place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The text's own page: headings and citations have anchors to link to.
    Own,
    /// A page that shows several texts: no anchors but those of footnotes, which begin with this.
    Among(String),
}

/// The anchor of a citation on the page of its text.
pub fn citation_anchor(index: usize) -> String {
    // No anchor of a heading holds a colon, so none is the same.
    format!("cite:{}", index + 1)
}

/// The sections of a text as HTML, in the author's order.
pub fn sections(text: &Text, scope: &Scope<'_>) -> Vec<String> {
    let body = &text.source[text.body.range()];
    let base = text.body.start as usize;
    let mut drawing = Drawing {
        text,
        scope,
        base,
        links: Vec::new(),
        anchors: anchors_of_page(text),
        notes: BTreeMap::new(),
        explained: BTreeSet::new(),
        heading: None,
    };
    let mut sections: Vec<Vec<Event<'_>>> = vec![Vec::new(); text.sections.len()];
    let mut current = 0;
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        let start = base + range.start;
        while text.sections.get(current + 1).is_some_and(|s| s.body.start as usize <= start) {
            current += 1;
            drawing.explained.clear();
        }
        // The heading of a section is drawn by the page, in its own place.
        let in_section = text.sections.get(current).is_some_and(|section| {
            let body = section.body.range();
            body.start <= start && start + range.len() <= body.end
        });
        if in_section {
            drawing.event(event, range, &mut sections[current]);
        }
    }
    sections
        .into_iter()
        .map(|events| {
            let mut out = String::new();
            html::push_html(&mut out, events.into_iter());
            out
        })
        .collect()
}

/// The whole of a text that is not parted into columns.
pub fn whole(text: &Text, scope: &Scope<'_>) -> String {
    sections(text, scope).concat()
}

/// A document symbol that may break after each `/`, never inside a part.
pub fn breakable(symbol: &str) -> String {
    escape(symbol).replace('/', "/<wbr>")
}

/// Text as it stands in HTML between tags.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a String cannot fail.
    let _ = escape_html_body_text(&mut out, text);
    out
}

/// Text as it stands in an HTML attribute between double quotes.
fn escape_attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = escape_html(&mut out, text);
    out
}

struct Drawing<'a> {
    text: &'a Text,
    scope: &'a Scope<'a>,
    base: usize,
    /// The Markdown links that are open, each with whether it has a tag.
    links: Vec<Open>,
    anchors: Anchors,
    /// The numbers of the footnotes, in the order in which they are first met.
    notes: BTreeMap<String, usize>,
    /// The terms that this section has explained.
    explained: BTreeSet<usize>,
    /// The events since the heading began, whose text becomes its anchor.
    heading: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Link,
    Image,
    /// An image on another site, shown as a link.
    OutsideImage,
    /// An address that was refused: only its text is shown.
    Nothing,
}

impl<'a> Drawing<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>, out: &mut Vec<Event<'a>>) {
        match event {
            Event::Text(text) => self.text(&text, range, out),
            // Shown as the text that it is; it was reported. The lines of a block come one by
            // one, but a comment may reach over several: the block is drawn as a whole.
            Event::Html(_) => {}
            Event::InlineHtml(html) => {
                let visible = without_comments(&html).unwrap_or_default();
                out.push(Event::Text(visible.into()));
            }
            Event::Start(Tag::HtmlBlock) => {
                let block = &self.text.source[self.base + range.start..self.base + range.end];
                let visible = without_comments(block).unwrap_or_default();
                if !visible.trim().is_empty() {
                    out.push(markup("<p>".to_owned()));
                    out.push(Event::Text(visible.trim().to_owned().into()));
                    out.push(markup("</p>\n".to_owned()));
                }
            }
            Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(Tag::Link { title, .. }) => self.open_link(&title, range, out),
            Event::Start(Tag::Image { link_type, title, id, .. }) => {
                self.open_image(link_type, title, id, range, out);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.close(&event, out),
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some(out.len());
                // The page has the only `h1`; a text shown among others has no outline.
                let tag = match self.scope.place {
                    Place::Own => format!("<h{}>", (level as usize).max(2)),
                    Place::Among(_) => "<p><strong>".to_owned(),
                };
                out.push(markup(tag));
            }
            Event::End(TagEnd::Heading(level)) => {
                if let (Some(start), Place::Own) = (self.heading.take(), &self.scope.place) {
                    let level = (level as usize).max(2);
                    let anchor = self.anchors.unique(&heading_anchor(&out[start + 1..]));
                    out[start] = markup(format!("<h{level} id=\"{}\">", escape_attribute(&anchor)));
                    out.push(markup(format!("</h{level}>\n")));
                } else {
                    out.push(markup("</strong></p>\n".to_owned()));
                }
            }
            Event::FootnoteReference(label) => {
                let (number, id) = self.footnote(&label);
                out.push(markup(format!(
                    "<sup class=\"footnote-reference\"><a href=\"#{id}\">{number}</a></sup>"
                )));
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let (number, id) = self.footnote(&label);
                out.push(markup(format!(
                    "<div class=\"footnote-definition\" id=\"{id}\">\
                     <sup class=\"footnote-definition-label\">{number}</sup>\n"
                )));
            }
            Event::End(TagEnd::FootnoteDefinition) => out.push(markup("</div>\n".to_owned())),
            // A check box that nobody can check is a picture of one.
            Event::TaskListMarker(done) => {
                let mark = if done { "☑ " } else { "☐ " };
                out.push(Event::Text(mark.into()));
            }
            event => out.push(event),
        }
    }

    /// Running text, with links put around what it points at.
    fn text(&mut self, text: &str, range: Range<usize>, out: &mut Vec<Event<'a>>) {
        let start = self.base + range.start;
        let end = self.base + range.end;
        let found = &self.text.found;
        let first = found.partition_point(|f| f.span.range().end <= start);
        let here =
            found[first..].iter().enumerate().take_while(|(_, f)| f.span.range().start < end);
        if self.links.contains(&Open::Image) {
            out.push(Event::Text(text.to_owned().into()));
            return;
        }
        // An entity is one character of text and several of the file: it is drawn whole.
        let linear = text.len() == range.len();
        let in_link = !self.links.is_empty();
        let mut done = 0;
        for (index, f) in here {
            let cut = |offset: usize| offset.clamp(start, end) - start;
            let (from, to) = match linear {
                true => (cut(f.span.start as usize).max(done), cut(f.span.end as usize)),
                false => (0, text.len()),
            };
            let (Some(before), Some(inside)) = (text.get(done..from), text.get(from..to)) else {
                continue;
            };
            let is_start = f.span.start as usize >= start;
            let Some(drawn) = self.reference(f, first + index, inside, in_link, is_start) else {
                continue;
            };
            out.push(Event::Text(before.to_owned().into()));
            out.push(markup(drawn));
            done = to;
        }
        out.push(Event::Text(text[done..].to_owned().into()));
    }

    /// Something that the text points at, as a link; none when it points at nothing here.
    fn reference(
        &mut self,
        found: &Found,
        index: usize,
        shown: &str,
        in_link: bool,
        is_start: bool,
    ) -> Option<String> {
        let site = self.scope.site;
        match found.scheme {
            "un_symbol" => {
                let document = site.document(site.document_of(&found.key)?);
                // A citation is linked to from its document's page, so it has an anchor, but
                // only once: one that a line break parts is drawn in two pieces.
                let anchor = match self.scope.place {
                    Place::Own if is_start => format!(" id=\"{}\"", citation_anchor(index)),
                    Place::Own | Place::Among(_) => String::new(),
                };
                let shown = breakable(shown);
                if in_link {
                    return (!anchor.is_empty()).then(|| format!("<span{anchor}>{shown}</span>"));
                }
                let href = self.href(&document.address);
                Some(format!("<a class=\"symbol\" href=\"{href}\"{anchor}>{shown}</a>"))
            }
            "abbreviation" => {
                let id = *site.term_ids.get(&found.key)?;
                if in_link || !self.explained.insert(id) {
                    return None;
                }
                let term = &site.terms[id];
                let expansion = escape_attribute(term.entry.expansion.get(self.scope.language));
                let href = self.href(&format!("glossary.html#{}", term.anchor));
                let shown = escape(shown);
                Some(format!(
                    "<a class=\"term\" href=\"{href}\"><abbr title=\"{expansion}\">{shown}</abbr></a>"
                ))
            }
            _ => None,
        }
    }

    /// The relative address of a page, in the language of this one.
    fn href(&self, address: &str) -> String {
        let to = self.scope.site.in_language(address, self.scope.language);
        escape_attribute(&relative(self.scope.page, &to))
    }

    fn link_at(&self, range: &Range<usize>) -> Option<&'a Link> {
        let start = self.base + range.start;
        let links = &self.text.links;
        let index = links.partition_point(|link| (link.span.start as usize) < start);
        links.get(index).filter(|link| link.span.start as usize == start)
    }

    fn open_link(&mut self, title: &str, range: Range<usize>, out: &mut Vec<Event<'a>>) {
        let Some(href) = self.link_at(&range).and_then(|link| self.address(&link.kind)) else {
            self.links.push(Open::Nothing);
            return;
        };
        self.links.push(Open::Link);
        let title = match title {
            "" => String::new(),
            title => format!(" title=\"{}\"", escape_attribute(title)),
        };
        out.push(markup(format!("<a href=\"{href}\"{title}>")));
    }

    /// The address of a link, escaped; none when it was refused or leads nowhere.
    fn address(&self, kind: &LinkKind) -> Option<String> {
        let site = self.scope.site;
        match kind {
            LinkKind::Refused => None,
            LinkKind::Outside(address) => {
                let mut href = String::new();
                let _ = escape_href(&mut href, address);
                Some(href)
            }
            LinkKind::Anchor(anchor) => match self.scope.place {
                Place::Own => Some(format!("#{}", escape_attribute(anchor))),
                // The anchor is on the text's own page.
                Place::Among(_) => None,
            },
            LinkKind::Recommendation(target) => {
                let id = match self.scope.report {
                    Some(report) => find_recommendation(site, report, target)?,
                    None => *site.recommendation_ids.get(target.as_str())?,
                };
                Some(self.href(&site.recommendation(id).address))
            }
            LinkKind::File { path, anchor } => {
                let anchor = anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"));
                Some(match file_target(site, path)? {
                    FileTarget::Page(address) => self.href(&format!("{address}{anchor}")),
                    FileTarget::File(address) => {
                        escape_attribute(&relative(self.scope.page, &format!("{address}{anchor}")))
                    }
                })
            }
        }
    }

    fn open_image(
        &mut self,
        link_type: LinkType,
        title: CowStr<'a>,
        id: CowStr<'a>,
        range: Range<usize>,
        out: &mut Vec<Event<'a>>,
    ) {
        let kind = self.link_at(&range).map(|link| &link.kind);
        let address = kind.and_then(|kind| self.address(kind));
        match (kind, address) {
            (Some(LinkKind::Outside(_)), Some(href)) => {
                self.links.push(Open::OutsideImage);
                out.push(markup(format!("<a href=\"{href}\">")));
            }
            (Some(LinkKind::File { .. }), Some(href)) => {
                self.links.push(Open::Image);
                let dest_url = href.replace("&amp;", "&").into();
                out.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
            }
            _ => self.links.push(Open::Nothing),
        }
    }

    fn close(&mut self, end: &Event<'a>, out: &mut Vec<Event<'a>>) {
        match self.links.pop() {
            Some(Open::Image) => out.push(end.clone()),
            Some(Open::Link | Open::OutsideImage) => out.push(markup("</a>".to_owned())),
            Some(Open::Nothing) | None => {}
        }
    }

    /// The number of a footnote within the whole text, and its id. No anchor of a heading holds a
    /// colon, so none is the same.
    fn footnote(&mut self, label: &str) -> (usize, String) {
        let next = self.notes.len() + 1;
        let number = *self.notes.entry(label.to_owned()).or_insert(next);
        let id = match &self.scope.place {
            Place::Own => format!("note:{number}"),
            Place::Among(prefix) => format!("{prefix}:note:{number}"),
        };
        (number, escape_attribute(&id))
    }
}

/// The ids that the templates of pages give, which no heading of a text may have.
const IDS_OF_PAGES: [&str; 14] = [
    "actions",
    "documents",
    "facts",
    "further",
    "history",
    "latest",
    "main",
    "overdue",
    "related",
    "reports",
    "summary",
    "table",
    "where",
    "recommendations",
];

/// The anchors that are taken before the first heading of a text is drawn.
fn anchors_of_page(text: &Text) -> Anchors {
    let mut anchors = Anchors::default();
    let of_sections = text.sections.iter().map(|section| section.anchor.as_str());
    for anchor in IDS_OF_PAGES.into_iter().chain(of_sections) {
        anchors.unique(anchor);
    }
    anchors
}

fn markup<'a>(html: String) -> Event<'a> {
    Event::InlineHtml(html.into())
}

/// The anchor of a heading as GitHub makes it: lower case, spaces to hyphens, no punctuation.
fn heading_anchor(heading: &[Event<'_>]) -> String {
    let mut text = String::new();
    for event in heading {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(piece),
            Event::InlineHtml(piece) => {
                // What a reference shows stands between its tags.
                let shown = piece.split('>').filter_map(|part| part.split('<').next());
                text.extend(shown);
            }
            _ => {}
        }
    }
    let text = text.trim().to_lowercase();
    let anchor: String = text
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect();
    if anchor.is_empty() { "section".to_owned() } else { anchor }
}
