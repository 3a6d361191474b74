//! Workbooks of OpenDocument, whose cells hold what they show as text.

use std::collections::HashMap;

use crate::import::document::{
    CellValue, ForeignDocument, ForeignPlace, LeftOutKind, LeftOutText, TextPiece, character_count,
};
use crate::import::error::{FileLimit, MAX_BYTES, ReadError};
use crate::import::package::Package;
use crate::import::reader::refused;
use crate::import::xml::{Element, Inside, Namespace, XmlTree};

use super::format::date_time;
use super::{Area, Grid, MAX_CELLS, SheetContent, add};

/// How many styles may be based on one another.
const MAX_CHAIN: usize = 20;

/// The styles of the file, by their names.
type OdsStyles<'t> = HashMap<&'t str, Element<'t>>;

/// How text looks as far as one style says, and whether a table is shown.
#[derive(Debug, Clone, Copy, Default)]
struct OdsLook {
    bold: Option<bool>,
    italic: Option<bool>,
    struck: Option<bool>,
    hidden: Option<bool>,
}

/// A sheet while it is read.
struct Sheet<'t> {
    grid: Grid,
    place: ForeignPlace,
    styles: &'t OdsStyles<'t>,
    /// The styles of cells that name none, by first and last column.
    columns: Vec<(usize, usize, OdsLook)>,
    row: usize,
    /// How many more cells may be filled: a cell may be repeated a million times.
    budget: usize,
    /// How many bytes of text and addresses the cells have.
    bytes: usize,
}

/// Reads a workbook.
pub(in crate::import) fn read(package: &mut Package<'_>) -> Result<ForeignDocument, ReadError> {
    if let Some(manifest) = package.part("META-INF/manifest.xml")?
        && manifest.windows(15).any(|window| window == b"encryption-data")
    {
        return Err(refused(
            "a workbook with a password",
            "open it, remove the password and save it again",
        ));
    }
    let Some(content) = package.tree("content.xml")? else {
        return Err(ReadError::broken("content.xml", "it is missing"));
    };
    let common = package.tree("styles.xml")?;
    let mut styles = OdsStyles::new();
    for tree in common.iter().chain([&content]) {
        let named = |e: Element<'_>| e.is(Namespace::Style, "style");
        styles.extend(
            tree.root()
                .descendants()
                .filter(|e| named(*e))
                .filter_map(|e| Some((e.attribute(Namespace::Style, "name")?, e))),
        );
    }
    let mut document = ForeignDocument::default();
    let mut grids = Vec::new();
    let body = content
        .root()
        .child(Namespace::Office, "body")
        .and_then(|body| body.child(Namespace::Office, "spreadsheet"));
    let tables =
        body.into_iter().flat_map(Element::children).filter(|e| e.is(Namespace::Table, "table"));
    let mut budget = MAX_CELLS;
    for (index, table) in tables.enumerate() {
        let name = table.attribute(Namespace::Table, "name").unwrap_or_default().to_owned();
        document.characters = document
            .characters
            .saturating_add(character_count(&name))
            .saturating_add(characters(table));
        let is_hidden = look(table, &styles).hidden == Some(true);
        let mut sheet = Sheet {
            grid: Grid { name, is_hidden, ..Grid::default() },
            place: ForeignPlace { table: Some(index + 1), ..ForeignPlace::default() },
            styles: &styles,
            columns: Vec::new(),
            row: 0,
            budget,
            bytes: 0,
        };
        sheet.children(table)?;
        budget = sheet.budget;
        grids.push(sheet.grid);
    }
    add(&mut document, grids)?;
    if let Some(meta) = package.tree("meta.xml")? {
        (document.title, document.language) =
            (described(&meta, "title"), described(&meta, "language"));
    }
    Ok(document)
}

fn described(meta: &XmlTree, name: &str) -> Option<String> {
    let found = meta.root().descendants().find(|e| e.is(Namespace::Dc, name))?;
    Some(found.text().trim().to_owned()).filter(|text| !text.is_empty())
}

