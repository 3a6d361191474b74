//! Files of the content in, parsed entries and registers out. This never fails: what is wrong is
//! reported, and the rest is used as well as possible.

pub(crate) mod address;
mod assets;
mod conflict;
mod front_matter;
mod in_facts;
pub(crate) mod heading;
pub mod layout;
mod drafts;
mod loose;
mod marks;
pub mod markdown;
mod mojibake;
mod notes;
mod of_reports;
pub mod own_facts;
mod past;
mod reader;
mod registers;
mod run;
mod said;
mod unread;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crate::config::Config;
use crate::diagnostics::{Diagnostic, Rule};
use crate::language::Languages;
use crate::model::{
    FactValue, LaterFact, PageFront, RecommendationFront, ReportFront, Text, TitleOrigin,
    TranslationFront,
};
use crate::references::Finder;
use crate::source::{Content, File, FileId, Input, Span, Spanned};
use crate::vocabulary::{Vocabulary, fold};
use crate::yaml::{FromYaml, Kind, Reader, Value};
use conflict::conflicts;
use drafts::DraftFiles;
use heading::Responders;
use layout::{ContentFiles, Role};
use markdown::Splitting;
use mojibake::mojibake;
use of_reports::{OfReports, Shared};
use rayon::prelude::*;

pub use drafts::Drafts;
pub use loose::{Syntax, loose};
pub use past::report_days;
pub use reader::{ContentReader, ReadSite, SiteSettings};
pub use registers::Registers;
pub use unread::unread;

pub(crate) const RECOMMENDATION_OUTSIDE_REPORT: Rule = Rule {
    code: "recommendation-outside-report",
    summary: "a recommendation in a folder that is not a report",
    explanation: "A folder is a report when it has a file `report.md`. Move the recommendation \
                  into one, or begin one with `recto new report NAME`.",
    wrong: &[
        "# content/loose.md\n---\nnumber: 1\ntitle: Publish the list\nstatus: in progress\n---",
    ],
    right: &["number: 1"],
    ..Rule::UNREAD
};

pub(crate) const FACT_IN_TRANSLATION: Rule = Rule {
    code: "fact-in-translation",
    summary: "a fact in a translation, such as a status",
    explanation: "Facts are only in the original, so that the languages cannot contradict one \
                  another. Remove the key here.",
    wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\nstatus: appliquée\n---"],
    right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
              # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---"],
    ..Rule::UNREAD
};

/// A Markdown file that has been read. Copies are cheap: they share what was read.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The file.
    pub file: FileId,
    /// What it is.
    pub kind: EntryKind,
    /// Its text.
    pub text: Arc<Text>,
}

/// What a Markdown file is, with its front matter.
#[derive(Debug, Clone)]
pub enum EntryKind {
    /// `report.md`.
    Report {
        /// The folder below `content/`.
        folder: String,
        /// The front matter.
        front: Arc<ReportFront>,
    },
    /// A recommendation.
    Recommendation {
        /// The folder of its report below `content/`.
        folder: String,
        /// The front matter.
        front: Arc<RecommendationFront>,
        /// The organisation's own facts in it.
        facts: Arc<[FactValue]>,
        /// What is left out of both, because it is later than the day that is shown.
        later: Arc<[LaterFact]>,
    },
    /// A page.
    Page {
        /// Its path below `content/` without the ending.
        path: String,
        /// The front matter.
        front: Arc<PageFront>,
    },
    /// A translation of another file.
    Translation {
        /// The original.
        of: FileId,
        /// The front matter.
        front: Arc<TranslationFront>,
    },
}

/// What reading a file needs to know about the site.
pub struct Reading<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The words of all languages.
    pub languages: &'a Languages,
    /// The words that authors may use.
    pub vocabulary: &'a Vocabulary,
    /// Finds what texts point at.
    pub finder: &'a Finder,
}

