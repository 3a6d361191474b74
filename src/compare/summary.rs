//! What changed, in sentences for a reviewer: what was promised later, what was declared done and on
//! what evidence, whose text changed, what is new, what is gone, and what is only typing.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{Change, Changed, Comparison, DiffPiece, Topic, days_later, words};
use crate::model::{DeadlineChange, Recommendation, RecommendationId, Site};
use crate::vocabulary::AxisValue as _;

/// What changed, for people.
#[derive(Debug)]
pub struct Summary {
    /// All of it in a sentence.
    pub sentence: String,
    /// By what it is about, the gravest first.
    pub groups: Vec<ChangeGroup>,
}

/// Changes of one kind.
#[derive(Debug)]
pub struct ChangeGroup {
    /// What they are.
    pub heading: &'static str,
    /// Whether they are only typing: of interest to few.
    pub is_detail: bool,
    /// Each of them.
    pub items: Vec<ChangeItem>,
}

/// One change.
#[derive(Debug)]
pub struct ChangeItem {
    /// Of what: "Archives 2024, 1: List of holdings".
    pub of: String,
    /// Its file.
    pub path: String,
    /// Its address on the site.
    pub address: Option<String>,
    /// What it was and is.
    pub says: Vec<DiffPiece>,
}

/// The headings of the groups, in order, each with its topic.
const GROUPS: [(Topic, &str); 11] = [
    (Topic::Text, "The recommendation’s own text changed"),
    (Topic::Number, "Renumbered or moved"),
    (Topic::Response, "Responses"),
    (Topic::Status, "Statuses"),
    (Topic::Deadline, "Deadlines"),
    (Topic::Responsible, "Who is responsible"),
    (Topic::Parts, "Parts"),
    (Topic::Actions, "Actions"),
    (Topic::Evidence, "Evidence"),
    (Topic::Fact, "Other facts"),
    (Topic::Section, "Texts"),
];

