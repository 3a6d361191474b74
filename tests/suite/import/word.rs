//! Small Word documents, each about one rule of what Word shows.

use recto::import::document::{ChangeKind, ForeignBlock, ForeignPiece, LeftOutKind};
use recto::import::{ForeignDocument, ReadOptions, Resolve, read};

use super::build::{Word, p, r, rp, table};
use super::show::{shown, tables};

fn resolved(word: &Word<'_>, changes: Option<Resolve>) -> ForeignDocument {
    let document = read(&word.bytes(), ReadOptions { changes }).unwrap();
    assert_eq!(
        document.placed() + document.left_out_characters(),
        document.characters,
        "{document:#?}"
    );
    document
}

fn document(word: &Word<'_>) -> ForeignDocument {
    resolved(word, None)
}

fn body(body: &str) -> String {
    shown(&document(&Word { body, ..Word::default() }).blocks)
}

fn styled(styles: &str, inner: &str) -> String {
    shown(&document(&Word { body: inner, styles, ..Word::default() }).blocks)
}

fn left_out(document: &ForeignDocument) -> Vec<(LeftOutKind, &str)> {
    document.left_out.iter().map(|left_out| (left_out.kind, left_out.text.as_str())).collect()
}

fn style(kind: &str, id: &str, inner: &str) -> String {
    format!("<w:style w:type=\"{kind}\" w:styleId=\"{id}\">{inner}</w:style>")
}

const BOLD: &str = "<w:rPr><w:b/></w:rPr>";

fn field(parts: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code =
        |code: &str| format!("<w:r><w:instrText xml:space=\"preserve\">{code}</w:instrText></w:r>");
    parts
        .split('|')
        .map(|part| match part {
            "<" => mark("begin"),
            "-" => mark("separate"),
            ">" => mark("end"),
            part => part.strip_prefix('=').map_or_else(|| r(part), code),
        })
        .collect()
}

#[test]
fn toggles_of_styles_cancel_each_other() {
    let styles = style("paragraph", "P", BOLD)
        + &style("character", "C", BOLD)
        + &style("character", "D", "<w:basedOn w:val=\"C\"/>");
    let with = |paragraph: &str, run: &str| {
        styled(
            &styles,
            &format!("<w:p><w:pPr><w:pStyle w:val=\"{paragraph}\"/></w:pPr>{}</w:p>", rp(run, "x")),
        )
    };
    assert_eq!(with("P", ""), "**x**");
    assert_eq!(with("", "<w:rStyle w:val=\"C\"/>"), "**x**");
    assert_eq!(with("P", "<w:rStyle w:val=\"C\"/>"), "x");
    // Within one kind of style, the nearest says it: a style based on a bold one is bold.
    assert_eq!(with("", "<w:rStyle w:val=\"D\"/>"), "**x**");
    // What the run itself says is final.
    assert_eq!(with("P", "<w:rStyle w:val=\"C\"/><w:b/>"), "**x**");
    assert_eq!(with("P", "<w:b w:val=\"0\"/>"), "x");
    assert_eq!(with("P", "<w:b w:val=\"false\"/><w:i/>"), "//x//");
}

#[test]
fn what_the_document_says_for_all_text_does_not_cancel() {
    let styles = format!(
        "<w:docDefaults><w:rPrDefault>{BOLD}</w:rPrDefault></w:docDefaults>{}",
        style("paragraph", "P", BOLD)
    );
    assert_eq!(
        styled(&styles, "<w:p><w:pPr><w:pStyle w:val=\"P\"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"),
        "**x**"
    );
}

