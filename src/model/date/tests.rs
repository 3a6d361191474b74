use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::language::{BUILT_IN, Languages};
use crate::source::Input;

fn languages() -> Languages {
    Languages::read(&Input::new(Vec::new(), NaiveDate::default()), &mut Vec::new())
}

/// What authors may write on a site in these languages, and in English.
fn vocabulary(tags: &[&str]) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
    languages().teach(&tags, &mut vocabulary);
    vocabulary
}

fn check_dates(tags: &[&str], cases: &[(&str, &str)]) {
    let vocabulary = vocabulary(tags);
    for (text, iso) in cases {
        let read = Date::parse(text, &vocabulary).map_or(String::new(), Date::iso);
        assert_eq!(read, *iso, "{text}");
    }
}

#[test]
fn dates_in_digits() {
    check_dates(
        &[],
        &[
            ("2020-12-31", "2020-12-31"),
            ("2020-12", "2020-12"),
            ("2020-Q4", "2020-Q4"),
            ("2020", "2020"),
            ("2022–2024", "2022/2024"),
            ("2022-2024", "2022/2024"),
            ("2022/2024", "2022/2024"),
            ("2021-22", "2021/2022"),
            ("2025/26", "2025/2026"),
            ("31/12/2020", "2020-12-31"),
            ("12/31/2020", "2020-12-31"),
            ("30.09.2025", "2025-09-30"),
            ("30-09-2025", "2025-09-30"),
            ("2020.11.30", "2020-11-30"),
            ("2020/11/30", "2020-11-30"),
            ("05/05/2020", "2020-05-05"),
            ("12/2020", "2020-12"),
            ("09.2025", "2025-09"),
            ("2025/09", "2025-09"),
            ("2025-03/2025-05", "2025-03/2025-05"),
            ("2025-03-01/2025-03-15", "2025-03-01/2025-03-15"),
            ("03/04/2020", ""),
            ("03.04.2020", ""),
            ("2008/09", ""),
            ("31/02/2020", ""),
            ("31/12/20", ""),
            ("2020-02-30", ""),
            ("2024-2022", ""),
            ("20-12-31", ""),
            ("+020-12-31", ""),
            ("-2020", ""),
            ("2020-", ""),
            ("1234", ""),
            ("", ""),
        ],
    );
}

