//! Why a document cannot be read, and what to do about it.

use std::fmt;

/// How much text, addresses or pictures a document may have together, in bytes. A file can name one long
/// address or text a million times; what is read would not fit into memory.
pub(crate) const MAX_BYTES: usize = 100 * 1024 * 1024;

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The file is of a kind that has no reader.
    Refused {
        /// What it is: `a PDF`.
        what: &'static str,
        /// What to do instead: `copy the table into Word`.
        instead: &'static str,
    },
    /// The file holds tracked changes, and nobody said whether to accept them.
    TrackedChanges {
        /// Who made them, each once.
        authors: Vec<String>,
        /// How many there are.
        number: usize,
    },
    /// The file is larger than any report.
    TooLarge(FileLimit),
    /// The file is damaged, or made to do harm.
    Broken {
        /// Which part of it: `word/document.xml`; empty for the file as a whole.
        part: String,
        /// What is wrong there.
        reason: String,
    },
}

/// What a document may not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileLimit {
    /// All its parts together, unpacked, in bytes.
    Unpacked,
    /// How many times larger a part becomes by unpacking.
    Ratio,
    /// How deep elements are nested.
    Depth,
    /// How many cells its tables have.
    Cells,
    /// How many elements a part has.
    Elements,
}

impl ReadError {
    /// A damaged part.
    pub(crate) fn broken(part: &str, reason: impl Into<String>) -> Self {
        Self::Broken { part: part.to_owned(), reason: reason.into() }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { what, instead } => write!(f, "This is {what}: {instead}."),
            Self::TrackedChanges { authors, number } => {
                let changes = if *number == 1 {
                    "1 tracked change"
                } else {
                    &format!("{number} tracked changes")
                };
                let by = if authors.is_empty() {
                    String::new()
                } else {
                    format!(" by {}", authors.join(", "))
                };
                write!(
                    f,
                    "This document has {changes}{by}. Accept or reject them in Word, or say `--changes accept` or `--changes reject`."
                )
            }
            Self::TooLarge(limit) => {
                write!(f, "This file is too large to be a report: {}.", limit.text())
            }
            Self::Broken { part, reason } if part.is_empty() => {
                write!(
                    f,
                    "This file is damaged ({reason}). Open it in the program that made it and save it again."
                )
            }
            Self::Broken { part, reason } => write!(
                f,
                "This file is damaged in {part} ({reason}). Open it in the program that made it and save it again."
            ),
        }
    }
}

impl std::error::Error for ReadError {}

impl FileLimit {
    const fn text(self) -> &'static str {
        match self {
            Self::Unpacked => "unpacked, it takes more than 100 MB",
            Self::Ratio => "a part of it unpacks to more than 200 times its size",
            Self::Depth => "its elements are nested more than 256 deep",
            Self::Cells => "it has more than 1,000,000 cells",
            Self::Elements => "a part of it has millions of elements",
        }
    }
}
