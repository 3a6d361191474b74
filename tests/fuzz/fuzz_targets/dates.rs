//! Any text as a date: either it has a first and a last day, or it is not a date.
#![no_main]

use recto::language::Languages;
use recto::model::Date;
use recto::source::Input;
use recto::vocabulary::Vocabulary;

thread_local! {
    static WORDS: Vocabulary = {
        let input = Input::new(Vec::new(), chrono::NaiveDate::default());
        let tags = ["en", "fr", "ru"].map(str::to_owned);
        let mut words = Vocabulary::default();
        Languages::read(&input, &mut Vec::new()).teach(&tags, &mut words);
        words
    };
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    WORDS.with(|words| {
        if let Some(date) = Date::parse(text, words) {
            assert!(date.first_day() <= date.last_day());
            // What is printed is read again.
            assert_eq!(Date::parse(&date.iso(), words), Some(date));
        }
    });
});
