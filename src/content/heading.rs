//! What a `##` heading says: which section begins, as at when, with which status.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, Rule, nearest};
use crate::model::{Date, SectionKind, Unread};
use crate::source::Span;
use crate::vocabulary::{Axis, DateWord, Response, Status, Vocabulary, fold};
use crate::yaml::unknown_value;

pub(crate) const UNKNOWN_SECTION: Rule = Rule {
    code: "unknown-section",
    summary: "a heading with two `#` in a recommendation that does not name a known section",
    explanation: "The text under `## Managment response` would be missing from the column of \
                  responses. Correct the heading, or name it under `sections` in \
                  `content/site.yaml`.",
    wrong: &["\n## Recomendation\n\nThe list should be published."],
    right: &["\n## Recommendation\n\nThe list should be published."],
    ..Rule::WARNING
};

/// The units that a heading can name.
#[derive(Debug, Clone)]
pub(super) enum Responders {
    /// Those that the front matter names as responsible, in one spelling.
    Named(BTreeSet<String>),
    /// Any: a translation may call them by other names.
    Any,
}

impl Responders {
    /// Whether it is one of them.
    fn has(&self, name: &str) -> bool {
        match self {
            Self::Named(names) => names.contains(&fold(name)),
            Self::Any => true,
        }
    }
}

/// The name of the responder whose answer or progress a section is, where its heading says so:
/// "Management response: Coast Guard", "Response of the Coast Guard", "Progress at 31 December 2024:
/// in progress (Coast Guard)". With it, the part of the heading that says what the section is.
///
/// Only after a colon is a name taken for one that is not among those responsible: it may be misspelled.
pub(super) fn responder<'h>(
    heading: &'h str,
    vocabulary: &Vocabulary,
    responders: &Responders,
) -> Option<(&'h str, &'h str)> {
    if vocabulary.meaning(Axis::Section, heading).is_some() {
        return None;
    }
    let is_date = |name: &str| Date::parse(name, vocabulary).is_some();
    let known =
        |name: &'h str| Some(name.trim()).filter(|name| responders.has(name) && !is_date(name));
    match vocabulary.prefix(Axis::Section, heading) {
        Some(("response", rest)) => {
            let before = heading[..heading.len() - rest.len()].trim_end();
            let kind = before.trim_end_matches(['–', '—', '-', ' ']);
            let after = rest.trim_start();
            if let Some(name) = after.strip_prefix(':') {
                let name = name.trim();
                let is_word = vocabulary.value::<Response>(name).is_some()
                    || vocabulary.value::<Status>(name).is_some()
                    || is_date(name);
                return (!is_word && name.contains(char::is_alphabetic)).then_some((kind, name));
            }
            let bare = after.trim_start_matches(['–', '—', '-', '(']);
            let is_set_apart = bare.len() < after.len() || kind.len() < before.len();
            let name = bare.trim_end().trim_end_matches(')');
            if let (true, Some(name)) = (is_set_apart, known(name)) {
                return Some((kind, name));
            }
        }
        Some(("progress", _)) => {
            let (before, name) = heading.strip_suffix(')')?.rsplit_once('(')?;
            return known(name).map(|name| (before.trim_end(), name));
        }
        _ => {}
    }
    let (_, rest) = vocabulary.prefix(Axis::HeadingBegins, heading)?;
    let filler = Axis::Date(DateWord::Filler);
    let bare = vocabulary.prefix(filler, rest.trim_start()).map(|(_, name)| name);
    let name = bare.and_then(known).or_else(|| known(rest))?;
    let has_name = name.contains(char::is_alphabetic);
    has_name.then_some((heading, name))
}

