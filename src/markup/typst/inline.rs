//! The running text of a text as code.

use super::drawing::TypstDrawing;
use super::links::Destination;
use super::term_label;
use crate::model::Target;
use crate::source::CONTENT;
use crate::tree::{Inline, Mark, Picture, Reference};

/// Endings of the pictures that Typst shows.
const PICTURES: [&str; 6] = ["gif", "jpeg", "jpg", "png", "svg", "webp"];

impl<'a> TypstDrawing<'a> {
    pub(super) fn inline(&mut self, inline: &'a Inline<'a>) {
        match inline {
            Inline::Text(text, _) => self.say(text),
            Inline::Code(code, _) => {
                self.put("raw(");
                self.literal(code);
                self.put(");");
            }
            Inline::SoftBreak(_) => self.say(" "),
            Inline::HardBreak(_) => self.put("linebreak();"),
            // Where they would be too deep, marks are left out.
            Inline::Marked(_, content) if self.is_deep() => self.inlines(content),
            Inline::Marked(mark, content) => {
                self.put(match mark {
                    Mark::Emphasis => "emph({[];",
                    Mark::Strong => "strong({[];",
                    Mark::Strikethrough => "strike({[];",
                });
                self.deeper(|drawing| drawing.inlines(content));
                self.put("});");
            }
            Inline::Link(link) => {
                self.mark(link.span);
                let destination = link.to.as_ref().and_then(|to| self.scope.destination(to));
                self.linked(destination, &link.content);
            }
            Inline::Picture(picture) => self.picture(picture),
            Inline::Reference(reference) => self.reference(reference),
            Inline::NoteMark(mark) => {
                self.mark(mark.span);
                self.mark_of_note(mark);
            }
        }
    }

    /// Words that lead somewhere; within a link they are only words.
    fn linked(&mut self, destination: Option<Destination>, content: &'a [Inline<'a>]) {
        let destination = destination.filter(|_| self.links == 0);
        if let Some(destination) = &destination {
            self.open_link(destination);
        }
        self.links += 1;
        self.inlines(content);
        self.links -= 1;
        if destination.is_some() {
            self.put("});");
        }
    }

    fn open_link(&mut self, destination: &Destination) {
        self.put("link(");
        match destination {
            Destination::Address(address) => self.literal(address),
            Destination::Label(label) => self.put(&format!("label(\"{label}\")")),
        }
        self.put(", {[];");
    }

    fn reference(&mut self, reference: &'a Reference<'a>) {
        // A range implies documents that have no characters in the text.
        if reference.content.is_empty() {
            return;
        }
        let destination = match &reference.to {
            Target::Term(term) if self.links == 0 => {
                self.texts.terms.insert(*term);
                Some(Destination::Label(term_label(*term)))
            }
            to => self.scope.destination(to),
        };
        self.linked(destination, &reference.content);
    }

    /// A picture of a kind that Typst shows; any other becomes a link.
    fn picture(&mut self, picture: &'a Picture<'a>) {
        self.mark(picture.span);
        let Some(path) = self.path_of_picture(&picture.to) else {
            let destination = self.scope.destination(&picture.to).filter(|_| self.links == 0);
            if let Some(destination) = &destination {
                self.open_link(destination);
            }
            self.say(&picture.alternative);
            if destination.is_some() {
                self.put("});");
            }
            return;
        };
        let path = self.texts.picture(path);
        // A picture without words is an ornament.
        let is_ornament = picture.alternative.trim().is_empty();
        self.put("{let picture(width) = ");
        self.put(if is_ornament { "pdf.artifact(image(" } else { "image(" });
        self.literal(&format!("/{path}"));
        if !is_ornament {
            self.put(", alt: ");
            self.literal(&picture.alternative);
        }
        self.put(if is_ornament { ", width: width));" } else { ", width: width);" });
        self.put(FITTED);
    }

    /// The path, from the site's root, of a file that Typst shows as a picture.
    fn path_of_picture(&self, to: &Target<'_>) -> Option<String> {
        let Target::File { address, of: None, .. } = to else { return None };
        let ending = address.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let is_shown = PICTURES.contains(&ending.as_str())
            && !self.scope.site.unusable_pictures.contains(*address);
        is_shown.then(|| format!("{CONTENT}{address}"))
    }
}

/// A picture in the room that it has. A low one may be as wide as the column; a high one would
/// cover what follows, so it is made smaller.
const FITTED: &str = "context {\
     let natural = measure(picture(auto));\
     let most = 45% * calc.min(page.width, page.height);\
     if natural.height <= most { box(picture(auto)) } else {\
     box(width: 100%, layout(room => picture(\
     calc.min(natural.width, room.width, most * (natural.width / natural.height)))))}}};";
