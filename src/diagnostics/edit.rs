//! Suggested edits: changes that fix a mistake, where only one is possible.

use super::Diagnostic;
use crate::source::{FileId, Input, Span};

/// A change that fixes a mistake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is taken out.
    pub span: Span,
    /// The text there, as it was read. Where the file has it in another form, in quotes or on
    /// several lines, the change is not offered: it would break what is around it.
    pub instead_of: String,
    /// What is put in its place.
    pub replacement: String,
}

impl Edit {
    /// Replaces a word in YAML with the known one that was meant. None unless it can only have been
    /// a typing slip, and the known word needs no quotes in YAML.
    ///
    /// The span must cover exactly that word.
    pub fn of_slip<'a>(
        typed: &str,
        known: impl IntoIterator<Item = &'a str>,
        span: Span,
    ) -> Option<Self> {
        let word = slip(typed, known)?;
        let is_plain = word.starts_with(char::is_alphabetic)
            && word.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        is_plain.then(|| Self { span, instead_of: typed.to_owned(), replacement: word.to_owned() })
    }
}

/// The known word that was certainly meant: the typed one differs from it only in case, hyphens and
/// spaces, or in one letter of a long enough word, and no other known word is as close.
///
/// A different digit is not a slip: `Unit 1` and `Unit 2` are two units.
pub fn slip<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = folded(typed);
    let known: Vec<&str> = known.into_iter().collect();
    // "no implemented" may be meant for "not implemented", or for "now implemented".
    let has_known_end = |word: &&str| {
        let word = folded(word);
        typed.len() > word.len() && typed.ends_with(&format!(" {word}"))
    };
    if known.iter().any(has_known_end) {
        return None;
    }
    let mut meant: Vec<&str> = known.into_iter().filter(|word| is_slip(&typed, word)).collect();
    meant.sort_unstable_by_key(|word| folded(word));
    meant.dedup_by_key(|word| folded(word));
    match meant.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// The length from which one wrong letter leaves no doubt: "now" and "not", "Unit A" and "Unit B"
/// are different things.
const LONG_ENOUGH: usize = 5;

fn is_slip(typed: &str, word: &str) -> bool {
    let word = folded(word);
    if typed == word {
        return true;
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (typed, meant): (Vec<&str>, Vec<&str>) =
        (typed.split(' ').collect(), word.split(' ').collect());
    let mut different = typed.iter().zip(&meant).filter(|(typed, meant)| typed != meant);
    let (Some((typed_word, meant_word)), None) = (different.next(), different.next()) else {
        return false;
    };
    typed.len() == meant.len()
        && typed_word.chars().count().min(meant_word.chars().count()) >= LONG_ENOUGH
        && digits(typed_word) == digits(meant_word)
        && strsim::osa_distance(typed_word, meant_word) == 1
}

fn folded(text: &str) -> String {
    let letters = text.trim().chars().map(|c| if matches!(c, '-' | '_') { ' ' } else { c });
    letters.flat_map(char::to_lowercase).collect()
}

/// Withdraws edits that would change more than what was read.
pub fn withdraw_unsafe(input: &Input, diagnostics: &mut [Diagnostic]) {
    let safe = |mut edit: Box<Edit>| {
        let written = input.file(edit.span.file).text().get(edit.span.range())?;
        if written == edit.instead_of {
            return Some(edit);
        }
        // Quotes around it stay.
        let quoted = |quote| written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        let inside = quoted('"').or(quoted('\''))?;
        edit.span.start += 1;
        edit.span.end -= 1;
        (inside == edit.instead_of).then_some(edit)
    };
    for diagnostic in diagnostics {
        diagnostic.edit = diagnostic.edit.take().and_then(safe);
    }
}

/// The text of a file with all of its edits made, and how many there were. Where edits overlap, the
/// first is made; another round may make the others. None when there is nothing to do.
pub fn apply(text: &str, file: FileId, diagnostics: &[Diagnostic]) -> Option<(String, usize)> {
    let edits = diagnostics.iter().filter_map(|diagnostic| diagnostic.edit.as_deref());
    let mut edits: Vec<&Edit> = edits.filter(|edit| edit.span.file == file).collect();
    edits.sort();
    edits.dedup();
    let mut fixed = String::with_capacity(text.len());
    let (mut done, mut count) = (0, 0);
    for Edit { span, replacement, .. } in edits {
        let range = span.range();
        let (true, Some(between)) = (range.start >= done, text.get(done..range.start)) else {
            continue;
        };
        if text.get(range.clone()).is_none_or(|old| old == replacement) {
            continue;
        }
        fixed.push_str(between);
        fixed.push_str(replacement);
        done = range.end;
        count += 1;
    }
    fixed.push_str(text.get(done..)?);
    (count > 0).then_some((fixed, count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Rule;

    #[test]
    fn a_slip_leaves_no_doubt() {
        let known = ["deadline", "deadlines", "status", "tags", "in progress"];
        for (typed, meant) in [
            ("Status", Some("status")),
            ("stauts", Some("status")),
            ("In-Progress", Some("in progress")),
            ("dedline", Some("deadline")),
            // Both are one letter away, or the word is too short to tell.
            ("deadlin", Some("deadline")),
            ("tag", None),
            ("colour", None),
        ] {
            assert_eq!(slip(typed, known), meant, "{typed}");
        }
        assert_eq!(slip("deadlinez", known), None);
        assert_eq!(slip("no implemented", ["implemented", "not implemented"]), None);
        assert_eq!(slip("Unit 12", ["Unit 11", "Unit 13"]), None);
        assert_eq!(slip("now implemented", ["not implemented"]), None);
        assert_eq!(slip("Regional Office B", ["Regional Office A"]), None);
    }

    #[test]
    fn edits_are_made_once_and_never_over_each_other() {
        let edit = |start, end, replacement: &str| {
            let span = Span::new(FileId(0), start..end);
            let edit =
                Edit { span, instead_of: String::new(), replacement: replacement.to_owned() };
            Diagnostic::of(&Rule::ERROR, span, "").edit(Some(edit))
        };
        let edits = [edit(4, 6, "Z"), edit(0, 1, "A"), edit(0, 1, "A"), edit(5, 7, "no")];
        assert_eq!(apply("abcdefg", FileId(0), &edits), Some(("AbcdZg".to_owned(), 2)));
        assert_eq!(apply("abcdefg", FileId(1), &edits), None);
        assert_eq!(apply("abc", FileId(0), &[edit(0, 1, "a"), edit(2, 9, "x")]), None);
    }
}
