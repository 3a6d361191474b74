//! What the script of the list of all recommendations reads: the rows, the words of the texts, and
//! the texts themselves.
//!
//! They are scripts, not JSON, because a page that is opened from disk may load a script and nothing
//! else. Each calls `recto(kind, number, data)`. Places of recommendations are those in
//! [`Lists::all`](crate::model::Lists::all); many of them are written as the
//! gaps between them.

mod gaps;
mod rows;
mod words;

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;

use crate::markup::plain;
use crate::model::{Recommendation, RecommendationId, Site};
use crate::pages::Here;
use gaps::gaps;
use words::{Index, Stems};

/// How many texts are in a file. A reader loads those of the recommendations that are shown.
const TEXTS_OF_FILE: usize = 20;

/// How many files of texts are made one after another, on one processor.
const FILES_OF_PART: usize = 16;

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
    let needs_words = wanted.iter().any(|file| matches!(file, FindFile::Words(_)));
    let is_wanted = |number: usize| wanted.contains(&FindFile::Texts(number));
    // Many files of texts at once: the words of each part are gathered before they are joined.
    let parts = all.par_chunks(TEXTS_OF_FILE * FILES_OF_PART).enumerate().map(|(part, ids)| {
        let mut index = Index::default();
        for (within, ids) in ids.chunks(TEXTS_OF_FILE).enumerate() {
            let number = part * FILES_OF_PART + within;
            if !needs_words && !is_wanted(number) {
                continue;
            }
            let of = |id: &RecommendationId| here.site.recommendation(*id);
            let texts: Vec<String> = ids.iter().map(|id| text_of(here, of(id))).collect();
            for (place, (text, id)) in (number * TEXTS_OF_FILE..).zip(texts.iter().zip(ids)) {
                if needs_words {
                    index.add(place, text, &stems);
                    index.add(place, &names_of(here, of(id)), &stems);
                }
            }
            if is_wanted(number) {
                take(FindFile::Texts(number), script("texts", number, &texts))?;
            }
        }
        Ok(index)
    });
    let parts: Vec<Index> = parts.collect::<Result<_, E>>()?;
    let mut index = Index::default();
    parts.into_iter().for_each(|part| index.append(part));
    let words = index.sorted();
    let files = files_of_words(all.len());
    let mut words_of_files: Vec<Vec<(&str, String)>> = vec![Vec::new(); files];
    for (word, places) in &words {
        words_of_files[words::file_of(word, files)].push((word, gaps(places)));
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

/// What a recommendation is called: its number, report, topics, and who is responsible.
fn names_of(here: &Here<'_>, of: &Recommendation) -> String {
    let wording = here.wording();
    let report = here.site.report(of.report).short_title(here.language());
    let topics = of.tags.iter().map(|index| here.site.tags[*index].name.as_str());
    let units = of.units_first().into_iter().map(|id| wording.unit_name(here.site.unit(id)));
    [of.label.0.as_str(), report]
        .into_iter()
        .chain(topics)
        .chain(units)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The words of a recommendation in which readers search: the title in the first line, then texts, parts
/// and actions.
fn text_of(here: &Here<'_>, of: &Recommendation) -> String {
    let text = of.texts.in_language(here.language());
    let report = here.site.report(of.report);
    let sections = plain::sections(text, here.site, report, here.words);
    let language = here.language();
    let parts = (0..of.front.parts.len()).filter_map(|index| of.part_in(index, language));
    let parts = parts.map(|part| part.words.to_string());
    let actions = of.front.actions.iter().enumerate();
    let actions =
        actions.map(|(index, action)| of.action_in(index, language).unwrap_or(&action.text));
    let tasks = parts.chain(actions.map(|text| text.value.clone()));
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
