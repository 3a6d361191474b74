//! The numbers that Word shows before paragraphs: they are nowhere in the text.

use std::collections::{HashMap, HashSet};

use crate::import::document::ShownLabel;
use crate::import::xml::{Element, Namespace, XmlTree, is_on};

use super::styles::WordStyles;
use crate::import::numerals::{numeral, padded};
use crate::import::symbols::bullet;

/// Lists have nine levels.
const LEVELS: usize = 9;

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<i64, ListDefinition>,
    numbers: HashMap<i64, ListNumber>,
    /// How far each definition has counted: lists with one definition count on together.
    counters: HashMap<i64, [Option<i64>; LEVELS]>,
    /// Which start of a list has been used: it restarts once.
    started: HashSet<(i64, usize)>,
}

/// How the levels of a list look (`w:abstractNum`).
#[derive(Debug, Default)]
struct ListDefinition {
    levels: HashMap<usize, ListLevel>,
    /// The style whose list this one is.
    link: Option<String>,
}

/// One list (`w:num`).
#[derive(Debug)]
struct ListNumber {
    definition: i64,
    starts: HashMap<usize, i64>,
    levels: HashMap<usize, ListLevel>,
}

#[derive(Debug, Default)]
struct ListLevel {
    start: i64,
    format: String,
    /// The example of a custom format: `001, 002, 003, ...`.
    example: Option<String>,
    /// What stands there: `%1.%2`.
    text: String,
    /// Which level restarts it: none for any above, 0 for none.
    restart: Option<usize>,
    numbers: Numerals,
    /// The paragraph style that uses this level.
    style: Option<String>,
    font: Option<String>,
    is_hidden: bool,
}

/// Which numerals the numbers of levels above have.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Numerals {
    /// Those of the levels themselves.
    #[default]
    OfLevels,
    /// Decimal ones throughout (`w:isLgl`).
    Decimal,
}

impl Numbering {
    /// Reads the part; some lists are named by styles.
    pub(super) fn read(tree: &XmlTree, styles: &WordStyles) -> Self {
        let mut numbering = Self::default();
        for element in tree.root().children() {
            if element.is(Namespace::W, "abstractNum") {
                if let Some(id) = integer(element, "abstractNumId") {
                    let link = element.w("numStyleLink").and_then(Element::val).map(str::to_owned);
                    numbering
                        .definitions
                        .insert(id, ListDefinition { levels: levels(element), link });
                }
            } else if element.is(Namespace::W, "num")
                && let Some(id) = integer(element, "numId")
                && let Some(definition) = element.w("abstractNumId").and_then(|e| integer(e, "val"))
            {
                numbering.numbers.insert(id, number(element, definition));
            }
        }
        // A list of a style is defined where the style's own list is.
        let linked = |definition: i64| {
            let style = numbering.definitions.get(&definition)?.link.as_deref()?;
            numbering.numbers.get(&styles.style(style)?.number.id?).map(|number| number.definition)
        };
        let resolved: Vec<(i64, i64)> = numbering
            .numbers
            .iter()
            .filter_map(|(id, number)| Some((*id, linked(number.definition)?)))
            .collect();
        for (id, definition) in resolved {
            if let Some(number) = numbering.numbers.get_mut(&id) {
                number.definition = definition;
            }
        }
        numbering
    }

