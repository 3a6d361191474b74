//! Workbooks of Excel since 2007, from their XML: values as they are shown, with their looks and links.

use std::collections::HashMap;

use crate::import::document::{
    CellValue, ForeignDocument, ForeignPlace, LeftOutKind, LeftOutText, Script, TextPiece,
    character_count,
};
use crate::import::error::{FileLimit, MAX_BYTES, ReadError};
use crate::import::package::{Package, PartTarget, Relationship};
use crate::import::xml::{Element, Namespace, XmlTree, is_on};

use super::format::{Epoch, NumberFormat, date_time};
use super::{Area, Grid, SheetContent, add, area, reference};

/// How many areas of a sheet may have a link each; every cell is looked up among them.
const MAX_LINKED_AREAS: usize = 100;

/// How many groups of columns may be hidden: no sheet has more columns.
const MAX_HIDDEN: usize = 16_384;

/// What the cells of all sheets refer to.
#[derive(Default)]
struct Book {
    strings: Vec<Vec<RichRun>>,
    fonts: Vec<TextPiece>,
    /// The font and the format of each style of cells.
    styles: Vec<(usize, NumberFormat)>,
    epoch: Epoch,
    /// How many bytes of text and addresses the cells may still have: a million cells can share one long
    /// string.
    budget: usize,
}

/// Text of a shared string, with its own look where it has one.
#[derive(Clone)]
struct RichRun {
    text: String,
    look: Option<TextPiece>,
}

/// Reads the workbook whose main part has this name.
pub(in crate::import) fn read(
    package: &mut Package<'_>,
    main: &str,
) -> Result<ForeignDocument, ReadError> {
    let Some(workbook) = package.tree(main)? else {
        return Err(ReadError::broken(main, "it is missing"));
    };
    let root = workbook.root();
    let related = package.relationships(main)?;
    let part = |package: &mut Package<'_>, kind: &str| match of_kind(&related, kind).next() {
        Some(name) => package.tree(name),
        None => Ok(None),
    };
    let mut book = Book { budget: MAX_BYTES, ..Book::default() };
    if let Some(strings) = part(package, "sharedStrings")? {
        book.strings =
            strings.root().children().filter(|e| e.is(Namespace::X, "si")).map(runs).collect();
    }
    if let Some(styles) = part(package, "styles")? {
        (book.fonts, book.styles) = looks(&styles);
    }
    let is_1904 = x(root, "workbookPr").and_then(|e| e.attribute(Namespace::None, "date1904"));
    if is_1904.is_some_and(|value| is_on(Some(value))) {
        book.epoch = Epoch::Since1904;
    }
    let mut document = ForeignDocument::default();
    let mut grids = Vec::new();
    let sheets = x(root, "sheets")
        .into_iter()
        .flat_map(Element::children)
        .filter(|e| e.is(Namespace::X, "sheet"));
    for (index, sheet) in sheets.enumerate() {
        let id = sheet.attribute(Namespace::R, "id").unwrap_or_default();
        let relationship = related.iter().find(|relationship| relationship.id == id);
        let Some(Relationship { kind, target: PartTarget::Part(name), .. }) = relationship else {
            continue;
        };
        let name_of_sheet = sheet.attribute(Namespace::None, "name").unwrap_or_default();
        document.characters += character_count(name_of_sheet);
        let state = sheet.attribute(Namespace::None, "state").unwrap_or("visible");
        let mut grid = Grid {
            name: name_of_sheet.to_owned(),
            is_hidden: state != "visible",
            ..Grid::default()
        };
        grid.headers = print_titles(root, index);
        let place = ForeignPlace { table: Some(index + 1), ..ForeignPlace::default() };
        // A sheet that is a chart has no cells.
        match package.tree(name)?.filter(|_| kind == "worksheet") {
            Some(tree) => {
                read_sheet(package, name, &tree, &mut book, &place, &mut grid)?;
                document.characters += characters(&tree, &book);
            }
            None => grid.left_out.push(LeftOutText {
                place,
                kind: LeftOutKind::Drawing,
                text: String::new(),
                by: None,
            }),
        }
        document.characters +=
            grid.left_out.iter().map(|left_out| character_count(&left_out.text)).sum::<usize>();
        grids.push(grid);
    }
    add(&mut document, grids)?;
    (document.title, document.language) = package.title_and_language()?;
    Ok(document)
}

