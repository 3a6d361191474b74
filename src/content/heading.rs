//! What a `##` heading says: which section begins, as at when, with which status.

use crate::diagnostics::{Diagnostic, Rule, nearest};
use crate::model::{Date, SectionKind};
use crate::source::Span;
use crate::vocabulary::{Axis, Status, Vocabulary};
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

/// The name of the responder whose answer or progress a section is, where its heading says so:
/// "Management response: Coast Guard", "Response of the Coast Guard", "Progress at 31 December 2024:
/// in progress (Coast Guard)". With it, the heading without the name.
pub(super) fn responder<'h>(
    heading: &'h str,
    vocabulary: &Vocabulary,
) -> Option<(&'h str, &'h str)> {
    let (meaning, rest) = vocabulary.prefix(Axis::Section, heading)?;
    match meaning {
        "response" => {
            let after = rest.trim_start();
            let after_sign = after.strip_prefix([':', '–', '—', '(', '-']);
            let is_filler = |word: &&str| vocabulary.meaning(Axis::DateFiller, word).is_some();
            let after_word = || {
                let (first, name) = after.split_once(' ')?;
                let second = name.split_once(' ').filter(|(word, _)| is_filler(word));
                is_filler(&first).then_some(second.map_or(name, |(_, name)| name))
            };
            let name = after_sign.or_else(after_word)?.trim().trim_end_matches(')').trim();
            let before = heading[..heading.len() - rest.len()].trim_end();
            (!name.is_empty()).then_some((before, name))
        }
        "progress" => {
            let (before, name) = heading.strip_suffix(')')?.rsplit_once('(')?;
            let (before, name) = (before.trim_end(), name.trim());
            let says_more = vocabulary.prefix(Axis::Section, before)?.1.len() > 1;
            let is_date = Date::parse(name, vocabulary).is_some();
            (says_more && !is_date && !name.is_empty()).then_some((before, name))
        }
        _ => None,
    }
}

/// Reads a heading: "Management response", "Progress at 31 December 2020: implemented".
///
/// Gives `Other` for an unknown heading, and reports it: a typing mistake must not make a
/// management response disappear from its column.
pub(super) fn read(
    heading: &str,
    span: Span,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> SectionKind {
    let plain = |meaning: &str| match meaning {
        "recommendation" => Some(SectionKind::Recommendation),
        "response" => Some(SectionKind::Response),
        "deadline" => Some(SectionKind::Deadline),
        "progress" => Some(SectionKind::Progress { date: None, status: None }),
        "other" => Some(SectionKind::Other),
        _ => None,
    };
    if let Some(kind) = vocabulary.meaning(Axis::Section, heading).and_then(plain) {
        return kind;
    }
    if let Some((before, _)) = responder(heading, vocabulary) {
        return read(before, span, vocabulary, diagnostics);
    }
    if let Some(("progress", rest)) = vocabulary.prefix(Axis::Section, heading)
        && let Some(kind) = dated_progress(rest, span, vocabulary, diagnostics)
    {
        return kind;
    }
    let message = format!("unknown section `{heading}`");
    let help = match nearest(heading, vocabulary.words(Axis::Section)) {
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
    let date = date.trim_start_matches(['(', ',', '-', '–', '—', ' ']).trim_end_matches(')');
    let after_at = vocabulary.prefix(Axis::At, date).map(|(_, rest)| rest.trim());
    match Date::parse(after_at.unwrap_or(date), vocabulary) {
        Some(date) => Some(SectionKind::Progress { date: Some(date), status }),
        None => {
            let text = after_at?;
            let help = "write it like `## Progress at 31 December 2020: implemented`";
            diagnostics.push(crate::model::unreadable_date(text, span).help(help));
            Some(SectionKind::Progress { date: None, status })
        }
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
        let kind = read(heading, Span::top(FileId(0)), &vocabulary, &mut diagnostics);
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
            ("Progress at 31 December 2024: in progress (Agency A)", Some("Agency A")),
            ("Management response", None),
            ("Progress (2020)", None),
            ("Progress at 31 December 2024: in progress", None),
        ] {
            assert_eq!(responder(heading, &vocabulary).map(|(_, name)| name), name, "{heading}");
            assert!(!matches!(read_all(heading).0, SectionKind::Other), "{heading}");
        }
    }

    #[test]
    fn what_is_not_understood_is_reported() {
        assert_eq!(read_all("Managment response"), (SectionKind::Other, vec!["unknown-section"]));
        assert_eq!(
            read_all("Progress report annex"),
            (SectionKind::Other, vec!["unknown-section"])
        );
        assert_eq!(
            read_all("Progress at 31 Dezember 2020: implemented"),
            (progress("", Some(Status::Implemented)), vec!["unreadable-date"])
        );
        assert_eq!(read_all("Progress at 2020: finished").1, ["unknown-value"]);
    }
}
