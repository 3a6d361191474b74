//! Documents made for tests.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A zip file of these parts.
pub(crate) fn package<B: AsRef<[u8]>>(parts: &[(&str, B)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A zip file whose parts are not compressed.
pub(crate) fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document in the making: its body, and what is in its other parts.
#[derive(Default)]
pub(crate) struct Word<'a> {
    pub(crate) body: &'a str,
    pub(crate) styles: &'a str,
    pub(crate) numbering: &'a str,
    pub(crate) comments: &'a str,
    pub(crate) footnotes: &'a str,
    pub(crate) header: &'a str,
    /// More relationships of the main part.
    pub(crate) related: &'a str,
    /// Pictures, by their names in `word/media`.
    pub(crate) media: &'a [(&'a str, &'a [u8])],
}

impl Word<'_> {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let part = |name: &str, inner: &str| {
            format!("{HEAD}<w:{name} {SPACES}>{inner}</w:{name}>").into_bytes()
        };
        let kinds = ["styles", "numbering", "comments", "footnotes", "header"];
        let related: String = kinds
            .iter()
            .map(|kind| {
                format!(
                    "<Relationship Id=\"{kind}\" Type=\"{OFFICE}/{kind}\" Target=\"{kind}.xml\"/>"
                )
            })
            .collect();
        let relationships = |inner: &str| {
            format!(
                "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>"
            )
            .into_bytes()
        };
        let main = format!(
            "<Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>"
        );
        let types = format!(
            "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
        );
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), types.into_bytes()),
            ("_rels/.rels".to_owned(), relationships(&main)),
            (
                "word/_rels/document.xml.rels".to_owned(),
                relationships(&format!("{related}{}", self.related)),
            ),
            (
                "word/document.xml".to_owned(),
                part("document", &format!("<w:body>{}</w:body>", self.body)),
            ),
            ("word/styles.xml".to_owned(), part("styles", self.styles)),
            ("word/numbering.xml".to_owned(), part("numbering", self.numbering)),
            ("word/comments.xml".to_owned(), part("comments", self.comments)),
            ("word/footnotes.xml".to_owned(), part("footnotes", self.footnotes)),
            ("word/header.xml".to_owned(), part("hdr", self.header)),
        ];
        parts.extend(
            self.media.iter().map(|(name, bytes)| (format!("word/media/{name}"), bytes.to_vec())),
        );
        let parts: Vec<(&str, &[u8])> =
            parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        package(&parts)
    }
}

/// A paragraph of one run.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

/// A run.
pub(crate) fn r(text: &str) -> String {
    format!(
        "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        text.replace('&', "&amp;").replace('<', "&lt;")
    )
}

/// A run with properties.
pub(crate) fn rp(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A table of cells that hold this.
pub(crate) fn table(rows: &[&[String]]) -> String {
    let cell = |cell: &String| format!("<w:tc>{cell}</w:tc>");
    let row =
        |row: &&[String]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}
