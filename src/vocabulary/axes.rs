//! The axes that authors fill in. Timeliness is computed from dates instead.

use std::ops::Deref;

use super::{Axis, fold};

/// A value of an axis as an organisation says it, which may have several words for one meaning:
/// "Open", "Stalled" and "Delayed" may all mean that the work goes on.
///
/// Values are in the order of their meanings, then of the organisation's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Worded<T> {
    /// What it means.
    pub meaning: T,
    /// Which of the organisation's words for this meaning it is: its place in `site.yaml`. None for
    /// the word that every site has.
    pub own: Option<u8>,
}

impl<T> Deref for Worded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.meaning
    }
}

/// A value of an axis.
pub trait AxisValue: Copy + 'static {
    /// The axis.
    const AXIS: Axis;
    /// What one value is called in messages: "a status".
    const WHAT: &'static str;
    /// Every value, in the order in which totals list them.
    const ALL: &'static [Self];

    /// The name: what authors may always type, and what exports print.
    fn name(self) -> &'static str;

    /// The value of a name or one of its spellings.
    fn of_name(name: &str) -> Option<Self> {
        let name = fold(name);
        Self::ALL.iter().copied().find(|value| fold(value.name()) == name)
    }

    /// Every name.
    fn names() -> impl Iterator<Item = &'static str> + Clone {
        Self::ALL.iter().map(|value| value.name())
    }
}

/// Declares the values of an axis, each with its name.
macro_rules! axis {
    (
        $(#[$meta:meta])*
        pub enum $type:ident in $axis:expr, $what:literal {
            $( $(#[$value_meta:meta])* $value:ident = $name:literal, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $( $(#[$value_meta])* $value, )* }

        impl AxisValue for $type {
            const AXIS: Axis = $axis;
            const WHAT: &'static str = $what;
            const ALL: &'static [Self] = &[$( Self::$value ),*];

            fn name(self) -> &'static str {
                match self { $( Self::$value => $name, )* }
            }
        }
    };
}

axis! {
    /// Was the recommendation accepted?
    pub enum Response in Axis::Response, "a response" {
        /// In full.
        Accepted = "accepted",
        /// In part; the management response says which.
        PartiallyAccepted = "partially accepted",
        /// Rejected; the management response says why.
        NotAccepted = "not accepted",
        /// Neither accepted nor rejected.
        Noted = "noted",
        /// No answer yet.
        Pending = "pending",
    }
}

axis! {
    /// Is it done?
    pub enum Status in Axis::Status, "a status" {
        /// Done.
        Implemented = "implemented",
        /// Partly done, the rest still open.
        PartiallyImplemented = "partially implemented",
        /// Work goes on.
        InProgress = "in progress",
        /// Nothing done yet.
        NotStarted = "not started",
        /// Closed without being done.
        NotImplemented = "not implemented",
        /// Another recommendation takes its place.
        Superseded = "superseded",
        /// What it was about is gone.
        NoLongerApplicable = "no longer applicable",
    }
}

impl Response {
    /// Whether the recommendation is to be acted on, in whole or in part.
    pub fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted | Self::PartiallyAccepted)
    }
}

impl Status {
    /// Whether work is still expected.
    pub fn is_open(self) -> bool {
        matches!(self, Self::NotStarted | Self::InProgress | Self::PartiallyImplemented)
    }

    /// The mark shown beside the word, so that colour is never needed.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Implemented => "●",
            Self::PartiallyImplemented => "◐",
            Self::InProgress => "▷",
            Self::NotStarted => "○",
            Self::NotImplemented => "⊘",
            Self::Superseded => "⇥",
            Self::NoLongerApplicable => "–",
        }
    }
}

axis! {
    /// Who says so?
    pub enum Verification in Axis::Verification, "a verification" {
        /// The responsible unit itself.
        SelfReported = "self-reported",
        /// The responsible unit, with evidence.
        EvidenceGiven = "evidence given",
        /// Someone else has checked it.
        Validated = "validated",
        /// Someone else tried to check it, and could not.
        CouldNotBeVerified = "could not be verified",
        /// Someone else says otherwise.
        Disputed = "disputed",
    }
}

axis! {
    /// How urgent is it?
    pub enum Priority in Axis::Priority, "a priority" {
        /// Before all others.
        Critical = "critical",
        /// Soon.
        High = "high",
        /// In due course.
        Medium = "medium",
        /// When there is time.
        Low = "low",
    }
}
