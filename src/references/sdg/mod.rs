//! The Sustainable Development Goals, their targets and indicators: "SDGs 3, 6 and 9, including
//! targets 6.3 and 11.b".
//!
//! The goals, targets and indicators are those of General Assembly resolutions 70/1 and 71/313.
//! The key is `13`, `11.b` or `6.5.2`; exports write `sdg:` before it.

mod goals;

use std::ops::Range;

use super::scan::{
    Joiner, any_word, before, is_end, is_start, joiner, last_word, spaces, spaces_before,
};
use super::{Doubt, Key, LeadsTo, Match, Scheme, SchemeId, Search};
use goals::{TargetStep, code};

pub use goals::{GOALS, Goal, Sdg};

pub(super) const SCHEME: Scheme = Scheme {
    id: SchemeId::Sdg,
    leads_to: LeadsTo::Goal,
    triggers: |_| HEADS.iter().map(|head| head.word.to_owned()).collect(),
    read,
};

/// What a word before numbers says about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HeadKind {
    /// The goals of the 2030 Agenda, by their full name.
    Sustainable,
    /// Goals, perhaps of something else.
    Goals,
    /// Targets or indicators, perhaps of something else.
    Targets,
}

struct HeadWord {
    word: &'static str,
    kind: HeadKind,
}

const fn head(word: &'static str, kind: HeadKind) -> HeadWord {
    HeadWord { word, kind }
}

/// The words before numbers, in English, French and Russian. Endings are read separately.
const HEADS: &[HeadWord] = &[
    head("SDG", HeadKind::Sustainable),
    head("Sustainable Development Goal", HeadKind::Sustainable),
    head("sustainable development goal", HeadKind::Sustainable),
    head("Goal", HeadKind::Goals),
    head("target", HeadKind::Targets),
    head("Target", HeadKind::Targets),
    head("indicator", HeadKind::Targets),
    head("Indicator", HeadKind::Targets),
    head("ODD", HeadKind::Sustainable),
    head("bjectifs de développement durable", HeadKind::Sustainable),
    head("bjectif de développement durable", HeadKind::Sustainable),
    head("Objectif", HeadKind::Goals),
    head("objectif", HeadKind::Goals),
    head("cible", HeadKind::Targets),
    head("indicateur", HeadKind::Targets),
    head("ЦУР", HeadKind::Sustainable),
    head("в области устойчивого развития", HeadKind::Sustainable),
    head("Цел", HeadKind::Goals),
    head("задач", HeadKind::Targets),
    head("показател", HeadKind::Targets),
    head("индикатор", HeadKind::Targets),
];

/// The words of [`HEADS`] that may come between a name of the goals and the numbers.
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

/// What may come between a word and its number.
const NUMBER_SIGNS: &[&str] = &["No.", "Nos.", "no.", "nos.", "no", "nos", "n°", "№", ":"];

/// How a text names the goals as a whole.
const NAMES: [&str; 8] = [
    "SDG",
    "ustainable Development",
    "ustainable development",
    "2030 Agenda",
    "Agenda 2030",
    "ODD",
    "éveloppement durable",
    "стойчивого развития",
];

/// Reads the numbers after a word.
fn read(reading: &mut Search<'_, '_>, hit: Range<usize>) {
    let text = reading.text;
    let Some(head) = HEADS.iter().find(|head| head.word == &text[hit.clone()]) else { return };
    let is_word = is_start(text, hit.start) || head.word.starts_with("bjectif");
    // An earlier word may have read this already: "SDG target 6.3".
    if hit.end < *reading.done || !is_word {
        return;
    }
    let mut at = ending(text, hit.end);
    let is_sustainable = head.kind == HeadKind::Sustainable;
    // "SDG13", "SDG-6"
    let is_glued = is_sustainable
        && text[at..].trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
    if !is_end(text, at) && !is_glued {
        return;
    }
    if is_sustainable {
        at = abbreviation_in_brackets(text, at);
        at = any_word(text, at, OF_TARGETS).unwrap_or(at);
        at += usize::from(is_glued && text[at..].starts_with('-'));
    } else if is_of_something_else(text, hit.start) {
        return;
    }
    let signs = NUMBER_SIGNS.iter().filter(|sign| text[spaces(text, at)..].starts_with(**sign));
    at = signs.map(|sign| spaces(text, at) + sign.len()).max().unwrap_or(at);
    let is_plural = hit.end < ending(text, hit.end);
    list(reading, spaces(text, at), head.kind, is_plural);
}

/// Whether a text names the goals: "Goal 1" and "target 1.1" alone may be those of any plan.
fn names_goals(reading: &Search<'_, '_>) -> bool {
    let text = reading.text;
    *reading.names_goals.get_or_init(|| NAMES.iter().any(|name| text.contains(name)))
}

