//! The site in the browser: what is answered, what is refused, and what follows a save.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use recto::publish::{ForeignFiles, PublishTarget, publish};
use recto::serve::Watching;

use crate::served::{Answer, PATIENCE, Served};
use crate::site::{Scratch, project};

const SITE: &str = "title: A site\n";
const REPORT: &str = "---\ntitle: A report\nkind: evaluation\nas_at: 2021-01-01\n---\n\nWords.\n";
const ONE: &str = "---\nnumber: 1\ntitle: The first\nresponse: accepted\nstatus: in progress\n\
                   responsible: Us\ndeadline: 2022-01-01\n---\n\n## Recommendation\n\nDo it.\n\n\
                   ## Management response\n\nYes.\n\n## Progress at 1 January 2021: in progress\n\n\
                   Some.\n";
const ONE_PATH: &str = "content/r/01-first.md";
const PAGE: &str = "/r/1.html";

fn small() -> Scratch {
    Scratch::new(&[
        ("content/site.yaml", SITE),
        ("content/r/report.md", REPORT),
        (ONE_PATH, ONE),
        ("content/about.md", "---\ntitle: About\n---\n\nAbout it.\n"),
    ])
}

/// The bytes without the line that reloads a page.
fn without_script(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let (before, rest) = text.split_once("<script src=\"/_recto/reload.js\"").unwrap();
    let (_, after) = rest.split_once("</script>\n").unwrap();
    format!("{before}{after}").into_bytes()
}

#[test]
fn every_path_has_the_bytes_of_a_build() {
    let scratch = Scratch::demo();
    std::fs::write(scratch.path("content/central-asia/film.mp4"), vec![7; 3_000_001]).unwrap();
    let three = project().join("tests/cases/three-languages");
    for root in [scratch.root(), three.as_path()] {
        let build = crate::site::build_of(root, recto::assemble::Options::default());
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        let target = PublishTarget { folder: &out, root, strangers: ForeignFiles::Refuse };
        publish(&build, &target, || ()).unwrap();
        let served = Served::new(root);
        assert!(build.plan.recipes.len() > 10);
        for path in build.plan.recipes.keys() {
            let expected = std::fs::read(out.join(path)).unwrap();
            let encoded =
                percent_encoding::utf8_percent_encode(path, recto::source::PATH_CHARACTERS);
            let answer = served.get(&format!("/{encoded}"));
            assert_eq!(answer.status, 200, "{path}");
            let length = answer.header("content-length").unwrap();
            assert_eq!(length, answer.body.len().to_string(), "{path}");
            let is_page = path.ends_with(".html");
            let bytes = if is_page { without_script(&answer.body) } else { answer.body };
            assert!(bytes == expected, "{path} differs");
        }
    }
}

