//! Dates that are written in digits only.

use chrono::NaiveDate;

use super::{Date, ReadDate, Unread};

/// Years that a report can be about. A number outside this range is a typing mistake.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Reads `2020-12-31`, `31/12/2020`, `30.09.2025`, `2020-12`, `12/2020`, `2020-Q4`, `2020`,
/// `2020–2022`, `2025/26`. None where it has another form.
///
/// What stands first is told by its value: a year has four digits, no month is above 12. What can be
/// read in two ways is not read, except that `2020-12` is the month, as in ISO 8601.
pub(super) fn numeric(text: &str) -> Option<Result<ReadDate, Unread>> {
    let separator = text.chars().find(|c| is_separator(*c));
    let kind = separator.map(|c| if is_dash(c) { '-' } else { c });
    let is_same = |c: char| if is_dash(c) { kind == Some('-') } else { kind == Some(c) };
    if text.chars().any(|c| is_separator(c) && !is_same(c)) {
        return None;
    }
    let parts: Vec<&str> = text.split(is_separator).map(str::trim).collect();
    match parts.as_slice() {
        [year] => Some(Ok(ReadDate::exact(Date::Year(self::year(year)?)))),
        [first, second] => of_two(first, second, kind?),
        [first, second, third] => of_three(first, second, third),
        _ => None,
    }
}

fn of_two(first: &str, second: &str, separator: char) -> Option<Result<ReadDate, Unread>> {
    let exact = |date| Some(Ok(ReadDate::exact(date)));
    let Some(year) = self::year(first) else {
        let month = digits(first).filter(|_| first.len() <= 2)?;
        return exact(Date::month(self::year(second)?, month)?);
    };
    if let Some(quarter) = second.strip_prefix(['Q', 'q']) {
        return exact(Date::quarter(year, digits(quarter)?)?);
    }
    let number: i32 = digits(second)?;
    let month = u32::try_from(number).ok().and_then(|number| Date::month(year, number));
    let years = years_of(first, second).filter(|_| separator != '.');
    match (month.filter(|_| second.len() <= 2), years) {
        (Some(month), Some(years)) if separator == '/' => Some(Err(Unread::Either(month, years))),
        (Some(date), _) | (None, Some(date)) => exact(date),
        (None, None) => None,
    }
}

/// The years from one to another: `2020`, `2022`, or `2025`, `26`.
fn years_of(first: &str, second: &str) -> Option<Date> {
    let from = self::year(first)?;
    let to = match second.len() {
        // In `2021-22` the century is that of the first year.
        2 => from - from % 100 + digits::<i32>(second)?,
        _ => self::year(second)?,
    };
    (to > from).then_some(Date::Years { from, to })
}

/// The years of `2025/26`, whatever else it may mean: after a word such as "winter" it is years.
pub(super) fn years(text: &str) -> Option<Date> {
    let (first, second) = text.split_once(is_separator)?;
    years_of(first.trim(), second.trim())
}

fn of_three(first: &str, second: &str, third: &str) -> Option<Result<ReadDate, Unread>> {
    let day = |year: i32, month: &str, day: &str| {
        NaiveDate::from_ymd_opt(year, digits(month)?, digits(day)?).map(Date::Day)
    };
    let is_small = |text: &str, most: u32| {
        text.len() <= 2 && digits(text).is_some_and(|number: u32| (1..=most).contains(&number))
    };
    let is_possible = |month, day| is_small(month, 12) && is_small(day, 31);
    let (readings, is_possible) = match self::year(first) {
        Some(year) => ([day(year, second, third), None], is_possible(second, third)),
        None => {
            let year = self::year(third)?;
            if first.len() > 2 || second.len() > 2 {
                return None;
            }
            let readings = [day(year, second, first), day(year, first, second)];
            (readings, is_possible(second, first) || is_possible(first, second))
        }
    };
    match readings {
        [Some(day), Some(month)] if day != month => Some(Err(Unread::Either(day, month))),
        [Some(only), _] | [None, Some(only)] => Some(Ok(ReadDate::exact(only))),
        [None, None] => is_possible.then_some(Err(Unread::NoSuchDay)),
    }
}

/// Whether a character can stand between the numbers of a date.
pub(super) fn is_separator(c: char) -> bool {
    is_dash(c) || matches!(c, '/' | '.')
}

/// Whether a character is a hyphen or a dash.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// A year of four digits.
pub(super) fn year(text: &str) -> Option<i32> {
    (text.len() == 4).then(|| digits(text)).flatten().filter(|year| YEARS.contains(year))
}

/// A number of digits only: `parse` alone would accept `+5`.
pub(super) fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
