//! Markdown as HTML, with everything it points at linked.
//!
//! Of the author's characters none is changed: only tags are put between them.

mod about;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::assemble::{FileTarget, Target, file_target, linked_recommendation, target};
use crate::content::markdown::{Anchors, options, slug, without_comments};
use crate::language::Words;
use crate::markup::pointers;
use crate::model::{Found, Link, LinkKind, Report, Section, Site, Text, relative};

pub use about::About;

/// Where a text is drawn.
#[derive(Clone)]
pub struct Scope<'a> {
    /// The site.
    pub site: &'a Site,
    /// The address of the page.
    pub page: &'a str,
    /// The words of the page's language.
    pub words: &'a Words,
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

/// A text as HTML.
pub struct Drawn {
    /// Its sections, in the author's order.
    pub sections: Vec<String>,
    /// What is told of the things that it points at.
    pub about: About,
}

/// Draws a text.
pub fn draw(text: &Text, scope: &Scope<'_>) -> Drawn {
    let body = &text.source[text.body.range()];
    let base = text.body.start as usize;
    let mut drawing = Drawing {
        text,
        scope,
        base,
        links: Vec::new(),
        anchors: OnceCell::new(),
        notes: BTreeMap::new(),
        explained: BTreeSet::new(),
        about: About::new(),
        last_link: None,
        heading: None,
    };
    let mut sections: Vec<Vec<Event<'_>>> = vec![Vec::new(); text.sections.len()];
    let mut current = 0;
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        let start = base + range.start;
        while text.sections.get(current + 1).is_some_and(|s| s.body.start as usize <= start) {
            current += 1;
            drawing.explained.clear();
            drawing.last_link = None;
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
    let html = |(section, events): (&Section, Vec<Event<'_>>)| {
        // A text with its tags is seldom longer than this.
        let mut out = String::with_capacity(2 * section.body.range().len());
        html::push_html(&mut out, events.into_iter());
        out
    };
    Drawn { sections: text.sections.iter().zip(sections).map(html).collect(), about: drawing.about }
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
    /// What the page has anchors for; few texts have headings of their own.
    anchors: OnceCell<Anchors>,
    /// The numbers of the footnotes, in the order in which they are first met.
    notes: BTreeMap<String, usize>,
    /// The terms that this section has explained.
    explained: BTreeSet<usize>,
    /// What is told of the things that were pointed at so far.
    about: About,
    /// The citation that was drawn last, and where its link ends in the output.
    last_link: Option<(usize, usize)>,
    /// The events since the heading began, whose text becomes its anchor.
    heading: Option<usize>,
}

/// A link around something that the text points at.
struct Reference {
    open: String,
    shown: String,
    close: &'static str,
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
                    self.anchors.get_or_init(|| anchors_of_page(self.text));
                    let anchor = heading_anchor(&out[start + 1..]);
                    let anchor =
                        self.anchors.get_mut().map_or(String::new(), |taken| taken.unique(&anchor));
                    out[start] = markup(format!("<h{level} id=\"{}\">", escape_attribute(&anchor)));
                    out.push(markup(format!("</h{level}>\n")));
                } else {
                    out.push(markup("</strong></p>\n".to_owned()));
                }
            }
            Event::Start(Tag::Table(_)) => {
                let name = escape_attribute(self.scope.words.text("page.table"));
                out.push(markup(format!(
                    "<div class=\"scroll\" role=\"group\" aria-label=\"{name}\" tabindex=\"0\">\n"
                )));
                out.push(event);
            }
            Event::End(TagEnd::Table) => out.extend([event, markup("</div>\n".to_owned())]),
            Event::FootnoteReference(label) => {
                let (number, id) = self.footnote(&label);
                out.push(markup(format!(
                    "<sup class=\"footnote-reference\"><a href=\"#{id}\" role=\"doc-noteref\">{number}</a></sup>"
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
        if self.links.contains(&Open::Image) {
            out.push(Event::Text(text.to_owned().into()));
            return;
        }
        let place = self.base + range.start..self.base + range.end;
        let mut done = 0;
        for (index, Range { start, end }) in pointers(&self.text.found, text, place) {
            let start = start.max(done);
            let (Some(before), Some(inside)) = (text.get(done..start), text.get(start..end)) else {
                continue;
            };
            if let Some(drawn) = self.reference(&self.text.found[index], index, inside) {
                push_text(before, out);
                self.put(drawn, index, out);
                done = end;
            }
        }
        push_text(&text[done..], out);
    }

    /// Puts a link into the output. One that a line break or an entity parts goes on where its
    /// last piece ended: it is one link, to those who hear it too.
    fn put(&mut self, drawn: Reference, index: usize, out: &mut Vec<Event<'a>>) {
        let goes_on = self.last_link.filter(|(of, end)| {
            *of == index && out[*end..].iter().all(|e| matches!(e, Event::SoftBreak))
        });
        match goes_on {
            Some((_, end)) => {
                out.remove(end - 1);
            }
            None => out.push(markup(drawn.open)),
        }
        out.push(markup(drawn.shown));
        out.push(markup(drawn.close.to_owned()));
        self.last_link = Some((index, out.len()));
    }

    /// Something that the text points at, as a link; none when it points at nothing here.
    fn reference(&mut self, found: &Found, index: usize, shown: &str) -> Option<Reference> {
        let in_link = !self.links.is_empty();
        match target(self.scope.site, found)? {
            Target::Document(document) => {
                let href = self.href(&document.address);
                let about = self.about_document(document, found);
                self.citation(index, shown, &format!("class=\"symbol\" href=\"{href}\""), about)
            }
            Target::Goal(sdg, goal) => {
                let anchor = sdg.target().map_or(String::new(), |target| format!("#{target}"));
                let href = self.href(&format!("{}{anchor}", goal.address));
                let about = Some(self.about_goal(sdg, goal));
                self.citation(index, shown, &format!("class=\"goal\" href=\"{href}\""), about)
            }
            Target::Term(id) => {
                if in_link || !self.explained.insert(id) {
                    return None;
                }
                let term = &self.scope.site.terms[id];
                let expansion = escape_attribute(term.entry.expansion.get(self.language()));
                let href = self.href(&format!("glossary.html#{}", term.anchor));
                Some(Reference {
                    open: format!("<a class=\"term\" href=\"{href}\"><abbr title=\"{expansion}\">"),
                    shown: escape(shown),
                    close: "</abbr></a>",
                })
            }
            Target::Outside(_) if in_link => None,
            Target::Outside(address) => Some(Reference {
                open: format!("<a{} href=\"{}\">", class_of(address, shown), outside(address)),
                shown: escape(shown),
                close: "</a>",
            }),
        }
    }

    /// A citation. What is cited has a page that leads back here, so the place has an anchor.
    fn citation(
        &mut self,
        index: usize,
        shown: &str,
        attributes: &str,
        about: Option<(String, String)>,
    ) -> Option<Reference> {
        // An emphasis may part a citation into several links: the first is the place.
        let is_first = self.last_link.is_none_or(|(of, _)| of != index);
        let anchor = match self.scope.place {
            Place::Own if is_first => format!(" id=\"{}\"", citation_anchor(index)),
            Place::Own | Place::Among(_) => String::new(),
        };
        // A range implies documents that have no characters of their own.
        if !self.links.is_empty() || shown.is_empty() {
            let (open, close) = (format!("<span{anchor}>"), "</span>");
            return (!anchor.is_empty()).then(|| Reference {
                open,
                shown: breakable(shown),
                close,
            });
        }
        let about = about.map_or(String::new(), |about| self.tell(about));
        Some(Reference {
            open: format!("<a {attributes}{anchor}{about}>"),
            shown: breakable(shown),
            close: "</a>",
        })
    }

    fn language(&self) -> &'a str {
        &self.scope.words.tag
    }

    /// The relative address of a page, in the language of this one.
    fn href(&self, address: &str) -> String {
        let to = self.scope.site.in_language(address, self.language());
        escape_attribute(&relative(self.scope.page, &to))
    }

    fn link_at(&self, range: &Range<usize>) -> Option<&'a Link> {
        let start = self.base + range.start;
        let links = &self.text.links;
        let index = links.partition_point(|link| (link.span.start as usize) < start);
        links.get(index).filter(|link| link.span.start as usize == start)
    }

    fn open_link(&mut self, title: &str, range: Range<usize>, out: &mut Vec<Event<'a>>) {
        let Some(href) = self.link_at(&range).and_then(|link| self.address(link)) else {
            self.links.push(Open::Nothing);
            return;
        };
        self.links.push(Open::Link);
        let title = match title {
            "" => String::new(),
            title => format!(" title=\"{}\"", escape_attribute(title)),
        };
        let link = self.link_at(&range);
        let about = link.and_then(|link| self.about_recommendation(link));
        let about = about.map_or(String::new(), |about| self.tell(about));
        let class = match link.map(|link| &link.kind) {
            Some(LinkKind::Outside(address)) => {
                // `<https://unece.org>`, `[https://unece.org](https://unece.org)`
                let shown = self.text.source.get(self.base + range.start + 1..).unwrap_or("");
                class_of(address, shown.split(['>', ']']).next().unwrap_or(""))
            }
            _ => "",
        };
        out.push(markup(format!("<a{class} href=\"{href}\"{title}{about}>")));
    }

    /// The address of a link, escaped; none when it was refused or leads nowhere.
    fn address(&self, link: &Link) -> Option<String> {
        let site = self.scope.site;
        match &link.kind {
            LinkKind::Refused => None,
            LinkKind::Outside(address) => Some(outside(address)),
            LinkKind::Anchor(anchor) => match self.scope.place {
                Place::Own => Some(format!("#{}", escape_attribute(anchor_in(self.text, anchor)))),
                // The anchor is on the text's own page.
                Place::Among(_) => None,
            },
            LinkKind::Recommendation(_) => {
                let id = linked_recommendation(site, self.scope.report, link)?;
                Some(self.href(&site.recommendation(id).address))
            }
            LinkKind::File { path, anchor } => {
                let text = site.recommendation_files.get(path).and_then(|id| {
                    site.recommendation(*id).texts.all().find(|text| text.path == *path)
                });
                let anchor = anchor.as_ref().map_or(String::new(), |anchor| {
                    format!("#{}", text.map_or(anchor.as_str(), |text| anchor_in(text, anchor)))
                });
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
        let link = self.link_at(&range);
        let address = link.and_then(|link| self.address(link));
        match (link.map(|link| &link.kind), address) {
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

/// An address on another site as it stands in an attribute.
fn outside(address: &str) -> String {
    let mut href = String::with_capacity(address.len());
    // Writing to a String cannot fail.
    let _ = escape_href(&mut href, address);
    href
}

/// The class of a link that shows its own address: on paper, that of any other is printed behind it.
fn class_of(address: &str, shown: &str) -> &'static str {
    let is_shown = [address, address.trim_start_matches("http://")].contains(&shown);
    if is_shown { " class=\"address\"" } else { "" }
}

/// The ids that the templates of pages give, which no heading of a text may have.
pub const IDS_OF_PAGES: [&str; 15] = [
    "actions",
    "documents",
    "facts",
    "further",
    "history",
    "latest",
    "mentioned",
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

/// The anchor of a section that a link names by its heading, as GitHub does; any other as it is.
fn anchor_in<'n>(text: &'n Text, anchor: &'n str) -> &'n str {
    let named = percent_decode_str(anchor).decode_utf8_lossy();
    let mut sections = text.sections.iter();
    let section = sections.find(|section| {
        section.heading.as_ref().is_some_and(|heading| slug(&heading.value) == named)
    });
    section.map_or(anchor, |section| &section.anchor)
}

/// Text, unless there is none.
fn push_text(text: &str, out: &mut Vec<Event<'_>>) {
    if !text.is_empty() {
        out.push(Event::Text(text.to_owned().into()));
    }
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
    slug(&text)
}