#[test]
fn answers_are_strict() {
    let scratch = Scratch::demo();
    let served = Served::new(scratch.root());
    let expected = [
        ("/", "text/html; charset=utf-8"),
        ("/assets/recto.css", "text/css; charset=utf-8"),
        ("/_recto/reload.js", "text/javascript; charset=utf-8"),
        ("/_recto/mistakes.css", "text/css; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/recommendations.json", "application/json; charset=utf-8"),
        ("/recommendations.csv", "text/csv; charset=utf-8"),
        ("/nothing", "text/html; charset=utf-8"),
    ];
    for (path, of) in expected {
        let answer = served.get(path);
        assert_eq!(answer.header("content-type"), Some(of), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        let head = served.ask("HEAD", path, "");
        assert_eq!((head.status, head.body.len()), (answer.status, 0), "{path}");
        assert_eq!(head.header("content-length"), answer.header("content-length"), "{path}");
    }
}

#[test]
fn addresses_are_those_of_any_host() {
    let scratch = Scratch::demo();
    let served = Served::new(scratch.root());
    let folder = served.get("/central-asia");
    assert_eq!((folder.status, folder.header("location")), (307, Some("/central-asia/")));
    assert_eq!(served.get("/central-asia/").body, served.get("/central-asia/index.html").body);
    assert_eq!(served.get("/central%2Dasia/").status, 200);
    assert_eq!(served.get("/central%252Dasia/").status, 404);
    let missing = served.get("/no/such/page");
    assert_eq!(missing.status, 404);
    assert_eq!(without_script(&missing.body), without_script(&served.get("/404.html").body));
    // What is only shown beside mistakes redirects to the ordinary address.
    let good = served.get("/_recto/last-good//evil.example/");
    assert_eq!((good.status, good.header("location")), (307, Some("/evil.example/")));
    let good = served.get("/_recto/last-good/%2F%5Cevil.example");
    assert_eq!(good.header("location"), Some("/%5Cevil.example"));
}

#[test]
fn hostile_requests_are_refused_and_the_server_lives() {
    let scratch = Scratch::demo();
    std::fs::write(scratch.path("secret.txt"), "a secret").unwrap();
    let served = Served::new(scratch.root());
    let host = served.host().to_owned();
    for path in [
        "/../secret.txt",
        "/../../etc/passwd",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/content/../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/_recto/../../secret.txt",
        "/_recto/last-good/../secret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/index.html%00",
        "/%00",
        "/secret.txt%00.html",
        "/content/site.yaml",
        "/C:/Windows/win.ini",
        "/nul",
        "/%ff%fe",
        "/%",
        "/%zz",
    ] {
        let answer = served.get(path);
        let is_refused = matches!(answer.status, 307 | 400 | 404);
        assert!(is_refused && !answer.text().contains("a secret"), "{path}: {answer:?}");
    }
    for request in [
        "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: evil.example:{}\r\n\r\n", &host[10..]),
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
        "GET / HTTP/1.0\r\n\r\n".to_owned(),
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n"),
        format!(
            "GET /_recto/events HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.example\r\n\r\n"
        ),
        format!("GET /_recto/events HTTP/1.1\r\nHost: {host}\r\nOrigin: null\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nOrigin: https://{host}\r\n\r\n"),
        format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n\r\nabc"),
        format!("PUT /x HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n"),
        format!("OPTIONS * HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("CONNECT evil.example:443 HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET /\0 HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "x".repeat(1 << 20)),
        format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n", "x".repeat(1 << 20)),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n{}\r\n", "X: y\r\n".repeat(1000)),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}".repeat(200),
    ] {
        // What is kept open is closed by the test.
        let request = request.replacen("\r\n", "\r\nConnection: close\r\n", 1);
        let asked = Instant::now();
        let answer = served.send(request.as_bytes());
        // Some are refused without an answer.
        let is_refused = answer.as_ref().is_none_or(|answer| (400..500).contains(&answer.status));
        assert!(is_refused && asked.elapsed() < PATIENCE, "{:.200}: {answer:?}", request);
        served.lives();
    }
}

