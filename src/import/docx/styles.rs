//! How text looks through all levels of styles.

use std::collections::HashMap;
use std::rc::Rc;

use crate::import::document::Script;
use crate::import::xml::{Element, Namespace, XmlTree, is_on};

use super::numbering::integer;

/// How many styles may be based on one another. Word itself stops at eleven.
const MAX_CHAIN: usize = 20;

/// The properties that are switched on and off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toggle {
    Bold,
    /// Of Arabic, Hebrew and other complex scripts.
    BoldComplex,
    Italic,
    ItalicComplex,
    Struck,
    StruckTwice,
    Hidden,
    /// Written from right to left, or said to be of a complex script.
    Complex,
}

const TOGGLES: [(Toggle, &[&str]); 8] = [
    (Toggle::Bold, &["b"]),
    (Toggle::BoldComplex, &["bCs"]),
    (Toggle::Italic, &["i"]),
    (Toggle::ItalicComplex, &["iCs"]),
    (Toggle::Struck, &["strike"]),
    (Toggle::StruckTwice, &["dstrike"]),
    (Toggle::Hidden, &["vanish"]),
    (Toggle::Complex, &["rtl", "cs"]),
];

/// How text looks as far as one level says (`w:rPr`).
#[derive(Debug, Clone, Default)]
pub(super) struct WordLook {
    toggles: [Option<bool>; 8],
    script: Option<Script>,
    pub(super) language: Option<Rc<str>>,
}

/// How text looks in the end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ShownStyle {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) struck: bool,
    pub(super) hidden: bool,
    pub(super) script: Script,
}

/// The list that a paragraph belongs to, as far as one level says (`w:numPr`).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ListReference {
    pub(super) id: Option<i64>,
    pub(super) level: Option<usize>,
}

/// A style, with everything that it takes from those it is based on.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub(super) look: WordLook,
    pub(super) number: ListReference,
    /// 0 to 8 for headings, 9 for other text.
    pub(super) outline: Option<u8>,
    /// How parts of a table look, by their names in the file (`firstRow`).
    pub(super) conditions: HashMap<String, WordLook>,
    pub(super) row_band: Option<usize>,
    pub(super) column_band: Option<usize>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct WordStyles {
    /// What the document says for all its text.
    pub(super) defaults: WordLook,
    styles: HashMap<String, Style>,
    default_paragraph: Option<String>,
    default_table: Option<String>,
}

impl WordLook {
    /// Reads `w:rPr`.
    pub(super) fn read(element: Element<'_>) -> Self {
        let mut look = Self::default();
        for child in element.children() {
            let (Namespace::W, name) = child.key() else { continue };
            for (toggle, names) in TOGGLES {
                if names.contains(&name) {
                    look.set(toggle, is_on(child.val()));
                }
            }
            match name {
                "vertAlign" => {
                    look.script = Some(match child.val() {
                        Some("superscript") => Script::Super,
                        Some("subscript") => Script::Sub,
                        _ => Script::Normal,
                    });
                }
                "lang" => look.language = child.val().map(Rc::from),
                _ => {}
            }
        }
        look
    }

    fn set(&mut self, toggle: Toggle, value: bool) {
        if let Some(place) = self.toggles.get_mut(toggle as usize) {
            *place = Some(value);
        }
    }

    fn get(&self, toggle: Toggle) -> Option<bool> {
        self.toggles.get(toggle as usize).copied().flatten()
    }

    /// Takes what another level says over what this one says.
    pub(super) fn lay(&mut self, over: &Self) {
        for (place, value) in self.toggles.iter_mut().zip(over.toggles) {
            *place = value.or(*place);
        }
        self.script = over.script.or(self.script);
        if over.language.is_some() {
            self.language.clone_from(&over.language);
        }
    }
}

/// The levels that say how a run looks, from the outermost.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToggleLevels<'a> {
    pub(super) defaults: &'a WordLook,
    pub(super) table: &'a WordLook,
    pub(super) paragraph: &'a WordLook,
    pub(super) character: &'a WordLook,
    pub(super) direct: &'a WordLook,
}

impl ToggleLevels<'_> {
    /// How the run looks in the end. Toggles of styles cancel each other (ECMA-376, 17.7.3): a bold
    /// character style in a bold paragraph style is not bold. What the run itself says is final.
    pub(super) fn shown(self) -> ShownStyle {
        let toggle = |toggle: Toggle| {
            self.direct.get(toggle).unwrap_or_else(|| {
                let is_on = |look: &WordLook| look.get(toggle) == Some(true);
                is_on(self.defaults)
                    || (is_on(self.table) ^ is_on(self.paragraph) ^ is_on(self.character))
            })
        };
        let (bold, italic) = if toggle(Toggle::Complex) {
            (Toggle::BoldComplex, Toggle::ItalicComplex)
        } else {
            (Toggle::Bold, Toggle::Italic)
        };
        ShownStyle {
            bold: toggle(bold),
            italic: toggle(italic),
            struck: toggle(Toggle::Struck) || toggle(Toggle::StruckTwice),
            hidden: toggle(Toggle::Hidden),
            script: self.nearest(|look| look.script).unwrap_or_default(),
        }
    }

    /// What the nearest level says that says anything.
    pub(super) fn nearest<T>(self, value: impl Fn(&WordLook) -> Option<T>) -> Option<T> {
        [self.direct, self.character, self.paragraph, self.table, self.defaults]
            .into_iter()
            .find_map(value)
    }
}