impl Comparison<'_> {
    /// What changed, for people.
    pub fn summary(&self) -> Summary {
        let mut groups: Vec<ChangeGroup> = GROUPS
            .iter()
            .map(|(topic, heading)| ChangeGroup {
                heading,
                is_detail: *topic == Topic::Section,
                items: self.changed.iter().flat_map(|of| self.items_of(of, *topic)).collect(),
            })
            .collect();
        let listed = |heading, ids: &[RecommendationId], site: &Site| ChangeGroup {
            heading,
            is_detail: false,
            items: ids.iter().map(|id| item(site, *id, said_of(site, *id))).collect(),
        };
        groups.insert(1, listed("Gone", &self.removed, self.before));
        let (going_on, new): (Vec<_>, Vec<_>) =
            self.added.iter().partition(|id| self.goes_on(**id));
        groups.insert(1, listed("Continuing an earlier report", &going_on, self.now));
        groups.insert(1, listed("New", &new, self.now));
        groups.push(self.reports_and_pages());
        groups.push(self.only_typed());
        groups.retain(|group| !group.items.is_empty());
        Summary { sentence: self.sentence(), groups }
    }

    fn items_of(&self, of: &Changed, topic: Topic) -> Vec<ChangeItem> {
        let changes: Vec<&Change> = of.changes.iter().filter(|of| of.topic == topic).collect();
        if changes.is_empty() {
            return Vec::new();
        }
        let [before, now] = [(self.before, of.before), (self.now, of.now)]
            .map(|(site, id)| site.recommendation(id));
        let says: Vec<Vec<DiffPiece>> = match topic {
            Topic::Status => status(&changes, now),
            Topic::Deadline => deadline(&changes, before, now),
            _ => changes.iter().flat_map(|change| said(change)).collect(),
        };
        says.into_iter().map(|says| item(self.now, of.now, says)).collect()
    }

    /// What reports and pages say themselves.
    fn reports_and_pages(&self) -> ChangeGroup {
        let mut items = Vec::new();
        for of in &self.reports {
            let (site, id) = match (of.now, of.before) {
                (Some(id), _) => (self.now, id),
                (None, Some(id)) => (self.before, id),
                (None, None) => continue,
            };
            let report = site.report(id);
            let text = &report.texts.original;
            let is = match (of.before, of.now) {
                (None, _) => vec![vec![same("a new report")]],
                (_, None) => vec![vec![same("this report is gone")]],
                _ => of.changes.iter().flat_map(said).collect(),
            };
            items.extend(is.into_iter().map(|says| ChangeItem {
                of: report.short_title(&text.language).to_owned(),
                path: text.path.clone(),
                address: of.now.map(|_| report.address.clone()),
                says,
            }));
        }
        items.extend(self.pages.iter().map(|page| ChangeItem {
            of: page.path.clone(),
            path: page.path.clone(),
            address: None,
            says: shortened(words(&page.before, &page.now)),
        }));
        items.extend(self.files.iter().map(|(path, what)| ChangeItem {
            of: path.clone(),
            path: path.clone(),
            address: None,
            says: vec![same(what)],
        }));
        ChangeGroup { heading: "Reports, pages and other files", is_detail: false, items }
    }

    fn sentence(&self) -> String {
        let typed = match self.typing.len() {
            0 => "",
            1 => " 1 text was only typed differently.",
            n => &format!(" {n} texts were only typed differently."),
        };
        if self.is_empty() {
            return format!("Nothing changed in meaning.{typed}");
        }
        let has = |topic| move |of: &&Changed| of.changes.iter().any(|one| one.topic == topic);
        let count = |topic| self.changed.iter().filter(has(topic)).count();
        let states = |of: &Changed| {
            let (before, now) = (
                &self.before.recommendation(of.before).state,
                &self.now.recommendation(of.now).state,
            );
            (before.clone(), now.clone())
        };
        let is_done = |of: &&Changed| {
            let (before, now) = states(of);
            !before.is_done() && now.is_done()
        };
        let done = self.changed.iter().filter(is_done).count();
        let moved: Vec<i64> = self.changed.iter().filter_map(|of| self.days_moved(of)).collect();
        let later: i64 = moved.iter().filter(|days| **days > 0).sum();
        let times = moved.iter().filter(|days| **days > 0).count();
        let typing = self
            .changed
            .iter()
            .filter(|of| of.changes.iter().all(|one| one.topic == Topic::Section))
            .count();
        let mut parts = Vec::new();
        let mut say = |count: usize, one: &str, several: &str| match count {
            0 => {}
            1 => parts.push(one.to_owned()),
            n => parts.push(several.replace("{n}", &n.to_string())),
        };
        say(
            count(Topic::Text),
            "the text of 1 recommendation changed",
            "the texts of {n} recommendations changed",
        );
        let continuing = self.added.iter().filter(|id| self.goes_on(**id)).count();
        say(self.added.len() - continuing, "1 is new", "{n} are new");
        say(continuing, "1 continues an earlier report", "{n} continue an earlier report");
        say(self.removed.len(), "1 is gone", "{n} are gone");
        say(done, "1 was declared implemented", "{n} were declared implemented");
        let others = self.changed.iter().filter(has(Topic::Status)).filter(|of| !is_done(of));
        let other_statuses = others.count();
        match done {
            0 => say(other_statuses, "1 changed its status", "{n} changed their status"),
            _ => {
                say(other_statuses, "1 other changed its status", "{n} others changed their status")
            }
        }
        let in_all = days(later);
        say(
            times,
            &format!("1 deadline was moved by {in_all}"),
            &format!("{{n}} deadlines were moved, by {in_all} in all"),
        );
        say(count(Topic::Response), "1 response changed", "{n} responses changed");
        let brought = count(Topic::Deadline).saturating_sub(times);
        say(brought, "1 other deadline changed", "{n} other deadlines changed");
        say(count(Topic::Number), "1 was renumbered or moved", "{n} were renumbered or moved");
        let who = count(Topic::Responsible);
        say(who, "1 changed in who is responsible", "{n} changed in who is responsible");
        say(count(Topic::Parts), "1 changed in its parts", "{n} changed in their parts");
        say(count(Topic::Actions), "1 changed in its actions", "{n} changed in their actions");
        let shown = self.changed.iter().filter(|of| {
            let is_status = of.changes.iter().any(|one| one.topic == Topic::Status);
            !is_status && of.changes.iter().any(|one| one.topic == Topic::Evidence)
        });
        say(shown.count(), "1 changed in its evidence", "{n} changed in their evidence");
        say(count(Topic::Fact), "1 changed in other facts", "{n} changed in other facts");
        say(typing, "1 changed only in its texts", "{n} changed only in their texts");
        let files = self.files.len();
        say(files, "1 other file changed", "{n} other files changed");
        say(
            self.reports.len() + self.pages.len(),
            "1 report or page changed itself",
            "{n} reports or pages changed themselves",
        );
        say(self.unchanged, "1 is unchanged", "{n} are unchanged");
        let mut sentence = parts.join("; ");
        if let Some(first) = sentence.chars().next() {
            sentence.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
        }
        format!("{sentence}.{typed}")
    }

    /// Whether a recommendation of the later state takes one of an earlier report further.
    fn goes_on(&self, id: RecommendationId) -> bool {
        !self.now.recommendation(id).continues.is_empty()
    }

    /// By how many days the deadline of a recommendation was moved; negative for an earlier one.
    fn days_moved(&self, of: &Changed) -> Option<i64> {
        let [before, now] = [(self.before, of.before), (self.now, of.now)]
            .map(|(site, id)| site.recommendation(id));
        days_later(before, now).filter(|days| *days != 0)
    }
}

