//! Which files are read and which are refused, each told by its content.

use chrono::NaiveDate;
use recto::import::document::{CellValue, LeftOutKind, Merged};
use recto::import::{ForeignDocument, ReadError, ReadOptions, read};

use super::build::{Word, p, package, stored};
use super::show::{shown, tables};

fn message(bytes: &[u8]) -> String {
    read(bytes, ReadOptions::default()).unwrap_err().to_string()
}

fn document(bytes: &[u8]) -> ForeignDocument {
    let document = read(bytes, ReadOptions::default()).unwrap();
    assert_eq!(
        document.placed() + document.left_out_characters(),
        document.characters,
        "{document:#?}"
    );
    document
}

/// A compound file with one stream of this name.
fn compound(name: &str) -> Vec<u8> {
    let mut bytes = vec![0; 512 * 3];
    let mut put = |at: usize, data: &[u8]| bytes[at..at + data.len()].copy_from_slice(data);
    put(0, &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    put(30, &[9]);
    put(44, &1_u32.to_le_bytes());
    put(48, &1_u32.to_le_bytes());
    put(60, &[0xFF; 4 * (512 - 60) / 4]);
    put(76, &0_u32.to_le_bytes());
    // The first sector says what follows each sector, the second is the directory.
    put(512, &[0xFF; 512]);
    put(512, &0xFFFF_FFFD_u32.to_le_bytes());
    put(516, &0xFFFF_FFFE_u32.to_le_bytes());
    for (entry, (name, kind, child)) in
        [("Root Entry", 5, 1_u32), (name, 2, u32::MAX)].into_iter().enumerate()
    {
        let at = 1024 + entry * 128;
        put(at, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
        put(at + 66, &[kind]);
        put(at + 68, &[0xFF; 8]);
        put(at + 76, &child.to_le_bytes());
        put(at + 116, &[0xFE, 0xFF, 0xFF, 0xFF]);
    }
    bytes
}

#[test]
fn what_cannot_be_read_is_refused_with_a_way_to_go() {
    for (bytes, way) in [
        (compound("WordDocument"), "save it as .docx"),
        (compound("EncryptedPackage"), "remove the password"),
        (compound("PowerPoint Document"), "copy its tables"),
        (compound("Workbook"), "damaged"),
        (compound("WordDocument")[..600].to_vec(), "damaged"),
        (compound("Something"), "unknown kind"),
        (b"%PDF-1.7 \x80".to_vec(), "copy the table into Word or Excel"),
        (b"{\\rtf1 x}".to_vec(), "save it as .docx"),
        (b"\x00\x01\x02\x03".to_vec(), "unknown kind"),
        (b"   \n".to_vec(), "empty file"),
        (b"Dear all,\n\nthanks.".to_vec(), "text without columns"),
        (b"<?xml version=\"1.0\"?><a/>".to_vec(), "XML file"),
        (package(&[("mimetype", "application/vnd.oasis.opendocument.text")]), "OpenDocument text"),
        (
            package(&[("mimetype", "application/vnd.oasis.opendocument.presentation")]),
            "presentation",
        ),
        (package(&[("a.txt", "b")]), "not a document of Office"),
        (b"PK\x03\x04 not really".to_vec(), "damaged"),
    ] {
        let message = message(&bytes);
        assert!(message.contains(way), "{message}");
    }
}

#[test]
fn macros_presentations_and_binary_workbooks_are_refused() {
    let of_kind = |kind: &str| {
        let types = format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/main.xml\" ContentType=\"application/vnd.{kind}+xml\"/></Types>"
        );
        let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"main.xml\"/></Relationships>";
        message(&package(&[
            ("[Content_Types].xml", types.as_str()),
            ("_rels/.rels", rels),
            ("main.xml", "<a/>"),
        ]))
    };
    assert!(of_kind("ms-word.document.macroEnabled.main").contains("macros"));
    assert!(of_kind("ms-excel.sheet.macroEnabled.main").contains("macros"));
    assert!(of_kind("ms-excel.sheet.binary.main").contains(".xlsx"));
    assert!(
        of_kind("openxmlformats-officedocument.presentationml.presentation.main")
            .contains("presentation")
    );
}

#[test]
fn a_bomb_is_refused() {
    let zeros = vec![b' '; 30 * 1024 * 1024];
    let error =
        read(&package(&[("word/document.xml", &zeros)]), ReadOptions::default()).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge(_)), "{error}");
    let parts = ["a", "b", "c", "d"].map(|name| (name, zeros.as_slice()));
    let error = read(&stored(&parts), ReadOptions::default()).unwrap_err();
    assert!(error.to_string().contains("100 MB"), "{error}");
}

