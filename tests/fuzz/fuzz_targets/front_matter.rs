//! Any bytes as a recommendation.
#![no_main]

mod site;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| site::check("content/r/1.md", bytes));
