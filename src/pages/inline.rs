//! What pages show within a line, as HTML: links, dates, marks, words in another language.
//!
//! A template gets each of them as one text, and writes it with `| safe`. How a date, or words in
//! another language, are marked up is then decided here and nowhere else. It is also what keeps
//! large sites fast: a template that looks up every attribute takes several times as long.

use std::fmt::{self, Display, Formatter, Write as _};

use serde::{Serialize, Serializer};

use crate::markup::html::{escape, escape_attribute};
use crate::wording::StatusView;

/// HTML that is ready for a page.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Html(String);

impl Html {
    /// One piece.
    pub(super) fn of(piece: &impl Display) -> Self {
        Self(piece.to_string())
    }

    /// Adds more HTML.
    pub(super) fn push(&mut self, more: fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.0.write_fmt(more);
    }

    /// Pieces with commas between them; none where there are no pieces.
    pub(super) fn listed<P: Display>(pieces: impl IntoIterator<Item = P>) -> Option<Self> {
        let mut html = Self::default();
        for piece in pieces {
            let comma = if html.0.is_empty() { "" } else { ", " };
            html.push(format_args!("{comma}{piece}"));
        }
        (!html.0.is_empty()).then_some(html)
    }
}

impl Display for Html {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A link with its text.
#[derive(Debug, Clone)]
pub(super) struct LinkView {
    /// What comes before the label, in the page's language: "Recommendation 2:".
    pub(super) prefix: Option<String>,
    pub(super) label: String,
    pub(super) href: String,
    /// The language of the label, where it is not the page's.
    pub(super) lang: Option<String>,
}

impl LinkView {
    /// A link whose text is in the page's language.
    pub(super) fn new(label: impl Into<String>, href: String) -> Self {
        Self { prefix: None, label: label.into(), href, lang: None }
    }

    /// Its text without the link.
    pub(super) fn text(&self) -> Html {
        let words = InLanguage { text: &self.label, lang: self.lang.as_deref() };
        match &self.prefix {
            Some(prefix) => Html(format!("{} {words}", escape(prefix))),
            None => Html::of(&words),
        }
    }
}

impl Display for LinkView {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let href = escape_attribute(&self.href);
        match &self.prefix {
            Some(_) => write!(out, "<a href=\"{href}\">{}</a>", self.text()),
            None => {
                let lang = Lang(self.lang.as_deref());
                write!(out, "<a href=\"{href}\"{lang}>{}</a>", escape(&self.label))
            }
        }
    }
}

/// A text that an author wrote. Templates get its parts, since what is around it may have its
/// language.
#[derive(Debug, Serialize)]
pub(super) struct TextView {
    pub(super) text: String,
    /// The language of the text, where it is not the page's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lang: Option<String>,
}

impl Display for TextView {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        InLanguage { text: &self.text, lang: self.lang.as_deref() }.fmt(out)
    }
}

/// A date as text, and in machine-readable form where HTML has one.
#[derive(Debug)]
pub(super) struct DateView {
    pub(super) text: String,
    pub(super) datetime: Option<String>,
    /// The language of the text, where it is not the page's.
    pub(super) lang: Option<String>,
}

impl Display for DateView {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let lang = self.lang.as_deref();
        match &self.datetime {
            Some(datetime) => {
                let text = escape(&self.text);
                write!(out, "<time datetime=\"{datetime}\"{}>{text}</time>", Lang(lang))
            }
            None => InLanguage { text: &self.text, lang }.fmt(out),
        }
    }
}

/// Whether something is on time, in words.
#[derive(Debug)]
pub(super) struct TimelinessView {
    pub(super) text: String,
    /// The class that colours it.
    pub(super) class: String,
}

impl Display for TimelinessView {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self { text, class } = self;
        write!(out, "<span class=\"timeliness {class}\">{}</span>", escape(text))
    }
}

/// A status by its mark and its word.
#[derive(Debug)]
pub(super) struct StatusMark(pub(super) StatusView);

impl Display for StatusMark {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let StatusView { class, mark, label } = &self.0;
        let mark = format_args!("<span class=\"mark\" aria-hidden=\"true\">{mark}</span>");
        write!(out, "<span class=\"status {class}\">{mark}&nbsp;{}</span>", escape(label))
    }
}

/// A recommendation as a mark with its number: its status is a sign, and what is overdue is underlined.
/// Those who hear it get the words.
#[derive(Debug)]
pub(super) struct MarkView {
    /// Its title, where that is not beside it.
    pub(super) title: Option<TextView>,
    pub(super) status: StatusView,
    pub(super) number: String,
    /// The word for it, where it is overdue.
    pub(super) overdue: Option<String>,
}

