//! No bytes make the readers panic, and what is written is what is read.

use std::io::{Cursor, Read};
use std::sync::LazyLock;

use proptest::prelude::*;
use recto::import::document::ForeignBlock;
use recto::import::{ReadOptions, Resolve, read};
use zip::ZipArchive;

use super::build::{Word, package, r, rp};
use super::corpus::files;
use super::show::{runs, tables};

/// A file of the corpus: as it is, and its parts where it is a package.
struct Original {
    bytes: Vec<u8>,
    parts: Vec<(String, Vec<u8>)>,
}

static ORIGINALS: LazyLock<Vec<Original>> = LazyLock::new(|| {
    let original = |bytes: Vec<u8>| {
        let mut parts = Vec::new();
        if let Ok(mut archive) = ZipArchive::new(Cursor::new(&bytes)) {
            for index in 0..archive.len() {
                let mut file = archive.by_index(index).unwrap();
                let name = file.name().unwrap().into_owned();
                let mut part = Vec::new();
                file.read_to_end(&mut part).unwrap();
                // Large parts of looks would only make the test slow.
                if part.len() < 200_000 {
                    parts.push((name, part));
                }
            }
        }
        Original { bytes, parts }
    };
    let mut originals: Vec<Original> =
        files().iter().map(|path| original(std::fs::read(path).unwrap())).collect();
    originals.push(original(include_bytes!("../../import/corpus/follow_up.xls").to_vec()));
    originals
});

fn reads_without_panic(bytes: &[u8]) {
    for changes in [None, Some(Resolve::Accept), Some(Resolve::Reject)] {
        let _ = read(bytes, ReadOptions { changes });
    }
}

fn rezipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    package(&parts)
}

/// What may be put in place of something in XML.
const SNIPPETS: [&str; 20] = [
    "<",
    ">",
    "&",
    "\"",
    "</w:p>",
    "<w:p>",
    "<w:tbl>",
    "</w:tc>",
    "<w:tr>",
    "w:val=\"-1\"",
    "w:val=\"99999999999\"",
    "&#0;",
    "&#x110000;",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:vMerge/>",
    "<w:gridSpan w:val=\"70\"/>",
    "\u{0}",
    "é",
    "%9",
];

fn cases(cases: u32) -> ProptestConfig {
    let cases =
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(60))]

    /// Bytes of unpacked parts are changed, and the package is made again.
    #[test]
    fn changed_parts_do_not_panic(
        file in any::<prop::sample::Index>(),
        part in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_usize..40), 1..6),
    ) {
        let packages: Vec<&Original> = ORIGINALS.iter().filter(|original| !original.parts.is_empty()).collect();
        let original = file.get(&packages);
        let mut parts = original.parts.clone();
        let bytes = &mut part.get_mut(&mut parts).1;
        for (at, byte, snippet) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match SNIPPETS.get(snippet) {
                Some(snippet) => drop(bytes.splice(at..at, snippet.bytes())),
                None => bytes[at] = byte,
            }
        }
        reads_without_panic(&rezipped(&parts));
    }

    /// Bytes of files are changed as they are, and files end early.
    #[test]
    fn changed_files_do_not_panic(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = file.get(&ORIGINALS).bytes.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        reads_without_panic(&bytes);
    }

    /// Old workbooks are read by Calamine, which trusts some of what they say.
    #[test]
    fn changed_workbooks_do_not_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = include_bytes!("../../import/corpus/follow_up.xls").to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        reads_without_panic(&bytes);
    }

    /// Parts are taken from one file and put into another, or left away.
    #[test]
    fn mixed_packages_do_not_panic(
        files in [any::<prop::sample::Index>(), any::<prop::sample::Index>()],
        parts in [any::<prop::sample::Index>(), any::<prop::sample::Index>()],
    ) {
        let packages: Vec<&Original> = ORIGINALS.iter().filter(|original| !original.parts.is_empty()).collect();
        let (taken, given) = (&files[0].get(&packages).parts, &files[1].get(&packages).parts);
        let mut mixed = taken.clone();
        parts[0].get_mut(&mut mixed).1.clone_from(&parts[1].get(given).1);
        reads_without_panic(&rezipped(&mixed));
        mixed.remove(parts[0].index(mixed.len()));
        reads_without_panic(&rezipped(&mixed));
    }

    #[test]
    fn any_bytes_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0_usize..7) {
        let starts: [&[u8]; 7] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"<html><table>", b"a;b\n", b"\xff\xfe", b"PK\x05\x06"];
        let bytes = [starts[start], &bytes].concat();
        reads_without_panic(&bytes);
    }

    #[test]
    fn any_page_does_not_panic_and_is_accounted_for(parts in prop::collection::vec(0_usize..HTML.len(), 0..60)) {
        let page: String = std::iter::once("<html>").chain(parts.iter().map(|part| HTML[*part])).collect();
        if let Ok(document) = read(page.as_bytes(), ReadOptions::default()) {
            prop_assert_eq!(document.placed() + document.left_out_characters(), document.characters, "{}\n{:#?}", page, document);
        }
    }

    /// A table that is written is read again, cell for cell, whatever its text.
    #[test]
    fn generated_tables_give_back_their_cells(rows in prop::collection::vec(prop::collection::vec(cell(), 3), 1..5)) {
        let xml = |cell: &CellText| {
            let paragraph = |runs: &Vec<(String, bool)>| {
                let run = |(text, bold): &(String, bool)| if *bold { rp("<w:b/>", text) } else { r(text) };
                format!("<w:p>{}</w:p>", runs.iter().map(run).collect::<String>())
            };
            format!("<w:tc>{}<w:p/></w:tc>", cell.iter().map(paragraph).collect::<String>())
        };
        let row = |row: &Vec<CellText>| format!("<w:tr>{}</w:tr>", row.iter().map(xml).collect::<String>());
        let body = format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>());
        let document = read(&Word { body: &body, ..Word::default() }.bytes(), ReadOptions::default()).unwrap();
        prop_assert_eq!(document.placed(), document.characters);
        let read: Vec<Vec<CellText>> = tables(&document.blocks)[0]
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| runs(cell).into_iter().map(|runs| runs.into_iter().map(|run| (run.0, run.1)).collect()).collect()).collect())
            .collect();
        prop_assert_eq!(read, rows);
    }

    /// Documents put together from all kinds of elements are accounted for, whatever their order.
    #[test]
    fn generated_documents_are_accounted_for(parts in prop::collection::vec(0_usize..RUNS.len(), 0..30), cell in 0_usize..4) {
        let inner: String = parts.iter().map(|part| RUNS[*part]).collect();
        let body = match cell {
            0 => format!("<w:p>{inner}</w:p>"),
            1 => format!("<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p/></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>{inner}</w:p></w:tc></w:tr></w:tbl>"),
            2 => format!("<w:tbl><w:tr><w:trPr><w:del w:author=\"A\"/></w:trPr><w:tc><w:p>{inner}</w:p></w:tc></w:tr></w:tbl>"),
            _ => format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{inner}</w:p><w:p>{inner}</w:p>"),
        };
        let note = "<w:footnote w:id=\"1\"><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>";
        let word = Word { body: &body, footnotes: note, ..Word::default() };
        for resolve in [Resolve::Accept, Resolve::Reject] {
            let document = read(&word.bytes(), ReadOptions { changes: Some(resolve) }).unwrap();
            prop_assert_eq!(document.placed() + document.left_out_characters(), document.characters, "{}\n{:#?}", body, document);
            prop_assert!(document.blocks.iter().all(|block| !matches!(block, ForeignBlock::Paragraph(p) if p.pieces.is_empty())));
        }
    }
}

