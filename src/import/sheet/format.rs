//! Numbers as a workbook shows them, and the days that some of them are.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};

use crate::import::document::CellValue;

/// From when a workbook counts days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    /// 1 is 1 January 1900, and there was a 29 February 1900.
    #[default]
    Since1900,
    /// 0 is 1 January 1904: workbooks from older Macs.
    Since1904,
}

/// What a format makes of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// As a person would write it.
    General,
    /// With digits in these places.
    Number(Digits),
    /// A day.
    Date,
    /// A day with a time.
    DateTime,
    /// A time of day.
    Time,
    /// Hours and minutes that may be more than a day.
    Duration,
}

/// Where digits are, and what stands around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Digits {
    before: String,
    after: String,
    /// At least so many digits before the point.
    whole: usize,
    /// At least and at most so many after it.
    decimals: (usize, usize),
    thousands: bool,
    percent: bool,
}

impl NumberFormat {
    /// One of the formats that every workbook knows by number.
    pub(super) fn built_in(id: u32) -> Self {
        match id {
            14..=17 | 27..=31 | 34..=36 | 50..=58 => Self::Date,
            22 => Self::DateTime,
            18..=21 | 32..=33 | 45 | 47 => Self::Time,
            46 => Self::Duration,
            1 => Self::of("0"),
            2 => Self::of("0.00"),
            3 | 37 | 38 => Self::of("#,##0"),
            4 | 39 | 40 => Self::of("#,##0.00"),
            9 => Self::of("0%"),
            10 => Self::of("0.00%"),
            _ => Self::General,
        }
    }

    /// A format by its code: `dd/mm/yyyy`, `#,##0.00`. The code for positive numbers counts. What is not
    /// understood shows numbers as a person would write them.
    pub(super) fn of(code: &str) -> Self {
        let section = first_section(code);
        let (mut letters, mut is_duration) = (String::new(), false);
        for token in tokens(&section) {
            match token {
                FormatToken::Bracket(inside) => {
                    is_duration |= matches!(
                        inside.to_lowercase().as_str(),
                        "h" | "hh" | "m" | "mm" | "s" | "ss"
                    )
                }
                FormatToken::Code(character) => letters.extend(character.to_lowercase()),
                FormatToken::Literal(_) => {}
            }
        }
        if is_duration {
            return Self::Duration;
        }
        if !letters.contains("general") && letters.contains(['y', 'd', 'm', 'h', 's']) {
            let has_time = letters.contains(['h', 's']);
            return match (letters.contains(['y', 'd']) || !has_time, has_time) {
                (true, false) => Self::Date,
                (true, true) => Self::DateTime,
                (false, _) => Self::Time,
            };
        }
        digits(&section).map_or(Self::General, Self::Number)
    }

    /// A number as this format shows it, and the value behind it.
    pub(super) fn show(&self, number: f64, epoch: Epoch) -> (String, CellValue) {
        let value = CellValue::Number(number);
        match self {
            Self::General => (general(number), value),
            Self::Number(digits) => (digits.show(number), value),
            Self::Time => (time(number), value),
            Self::Duration => {
                let minutes = (number.abs() * 24.0 * 60.0).round();
                let sign = if number < 0.0 { "-" } else { "" };
                (format!("{sign}{}:{:02}", (minutes / 60.0).floor(), minutes % 60.0), value)
            }
            Self::Date => match moment(number, epoch) {
                Some(moment) => {
                    (moment.date().format("%Y-%m-%d").to_string(), CellValue::Date(moment.date()))
                }
                None => (general(number), value),
            },
            Self::DateTime => match moment(number, epoch) {
                Some(moment) => (date_time(moment), CellValue::DateTime(moment)),
                None => (general(number), value),
            },
        }
    }
}

/// A day and time in figures, with seconds where there are any.
pub(super) fn date_time(moment: NaiveDateTime) -> String {
    let seconds = if moment.format("%S").to_string() == "00" { "" } else { ":%S" };
    moment.format(&format!("%Y-%m-%d %H:%M{seconds}")).to_string()
}

