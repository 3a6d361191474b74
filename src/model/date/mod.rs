//! Dates, in every precision that reports use.

mod deadline;
mod items;
mod numeric;
mod reading;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::json;

use crate::diagnostics::{Diagnostic, Rule};
use crate::language::Words;
use crate::source::Span;
use crate::vocabulary::Vocabulary;
use crate::yaml::{FromYaml, Reader, Schema, Value};

pub use deadline::{Deadline, DeadlineKind, Period};

pub(crate) const UNREADABLE_DATE: Rule = Rule {
    code: "unreadable-date",
    summary: "something that is not a date, a day that does not exist, or a date with two meanings",
    explanation: "A date is as precise as you know it: `2020-12-31`, `2020-12`, `2020-Q4`, `2020`, \
                  `2020–2022`, or in words of the site's languages, `31 December 2020`, `Spring \
                  2020`, `end of 2020`, `December 2020 – March 2021`; a deadline may also be \
                  `within 6 months`, `ongoing`, `tbc` or `none`. A date in numbers is read where it \
                  can mean only one day, as `31/12/2020` does: 04/05/2020 is 4 May in some countries \
                  and 5 April in others.",
    wrong: &["deadline: 31 February 2020", "deadline: 04/05/2020", "deadline: before the summit"],
    right: &[
        "deadline: 2020-12-31",
        "deadline: December 2020",
        "deadline: 31/12/2020",
        "deadline: end of 2020",
    ],
    ..Rule::UNREAD
};

/// A date as precise as the author knew it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Date {
    /// `2020-12-31`
    Day(NaiveDate),
    /// `2020-12`
    Month {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// `2020-Q4`
    Quarter {
        /// The year.
        year: i32,
        /// 1 to 4.
        quarter: u32,
    },
    /// `2020`
    Year(i32),
    /// `2020–2022`
    Years {
        /// The first year.
        from: i32,
        /// The last year, which is later.
        to: i32,
    },
    /// `2025-03/2025-05`, from a day to a later one. What is a month, quarter, year or years is one
    /// of the above: [`Date::between`] sees to it.
    Range {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
}

/// A date as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ReadDate {
    date: Date,
    /// Whether the date says all that its words say: "30 Sep 2025" does, "Spring 2025" does not.
    is_exact: bool,
}

/// Why a text is not read as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It does not have the form of one.
    NotADate,
    /// It has, but there is no such day: 31 February.
    NoSuchDay,
    /// It could be either: 03/04/2020.
    Either(Date, Date),
}

impl ReadDate {
    fn exact(date: Date) -> Self {
        Self { date, is_exact: true }
    }
}

impl Date {
    /// Reads a date: ISO 8601 (`2020-12-31`, `2020-12`, `2020`), `2020-Q4`, `2020–2022`,
    /// `31/12/2020`, or in words of the site's languages (`31 December 2020`, `Dec. 2020`, `1st
    /// quarter 2018`, `Spring 2025`, `end of 2025`, `March – May 2025`).
    ///
    /// # Errors
    ///
    /// Why it is not read; `03/04/2020` is 3 April in some countries and 4 March in others.
    pub fn read(text: &str, vocabulary: &Vocabulary) -> Result<Self, Unread> {
        reading::read(text, vocabulary).map(|reading| reading.date)
    }

    /// The same without the reason.
    pub fn parse(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        Self::read(text, vocabulary).ok()
    }

