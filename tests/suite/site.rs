//! Sites for tests: from a folder, or from texts in a test.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use recto::assemble::{Options, Pdfs};
use recto::diagnostics::{Listing, RENDERERS};
use recto::load::load;
use recto::pipeline::build;
use recto::plan::{Build, Output};
use recto::source::Input;

/// Says that a part of a test was left out, past the capture of what tests print: a test that passes
/// without having looked must not look like one that has.
pub(crate) fn left_out(why: &str) {
    let _ = writeln!(std::io::stderr(), "LEFT OUT: {why}");
}

/// The day of every test.
pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 3, 1).unwrap()
}

/// The folder of this project.
pub(crate) fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Reads the site in a folder.
pub(crate) fn input_of(root: &Path) -> Input {
    load(root, today()).unwrap()
}

/// Builds the site in a folder.
pub(crate) fn build_of(root: &Path, options: Options) -> Build {
    build(input_of(root), options, None)
}

/// The diagnostics, a line each.
pub(crate) fn concise(build: &Build) -> String {
    let renderer = RENDERERS.iter().find(|renderer| renderer.name == "concise").unwrap();
    (renderer.render)(&Listing::new(&build.input, &build.diagnostics))
}

/// The output at a path, as text.
pub(crate) fn rendered(build: &Build, path: &str) -> String {
    let recipe = build.plan.recipes.get(path).unwrap_or_else(|| panic!("nothing at {path}"));
    match build.render(path, recipe).unwrap_or_else(|d| panic!("{path}: {}", d.message)) {
        Output::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
        Output::Copy(_) | Output::Pdf(_) => panic!("{path} is not text"),
    }
}

/// A site in its own folder, which is removed when this value is dropped.
pub(crate) struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    /// The files, by their paths from the site's root.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let scratch = Self { folder: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            scratch.write(path, text);
        }
        scratch
    }

    /// A folder in memory where the system has one: disks vary tenfold, and are not measured.
    pub(crate) fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = match memory.is_dir() {
            true => tempfile::tempdir_in(memory),
            false => tempfile::tempdir(),
        };
        Self { folder: folder.unwrap() }
    }

    /// A copy of the demo's content.
    pub(crate) fn demo() -> Self {
        let scratch = Self { folder: tempfile::tempdir().unwrap() };
        copy_folder(&project().join("content"), &scratch.path("content"));
        scratch
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    pub(crate) fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub(crate) fn input(&self) -> Input {
        input_of(self.root())
    }

    pub(crate) fn build(&self) -> Build {
        build_of(self.root(), Options::default())
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// For what is measured: the cost of a PDF is Typst's.
pub(crate) fn without_pdfs() -> Options {
    Options { pdfs: Pdfs::LeaveOut, ..Options::default() }
}

/// Every file below a folder with its bytes, sorted by path.
pub(crate) fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path =
                entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            files.push((path, std::fs::read(entry.path()).unwrap()));
        }
    }
    files
}
