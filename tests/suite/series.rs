//! Reports that follow one another, and earlier editions: what is counted, and what is shown when.

use std::path::Path;

use chrono::NaiveDate;
use recto::assemble::Options;
use recto::model::{Site, Totals};
use recto::vocabulary::Status;

use crate::site::{Scratch, build_of, without_pdfs};

fn case(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)
}

fn site(name: &str, as_at: Option<NaiveDate>) -> Site {
    build_of(&case(name), Options { as_at, ..without_pdfs() }).site
}

/// All, implemented, open and overdue.
fn counts(totals: &Totals) -> [usize; 4] {
    let of = |wanted: fn(Status) -> bool| {
        let counted = totals.status.stated.iter().filter(|(status, _)| wanted(status.meaning));
        counted.map(|(_, count)| count).sum()
    };
    let overdue = totals.timeliness.stated.iter().filter(|(kind, _)| kind.name() == "overdue");
    [
        totals.recommendations,
        of(|status| status == Status::Implemented),
        of(Status::is_open),
        overdue.map(|(_, count)| count).sum(),
    ]
}

/// Counted by hand, in the files of the case. The archives: 1 goes on as 1, 2 ends in 2023 as
/// implemented, 3 goes on and is split into 2 and 3 in 2024, 4 was not accepted in 2022. Travel: 1
/// and 2 go on. So these are the newest:
///
/// - `audit-2022/4` not implemented
/// - `audit-2023/2` implemented
/// - `audit-2024/1` in progress, overdue since 30 June 2024
/// - `audit-2024/2` in progress, due in 2025
/// - `audit-2024/3` implemented
/// - `travel-2024/1` in progress, overdue since 31 December 2023
/// - `travel-2024/2` implemented
#[test]
fn a_series_counts_each_recommendation_once() {
    let site = site("two-series", None);
    assert_eq!(counts(&site.totals), [7, 3, 3, 2]);
    let unit = |name: &str| {
        let unit = site.units.iter().find(|unit| unit.name == name).unwrap();
        assert_eq!(unit.recommendations.len(), unit.totals.recommendations);
        counts(&unit.totals)
    };
    assert_eq!(unit("Registry"), [2, 0, 2, 1]);
    assert_eq!(unit("Buildings Office"), [2, 1, 0, 0]);
    assert_eq!(unit("Staff Office"), [1, 1, 0, 0]);
    assert_eq!(unit("Travel Unit"), [2, 1, 1, 1]);
    // audit-2024/1, /2 and /3 are on records.
    assert_eq!(site.tags.iter().map(|tag| tag.recommendations.len()).collect::<Vec<_>>(), [3]);
    // Each report counts its own.
    let of = |folder: &str| {
        counts(&site.reports.iter().find(|report| report.folder == folder).unwrap().totals)
    };
    assert_eq!(of("audit-2022"), [4, 0, 3, 1]);
    assert_eq!(of("audit-2023"), [3, 1, 2, 1]);
    assert_eq!(of("audit-2024"), [3, 1, 2, 1]);
    assert_eq!(of("travel-2023"), [2, 0, 2, 1]);
    assert_eq!(of("travel-2024"), [2, 1, 1, 1]);
}

/// On 31 January 2024 the audit of 2024 and the travel of 2024 have begun, because the reports that
/// they follow are out; on 30 June 2023 neither the audit of 2024 nor the travel of 2024 has.
#[test]
fn on_an_earlier_day_a_series_ends_earlier() {
    let on = |day: &str| {
        let site = site("two-series", Some(day.parse().unwrap()));
        site.reports.iter().map(|report| report.folder.clone()).collect::<Vec<_>>()
    };
    assert_eq!(on("2022-12-31"), ["audit-2022", "travel-2023"]);
    assert_eq!(on("2023-06-30"), ["audit-2022", "audit-2023", "travel-2023"]);
    assert_eq!(
        on("2024-01-31"),
        ["audit-2022", "audit-2023", "audit-2024", "travel-2023", "travel-2024"]
    );
}

