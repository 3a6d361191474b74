//! The site as it is served: the bytes of a build, each change at once, and nothing for strangers.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use recto::assemble::{Options as Content, Pdfs};
use recto::pipeline::Settings;
use recto::publish::{Strangers, Target, publish};
use recto::serve::{Options, Server};

use crate::site::{Scratch, build_of, files_below, project, today};

/// How long anything is waited for before a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// Serves a site, for as long as the test runs.
fn serve(root: &Path, pdfs: Pdfs) -> SocketAddr {
    let options = Options {
        root: root.to_owned(),
        today: today(),
        settings: Settings {
            options: Content { pdfs, ..Content::default() },
            ..Settings::default()
        },
        host: [127, 0, 0, 1].into(),
        name: "127.0.0.1".to_owned(),
        port: 0,
    };
    let server = Server::new(options).unwrap();
    let address = server.address();
    std::thread::spawn(move || server.run(std::future::pending(), |_| {}).unwrap());
    address
}

/// An answer: its status, its head, its body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends bytes as they are; none when the connection was closed without an answer.
fn send(address: SocketAddr, request: &[u8]) -> Option<Answer> {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    // A server may refuse before it has read all.
    let _ = socket.write_all(request);
    let mut bytes = Vec::new();
    let _ = socket.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head, body: bytes[end + 4..].to_vec() })
}

fn get_with(address: SocketAddr, path: &str, headers: &str) -> Option<Answer> {
    let request = format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
    send(address, request.as_bytes())
}

fn get(address: SocketAddr, path: &str) -> Answer {
    get_with(address, path, &format!("Host: {address}\r\n")).unwrap()
}

/// Asks for a page until it says something, as a browser does that is told of changes.
fn until(address: SocketAddr, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
    let started = Instant::now();
    loop {
        let answer = get(address, path);
        if wanted(&answer) {
            return answer;
        }
        let said = answer.text();
        assert!(started.elapsed() < PATIENCE, "{path} says: {} {said}", answer.status);
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A page without the script that loads it again.
fn without_script(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8(page.to_vec()).unwrap();
    let (before, rest) = page.split_once("<script src=\"/_recto/reload.js").unwrap();
    let (_, after) = rest.split_once("</script>\n").unwrap();
    format!("{before}{after}").into_bytes()
}

#[test]
fn every_path_has_the_bytes_of_a_build() {
    let markdown = project().join("tests/cases/markdown");
    for root in [project(), project().join("tests/cases/three-languages"), markdown] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        let build = build_of(&root, Content::default());
        let target = Target { folder: &out, root: &root, strangers: Strangers::Refuse };
        publish(&build, &target, || ()).unwrap();
        let address = serve(&root, Pdfs::Make);
        let files = files_below(&out);
        assert!(files.len() > 10);
        for (path, bytes) in files.into_iter().filter(|(path, _)| !path.starts_with(".recto")) {
            let encoded: String = path.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let answer = get(address, &format!("/{encoded}"));
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.head.contains("x-content-type-options: nosniff"), "{path}");
            let served = match path.ends_with(".html") {
                true => without_script(&answer.body),
                false => answer.body,
            };
            assert_eq!(served, bytes, "{path}");
        }
    }
}

