//! The published folder: what is done to it, and above all what is not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use recto::assemble::Options;
use recto::diagnostics::Severity;
use recto::plan::{RenderError, SitePart};
use recto::publish::{ForeignFiles, PublishTarget, Published, publish};
use recto::source::{Content, Digest, File, Input};

use crate::site::{Scratch, build_of, files_below, project, rendered, without_pdfs};

fn publish_to(scratch: &Scratch, out: &str, strangers: ForeignFiles) -> Result<Published, String> {
    let folder = scratch.path(out);
    let target = PublishTarget { folder: &folder, root: scratch.root(), strangers };
    publish(&scratch.build(), &target, || ()).map_err(|error| match error {
        RenderError::Taken(error) => format!("{error:#}"),
        RenderError::Template(diagnostic) => diagnostic.message,
        RenderError::Pdf(diagnostics) => diagnostics[0].message.clone(),
    })
}

#[test]
fn only_what_differs_is_written_and_what_is_gone_is_removed() {
    let demo = Scratch::demo();
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    let path = "content/central-asia/02-industrial-safety-actors.md";
    let text = fs::read_to_string(demo.path(path)).unwrap();
    demo.write(path, &text.replacen("title: Involve", "title: Engage", 1));
    let published = publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    assert!(published.written > 1 && published.written < published.files / 2, "{published:?}");
    fs::remove_file(demo.path(path)).unwrap();
    let text =
        fs::read_to_string(demo.path("content/central-asia/06-policy-dialogues.md")).unwrap();
    demo.write(
        "content/central-asia/06-policy-dialogues.md",
        &text.replace("related: [2, 5]", "related: [5]"),
    );
    let published = publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    assert!(published.removed >= 1, "{published:?}");
    assert!(!demo.path("public/central-asia/2.html").exists());
}

#[test]
fn what_was_changed_by_hand_is_mended() {
    let demo = Scratch::demo();
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    let made = files_below(&demo.path("public"));
    let page = fs::read_to_string(demo.path("public/index.html")).unwrap();
    demo.write("public/index.html", &page.replace("the", "eht"));
    demo.write("public/central-asia/1.html", "shorter");
    fs::remove_file(demo.path("public/central-asia/2.html")).unwrap();
    assert_eq!(publish_to(&demo, "public", ForeignFiles::Refuse).unwrap().written, 3);
    assert_eq!(files_below(&demo.path("public")), made);
    assert_eq!(publish_to(&demo, "public", ForeignFiles::Refuse).unwrap().written, 0);
}

/// A page is changed, and its entry in the manifest too. Only a build that makes the page can
/// notice.
#[test]
fn pages_are_made_when_what_they_are_made_from_changes() {
    let demo = Scratch::demo();
    let publish_again = || {
        let folder = demo.path("public");
        let target =
            PublishTarget { folder: &folder, root: demo.root(), strangers: ForeignFiles::Refuse };
        publish(&build_of(demo.root(), without_pdfs()), &target, || ()).unwrap().written
    };
    publish_again();
    let page = fs::read_to_string(demo.path("public/404.html")).unwrap();
    let other = page.replace("the", "eht");
    assert_ne!(page, other);
    let digest = |text: &str| serde_json::to_string(&Digest::of_bytes(text.as_bytes())).unwrap();
    let manifest = fs::read_to_string(demo.path("public/.recto-manifest.json")).unwrap();
    assert!(manifest.contains(&digest(&page)), "{manifest}");
    demo.write("public/404.html", &other);
    demo.write("public/.recto-manifest.json", &manifest.replace(&digest(&page), &digest(&other)));
    assert_eq!(publish_again(), 0);
    assert_eq!(fs::read_to_string(demo.path("public/404.html")).unwrap(), other);
    demo.write("content/list.txt", "A list.\n");
    assert!(publish_again() > 1);
    assert_eq!(fs::read_to_string(demo.path("public/404.html")).unwrap(), page);
}

#[test]
fn what_somebody_has_changed_is_not_removed() {
    let demo = Scratch::demo();
    demo.write("content/about.md", "---\ntitle: About\n---\n\nAbout it.\n");
    demo.write("content/more.md", "---\ntitle: More\n---\n\nMore of it.\n");
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    demo.write("public/about.html", "made by hand");
    fs::remove_file(demo.path("content/about.md")).unwrap();
    fs::remove_file(demo.path("content/more.md")).unwrap();
    let published = publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    assert_eq!((published.removed, published.kept), (1, vec!["about.html".to_owned()]));
    assert_eq!(fs::read_to_string(demo.path("public/about.html")).unwrap(), "made by hand");
    assert!(!demo.path("public/more.html").exists());
    // From now on it is not Recto's.
    let published = publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    assert_eq!((published.written, published.removed, published.kept), (0, 0, Vec::new()));
    demo.write("content/about.md", "---\ntitle: About\n---\n\nAbout it.\n");
    let refused = publish_to(&demo, "public", ForeignFiles::Refuse).unwrap_err();
    assert!(refused.contains("about.html"), "{refused}");
    let published = publish_to(&demo, "public", ForeignFiles::Allow).unwrap();
    assert_eq!(published.replaced, ["about.html"]);
}

