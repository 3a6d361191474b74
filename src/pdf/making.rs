//! One PDF, from what goes into it to its bytes.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Smart};
use typst::{WorldExt as _, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::world::PdfWorld;
use super::{Fonts, PDF_ERROR, view};
use crate::diagnostics::Diagnostic;
use crate::markup::typst::{PdfScope, PdfTexts, printed};
use crate::model::{Layout, Printout, Report, Site};
use crate::source::{Content, Digest, FileId, Input, Span};
use crate::theme::Theme;

/// The main file for Typst: it gives the template the texts, and the report that refers to them.
const MAIN: &str = include_str!("main.typ");
const TEXTS: &str = "texts.typ";
const REPORT: &str = "report.json";

/// What a PDF is made with.
#[derive(Clone, Copy)]
pub struct Making<'a> {
    /// The site.
    pub site: &'a Site,
    /// The site as at the dates of earlier editions.
    pub earlier: &'a [Site],
    /// The templates.
    pub theme: &'a Theme,
    /// The files.
    pub input: &'a Input,
    /// The fonts.
    pub fonts: &'a Fonts,
}

/// How a PDF is made.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PdfSettings {
    /// How it is laid out.
    pub layout: Layout,
    /// The standards that it keeps, by their names.
    pub standards: Vec<Standard>,
}

impl PdfSettings {
    /// The settings of a printout in a build.
    pub fn of(printout: Printout) -> Self {
        Self { layout: printout.layout, standards: Standard::usual() }
    }
}

/// A standard of PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Standard(usize);

/// The standards by the names that people type.
const STANDARDS: [(&str, PdfStandard); 10] = [
    ("ua-1", PdfStandard::Ua_1),
    ("a-2a", PdfStandard::A_2a),
    ("a-2b", PdfStandard::A_2b),
    ("a-2u", PdfStandard::A_2u),
    ("a-3a", PdfStandard::A_3a),
    ("a-3b", PdfStandard::A_3b),
    ("a-3u", PdfStandard::A_3u),
    ("a-4", PdfStandard::A_4),
    ("1.7", PdfStandard::V_1_7),
    ("2.0", PdfStandard::V_2_0),
];

impl Standard {
    /// The names of all.
    pub fn names() -> impl Iterator<Item = &'static str> {
        STANDARDS.iter().map(|(name, _)| *name)
    }

    /// The standard of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        STANDARDS.iter().position(|(known, _)| *known == name).map(Self)
    }

    /// The standards of every PDF unless others are asked for: PDF/UA-1 and PDF/A-2a.
    pub fn usual() -> Vec<Self> {
        vec![Self(0), Self(1)]
    }

    /// Whether a PDF can keep all of them.
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub fn together(standards: &[Self]) -> Result<(), String> {
        combined(standards).map(|_| ())
    }
}

fn combined(standards: &[Standard]) -> Result<PdfStandards, String> {
    let list: Vec<PdfStandard> = standards.iter().map(|standard| STANDARDS[standard.0].1).collect();
    PdfStandards::new(&list).map_err(|error| error.message().to_string())
}

/// Everything that goes into a PDF.
pub struct Prepared<'a> {
    world: PdfWorld<'a>,
    settings: PdfSettings,
    /// What identifies the document in all its versions.
    identity: String,
    date: chrono::NaiveDate,
    texts: PdfTexts,
    /// Which file of the input each of the site's own templates is.
    templates: Vec<(typst::syntax::FileId, FileId)>,
    /// Which file of the input each picture is, and each other file beside the templates.
    files: Vec<(typst::syntax::FileId, FileId)>,
    digest: Digest,
    report: FileId,
}

/// What a place in Typst's input belongs to.
enum Origin {
    /// A template of the site.
    Template,
    /// A text, or a picture in it.
    Text,
}

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// What the templates are given for a printout, as JSON, and its texts.
pub(super) fn drawn(site: &Site, earlier: &[Site], printout: Printout) -> (String, PdfTexts) {
    let report = printout.report(site);
    let scope = PdfScope {
        site,
        report,
        address: &printout.address(site),
        language: &printout.words(site).tag,
    };
    let mut texts = PdfTexts::default();
    let view = view::view(printout, earlier, &scope, &mut texts);
    // Writing plain data as JSON cannot fail.
    let mut view = serde_json::to_value(&view).unwrap_or_default();
    print(&mut view);
    (view.to_string(), texts)
}