/// The rules that are checked while files are read.
pub(crate) const RULES: &[&Rule] = &[
    &unread::NOT_UTF8,
    &unread::SYMBOLIC_LINK,
    &unread::FOLDER_NAME,
    &unread::FILE_TOO_LARGE,
    &conflict::GIT_CONFLICT,
    &mojibake::MOJIBAKE,
    &assets::WRONG_ENDING,
    &assets::ACTIVE_FILE,
    &layout::REPORT_NAME,
    &layout::TRANSLATION_WITHOUT_ORIGINAL,
    &layout::REDUNDANT_TRANSLATION,
    &RECOMMENDATION_OUTSIDE_REPORT,
    &front_matter::EMPTY_FILE,
    &front_matter::NO_FRONT_MATTER,
    &front_matter::UNCLOSED_FRONT_MATTER,
    &FACT_IN_TRANSLATION,
    &own_facts::FACT_KEY,
    &registers::DUPLICATE_TERM,
    &registers::DUPLICATE_UNIT,
    &registers::AMBIGUOUS_SHORT_NAME,
    &registers::WRONG_PATTERN,
    &registers::DUPLICATE_SCHEME,
    &heading::UNKNOWN_SECTION,
    &markdown::SECTION_HEADING,
    &markdown::EMPTY_HEADING,
    &markdown::EMPTY_LINK,
    &markdown::UNUSED_ADDRESS,
    &markdown::UNCLOSED_CODE,
    &markdown::NOT_A_LINK,
    &marks::NOT_A_LIST,
    &marks::LINES_RUN_TOGETHER,
    &marks::NOT_A_HEADING,
    &marks::NOT_A_TABLE,
    &marks::SURPLUS_CELL,
    &marks::STRAY_MARK,
    &marks::CONVERTER_MARK,
    &notes::DUPLICATE_NOTE,
    &notes::MISSING_NOTE,
    &notes::UNUSED_NOTE,
    &notes::NOTE_IN_HEADING,
    &markdown::UNCLOSED_COMMENT,
    &markdown::RAW_HTML,
    &address::UNSAFE_ADDRESS,
    &address::BACKSLASH,
    &address::FILE_OUTSIDE_SITE,
    &address::OUTSIDE_IMAGE,
];

/// Everything in the content.
#[derive(Debug)]
pub struct Contents {
    /// The Markdown files, in the order of their paths.
    pub entries: Vec<Entry>,
    /// The files that are copied: address and file, in the order of the addresses.
    pub assets: Vec<(String, FileId)>,
    /// How many texts are left out because they are drafts, or in the folder of one.
    pub drafts_left_out: usize,
    /// What did not exist on the day that is shown: the paths of texts, and the recommendations as
    /// `report/number`.
    pub not_yet: BTreeSet<String>,
}

/// What reading gave, file by file, so that after a change only the changed files are read again.
#[derive(Debug, Default)]
pub struct Memory {
    files: BTreeMap<FileId, Arc<Remembered>>,
    /// How many texts were read the last time, and not known.
    pub(super) read: usize,
}

/// A file, what reading it depended on besides the settings, and the result.
#[derive(Debug)]
struct Remembered {
    path: String,
    source: Arc<str>,
    role: Role,
    shared: Shared,
    entry: Option<Entry>,
    diagnostics: Vec<Diagnostic>,
}

impl Remembered {
    /// Whether reading a file again would give the same.
    fn is_of(&self, file: &File, role: &Role, shared: &Shared) -> bool {
        let is_same =
            |source: &Arc<str>| Arc::ptr_eq(source, &self.source) || *source == self.source;
        let is_same_text = matches!(&file.content, Content::Text(source) if is_same(source));
        is_same_text && self.path == file.path && self.role == *role && self.shared == *shared
    }
}

/// The most mistakes that a remembered file may have. A broken one can have as many as characters,
/// and they need not be in memory twice.
pub(crate) const MANY: usize = 1000;

