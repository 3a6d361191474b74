//! Pages as a browser reads them.

use scraper::{Html, Selector};

/// The page's `<main>`, a line for each line of the template, without trailing spaces.
pub(crate) fn main_of(page: &str) -> String {
    let start = page.find("<main").expect("a page has a main part");
    let end = page.find("</main>").expect("a main part ends") + "</main>\n".len();
    let lines = page[start..end].lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

/// The errors of a page, by the HTML standard.
pub(crate) fn errors(page: &str) -> Vec<String> {
    Html::parse_document(page).errors.iter().map(ToString::to_string).collect()
}

/// The values of an attribute, of all elements that have it.
pub(crate) fn attributes(page: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(&format!("[{name}]")).unwrap();
    let document = Html::parse_document(page);
    document.select(&selector).filter_map(|e| e.value().attr(name)).map(str::to_owned).collect()
}

/// The text of all elements that a selector finds, with white space folded.
pub(crate) fn texts(page: &str, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let document = Html::parse_document(page);
    document.select(&selector).map(|e| fold(&e.text().collect::<String>())).collect()
}

/// White space folded, so that line breaks of templates make no difference.
pub(crate) fn fold(text: &str) -> String {
    text.split([' ', '\n', '\t', '\r'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
