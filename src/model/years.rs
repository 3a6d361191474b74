//! How many recommendations were made, done and open, year by year.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};

use super::{Date, Recommendation, RecommendationId, Report, Site};

/// The years of a site. A recommendation that several reports take further is one, from its first
/// date to its newest state; one that was split is what it became, and several that became one are
/// one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Years {
    /// From the year of the first date to that of the newest report, without gaps.
    pub rows: Vec<YearTotals>,
    /// As at when the newest report is: the last year may not be over.
    pub until: NaiveDate,
    /// How many recommendations are left out, because nobody said when they were made.
    pub without_made: usize,
    /// How many are left out, because they were made after that.
    pub later: usize,
    /// How many are counted as made only, because they are done or closed and nobody said when.
    pub without_end: usize,
    /// How many are counted as made only, because they have no status.
    pub without_status: usize,
}

/// What happened in a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YearTotals {
    /// The year.
    pub year: i32,
    /// How many were made.
    pub made: usize,
    /// How many were implemented, or closed without that.
    pub ended: usize,
    /// How many were open at its end, or as at when the newest report is.
    pub open: usize,
    /// Of those that ended in it, the median of the days since they were made.
    pub median_days: Option<i64>,
}

/// The years that a table can have: a date may be wrong by centuries.
const MOST: usize = 100;

/// The life of one recommendation.
struct Lifetime {
    made: Date,
    end: End,
}

/// Whether and when it ended.
enum End {
    Open,
    On(Date),
    Unknown,
}

impl Years {
    /// Counts the recommendations of a site. Where the date on which one was made is not given, that
    /// of the evaluation counts, as for the times allowed for it.
    pub fn of(recommendations: &[Recommendation], reports: &[Report]) -> Self {
        let until = reports.iter().map(|report| report.as_at).max().unwrap_or_default();
        let newest = recommendations.iter().filter(|one| one.is_newest());
        let mut years = Self { until, ..Self::default() };
        let mut lives = Vec::new();
        for one in newest {
            let Some(made) = first_made(one, recommendations, reports) else {
                years.without_made += 1;
                continue;
            };
            if made.first_day() > until {
                years.later += 1;
                continue;
            }
            let end = match (one.state.done_on().or(one.state.closed), one.state.status) {
                _ if one.state.is_open() => End::Open,
                (Some(date), _) => End::On(date),
                (None, status) => {
                    years.without_status += usize::from(status.is_none());
                    years.without_end += usize::from(status.is_some());
                    End::Unknown
                }
            };
            lives.push(Lifetime { made, end });
        }
        let first = lives.iter().map(|life| year_in(life.made)).min().unwrap_or(until.year());
        let rows = (first..=until.year()).rev().take(MOST).map(|year| year_of(year, &lives));
        years.rows = rows.collect();
        years.rows.reverse();
        years
    }

    /// Whether they say something that one year does not.
    pub fn are_several(&self) -> bool {
        self.rows.len() > 1
    }
}

impl Site {
    /// The year in which a recommendation was made, where somebody said so.
    pub fn year_made(&self, id: RecommendationId) -> Option<i32> {
        let one = self.recommendation(id);
        first_made(one, &self.recommendations, &self.reports).map(year_in)
    }
}

/// When a recommendation was made, in the first of the reports that it is in.
fn first_made(
    of: &Recommendation,
    recommendations: &[Recommendation],
    reports: &[Report],
) -> Option<Date> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<RecommendationId> = of.continues.clone();
    let made = |one: &Recommendation| {
        let evaluated = reports[one.report.0].front.evaluation_date.as_ref();
        let made = one.front.made.as_ref().or(evaluated);
        made.map(|date| date.value)
    };
    let mut first = made(of);
    while let Some(id) = next.pop() {
        if !seen.insert(id) {
            continue;
        }
        let one = &recommendations[id.0];
        first = first.into_iter().chain(made(one)).min_by_key(|date| date.last_day());
        next.extend(&one.continues);
    }
    first
}

/// The year in which a date ends: a date without a day may be in two.
fn year_in(date: Date) -> i32 {
    date.last_day().year()
}

fn year_of(year: i32, lives: &[Lifetime]) -> YearTotals {
    let mut totals = YearTotals { year, ..YearTotals::default() };
    let mut days = Vec::new();
    for Lifetime { made, end } in lives.iter().filter(|life| year_in(life.made) <= year) {
        totals.made += usize::from(year_in(*made) == year);
        match end {
            End::Open => totals.open += 1,
            // Nothing ends before it begins: a date may be wrong.
            End::On(date) if year_in(*date).max(year_in(*made)) > year => totals.open += 1,
            End::On(date) if year_in(*date).max(year_in(*made)) == year => {
                totals.ended += 1;
                // From "2019" to 1 May 2019 there is no number of days.
                if let (Date::Day(made), Date::Day(end)) = (made, date) {
                    days.push((*end - *made).num_days().max(0));
                }
            }
            End::On(_) | End::Unknown => {}
        }
    }
    days.sort_unstable();
    totals.median_days = days.get(days.len() / 2).map(|upper| match days.len() % 2 {
        // Half a day is rounded up.
        0 => (upper + days[days.len() / 2 - 1] + 1) / 2,
        _ => *upper,
    });
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::Day(text.parse().unwrap())
    }

    #[test]
    fn a_life_is_counted_from_its_first_day_to_its_last() {
        let lives = [
            Lifetime { made: day("2020-03-01"), end: End::On(day("2020-03-11")) },
            Lifetime { made: day("2020-03-01"), end: End::On(day("2021-03-01")) },
            Lifetime { made: day("2021-12-31"), end: End::Open },
            Lifetime { made: day("2021-01-01"), end: End::Unknown },
            Lifetime { made: day("2020-12-31"), end: End::On(day("2021-01-10")) },
            Lifetime { made: Date::Year(2021), end: End::On(day("2021-05-01")) },
        ];
        let row = |year, made, ended, open, median_days| YearTotals {
            year,
            made,
            ended,
            open,
            median_days,
        };
        assert_eq!(year_of(2020, &lives), row(2020, 3, 1, 2, Some(10)));
        assert_eq!(year_of(2021, &lives), row(2021, 3, 3, 1, Some(188)));
        assert_eq!(year_of(2022, &lives), row(2022, 0, 0, 1, None));
    }
}
