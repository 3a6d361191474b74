//! What browsers show before items of lists.

use crate::import::document::ShownLabel;
use crate::import::numerals::roman;

/// How far a list has counted.
#[derive(Debug, Clone)]
pub(super) struct Counter {
    next: i64,
    step: i64,
    /// How deep the list is, 0 for the outermost.
    level: u8,
    is_ordered: bool,
}

impl Counter {
    /// A list at its start.
    pub(super) const fn new(start: i64, step: i64, level: u8, is_ordered: bool) -> Self {
        Self { next: start, step, level, is_ordered }
    }

    /// What is shown before the next item, whose number may be given.
    pub(super) fn label(&mut self, value: Option<i64>, kind: Option<&str>) -> Option<ShownLabel> {
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        let usual = if self.is_ordered { "decimal" } else { "disc" };
        let text = match kind.unwrap_or(usual).split_whitespace().next().unwrap_or(usual) {
            "none" => return None,
            "disc" => "•".to_owned(),
            "circle" => "◦".to_owned(),
            "square" => "▪".to_owned(),
            "a" | "lower-alpha" | "lower-latin" => format!("{}.", letters(number).to_lowercase()),
            "A" | "upper-alpha" | "upper-latin" => format!("{}.", letters(number)),
            "i" | "lower-roman" => format!("{}.", roman(number).to_lowercase()),
            "I" | "upper-roman" => format!("{}.", roman(number)),
            _ if self.is_ordered => format!("{number}."),
            _ => "•".to_owned(),
        };
        let is_number = text.ends_with('.');
        Some(ShownLabel { text, level: self.level, is_number })
    }
}

/// A … Z, AA, AB: browsers count on like columns of a sheet, unlike Word.
fn letters(number: i64) -> String {
    let Ok(mut rest) = u32::try_from(number) else { return number.to_string() };
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.extend(char::from_u32(u32::from('A') + digit));
        rest = (rest - 1) / 26;
    }
    if letters.is_empty() { number.to_string() } else { letters.into_iter().rev().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_as_browsers_do() {
        assert_eq!(letters(28), "AB");
        let mut list = Counter::new(4, 1, 0, true);
        assert_eq!(list.label(None, Some("i")).unwrap().text, "iv.");
        assert_eq!(list.label(Some(9), None).unwrap().text, "9.");
        assert_eq!(list.label(None, Some("upper-alpha")).unwrap().text, "J.");
        assert_eq!(Counter::new(1, 1, 0, false).label(None, None).unwrap().text, "•");
        assert_eq!(Counter::new(1, 1, 0, false).label(None, Some("none")), None);
    }
}