fn days(count: i64) -> String {
    match count {
        1 => "1 day".to_owned(),
        n => format!("{n} days"),
    }
}

fn item(site: &Site, id: RecommendationId, says: Vec<DiffPiece>) -> ChangeItem {
    let one = site.recommendation(id);
    let report = site.report(one.report);
    let text = &one.texts.original;
    let title = report.short_title(&text.language);
    ChangeItem {
        of: within(format!("{title}, {}: {}", one.label, text.title.value), LONGEST_NAME),
        path: text.path.clone(),
        address: Some(one.address.clone()),
        says,
    }
}

/// What a new recommendation, or one that is gone, says.
fn said_of(site: &Site, id: RecommendationId) -> Vec<DiffPiece> {
    let one = site.recommendation(id);
    let status = one.state.status.map_or("no status", |status| status.meaning.name());
    let deadline = one.state.deadline.as_ref();
    let deadline = deadline.map_or("no deadline".to_owned(), |of| format!("deadline {}", of.iso()));
    let name = |id: &RecommendationId| {
        let of = site.recommendation(*id);
        format!("{}/{}", site.report(of.report).folder, of.label)
    };
    let continues: Vec<String> = one.continues.iter().map(name).collect();
    let continues = match continues.is_empty() {
        true => String::new(),
        false => format!("; continues {}", continues.join(", ")),
    };
    vec![same(&format!("{status}, {deadline}{continues}"))]
}

fn same(text: &str) -> DiffPiece {
    DiffPiece::Same(text.to_owned())
}

/// "from → to"
fn from_to(before: &str, now: &str) -> Vec<DiffPiece> {
    vec![DiffPiece::Removed(before.to_owned()), same(" → "), DiffPiece::Added(now.to_owned())]
}