/// Leaves characters out of texts that no PDF can have.
fn print(view: &mut serde_json::Value) {
    use serde_json::Value;
    match view {
        Value::String(text) if text.chars().any(|c| printed(c) != Some(c)) => {
            *text = text.chars().filter_map(printed).collect();
        }
        Value::Array(values) => values.iter_mut().for_each(print),
        Value::Object(fields) => fields.values_mut().for_each(print),
        _ => {}
    }
}

/// Puts together everything that goes into a PDF. `read` gives the bytes of a file of the site.
///
/// # Errors
///
/// When a picture cannot be read.
pub fn prepare<'a>(
    making: Making<'a>,
    printout: Printout,
    settings: PdfSettings,
    read: &dyn Fn(&str) -> anyhow::Result<Vec<u8>>,
) -> anyhow::Result<Prepared<'a>> {
    let Making { site, earlier, theme, input, fonts } = making;
    let report: &Report = printout.report(site);
    let (view, texts) = drawn(site, earlier, printout);
    let layout = settings.layout.name();
    let main = MAIN.replace("LAYOUT", layout);
    let mut world = PdfWorld::new(fonts, &main);
    let texts_code = format!("#let texts = (\n{})\n", texts.code);
    let mut hashed: Vec<(String, Bytes)> = vec![
        (
            format!("{} {:?}", env!("CARGO_PKG_VERSION"), typst::utils::version()),
            Bytes::from_string(main),
        ),
        (REPORT.to_owned(), Bytes::from_string(view)),
    ];
    world.put_file(REPORT, hashed[1].1.clone());
    hashed.push((TEXTS.to_owned(), Bytes::from_string(texts_code.clone())));
    world.put_source(TEXTS, texts_code);
    let families = serde_json::to_string(&fonts.families).unwrap_or_default();
    world.put_file("fonts.json", Bytes::from_string(families));
    let mut templates = Vec::new();
    for (path, template) in &theme.print {
        hashed.push((path.clone(), Bytes::from_string(template.text.to_string())));
        let id = world.put_source(path, template.text.to_string());
        templates.extend(id.zip(template.own));
    }
    let beside = theme.print_files.iter().map(|(path, file)| (path.clone(), *file));
    let mut files = Vec::new();
    for (path, own) in beside.chain(texts.pictures(input)) {
        let file = input.file(own);
        let bytes = match &file.content {
            Content::Text(text) => Bytes::from_string(text.to_string()),
            _ => Bytes::new(read(&file.path)?),
        };
        files.extend(world.put_file(&path, bytes.clone()).map(|id| (id, own)));
        hashed.push((path, bytes));
    }
    let fonts_digest: Vec<u128> = fonts.fonts.iter().map(typst::utils::hash128).collect();
    let digest = Digest::from(typst::utils::hash128(&(&settings, hashed, fonts_digest)));
    Ok(Prepared {
        world,
        identity: printout.address(site),
        date: report.as_at,
        settings,
        texts,
        templates,
        files,
        digest,
        report: report.texts.original.file,
    })
}