#[test]
fn table_styles_make_rows_and_columns_bold() {
    let styles = style(
        "table",
        "T",
        "<w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/></w:rPr></w:tblStylePr><w:tblStylePr w:type=\"firstCol\"><w:rPr><w:i/></w:rPr></w:tblStylePr>",
    );
    let cells = table(&[&[p("a"), p("b")], &[p("c"), p("d")]]);
    let with = |look: &str| {
        styled(
            &styles,
            &cells.replace(
                "<w:tbl>",
                &format!("<w:tbl><w:tblPr><w:tblStyle w:val=\"T\"/>{look}</w:tblPr>"),
            ),
        )
    };
    assert_eq!(
        with("<w:tblLook w:firstRow=\"1\" w:firstColumn=\"0\"/>"),
        "[[**a** | **b**]][[c | d]]"
    );
    assert_eq!(with("<w:tblLook w:val=\"00A0\"/>"), "[[**//a//** | **b**]][[//c// | d]]");
    assert_eq!(with(""), "[[a | b]][[c | d]]");
}

#[test]
fn complex_scripts_have_a_bold_of_their_own() {
    assert_eq!(body(&format!("<w:p>{}</w:p>", rp("<w:bCs/>", "x"))), "x");
    assert_eq!(body(&format!("<w:p>{}</w:p>", rp("<w:bCs/><w:rtl/>", "x"))), "**x**");
    assert_eq!(body(&format!("<w:p>{}</w:p>", rp("<w:b/><w:rtl/>", "x"))), "x");
}

#[test]
fn headings_come_from_styles_and_paragraphs() {
    let styles = style("paragraph", "H", "<w:name w:val=\"heading 2\"/>")
        + &style("paragraph", "I", "<w:basedOn w:val=\"H\"/>");
    let with = |properties: &str| {
        styled(&styles, &format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r("x")))
    };
    assert_eq!(with("<w:pStyle w:val=\"H\"/>"), "h2: x");
    assert_eq!(with("<w:pStyle w:val=\"I\"/>"), "h2: x");
    assert_eq!(with("<w:pStyle w:val=\"I\"/><w:outlineLvl w:val=\"9\"/>"), "x");
    assert_eq!(with("<w:outlineLvl w:val=\"0\"/>"), "h1: x");
}

fn level(level: u8, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

/// Labels of paragraphs, given as list and level.
fn labels(numbering: &str, styles: &str, paragraphs: &[(i64, u8)]) -> Vec<String> {
    let inner: String = paragraphs
        .iter()
        .map(|(id, level)| {
            format!("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr></w:pPr>{}</w:p>", r("x"))
        })
        .collect();
    let document = document(&Word { body: &inner, numbering, styles, ..Word::default() });
    let label = |block: &ForeignBlock| match block {
        ForeignBlock::Paragraph(paragraph) => {
            paragraph.label.as_ref().map_or(String::new(), |label| label.text.clone())
        }
        ForeignBlock::Table(_) => String::new(),
    };
    document.blocks.iter().map(label).collect()
}

fn definition(id: i64, levels: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>")
}

fn list(id: i64, definition: i64, more: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{more}</w:num>")
}

#[test]
fn lists_of_several_levels_count_and_restart() {
    let levels = level(0, "decimal", "%1.", "")
        + &level(1, "decimal", "%1.%2", "")
        + &level(2, "lowerRoman", "(%3)", "");
    let numbering = definition(0, &levels) + &list(1, 0, "");
    assert_eq!(
        labels(&numbering, "", &[(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2), (0, 0)]),
        ["1.", "1.1", "1.2", "(i)", "2.", "2.1", "(i)", ""]
    );
    let never = level(0, "upperRoman", "%1", "")
        + &level(1, "decimal", "%1-%2", "<w:lvlRestart w:val=\"0\"/><w:isLgl/>");
    let numbering = definition(0, &never) + &list(1, 0, "");
    assert_eq!(
        labels(&numbering, "", &[(1, 0), (1, 1), (1, 0), (1, 1)]),
        ["I", "1-1", "II", "2-2"]
    );
}

#[test]
fn lists_with_one_definition_count_on_unless_they_start_again() {
    let start = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>";
    let other = format!(
        "<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>",
        level(0, "upperLetter", "%1)", "")
    );
    let numbering = definition(0, &level(0, "decimal", "%1", ""))
        + &list(1, 0, "")
        + &list(2, 0, "")
        + &list(3, 0, start)
        + &list(4, 0, &other);
    assert_eq!(
        labels(&numbering, "", &[(1, 0), (2, 0), (3, 0), (3, 0), (1, 0), (4, 0)]),
        ["1", "2", "5", "6", "7", "H)"]
    );
}

#[test]
fn a_list_may_be_that_of_a_style() {
    let styles =
        style("numbering", "L", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>");
    let numbering = definition(0, &level(0, "decimal", "%1.", ""))
        + &definition(1, "<w:numStyleLink w:val=\"L\"/>")
        + &list(1, 0, "")
        + &list(2, 1, "");
    assert_eq!(labels(&numbering, &styles, &[(1, 0), (2, 0)]), ["1.", "2."]);
}

#[test]
fn paragraph_styles_have_their_level_of_a_list() {
    let numbering = definition(
        0,
        &(level(0, "decimal", "%1", "<w:pStyle w:val=\"A\"/>")
            + &level(1, "decimal", "%1.%2", "<w:pStyle w:val=\"B\"/>")),
    ) + &list(1, 0, "");
    let number = "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>";
    let styles = style("paragraph", "A", number)
        + &style("paragraph", "B", &format!("<w:basedOn w:val=\"A\"/>{number}"));
    let of =
        |name: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{name}\"/></w:pPr>{}</w:p>", r("x"));
    let off = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"A\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>{}</w:p>",
        r("x")
    );
    let inner = of("A") + &of("B") + &off + &of("B") + &of("A");
    let document =
        document(&Word { body: &inner, styles: &styles, numbering: &numbering, ..Word::default() });
    assert_eq!(shown(&document.blocks), "1| x ¶ 1.1| x ¶ x ¶ 1.2| x ¶ 2| x");
}