/// A status, with the day on which the work was done, who says so, and on what evidence.
fn status(changes: &[&Change], now: &Recommendation) -> Vec<Vec<DiffPiece>> {
    let of = |field: &str| changes.iter().find(|change| change.field == field);
    let Some(change) = of("status_word").or(of("status")).filter(|_| of("status").is_some()) else {
        return changes.iter().flat_map(|change| said(change)).collect();
    };
    let change = if change.now.is_null() { of("status").unwrap_or(change) } else { change };
    let mut says = from_to(&value(&change.before), &value(&change.now));
    let mut more = String::new();
    if let Some(day) = now.state.done_on().or(now.state.closed) {
        more += &format!(", on {}", day.iso());
    }
    if now.state.is_done() {
        let evidence: Vec<&str> = now.front.evidence.0.iter().map(|of| of.as_str()).collect();
        more += &match evidence.is_empty() {
            true => "; no evidence is given".to_owned(),
            false => format!("; evidence: {}", evidence.join(", ")),
        };
    }
    if let Some(verification) = of("verification") {
        more += &format!("; verification: {}", value(&verification.now));
    }
    says.push(DiffPiece::Same(more));
    let told =
        ["status", "status_word", "implemented", "closed", "verification", "verification_word"];
    let others = changes.iter().filter(|change| !told.contains(&change.field.as_str()));
    [vec![says], others.flat_map(|change| said(change)).collect()].concat()
}

/// A deadline, by how many days it was moved, and why.
fn deadline(
    changes: &[&Change],
    before: &Recommendation,
    now: &Recommendation,
) -> Vec<Vec<DiffPiece>> {
    let due = |of: &Recommendation| {
        of.state.deadline.as_ref().map_or("none".to_owned(), |deadline| match &deadline.words {
            Some(words) => words.to_string(),
            None => deadline.iso(),
        })
    };
    let (was, is) = (due(before), due(now));
    if was == is {
        return changes.iter().flat_map(|change| said(change)).collect();
    }
    let mut says = from_to(&was, &is);
    let between = days_later(before, now);
    let moved = match between {
        Some(more) if more > 0 => format!(", {} later", days(more)),
        Some(less) if less < 0 => format!(", {} earlier", days(-less)),
        _ => String::new(),
    };
    // A reason is that of this move only where its entry is new.
    let history = &now.front.deadlines;
    let is_new = |of: &&DeadlineChange| {
        let known = before.front.deadlines.iter().any(|old| old.same_as(of));
        !known && now.state.deadline.as_ref() == Some(&of.deadline.value)
    };
    let last = history.last().filter(is_new).and_then(|change| change.reason.as_ref());
    let reason = match last {
        Some(reason) if between != Some(0) => format!("; reason: {}", reason.value),
        // The same day in other words needs none.
        None if between == Some(0) => String::new(),
        None if before.state.deadline.is_some() => "; no reason is given".to_owned(),
        _ => String::new(),
    };
    says.push(DiffPiece::Same(moved + &reason));
    let goes_on = before.front.deadlines.len() <= history.len()
        && before.front.deadlines.iter().zip(history).all(|(old, new)| old.same_as(new));
    let told = |field: &str| match field {
        "deadline" | "deadline_words" => true,
        "deadlines" => goes_on,
        _ => false,
    };
    let others = changes.iter().filter(|change| !told(&change.field));
    [vec![says], others.flat_map(|change| said(change)).collect()].concat()
}

/// What a field was and is, in a line each.
fn said(change: &Change) -> Vec<Vec<DiffPiece>> {
    let language = change.language.as_ref().map_or(String::new(), |tag| format!(" ({tag})"));
    let name = same(&format!("{}{language}: ", change.field.replace('_', " ")));
    let with_name = |pieces: Vec<DiffPiece>| [vec![name.clone()], pieces].concat();
    match (&change.before, &change.now) {
        (Value::Array(before), Value::Array(now))
            if before.iter().chain(now).any(Value::is_object) =>
        {
            items(before, now).into_iter().map(with_name).collect()
        }
        (Value::Array(before), Value::Array(now)) => {
            let gone = before.iter().filter(|item| !now.contains(item));
            let new = now.iter().filter(|item| !before.contains(item));
            let mut pieces: Vec<DiffPiece> =
                gone.map(|item| DiffPiece::Removed(value(item))).collect();
            pieces.extend(new.map(|item| DiffPiece::Added(value(item))));
            if pieces.is_empty() {
                pieces = from_to(&value(&change.before), &value(&change.now));
            }
            vec![with_name(separated(pieces))]
        }
        (Value::Object(before), Value::Object(now)) => {
            fields(before, now).into_iter().map(with_name).collect()
        }
        (before, now) => vec![with_name(text_or_value(before, now))],
    }
}

