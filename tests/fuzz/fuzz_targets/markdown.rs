//! Any text below correct front matter.
#![no_main]

mod site;

const FRONT: &str = "---\nnumber: 1\ntitle: x\nresponse: accepted\nstatus: in progress\n---\n\n";

libfuzzer_sys::fuzz_target!(|text: &str| {
    site::check("content/r/1.md", format!("{FRONT}{text}").as_bytes());
});