#[test]
fn an_earlier_edition_shows_what_was_so_then() {
    let build = build_of(&case("editions"), without_pdfs());
    let days: Vec<String> =
        build.earlier.iter().map(|site| site.reports[0].as_at.to_string()).collect();
    assert_eq!(days, ["2020-12-31", "2021-06-30"]);
    let first = &build.earlier[0];
    // The third was made in 2021.
    assert_eq!(counts(&first.totals), [2, 0, 1, 0]);
    let catalogue = &first.recommendations[0];
    assert_eq!(catalogue.state.deadline.as_ref().unwrap().iso(), "2020-12-31");
    assert!(catalogue.extension.is_none() && catalogue.verification.is_none());
    // One action was done by then; of the other nobody knew.
    let done: Vec<bool> = catalogue.actions.iter().map(|action| action.state.is_done()).collect();
    assert_eq!(done, [true, false]);
    // It was answered in 2021.
    assert!(first.recommendations[1].state.response.is_none());
    let second = &build.earlier[1];
    assert_eq!(counts(&second.totals), [3, 0, 3, 1]);
    assert_eq!(second.recommendations[0].extension.unwrap().days, 273);
    // The latest edition has everything, and links its own earlier ones.
    assert_eq!(counts(&build.site.totals), [3, 1, 2, 1]);
}

/// A recommendation's life: what became so on which day, in days after 1 January 2020.
#[derive(Debug, Clone)]
struct Life {
    answered: u16,
    /// The days on which the deadline was set, with the months that it then allowed.
    deadlines: Vec<(u16, u8)>,
    progress: Vec<u16>,
    done: Option<u16>,
    /// Until when each action was done.
    actions: Vec<u16>,
    responders: Vec<u16>,
}

fn lives() -> impl proptest::strategy::Strategy<Value = Life> {
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;
    (
        0u16..400,
        btree_set(0u16..900, 0..4),
        vec(1u8..30, 4),
        btree_set(0u16..900, 0..5),
        proptest::option::of(0u16..1000),
        vec(0u16..900, 0..3),
        vec(0u16..900, 0..3),
    )
        .prop_map(|(answered, set, months, progress, done, actions, responders)| Life {
            answered,
            deadlines: set.into_iter().zip(months).collect(),
            progress: progress.into_iter().collect(),
            done,
            actions,
            responders,
        })
}

fn day(offset: u16) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Days::new(offset.into())
}

impl Life {
    /// The file as its author would have written it on a day.
    fn written_on(&self, today: u16) -> String {
        let is_known = |offset: &&u16| **offset <= today;
        let mut front = String::from("number: 1\ntitle: Publish the list\n");
        if self.answered <= today {
            front += &format!("response: accepted\nresponded: {}\n", day(self.answered));
        }
        let known: Vec<_> = self.deadlines.iter().filter(|(set, _)| *set <= today).collect();
        let due = |(set, months): &(u16, u8)| day(*set) + chrono::Months::new((*months).into());
        if let Some(last) = known.last() {
            front += &format!("deadline: {}\ndeadlines:\n", due(last));
            for one in &known {
                front += &format!("  - {{ set: {}, deadline: {} }}\n", day(one.0), due(one));
            }
        }
        let done = self.done.filter(|done| *done <= today);
        // What is done is not reported as in progress.
        let is_open = |offset: &&u16| self.done.is_none_or(|done| **offset < done);
        let progress = self.progress.iter().filter(is_known).filter(is_open);
        let progress: Vec<u16> = progress.copied().collect();
        match (done, progress.is_empty()) {
            (Some(done), _) => {
                front += &format!("status: implemented\nimplemented: {}\n", day(done))
            }
            (None, false) => front += "status: in progress\n",
            (None, true) => {}
        }
        if !self.actions.is_empty() {
            front += "actions:\n";
        }
        for (index, action) in self.actions.iter().enumerate() {
            let done = match *action <= today {
                true => format!(", status: implemented, implemented: {}", day(*action)),
                false => String::new(),
            };
            front += &format!("  - {{ text: Step {index}{done} }}\n");
        }
        if !self.responders.is_empty() {
            front += "responsible:\n";
        }
        for (index, answered) in self.responders.iter().enumerate() {
            let said = match *answered <= today {
                true => format!(", response: noted, responded: {}", day(*answered)),
                false => String::new(),
            };
            front += &format!("  - {{ unit: Unit {index}, role: lead{said} }}\n");
        }
        let mut body = String::from("## Recommendation\n\nPublish the list.\n");
        for reported in progress {
            let on = day(reported);
            body +=
                &format!("\n## Progress at {on}: in progress\n\nReported on {on}.[^{reported}]\n");
            body += &format!("\n[^{reported}]: Note of {on}.\n");
        }
        if let Some(done) = done {
            body += &format!("\n## Progress at {}: implemented\n\nIt is published.\n", day(done));
        }
        format!("---\n{front}---\n\n{body}")
    }

