//! Reads dates in words, as people write them.
//!
//! The words are those of the language files: nothing here knows any.

use chrono::{Datelike as _, Days, NaiveDate};

use super::items::{DatePiece, items};
use super::numeric::{self, digits, numeric};
use super::{Date, ReadDate, Unread};
use crate::vocabulary::{DateWord, Vocabulary};

type Read = Result<ReadDate, Unread>;

/// Reads a date in digits or words.
pub(super) fn read(text: &str, vocabulary: &Vocabulary) -> Read {
    let text = text.trim();
    if let Some(read) = numeric(text) {
        return read;
    }
    limit(&items(text, vocabulary).ok_or(Unread::NotADate)?)
}

/// A date, perhaps said to be a limit: "by March 2025", "before 2026".
///
/// "Before" a month, or anything longer, ends on the day before it begins. "Before" a day, or the
/// end of something, includes it, in the author's favour: many languages use it that way.
fn limit(mut items: &[DatePiece<'_>]) -> Read {
    let (mut is_before, mut is_about) = (false, false);
    while let [first, rest @ ..] = items
        && first.is(&[DateWord::By, DateWord::Before, DateWord::About])
    {
        is_before |= first.is(&[DateWord::Before]);
        is_about |= first.is(&[DateWord::About]);
        items = rest;
    }
    while let [rest @ .., last] = items
        && last.is(&[DateWord::By, DateWord::About])
    {
        is_about |= last.is(&[DateWord::About]);
        items = rest;
    }
    let mut reading = one_or_range(items)?;
    reading.is_exact &= !is_before && !is_about;
    let includes_it = matches!(reading.date, Date::Day(_))
        || items.iter().any(|item| item.says(DateWord::Part) == Some("end"));
    if is_before && !includes_it {
        let last = reading.date.first_day().checked_sub_days(Days::new(1));
        reading.date = Date::Day(last.ok_or(Unread::NotADate)?);
    }
    Ok(reading)
}

fn one_or_range(items: &[DatePiece<'_>]) -> Read {
    match one(items) {
        Err(Unread::NotADate) => range(items),
        read => read,
    }
}

/// A range: "December 2024 – March 2025", "from March to May 2025", "15–30 March 2025", "Q1/Q2 2025".
/// What one end does not say, the other says for it.
fn range(items: &[DatePiece<'_>]) -> Read {
    let items = match items {
        [first, rest @ ..] if first.is(&[DateWord::From]) => rest,
        _ => items,
    };
    let mut mistake = Unread::NotADate;
    for (at, item) in items.iter().enumerate() {
        if !matches!(item, DatePiece::Separator) && !item.is(&[DateWord::To]) {
            continue;
        }
        let (left, right) = (&items[..at], &items[at + 1..]);
        if left.is_empty() || right.is_empty() {
            continue;
        }
        let ends = match (one(left), one(right)) {
            (Ok(left), Ok(right)) => Some((left.date, right.date)),
            (Ok(from), Err(Unread::NotADate)) => {
                completed_by_left(left, right).map(|to| (from.date, to))
            }
            (Err(Unread::NotADate), Ok(to)) => {
                completed_by_right(left, right, to.date).map(|from| (from, to.date))
            }
            (Err(one), _) | (_, Err(one)) => {
                if one != Unread::NotADate {
                    mistake = one;
                }
                None
            }
        };
        let date = ends.and_then(|(from, to)| Date::between(from.first_day(), to.last_day()));
        if let Some(date) = date {
            return Ok(ReadDate { date, is_exact: matches!(date, Date::Years { .. }) });
        }
    }
    Err(mistake)
}

/// The first date of "15–30 March 2025", "March–May 2025". It is in the year before where it would
/// else be after the second: "December–March 2025".
fn completed_by_right(left: &[DatePiece<'_>], right: &[DatePiece<'_>], to: Date) -> Option<Date> {
    (0..right.len()).rev().find_map(|from| {
        let whole: Vec<DatePiece<'_>> = left.iter().chain(&right[from..]).cloned().collect();
        let date = one(&whole).ok()?.date;
        match date.first_day() <= to.last_day() {
            true => Some(date),
            false => date.a_year_before(),
        }
    })
}

/// The second date of "2025 Q1–Q2".
fn completed_by_left(left: &[DatePiece<'_>], right: &[DatePiece<'_>]) -> Option<Date> {
    (1..=left.len()).find_map(|to| {
        let whole: Vec<DatePiece<'_>> = left[..to].iter().chain(right).cloned().collect();
        Some(one(&whole).ok()?.date)
    })
}

/// What counts in a date.
#[derive(Debug, Clone, Copy)]
enum Core<'a> {
    Year(i32),
    /// A number of one or two digits.
    Small(u32),
    Digits(&'a str),
    Month(u32),
    /// "First", "last".
    Ordinal(Option<u32>),
    Quarter,
    Half,
    Season(&'a str),
    Part(&'a str),
    Fiscal,
}

fn core<'i>(item: &'i DatePiece<'_>) -> Option<Core<'i>> {
    match item {
        DatePiece::Number(text) => match numeric::year(text) {
            Some(year) => Some(Core::Year(year)),
            None => digits(text).filter(|_| text.len() <= 2).map(Core::Small),
        },
        DatePiece::Digits(text) => Some(Core::Digits(text)),
        DatePiece::Separator => None,
        DatePiece::Word(meanings) => meanings.iter().find_map(|(word, meaning)| match word {
            DateWord::Month => digits(meaning).map(Core::Month),
            DateWord::Ordinal => Some(Core::Ordinal(digits(meaning))),
            DateWord::Quarter => Some(Core::Quarter),
            DateWord::Half => Some(Core::Half),
            DateWord::Season => Some(Core::Season(meaning)),
            DateWord::Part => Some(Core::Part(meaning)),
            DateWord::Fiscal => Some(Core::Fiscal),
            _ => None,
        }),
    }
}

/// One date, without the words that say nothing.
fn one(items: &[DatePiece<'_>]) -> Read {
    let mut cores = Vec::new();
    for item in items {
        match core(item) {
            Some(core) => cores.push(core),
            None if matches!(item, DatePiece::Separator) || item.is(&[DateWord::Filler]) => {}
            None => return Err(Unread::NotADate),
        }
    }
    of(&cores)
}

fn of(cores: &[Core<'_>]) -> Read {
    use Core::{Digits, Fiscal, Half, Month, Ordinal, Part, Quarter, Season, Small, Year};
    let exact = |date: Option<Date>| date.map(ReadDate::exact).ok_or(Unread::NotADate);
    let inexact = |date: Option<Date>| {
        date.map(|date| ReadDate { date, is_exact: false }).ok_or(Unread::NotADate)
    };
    let years = |text: &str| numeric::years(text).ok_or(Unread::NotADate);
    match *cores {
        [Part(part), ref rest @ ..] | [ref rest @ .., Part(part)] if !rest.is_empty() => {
            inexact(part_of(part, of(rest)?.date))
        }
        [Digits(text)] => numeric(text).unwrap_or(Err(Unread::NotADate)),
        [Year(year)] => exact(Some(Date::Year(year))),
        [Month(month), Year(year)] | [Year(year), Month(month)] => exact(Date::month(year, month)),
        [Small(day), Month(month), Year(year)]
        | [Month(month), Small(day), Year(year)]
        | [Year(year), Month(month), Small(day)] => match day {
            1..=31 => Date::day(year, month, day).map(ReadDate::exact).ok_or(Unread::NoSuchDay),
            _ => Err(Unread::NotADate),
        },
        [nth @ (Small(_) | Ordinal(_)), Quarter, Year(year)]
        | [Quarter, nth @ (Small(_) | Ordinal(_)), Year(year)]
        | [Year(year), nth @ (Small(_) | Ordinal(_)), Quarter]
        | [Year(year), Quarter, nth @ (Small(_) | Ordinal(_))] => {
            exact(Date::quarter(year, which(nth, 4)))
        }
        [nth @ (Small(_) | Ordinal(_)), Half, Year(year)]
        | [Half, nth @ (Small(_) | Ordinal(_)), Year(year)]
        | [Year(year), nth @ (Small(_) | Ordinal(_)), Half]
        | [Year(year), Half, nth @ (Small(_) | Ordinal(_))] => {
            inexact(half_of(Date::Year(year), which(nth, 2)))
        }
        [nth @ (Small(_) | Ordinal(_)), Half, Month(month), Year(year)] => {
            inexact(Date::month(year, month).and_then(|month| half_of(month, which(nth, 2))))
        }
        [Season(season), Year(year)] | [Year(year), Season(season)] => {
            inexact(season_of(season, year))
        }
        [Season(season), Digits(text)] | [Digits(text), Season(season)] => match years(text)? {
            // Only the winter is in two years.
            Date::Years { from, to } if season == "winter" && to == from + 1 => {
                inexact(season_of(season, from))
            }
            _ => Err(Unread::NotADate),
        },
        [Fiscal, Year(year)] | [Year(year), Fiscal] => inexact(Some(Date::Year(year))),
        [Fiscal, Digits(text)] | [Digits(text), Fiscal] => inexact(Some(years(text)?)),
        [Fiscal, Small(year)] => inexact(this_century(year).map(Date::Year)),
        [Fiscal, Small(from), Small(to)] if to == from + 1 => {
            inexact(this_century(from).map(|from| Date::Years { from, to: from + 1 }))
        }
        _ => Err(Unread::NotADate),
    }
}

/// The number of "first", "2", or "last" of some.
fn which(nth: Core<'_>, of: u32) -> u32 {
    match nth {
        Core::Small(number) | Core::Ordinal(Some(number)) => number,
        _ => of,
    }
}

/// The year of two digits that can only be a year: "FY 25".
fn this_century(year: u32) -> Option<i32> {
    i32::try_from(2000 + year).ok()
}

/// The seasons of meteorology in the northern hemisphere: spring is March to May, and so on. Winter
/// 2025 is December 2025 to February 2026: of the two winters that touch the year it is the later
/// one, in the author's favour.
fn season_of(season: &str, year: i32) -> Option<Date> {
    let first = match season {
        "spring" => 3,
        "summer" => 6,
        "autumn" => 9,
        "winter" => 12,
        _ => return None,
    };
    Date::of_months(NaiveDate::from_ymd_opt(year, first, 1)?, 0, 3)
}

/// The first or second half of a year or month. The first half of a month ends on the 15th.
fn half_of(date: Date, half: u32) -> Option<Date> {
    let (first, last) = (date.first_day(), date.last_day());
    match (date, half) {
        (Date::Month { .. }, 1) => Date::between(first, first.with_day(15)?),
        (Date::Month { .. }, 2) => Date::between(first.with_day(16)?, last),
        (_, 1) => Date::of_months(first, 0, 6),
        (_, 2) => Date::of_months(first, 6, 6),
        _ => None,
    }
}

/// A part of a date.
///
/// | of | beginning, early | mid | late | end |
/// |---|---|---|---|---|
/// | a year | January to March | June and July | October to December | December |
/// | a half | its first month | its two middle months | its last month | its last month |
/// | a quarter, a season | its first month | its second month | its last month | its last month |
/// | a month | to the 10th | 11th to 20th | from the 21st | from the 21st |
///
/// A day has no parts.
fn part_of(part: &str, date: Date) -> Option<Date> {
    let (first, last) = (date.first_day(), date.last_day());
    if let Date::Month { .. } = date {
        let (from, to) = match part {
            "beginning" | "early" => (1, 10),
            "mid" => (11, 20),
            _ => (21, last.day()),
        };
        return Date::between(first.with_day(from)?, first.with_day(to)?);
    }
    let months = date.months()?;
    let quarter = (months / 4).max(1);
    match part {
        "beginning" | "early" => Date::of_months(first, 0, quarter),
        "mid" => Date::of_months(first, (months - 1) / 2, 2 - months % 2),
        "late" => Date::of_months(first, months - quarter, quarter),
        _ => Date::of_months(first, months - 1, 1),
    }
}
