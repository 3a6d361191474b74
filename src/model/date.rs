//! Dates, in every precision that reports use.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::json;

use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::language::Words;
use crate::vocabulary::{Axis, Vocabulary, fold};
use crate::yaml::{FromYaml, Reader, Schema, Value};

pub(crate) const UNREADABLE_DATE: Rule = Rule {
    code: "unreadable-date",
    summary: "something that is not a date, or a day that does not exist",
    explanation: "A date is as precise as you know it: `2020-12-31`, `2020-12`, `2020-Q4`, `2020`, \
                  `2020–2022`, or in words, `31 December 2020`. Dates with slashes are not read, \
                  because 04/05/2020 is 4 May in some countries and 5 April in others.",
    wrong: &["deadline: 31 February 2020", "deadline: 31/12/2020"],
    right: &["deadline: 2020-12-31", "deadline: December 2020"],
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
}

/// When something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// By the end of this date.
    By(Date),
    /// It goes on without an end.
    Ongoing,
    /// It is still to be set.
    Undecided,
    /// There is none.
    None,
}

/// Years that a report can be about. A number outside this range is a typing mistake.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

impl Date {
    /// Reads a date: ISO 8601 (`2020-12-31`, `2020-12`, `2020`), `2020-Q4`, `2020–2022`, or with
    /// the name of a month or the word "quarter" in a language of the site
    /// (`31 December 2020`, `December 2020`, `1st quarter 2018`).
    ///
    /// `31/12/2020` is not read: 04/05/2020 is 4 May in some countries and 5 April in others.
    pub fn parse(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let text = text.trim();
        Self::parse_iso(text).or_else(|| Self::parse_words(text, vocabulary))
    }

    fn parse_iso(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text
            .split(['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '/'])
            .map(str::trim)
            .collect();
        match parts.as_slice() {
            [year] => Some(Self::Year(self::year(year)?)),
            [first, second] if !text.contains('/') || second.len() == 4 => {
                let year = self::year(first)?;
                if let Some(quarter) = second.strip_prefix(['Q', 'q']) {
                    return Self::quarter(year, quarter.parse().ok()?);
                }
                match second.len() {
                    // In `2021-22` the second number is not a month, so it can only be a year.
                    2 => {
                        let number: u32 = digits(second)?;
                        Self::month(year, number).or_else(|| {
                            let to = year - year % 100 + i32::try_from(number).ok()?;
                            (to > year).then_some(Self::Years { from: year, to })
                        })
                    }
                    4 => {
                        let to = self::year(second)?;
                        (to > year).then_some(Self::Years { from: year, to })
                    }
                    _ => None,
                }
            }
            [year, month, day] if year.len() == 4 && !text.contains('/') => {
                let day = NaiveDate::from_ymd_opt(self::year(year)?, digits(month)?, digits(day)?);
                day.map(Self::Day)
            }
            _ => None,
        }
    }

    fn parse_words(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let tokens: Vec<&str> = text
            .split([' ', '\u{a0}', '\u{202f}', ',', '\t'])
            .map(str::trim)
            .filter(|token| !token.is_empty())
            .filter(|token| vocabulary.meaning(Axis::DateFiller, token).is_none())
            .collect();
        let month = |token| vocabulary.meaning(Axis::Month, token)?.parse::<u32>().ok();
        let is_quarter = |token| vocabulary.meaning(Axis::Quarter, token).is_some();
        match tokens.as_slice() {
            [name, year] if month(name).is_some() => Self::month(self::year(year)?, month(name)?),
            [quarter, year] if quarter.starts_with(['Q', 'q']) => {
                let number = quarter.trim_start_matches(['Q', 'q']);
                Self::quarter(self::year(year)?, digits(number)?)
            }
            [day, name, year] if month(name).is_some() => {
                Self::day(self::year(year)?, month(name)?, ordinal(day)?)
            }
            [name, day, year] if month(name).is_some() => {
                Self::day(self::year(year)?, month(name)?, ordinal(day)?)
            }
            [number, word, year] if is_quarter(word) => {
                let number = match fold(number).as_str() {
                    "i" => 1,
                    "ii" => 2,
                    "iii" => 3,
                    "iv" => 4,
                    _ => ordinal(number)?,
                };
                Self::quarter(self::year(year)?, number)
            }
            // What is left of "2020 год" without the filler word.
            [year] => Self::parse_iso(year),
            _ => None,
        }
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

    /// The first day that it can mean.
    pub fn first_day(self) -> NaiveDate {
        let (year, month) = match self {
            Self::Day(day) => return day,
            Self::Month { year, month } => (year, month),
            Self::Quarter { year, quarter } => (year, quarter * 3 - 2),
            Self::Year(year) | Self::Years { from: year, .. } => (year, 1),
        };
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN)
    }

    /// The last day that it can mean: a deadline of "2020" has passed on 1 January 2021.
    pub fn last_day(self) -> NaiveDate {
        let months = match self {
            Self::Day(day) => return day,
            Self::Month { .. } => 1,
            Self::Quarter { .. } => 3,
            Self::Year(_) => 12,
            Self::Years { from, to } => u32::try_from(to - from + 1).unwrap_or(1) * 12,
        };
        let next = self.first_day().checked_add_months(Months::new(months));
        next.and_then(|day| day.checked_sub_days(Days::new(1))).unwrap_or(NaiveDate::MAX)
    }

    /// The form for machines: `2020-12-31`, `2020-12`, `2020-Q4`, `2020`, `2020/2022`.
    pub fn iso(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Month { year, month } => format!("{year}-{month:02}"),
            Self::Quarter { year, quarter } => format!("{year}-Q{quarter}"),
            Self::Year(year) => format!("{year}"),
            Self::Years { from, to } => format!("{from}/{to}"),
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
        }
    }

    /// The value of HTML's `<time datetime>`, which allows only days, months and years.
    pub fn html(self) -> Option<String> {
        match self {
            Self::Day(_) | Self::Month { .. } | Self::Year(_) => Some(self.iso()),
            Self::Quarter { .. } | Self::Years { .. } => None,
        }
    }
}

impl Deadline {
    /// The date, where it is one.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::By(date) => Some(date),
            Self::Ongoing | Self::Undecided | Self::None => None,
        }
    }

    /// The form for machines: the date, or the word.
    pub fn iso(self) -> String {
        match self {
            Self::By(date) => date.iso(),
            Self::Ongoing => "ongoing".to_owned(),
            Self::Undecided => "undecided".to_owned(),
            Self::None => "none".to_owned(),
        }
    }
}