#[test]
fn names_that_lead_outside_or_meet_are_refused() {
    assert!(message(&package(&[("../a.xml", "b")])).contains("outside"));
    assert!(message(&package(&[("a.xml", "b"), ("A.xml", "c")])).contains("named"));
    // Two entries with one name, made by renaming one in the bytes.
    let mut bytes = package(&[("aaa.xml", "b"), ("bbb.xml", "c")]);
    for at in 0..bytes.len() - 3 {
        if &bytes[at..at + 3] == b"bbb" {
            bytes[at..at + 3].copy_from_slice(b"aaa");
        }
    }
    assert!(message(&bytes).contains("same name"), "{}", message(&bytes));
}

#[test]
fn deep_nesting_is_refused_and_real_nesting_is_not() {
    let nested = |depth: usize| {
        let (open, close) =
            ("<w:tbl><w:tr><w:tc>".repeat(depth), "</w:tc></w:tr></w:tbl>".repeat(depth));
        format!("{open}{}{close}", p("x"))
    };
    assert_eq!(document(&Word { body: &nested(83), ..Word::default() }.bytes()).placed(), 1);
    let divisions = format!("<html>{}x", "<div>".repeat(250));
    assert_eq!(document(divisions.as_bytes()).placed(), 1);
    let tables = format!("<html>{}x", "<table><tr><td>".repeat(62));
    assert_eq!(document(tables.as_bytes()).placed(), 1);
    assert!(message(&Word { body: &nested(100), ..Word::default() }.bytes()).contains("nested"));
    assert!(message(format!("<html>{}x", "<div>".repeat(100_000)).as_bytes()).contains("nested"));
    assert!(message(format!("<html>{}x", "<span>".repeat(100_000)).as_bytes()).contains("nested"));
}

#[test]
fn a_document_type_is_refused() {
    let types = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
    assert!(message(&package(&[("_rels/.rels", types)])).contains("document type"));
}

#[test]
fn workbooks_of_old_excel_are_read() {
    let document = document(include_bytes!("../../import/corpus/follow_up.xls"));
    assert_eq!(
        shown(&document.blocks),
        "h1: Follow-up ¶ [[No. | Recommendation | Deadline | Share]][[1 | Adopt a plan. ¶ Test it every year. | 2020-12-31 | 0.25]][[2 | Réduire les coûts |  | ]][[merged |  | ]][[ | below | ]]"
    );
    let rows = &tables(&document.blocks)[0].rows;
    assert_eq!(rows[1].cells[2].value, NaiveDate::from_ymd_opt(2020, 12, 31).map(CellValue::Date));
    assert_eq!(
        (rows[3].cells[0].merged, rows[3].cells[0].columns, rows[4].cells[0].merged),
        (Merged::First, 2, Merged::Above)
    );
    let left_out: Vec<_> =
        document.left_out.iter().map(|left_out| (left_out.kind, left_out.text.as_str())).collect();
    assert_eq!(
        left_out,
        [
            (LeftOutKind::Formula, "A2+A3"),
            (LeftOutKind::Hidden, "Secret"),
            (LeftOutKind::Hidden, "hidden text")
        ]
    );
}

