//! A site that is built again after a change is the same as one built from nothing.

use recto::assemble::Options;
use recto::content::Drafts;
use recto::pipeline::{Builder, Settings, build};
use recto::plan::{Build, Output};
use recto::source::{Content, File, Input};

use crate::site::{Scratch, build_of, concise, input_of, rendered, today, without_pdfs};

/// A change of the files of the demo.
type Change = (&'static str, fn(&mut Vec<File>));

fn text(files: &[File], path: &str) -> String {
    let file = files.iter().find(|file| file.path == path);
    file.unwrap_or_else(|| panic!("there is no {path}")).text().to_owned()
}

fn write(files: &mut Vec<File>, path: &str, text: &str) {
    files.retain(|file| file.path != path);
    files.push(File { path: path.to_owned(), content: Content::Text(text.into()) });
}

fn replace(files: &mut Vec<File>, path: &str, from: &str, to: &str) {
    let before = text(files, path);
    assert!(before.contains(from), "{path} has no `{from}`");
    write(files, path, &before.replacen(from, to, 1));
}

const FIRST: &str = "content/central-asia/01-long-term-support.md";
const REPORT: &str = "content/central-asia/report.md";

/// One after the other: each is added to those before it.
const CHANGES: &[Change] = &[
    ("nothing", |_| ()),
    ("a word", |files| replace(files, FIRST, "support", "help")),
    ("a citation", |files| {
        let text = text(files, FIRST);
        write(files, FIRST, &format!("{text}\nSee A/79/6, A/RES/70/1 and [[2]].\n"));
    }),
    ("a title", |files| replace(files, FIRST, "title: ", "title: New: a ")),
    ("a mistake", |files| replace(files, FIRST, "status: ", "staus: ")),
    ("the same file twice", |files| {
        replace(files, FIRST, "staus: ", "status: ");
        let text = text(files, FIRST);
        write(files, "content/central-asia/00-copy.md", &text);
    }),
    ("one with another number", |files| {
        replace(files, "content/central-asia/00-copy.md", "number: 1", "number: 99");
    }),
    ("the report's organ", |files| {
        replace(files, REPORT, "---\n", "---\norgan: Security Council\n");
        let text = text(files, FIRST);
        write(files, FIRST, &format!("{text}\nSee its resolution 70/1.\n"));
    }),
    ("the report's language", |files| replace(files, REPORT, "---\n", "---\nlanguage: fr\n")),
    ("a draft", |files| replace(files, REPORT, "---\n", "---\ndraft: true\n")),
    ("no draft", |files| replace(files, REPORT, "draft: true\n", "")),
    ("a conflict", |files| {
        let text = text(files, FIRST);
        write(files, FIRST, &format!("{text}\n<<<<<<< HEAD\n"));
    }),
    ("a file that is gone", |files| files.retain(|file| file.path != FIRST)),
    ("a term", |files| {
        write(files, "content/glossary.yaml", "- { term: UNECE, expansion: the Commission }\n");
    }),
    ("a register", |files| {
        write(files, "content/documents.yaml", "- { symbol: A/79/6, title: The budget }\n");
    }),
    ("a setting", |files| {
        replace(files, "content/site.yaml", "title:", "due_soon_days: 9\ntitle:")
    }),
    ("a template", |files| {
        write(
            files,
            "templates/tag.html",
            "{% extends \"base.html\" %}{% block main %}x{% endblock %}",
        );
    }),
    ("a word of the interface", |files| {
        write(files, "templates/strings/en.yaml", "recommendation:\n  facts: The facts\n");
    }),
    ("a file that is not a text", |files| {
        let path = "content/central-asia/03-x.md".to_owned();
        files.push(File { path, content: Content::NotUtf8([0xff].as_slice().into()) });
    }),
    ("a folder that is gone", |files| {
        files.retain(|file| !file.path.starts_with("content/central-asia/"));
    }),
];

/// Everything that can be seen of a build.
fn seen(build: &Build) -> Vec<(String, Result<Output, String>)> {
    let one = |(path, recipe): (&String, _)| {
        (path.clone(), build.render(path, recipe).map_err(|diagnostic| diagnostic.message))
    };
    let mut seen: Vec<_> = build.plan.recipes.iter().map(one).collect();
    seen.push(("what is wrong".to_owned(), Err(concise(build))));
    seen
}

#[test]
fn a_build_after_a_change_is_the_build_from_nothing() {
    let demo = input_of(Scratch::demo().root());
    let mut files = demo.files;
    let mut builder = Builder::new(Settings::default());
    for (what, change) in CHANGES {
        change(&mut files);
        let input = Input::new(files.clone(), today());
        let again = seen(&builder.build(input.clone()));
        let from_nothing = seen(&build(input, Options::default(), None));
        for (again, from_nothing) in again.iter().zip(&from_nothing) {
            assert_eq!(again, from_nothing, "after {what}");
        }
        assert_eq!(again.len(), from_nothing.len(), "after {what}");
    }
}

/// Whatever the place of a new file in the order of the paths, nothing else is read again.
#[test]
fn a_new_file_is_the_only_one_that_is_read() {
    let site = crate::generator::site(200);
    let before = input_of(site.root());
    let mut builder = Builder::new(Settings { options: without_pdfs(), ..Settings::default() });
    builder.build(before.clone());
    assert!(builder.texts_read() > 200, "{}", builder.texts_read());
    let front = "---\nnumber: x\ntitle: T\nresponse: accepted\nstatus: in progress\n---\n";
    let folder = crate::generator::path(0).rsplit_once('/').unwrap().0.to_owned();
    let names =
        ["content/aaa.md".to_owned(), format!("{folder}/000.md"), "content/zzz.md".to_owned()];
    let mut before = before;
    for path in names {
        let page = "---\ntitle: A page\n---\n\nIts text.\n";
        site.write(&path, if path.contains("000") { front } else { page });
        let after = input_of(site.root()).with_ids_of(&before);
        let again = concise(&builder.build(after.clone()));
        assert_eq!(builder.texts_read(), 1, "{path}");
        assert_eq!(again, concise(&build_of(site.root(), without_pdfs())), "{path}");
        before = after;
    }
}

#[test]
fn a_draft_that_is_shown_says_that_it_is_one() {
    let front = "number: 1\ntitle: T\nresponse: accepted\nstatus: implemented";
    let text = |more: &str| format!("---\n{front}\n{more}---\n\n## Recommendation\n\nDo it.\n");
    let scratch = Scratch::new(&[
        ("content/site.yaml", "title: S\n"),
        ("content/r/report.md", "---\ntitle: R\nas_at: 2020-12-31\n---\n"),
        ("content/r/1.md", &text("draft: true\n")),
        ("content/r/2.md", &text("").replace("number: 1", "number: 2")),
    ]);
    let options = Options { drafts: Drafts::Include, ..without_pdfs() };
    let build = build_of(scratch.root(), options);
    let says = |path: &str| rendered(&build, path).contains("Draft, not yet published");
    assert!(says("r/1.html"));
    assert!(!says("r/2.html") && !says("r/index.html"));
}
