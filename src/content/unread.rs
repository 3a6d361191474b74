//! What is in the folder of a site and cannot be read.

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{Content, FileId, Input, LeftOut, LeftOutReason, Span};

pub(crate) const NOT_UTF8: Rule = Rule {
    code: "not-utf8",
    summary: "a file that is not text in the encoding UTF-8",
    explanation: "Either it is a text in an older encoding, in which letters such as `é` or `ж` \
                  would come out wrong: open it in an editor and save it again as UTF-8. Or it is \
                  a word processor's file with the ending `.md`: copy its text into a new text \
                  file.",
    ..Rule::UNREAD
};

pub(crate) const SYMBOLIC_LINK: Rule = Rule {
    code: "symbolic-link",
    summary: "a file that is a link to another place on the disk",
    explanation: "What it leads to may be outside the site, and not meant to be published. Put the \
                  file itself in its place.",
    ..Rule::UNREAD
};

pub(crate) const FOLDER_NAME: Rule = Rule {
    code: "folder-name",
    summary: "a folder whose name ends with `.md`, as the name of a text does",
    explanation: "Most probably the text is inside it, under another name. Move it out, or rename \
                  the folder.",
    ..Rule::UNREAD
};

pub(crate) const FILE_TOO_LARGE: Rule = Rule {
    code: "file-too-large",
    summary: "a text of more than 1 MiB, or a register or template of more than 16 MiB",
    explanation: "A text of 1 MiB has 170,000 words, so this is most probably a picture or a table \
                  with the wrong ending. Give it the right ending, such as `.pdf` or `.csv`, and \
                  it is copied to the site.",
    ..Rule::UNREAD
};

/// Reports everything that is not what its name says, or cannot be read.
pub fn unread(input: &Input) -> Vec<Diagnostic> {
    let broken = input.files_with_id().filter_map(|(id, file)| match &file.content {
        Content::NotUtf8(bytes) => Some(not_text(id, bytes)),
        Content::Text(_) | Content::Font(_) | Content::Asset => None,
    });
    broken.chain(input.left_out.iter().map(left_out)).collect()
}

fn left_out(LeftOut { path, reason }: &LeftOut) -> Diagnostic {
    match reason {
        LeftOutReason::Link => {
            let message = format!("`{path}` is a link or not an ordinary file, and is left out");
            Diagnostic::of_site(&SYMBOLIC_LINK, message).help("put the file itself in its place")
        }
        LeftOutReason::FolderNamedLikeText => {
            let message = format!("`{path}` is a folder with the name of a text");
            Diagnostic::of_site(&FOLDER_NAME, message)
                .help("move the text out of it, or rename the folder")
        }
        LeftOutReason::NameNotUtf8 => {
            let message = format!("the name of `{path}` is not UTF-8");
            Diagnostic::of_site(&NOT_UTF8, message).help("rename the file")
        }
        LeftOutReason::TooLarge { bytes, most } => {
            let message = format!("`{path}` has {} MiB, and is left out", bytes.div_ceil(1 << 20));
            let help =
                format!("the most allowed is {} MiB; is this a picture or a table?", most >> 20);
            Diagnostic::of_site(&FILE_TOO_LARGE, message).help(help)
        }
    }
}

/// Reports the first byte that is not text.
fn not_text(file: FileId, bytes: &[u8]) -> Diagnostic {
    // Word, Excel and LibreOffice files are zip archives, which begin like this.
    if bytes.starts_with(b"PK\x03\x04") {
        let message = "this is a word processor's file, not a text";
        return Diagnostic::of(&NOT_UTF8, Span::top(file), message).help(
            "copy its text into a text file, or give the file its own ending, such as `.docx`",
        );
    }
    let offset = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let message = format!("the file is not UTF-8: the byte {byte:#04X} is not text");
    Diagnostic::of(&NOT_UTF8, Span::new(file, offset..offset), message)
        .help("save the file again with the encoding UTF-8")
}
