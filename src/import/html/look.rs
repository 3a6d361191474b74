//! How elements look: what browsers do by themselves, then what styles say.

use std::rc::Rc;

use crate::import::document::Script;

use super::css::{CssWord, Rules};
use super::dom::Dom;

/// How text looks and links, and whether it is seen.
#[derive(Debug, Clone, Default)]
pub(super) struct HtmlLook {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) struck: bool,
    pub(super) hidden: bool,
    pub(super) preserved: bool,
    pub(super) script: Script,
    pub(super) link: Option<Rc<str>>,
    /// The font, where it is one of symbols.
    pub(super) symbols: Option<Rc<str>>,
    /// What Word says that an element is; not for what is within.
    pub(super) word: Option<CssWord>,
    /// How a list here is numbered.
    pub(super) list: Option<Rc<str>>,
}

impl HtmlLook {
    /// The look within an element.
    pub(super) fn within(&self, dom: &Dom, node: usize, rules: &Rules) -> Self {
        let mut look = Self { word: None, ..self.clone() };
        let name = dom.name(node);
        match name {
            "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => look.bold = true,
            "i" | "em" | "cite" | "dfn" | "var" | "address" => look.italic = true,
            "s" | "strike" | "del" => look.struck = true,
            "sup" => look.script = Script::Super,
            "sub" => look.script = Script::Sub,
            "pre" | "textarea" => look.preserved = true,
            "a" => {
                if let Some(address) = dom.attribute(node, "href").map(str::trim) {
                    let is_script = address
                        .get(..11)
                        .is_some_and(|start| start.eq_ignore_ascii_case("javascript:"));
                    look.link = (!address.is_empty() && !is_script).then(|| Rc::from(address));
                }
            }
            _ => {}
        }
        look.hidden |= dom.attribute(node, "hidden").is_some();
        if let Some(kind) = dom.attribute(node, "type").filter(|_| matches!(name, "ol" | "ul")) {
            look.list = Some(Rc::from(kind));
        } else if matches!(name, "ol" | "ul") {
            look.list = None;
        }
        let attribute = |name: &str| dom.attribute(node, name).unwrap_or_default();
        let style = rules.of(name, attribute("class"), attribute("style"));
        look.bold = style.bold.unwrap_or(look.bold);
        look.italic = style.italic.unwrap_or(look.italic);
        // A decoration of an outer element goes on through inner ones.
        look.struck |= style.struck == Some(true);
        look.script = style
            .script
            .filter(|_| !matches!(name, "td" | "th" | "tr" | "table"))
            .unwrap_or(look.script);
        look.hidden |= style.hidden == Some(true);
        look.preserved = style.preserved.unwrap_or(look.preserved);
        look.word = style.word;
        if let Some(list) = style.list {
            look.list = Some(Rc::from(list));
        }
        let font =
            style.font.as_deref().or_else(|| dom.attribute(node, "face")).map(str::to_lowercase);
        if let Some(font) = font {
            look.symbols = (font.starts_with("symbol") || font.starts_with("wingdings"))
                .then(|| Rc::from(font));
        }
        look
    }
}