impl Display for MarkView {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let StatusView { class, mark, label } = &self.status;
        let overdue = if self.overdue.is_some() { " overdue" } else { "" };
        let number = escape(&self.number);
        let title = self.title.iter().map(ToString::to_string);
        let words = [label].into_iter().chain(&self.overdue).map(|word| escape(word));
        let words = title.chain(words).collect::<Vec<_>>().join(", ");
        let mark = format_args!("<span class=\"mark\" aria-hidden=\"true\">{mark}</span>");
        let words = format_args!("<span class=\"visually-hidden\"> {words}</span>");
        write!(out, "<span class=\"status {class}{overdue}\">{mark}&nbsp;{number}{words}</span>")
    }
}

/// A piece of evidence, or a part of another fact, with a link where it can be looked at.
#[derive(Debug)]
pub(super) struct EvidenceView {
    pub(super) text: String,
    /// What follows the link: the place in the document.
    pub(super) after: String,
    pub(super) href: Option<String>,
    /// The language of the words, where it is not the page's.
    pub(super) lang: Option<String>,
}

impl EvidenceView {
    /// A link as a part of a fact.
    pub(super) fn of(LinkView { prefix, label, href, lang }: LinkView) -> Self {
        // What comes before the label is in the page's language.
        let lang = lang.filter(|_| prefix.is_none());
        let text = prefix.into_iter().chain([label]).collect::<Vec<_>>().join(" ");
        Self { text, after: String::new(), href: Some(href), lang }
    }
}

impl Display for EvidenceView {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let (text, lang) = (escape(&self.text), self.lang.as_deref());
        match &self.href {
            Some(href) => {
                let (href, after) = (escape_attribute(href), escape(&self.after));
                write!(out, "<a href=\"{href}\"{}>{text}</a>{after}", Lang(lang))
            }
            None => InLanguage { text: &self.text, lang }.fmt(out),
        }
    }
}

/// Words of a front matter, with links to what they point at.
#[derive(Debug)]
pub(super) struct LinkedText {
    pub(super) pieces: Vec<EvidenceView>,
    /// The language of the words, where it is not the page's.
    pub(super) lang: Option<String>,
}

impl Display for LinkedText {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "<span{}>", Lang(self.lang.as_deref()))?;
        self.pieces.iter().try_for_each(|piece| piece.fmt(out))?;
        out.write_str("</span>")
    }
}

/// Words, marked with their language where it is not the page's.
struct InLanguage<'a> {
    text: &'a str,
    lang: Option<&'a str>,
}

impl Display for InLanguage<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let text = escape(self.text);
        match self.lang {
            Some(_) => write!(out, "<span{}>{text}</span>", Lang(self.lang)),
            None => out.write_str(&text),
        }
    }
}

/// The attribute that says what language something is in.
struct Lang<'a>(Option<&'a str>);

impl Display for Lang<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |tag| write!(out, " lang=\"{}\"", escape_attribute(tag)))
    }
}

macro_rules! as_html {
    ($($view:ty)+) => {$(
        impl Serialize for $view {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}

as_html!(LinkView DateView TimelinessView StatusMark MarkView EvidenceView LinkedText);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_author_wrote_is_never_markup() {
        let text = || "<b> & \"x\"".to_owned();
        let link = LinkView {
            prefix: Some("1 <:".to_owned()),
            label: text(),
            href: "a?b=\"&c".to_owned(),
            lang: Some("fr".to_owned()),
        };
        assert_eq!(
            link.to_string(),
            "<a href=\"a?b=&quot;&amp;c\">1 &lt;: <span lang=\"fr\">&lt;b&gt; &amp; \"x\"</span></a>"
        );
        let date = DateView { text: text(), datetime: None, lang: None };
        assert_eq!(date.to_string(), "&lt;b&gt; &amp; \"x\"");
        let evidence = EvidenceView {
            text: text(),
            after: ", <p>".to_owned(),
            href: Some("x".to_owned()),
            lang: None,
        };
        let listed = Html::listed([evidence.to_string(), date.to_string()]).unwrap();
        assert_eq!(
            listed.to_string(),
            "<a href=\"x\">&lt;b&gt; &amp; \"x\"</a>, &lt;p&gt;, &lt;b&gt; &amp; \"x\""
        );
        assert!(Html::listed([""; 0]).is_none());
    }
}