#[test]
fn fields_show_their_results_and_link() {
    for (parts, expected) in [
        (
            "<|= HYPERLINK \"https://a.example/\" \\l \"top\" |-|text|>| after",
            "[text](https://a.example/#top) after",
        ),
        (
            "<|=HYPERLINK \"|<|=DOCPROPERTY x|-|https://b.example/|>|=\"|-|inner|>",
            "[inner](https://b.example/)",
        ),
        (
            "<|= HYPERLINK \"https://a.example/\"|-|a |<|= PAGE|-|7|>| b|>",
            "[a 7 b](https://a.example/)",
        ),
        ("<|= SEQ Table |-|3|>", "3"),
        ("<|= TC \"hidden\" |>|x", "x"),
        // Without its end, a field would swallow the rest.
        ("a |<|b c", "a b c"),
        ("a |-|b|>", "a b"),
    ] {
        assert_eq!(body(&format!("<w:p>{}</w:p>", field(parts))), expected, "{parts}");
    }
}

#[test]
fn a_field_that_begins_in_a_cell_ends_there() {
    let open = format!("<w:p>{}</w:p>", field("<|a"));
    assert_eq!(body(&table(&[&[open, p("b")], &[p("c"), p("d")]])), "[[a | b]][[c | d]]");
}

#[test]
fn a_field_goes_on_over_paragraphs() {
    let inner = format!(
        "<w:p>{}</w:p><w:p>{}</w:p>",
        field("<|= HYPERLINK \"https://a.example/\" |-|a"),
        field("b|>|c")
    );
    assert_eq!(body(&inner), "[a](https://a.example/) ¶ [b](https://a.example/)c");
}

#[test]
fn a_field_may_end_within_a_deletion() {
    let deleted = |inner: &str| format!("<w:del w:id=\"1\" w:author=\"A\">{inner}</w:del>");
    let inner = format!(
        "<w:p>{}{}{}</w:p>",
        field("<|= HYPERLINK \"https://a.example/\" |-|a"),
        deleted(&field(">")),
        r("b")
    );
    let word = Word { body: &inner, ..Word::default() };
    for resolve in [Resolve::Accept, Resolve::Reject] {
        assert_eq!(shown(&resolved(&word, Some(resolve)).blocks), "[a](https://a.example/)b");
    }
}

