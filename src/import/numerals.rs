//! Numbers in the formats that lists are numbered in.

/// A number as a list shows it. Formats of other scripts that are not known here show their digits.
pub(crate) fn numeral(format: &str, number: i64) -> String {
    match format {
        "none" => String::new(),
        "decimalZero" if (0..10).contains(&number) => format!("0{number}"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letter(number, LATIN),
        "lowerLetter" => letter(number, LATIN).to_lowercase(),
        "russianUpper" => letter(number, RUSSIAN),
        "russianLower" => letter(number, RUSSIAN).to_lowercase(),
        "ordinal" => format!("{number}{}", ordinal_ending(number)),
        "cardinalText" => capitalised(&words(number, NumberWords::Cardinal)),
        "ordinalText" => capitalised(&words(number, NumberWords::Ordinal)),
        "hex" => format!("{number:X}"),
        "chicago" => chicago(number),
        "numberInDash" => format!("- {number} -"),
        "decimalEnclosedCircle" => circled(number),
        "decimalEnclosedParen" => format!("({number})"),
        "decimalEnclosedFullstop" => format!("{number}."),
        _ => number.to_string(),
    }
}

/// A number with leading zeros, as the custom format `001, 002, 003, ...` says.
pub(crate) fn padded(example: &str, number: i64) -> String {
    let width = example.chars().take_while(char::is_ascii_digit).count().min(20);
    format!("{number:0width$}")
}

const LATIN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Without the letters that Russian lists leave out.
const RUSSIAN: &str = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ";

/// A, B … Z, AA, BB … ZZ, AAA: letters repeat, unlike columns of a sheet.
fn letter(number: i64, alphabet: &str) -> String {
    let length = alphabet.chars().count();
    let Ok(number) = usize::try_from(number) else { return number.to_string() };
    // Word shows nothing sensible for hundreds of repeated letters either.
    if number == 0 || number > length * 30 {
        return number.to_string();
    }
    let letter = alphabet.chars().nth((number - 1) % length).unwrap_or_default();
    std::iter::repeat_n(letter, (number - 1) / length + 1).collect()
}

/// Roman numerals; other numbers than those show their digits.
pub(crate) fn roman(number: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=32_767).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

const fn ordinal_ending(number: i64) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

fn chicago(number: i64) -> String {
    let Some(index) = usize::try_from(number).ok().and_then(|number| number.checked_sub(1)) else {
        return number.to_string();
    };
    let sign = ["*", "†", "‡", "§"].get(index % 4).copied().unwrap_or_default();
    if index > 120 { number.to_string() } else { sign.repeat(index / 4 + 1) }
}

fn circled(number: i64) -> String {
    u32::try_from(number)
        .ok()
        .filter(|number| (1..=20).contains(number))
        .and_then(|number| char::from_u32(0x245F + number))
        .map_or_else(|| number.to_string(), String::from)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NumberWords {
    Cardinal,
    Ordinal,
}

/// English words up to ninety-nine; digits above.
fn words(number: i64, kind: NumberWords) -> String {
    const CARDINALS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const ORDINALS: [&str; 20] = [
        "zeroth",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ];
    const TENS: [&str; 8] =
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let units = if kind == NumberWords::Cardinal { CARDINALS } else { ORDINALS };
    let small =
        |number: i64| usize::try_from(number).ok().and_then(|number| units.get(number)).copied();
    if let Some(word) = small(number) {
        return word.to_owned();
    }
    let tens = usize::try_from(number / 10 - 2).ok().and_then(|tens| TENS.get(tens)).copied();
    match (tens, number % 10, kind) {
        (None, ..) => number.to_string(),
        (Some(tens), 0, NumberWords::Cardinal) => tens.to_owned(),
        (Some(tens), 0, NumberWords::Ordinal) => format!("{}ieth", tens.trim_end_matches('y')),
        (Some(tens), unit, _) => format!("{tens}-{}", small(unit).unwrap_or_default()),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_word_shows_them() {
        for (format, number, shown) in [
            ("decimal", 12, "12"),
            ("decimalZero", 7, "07"),
            ("decimalZero", 12, "12"),
            ("lowerLetter", 1, "a"),
            ("lowerLetter", 26, "z"),
            ("lowerLetter", 28, "bb"),
            ("upperLetter", 53, "AAA"),
            ("lowerRoman", 4, "iv"),
            ("upperRoman", 1999, "MCMXCIX"),
            ("upperRoman", 0, "0"),
            ("ordinal", 22, "22nd"),
            ("ordinal", 112, "112th"),
            ("cardinalText", 21, "Twenty-one"),
            ("ordinalText", 30, "Thirtieth"),
            ("russianLower", 10, "к"),
            ("chicago", 5, "**"),
            ("decimalEnclosedCircle", 3, "③"),
            ("none", 3, ""),
        ] {
            assert_eq!(numeral(format, number), shown, "{format} {number}");
        }
        assert_eq!(padded("001, 002, 003, ...", 12), "012");
    }
}
