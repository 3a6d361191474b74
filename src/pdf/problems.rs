//! What makes a PDF impossible, found before it is made.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use rayon::prelude::*;
use typst::syntax::{DiagSpanKind, Source};

use super::Fonts;
use super::fonts::unreadable;
use super::making::drawn;
use crate::diagnostics::Diagnostic;
use crate::model::{Printout, Site};
use crate::source::{Content, FileId, Input, Span};
use crate::theme::{Print, Theme};

/// How many of the characters without a glyph are named.
const NAMED: usize = 5;

/// Reports what makes the PDFs of a site impossible.
pub fn problems_of_all(
    input: &Input,
    site: &Site,
    theme: &Theme,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let printouts: Vec<Printout> = Printout::all(site).collect();
    problems_of(printouts, input, site, theme, diagnostics);
}

/// Reports what makes the PDFs of some printouts impossible.
pub fn problems_of(
    printouts: Vec<Printout>,
    input: &Input,
    site: &Site,
    theme: &Theme,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if printouts.is_empty() {
        return;
    }
    diagnostics.extend(unreadable(input));
    diagnostics.extend(theme.print.values().filter_map(syntax_error));
    // Loading them takes time and memory, and few texts have a character to look for.
    let fonts = LazyLock::new(|| Fonts::of(input));
    let has = |c: char| is_common(c) || fonts.has(c);
    let found: Vec<Vec<Diagnostic>> =
        printouts.into_par_iter().map(|printout| problems(input, site, printout, has)).collect();
    for diagnostic in found.into_iter().flatten() {
        // Registers are shown by several printouts.
        if !diagnostics.contains(&diagnostic) {
            diagnostics.push(diagnostic);
        }
    }
}

/// Reports a template of the site that is not valid Typst.
fn syntax_error(template: &Print) -> Option<Diagnostic> {
    let file = template.own?;
    let source = Source::detached(&*template.text);
    let (errors, _) = source.root().errors_and_warnings();
    let error = errors.first()?;
    let range = match error.span.get() {
        DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range)?,
        DiagSpanKind::Range { range, .. } => range,
        DiagSpanKind::Detached => 0..0,
    };
    let message = format!("template error: {}", error.message);
    Some(Diagnostic::of(&crate::theme::TEMPLATE_ERROR, Span::new(file, range), message))
}

/// Reports the characters of a printout that no font has, with the file and the line of each: a
/// PDF without them would lose words, and PDF/UA-1 (7.21.8) forbids it.
fn problems(
    input: &Input,
    site: &Site,
    printout: Printout,
    has: impl Fn(char) -> bool,
) -> Vec<Diagnostic> {
    // What earlier editions say is in numbers and in words of the language.
    let (view, texts) = drawn(site, &[], printout);
    let mut characters = distinct(&[&view, &texts.code]);
    characters.retain(|c| !has(*c));
    let mut diagnostics = Vec::new();
    if characters.is_empty() {
        return diagnostics;
    }
    let mut by_file: BTreeMap<FileId, Vec<(usize, char)>> = BTreeMap::new();
    let mut elsewhere: BTreeSet<char> = characters.iter().copied().collect();
    for id in files(input, site, printout) {
        let mut sought: BTreeSet<char> = characters.iter().copied().collect();
        let places = input.file(id).text().char_indices();
        // ASCII characters need no search.
        let found: Vec<(usize, char)> =
            places.filter(|(_, c)| !c.is_ascii() && sought.remove(c)).collect();
        found.iter().for_each(|(_, c)| {
            elsewhere.remove(c);
        });
        if !found.is_empty() {
            by_file.insert(id, found);
        }
    }
    let elsewhere: Vec<char> = elsewhere.into_iter().collect();
    let report = printout.report(site).texts.original.file;
    if !elsewhere.is_empty() {
        // An entity such as `&#x2705;`, or a word of the interface.
        let message = message(&elsewhere);
        diagnostics.push(help(Diagnostic::of(&super::MISSING_GLYPH, Span::top(report), message)));
    }
    for (file, found) in by_file {
        let characters: Vec<char> = found.iter().map(|(_, c)| *c).collect();
        let (at, first) = found[0];
        let span = Span::new(file, at..at + first.len_utf8());
        diagnostics.push(help(Diagnostic::of(&super::MISSING_GLYPH, span, message(&characters))));
    }
    diagnostics
}

/// Characters that the fonts in the program have: Latin, Greek, Cyrillic, punctuation, and the marks
/// of statuses and tasks.
const COMMON: [RangeInclusive<char>; 9] = [
    '\u{a0}'..='\u{17f}',
    'Α'..='Ρ',
    'Σ'..='Ω',
    'ά'..='ώ',
    'Ѐ'..='џ',
    '\u{2010}'..='\u{2027}',
    '●'..='●',
    '○'..='○',
    '☐'..='☑',
];

fn is_common(c: char) -> bool {
    COMMON.iter().any(|range| range.contains(&c))
}

/// The characters outside ASCII in some texts, each once.
fn distinct(texts: &[&str]) -> Vec<char> {
    let mut seen = vec![false; 0x11_0000];
    let mut characters = Vec::new();
    for c in texts.iter().flat_map(|text| text.chars()).filter(|c| !c.is_ascii()) {
        let seen = &mut seen[c as usize];
        if !*seen {
            *seen = true;
            characters.push(c);
        }
    }
    characters
}

fn message(characters: &[char]) -> String {
    let named: Vec<String> =
        characters.iter().take(NAMED).map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect();
    let more = match characters.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let verb = if characters.len() == 1 { "has no glyph" } else { "have no glyph" };
    format!("{}{more} {verb} in the fonts of the PDF", named.join(", "))
}

fn help(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(
        "put a font that has it in the folder `fonts`, use another character, or write `pdf: \
         false` in `report.md`",
    )
}

/// The files whose words a printout may show, those of the report first.
fn files(input: &Input, site: &Site, printout: Printout) -> Vec<FileId> {
    let report = printout.report(site);
    let recommendations = &site.recommendations[report.recommendations.clone()];
    let texts = recommendations.iter().map(|recommendation| &recommendation.texts);
    let texts = [&report.texts].into_iter().chain(texts).flat_map(|texts| texts.all());
    let mut files: Vec<FileId> = texts.map(|text| text.file).collect();
    let is_register = |path: &str| path.ends_with(".yaml");
    let others = input
        .files_with_id()
        .filter(|(_, file)| is_register(&file.path) && matches!(file.content, Content::Text(_)));
    files.extend(others.map(|(id, _)| id));
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Input;

    #[test]
    fn the_fonts_in_the_program_have_what_is_common() {
        let fonts = Fonts::of(&Input::new(Vec::new(), chrono::NaiveDate::default()));
        let lacking: String = COMMON.into_iter().flatten().filter(|c| !fonts.has(*c)).collect();
        assert_eq!(lacking, "");
        let marks = "◐▷⊘⇥–";
        assert!(marks.chars().all(|c| fonts.has(c)));
    }
}
