//! The whole site over the years, and what changed last in each of its reports.

use chrono::Datelike as _;
use serde::Serialize;

use super::changes::ReportChanges;
use super::head::Title;
use super::{Here, PagePlace, PageType, View, no_source};
use crate::charts::{YearColumn, year_chart};
use crate::model::{Date, Years};
use crate::wording::capitalise;

pub(super) const ADDRESS: &str = "years.html";

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "years",
    count: |site| usize::from(site.years.are_several()),
    address: |_, _| ADDRESS.to_owned(),
    source: no_source,
    place: PagePlace::Navigation { word: "years.title", is_shown: |site| site.years.are_several() },
    view,
};

#[derive(Serialize)]
struct YearsView {
    sentence: String,
    chart: String,
    /// The years, the newest first.
    rows: Vec<YearRow>,
    /// What is not counted, or not wholly.
    notes: Vec<String>,
    changes: Vec<ReportChanges>,
}

#[derive(Serialize)]
struct YearRow {
    year: String,
    made: String,
    ended: String,
    open: String,
    days: String,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let (site, words) = (here.site, here.words);
    let years = &site.years;
    let sentence = sentence(here, years);
    let columns: Vec<YearColumn> = (years.rows.iter())
        .map(|of| YearColumn { year: of.year, made: of.made, ended: of.ended, open: of.open })
        .collect();
    // The last year may not be over.
    let is_over = years.until.succ_opt().is_none_or(|next| next.year() > years.until.year());
    let unfinished = years.rows.last().map(|of| of.year).filter(|_| !is_over);
    let until = Date::Day(years.until).in_words(words);
    let rows = years.rows.iter().rev().map(|of| YearRow {
        year: match Some(of.year) == unfinished {
            true => words.fill("years.until", &[("year", &of.year.to_string()), ("date", &until)]),
            false => of.year.to_string(),
        },
        made: words.number(of.made),
        ended: words.number(of.ended),
        open: words.number(of.open),
        days: match of.median_days {
            Some(days) => words.number(usize::try_from(days).unwrap_or(0)),
            None => "–".to_owned(),
        },
    });
    let note = |key: &str, n: usize| (n > 0).then(|| words.count(key, n));
    let notes = [
        note("years.without_made", years.without_made),
        (years.later > 0)
            .then(|| words.count_with("years.later", years.later, &[("date", &until)])),
        note("years.without_end", years.without_end),
        note("years.without_status", years.without_status),
    ];
    let mut title = Title::of(words.text("years.title"));
    title.description = Some(sentence.clone());
    let page = YearsView {
        chart: year_chart(&columns, &sentence),
        sentence,
        rows: rows.collect(),
        notes: notes.into_iter().flatten().collect(),
        changes: ReportChanges::of_newest(here).collect(),
    };
    View::new(&here.head(title), &page)
}

/// "In 2024, 3 recommendations were made, 5 were implemented or closed; 12 were open at 31 December
/// 2024."
fn sentence(here: &Here<'_>, years: &Years) -> String {
    let words = here.words;
    let Some(last) = years.rows.last() else { return String::new() };
    let counted = |key: &str, n: usize| (n > 0).then(|| words.count(key, n));
    // The first of them names what is counted.
    let ended = if last.made > 0 { "years.ended_ones" } else { "years.ended_alone" };
    let facts = [counted("years.made_ones", last.made), counted(ended, last.ended)];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let facts = facts.join(words.text("list.comma"));
    let open = if facts.is_empty() { "years.open_alone" } else { "years.open_ones" };
    let open = words.count(open, last.open);
    let date = Date::Day(years.until).in_words(words);
    let places = [("open", open.as_str()), ("date", &date), ("facts", &facts)];
    capitalise(&match facts.is_empty() {
        true => words.fill("years.open_at", &places[..2]),
        false => {
            let year = last.year.to_string();
            words.fill("years.sentence", &[&places[..], &[("year", &year)]].concat())
        }
    })
}
