//! How far a report was at each of its dates, in words.

use super::Wording;
use crate::model::{Report, Totals};
use crate::vocabulary::Status;

impl Wording<'_> {
    /// The statuses as words under their bar: "● 4 implemented, ▷ 2 in progress".
    pub fn statuses(&self, totals: &Totals) -> String {
        if totals.status.stated.is_empty() {
            return "–".to_owned();
        }
        let parts = totals.status.all().map(|(status, count)| {
            let number = self.words.number(count);
            match status {
                Some(status) => {
                    let label = self.value(status);
                    format!("{}\u{a0}{number} {label}", status.mark())
                }
                None => format!("·\u{a0}{number} {}", self.words.text("not_stated")),
            }
        });
        parts.collect::<Vec<_>>().join(self.words.text("list.comma"))
    }

    /// "Implemented: 0 of 4 as at 31 December 2022; 1 of 3 as at 31 December 2023."
    pub fn over_time(&self, states: &[&Report]) -> String {
        let words = self.words;
        let part = |of: &&Report| {
            let done = of.totals.status.stated.iter();
            let done = done.filter(|(status, _)| status.meaning == Status::Implemented);
            let done: usize = done.map(|(_, count)| count).sum();
            let places = [
                ("n", words.number(done)),
                ("total", words.number(of.totals.recommendations)),
                ("as_at", self.as_at(of.as_at)),
            ];
            let places = places.each_ref().map(|(name, value)| (*name, value.as_str()));
            words.fill("changes.done_at", &places)
        };
        let parts: Vec<String> = states.iter().map(part).collect();
        words.fill("changes.done", &[("parts", &parts.join(words.text("summary.and")))])
    }
}
