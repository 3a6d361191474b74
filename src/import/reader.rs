//! Foreign documents: bytes in, `ForeignDocument` out.

use super::compound::{self, Compound};
use super::document::ForeignDocument;
use super::error::ReadError;
use super::package::{Package, PartTarget};
use super::{docx, sheet, text};

/// What to do while reading.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions {
    /// What becomes of tracked changes. With none, a document that has any is an error: whether a change
    /// is agreed cannot be guessed.
    pub changes: Option<Resolve>,
}

/// What becomes of tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolve {
    /// As if all were accepted.
    Accept,
    /// As if all were rejected.
    Reject,
}

/// Reads a document. Its kind is told from its content, never from its name.
///
/// # Errors
///
/// Where the file is of a kind that has no reader, is damaged or too large, or has tracked changes and
/// the options do not say what becomes of them. The message says what to do.
pub fn read(bytes: &[u8], options: ReadOptions) -> Result<ForeignDocument, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refused("an empty file", "choose another"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return read_package(bytes, options);
    }
    if bytes.starts_with(&compound::MAGIC) {
        return read_compound(bytes);
    }
    let start = bytes.get(..1024).unwrap_or(bytes);
    if start.windows(5).any(|window| window == b"%PDF-") {
        let instead = "copy the table into Word or Excel and save it as .docx or .xlsx, or ask for the file that the PDF was made from";
        return Err(refused(
            "a PDF, which has no tables, only letters and where they stand on the page",
            instead,
        ));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(refused("a Rich Text file", "open it in Word and save it as .docx"));
    }
    text::read(bytes)
}

const SAVE_AS_SHEET: &str = "save it as .xlsx";

pub(super) fn refused(what: &'static str, instead: &'static str) -> ReadError {
    ReadError::Refused { what, instead }
}

/// Reads a zip file: the documents of Office since 2007, or of OpenDocument.
fn read_package(bytes: &[u8], options: ReadOptions) -> Result<ForeignDocument, ReadError> {
    let mut package = Package::open(bytes)?;
    if let Some(kind) = package.part("mimetype")? {
        let kind = String::from_utf8_lossy(&kind);
        return match kind.trim() {
            "application/vnd.oasis.opendocument.spreadsheet"
            | "application/vnd.oasis.opendocument.spreadsheet-template" => {
                sheet::read_ods(&mut package)
            }
            kind if kind.starts_with("application/vnd.oasis.opendocument.text") => Err(refused(
                "an OpenDocument text",
                "open it in LibreOffice or Word and save it as .docx",
            )),
            kind if kind.starts_with("application/vnd.oasis.opendocument.presentation") => {
                Err(presentation())
            }
            _ => {
                Err(refused("a zip file of an unknown kind", "save the document as .docx or .xlsx"))
            }
        };
    }
    let main = package
        .relationships("")?
        .into_iter()
        .find(|relationship| relationship.kind == "officeDocument");
    let Some(PartTarget::Part(main)) = main.map(|main| main.target) else {
        return Err(refused(
            "a zip file that is not a document of Office",
            "unpack it and choose the document itself",
        ));
    };
    let kind = package.content_type(&main)?.unwrap_or_default();
    if kind.contains("macroEnabled") {
        return Err(refused(
            "a document with macros",
            "save it as .docx or .xlsx, which leaves them out",
        ));
    }
    if kind.contains("wordprocessingml.document.main")
        || kind.contains("wordprocessingml.template.main")
    {
        return docx::read(&mut package, &main, options);
    }
    if kind.contains("spreadsheetml.sheet.main") || kind.contains("spreadsheetml.template.main") {
        return sheet::read_xlsx(&mut package, &main);
    }
    if kind.contains("sheet.binary") {
        return Err(refused("a binary workbook", SAVE_AS_SHEET));
    }
    if kind.contains("presentationml") {
        return Err(presentation());
    }
    Err(refused("a document of an unknown kind", "save it as .docx or .xlsx"))
}

fn presentation() -> ReadError {
    refused("a presentation", "copy its tables into Word or Excel and save them as .docx or .xlsx")
}

/// Reads a compound file: the documents of Office before 2007, and encrypted ones.
fn read_compound(bytes: &[u8]) -> Result<ForeignDocument, ReadError> {
    let file = Compound::open(bytes)?;
    let is_workbook = file.has("Workbook") || file.has("Book");
    if is_workbook {
        return sheet::read_xls(bytes, &file);
    }
    let known = [
        (
            "EncryptedPackage",
            "a document with a password",
            "open it in Office, remove the password and save it again",
        ),
        ("WordDocument", "a document of Word before 2007", "open it in Word and save it as .docx"),
        (
            "PowerPoint Document",
            "a presentation of PowerPoint before 2007",
            "copy its tables into Word or Excel",
        ),
        ("__properties_version1.0", "a message of Outlook", "save its attachment and choose that"),
    ];
    let (_, what, instead) = known.into_iter().find(|(stream, ..)| file.has(stream)).unwrap_or((
        "",
        "a file of an unknown kind",
        "save the document as .docx or .xlsx",
    ));
    Err(refused(what, instead))
}
