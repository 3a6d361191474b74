//! Is it on time? Computed from dates, never typed.

/// Whether a recommendation is on time, and by how many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timeliness {
    /// No deadline was set, or it is ongoing or undecided.
    NoDeadline,
    /// Open, and the deadline is further away than "soon".
    NotYetDue {
        /// Days left.
        days: i64,
    },
    /// Open, and the deadline is near.
    DueSoon {
        /// Days left; 0 on the day itself.
        days: i64,
    },
    /// Open, and the deadline has passed.
    Overdue {
        /// Days since.
        days: i64,
    },
    /// Done by the deadline.
    OnTime,
    /// Done after the deadline.
    Late {
        /// Days from the deadline to the first day on which it can have been done.
        days: i64,
    },
    /// Closed without being done, done on a day that was not recorded, or past its deadline without
    /// a word on whether it is done: there is no answer, and none is made up.
    NotAssessed,
}

/// Timeliness without its days, to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the same names as in Timeliness")]
pub enum TimelinessKind {
    OnTime,
    Late,
    NotYetDue,
    DueSoon,
    Overdue,
    NoDeadline,
    NotAssessed,
}

impl TimelinessKind {
    /// Every kind, in the order in which totals list them.
    pub const ALL: &[Self] = &[
        Self::OnTime,
        Self::Late,
        Self::NotYetDue,
        Self::DueSoon,
        Self::Overdue,
        Self::NoDeadline,
        Self::NotAssessed,
    ];

    /// The name that exports print.
    pub fn name(self) -> &'static str {
        match self {
            Self::OnTime => "on time",
            Self::Late => "late",
            Self::NotYetDue => "not yet due",
            Self::DueSoon => "due soon",
            Self::Overdue => "overdue",
            Self::NoDeadline => "no deadline",
            Self::NotAssessed => "not assessed",
        }
    }
}

impl Timeliness {
    /// Without the days.
    pub fn kind(self) -> TimelinessKind {
        match self {
            Self::NoDeadline => TimelinessKind::NoDeadline,
            Self::NotYetDue { .. } => TimelinessKind::NotYetDue,
            Self::DueSoon { .. } => TimelinessKind::DueSoon,
            Self::Overdue { .. } => TimelinessKind::Overdue,
            Self::OnTime => TimelinessKind::OnTime,
            Self::Late { .. } => TimelinessKind::Late,
            Self::NotAssessed => TimelinessKind::NotAssessed,
        }
    }

    /// The days that it carries.
    pub fn days(self) -> Option<i64> {
        match self {
            Self::NotYetDue { days }
            | Self::DueSoon { days }
            | Self::Overdue { days }
            | Self::Late { days } => Some(days),
            Self::NoDeadline | Self::OnTime | Self::NotAssessed => None,
        }
    }
}