/// Where the ending of a word (plural or case) ends.
fn ending(text: &str, at: usize) -> usize {
    let letters = text[at..].chars().take(5).take_while(|c| c.is_lowercase());
    at + letters.map(char::len_utf8).sum::<usize>()
}

/// "Sustainable Development Goals (SDGs) 1 and 2": the bracket is skipped.
fn abbreviation_in_brackets(text: &str, at: usize) -> usize {
    let open = spaces(text, at);
    let close = text[open..].strip_prefix('(').and_then(|inside| {
        let length = inside.bytes().take(8).position(|b| b == b')')?;
        matches!(&inside[..length], "SDGs" | "SDG" | "Goals" | "ODD" | "ЦУР").then_some(length)
    });
    close.map_or(at, |length| open + length + 2)
}

/// Words with a capital that name nothing, before a goal or a target.
const COMMON: [&str; 22] = [
    "The",
    "Goal",
    "Goals",
    "SDG",
    "SDGs",
    "In",
    "Under",
    "On",
    "For",
    "With",
    "By",
    "To",
    "Of",
    "And",
    "As",
    "See",
    "Including",
    "Towards",
    "Achieving",
    "Les",
    "Des",
    "La",
];

/// Whether the word before says whose goals or targets these are: "Millennium Development Goal 1",
/// "Strategic Goal 2", "Aichi Target 11", "our Goal 1", "the strategy’s Goal 1".
fn is_of_something_else(text: &str, start: usize) -> bool {
    let end = spaces_before(text, start);
    if end == start {
        // "MDG-Goal 1": only brackets and quotation marks may be this close.
        return before(text, start).is_some_and(|c| matches!(c, '-' | '/' | '.'));
    }
    let word = last_word(text, end);
    let is_possessive = text[..end].ends_with("’s") || text[..end].ends_with("'s");
    let is_name = word.starts_with(char::is_uppercase) && !COMMON.contains(&word);
    // "Sustainable Development Goal 1" has its own head word.
    is_possessive || is_name || matches!(word, "our" | "their" | "my" | "your" | "national")
}

/// Reads a list of numbers.
fn list(reading: &mut Search<'_, '_>, start: usize, kind: HeadKind, is_plural: bool) {
    let text = reading.text;
    let items = items(text, start);
    let Some(end) = items.last().map(|(range, _)| range.end) else { return };
    let of = of_what(text, end);
    if kind != HeadKind::Sustainable && of == OfWhat::SomethingElse {
        return;
    }
    let is_explicit = kind == HeadKind::Sustainable || of == OfWhat::Agenda;
    let is_known = is_explicit || names_goals(reading);
    let several = is_plural && items.len() > 1;
    for (range, sdg) in items {
        let is_meant = match kind {
            HeadKind::Sustainable => true,
            // Goals in the plural are hardly ever those of another plan.
            HeadKind::Goals => is_known || several,
            // "targets 8 and 10" are not of the Goals, whose targets have a dot. Only the Goals use
            // letters and three numbers.
            HeadKind::Targets => !sdg.is_goal() && (is_known || sdg.is_unmistakable()),
        };
        if !is_meant {
            continue;
        }
        match sdg.exists() {
            true => reading.found_key(range, Key::Goal(sdg)),
            // A target that does not exist may be one of another plan, unless the text says whose
            // it is.
            false if is_explicit || is_of_cited_goal(reading, sdg) => unknown(reading, range, sdg),
            false => {}
        }
    }
}

/// Whether the goal of a target was named just before: "Goal 13 and its target 13.9".
fn is_of_cited_goal(reading: &Search<'_, '_>, sdg: Sdg) -> bool {
    let mut near = reading.matches.iter().rev().take(8);
    let is_its_goal =
        |found: &Match<'_>| matches!(found.key, Key::Goal(cited) if cited.goal == sdg.goal);
    sdg.target.is_some() && near.any(is_its_goal)
}

/// The numbers of a list, with what its ranges imply.
fn items(text: &str, start: usize) -> Vec<(Range<usize>, Sdg)> {
    let mut items: Vec<(Range<usize>, Sdg)> = Vec::new();
    let mut at = start;
    let mut through = None;
    while let Some((sdg, end)) = code(text, at).filter(|(_, end)| ends_number(text, *end)) {
        if !items.is_empty() && counts_things(text, end) {
            break;
        }
        if let Some(from) = through.take() {
            items.extend(between(from, sdg).map(|sdg| (at..at, sdg)));
        }
        items.push((at..end, sdg));
        let end = match bracket(text, end) {
            // "SDG 13 (13.1 and 13.2)": its targets are in the bracket.
            Some(inside) if code(text, inside).is_some_and(|(own, _)| own.goal == sdg.goal) => {
                at = inside;
                continue;
            }
            // "3 (good health), 6 (clean water)"
            Some(inside) => text[inside..].find(')').map_or(end, |length| inside + length + 1),
            None => end,
        };
        let Some((joiner, next)) = joiner(text, end) else { break };
        through = (joiner == Joiner::Through).then_some(sdg);
        at = next;
    }
    items
}

