//! The goals, their targets and indicators, as General Assembly resolution 70/1 lists them.

use std::fmt;

use super::super::scan::{is_end, number};

/// A goal: how many of its targets are numbered, and the letters of the others.
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
        let numbered = (1..=self.numbered).map(TargetStep::Number);
        let lettered = self.lettered.bytes().map(TargetStep::Letter);
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
    pub(super) goal: u8,
    pub(super) target: Option<TargetStep>,
    pub(super) indicator: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TargetStep {
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

    /// The United Nations page about it.
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

    /// Whether only the Goals number like this: a letter, or three numbers.
    pub(super) fn is_unmistakable(self) -> bool {
        matches!(self.target, Some(TargetStep::Letter(_))) || self.indicator.is_some()
    }

    /// Whether there is such a goal, target or indicator. Which indicators a target has is left
    /// to the Statistical Commission, which changes them; none has ten.
    pub(super) fn exists(self) -> bool {
        let Some(goal) = GOALS.get(usize::from(self.goal).wrapping_sub(1)) else { return false };
        let has_target = match self.target {
            None => true,
            Some(TargetStep::Number(number)) => (1..=goal.numbered).contains(&number),
            Some(TargetStep::Letter(letter)) => goal.lettered.as_bytes().contains(&letter),
        };
        has_target && self.indicator.is_none_or(|number| (1..10).contains(&number))
    }
}

impl fmt::Display for Sdg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.goal)?;
        match self.target {
            None => {}
            Some(TargetStep::Number(number)) => write!(f, ".{number}")?,
            Some(TargetStep::Letter(letter)) => write!(f, ".{}", char::from(letter))?,
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

/// Reads `13`, `11.b`, `6.5.2`, and says where it ends.
pub(super) fn code(text: &str, at: usize) -> Option<(Sdg, usize)> {
    let (goal, mut end) = number(text, at)?;
    let mut sdg = Sdg::goal(u8::try_from(goal).ok()?);
    let dot = |end: usize| text[end..].strip_prefix('.');
    if let Some(rest) = dot(end) {
        if let Some((target, next)) = number(text, end + 1) {
            sdg.target = Some(TargetStep::Number(u8::try_from(target).ok()?));
            end = next;
        } else if let Some(letter) =
            rest.bytes().next().filter(|b| matches!(b, b'a'..=b'd' | b'A'..=b'D'))
            && is_end(text, end + 2)
        {
            sdg.target = Some(TargetStep::Letter(letter.to_ascii_lowercase()));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_169_targets_of_which_43_have_letters() {
        let targets: Vec<Sdg> = GOALS.iter().flat_map(Goal::targets).collect();
        assert_eq!(targets.len(), 169);
        let lettered =
            targets.iter().filter(|sdg| matches!(sdg.target, Some(TargetStep::Letter(_))));
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
