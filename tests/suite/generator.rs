//! Large sites, made up from a counter: the same each time.

use crate::site::Scratch;

const WORDS: [&str; 24] = [
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
    "the",
    "of",
    "and",
    "to",
    "in",
    "for",
    "with",
    "should",
    "continue",
];

/// How many reports a large site has.
const REPORTS: usize = 20;

/// A site with this many recommendations of about 600 words, over 20 reports, each with three to
/// eight citations, a unit, topics, and a relation to its neighbour. Units, topics and documents
/// grow with the recommendations, so that all of the work does.
pub(crate) fn site(recommendations: usize) -> Scratch {
    let scratch = Scratch::in_memory();
    scratch.write(
        "content/site.yaml",
        "title: Large site\nlanguages: [en]\nbase_url: https://example.org/large\n",
    );
    scratch.write(
        "content/glossary.yaml",
        "- { term: risk, expansion: a risk }\n- { term: policy dialogue, expansion: a dialogue }\n",
    );
    for report in 0..REPORTS {
        scratch.write(
            &format!("content/report-{report:02}/report.md"),
            &format!("---\ntitle: Report {report}\nkind: Progress report\nas_at: 2020-12-31\n---\n\nAn introduction.\n"),
        );
    }
    for index in 0..recommendations {
        scratch.write(&path(index), &recommendation(index, index / REPORTS + 1));
    }
    scratch
}

/// Where a recommendation of a large site stands.
pub(crate) fn path(index: usize) -> String {
    let (report, number) = (index % REPORTS, index / REPORTS + 1);
    format!("content/report-{report:02}/{number:05}.md")
}

fn recommendation(index: usize, number: usize) -> String {
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
    let related = format!("related: [{neighbour}]\n");
    let citations: Vec<String> =
        (0..3 + index % 6).map(|n| format!("A/{}/{}", 50 + n, 1 + index / 5)).collect();
    format!(
        "---\nnumber: {number}\ntitle: Recommendation number {number} of its report\n\
         response: accepted\nresponsible: Unit {}\ndeadline: {year}-{:02}-15\nstatus: {status}\n\
         tags: [topic {}, topic {}]\n{related}---\n\n## Recommendation\n\n{}.\n\n\
         ## Management response\n\nAccepted ({}). {}.\n\n## Progress at 31 December 2020\n\n{}.\n\n{}.\n",
        index / 40,
        1 + index % 12,
        index / 50,
        index % 7,
        text(index, 100),
        citations.join("; "),
        text(index + 1, 150),
        text(index + 2, 200),
        text(index + 3, 150),
    )
}

/// So many words, never the same twice in a row.
fn text(seed: usize, words: usize) -> String {
    let mut state = seed.wrapping_mul(2_654_435_761) % 1_000_003;
    let word = |_| {
        state = (state * 1_103 + 12_345) % 1_000_003;
        WORDS[state % WORDS.len()]
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}