#[test]
fn a_panic_of_calamine_is_an_error() {
    // The record of the code page, made too short for what it holds.
    let mut bytes = include_bytes!("../../import/corpus/follow_up.xls").to_vec();
    let at = bytes.windows(4).position(|window| window == [0x42, 0, 2, 0]).unwrap();
    bytes[at + 2] = 0;
    assert!(message(&bytes).contains("damaged"), "{}", message(&bytes));
}

#[test]
fn workbooks_of_open_document_are_read() {
    let content = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
        xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
        xmlns:xlink=\"http://www.w3.org/1999/xlink\"><office:automatic-styles>\
        <style:style style:name=\"b\"><style:text-properties fo:font-weight=\"bold\"/></style:style></office:automatic-styles>\
        <office:body><office:spreadsheet><table:table table:name=\"Sheet\"><table:table-column table:number-columns-repeated=\"4\"/>\
        <table:table-header-rows><table:table-row><table:table-cell table:style-name=\"b\"><text:p>No.</text:p></table:table-cell>\
        <table:table-cell><text:p>Text</text:p></table:table-cell></table:table-row></table:table-header-rows>\
        <table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1.5\"><text:p>1,50</text:p></table:table-cell>\
        <table:table-cell><text:p>see <text:a xlink:href=\"https://a.example/\">this</text:a><text:s text:c=\"2\"/><text:span text:style-name=\"b\">bold</text:span></text:p><text:p>two</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2020-12-31\"><text:p>31.12.20</text:p></table:table-cell></table:table-row>\
        <table:table-row table:visibility=\"collapse\" table:number-rows-repeated=\"2\"><table:table-cell><text:p>secret</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
        </table:table></office:spreadsheet></office:body></office:document-content>";
    let document = document(&package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
    ]));
    assert_eq!(
        shown(&document.blocks),
        "h1: Sheet ¶ [[**No.** | Text | ]][[1,50 | see [this](https://a.example/)  **bold** ¶ two | 2020-12-31]]"
    );
    let rows = &tables(&document.blocks)[0].rows;
    assert_eq!((rows[0].is_header, rows[1].is_header), (true, false));
    assert_eq!(rows[1].cells[0].value, Some(CellValue::Number(1.5)));
    assert_eq!(
        document.left_out.iter().map(|left_out| left_out.text.as_str()).collect::<Vec<_>>(),
        ["secret", "secret"]
    );
    let huge = content
        .replace("table:number-rows-repeated=\"2\"", "table:number-rows-repeated=\"1048570\"")
        .replace(
            "<table:table-cell><text:p>secret",
            "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>secret",
        );
    let bytes = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", huge.as_str()),
    ]);
    assert!(message(&bytes).contains("cells"));
}

#[test]
fn tables_of_values_are_told_by_their_separators() {
    let cells = |text: &[u8]| shown(&document(text).blocks);
    assert_eq!(cells(b"a;b\n1,5;2\n"), "[[a | b]][[1,5 | 2]]");
    assert_eq!(cells(b"a\tb\n\"x\ny\"\tz"), "[[a | b]][[x ¶ y | z]]");
    assert_eq!(cells(b"\xff\xfea\x00,\x00b\x00\n\x00\xe9\x00,\x00d\x00"), "[[a | b]][[é | d]]");
    assert_eq!(cells(b"sep=;\na;b"), "[[a | b]]");
    assert_eq!(cells(b"a,b,c\n1,2\n"), "[[a | b | c]][[1 | 2 | ]]");
    let western = document(b"a,b\n\xe9,\x80\n");
    assert_eq!(
        (shown(&western.blocks).as_str(), western.assumed_encoding),
        ("[[a | b]][[é | €]]", Some("Windows-1252"))
    );
}

