//! Abbreviations are explained once.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Site, Text};
use crate::source::{Span, boundary};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "undefined-abbreviation",
    summary: "a word in capitals that is used more than once and explained nowhere",
    explanation: "Explain it where it is first used, `Working Group on Implementation (WGI)`, or \
                  in `content/glossary.yaml`: then every page explains it. Numbers such as \
                  `XVIII`, lines entirely in capitals, words that texts also write in small letters \
                  and the best-known abbreviations are skipped.",
    wrong: &["\n## Recommendation\n\nThe WGI should meet. The WGI has no date."],
    right: &[
        "\n## Recommendation\n\nThe Working Group on Implementation (WGI) should meet. The WGI \
         has no date.",
        "\n## Recommendation\n\nThe WGI should meet. The WGI has no date.\n\
         # content/glossary.yaml\n- { term: WGI, expansion: Working Group on Implementation }",
    ],
    ..Rule::NOTE
};

/// Abbreviations that are words by now.
const WELL_KNOWN: [&str; 11] =
    ["COVID", "EU", "ID", "IT", "OK", "PDF", "TV", "UK", "UN", "US", "USA"];

/// The most letters of an abbreviation. Longer words are capitals for emphasis.
const LONGEST: usize = 8;

/// The most bytes in brackets after an abbreviation.
const LONGEST_EXPLANATION: usize = 300;

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let texts: Vec<&Text> = context.originals().collect();
    let uses: Vec<Vec<AbbreviationUse<'_>>> = texts.into_par_iter().map(uses).collect();
    let mut explained = explained_by_registers(context.site);
    let mut places: BTreeMap<&str, (Span, usize)> = BTreeMap::new();
    for AbbreviationUse { word, span, explains } in uses.into_iter().flatten() {
        if explains {
            explained.insert(word);
        }
        let (first, times) = places.entry(word).or_insert((span, 0));
        *first = span.min(*first);
        *times += 1;
    }
    places.retain(|word, (_, times)| *times >= 2 && !explained.contains(word));
    let shouted = also_in_small_letters(context, places.keys().copied());
    for (word, (first, times)) in places {
        if !shouted.contains(&word.to_lowercase()) {
            let message = format!("`{word}` is used {times} times and explained nowhere");
            diagnostics.push(Diagnostic::of(&RULE, first, message).help(format!(
                "write out what it stands for, with `({word})` after it, or add it to \
                     `content/glossary.yaml`"
            )));
        }
    }
}

/// Those of some words that texts also write in small letters: "THE" is a word with a loud voice.
fn also_in_small_letters<'w>(
    context: &Context<'_>,
    words: impl Iterator<Item = &'w str>,
) -> BTreeSet<String> {
    let wanted: BTreeSet<String> = words.map(str::to_lowercase).collect();
    if wanted.is_empty() {
        return wanted;
    }
    let texts: Vec<&Text> = context.originals().collect();
    let found = texts.into_par_iter().map(|text| {
        let words = text.slice(text.body).split(|c: char| !c.is_alphanumeric());
        words.filter(|word| wanted.contains(*word)).collect::<BTreeSet<&str>>()
    });
    let found = found.reduce(BTreeSet::new, |mut all, mut some| {
        all.append(&mut some);
        all
    });
    found.into_iter().map(str::to_owned).collect()
}

/// What the glossary and the register of units explain.
fn explained_by_registers(site: &Site) -> BTreeSet<&str> {
    let terms = site.terms.iter().flat_map(|term| term.entry.all_forms());
    let units = site.units.iter().filter_map(|unit| unit.entry.as_ref()?.short_name.as_ref());
    let words = terms.chain(units).map(|word| word.value.as_str());
    words.chain(WELL_KNOWN).collect()
}

/// One place where an abbreviation is used.
struct AbbreviationUse<'a> {
    word: &'a str,
    span: Span,
    /// Whether what it stands for is written beside it.
    explains: bool,
}