impl<'t> Sheet<'t> {
    /// Reads columns and rows, through the groups around them.
    fn children(&mut self, element: Element<'t>) -> Result<(), ReadError> {
        for child in element.children() {
            match child.key() {
                (Namespace::Table, "table-column") => self.column(child),
                (Namespace::Table, "table-row") => self.rows(child)?,
                (Namespace::Table, "table-header-rows") => {
                    let first = self.row;
                    self.children(child)?;
                    if self.row > first {
                        self.grid.headers = Some((first, self.row - 1));
                    }
                }
                (
                    Namespace::Table,
                    "table-row-group"
                    | "table-rows"
                    | "table-columns"
                    | "table-column-group"
                    | "table-header-columns",
                ) => self.children(child)?,
                (Namespace::Table, "shapes") => {
                    let text = all_text(child);
                    self.leave_out(LeftOutKind::Drawing, text, None);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn column(&mut self, element: Element<'t>) {
        let first = self.columns.last().map_or(0, |(_, last, _)| last + 1);
        let last = first.saturating_add(repeated(element, "number-columns-repeated") - 1);
        if is_collapsed(element) {
            self.grid.hidden_columns.push((first, last));
        }
        let style = element.attribute(Namespace::Table, "default-cell-style-name");
        self.columns.push((
            first,
            last,
            style.map(|name| named(name, self.styles)).unwrap_or_default(),
        ));
    }

    fn rows(&mut self, element: Element<'t>) -> Result<(), ReadError> {
        let times = repeated(element, "number-rows-repeated");
        let first = self.row;
        let cells: usize = self.grid.cells.len();
        self.one_row(element)?;
        self.row = first.saturating_add(times);
        if self.grid.cells.len() > cells {
            if is_collapsed(element) && times <= MAX_CELLS {
                self.grid.hidden_rows.extend(first..self.row);
            }
            // Rows that are repeated are the same; those that only take space have no cells.
            for row in first + 1..self.row {
                self.row = row;
                self.one_row(element)?;
            }
            self.row = first.saturating_add(times);
        }
        Ok(())
    }

    fn one_row(&mut self, element: Element<'t>) -> Result<(), ReadError> {
        let of_row = element
            .attribute(Namespace::Table, "default-cell-style-name")
            .map(|name| named(name, self.styles));
        let mut column = 0_usize;
        for cell in element.children() {
            if !matches!(cell.key(), (Namespace::Table, "table-cell" | "covered-table-cell")) {
                continue;
            }
            let times = repeated(cell, "number-columns-repeated");
            let number = |name: &str| {
                cell.attribute(Namespace::Table, name)
                    .and_then(|n| n.parse::<usize>().ok())
                    .unwrap_or(1)
                    .max(1)
            };
            let (rows, columns) = (number("number-rows-spanned"), number("number-columns-spanned"));
            if rows.max(columns) > 1 {
                let last = (self.row.saturating_add(rows - 1), column.saturating_add(columns - 1));
                self.grid.merges.push(Area { first: (self.row, column), last });
            }
            if cell.children().next().is_some()
                || cell.attribute(Namespace::Table, "formula").is_some()
            {
                for column in (column..).take(times) {
                    self.budget =
                        self.budget.checked_sub(1).ok_or(ReadError::TooLarge(FileLimit::Cells))?;
                    self.place = ForeignPlace {
                        row: Some(self.row + 1),
                        column: Some(column + 1),
                        ..self.place.clone()
                    };
                    let at = self.columns.partition_point(|(_, last, _)| *last < column);
                    let of_column = || self.columns.get(at).map(|(_, _, look)| *look);
                    let own = cell
                        .attribute(Namespace::Table, "style-name")
                        .map(|name| named(name, self.styles));
                    let look = own.or(of_row).or_else(of_column).unwrap_or_default();
                    let content = self.cell(cell, look);
                    let bytes = |piece: &TextPiece| {
                        piece.text.len() + piece.link.as_deref().map_or(0, str::len)
                    };
                    self.bytes += content.pieces.iter().map(bytes).sum::<usize>();
                    if self.bytes > MAX_BYTES {
                        return Err(ReadError::TooLarge(FileLimit::Unpacked));
                    }
                    self.grid.cells.insert((self.row, column), content);
                }
            }
            column = column.saturating_add(times);
        }
        Ok(())
    }

    fn cell(&mut self, element: Element<'t>, look: OdsLook) -> SheetContent {
        let mut pieces: Vec<TextPiece> = Vec::new();
        for child in element.children() {
            match child.key() {
                (Namespace::Text, "p" | "h") => {
                    if !pieces.is_empty() {
                        pieces.push(piece("\n".to_owned(), look, None));
                    }
                    self.inline(child, look, None, &mut pieces);
                }
                (Namespace::Office, "annotation") => {
                    let by = described_by(child);
                    self.leave_out(LeftOutKind::Comment, all_text(child), by);
                }
                (Namespace::Table, _) => {}
                _ => self.leave_out(LeftOutKind::Drawing, all_text(child), None),
            }
        }
        let value = value(element);
        if let Some(text) = value.as_ref().and_then(day) {
            pieces = vec![piece(text, look, None)];
        }
        let formula = element.attribute(Namespace::Table, "formula").map(str::to_owned);
        self.bytes += formula.as_deref().map_or(0, str::len);
        SheetContent { pieces, value, formula }
    }

    fn inline(
        &self,
        element: Element<'t>,
        look: OdsLook,
        link: Option<&str>,
        pieces: &mut Vec<TextPiece>,
    ) {
        for inside in element.contents() {
            match inside {
                Inside::Text(text) => {
                    pieces.push(piece(text.replace(['\n', '\r', '\t'], " "), look, link))
                }
                Inside::Element(child) => match child.key() {
                    (Namespace::Text, "s") => {
                        let times = child
                            .attribute(Namespace::Text, "c")
                            .and_then(|c| c.parse().ok())
                            .unwrap_or(1_usize);
                        pieces.push(piece(" ".repeat(times.min(100)), look, link));
                    }
                    (Namespace::Text, "tab") => pieces.push(piece("\t".to_owned(), look, link)),
                    (Namespace::Text, "line-break") => {
                        pieces.push(piece("\n".to_owned(), look, link))
                    }
                    (Namespace::Text, "a") => {
                        let link = child.attribute(Namespace::Xlink, "href").or(link);
                        self.inline(child, look, link, pieces);
                    }
                    (Namespace::Text, _) => {
                        let own = child
                            .attribute(Namespace::Text, "style-name")
                            .map(|name| named(name, self.styles));
                        self.inline(child, own.unwrap_or_default().or(look), link, pieces);
                    }
                    _ => {}
                },
            }
        }
    }

    fn leave_out(&mut self, kind: LeftOutKind, text: String, by: Option<String>) {
        self.bytes += text.len();
        self.grid.left_out.push(LeftOutText { place: self.place.clone(), kind, text, by });
    }
}

impl OdsLook {
    /// What this look says, and where it says nothing, what another one says.
    fn or(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            struck: self.struck.or(other.struck),
            hidden: self.hidden.or(other.hidden),
        }
    }
}

fn piece(text: String, look: OdsLook, link: Option<&str>) -> TextPiece {
    TextPiece {
        text,
        bold: look.bold == Some(true),
        italic: look.italic == Some(true),
        struck: look.struck == Some(true),
        link: link.map(str::to_owned),
        ..TextPiece::default()
    }
}

/// The look of a table by the style that it names.
fn look(table: Element<'_>, styles: &OdsStyles<'_>) -> OdsLook {
    table
        .attribute(Namespace::Table, "style-name")
        .map(|name| named(name, styles))
        .unwrap_or_default()
}

/// The look of a style and those that it is based on.
fn named(name: &str, styles: &OdsStyles<'_>) -> OdsLook {
    let mut look = OdsLook::default();
    let mut next = styles.get(name);
    for _ in 0..MAX_CHAIN {
        let Some(style) = next else { break };
        if let Some(text) = style.child(Namespace::Style, "text-properties") {
            let is = |namespace, name, value: &str| {
                text.attribute(namespace, name).map(|found| found == value)
            };
            let weight = text.attribute(Namespace::Fo, "font-weight");
            let struck = text
                .attribute(Namespace::Style, "text-line-through-style")
                .map(|style| style != "none");
            look = look.or(OdsLook {
                bold: weight.map(|weight| {
                    weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
                }),
                italic: is(Namespace::Fo, "font-style", "italic"),
                struck,
                hidden: None,
            });
        }
        if let Some(table) = style.child(Namespace::Style, "table-properties") {
            let hidden =
                table.attribute(Namespace::Table, "display").map(|display| display == "false");
            look = look.or(OdsLook { hidden, ..OdsLook::default() });
        }
        next = style
            .attribute(Namespace::Style, "parent-style-name")
            .and_then(|parent| styles.get(parent));
    }
    look
}

fn repeated(element: Element<'_>, name: &str) -> usize {
    element
        .attribute(Namespace::Table, name)
        .and_then(|times| times.parse::<usize>().ok())
        .unwrap_or(1)
        .max(1)
}

fn is_collapsed(element: Element<'_>) -> bool {
    matches!(element.attribute(Namespace::Table, "visibility"), Some("collapse" | "filter"))
}

/// The value behind a cell.
fn value(cell: Element<'_>) -> Option<CellValue> {
    let of = |name: &str| cell.attribute(Namespace::Office, name);
    match of("value-type")? {
        "float" | "percentage" | "currency" => of("value")?.parse().ok().map(CellValue::Number),
        "boolean" => Some(CellValue::Bool(of("boolean-value")? == "true")),
        "date" => {
            let text = of("date-value")?;
            let moment = text.parse().ok().map(CellValue::DateTime);
            moment.or_else(|| text.parse().ok().map(CellValue::Date))
        }
        _ => None,
    }
}

/// A day in figures, as workbooks of Excel give it too; none for other values.
fn day(value: &CellValue) -> Option<String> {
    match value {
        CellValue::Date(day) => Some(day.to_string()),
        CellValue::DateTime(moment) => Some(date_time(*moment)),
        CellValue::Number(_) | CellValue::Bool(_) => None,
    }
}

/// All text of paragraphs within.
fn all_text(element: Element<'_>) -> String {
    let texts = element.descendants().filter(|e| e.key().0 == Namespace::Text).map(Element::text);
    texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join(" ")
}

/// Who wrote a comment, and on which day.
fn described_by(annotation: Element<'_>) -> Option<String> {
    let of = |name: &str| {
        annotation.child(Namespace::Dc, name).map(|e| e.text()).filter(|text| !text.is_empty())
    };
    match (of("creator"), of("date").and_then(|date| date.get(..10).map(str::to_owned))) {
        (Some(author), Some(day)) => Some(format!("{author}, {day}")),
        (author, day) => author.or(day),
    }
}

/// The account: every text of every cell, as often as it is repeated, and every formula.
fn characters(table: Element<'_>) -> usize {
    let mut total = 0_usize;
    for row in table.descendants().filter(|e| e.is(Namespace::Table, "table-row")) {
        let times = repeated(row, "number-rows-repeated");
        for cell in row.children() {
            let times = times.saturating_mul(repeated(cell, "number-columns-repeated"));
            let formula = cell.attribute(Namespace::Table, "formula").map_or(0, character_count);
            let shown = value(cell).as_ref().and_then(day);
            let texts: usize = match shown {
                Some(day) => {
                    let outside = cell
                        .children()
                        .filter(|child| child.key().0 != Namespace::Text)
                        .map(all_text);
                    character_count(&day)
                        + outside.map(|text| character_count(&text)).sum::<usize>()
                }
                None => character_count(&all_text(cell)),
            };
            total = total.saturating_add(times.saturating_mul(texts + formula));
        }
    }
    let shapes = table.children().filter(|e| e.is(Namespace::Table, "shapes"));
    total.saturating_add(shapes.map(|shapes| character_count(&all_text(shapes))).sum())
}