#[test]
fn what_was_a_file_becomes_a_folder_and_the_other_way_round() {
    let demo = Scratch::demo();
    demo.write("content/central-asia/data/one.txt", "1");
    demo.write("content/central-asia/notes", "n");
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    fs::remove_dir_all(demo.path("content/central-asia/data")).unwrap();
    fs::remove_file(demo.path("content/central-asia/notes")).unwrap();
    demo.write("content/central-asia/data", "d");
    demo.write("content/central-asia/notes/two.txt", "2");
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    let read = |path: &str| fs::read_to_string(demo.path(path)).unwrap();
    assert_eq!(read("public/central-asia/data"), "d");
    assert_eq!(read("public/central-asia/notes/two.txt"), "2");
    // A folder that holds something else stays, and is in the way.
    fs::remove_dir_all(demo.path("content/central-asia/notes")).unwrap();
    demo.write("content/central-asia/notes", "n");
    demo.write("public/central-asia/notes/mine.txt", "mine");
    let refused = publish_to(&demo, "public", ForeignFiles::Refuse).unwrap_err();
    assert!(refused.contains("in the way"), "{refused}");
    assert_eq!(read("public/central-asia/notes/two.txt"), "2");
}

/// A file that is about to be removed has become a folder.
#[test]
fn what_is_no_longer_a_file_stops_nothing() {
    let demo = Scratch::demo();
    demo.write("content/central-asia/a.txt", "a");
    demo.write("content/central-asia/z.txt", "z");
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    fs::remove_file(demo.path("public/central-asia/z.txt")).unwrap();
    demo.write("public/central-asia/z.txt/mine.txt", "mine");
    fs::remove_file(demo.path("content/central-asia/a.txt")).unwrap();
    fs::remove_file(demo.path("content/central-asia/z.txt")).unwrap();
    assert_eq!(publish_to(&demo, "public", ForeignFiles::Refuse).unwrap().removed, 1);
    assert!(demo.path("public/central-asia/z.txt/mine.txt").exists());
}

/// The manifest that Recto wrote before there were digests.
#[test]
fn a_manifest_of_paths_alone_is_understood() {
    let demo = Scratch::demo();
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    let paths: Vec<String> = demo.build().plan.recipes.into_keys().collect();
    let manifest = serde_json::json!({ "files": paths }).to_string();
    demo.write("public/.recto-manifest.json", &manifest);
    assert_eq!(publish_to(&demo, "public", ForeignFiles::Refuse).unwrap().written, 0);
    let manifest = fs::read_to_string(demo.path("public/.recto-manifest.json")).unwrap();
    assert!(manifest.contains("made_from"), "{manifest}");
}

#[test]
fn a_strangers_file_survives_and_an_empty_folder_goes() {
    let demo = Scratch::demo();
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    demo.write("public/CNAME", "example.org");
    demo.write("public/central-asia/notes.txt", "mine");
    fs::remove_dir_all(demo.path("content/central-asia")).unwrap();
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    assert_eq!(fs::read_to_string(demo.path("public/CNAME")).unwrap(), "example.org");
    assert_eq!(fs::read_to_string(demo.path("public/central-asia/notes.txt")).unwrap(), "mine");
    assert_eq!(fs::read_dir(demo.path("public/central-asia")).unwrap().count(), 1);
    assert!(!demo.path("public/tags").join("funding.html").exists());
}

#[test]
fn dangerous_targets_are_refused() {
    let demo = Scratch::demo();
    demo.write("elsewhere/thesis.docx", "years of work");
    demo.write("empty/.gitignore", "*");
    let before = files_below(demo.root());
    for out in [
        ".",
        "..",
        "content",
        "content/public",
        "templates/x",
        "elsewhere",
        "elsewhere/thesis.docx",
    ] {
        let refused = publish_to(&demo, out, ForeignFiles::Refuse).unwrap_err();
        assert!(refused.contains("--out") || refused.contains("not a folder"), "{out}: {refused}");
        assert_eq!(files_below(demo.root()), before, "{out}");
    }
    assert!(publish_to(&demo, "elsewhere", ForeignFiles::Refuse).unwrap_err().contains("--force"));
    publish_to(&demo, "elsewhere", ForeignFiles::Allow).unwrap();
    assert_eq!(fs::read_to_string(demo.path("elsewhere/thesis.docx")).unwrap(), "years of work");
    publish_to(&demo, "empty", ForeignFiles::Refuse).unwrap();
}