#[test]
fn changes_within_changes_are_resolved() {
    let (ins, del) = (
        |inner: &str| {
            format!("<w:ins w:author=\"A\" w:date=\"2024-05-06T00:00:00Z\">{inner}</w:ins>")
        },
        |inner: &str| format!("<w:del w:author=\"B\">{inner}</w:del>"),
    );
    let inner =
        format!("<w:p>{}{}{}{}</w:p>", r("a"), ins(&r("b")), del(&r("c")), ins(&del(&r("d"))));
    let word = Word { body: &inner, ..Word::default() };
    let accepted = resolved(&word, Some(Resolve::Accept));
    assert_eq!(shown(&accepted.blocks), "ab");
    assert_eq!(shown(&resolved(&word, Some(Resolve::Reject)).blocks), "ac");
    assert_eq!(accepted.changes.len(), 4);
    let error = read(&word.bytes(), ReadOptions::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "This document has 4 tracked changes by A, B. Accept or reject them in Word, or say `--changes accept` or `--changes reject`."
    );
}

#[test]
fn removed_paragraph_marks_join_paragraphs() {
    let marked = |change: &str, text: &str| {
        format!("<w:p><w:pPr><w:rPr><w:{change} w:author=\"A\"/></w:rPr></w:pPr>{}</w:p>", r(text))
    };
    let inner = marked("del", "a") + &p("b") + &marked("ins", "c") + &p("d");
    let word = Word { body: &inner, ..Word::default() };
    assert_eq!(shown(&resolved(&word, Some(Resolve::Accept)).blocks), "ab ¶ c ¶ d");
    assert_eq!(shown(&resolved(&word, Some(Resolve::Reject)).blocks), "a ¶ b ¶ cd");
}

#[test]
fn rows_and_looks_are_changed_too() {
    let row = |change: &str, text: &str| {
        format!("<w:tr><w:trPr>{change}</w:trPr><w:tc>{}</w:tc></w:tr>", p(text))
    };
    let look =
        "<w:rPr><w:b/><w:rPrChange w:author=\"B\"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>";
    let inner = format!(
        "<w:tbl>{}{}{}</w:tbl><w:p><w:r>{look}<w:t>x</w:t></w:r></w:p>",
        row("", "a"),
        row("<w:ins w:author=\"A\"/>", "b"),
        row("<w:del w:author=\"A\"/>", "c")
    );
    let word = Word { body: &inner, ..Word::default() };
    let accepted = resolved(&word, Some(Resolve::Accept));
    assert_eq!(shown(&accepted.blocks), "[[a]][[b]] ¶ **x**");
    assert_eq!(shown(&resolved(&word, Some(Resolve::Reject)).blocks), "[[a]][[c]] ¶ //x//");
    let kinds: Vec<ChangeKind> = accepted.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::Insertion, ChangeKind::Deletion, ChangeKind::Formatting]);
    assert_eq!(accepted.changes[1].place.row, Some(3));
}

#[test]
fn moved_text_is_in_one_place() {
    let inner = format!(
        "<w:p><w:moveFrom w:author=\"A\">{}</w:moveFrom>{}<w:moveTo w:author=\"A\">{}</w:moveTo></w:p>",
        r("m"),
        r("x"),
        r("m")
    );
    let word = Word { body: &inner, ..Word::default() };
    assert_eq!(shown(&resolved(&word, Some(Resolve::Accept)).blocks), "xm");
    assert_eq!(shown(&resolved(&word, Some(Resolve::Reject)).blocks), "mx");
}

#[test]
fn hidden_text_is_left_out_through_styles_too() {
    let styles = style("character", "V", "<w:rPr><w:vanish/></w:rPr>");
    let inner = format!(
        "<w:p>{}{}{}</w:p>",
        r("a"),
        rp("<w:rStyle w:val=\"V\"/>", "b"),
        rp("<w:rStyle w:val=\"V\"/><w:vanish w:val=\"0\"/>", "c")
    );
    let document = document(&Word { body: &inner, styles: &styles, ..Word::default() });
    assert_eq!(
        (shown(&document.blocks).as_str(), left_out(&document)),
        ("ac", vec![(LeftOutKind::Hidden, "b")])
    );
}