impl ListReference {
    /// Reads `w:numPr` of a `w:pPr`.
    pub(super) fn read(properties: Element<'_>) -> Self {
        let Some(element) = properties.w("numPr") else { return Self::default() };
        let value = |name: &str| element.w(name).and_then(|child| integer(child, "val"));
        Self {
            id: value("numId"),
            level: value("ilvl").and_then(|level| usize::try_from(level).ok()),
        }
    }
}

impl WordStyles {
    /// Reads the part.
    pub(super) fn read(tree: &XmlTree) -> Self {
        let root = tree.root();
        let mut styles = Self::default();
        if let Some(look) =
            root.w("docDefaults").and_then(|e| e.w("rPrDefault")).and_then(|e| e.w("rPr"))
        {
            styles.defaults = WordLook::read(look);
        }
        let mut elements = HashMap::new();
        for element in root.children().filter(|child| child.is(Namespace::W, "style")) {
            let Some(id) = element.attribute(Namespace::W, "styleId") else { continue };
            elements.insert(id, element);
            if element.attribute(Namespace::W, "default").is_some_and(|value| is_on(Some(value))) {
                match element.attribute(Namespace::W, "type") {
                    Some("paragraph") => styles.default_paragraph = Some(id.to_owned()),
                    Some("table") => styles.default_table = Some(id.to_owned()),
                    _ => {}
                }
            }
        }
        styles.styles = elements
            .iter()
            .map(|(id, element)| ((*id).to_owned(), resolved(*element, &elements)))
            .collect();
        styles
    }

    /// A style by its identifier.
    pub(super) fn style(&self, id: &str) -> Option<&Style> {
        self.styles.get(id)
    }

    /// The style of a paragraph: its own, or the default where it names none that exists.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Option<(&str, &Style)> {
        let own = id.and_then(|id| self.styles.get_key_value(id));
        let default =
            || self.default_paragraph.as_deref().and_then(|id| self.styles.get_key_value(id));
        own.or_else(default).map(|(id, style)| (id.as_str(), style))
    }

    /// The style of a table.
    pub(super) fn table(&self, id: Option<&str>) -> Option<&Style> {
        id.or(self.default_table.as_deref()).and_then(|id| self.styles.get(id))
    }
}

/// A style with what it takes from those it is based on.
fn resolved(element: Element<'_>, elements: &HashMap<&str, Element<'_>>) -> Style {
    let kind = |element: Element<'_>| element.attribute(Namespace::W, "type").map(str::to_owned);
    let mut chain = vec![element];
    while let Some(last) = chain.last()
        && let Some(next) = last.w("basedOn").and_then(Element::val).and_then(|id| elements.get(id))
        && kind(*next) == kind(element)
        && chain.len() < MAX_CHAIN
        && !chain.iter().any(|known| known.index() == next.index())
    {
        chain.push(*next);
    }
    let mut style = Style::default();
    for element in chain.into_iter().rev() {
        lay(&mut style, element);
    }
    style
}

fn lay(style: &mut Style, element: Element<'_>) {
    if let Some(look) = element.w("rPr") {
        style.look.lay(&WordLook::read(look));
    }
    let name = element.w("name").and_then(Element::val).unwrap_or_default().to_lowercase();
    let built_in = name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok());
    if let Some(level) = built_in.filter(|level| (1..=9).contains(level)) {
        style.outline = Some(level - 1);
    }
    if let Some(properties) = element.w("pPr") {
        let number = ListReference::read(properties);
        style.number.id = number.id.or(style.number.id);
        style.number.level = number.level.or(style.number.level);
        style.outline = outline(properties).or(style.outline);
    }
    if let Some(properties) = element.w("tblPr") {
        let band = |name: &str| {
            properties
                .w(name)
                .and_then(|e| integer(e, "val"))
                .and_then(|n| usize::try_from(n).ok())
                .filter(|n| *n > 0)
        };
        style.row_band = band("tblStyleRowBandSize").or(style.row_band);
        style.column_band = band("tblStyleColBandSize").or(style.column_band);
    }
    for condition in element.children().filter(|child| child.is(Namespace::W, "tblStylePr")) {
        if let (Some(kind), Some(look)) =
            (condition.attribute(Namespace::W, "type"), condition.w("rPr"))
        {
            style.conditions.entry(kind.to_owned()).or_default().lay(&WordLook::read(look));
        }
    }
}

/// The level of a heading that `w:pPr` gives: 0 to 8, or 9 for other text.
pub(super) fn outline(properties: Element<'_>) -> Option<u8> {
    properties
        .w("outlineLvl")
        .and_then(|e| integer(e, "val"))
        .and_then(|level| u8::try_from(level).ok())
}
