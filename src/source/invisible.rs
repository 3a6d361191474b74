//! Characters that nobody sees.

/// Whether readers do not see a character although it is not white space: Unicode's
/// `Default_Ignorable_Code_Point` (UAX 44), its controls, separators of lines and paragraphs, and the
/// mark of an object that is not there.
pub fn is_invisible(c: char) -> bool {
    is_unwanted(c)
        || matches!(c,
            '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether an invisible character has no use in a text. Of use are the joiners and marks of direction
/// that scripts need, and the variants of emoji.
pub fn is_unwanted(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{ad}'
        | '\u{200b}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fffc}' => true,
        c => c.is_control(),
    }
}

/// Whether a character is white space or invisible.
pub fn is_blank(c: char) -> bool {
    // The Braille pattern without dots looks like a space, and is not one to Unicode.
    c.is_whitespace() || c == '\u{2800}' || is_invisible(c)
}

/// Whether readers see anything of a text.
pub fn shows_something(text: &str) -> bool {
    !text.chars().all(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_nothing() {
        for nothing in ["", " \u{a0}\t", "\u{200b}", "\u{feff}\u{ad}", "\u{2800}", "\u{3164}"] {
            assert!(!shows_something(nothing), "{nothing:?}");
        }
        assert!(shows_something("\u{200b}x"));
    }
}