/// Words that changed within a text, or a value before and after.
fn text_or_value(before: &Value, now: &Value) -> Vec<DiffPiece> {
    match (before.as_str(), now.as_str()) {
        (Some(before), Some(now)) if before.len() + now.len() > 60 => shortened(words(before, now)),
        (None, Some(now)) if now.len() > 60 => shortened(vec![DiffPiece::Added(now.to_owned())]),
        (Some(before), None) if before.len() > 60 => {
            shortened(vec![DiffPiece::Removed(before.to_owned())])
        }
        _ => from_to(&value(before), &value(now)),
    }
}

/// What changed in a list of things that have a name: actions, parts, responders, progress.
fn items(before: &[Value], now: &[Value]) -> Vec<Vec<DiffPiece>> {
    let named = |list: &[Value]| -> Vec<(String, Map<String, Value>)> {
        let objects = list.iter().filter_map(Value::as_object);
        let mut all: Vec<(String, Map<String, Value>)> = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for object in objects {
            let name = name_of(object);
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            let name = if *count == 1 { name } else { format!("{name} ({count})") };
            all.push((name, object.clone()));
        }
        all
    };
    let (before, now) = (named(before), named(now));
    let by_name = |list: &'_ [(String, Map<String, Value>)]| -> HashMap<String, usize> {
        list.iter().enumerate().map(|(index, (name, _))| (name.clone(), index)).collect()
    };
    let (places_before, places_now) = (by_name(&before), by_name(&now));
    let mut lines = Vec::new();
    for (name, item) in &now {
        match places_before.get(name).map(|index| &before[*index]) {
            None => lines.push(vec![DiffPiece::Added(format!("{name}{}", rest_of(item)))]),
            Some((_, was)) => {
                let changed = fields(was, item).into_iter();
                lines.extend(changed.map(|line| [vec![same(&format!("{name}, "))], line].concat()));
            }
        }
    }
    for (name, item) in &before {
        if !places_now.contains_key(name) {
            lines.push(vec![DiffPiece::Removed(format!("{name}{}", rest_of(item)))]);
        }
    }
    // Only their order changed.
    if lines.is_empty() {
        lines.push(vec![same("in another order")]);
    }
    lines
}

/// The fields that name a thing of a list.
const NAMES: [&str; 7] = ["unit", "label", "date", "set", "heading", "number", "text"];

fn name_of(item: &Map<String, Value>) -> String {
    let name = NAMES.iter().find_map(|field| item.get(*field).filter(|of| !of.is_null()));
    let name = name.or_else(|| item.get("deadline"));
    let name = name.map(value).unwrap_or_default();
    within(name, 80)
}

/// What else a thing of a list says.
fn rest_of(item: &Map<String, Value>) -> String {
    let name = NAMES.iter().find(|field| item.get(**field).is_some_and(|of| !of.is_null()));
    let is_name = |field: &str| name.is_some_and(|name| *name == field);
    let said = item.iter().filter(|(field, of)| !is_name(field) && !is_nothing(of));
    let said: Vec<String> = said.map(|(_, of)| value(of)).collect();
    match said.is_empty() {
        true => String::new(),
        false => format!(": {}", said.join(", ")),
    }
}

