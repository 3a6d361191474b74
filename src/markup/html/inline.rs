//! Running text as HTML.

use super::{HtmlDrawing, TextPlace, breakable, citation_anchor, escape_attribute, outside};
use crate::model::{SitePlace, Target, relative};
use crate::tree::{Inline, InlineLink, Mark, Picture, Reference, words};

impl HtmlDrawing<'_> {
    pub(super) fn inlines(&mut self, content: &[Inline<'_>]) {
        content.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &Inline<'_>) {
        match inline {
            Inline::Text(text, _) => self.say(text),
            Inline::Code(code, _) => {
                self.put("<code>");
                self.say(code);
                self.put("</code>");
            }
            Inline::SoftBreak(_) => self.put("\n"),
            Inline::HardBreak(_) => self.put("<br />\n"),
            Inline::Marked(mark, content) => {
                let tag = match mark {
                    Mark::Emphasis => "em",
                    Mark::Strong => "strong",
                    Mark::Strikethrough => "del",
                };
                self.put(&format!("<{tag}>"));
                self.inlines(content);
                self.put(&format!("</{tag}>"));
            }
            Inline::Link(link) => self.link(link),
            Inline::Picture(picture) => self.picture(picture),
            Inline::Reference(reference) => self.reference(reference),
            Inline::NoteMark(mark) => {
                let number = self.text.notes[mark.note].number;
                let (note, own) = (self.note_id(number), self.mark_id(number, mark.nth));
                self.put(&format!(
                    "<sup class=\"footnote-reference\"><a href=\"#{note}\" id=\"{own}\" \
                     role=\"doc-noteref\">{number}</a></sup>"
                ));
            }
        }
    }

    fn within_link(&mut self, content: &[Inline<'_>]) {
        self.links += 1;
        self.inlines(content);
        self.links -= 1;
    }

    fn link(&mut self, link: &InlineLink<'_>) {
        let Some(href) = link.to.as_ref().and_then(|to| self.address(to)) else {
            return self.within_link(&link.content);
        };
        let title = match &*link.title {
            "" => String::new(),
            title => format!(" title=\"{}\"", escape_attribute(title)),
        };
        let named = link.to.as_ref().filter(|_| link.is_by_number);
        let about = named.and_then(Target::recommendation).map(|id| self.about_recommendation(id));
        let about = about.map_or(String::new(), |about| self.tell(about));
        let class = class_of(link.shows_address);
        self.put(&format!("<a{class} href=\"{href}\"{title}{about}>"));
        self.within_link(&link.content);
        self.put("</a>");
    }

    /// The address of something, escaped; none for a place that is not on this page.
    fn address(&self, to: &Target<'_>) -> Option<String> {
        Some(match to {
            Target::Document(document) => self.href(&document.address),
            Target::Goal(sdg, goal) => {
                let target = sdg.target().map(|target| target.to_string());
                self.href(SitePlace { path: &goal.address, anchor: target.as_deref() })
            }
            Target::Term(term) => {
                let anchor = &self.scope.site.terms[*term].anchor;
                self.href(SitePlace::at("glossary.html", anchor))
            }
            Target::Page { address, .. } => {
                self.href(SitePlace { path: address, anchor: to.anchor_in(self.language()) })
            }
            Target::File { address, anchor, .. } => {
                let to = SitePlace { path: address, anchor: *anchor };
                escape_attribute(&relative(self.scope.page, to))
            }
            Target::Anchor(anchor) if self.scope.place == TextPlace::Own => {
                format!("#{}", escape_attribute(anchor))
            }
            // The anchor is on the text's own page.
            Target::Anchor(_) => return None,
            Target::Outside(address) => outside(address),
        })
    }

    /// The relative address of a place on a page, in the language of this one.
    fn href<'a>(&self, to: impl Into<SitePlace<'a>>) -> String {
        let to = to.into();
        let path = &self.scope.site.in_language(to.path, self.language());
        escape_attribute(&relative(self.scope.page, SitePlace { path, ..to }))
    }

    pub(super) fn language(&self) -> &str {
        &self.scope.words.tag
    }

    fn picture(&mut self, picture: &Picture<'_>) {
        let Some(address) = self.address(&picture.to) else { return };
        let alternative = escape_attribute(&picture.alternative);
        self.put(&format!("<img src=\"{address}\" alt=\"{alternative}\""));
        if !picture.title.is_empty() {
            self.put(&format!(" title=\"{}\"", escape_attribute(&picture.title)));
        }
        self.put(" />");
    }

    /// Words that point at something, as a link.
    fn reference(&mut self, reference: &Reference<'_>) {
        let Some(href) = self.address(&reference.to) else {
            return self.inlines(&reference.content);
        };
        match &reference.to {
            Target::Document(document) => {
                let about = self.about_document(document, reference.index);
                self.citation(reference, "symbol", &href, about);
            }
            Target::Goal(sdg, goal) => {
                let about = Some(self.about_goal(*sdg, goal));
                self.citation(reference, "goal", &href, about);
            }
            Target::Term(term) => {
                // Unlike a title, it is shown to those who use a keyboard or a finger, too.
                let about = self.about_term(*term);
                let about = self.tell(about);
                self.put(&format!("<a class=\"term\" href=\"{href}\"{about}><abbr>"));
                self.inlines(&reference.content);
                self.put("</abbr></a>");
            }
            Target::Page { .. } | Target::File { .. } | Target::Anchor(_) | Target::Outside(_) => {
                let class = class_of(reference.to.is_shown_as(&words(&reference.content)));
                self.put(&format!("<a{class} href=\"{href}\">"));
                self.inlines(&reference.content);
                self.put("</a>");
            }
        }
    }

    /// A citation. The page of what is cited links back here, so the place has an anchor.
    fn citation(
        &mut self,
        reference: &Reference<'_>,
        class: &str,
        href: &str,
        about: Option<(String, String)>,
    ) {
        let anchor = match self.scope.place {
            TextPlace::Own if reference.is_first => {
                format!(" id=\"{}\"", citation_anchor(reference.index))
            }
            TextPlace::Own | TextPlace::Among(_) => String::new(),
        };
        // A range implies documents that have no characters in the text.
        let is_place_only = self.links > 0 || reference.content.is_empty();
        let (open, close) = match is_place_only {
            true if anchor.is_empty() => (String::new(), ""),
            true => (format!("<span{anchor}>"), "</span>"),
            false => {
                let about = about.map_or(String::new(), |about| self.tell(about));
                (format!("<a class=\"{class}\" href=\"{href}\"{anchor}{about}>"), "</a>")
            }
        };
        self.put(&open);
        for inline in &reference.content {
            match inline {
                Inline::Text(text, _) if !open.is_empty() => self.out.push_str(&breakable(text)),
                inline => self.inline(inline),
            }
        }
        self.put(close);
    }
}

/// The class of a link that shows its own address: on paper, that of any other is printed after it.
fn class_of(shows_address: bool) -> &'static str {
    if shows_address { " class=\"address\"" } else { "" }
}