#[test]
fn dates_in_english() {
    check_dates(
        &[],
        &[
            ("31 December 2020", "2020-12-31"),
            ("December 31, 2020", "2020-12-31"),
            ("30 Sep 2025", "2025-09-30"),
            ("Sept. 30th, 2025", "2025-09-30"),
            ("30-Sep-2025", "2025-09-30"),
            ("the 30th of September 2025", "2025-09-30"),
            ("Tuesday, 30 September 2025", "2025-09-30"),
            ("by 30.09.2025", "2025-09-30"),
            ("No later than 31/12/2020", "2020-12-31"),
            ("30 September 2025 at the latest", "2025-09-30"),
            ("december 2020", "2020-12"),
            ("Sept 2025", "2025-09"),
            ("2025 September", "2025-09"),
            ("Q4 2020", "2020-Q4"),
            ("1Q 2018", "2018-Q1"),
            ("2018 Q1", "2018-Q1"),
            ("2018 1Q", "2018-Q1"),
            ("Q1/2018", "2018-Q1"),
            ("Q1-2018", "2018-Q1"),
            ("1st Quarter, 2018", "2018-Q1"),
            ("third quarter 2018", "2018-Q3"),
            ("last quarter of 2018", "2018-Q4"),
            ("IV quarter of 2018", "2018-Q4"),
            ("H1 2025", "2025-01/2025-06"),
            ("2H 2025", "2025-07/2025-12"),
            ("first half of 2025", "2025-01/2025-06"),
            ("second half-year 2025", "2025-07/2025-12"),
            ("second half of March 2025", "2025-03-16/2025-03-31"),
            ("Spring 2025", "2025-03/2025-05"),
            ("fall of 2025", "2025-09/2025-11"),
            ("winter 2025", "2025-12/2026-02"),
            ("Winter 2025/26", "2025-12/2026-02"),
            ("spring/summer 2025", "2025-03/2025-08"),
            ("early 2025", "2025-Q1"),
            ("Beginning of 2025", "2025-Q1"),
            ("mid-2026", "2026-06/2026-07"),
            ("middle of 2026", "2026-06/2026-07"),
            ("late 2025", "2025-Q4"),
            ("end of 2024", "2024-12"),
            ("by end 2024", "2024-12"),
            ("end-2024", "2024-12"),
            ("year-end 2024", "2024-12"),
            ("by the end of the year 2024", "2024-12"),
            ("end of March 2025", "2025-03-21/2025-03-31"),
            ("mid March 2025", "2025-03-11/2025-03-20"),
            ("end of Q1 2025", "2025-03"),
            ("end of the first half of 2025", "2025-06"),
            ("early spring 2025", "2025-03"),
            ("FY 2024/25", "2024/2025"),
            ("FY2024-25", "2024/2025"),
            ("FY25", "2025"),
            ("FY 24/25", "2024/2025"),
            ("2024/25 financial year", "2024/2025"),
            ("FY 2008/09", "2008/2009"),
            ("biennium 2024–2025", "2024/2025"),
            ("before 2026", "2025-12-31"),
            ("before the end of 2025", "2025-12"),
            ("before 30 June 2025", "2025-06-30"),
            ("before June 2025", "2025-05-31"),
            ("December 2024 – March 2025", "2024-12/2025-03"),
            ("Dec 2024-Mar 2025", "2024-12/2025-03"),
            ("December–March 2025", "2024-12/2025-03"),
            ("March–May 2025", "2025-03/2025-05"),
            ("from March to May 2025", "2025-03/2025-05"),
            ("between March and May 2025", "2025-03/2025-05"),
            ("January to March 2025", "2025-Q1"),
            ("2025 Q1–Q2", "2025-01/2025-06"),
            ("Q1-Q2 2025", "2025-01/2025-06"),
            ("Q1 or Q2 2025", "2025-01/2025-06"),
            ("Q3 2024 to Q1 2025", "2024-07/2025-03"),
            ("15–30 March 2025", "2025-03-15/2025-03-30"),
            ("1 March to 15 April 2025", "2025-03-01/2025-04-15"),
            ("March 15 to April 30, 2025", "2025-03-15/2025-04-30"),
            ("end of 2024 / early 2025", "2024-12/2025-03"),
            ("2024 to 2026", "2024/2026"),
            ("expected in March 2025", "2025-03"),
            ("Target: March 2025", "2025-03"),
            ("March 2025 (revised)", "2025-03"),
            ("within 2025", "2025"),
            ("–Q4 2020", ""),
            ("31 February 2020", ""),
            ("May 2025 to March 2025", ""),
            ("spring", ""),
            ("September", ""),
            ("Sep-25", ""),
            ("Q5 2020", ""),
            ("H3 2020", ""),
            ("Q1 2024/25", ""),
            ("end of 31 March 2025", ""),
            ("before the summit", ""),
            ("31 Dezember 2020", ""),
            ("by 03/04/2020", ""),
        ],
    );
}

#[test]
fn dates_in_french_and_russian() {
    check_dates(
        &["fr"],
        &[
            ("1er août 2020", "2020-08-01"),
            ("30 sept. 2025", "2025-09-30"),
            ("le 30 septembre 2025", "2025-09-30"),
            ("1er trimestre 2018", "2018-Q1"),
            ("T1 2018", "2018-Q1"),
            ("3e trimestre de 2018", "2018-Q3"),
            ("dernier trimestre 2018", "2018-Q4"),
            ("1er semestre 2025", "2025-01/2025-06"),
            ("second semestre 2025", "2025-07/2025-12"),
            ("S2 2025", "2025-07/2025-12"),
            ("printemps 2025", "2025-03/2025-05"),
            ("été 2025", "2025-06/2025-08"),
            ("hiver 2024-2025", "2024-12/2025-02"),
            ("fin 2025", "2025-12"),
            ("début 2025", "2025-Q1"),
            ("mi-2026", "2026-06/2026-07"),
            ("mi-mars 2026", "2026-03-11/2026-03-20"),
            ("d'ici fin mars 2025", "2025-03-21/2025-03-31"),
            ("d’ici à la fin de l’année 2025", "2025-12"),
            ("au plus tard le 30 juin 2025", "2025-06-30"),
            ("au plus tard fin 2025", "2025-12"),
            ("d’avril à juin 2025", "2025-Q2"),
            ("de mars à mai 2025", "2025-03/2025-05"),
            ("du 1er au 15 mars 2025", "2025-03-01/2025-03-15"),
            ("avant fin 2025", "2025-12"),
            ("avant l’été 2025", "2025-05-31"),
            ("exercice 2024/25", "2024/2025"),
            ("spring 2025", "2025-03/2025-05"),
        ],
    );
    check_dates(
        &["ru"],
        &[
            ("31 декабря 2020 года", "2020-12-31"),
            ("30 сент. 2025 г.", "2025-09-30"),
            ("30-го сентября 2025 г.", "2025-09-30"),
            ("30.09.2025 г.", "2025-09-30"),
            ("сентябрь 2025", "2025-09"),
            ("к сентябрю 2025 года", "2025-09"),
            ("2020 года", "2020"),
            ("I кв. 2018", "2018-Q1"),
            ("1 квартал 2018 г.", "2018-Q1"),
            ("первый квартал 2018 года", "2018-Q1"),
            ("1-е полугодие 2025", "2025-01/2025-06"),
            ("во втором полугодии 2025 года", "2025-07/2025-12"),
            ("первая половина 2025 года", "2025-01/2025-06"),
            ("весна 2025", "2025-03/2025-05"),
            ("осенью 2025 года", "2025-09/2025-11"),
            ("конец 2025 года", "2025-12"),
            ("до конца 2025 года", "2025-12"),
            ("середина 2026", "2026-06/2026-07"),
            ("в начале 2026 г.", "2026-Q1"),
            ("не позднее 30 июня 2025 года", "2025-06-30"),
            ("до 30 июня 2025 года", "2025-06-30"),
            ("в течение 2025 года", "2025"),
            ("с марта по май 2025 года", "2025-03/2025-05"),
            ("декабрь 2024 – март 2025 г.", "2024-12/2025-03"),
        ],
    );
}