#[test]
fn a_strangers_file_in_the_way_stops_everything() {
    let demo = Scratch::demo();
    fs::remove_file(demo.path("content/about.md")).unwrap();
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    demo.write("public/about.html", "mine");
    demo.write("content/about.md", "---\ntitle: About\n---\n");
    let before = files_below(&demo.path("public"));
    let refused = publish_to(&demo, "public", ForeignFiles::Refuse).unwrap_err();
    assert!(refused.contains("about.html") && refused.contains("--force"), "{refused}");
    assert_eq!(files_below(&demo.path("public")), before);
    publish_to(&demo, "public", ForeignFiles::Allow).unwrap();
    assert_ne!(fs::read_to_string(demo.path("public/about.html")).unwrap(), "mine");
}

#[test]
fn a_strangers_file_where_a_folder_is_needed_stops_everything() {
    let demo = Scratch::demo();
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    fs::remove_dir_all(demo.path("public/units")).unwrap();
    demo.write("public/units", "mine");
    demo.write("content/index.md", "---\ntitle: Changed\n---\n");
    let before = files_below(&demo.path("public"));
    for strangers in [ForeignFiles::Refuse, ForeignFiles::Allow] {
        let refused = publish_to(&demo, "public", strangers).unwrap_err();
        assert!(refused.contains("not a folder"), "{refused}");
        assert_eq!(files_below(&demo.path("public")), before);
    }
}

/// On a disk that ignores case, the new file would be the old one.
#[test]
fn a_path_whose_capitals_change_is_written_anew() {
    let recommendation = |number: &str| {
        format!("---\nnumber: {number}\ntitle: T\nresponse: noted\nstatus: implemented\n---\n")
    };
    let site = Scratch::new(&[
        ("content/site.yaml", "title: Site\n"),
        ("content/r/report.md", "---\ntitle: R\nas_at: 2020-12-31\n---\n"),
        ("content/r/1.md", &recommendation("2A")),
    ]);
    publish_to(&site, "public", ForeignFiles::Refuse).unwrap();
    site.write("content/r/1.md", &recommendation("2a"));
    publish_to(&site, "public", ForeignFiles::Refuse).unwrap();
    assert!(site.path("public/r/2a.html").exists());
    assert!(!site.path("public/r/2A.html").exists());
}

#[test]
fn a_failed_render_leaves_the_target_and_no_staging() {
    let demo = Scratch::demo();
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    let before = files_below(&demo.path("public"));
    demo.write(
        "templates/tag.html",
        "{% extends \"base.html\" %}{% block main %}{{ page.nothing }}{% endblock %}",
    );
    let message = publish_to(&demo, "public", ForeignFiles::Refuse).unwrap_err();
    assert!(message.contains("template error"), "{message}");
    assert_eq!(files_below(&demo.path("public")), before);
    let left: Vec<_> = fs::read_dir(demo.root()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".recto")), "{left:?}");
}

#[test]
fn a_manifest_cannot_remove_what_lies_outside() {
    let demo = Scratch::demo();
    demo.write("precious.txt", "years of work");
    let precious = demo.path("precious.txt");
    let absolute = precious.to_string_lossy().replace('\\', "/");
    demo.write(
        "public/.recto-manifest.json",
        &format!(
            "{{\"files\":{{\"../precious.txt\":null,\"a/../../precious.txt\":null,\"{absolute}\":null}}}}"
        ),
    );
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    assert!(precious.exists());
}