/// Reads a heading: "Management response", "Progress at 31 December 2020: implemented".
///
/// Gives `Other` for an unknown heading, and reports it: a typing mistake must not make a
/// management response disappear from its column.
pub(super) fn read(
    heading: &str,
    span: Span,
    vocabulary: &Vocabulary,
    responders: &Responders,
    diagnostics: &mut Vec<Diagnostic>,
) -> SectionKind {
    if let Some(kind) = vocabulary.meaning(Axis::Section, heading).and_then(plain) {
        return kind;
    }
    let dated = match vocabulary.prefix(Axis::Section, heading) {
        // "Auditor's assessment (March 2025)"
        Some((meaning, rest)) if date_of(rest, vocabulary).is_some_and(|date| date.is_ok()) => {
            plain(meaning).filter(|kind| !matches!(kind, SectionKind::Progress { .. }))
        }
        _ => None,
    };
    if let Some(kind) = dated {
        return kind;
    }
    if let Some((before, _)) = responder(heading, vocabulary, responders)
        && before.len() < heading.len()
    {
        return read(before, span, vocabulary, responders, diagnostics);
    }
    if let Some(("progress", rest)) = vocabulary.prefix(Axis::Section, heading)
        && let Some(kind) = dated_progress(rest, span, vocabulary, diagnostics)
    {
        return kind;
    }
    if let Some(kind) = of_somebody(heading, vocabulary) {
        return kind;
    }
    let message = format!("unknown section `{heading}`");
    let known = vocabulary.words(Axis::Section).filter(|known| is_slip(heading, known));
    let help = match nearest(heading, known) {
        Some(near) => format!("did you mean `## {near}`?"),
        None => "use `## Recommendation`, `## Management response` or \
                 `## Progress at 31 December 2020: implemented`, or name the heading under \
                 `sections` in `content/site.yaml`"
            .to_owned(),
    };
    diagnostics.push(Diagnostic::of(&UNKNOWN_SECTION, span, message).help(help));
    SectionKind::Other
}

/// Whether a text that is not a `##` heading was most probably meant as one.
pub(super) fn was_meant(text: &str, vocabulary: &Vocabulary) -> bool {
    let meaning = vocabulary.meaning(Axis::Section, text);
    let is_dated = || match vocabulary.prefix(Axis::Section, text) {
        Some(("progress", rest)) => {
            let date = rest.split(':').next().unwrap_or(rest).trim();
            let after_at = vocabulary.prefix(Axis::At, date).map(|(_, rest)| rest.trim());
            after_at.is_some_and(|date| Date::parse(date, vocabulary).is_some())
        }
        _ => false,
    };
    meaning.is_some_and(|meaning| meaning != "other") || is_dated()
}

/// What follows the word "Progress": "at DATE", "at DATE: STATUS" or ": STATUS". None when it is
/// something else altogether.
fn dated_progress(
    rest: &str,
    span: Span,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<SectionKind> {
    let (date, status) = match rest.split_once(':') {
        Some((date, status)) => (date.trim(), Some(status.trim())),
        None => (rest.trim(), None),
    };
    let status = status.and_then(|word| {
        let found = vocabulary.value(word);
        if found.is_none() {
            diagnostics.push(unknown_value::<Status>(word, span, vocabulary));
        }
        found
    });
    if date.is_empty() {
        return Some(SectionKind::Progress { date: None, status });
    }
    match date_of(date, vocabulary)? {
        Ok(date) => Some(SectionKind::Progress { date: Some(date), status }),
        Err((unread, text)) => {
            let mut diagnostic = unread.report(text, span);
            if unread == Unread::NotADate {
                diagnostic =
                    diagnostic.help("write it like `## Progress at 31 December 2020: implemented`");
            }
            diagnostics.push(diagnostic);
            Some(SectionKind::Progress { date: None, status })
        }
    }
}

/// The date that a heading ends with: "at 31 December 2020", "(2020)", or what is wrong with it. None
/// when it is something else altogether: without a digit it is words, such as "in the regions".
fn date_of<'h>(rest: &'h str, vocabulary: &Vocabulary) -> Option<Result<Date, (Unread, &'h str)>> {
    let date = rest.trim().trim_start_matches(['(', ',', '-', '–', '—', ' ']).trim_end_matches(')');
    let after_at = vocabulary.prefix(Axis::At, date).map(|(_, rest)| rest.trim());
    let text = after_at.unwrap_or(date);
    // "By the end of 2024": what stands before the date may belong to it.
    match Date::read(text, vocabulary)
        .or_else(|unread| Date::read(date, vocabulary).map_err(|_| unread))
    {
        Ok(date) => Some(Ok(date)),
        Err(Unread::NotADate)
            if after_at.is_none() || !text.contains(|c: char| c.is_ascii_digit()) =>
        {
            None
        }
        Err(unread) => Some(Err((unread, text))),
    }
}

