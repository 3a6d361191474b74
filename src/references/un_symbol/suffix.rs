//! What comes after a symbol: addenda, corrigenda, revisions, amendments.

/// The suffix that a word stands for, however it is written: `Adds`, `CORR`. In its canonical form
/// it is singular.
pub(super) fn stem(word: &str) -> Option<&'static str> {
    match word {
        "Add" | "Adds" | "ADD" | "add" => Some("Add"),
        "Corr" | "Corrs" | "CORR" | "corr" => Some("Corr"),
        "Rev" | "Revs" | "REV" | "rev" => Some("Rev"),
        "Amend" | "Amends" | "AMEND" | "amend" => Some("Amend"),
        _ => None,
    }
}

/// Whether a suffix is written as in the canonical form.
pub(super) fn is_canonical(part: &str) -> bool {
    let word = part.split('.').next().unwrap_or(part);
    stem(word).is_none_or(|stem| stem == word)
}

/// Whether a part of a canonical symbol is a suffix.
pub(super) fn is_suffix(part: &str) -> bool {
    let word = part.split(['.', '(']).next().unwrap_or(part);
    stem(word).is_some() || matches!(word, "Summary" | "Annex" | "Enclosure")
}

/// The number that was meant by letters that look like digits: `l`, `I`, `O`.
pub(super) fn number_meant(text: &str) -> Option<String> {
    let digit = |c: char| match c {
        'l' | 'I' => Some('1'),
        'O' | 'o' => Some('0'),
        c => c.is_ascii_digit().then_some(c),
    };
    let number: String = text.chars().map(digit).collect::<Option<_>>()?;
    (!number.is_empty()).then_some(number)
}

/// A canonical symbol without its suffixes: the document that an abbreviation starts again from.
pub(super) fn root(symbol: &str) -> &str {
    let mut root = symbol;
    while let Some((before, part)) = root.rsplit_once('/')
        && is_suffix(part)
    {
        root = before;
    }
    root
}

/// A canonical symbol with another suffix instead of those that it has. One of the same kind stays
/// on what it was on: after `Rev.3/Amend.1`, "Amend.2" is an amendment to `Rev.3` too. An amendment
/// is always one to a revision or an addendum, so these stay before it.
pub(super) fn with(symbol: &str, suffix: &str) -> String {
    let root = root(symbol);
    let word = suffix.split('.').next().unwrap_or(suffix);
    let places = || symbol[root.len()..].match_indices('/').map(|(at, _)| root.len() + at);
    let kind = |at: usize| symbol[at + 1..].split('.').next().unwrap_or("");
    let same = places().find(|at| kind(*at) == word);
    let stay = match word {
        "Amend" => places().find(|at| !matches!(kind(*at), "Rev" | "Add")).unwrap_or(symbol.len()),
        _ => root.len(),
    };
    format!("{}/{suffix}", &symbol[..same.unwrap_or(stay)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_start_again_from_the_root() {
        for (symbol, suffix, expected) in [
            ("A/37/351/Add.1", "Add.1/Corr.1", "A/37/351/Add.1/Corr.1"),
            ("A/AC.237/18(PartII)/Add.1", "Corr.1", "A/AC.237/18(PartII)/Corr.1"),
            ("ECE/TRANS/505/Rev.3/Amend.1", "Amend.2", "ECE/TRANS/505/Rev.3/Amend.2"),
            ("CCPR/C/21/Rev.1/Add.13", "Add.14", "CCPR/C/21/Rev.1/Add.14"),
            ("ECE/X/1/Rev.2", "Rev.3", "ECE/X/1/Rev.3"),
            ("ECE/X/1/Rev.2", "Amend.1", "ECE/X/1/Rev.2/Amend.1"),
        ] {
            assert_eq!(with(symbol, suffix), expected);
        }
    }
}
