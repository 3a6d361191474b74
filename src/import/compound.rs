//! Compound files: the containers of Office before 2007, and of encrypted documents since.

use std::collections::BTreeSet;

use super::error::ReadError;

/// The eight bytes that every compound file begins with.
pub(super) const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Streams shorter than this are in the small sectors.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;
/// Above this, numbers of sectors mean something else.
const LAST_SECTOR: u32 = 0xFFFF_FFF9;
/// No document has a directory with more entries.
const MAX_ENTRIES: usize = 10_000;

/// A compound file.
pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// Which sector follows each sector.
    next: Vec<u32>,
    next_small: Vec<u32>,
    /// All small sectors.
    small: Vec<u8>,
    /// The streams at the top: name, first sector, length.
    streams: Vec<(String, u32, usize)>,
}

impl<'b> Compound<'b> {
    /// Reads the directory.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let damaged = || ReadError::broken("", "its directory cannot be read");
        let word = |at: usize| u32_at(bytes, at).ok_or_else(damaged);
        let sector = match bytes.get(30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(damaged()),
        };
        let mut file = Self {
            bytes,
            sector,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            streams: Vec::new(),
        };
        for number in file.tables().ok_or_else(damaged)? {
            let table = file.sector(number).ok_or_else(damaged)?;
            file.next.extend(words(table));
        }
        let directory = file.chain(word(48)?).ok_or_else(damaged)?;
        let entries: Vec<&[u8]> = directory.chunks_exact(128).take(MAX_ENTRIES).collect();
        let root = entries.first().ok_or_else(damaged)?;
        file.next_small = words(&file.chain(word(60)?).unwrap_or_default()).collect();
        file.small = file.chain(u32_at(root, 116).unwrap_or(u32::MAX)).unwrap_or_default();
        file.streams = streams(&entries);
        Ok(file)
    }

    /// Whether there is a stream of this name at the top.
    pub(super) fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|(known, ..)| known == name)
    }

    /// A stream at the top.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let (_, start, length) = self.streams.iter().find(|(known, ..)| known == name)?;
        let mut bytes =
            if *length < SMALL { self.small_chain(*start)? } else { self.chain(*start)? };
        bytes.truncate(*length);
        Some(bytes)
    }

    /// The sectors that say which sector follows which.
    fn tables(&self) -> Option<Vec<u32>> {
        let mut tables: Vec<u32> = words(self.bytes.get(76..512)?).collect();
        let mut next = u32_at(self.bytes, 68)?;
        let mut seen = BTreeSet::new();
        while next <= LAST_SECTOR && seen.insert(next) {
            let sector = self.sector(next)?;
            let (list, last) = sector.split_at_checked(sector.len().checked_sub(4)?)?;
            tables.extend(words(list));
            next = u32_at(last, 0)?;
        }
        tables.retain(|number| *number <= LAST_SECTOR);
        // A sector named twice would make the table longer than the file.
        (tables.len() <= self.bytes.len() / self.sector).then_some(tables)
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// The sectors from this one on, one after the other; none where they go round in a circle.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut number = start;
        while number <= LAST_SECTOR {
            bytes.extend_from_slice(self.sector(number)?);
            if bytes.len() > self.bytes.len() {
                return None;
            }
            number = *self.next.get(usize::try_from(number).ok()?)?;
        }
        Some(bytes)
    }

    fn small_chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut number = start;
        while number <= LAST_SECTOR {
            let index = usize::try_from(number).ok()?;
            let from = index.checked_mul(SMALL_SECTOR)?;
            bytes
                .extend_from_slice(self.small.get(from..)?.get(..SMALL_SECTOR).unwrap_or_default());
            if bytes.len() > SMALL {
                return None;
            }
            number = *self.next_small.get(index)?;
        }
        Some(bytes)
    }
}

/// The streams directly in the root: documents within the document are in storages.
fn streams(entries: &[&[u8]]) -> Vec<(String, u32, usize)> {
    const STREAM: u8 = 2;
    let mut streams = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![entries.first().and_then(|root| u32_at(root, 76)).unwrap_or(u32::MAX)];
    while let Some(number) = open.pop() {
        let Some(entry) = usize::try_from(number).ok().and_then(|index| entries.get(index)) else {
            continue;
        };
        if !seen.insert(number) {
            continue;
        }
        open.extend([68, 72].into_iter().filter_map(|at| u32_at(entry, at)));
        let units: Vec<u16> = entry
            .chunks_exact(2)
            .take(32)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        let name: Vec<u16> = units.into_iter().take_while(|unit| *unit != 0).collect();
        if let (Some(&STREAM), Some(start), Some(length)) =
            (entry.get(66), u32_at(entry, 116), u32_at(entry, 120))
        {
            streams.push((
                String::from_utf16_lossy(&name),
                start,
                usize::try_from(length).unwrap_or(usize::MAX),
            ));
        }
    }
    streams
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|word| u32_at(word, 0))
}
