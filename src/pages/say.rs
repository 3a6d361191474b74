//! What is said of dates, statuses and totals in words.

use crate::config::Config;
use crate::language::Words;
use crate::model::{Date, Deadline, Recommendation, Timeliness, Totals};
use crate::vocabulary::{Axis, AxisValue, Status};

/// A deadline in a language: a date, "Ongoing", "No deadline was set."
pub fn deadline(words: &Words, deadline: Deadline) -> String {
    match deadline {
        Deadline::By(date) => date.in_words(words),
        Deadline::Ongoing => words.text("deadline_text.ongoing").to_owned(),
        Deadline::Undecided => words.text("deadline_text.undecided").to_owned(),
        Deadline::None => words.text("deadline_text.none").to_owned(),
    }
}

/// The word for a value of an axis: the organisation's own, or else the language's.
pub fn value<T: AxisValue>(config: &Config, words: &Words, value: T) -> String {
    match own_word(config, words, value) {
        Some(own) => own.to_owned(),
        None => words.text(&format!("{}.{}", group(T::AXIS), key(value.name()))).to_owned(),
    }
}

/// The organisation's own word for a value.
fn own_word<'a, T: AxisValue>(config: &'a Config, words: &Words, value: T) -> Option<&'a str> {
    let own = config.vocabulary.as_ref()?.label(T::AXIS, value.name())?;
    own.in_language(&words.tag)
}

/// The name of an axis in the files of words.
fn group(axis: Axis) -> &'static str {
    match axis {
        Axis::Response => "response",
        Axis::Status => "status",
        Axis::Verification => "verification",
        Axis::Priority => "priority",
        _ => "",
    }
}

/// A name as a key of the files of words: "partially implemented" is `partially_implemented`.
pub fn key(name: &str) -> String {
    name.replace([' ', '-'], "_")
}

/// A name as a class of the stylesheet: `partially-implemented`.
pub fn class(name: &str) -> String {
    name.replace([' ', '_'], "-")
}

/// With a capital letter at the beginning.
pub fn capitalise(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// Timeliness with its days: "Overdue by 41 days".
pub fn timeliness(words: &Words, timeliness: Timeliness) -> String {
    let count = |key, days: i64| words.count(key, usize::try_from(days).unwrap_or(0));
    match timeliness {
        Timeliness::NoDeadline => words.text("timely.no_deadline").to_owned(),
        Timeliness::NotYetDue { days } => count("timely.not_yet_due", days),
        Timeliness::DueSoon { days: 0 } => words.text("timely.due_today").to_owned(),
        Timeliness::DueSoon { days } => count("timely.due_soon", days),
        Timeliness::Overdue { days } => count("timely.overdue", days),
        Timeliness::OnTime => words.text("timely.on_time").to_owned(),
        Timeliness::Late { days } => count("timely.late", days),
        Timeliness::NotAssessed => words.text("timely.not_assessed").to_owned(),
    }
}

/// Whether the timeliness alone says all of a deadline: that there is none.
pub fn is_no_deadline(recommendation: &Recommendation) -> bool {
    recommendation.deadline == Deadline::None && recommendation.timeliness == Timeliness::NoDeadline
}

/// The dates that made the timeliness so.
pub fn timeliness_reason(
    words: &Words,
    recommendation: &Recommendation,
    as_at: chrono::NaiveDate,
) -> String {
    let due = deadline(words, recommendation.deadline);
    let as_at = Date::Day(as_at).in_words(words);
    let implemented = recommendation.implemented.map(|day| day.in_words(words));
    let key = match (recommendation.timeliness, &implemented) {
        (Timeliness::NoDeadline, _) => return String::new(),
        (Timeliness::NotYetDue { .. } | Timeliness::DueSoon { .. }, _) => "timely_because.open",
        (Timeliness::Overdue { .. }, _) => "timely_because.overdue",
        (Timeliness::OnTime, Some(_)) => "timely_because.on_time",
        (Timeliness::OnTime, None) => "timely_because.on_time_ahead",
        (Timeliness::Late { .. }, _) => "timely_because.late",
        (Timeliness::NotAssessed, _) if recommendation.status == Status::Implemented => {
            "timely_because.no_date"
        }
        (Timeliness::NotAssessed, _) => "timely_because.closed",
    };
    let implemented = implemented.unwrap_or_default();
    words.fill(key, &[("deadline", &due), ("as_at", &as_at), ("implemented", &implemented)])
}

/// One sentence for a set of recommendations: "6 recommendations: all accepted; all implemented,
/// 1 continuing; none overdue."
pub fn summary(config: &Config, words: &Words, totals: &Totals) -> String {
    let total = totals.recommendations;
    let responses = totals.response.iter().map(|(r, n)| counted(config, words, *r, *n, total));
    let responses: Vec<String> = responses.collect();
    let statuses = totals.status.iter().map(|(s, n)| counted(config, words, *s, *n, total));
    let mut statuses: Vec<String> = statuses.collect();
    if totals.continuing > 0 {
        statuses.push(words.count("summary.continuing", totals.continuing));
    }
    let overdue = match totals.overdue() {
        0 => words.text("summary.none_overdue").to_owned(),
        n => words.count("summary.overdue", n),
    };
    let comma = words.text("list.comma");
    words.fill(
        "summary.sentence",
        &[
            ("recommendations", &words.count("summary.recommendations", total)),
            ("responses", &responses.join(comma)),
            ("statuses", &statuses.join(comma)),
            ("overdue", &overdue),
        ],
    )
}

/// So many recommendations with a value: "all accepted", "2 in progress", "3 Open".
fn counted<T: AxisValue>(
    config: &Config,
    words: &Words,
    value: T,
    n: usize,
    total: usize,
) -> String {
    let number = match n == total && n > 1 {
        true => words.text("summary.all").to_owned(),
        false => words.number(n),
    };
    match own_word(config, words, value) {
        Some(own) => format!("{number} {own}"),
        None => {
            let key = format!("counted_{}.{}", group(T::AXIS), key(value.name()));
            words.count_with(&key, n, &[("n", &number)])
        }
    }
}

/// A size as people read it: "12 kB", by thousands, as file managers do.
pub fn size(words: &Words, bytes: usize) -> String {
    match bytes {
        0..1_000_000 => words.count("size.kilobytes", bytes.div_ceil(1000)),
        _ => words.count("size.megabytes", bytes.div_ceil(1_000_000)),
    }
}