#[test]
fn a_hidden_mark_lets_the_line_go_on() {
    let hidden = "<w:pPr><w:outlineLvl w:val=\"1\"/><w:rPr><w:vanish/></w:rPr></w:pPr>";
    assert_eq!(
        body(&format!("<w:p>{hidden}{}</w:p>{}", r("Title. "), p("Text"))),
        "h2: Title. Text"
    );
    let empty = format!("<w:p>{hidden}{}</w:p>{}", rp("<w:vanish/>", "x"), p("Text"));
    assert_eq!(body(&empty), "Text");
}

#[test]
fn cells_have_their_columns() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
    };
    let inner = format!(
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val=\"2\"/>", "a"),
        cell("", "b"),
        cell("<w:hMerge w:val=\"restart\"/>", "c"),
        cell("<w:hMerge/>", ""),
        cell("", "d"),
    );
    let document = document(&Word { body: &inner, ..Word::default() });
    let places: Vec<Vec<(usize, usize)>> = tables(&document.blocks)[0]
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| (cell.column, cell.columns)).collect())
        .collect();
    assert_eq!(places, [vec![(2, 2), (4, 1)], vec![(0, 2), (2, 1)]]);
}

#[test]
fn wrappers_do_not_hide_what_they_wrap() {
    let wrapped = |inner: &str| {
        format!(
            "<w:sdt><w:sdtContent><w:smartTag><w:customXml>{inner}</w:customXml></w:smartTag></w:sdtContent></w:sdt>"
        )
    };
    let runs = format!("<w:p>{}</w:p>", wrapped(&format!("<w:bdo>{}</w:bdo>", r("a"))));
    let cell = wrapped(&format!("<w:tc>{}</w:tc>", wrapped(&runs)));
    let row = wrapped(&format!("<w:tr>{cell}</w:tr>"));
    assert_eq!(body(&wrapped(&format!("<w:tbl>{row}</w:tbl>"))), "[[a]]");
}

#[test]
fn signs_are_characters() {
    let inner = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:cr/><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/><w:t>non</w:t><w:noBreakHyphen/><w:t>legal</w:t><w:softHyphen/></w:r></w:p>";
    assert_eq!(body(inner), "a\tb⏎✓non\u{2011}legal");
    let document = document(&Word {
        body: "<w:p><w:r><w:t>a</w:t><w:sym w:font=\"Wingdings\" w:char=\"F099\"/></w:r></w:p>",
        ..Word::default()
    });
    assert_eq!(
        (shown(&document.blocks).as_str(), left_out(&document)),
        ("a", vec![(LeftOutKind::Drawing, "\u{fffd}")])
    );
}

#[test]
fn white_space_counts_where_the_file_says_so() {
    assert_eq!(
        body("<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t xml:space=\"preserve\"> b</w:t></w:r></w:p>"),
        "a b"
    );
}

#[test]
fn formulas_are_written_in_one_line() {
    let t = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let inner = format!(
        "<w:p><m:oMath>{}<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f><m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup><m:d><m:dPr><m:begChr m:val=\"[\"/></m:dPr><m:e>{}</m:e></m:d></m:oMath></w:p>",
        t("x="),
        t("1"),
        t("2"),
        t("y"),
        t("3"),
        t("z")
    );
    assert_eq!(body(&inner), "x=1/2y^3^[z)");
}