#[test]
fn pages_are_read_as_browsers_show_them() {
    let page = |inner: &str| {
        shown(&document(format!("<!doctype html><html><body>{inner}").as_bytes()).blocks)
    };
    assert_eq!(page("<p> a  <b>b</b>\n c<br> d <br></p><p>&nbsp;</p>text"), "a **b** c⏎d ¶ text");
    assert_eq!(
        page("<ol start=3 type=a><li>x<li><p>y</p><ul><li>z</ul></ol>"),
        "c.| x ¶ d.| y ¶ •| z"
    );
    assert_eq!(
        page("<table><tr><th>a<th>b<tr><td rowspan=2>c<td>d<tr><td colspan=2>e</table>"),
        "[[**a** | **b**]][[c | d]][[ | e]]"
    );
    assert_eq!(
        page(
            "<p>a<span style='mso-hide:all'>b</span><i style='font-weight:bold'>c</i><script>d</script></p>"
        ),
        "a**//c//**"
    );
    assert_eq!(
        page("<p><a href='javascript:x()'>a</a> <a href='#b'>b</a><sup>2</sup><s>x</s></p>"),
        "a [b](#b)^2^--x--"
    );
    let list = "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span><![endif]>text</p>";
    assert_eq!(page(list), "1.| text");
    let spans = document(b"<html><table><tr><td rowspan=2>c<td>d<tr><td>e</table>");
    let rows = &tables(&spans.blocks)[0].rows;
    assert_eq!(
        (rows[0].cells[0].merged, rows[1].cells[0].merged, rows[1].cells[1].column),
        (Merged::First, Merged::Above, 1)
    );
}

/// A workbook of these sheets, given as name, state and the XML within `worksheet`.
fn workbook(sheets: &[(&str, &str, &str)], strings: &str, more: &[(&str, &str)]) -> Vec<u8> {
    const X: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    const R: &str =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    let related = |kind: &str, target: &str| {
        format!("<Relationship Id=\"{target}\" Type=\"x/{kind}\" Target=\"{target}\"/>")
    };
    let list: String = (0..sheets.len())
        .map(|i| {
            format!("<sheet name=\"{}\" state=\"{}\" r:id=\"s{i}.xml\"/>", sheets[i].0, sheets[i].1)
        })
        .collect();
    let rels: String =
        (0..sheets.len()).map(|i| related("worksheet", &format!("s{i}.xml"))).collect();
    let titles = "<definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">A!$A:$A,A!$1:$1</definedName></definedNames>";
    let styles = "<fonts><font/><font><b/></font></fonts><cellXfs><xf fontId=\"0\" numFmtId=\"0\"/><xf fontId=\"1\" numFmtId=\"14\"/><xf fontId=\"0\" numFmtId=\"9\"/></cellXfs>";
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>".to_owned()),
        ("_rels/.rels".to_owned(), format!("{R}{}</Relationships>", related("officeDocument", "xl/workbook.xml"))),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!("{R}{rels}{}{}</Relationships>", related("sharedStrings", "strings.xml"), related("styles", "styles.xml"))),
        ("xl/workbook.xml".to_owned(), format!("<workbook {X}><sheets>{list}</sheets>{titles}</workbook>")),
        ("xl/strings.xml".to_owned(), format!("<sst {X}>{strings}</sst>")),
        ("xl/styles.xml".to_owned(), format!("<styleSheet {X}>{styles}</styleSheet>")),
    ];
    parts.extend(
        (0..sheets.len()).map(|i| {
            (format!("xl/s{i}.xml"), format!("<worksheet {X}>{}</worksheet>", sheets[i].2))
        }),
    );
    parts.extend(more.iter().map(|(name, text)| {
        ((*name).to_owned(), text.replace("<R>", R).replace(" X>", &format!(" {X}>")))
    }));
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    package(&parts)
}

