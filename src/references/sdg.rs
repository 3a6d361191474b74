//! The Sustainable Development Goals, their targets and indicators: "SDGs 3, 6 and 9, including
//! targets 6.3 and 11.b".
//!
//! The goals, targets and indicators are those of General Assembly resolutions 70/1 and 71/313.
//! The key is `sdg:13`, `sdg:11.b` or `sdg:6.5.2`.

use std::fmt;
use std::ops::Range;

use super::scan::{
    Joiner, any_word, before, is_end, is_start, joiner, number, spaces, spaces_before, word,
};
use super::{Doubt, Reading, Scheme};

pub(super) const SCHEME: Scheme = Scheme {
    name: "sdg",
    triggers: |_| HEADS.iter().map(|head| head.word.to_owned()).collect(),
    read,
    address: |key, _| key.parse().ok().map(Sdg::url),
};

/// A goal, with how many of its targets have numbers, and the letters of the others.
#[derive(Debug)]
pub struct Goal {
    /// From 1 to 17.
    pub number: u8,
    numbered: u8,
    lettered: &'static str,
}

const fn goal(number: u8, numbered: u8, lettered: &'static str) -> Goal {
    Goal { number, numbered, lettered }
}

/// The 17 goals with their 169 targets (General Assembly resolution 70/1).
pub const GOALS: [Goal; 17] = [
    goal(1, 5, "ab"),
    goal(2, 5, "abc"),
    goal(3, 9, "abcd"),
    goal(4, 7, "abc"),
    goal(5, 6, "abc"),
    goal(6, 6, "ab"),
    goal(7, 3, "ab"),
    goal(8, 10, "ab"),
    goal(9, 5, "abc"),
    goal(10, 7, "abc"),
    goal(11, 7, "abc"),
    goal(12, 8, "abc"),
    goal(13, 3, "ab"),
    goal(14, 7, "abc"),
    goal(15, 9, "abc"),
    goal(16, 10, "ab"),
    goal(17, 19, ""),
];

impl Goal {
    /// Its targets, in the order of the resolution: `1.1` … `1.5`, `1.a`, `1.b`.
    pub fn targets(&self) -> impl Iterator<Item = Sdg> + '_ {
        let numbered = (1..=self.numbered).map(Step::Number);
        let lettered = self.lettered.bytes().map(Step::Letter);
        let goal = self.number;
        numbered.chain(lettered).map(move |target| Sdg {
            goal,
            target: Some(target),
            indicator: None,
        })
    }
}

/// A goal, a target or an indicator. Ordered as the resolution lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sdg {
    goal: u8,
    target: Option<Step>,
    indicator: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Number(u8),
    Letter(u8),
}

impl Sdg {
    /// A goal by its number.
    pub fn goal(number: u8) -> Self {
        Self { goal: number, target: None, indicator: None }
    }

    /// Whether it is a goal, not a target or an indicator.
    pub fn is_goal(self) -> bool {
        self.target.is_none()
    }

    /// Its target, if it is one or an indicator of one.
    pub fn target(self) -> Option<Self> {
        self.target.is_some().then_some(Self { indicator: None, ..self })
    }

    /// The number of its goal.
    pub fn number(self) -> u8 {
        self.goal
    }

    /// Where the United Nations tell about it.
    pub fn url(self) -> String {
        let Self { goal, target, .. } = self;
        match target {
            None => format!("https://sdgs.un.org/goals/goal{goal}"),
            Some(_) => {
                let target = Self { indicator: None, ..self };
                format!("https://unstats.un.org/sdgs/metadata/?Text=&Goal={goal}&Target={target}")
            }
        }
    }

    /// Whether there is such a goal, target or indicator. Which indicators a target has is left
    /// to the Statistical Commission, which changes them; none has ten.
    fn exists(self) -> bool {
        let Some(goal) = GOALS.get(usize::from(self.goal).wrapping_sub(1)) else { return false };
        let has_target = match self.target {
            None => true,
            Some(Step::Number(number)) => (1..=goal.numbered).contains(&number),
            Some(Step::Letter(letter)) => goal.lettered.as_bytes().contains(&letter),
        };
        has_target && self.indicator.is_none_or(|number| (1..10).contains(&number))
    }
}

impl fmt::Display for Sdg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.goal)?;
        match self.target {
            None => {}
            Some(Step::Number(number)) => write!(f, ".{number}")?,
            Some(Step::Letter(letter)) => write!(f, ".{}", char::from(letter))?,
        }
        self.indicator.map_or(Ok(()), |number| write!(f, ".{number}"))
    }
}

impl std::str::FromStr for Sdg {
    type Err = ();

    /// Reads a key or a name: `sdg:11.b`, `11.b`.
    fn from_str(key: &str) -> Result<Self, ()> {
        let printed = key.strip_prefix("sdg:").unwrap_or(key);
        match code(printed, 0) {
            Some((sdg, end)) if end == printed.len() && sdg.exists() => Ok(sdg),
            _ => Err(()),
        }
    }
}