fn x<'t>(element: Element<'t>, name: &str) -> Option<Element<'t>> {
    element.child(Namespace::X, name)
}

fn of_kind<'r>(related: &'r [Relationship], kind: &'r str) -> impl Iterator<Item = &'r str> {
    related.iter().filter(move |relationship| relationship.kind == kind).filter_map(
        |relationship| match &relationship.target {
            PartTarget::Part(name) => Some(name.as_str()),
            PartTarget::Outside(_) => None,
        },
    )
}

/// The rows that a sheet repeats on each page: its column headings (`'Sheet'!$1:$2`).
fn print_titles(workbook: Element<'_>, sheet: usize) -> Option<(usize, usize)> {
    let names = x(workbook, "definedNames").into_iter().flat_map(Element::children);
    let titles = names
        .filter(|e| e.attribute(Namespace::None, "name") == Some("_xlnm.Print_Titles"))
        .find(|e| {
            e.attribute(Namespace::None, "localSheetId").and_then(|id| id.parse().ok())
                == Some(sheet)
        })?;
    let text = titles.text();
    let row = |text: &str| text.trim_start_matches('$').parse::<usize>().ok()?.checked_sub(1);
    text.split(',').find_map(|part| {
        let (first, last) = part.rsplit('!').next()?.split_once(':')?;
        Some((row(first)?, row(last)?))
    })
}

/// The runs of a shared or inline string. How Japanese is read aloud (`rPh`) stands above it, small.
fn runs(element: Element<'_>) -> Vec<RichRun> {
    let mut runs = Vec::new();
    for child in element.children() {
        match child.key() {
            (Namespace::X, "t") => {
                runs.push(RichRun { text: unescaped(&child.text()), look: None })
            }
            (Namespace::X, "r") => {
                let text = x(child, "t").map(|t| unescaped(&t.text())).unwrap_or_default();
                runs.push(RichRun { text, look: x(child, "rPr").map(look) });
            }
            _ => {}
        }
    }
    runs
}

/// Control characters are written as `_x000D_`, and `_` before such as `_x005F_`.
fn unescaped(text: &str) -> String {
    let mut unescaped = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        unescaped.push_str(before);
        let code = after.get(2..6).filter(|_| after.get(6..7) == Some("_"));
        let character =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let length = if character.is_some() { 7 } else { 2 };
        let (escaped, remaining) = after.split_at(length);
        match character {
            Some(character) => unescaped.push(character),
            None => unescaped.push_str(escaped),
        }
        rest = remaining;
    }
    unescaped.push_str(rest);
    unescaped
}

/// The look of a font or of a run.
fn look(element: Element<'_>) -> TextPiece {
    let is =
        |name: &str| x(element, name).is_some_and(|e| is_on(e.attribute(Namespace::None, "val")));
    let script = x(element, "vertAlign").and_then(|e| e.attribute(Namespace::None, "val"));
    let script = match script {
        Some("superscript") => Script::Super,
        Some("subscript") => Script::Sub,
        _ => Script::Normal,
    };
    TextPiece {
        bold: is("b"),
        italic: is("i"),
        struck: is("strike"),
        script,
        ..TextPiece::default()
    }
}

