//! What the texts of a report need to know from its `report.md`, which is read at the same time.

use std::collections::BTreeMap;

use super::{Reading, front_matter};
use crate::references::Organ;
use crate::source::{CONTENT, FileId, Input};
use crate::yaml::{self, FromYaml, Kind, Reader, Value};

/// What the texts of a folder share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shared {
    /// The language of the originals.
    pub(super) language: String,
    /// The organ of resolutions that they cite without one.
    pub(super) organ: Option<Organ>,
}

/// What the texts of each folder share.
pub(super) struct OfReports {
    /// The language of the site's plain files.
    first_language: String,
    /// What each report says for its folder, by the folder from the site's root.
    languages: BTreeMap<String, String>,
    organs: BTreeMap<String, Organ>,
}

impl OfReports {
    /// Reads it from every `report.md`. What is wrong there is reported when the whole file is
    /// read.
    pub(super) fn read(input: &Input, reading: &Reading<'_>) -> Self {
        let tags = reading.config.language_tags();
        let mut of_reports = Self {
            first_language: tags[0].clone(),
            languages: BTreeMap::new(),
            organs: BTreeMap::new(),
        };
        for (id, file) in input.files_with_id() {
            let Some(folder) = file.path.strip_suffix("/report.md") else { continue };
            let is_asked = ["organ", "language"].iter().any(|key| file.text().contains(key));
            if !folder.starts_with(CONTENT.trim_end_matches('/')) || !is_asked {
                continue;
            }
            let Some(entries) = keys(file.text(), id) else { continue };
            let mut ignored = Vec::new();
            let mut reader = Reader {
                vocabulary: reading.vocabulary,
                own_keys: Vec::new(),
                diagnostics: &mut ignored,
            };
            let value = |key: &str| entries.iter().find(|(name, _)| name == key).map(|(_, it)| it);
            let language = value("language").and_then(Value::as_text);
            if let Some(language) = language.filter(|tag| tags.iter().any(|known| known == tag)) {
                of_reports.languages.insert(folder.to_owned(), language.to_owned());
            }
            if let Some(organ) =
                value("organ").and_then(|value| Organ::from_yaml(value, &mut reader))
            {
                of_reports.organs.insert(folder.to_owned(), organ);
            }
        }
        of_reports
    }

    /// The language of the originals in a folder, given from the site's root.
    pub(super) fn language(&self, folder: &str) -> &str {
        self.languages.get(folder).unwrap_or(&self.first_language)
    }

    /// What the text at a path shares with those of its folder. The organ is that of its report, or
    /// else of the nearest report around it.
    pub(super) fn shared(&self, path: &str) -> Shared {
        let above = |path: &str| path.rfind('/');
        let folder = above(path).map_or("", |slash| &path[..slash]);
        let mut around = std::iter::successors(Some(folder), |folder| {
            above(folder).map(|slash| &folder[..slash])
        });
        let organ = match self.organs.is_empty() {
            true => None,
            false => around.find_map(|folder| self.organs.get(folder).copied()),
        };
        Shared { language: self.language(folder).to_owned(), organ }
    }
}

/// The keys of a front matter with their values.
fn keys(source: &str, file: FileId) -> Option<Vec<(String, Value)>> {
    let parts = front_matter::split(source, file, &mut Vec::new())?;
    let yaml = &source[parts.yaml.clone()];
    let value = yaml::parse(yaml, file, parts.yaml.start, yaml::FRONT_MATTER, &mut Vec::new())?;
    let Kind::Map(entries) = value.kind else { return None };
    Some(entries.into_iter().map(|(key, value)| (key.value, value)).collect())
}