type CellText = Vec<Vec<(String, bool)>>;

/// Paragraphs of runs that look different from their neighbours.
fn cell() -> impl Strategy<Value = CellText> {
    let paragraph =
        (any::<bool>(), prop::collection::vec("[ -~é–“”α한😀]{0,12}[a-zA-Z0-9.,;]", 1..4))
            .prop_map(|(first, texts)| {
                texts
                    .into_iter()
                    .enumerate()
                    .map(|(at, text)| (text.replace(['&', '<', '>'], "x"), first ^ (at % 2 == 0)))
                    .collect()
            });
    prop::collection::vec(paragraph, 0..4)
}

const RUNS: [&str; 22] = [
    "<w:r><w:t>text</w:t></w:r>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
    "<w:r><w:instrText>HYPERLINK \"a\"</w:instrText></w:r>",
    "<w:r><w:delInstrText>PAGE</w:delInstrText></w:r>",
    "<w:del w:author=\"A\"><w:r><w:delText>deleted</w:delText></w:r></w:del>",
    "<w:ins w:author=\"B\"><w:r><w:t>inserted</w:t></w:r></w:ins>",
    "<w:fldSimple w:instr=\"PAGE\"><w:r><w:t>7</w:t></w:r></w:fldSimple>",
    "<w:r><w:noBreakHyphen/><w:softHyphen/><w:tab/><w:br/></w:r>",
    "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/><w:sym w:font=\"Wingdings\" w:char=\"F0FF\"/></w:r>",
    "<w:r><w:footnoteReference w:id=\"1\"/></w:r>",
    "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><a:x><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></a:x></w:drawing></mc:Choice><mc:Fallback><w:pict><v:x><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></v:x></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    "<w:r><w:drawing><a:t>drawn</a:t></w:drawing></w:r>",
    "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f><m:rad><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad></m:oMath>",
    "<w:r><w:object><w:t>object</w:t></w:object></w:r>",
    "<w:hyperlink w:anchor=\"x\"><w:r><w:t>link</w:t></w:r></w:hyperlink>",
    "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>",
    "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"1\"/></w:checkBox></w:ffData></w:fldChar></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"no\"/><w:listEntry w:val=\"chosen\"/></w:ddList></w:ffData></w:fldChar></w:r>",
    "<w:r><w:t xml:space=\"preserve\"> a\u{2011}b\u{ad} </w:t></w:r>",
];

const HTML: [&str; 34] = [
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "<td rowspan=3 colspan=2>",
    "<th>",
    "<td rowspan=0>",
    "<caption>",
    "<thead>",
    "<tbody>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "<a href=x>",
    "</a>",
    "<ul>",
    "<ol reversed>",
    "<li>",
    "</ul>",
    "<br>",
    "text",
    " ",
    "<style>p{display:none}</style>",
    "<!--comment-->",
    "<span style='display:none'>",
    "</span>",
    "<h2>",
    "<svg><text>drawn</text></svg>",
    "<select><option>choice",
    "<div id=ftn1>n</div><a name=_ftnref1 href=#_ftn1>[1]</a>",
    "<template>t</template>",
];