fn is_nothing(of: &Value) -> bool {
    match of {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// What changed in the fields of a thing.
fn fields(before: &Map<String, Value>, now: &Map<String, Value>) -> Vec<Vec<DiffPiece>> {
    let names: std::collections::BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let of = |map: &Map<String, Value>, name: &String| map.get(name).cloned().unwrap_or_default();
    names
        .into_iter()
        .filter(|name| of(before, name) != of(now, name))
        .map(|name| {
            let label = same(&format!("{}: ", name.replace('_', " ")));
            [vec![label], text_or_value(&of(before, name), &of(now, name))].concat()
        })
        .collect()
}

/// A value in words.
fn value(of: &Value) -> String {
    match of {
        Value::Null => "none".to_owned(),
        Value::String(text) if text.is_empty() => "none".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(value).collect::<Vec<_>>().join(", "),
        Value::Object(entries) => {
            let said = entries.iter().filter(|(_, of)| !is_nothing(of));
            said.map(|(field, of)| format!("{field}: {}", value(of))).collect::<Vec<_>>().join(", ")
        }
    }
}

fn separated(pieces: Vec<DiffPiece>) -> Vec<DiffPiece> {
    let mut all = Vec::with_capacity(2 * pieces.len());
    for piece in pieces {
        if !all.is_empty() {
            all.push(same(", "));
        }
        all.push(piece);
    }
    all
}

/// The most characters of unchanged words that are shown on each side of a change.
const AROUND: usize = 60;

/// About the most characters of a change, and of words that are only in one text.
const LONGEST: usize = 800;

/// The most characters of the name of something.
const LONGEST_NAME: usize = 160;

/// A text of at most so many characters.
fn within(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Pieces with what did not change cut to the words around what did.
fn shortened(pieces: Vec<DiffPiece>) -> Vec<DiffPiece> {
    let last = pieces.len().saturating_sub(1);
    let cut = |(index, piece): (usize, DiffPiece)| match piece {
        DiffPiece::Same(text) => {
            let begins = if index == 0 { "" } else { first_words(&text, AROUND) };
            let rest = &text[begins.len()..];
            let ends = if index == last { "" } else { last_words(rest, AROUND) };
            match begins.len() + ends.len() == text.len() {
                true => DiffPiece::Same(text),
                false => DiffPiece::Same(format!("{begins}…{ends}")),
            }
        }
        DiffPiece::Removed(text) => DiffPiece::Removed(first_part(text)),
        DiffPiece::Added(text) => DiffPiece::Added(first_part(text)),
    };
    let mut shown: Vec<DiffPiece> = pieces.into_iter().enumerate().map(cut).collect();
    // Where a text was rewritten, each word is a change: the beginning is enough.
    let mut room = LONGEST;
    let fits = shown.iter().take_while(|piece| {
        let length = piece.text().len();
        let fits = room > 0;
        room = room.saturating_sub(length + 10);
        fits
    });
    let fits = fits.count();
    if fits < shown.len() {
        shown.truncate(fits);
        shown.push(same(" …"));
    }
    shown
}

fn first_part(text: String) -> String {
    let first = first_words(&text, LONGEST);
    match first.len() == text.len() {
        true => text,
        false => format!("{first}…"),
    }
}

/// The beginning of a text, of at most so many characters, that ends with a word.
fn first_words(text: &str, most: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let end = text[..end].rfind(char::is_whitespace).map_or(end, |space| space + 1);
    let end = (end..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
    &text[..end]
}

/// The end of a text, of at most so many characters, that begins with a word.
fn last_words(text: &str, most: usize) -> &str {
    let count = text.chars().count();
    let Some(from) = count.checked_sub(most).filter(|from| *from > 0) else { return text };
    let (start, _) = text.char_indices().nth(from).unwrap_or_default();
    let start = text[start..].find(char::is_whitespace).map_or(start, |space| start + space);
    &text[start..]
}
