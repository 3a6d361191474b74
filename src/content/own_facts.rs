//! Facts of the organisation's own in the front matter of recommendations.

use crate::config::{Config, FactKind, OwnFact};
use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::model::{Date, FactValue, RecommendationFront, TranslationFront, Unread};
use crate::source::Spanned;
use crate::yaml::{FromYaml as _, Kind, OneOrMany, Reader, Value, WRONG_VALUE};

pub(crate) const FACT_KEY: Rule = Rule {
    code: "fact-key",
    summary: "a fact of your own whose key cannot be used",
    explanation: "The keys that Recto has keep their meaning. Keys are written in small letters, \
                  digits and `_`.",
    wrong: &["# content/site.yaml\ntitle: A site\nfacts:\n  status: State of play"],
    right: &["# content/site.yaml\ntitle: A site\nfacts:\n  state_of_play: State of play"],
    ..Rule::UNREAD
};

/// Names that columns of the data have, and that are not keys of front matter.
pub const NAMES_OF_DATA: &[&str] = &[
    // In the address of the list of all recommendations.
    "goals",
    "go",
    "order",
    "q",
    "report",
    "language",
    "url",
    "as_at",
    "response_word",
    "response_worked_out",
    "status_word",
    "status_worked_out",
    "timeliness",
    "timeliness_days",
    "verification_word",
    "priority_word",
    "responders",
    "original",
    "deadline_words",
    "continued_by",
    "extended_times",
    "extended_days",
    "documents",
    "recommendation",
    "management_response",
    "target_date",
    "progress",
    "other",
];

/// Reports keys of the site's own facts that cannot be used.
pub(super) fn check_keys(config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    for (key, _) in config.facts.iter().flat_map(|facts| &facts.0) {
        let is_usual = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let is_taken = RecommendationFront::KEYS.contains(&key.as_str())
            || TranslationFront::KEYS.contains(&key.as_str())
            || NAMES_OF_DATA.contains(&key.as_str());
        let is_key = key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(is_usual);
        let (message, help) = match (is_taken, is_key) {
            (true, _) => (format!("Recto already has a key `{}`", key.value), "choose another key"),
            (false, true) => continue,
            (false, false) => (
                format!("`{}` cannot be a key", key.value),
                "write it in small letters without accents, digits and `_`",
            ),
        };
        diagnostics.push(Diagnostic::of(&FACT_KEY, key.span, message).help(help));
    }
}

/// Takes the site's own facts out of the front matter of a recommendation, so that only the keys of
/// every site remain.
pub(super) fn take(value: &mut Value, config: &Config, reader: &mut Reader<'_>) -> Vec<FactValue> {
    let (Some(facts), Kind::Map(entries)) = (&config.facts, &mut value.kind) else {
        return Vec::new();
    };
    let mut taken = Vec::new();
    for (index, (key, fact)) in facts.0.iter().enumerate() {
        let is_builtin = RecommendationFront::KEYS.contains(&key.as_str());
        let at = entries.iter().position(|(own, _)| own.value == key.value);
        let Some(at) = at.filter(|_| !is_builtin) else { continue };
        let (_, value) = entries.remove(at);
        let typed = OneOrMany::<Spanned<String>>::from_yaml(&value, reader).unwrap_or_default();
        let values: Vec<Spanned<String>> =
            typed.0.into_iter().filter(|typed| is_right(fact, typed, reader)).collect();
        if !values.is_empty() {
            taken.push(FactValue { fact: index, values });
        }
    }
    taken
}

/// Whether a value is one that its fact can have. One that is not is reported.
fn is_right(fact: &OwnFact, typed: &Spanned<String>, reader: &mut Reader<'_>) -> bool {
    let mut unread = Unread::NotADate;
    let is_right = match fact.kind() {
        FactKind::Text | FactKind::Document => true,
        FactKind::Number => is_number(typed),
        FactKind::Choice => fact.choice(typed).is_some(),
        FactKind::Date => match Date::read(typed, reader.vocabulary) {
            Ok(_) => true,
            Err(reason) => {
                unread = reason;
                false
            }
        },
    };
    if is_right {
        return true;
    }
    let text = &typed.value;
    reader.diagnostics.push(match fact.kind() {
        FactKind::Choice => {
            let values = fact.values.0.iter().map(|choice| choice.value.as_str());
            let message = format!("`{text}` is not one of the values of this fact");
            Diagnostic::of(&crate::yaml::UNKNOWN_VALUE, typed.span, message)
                .did_you_mean(text, values.clone())
                .edit(Edit::of_slip(text, values, typed.span))
        }
        FactKind::Date => unread.report(text, typed.span),
        FactKind::Number | FactKind::Text | FactKind::Document => {
            let message = format!("`{text}` is not a number");
            Diagnostic::of(&WRONG_VALUE, typed.span, message)
                .help("write digits only, with a point before decimals: `1200000`, `12.5`")
        }
    });
    false
}

/// Whether a text is a number as JSON has them, without an exponent: `-12.5`.
fn is_number(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = match text.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    is_digits(whole) && (whole == "0" || !whole.starts_with('0')) && decimals.is_none_or(is_digits)
}