/// Where the inside of a short bracket after a number begins.
fn bracket(text: &str, end: usize) -> Option<usize> {
    let inside = spaces(text, end) + 1;
    let is_open = text[inside - 1..].starts_with('(');
    let length =
        is_open.then(|| text.as_bytes()[inside..].iter().take(80).position(|b| *b == b')'));
    length.flatten().map(|_| inside)
}

/// What is between the two ends of a range: goals, or the numbered targets of one goal.
fn between(from: Sdg, to: Sdg) -> impl Iterator<Item = Sdg> {
    let goals = match from.is_goal() && to.is_goal() {
        true => from.goal + 1..to.goal.min(18),
        false => 1..1,
    };
    let targets = match (from, to) {
        (
            Sdg { goal: a, target: Some(TargetStep::Number(first)), indicator: None },
            Sdg { goal: b, target: Some(TargetStep::Number(last)), indicator: None },
        ) if a == b => first + 1..last.min(20),
        _ => 1..1,
    };
    let target = move |number| Sdg { target: Some(TargetStep::Number(number)), ..from };
    goals.map(Sdg::goal).chain(targets.map(target))
}

fn unknown(reading: &mut Search<'_, '_>, range: Range<usize>, sdg: Sdg) {
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

/// Whether a number is one of a list, and not an amount: "target 2.5 per cent", "1.5 °C".
fn ends_number(text: &str, end: usize) -> bool {
    const UNITS: &[&str] = &[
        "%",
        "per cent",
        "percent",
        "million",
        "billion",
        "degrees",
        "tonnes",
        "pour cent",
        "процент",
    ];
    const SHORT_UNITS: &[&str] = &["m", "km", "kg", "t", "C", "goals", "targets", "releases"];
    let rest = &text[spaces(text, end)..];
    !UNITS.iter().any(|unit| rest.starts_with(unit))
        && !rest.starts_with(['°', '‰', '×'])
        && any_word(text, end, SHORT_UNITS).is_none()
}

/// Whether a number is followed by what it counts, and so is not in the list: "SDG 3 and 15
/// countries".
fn counts_things(text: &str, end: usize) -> bool {
    const NO_THINGS: &[&str] = &["this", "thus", "does", "plus", "dans", "sans", "sous", "mais"];
    let rest = &text[spaces(text, end)..];
    let length = rest.find(|c: char| !c.is_lowercase()).unwrap_or(rest.len());
    let word = &rest[..length];
    let is_plural = ["s", "ов", "ев", "ей"].iter().any(|ending| word.ends_with(ending));
    word == "people" || is_plural && word.len() > 3 && !NO_THINGS.contains(&word)
}

#[derive(Debug, PartialEq, Eq)]
enum OfWhat {
    Agenda,
    SomethingElse,
    Nothing,
}

/// What follows a list: "of the Sustainable Development Goals", "of the Strategy", "in the
/// long-term strategy".
fn of_what(text: &str, end: usize) -> OfWhat {
    const AGENDA: &[&str] = &[
        "Sustainable Development",
        "sustainable development",
        "2030 Agenda",
        "Agenda 2030",
        "SDG",
        "Goals",
        "ODD",
        "objectifs de développement durable",
        "Programme 2030",
    ];
    const PLANS: &[&str] = &["trategy", "plan", "Plan", "rogramme", "utline"];
    if let Some(at) = any_word(text, end, &["of", "des", "du"]) {
        let at = any_word(text, at, &["the", "its", "this"]).unwrap_or(at);
        let rest = &text[spaces(text, at)..];
        return match AGENDA.iter().any(|name| rest.starts_with(name)) {
            true => OfWhat::Agenda,
            false => OfWhat::SomethingElse,
        };
    }
    match any_word(text, end, &["in the", "in our", "in its"]) {
        Some(at) => {
            let near = &text[at..crate::source::boundary(text, at + 30)];
            match PLANS.iter().any(|plan| near.contains(plan)) {
                true => OfWhat::SomethingElse,
                false => OfWhat::Nothing,
            }
        }
        None => OfWhat::Nothing,
    }
}
