//! What is marked `draft: true`, and what is in the folder of a draft.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::layout::{ContentFiles, Role};
use super::{EntryKind, Remembered, front_matter};
use crate::source::{CONTENT, FileId};

/// What happens to drafts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Drafts {
    /// They are left out.
    #[default]
    LeaveOut,
    /// They are treated like everything else.
    Include,
}

/// The drafts of a site.
#[derive(Default)]
pub(super) struct DraftFiles {
    /// The folders of draft reports, from the site's root, with a `/` at the end. Everything in
    /// them is a draft too, other reports included.
    folders: Vec<String>,
    files: BTreeSet<FileId>,
}

impl DraftFiles {
    /// The drafts among the texts.
    pub(super) fn of(layout: &ContentFiles, read: &[Arc<Remembered>]) -> Self {
        let mut left_out = Self::default();
        for ((file, role), read) in layout.texts.iter().zip(read) {
            if !is_draft(read) {
                continue;
            }
            left_out.files.insert(*file);
            if let Role::Report { folder } = role {
                left_out.folders.push(format!("{CONTENT}{folder}/"));
            }
        }
        for (file, role) in &layout.texts {
            if let Role::Translation { of, .. } = role
                && left_out.files.contains(of)
            {
                left_out.files.insert(*file);
            }
        }
        left_out
    }

    /// Whether a file is a draft, or a part of one.
    pub(super) fn has(&self, file: FileId, path: &str) -> bool {
        self.files.contains(&file) || self.folders.iter().any(|folder| path.starts_with(folder))
    }
}

fn is_draft(read: &Remembered) -> bool {
    match read.entry.as_ref().map(|entry| &entry.kind) {
        Some(EntryKind::Report { front, .. }) => front.draft,
        Some(EntryKind::Recommendation { front, .. }) => front.draft,
        Some(EntryKind::Page { front, .. }) => front.draft,
        Some(EntryKind::Translation { .. }) => false,
        // Even half written, it may say that it is a draft.
        None => says_draft(&read.source),
    }
}

/// Whether a file whose keys cannot be read has a line `draft: true` where its keys are.
fn says_draft(source: &str) -> bool {
    let keys = match front_matter::split(source, FileId(0), &mut Vec::new()) {
        Some(parts) => &source[parts.yaml],
        None => source,
    };
    let value =
        |line: &str| Some(line.strip_prefix("draft:")?.split(" #").next()?.trim() == "true");
    keys.lines().any(|line| value(line) == Some(true))
}