/// A number as a person writes it: 15 figures are all that a workbook keeps.
pub(super) fn general(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let text = if rounded != 0.0 && (rounded.abs() < 1e-9 || rounded.abs() >= 1e21) {
        format!("{rounded:E}")
    } else {
        rounded.to_string()
    };
    if text == "-0" { "0".to_owned() } else { text }
}

fn time(number: f64) -> String {
    let seconds = (number.fract().abs() * 86_400.0).round() % 86_400.0;
    let (hours, minutes, seconds) =
        ((seconds / 3600.0).floor(), (seconds % 3600.0 / 60.0).floor(), seconds % 60.0);
    if seconds == 0.0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}

/// The moment that a number is; none for a number that is not a day.
pub(super) fn moment(number: f64, epoch: Epoch) -> Option<NaiveDateTime> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let first = match epoch {
        Epoch::Since1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        // 29 February 1900 never was, so days before it are counted from one day later.
        Epoch::Since1900 if number < 60.0 => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        Epoch::Since1900 => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    let seconds =
        TimeDelta::try_milliseconds(whole(number.fract() * 86_400.0)?.checked_mul(1000)?)?;
    let day = first.checked_add_days(Days::new(u64::try_from(whole(number.floor())?).ok()?))?;
    day.and_hms_opt(0, 0, 0)?.checked_add_signed(seconds)
}

/// A small number as a whole one.
fn whole(number: f64) -> Option<i64> {
    format!("{:.0}", number.round()).parse().ok()
}

enum FormatToken {
    /// Text that is shown as it is.
    Literal(char),
    /// A condition, colour, currency or duration.
    Bracket(String),
    /// A letter or sign of the format.
    Code(char),
}

/// The code for positive numbers: up to the first semicolon outside quotes.
fn first_section(code: &str) -> String {
    let mut is_quoted = false;
    let mut is_escaped = false;
    let end = code.char_indices().find(|(_, character)| {
        if is_escaped {
            is_escaped = false;
            return false;
        }
        match character {
            '"' => is_quoted = !is_quoted,
            '\\' if !is_quoted => is_escaped = true,
            ';' if !is_quoted => return true,
            _ => {}
        }
        false
    });
    code.get(..end.map_or(code.len(), |(at, _)| at)).unwrap_or(code).to_owned()
}

fn tokens(section: &str) -> Vec<FormatToken> {
    let mut tokens = Vec::new();
    let mut characters = section.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => tokens.extend(
                characters.by_ref().take_while(|next| *next != '"').map(FormatToken::Literal),
            ),
            '\\' => tokens.extend(characters.next().map(FormatToken::Literal)),
            // `_` leaves the width of the next character, `*` fills with it.
            '_' | '*' => drop(characters.next()),
            '[' => {
                let inside: String = characters.by_ref().take_while(|next| *next != ']').collect();
                // `[$€-407]`: the sign of a currency, and a language.
                match inside.strip_prefix('$') {
                    Some(currency) => tokens.extend(
                        currency
                            .split('-')
                            .next()
                            .unwrap_or_default()
                            .chars()
                            .map(FormatToken::Literal),
                    ),
                    None => tokens.push(FormatToken::Bracket(inside)),
                }
            }
            character => tokens.push(FormatToken::Code(character)),
        }
    }
    tokens
}