/// A response, whoever responds: "Response of the Government", "Agency X's response". The answer of
/// an auditor to a response is not one: "External auditor's response" ends with a known heading.
fn of_somebody(heading: &str, vocabulary: &Vocabulary) -> Option<SectionKind> {
    let begins = vocabulary.prefix(Axis::HeadingBegins, heading);
    let is_response = begins.is_some_and(|(_, rest)| rest.contains(char::is_alphabetic))
        || vocabulary.suffix(Axis::HeadingEnds, heading).is_some();
    is_response.then(|| match vocabulary.suffix(Axis::Section, heading) {
        Some("other") => SectionKind::Other,
        _ => SectionKind::Response,
    })
}

/// Whether one heading can be a slip for another: as many words, and nearly the same letters.
/// "Finding" is none for "Finding and recommendation", which would be another section.
fn is_slip(typed: &str, known: &str) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    words(typed) == words(known)
        && strsim::normalized_damerau_levenshtein(&fold(typed), &fold(known)) > 0.75
}

fn plain(meaning: &str) -> Option<SectionKind> {
    match meaning {
        "recommendation" => Some(SectionKind::Recommendation),
        "response" => Some(SectionKind::Response),
        "deadline" => Some(SectionKind::Deadline),
        "progress" => Some(SectionKind::Progress { date: None, status: None }),
        "other" => Some(SectionKind::Other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Languages;
    use crate::source::{FileId, Input};
    use crate::vocabulary::Worded;

    fn read_all(heading: &str) -> (SectionKind, Vec<&'static str>) {
        let today = chrono::NaiveDate::default();
        let input = Input::new(Vec::new(), today);
        let mut vocabulary = Vocabulary::default();
        let tags = ["en", "fr", "ru"].map(str::to_owned);
        Languages::read(&input, &mut Vec::new()).teach(&tags, &mut vocabulary);
        let mut diagnostics = Vec::new();
        let names = ["Coast Guard", "Agency A"].map(fold).into_iter().collect();
        let responders = Responders::Named(names);
        let kind = read(heading, Span::top(FileId(0)), &vocabulary, &responders, &mut diagnostics);
        (kind, diagnostics.into_iter().map(|d| d.code()).collect())
    }

    fn progress(date: &str, status: Option<Status>) -> SectionKind {
        let date = Date::parse(date, &Vocabulary::default());
        SectionKind::Progress { date, status: status.map(|meaning| Worded { meaning, own: None }) }
    }

    #[test]
    fn headings_are_understood_in_three_languages() {
        let implemented = Some(Status::Implemented);
        for (heading, kind) in [
            ("Recommendation", SectionKind::Recommendation),
            ("RECOMMANDATION", SectionKind::Recommendation),
            ("Рекомендация", SectionKind::Recommendation),
            ("Management response", SectionKind::Response),
            ("Réponse de l’administration", SectionKind::Response),
            ("Ответ руководства", SectionKind::Response),
            ("Target date/deadline", SectionKind::Deadline),
            ("Progress", progress("", None)),
            ("Progress at 31 December 2020: implemented", progress("2020-12-31", implemented)),
            ("Progress as at December 2020", progress("2020-12", None)),
            ("Progress: in progress", progress("", Some(Status::InProgress))),
            ("Progress (2020)", progress("2020", None)),
            (
                "Progress at 30 Sep 2025: in progress",
                progress("2025-09-30", Some(Status::InProgress)),
            ),
            ("Progress by end of 2024", progress("2024-12", None)),
            ("Update (December 2024)", progress("2024-12", None)),
            ("Update at 31/12/2024", progress("2024-12-31", None)),
            ("Update", progress("", None)),
            ("Mise à jour (décembre 2024)", progress("2024-12", None)),
            ("Обновленная информация (декабрь 2024 года)", progress("2024-12", None)),
            ("Finding", SectionKind::Other),
            ("Constatations", SectionKind::Other),
            ("Обоснование", SectionKind::Other),
            ("Auditor’s assessment", SectionKind::Other),
            ("Auditor's assessment (March 2025)", SectionKind::Other),
            ("Évaluation du vérificateur", SectionKind::Other),
            ("Оценка аудитора", SectionKind::Other),
            ("Government response", SectionKind::Response),
            ("Government response (March 2025)", SectionKind::Response),
            ("Response of the Government of Xanadu", SectionKind::Response),
            ("The Agency’s response", SectionKind::Response),
            ("Réponse du Gouvernement du Xanadu", SectionKind::Response),
            ("Ответ правительства", SectionKind::Response),
            ("External auditor's response", SectionKind::Other),
            ("Progrès au 31 décembre 2020 : appliquée", progress("2020-12-31", implemented)),
            (
                "Ход выполнения на 31 декабря 2020 года: выполнена",
                progress("2020-12-31", implemented),
            ),
        ] {
            assert_eq!(read_all(heading), (kind, vec![]), "{heading}");
        }
    }

    #[test]
    fn a_heading_names_a_responder() {
        let today = chrono::NaiveDate::default();
        let mut vocabulary = Vocabulary::default();
        let tags = ["en", "fr"].map(str::to_owned);
        let input = Input::new(Vec::new(), today);
        Languages::read(&input, &mut Vec::new()).teach(&tags, &mut vocabulary);
        for (heading, name) in [
            ("Management response: Coast Guard", Some("Coast Guard")),
            ("Response of the Coast Guard", Some("Coast Guard")),
            ("Réponse de l’administration : Garde côtière", Some("Garde côtière")),
            ("Management response (Coast Guard)", Some("Coast Guard")),
            ("Management response – Coast Guard", Some("Coast Guard")),
            ("Management response: Coast Gard", Some("Coast Gard")),
            ("Management response: accepted", None),
            ("Management response (March 2025)", None),
            ("Progress at 31 December 2024: in progress (Agency A)", Some("Agency A")),
            ("Management response", None),
            ("Progress (2020)", None),
            ("Progress at 31 December 2024: in progress", None),
        ] {
            let names = ["Coast Guard", "Garde côtière", "Agency A"].map(fold);
            let responders = Responders::Named(names.into_iter().collect());
            let found = responder(heading, &vocabulary, &responders);
            assert_eq!(found.map(|(_, name)| name), name, "{heading}");
        }
    }

    #[test]
    fn what_is_not_understood_is_reported() {
        assert_eq!(read_all("Managment response"), (SectionKind::Other, vec!["unknown-section"]));
        assert_eq!(
            read_all("Progress report annex"),
            (SectionKind::Other, vec!["unknown-section"])
        );
        assert_eq!(read_all("Progress in the regions").1, ["unknown-section"]);
        assert_eq!(read_all("Emergency response").1, ["unknown-section"]);
        assert_eq!(read_all("Update at 03/04/2020").1, ["unreadable-date"]);
        assert_eq!(
            read_all("Progress at 31 Dezember 2020: implemented"),
            (progress("", Some(Status::Implemented)), vec!["unreadable-date"])
        );
        assert_eq!(read_all("Progress at 2020: finished").1, ["unknown-value"]);
    }
}
