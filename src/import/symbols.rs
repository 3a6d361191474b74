//! Characters of symbol fonts, which a document names by their place in the font.

/// The character that a place in a symbol font shows; none where it is not known.
///
/// Word names places from F020 to F0FF for fonts without Unicode, and plain Unicode for all others.
pub(crate) fn symbol(font: &str, code: u32) -> Option<char> {
    let place = match code {
        0xF020..=0xF0FF => code - 0xF000,
        _ => code,
    };
    let font = font.to_lowercase();
    let table = match font.as_str() {
        "symbol" => SYMBOL,
        "wingdings" => WINGDINGS,
        "wingdings 2" => WINGDINGS_2,
        "wingdings 3" => WINGDINGS_3,
        _ if (0xE000..=0xF8FF).contains(&code) => return None,
        _ => return char::from_u32(code),
    };
    table.iter().find(|(known, _)| *known == place).map(|(_, character)| *character)
}

/// The text of a bullet. Word draws it in the font of its level; a place that is not known is still a bullet.
pub(crate) fn bullet(font: Option<&str>, text: &str) -> String {
    let shown = |character: char| {
        let code = u32::from(character);
        let is_symbol_font = font.is_some_and(|font| {
            matches!(
                font.to_lowercase().as_str(),
                "symbol" | "wingdings" | "wingdings 2" | "wingdings 3"
            )
        });
        if is_symbol_font || (0xF020..=0xF0FF).contains(&code) {
            symbol(font.unwrap_or("symbol"), code).unwrap_or('•')
        } else {
            character
        }
    };
    text.chars().map(shown).collect()
}

const SYMBOL: &[(u32, char)] = &[
    (0x22, '∀'),
    (0x24, '∃'),
    (0x2D, '−'),
    (0x41, 'Α'),
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x63, 'χ'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x67, 'γ'),
    (0x6C, 'λ'),
    (0x6D, 'μ'),
    (0x70, 'π'),
    (0x73, 'σ'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAD, '↑'),
    (0xAE, '→'),
    (0xAF, '↓'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB6, '∂'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBA, '≡'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xC5, '⊕'),
    (0xC7, '∩'),
    (0xC8, '∪'),
    (0xCE, '∈'),
    (0xD6, '√'),
    (0xD7, '⋅'),
    (0xDB, '⇔'),
    (0xDE, '⇒'),
    (0xE5, '∑'),
    (0xF2, '∫'),
];

const WINGDINGS: &[(u32, char)] = &[
    (0x21, '✏'),
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x46, '☞'),
    (0x4A, '☺'),
    (0x4C, '☹'),
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '☐'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA0, '▪'),
    (0xA1, '○'),
    (0xA7, '▪'),
    (0xA8, '☐'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

const WINGDINGS_2: &[(u32, char)] = &[
    (0x4F, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x97, '●'),
    (0xA2, '■'),
    (0xA3, '☐'),
];

const WINGDINGS_3: &[(u32, char)] =
    &[(0x66, '←'), (0x67, '→'), (0x68, '↑'), (0x69, '↓'), (0x7D, '▶')];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_symbol_fonts_are_characters() {
        assert_eq!(symbol("Wingdings", 0xF0FC), Some('✓'));
        assert_eq!(symbol("Symbol", 0xB3), Some('≥'));
        assert_eq!(symbol("Segoe UI Symbol", 0x2612), Some('☒'));
        assert_eq!(symbol("Wingdings", 0xF0FF), None);
        assert_eq!(bullet(Some("Symbol"), "\u{F0B7}"), "•");
        assert_eq!(bullet(Some("Courier New"), "o"), "o");
        assert_eq!(bullet(None, "–"), "–");
    }
}
