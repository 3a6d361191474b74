//! Addresses on other sites, played by a server on the loopback address that answers, moves,
//! refuses, hangs and lies.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use recto::assemble::Options;
use recto::external::{Asked, Pace, check};

use crate::site::{Scratch, build_of};

/// A host that records the paths that it was asked for, with the time.
struct Host {
    address: String,
    asked: Arc<Mutex<Vec<(String, Instant)>>>,
}

impl Host {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let host = Self { address, asked: Arc::clone(&asked) };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let asked = Arc::clone(&asked);
                std::thread::spawn(move || serve(stream, &asked));
            }
        });
        host
    }

    fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> =
            self.asked.lock().unwrap().iter().map(|(path, _)| path.clone()).collect();
        paths.sort();
        paths
    }
}

fn serve(mut stream: TcpStream, asked: &Mutex<Vec<(String, Instant)>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    let _ = reader.read_line(&mut first);
    let path = first.split(' ').nth(1).unwrap_or("").to_owned();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
            break;
        }
    }
    asked.lock().unwrap().push((path.clone(), Instant::now()));
    let plain = |status: &str| {
        format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    };
    let to = |status: &str, to: &str| {
        format!(
            "HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
    };
    let answer = match path.as_str() {
        "/moved" => to("301 Moved Permanently", "/fine"),
        "/for-now" => to("302 Found", "/fine"),
        "/moved-away" => to("301 Moved Permanently", "/gone"),
        "/circle" => to("301 Moved Permanently", "/circle"),
        "/out-of-the-web" => to("301 Moved Permanently", "file:///etc/passwd"),
        "/gone" => plain("404 Not Found"),
        "/gone-for-good" => plain("410 Gone"),
        "/forbidden" => plain("403 Forbidden"),
        path if path.starts_with("/too-many") => plain("429 Too Many Requests"),
        "/down" => plain("503 Service Unavailable"),
        // Lies: another protocol, a body that never comes, headers that never end.
        "/nonsense" => "SSH-2.0-OpenSSH_9.6\r\n\r\n".to_owned(),
        "/promises" => "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\nx".to_owned(),
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            let started = Instant::now();
            while started.elapsed() < Duration::from_secs(20)
                && stream.write_all(b"X-More: xxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n").is_ok()
            {
            }
            return;
        }
        path if path.starts_with("/hangs") => {
            std::thread::sleep(Duration::from_secs(20));
            return;
        }
        "/cut" => return,
        _ => plain("200 OK"),
    };
    let _ = stream.write_all(answer.as_bytes());
}

/// A site whose text links to these paths of a host.
fn site(host: &Host, paths: &[&str]) -> Scratch {
    let links: String =
        paths.iter().map(|path| format!("- [x]({}{path})\n", host.address)).collect();
    Scratch::new(&[
        ("content/site.yaml", "title: A site\n"),
        ("content/about.md", &format!("---\ntitle: About\n---\n\n{links}")),
    ])
}

/// For hosts that answer: patient enough for a slow machine.
const PATIENT: Pace = Pace { patience: Duration::from_secs(15), pause: Duration::ZERO, hosts: 4 };

/// For hosts that hang, longer than anyone would wait.
const QUICK: Pace = Pace { patience: Duration::from_millis(1500), ..PATIENT };

fn asked(scratch: &Scratch, manners: Pace) -> Asked {
    let build = build_of(scratch.root(), Options::default());
    check(&build.site, scratch.root(), |_| true, manners).unwrap()
}

/// What is reported about one path; empty when it is fine.
fn said(path: &str) -> String {
    let host = Host::new();
    let manners = if path == "/hangs" { QUICK } else { PATIENT };
    let asked = asked(&site(&host, &[path]), manners);
    let said = asked.diagnostics.iter().map(|d| {
        let message = d.message.replace(&host.address, "HOST");
        format!("{}[{}] {message}", d.severity.word(), d.code())
    });
    said.collect()
}

