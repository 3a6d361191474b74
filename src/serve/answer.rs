//! A request in, an answer out. No path of a request touches the disk: it is looked up in the plan.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use sha2::{Digest as _, Sha256};

use super::mistakes;
use super::shown::{Shown, Stage};
use crate::diagnostics::Diagnostic;
use crate::pipeline::{Build, Output};
use crate::plan::Recipe;

/// Where the server's own files stand. No page of a site begins so: a plan has no such folder.
pub(super) const OWN: &str = "/_recto/";

const SCRIPT: &str = include_str!("reload.js");

/// What was asked for.
pub(super) struct Question<'a> {
    pub(super) method: &'a Method,
    pub(super) path: &'a str,
    pub(super) query: Option<&'a str>,
}

/// Answers a question about the site.
pub(super) fn answer(stage: &Stage, question: &Question<'_>) -> Response<Body> {
    if *question.method != Method::GET && *question.method != Method::HEAD {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.");
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    if let Some(own) = question.path.strip_prefix(OWN) {
        return match own {
            "reload.js" => text("text/javascript; charset=utf-8", SCRIPT.to_owned()),
            "mistakes.css" => text("text/css; charset=utf-8", mistakes::STYLE.to_owned()),
            _ => plain(StatusCode::NOT_FOUND, "There is nothing here."),
        };
    }
    let Ok(path) = percent_decode_str(question.path).decode_utf8() else {
        return plain(StatusCode::BAD_REQUEST, "The path is not UTF-8.");
    };
    let Some(path) = path.strip_prefix('/') else {
        return plain(StatusCode::BAD_REQUEST, "The path does not begin with /.");
    };
    let shown = stage.shown();
    let last_good = stage.last_good();
    let wants_last_good = question.query.is_some_and(|query| query == "last-good");
    let build = match &last_good {
        Some(good) if wants_last_good || !shown.mistakes.is_empty() => Arc::clone(good),
        _ => Arc::clone(&shown.build),
    };
    let has_mistakes = !shown.mistakes.is_empty() && !wants_last_good;
    match find(&build, path) {
        Found::Page(path) if has_mistakes => {
            let way = last_good.map(|_| format!("/{}?last-good", encoded(path)));
            let page = mistakes::page(&shown.build.input, &shown.mistakes, way.as_deref());
            html(StatusCode::INTERNAL_SERVER_ERROR, page, shown.version)
        }
        Found::Page(path) | Found::File(path) => {
            of_plan(stage, &shown, &build, path, StatusCode::OK)
        }
        Found::Folder(folder) => {
            let mut moved = plain(StatusCode::PERMANENT_REDIRECT, "The folder has a / at its end.");
            if let Ok(to) = HeaderValue::from_str(&format!("/{}/", encoded(folder))) {
                moved.headers_mut().insert(header::LOCATION, to);
            }
            moved
        }
        Found::Nothing if has_mistakes => {
            let page = mistakes::page(&shown.build.input, &shown.mistakes, None);
            html(StatusCode::INTERNAL_SERVER_ERROR, page, shown.version)
        }
        Found::Nothing => of_plan(stage, &shown, &build, "404.html", StatusCode::NOT_FOUND),
    }
}

/// What a path is in the plan.
enum Found<'p> {
    Page(&'p str),
    File(&'p str),
    /// A folder with a page, without the `/` at its end.
    Folder(&'p str),
    Nothing,
}

fn find<'p>(build: &'p Build, path: &'p str) -> Found<'p> {
    let index = match path {
        "" => "index.html".to_owned(),
        path if path.ends_with('/') => format!("{path}index.html"),
        path => path.to_owned(),
    };
    if let Some((path, recipe)) = build.plan.recipes.get_key_value(&index) {
        return match recipe {
            Recipe::Page { .. } | Recipe::Redirect { .. } => Found::Page(path),
            _ => Found::File(path),
        };
    }
    match build.plan.recipes.contains_key(&format!("{path}/index.html")) {
        true => Found::Folder(path),
        false => Found::Nothing,
    }
}

/// What the plan says stands at a path.
fn of_plan(
    stage: &Stage,
    shown: &Shown,
    build: &Build,
    path: &str,
    status: StatusCode,
) -> Response<Body> {
    let Some(recipe) = build.plan.recipes.get(path) else {
        return plain(StatusCode::NOT_FOUND, "There is no page at this address.");
    };
    let broken = |diagnostics: &[Diagnostic]| {
        let page = mistakes::page(&build.input, diagnostics, None);
        html(StatusCode::INTERNAL_SERVER_ERROR, page, shown.version)
    };
    if let Err(diagnostics) = print(stage, build, recipe) {
        return broken(&diagnostics);
    }
    match build.render(path, recipe) {
        Err(diagnostic) => broken(&[*diagnostic]),
        Ok(Output::Bytes(bytes)) if path.ends_with(".html") => {
            html(status, String::from_utf8(bytes).unwrap_or_default(), shown.version)
        }
        Ok(Output::Bytes(bytes)) => file(path, bytes),
        Ok(Output::Copy(id)) => match stage.bytes_of(&build.input.file(id).path) {
            Ok(bytes) => file(path, bytes),
            Err(error) => plain(StatusCode::NOT_FOUND, &format!("{error:#}")),
        },
        Ok(Output::Pdf(_)) => match pdf(stage, path) {
            Some(bytes) => file(path, bytes),
            None => plain(StatusCode::NOT_FOUND, "There is no PDF."),
        },
    }
}

/// Makes the PDFs that a page says the size of, or that are asked for.
#[cfg(feature = "pdf")]
fn print(stage: &Stage, build: &Build, recipe: &Recipe) -> Result<(), Vec<Diagnostic>> {
    use crate::model::Edition;
    use crate::pages::Size;

    let editions = match recipe {
        Recipe::Pdf(edition) => vec![*edition],
        Recipe::Page { of, index, language } if of.name == "report" => {
            let language = &build.site.languages[*language].tag;
            let report = &build.site.reports[*index];
            Edition::for_readers(&build.site, report, language).into_iter().collect()
        }
        _ => Vec::new(),
    };
    for edition in editions {
        let path = edition.address(&build.site);
        let read = |path: &str| stage.bytes_of(path);
        let settings = crate::pdf::Settings::of(edition);
        let prepared = crate::pdf::prepare(build.making(), edition, settings, &read);
        let prepared = prepared
            .map_err(|error| vec![Diagnostic::site_error("pdf-error", format!("{error:#}"))])?;
        let digest = prepared.digest();
        let mut pdfs = stage.pdfs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let made = match pdfs.get(&path).filter(|(known, _)| *known == digest) {
            Some((_, made)) => Arc::clone(made),
            None => {
                let made = Arc::new(prepared.make()?);
                pdfs.insert(path.clone(), (digest, Arc::clone(&made)));
                made
            }
        };
        build.set_size(&path, Size { bytes: made.bytes.len(), pages: Some(made.pages) });
    }
    Ok(())
}

/// A program without what makes PDFs plans none.
#[cfg(not(feature = "pdf"))]
fn print(_: &Stage, _: &Build, _: &Recipe) -> Result<(), Vec<Diagnostic>> {
    Ok(())
}

/// A PDF that was made.
#[cfg(feature = "pdf")]
fn pdf(stage: &Stage, path: &str) -> Option<Vec<u8>> {
    let pdfs = stage.pdfs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    pdfs.get(path).map(|(_, made)| made.bytes.clone())
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &Stage, _: &str) -> Option<Vec<u8>> {
    None
}

/// A page, with the script that loads it again.
fn html(status: StatusCode, page: String, version: u64) -> Response<Body> {
    let policy = policy(&page);
    let script = format!("<script src=\"{OWN}reload.js?v={version}\" defer></script>\n");
    let end = page.rfind("</body>").unwrap_or(page.len());
    let page = format!("{}{script}{}", &page[..end], &page[end..]);
    let mut answer = text("text/html; charset=utf-8", page);
    *answer.status_mut() = status;
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

/// What a page may load and run: its own files, and its one style element, known by its hash (CSP
/// level 3, 8.4).
fn policy(page: &str) -> String {
    let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    let hash = style.map_or(String::new(), |(style, _)| {
        format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(style)))
    });
    format!(
        "default-src 'none'; style-src 'self'{hash}; img-src 'self'; script-src 'self'; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

fn file(path: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut answer = Response::new(Body::from(bytes));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(path)));
    sealed(answer)
}

fn text(kind: &'static str, text: String) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    sealed(answer)
}

/// A plain text, mostly a refusal.
pub(super) fn plain(status: StatusCode, said: &str) -> Response<Body> {
    let mut answer = text("text/plain; charset=utf-8", format!("{said}\n"));
    *answer.status_mut() = status;
    answer
}

/// With what every answer has.
fn sealed(mut answer: Response<Body>) -> Response<Body> {
    let headers = answer.headers_mut();
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

fn encoded(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, crate::source::PATH_CHARACTERS).to_string()
}

/// The media type of a file by its ending (IANA).
fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
