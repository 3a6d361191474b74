//! The house stays in order without anybody having to remember.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use recto::pages::PAGE_TYPES;
use recto::theme::{ASSETS, PRINT, SCAFFOLD, TEMPLATES};

use crate::site::{files_below, project};

fn sources() -> Vec<(String, String)> {
    let files = files_below(&project().join("src")).into_iter();
    files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

/// The modules in the order of `lib.rs`.
fn modules() -> Vec<String> {
    let lib = std::fs::read_to_string(project().join("src/lib.rs")).unwrap();
    let names = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let modules = modules();
    let place = |name: &str| modules.iter().position(|module| module == name);
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let module = path.split(['/', '.']).next().unwrap_or("");
        let Some(own) = place(module) else { continue };
        // What a module's own tests use is not what the module uses.
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for (number, line) in code.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for used in line.split("crate::").skip(1) {
                let name: String =
                    used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if place(&name).is_some_and(|other| other > own) {
                    wrong.push(format!("src/{path}:{}: {module} uses {name}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_is_in_the_map_with_a_sentence() {
    let lib = std::fs::read_to_string(project().join("src/lib.rs")).unwrap();
    let lines: Vec<&str> = lib.lines().collect();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("pub mod")) {
        assert!(lines[index - 1].starts_with("/// "), "{line} has no sentence");
    }
    let mapped: BTreeSet<String> = modules().into_iter().collect();
    let folders: BTreeSet<String> = sources()
        .into_iter()
        .filter_map(|(path, _)| Some(path.split(['/', '.']).next()?.to_owned()))
        .filter(|name| name != "lib" && name != "main")
        .collect();
    assert_eq!(mapped, folders);
}

/// In a folder with a table, each file is a row, unless it is named here as something else.
fn rows_of(folder: &str, table: &str, not_rows: &[&str]) {
    let text = std::fs::read_to_string(project().join("src").join(folder).join("mod.rs")).unwrap();
    for (path, _) in files_below(&project().join("src").join(folder)) {
        // A folder in it is one file grown large.
        let name = path.strip_suffix("/mod.rs").or(path.strip_suffix(".rs"));
        let Some(name) = name.filter(|name| *name != "mod" && !name.contains('/')) else {
            continue;
        };
        if not_rows.contains(&name) {
            continue;
        }
        let row = format!("{name}::{table}");
        assert!(text.contains(&row), "src/{folder}/{path} has no row `{row}` in its table");
    }
}

#[test]
fn every_file_of_a_table_is_in_it() {
    rows_of(
        "pages",
        "PAGE_TYPE",
        &[
            "choices",
            "citations",
            "head",
            "here",
            "inline",
            "redirect",
            "sections",
            "tasks",
            "views",
        ],
    );
    // It has three rows.
    rows_of("formats", "FORMAT", &["details"]);
    rows_of("references", "SCHEME", &["custom", "doubt", "key", "organ", "phrase", "scan"]);
    rows_of("diagnostics", "RENDERER", &["edit", "fold", "listing", "rule", "suggestions"]);
    rows_of("checks", "CHECK", &["consequences", "outside_address"]);
    rows_of("cli", "run", &["site"]);
}

#[test]
fn every_page_type_has_its_template_and_every_template_its_use() {
    let templates: BTreeSet<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
    let mut used: BTreeSet<String> =
        PAGE_TYPES.iter().map(|page| format!("{}.html", page.name)).collect();
    used.extend(["base.html", "components.html", "redirect.html"].map(str::to_owned));
    assert_eq!(templates.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), used);
}

#[test]
fn no_heading_can_have_an_id_of_a_template() {
    let known = recto::model::IDS_OF_PAGES;
    for (name, text) in TEMPLATES {
        // These show no text of an author.
        if matches!(*name, "documents.html" | "document.html" | "units.html" | "unit.html") {
            continue;
        }
        let ids = text.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for id in ids.filter(|id| !id.contains("{{")) {
            assert!(known.contains(&id), "templates/{name}: `{id}` is missing in IDS_OF_PAGES");
        }
    }
}

#[test]
fn everything_under_templates_is_embedded() {
    let names = |table: &[(&str, &str)], folder: &str| -> Vec<String> {
        table.iter().map(|(name, _)| format!("{folder}{name}")).collect()
    };
    let mut embedded = names(TEMPLATES, "");
    embedded.extend(names(ASSETS, "assets/"));
    embedded.extend(names(PRINT, "pdf/"));
    embedded.extend(names(SCAFFOLD, "scaffold/"));
    embedded.extend(recto::language::BUILT_IN.iter().map(|(tag, _)| format!("strings/{tag}.yaml")));
    embedded.sort();
    let there: Vec<String> =
        files_below(&project().join("templates")).into_iter().map(|(path, _)| path).collect();
    assert_eq!(embedded, there);
}

#[test]
fn every_word_that_a_template_or_page_asks_for_exists_and_every_word_is_asked_for() {
    let mut words = recto::language::Words::new("en");
    let (_, text) = recto::language::BUILT_IN[0];
    let value = recto::yaml::parse(
        text,
        recto::source::FileId(0),
        0,
        recto::yaml::YAML_FILE,
        &mut Vec::new(),
    );
    words.overlay(&value.unwrap());
    let known: BTreeSet<&str> = words.keys().collect();
    let templates: String = TEMPLATES.iter().chain(PRINT).map(|(_, text)| *text).collect();
    // Through a component's argument: `labels={words.report}` makes `labels.title` a word.
    let templates = templates.replace("labels.", "words.report.");
    let templates = templates.replace("fields.", "words.recommendation.");
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for rest in templates.split("words.").skip(1) {
        let key: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
            .collect();
        asked.insert(key.trim_end_matches('.').to_owned());
    }
    // `words.report` alone is a group handed to a component.
    asked.retain(|key| key.contains('.') || known.contains(key.as_str()));
    let missing: Vec<&String> = asked.iter().filter(|key| !known.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "templates ask for words that do not exist: {missing:?}");

    // Groups whose names are made of an axis or a kind of timeliness.
    let computed = [
        "response.",
        "status.",
        "timeliness.",
        "verification.",
        "priority.",
        "counted_response.",
        "counted_status.",
        "columns.",
        "headings.",
        "typed.",
        "no_date.",
        "languages.",
    ];
    let code: String = sources().into_iter().map(|(_, text)| text).collect();
    let idle: Vec<&&str> = known
        .iter()
        .filter(|key| !computed.iter().any(|group| key.starts_with(group)))
        .filter(|key| !asked.contains(**key) && !code.contains(&format!("\"{key}\"")))
        .collect();
    assert!(idle.is_empty(), "nobody asks for these words: {idle:?}");
}

/// What runs on pull requests from forks gets no secret, and no code that can change under its name.
#[test]
fn workflows_are_pinned_and_need_no_secret() {
    let folders = [".github/workflows", "templates/scaffold/github/workflows"];
    let workflows = folders.iter().flat_map(|folder| files_below(&project().join(folder)));
    for (path, bytes) in workflows {
        let text = String::from_utf8(bytes).unwrap();
        for line in text.lines() {
            if let Some(action) = line.trim().trim_start_matches("- ").strip_prefix("uses: ") {
                let commit = action.split('@').nth(1).and_then(|rest| rest.split(' ').next());
                let is_commit = commit.is_some_and(|commit| {
                    commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit())
                });
                assert!(is_commit, "{path}: {action}");
            }
        }
        assert!(text.contains("\npermissions: {}\n"), "{path}");
        assert!(!text.contains("secrets.") && !text.contains("pull_request_target"), "{path}");
    }
}

#[test]
fn nothing_is_left_for_later() {
    let mut found = Vec::new();
    for (path, text) in sources() {
        for word in ["TODO", "FIXME", "todo!(", "unimplemented!(", "dbg!("] {
            if text.contains(word) {
                found.push(format!("src/{path}: {word}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn files_are_of_one_idea() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 600, "src/{path} has {lines} lines: it wants to be two");
    }
}

#[test]
fn every_case_has_what_is_expected_of_it() {
    for folder in crate::cases::folders() {
        let expected = folder.join("expected");
        assert!(expected.join("diagnostics.txt").is_file(), "{}", folder.display());
    }
}

#[test]
fn the_top_level_holds_nothing_else() {
    let expected = [
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "benches",
        "build.rs",
        "content",
        "public",
        "src",
        "templates",
        "tests",
    ];
    let visible: Vec<String> = std::fs::read_dir(project())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && name != "target")
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    assert_eq!(visible, expected);
    assert!(Path::new(&project()).join("public/.gitignore").is_file());
}

#[test]
fn codes_of_diagnostics_are_words_in_kebab_case() {
    for rule in recto::rules::rules() {
        let kebab = rule.code.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        assert!(kebab, "{}", rule.code);
    }
}

/// Every rule is shown by a case or by its own page, so that its message was read by somebody.
#[test]
fn every_message_is_shown_by_a_case() {
    let pages = files_below(&project().join("tests/checks")).into_iter();
    let pages = pages.map(|(_, page)| String::from_utf8(page).unwrap());
    let shown: String = crate::cases::folders()
        .iter()
        .filter_map(|folder| std::fs::read_to_string(folder.join("expected/diagnostics.txt")).ok())
        .chain(pages)
        .collect();
    // These need what a folder in git cannot hold: a link, 17 MiB, another host, or a repository; and
    // a PDF is made by its own tests.
    let elsewhere = [
        "symbolic-link",
        "folder-name",
        "file-too-large",
        "yaml-too-long",
        "changed-without-trace",
        "broken-address",
        "moved-address",
        "blocked-address",
        "unreachable-address",
        "pdf-error",
    ];
    let unseen: Vec<&str> = recto::rules::rules()
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !elsewhere.contains(code) && !shown.contains(&format!("[{code}]")))
        .collect();
    assert!(unseen.is_empty(), "no case shows {unseen:?}");
}

/// `cargo build` and then `cargo test` compile each crate once: what tests need of a crate that the
/// program has anyway is switched on for the program, too (see the end of `[dependencies]`).
#[test]
fn tests_switch_on_no_feature_that_the_program_lacks() {
    let crates = |edges: &str| -> BTreeSet<String> {
        let arguments =
            ["tree", "--offline", "--locked", "--prefix", "none", "--format", "{p} {f}"];
        let output = std::process::Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--edges", edges])
            .current_dir(project())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let lines = text.lines().map(|line| line.replace(" (*)", "").replace(" (proc-macro)", ""));
        lines.filter(|line| !line.starts_with("recto ")).collect()
    };
    let (program, tests) = (crates("normal,build"), crates("normal,build,dev"));
    let name = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let of_program: BTreeSet<String> = program.iter().map(|line| name(line)).collect();
    let twice: Vec<&String> =
        tests.difference(&program).filter(|line| of_program.contains(&name(line))).collect();
    assert!(program.len() > 100, "the crates are found: {}", program.len());
    assert!(twice.is_empty(), "tests compile these again, with more features: {twice:#?}");
}

/// One name, one type.
#[test]
fn no_two_types_have_one_name() {
    // Each with its reason: every command has its arguments; a program without PDFs has another type
    // for the bytes of one.
    let allowed = ["Args", "Error", "Pdf"];
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in sources() {
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for line in code.lines().filter(|line| !line.starts_with(' ')) {
            let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
            let line = line.strip_prefix("pub(super) ").unwrap_or(line);
            let line = line.strip_prefix("pub ").unwrap_or(line);
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            let is_type = words
                .next()
                .is_some_and(|word| ["struct", "enum", "trait", "type"].contains(&word));
            if let (true, Some(name)) = (is_type, words.next()) {
                places.entry(name.to_owned()).or_default().push(path.clone());
            }
        }
    }
    assert!(places.len() > 200, "the types are found: {}", places.len());
    places.retain(|name, places| places.len() > 1 && !allowed.contains(&name.as_str()));
    assert!(places.is_empty(), "{places:#?}");
}
