//! Which file is what, by its place and name.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::Diagnostic;
use crate::source::{Content, FileId, Input, Span};

/// The folder of the content, from the site's root.
pub const FOLDER: &str = "content/";

/// The file that makes its folder a report.
const REPORT: &str = "report.md";

/// The files at the top of the content that are no pages and no assets.
const REGISTERS: [&str; 4] = ["site.yaml", "documents.yaml", "glossary.yaml", "units.yaml"];

/// What a Markdown file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// `report.md`, which makes its folder a report.
    Report {
        /// The folder below `content/`.
        folder: String,
    },
    /// Any other Markdown file beside a `report.md`.
    Recommendation {
        /// The folder below `content/`.
        folder: String,
    },
    /// Any other Markdown file.
    Page {
        /// The path below `content/`, without the ending.
        path: String,
    },
    /// `name.fr.md` beside `name.md`.
    Translation {
        /// The original.
        of: FileId,
        /// The language's tag.
        language: String,
        /// Whether the original is a recommendation, whose headings mean something.
        of_recommendation: bool,
    },
}

/// All files of the content by what they are.
#[derive(Debug, Default)]
pub struct Layout {
    /// The Markdown files.
    pub texts: Vec<(FileId, Role)>,
    /// The files that are copied along: their address and number.
    pub assets: Vec<(String, FileId)>,
}

impl Layout {
    /// Sorts the files of a site.
    pub fn of(input: &Input, languages: &[String], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let content = || {
            input
                .files_with_id()
                .filter_map(|(id, file)| Some((id, file.path.strip_prefix(FOLDER)?, &file.content)))
        };
        let reports: BTreeSet<&str> = content()
            .filter_map(|(_, path, _)| folder_and_name(path))
            .filter(|(_, name)| *name == REPORT)
            .map(|(folder, _)| folder)
            .collect();
        let originals: BTreeMap<&str, FileId> = content().map(|(id, path, _)| (path, id)).collect();
        let mut layout = Self::default();
        for (id, path, content) in content() {
            let Some(stem) = path.strip_suffix(".md") else {
                if matches!(content, Content::Asset) && !REGISTERS.contains(&path) {
                    layout.assets.push((path.to_owned(), id));
                }
                continue;
            };
            let role_of = |path: &str| match folder_and_name(path) {
                Some((folder, REPORT)) => Role::Report { folder: folder.to_owned() },
                Some((folder, _)) if reports.contains(folder) => {
                    Role::Recommendation { folder: folder.to_owned() }
                }
                _ => Role::Page { path: path.strip_suffix(".md").unwrap_or(path).to_owned() },
            };
            let translation = stem.rsplit_once('.').and_then(|(original, tag)| {
                let original = format!("{original}.md");
                let of = *originals.get(original.as_str())?;
                Some((of, tag, role_of(&original)))
            });
            let role = match translation {
                Some((of, tag, role)) if languages[1..].iter().any(|known| known == tag) => {
                    let of_recommendation = matches!(role, Role::Recommendation { .. });
                    Role::Translation { of, language: tag.to_owned(), of_recommendation }
                }
                Some((_, tag, _))
                    if crate::language::Words::is_tag(tag)
                        && !tag.bytes().all(|b| b.is_ascii_digit()) =>
                {
                    let message = format!("`{tag}` is not a further language of this site");
                    let help = format!(
                        "add it to `languages` in `{}`, or write `-` for the dot in the file's name",
                        crate::config::PATH
                    );
                    diagnostics.push(
                        Diagnostic::error("unknown-language", Span::top(id), message).help(help),
                    );
                    continue;
                }
                _ => role_of(path),
            };
            layout.texts.push((id, role));
        }
        layout
    }
}

fn folder_and_name(path: &str) -> Option<(&str, &str)> {
    path.rsplit_once('/')
}