/// What a word before numbers says that they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The goals of the 2030 Agenda, by their full name.
    Sustainable,
    /// Goals, perhaps of something else.
    Goals,
    /// Targets or indicators, perhaps of something else.
    Targets,
}

struct Head {
    word: &'static str,
    kind: Kind,
}

const fn head(word: &'static str, kind: Kind) -> Head {
    Head { word, kind }
}

/// The words that numbers follow, in English, French and Russian. Endings are read behind them.
const HEADS: &[Head] = &[
    head("SDG", Kind::Sustainable),
    head("Sustainable Development Goal", Kind::Sustainable),
    head("Goal", Kind::Goals),
    head("target", Kind::Targets),
    head("Target", Kind::Targets),
    head("indicator", Kind::Targets),
    head("Indicator", Kind::Targets),
    head("ODD", Kind::Sustainable),
    head("bjectifs de développement durable", Kind::Sustainable),
    head("bjectif de développement durable", Kind::Sustainable),
    head("cible", Kind::Targets),
    head("ЦУР", Kind::Sustainable),
    head("в области устойчивого развития", Kind::Sustainable),
    head("задач", Kind::Targets),
    head("показател", Kind::Targets),
];

/// The words of [`HEADS`] that may stand between a name of the goals and the numbers.
const OF_TARGETS: &[&str] = &[
    "targets",
    "target",
    "indicators",
    "indicator",
    "cibles",
    "cible",
    "задачи",
    "задача",
    "задач",
];

/// Reads the numbers after a word.
fn read(reading: &mut Reading<'_, '_>, hit: Range<usize>) {
    let text = reading.text;
    let Some(head) = HEADS.iter().find(|head| head.word == &text[hit.clone()]) else { return };
    let is_word = is_start(text, hit.start) || head.word.starts_with("bjectif");
    // The word may have read already what this one would: "SDG target 6.3".
    if hit.end < *reading.done || !is_word {
        return;
    }
    let mut at = ending(text, hit.end);
    if !is_end(text, at) {
        return;
    }
    let mut kind = head.kind;
    if kind == Kind::Goals && is_sustainable(text, hit.start) {
        kind = Kind::Sustainable;
    }
    if kind == Kind::Sustainable {
        at = abbreviation_in_brackets(text, at);
        if let Some(end) = any_word(text, at, OF_TARGETS) {
            at = end;
        }
    } else if is_of_something_else(text, hit.start) {
        return;
    }
    list(reading, spaces(text, at), kind);
}

/// The goals are called so in full elsewhere in the same breath.
fn is_sustainable(text: &str, start: usize) -> bool {
    text[..spaces_before(text, start)].ends_with("Sustainable Development")
}

/// Where the letters end that make a plural or a case of a word.
fn ending(text: &str, at: usize) -> usize {
    let letters = text[at..].chars().take(5).take_while(|c| c.is_lowercase());
    at + letters.map(char::len_utf8).sum::<usize>()
}

/// "Sustainable Development Goals (SDGs) 1 and 2": the bracket is passed over.
fn abbreviation_in_brackets(text: &str, at: usize) -> usize {
    let open = spaces(text, at);
    let close = text[open..].strip_prefix('(').and_then(|inside| {
        let length = inside.bytes().take(8).position(|b| b == b')')?;
        matches!(&inside[..length], "SDGs" | "SDG" | "Goals" | "ODD" | "ЦУР").then_some(length)
    });
    close.map_or(at, |length| open + length + 2)
}

/// Whether the word before says whose goals or targets these are: "Millennium Development Goal 1",
/// "Strategic Goal 2", "Aichi Target 11". A capital at the beginning of a sentence says nothing.
fn is_of_something_else(text: &str, start: usize) -> bool {
    let end = spaces_before(text, start);
    if end == start {
        // "MDG-Goal 1", "(Goal 1": only brackets and quotation marks may stand so near.
        return before(text, start).is_some_and(|c| matches!(c, '-' | '/' | '.'));
    }
    let rest = &text[..end];
    let length: usize =
        rest.chars().rev().take(40).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let word = &rest[rest.len() - length..];
    if !word.starts_with(char::is_uppercase) || matches!(word, "SDG" | "SDGs" | "Goals" | "Goal") {
        return false;
    }
    let ends_before = rest[..rest.len() - length].trim_end();
    let begins_sentence = ends_before.is_empty()
        || ends_before.ends_with(['.', ':', ';', '?', '!', '\u{fffc}', '(', '“', '"', '«']);
    !begins_sentence || matches!(word, "Strategic" | "Millennium" | "Aichi" | "Sendai")
}