    /// What is published of it as at a day, of the file as it was written on another.
    fn shown_on(&self, written: u16, shown: u16) -> serde_json::Value {
        let report = "---\ntitle: Audit\nas_at: 2030-01-01\n---\n";
        let scratch = Scratch::new(&[
            ("content/r/report.md", report),
            ("content/r/1.md", &self.written_on(written)),
        ]);
        let build = build_of(scratch.root(), Options { as_at: Some(day(shown)), ..without_pdfs() });
        let one = &build.site.recommendations[0];
        let record = recto::record::record(&build.site, one, &one.texts.original);
        serde_json::to_value(&record).unwrap()
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]
    /// What is built on a day from today's content is what would have been built from the content of
    /// that day.
    #[test]
    fn going_back_gives_what_was_written_then(life in lives(), then in 0u16..1000) {
        proptest::prop_assert_eq!(life.shown_on(1000, then), life.shown_on(then, then));
    }
}

/// Recommendations skip a report, become one, and are split: the changes since each earlier report.
#[test]
fn what_changed_over_several_reports() {
    use recto::compare::{Interval, Since};
    let report = |year: i32, follows: &str| {
        format!("---\ntitle: R{year}\nas_at: {year}-12-31\n{follows}---\n")
    };
    let one = |number: u32, continues: &str, status: &str| {
        format!(
            "---\nnumber: {number}\ntitle: T{number}\nresponse: accepted\nstatus: {status}\n\
             {continues}---\n\n## Recommendation\n\nDo {number}.\n"
        )
    };
    let scratch = Scratch::new(&[
        ("content/site.yaml", "title: A site\n"),
        ("content/r1/report.md", &report(2019, "")),
        ("content/r2/report.md", &report(2021, "follows: r1\n")),
        ("content/r3/report.md", &report(2023, "follows: r2\n")),
        ("content/r1/1.md", &one(1, "", "in progress")),
        ("content/r1/2.md", &one(2, "", "in progress")),
        ("content/r1/3.md", &one(3, "", "in progress")),
        ("content/r1/4.md", &one(4, "", "in progress")),
        // 1 and 2 became one, which is not taken further; 3 was split; 4 was left out once.
        ("content/r2/12.md", &one(12, "continues: [1, 2]\n", "in progress")),
        ("content/r2/31.md", &one(31, "continues: 3\n", "in progress")),
        ("content/r2/32.md", &one(32, "continues: 3\n", "in progress")),
        ("content/r3/31.md", &one(31, "continues: r2/31\n", "implemented")),
        ("content/r3/4.md", &one(4, "continues: r1/4\n", "implemented")),
    ]);
    let site = scratch.build().site;
    let report = site.reports_in_order.iter().copied();
    let newest = report.clone().find(|id| site.report(*id).folder == "r3").unwrap();
    let middle = report.clone().find(|id| site.report(*id).folder == "r2").unwrap();
    let name = |id: &recto::model::RecommendationId| {
        let one = site.recommendation(*id);
        format!("{}/{}", site.report(one.report).folder, one.label)
    };
    let since = |report, back| {
        let since = Since::of(&site, &[], Interval { report, back }).unwrap();
        let changed: Vec<String> = since
            .changed
            .iter()
            .map(|step| format!("{} {}", name(&step.before), name(&step.now)))
            .collect();
        let names = |ids: &[recto::model::RecommendationId]| -> Vec<String> {
            ids.iter().map(name).collect()
        };
        (changed, names(&since.new), names(&since.dropped))
    };
    let nothing: Vec<String> = Vec::new();
    let (changed, new, dropped) = since(newest, 1);
    assert_eq!(changed, ["r1/4 r3/4", "r2/31 r3/31"]);
    assert_eq!((new, dropped), (nothing.clone(), vec!["r2/12".into(), "r2/32".into()]));
    let (changed, new, dropped) = since(newest, 2);
    assert_eq!(changed, ["r1/4 r3/4", "r1/3 r3/31"]);
    assert_eq!((new, dropped), (nothing.clone(), vec!["r2/12".into(), "r2/32".into()]));
    // 4 is taken further, if later.
    let (_, new, dropped) = since(middle, 1);
    assert_eq!((new, dropped), (nothing.clone(), nothing));
}
