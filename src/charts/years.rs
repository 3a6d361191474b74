//! Years as columns: how many were made and ended in each, and how many were open at its end.

use std::fmt::Write as _;

use crate::markup::html::escape_attribute;

/// The numbers of one year.
#[derive(Debug, Clone, Copy)]
pub struct YearColumn {
    /// The year.
    pub year: i32,
    /// How many were made.
    pub made: usize,
    /// How many ended.
    pub ended: usize,
    /// How many were open at its end.
    pub open: usize,
}

/// The width and height of the chart in its own units, and of what is above and below the columns.
const WIDTH: usize = 1000;
const HEIGHT: usize = 300;
const HEAD: usize = 30;
const FOOT: usize = 30;

/// So many years have their numbers beside their columns; of more, readers have the table.
const NUMBERED: usize = 12;

/// Two bars for each year, a hollow one for what was made and a filled one for what ended, and a line
/// of dots for what was open at its end. `label` says in words what the chart shows.
pub fn year_chart(years: &[YearColumn], label: &str) -> String {
    let all = years.iter().flat_map(|of| [of.made, of.ended, of.open]);
    let most = all.max().unwrap_or(0).max(1);
    let y = |count: usize| HEIGHT - FOOT - count * (HEIGHT - FOOT - HEAD) / most;
    let slot = WIDTH / years.len().max(1);
    let bar = (slot / 4).clamp(2, 60);
    let label = escape_attribute(label);
    let mut svg = format!(
        "<svg class=\"years\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{label}\">"
    );
    let base = HEIGHT - FOOT;
    let _ = write!(svg, "<path class=\"base\" d=\"M0 {base}H{WIDTH}\"/>");
    let mut line = String::new();
    let mut numbers = String::new();
    let mut number = |x: usize, count: usize, class: &str| {
        if years.len() <= NUMBERED && count > 0 {
            // Above its bar, or above the dot.
            let above = y(count).saturating_sub(if class.is_empty() { 6 } else { 12 });
            let _ = write!(numbers, "<text{class} x=\"{x}\" y=\"{above}\">{count}</text>");
        }
    };
    for (index, of) in years.iter().enumerate() {
        let middle = slot * index + slot / 2;
        for (class, count, x) in [("made", of.made, middle - bar), ("ended", of.ended, middle)] {
            let (top, height) = (y(count), base - y(count));
            if count > 0 {
                let _ = write!(
                    svg,
                    "<rect class=\"{class}\" x=\"{x}\" y=\"{top}\" width=\"{bar}\" \
                     height=\"{height}\"/>"
                );
            }
            number(x + bar / 2, count, "");
        }
        // So many years that their names do not touch.
        if (years.len() - 1 - index).is_multiple_of(years.len() / 16 + 1) {
            let _ = write!(svg, "<text x=\"{middle}\" y=\"{}\">{}</text>", HEIGHT - 8, of.year);
        }
        let end = (middle + bar + bar / 2).min(WIDTH - 8);
        let command = if line.is_empty() { 'M' } else { 'L' };
        let _ = write!(line, "{command}{end} {}", y(of.open));
        number(end, of.open, " class=\"open\"");
    }
    let _ = write!(svg, "<path class=\"open\" d=\"{line}\"/>");
    for (index, of) in years.iter().enumerate() {
        let end = (slot * index + slot / 2 + bar + bar / 2).min(WIDTH - 8);
        let _ = write!(svg, "<circle class=\"open\" cx=\"{end}\" cy=\"{}\" r=\"5\"/>", y(of.open));
    }
    svg + &numbers + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_is_higher() {
        let year = |year, made, ended, open| YearColumn { year, made, ended, open };
        let svg = year_chart(&[year(2020, 4, 0, 4), year(2021, 2, 3, 3)], "a \"b\"");
        assert_eq!(svg.matches("<rect").count(), 3, "{svg}");
        assert!(svg.contains("height=\"240\"") && svg.contains("height=\"120\""), "{svg}");
        assert!(svg.contains("aria-label=\"a &quot;b&quot;\""), "{svg}");
        let many: Vec<YearColumn> = (1900..2000).map(|at| year(at, 1, 1, 1)).collect();
        let svg = year_chart(&many, "");
        assert!(svg.contains(">1999<") && !svg.contains(">1<"), "{svg}");
        assert!(year_chart(&[], "").ends_with("</svg>"));
    }
}
