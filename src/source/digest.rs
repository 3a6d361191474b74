//! Digests of values and files: two are equal when, and only when, what they were made from is.

use std::hash::Hash;
use std::io::Read;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use xxhash_rust::xxh3::Xxh3;

/// 128 bits of XXH3: enough that no two things share them by chance. It does not stop anyone who
/// looks for two that do, but all that they would gain is a stale page on their own site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(u128);

impl Digest {
    /// The digest of a value.
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        let mut hasher = Xxh3::new();
        value.hash(&mut hasher);
        Self(hasher.digest128())
    }

    /// The digest of bytes, and so of a file that holds them.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// The digest of everything that a reader gives, taken piece by piece: films can be large.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn of_reader(mut reader: impl Read) -> std::io::Result<Self> {
        let mut hasher = Xxh3::new();
        let mut piece = [0; 1 << 15];
        loop {
            match reader.read(&mut piece)? {
                0 => return Ok(Self(hasher.digest128())),
                length => hasher.update(&piece[..length]),
            }
        }
    }
}

impl From<u128> for Digest {
    fn from(bits: u128) -> Self {
        Self(bits)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:032x}", self.0))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        u128::from_str_radix(&text, 16).map(Self).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_digest_of_its_bytes() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|n| n.to_le_bytes()[0]).collect();
        for length in [0, 1, 1 << 15, (1 << 15) + 1, bytes.len()] {
            let of = &bytes[..length];
            assert_eq!(Digest::of_reader(of).unwrap(), Digest::of_bytes(of), "{length} bytes");
        }
        assert_ne!(Digest::of_bytes(b"a"), Digest::of_bytes(b"b"));
    }

    #[test]
    fn it_is_written_and_read() {
        let digest = Digest::from(7);
        let text = serde_json::to_string(&digest).unwrap();
        assert_eq!(text, "\"00000000000000000000000000000007\"");
        assert_eq!(serde_json::from_str::<Digest>(&text).unwrap(), digest);
        assert!(serde_json::from_str::<Digest>("\"no digest\"").is_err());
    }
}
