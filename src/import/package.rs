//! Packages of Office and OpenDocument: zip files whose parts are read within limits.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::{FileLimit, ReadError};
use super::xml::{Namespace, XmlTree};

/// All parts together, unpacked.
const MAX_UNPACKED: u64 = 100 * 1024 * 1024;
/// How many times larger a part may become.
const MAX_RATIO: u64 = 200;
/// Parts up to this size may have any ratio: a small one of spaces harms nobody.
const RATIO_FROM: u64 = 1024 * 1024;
/// More parts than any report has; each costs time before its size is known.
const MAX_PARTS: usize = 10_000;

/// An open package.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Where each part is, by its name in lower case: names of parts do not tell cases apart.
    parts: BTreeMap<String, usize>,
    /// What may still be unpacked. The directory of a zip file can lie about sizes.
    budget: u64,
}

/// A link from one part to another, or to an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relationship {
    /// Its identifier in the part.
    pub(crate) id: String,
    /// The last word of its type: `hyperlink`, `footnotes`.
    pub(crate) kind: String,
    /// The name of the part, or the address if it is outside.
    pub(crate) target: PartTarget,
}

/// Where a relationship leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PartTarget {
    /// A part of this package.
    Part(String),
    /// An address outside.
    Outside(String),
}

impl<'b> Package<'b> {
    /// Opens a zip file and checks its directory.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let mut archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| zip_error("", &error))?;
        let listed = listed_entries(bytes);
        if archive.len() > MAX_PARTS {
            return Err(ReadError::broken("", format!("it has more than {MAX_PARTS} parts")));
        }
        // The crate keeps the last of several entries with one name, so the number tells.
        if listed.is_some_and(|listed| listed != archive.len()) {
            return Err(ReadError::broken("", "two of its parts have the same name"));
        }
        let mut parts = BTreeMap::new();
        let mut unpacked = 0_u64;
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(|error| zip_error("", &error))?;
            let name = file.name().map_err(|error| zip_error("", &error))?.into_owned();
            let sizes = (file.size(), file.compressed_size());
            let is_outside =
                file.enclosed_name().is_none() || name.contains('\\') || name.starts_with('/');
            if is_outside {
                return Err(ReadError::broken(
                    "",
                    "a part is named as if it were outside the file",
                ));
            }
            unpacked = unpacked.saturating_add(sizes.0);
            if unpacked > MAX_UNPACKED {
                return Err(ReadError::TooLarge(FileLimit::Unpacked));
            }
            if sizes.0 > RATIO_FROM && sizes.0 / sizes.1.max(1) > MAX_RATIO {
                return Err(ReadError::TooLarge(FileLimit::Ratio));
            }
            if parts.insert(name.to_lowercase(), index).is_some() {
                return Err(ReadError::broken("", format!("two of its parts are named {name}")));
            }
        }
        Ok(Self { archive, parts, budget: MAX_UNPACKED })
    }

    /// The bytes of a part; none where there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(&index) = self.parts.get(&name.to_lowercase()) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| zip_error(name, &error))?;
        let packed = file.compressed_size();
        let allowed = self.budget.min(packed.saturating_mul(MAX_RATIO).max(RATIO_FROM));
        let mut bytes = Vec::new();
        file.take(allowed + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| ReadError::broken(name, error.to_string()))?;
        let length = bytes.len() as u64;
        if length > allowed {
            return Err(ReadError::TooLarge(if allowed == self.budget {
                FileLimit::Unpacked
            } else {
                FileLimit::Ratio
            }));
        }
        self.budget -= length;
        Ok(Some(bytes))
    }

    /// The text of an XML part.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        self.part(name)?.map(|bytes| xml_text(name, bytes)).transpose()
    }

    /// An XML part.
    pub(crate) fn tree(&mut self, name: &str) -> Result<Option<XmlTree>, ReadError> {
        self.text(name)?.map(|text| XmlTree::parse(name, &text)).transpose()
    }

    /// The relationships of a part, or of the package if the name is empty.
    pub(crate) fn relationships(&mut self, name: &str) -> Result<Vec<Relationship>, ReadError> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let path = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let Some(tree) = self.tree(&path)? else { return Ok(Vec::new()) };
        let relationship = |element: super::xml::Element<'_>| {
            let target = element.attribute(Namespace::None, "Target")?;
            let is_outside = element.attribute(Namespace::None, "TargetMode") == Some("External");
            Some(Relationship {
                id: element.attribute(Namespace::None, "Id")?.to_owned(),
                kind: element.attribute(Namespace::None, "Type")?.rsplit('/').next()?.to_owned(),
                target: if is_outside {
                    PartTarget::Outside(target.to_owned())
                } else {
                    PartTarget::Part(resolved(folder, target))
                },
            })
        };
        Ok(tree.root().children().filter_map(relationship).collect())
    }

    /// The title and the language that the package says its document has.
    pub(crate) fn title_and_language(
        &mut self,
    ) -> Result<(Option<String>, Option<String>), ReadError> {
        let properties = self
            .relationships("")?
            .into_iter()
            .find(|relationship| relationship.kind == "core-properties");
        let Some(PartTarget::Part(name)) = properties.map(|relationship| relationship.target)
        else {
            return Ok((None, None));
        };
        let Some(tree) = self.tree(&name)? else { return Ok((None, None)) };
        let text = |name: &str| {
            let text = tree.root().child(Namespace::Dc, name)?.text().trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        Ok((text("title"), text("language")))
    }

    /// The content type of a part, as `[Content_Types].xml` says.
    pub(crate) fn content_type(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(tree) = self.tree("[Content_Types].xml")? else { return Ok(None) };
        let path = format!("/{name}");
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let matching = |element: &super::xml::Element<'_>, key: &str, value: &str| {
            element
                .attribute(Namespace::None, key)
                .is_some_and(|found| found.eq_ignore_ascii_case(value))
        };
        let root = tree.root();
        let by_name = root.children().find(|element| matching(element, "PartName", &path));
        let by_ending = root.children().find(|element| matching(element, "Extension", ending));
        Ok(by_name
            .or(by_ending)
            .and_then(|e| e.attribute(Namespace::None, "ContentType"))
            .map(str::to_owned))
    }
}

/// How many entries the end of the directory announces; none where only a 64-bit record would say.
fn listed_entries(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let tail = bytes.get(from..)?;
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let number = u16::from_le_bytes(tail.get(at + 10..at + 12)?.try_into().ok()?);
    (number != u16::MAX).then_some(usize::from(number))
}

/// A target within the package, from the folder of the part that names it.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|step| !step.is_empty()).collect()
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The text of a part: UTF-8, or UTF-16 with its mark.
fn xml_text(name: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(&bytes) {
        let (text, had_errors) = encoding.decode_with_bom_removal(&bytes);
        return if had_errors {
            Err(ReadError::broken(name, "its characters are damaged"))
        } else {
            Ok(text.into_owned())
        };
    }
    String::from_utf8(bytes).map_err(|_| ReadError::broken(name, "its text is not UTF-8"))
}

fn zip_error(part: &str, error: &ZipError) -> ReadError {
    ReadError::broken(part, error.to_string())
}
