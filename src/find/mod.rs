//! What the script of the list of all recommendations reads: the rows, the words of the texts, and
//! the texts themselves.
//!
//! They are scripts, not JSON, because a page that is opened from disk may load a script and nothing
//! else. Each calls `recto(kind, number, data)`. Places of recommendations are those in
//! [`Lists::all`](crate::model::Lists::all); many of them are written as [`gaps`].

mod gaps;
mod rows;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;

use crate::markup::plain;
use crate::model::{Recommendation, Site};
use crate::pages::Here;
use gaps::gaps;
use words::Stems;

/// How many texts are in a file. A reader loads those of the recommendations that are shown.
const TEXTS_OF_FILE: usize = 20;

/// How many recommendations a file of words is for: a site of that many has one.
const WORDS_OF_FILE: usize = 2500;

/// A file that the script reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindFile {
    /// What is in the table, and what can be chosen.
    Rows,
    /// In which recommendations words are: of those words that belong in this file.
    Words(usize),
    /// The texts of some recommendations, to show where words are.
    Texts(usize),
}

impl FindFile {
    /// Every file of a site in one language.
    pub fn all(site: &Site) -> Vec<Self> {
        let length = site.lists.all.len();
        if length == 0 {
            return Vec::new();
        }
        let words = (0..files_of_words(length)).map(Self::Words);
        let texts = (0..length.div_ceil(TEXTS_OF_FILE)).map(Self::Texts);
        [Self::Rows].into_iter().chain(words).chain(texts).collect()
    }

    /// Its address.
    pub fn address(self) -> String {
        match self {
            Self::Rows => "recommendations/rows.js".to_owned(),
            Self::Words(number) => format!("recommendations/words/{number}.js"),
            Self::Texts(number) => format!("recommendations/texts/{number}.js"),
        }
    }
}

fn files_of_words(length: usize) -> usize {
    length.div_ceil(WORDS_OF_FILE)
}

/// Makes the files that are wanted, and hands each one over. `here` is the list of all in a language.
///
/// # Errors
///
/// What `take` fails with.
pub fn find_files<E: Send>(
    here: &Here<'_>,
    wanted: &BTreeSet<FindFile>,
    take: impl Fn(FindFile, Vec<u8>) -> Result<(), E> + Sync,
) -> Result<(), E> {
    if wanted.contains(&FindFile::Rows) {
        take(FindFile::Rows, script("rows", 0, &rows::rows(here, TEXTS_OF_FILE)))?;
    }
    if !wanted.iter().any(|file| *file != FindFile::Rows) {
        return Ok(());
    }
    let all = &here.site.lists.all;
    let stems = Stems::of(here.words);
    let blocks = all.par_chunks(TEXTS_OF_FILE).enumerate().map(|(number, ids)| {
        let texts: Vec<String> =
            ids.iter().map(|id| searched(here, here.site.recommendation(*id))).collect();
        let words = texts.iter().map(|text| stems.words(text)).collect();
        let file = FindFile::Texts(number);
        if wanted.contains(&file) {
            take(file, script("texts", number, &texts))?;
        }
        Ok(words)
    });
    let words: Vec<Vec<BTreeSet<String>>> = blocks.collect::<Result<_, E>>()?;
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, words) in words.iter().flatten().enumerate() {
        for word in words {
            places.entry(word).or_default().push(place);
        }
    }
    let files = files_of_words(all.len());
    let mut words_of_files: Vec<Vec<(&str, String)>> = vec![Vec::new(); files];
    for (word, places) in places {
        words_of_files[words::file_of(word, files)].push((word, gaps(&places)));
    }
    for (number, words) in words_of_files.iter().enumerate() {
        let file = FindFile::Words(number);
        if wanted.contains(&file) {
            take(file, script("words", number, words))?;
        }
    }
    Ok(())
}

/// Makes one of the files.
pub fn find_file(here: &Here<'_>, file: FindFile) -> Vec<u8> {
    let bytes = Mutex::new(Vec::new());
    let made = find_files(here, &BTreeSet::from([file]), |_, made| {
        *bytes.lock().unwrap_or_else(PoisonError::into_inner) = made;
        Ok::<(), Infallible>(())
    });
    let Ok(()) = made;
    bytes.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The words of a recommendation in which readers search: title, texts, parts and actions.
fn searched(here: &Here<'_>, of: &Recommendation) -> String {
    let text = of.texts.in_language(here.language());
    let report = here.site.report(of.report);
    let sections = plain::sections(text, here.site, report, here.words);
    let parts = of.front.parts.iter().filter_map(|part| part.text.as_ref());
    let actions = of.front.actions.iter().map(|action| &action.text);
    let tasks = parts.chain(actions).map(|text| text.value.clone());
    let all = [text.title.value.clone()].into_iter().chain(sections).chain(tasks);
    all.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A call of the function that takes the data. JSON is JavaScript (ECMA-262, 2019), and nothing in a
/// file of JavaScript ends it early.
fn script(kind: &str, number: usize, data: &impl Serialize) -> Vec<u8> {
    let mut text = format!("recto(\"{kind}\",{number},").into_bytes();
    // Writing texts and numbers to memory cannot fail.
    let _ = serde_json::to_writer(&mut text, data);
    text.extend(b");\n");
    text
}
