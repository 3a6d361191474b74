//! From saving a file to its new page in the browser: `recto serve`, asked over HTTP, including the
//! time that it waits for more to be saved.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::run;

/// How many times a file is saved.
const EDITS: usize = 50;

/// The shortest time between two saves of an author.
const PAUSE: Duration = Duration::from_millis(300);

/// What was measured.
pub(crate) struct Saves {
    pub(crate) fastest: Duration,
    pub(crate) median: Duration,
    pub(crate) slowest: Duration,
    /// The most memory, in megabytes.
    pub(crate) memory: f64,
}

/// Ends the program, whatever happens.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Saves a file of the site again and again, while a browser looks at its page.
pub(crate) fn measure(root: &Path, file: &str, page: &str) -> Saves {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.args(["serve", "--no-pdf", "--port", "0", "--today", run::TODAY, "--root"]).arg(root);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut program = Program(child);
    let mut said = BufReader::new(program.0.stderr.take().unwrap()).lines();
    let line = said.by_ref().map(Result::unwrap).find(|line| line.starts_with("Serving ")).unwrap();
    let host = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    // Its other output must not hold it up.
    std::thread::spawn(move || said.for_each(drop));

    let mut events = BufReader::new(TcpStream::connect(&host).unwrap());
    write!(events.get_mut(), "GET /_recto/events HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let next_event = |events: &mut BufReader<TcpStream>| {
        let mut line = String::new();
        while !line.contains("data: ") {
            line.clear();
            assert!(events.read_line(&mut line).unwrap() > 0, "the server has ended");
        }
        assert!(line.contains("\"mistakes\":false"), "{line}");
    };
    next_event(&mut events);
    let get = || {
        let mut stream = TcpStream::connect(&host).unwrap();
        let head = format!("GET /{page} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let text = std::fs::read_to_string(root.join(file)).unwrap();
    let mut took: Vec<Duration> = (0..EDITS)
        .map(|edit| {
            std::thread::sleep(PAUSE);
            let words = format!("Saved for the {edit}th time.");
            let started = Instant::now();
            std::fs::write(root.join(file), format!("{text}\n{words}\n")).unwrap();
            next_event(&mut events);
            let answer = get();
            let took = started.elapsed();
            assert!(answer.contains(&words), "the page is not the new one");
            took
        })
        .collect();
    std::fs::write(root.join(file), &text).unwrap();
    took.sort();
    let memory = run::highest_memory(program.0.id());
    Saves { fastest: took[0], median: took[EDITS / 2], slowest: took[EDITS - 1], memory }
}
