//! How far something is: what was answered, what was done, and whether that was on time.

use chrono::NaiveDate;

use super::date::days_between;
use super::{Date, Deadline, DeadlineKind, Timeliness, TimelinessKind};
use crate::vocabulary::{Response, Status, Worded};

/// How far a recommendation is, a part of it, an action, or what one of its responders has to do.
/// What nobody said is none.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Was it accepted?
    pub response: Option<Worded<Response>>,
    /// When it was answered.
    pub responded: Option<Date>,
    /// Is it done?
    pub status: Option<Worded<Status>>,
    /// By when it is to be done.
    pub deadline: Option<Deadline>,
    /// When it was done.
    pub implemented: Option<Date>,
    /// When it was closed without being done.
    pub closed: Option<Date>,
    /// Is it on time? None where nobody said by when it is to be done.
    pub timeliness: Option<Timeliness>,
}

/// The days by which it is worked out what is on time.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    /// As at when.
    pub as_at: NaiveDate,
    /// The first day on which it was reported as done, if it was.
    pub reported_by: NaiveDate,
    /// How many days before a deadline "due soon" begins.
    pub due_soon: u32,
}

impl State {
    /// The same with its timeliness worked out.
    ///
    /// A date that covers several days is read in the author's favour: a deadline lasts to its last
    /// day, and "implemented in 2020" is late only if every day of 2020 is. What was done on a day
    /// that nobody gave is on time if it was reported as done by the deadline. What was rejected
    /// cannot be overdue, and of what has no status nobody knows whether it is.
    pub fn assessed(mut self, days: Days) -> Self {
        self.timeliness = self.deadline.as_ref().map(|deadline| self.timeliness(deadline, days));
        self
    }

    fn timeliness(&self, deadline: &Deadline, days: Days) -> Timeliness {
        let due = match deadline.kind {
            DeadlineKind::By(date) => date.last_day(),
            // Nobody said from which day it counts.
            DeadlineKind::Within(_) => return Timeliness::NotAssessed,
            DeadlineKind::Ongoing | DeadlineKind::Undecided | DeadlineKind::None => {
                return Timeliness::NoDeadline;
            }
        };
        let left = days_between(days.as_at, due);
        let ahead = match left <= i64::from(days.due_soon) {
            true => Timeliness::DueSoon { days: left },
            false => Timeliness::NotYetDue { days: left },
        };
        match self.status.map(|status| status.meaning) {
            Some(Status::Implemented) => match self.implemented {
                Some(date) => match days_between(due, date.first_day()) {
                    late if late > 0 => Timeliness::Late { days: late },
                    _ => Timeliness::OnTime,
                },
                None if days.reported_by <= due => Timeliness::OnTime,
                None => Timeliness::NotAssessed,
            },
            Some(status) if !status.is_open() => Timeliness::NotAssessed,
            _ if self.is_rejected() => Timeliness::NotAssessed,
            _ if left >= 0 => ahead,
            Some(_) => Timeliness::Overdue { days: -left },
            None => Timeliness::NotAssessed,
        }
    }

    /// Whether it was not accepted.
    pub fn is_rejected(&self) -> bool {
        self.response.is_some_and(|response| response.meaning == Response::NotAccepted)
    }

    /// Whether it was accepted, in whole or in part.
    pub fn is_accepted(&self) -> bool {
        self.response.is_some_and(|response| response.is_accepted())
    }

    /// Whether it is said that work is still expected.
    pub fn is_open(&self) -> bool {
        self.status.is_some_and(|status| status.is_open())
    }

    /// Whether its deadline has passed.
    pub fn is_overdue(&self) -> bool {
        self.timeliness.is_some_and(|timeliness| timeliness.kind() == TimelinessKind::Overdue)
    }

    /// Whether it is done.
    pub fn is_done(&self) -> bool {
        self.status.is_some_and(|status| status.meaning == Status::Implemented)
    }

    /// The day on which it was done; none unless it is.
    pub fn done_on(&self) -> Option<Date> {
        self.implemented.filter(|_| self.is_done())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    fn day(text: &str) -> Date {
        Date::parse(text, &Vocabulary::default()).unwrap()
    }

    fn said<T>(meaning: T) -> Worded<T> {
        Worded { meaning, own: None }
    }

    fn timeliness(
        status: Option<Status>,
        deadline: &str,
        implemented: Option<&str>,
        response: Option<Response>,
    ) -> Timeliness {
        let as_at = NaiveDate::from_ymd_opt(2020, 12, 31).unwrap();
        let state = State {
            response: response.map(said),
            status: status.map(said),
            deadline: Some(Deadline { kind: DeadlineKind::By(day(deadline)), words: None }),
            implemented: implemented.map(day),
            ..State::default()
        };
        let reported_by = NaiveDate::from_ymd_opt(2020, 11, 30).unwrap();
        state.assessed(Days { as_at, reported_by, due_soon: 30 }).timeliness.unwrap()
    }

    #[test]
    fn timeliness_follows_from_the_dates() {
        use Status::{Implemented, InProgress, NotStarted, PartiallyImplemented, Superseded};
        for (status, deadline, implemented, expected) in [
            (Implemented, "2020-12-31", Some("2020-12-31"), Timeliness::OnTime),
            (Implemented, "2020-12-31", Some("2020"), Timeliness::OnTime),
            (Implemented, "2020-06", Some("2020-Q3"), Timeliness::Late { days: 1 }),
            (Implemented, "2020-12-31", None, Timeliness::OnTime),
            (Implemented, "2020-11-30", None, Timeliness::OnTime),
            (Implemented, "2020-11-29", None, Timeliness::NotAssessed),
            (InProgress, "2020-11-20", None, Timeliness::Overdue { days: 41 }),
            (InProgress, "2020-12-31", None, Timeliness::DueSoon { days: 0 }),
            (NotStarted, "2021-01-30", None, Timeliness::DueSoon { days: 30 }),
            (PartiallyImplemented, "2021", None, Timeliness::NotYetDue { days: 365 }),
            (Superseded, "2019", None, Timeliness::NotAssessed),
        ] {
            let found = timeliness(Some(status), deadline, implemented, None);
            assert_eq!(found, expected, "{status:?} {deadline} {implemented:?}");
        }
    }

    #[test]
    fn what_nobody_said_is_not_overdue() {
        assert_eq!(timeliness(None, "2019", None, None), Timeliness::NotAssessed);
        assert_eq!(timeliness(None, "2021", None, None), Timeliness::NotYetDue { days: 365 });
        let rejected = Some(Response::NotAccepted);
        let open = Some(Status::NotStarted);
        assert_eq!(timeliness(open, "2019", None, rejected), Timeliness::NotAssessed);
        assert!(
            State::default()
                .assessed(Days { as_at: NaiveDate::MIN, reported_by: NaiveDate::MIN, due_soon: 30 })
                .timeliness
                .is_none()
        );
    }

    #[test]
    fn only_what_is_done_has_a_day_on_which_it_was() {
        let partly = State {
            status: Some(said(Status::PartiallyImplemented)),
            implemented: Some(day("2020")),
            ..State::default()
        };
        assert_eq!(partly.done_on(), None);
    }
}