#[test]
fn many_and_slow_connections_keep_nobody_out() {
    let scratch = Scratch::demo();
    scratch.write("content/central-asia/film.mp4", &"film".repeat(4_000_000));
    let served = Served::new(scratch.root());
    let host = served.host().to_owned();
    let mut slow = served.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
    let silent: Vec<TcpStream> = (0..500).map(|_| served.connect()).collect();
    served.lives();
    // These ask, but accept nothing of the answer, whether from memory or from disk.
    let mut deaf: Vec<TcpStream> = (0..50).map(|_| served.connect()).collect();
    for (stream, file) in
        deaf.iter_mut().zip(["recommendations.json", "central-asia/film.mp4"].into_iter().cycle())
    {
        let ask = format!("GET /{file} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        let _ = stream.write_all(ask.repeat(20).as_bytes());
    }
    std::thread::sleep(Duration::from_millis(100));
    let asked = Instant::now();
    served.lives();
    assert!(
        asked.elapsed() < Duration::from_secs(5),
        "a page waits for a client that does not listen"
    );
    let listening: Vec<TcpStream> = (0..300)
        .map(|_| {
            let mut stream = served.connect();
            let ask = format!("GET /_recto/events HTTP/1.1\r\nHost: {host}\r\n\r\n");
            let _ = stream.write_all(ask.as_bytes());
            stream
        })
        .collect();
    served.lives();
    // The slow one has been closed to make room, or is closed when its time is over.
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{rest:?}");
    drop((silent, deaf, listening));
    served.lives();
}

#[test]
fn the_event_stream_tells_each_state() {
    let scratch = small();
    let served = Served::new(scratch.root());
    let mut stream = served.connect();
    let host = served.host();
    let origin = format!("Origin: http://{host}\r\n");
    let head = format!("GET /_recto/events HTTP/1.1\r\nHost: {host}\r\n{origin}\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut came = String::new();
    let mut until = |text: &str| {
        let mut piece = [0; 4096];
        while !came.contains(text) {
            let length = stream.read(&mut piece).unwrap();
            assert!(length > 0, "the stream has ended: {came}");
            came.push_str(&String::from_utf8_lossy(&piece[..length]));
        }
        std::mem::take(&mut came)
    };
    let first = until("\"mistakes\":false}");
    assert!(first.contains("text/event-stream"), "{first}");
    let version = served.get(PAGE).text();
    let version = version.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(first.contains(version), "{first}");
    scratch.write(ONE_PATH, &ONE.replace("status: in progress", "status: nonsense"));
    until("\"mistakes\":true}");
    scratch.write(ONE_PATH, &ONE.replace("Do it.", "Do it now."));
    until("\"mistakes\":false}");
    stream.shutdown(Shutdown::Both).unwrap();
}

#[test]
fn what_is_saved_is_shown_though_nobody_tells() {
    let scratch = small();
    let served = Served::watching(scratch.root(), Watching::Looking);
    scratch.write(ONE_PATH, &ONE.replace("Do it.", "Do it soon."));
    served.shows(PAGE, "Do it soon.");
    // The same length, within the same second.
    scratch.write(ONE_PATH, &ONE.replace("Do it.", "Do it sooo."));
    served.shows(PAGE, "Do it sooo.");
    std::fs::rename(scratch.path("content/r"), scratch.path("content/s")).unwrap();
    served.shows("/s/", "A report");
    assert_eq!(served.get("/r/").status, 404);
}

#[test]
fn what_is_saved_is_shown() {
    let scratch = small();
    let served = Served::new(scratch.root());
    served.shows(PAGE, "Do it.");
    scratch.write(ONE_PATH, &ONE.replace("Do it.", "Do it soon."));
    served.shows(PAGE, "Do it soon.");
    let line = served.says("content/r/01-first.md: ");
    assert!(line.contains(" ms, "), "{line}");

    // As editors save: a new file that replaces the old one, or the old one emptied first.
    scratch.write("content/r/.01-first.md.swp", "x");
    scratch.write("content/r/4913", "");
    std::fs::remove_file(scratch.path("content/r/4913")).unwrap();
    scratch.write("content/r/01-first.md~", &ONE.replace("Do it.", "Renamed."));
    std::fs::rename(scratch.path("content/r/01-first.md~"), scratch.path(ONE_PATH)).unwrap();
    served.shows(PAGE, "Renamed.");
    std::fs::write(scratch.path(ONE_PATH), "").unwrap();
    std::thread::sleep(Duration::from_millis(10));
    scratch.write(ONE_PATH, &ONE.replace("Do it.", "Emptied, and filled."));
    let states = std::iter::repeat_with(|| served.get(PAGE));
    let shown: Vec<Answer> = states
        .inspect(|_| std::thread::sleep(Duration::from_millis(2)))
        .take(1000)
        .take_while(|answer| !answer.text().contains("Emptied, and filled."))
        .collect();
    assert!(shown.iter().all(|answer| answer.status == 200), "a half-read file was shown");
    served.shows(PAGE, "Emptied, and filled.");

    // A new file, a new folder, a rename, a deletion.
    let two = ONE.replace("number: 1", "number: 2").replace("The first", "The second");
    scratch.write("content/r/02-second.md", &two);
    served.shows("/r/2.html", "The second");
    served.shows(PAGE, "The second");
    scratch.write("content/s/report.md", &REPORT.replace("A report", "Another report"));
    served.shows("/s/", "Another report");
    std::fs::rename(scratch.path("content/s"), scratch.path("content/t")).unwrap();
    served.shows("/t/", "Another report");
    assert_eq!(served.get("/s/").status, 404);
    scratch.write("content/t/report.md", &REPORT.replace("A report", "A third one"));
    served.shows("/t/", "A third one");
    std::fs::remove_dir_all(scratch.path("content/t")).unwrap();
    served.wait("/t/", |answer| answer.status == 404);
    std::fs::rename(scratch.path("content/about.md"), scratch.path("content/more.md")).unwrap();
    served.shows("/more.html", "About it.");
    assert_eq!(served.get("/about.html").status, 404);
    scratch.write("content/r/table.txt", "1");
    served.shows("/r/table.txt", "1");
    scratch.write("content/r/table.txt", "2");
    served.shows("/r/table.txt", "2");

    // What is not a text of the content.
    scratch.write("content/site.yaml", "title: Renamed site\n");
    served.shows(PAGE, "Renamed site");
    scratch.write("templates/strings/en.yaml", "recommendation:\n  facts: The facts of it\n");
    served.shows(PAGE, "The facts of it");
    scratch.write("templates/assets/recto.css", "body { color: teal }\n");
    served.shows("/assets/recto.css", "teal");
    let page = "{% extends \"base.html\" %}{% block main %}My own page{% endblock %}";
    scratch.write("templates/page.html", page);
    served.shows("/more.html", "My own page");
    std::fs::remove_dir_all(scratch.path("templates")).unwrap();
    served.shows("/more.html", "About it.");
    assert!(!scratch.path("public").exists());
}

#[test]
fn mistakes_are_shown_and_the_last_good_page_stays() {
    let scratch = small();
    let served = Served::new(scratch.root());
    let broken = ONE.replace("status: in progress", "status: <b>nonsense</b>");
    scratch.write(ONE_PATH, &broken);
    let wrong = served.wait(PAGE, |answer| answer.status == 500);
    let text = wrong.text();
    assert!(text.contains("content/r/01-first.md:5:9"), "{text}");
    assert!(text.contains("status: <mark>&lt;b&gt;nonsense&lt;/b&gt;</mark>"), "{text}");
    assert!(text.contains("role=\"alert\"") && text.contains("<h1>1 error</h1>"), "{text}");
    assert!(text.contains("href=\"/_recto/last-good/r/1.html\""), "{text}");
    assert!(!wrong.header("content-security-policy").unwrap().contains("unsafe"));
    served.says("1 error");
    let good = served.get("/_recto/last-good/r/1.html");
    assert_eq!(good.status, 200);
    assert!(good.text().contains("Do it.") && good.text().contains("data-shows=\"last-good\""));
    assert_eq!(served.get("/_recto/last-good/assets/recto.css").status, 200);
    assert_eq!(served.get("/_recto/last-good/r").header("location"), Some("/_recto/last-good/r/"));
    assert!(served.get("/nothing").text().contains("href=\"/_recto/last-good/\""));

    scratch.write(ONE_PATH, &ONE.replace("Do it.", "Mended."));
    served.shows(PAGE, "Mended.");
    let good = served.get("/_recto/last-good/r/1.html");
    assert_eq!((good.status, good.header("location")), (307, Some("/r/1.html")));

    // Only the checks find this one, when the page is already shown.
    scratch.write(ONE_PATH, &ONE.replace("Do it.", "See [this](#nowhere) and [[9]]."));
    served.wait(PAGE, |answer| answer.status == 500);
    scratch.write(ONE_PATH, ONE);
    served.shows(PAGE, "Do it.");

    // A warning does not hide the page.
    scratch.write(ONE_PATH, &ONE.replace("responsible: Us\n", "").replace("Do it.", "Warned."));
    served.shows(PAGE, "Warned.");
    served.says("warning");
    assert_eq!(served.get(PAGE).status, 200);
}

#[test]
fn a_template_that_fails_is_shown_at_its_place() {
    let scratch = small();
    scratch.write(
        "templates/page.html",
        "{% extends \"base.html\" %}{% block main %}{{ no.such.thing }}{% endblock %}",
    );
    let served = Served::new(scratch.root());
    let wrong = served.get("/about.html");
    assert_eq!(wrong.status, 500, "{}", wrong.text());
    assert!(wrong.text().contains("templates/page.html:1:"), "{}", wrong.text());
    served.lives();
    scratch.write("templates/page.html", "{% extends \"base.html\" %}{% block main %}x{% if");
    served.wait("/", |answer| {
        answer.status == 500 && answer.text().contains("templates/page.html:1:")
    });
    std::fs::remove_file(scratch.path("templates/page.html")).unwrap();
    served.shows("/about.html", "About it.");
}

#[test]
fn a_site_with_mistakes_is_served_from_the_beginning() {
    let scratch = small();
    scratch.write(ONE_PATH, "no front matter");
    let served = Served::new(scratch.root());
    let wrong = served.get("/");
    assert_eq!(wrong.status, 500);
    assert!(!wrong.text().contains("last good page"), "{}", wrong.text());
    assert!(served.server.tally.errors > 0);
    scratch.write(ONE_PATH, ONE);
    served.shows(PAGE, "Do it.");
}

#[test]
fn a_folder_that_is_gone_for_a_moment_ends_nothing() {
    let scratch = small();
    let served = Served::new(scratch.root());
    std::fs::rename(scratch.path("content"), scratch.path("elsewhere")).unwrap();
    let wrong = served.wait("/", |answer| answer.status == 500);
    assert!(wrong.text().contains("there is no folder `content`"), "{}", wrong.text());
    assert_eq!(served.get("/_recto/last-good/r/1.html").status, 200);
    std::fs::rename(scratch.path("elsewhere"), scratch.path("content")).unwrap();
    served.shows(PAGE, "Do it.");
    scratch.write(ONE_PATH, &ONE.replace("Do it.", "It is watched again."));
    served.shows(PAGE, "It is watched again.");
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_site() {
    let scratch = small();
    let outside = Scratch::new(&[("secret.txt", "a secret")]);
    scratch.write("content/r/table.txt", "a table");
    scratch.write("content/r/files/table.txt", "a table");
    let served = Served::new(scratch.root());
    served.shows("/r/table.txt", "a table");
    std::fs::remove_file(scratch.path("content/r/table.txt")).unwrap();
    let link = |from: &str, to: &Path| {
        std::os::unix::fs::symlink(to, scratch.path(from)).unwrap();
    };
    link("content/r/table.txt", &outside.path("secret.txt"));
    std::fs::remove_dir_all(scratch.path("content/r/files")).unwrap();
    std::fs::rename(outside.path("secret.txt"), outside.path("table.txt")).unwrap();
    link("content/r/files", outside.root());
    for _ in 0..100 {
        for path in ["/r/table.txt", "/r/files/table.txt"] {
            assert!(!served.get(path).text().contains("a secret"), "{path}");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    served.wait("/", |answer| answer.status == 500 && answer.text().contains("is a link"));
}

#[test]
fn a_port_that_is_taken_is_said() {
    let scratch = small();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let output = recto(scratch.root(), &["--port", &port.to_string()]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("port {port} is in use; ")), "{said}");
    let output = recto(&scratch.path("nowhere"), &["--port", "0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

fn recto(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.arg("serve").args(arguments).arg("--root").arg(root);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_though_a_browser_listens() {
    use std::io::BufRead as _;
    let scratch = small();
    for signal in ["-INT", "-TERM"] {
        let mut child = recto(scratch.root(), &["--port", "0"]).spawn().unwrap();
        let mut lines = std::io::BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().unwrap().starts_with("Serving ")).unwrap();
        let line = line.unwrap();
        let host = line.split("http://").nth(1).unwrap().split('/').next().unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!("GET /_recto/events HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut piece = [0; 100];
        assert!(stream.read(&mut piece).unwrap() > 0);
        let pid = child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}