#[cfg(unix)]
#[test]
fn links_in_the_target_lead_nowhere() {
    let demo = Scratch::demo();
    demo.write("outside/1.html", "mine");
    publish_to(&demo, "public", ForeignFiles::Refuse).unwrap();
    fs::remove_dir_all(demo.path("public/central-asia")).unwrap();
    std::os::unix::fs::symlink(demo.path("outside"), demo.path("public/central-asia")).unwrap();
    demo.write("content/index.md", "---\ntitle: Changed\n---\n");
    let before = fs::read_to_string(demo.path("public/index.html")).unwrap();
    let refused = publish_to(&demo, "public", ForeignFiles::Allow).unwrap_err();
    assert!(refused.contains("in the way"), "{refused}");
    assert_eq!(fs::read_to_string(demo.path("public/index.html")).unwrap(), before);
    assert_eq!(fs::read_to_string(demo.path("outside/1.html")).unwrap(), "mine");
    assert_eq!(fs::read_dir(demo.path("outside")).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn links_in_the_content_are_not_followed() {
    let demo = Scratch::demo();
    demo.write("secret.md", "---\ntitle: Secret\n---\n");
    std::os::unix::fs::symlink(demo.path("secret.md"), demo.path("content/link.md")).unwrap();
    std::os::unix::fs::symlink("/etc", demo.path("content/etc")).unwrap();
    let build = demo.build();
    let errors = build.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let codes: Vec<_> = errors.map(|d| d.code()).collect();
    assert_eq!(codes, ["symbolic-link", "symbolic-link"]);
    assert!(
        build
            .input
            .files
            .iter()
            .all(|file| !file.path.contains("etc") && !file.path.contains("link"))
    );
}

/// This is not under `tests/cases`: some of these names cannot be checked out on every system,
/// which is the point.
#[test]
fn names_that_some_system_cannot_have_are_errors() {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        content: Content::Text(text.into()),
    };
    let report = "---\ntitle: A report\nas_at: 2020-12-31\n---\n";
    let files = vec![
        file("content/site.yaml", "title: Site\n"),
        file("content/Audit/report.md", report),
        file("content/audit/report.md", report),
        file("content/aux/report.md", report),
        file("content/caf\u{e9}/report.md", report),
        file("content/cafe\u{301}/report.md", report),
        file("content/a:b/report.md", report),
        file("content/ends./report.md", report),
    ];
    let input = Input::new(files, crate::site::today());
    let build = recto::pipeline::build(input, Options::default(), None);
    let mut codes: Vec<(&str, &str)> = build
        .diagnostics
        .iter()
        .map(|d| (build.input.file(d.span.unwrap().file).path.as_str(), d.code()))
        .collect();
    codes.dedup();
    let expected = [
        ("content/a:b/report.md", "unsafe-path"),
        ("content/audit/report.md", "address-collision"),
        ("content/aux/report.md", "unsafe-path"),
        ("content/caf\u{e9}/report.md", "address-collision"),
        ("content/ends./report.md", "unsafe-path"),
    ];
    assert_eq!(codes, expected);
}

/// Between reading and publishing, a link replaces a file.
#[cfg(unix)]
#[test]
fn no_file_outside_of_the_site_is_published() {
    let scratch = Scratch::demo();
    scratch.write("secret.txt", "secret");
    scratch.write("content/central-asia/annex.pdf", "%PDF");
    let build = scratch.build();
    std::fs::remove_file(scratch.path("content/central-asia/annex.pdf")).unwrap();
    std::os::unix::fs::symlink(
        scratch.path("secret.txt"),
        scratch.path("content/central-asia/annex.pdf"),
    )
    .unwrap();
    let out = scratch.path("public");
    let target =
        PublishTarget { folder: &out, root: scratch.root(), strangers: ForeignFiles::Refuse };
    let error = publish(&build, &target, || ()).err().map(|error| format!("{error:?}"));
    assert!(error.is_some_and(|error| error.contains("annex.pdf")));
    assert!(!out.join("central-asia/annex.pdf").exists());
}

/// The parts of a site that are built alone are those of the whole, byte for byte.
#[test]
fn collections_are_built_alone_as_they_are_in_the_whole() {
    let root = project().join("tests/cases/kind-accident-inquiries");
    let whole = build_of(&root, Options::default());
    let all: BTreeMap<&String, String> = whole
        .plan
        .recipes
        .keys()
        .filter(|path| path.ends_with(".html") || path.ends_with(".js") || path.ends_with(".csv"))
        .map(|path| (path, rendered(&whole, path)))
        .collect();
    let mut seen = BTreeSet::new();
    for typed in ["2021", "2022/", "."] {
        let mut build = build_of(&root, Options::default());
        let part = SitePart::of(typed, &build.site).unwrap();
        build.keep(&part);
        for path in build.plan.recipes.keys() {
            assert!(seen.insert(path.clone()), "{path} is in two parts");
            if let Some(bytes) = all.get(path) {
                assert_eq!(rendered(&build, path), *bytes, "{path}");
            }
        }
    }
    assert!(seen.iter().eq(whole.plan.recipes.keys()));
    assert!(SitePart::of("2023", &whole.site).is_none());
}