/// The abbreviations of a text, without those in links, symbols, code and comments.
fn uses(text: &Text) -> Vec<AbbreviationUse<'_>> {
    let body = text.slice(text.body);
    let base = text.body.start as usize;
    let found = text.found.iter().map(|found| found.span);
    let links = text.links.iter().map(|link| link.span);
    let mut hidden: Vec<Span> = found.chain(links).chain(text.comments.iter().copied()).collect();
    hidden.sort_unstable();
    let mut hidden = hidden.into_iter().peekable();
    let mut uses = Vec::new();
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        if !may_have(line) {
            start += line.len();
            continue;
        }
        // Worked out once, for the few lines that have a word in capitals.
        let mut shouted = None;
        for word in words(line).filter(|word| is_abbreviation(&line[word.clone()])) {
            let range = start + word.start..start + word.end;
            let span = Span::new(text.file, base + range.start..base + range.end);
            while hidden.next_if(|hidden| hidden.end <= span.start).is_some() {}
            let is_hidden = hidden.peek().is_some_and(|hidden| hidden.start <= span.start);
            if !is_hidden
                && !is_part_of_more(line, &word)
                && !*shouted.get_or_insert_with(|| is_shouted(line))
            {
                let explains = is_explained(line, &word);
                uses.push(AbbreviationUse { word: &body[range], span, explains });
            }
        }
        start += line.len();
    }
    uses
}

/// Whether a line can have an abbreviation: two capital letters side by side, or letters that are
/// not ASCII. Most have none, and bytes are searched many at a time.
fn may_have(line: &str) -> bool {
    let bytes = line.as_bytes();
    let begins = |(a, b): (&u8, &u8)| {
        (a.is_ascii_uppercase() & b.is_ascii_uppercase()) | !(a.is_ascii() & b.is_ascii())
    };
    let pairs = |from: usize| {
        let to = (from + 64).min(bytes.len());
        bytes[from..to].iter().zip(&bytes[from + 1..])
    };
    let from = (0..bytes.len()).step_by(64);
    from.into_iter().any(|from| pairs(from).fold(false, |any, pair| any | begins(pair)))
}

/// The words of a line outside code.
fn words(line: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut from = 0;
    let mut in_code = false;
    std::iter::from_fn(move || {
        loop {
            let first = line[from..].chars().next()?;
            if !first.is_alphanumeric() {
                in_code ^= first == '`';
                from += first.len_utf8();
                continue;
            }
            let rest = &line[from..];
            let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let word = from..from + length;
            from += length;
            if !in_code {
                return Some(word);
            }
        }
    })
}

fn is_abbreviation(word: &str) -> bool {
    // Nearly every word ends here.
    if !word.starts_with(char::is_uppercase) || !word.chars().all(char::is_uppercase) {
        return false;
    }
    let is_number = word.bytes().all(|byte| b"IVX".contains(&byte));
    (2..=LONGEST).contains(&word.chars().count()) && !is_number
}

/// Whether a word is part of a symbol, an address or a name, such as `ECE/CP.TEIA` or `a@EX.org`.
fn is_part_of_more(line: &str, word: &std::ops::Range<usize>) -> bool {
    let joins = |c: char| "/_@#&=".contains(c);
    let mut after = line[word.end..].chars();
    let next = after.next();
    line[..word.start].ends_with(|c| joins(c) || c == '.' || c == '-')
        || next.is_some_and(joins)
        || next.is_some_and(|c| ".-".contains(c)) && after.next().is_some_and(char::is_alphanumeric)
}

/// Whether a line is all in capitals, so that they mean nothing.
fn is_shouted(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic());
    let (upper, all) =
        letters.fold((0, 0), |(upper, all), c| (upper + usize::from(c.is_uppercase()), all + 1));
    upper * 2 > all
}

/// Whether the meaning of a word is beside it: `Working Group (WG)`, `WG (Working Group)`.
fn is_explained(line: &str, word: &std::ops::Range<usize>) -> bool {
    let before = line[..word.start].trim_end_matches(['“', '"', '«', '\'', '‘', '*', '_']);
    if before.ends_with('(') {
        return true;
    }
    let after = line[word.end..].trim_start_matches(['”', '"', '»', '*', '_', ' ', '\u{a0}']);
    let Some(inside) = after.strip_prefix('(') else { return false };
    let inside = &inside[..boundary(inside, LONGEST_EXPLANATION)];
    let inside = inside.split(')').next().unwrap_or(inside);
    inside.split_whitespace().count() >= 2 && inside.contains(char::is_lowercase)
}
