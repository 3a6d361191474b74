//! Running programs, and measuring the time and memory that they take.

use std::cell::Cell;
use std::fmt;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The day on which every site is built.
pub(crate) const TODAY: &str = "2021-03-01";

/// What a run took.
#[derive(Debug, Clone, Default)]
pub(crate) struct Run {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of the processors.
    pub(crate) processor: f64,
    /// The most memory, in megabytes; 0 where that is not known.
    pub(crate) memory: f64,
    /// What the program printed.
    pub(crate) said: String,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>8.3} s {:>8.2} s cpu {:>6.0} MB", self.wall, self.processor, self.memory)
    }
}

/// The fastest of some runs, with the most memory of any.
pub(crate) fn fastest(runs: usize, mut run: impl FnMut() -> Run) -> Run {
    let runs: Vec<Run> = (0..runs).map(|_| run()).collect();
    let memory = runs.iter().map(|run| run.memory).fold(0.0, f64::max);
    let processor = runs.iter().map(|run| run.processor).fold(f64::MAX, f64::min);
    let fastest = runs.into_iter().min_by(|a, b| a.wall.total_cmp(&b.wall)).unwrap_or_default();
    Run { memory, processor, ..fastest }
}

/// Runs the program on a site.
pub(crate) fn recto(root: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.args(arguments).args(["--today", TODAY, "--root"]).arg(root);
    program(&mut command)
}

/// Runs a program to its end. It must succeed.
pub(crate) fn program(command: &mut Command) -> Run {
    let before = children();
    let started = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let id = child.id();
    let mut stderr = child.stderr.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut said = String::new();
        let _ = stderr.read_to_string(&mut said);
        said
    });
    // The kernel keeps the peak; it is read until the process has ended. The waiting thread stops
    // the clock, so that reading costs nothing.
    let mut memory: f64 = 0.0;
    let watcher = std::thread::spawn(move || {
        loop {
            match highest_memory(id) {
                0.0 => break,
                mark => memory = memory.max(mark),
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        memory
    });
    let ended = child.wait().unwrap();
    let wall = started.elapsed().as_secs_f64();
    let said = reader.join().unwrap();
    assert!(ended.success(), "{command:?}: {said}");
    let memory = watcher.join().unwrap();
    Run { wall, processor: children() - before, memory, said }
}

/// The most memory of a running process, in megabytes, as the kernel reports it; 0 when it has
/// ended, or the system does not report it.
pub(crate) fn highest_memory(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let mark = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = mark.and_then(|mark| mark.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.unwrap_or(0.0) * 1024.0 / 1e6
}

/// The seconds that the processors have worked for children that have ended: 100 ticks are a
/// second.
fn children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
    let ticks = fields.split(' ').skip(13).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

thread_local! {
    static TOOK: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Prints what a piece of work took, for [`once`].
pub(crate) fn took(took: Duration) {
    TOOK.set(took);
}

/// A piece of work in this program, which prints itself what it [`took`].
pub(crate) fn once(work: impl Fn()) -> Run {
    work();
    Run { wall: TOOK.get().as_secs_f64(), ..Run::default() }
}
