//! The few properties of styles that say whether and how text is seen.

use std::collections::HashMap;

use crate::import::document::Script;

/// What the styles of a page say, by element and class; either may be empty.
#[derive(Debug, Default)]
pub(super) struct Rules {
    rules: HashMap<(String, String), Declarations>,
}

/// What one rule or one `style` attribute says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Declarations {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) script: Option<Script>,
    pub(super) hidden: Option<bool>,
    /// Line breaks and spaces are shown as they are written.
    pub(super) preserved: Option<bool>,
    /// The font, in lower case.
    pub(super) font: Option<String>,
    /// How a list is numbered.
    pub(super) list: Option<String>,
    /// What Word says about the number of a paragraph.
    pub(super) word: Option<CssWord>,
}

/// What Word makes of the number before a paragraph in HTML: text that only looks like a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CssWord {
    /// The number itself (`mso-list:Ignore`).
    Number,
    /// The space after it, which is always in this font.
    Space,
}

impl Rules {
    /// Adds the rules of a style sheet. Only selectors of one element or class are understood; Word
    /// writes no others for paragraphs.
    pub(super) fn add(&mut self, sheet: &str) {
        let sheet = without_comments(sheet);
        for rule in sheet.split('}') {
            let Some((selectors, body)) = rule.rsplit_once('{') else { continue };
            // Within `@media` the part before the last brace still holds the query.
            let selectors = selectors.rsplit('{').next().unwrap_or(selectors);
            let declarations = Declarations::read(body);
            if declarations == Declarations::default() || selectors.trim_start().starts_with('@') {
                continue;
            }
            for selector in selectors.split(',').map(str::trim) {
                let (element, class) = selector.split_once('.').unwrap_or((selector, ""));
                let is_simple = |name: &str| {
                    name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
                };
                if is_simple(element) && is_simple(class) && !selector.is_empty() {
                    let key = (element.to_lowercase(), class.to_owned());
                    self.rules.entry(key).or_default().lay(&declarations);
                }
            }
        }
    }

    /// What applies to an element with these classes and this `style`, the weightiest last.
    pub(super) fn of(&self, element: &str, classes: &str, style: &str) -> Declarations {
        let mut all = Declarations::default();
        let mut lay = |element: &str, class: &str| {
            if let Some(rule) = self.rules.get(&(element.to_owned(), class.to_owned())) {
                all.lay(rule);
            }
        };
        if !self.rules.is_empty() {
            lay(element, "");
            for class in classes.split_whitespace() {
                lay("", class);
                lay(element, class);
            }
        }
        if !style.is_empty() {
            all.lay(&Declarations::read(style));
        }
        all
    }
}

fn without_comments(sheet: &str) -> String {
    let sheet = sheet.replace("<!--", "").replace("-->", "");
    let mut kept = String::new();
    let mut rest = sheet.as_str();
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

impl Declarations {
    fn read(body: &str) -> Self {
        let mut declarations = Self::default();
        for (name, value) in body.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let value = value.trim().to_lowercase();
            let value = value.trim_end_matches("!important").trim_end();
            declarations.set(name.trim().to_lowercase().as_str(), value);
        }
        declarations
    }

    fn set(&mut self, name: &str, value: &str) {
        match name {
            "font-weight" => {
                self.bold = match value {
                    "bold" | "bolder" => Some(true),
                    "normal" | "lighter" => Some(false),
                    number => number.parse::<u32>().ok().map(|weight| weight >= 600),
                };
            }
            "font-style" => self.italic = Some(matches!(value, "italic" | "oblique")),
            "text-decoration" | "text-decoration-line" => {
                self.struck = Some(value.contains("line-through"))
            }
            "vertical-align" => {
                self.script = match value {
                    "super" => Some(Script::Super),
                    "sub" => Some(Script::Sub),
                    "baseline" => Some(Script::Normal),
                    _ => None,
                };
            }
            "display" => self.hidden = Some(value == "none"),
            "visibility" => self.hidden = Some(matches!(value, "hidden" | "collapse")),
            "mso-hide" => self.hidden = Some(value == "all"),
            "white-space" => self.preserved = Some(value.starts_with("pre")),
            "font-family" => self.font = Some(value.trim_matches(['"', '\'']).to_owned()),
            "list-style" | "list-style-type" => self.list = Some(value.to_owned()),
            "mso-list" if value == "ignore" => self.word = Some(CssWord::Number),
            "font" if value.starts_with("7.0pt") => self.word = Some(CssWord::Space),
            _ => {}
        }
    }

    fn lay(&mut self, over: &Self) {
        self.bold = over.bold.or(self.bold);
        self.italic = over.italic.or(self.italic);
        self.struck = over.struck.or(self.struck);
        self.script = over.script.or(self.script);
        self.hidden = over.hidden.or(self.hidden);
        self.preserved = over.preserved.or(self.preserved);
        self.word = over.word.or(self.word);
        if over.font.is_some() {
            self.font.clone_from(&over.font);
        }
        if over.list.is_some() {
            self.list.clone_from(&over.list);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_apply_by_element_and_class() {
        let mut rules = Rules::default();
        rules.add("<!-- /* x */ p.A, .b { font-weight:bold } h1{font-style:italic} @media print { i { display:none } } -->");
        assert_eq!(rules.of("p", "A", "").bold, Some(true));
        assert_eq!(rules.of("div", "A", "").bold, None);
        assert_eq!(rules.of("div", "x b", "font-weight: 400").bold, Some(false));
        assert_eq!(rules.of("h1", "", "").italic, Some(true));
        assert_eq!(rules.of("p", "", "display:none").hidden, Some(true));
        assert_eq!(
            rules.of("span", "", "font:7.0pt \"Times New Roman\"").word,
            Some(CssWord::Space)
        );
    }
}
