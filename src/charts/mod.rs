//! Numbers in, SVG out; and the numbers and the finding of a report for its charts.
//!
//! Colours come from the page's stylesheet, by class: so a chart follows light and dark mode, and a
//! site changes them where it changes all other colours.

mod deadlines;
mod of_report;
mod years;

use std::fmt::Write as _;

use crate::markup::html::escape_attribute;

pub use deadlines::{DeadlineChart, DeadlineRow};
pub use of_report::{Deadlines, is_dated};
pub use years::{YearColumn, year_chart};

/// One part of a whole.
#[derive(Debug, Clone)]
pub struct Part {
    /// The class that colours it: `status-implemented`.
    pub class: String,
    /// How many.
    pub count: usize,
}

/// The width of a bar in its own units.
const WIDTH: usize = 1000;
const HEIGHT: usize = 40;
const GAP: usize = 4;

/// A bar of the parts of a whole. `label` says the same in words, for those who cannot see it;
/// empty parts are left out, and every other part is wide enough to be seen.
pub fn stacked_bar(parts: &[Part], label: &str) -> String {
    stacked_bar_of(parts, label, parts.iter().map(|part| part.count).sum())
}

/// A number as a bar among others, of which the largest is `most`. The number is in words beside it,
/// so nobody else is told of the bar.
pub fn share(number: usize, most: usize, class: &str) -> String {
    let width = 100 * number / most.max(1);
    format!(
        "<svg class=\"share\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" \
         aria-hidden=\"true\"><rect class=\"{class}\" width=\"{}\" height=\"4\"/></svg>",
        width.max(1)
    )
}

/// The same among bars of which the longest is of `most`: each is as long as its own number.
pub fn stacked_bar_of(parts: &[Part], label: &str, most: usize) -> String {
    let parts: Vec<&Part> = parts.iter().filter(|part| part.count > 0).collect();
    let total: usize = parts.iter().map(|part| part.count).sum();
    let label = escape_attribute(label);
    let view = WIDTH * most.max(total) / total.max(1);
    let mut svg = format!(
        "<svg class=\"bar\" viewBox=\"0 0 {view} {HEIGHT}\" preserveAspectRatio=\"none\" \
         role=\"img\" aria-label=\"{label}\">"
    );
    // Each part first gets what makes it visible, then its share of the rest.
    let visible = WIDTH / 50;
    let rest = WIDTH.saturating_sub(visible * parts.len());
    let (mut x, mut counted) = (0, 0);
    for part in &parts {
        let from = rest * counted / total.max(1);
        counted += part.count;
        let width = visible + rest * counted / total.max(1) - from;
        let gap = if counted == total { 0 } else { GAP };
        let _ = write!(
            svg,
            "<rect class=\"{}\" x=\"{x}\" width=\"{}\" height=\"{HEIGHT}\"/>",
            part.class,
            width.saturating_sub(gap),
        );
        x += width;
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(counts: &[usize]) -> Vec<usize> {
        let part = |count: &usize| Part { class: "x".to_owned(), count: *count };
        let svg = stacked_bar(&counts.iter().map(part).collect::<Vec<_>>(), "a \"b\"");
        let widths = svg.split(" width=\"").skip(1);
        widths.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
    }

    #[test]
    fn parts_fill_the_bar_and_are_seen() {
        assert_eq!(widths(&[6]), [WIDTH]);
        assert_eq!(widths(&[0, 3, 3]), [WIDTH / 2 - GAP, WIDTH / 2]);
        let narrow = widths(&[1, 100_000]);
        assert!(narrow[0] >= 10);
        assert_eq!(narrow.iter().sum::<usize>() + GAP, WIDTH);
        assert_eq!(widths(&[]), [0; 0]);
    }
}