    fn day(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::Day)
    }

    fn month(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self::Month { year, month })
    }

    fn quarter(year: i32, quarter: u32) -> Option<Self> {
        (1..=4).contains(&quarter).then_some(Self::Quarter { year, quarter })
    }

    /// From one day to another; none if the second is before the first.
    pub fn between(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        let next = last.checked_add_days(Days::new(1))?;
        if first > last {
            return None;
        }
        if first == last {
            return Some(Self::Day(first));
        }
        let range = Some(Self::Range { first, last });
        if first.day() != 1 || next.day() != 1 {
            return range;
        }
        let (year, month) = (first.year(), first.month());
        let months = (next.year() - year) * 12 + next.month().cast_signed() - month.cast_signed();
        match (months, month) {
            (1, _) => Self::month(year, month),
            (3, 1 | 4 | 7 | 10) => Self::quarter(year, month / 3 + 1),
            (12, 1) => Some(Self::Year(year)),
            (_, 1) if months % 12 == 0 => Some(Self::Years { from: year, to: last.year() }),
            _ => range,
        }
    }

    /// Some months, of which the first is a number of months after another.
    fn of_months(first: NaiveDate, after: u32, months: u32) -> Option<Self> {
        let first = first.checked_add_months(Months::new(after))?;
        let next = first.checked_add_months(Months::new(months))?;
        Self::between(first, next.pred_opt()?)
    }

    /// How many months it covers; none if it does not begin and end with a month.
    fn months(self) -> Option<u32> {
        let (first, next) = (self.first_day(), self.last_day().succ_opt()?);
        let months = (next.year() - first.year()) * 12 + next.month().cast_signed()
            - first.month().cast_signed();
        (first.day() == 1 && next.day() == 1).then(|| months.try_into().ok())?
    }

    /// The same part of the year before.
    fn a_year_before(self) -> Option<Self> {
        let before = |day: NaiveDate| day.checked_sub_months(Months::new(12));
        match self.months() {
            Some(months) => Self::of_months(before(self.first_day())?, 0, months),
            None => Self::between(before(self.first_day())?, before(self.last_day())?),
        }
    }

    /// The first day that it can mean.
    pub fn first_day(self) -> NaiveDate {
        let (year, month) = match self {
            Self::Day(day) | Self::Range { first: day, .. } => return day,
            Self::Month { year, month } => (year, month),
            Self::Quarter { year, quarter } => (year, quarter * 3 - 2),
            Self::Year(year) | Self::Years { from: year, .. } => (year, 1),
        };
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN)
    }

    /// The last day that it can mean: a deadline of "2020" has passed on 1 January 2021.
    pub fn last_day(self) -> NaiveDate {
        let months = match self {
            Self::Day(day) | Self::Range { last: day, .. } => return day,
            Self::Month { .. } => 1,
            Self::Quarter { .. } => 3,
            Self::Year(_) => 12,
            Self::Years { from, to } => u32::try_from(to - from + 1).unwrap_or(1) * 12,
        };
        let next = self.first_day().checked_add_months(Months::new(months));
        next.and_then(|day| day.checked_sub_days(Days::new(1))).unwrap_or(NaiveDate::MAX)
    }

    /// The ends of a range, as precise as it is.
    fn ends(first: NaiveDate, last: NaiveDate) -> [Self; 2] {
        let month = |day: NaiveDate| Self::Month { year: day.year(), month: day.month() };
        match (Self::Range { first, last }).months() {
            Some(_) => [month(first), month(last)],
            None => [Self::Day(first), Self::Day(last)],
        }
    }

    /// The form for machines: `2020-12-31`, `2020-12`, `2020-Q4`, `2020`, `2020/2022`,
    /// `2025-03/2025-05`.
    pub fn iso(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Month { year, month } => format!("{year}-{month:02}"),
            Self::Quarter { year, quarter } => format!("{year}-Q{quarter}"),
            Self::Year(year) => format!("{year}"),
            Self::Years { from, to } => format!("{from}/{to}"),
            Self::Range { first, last } => Self::ends(first, last).map(Self::iso).join("/"),
        }
    }

    /// The date in a language: "31 December 2020".
    pub fn in_words(self, words: &Words) -> String {
        let named = |list: &str, number: u32| {
            words.list(list).get(number as usize - 1).cloned().unwrap_or_else(|| number.to_string())
        };
        match self {
            Self::Day(day) => {
                let number = match day.day() {
                    1 => words.text("date.first_day").to_owned(),
                    number => number.to_string(),
                };
                let month = named("months_in_dates", day.month());
                let year = day.year().to_string();
                words.fill("date.day", &[("day", &number), ("month", &month), ("year", &year)])
            }
            Self::Month { year, month } => {
                let month = named("months", month);
                words.fill("date.month", &[("month", &month), ("year", &year.to_string())])
            }
            Self::Quarter { year, quarter } => {
                let quarter = named("quarters", quarter);
                words.fill("date.quarter", &[("quarter", &quarter), ("year", &year.to_string())])
            }
            Self::Year(year) => words.fill("date.year", &[("year", &year.to_string())]),
            Self::Years { from, to } => {
                words.fill("date.years", &[("from", &from.to_string()), ("to", &to.to_string())])
            }
            Self::Range { first, last } => {
                let [from, to] = Self::ends(first, last);
                let key = match from {
                    Self::Day(_) => "date.range_of_days",
                    _ => "date.range_of_months",
                };
                words.fill(key, &[("from", &from.in_words(words)), ("to", &to.in_words(words))])
            }
        }
    }

    /// The form to type where another could be read in two ways.
    fn plain_iso(self) -> String {
        match self {
            Self::Years { from, to } => format!("{from}–{to}"),
            _ => self.iso(),
        }
    }

    /// A day, month or years in English, the language of messages.
    fn in_english(self) -> String {
        match self {
            Self::Day(day) => day.format("%-d %B %Y").to_string(),
            Self::Month { .. } => self.first_day().format("%B %Y").to_string(),
            _ => self.plain_iso(),
        }
    }

    /// The value of HTML's `<time datetime>`, which allows only days, months and years.
    pub fn html(self) -> Option<String> {
        match self {
            Self::Day(_) | Self::Month { .. } | Self::Year(_) => Some(self.iso()),
            Self::Quarter { .. } | Self::Years { .. } | Self::Range { .. } => None,
        }
    }
}

