//! What was fine within the last day. Anything else is asked again each time: it may be fixed by
//! now.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::checks::outside_address::Answer;

/// How long a good answer is kept.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The largest memory that is read.
const LARGEST: u64 = 16 << 20;

/// Addresses that were there, with the second of the answer since 1970 and where they had moved to.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct AnswerMemory {
    fine: BTreeMap<String, RememberedAnswer>,
}

#[derive(Debug, Serialize, Deserialize)]
struct RememberedAnswer {
    at: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved_to: Option<String>,
}

impl AnswerMemory {
    /// What a file remembers of the last day: nothing if it is missing or damaged.
    pub(super) fn read(file: &Path, now: SystemTime) -> Self {
        // Something else, such as a link or a device, may have taken its place.
        let is_ours =
            std::fs::symlink_metadata(file).is_ok_and(|it| it.is_file() && it.len() <= LARGEST);
        let bytes = if is_ours { std::fs::read(file).unwrap_or_default() } else { Vec::new() };
        let mut memory: Self = serde_json::from_slice(&bytes).unwrap_or_default();
        let now = seconds(now);
        memory.fine.retain(|_, one| one.at <= now && now - one.at < DAY.as_secs());
        memory
    }

    pub(super) fn answer(&self, address: &str) -> Option<Answer> {
        let remembered = self.fine.get(address)?;
        Some(match &remembered.moved_to {
            Some(to) => Answer::Moved(to.clone()),
            None => Answer::Fine,
        })
    }

    pub(super) fn remember(&mut self, address: &str, answer: &Answer, now: SystemTime) {
        let moved_to = match answer {
            Answer::Fine => None,
            Answer::Moved(to) => Some(to.clone()),
            Answer::Broken(_) | Answer::Blocked(_) | Answer::Unreachable(_) => return,
        };
        self.fine.insert(address.to_owned(), RememberedAnswer { at: seconds(now), moved_to });
    }

    pub(super) fn write(&self, file: &Path) -> anyhow::Result<()> {
        // Renaming replaces what is there, and does not follow links.
        let folder = file.parent().unwrap_or(Path::new("."));
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(&serde_json::to_vec_pretty(self)?)?;
        new.persist(file)?;
        Ok(())
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_day_is_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("memory.json");
        let now = SystemTime::now();
        let mut memory = AnswerMemory::default();
        memory.remember("a", &Answer::Fine, now - DAY);
        memory.remember("b", &Answer::Fine, now - DAY / 2);
        memory.remember("c", &Answer::Moved("d".to_owned()), now);
        memory.remember("e", &Answer::Broken(404), now);
        memory.write(&file).unwrap();
        let memory = AnswerMemory::read(&file, now);
        assert_eq!(memory.answer("a"), None);
        assert_eq!(memory.answer("b"), Some(Answer::Fine));
        assert_eq!(memory.answer("c"), Some(Answer::Moved("d".to_owned())));
        assert_eq!(memory.answer("e"), None);
        std::fs::write(&file, b"{ spoilt").unwrap();
        assert_eq!(AnswerMemory::read(&file, now).answer("b"), None);
    }
}
