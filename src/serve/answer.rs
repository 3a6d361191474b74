//! The answer for each path: looked up in the plan, rendered from memory.

use std::io::Read as _;
use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use base64::Engine as _;
use futures_util::stream;
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use ring::digest::{SHA256, digest};

use super::mistakes::{Frame, Mistakes};
use super::shelf::ServedFiles;
use super::shown::{Showing, Shown};
use crate::load::open_asset;
use crate::plan::Recipe;
use crate::plan::{Build, Output};
use crate::source::PATH_CHARACTERS;

/// Where the server's own files are. A folder of this name in a site is not served.
pub(super) const OWN: &str = "/_recto/";

/// The last good site is below this.
const LAST_GOOD: &str = "/_recto/last-good/";

/// The page for addresses that do not exist.
const NOT_FOUND: &str = "404.html";

/// The page of a folder.
const INDEX: &str = "index.html";

/// How much of a file is read at a time.
const PIECE: usize = 1 << 18;

/// What pages may do: use what comes from here, and nothing else. `{}` stands for the page's inline
/// styles.
macro_rules! policy {
    () => {
        "default-src 'none'; style-src 'self'{}; img-src 'self'; font-src 'self'; media-src 'self'; \
         object-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    };
}

/// What a reader of a page is looking at.
#[derive(Clone, Copy)]
enum Looking<'a> {
    AtSite(&'a Build),
    AtLastGood(&'a Build),
}

/// The answer for a path, given as in the request.
pub(super) fn answer(shown: &Shown, shelf: &ServedFiles, path: &str) -> Response<Body> {
    match path {
        "/_recto/reload.js" => return text(include_str!("reload.js"), "reload.js"),
        "/_recto/mistakes.css" => return text(include_str!("mistakes.css"), "mistakes.css"),
        _ => {}
    }
    if let Some(below) = path.strip_prefix(LAST_GOOD) {
        return match (&shown.face, &shown.good) {
            (Showing::Mistakes(_), Some(good)) => {
                site(shown, Looking::AtLastGood(good), shelf, LAST_GOOD, below)
            }
            _ => redirect(&encoded("/", below)),
        };
    }
    if path.starts_with(OWN) {
        return plain(StatusCode::NOT_FOUND, "there is nothing here");
    }
    let below = path.strip_prefix('/').unwrap_or(path);
    match &shown.face {
        Showing::Site(build) => site(shown, Looking::AtSite(build), shelf, "/", below),
        Showing::Mistakes(mistakes) => wrong(shown, mistakes, below),
    }
}

/// A plain answer, made only of our own words.
pub(super) fn plain(status: StatusCode, why: &str) -> Response<Body> {
    let mut answer = with_type(format!("{why}\n"), "x.txt");
    *answer.status_mut() = status;
    answer
}

/// What a site has at a path.
fn site(
    shown: &Shown,
    looking: Looking<'_>,
    shelf: &ServedFiles,
    prefix: &str,
    path: &str,
) -> Response<Body> {
    let (Looking::AtSite(build) | Looking::AtLastGood(build)) = looking;
    // Decoded once: what is still encoded after that is part of the name.
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else {
        return plain(StatusCode::BAD_REQUEST, "the address is not UTF-8");
    };
    match find(build, &decoded) {
        Lookup::At(path, recipe) => render(shown, looking, shelf, path, recipe),
        Lookup::Folder => redirect(&format!("{}/", encoded(prefix, path))),
        Lookup::Nothing => match build.plan.recipes.get(NOT_FOUND) {
            Some(recipe) => {
                let mut answer = render(shown, looking, shelf, NOT_FOUND, recipe);
                if answer.status() == StatusCode::OK {
                    *answer.status_mut() = StatusCode::NOT_FOUND;
                }
                answer
            }
            None => plain(StatusCode::NOT_FOUND, "there is nothing here"),
        },
    }
}

/// Whether a PDF has to be made before a path can be answered.
pub(super) fn is_printed(shown: &Shown, path: &str) -> bool {
    let build = match (&shown.face, &shown.good) {
        (Showing::Site(build), _) | (Showing::Mistakes(_), Some(build)) => build,
        (Showing::Mistakes(_), None) => return false,
    };
    let below = path.strip_prefix(LAST_GOOD).or(path.strip_prefix('/')).unwrap_or(path);
    let Ok(below) = percent_decode_str(below).decode_utf8() else { return false };
    matches!(find(build, &below), Lookup::At(_, recipe) if ServedFiles::has_pdf(build, recipe))
}

/// What a plan has at a path.
enum Lookup<'b> {
    At(&'b str, &'b Recipe),
    /// Only a folder with a page.
    Folder,
    Nothing,
}

/// Looks a path up in the plan. The disk is not asked.
fn find<'b>(build: &'b Build, path: &str) -> Lookup<'b> {
    let recipes = &build.plan.recipes;
    let page_of_folder = match path {
        "" => INDEX.to_owned(),
        folder if folder.ends_with('/') => format!("{folder}{INDEX}"),
        file => match recipes.get_key_value(file) {
            Some((path, recipe)) => return Lookup::At(path, recipe),
            None if recipes.contains_key(&format!("{file}/{INDEX}")) => {
                return Lookup::Folder;
            }
            None => return Lookup::Nothing,
        },
    };
    match recipes.get_key_value(&page_of_folder) {
        Some((path, recipe)) => Lookup::At(path, recipe),
        None => Lookup::Nothing,
    }
}

