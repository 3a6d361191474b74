//! Addresses on other sites: asked whether they are still there, politely, and at most once a day
//! while they are.
//!
//! An address is broken when its host says so, with 404 or 410. A host that refuses programs, or
//! gives no answer today, says nothing about the address: that is reported separately, and is not
//! an error.

#![allow(clippy::disallowed_methods, reason = "asking other hosts is what this module is for")]

mod addresses;
mod ask;
mod memory;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use crate::checks::outside_address::{Answer, diagnostic};
use crate::diagnostics::Diagnostic;
use crate::model::Site;
use crate::source::Span;

use memory::AnswerMemory;

pub use addresses::addresses;

/// How patient to be, and how polite.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The longest that one address may take, redirections included.
    pub patience: Duration,
    /// The pause between two addresses of one host.
    pub pause: Duration,
    /// How many hosts are asked at the same time.
    pub hosts: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { patience: Duration::from_secs(20), pause: Duration::from_millis(300), hosts: 16 }
    }
}

/// The result of asking.
#[derive(Debug)]
pub struct Asked {
    /// What is wrong with addresses.
    pub diagnostics: Vec<Diagnostic>,
    /// How many addresses were asked.
    pub asked: usize,
    /// How many were fine within the last day, and were not asked again.
    pub remembered: usize,
}

/// The file, in the folder of a site, that remembers what was fine.
pub const MEMORY: &str = ".recto-cache.json";

/// Asks every address that a site's texts and registers link to from the places that are wanted.
///
/// # Errors
///
/// When no threads can be started.
pub fn check(
    site: &Site,
    root: &Path,
    wanted: impl Fn(Span) -> bool,
    manners: Pace,
) -> anyhow::Result<Asked> {
    let mut addresses = addresses(site);
    addresses.values_mut().for_each(|places| places.retain(|place| wanted(*place)));
    addresses.retain(|_, places| !places.is_empty());
    let now = SystemTime::now();
    let file = root.join(MEMORY);
    let mut memory = AnswerMemory::read(&file, now);
    let all = addresses.len();
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    let mut by_host: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in addresses.keys() {
        match memory.answer(address) {
            Some(answer) => drop(answers.insert(address.clone(), answer)),
            None => by_host.entry(ask::host(address)).or_default().push(address),
        }
    }
    let remembered = answers.len();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(manners.hosts).build()?;
    let asked: Vec<(String, Answer)> = pool.install(|| {
        by_host
            .into_par_iter()
            .flat_map(|(_, addresses)| ask::one_host(&addresses, manners))
            .collect()
    });
    asked.iter().for_each(|(address, answer)| memory.remember(address, answer, now));
    if !asked.is_empty() {
        // Where it cannot be written, the same addresses are asked again next time.
        let _ = memory.write(&file);
    }
    answers.extend(asked);
    let diagnostics = answers
        .iter()
        .filter_map(|(address, answer)| diagnostic(address, answer, addresses.get(address)?))
        .collect();
    Ok(Asked { diagnostics, asked: all - remembered, remembered })
}
