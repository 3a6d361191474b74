//! What the words of a cell say: a response, a date, names. Only exact words are read; everything else
//! stays text.

use crate::model::{Date, Deadline, DeadlineKind};
use crate::vocabulary::{AxisValue, Status, Vocabulary};

/// A value that a cell gives, and what of its words is not part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ValueRead {
    /// The value, as it is typed in front matter.
    pub(super) typed: Vec<String>,
    /// The rest of the words.
    pub(super) rest: Vec<(OmittedKind, String)>,
}

/// What kind of words are left out of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OmittedKind {
    /// A dash or the like, which says that there is nothing.
    Nothing,
    /// A choice of a form that is not ticked, and the boxes.
    NotTicked,
    /// A sign around a value: a full stop, a bracket, a coloured dot.
    Sign,
    /// The same words again, in further rows of a recommendation.
    Repeated,
    /// A note or a table in the cell of a number.
    BesideNumber,
    /// A row above the headings of the table.
    Above,
    /// A row without a recommendation: a sum, a source.
    NoRecommendation,
    /// A note or a table in the cell of a heading.
    BesideHeading,
    /// A column that was to be left out.
    Column,
}

impl OmittedKind {
    /// What it is called in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "a dash, for nothing",
            Self::NotTicked => "choice not ticked",
            Self::Sign => "punctuation",
            Self::Repeated => "repeated",
            Self::BesideNumber => "beside the number",
            Self::Above => "above the headings",
            Self::NoRecommendation => "a row without a recommendation",
            Self::BesideHeading => "beside a heading",
            Self::Column => "column to leave out",
        }
    }
}

impl ValueRead {
    fn one(typed: &str) -> Self {
        Self { typed: vec![typed.to_owned()], rest: Vec::new() }
    }

    fn with_sign(mut self, sign: &str) -> Self {
        if !sign.trim().is_empty() {
            self.rest.push((OmittedKind::Sign, sign.trim().to_owned()));
        }
        self
    }
}

/// Whether a cell has only a dash or the like.
pub(super) fn is_dash(lines: &[String]) -> bool {
    matches!(lines, [line] if !line.contains(char::is_alphanumeric))
}

/// Whether a cell says only "n/a".
pub(super) fn is_not_applicable(lines: &[String], vocabulary: &Vocabulary) -> bool {
    let is_none = |line: &str| {
        Deadline::read(line, vocabulary).is_ok_and(|read| read.kind == DeadlineKind::None)
    };
    // Longer words, such as "not applicable", may mean more in other columns.
    matches!(lines, [line] if line.len() <= 5 && is_none(line))
}

/// A value of an axis: the only line of a cell is its word, or the only ticked one is.
pub(super) fn word<T: AxisValue>(lines: &[String], vocabulary: &Vocabulary) -> Option<ValueRead> {
    if let Some(read) = ticked::<T>(lines, vocabulary) {
        return Some(read);
    }
    let [line] = lines else { return None };
    exact::<T>(line, vocabulary)
}

/// A line that is a word of an axis, apart from signs around it.
fn exact<T: AxisValue>(line: &str, vocabulary: &Vocabulary) -> Option<ValueRead> {
    if vocabulary.value::<T>(line).is_some() {
        return Some(ValueRead::one(line));
    }
    // A box says whether the word counts at all.
    if line.contains(|c| BOXES.iter().any(|(sign, _)| *sign == c)) {
        return None;
    }
    // Any other sign may say something: "Accepted?", "❌ Implemented".
    let bare = line.trim_matches(|c: char| c.is_whitespace() || SIGNS.contains(c));
    let start = line.find(bare)?;
    let is_word = !bare.is_empty() && vocabulary.value::<T>(bare).is_some();
    is_word.then(|| {
        let (before, after) = (&line[..start], &line[start + bare.len()..]);
        ValueRead::one(bare).with_sign(before).with_sign(after)
    })
}

/// Signs that say nothing beside a word: punctuation, and the lights of a dashboard.
const SIGNS: &str = ".,;:()[]\"“”‘’'–—-•●🟢🟡🟠🔴⚪⚫✅";