/// Reads every Markdown file of the site, in parallel, or takes it from the memory, which must come
/// from a reading with the same settings.
pub fn read(
    input: &Input,
    reading: &Reading<'_>,
    drafts: Drafts,
    memory: &mut Memory,
    diagnostics: &mut Vec<Diagnostic>,
) -> Contents {
    let mut found = unread(input);
    let of_reports = OfReports::read(input, reading);
    let layout = ContentFiles::of(input, &reading.config.language_tags(), &of_reports, &mut found);
    let before = std::mem::take(memory);
    let newly_read = AtomicUsize::new(0);
    let read_one = |(id, role): &(FileId, Role)| {
        let file = input.file(*id);
        let shared = of_reports.shared(&file.path);
        let known = before.files.get(id).cloned();
        let known = known.filter(|known| known.is_of(file, role, &shared));
        known.unwrap_or_else(|| {
            newly_read.fetch_add(1, Ordering::Relaxed);
            let mut found = left_behind(*id, file);
            Arc::new(Remembered {
                entry: read_file(input, *id, role, &shared, reading, &mut found),
                path: file.path.clone(),
                source: match &file.content {
                    Content::Text(source) => Arc::clone(source),
                    Content::NotUtf8(_) | Content::Font(_) | Content::Asset => "".into(),
                },
                role: role.clone(),
                shared,
                diagnostics: found,
            })
        })
    };
    let read: Vec<Arc<Remembered>> = layout.texts.par_iter().map(read_one).collect();
    memory.read = newly_read.into_inner();
    let left_out = match drafts {
        Drafts::LeaveOut => DraftFiles::of(&layout, &read),
        Drafts::Include => DraftFiles::default(),
    };
    let mut entries = Vec::with_capacity(read.len());
    for ((id, _), read) in layout.texts.iter().zip(read) {
        if read.diagnostics.len() > MANY {
            // It is not shared: what is remembered never has so many.
            if let Some(read) = Arc::into_inner(read) {
                found.extend(read.diagnostics);
                entries.extend(read.entry);
            }
            continue;
        }
        found.extend(read.diagnostics.iter().cloned());
        entries.extend(read.entry.clone());
        memory.files.insert(*id, read);
    }
    for (id, file) in input.files_with_id() {
        if !memory.files.contains_key(&id) {
            found.extend(left_behind(id, file));
        }
    }
    // A draft may be half written: as it is not published, its mistakes do not matter.
    let is_left_out = |file: FileId| left_out.has(file, &input.file(file).path);
    found.retain(|one| !one.span.is_some_and(|span| is_left_out(span.file)));
    diagnostics.append(&mut found);
    entries.retain(|entry| !is_left_out(entry.file));
    let mut assets = layout.assets;
    assets.retain(|(_, file)| !is_left_out(*file));
    let drafts_left_out = layout.texts.iter().filter(|(file, _)| is_left_out(*file)).count();
    Contents { entries, assets, drafts_left_out, not_yet: BTreeSet::new() }
}

/// Reads texts again from other sources, as the files that they are.
fn read_again(
    input: &Input,
    reading: &Reading<'_>,
    memory: &Memory,
    sources: Vec<(FileId, String)>,
) -> Vec<Entry> {
    let mut input = input.clone();
    let mut files = Vec::with_capacity(sources.len());
    for (id, source) in sources {
        let mut file = input.file(id).clone();
        file.content = Content::Text(source.into());
        input.replace(id, file);
        files.push(id);
    }
    let read_one = |id: &FileId| {
        let known = memory.files.get(id)?;
        // Its mistakes were reported when the whole of it was read.
        read_file(&input, *id, &known.role, &known.shared, reading, &mut Vec::new())
    };
    files.par_iter().filter_map(read_one).collect()
}

/// Reports what other programs have left in a file.
fn left_behind(id: FileId, file: &File) -> Vec<Diagnostic> {
    let mut found = conflicts(id, file.text());
    found.extend(mojibake(id, file.text()));
    found
}