/// The fonts, and the font and format of each style of cells.
fn looks(styles: &XmlTree) -> (Vec<TextPiece>, Vec<(usize, NumberFormat)>) {
    let root = styles.root();
    let all = |name: &str| x(root, name).into_iter().flat_map(Element::children);
    let number = |element: Element<'_>, name: &str| {
        element.attribute(Namespace::None, name).and_then(|id| id.parse::<u32>().ok())
    };
    let codes: HashMap<u32, &str> = all("numFmts")
        .filter_map(|e| Some((number(e, "numFmtId")?, e.attribute(Namespace::None, "formatCode")?)))
        .collect();
    let style = |element: Element<'_>| {
        let font = number(element, "fontId").and_then(|id| usize::try_from(id).ok()).unwrap_or(0);
        let id = number(element, "numFmtId").unwrap_or(0);
        (
            font,
            codes
                .get(&id)
                .map_or_else(|| NumberFormat::built_in(id), |code| NumberFormat::of(code)),
        )
    };
    (all("fonts").map(look).collect(), all("cellXfs").map(style).collect())
}

fn read_sheet(
    package: &mut Package<'_>,
    name: &str,
    tree: &XmlTree,
    book: &mut Book,
    place: &ForeignPlace,
    grid: &mut Grid,
) -> Result<(), ReadError> {
    let root = tree.root();
    let related = package.relationships(name)?;
    let links = Links::read(root, &related);
    for column in x(root, "cols").into_iter().flat_map(Element::children) {
        let number = |name: &str| {
            column.attribute(Namespace::None, name).and_then(|text| text.parse::<usize>().ok())
        };
        let is_hidden =
            column.attribute(Namespace::None, "hidden").is_some_and(|value| is_on(Some(value)));
        if let (true, Some(first), Some(last)) = (is_hidden, number("min"), number("max"))
            && grid.hidden_columns.len() < MAX_HIDDEN
        {
            grid.hidden_columns.push((first.saturating_sub(1), last.saturating_sub(1)));
        }
    }
    for (at, row_is_hidden, cell) in cells(root) {
        if row_is_hidden {
            grid.hidden_rows.insert(at.0);
        }
        let shared =
            shared(cell, book).map_or(0, |runs| runs.iter().map(|run| run.text.len()).sum());
        take(&mut book.budget, shared)?;
        let mut content = content(cell, book);
        let link = links
            .of(at)
            .map(str::to_owned)
            .or_else(|| content.formula.as_deref().and_then(link_of_formula));
        for piece in &mut content.pieces {
            take(&mut book.budget, link.as_deref().map_or(0, str::len))?;
            piece.link.clone_from(&link);
        }
        if !content.pieces.is_empty() || content.formula.is_some() {
            grid.cells.insert(at, content);
        }
    }
    let merges = x(root, "mergeCells").into_iter().flat_map(Element::children);
    grid.merges = merges.filter_map(|e| area(e.attribute(Namespace::None, "ref")?)).collect();
    for table in of_kind(&related, "table") {
        if let Some(tree) = package.tree(table)? {
            let has_header = tree.root().attribute(Namespace::None, "headerRowCount") != Some("0");
            let area = tree.root().attribute(Namespace::None, "ref").and_then(area);
            grid.headers = grid
                .headers
                .or(area.filter(|_| has_header).map(|area| (area.first.0, area.first.0)));
        }
    }
    for comments in of_kind(&related, "comments") {
        if let Some(tree) = package.tree(comments)? {
            grid.left_out.extend(comments_of(&tree, place));
        }
    }
    for drawing in of_kind(&related, "drawing") {
        if let Some(tree) = package.tree(drawing)? {
            let texts =
                tree.root().descendants().filter(|e| e.is(Namespace::A, "t")).map(Element::text);
            let text = texts.collect::<Vec<_>>().join(" ");
            grid.left_out.push(LeftOutText {
                place: place.clone(),
                kind: LeftOutKind::Drawing,
                text,
                by: None,
            });
        }
    }
    Ok(())
}