/// Reads a list of numbers.
fn list(reading: &mut Reading<'_, '_>, start: usize, kind: Kind) {
    let text = reading.text;
    let mut items: Vec<(Range<usize>, Sdg)> = Vec::new();
    let mut at = start;
    let mut through = None;
    while let Some((sdg, end)) = code(text, at).filter(|(_, end)| ends_number(text, *end)) {
        if let Some(from) = through.take() {
            let between = goals_between(from, sdg);
            items.extend(between.map(|sdg| (at..at, sdg)));
        }
        items.push((at..end, sdg));
        let Some((joiner, next)) = joiner(text, end) else { break };
        through = (joiner == Joiner::Through).then_some(sdg);
        at = next;
    }
    let Some(end) = items.last().map(|(range, _)| range.end) else { return };
    if kind != Kind::Sustainable && of_what(text, end) == Of::SomethingElse {
        return;
    }
    let of_agenda = kind == Kind::Sustainable || of_what(text, end) == Of::Agenda;
    for (range, sdg) in items {
        // "targets 8 and 10" are not of the Goals, whose targets have a dot.
        if kind == Kind::Targets && sdg.is_goal() {
            continue;
        }
        match sdg.exists() {
            true => reading.found(range, format!("sdg:{sdg}")),
            false if of_agenda || !sdg.is_goal() && sdg.goal <= 17 => unknown(reading, range, sdg),
            false => {}
        }
    }
}

/// The goals between the two ends of a range; none between targets.
fn goals_between(from: Sdg, to: Sdg) -> impl Iterator<Item = Sdg> {
    let are_goals = from.is_goal() && to.is_goal();
    let goals = if are_goals { from.goal + 1..to.goal.min(18) } else { 1..1 };
    goals.map(Sdg::goal)
}

fn unknown(reading: &mut Reading<'_, '_>, range: Range<usize>, sdg: Sdg) {
    let goal = GOALS.get(usize::from(sdg.goal).wrapping_sub(1)).filter(|_| !sdg.is_goal());
    let known = match goal {
        Some(goal) => {
            let targets: Vec<String> = goal.targets().map(|target| target.to_string()).collect();
            format!("the targets of Goal {} are {}", goal.number, targets.join(", "))
        }
        None => "the Goals are numbered from 1 to 17".to_owned(),
    };
    reading.doubt(range, Doubt::UnknownTarget { known });
}

/// Reads `13`, `11.b`, `6.5.2`, and says where it ends.
fn code(text: &str, at: usize) -> Option<(Sdg, usize)> {
    let (goal, mut end) = number(text, at)?;
    let mut sdg = Sdg { goal: u8::try_from(goal).ok()?, target: None, indicator: None };
    let dot = |end: usize| text[end..].strip_prefix('.');
    if let Some(rest) = dot(end) {
        if let Some((target, next)) = number(text, end + 1) {
            sdg.target = Some(Step::Number(u8::try_from(target).ok()?));
            end = next;
        } else if let Some(letter) =
            rest.bytes().next().filter(|b| matches!(b, b'a'..=b'd' | b'A'..=b'D'))
            && is_end(text, end + 2)
        {
            sdg.target = Some(Step::Letter(letter.to_ascii_lowercase()));
            end += 2;
        }
    }
    if sdg.target.is_some()
        && dot(end).is_some()
        && let Some((indicator, next)) = number(text, end + 1)
    {
        sdg.indicator = Some(u8::try_from(indicator).ok()?);
        end = next;
    }
    is_end(text, end).then_some((sdg, end))
}

/// Whether a number is one of a list, and not an amount: "target 2.5 per cent", "1.5 °C".
fn ends_number(text: &str, end: usize) -> bool {
    const UNITS: &[&str] =
        &["%", "per cent", "percent", "million", "billion", "degrees", "pour cent", "процент"];
    let rest = &text[spaces(text, end)..];
    !UNITS.iter().any(|unit| rest.starts_with(unit)) && !rest.starts_with(['°', '‰', '×'])
}

#[derive(Debug, PartialEq, Eq)]
enum Of {
    Agenda,
    SomethingElse,
    Nothing,
}

/// What stands behind a list: "of the Sustainable Development Goals", "of the Strategy".
fn of_what(text: &str, end: usize) -> Of {
    const AGENDA: &[&str] =
        &["Sustainable Development", "2030 Agenda", "Agenda 2030", "Agenda", "SDG", "Goals"];
    let Some(at) = word(text, end, "of") else { return Of::Nothing };
    let Some(at) = any_word(text, at, &["the", "its", "this"]) else { return Of::Nothing };
    let rest = &text[spaces(text, at)..];
    match AGENDA.iter().any(|name| rest.starts_with(name)) {
        true => Of::Agenda,
        false => Of::SomethingElse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_169_targets_of_which_43_have_letters() {
        let targets: Vec<Sdg> = GOALS.iter().flat_map(Goal::targets).collect();
        assert_eq!(targets.len(), 169);
        let lettered = targets.iter().filter(|sdg| matches!(sdg.target, Some(Step::Letter(_))));
        assert_eq!(lettered.count(), 43);
        assert!(targets.is_sorted());
    }

    #[test]
    fn addresses_are_those_of_the_united_nations() {
        let url = |key: &str| key.parse().map(Sdg::url).unwrap();
        assert_eq!(url("sdg:13"), "https://sdgs.un.org/goals/goal13");
        let target = "https://unstats.un.org/sdgs/metadata/?Text=&Goal=11&Target=11.b";
        assert_eq!(url("sdg:11.b"), target);
        assert_eq!("sdg:13.9".parse::<Sdg>(), Err(()));
    }
}
