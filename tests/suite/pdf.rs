//! PDFs: their standards, tags and words.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use lopdf::{Document, Object};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use recto::assemble::Options;
use recto::model::{Layout, Printout};
use recto::pdf::{Made, PdfSettings, prepare};
use recto::plan::Build;
use recto::publish::{ForeignFiles, PublishTarget, publish};

use crate::site::{Scratch, build_of, files_below, project};

/// The PDF of an printout in a layout.
pub(crate) fn made(
    build: &Build,
    root: &Path,
    printout: Printout,
    layout: Layout,
) -> Result<Made, Vec<String>> {
    let read = |path: &str| Ok(std::fs::read(root.join(path))?);
    let settings = PdfSettings { layout, ..PdfSettings::of(printout) };
    let prepared = prepare(build.making(printout), printout, settings, &read).unwrap();
    prepared.make().map_err(|diagnostics| {
        let said = diagnostics.iter().map(|diagnostic| {
            let span = diagnostic.span.unwrap();
            let file = build.input.file(span.file);
            let at = recto::source::line_column(file.text(), span.start as usize);
            let (path, message) = (&file.path, &diagnostic.message);
            format!("{path}:{}:{}: {}: {message}", at.line, at.column, diagnostic.code())
        });
        said.collect()
    })
}

/// Every PDF of a site, in both layouts.
fn all(root: &Path) -> Vec<(String, Vec<u8>)> {
    let build = build_of(root, Options::default());
    let layouts = |printout| Layout::ALL.map(|layout| (printout, layout));
    let all = Printout::all(&build.site).flat_map(layouts);
    let pdfs = all.map(|(printout, layout)| {
        let made = made(&build, root, printout, layout).unwrap();
        (format!("{} as {}", printout.address(&build.site), layout.name()), made.bytes)
    });
    pdfs.collect()
}

fn case(name: &str) -> std::path::PathBuf {
    project().join("tests/cases").join(name)
}

#[test]
fn every_pdf_keeps_both_standards() {
    let sites = ["every-element", "russian", "literal", "three-languages", "empty"].map(case);
    for root in sites.into_iter().chain([project()]) {
        for (name, bytes) in all(&root) {
            keeps_both_standards(&name, &bytes);
        }
    }
}

fn keeps_both_standards(name: &str, bytes: &[u8]) {
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).unwrap();
        // The crate takes the last byte of a stream for the end of a line if it is one, as one of
        // 128 compressed streams has it. veraPDF does not, nor does this:
        let is_length = |id: &str| id.starts_with("ISO 19005-2:2011:6.1.7.1:");
        let failures = report.failures.iter();
        let failures = failures.filter(|f| !is_length(&f.rule_id) || !lengths_are_right(bytes));
        let failures: Vec<String> =
            failures.map(|f| format!("{} {}", f.rule_id, f.message)).collect();
        assert!(failures.is_empty(), "{name}, {profile:?}: {failures:#?}");
    }
}

/// Whether each stream has as many bytes as its `Length` says, and then a line `endstream`.
fn lengths_are_right(bytes: &[u8]) -> bool {
    let mut streams = memchr::memmem::find_iter(bytes, b"\nstream\n");
    streams.all(|at| {
        let head = &bytes[at.saturating_sub(1000)..at];
        let length = memchr::memmem::rfind(head, b"/Length ").map(|at| &head[at + 8..]);
        let digits: String = length
            .unwrap_or(b"")
            .iter()
            .map(|byte| char::from(*byte))
            .take_while(char::is_ascii_digit)
            .collect();
        let start = at + b"\nstream\n".len();
        digits.parse::<usize>().is_ok_and(|length| {
            bytes.get(start + length..).is_some_and(|rest| rest.starts_with(b"\nendstream"))
        })
    })
}

/// An element of the structure tree.
#[derive(Debug)]
struct Element {
    kind: String,
    scope: Option<String>,
    children: Vec<Element>,
}

