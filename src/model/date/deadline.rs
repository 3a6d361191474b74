//! When something is to be done.

use std::sync::Arc;

use chrono::{Days, Months, NaiveDate};
use serde_json::json;

use super::items::{DatePiece, items};
use super::numeric::{digits, numeric};
use super::{DATES, Date, ReadDate, Unread, reading};
use crate::vocabulary::{Axis, DateWord, Vocabulary};
use crate::yaml::{FromYaml, Reader, Schema, Value};

/// When something is to be done, and in which words its author said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What it means.
    pub kind: DeadlineKind,
    /// The words, where the meaning does not say all that they say: "Spring 2025", "within 6
    /// months". None where pages can say it in every language.
    pub words: Option<Arc<str>>,
}

/// What a deadline means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadlineKind {
    /// By the end of this date.
    By(Date),
    /// Within some time of a day. In a finished site it is a date, unless nobody gave that day.
    Within(Period),
    /// It goes on without an end.
    Ongoing,
    /// It is still to be set.
    Undecided,
    /// There is none.
    None,
}

/// A time allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Some days.
    Days(u32),
    /// Some months.
    Months(u32),
}

/// The most days or months allowed. A larger number is a typing mistake.
const LONGEST: u32 = 4000;

impl Deadline {
    /// There is none, and no words say so.
    pub const NONE: Self = Self { kind: DeadlineKind::None, words: None };

    /// The date, where it is one.
    pub fn date(&self) -> Option<Date> {
        self.kind.date()
    }

    /// The form for machines: the date, or the word.
    pub fn iso(&self) -> String {
        self.kind.iso()
    }

    /// The same, where a time allowed counts from this day.
    #[must_use]
    pub fn counted_from(&self, day: NaiveDate) -> Self {
        let kind = match self.kind {
            DeadlineKind::Within(period) => period
                .after(day)
                .map_or(DeadlineKind::Undecided, |day| DeadlineKind::By(Date::Day(day))),
            kind => kind,
        };
        Self { kind, words: self.words.clone() }
    }

    /// Reads a deadline: a date, a time allowed ("within 6 months"), or a word such as "ongoing".
    ///
    /// # Errors
    ///
    /// Why it is not read.
    pub fn read(text: &str, vocabulary: &Vocabulary) -> Result<Self, Unread> {
        let text = text.trim();
        // Most deadlines are dates in digits, and need no search for words.
        if let Some(Ok(ReadDate { date, is_exact: true })) = numeric(text) {
            return Ok(Self { kind: DeadlineKind::By(date), words: None });
        }
        if let Some(kind) = vocabulary.meaning(Axis::Deadline, text).and_then(undated) {
            return Ok(Self { kind, words: None });
        }
        let said = |kind| Ok(Self { kind, words: Some(text.into()) });
        let others = vocabulary.in_dates(text);
        let other = others.iter().find(|(word, _)| *word == DateWord::NoDate);
        if let Some(kind) = other.and_then(|(_, meaning)| undated(meaning)) {
            return said(kind);
        }
        match reading::read(text, vocabulary) {
            Ok(ReadDate { date, is_exact: true }) => {
                Ok(Self { kind: DeadlineKind::By(date), words: None })
            }
            Ok(ReadDate { date, .. }) => said(DeadlineKind::By(date)),
            Err(unread) => match items(text, vocabulary).and_then(|items| period(&items)) {
                Some(period) => said(DeadlineKind::Within(period)),
                None => Err(unread),
            },
        }
    }
}

impl DeadlineKind {
    /// The date, where it is one.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::By(date) => Some(date),
            Self::Within(_) | Self::Ongoing | Self::Undecided | Self::None => None,
        }
    }

    /// The form for machines: the date, the time allowed as a duration of ISO 8601, or the word.
    pub fn iso(self) -> String {
        match self {
            Self::By(date) => date.iso(),
            Self::Within(Period::Days(days)) => format!("P{days}D"),
            Self::Within(Period::Months(months)) => format!("P{months}M"),
            Self::Ongoing => "ongoing".to_owned(),
            Self::Undecided => "undecided".to_owned(),
            Self::None => "none".to_owned(),
        }
    }
}

impl Period {
    /// The last day of it, counted from a day.
    fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => day.checked_add_days(Days::new(days.into())),
            Self::Months(months) => day.checked_add_months(Months::new(months)),
        }
    }
}

fn undated(meaning: &str) -> Option<DeadlineKind> {
    match meaning {
        "ongoing" => Some(DeadlineKind::Ongoing),
        "undecided" => Some(DeadlineKind::Undecided),
        "none" => Some(DeadlineKind::None),
        _ => None,
    }
}

/// Reads a time allowed: "within 6 months", "six (6) months", "3–6 months of the date of the
/// report". Of two numbers the second counts, in the author's favour.
fn period(items: &[DatePiece<'_>]) -> Option<Period> {
    let number = |item: &DatePiece<'_>| match item {
        DatePiece::Number(text) => digits::<u32>(text),
        item => item.says(DateWord::Number).and_then(digits),
    };
    let opening = [DateWord::Within, DateWord::By, DateWord::About, DateWord::Filler];
    let start = items.iter().position(|item| number(item).is_some() || !item.is(&opening))?;
    let mut rest = &items[start..];
    let mut count = number(rest.first()?)?;
    rest = &rest[1..];
    match rest {
        // "six (6) months"
        [again, after @ ..] if !again.is(&[DateWord::Unit]) && number(again) == Some(count) => {
            rest = after;
        }
        [between, second, after @ ..]
            if matches!(between, DatePiece::Separator) || between.is(&[DateWord::To]) =>
        {
            match number(second) {
                Some(second) => (count, rest) = (second, after),
                // "6-month"
                None => rest = &rest[1..],
            }
        }
        _ => {}
    }
    let (unit, since) = rest.split_first()?;
    let ends = [DateWord::Since, DateWord::Filler];
    if !since.iter().all(|item| item.is(&ends)) {
        return None;
    }
    let period = match unit.says(DateWord::Unit)? {
        "day" => Period::Days(count),
        "week" => Period::Days(count.checked_mul(7)?),
        "month" => Period::Months(count),
        "year" => Period::Months(count.checked_mul(12)?),
        _ => return None,
    };
    let (Period::Days(length) | Period::Months(length)) = period;
    (1..=LONGEST).contains(&length).then_some(period)
}

impl FromYaml for Deadline {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.as_text() else {
            reader.expected("a date", value);
            return None;
        };
        let read = Self::read(text, reader.vocabulary);
        let report = |unread: Unread| {
            let mut diagnostic = unread.report(text, value.span);
            if let (Some(help), Unread::NotADate) = (&mut diagnostic.help, unread) {
                help.push_str(
                    ", or `within 6 months`, `ongoing`, `tbc`, `none`; other words can stand under \
                     `## Target date`",
                );
            }
            reader.diagnostics.push(diagnostic);
        };
        read.map_err(report).ok()
    }

    fn schema() -> Schema {
        let examples = [DATES.as_slice(), &["within 6 months", "ongoing", "tbc", "none"]].concat();
        json!({ "type": ["string", "number"], "examples": examples })
    }
}
