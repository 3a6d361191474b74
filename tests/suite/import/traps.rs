//! `every_trap.docx`: one table with everything that goes wrong in tables.

use recto::import::document::{ChangeKind, ForeignBlock, ForeignPiece, LeftOutKind, Merged, Row};
use recto::import::{ForeignDocument, ReadOptions, Resolve, read};

use super::corpus::{CORPUS, accepted};
use super::show::{shown, tables};

fn document() -> ForeignDocument {
    accepted("every_trap.docx")
}

fn row(number: usize) -> Row {
    tables(&document().blocks)[0].rows[number].clone()
}

fn cell(row_number: usize, cell: usize) -> String {
    shown(&row(row_number).cells[cell].blocks)
}

#[test]
fn blocks_are_in_their_order() {
    let document = document();
    assert_eq!(document.blocks.len(), 3);
    assert_eq!(shown(&document.blocks[..1]), "h1: Heading");
    assert_eq!(shown(&document.blocks[2..]), "after");
}

#[test]
fn only_the_marked_row_is_a_header() {
    let headers: Vec<bool> =
        tables(&document().blocks)[0].rows.iter().map(|row| row.is_header).collect();
    assert_eq!(headers, [true, false, false, false, false, false, false]);
    assert_eq!(cell(0, 1), "**Recommendation**");
    // A heading row that was copied into the table again is still there.
    assert_eq!(cell(2, 0), "**#**");
}

#[test]
fn empty_numbered_cells_show_their_numbers() {
    assert_eq!([cell(1, 0), cell(3, 0), cell(4, 0)], ["1.| ", "2.| ", "3.| "]);
}

#[test]
fn bold_comes_from_styles_and_is_switched_off() {
    assert_eq!(cell(1, 1), "**Styled bold text.** plain off");
}

#[test]
fn links_of_all_three_kinds_are_kept() {
    assert_eq!(
        cell(1, 2),
        "See [fieldlink](https://field.example/a?x=1&y=2) ¶ [simplelink](https://simple.example/) ¶ [rellink](https://rel.example/)"
    );
}

#[test]
fn tracked_changes_are_accepted_or_rejected() {
    assert_eq!(cell(1, 3), "INSERTED 2021");
    let bytes = std::fs::read(format!("{CORPUS}/every_trap.docx")).unwrap();
    let rejected = read(&bytes, ReadOptions { changes: Some(Resolve::Reject) }).unwrap();
    assert_eq!(shown(&tables(&rejected.blocks)[0].rows[1].cells[3].blocks), "DELETED 2020");
    let error = read(&bytes, ReadOptions::default()).unwrap_err().to_string();
    assert!(error.contains("2 tracked changes by A"), "{error}");
    let document = document();
    assert_eq!(
        document.changes.iter().map(|change| change.kind).collect::<Vec<_>>(),
        [ChangeKind::Insertion, ChangeKind::Deletion]
    );
    let place = &document.changes[1].place;
    assert_eq!(
        (place.table, place.row, place.column, place.paragraph),
        (Some(1), Some(2), Some(4), Some(1))
    );
    let left_out =
        document.left_out.iter().find(|left_out| left_out.kind == LeftOutKind::Change).unwrap();
    assert_eq!(
        (left_out.text.as_str(), left_out.by.as_deref()),
        ("DELETED 2020", Some("A, 2024-01-01"))
    );
}

#[test]
fn hyphens_are_those_that_are_shown() {
    // No-break hyphen in a symbol: plain. Soft hyphens: none. A no-break hyphen in a word: kept.
    assert_eq!(
        cell(3, 1),
        "ECE/CP.TEIA/38-Add.1 softhyphen element; literal; nb\u{a0}space; u\u{2011}hyphen ¶ line one⏎line two"
    );
}

#[test]
fn lists_count_on_and_restart_where_word_does() {
    assert_eq!(
        cell(3, 2),
        "(a)| alpha ¶ (i)| sub ¶ (b)| beta ¶ break ¶ (c)| gamma continues ¶ (a)| delta restarts"
    );
}

#[test]
fn merged_cells_are_merged() {
    let (above, below) = (row(3), row(4));
    assert_eq!(
        (above.cells[3].merged, shown(&above.cells[3].blocks)),
        (Merged::First, "vmerged down".to_owned())
    );
    assert_eq!(
        (below.cells[2].merged, below.cells[2].column, below.cells[2].blocks.len()),
        (Merged::Above, 3, 0)
    );
    assert_eq!(
        (below.cells[1].column, below.cells[1].columns, shown(&below.cells[1].blocks)),
        (1, 2, "spans two".to_owned())
    );
}

#[test]
fn notes_and_raised_characters_are_kept() {
    assert_eq!(cell(5, 0), "x^2^{FOOTNOTETEXT}");
}

#[test]
fn a_text_box_is_there_once_and_a_nested_table_is_a_table() {
    assert_eq!(cell(5, 1), "TEXTBOXTEXT ¶ [[NESTEDCELL]]");
    assert!(matches!(row(5).cells[1].blocks[1], ForeignBlock::Table(_)));
    let again: Vec<_> = document()
        .left_out
        .into_iter()
        .filter(|left_out| left_out.kind == LeftOutKind::Repetition)
        .collect();
    assert_eq!(
        again.iter().map(|left_out| left_out.text.as_str()).collect::<Vec<_>>(),
        ["TEXTBOXTEXT"]
    );
}

#[test]
fn content_controls_are_read_and_hidden_text_is_not() {
    assert_eq!(cell(5, 2), "INSDT");
    assert_eq!(
        (0..4).map(|column| cell(6, column)).collect::<Vec<_>>(),
        ["5", "SDTROW", "resp", "date"]
    );
    let hidden = document()
        .left_out
        .into_iter()
        .find(|left_out| left_out.kind == LeftOutKind::Hidden)
        .unwrap();
    assert_eq!(hidden.text, "hidden");
    assert_eq!(
        (hidden.place.row, hidden.place.column, hidden.place.paragraph),
        (Some(6), Some(3), Some(2))
    );
}

#[test]
fn a_day_in_figures_is_text() {
    assert_eq!(cell(5, 3), "31.12.2020");
}

#[test]
fn no_piece_is_empty() {
    let document = document();
    for table in tables(&document.blocks) {
        for block in table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks) {
            if let ForeignBlock::Paragraph(paragraph) = block {
                assert!(paragraph.pieces.iter().all(
                    |piece| !matches!(piece, ForeignPiece::Text(text) if text.text.is_empty())
                ));
            }
        }
    }
}