fn year(text: &str) -> Option<i32> {
    (text.len() == 4).then(|| digits(text)).flatten().filter(|year| YEARS.contains(year))
}

/// A number of digits only: `parse` alone would accept `+5`.
fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// The number of "1", "1st", "1er", "1-й", "31.".
fn ordinal(text: &str) -> Option<u32> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (length > 0 && text[length..].chars().count() <= 3).then(|| text[..length].parse().ok())?
}

/// The only day that a date of three numbers can mean: the year has four digits, and the day can be
/// told from the month by its value or place. `31/12/2020` is one day, `04/05/2020` may be two.
fn unambiguous(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.trim().split(['/', '.']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let day = |year: &str, month: &str, day: &str| {
        NaiveDate::from_ymd_opt(self::year(year)?, digits(month)?, digits(day)?)
    };
    if first.len() == 4 {
        return day(first, second, third);
    }
    match (day(third, second, first), day(third, first, second)) {
        (Some(a), Some(b)) if a == b => Some(a),
        (Some(only), None) | (None, Some(only)) => Some(only),
        _ => None,
    }
}

const HELP: &str = "write it as `2020-12-31`, `2020-12`, `2020-Q4`, `2020` or `2020–2022`";

/// Reports a date that cannot be read, with the reason where there is one.
pub(crate) fn unreadable_date(text: &str, span: crate::source::Span) -> Diagnostic {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let no_such_day = match parts.as_slice() {
        [year, month, day] => {
            let date = (self::year(year), digits::<u32>(month), digits::<u32>(day));
            matches!(date, (Some(_), Some(1..=12), Some(_)))
        }
        _ => false,
    };
    let message = if no_such_day {
        format!("there is no day `{}`", text.trim())
    } else {
        format!("`{}` is not a date", text.trim())
    };
    Diagnostic::of(&UNREADABLE_DATE, span, message).help(HELP)
}

impl FromYaml for Date {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.as_text() else {
            reader.expected("a date", value);
            return None;
        };
        let date = Self::parse(text, reader.vocabulary);
        if date.is_none() {
            let edit = unambiguous(text).map(|day| Edit {
                span: value.span,
                instead_of: text.to_owned(),
                replacement: day.to_string(),
            });
            reader.diagnostics.push(unreadable_date(text, value.span).edit(edit));
        }
        date
    }

    fn schema() -> Schema {
        json!({ "type": ["string", "number"], "examples": DATES })
    }
}

/// Dates of every precision, as editors propose them.
const DATES: [&str; 5] = ["2020-12-31", "2020-12", "2020-Q4", "2020", "2020–2022"];

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

