//! The numbers and words of a date.

use super::numeric::{is_dash, is_separator, numeric};
use crate::vocabulary::{DateWord, Vocabulary};

/// A piece of a date.
#[derive(Debug, Clone)]
pub(super) enum DatePiece<'a> {
    /// A number: `15`, `2025`.
    Number(&'a str),
    /// A date of digits: `30.09.2025`, `2024/25`.
    Digits(&'a str),
    /// A known word or phrase, with all that it can say.
    Word(Vec<(DateWord, &'a str)>),
    /// A dash, slash or "&".
    Separator,
}

impl DatePiece<'_> {
    /// What a word says on one of its axes.
    pub(super) fn says(&self, word: DateWord) -> Option<&str> {
        let Self::Word(meanings) = self else { return None };
        let found = meanings.iter().find(|(of, _)| *of == word);
        found.map(|(_, meaning)| *meaning)
    }

    /// Whether a word can say any of these.
    pub(super) fn is(&self, words: &[DateWord]) -> bool {
        words.iter().any(|word| self.says(*word).is_some())
    }
}

/// The most bytes of a date in words. Nothing longer is looked at.
const LONGEST: usize = 160;

/// The most words of a phrase.
const MOST_WORDS: usize = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TokenKind {
    Number,
    Digits,
    Word,
    Separator,
}

/// A piece of the text, with where it stands.
#[derive(Debug, Clone, Copy)]
struct Token {
    kind: TokenKind,
    start: usize,
    end: usize,
}

/// The pieces of a text; none where any of it is not known.
pub(super) fn items<'a>(text: &'a str, vocabulary: &'a Vocabulary) -> Option<Vec<DatePiece<'a>>> {
    if text.len() > LONGEST {
        return None;
    }
    let tokens = tokens(text)?;
    let mut items = Vec::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let slice = &text[token.start..token.end];
        match token.kind {
            TokenKind::Number => {
                items.push(DatePiece::Number(slice));
                index += 1 + ordinal_ending(text, &tokens[index..], vocabulary);
            }
            TokenKind::Digits => {
                items.push(DatePiece::Digits(slice));
                index += 1;
            }
            TokenKind::Separator => {
                items.push(DatePiece::Separator);
                index += 1;
            }
            TokenKind::Word => {
                let (meanings, length) = phrase(text, &tokens[index..], vocabulary)?;
                items.push(DatePiece::Word(meanings));
                index += length;
            }
        }
    }
    let is_at_end = |item: Option<&DatePiece<'_>>| matches!(item, Some(DatePiece::Separator));
    (!is_at_end(items.first()) && !is_at_end(items.last())).then_some(items)
}

/// How many tokens after a number only make it an ordinal: "st" in "1st", "-й" in "1-й".
fn ordinal_ending(text: &str, tokens: &[Token], vocabulary: &Vocabulary) -> usize {
    let is_joined = |pair: &[Token]| pair[0].end == pair[1].start;
    let is_ending = |token: &Token| {
        let word = &text[token.start..token.end];
        let meanings = vocabulary.in_dates(word);
        token.kind == TokenKind::Word
            && meanings.iter().any(|(of, _)| *of == DateWord::OrdinalEnding)
    };
    match tokens {
        [_, word, ..] if is_joined(&tokens[..2]) && is_ending(word) => 1,
        [_, dash, word, ..]
            if dash.kind == TokenKind::Separator
                && is_joined(&tokens[..2])
                && is_joined(&tokens[1..3])
                && is_ending(word) =>
        {
            2
        }
        _ => 0,
    }
}

/// The longest known phrase that the tokens begin with: what it can say, and its number of tokens.
fn phrase<'a>(
    text: &str,
    tokens: &[Token],
    vocabulary: &'a Vocabulary,
) -> Option<(Vec<(DateWord, &'a str)>, usize)> {
    let first = tokens.first()?;
    let is_hyphen = |index: usize| {
        let token = tokens[index];
        token.kind == TokenKind::Separator
            && text[token.start..token.end].starts_with(is_dash)
            && tokens[index - 1].end == token.start
            && tokens.get(index + 1).is_some_and(|next| next.start == token.end)
    };
    let length = (1..tokens.len())
        .take_while(|index| tokens[*index].kind == TokenKind::Word || is_hyphen(*index))
        .count();
    let lengths = (1..=(length + 1).min(MOST_WORDS)).rev();
    let mut phrases = lengths.filter(|length| tokens[length - 1].kind == TokenKind::Word);
    phrases.find_map(|length| {
        let slice = &text[first.start..tokens[length - 1].end];
        let mut meanings = vocabulary.in_dates(slice);
        if let Some(number) = roman(slice) {
            meanings.push((DateWord::Ordinal, number));
        }
        (!meanings.is_empty()).then_some((meanings, length))
    })
}

/// The quarters and halves in Roman numerals, which are the same in all languages.
fn roman(word: &str) -> Option<&'static str> {
    match word {
        "I" | "i" => Some("1"),
        "II" | "ii" => Some("2"),
        "III" | "iii" => Some("3"),
        "IV" | "iv" => Some("4"),
        _ => None,
    }
}

/// Cuts a text; none if it has a character that no date has.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = 0;
    while let Some(c) = text[start..].chars().next() {
        let rest = &text[start..];
        let (kind, length) = match c {
            '0'..='9' => {
                let follows_letter = text[..start].chars().next_back().is_some_and(is_letter);
                let run = if follows_letter { None } else { digits_with_separators(rest) };
                let number = rest.bytes().take_while(u8::is_ascii_digit).count();
                run.map_or((TokenKind::Number, number), |length| (TokenKind::Digits, length))
            }
            '/' | '&' => (TokenKind::Separator, 1),
            c if is_dash(c) => (TokenKind::Separator, c.len_utf8()),
            c if is_letter(c) => (TokenKind::Word, word(rest)),
            c if c.is_whitespace() || matches!(c, '.' | ',' | ':' | '(' | ')') => {
                start += c.len_utf8();
                continue;
            }
            _ => return None,
        };
        tokens.push(Token { kind, start, end: start + length });
        start += length;
    }
    Some(tokens)
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

/// The length of the word that a text begins with. An apostrophe ends it, and belongs to it: "d’" in
/// "d’avril", "months'".
fn word(text: &str) -> usize {
    let letters = text.find(|c| !is_letter(c)).unwrap_or(text.len());
    match text[letters..].chars().next() {
        Some(c @ ('\'' | '’' | 'ʼ')) => letters + c.len_utf8(),
        _ => letters,
    }
}

/// The length of the date of digits that a text begins with: `30.09.2025`, or the first of
/// `2025-03/2025-05`.
fn digits_with_separators(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !is_separator(c)).unwrap_or(text.len());
    let run = text[..end].trim_end_matches(is_separator);
    let is_date = |part: &str| part.contains(is_separator) && numeric(part).is_some();
    if is_date(run) {
        return Some(run.len());
    }
    let separators = run.char_indices().filter(|(_, c)| is_separator(*c));
    let mut halves = separators.map(|(at, c)| (&run[..at], &run[at + c.len_utf8()..]));
    let (first, _) = halves.find(|(first, second)| is_date(first) && is_date(second))?;
    Some(first.len())
}
