//! Which file is what, by its place and name.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{CONTENT, Content, FileId, Input, Span};

use super::assets;
use super::of_reports::OfReports;

pub(crate) const REPORT_NAME: Rule = Rule {
    code: "report-name",
    summary: "a file `Report.md`, which is not read as a report",
    explanation: "The name is `report.md`, in lower case: some systems treat the two as different, \
                  so the report would be there on one computer and not on another.",
    wrong: &["# content/other/Report.md\n---\ntitle: Another report\n---"],
    right: &["# content/other/report.md\n---\ntitle: Another report\n---"],
    ..Rule::UNREAD
};

pub(crate) const TRANSLATION_WITHOUT_ORIGINAL: Rule = Rule {
    code: "translation-without-original",
    summary: "a translation whose original is not there",
    explanation: "`2.fr.md` is the French of `2.md`. Without the original the facts are missing. \
                  Rename one of the two so that they differ only by the language.",
    wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/2.fr.md\n---\ntitle: Publier la liste\n---"],
    right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---"],
    ..Rule::UNREAD
};

pub(crate) const REDUNDANT_TRANSLATION: Rule = Rule {
    code: "redundant-translation",
    summary: "a translation into the language of the original",
    explanation: "`2.fr.md` is the French of `2.md`. In a report whose `report.md` says `language: \
                  fr`, `2.md` is in French already: only one of the two can be shown. Without such \
                  a line a text is in the site's first language.",
    wrong: &["# content/audit/1.en.md\n---\ntitle: Publish the list\n---"],
    right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---"],
    ..Rule::UNREAD
};

/// Where a site keeps fonts for its PDFs, from its root.
pub const FONT_FOLDER: &str = "fonts/";

/// The endings of fonts (OpenType, and collections of it).
pub const FONT_ENDINGS: [&str; 4] = ["otc", "otf", "ttc", "ttf"];

/// The largest font that is read, in MiB: those of Chinese have 20.
pub const LARGEST_FONT: u64 = 64;

/// Whether a file is a font of the site, by its name.
pub fn is_font(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    path.starts_with(FONT_FOLDER) && FONT_ENDINGS.contains(&ending.as_str())
}

/// The file that makes its folder a report.
const REPORT: &str = "report.md";

/// The files at the top of the content that are neither pages nor assets.
pub const REGISTERS: [&str; 4] = ["site.yaml", "documents.yaml", "glossary.yaml", "units.yaml"];

/// The file beside a report in which `recto import` keeps what it was told about the report's table.
/// It is not published.
pub const IMPORT_CHOICES: &str = "import.yaml";

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
pub struct ContentFiles {
    /// The Markdown files.
    pub texts: Vec<(FileId, Role)>,
    /// The files that are copied: their address and number.
    pub assets: Vec<(String, FileId)>,
}

impl ContentFiles {
    /// Sorts the files of a site by role.
    pub(super) fn of(
        input: &Input,
        languages: &[String],
        of_reports: &OfReports,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let content: BTreeMap<&str, FileId> = input
            .files_with_id()
            .filter_map(|(id, file)| Some((file.path.strip_prefix(CONTENT)?, id)))
            .collect();
        let reports = content
            .keys()
            .filter_map(|path| path.rsplit_once('/'))
            .filter(|(_, name)| *name == REPORT)
            .map(|(folder, _)| folder)
            .collect();
        let site = FileRoles { content, reports, languages, of_reports };
        let mut layout = Self::default();
        for (path, id) in &site.content {
            if is_readme(path, &site.content, input) {
                continue;
            }
            if !path.ends_with(".md") {
                if REGISTERS.contains(path) || site.is_import_choices(path) {
                    continue;
                }
                match assets::problem(path, &input.file(*id).content, *id) {
                    Some(diagnostic) => diagnostics.push(diagnostic),
                    None => layout.assets.push(((*path).to_owned(), *id)),
                }
                continue;
            }
            match site.role(path, *id) {
                Ok(role) => layout.texts.push((*id, role)),
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        layout
    }
}

/// Whether a file is a `README.md` for the authors, which GitHub shows below a folder's files and
/// which is not part of the site. With front matter it is a text like any other. `README.fr.md` is
/// what `README.md` is, where both are there.
fn is_readme(path: &str, content: &BTreeMap<&str, FileId>, input: &Input) -> bool {
    let stem_of = |path: &str| path.to_ascii_lowercase().strip_suffix(".md").map(str::len);
    let Some(stem) = stem_of(path).map(|length| &path[..length]) else { return false };
    let of_language = stem.rsplit_once('.').filter(|(_, tag)| looks_like_language(tag));
    let plain = of_language.map_or(stem, |(plain, _)| plain);
    let is_named_so = plain.rsplit('/').next().unwrap_or(plain).eq_ignore_ascii_case("readme");
    let original = format!("{plain}{}", &path[stem.len()..]);
    let file = content.get(original.as_str()).or_else(|| content.get(path));
    let text = file.and_then(|id| match &input.file(*id).content {
        Content::Text(text) => Some(text),
        _ => None,
    });
    is_named_so
        && text.is_some_and(|text| {
            !text.trim_start_matches('\u{feff}').trim_start().starts_with("---")
        })
}

/// What is needed to know the role of each file.
struct FileRoles<'a> {
    /// By their paths below `content/`.
    content: BTreeMap<&'a str, FileId>,
    /// The folders that hold a report.
    reports: BTreeSet<&'a str>,
    languages: &'a [String],
    of_reports: &'a OfReports,
}

impl FileRoles<'_> {
    /// Whether the file at a path is named like the translation of another.
    fn is_translation(&self, path: &str) -> bool {
        let stem = path.strip_suffix(".md").unwrap_or(path);
        stem.rsplit_once('.').is_some_and(|(original, tag)| {
            self.languages.iter().any(|known| known == tag)
                && self.content.contains_key(format!("{original}.md").as_str())
        })
    }