#[test]
fn addresses_are_those_of_a_web_server() {
    let address = serve(&project(), Pdfs::LeaveOut);
    assert!(get(address, "/").text().contains("Progress on recommendations"));
    assert_eq!(get(address, "/central-asia/").status, 200);
    let folder = get(address, "/central-asia");
    assert_eq!(folder.status, 308);
    assert!(folder.head.contains("location: /central-asia/"), "{}", folder.head);
    let nothing = get(address, "/nothing.html");
    assert_eq!(nothing.status, 404);
    assert!(nothing.text().contains("Page not found"));
    let posted = send(
        address,
        format!(
            "POST / HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .as_bytes(),
    );
    assert_eq!(posted.unwrap().status, 405);
    let page = get(address, "/central-asia/1.html");
    assert!(page.head.contains("script-src 'self'") && page.head.contains("'sha256-"));
    assert!(page.head.contains("cache-control: no-store"));
    assert!(!page.head.contains("access-control"));
}

#[test]
fn each_change_is_seen() {
    let scratch = Scratch::demo();
    let address = serve(scratch.root(), Pdfs::LeaveOut);
    let says = |text: &'static str| move |answer: &Answer| answer.text().contains(text);
    let path = "content/central-asia/02-industrial-safety-actors.md";
    let original = std::fs::read_to_string(scratch.path(path)).unwrap();

    // A text.
    scratch.write(path, &original.replace("title: ", "title: Changed "));
    until(address, "/central-asia/2.html", says("Changed "));
    // In the way of editors: a new file takes the place of the old one.
    scratch.write("content/central-asia/x.tmp", &original.replace("title: ", "title: Moved "));
    std::fs::rename(scratch.path("content/central-asia/x.tmp"), scratch.path(path)).unwrap();
    until(address, "/central-asia/2.html", says("Moved "));
    // A mistake, the last good page, and the mistake mended.
    scratch.write(path, &original.replace("status: ", "staus<b>: "));
    let broken = until(address, "/central-asia/2.html", |answer| answer.status == 500);
    let said = broken.text();
    assert!(said.contains("02-industrial-safety-actors.md:"), "{said}");
    assert!(said.contains("staus&lt;b&gt;") && !said.contains("staus<b>"), "{said}");
    assert!(said.contains("/_recto/reload.js"));
    let good = get(address, "/central-asia/2.html?last-good");
    assert_eq!(good.status, 200);
    assert!(good.text().contains("Moved "));
    assert_eq!(get(address, "/assets/recto.css").status, 200);
    scratch.write(path, &original);
    until(address, "/central-asia/2.html", |answer| answer.status == 200);
    // A new file, another name, no file.
    scratch.write("content/new.md", "---\ntitle: New page\n---\n\nText.\n");
    until(address, "/new.html", says("New page"));
    std::fs::rename(scratch.path("content/new.md"), scratch.path("content/other.md")).unwrap();
    until(address, "/other.html", says("New page"));
    until(address, "/new.html", |answer| answer.status == 404);
    std::fs::remove_file(scratch.path("content/other.md")).unwrap();
    until(address, "/other.html", |answer| answer.status == 404);
    // A new folder, and one that goes.
    scratch
        .write("content/second/report.md", "---\ntitle: Second\nas_at: 2021-01-01\n---\n\nText.\n");
    until(address, "/second/", says("Second"));
    std::fs::remove_dir_all(scratch.path("content/second")).unwrap();
    until(address, "/second/", |answer| answer.status == 404);
    // The settings, words, styles and templates of the site, whose folder is new.
    let settings = std::fs::read_to_string(scratch.path("content/site.yaml")).unwrap();
    scratch.write("content/site.yaml", &settings.replace("Progress on", "Progress upon"));
    until(address, "/", says("Progress upon recommendations"));
    scratch.write("templates/strings/en.yaml", "page:\n  made_with: Made by hand\n");
    until(address, "/", says("Made by hand"));
    scratch.write("templates/assets/recto.css", "body { color: red }");
    until(address, "/assets/recto.css", says("color: red"));
    scratch.write(
        "templates/home.html",
        "{% extends \"base.html\" %}{% block main %}My home{% endblock %}",
    );
    until(address, "/", says("My home"));
    scratch.write(
        "templates/home.html",
        "{% extends \"base.html\" %}{% block main %}{{ page.nothing }}{% endblock %}",
    );
    until(address, "/", |answer| {
        answer.status == 500 && answer.text().contains("templates/home.html:1")
    });
    std::fs::remove_dir_all(scratch.path("templates")).unwrap();
    until(address, "/", says("Progress upon recommendations"));
    // The content goes for a moment, as when a branch is checked out.
    std::fs::rename(scratch.path("content"), scratch.path("elsewhere")).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(get(address, "/").status, 200);
    std::fs::rename(scratch.path("elsewhere"), scratch.path("content")).unwrap();
    scratch.write("content/back.md", "---\ntitle: Back again\n---\n\nText.\n");
    until(address, "/back.html", says("Back again"));
    assert!(!scratch.path("public").exists(), "nothing is written");
}

#[test]
fn a_browser_hears_of_changes() {
    let scratch = Scratch::demo();
    let address = serve(scratch.root(), Pdfs::LeaveOut);
    let mut socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(socket, "GET /_recto/events HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    let mut heard = String::new();
    let mut listen = |wanted: &str| {
        let mut bytes = [0; 1024];
        while !heard.contains(wanted) {
            let length = socket.read(&mut bytes).unwrap();
            assert!(length > 0, "{heard}");
            heard.push_str(&String::from_utf8_lossy(&bytes[..length]));
        }
    };
    listen("data: 1");
    scratch.write("content/about.md", "---\ntitle: About\n---\n\nOther words.\n");
    listen("data: 2");
}

#[test]
fn hostile_requests_are_refused_and_the_server_lives() {
    let scratch = Scratch::demo();
    scratch.write("secret.txt", "a secret");
    std::fs::create_dir_all(scratch.path("content/files")).unwrap();
    scratch.write("content/files/open.txt", "open");
    let address = serve(scratch.root(), Pdfs::LeaveOut);
    let own = format!("Host: {address}\r\n");
    let lives = || assert_eq!(get(address, "/assets/recto.css").status, 200);
    lives();
    for headers in [
        "Host: evil.example\r\n".to_owned(),
        format!("Host: evil.example:{}\r\n", address.port()),
        "Host: localhost\r\n".to_owned(),
        format!("{own}Host: evil.example\r\n"),
        format!("{own}Origin: http://evil.example\r\n"),
        format!("{own}Origin: null\r\n"),
        String::new(),
    ] {
        for path in ["/", "/_recto/events", "/central-asia/1.html"] {
            let answer = get_with(address, path, &headers).unwrap();
            assert!(
                [400, 403, 421].contains(&answer.status),
                "{path} {headers}: {}",
                answer.status
            );
            assert!(!answer.text().contains("Industrial"), "{path} {headers}");
        }
    }
    assert_eq!(get_with(address, "http://evil.example/", &own).unwrap().status, 421);
    for path in [
        "/../secret.txt",
        "/../../etc/passwd",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/central-asia/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/secret.txt",
        "//secret.txt",
        "/content/site.yaml",
        "/%00",
        "/central-asia/1.html%00",
        "/%ff%fe",
        "/files/open.txt/../../../secret.txt",
        "/.git/config",
        "/_recto/../secret.txt",
        "/_recto/",
    ] {
        let answer = get(address, path);
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.text().contains("a secret"), "{path}");
    }
    // A file that has become a link since it was read.
    #[cfg(unix)]
    {
        std::fs::remove_file(scratch.path("content/files/open.txt")).unwrap();
        std::os::unix::fs::symlink(
            scratch.path("secret.txt"),
            scratch.path("content/files/open.txt"),
        )
        .unwrap();
        assert!(!get(address, "/files/open.txt").text().contains("a secret"));
    }
    // Things that are no requests, or too large.
    for request in [
        format!("GET / HTTP/1.1\r\n{own}X: {}\r\n\r\n", "x".repeat(1 << 20)),
        format!("GET /{} HTTP/1.1\r\n{own}\r\n", "x".repeat(1 << 20)),
        format!("GET / HTTP/1.1\r\n{own}{}\r\n", "A: b\r\n".repeat(10_000)),
        "\0\0\0\0\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "GET /a b c HTTP/1.1\r\n\r\n".to_owned(),
    ] {
        let answer = send(address, request.as_bytes());
        assert!(answer.is_none_or(|answer| answer.status >= 400));
    }
    lives();
    // Many connections, and clients that say nothing.
    let idle: Vec<TcpStream> = (0..200).filter_map(|_| TcpStream::connect(address).ok()).collect();
    let mut slow = TcpStream::connect(address).unwrap();
    slow.write_all(b"GET / HT").unwrap();
    lives();
    drop(idle);
    let many: Vec<TcpStream> = (0..500).filter_map(|_| TcpStream::connect(address).ok()).collect();
    assert!(many.len() > 400);
    drop(many);
    lives();
    drop(slow);
}