#[test]
fn each_answer_is_told_apart() {
    let silent =
        "note[unreachable-address] `HOST/hangs` gives no answer: nothing came back within 1.5 s";
    for (path, expected) in [
        ("/fine", ""),
        ("/fine?a=b#c", ""),
        ("/for-now", ""),
        ("/promises", ""),
        ("/moved", "note[moved-address] `HOST/moved` has moved for good"),
        ("/moved-away", "error[broken-address] `HOST/moved-away` is gone: its host answers 404"),
        ("/gone", "error[broken-address] `HOST/gone` is gone: its host answers 404"),
        (
            "/gone-for-good",
            "error[broken-address] `HOST/gone-for-good` is gone: its host answers 410",
        ),
        (
            "/forbidden",
            "note[blocked-address] `HOST/forbidden` cannot be checked: its host answers 403",
        ),
        (
            "/too-many",
            "note[blocked-address] `HOST/too-many` cannot be checked: its host answers 429",
        ),
        ("/down", "note[unreachable-address] `HOST/down` gives no answer: its host answers 503"),
        (
            "/circle",
            "note[unreachable-address] `HOST/circle` gives no answer: it redirects more than 10 times",
        ),
        (
            "/out-of-the-web",
            "note[unreachable-address] `HOST/out-of-the-web` gives no answer: it redirects to \
             something that is not an address",
        ),
        ("/hangs", silent),
    ] {
        assert_eq!(said(path), expected, "{path}");
    }
    for lie in ["/nonsense", "/endless", "/cut"] {
        let said = said(lie);
        assert!(said.starts_with("note[unreachable-address]"), "{lie}: {said}");
    }
}

#[test]
fn addresses_that_no_author_has_marked_as_links_are_asked_too() {
    let host = Host::new();
    let gone = format!("{}/gone", host.address);
    let text = format!("---\ntitle: About\n---\n\nRead {gone}, or [{gone}]({gone}).\n");
    let scratch =
        Scratch::new(&[("content/site.yaml", "title: A site\n"), ("content/about.md", &text)]);
    let asked = asked(&scratch, PATIENT);
    assert_eq!(host.paths(), ["/gone"]);
    let [said] = asked.diagnostics.as_slice() else { panic!("{:?}", asked.diagnostics) };
    assert_eq!(said.labels.len(), 1, "the address alone, and the link: {said:?}");
}

#[test]
fn a_host_that_is_not_there_fails_nothing() {
    let host = Host { address: "http://127.0.0.1:1".to_owned(), asked: Arc::default() };
    let asked = asked(&site(&host, &["/"]), PATIENT);
    let codes: Vec<_> = asked.diagnostics.iter().map(|d| d.code()).collect();
    assert_eq!(codes, ["unreachable-address"]);
}

#[test]
fn what_was_fine_is_not_asked_again_and_what_was_broken_is() {
    let host = Host::new();
    let scratch = site(&host, &["/fine", "/moved", "/gone", "/fine#again"]);
    let first = asked(&scratch, PATIENT);
    assert_eq!((first.asked, first.remembered), (3, 0));
    let second = asked(&scratch, PATIENT);
    assert_eq!((second.asked, second.remembered), (1, 2));
    let codes = |asked: &Asked| asked.diagnostics.iter().map(|d| d.code()).collect::<Vec<_>>();
    assert_eq!(codes(&first), ["broken-address", "moved-address"]);
    assert_eq!(codes(&second), codes(&first));
    assert_eq!(host.paths(), ["/fine", "/fine", "/gone", "/gone", "/moved"]);
}

#[test]
fn a_host_is_asked_one_by_one_with_a_pause_and_left_alone_when_it_says_so() {
    let host = Host::new();
    let pause = Duration::from_millis(120);
    let scratch = site(&host, &["/a", "/b", "/c"]);
    asked(&scratch, Pace { pause, ..PATIENT });
    let times: Vec<Instant> = host.asked.lock().unwrap().iter().map(|(_, at)| *at).collect();
    assert_eq!(times.len(), 3);
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= pause));

    let host = Host::new();
    let answers = asked(&site(&host, &["/too-many", "/too-many-2", "/too-many-3"]), PATIENT);
    assert_eq!(host.paths().len(), 1, "it asked to be left alone");
    assert_eq!(answers.diagnostics.len(), 3);

    let host = Host::new();
    let answers = asked(&site(&host, &["/hangs-1", "/hangs-2", "/hangs-3", "/hangs-4"]), QUICK);
    assert_eq!(host.paths().len(), 2, "nobody waits a third time");
    assert_eq!(answers.diagnostics.len(), 4);
}

#[test]
fn a_plain_check_asks_nobody_and_only_what_is_gone_fails() {
    let host = Host::new();
    let run = |scratch: &Scratch, arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_recto"))
            .arg("check")
            .args(arguments)
            .current_dir(scratch.root())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let harmless = site(&host, &["/forbidden", "/down", "/moved"]);
    assert_eq!(run(&harmless, &["--strict"]).0, Some(0));
    assert_eq!(host.paths(), Vec::<String>::new());
    let (status, said) = run(&harmless, &["--strict", "--external"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.starts_with("Asked 3 addresses on other sites; 0 were"), "{said}");
    let (status, _) = run(&site(&host, &["/gone"]), &["--external"]);
    assert_eq!(status, Some(1));
    let (status, _) = run(&harmless, &["--external", "--deny", "moved-address"]);
    assert_eq!(status, Some(1));
}