#[test]
fn comments_notes_and_page_furniture_are_kept_apart() {
    let word = Word {
        body: &format!(
            "<w:p>{}<w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>",
            r("a")
        ),
        comments: &format!(
            "<w:comment w:id=\"0\" w:author=\"Maria\" w:date=\"2020-12-01T10:00:00Z\">{}</w:comment><w:comment w:id=\"9\" w:author=\"Ali\">{}</w:comment>",
            p("why?"),
            p("lost")
        ),
        footnotes: &format!(
            "<w:footnote w:id=\"1\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>",
            p("note"),
            p("unused")
        ),
        header: &format!("{}<w:p>{}</w:p>", p("UNECE"), field("<|= PAGE |-|1|>")),
        ..Word::default()
    };
    let document = document(&word);
    assert_eq!(shown(&document.blocks), "a{note}");
    assert_eq!(
        left_out(&document),
        [
            (LeftOutKind::Comment, "why?"),
            (LeftOutKind::Hidden, "unused"),
            (LeftOutKind::Comment, "lost"),
            (LeftOutKind::PageFurniture, "UNECE 1"),
            (LeftOutKind::FieldCode, "PAGE"),
        ]
    );
    assert_eq!(document.left_out[0].by.as_deref(), Some("Maria, 2020-12-01"));
    assert_eq!(document.left_out[0].place.paragraph, Some(1));
}

#[test]
fn pictures_are_kept_with_their_alternative() {
    let drawing = |id: &str, text: &str| {
        format!(
            "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" descr=\"{text}\"/><a:graphic><a:blip r:embed=\"{id}\"/></a:graphic></wp:inline></w:drawing></w:r>"
        )
    };
    let word = Word {
        body: &format!(
            "<w:p>{}{}{}{}</w:p>",
            drawing("p", "A map"),
            drawing("p", "A map"),
            drawing("e", ""),
            drawing("none", "")
        ),
        related: "<Relationship Id=\"p\" Type=\"x/image\" Target=\"media/map.png\"/><Relationship Id=\"e\" Type=\"x/image\" Target=\"media/old.emf\"/>",
        media: &[("map.png", b"\x89PNG\r\n\x1a\n123"), ("old.emf", b"\x01\0\0\0")],
        ..Word::default()
    };
    let document = document(&word);
    assert_eq!(shown(&document.blocks), "<picture 0><picture 0>");
    assert_eq!(
        (document.pictures[0].name.as_str(), document.pictures[0].alternative.as_deref()),
        ("map.png", Some("A map"))
    );
    assert_eq!(left_out(&document), [(LeftOutKind::Drawing, ""), (LeftOutKind::Drawing, "")]);
}

#[test]
fn text_boxes_follow_their_paragraph() {
    let old = format!(
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        p("box")
    );
    assert_eq!(body(&format!("<w:p>{}{old}{}</w:p>", r("a"), r("b"))), "ab ¶ box");
}

#[test]
fn what_is_unknown_is_missed_by_the_account() {
    // A wrapper that the reader does not know hides its text from it, but not from the count.
    let word = Word {
        body: &format!("<w:p><w:unknown>{}</w:unknown></w:p>", r("abc")),
        ..Word::default()
    };
    let document = read(&word.bytes(), ReadOptions::default()).unwrap();
    assert_eq!((document.placed() + document.left_out_characters(), document.characters), (0, 3));
}

#[test]
fn embedded_documents_are_said_to_be_left_out() {
    let document = document(&Word {
        body: "<w:altChunk r:id=\"x\"/><w:p><w:r><w:object/></w:r></w:p>",
        ..Word::default()
    });
    assert_eq!(left_out(&document), [(LeftOutKind::Drawing, ""), (LeftOutKind::Drawing, "")]);
    assert!(document.blocks.is_empty());
}

#[test]
fn no_piece_is_parted_without_reason() {
    let inner = format!("<w:p>{}{}{}</w:p>", r("a"), r("b"), rp("<w:i w:val=\"0\"/>", "c"));
    let document = document(&Word { body: &inner, ..Word::default() });
    let ForeignBlock::Paragraph(paragraph) = &document.blocks[0] else { panic!("a paragraph") };
    assert!(matches!(paragraph.pieces.as_slice(), [ForeignPiece::Text(_)]));
}
