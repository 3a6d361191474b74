//! A text as HTML, with everything it points at linked.
//!
//! None of the author's characters is changed: only tags are put between them. Blocks are laid out
//! as in the examples of CommonMark.

mod about;
mod inline;

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::language::{Direction, Words};
use crate::model::{Report, Section, Site, Text};
use crate::source::Span;
use crate::tree::{
    self, Alignment, Block, Cell, Definition, Inline, NoteContent, Table, tree, words,
};

pub use about::About;

/// Where a text is drawn.
#[derive(Clone)]
pub struct PageScope<'a> {
    /// The site.
    pub site: &'a Site,
    /// The address of the page.
    pub page: &'a str,
    /// The words of the page's language.
    pub words: &'a Words,
    /// The report whose numbers `[[2]]` means.
    pub report: Option<&'a Report>,
    /// Whether this is the text's own page, or one that shows several texts.
    pub place: TextPlace,
}

/// Whether a page is a text's own page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextPlace {
    /// The text's own page: headings and citations have anchors to link to.
    Own,
    /// A page that shows several texts: no anchors but those of footnotes, which have this prefix.
    Among(String),
}

/// The anchor of a citation on the page of its text.
pub fn citation_anchor(index: usize) -> String {
    // No anchor of a heading has a colon, so they never clash.
    format!("cite:{}", index + 1)
}

/// A text as HTML.
pub struct Drawn<'t> {
    /// The sections that are wanted, in the author's order.
    pub sections: Vec<(&'t Section, String)>,
    /// What is said about the things that it points at.
    pub about: About,
}

/// Draws a whole text.
pub fn draw_whole(text: &Text, scope: &PageScope<'_>) -> (String, About) {
    let Drawn { sections, about } = draw(text, scope, |_| true);
    (sections.into_iter().map(|(_, html)| html).collect(), about)
}

/// Draws the sections of a text that are wanted, each with its notes.
pub fn draw<'t>(
    text: &'t Text,
    scope: &PageScope<'_>,
    wanted: impl Fn(&Section) -> bool,
) -> Drawn<'t> {
    let tree = tree(text, tree::Scope { site: scope.site, report: scope.report });
    let notes = tree.notes_after_sections(|index| wanted(&text.sections[index]));
    let mut about = About::new();
    let all = text.sections.iter().zip(&tree.sections).zip(notes);
    let wanted = all.filter(|((section, _), _)| wanted(section));
    let drawn = wanted.map(|((section, blocks), notes)| {
        // A text with its tags is rarely longer than this.
        let out = String::with_capacity(2 * section.body.range().len());
        let mut drawing =
            HtmlDrawing { text, scope, about: &mut about, out, links: 0, heading: None };
        drawing.blocks(blocks);
        notes.iter().for_each(|shown| drawing.note(&tree.notes[shown.note], &shown.marks));
        (section, drawing.out)
    });
    Drawn { sections: drawn.collect(), about }
}

/// A document symbol that may break after each `/`, never inside a part. The places are hidden from
/// screen readers, for which they would be spaces in the name of a link.
pub fn breakable(symbol: &str) -> String {
    escape(symbol).replace('/', "/<wbr aria-hidden=\"true\">")
}

/// Text escaped for HTML, between tags.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a String cannot fail.
    let _ = escape_html_body_text(&mut out, text);
    out
}

/// Text escaped for an HTML attribute in double quotes.
pub fn escape_attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a String cannot fail.
    let _ = escape_html(&mut out, text);
    out
}

/// An address on another site, escaped for an attribute.
fn outside(address: &str) -> String {
    let mut href = String::with_capacity(address.len());
    // Writing to a String cannot fail.
    let _ = escape_href(&mut href, address);
    href
}

/// How many heads of a table are enough to tell it from others.
const HEADS_IN_NAME: usize = 3;

/// A section while it is drawn as HTML.
struct HtmlDrawing<'a> {
    text: &'a Text,
    scope: &'a PageScope<'a>,
    /// What is said about the things that were pointed at so far.
    about: &'a mut About,
    out: String,
    /// How many links are open: inside one, nothing else is linked.
    links: usize,
    /// The words of the last heading, until a table is called by them.
    heading: Option<String>,
}