const HELP: &str = "write it as `2020-12-31`, `2020-12`, `2020-Q4`, `2020` or `2020–2022`, or in \
                    words, as `Spring 2020` or `end of 2020`";

impl Unread {
    /// Reports it.
    pub(crate) fn report(self, text: &str, span: Span) -> Diagnostic {
        let text = text.trim();
        let (message, help) = match self {
            Self::NotADate => (format!("`{text}` is not a date"), HELP.to_owned()),
            Self::NoSuchDay => (format!("there is no day `{text}`"), HELP.to_owned()),
            Self::Either(one, other) => {
                let [one, other] = [one, other]
                    .map(|date| format!("`{}` for {}", date.plain_iso(), date.in_english()));
                (format!("`{text}` can be read in two ways"), format!("write {one}, or {other}"))
            }
        };
        Diagnostic::of(&UNREADABLE_DATE, span, message).help(help)
    }
}

impl FromYaml for Date {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.as_text() else {
            reader.expected("a date", value);
            return None;
        };
        let read = Self::read(text, reader.vocabulary);
        read.map_err(|unread| reader.diagnostics.push(unread.report(text, value.span))).ok()
    }

    fn schema() -> Schema {
        json!({ "type": ["string", "number"], "examples": DATES })
    }
}

/// Dates of every precision, as editors propose them.
const DATES: [&str; 7] =
    ["2020-12-31", "2020-12", "2020-Q4", "2020", "2020–2022", "Spring 2020", "end of 2020"];

/// A whole day, for dates of reporting.
impl FromYaml for NaiveDate {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        match Date::from_yaml(value, reader)? {
            Date::Day(day) => Some(day),
            _ => {
                reader.expected("a day such as `2020-12-31`", value);
                None
            }
        }
    }

    fn schema() -> Schema {
        json!({ "type": "string", "examples": ["2020-12-31"] })
    }
}

/// How many days there are between two days; negative when `to` is before `from`.
pub(crate) fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    i64::from(to.num_days_from_ce()) - i64::from(from.num_days_from_ce())
}

#[cfg(test)]
mod tests;
