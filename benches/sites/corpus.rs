//! Large sites, made up from a counter: the same each time.
//!
//! A recommendation has about 600 words in sentences and paragraphs, three to eight citations, a
//! unit, two topics, and a relation to its neighbour; there are 20 reports, whatever the size.
//! Units, topics and documents grow with the recommendations, so that all the work does.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How many reports a large site has.
pub(crate) const REPORTS: usize = 20;

const WORDS: [&str; 48] = [
    "secretariat",
    "programme",
    "office",
    "review",
    "risk",
    "countries",
    "support",
    "national",
    "policy",
    "dialogue",
    "evidence",
    "training",
    "budget",
    "assessment",
    "framework",
    "members",
    "regional",
    "partners",
    "guidance",
    "results",
    "accident",
    "industrial",
    "authorities",
    "water",
    "the",
    "of",
    "and",
    "to",
    "in",
    "for",
    "with",
    "should",
    "continue",
    "on",
    "their",
    "is",
    "by",
    "which",
    "develop",
    "further",
    "across",
    "strengthen",
    "from",
    "each",
    "these",
    "were",
    "carried",
    "out",
];

/// Every file of a site with this many recommendations: its path from the root, and its text.
pub(crate) fn files(recommendations: usize) -> impl Iterator<Item = (String, String)> {
    let settings = [
        ("site.yaml", "title: Large site\nlanguages: [en]\nbase_url: https://example.org/large\n"),
        (
            "glossary.yaml",
            "- { term: NPD, expansion: national policy dialogue }\n\
             - { term: hazard rating, expansion: a rating of hazards }\n",
        ),
    ];
    let settings = settings.map(|(name, text)| (format!("content/{name}"), text.to_owned()));
    let reports = (0..REPORTS).map(|report| {
        let text = format!(
            "---\ntitle: Report {report}\nkind: Progress report\nas_at: 2020-12-31\n---\n\n\
             An introduction.\n"
        );
        (format!("content/report-{report:02}/report.md"), text)
    });
    let texts = (0..recommendations)
        .map(move |index| (path(index), recommendation(index, recommendations)));
    settings.into_iter().chain(reports).chain(texts)
}

/// Writes a site into a folder.
pub(crate) fn write(folder: &Path, files: impl Iterator<Item = (String, String)>) {
    let mut made = PathBuf::new();
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().expect("a file of the site is in a folder");
        if *parent != made {
            std::fs::create_dir_all(parent).expect("a folder for the site can be made");
            parent.clone_into(&mut made);
        }
        std::fs::write(path, text).expect("a file of the site can be written");
    }
}

/// The path of a recommendation.
pub(crate) fn path(index: usize) -> String {
    let (report, number) = (index % REPORTS, index / REPORTS + 1);
    format!("content/report-{report:02}/{number:05}.md")
}

/// The documents that a recommendation cites: three to eight, each of them cited by eleven others
/// in as many reports.
pub(crate) fn documents(index: usize) -> Vec<String> {
    (0..3 + index % 6).map(|n| format!("A/{}/{}", 50 + n, 1 + index / 16)).collect()
}

/// The unit that is responsible for a recommendation.
pub(crate) fn unit(index: usize) -> String {
    format!("Unit {}", index / 40)
}

/// The topics of a recommendation.
pub(crate) fn topics(index: usize) -> [String; 2] {
    [format!("topic {}", 100 + index / 50), format!("topic {}", index % 7)]
}

/// The sections of a recommendation: their headings and their text.
pub(crate) fn sections(index: usize) -> [(&'static str, String); 3] {
    let cited = documents(index);
    let (in_response, in_progress) = cited.split_at(2);
    [
        ("Recommendation", text(index, 100, &[])),
        (
            "Management response",
            format!(
                "Accepted ({}), by hazard rating and NPD. {}",
                in_response.join("; "),
                text(index + 1, 150, &[])
            ),
        ),
        ("Progress at 31 December 2020", text(index + 2, 350, in_progress)),
    ]
}

/// The title of a recommendation.
pub(crate) fn title(index: usize) -> String {
    format!("Recommendation number {} of its report", index / REPORTS + 1)
}

/// The file of a recommendation of a site with this many.
pub(crate) fn recommendation(index: usize, recommendations: usize) -> String {
    let number = index / REPORTS + 1;
    // Each is right: what is implemented says when, and what is open is not due yet.
    let status = [
        "implemented\nimplemented: 2020-01-31",
        "in progress",
        "not started",
        "no longer applicable",
    ][index % 4];
    let year = if index.is_multiple_of(4) { 2020 } else { 2021 };
    // Neighbours in pairs: each names the other.
    let neighbour = if number % 2 == 1 { number + 1 } else { number - 1 };
    let related = match (neighbour - 1) * REPORTS + index % REPORTS < recommendations {
        true => format!("related: [{neighbour}]\n"),
        false => String::new(),
    };
    let mut file = format!(
        "---\nnumber: {number}\ntitle: {}\nresponse: accepted\nresponsible: {}\n\
         deadline: {year}-{:02}-15\nstatus: {status}\ntags: [{}]\n{related}---\n",
        title(index),
        unit(index),
        1 + index % 12,
        topics(index).join(", "),
    );
    for (heading, text) in sections(index) {
        // Writing to a String cannot fail.
        let _ = write!(file, "\n## {heading}\n\n{text}\n");
    }
    file
}

/// This many words in sentences and paragraphs, never the same twice in a row, with a citation in
/// each of the first sentences.
fn text(seed: usize, words: usize, cited: &[String]) -> String {
    let mut state = seed.wrapping_mul(2_654_435_761) % 1_000_003;
    let mut next = || {
        state = (state * 1_103 + 12_345) % 1_000_003;
        state / 7
    };
    let mut text = String::new();
    let mut cited = cited.iter();
    let (mut written, mut sentences) = (0, 0);
    while written < words {
        let length = (9 + next() % 14).min(words - written);
        for at in 0..length {
            let word = WORDS[next() % WORDS.len()];
            if at == 0 {
                text.push_str(&word[..1].to_uppercase());
                text.push_str(&word[1..]);
            } else {
                text.push(' ');
                text.push_str(word);
            }
        }
        if let Some(symbol) = cited.next() {
            let _ = write!(text, " ({symbol})");
        }
        written += length;
        sentences += 1;
        let last = written >= words;
        text.push_str(if last {
            "."
        } else if sentences % 5 == 0 {
            ".\n\n"
        } else {
            ". "
        });
    }
    text
}