/// The first line of several, where it is a word of an axis.
pub(super) fn first_line<T: AxisValue>(
    lines: &[String],
    vocabulary: &Vocabulary,
) -> Option<String> {
    let read = exact::<T>(lines.first().filter(|_| lines.len() > 1)?, vocabulary)?;
    read.typed.into_iter().next()
}

/// Boxes of a form, and whether each is ticked.
const BOXES: [(char, bool); 9] = [
    ('☐', false),
    ('□', false),
    ('❏', false),
    ('❑', false),
    ('☑', true),
    ('☒', true),
    ('■', true),
    ('✓', true),
    ('✔', true),
];

/// The value of the one line that is ticked, where each line begins with a box.
fn ticked<T: AxisValue>(lines: &[String], vocabulary: &Vocabulary) -> Option<ValueRead> {
    let boxed = |line: &'_ String| {
        let first = line.chars().next()?;
        let (_, is_ticked) = BOXES.iter().find(|(sign, _)| *sign == first)?;
        Some((line[first.len_utf8()..].trim().to_owned(), first, *is_ticked))
    };
    let boxed: Vec<(String, char, bool)> = lines.iter().map(boxed).collect::<Option<_>>()?;
    let mut ticked = boxed.iter().filter(|(_, _, is_ticked)| *is_ticked);
    let (Some((chosen, sign, _)), None) = (ticked.next(), ticked.next()) else { return None };
    let mut read = exact::<T>(chosen, vocabulary)?;
    read.rest.push((OmittedKind::NotTicked, sign.to_string()));
    let others = boxed.iter().filter(|(_, _, is_ticked)| !is_ticked);
    read.rest
        .extend(others.map(|(words, sign, _)| (OmittedKind::NotTicked, format!("{sign} {words}"))));
    Some(read)
}

/// A deadline.
pub(super) fn deadline(lines: &[String], vocabulary: &Vocabulary) -> Option<ValueRead> {
    let [line] = lines else { return None };
    if Deadline::read(line, vocabulary).is_ok() {
        return Some(ValueRead::one(line));
    }
    let bare = line.trim_end_matches('.');
    let is_read = bare.len() < line.len() && Deadline::read(bare, vocabulary).is_ok();
    is_read.then(|| ValueRead::one(bare).with_sign("."))
}

/// A date.
pub(super) fn date(lines: &[String], vocabulary: &Vocabulary) -> Option<ValueRead> {
    let [line] = lines else { return None };
    Date::read(line, vocabulary).is_ok().then(|| ValueRead::one(line))
}

/// "Implemented by 31 December 2020": a status and a deadline, both as typed. The words stay, too.
pub(super) fn status_and_deadline(
    lines: &[String],
    vocabulary: &Vocabulary,
) -> Option<(String, String)> {
    let [line] = lines else { return None };
    // The longest status wins: "Not yet started, 2025" is not "not".
    let mut ends = line.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).rev();
    ends.find_map(|end| {
        let (status, date) = (line[..end].trim_end_matches([',', ':']), line[end..].trim());
        vocabulary.value::<Status>(status)?;
        let date = Deadline::read(date, vocabulary).ok()?;
        Some((status.to_owned(), date.date()?.iso()))
    })
}

/// Names, one in each line or between semicolons.
pub(super) fn names(lines: &[String]) -> ValueRead {
    let split = || lines.iter().flat_map(|line| line.split(';'));
    let names = split().map(str::trim).filter(|name| !name.is_empty());
    let signs = lines.iter().map(|line| line.matches(';').count()).sum();
    let mut read = ValueRead { typed: Vec::new(), rest: Vec::new() };
    for name in names.map(str::to_owned) {
        match read.typed.contains(&name) {
            true => read.rest.push((OmittedKind::Repeated, name)),
            false => read.typed.push(name),
        }
    }
    if signs > 0 {
        read.rest.push((OmittedKind::Sign, ";".repeat(signs)));
    }
    read
}