#[test]
fn workbooks_show_what_excel_shows() {
    let strings = "<si><t>plain</t></si><si><r><t>a </t></r><r><rPr><b/></rPr><t>bold</t></r><r><rPr><i/></rPr><t>_x000D_\nline</t></r><rPh><t>aloud</t></rPh></si>";
    let rows = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\" s=\"1\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
        <row><c s=\"1\"><v>44196</v></c><c s=\"2\"><v>0.5</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c></row>\
        <row r=\"3\" hidden=\"1\"><c r=\"A3\" t=\"inlineStr\"><is><t>secret</t></is></c></row>\
        <row r=\"4\"><c r=\"A4\" t=\"str\"><f>HYPERLINK(\"https://a.example/\",\"text\")</f><v>text</v></c><c r=\"B4\" t=\"s\"><v>0</v></c><c r=\"C4\" t=\"s\"><v>0</v></c></row>\
        <row r=\"5\"><c r=\"B5\" t=\"s\"><v>0</v></c><c r=\"D5\"><v>1.10</v></c></row></sheetData>\
        <mergeCells><mergeCell ref=\"B4:C5\"/></mergeCells><hyperlinks><hyperlink ref=\"D5\" location=\"B!A1\"/></hyperlinks>";
    let comments = "<comments X><authors><author>Maria</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><r><t>why?</t></r></text></comment></commentList></comments>";
    let rels =
        "<R><Relationship Id=\"c\" Type=\"x/comments\" Target=\"comments.xml\"/></Relationships>";
    let bytes = workbook(
        &[
            ("A", "visible", rows),
            ("B", "hidden", "<sheetData><row><c><v>7</v></c></row></sheetData>"),
            ("C", "visible", "<sheetData/>"),
        ],
        strings,
        &[("xl/_rels/s0.xml.rels", rels), ("xl/comments.xml", comments)],
    );
    let document = document(&bytes);
    assert_eq!(
        shown(&document.blocks),
        "h1: A ¶ [[**plain** | a **bold** ¶ //line// |  | ]][[**2020-12-31** | 50% | TRUE | #N/A]][[[text](https://a.example/) | plain | ]][[ |  | [1.1](#B!A1)]] ¶ h1: C"
    );
    let rows = &tables(&document.blocks)[0].rows;
    assert!(rows[0].is_header && !rows[1].is_header);
    assert_eq!(rows[1].cells[1].value, Some(CellValue::Number(0.5)));
    assert_eq!(
        (rows[2].cells[1].columns, rows[2].cells[1].merged, rows[3].cells[1].merged),
        (2, Merged::First, Merged::Above)
    );
    let left_out: Vec<_> =
        document.left_out.iter().map(|left_out| (left_out.kind, left_out.text.as_str())).collect();
    assert_eq!(
        left_out,
        [
            (LeftOutKind::Hidden, "secret"),
            (LeftOutKind::Formula, "HYPERLINK(\"https://a.example/\",\"text\")"),
            (LeftOutKind::Hidden, "plain"),
            (LeftOutKind::Hidden, "plain"),
            (LeftOutKind::Comment, "why?"),
            (LeftOutKind::Hidden, "B"),
            (LeftOutKind::Hidden, "7"),
        ]
    );
    assert_eq!(document.left_out[4].by.as_deref(), Some("Maria"));
}

#[test]
fn workbooks_that_ask_for_too_much_are_refused() {
    let far = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    assert!(message(&workbook(&[("A", "visible", far)], "", &[])).contains("cells"));
    let cells =
        format!("<sheetData><row>{}</row></sheetData>", "<c t=\"s\"><v>0</v></c>".repeat(2000));
    let long = format!("<si><t>{}</t></si>", "x".repeat(900_000));
    assert!(message(&workbook(&[("A", "visible", &cells)], &long, &[])).contains("100 MB"));
    let merges = format!(
        "<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>{}</mergeCells>",
        "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(5000)
    );
    assert_eq!(document(&workbook(&[("A", "visible", &merges)], "", &[])).placed(), 2);
}

#[test]
fn one_long_address_named_often_is_refused() {
    let page = format!("<html><a href='{}'>{}", "x".repeat(500_000), "a<i>b</i>".repeat(1000));
    assert!(message(page.as_bytes()).contains("100 MB"));
    let runs = "<w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>b</w:t></w:r>".repeat(1000);
    let body = format!(
        "<w:p><w:hyperlink w:anchor=\"{}\">{runs}</w:hyperlink></w:p>",
        "x".repeat(500_000)
    );
    assert!(message(&Word { body: &body, ..Word::default() }.bytes()).contains("100 MB"));
}