fn read_file(
    input: &Input,
    file: FileId,
    role: &Role,
    shared: &Shared,
    reading: &Reading<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Entry> {
    let source = match &input.file(file).content {
        Content::Text(source) => Arc::clone(source),
        // Reported for all files at once.
        Content::NotUtf8(_) | Content::Font(_) | Content::Asset => return None,
    };
    let parts = front_matter::split(&source, file, diagnostics)?;
    let yaml = &source[parts.yaml.clone()];
    let base = parts.yaml.start;
    let value = crate::yaml::parse(yaml, file, base, crate::yaml::FRONT_MATTER, diagnostics)?;
    let own_keys = reading.config.facts.iter().flat_map(|facts| facts.keys()).collect();
    let mut reader = Reader { vocabulary: reading.vocabulary, own_keys, diagnostics };
    let first_line = Span::new(file, parts.first_line.clone());
    let keys: &[&str] = match role {
        Role::Recommendation { .. } => &RecommendationFront::REQUIRED,
        // The translation of a recommendation without a title has none either.
        Role::Translation { of, of_recommendation: true, .. } if !has_title(input.file(*of)) => &[],
        Role::Report { .. } | Role::Page { .. } | Role::Translation { .. } => &["title"],
    };
    if matches!(role, Role::Page { .. }) {
        outside_report(&value, &mut reader)?;
    }
    // Front matter that has no keys at all is reported once, as that.
    if matches!(value.kind, Kind::Map(_) | Kind::Null) {
        keys.iter().for_each(|key| required(key, &value, first_line, &mut reader));
    }
    let (kind, title) =
        kind_and_title(value, role, input, first_line, reading.config, &mut reader)?;
    if let EntryKind::Report { front, .. } = &kind {
        diagnostics.extend(unknown_language(front, reading));
    }
    let language = match role {
        Role::Translation { language, .. } => language.clone(),
        Role::Report { .. } | Role::Recommendation { .. } | Role::Page { .. } => {
            shared.language.clone()
        }
    };
    let sectioned = matches!(kind, EntryKind::Recommendation { .. })
        || matches!(role, Role::Translation { of_recommendation: true, .. });
    let path = &input.file(file).path;
    let responders = match &kind {
        EntryKind::Recommendation { front, .. } => {
            let units = front.responsible.0.iter().map(|responder| fold(&responder.unit));
            Responders::Named(units.collect())
        }
        _ => Responders::Any,
    };
    let body = markdown::Body {
        responders: &responders,
        source: &source,
        span: Span::new(file, parts.body),
        path,
        splitting: if sectioned { Splitting::Sections } else { Splitting::Whole },
        organ: shared.organ,
    };
    let walked = markdown::walk(&body, reading, diagnostics);
    let opening = || sectioned.then(|| words::opening(&source, &walked.sections)).flatten();
    let (title, title_origin) = match title {
        Some(title) => (title, TitleOrigin::Typed),
        None => (opening().unwrap_or_else(|| called_by(&kind, first_line)), TitleOrigin::Opening),
    };
    let labelled = match sectioned {
        true => words::labelled(&source, &walked.sections, file),
        false => Vec::new(),
    };
    let text = Text {
        language,
        file,
        path: path.clone(),
        body: body.span,
        title,
        title_origin,
        labelled,
        in_facts: in_facts::in_facts(&kind, reading.finder, shared.organ),
        sections: walked.sections,
        headings: walked.headings,
        anchor_names: OnceLock::new(),
        said: said::said(&source, &walked.found),
        found: walked.found,
        links: walked.links,
        notes: walked.notes,
        note_marks: walked.note_marks,
        comments: walked.comments,
        source,
    };
    Some(Entry { file, kind, text: text.into() })
}

/// The keys of a front matter, and the title among them. None where one that is needed is missing.
fn kind_and_title(
    mut value: Value,
    role: &Role,
    input: &Input,
    first_line: Span,
    config: &Config,
    reader: &mut Reader<'_>,
) -> Option<(EntryKind, Option<Spanned<String>>)> {
    Some(match role {
        Role::Report { folder } => {
            let front = front::<ReportFront>(&value, first_line, reader)?;
            let title = front.title.clone();
            (EntryKind::Report { folder: folder.clone(), front: front.into() }, title)
        }
        Role::Recommendation { folder } => {
            let facts = own_facts::take(&mut value, config, reader);
            let front = front::<RecommendationFront>(&value, first_line, reader)?;
            let url = front.source.as_ref().and_then(|source| source.url.as_ref());
            reader.diagnostics.extend(url.and_then(crate::config::not_a_web_address));
            let (folder, title) = (folder.clone(), front.title.clone());
            let (front, facts, later) = (front.into(), facts.into(), Arc::default());
            (EntryKind::Recommendation { folder, front, facts, later }, title)
        }
        Role::Page { path } => {
            let front = front::<PageFront>(&value, first_line, reader)?;
            let title = front.title.clone();
            (EntryKind::Page { path: path.clone(), front: front.into() }, title)
        }
        Role::Translation { of, .. } => {
            let value = without_facts(value, &input.file(*of).path, reader.diagnostics);
            let front = front::<TranslationFront>(&value, first_line, reader)?;
            let title = front.title.clone();
            (EntryKind::Translation { of: *of, front: front.into() }, title)
        }
    })
}

/// What a text without a title and without words is called by: the words of its first part, or else
/// its number.
fn called_by(kind: &EntryKind, at: Span) -> Spanned<String> {
    let EntryKind::Recommendation { front, .. } = kind else {
        return Spanned { value: String::new(), span: at };
    };
    let part = front.parts.iter().find_map(|part| part.text.clone());
    let number = || front.number.as_ref().map(|number| number.value.to_string());
    part.unwrap_or_else(|| Spanned { value: number().unwrap_or_default(), span: at })
}

/// Whether the front matter of a text has a title. Keys begin their lines.
fn has_title(file: &File) -> bool {
    let Content::Text(source) = &file.content else { return false };
    let parts = front_matter::split(source, FileId(0), &mut Vec::new());
    let yaml = parts.map_or("", |parts| &source[parts.yaml]);
    let titles = yaml.lines().filter_map(|line| line.strip_prefix("title:"));
    titles.map(str::trim).any(|title| !title.is_empty())
}

/// The record of a front matter, whose place is the first line of the file.
fn front<T: FromYaml>(value: &Value, at: Span, reader: &mut Reader<'_>) -> Option<T> {
    T::from_yaml(&Value { span: at, kind: value.kind.clone() }, reader)
}

/// Reports a key without which nothing can be published. One that is there but could not be read
/// has been reported already.
fn required(key: &'static str, value: &Value, at: Span, reader: &mut Reader<'_>) {
    let entries = match &value.kind {
        Kind::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    // `Status:` was reported as an unknown key, with the right one as help.
    let given = entries.iter().find(|(known, _)| known.value.eq_ignore_ascii_case(key));
    let (at, what) = match given {
        Some((_, value)) if value.kind != Kind::Null => return,
        Some((key, _)) => (key.span, "is empty"),
        None => (at, "is missing"),
    };
    let example = match key {
        "number" => "number: 1",
        _ => "title: A short title",
    };
    reader.diagnostics.push(
        Diagnostic::of(&crate::yaml::MISSING_KEY, at, format!("`{key}` {what}")).help(
            match given {
                Some(_) => format!("fill it in: `{example}`"),
                None => format!("add a line `{example}` between the `---` lines"),
            },
        ),
    );
}

/// A translation without the keys that belong only in its original. They are reported: if they were
/// read, the two could differ.
fn without_facts(value: Value, original: &str, diagnostics: &mut Vec<Diagnostic>) -> Value {
    let Kind::Map(mut entries) = value.kind else { return value };
    let is_fact = |key: &str| {
        !TranslationFront::KEYS.contains(&key)
            && (RecommendationFront::KEYS.contains(&key) || ReportFront::KEYS.contains(&key))
    };
    entries.retain(|(key, _)| {
        if is_fact(key) {
            let message = format!("`{}` belongs only in the original", key.value);
            let name = original.rsplit('/').next().unwrap_or(original);
            let help = format!("remove it here: it is read from `{name}`");
            diagnostics.push(Diagnostic::of(&FACT_IN_TRANSLATION, key.span, message).help(help));
        }
        !is_fact(key)
    });
    Value { span: value.span, kind: Kind::Map(entries) }
}

/// Reports a page with the keys of a recommendation: it is one in the wrong place.
fn outside_report(value: &Value, reader: &mut Reader<'_>) -> Option<()> {
    let Kind::Map(entries) = &value.kind else {
        return Some(());
    };
    let key = entries.iter().find(|(key, _)| matches!(key.as_str(), "number" | "status"));
    let Some((key, _)) = key else { return Some(()) };
    let message = "a recommendation outside a report";
    reader.diagnostics.push(
        Diagnostic::of(&RECOMMENDATION_OUTSIDE_REPORT, key.span, message).help(
            "move the file into a folder that has a `report.md`, or write one beside it; `recto \
             new report NAME` makes both",
        ),
    );
    None
}

/// Reports the language of a report that is not one of the site.
fn unknown_language(front: &ReportFront, reading: &Reading<'_>) -> Option<Diagnostic> {
    let own = front.language.as_ref()?;
    let is_known = reading.config.language_tags().contains(&own.value);
    (!is_known).then(|| {
        let message = format!("`{}` is not a language of this site", own.value);
        Diagnostic::of(&crate::language::UNKNOWN_LANGUAGE, own.span, message)
            .help("add it to `languages` in `content/site.yaml`")
    })
}
