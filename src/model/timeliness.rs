//! Is it on time? Computed from dates, never typed.

use chrono::NaiveDate;

use super::date::days_between;
use super::{Date, DeadlineKind};
use crate::vocabulary::Status;

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
    /// Closed without being done, or done on a day that was not recorded: there is no answer, and
    /// none is made up.
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

/// Whether it is on time, as at a day.
///
/// A date that covers several days is read in the author's favour: a deadline lasts to its last
/// day, and "implemented in 2020" is late only if every day of 2020 is. Without a date of
/// implementation, what was done is on time if the deadline is still ahead.
pub fn timeliness(
    status: Status,
    deadline: DeadlineKind,
    implemented: Option<Date>,
    as_at: NaiveDate,
    due_soon_days: u32,
) -> Timeliness {
    let Some(due) = deadline.date().map(Date::last_day) else {
        return Timeliness::NoDeadline;
    };
    if status.is_open() {
        return match days_between(as_at, due) {
            days if days < 0 => Timeliness::Overdue { days: -days },
            days if days <= i64::from(due_soon_days) => Timeliness::DueSoon { days },
            days => Timeliness::NotYetDue { days },
        };
    }
    if status != Status::Implemented {
        return Timeliness::NotAssessed;
    }
    match implemented.map(|date| days_between(due, date.first_day())) {
        Some(days) if days > 0 => Timeliness::Late { days },
        Some(_) => Timeliness::OnTime,
        None if as_at <= due => Timeliness::OnTime,
        None => Timeliness::NotAssessed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text, &crate::vocabulary::Vocabulary::default()).unwrap()
    }

    #[test]
    fn timeliness_follows_from_the_dates() {
        let as_at = NaiveDate::from_ymd_opt(2020, 12, 31).unwrap();
        let by = |text| DeadlineKind::By(day(text));
        for (status, deadline, implemented, expected) in [
            (Status::Implemented, by("2020-12-31"), Some("2020-12-31"), Timeliness::OnTime),
            (Status::Implemented, by("2020-12-31"), Some("2020"), Timeliness::OnTime),
            (Status::Implemented, by("2020-06"), Some("2020-Q3"), Timeliness::Late { days: 1 }),
            (Status::Implemented, by("2020-12-31"), None, Timeliness::OnTime),
            (Status::Implemented, by("2020-06"), None, Timeliness::NotAssessed),
            (Status::InProgress, by("2020-11-20"), None, Timeliness::Overdue { days: 41 }),
            (Status::InProgress, by("2020-12-31"), None, Timeliness::DueSoon { days: 0 }),
            (Status::NotStarted, by("2021-01-30"), None, Timeliness::DueSoon { days: 30 }),
            (Status::PartiallyImplemented, by("2021"), None, Timeliness::NotYetDue { days: 365 }),
            (Status::InProgress, DeadlineKind::Ongoing, None, Timeliness::NoDeadline),
            (Status::Superseded, by("2019"), None, Timeliness::NotAssessed),
        ] {
            let found = timeliness(status, deadline, implemented.map(day), as_at, 30);
            assert_eq!(found, expected, "{status:?} {deadline:?} {implemented:?}");
        }
    }
}