#[test]
fn deadlines_in_words() {
    let vocabulary = vocabulary(&["fr", "ru"]);
    for (text, iso, has_words) in [
        ("2025-09-30", "2025-09-30", false),
        ("30 Sep 2025", "2025-09-30", false),
        ("by 30 Sep 2025", "2025-09-30", false),
        ("1Q 2018", "2018-Q1", false),
        ("2025/26", "2025/2026", false),
        ("Spring 2025", "2025-03/2025-05", true),
        ("end of 2024", "2024-12", true),
        ("early 2025", "2025-Q1", true),
        ("FY 2024/25", "2024/2025", true),
        ("around March 2025", "2025-03", true),
        ("January to March 2025", "2025-Q1", true),
        ("ongoing", "ongoing", false),
        ("On-going", "ongoing", true),
        ("Continuous", "ongoing", true),
        ("permanent", "ongoing", true),
        ("tbc", "undecided", false),
        ("TBD", "undecided", true),
        ("T.B.D.", "undecided", true),
        ("to be determined", "undecided", true),
        ("à déterminer", "undecided", true),
        ("none", "none", false),
        ("N/A", "none", true),
        ("within 6 months", "P6M", true),
        ("Within six (6) months", "P6M", true),
        ("6-month period", "P6M", true),
        ("3 to 6 months", "P6M", true),
        ("within a year of the report", "P12M", true),
        ("in 90 days", "P90D", true),
        ("2 weeks", "P14D", true),
        ("within 6 months of the date of issuance of this report", "P6M", true),
        ("dans un délai de six mois", "P6M", true),
        ("d’ici un an", "P12M", true),
        ("sous 30 jours", "P30D", true),
        ("в течение 6 месяцев", "P6M", true),
        ("в течение шести месяцев", "P6M", true),
        ("within 6 months of acceptance", "", false),
        ("within 0 months", "", false),
        ("2.5 years", "", false),
        ("99999999999 months", "", false),
        ("soon", "", false),
        ("", "", false),
        ("03/04/2020", "", false),
    ] {
        let read = Deadline::read(text, &vocabulary);
        let found = read.as_ref().map_or(String::new(), Deadline::iso);
        assert_eq!(found, iso, "{text}");
        let words = read.ok().and_then(|read| read.words);
        assert_eq!(words.as_deref(), has_words.then_some(text), "{text}");
    }
}