impl Prepared<'_> {
    /// A digest that changes when, and only when, something that goes into the PDF does.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Makes the PDF.
    ///
    /// # Errors
    ///
    /// What Typst says is wrong, at its place in the Markdown or in a template of the site.
    pub fn make(&self) -> Result<Made, Vec<Diagnostic>> {
        forgetting(|| self.typeset())
    }

    fn typeset(&self) -> Result<Made, Vec<Diagnostic>> {
        let document = typst::compile::<PagedDocument>(&self.world).output;
        let document = document.map_err(|errors| self.diagnostics(&errors))?;
        let standards = combined(&self.settings.standards)
            .map_err(|message| vec![Diagnostic::of_site(&PDF_ERROR, message)])?;
        let options = PdfOptions {
            ident: Smart::Custom(self.identity.clone()),
            creator: Smart::Custom(Some(format!("Recto {}", env!("CARGO_PKG_VERSION")))),
            timestamp: timestamp(self.date),
            standards,
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&document, &options);
        let bytes = bytes.map_err(|errors| self.diagnostics(&errors))?;
        Ok(Made { bytes, pages: document.pages().len() })
    }

    fn diagnostics(&self, errors: &[SourceDiagnostic]) -> Vec<Diagnostic> {
        let errors = errors.iter().filter(|error| error.severity == Severity::Error);
        errors.map(|error| self.diagnostic(error)).collect()
    }

    /// The diagnostic for what Typst reports, at the place that an author wrote.
    fn diagnostic(&self, error: &SourceDiagnostic) -> Diagnostic {
        let spans =
            [error.span].into_iter().chain(error.trace.iter().map(|point| point.span.into()));
        let place = spans.into_iter().find_map(|span| self.place(span));
        let mut diagnostic = match place {
            Some((Origin::Template, place)) => {
                let message = format!("template error: {}", error.message);
                Diagnostic::of(&crate::theme::TEMPLATE_ERROR, place, message)
            }
            of_text => {
                let place = of_text.map_or_else(|| Span::top(self.report), |(_, place)| place);
                let message = format!("the PDF cannot be made: {}", error.message);
                // What Typst hints at is about its own language.
                return Diagnostic::of(&PDF_ERROR, place, message)
                    .help("write `pdf: false` in `report.md` to publish without the PDF");
            }
        };
        if let Some(hint) = error.hints.first() {
            diagnostic = diagnostic.help(hint.v.to_string());
        }
        diagnostic
    }

    /// The place in a file of the site that something in Typst's input comes from.
    fn place(&self, span: typst::syntax::DiagSpan) -> Option<(Origin, Span)> {
        let id = span.id()?;
        // What is wrong in a picture is reported at its top: most have no lines.
        if let Some((_, file)) = self.files.iter().find(|(picture, _)| *picture == id) {
            return Some((Origin::Text, Span::top(*file)));
        }
        let range = self.world.range(span)?;
        if let Some((_, file)) = self.templates.iter().find(|(template, _)| *template == id) {
            return Some((Origin::Template, Span::new(*file, range)));
        }
        if id.vpath().get_without_slash() != TEXTS {
            return None;
        }
        let start = range.start.checked_sub("#let texts = (\n".len())?;
        let index = self.texts.places.partition_point(|(offset, _)| *offset <= start);
        Some((Origin::Text, self.texts.places.get(index.checked_sub(1)?)?.1))
    }
}

/// How often Typst forgets what it has not used since the last time.
const FORGET_EVERY: Duration = Duration::from_millis(100);

/// Does something while Typst regularly forgets the calls that it has not repeated lately, and at
/// the end all of them. It keeps every attempt at laying out each cell, for programs that show a
/// document while it is edited: for 1,000 recommendations that is 4.9 GB, and with this 1.4 GB in
/// the same time.
fn forgetting<T>(work: impl FnOnce() -> T) -> T {
    let (done, ends) = mpsc::channel::<()>();
    let result = thread::scope(|scope| {
        scope.spawn(move || {
            while ends.recv_timeout(FORGET_EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
                comemo::evict(0);
            }
        });
        let result = work();
        drop(done);
        result
    });
    comemo::evict(0);
    result
}

/// The start of a day, in the form that PDF needs.
fn timestamp(day: chrono::NaiveDate) -> Option<Timestamp> {
    use chrono::Datelike as _;
    let [month, day_of_month] = [day.month(), day.day()].map(|n| u8::try_from(n).ok());
    let day =
        typst::foundations::Datetime::from_ymd_hms(day.year(), month?, day_of_month?, 0, 0, 0)?;
    Some(Timestamp::new_utc(day))
}
