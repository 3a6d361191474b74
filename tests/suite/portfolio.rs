//! What a site publishes, as others read it: the page of several sites, and the tables of what
//! recommendations consist of.

use recto::assemble::Options;
use recto::model::PortfolioCounts;
use recto::vocabulary::Status;

use crate::cases::folders;
use crate::site::{Scratch, build_of, rendered};

/// Of every case: a portfolio that has its data counts what the site itself counts.
#[test]
fn a_portfolio_counts_what_each_site_counts() {
    for folder in folders() {
        let build = build_of(&folder, Options::default());
        let data = rendered(&build, "recommendations.json");
        let portfolio = Scratch::new(&[
            ("content/site.yaml", "title: All\nportfolio:\n  - data: portfolio/one.json\n"),
            ("portfolio/one.json", &data),
        ]);
        let joined = portfolio.build();
        assert!(joined.diagnostics.is_empty(), "{folder:?}: {:?}", joined.diagnostics);
        let [site] = joined.site.portfolio.as_slice() else { panic!("{folder:?}") };
        let (totals, mut expected) = (&build.site.totals, PortfolioCounts::default());
        expected.recommendations = totals.recommendations;
        expected.overdue = totals.overdue();
        for (status, count) in totals.status.all() {
            *match status.map(|status| status.meaning) {
                None => &mut expected.not_stated,
                Some(Status::Implemented) => &mut expected.implemented,
                Some(status) if status.is_open() => &mut expected.open,
                Some(_) => &mut expected.closed,
            } += count;
        }
        assert_eq!(site.counts, expected, "{folder:?}");
        assert_eq!(site.reports, build.site.reports.len());
    }
}

/// Of every case: the tables have the items that the JSON of the reports has, in as many columns.
#[test]
fn what_recommendations_consist_of_is_in_tables() {
    let mut rows_of_all = 0;
    for folder in folders() {
        let build = build_of(&folder, Options::default());
        for field in ["actions", "parts", "responders"] {
            let expected: Vec<serde_json::Value> = (build.site.reports.iter())
                .flat_map(|report| {
                    let path = format!("{}/recommendations.json", report.place);
                    let json: serde_json::Value =
                        serde_json::from_str(&rendered(&build, &path)).unwrap();
                    json["recommendations"].as_array().unwrap().clone()
                })
                .flat_map(|one| one[field].as_array().unwrap().clone())
                .collect();
            let path = format!("{field}.csv");
            let table = build.plan.recipes.contains_key(&path).then(|| rendered(&build, &path));
            assert_eq!(table.is_some(), !expected.is_empty(), "{folder:?}: {path}");
            let Some(table) = table else { continue };
            let mut reader =
                csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
            let names: Vec<String> =
                reader.headers().unwrap().iter().skip(3).map(str::to_owned).collect();
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert_eq!(rows.len(), expected.len(), "{folder:?}: {path}");
            for (row, item) in rows.iter().zip(&expected) {
                let keys: Vec<&String> = item.as_object().unwrap().keys().collect();
                assert_eq!(keys, names.iter().collect::<Vec<_>>());
                let first = item.as_object().unwrap().values().next().unwrap();
                assert_eq!(row[3].trim_start_matches('\''), first.as_str().unwrap());
            }
            rows_of_all += rows.len();
        }
    }
    assert!(rows_of_all > 50, "only {rows_of_all} rows in all cases");
}