impl HtmlDrawing<'_> {
    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// A tag at the beginning of a line.
    fn put_on_line(&mut self, html: &str) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(html);
    }

    fn say(&mut self, text: &str) {
        // Writing to a String cannot fail.
        let _ = escape_html_body_text(&mut self.out, text);
    }

    fn blocks(&mut self, blocks: &[Block<'_>]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block<'_>) {
        match block {
            Block::Heading { level, anchor, content, .. } => self.heading(*level, anchor, content),
            Block::Paragraph { content, span } => {
                let runs_other_way = self.runs_other_way(content, *span);
                self.put_on_line(if runs_other_way { "<p dir=\"auto\">" } else { "<p>" });
                self.inlines(content);
                self.put("</p>\n");
            }
            Block::Plain(content) => self.inlines(content),
            Block::List { first, items } => {
                let (open, close) = match first {
                    None => ("<ul>\n".to_owned(), "</ul>\n"),
                    Some(1) => ("<ol>\n".to_owned(), "</ol>\n"),
                    Some(first) => (format!("<ol start=\"{first}\">\n"), "</ol>\n"),
                };
                self.put_on_line(&open);
                let mut expected = *first;
                for item in items {
                    match item.number.filter(|_| item.number != expected) {
                        Some(number) => self.put_on_line(&format!("<li value=\"{number}\">")),
                        None => self.put_on_line("<li>"),
                    }
                    expected = item.number.map(|number| number.saturating_add(1));
                    self.blocks(&item.content);
                    self.put("</li>\n");
                }
                self.put(close);
            }
            Block::Table(table) => self.table(table),
            Block::Quotation(content) => {
                self.put_on_line("<blockquote>\n");
                self.blocks(content);
                self.put("</blockquote>\n");
            }
            Block::Alert(alert, content) => {
                let title = escape(self.scope.words.text(alert.title()));
                self.put_on_line(&format!(
                    "<div class=\"alert alert-{}\">\n<p class=\"alert-title\">{title}</p>\n",
                    alert.name()
                ));
                self.blocks(content);
                self.put("</div>\n");
            }
            Block::Code { language, code, .. } => {
                let language = language.as_ref().and_then(|language| language.split(' ').next());
                self.put_on_line(&match language {
                    Some(language) if !language.is_empty() => {
                        format!("<pre><code class=\"language-{}\">", escape_attribute(language))
                    }
                    _ => "<pre><code>".to_owned(),
                });
                self.say(code);
                self.put("</code></pre>\n");
            }
            Block::Rule => self.put_on_line("<hr />\n"),
            Block::Definitions(parts) => self.definitions(parts),
        }
    }

    /// Whether a paragraph is in a script that runs the other way than the language of its text.
    fn runs_other_way(&self, content: &[Inline<'_>], paragraph: Span) -> bool {
        // An entity such as `&nbsp;` has Latin letters.
        let written = self.text.slice(paragraph);
        let direction = match written.contains('&') {
            true => Direction::of_text(&words(content)),
            false => Direction::of_text(written),
        };
        let of_language = self.scope.site.words(&self.text.language).direction();
        direction.is_some_and(|own| own != of_language)
    }

    /// A note, with the way back to each of its marks.
    fn note(&mut self, note: &NoteContent<'_>, marks: &[usize]) {
        let NoteContent { number, content, .. } = note;
        let id = self.note_id(*number);
        self.put_on_line(&format!(
            "<div class=\"footnote-definition\" id=\"{id}\">\
             <sup class=\"footnote-definition-label\">{number}</sup>\n"
        ));
        self.blocks(content);
        let back: String = marks.iter().map(|mark| self.way_back(*number, *mark)).collect();
        // It ends the last paragraph, where there is one.
        match self.out.strip_suffix("</p>\n").map(str::len) {
            Some(end) if !back.is_empty() => {
                self.out.replace_range(end.., &format!("{back}</p>\n"))
            }
            None if !back.is_empty() => self.put(&format!("<p>{back}</p>\n")),
            _ => {}
        }
        self.put("</div>\n");
    }

    /// A link from a note to one of its marks.
    fn way_back(&self, number: usize, mark: usize) -> String {
        let named = match mark {
            1 => number.to_string(),
            _ => format!("{number}.{mark}"),
        };
        let name = self.scope.words.fill("page.back_to_mark", &[("mark", &named)]);
        let (id, name) = (self.mark_id(number, mark), escape_attribute(&name));
        format!(
            " <a class=\"footnote-back\" href=\"#{id}\" role=\"doc-backlink\" \
             aria-label=\"{name}\">↩</a>"
        )
    }

    /// A heading. The page has the only `h1`; the headings of one text among several are not part
    /// of the page's outline.
    fn heading(&mut self, level: usize, anchor: &str, content: &[Inline<'_>]) {
        self.heading = Some(tree::words(content));
        match self.scope.place {
            TextPlace::Own => {
                let level = level.max(2);
                self.put(&format!("<h{level} id=\"{}\">", escape_attribute(anchor)));
                self.inlines(content);
                self.put(&format!("</h{level}>\n"));
            }
            TextPlace::Among(_) => {
                self.put("<p><strong>");
                self.inlines(content);
                self.put("</strong></p>\n");
            }
        }
    }

    fn table(&mut self, table: &Table<'_>) {
        let name = escape_attribute(&self.table_name(table));
        self.put(&format!(
            "<div class=\"scroll\" role=\"group\" aria-label=\"{name}\" tabindex=\"0\">\n\
             <table><thead><tr>"
        ));
        self.cells(&table.head, &table.columns, "th");
        self.put("</tr></thead><tbody>\n");
        for row in &table.rows {
            self.put("<tr>");
            self.cells(row, &table.columns, "td");
            self.put("</tr>\n");
        }
        self.put("</tbody></table>\n</div>\n");
    }

    /// What a table is called by those who do not see it: by the heading before it, or else by its
    /// own first heads.
    fn table_name(&mut self, table: &Table<'_>) -> String {
        let heads = table.head.iter().map(|cell| tree::words(&cell.content).trim().to_owned());
        let heads: Vec<String> =
            heads.filter(|head| !head.is_empty()).take(HEADS_IN_NAME).collect();
        let heading = self.heading.take().filter(|heading| !heading.trim().is_empty());
        match heading {
            Some(heading) => heading,
            None if heads.is_empty() => self.scope.words.text("page.table").to_owned(),
            None => heads.join(self.scope.words.text("list.comma")),
        }
    }

    fn cells(&mut self, cells: &[Cell<'_>], columns: &[Alignment], tag: &str) {
        for (index, cell) in cells.iter().enumerate() {
            let style = match columns.get(index) {
                Some(Alignment::Left) => " style=\"text-align: left\"",
                Some(Alignment::Center) => " style=\"text-align: center\"",
                Some(Alignment::Right) => " style=\"text-align: right\"",
                Some(Alignment::None) | None => "",
            };
            // A head without words names nothing.
            let tag = if cell.content.is_empty() { "td" } else { tag };
            self.put(&format!("<{tag}{style}>"));
            self.inlines(&cell.content);
            self.put(&format!("</{tag}>"));
        }
    }

    fn definitions(&mut self, parts: &[Definition<'_>]) {
        self.put_on_line("<dl>\n");
        for part in parts {
            match part {
                Definition::Term(content, _) => {
                    self.put_on_line("<dt>");
                    self.inlines(content);
                    self.put("</dt>\n");
                }
                Definition::Meaning(content, _) => {
                    self.put_on_line("<dd>");
                    self.blocks(content);
                    self.put("</dd>\n");
                }
            }
        }
        self.put("</dl>\n");
    }

    /// The id of a footnote. No anchor of a heading has a colon, so they never clash.
    pub(super) fn note_id(&self, number: usize) -> String {
        self.id_on_page(&format!("note:{number}"))
    }

    /// The id of the mark of a footnote.
    pub(super) fn mark_id(&self, note: usize, nth: usize) -> String {
        self.id_on_page(&format!("mark:{note}.{nth}"))
    }

    fn id_on_page(&self, id: &str) -> String {
        match &self.scope.place {
            TextPlace::Own => id.to_owned(),
            TextPlace::Among(prefix) => escape_attribute(&format!("{prefix}:{id}")),
        }
    }
}
