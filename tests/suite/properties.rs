//! What holds for every site, whatever is in it. It is checked for the cases and the demo.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;

use recto::assemble::Options;
use recto::content::Drafts;
use recto::diagnostics::Severity;
use recto::pipeline::build;
use recto::plan::{Build, Output};
use recto::publish::{ForeignFiles, PublishTarget, publish};
use recto::source::Input;

use crate::html;
use crate::site::{Scratch, build_of, files_below, project};

#[test]
fn they_hold_for_the_demo() {
    let demo = build_of(&project(), Options::default());
    // A note may be right as it is.
    let is_note = |d: &recto::diagnostics::Diagnostic| d.severity == Severity::Note;
    assert!(demo.diagnostics.iter().all(is_note), "{}", crate::site::concise(&demo));
    hold(&demo, "demo");
}

/// Checks every property of a build.
pub(crate) fn hold(build: &Build, name: &str) {
    for diagnostic in &build.diagnostics {
        let code = diagnostic.code();
        assert!(recto::rules::rule(code).is_some(), "{name}: `{code}` is explained nowhere");
    }
    let pages = output(build);
    equal_twice(build, &pages, name);
    order_of_files_is_nothing(build, &pages, name);
    what_changes_pages_changes_the_digest(build, &pages, name);
    pages_are_well_formed(&pages, name);
    anchors_are_known_to_the_check(build, &pages, name);
    nothing_can_run(build, &pages, name);
    if build.diagnostics.iter().all(|d| d.severity != Severity::Error) {
        links_lead_somewhere(build, &pages, name);
        publishing_twice_writes_nothing(build, name);
    }
}

/// Everything that would be published, except the files that are copied.
fn output(build: &Build) -> BTreeMap<String, Vec<u8>> {
    let all = Mutex::new(BTreeMap::new());
    build
        .render_all(|path, output| {
            if let Output::Bytes(bytes) = output {
                all.lock().unwrap().insert(path.to_owned(), bytes);
            }
            Ok::<(), ()>(())
        })
        .unwrap();
    all.into_inner().unwrap()
}

fn again(input: Input, name: &str) -> Build {
    let drafts = match name.ends_with("-with-drafts") {
        true => Drafts::Include,
        false => Drafts::LeaveOut,
    };
    self::build(input, Options { drafts, ..Options::default() }, None)
}

fn equal_twice(build: &Build, pages: &BTreeMap<String, Vec<u8>>, name: &str) {
    let second = output(&again(build.input.clone(), name));
    assert!(*pages == second, "{name}: two builds differ");
}

/// A folder may be listed in any order.
fn order_of_files_is_nothing(build: &Build, pages: &BTreeMap<String, Vec<u8>>, name: &str) {
    let mut files = build.input.files.clone();
    files.reverse();
    let input = Input::new(files, build.input.today);
    assert!(*pages == output(&again(input, name)), "{name}: the order of files matters");
}

/// `publish` makes nothing when the digest is the same.
fn what_changes_pages_changes_the_digest(
    build: &Build,
    pages: &BTreeMap<String, Vec<u8>>,
    name: &str,
) {
    let mut input = build.input.clone();
    let today = again(input.clone(), name).digest();
    input.today = input.today + chrono::Days::new(400);
    let later = again(input.clone(), name);
    assert!(later.digest() != today || output(&later) == *pages, "{name}: the day is shown");
    let text = input.files.iter_mut().find(|file| file.path.ends_with(".md"));
    let Some(text) = text else { return };
    let longer = format!("{}\n", text.text());
    text.content = recto::source::Content::Text(longer.into());
    assert!(again(input, name).digest() != later.digest(), "{name}: a text is not in the digest");
}

fn pages_are_well_formed(pages: &BTreeMap<String, Vec<u8>>, name: &str) {
    for (path, page) in html_pages(pages) {
        let errors = html::errors(page);
        assert!(errors.is_empty(), "{name}: {path}: {errors:?}");
        let ids = html::attributes(page, "id");
        let once: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(ids.len(), once.len(), "{name}: {path}: an id occurs twice: {ids:?}");
        assert_eq!(html::texts(page, "h1").len(), 1, "{name}: {path}: one h1");
    }
}

/// Every anchor of a text that the check of links knows is on the text's page.
fn anchors_are_known_to_the_check(build: &Build, pages: &BTreeMap<String, Vec<u8>>, name: &str) {
    let site = &build.site;
    let recommendations = site.recommendations.iter().map(|one| (&one.address, &one.texts));
    let of_pages = site.pages.iter().map(|page| (&page.address, &page.texts));
    for (address, texts) in recommendations.chain(of_pages) {
        let Some(page) = pages.get(address) else { continue };
        let page = std::str::from_utf8(page).unwrap();
        let ids: BTreeSet<String> = html::attributes(page, "id").into_iter().collect();
        let shown = texts.in_language(site.first_language());
        let missing: Vec<String> =
            shown.anchors().map(str::to_owned).filter(|id| !ids.contains(id)).collect();
        assert!(missing.is_empty(), "{name}: {address}: no {missing:?} among {ids:?}");
    }
}

fn html_pages(pages: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, &str)> {
    let pages = pages.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
}

