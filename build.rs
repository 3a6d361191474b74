//! Gives the program a digest of its own sources, because another version may build other bytes.

#![allow(clippy::disallowed_methods, reason = "it runs when the program is compiled")]

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

fn main() {
    let mut digest = DefaultHasher::new();
    for source in ["Cargo.lock", "Cargo.toml", "src", "templates"] {
        println!("cargo:rerun-if-changed={source}");
        read(Path::new(source), &mut digest);
    }
    println!("cargo:rustc-env=RECTO_SOURCES={:016x}", digest.finish());
}

fn read(path: &Path, digest: &mut DefaultHasher) {
    let Ok(entries) = std::fs::read_dir(path) else {
        return std::fs::read(path).unwrap_or_default().hash(digest);
    };
    let mut below: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    below.sort();
    below.iter().for_each(|path| read(path, digest));
}
