//! A text in, text of one notation out.

pub mod html;
pub mod typst;

use crate::language::Words;

/// A Sustainable Development Goal by number and name: "Goal 13: Climate action".
pub fn goal_name(words: &Words, number: u8) -> String {
    let name = words.list("goals.names").get(usize::from(number).wrapping_sub(1));
    let name = name.map_or("", String::as_str);
    words.fill("goals.name", &[("number", &number.to_string()), ("name", name)])
}