/// Every address within the site, and every anchor, exists.
fn links_lead_somewhere(build: &Build, pages: &BTreeMap<String, Vec<u8>>, name: &str) {
    let anchors: BTreeMap<&str, BTreeSet<String>> = html_pages(pages)
        .map(|(path, page)| (path, html::attributes(page, "id").into_iter().collect()))
        .collect();
    for (path, page) in html_pages(pages) {
        let links = html::attributes(page, "href").into_iter();
        for link in links.chain(html::attributes(page, "src")) {
            if link.contains("://") || link.starts_with("mailto:") || link.starts_with("tel:") {
                continue;
            }
            let (target, anchor) = link.split_once('#').unwrap_or((link.as_str(), ""));
            // A `?` in the name of a file is encoded; a bare one is what a script reads.
            let target = target.split_once('?').map_or(target, |(target, _)| target);
            let target =
                if target.is_empty() { path.to_owned() } else { resolve(build, path, target) };
            assert!(
                build.plan.recipes.contains_key(&target),
                "{name}: {path}: the link `{link}` leads to `{target}`, which is not there"
            );
            // An author's own mistake in an anchor is not ours.
            let ours = anchors.get(target.as_str()).is_none_or(|ids| ids.contains(anchor));
            let of_author = build.site.pages.iter().any(|p| p.address == path);
            assert!(
                anchor.is_empty() || ours || of_author,
                "{name}: {path}: the anchor `{link}` is not there"
            );
        }
    }
}

/// The path that a relative link on a page leads to.
fn resolve(build: &Build, page: &str, link: &str) -> String {
    let link = percent_encoding::percent_decode_str(link).decode_utf8().unwrap().into_owned();
    if let Some(from_top) = link.strip_prefix('/') {
        assert_eq!(page, "404.html", "only the page for missing addresses links from the top");
        let base = build.site.config.base_url().unwrap_or("https://host");
        let path = base.split('/').skip(3).map(|part| format!("{part}/")).collect::<String>();
        return from_top.strip_prefix(&path).expect("a link to this site").to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leaves the site"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Nothing in the content can run a script in a reader's browser.
pub(crate) fn nothing_can_run(build: &Build, pages: &BTreeMap<String, Vec<u8>>, name: &str) {
    for (path, page) in html_pages(pages) {
        nothing_can_run_in(build, path, &scraper::Html::parse_document(page), name);
    }
    // The script of the list of all puts the cells of its rows into the page.
    for (path, script) in pages.iter().filter(|(path, _)| path.ends_with("/rows.js")) {
        let columns = &data_of(script)["columns"];
        let cells =
            columns.as_object().unwrap().values().flat_map(|of| of["is"].as_array().unwrap());
        for cell in cells {
            let cell = scraper::Html::parse_fragment(cell.as_str().unwrap());
            nothing_can_run_in(build, path, &cell, name);
        }
    }
}

/// What a script of data hands over.
pub(crate) fn data_of(script: &[u8]) -> serde_json::Value {
    let script = std::str::from_utf8(script).unwrap();
    let call = script.trim_end().strip_prefix("recto(").unwrap().strip_suffix(");").unwrap();
    serde_json::from_str::<Vec<serde_json::Value>>(&format!("[{call}]")).unwrap().remove(2)
}

fn nothing_can_run_in(build: &Build, path: &str, document: &scraper::Html, name: &str) {
    let all = scraper::Selector::parse("*").unwrap();
    for element in document.select(&all) {
        let tag = element.value().name();
        let leads_to = |attribute: &str| {
            element.value().attr(attribute).map(|to| resolve(build, path, to)).unwrap_or_default()
        };
        // The pages' own scripts, and nothing else that might come from a text.
        let is_own = ["assets/recto.js", "assets/find.js"].contains(&leads_to("src").as_str());
        if tag == "script" && is_own && element.text().next().is_none() {
            continue;
        }
        // The pages' own search.
        let is_own = leads_to("action").ends_with("recommendations/index.html");
        if tag == "form" && is_own && element.value().attr("role") == Some("search") {
            continue;
        }
        assert!(
            !matches!(tag, "script" | "iframe" | "object" | "embed" | "base" | "form"),
            "{name}: {path}: <{tag}>"
        );
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on"), "{name}: {path}: {attribute}");
            let value = value.trim_start().to_lowercase();
            assert!(
                !value.starts_with("javascript:") && !value.starts_with("vbscript:"),
                "{name}: {path}: {attribute}={value}"
            );
        }
        // Pages load nothing from elsewhere.
        for attribute in ["src", "srcset", "poster", "data"] {
            let value = element.value().attr(attribute).unwrap_or("");
            assert!(!value.contains("//"), "{name}: {path}: {attribute}={value}");
        }
    }
}

fn publishing_twice_writes_nothing(build: &Build, name: &str) {
    let scratch = Scratch::new(&[]);
    // Files to copy are read from the site itself, which for a case is its folder.
    let root = project().join("tests/cases").join(name);
    let root = if root.is_dir() { root } else { project() };
    let out = scratch.path("deep/public");
    let target = PublishTarget { folder: &out, root: &root, strangers: ForeignFiles::Refuse };
    let before = modified(scratch.root());
    assert!(before.is_empty());
    let first = publish(build, &target, || ()).unwrap();
    assert_eq!(first.written, build.plan.recipes.len(), "{name}");
    let files = modified(scratch.root());
    assert!(
        files.iter().all(|(path, _)| path.starts_with("deep/public/")),
        "{name}: something was written outside the target"
    );
    let second = publish(build, &target, || ()).unwrap();
    assert_eq!((second.written, second.removed), (0, 0), "{name}");
    assert_eq!(modified(scratch.root()), files, "{name}: the second time something was written");
}

fn modified(folder: &Path) -> Vec<(String, std::time::SystemTime)> {
    let time = |path: &str| std::fs::metadata(folder.join(path)).unwrap().modified().unwrap();
    files_below(folder).into_iter().map(|(path, _)| (path.clone(), time(&path))).collect()
}