#[test]
fn a_time_allowed_counts_from_a_day() {
    let day = NaiveDate::from_ymd_opt(2024, 8, 31).unwrap();
    for (text, iso) in [
        ("within 6 months", "2025-02-28"),
        ("within 10 days", "2024-09-10"),
        ("end of 2025", "2025-12"),
        ("ongoing", "ongoing"),
    ] {
        let deadline = Deadline::read(text, &vocabulary(&[])).unwrap();
        assert_eq!(deadline.counted_from(day).iso(), iso);
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_said() {
    let day = |text| Date::parse(text, &Vocabulary::default()).unwrap();
    for (text, unread) in [
        ("03/04/2020", Unread::Either(day("2020-04-03"), day("2020-03-04"))),
        ("2008/09", Unread::Either(day("2008-09"), day("2008/2009"))),
        ("by 03.04.2020", Unread::Either(day("2020-04-03"), day("2020-03-04"))),
        ("31/02/2020", Unread::NoSuchDay),
        ("31 February 2020", Unread::NoSuchDay),
        ("2020-02-30", Unread::NoSuchDay),
        ("2020-13-01", Unread::NotADate),
        ("soon", Unread::NotADate),
    ] {
        assert_eq!(Date::read(text, &vocabulary(&[])), Err(unread), "{text}");
    }
}

#[test]
fn a_date_covers_its_days() {
    let vocabulary = vocabulary(&[]);
    for (text, first, last) in [
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-Q4", "2020-10-01", "2020-12-31"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("2022–2024", "2022-01-01", "2024-12-31"),
        ("winter 2027", "2027-12-01", "2028-02-29"),
    ] {
        let date = Date::parse(text, &vocabulary).unwrap();
        assert_eq!(
            (date.first_day().to_string(), date.last_day().to_string()),
            (first.into(), last.into())
        );
    }
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (1900i32..2200, 1u32..=12, 1u32..=28)
        .prop_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

/// Dates of every precision.
fn any_date() -> impl Strategy<Value = Date> {
    let month = || any_day().prop_map(|day| Date::Month { year: day.year(), month: day.month() });
    let of_days = (any_day(), any_day()).prop_map(|(a, b)| Date::between(a.min(b), a.max(b)));
    let of_months = (month(), 0u32..40).prop_filter_map("after 2199", |(first, months)| {
        let date = Date::of_months(first.first_day(), 0, months + 1)?;
        (date.last_day().year() < 2200).then_some(date)
    });
    prop_oneof![
        any_day().prop_map(Date::Day),
        month(),
        (1900i32..2200, 1u32..=4).prop_map(|(year, quarter)| Date::Quarter { year, quarter }),
        (1900i32..2200).prop_map(Date::Year),
        (1900i32..2150, 1i32..50).prop_map(|(from, more)| Date::Years { from, to: from + more }),
        of_days.prop_map(|date| date.unwrap()),
        of_months,
    ]
}

/// Texts of the words that dates have, in any order.
fn any_words() -> impl Strategy<Value = String> {
    let words = [
        "2025",
        "15",
        "1st",
        "Q1",
        "end",
        "mid",
        "March",
        "to",
        "–",
        "-",
        "/",
        ".",
        "within",
        "six",
        "months",
        "of",
        "Spring",
        "half",
        "FY",
        "before",
        "by",
        "d’",
        "mars",
        "à",
        "1-е",
        "весна",
        "до",
        "г.",
        "2025/26",
        "31/12/2025",
        "9999999999",
        "early",
        "II",
        "’",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..8)
        .prop_flat_map(|words| (Just(words), prop::sample::select(vec![" ", ""])))
        .prop_map(|(words, between)| words.join(between))
}

proptest! {
    #[test]
    fn any_text_is_a_date_or_none(text in prop_oneof![any_words(), "\\PC{0,40}".prop_map(String::from)]) {
        thread_local!(static VOCABULARY: Vocabulary = vocabulary(&["fr", "ru"]));
        VOCABULARY.with(|vocabulary| {
            if let Some(date) = Date::parse(&text, vocabulary) {
                prop_assert!(date.first_day() <= date.last_day());
                // The form for machines is read, too.
                prop_assert_eq!(Date::parse(&date.plain_iso(), vocabulary), Some(date));
            }
            let _ = Deadline::read(&text, vocabulary).map(|deadline| deadline.counted_from(NaiveDate::MAX));
            Ok(())
        })?;
    }

    #[test]
    fn what_is_written_is_read_again(date in any_date()) {
        thread_local!(static LANGUAGES: (Languages, Vec<Vocabulary>) = {
            let tags = BUILT_IN.iter().map(|(tag, _)| *tag);
            (languages(), tags.map(|tag| vocabulary(&[tag])).chain([vocabulary(&["fr", "ru"])]).collect())
        });
        LANGUAGES.with(|(languages, vocabularies)| {
            for (index, (tag, _)) in BUILT_IN.iter().enumerate() {
                let text = date.in_words(languages.get(tag).unwrap());
                for vocabulary in [&vocabularies[index], &vocabularies[BUILT_IN.len()]] {
                    prop_assert_eq!(Date::parse(&text, vocabulary), Some(date), "{}", text);
                }
            }
            prop_assert_eq!(Date::parse(&date.iso(), &vocabularies[0]), Some(date));
            Ok(())
        })?;
    }
}