/// The cells of a sheet, where they are, and whether their row is hidden. References may be left out:
/// then each row and cell follows the last.
fn cells(root: Element<'_>) -> impl Iterator<Item = ((usize, usize), bool, Element<'_>)> {
    let rows = x(root, "sheetData")
        .into_iter()
        .flat_map(Element::children)
        .filter(|e| e.is(Namespace::X, "row"));
    let mut next_row = 0;
    rows.flat_map(move |row| {
        let number = row
            .attribute(Namespace::None, "r")
            .and_then(|r| r.parse::<usize>().ok())
            .and_then(|r| r.checked_sub(1));
        let row_index = number.unwrap_or(next_row);
        next_row = row_index + 1;
        let is_hidden =
            row.attribute(Namespace::None, "hidden").is_some_and(|value| is_on(Some(value)));
        let mut next_column = 0;
        row.children().filter(|e| e.is(Namespace::X, "c")).map(move |cell| {
            let at = cell
                .attribute(Namespace::None, "r")
                .and_then(reference)
                .unwrap_or((row_index, next_column));
            next_column = at.1 + 1;
            (at, is_hidden, cell)
        })
    })
}

fn content(cell: Element<'_>, book: &Book) -> SheetContent {
    let style =
        cell.attribute(Namespace::None, "s").and_then(|s| s.parse::<usize>().ok()).unwrap_or(0);
    let style = book.styles.get(style);
    let font = style.and_then(|(font, _)| book.fonts.get(*font)).cloned().unwrap_or_default();
    let (runs, value) =
        shown(cell, style.map_or(&NumberFormat::General, |(_, format)| format), book);
    let piece =
        |run: RichRun| TextPiece { text: run.text, ..run.look.unwrap_or_else(|| font.clone()) };
    let formula = x(cell, "f").map(|f| f.text()).filter(|formula| !formula.trim().is_empty());
    SheetContent {
        pieces: runs.into_iter().filter(|run| !run.text.is_empty()).map(piece).collect(),
        value,
        formula,
    }
}

/// The shared string of a cell that has one.
fn shared<'b>(cell: Element<'_>, book: &'b Book) -> Option<&'b [RichRun]> {
    if cell.attribute(Namespace::None, "t") != Some("s") {
        return None;
    }
    let index = x(cell, "v")?.text().trim().parse::<usize>().ok()?;
    book.strings.get(index).map(Vec::as_slice)
}

/// Takes bytes from what may still be used.
fn take(budget: &mut usize, bytes: usize) -> Result<(), ReadError> {
    *budget = budget.checked_sub(bytes).ok_or(ReadError::TooLarge(FileLimit::Unpacked))?;
    Ok(())
}

/// What a cell shows, and the value behind it.
fn shown(
    cell: Element<'_>,
    format: &NumberFormat,
    book: &Book,
) -> (Vec<RichRun>, Option<CellValue>) {
    let text = x(cell, "v").map(|v| v.text()).unwrap_or_default();
    let plain = |text: String, value| (vec![RichRun { text, look: None }], value);
    match cell.attribute(Namespace::None, "t").unwrap_or("n") {
        "s" => (shared(cell, book).map(<[RichRun]>::to_vec).unwrap_or_default(), None),
        "inlineStr" => (x(cell, "is").map(runs).unwrap_or_default(), None),
        "b" => {
            let value = text.trim() == "1" || text.trim() == "true";
            plain(if value { "TRUE" } else { "FALSE" }.to_owned(), Some(CellValue::Bool(value)))
        }
        "d" => match text.parse() {
            Ok(moment) => plain(date_time(moment), Some(CellValue::DateTime(moment))),
            Err(_) => plain(
                text.clone(),
                text.get(..10).and_then(|day| day.parse().ok()).map(CellValue::Date),
            ),
        },
        "n" => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => {
                let (text, value) = format.show(number, book.epoch);
                plain(text, Some(value))
            }
            _ => plain(text, None),
        },
        _ => plain(unescaped(&text), None),
    }
}

/// The account: every cell once, wherever it is, and every formula.
fn characters(tree: &XmlTree, book: &Book) -> usize {
    let mut total = 0;
    for element in tree.root().descendants() {
        if element.is(Namespace::X, "c") {
            let style = element
                .attribute(Namespace::None, "s")
                .and_then(|s| s.parse::<usize>().ok())
                .unwrap_or(0);
            let format =
                book.styles.get(style).map_or(&NumberFormat::General, |(_, format)| format);
            total += shown(element, format, book)
                .0
                .iter()
                .map(|run| character_count(&run.text))
                .sum::<usize>();
        } else if element.is(Namespace::X, "f") {
            total += character_count(&element.text());
        }
    }
    total
}

