//! A server that gets requests as browsers and others send them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use recto::pipeline::Settings;
use recto::serve::{Server, Service, Watching, start};

use crate::site::today;

/// How long to wait for a slow machine. Nothing should take this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A server on its own port, with the lines that it has printed.
pub(crate) struct Served {
    pub(crate) server: Server,
    pub(crate) said: Arc<Mutex<Vec<String>>>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Served {
    pub(crate) fn new(root: &Path) -> Self {
        Self::watching(root, Watching::Told)
    }

    pub(crate) fn watching(root: &Path, watching: Watching) -> Self {
        let said = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&said);
        let service = Service {
            root: root.to_owned(),
            today: Some(today()),
            settings: Settings::default(),
            watching,
            host: "127.0.0.1".to_owned(),
            port: Some(0),
        };
        let say = move |line: &str| lines.lock().unwrap().push(line.to_owned());
        Self { server: start(service, say).unwrap(), said }
    }

    /// `127.0.0.1:PORT`
    pub(crate) fn host(&self) -> &str {
        self.server.address.trim_start_matches("http://").trim_end_matches('/')
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends these bytes, and gives the answer, if there is one.
    pub(crate) fn send(&self, bytes: &[u8]) -> Option<Answer> {
        let mut stream = self.connect();
        // It may close before all was sent.
        let _ = stream.write_all(bytes);
        let mut came = Vec::new();
        let _ = stream.read_to_end(&mut came);
        let end = came.windows(4).position(|part| part == b"\r\n\r\n")?;
        let head = String::from_utf8(came[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1)?.parse().unwrap();
        Some(Answer { status, head, body: came[end + 4..].to_vec() })
    }

    /// Asks with a method, and the test's own headers after `Host`.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let host = self.host();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
        );
        self.send(head.as_bytes()).unwrap_or_else(|| panic!("no answer to {method} {path}"))
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Waits until a path gets such an answer.
    pub(crate) fn wait(&self, path: &str, is_so: impl Fn(&Answer) -> bool) -> Answer {
        let started = Instant::now();
        loop {
            let answer = self.get(path);
            if is_so(&answer) {
                return answer;
            }
            let said = self.said.lock().unwrap().join("\n");
            assert!(
                started.elapsed() < PATIENCE,
                "{path} is still {}: {}\n{said}",
                answer.status,
                answer.text()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn shows(&self, path: &str, text: &str) -> Answer {
        self.wait(path, |answer| answer.status == 200 && answer.text().contains(text))
    }

    /// Waits for a line that contains this.
    pub(crate) fn says(&self, text: &str) -> String {
        let started = Instant::now();
        loop {
            let said = self.said.lock().unwrap().clone();
            if let Some(line) = said.iter().find(|line| line.contains(text)) {
                return line.clone();
            }
            assert!(started.elapsed() < PATIENCE, "`{text}` was not said: {said:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn lives(&self) {
        let answer = self.get("/");
        assert_eq!(answer.status, 200, "{answer:?}");
    }
}
