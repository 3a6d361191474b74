//! Twice the recommendations take twice the time: nothing is quadratic.

use std::time::{Duration, Instant};

use recto::publish::{ForeignFiles, PublishTarget, publish};

use crate::generator;
use crate::site::{Scratch, build_of, without_pdfs};

/// The fastest of a few cold builds, reading and writing included. The fastest is what the program
/// needs; anything more is other work of the machine.
fn fastest(site: &Scratch) -> Duration {
    let once = |round: usize| {
        let out = site.path(&format!("public-{round}"));
        let target =
            PublishTarget { folder: &out, root: site.root(), strangers: ForeignFiles::Refuse };
        let started = Instant::now();
        let build = build_of(site.root(), without_pdfs());
        assert_eq!(crate::site::concise(&build), "");
        publish(&build, &target, || ()).unwrap();
        let took = started.elapsed();
        std::fs::remove_dir_all(out).unwrap();
        took
    };
    (0..4).map(once).min().unwrap()
}

#[test]
fn two_thousand_recommendations_take_at_most_twice_as_long_as_one_thousand() {
    let (small, large) = (generator::site(1000), generator::site(2000));
    let mut ratios = Vec::new();
    // Another program can spoil a measurement, never improve one: the best of three counts.
    for _ in 0..3 {
        let ratio = fastest(&large).as_secs_f64() / fastest(&small).as_secs_f64();
        ratios.push(ratio);
        if ratio <= 2.3 {
            println!("2,000 recommendations take {ratio:.2} times as long as 1,000");
            return;
        }
    }
    panic!("2,000 recommendations take {ratios:?} times as long as 1,000; 2.3 is the most");
}

/// The fastest of a few checks of a site with a mistake, and a translation that lacks something, in
/// each recommendation.
fn fastest_check(recommendations: usize) -> Duration {
    let site = generator::site(recommendations);
    let settings = std::fs::read_to_string(site.path("content/site.yaml")).unwrap();
    site.write("content/site.yaml", &settings.replace("languages: [en]", "languages: [en, fr]"));
    for index in 0..recommendations {
        let path = generator::path(index);
        let text = std::fs::read_to_string(site.path(&path)).unwrap();
        let wrong =
            format!("\nSee [it](nothing-{index}.md), [[{index}x]] and [here](#no-{index}).\n");
        site.write(&path, &(text + &wrong));
        let translation = "---\ntitle: Titre\n---\n\n## Recommandation\n\nFaire.\n";
        site.write(&path.replace(".md", ".fr.md"), translation);
    }
    let once = |_| {
        let started = Instant::now();
        let build = build_of(site.root(), without_pdfs());
        let took = started.elapsed();
        let found = |code: &str| build.diagnostics.iter().filter(|d| d.code() == code).count();
        assert_eq!(found("broken-link"), recommendations);
        assert_eq!(found("broken-recommendation-link"), recommendations);
        assert!(found("incomplete-translation") >= recommendations);
        took
    };
    (0..3).map(once).min().unwrap()
}

#[test]
fn twice_the_mistakes_take_at_most_twice_as_long() {
    let mut ratios = Vec::new();
    for _ in 0..3 {
        let ratio = fastest_check(2000).as_secs_f64() / fastest_check(1000).as_secs_f64();
        ratios.push(ratio);
        if ratio <= 2.3 {
            println!("2,000 mistakes take {ratio:.2} times as long as 1,000");
            return;
        }
    }
    panic!("2,000 mistakes take {ratios:?} times as long as 1,000; 2.3 is the most");
}

/// The fastest of a few checks of a recommendation with many sections and comments, and of its
/// translation.
fn fastest_check_of_sections(sections: usize) -> Duration {
    let body =
        |words: &str| format!("\n## Finding\n\n<!-- a note -->\n\n{words}\n").repeat(sections);
    let original = "---\nnumber: 1\ntitle: A\nresponse: accepted\nstatus: in-progress\n---\n";
    let site = Scratch::new(&[
        (
            "content/site.yaml",
            "title: A site\nlanguages: [en, fr]\nsections: { other: [Finding] }\n",
        ),
        ("content/r/report.md", "---\ntitle: R\nas_at: 2020-12-31\n---\n"),
        ("content/r/1.md", &format!("{original}{}", body("Words."))),
        ("content/r/1.fr.md", &format!("---\ntitle: A\n---\n{}", body(""))),
    ]);
    let once = |_| {
        let started = Instant::now();
        let build = build_of(site.root(), without_pdfs());
        let took = started.elapsed();
        let lacks_sections = build.diagnostics.iter().any(|d| d.code() == "incomplete-translation");
        assert!(lacks_sections, "comments are not a translation");
        took
    };
    (0..3).map(once).min().unwrap()
}

#[test]
fn twice_the_sections_and_comments_take_at_most_twice_as_long() {
    let mut ratios = Vec::new();
    for _ in 0..3 {
        let (large, small) = (fastest_check_of_sections(16_000), fastest_check_of_sections(8000));
        let ratio = large.as_secs_f64() / small.as_secs_f64();
        ratios.push(ratio);
        if ratio <= 2.3 {
            println!("16,000 sections take {ratio:.2} times as long as 8,000");
            return;
        }
    }
    panic!("16,000 sections take {ratios:?} times as long as 8,000; 2.3 is the most");
}
