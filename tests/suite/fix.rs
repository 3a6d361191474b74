//! `recto check --fix`: the changes that can only be right, and nothing else.

use std::process::Command;

use crate::site::Scratch;

/// A recommendation with ten slips, with its author's own layout and comments. The second text is
/// what each line that changes should become.
const TEN_SLIPS: [(&str, &str); 18] = [
    ("---", "---"),
    ("number:   1            # as printed", "number:   1            # as printed"),
    ("Title:    \"Publish: the list\"", "title:    \"Publish: the list\""),
    ("response:   acepted      # by letter", "response:   accepted      # by letter"),
    (
        "responsible: [Registry Ofice, Legal Section]",
        "responsible: [Registry Office, Legal Section]",
    ),
    ("# moved once already", "# moved once already"),
    ("dedline:  31/12/2020", "deadline:  31/12/2020"),
    ("status:   implmented", "status:   implemented"),
    ("implemented:  '2020.11.30'", "implemented:  '2020.11.30'"),
    ("verfication:  'self-reportd'", "verification:  'self-reported'"),
    ("continuing: yes", "continuing: true"),
    ("", ""),
    ("evidence: [annex.PDF]   # signed", "evidence: [annex.pdf]   # signed"),
    (
        "tgas:     [a]            # too short to tell",
        "tgas:     [a]            # too short to tell",
    ),
    ("---", "---"),
    ("## Recommendation", "## Recommendation"),
    ("See [the annex](ANNEX.pdf), and again.", "See [the annex](annex.pdf), and again."),
    ("## Management response", "## Management response"),
];

fn site() -> (Scratch, String, String) {
    let text = |of: fn(&(&str, &str)) -> String| -> String {
        TEN_SLIPS.iter().map(|line| format!("{}\r\n", of(line))).collect()
    };
    let (before, after) = (text(|line| line.0.to_owned()), text(|line| line.1.to_owned()));
    let bom = |text: String| format!("\u{feff}{text}");
    let (before, after) = (bom(before), bom(after));
    let scratch = Scratch::new(&[
        ("content/site.yaml", "title: A site\n"),
        ("content/units.yaml", "- name: Registry Office\n- name: Legal Section\n"),
        ("content/audit/report.md", "---\ntitle: Audit\nas_at: 2020-12-31\n---\n"),
        ("content/audit/annex.pdf", ""),
        ("content/audit/1.md", &before),
    ]);
    (scratch, before, after)
}

/// What `recto check` prints, and the recommendation afterwards.
fn check(scratch: &Scratch, arguments: &[&str]) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_recto"))
        .arg("check")
        .args(arguments)
        .current_dir(scratch.root())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (said, std::fs::read_to_string(scratch.path("content/audit/1.md")).unwrap())
}

#[test]
fn ten_slips_are_fixed_and_nothing_else() {
    let (scratch, before, after) = site();
    assert_eq!(check(&scratch, &[]).1, before, "without --fix nothing is written");
    let (said, text) = check(&scratch, &["--fix"]);
    assert_eq!(text, after);
    assert!(said.starts_with("Fixed 10 mistakes in 1 file\n"), "{said}");
    let (said, text) = check(&scratch, &["--fix"]);
    assert_eq!(text, after, "the second time nothing changes");
    assert!(said.starts_with("Checked"), "{said}");
}

#[test]
fn only_the_paths_that_are_named_are_mended() {
    let (scratch, before, _) = site();
    let (_, text) = check(&scratch, &["--fix", "content/units.yaml"]);
    assert_eq!(text, before);
}

#[test]
fn what_is_allowed_is_not_mended() {
    let (scratch, _, after) = site();
    let (_, text) = check(&scratch, &["--fix", "--allow", "unknown-unit"]);
    assert_eq!(text, after.replace("Registry Office", "Registry Ofice"));
}

#[test]
fn what_may_be_meant_otherwise_is_left_to_its_author() {
    for line in [
        // The opposite, and another unit.
        "status: now implemented",
        "response: no accepted",
        "responsible: Regional Office B",
        // A change of the first line would leave the second where it is.
        "status: in\n  progres",
        "verification: \"self-\\\n  reportd\"",
    ] {
        let (scratch, ..) = site();
        scratch.write("content/units.yaml", "- name: Regional Office A\n");
        let text =
            format!("---\nnumber: 1\ntitle: One\n{line}\n---\n\n## Recommendation\n\nDo it.\n");
        scratch.write("content/audit/1.md", &text);
        assert_eq!(check(&scratch, &["--fix"]).1, text, "{line}");
    }
    // In a link only the address changes, not what readers see.
    let (scratch, ..) = site();
    let text = "---\nnumber: 1\ntitle: One\nstatus: noted\n---\n\n[ANNEX.pdf][a] and [ANNEX.pdf](ANNEX.pdf)\n\n[a]: ANNEX.pdf\n";
    scratch.write("content/audit/1.md", text);
    assert_eq!(check(&scratch, &["--fix"]).1, text);
}

/// Recto reads such a table as if a line were empty above it; the file stays as its author has it.
#[test]
fn nothing_is_added_to_a_table_below_a_line() {
    let text = |status: &str| {
        format!(
            "---\nnumber: 1\ntitle: One\nstatus: {status}\nresponse: pending\n---\n\n\
             ## Recommendation\n\nThe posts:\nPost | Filled\n-----|-------\nHead | 2019\n\n\
             > Others:\n>  Post | ** Filled**\n> ---|---\n> Clerk | 2020\n"
        )
    };
    let (scratch, ..) = site();
    scratch.write("content/audit/1.md", &text("in progres"));
    let (said, fixed) = check(&scratch, &["--fix"]);
    assert_eq!(fixed, text("in progress"));
    assert!(!said.contains("not-a-table"), "{said}");
    // Places in such a table are those in the file.
    let found = crate::site::concise(&scratch.build());
    assert!(found.contains("1.md:16:11: warning[stray-mark]"), "{found}");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_of_the_site() {
    let (scratch, ..) = site();
    std::fs::rename(scratch.path("content"), scratch.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(scratch.path("elsewhere"), scratch.path("content")).unwrap();
    let before = std::fs::read(scratch.path("elsewhere/audit/1.md")).unwrap();
    let (said, _) = check(&scratch, &["--fix"]);
    assert!(said.contains("`content` is a link"), "{said}");
    assert_eq!(std::fs::read(scratch.path("elsewhere/audit/1.md")).unwrap(), before);
}

/// An author saves the file while it is checked.
#[test]
fn a_file_that_has_changed_since_it_was_read_is_left_as_it_is() {
    let (scratch, before, _) = site();
    let input = crate::site::input_of(scratch.root());
    let file = input.file(input.find("content/audit/1.md").unwrap());
    let saved = format!("{before}\nA line that was saved meanwhile.\n");
    scratch.write("content/audit/1.md", &saved);
    let error = recto::load::replace(scratch.root(), file, "corrected").unwrap_err();
    assert!(error.to_string().contains("was changed during the check"), "{error}");
    let text = || std::fs::read_to_string(scratch.path("content/audit/1.md")).unwrap();
    assert_eq!(text(), saved);
    scratch.write("content/audit/1.md", &before);
    recto::load::replace(scratch.root(), file, "corrected").unwrap();
    assert_eq!(text(), "corrected");
}
