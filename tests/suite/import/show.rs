//! What was read, in a form that tests can name.

use std::fmt::Write as _;

use recto::import::document::{
    ForeignBlock, ForeignCell, ForeignPiece, ForeignTable, Paragraph, Script,
};

/// A run as the expected files have it: text, bold, link.
pub(crate) type Run = (String, bool, Option<String>);

/// The paragraphs of a cell as the expected files have them. Line breaks are kept as `\n` in the text.
pub(crate) fn runs(cell: &ForeignCell) -> Vec<Vec<Run>> {
    paragraphs(&cell.blocks)
        .iter()
        .map(|paragraph| runs_of(paragraph))
        .filter(|runs| !runs.is_empty())
        .collect()
}

fn runs_of(paragraph: &Paragraph) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for piece in &paragraph.pieces {
        let (text, bold, link) = match piece {
            ForeignPiece::Text(piece) => (piece.text.as_str(), piece.bold, piece.link.clone()),
            ForeignPiece::LineBreak => (
                "\n",
                runs.last().is_some_and(|last| last.1),
                runs.last().and_then(|last| last.2.clone()),
            ),
            ForeignPiece::Note(_) | ForeignPiece::Picture(_) => continue,
        };
        match runs.last_mut() {
            Some(last) if (last.1, &last.2) == (bold, &link) => last.0.push_str(text),
            _ => runs.push((text.to_owned(), bold, link)),
        }
    }
    runs
}

fn paragraphs(blocks: &[ForeignBlock]) -> Vec<&Paragraph> {
    blocks
        .iter()
        .filter_map(|block| {
            if let ForeignBlock::Paragraph(paragraph) = block { Some(paragraph) } else { None }
        })
        .collect()
}

/// The tables of a document.
pub(crate) fn tables(blocks: &[ForeignBlock]) -> Vec<&ForeignTable> {
    blocks
        .iter()
        .filter_map(|block| if let ForeignBlock::Table(table) = block { Some(table) } else { None })
        .collect()
}

/// Blocks as text: `**bold**`, `//italic//`, `--struck--`, `^super^`, `_sub_`, `[text](link)`, `{note}`,
/// `⏎` for line breaks, labels before a `|`, cells between `[[` and `]]`.
pub(crate) fn shown(blocks: &[ForeignBlock]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join(" ¶ ")
}

fn block(block: &ForeignBlock) -> String {
    match block {
        ForeignBlock::Paragraph(paragraph) => shown_paragraph(paragraph),
        ForeignBlock::Table(table) => {
            let rows = table.rows.iter().map(|row| {
                let cells = row
                    .cells
                    .iter()
                    .map(|cell| shown(&cell.blocks))
                    .collect::<Vec<_>>()
                    .join(" | ");
                format!("[[{cells}]]")
            });
            rows.collect()
        }
    }
}

fn shown_paragraph(paragraph: &Paragraph) -> String {
    let mut text = String::new();
    if let Some(level) = paragraph.heading {
        write!(text, "h{level}: ").unwrap();
    }
    if let Some(label) = &paragraph.label {
        write!(text, "{}| ", label.text).unwrap();
    }
    for piece in &paragraph.pieces {
        match piece {
            ForeignPiece::LineBreak => text.push('⏎'),
            ForeignPiece::Picture(index) => write!(text, "<picture {index}>").unwrap(),
            ForeignPiece::Note(paragraphs) => {
                let notes = paragraphs.iter().map(shown_paragraph).collect::<Vec<_>>().join(" ¶ ");
                write!(text, "{{{notes}}}").unwrap();
            }
            ForeignPiece::Text(piece) => {
                let mark = |mark: &'static str, is_on: bool| if is_on { mark } else { "" };
                let script = match piece.script {
                    Script::Normal => "",
                    Script::Super => "^",
                    Script::Sub => "_",
                };
                let (bold, italic, struck) =
                    (mark("**", piece.bold), mark("//", piece.italic), mark("--", piece.struck));
                let inner = format!(
                    "{bold}{italic}{struck}{script}{}{script}{struck}{italic}{bold}",
                    piece.text
                );
                match &piece.link {
                    Some(link) => write!(text, "[{inner}]({link})").unwrap(),
                    None => text.push_str(&inner),
                }
            }
        }
    }
    text
}