impl Element {
    fn read(document: &Document, object: &Object) -> Option<Self> {
        let dictionary = match object {
            Object::Reference(id) => document.get_dictionary(*id).ok()?,
            object => object.as_dict().ok()?,
        };
        let name = |object: &Object| {
            object.as_name().ok().map(|n| String::from_utf8_lossy(n).into_owned())
        };
        let kind = dictionary.get(b"S").ok().and_then(name)?;
        let attributes = dictionary.get(b"A").ok().map(|a| follow(document, a));
        let attributes: Vec<&Object> = match attributes {
            Some(Object::Array(list)) => list.iter().map(|a| follow(document, a)).collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        let scope = attributes
            .into_iter()
            .find_map(|a| a.as_dict().ok()?.get(b"Scope").ok().and_then(name));
        let kids = dictionary.get(b"K").ok().map(|kids| follow(document, kids));
        let children = match kids {
            Some(Object::Array(kids)) => {
                kids.iter().filter_map(|k| Self::read(document, k)).collect()
            }
            Some(kid) => Self::read(document, kid).into_iter().collect(),
            None => Vec::new(),
        };
        Some(Self { kind, scope, children })
    }

    /// It and everything below it, in reading order.
    fn all(&self) -> Vec<&Self> {
        let below = self.children.iter().flat_map(Self::all);
        [self].into_iter().chain(below).collect()
    }
}

fn follow<'d>(document: &'d Document, object: &'d Object) -> &'d Object {
    document.dereference(object).unwrap().1
}

/// The root of the structure tree.
fn structure(document: &Document) -> Element {
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let kids = follow(document, root).as_dict().unwrap().get(b"K").unwrap();
    match follow(document, kids) {
        Object::Array(kids) => Element::read(document, &kids[0]).unwrap(),
        kid => Element::read(document, kid).unwrap(),
    }
}

/// The titles of the bookmarks, at any depth.
fn bookmarks(document: &Document, parent: &Object, titles: &mut Vec<String>) {
    let mut next = follow(document, parent).as_dict().unwrap().get(b"First").ok();
    while let Some(item) = next {
        let item = follow(document, item).as_dict().unwrap();
        let title = item.get(b"Title").unwrap();
        titles.push(lopdf::decode_text_string(title).unwrap());
        bookmarks(document, &Object::Dictionary(item.clone()), titles);
        next = item.get(b"Next").ok();
    }
}

fn demo(layout: Layout) -> Document {
    let build = build_of(&project(), Options::default());
    let printout = Printout::all(&build.site).next().unwrap();
    let made = made(&build, &project(), printout, layout).unwrap();
    Document::load_mem(&made.bytes).unwrap()
}

#[test]
fn the_official_table_has_heads_of_columns_and_of_rows() {
    let document = demo(Layout::Table);
    let root = structure(&document);
    let tables: Vec<&Element> = root.all().into_iter().filter(|e| e.kind == "Table").collect();
    let rows: Vec<&Element> = tables[0].all().into_iter().filter(|e| e.kind == "TR").collect();
    assert_eq!(rows.len(), 7);
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<(&str, Option<&str>)> =
            row.children.iter().map(|cell| (cell.kind.as_str(), cell.scope.as_deref())).collect();
        let expected = match index {
            0 => vec![("TH", Some("Column")); 6],
            _ => [("TH", Some("Row"))].into_iter().chain(vec![("TD", None); 5]).collect(),
        };
        assert_eq!(cells, expected, "row {index}");
    }
}

#[test]
fn headings_begin_with_the_title_and_leave_out_no_level() {
    for layout in Layout::ALL {
        let document = demo(layout);
        let root = structure(&document);
        let levels: Vec<u8> = root
            .all()
            .into_iter()
            .filter_map(|element| element.kind.strip_prefix('H')?.parse().ok())
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{levels:?}");
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}

#[test]
fn bookmarks_language_title_and_fonts_are_there() {
    for layout in Layout::ALL {
        let document = demo(layout);
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
        let mut titles = Vec::new();
        bookmarks(&document, catalog.get(b"Outlines").unwrap(), &mut titles);
        for number in 1..=6 {
            let begins = [format!("{number}. "), format!("Recommendation {number}: ")];
            let is_there = |title: &String| begins.iter().any(|begin| title.starts_with(begin));
            assert!(titles.iter().any(is_there), "{number} in {titles:?}");
        }
        let info = document.trailer.get(b"Info").unwrap();
        let title = follow(&document, info).as_dict().unwrap().get(b"Title").unwrap();
        assert!(lopdf::decode_text_string(title).unwrap().starts_with("External evaluation"));
        let fonts: Vec<String> = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok()?.get(b"FontName").ok()?.as_name().ok())
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        for name in ["LibertinusSerif-Regular", "LibertinusSerif-Bold"] {
            assert!(fonts.iter().any(|font| font.ends_with(name)), "{name} in {fonts:?}");
        }
    }
}

