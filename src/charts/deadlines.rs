//! Deadlines as rows along a line of time: set, moved, met, missed.

use std::fmt::Write as _;
use std::ops::Range;

use chrono::{Datelike as _, NaiveDate};

use crate::markup::html::{escape, escape_attribute};

/// The deadlines of one recommendation.
#[derive(Debug, Clone)]
pub struct DeadlineRow {
    /// Its number.
    pub number: String,
    /// The last days of its deadlines, the first one first.
    pub set: Vec<NaiveDate>,
    /// The day on which it was done.
    pub done: Option<NaiveDate>,
    /// The class that colours it: `timeliness-overdue`.
    pub class: String,
}

/// The width of the chart in its own units, and of the numbers before the rows.
const WIDTH: i64 = 1000;
const NUMBERS: i64 = 90;
const ROW: i64 = 30;
const HEAD: i64 = 40;

/// Deadlines along one line of time, which may be drawn in several parts.
#[derive(Debug)]
pub struct DeadlineChart {
    rows: Vec<DeadlineRow>,
    /// The day as at which the report is.
    day: NaiveDate,
    /// The first and last day that are shown.
    first: NaiveDate,
    last: NaiveDate,
}

impl DeadlineChart {
    /// The chart of these deadlines as at a day.
    pub fn of(rows: Vec<DeadlineRow>, day: NaiveDate) -> Self {
        let days = rows.iter().flat_map(|row| row.set.iter().chain(&row.done)).chain([&day]);
        let (first, last) =
            days.fold((day, day), |(first, last), day| (first.min(*day), last.max(*day)));
        Self { rows, day, first, last }
    }

    /// Some of the rows. Each has a hollow mark for a deadline that was moved, a filled one for the
    /// last, a line between them, and a tick where it was done; a line down all rows is at the day
    /// as at which the report is. `label` says in words what the chart shows, `as_at` what the line
    /// is.
    pub fn svg(&self, rows: Range<usize>, label: &str, as_at: &str) -> String {
        let Self { day, first, last, .. } = *self;
        draw(self.rows.get(rows).unwrap_or_default(), (first, last), day, [label, as_at])
    }
}

fn draw(
    rows: &[DeadlineRow],
    (first, last): (NaiveDate, NaiveDate),
    day: NaiveDate,
    [label, as_at]: [&str; 2],
) -> String {
    let begin = NaiveDate::from_ymd_opt(first.year(), 1, 1).unwrap_or(first);
    let end = NaiveDate::from_ymd_opt(last.year() + 1, 1, 1).unwrap_or(last);
    let length = (end - begin).num_days().max(1);
    let x = |day: NaiveDate| NUMBERS + (day - begin).num_days() * (WIDTH - NUMBERS - 10) / length;
    let height = HEAD + ROW * i64::try_from(rows.len()).unwrap_or(0) + 6;
    let mut svg = format!(
        "<svg class=\"deadlines\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">",
        escape_attribute(label)
    );
    // So many years that their names do not touch.
    let step = (last.year() - first.year()) / 10 + 1;
    for year in (begin.year()..=end.year()).filter(|year| (year - begin.year()) % step == 0) {
        let Some(day) = NaiveDate::from_ymd_opt(year, 1, 1) else { continue };
        let _ = write!(svg, "<path class=\"year\" d=\"M{} 22V{height}\"/>", x(day));
        // The last line may have no room beside it.
        if x(day) < WIDTH - 50 {
            let _ = write!(svg, "<text x=\"{}\" y=\"16\">{year}</text>", x(day) + 2);
        }
    }
    for (row, y) in rows.iter().zip((0..).map(|index| HEAD + ROW * index + ROW / 2)) {
        let DeadlineRow { number, set, done, class } = row;
        let _ = write!(
            svg,
            "<g class=\"{class}\"><text x=\"0\" y=\"{}\">{}</text>",
            y + 5,
            escape(number)
        );
        if let (Some(first), Some(last)) = (set.iter().min(), set.iter().max()) {
            let _ = write!(svg, "<path class=\"span\" d=\"M{} {y}H{}\"/>", x(*first), x(*last));
        }
        for (index, day) in set.iter().enumerate() {
            let kind = if index + 1 == set.len() { "last" } else { "moved" };
            let _ = write!(svg, "<circle class=\"{kind}\" cx=\"{}\" cy=\"{y}\" r=\"7\"/>", x(*day));
        }
        if let Some(done) = done {
            // A tick: what is done is told by its shape, too.
            let _ = write!(svg, "<path class=\"done\" d=\"M{} {y}l5 6 9 -14\"/>", x(*done) - 6);
        }
        svg.push_str("</g>");
    }
    let at = x(day);
    let (anchor, shift) = if at > WIDTH / 2 { ("end", -4) } else { ("start", 4) };
    let _ = write!(
        svg,
        "<path class=\"as-at\" d=\"M{at} 22V{height}\"/><text class=\"as-at\" x=\"{}\" y=\"34\" \
         text-anchor=\"{anchor}\">{}</text></svg>",
        at + shift,
        escape(as_at)
    );
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_later_is_further_to_the_right() {
        let row = DeadlineRow {
            number: "1".to_owned(),
            set: vec![day("2020-06-30"), day("2021-06-30")],
            done: Some(day("2021-03-01")),
            class: "timeliness-on-time".to_owned(),
        };
        let chart = DeadlineChart::of(vec![row], day("2020-12-31"));
        let svg = chart.svg(0..1, "a <b>", "as at");
        let places: Vec<i64> = svg
            .split("cx=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert!(places[0] < places[1], "{places:?}");
        assert!(svg.contains("aria-label=\"a &lt;b&gt;\""), "{svg}");
        assert_eq!(svg.matches("class=\"moved\"").count(), 1);
        // Nothing to show is a chart without rows.
        assert!(chart.svg(1..1, "", "").ends_with("</svg>"));
    }
}
