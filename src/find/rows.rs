//! What is in the table of all recommendations, and what can be chosen.

use std::collections::{BTreeMap, HashMap};

use chrono::Datelike as _;
use serde::Serialize;
use serde_json::{Map, Value};

use super::gaps;
use super::words::Stems;
use crate::markup::html::escape;
use crate::model::{RecommendationId, SitePlace};
use crate::pages::Here;
use crate::vocabulary::fold;

/// The rows of the table, column by column. What the cells hold is HTML.
#[derive(Serialize)]
pub(super) struct TableData<'a> {
    /// The cells of each column: `number`, `title`, `status`.
    columns: BTreeMap<String, Cells>,
    /// The folder of each one's report.
    folder: Cells,
    /// How urgent each is: the least number comes first.
    urgency: Vec<i64>,
    /// The last day of each one's deadline, counted from 1 January of the year 1. What has none comes
    /// last.
    due: Vec<i32>,
    /// The places of the recommendations that have each choice, facet by facet, as gaps.
    choices: Vec<Vec<String>>,
    /// The pages to which a query leads that names a document or a goal, by its name in capitals.
    pages: BTreeMap<String, String>,
    /// The endings of plurals, each with what takes its place.
    plurals: Vec<(&'a str, &'a str)>,
    /// How many texts are in a file.
    texts: usize,
    /// How many files of words there are.
    words: usize,
}

/// The cells of a column. Many are alike, so each is given once, in the order of the alphabet: their
/// places tell which of two comes first.
#[derive(Default, Serialize)]
struct Cells {
    /// The values.
    is: Vec<String>,
    /// Which of them each row has.
    of: Vec<usize>,
    #[serde(skip)]
    known: HashMap<String, usize>,
}

impl Cells {
    fn push(&mut self, cell: String) {
        let place = match self.known.get(&cell) {
            Some(place) => *place,
            None => {
                self.is.push(cell.clone());
                self.known.insert(cell, self.is.len() - 1);
                self.is.len() - 1
            }
        };
        self.of.push(place);
    }

    /// Puts the values in order, what is empty last.
    fn sorted(self) -> Self {
        let mut order: Vec<usize> = (0..self.is.len()).collect();
        order.sort_by_cached_key(|place| {
            let text = text_of(&self.is[*place]);
            (text.is_empty(), text, *place)
        });
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(to, from)| places[*from] = to);
        Self {
            is: order.iter().map(|from| self.is[*from].clone()).collect(),
            of: self.of.iter().map(|from| places[*from]).collect(),
            known: HashMap::new(),
        }
    }
}

/// The letters and digits of HTML, folded: what it is sorted by.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    let plain = html.replace("&nbsp;", " ").replace("&lt;", " ").replace("&gt;", " ");
    for c in plain.replace("&quot;", " ").replace("&amp;", " ").chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            c if !is_tag && (c.is_alphanumeric() || c == ' ') => text.push(c),
            _ => {}
        }
    }
    fold(&text)
}

/// The columns of the table.
const COLUMNS: [&str; 9] =
    ["number", "title", "report", "as_at", "response", "status", "timeliness", "units", "deadline"];

pub(super) fn rows<'a>(here: &'a Here<'_>, texts: usize) -> TableData<'a> {
    let site = here.site;
    let lists = &site.lists;
    let mut columns: BTreeMap<String, Cells> = BTreeMap::new();
    let (mut folder, mut urgency, mut due) = (Cells::default(), Vec::new(), Vec::new());
    for id in &lists.all {
        let row = here.list_row(*id);
        urgency.push(row.urgency());
        let mut cells = match serde_json::to_value(&row) {
            Ok(Value::Object(cells)) => cells,
            _ => Map::new(),
        };
        for name in COLUMNS {
            let cell = match cells.remove(name) {
                // The only one that is not HTML.
                Some(Value::String(cell)) if name == "number" => escape(&cell),
                Some(Value::String(cell)) => cell,
                _ => String::new(),
            };
            columns.entry(name.to_owned()).or_default().push(cell);
        }
        let of = site.recommendation(*id);
        folder.push(site.report(of.report).folder.clone());
        let deadline = of.state.deadline.as_ref().and_then(|deadline| deadline.date());
        due.push(deadline.map_or(i32::MAX, |date| date.last_day().num_days_from_ce()));
    }
    let places: HashMap<RecommendationId, u32> = lists.all.iter().copied().zip(0..).collect();
    let choices = lists.facets.iter().map(|facet| {
        let choice = |ids: &[RecommendationId]| {
            let mut of: Vec<u32> = ids.iter().filter_map(|id| places.get(id).copied()).collect();
            of.sort_unstable();
            gaps(&of)
        };
        facet.choices.iter().map(|of| choice(&of.recommendations)).collect()
    });
    TableData {
        columns: columns.into_iter().map(|(name, column)| (name, column.sorted())).collect(),
        folder: folder.sorted(),
        urgency,
        due,
        choices: choices.collect(),
        pages: pages(here),
        plurals: Stems::of(here.words).endings,
        texts,
        words: super::files_of_words(lists.all.len()),
    }
}

/// The pages of documents, goals and targets, by what a reader would type.
fn pages(here: &Here<'_>) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for document in &here.site.documents {
        pages.insert(document.symbol.to_uppercase(), here.href(&document.address));
    }
    for goal in &here.site.goals {
        pages.insert(format!("SDG {}", goal.number), here.href(&goal.address));
        for target in goal.cited.iter().filter_map(|(sdg, _)| sdg.target()) {
            let place = SitePlace { path: &goal.address, anchor: Some(&target.to_string()) };
            pages.insert(format!("SDG {target}").to_uppercase(), here.href(place));
        }
    }
    pages
}