/// The letters and digits that `pdftotext` of Poppler reads, in the order of the pages; none where it
/// is not installed.
fn letters_of(bytes: &[u8]) -> Option<String> {
    let text = text_of(bytes)?;
    // A word that is hyphenated at the end of a line is one word.
    Some(letters(&text))
}

pub(crate) fn text_of(bytes: &[u8]) -> Option<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let mut command = Command::new("pdftotext");
    command.arg("-raw").arg(file.path()).arg("-").stderr(Stdio::null());
    let Ok(output) = command.output() else {
        crate::site::left_out(
            "the words of PDFs, because pdftotext (poppler-utils) is not installed",
        );
        return None;
    };
    Some(String::from_utf8(output.stdout).unwrap())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The number of consecutive pieces in which a text is found in another, each as long as possible.
fn pieces(text: &str, all: &str) -> Option<usize> {
    let (mut text, mut all) = (text, all);
    let mut pieces = 0;
    while !text.is_empty() {
        let begin: String = text.chars().take(20).collect();
        let found = all.match_indices(&begin).map(|(at, _)| {
            let same = text.chars().zip(all[at..].chars()).take_while(|(a, b)| a == b);
            (same.map(|(c, _)| c.len_utf8()).sum::<usize>(), at)
        });
        let (length, at) = found.max_by_key(|(length, at)| (*length, std::cmp::Reverse(*at)))?;
        (text, all) = (&text[length..], &all[at + length..]);
        pieces += 1;
    }
    Some(pieces)
}

#[test]
fn all_words_come_out_in_reading_order() {
    let build = build_of(&project(), Options::default());
    let printout = Printout::all(&build.site).next().unwrap();
    for layout in Layout::ALL {
        let bytes = made(&build, &project(), printout, layout).unwrap().bytes;
        let Some(all) = letters_of(&bytes) else { return };
        let mut read = 0;
        for recommendation in &build.site.recommendations {
            let text = &recommendation.texts.original;
            for section in &text.sections {
                for paragraph in text.published(section).split("\n\n") {
                    let paragraph = letters(paragraph);
                    // One that is continued on the next page is in two pieces.
                    let pieces = pieces(&paragraph, &all);
                    assert!(pieces.is_some_and(|n| n <= 2), "{pieces:?} {paragraph}");
                    read += paragraph.len();
                }
            }
        }
        assert!(read > 15_000, "{read} letters were looked for");
    }
}