impl FromYaml for Deadline {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let word = value.as_text().and_then(|text| reader.vocabulary.meaning(Axis::Deadline, text));
        match word {
            Some("ongoing") => Some(Self::Ongoing),
            Some("undecided") => Some(Self::Undecided),
            Some("none") => Some(Self::None),
            _ => {
                let before = reader.diagnostics.len();
                let date = Date::from_yaml(value, reader);
                if let Some(diagnostic) = reader.diagnostics.get_mut(before)
                    && diagnostic.rule == &UNREADABLE_DATE
                {
                    diagnostic.help = Some(format!("{HELP}, or `ongoing`, `tbc`, `none`"));
                }
                date.map(Self::By)
            }
        }
    }

    fn schema() -> Schema {
        let examples = [DATES.as_slice(), &["ongoing", "tbc", "none"]].concat();
        json!({ "type": ["string", "number"], "examples": examples })
    }
}

/// How many days there are between two days; negative when `to` is before `from`.
pub(crate) fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    i64::from(to.num_days_from_ce()) - i64::from(from.num_days_from_ce())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for (axis, word, meaning) in [
            (Axis::Month, "December", "12"),
            (Axis::Month, "декабря", "12"),
            (Axis::Month, "août", "8"),
            (Axis::Quarter, "quarter", "quarter"),
            (Axis::Quarter, "trimestre", "trimestre"),
            (Axis::DateFiller, "года", "года"),
            (Axis::DateFiller, "of", "of"),
        ] {
            vocabulary.add(axis, word, meaning);
        }
        vocabulary
    }

    #[test]
    fn every_precision_is_read() {
        let vocabulary = vocabulary();
        for (text, iso) in [
            ("2020-12-31", "2020-12-31"),
            ("2020-12", "2020-12"),
            ("2020-Q4", "2020-Q4"),
            ("Q4 2020", "2020-Q4"),
            ("2020", "2020"),
            ("2020 года", "2020"),
            ("2022–2024", "2022/2024"),
            ("2022-2024", "2022/2024"),
            ("2022/2024", "2022/2024"),
            ("2021-22", "2021/2022"),
            ("31 December 2020", "2020-12-31"),
            ("December 31, 2020", "2020-12-31"),
            ("31 декабря 2020 года", "2020-12-31"),
            ("1er août 2020", "2020-08-01"),
            ("december 2020", "2020-12"),
            ("1st Quarter, 2018", "2018-Q1"),
            ("third quarter 2018", ""),
            ("IV quarter of 2018", "2018-Q4"),
            ("1er trimestre 2018", "2018-Q1"),
            ("2020-02-30", ""),
            ("–Q4 2020", ""),
            ("31/12/2020", ""),
            ("2020/12", ""),
            ("12/2020", ""),
            ("2024-2022", ""),
            ("20-12-31", ""),
            ("+020-12-31", ""),
            ("spring 2020", ""),
            ("", ""),
        ] {
            let read = Date::parse(text, &vocabulary).map_or(String::new(), Date::iso);
            assert_eq!(read, iso, "{text}");
        }
    }

    #[test]
    fn only_one_day_is_mended() {
        for (text, day) in [
            ("31/12/2020", Some("2020-12-31")),
            ("12/31/2020", Some("2020-12-31")),
            ("31.12.2020", Some("2020-12-31")),
            ("2020/12/31", Some("2020-12-31")),
            ("05/05/2020", Some("2020-05-05")),
            ("04/05/2020", None),
            ("31/02/2020", None),
            ("31/12/20", None),
        ] {
            assert_eq!(unambiguous(text).map(|day| day.to_string()).as_deref(), day, "{text}");
        }
    }

    #[test]
    fn a_date_covers_its_days() {
        let vocabulary = vocabulary();
        for (text, first, last) in [
            ("2020-02", "2020-02-01", "2020-02-29"),
            ("2020-Q4", "2020-10-01", "2020-12-31"),
            ("2020", "2020-01-01", "2020-12-31"),
            ("2022–2024", "2022-01-01", "2024-12-31"),
        ] {
            let date = Date::parse(text, &vocabulary).unwrap();
            assert_eq!(
                (date.first_day().to_string(), date.last_day().to_string()),
                (first.into(), last.into())
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "\\PC{0,40}") {
            if let Some(date) = Date::parse(&text, &vocabulary()) {
                proptest::prop_assert!(date.first_day() <= date.last_day());
            }
        }

        #[test]
        fn what_is_written_is_read_again(year in 1900i32..2200, month in 1u32..=12, day in 1u32..=28) {
            let date = Date::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap());
            proptest::prop_assert_eq!(Date::parse(&date.iso(), &vocabulary()), Some(date));
        }
    }
}
