//! Any text: what is found in it is in order, never overlaps, and can be cut out of it.
#![no_main]

use std::sync::LazyLock;

use recto::references::{Finder, KnownNames};

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let terms = ["CAC", "CIS", "CIS ICIS", "NPD", "NPDs"].map(str::to_owned).to_vec();
    Finder::new(KnownNames { terms, ..KnownNames::default() })
});

libfuzzer_sys::fuzz_target!(|text: &str| {
    let found = FINDER.find(text, None);
    let mut end = 0;
    for one in &found.matches {
        assert!(end <= one.range.start && one.range.start <= one.range.end, "{one:?}");
        assert!(text.get(one.range.clone()).is_some(), "{one:?}");
        end = one.range.end;
    }
    for doubt in &found.uncertain {
        assert!(text.get(doubt.range.clone()).is_some());
    }
});