#[test]
fn what_looks_like_code_of_typst_is_shown_as_it_is() {
    let root = case("literal");
    let build = build_of(&root, Options::default());
    let printout = Printout::all(&build.site).next().unwrap();
    let bytes = made(&build, &root, printout, Layout::Table).unwrap().bytes;
    let Some(text) = text_of(&bytes) else { return };
    let visible = |text: &str| text.replace("\u{ad}\n", "").split_whitespace().collect::<String>();
    let all = visible(&text);
    for text in [
        "#import",
        "evil.typ",
        "#set page(width: 1cm)",
        "#{ panic() }",
        "$x^2$",
        "*stars*",
        "_lines_",
        "@ref",
        "<label>",
        "\\back",
        "// no comment",
        "/* none */",
        "'single'",
        "raw \"code\" \\n #x",
        "-- dashes ---",
        "~ tilde ~",
        "... dots",
        "= not a heading",
        "[brackets] and \"});\" and ]; and }) at",
        "C:\\Users\\x\\n",
        "\\u{41}",
        "#unit[*a*]",
        "*Office* of _Tests_",
        "The #title with $x$, \"quotes\", \\backslash and @ref",
        "#kind",
    ] {
        assert!(all.contains(&visible(text)), "{text} in {all}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_is_not_made_again() {
    let scratch = Scratch::demo();
    let out = scratch.path("public");
    let published = || {
        let target =
            PublishTarget { folder: &out, root: scratch.root(), strangers: ForeignFiles::Refuse };
        publish(&scratch.build(), &target, || ()).unwrap()
    };
    published();
    let pdf = out.join("central-asia/central-asia.pdf");
    let (first, when) = (std::fs::read(&pdf).unwrap(), std::fs::metadata(&pdf).unwrap());
    assert_eq!(published().written, 0);
    assert_eq!(std::fs::metadata(&pdf).unwrap().modified().unwrap(), when.modified().unwrap());
    // Made again, it is the same.
    std::fs::remove_file(&pdf).unwrap();
    assert_eq!(published().written, 1);
    assert_eq!(std::fs::read(&pdf).unwrap(), first);
    // A page about something else does not change it; a word of the report does.
    scratch.write("content/about.md", "---\ntitle: About\n---\n\nOther words.\n");
    published();
    assert_eq!(std::fs::read(&pdf).unwrap(), first);
    let path = "content/central-asia/report.md";
    let text = std::fs::read_to_string(scratch.path(path)).unwrap();
    scratch.write(path, &text.replace("six recommendations", "all recommendations"));
    published();
    assert_ne!(std::fs::read(&pdf).unwrap(), first);
    // When the report has none, the file is removed, and so is the link to it.
    scratch.write(path, &text.replace("kind:", "pdf: false\nkind:"));
    published();
    assert!(!pdf.exists());
    let page = std::fs::read_to_string(out.join("central-asia/index.html")).unwrap();
    assert!(!page.contains(".pdf\""), "{page}");
}

#[test]
fn the_page_of_a_report_says_how_large_its_pdf_is() {
    let scratch = Scratch::demo();
    let out = scratch.path("public");
    let target =
        PublishTarget { folder: &out, root: scratch.root(), strangers: ForeignFiles::Refuse };
    publish(&scratch.build(), &target, || ()).unwrap();
    let bytes = std::fs::read(out.join("central-asia/central-asia.pdf")).unwrap();
    let pages = Document::load_mem(&bytes).unwrap().get_pages().len();
    let label = format!("PDF ({}\u{a0}kB, {pages} pages)", bytes.len().div_ceil(1000));
    let page = std::fs::read_to_string(out.join("central-asia/index.html")).unwrap();
    assert!(page.contains(&label), "{label}");
}

/// A small site with a text.
pub(crate) fn site(text: &str) -> Scratch {
    let report = "---\ntitle: R\nas_at: 2020-12-31\n---\n";
    let recommendation = format!(
        "---\nnumber: 1\ntitle: T\nresponse: accepted\nstatus: implemented\n---\n\n\
         ## Recommendation\n\n{text}\n"
    );
    Scratch::new(&[
        ("content/site.yaml", "title: S\n"),
        ("content/r/report.md", report),
        ("content/r/1.md", &recommendation),
    ])
}

/// What is reported about a site's PDF, before it is made and while it is.
pub(crate) fn said(scratch: &Scratch) -> Vec<String> {
    let build = scratch.build();
    let codes = ["missing-glyph", "template-error"];
    let mut said: Vec<String> = build
        .diagnostics
        .iter()
        .filter(|diagnostic| codes.contains(&diagnostic.code()))
        .map(|diagnostic| {
            let span = diagnostic.span.unwrap();
            let file = build.input.file(span.file);
            let at = recto::source::line_column(file.text(), span.start as usize);
            format!("{}:{}:{}: {}", file.path, at.line, at.column, diagnostic.message)
        })
        .collect();
    if said.is_empty() {
        let printout = Printout::all(&build.site).next().unwrap();
        said = made(&build, scratch.root(), printout, Layout::Table).err().unwrap_or_default();
    }
    said
}

#[test]
fn characters_without_a_glyph_are_named_with_their_place() {
    let message = "`中` (U+4E2D), `文` (U+6587) have no glyph in the fonts of the PDF";
    assert_eq!(said(&site("Fine.\n\nHere: 中文中.")), [format!("content/r/1.md:12:7: {message}")]);
    let of_entity = said(&site("An entity: &#x4e2d;"));
    assert!(of_entity[0].ends_with("`中` (U+4E2D) has no glyph in the fonts of the PDF"));
    assert_eq!(said(&site("Ελληνικά, кириллица, ąęłöß, ☐ ☑ → № §")), [""; 0]);
    // A character that needs no glyph is not a mistake.
    assert_eq!(said(&site("a\u{200b}b\u{ad}c\u{a0}d\u{202f}e\u{2060}f")), [""; 0]);
}

#[test]
fn what_typst_says_is_said_at_its_place() {
    let scratch = site("Fine.\n\n![A map](map.png)");
    // It begins and ends as a picture does.
    let picture = |length: usize| {
        [b"\x89PNG\r\n\x1a\n", vec![0; length].as_slice(), b"IEND\xaeB`\x82"].concat()
    };
    scratch.write_bytes("content/r/map.png", &picture(100));
    assert_eq!(said(&scratch), [""; 0], "a damaged picture stops no PDF");
    // One that is too large to be looked into for each check.
    scratch.write_bytes("content/r/map.png", &picture(5 << 20));
    let said_of_picture = said(&scratch);
    assert_eq!(said_of_picture.len(), 1, "{said_of_picture:?}");
    assert!(
        said_of_picture[0].starts_with("content/r/1.md:12:1: pdf-error: the PDF cannot be made: "),
        "{said_of_picture:?}"
    );
    let scratch = site("Fine.");
    scratch.write("templates/pdf/table.typ", "#let layout(report, fonts) = [\n#nothing\n]\n");
    assert_eq!(
        said(&scratch),
        ["templates/pdf/table.typ:2:2: template-error: template error: unknown variable: nothing"]
    );
    scratch.write("templates/pdf/table.typ", "#let layout(report, fonts) = [\n#(1 +)\n]\n");
    let said = said(&scratch);
    assert!(said[0].starts_with("templates/pdf/table.typ:2:"), "{said:?}");
}

#[test]
fn a_template_can_read_what_it_is_given_and_nothing_else() {
    let scratch = site("Fine.");
    let template = |path: &str| format!("#let layout(report, fonts) = read(\"{path}\")\n");
    for path in ["/content/site.yaml", "/etc/passwd", "../../content/site.yaml", "/Cargo.toml"] {
        scratch.write("templates/pdf/table.typ", &template(path));
        assert_eq!(said(&scratch).len(), 1, "{path}");
    }
    scratch.write("templates/pdf/logo.txt", "A logo");
    scratch.write(
        "templates/pdf/table.typ",
        "#import \"common.typ\": *\n#let layout(report, fonts) = {\n\
         show: page-style.with(report, fonts)\n title-block(report)\n read(\"logo.txt\")\n}\n",
    );
    assert_eq!(said(&scratch), [""; 0]);
}

#[test]
fn what_nests_too_deep_keeps_its_words() {
    let quotations = format!("{} deep", ">".repeat(200));
    let lists: String =
        (0..60).map(|depth| format!("{}- item{depth}\n", "  ".repeat(depth))).collect();
    let notes: String =
        (0..60).map(|n| format!("[^{n}]: note{n} [^{}]\n\n", n + 1)).collect::<String>();
    let definitions = format!("{}term\n{0}: meaning", "> ".repeat(31));
    for (text, word) in [
        (quotations, "deep".to_owned()),
        (lists, "item59".to_owned()),
        (format!("Text[^0].\n\n{notes}[^60]: last\n"), "note59".to_owned()),
        (definitions, "meaning".to_owned()),
    ] {
        let scratch = site(&text);
        let build = scratch.build();
        let printout = Printout::all(&build.site).next().unwrap();
        let bytes = made(&build, scratch.root(), printout, Layout::Table).unwrap().bytes;
        let Some(all) = letters_of(&bytes) else { return };
        assert!(all.contains(&word), "{word} in {all}");
    }
}

/// The bytes of a picture are on disk, and not part of what the pages are made from.
#[test]
fn a_picture_that_grows_is_seen_on_the_page_that_says_how_large_the_pdf_is() {
    let scratch = site("Fine.\n\n![A map](map.svg)");
    let draw = |places: usize| {
        let places =
            (0..places).map(|n| format!("<circle cx='{}' cy='{n}' r='{}'/>", n * n, n % 7));
        let places: String = places.collect();
        scratch.write(
            "content/r/map.svg",
            &format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{places}</svg>"),
        );
    };
    let page = || {
        let out = scratch.path("public");
        let target =
            PublishTarget { folder: &out, root: scratch.root(), strangers: ForeignFiles::Refuse };
        publish(&scratch.build(), &target, || ()).unwrap();
        let bytes = std::fs::metadata(out.join("r/r.pdf")).unwrap().len();
        let page = std::fs::read_to_string(out.join("r/index.html")).unwrap();
        assert!(page.contains(&format!("{}\u{a0}kB", bytes.div_ceil(1000))), "{page}");
        page
    };
    draw(1);
    let small = page();
    draw(5_000);
    assert_ne!(page(), small);
}

#[test]
fn editions_are_those_of_the_languages_that_a_report_is_written_in() {
    let build = build_of(&case("three-languages"), Options::default());
    let printouts: Vec<String> =
        Printout::all(&build.site).map(|printout| printout.address(&build.site)).collect();
    let planned: Vec<&str> = build.pdfs().map(|(path, _)| path).collect();
    let sorted: BTreeMap<&str, ()> = printouts.iter().map(|path| (path.as_str(), ())).collect();
    assert_eq!(sorted.into_keys().collect::<Vec<_>>(), planned);
    assert!(planned.iter().any(|path| path.starts_with("fr/")), "{planned:?}");
    // Each page leads to one that exists.
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("public");
    let root = case("three-languages");
    let target = PublishTarget { folder: &folder, root: &root, strangers: ForeignFiles::Refuse };
    publish(&build, &target, || ()).unwrap();
    let there: Vec<String> = files_below(&folder).into_iter().map(|(path, _)| path).collect();
    assert!(planned.iter().all(|path| there.iter().any(|file| file == path)), "{there:?}");
}

/// A note belongs to the section that refers to it, in the language of that section.
#[test]
fn a_note_of_a_section_that_is_not_shown_is_not_shown() {
    let scratch =
        site("The original.\n\n## Management response\n\nAccepted.[^n]\n\n[^n]: ENGLISHNOTE");
    scratch.write("content/site.yaml", "title: S\nlanguages: [en, fr]\n");
    scratch.write("content/r/report.fr.md", "---\ntitle: Le R\n---\n");
    scratch.write(
        "content/r/1.fr.md",
        "---\ntitle: Le T\n---\n\n## Recommandation\n\nLa recommandation.\n\n\
         ## Réponse de la direction\n\nAcceptée.\n",
    );
    let build = scratch.build();
    for printout in Printout::all(&build.site) {
        let language = printout.words(&build.site).tag.clone();
        let bytes = made(&build, scratch.root(), printout, Layout::Table).unwrap().bytes;
        let Some(all) = letters_of(&bytes) else { return };
        assert_eq!(all.contains("ENGLISHNOTE"), language == "en", "{language}: {all}");
    }
}

/// In a cell there is no room for a table of many columns.
#[test]
fn a_wide_table_is_drawn_row_by_row_where_it_has_no_room() {
    let scratch = site(
        "The budget:\n\n\
         | Year | Planned | Actual | Staff | Remarks[^h] | Source[^s] | Country |\n\
         |------|--------:|-------:|------:|---------|--------|---------|\n\
         | 2019 | 1,000,000 | 900,000 | 12 | A note[^n] and ECE/CP.TEIA/38/Add.1 | Audit | |\n\n\
         Again.[^n][^h][^h]\n\n[^n]: NOTED\n\n[^h]: HEADED\n\n[^s]: SOURCED",
    );
    let build = scratch.build();
    let printout = Printout::all(&build.site).next().unwrap();
    for layout in Layout::ALL {
        let bytes = made(&build, scratch.root(), printout, layout).unwrap().bytes;
        keeps_both_standards(layout.name(), &bytes);
        let Some(all) = letters_of(&bytes) else { continue };
        assert_eq!(all.contains("Planned1000000Actual900000"), layout == Layout::Table, "{all}");
        assert_eq!(all.matches("1000000").count(), 1, "{all}");
        for note in ["NOTED", "HEADED", "SOURCED"] {
            assert_eq!(all.matches(note).count(), 1, "{note}: {all}");
        }
    }
}

/// Readers of the PDF alone have to know that a deadline is not the first one.
#[test]
fn a_deadline_that_was_moved_says_so() {
    let scratch = site("Do it.");
    let text = std::fs::read_to_string(scratch.path("content/r/1.md")).unwrap();
    let keys = "status: in progress\ntags: [Water]\ndeadlines:\n\
                \x20 - { set: 2019-01-01, deadline: 2020-06-30 }\n\
                \x20 - { set: 2020-06-01, deadline: 2020-12-31, reason: No money }\n";
    scratch.write("content/r/1.md", &text.replace("status: implemented\n", keys));
    let build = scratch.build();
    let printout = Printout::all(&build.site).next().unwrap();
    for layout in Layout::ALL {
        let bytes = made(&build, scratch.root(), printout, layout).unwrap().bytes;
        let Some(all) = letters_of(&bytes) else { continue };
        assert!(all.contains("Movedoncefirstdeadline30June2020"), "{layout:?}: {all}");
        assert!(all.contains("Nomoney"), "{layout:?}: {all}");
        assert!(all.contains("TopicsWater"), "{all}");
    }
}
