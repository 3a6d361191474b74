//! PDFs: what is reported before one is made, and the command that makes one.

use std::process::Command;

use recto::model::{Layout, Printout};

use crate::pdf::{made, said, site, text_of};
use crate::site::Scratch;

/// The text of a site's PDF in a language.
fn printed(scratch: &Scratch, language: &str) -> Option<String> {
    let build = scratch.build();
    let printout = Printout::all(&build.site)
        .find(|printout| printout.words(&build.site).tag == language)
        .unwrap();
    let bytes = made(&build, scratch.root(), printout, Layout::Table).unwrap().bytes;
    text_of(&bytes)
}

#[test]
fn a_note_is_printed_with_the_section_that_refers_to_it_and_nowhere_else() {
    let front = "---\nnumber: 1\ntitle: T\nresponse: accepted\nstatus: implemented\n---\n";
    let scratch = Scratch::new(&[
        ("content/site.yaml", "title: S\nlanguages: [en, fr]\n"),
        ("content/r/report.md", "---\ntitle: R\nas_at: 2020-12-31\n---\n"),
        ("content/r/report.fr.md", "---\ntitle: R\n---\n"),
        (
            "content/r/1.md",
            &format!(
                "{front}\n## Recommendation\n\nEnglish.[^a]\n\n## Progress\n\nDone.[^b]\n\n\
                 [^a]: Apricot.\n\n[^b]: Banana.\n"
            ),
        ),
        ("content/r/1.fr.md", "---\ntitle: T\n---\n\n## Recommandation\n\nMots.\n"),
    ]);
    let Some(french) = printed(&scratch, "fr") else { return };
    assert!(french.contains("Banana"), "{french}");
    assert!(!french.contains("Apricot"), "{french}");
    let english = printed(&scratch, "en").unwrap();
    assert_eq!(english.matches("Apricot").count(), 1, "{english}");
}

#[test]
fn notes_that_only_notes_refer_to_are_not_lost() {
    let scratch = site("Fine.\n\n[^a]: Apricot [^b].\n\n[^b]: Banana [^a].\n");
    let Some(text) = printed(&scratch, "en") else { return };
    assert!(text.contains("Apricot") && text.contains("Banana"), "{text}");
}

#[test]
fn files_in_the_folder_of_fonts_that_give_none_are_named() {
    let scratch = site("Fine.");
    scratch.write("fonts/x.ttf", "no font");
    scratch.write("fonts/y.woff2", "another ending");
    scratch.write("fonts/OFL.txt", "The licence of the fonts");
    // It has a length, but takes no room.
    let large = std::fs::File::create(scratch.path("fonts/z.otf")).unwrap();
    large.set_len(70 << 20).unwrap();
    let build = scratch.build();
    let of_fonts = build.diagnostics.iter().filter(|d| d.code() == "unreadable-font");
    let messages: Vec<&str> = of_fonts.map(|d| d.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "`x.ttf` has no font that can be read",
            "`y.woff2` is not read: its name ends with `.woff2`",
            "`z.otf` has more than 64 MiB, and is not read",
        ]
    );
}

/// What the command that makes a PDF prints.
fn command(scratch: &Scratch, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_recto"))
        .arg("pdf")
        .args(args)
        .args(["--today", "2021-03-01"])
        .current_dir(scratch.root())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_report_without_a_pdf_is_checked_when_one_is_asked_for() {
    let scratch = site("Here: 中.");
    let report = "---\ntitle: R\nas_at: 2020-12-31\npdf: false\n---\n";
    scratch.write("content/r/report.md", report);
    assert!(said(&site("Here: 中."))[0].contains("U+4E2D"));
    let said = command(&scratch, &["r"]);
    assert!(said.contains("`中` (U+4E2D) has no glyph in the fonts of the PDF"), "{said}");
    assert!(said.ends_with("; no PDF was made\n"), "{said}");
}

#[test]
fn which_report_is_asked_before_anything_is_said_of_the_others() {
    let scratch = Scratch::new(&[("content/site.yaml", "title: S\n")]);
    let none = "error: there is no report; a folder with a file report.md becomes one\n";
    assert_eq!(command(&scratch, &["foo"]), none);
    assert_eq!(command(&scratch, &[]), none);
    let scratch = site("Fine.");
    scratch.write("content/q/report.md", "---\ntitle: Q\nas_at: 2020-12-31\n---\n");
    let overdue = "---\nnumber: 1\ntitle: T\nresponse: accepted\nstatus: in progress\n\
                   deadline: 2019-01-01\n---\n\n## Recommendation\n\nWords.\n";
    scratch.write("content/q/1.md", overdue);
    assert_eq!(command(&scratch, &[]), "error: which report? There are `q`, `r`\n");
    let of_q = command(&scratch, &["q"]);
    assert!(of_q.contains("content/q/1.md"), "{of_q}");
    let of_r = command(&scratch, &["r"]);
    assert!(of_r.contains("content/r/1.md"), "{of_r}");
    assert!(!of_r.contains("content/q/1.md"), "{of_r}");
    let refused = command(&scratch, &["r", "--open", "-o", "-"]);
    assert!(refused.contains("standard output cannot be opened"), "{refused}");
}