    /// The level that a paragraph style uses in a list.
    pub(super) fn level_of_style(&self, number: i64, style: &str) -> Option<usize> {
        let number = self.numbers.get(&number)?;
        let definition = self.definitions.get(&number.definition)?;
        (0..LEVELS).find(|level| {
            let level = number.levels.get(level).or_else(|| definition.levels.get(level));
            level.is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }

    /// Counts a paragraph and gives what Word shows before it.
    pub(super) fn count(&mut self, id: i64, level: usize) -> Option<ShownLabel> {
        let number = self.numbers.get(&id)?;
        let definition = self.definitions.get(&number.definition)?;
        let look =
            |level: usize| number.levels.get(&level).or_else(|| definition.levels.get(&level));
        let start = |level: usize| {
            number.starts.get(&level).copied().or_else(|| look(level).map(|l| l.start)).unwrap_or(1)
        };
        let shown = look(level)?;
        let counters = self.counters.entry(number.definition).or_default();
        let is_first = number.starts.contains_key(&level) && self.started.insert((id, level));
        let counter = counters.get_mut(level)?;
        *counter = Some(match *counter {
            Some(last) if !is_first => last.saturating_add(1),
            _ => start(level),
        });
        for (deeper, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let is_restarted = match look(deeper).and_then(|look| look.restart) {
                None => true,
                Some(restart) => level < restart,
            };
            if is_restarted {
                *counter = None;
            }
        }
        let value =
            |level: usize| counters.get(level).copied().flatten().unwrap_or_else(|| start(level));
        let text = if shown.format == "bullet" {
            bullet(shown.font.as_deref(), &shown.text)
        } else {
            shown.label(level, |above| {
                let decimal = (shown.numbers == Numerals::Decimal).then_some("decimal");
                look(above).map_or_else(String::new, |look| look.numeral(decimal, value(above)))
            })
        };
        let is_number = !matches!(shown.format.as_str(), "bullet" | "none");
        let level = u8::try_from(level).unwrap_or(u8::MAX);
        (!shown.is_hidden && !text.trim().is_empty()).then_some(ShownLabel {
            text,
            level,
            is_number,
        })
    }
}

impl ListLevel {
    /// What stands before the paragraph, with the numbers of this level and those above.
    fn label(&self, own: usize, value: impl Fn(usize) -> String) -> String {
        let mut label = String::new();
        let mut characters = self.text.chars().peekable();
        while let Some(character) = characters.next() {
            let level =
                characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| *digit > 0);
            match level {
                Some(level) if character == '%' => {
                    characters.next();
                    let level = level as usize - 1;
                    if level <= own {
                        label.push_str(&value(level));
                    }
                }
                _ => label.push(character),
            }
        }
        label
    }

    fn numeral(&self, format: Option<&str>, value: i64) -> String {
        match (format, self.example.as_deref()) {
            (Some(format), _) => numeral(format, value),
            (None, Some(example)) => padded(example, value),
            (None, None) => numeral(&self.format, value),
        }
    }
}

fn number(element: Element<'_>, definition: i64) -> ListNumber {
    let mut number = ListNumber { definition, starts: HashMap::new(), levels: HashMap::new() };
    for change in element.children().filter(|child| child.is(Namespace::W, "lvlOverride")) {
        let Some(level) = level_index(change) else { continue };
        if let Some(start) = change.w("startOverride").and_then(|e| integer(e, "val")) {
            number.starts.insert(level, start);
        }
        if let Some(look) = change.w("lvl") {
            number.levels.insert(level, read_level(look));
        }
    }
    number
}

fn levels(element: Element<'_>) -> HashMap<usize, ListLevel> {
    let levels = element.children().filter(|child| child.is(Namespace::W, "lvl"));
    levels.filter_map(|level| Some((level_index(level)?, read_level(level)))).collect()
}

fn read_level(element: Element<'_>) -> ListLevel {
    // A custom format is one of two alternatives, because older programs do not know it.
    let alternative = element
        .child(Namespace::Mc, "AlternateContent")
        .and_then(|alternative| alternative.child(Namespace::Mc, "Choice"))
        .and_then(|choice| choice.w("numFmt"));
    let format = alternative.or_else(|| element.w("numFmt"));
    let value = |name: &str| element.w(name).and_then(Element::val);
    let look = element.w("rPr");
    let fonts = look.and_then(|look| look.w("rFonts"));
    ListLevel {
        start: element.w("start").and_then(|e| integer(e, "val")).unwrap_or(0),
        format: format.and_then(Element::val).unwrap_or("decimal").to_owned(),
        example: format.and_then(|e| e.attribute(Namespace::W, "format")).map(str::to_owned),
        text: value("lvlText").unwrap_or_default().to_owned(),
        restart: value("lvlRestart").and_then(|text| text.parse().ok()),
        numbers: match element.w("isLgl") {
            Some(legal) if is_on(legal.val()) => Numerals::Decimal,
            _ => Numerals::OfLevels,
        },
        style: value("pStyle").map(str::to_owned),
        font: fonts.and_then(|fonts| fonts.attribute(Namespace::W, "ascii")).map(str::to_owned),
        is_hidden: look.and_then(|look| look.w("vanish")).is_some_and(|vanish| is_on(vanish.val())),
    }
}

fn level_index(element: Element<'_>) -> Option<usize> {
    integer(element, "ilvl")
        .and_then(|level| usize::try_from(level).ok())
        .filter(|level| *level < LEVELS)
}

/// A whole number in an attribute of `w:`.
pub(super) fn integer(element: Element<'_>, name: &str) -> Option<i64> {
    element.attribute(Namespace::W, name)?.trim().parse().ok()
}