    /// Whether a file has the choices of an import into a report.
    fn is_import_choices(&self, path: &str) -> bool {
        path.rsplit_once('/')
            .is_some_and(|(folder, name)| name == IMPORT_CHOICES && self.reports.contains(folder))
    }

    /// What a Markdown file is.
    fn role(&self, path: &str, id: FileId) -> Result<Role, Box<Diagnostic>> {
        let error = |rule, message: String, help: String| {
            Err(Box::new(Diagnostic::of(rule, Span::top(id), message).help(help)))
        };
        let stem = path.strip_suffix(".md").unwrap_or(path);
        if let Some((original, tag)) = stem.rsplit_once('.') {
            let original = format!("{original}.md");
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let own = self.of_reports.language(&format!("{CONTENT}{folder}"));
            let is_language = self.languages.iter().any(|known| known == tag);
            let is_further = tag != own && is_language;
            match self.content.get(original.as_str()) {
                Some(_) if is_language && self.is_translation(&original) => {
                    let message = format!("`{original}` is itself a translation");
                    let help = "give the file's name only one language";
                    return error(&TRANSLATION_WITHOUT_ORIGINAL, message, help.to_owned());
                }
                Some(_) if tag == own => {
                    let name = original.rsplit('/').next().unwrap_or(&original);
                    let message = format!("`{name}` is in `{tag}` itself");
                    let help = format!(
                        "put this text into `{name}`, or name the file after another language"
                    );
                    return error(&REDUNDANT_TRANSLATION, message, help);
                }
                Some(of) if is_further => {
                    let role = self.plain_role(&original);
                    let of_recommendation = matches!(role, Role::Recommendation { .. });
                    let language = tag.to_owned();
                    return Ok(Role::Translation { of: *of, language, of_recommendation });
                }
                Some(_) if looks_like_language(tag) => {
                    let message = format!("`{tag}` is not one of the languages of this site");
                    let help = format!(
                        "add it to `languages` in `{}`, or write `-` for the dot in the file's name",
                        crate::config::PATH
                    );
                    return error(&crate::language::UNKNOWN_LANGUAGE, message, help);
                }
                None if is_further => {
                    let message =
                        format!("there is no `{original}` for this to be a translation of");
                    let help = "rename one of the two, so that they differ only by the language";
                    return error(&TRANSLATION_WITHOUT_ORIGINAL, message, help.to_owned());
                }
                _ => {}
            }
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        if name != REPORT && name.eq_ignore_ascii_case(REPORT) {
            let message = format!("`{name}` is not read as a report");
            return error(&REPORT_NAME, message, format!("name the file `{REPORT}`"));
        }
        Ok(self.plain_role(path))
    }

    /// What a Markdown file that is not a translation is.
    fn plain_role(&self, path: &str) -> Role {
        match path.rsplit_once('/') {
            Some((folder, REPORT)) => Role::Report { folder: folder.to_owned() },
            Some((folder, _)) if self.reports.contains(folder) => {
                Role::Recommendation { folder: folder.to_owned() }
            }
            _ => Role::Page { path: path.strip_suffix(".md").unwrap_or(path).to_owned() },
        }
    }
}

/// Whether the part between two dots of a name was meant as a language: `notes.de.md`, but not
/// `annex.2.md`.
fn looks_like_language(tag: &str) -> bool {
    crate::language::Words::is_tag(tag) && !tag.bytes().all(|b| b.is_ascii_digit())
}