/// The places of digits; none where there is anything else than digits and what stands around them.
fn digits(section: &str) -> Option<Digits> {
    let mut digits = Digits::default();
    let (mut is_after_point, mut has_digits) = (false, false);
    for token in tokens(section) {
        match token {
            FormatToken::Literal(character) if has_digits => digits.after.push(character),
            FormatToken::Literal(character) => digits.before.push(character),
            FormatToken::Code(sign @ ('0' | '#' | '?')) => {
                if !digits.after.is_empty() {
                    return None;
                }
                has_digits = true;
                match (is_after_point, sign) {
                    (false, '0') => digits.whole += 1,
                    (false, _) => {}
                    (true, '0') => {
                        digits.decimals.1 += 1;
                        digits.decimals.0 = digits.decimals.1;
                    }
                    (true, _) => digits.decimals.1 += 1,
                }
            }
            FormatToken::Code('.') if has_digits && !is_after_point => is_after_point = true,
            FormatToken::Code(',') if has_digits && !is_after_point => digits.thousands = true,
            FormatToken::Code('%') => {
                digits.percent = true;
                digits.after.push('%');
            }
            FormatToken::Code(
                sign @ (' ' | '-' | '+' | '(' | ')' | '$' | '€' | '£' | '\u{a0}'),
            ) => {
                if has_digits { &mut digits.after } else { &mut digits.before }.push(sign);
            }
            FormatToken::Code(_) => return None,
            // A condition chooses among codes, which only the program itself does.
            FormatToken::Bracket(inside) if inside.contains(['<', '>', '=']) => return None,
            FormatToken::Bracket(_) => {}
        }
    }
    // More places than a number has make no sense, and would only take memory.
    (has_digits && digits.whole <= 30 && digits.decimals.1 <= 30).then_some(digits)
}

impl Digits {
    fn show(&self, number: f64) -> String {
        let number = if self.percent { number * 100.0 } else { number };
        // Rounded as the workbook shows it, from the 15 figures that it keeps.
        let kept: f64 = format!("{:.14e}", number.abs()).parse().unwrap_or(number);
        let text = format!("{kept:.*}", self.decimals.1);
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let mut decimals = decimals.to_owned();
        while decimals.len() > self.decimals.0 && decimals.ends_with('0') {
            decimals.pop();
        }
        let whole = format!("{whole:0>width$}", width = self.whole.max(1));
        let whole = if self.thousands { grouped(&whole) } else { whole };
        let sign =
            if number < 0.0 && text.contains(|c: char| matches!(c, '1'..='9')) { "-" } else { "" };
        let point = if decimals.is_empty() { "" } else { "." };
        format!("{sign}{}{whole}{point}{decimals}{}", self.before, self.after).trim().to_owned()
    }
}

fn grouped(digits: &str) -> String {
    let length = digits.len();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (length - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_the_workbook_shows_them() {
        for (code, number, shown) in [
            ("General", 1.0, "1"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", -2.5, "-2.5"),
            ("0", 1.6, "2"),
            ("000", 7.0, "007"),
            ("0.00", 1.0, "1.00"),
            ("0.0#", 1.25, "1.25"),
            ("0.0#", 1.0, "1.0"),
            ("#,##0", 1_234_567.0, "1,234,567"),
            ("#,##0.00\\ \"€\"", 1234.5, "1,234.50 €"),
            ("[$USD]\\ #,##0", 1234.0, "USD 1,234"),
            ("0%", 0.25, "25%"),
            ("0.0%", 0.125, "12.5%"),
            ("0.00E+00", 12.0, "12"),
            ("# ?/?", 0.5, "0.5"),
            ("@", 3.0, "3"),
            ("dd/mm/yyyy", 45291.0, "2023-12-31"),
            ("d mmm yyyy hh:mm", 45_379.604_166_666_66, "2024-03-28 14:30"),
            ("hh:mm", 0.75, "18:00"),
            ("[h]:mm", 1.5, "36:00"),
            ("[$-409]mmmm\\ d, yyyy;@", 1.0, "1900-01-01"),
            ("yyyy", 60.0, "1900-02-28"),
            ("0;-0;;@", -4.0, "-4"),
            ("\"No. \"0", 4.0, "No. 4"),
        ] {
            let (text, _) = NumberFormat::of(code).show(number, Epoch::Since1900);
            assert_eq!(text, shown, "{code}");
        }
        let day = NaiveDate::from_ymd_opt(2020, 12, 31).unwrap();
        assert_eq!(
            NumberFormat::built_in(14).show(44196.0, Epoch::Since1900).1,
            CellValue::Date(day)
        );
        assert_eq!(
            NumberFormat::built_in(14).show(44196.0 - 1462.0, Epoch::Since1904).1,
            CellValue::Date(day)
        );
    }
}