/// Where the cells of a sheet link.
struct Links {
    cells: HashMap<(usize, usize), String>,
    areas: Vec<(Area, String)>,
}

impl Links {
    fn read(root: Element<'_>, related: &[Relationship]) -> Self {
        let addresses: HashMap<&str, &str> = related
            .iter()
            .filter_map(|relationship| match &relationship.target {
                PartTarget::Outside(address) => Some((relationship.id.as_str(), address.as_str())),
                PartTarget::Part(_) => None,
            })
            .collect();
        let mut links = Self { cells: HashMap::new(), areas: Vec::new() };
        for element in x(root, "hyperlinks").into_iter().flat_map(Element::children) {
            let Some(area) = element.attribute(Namespace::None, "ref").and_then(area) else {
                continue;
            };
            let address = element
                .attribute(Namespace::R, "id")
                .and_then(|id| addresses.get(id))
                .copied()
                .unwrap_or_default();
            let place = element
                .attribute(Namespace::None, "location")
                .map(|place| format!("#{place}"))
                .unwrap_or_default();
            let link = format!("{address}{place}");
            if link.is_empty() {
                continue;
            }
            if area.first == area.last {
                links.cells.insert(area.first, link);
            } else if links.areas.len() < MAX_LINKED_AREAS {
                links.areas.push((area, link));
            }
        }
        links
    }

    fn of(&self, at: (usize, usize)) -> Option<&str> {
        let is_within = |area: &Area| {
            (area.first.0..=area.last.0).contains(&at.0)
                && (area.first.1..=area.last.1).contains(&at.1)
        };
        let in_area = || self.areas.iter().find(|(area, _)| is_within(area)).map(|(_, link)| link);
        self.cells.get(&at).or_else(in_area).map(String::as_str)
    }
}

/// The address in `HYPERLINK("https://…", "text")`; none where it is computed.
fn link_of_formula(formula: &str) -> Option<String> {
    let rest = formula.trim().strip_prefix("HYPERLINK(\"")?;
    let (address, after) = rest.split_once('"')?;
    after.trim_start().starts_with([',', ')']).then(|| address.to_owned())
}

/// The comments of a sheet, with their authors.
fn comments_of(tree: &XmlTree, place: &ForeignPlace) -> Vec<LeftOutText> {
    let root = tree.root();
    let authors: Vec<String> = x(root, "authors")
        .into_iter()
        .flat_map(Element::children)
        .map(|author| author.text().trim().to_owned())
        .collect();
    let comments = x(root, "commentList").into_iter().flat_map(Element::children);
    let comment = |element: Element<'_>| {
        let at = element.attribute(Namespace::None, "ref").and_then(reference);
        let author =
            element.attribute(Namespace::None, "authorId").and_then(|id| id.parse::<usize>().ok());
        let texts = x(element, "text").map(runs).unwrap_or_default();
        LeftOutText {
            place: ForeignPlace {
                row: at.map(|at| at.0 + 1),
                column: at.map(|at| at.1 + 1),
                ..place.clone()
            },
            kind: LeftOutKind::Comment,
            text: texts.iter().map(|run| run.text.as_str()).collect(),
            by: author
                .and_then(|index| authors.get(index))
                .filter(|author| !author.is_empty())
                .cloned(),
        }
    };
    comments.map(comment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone() {
        assert_eq!(
            unescaped("a_x000D_b_x005F_x000D_ _x _xZZZZ_é_x00"),
            "a\rb_x000D_ _x _xZZZZ_é_x00"
        );
    }

    #[test]
    fn a_formula_may_link() {
        assert_eq!(
            link_of_formula("HYPERLINK(\"https://a.example/\",\"text\")").as_deref(),
            Some("https://a.example/")
        );
        assert_eq!(link_of_formula("HYPERLINK(\"https://a.example/\"&A1,\"text\")"), None);
    }
}