/// Makes what a recipe describes.
fn render(
    shown: &Shown,
    looking: Looking<'_>,
    shelf: &ServedFiles,
    path: &str,
    recipe: &Recipe,
) -> Response<Body> {
    let (Looking::AtSite(build) | Looking::AtLastGood(build)) = looking;
    // A report's page shows the size of its PDF.
    let pdf = match shelf.print(build, recipe) {
        Ok(pdf) => pdf,
        Err(errors) => return wrong(shown, &Mistakes::of(&build.input, &errors), path),
    };
    match build.render(path, recipe) {
        Ok(Output::Bytes(bytes))
            if matches!(recipe, Recipe::Page { .. } | Recipe::Redirect { .. }) =>
        {
            let shows = match looking {
                Looking::AtSite(_) => "page",
                Looking::AtLastGood(_) => "last-good",
            };
            with_type(with_script(bytes, &shown.version, shows), path)
        }
        Ok(Output::Bytes(bytes)) => with_type(bytes, path),
        Ok(Output::Copy(file)) => copy(shelf.root(), &build.input.file(file).path, path),
        Ok(Output::Pdf(_)) => match pdf {
            Some(pdf) => with_type(Bytes::from_owner(pdf), path),
            None => plain(StatusCode::NOT_FOUND, "there is no PDF"),
        },
        Err(error) => wrong(shown, &Mistakes::of_template(&build.input, &error), path),
    }
}

/// The page of mistakes, instead of what is at a path.
fn wrong(shown: &Shown, mistakes: &Mistakes, path: &str) -> Response<Body> {
    let good = shown.good.as_ref().filter(|_| matches!(shown.face, Showing::Mistakes(_)));
    let last_good = good.map(|good| {
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        match find(good, &decoded) {
            Lookup::Nothing => LAST_GOOD.to_owned(),
            _ => encoded(LAST_GOOD, path),
        }
    });
    let page = mistakes.page(&Frame { version: &shown.version, last_good });
    let mut answer = with_type(page.into_bytes(), "mistakes.html");
    *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    answer
}

/// A page with the script that reloads it.
fn with_script(mut page: Vec<u8>, version: &str, shows: &str) -> Vec<u8> {
    let script = format!(
        "<script src=\"/_recto/reload.js\" data-version=\"{version}\" data-shows=\"{shows}\"></script>\n"
    );
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|part| part == end).unwrap_or(page.len());
    page.splice(at..at, script.into_bytes());
    page
}

/// A file of the site, read from disk. `path` is the one in the plan.
fn copy(root: &Path, source: &str, path: &str) -> Response<Body> {
    let Some((mut file, length)) = open_asset(root, source) else {
        return plain(StatusCode::NOT_FOUND, "the file is no longer there");
    };
    let mut first = vec![0; usize::try_from(length).unwrap_or(PIECE).min(PIECE)];
    if file.read_exact(&mut first).is_err() {
        return plain(StatusCode::NOT_FOUND, "the file cannot be read");
    }
    if first.len() as u64 == length {
        return with_type(first, path);
    }
    // Films can be large: each piece is read when the one before has been sent.
    let rest = file.take(length - first.len() as u64);
    let pieces = stream::try_unfold((rest, first), |(mut rest, piece)| async move {
        if piece.is_empty() {
            return Ok(None);
        }
        let read = tokio::task::spawn_blocking(move || {
            let mut next = Vec::with_capacity(PIECE);
            rest.by_ref().take(PIECE as u64).read_to_end(&mut next).map(|_| (rest, next))
        });
        let state = read.await.map_err(std::io::Error::other)??;
        std::io::Result::Ok(Some((Bytes::from(piece), state)))
    });
    let mut answer = with_type(Vec::new(), path);
    answer.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    *answer.body_mut() = Body::from_stream(pieces);
    answer
}

/// The address of a path from a request. It begins with one `/`, and has nothing that a browser
/// would take for another host.
fn encoded(prefix: &str, path: &str) -> String {
    let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy();
    format!("{prefix}{}", utf8_percent_encode(path.trim_start_matches('/'), PATH_CHARACTERS))
}

/// A redirect to another path of this server.
fn redirect(to: &str) -> Response<Body> {
    let mut answer = plain(StatusCode::TEMPORARY_REDIRECT, "this has another address");
    // It is encoded, so it is ASCII.
    if let Ok(to) = HeaderValue::from_str(to) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}

fn text(text: &'static str, path: &str) -> Response<Body> {
    with_type(text.as_bytes().to_vec(), path)
}

/// An answer of the type that the ending of a path gives.
fn with_type(bytes: impl Into<Bytes>, path: &str) -> Response<Body> {
    let bytes = bytes.into();
    let of = content_type(path);
    let policy = match of {
        "text/html; charset=utf-8" | "image/svg+xml; charset=utf-8" => policy(&bytes),
        _ => policy(b""),
    };
    let mut answer = Response::new(Body::from(bytes));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(of));
    answer.headers_mut().extend(policy.map(|policy| (header::CONTENT_SECURITY_POLICY, policy)));
    answer
}

/// What a page may do, with the inline styles in its head: the one for the printed title, and those
/// of the site's own templates.
fn policy(page: &[u8]) -> Option<HeaderValue> {
    let page = std::str::from_utf8(page).unwrap_or("");
    let head = page.split_once("</head>").map_or(page, |(head, _)| head);
    let styles = head.split("<style").skip(1).filter_map(|rest| {
        let (style, _) = rest.split_once('>')?.1.split_once("</style>")?;
        let hash =
            base64::engine::general_purpose::STANDARD.encode(digest(&SHA256, style.as_bytes()));
        Some(format!(" 'sha256-{hash}'"))
    });
    HeaderValue::from_str(&format!(policy!(), styles.collect::<String>())).ok()
}

/// The type of a file, by the ending of its name.
fn content_type(path: &str) -> &'static str {
    let ending = path.rsplit(['/', '.']).next().unwrap_or("").to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "txt" | "md" | "yaml" | "yml" | "bib" | "ris" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _ => "application/octet-stream",
    }
}
