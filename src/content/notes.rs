//! The footnotes of a text: which note each mark leads to, and the number of each.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use unicase::UniCase;

use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Note, NoteMark, Section};
use crate::source::Span;

pub(crate) const MISSING_NOTE: Rule = Rule {
    code: "missing-note",
    summary: "a footnote mark without the note",
    explanation: "The mark and its note have the same name, which may be a number or a word; \
                  readers see numbers in the order of the marks.",
    wrong: &["\n## Recommendation\n\nPublish the list.[^1]"],
    right: &["\n## Recommendation\n\nPublish the list.[^1]\n\n[^1]: Each quarter."],
    ..Rule::WARNING
};

pub(crate) const DUPLICATE_NOTE: Rule = Rule {
    code: "duplicate-note",
    summary: "two footnotes with one name",
    explanation: "A mark leads to the note of the same section, or else to the first one of that \
                  name. Other programs, such as GitHub, know only the first. Capitals make no \
                  difference.",
    wrong: &[
        "\n## Recommendation\n\nPublish the list.[^1]\n\n[^1]: Each quarter.\n\n[^1]: In print.",
    ],
    right: &[
        "\n## Recommendation\n\nPublish the list.[^1][^2]\n\n[^1]: Each quarter.\n\n[^2]: In print.",
    ],
    ..Rule::WARNING
};

pub(crate) const UNUSED_NOTE: Rule = Rule {
    code: "unused-note",
    summary: "a footnote that no mark leads to",
    explanation: "It is shown at the end of its section, where readers cannot tell what it is \
                  about. Put its mark after the words that it explains.",
    wrong: &["\n## Recommendation\n\nPublish the list.\n\n[^1]: Each quarter."],
    right: &["\n## Recommendation\n\nPublish the list.[^1]\n\n[^1]: Each quarter."],
    ..Rule::WARNING
};

pub(crate) const NOTE_IN_HEADING: Rule = Rule {
    code: "note-in-heading",
    summary: "a footnote mark in the heading of a section",
    explanation: "The heading of a section names a column of the official table, so it is not \
                  shown everywhere. The mark is shown before the first words of the section.",
    wrong: &[
        "\n## Recommendation\n\nPublish it.\n\n## Management response[^1]\n\nAccepted.\n\n[^1]: In part.",
    ],
    right: &[
        "\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.[^1]\n\n[^1]: In part.",
    ],
    ..Rule::WARNING
};

/// Notes and marks by their names, as they are met.
#[derive(Default)]
pub(super) struct NamedNotes {
    /// The name and place of each note, in the order of the text.
    notes: Vec<(UniCase<String>, Span)>,
    /// The same of each mark.
    marks: Vec<(UniCase<String>, Span)>,
}

impl NamedNotes {
    pub(super) fn note(&mut self, name: &str, span: Span) {
        self.notes.push((UniCase::new(name.to_owned()), span));
    }

    pub(super) fn mark(&mut self, name: &str, span: Span) {
        self.marks.push((UniCase::new(name.to_owned()), span));
    }

    /// Resolves the marks of a text, and numbers its notes in the order in which readers meet them.
    pub(super) fn resolve(
        self,
        source: &str,
        sections: &[Section],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Vec<Note>, Vec<NoteMark>) {
        if self.notes.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let section_at = |span: Span| {
            sections.partition_point(|section| section.body.end <= span.start).min(sections.len())
        };
        // The first note of a name in each section, and in the text.
        let mut in_section: HashMap<(usize, &UniCase<String>), usize> = HashMap::new();
        let mut in_text: HashMap<&UniCase<String>, usize> = HashMap::new();
        for (index, (name, span)) in self.notes.iter().enumerate() {
            in_section.entry((section_at(*span), name)).or_insert(index);
            let first = *in_text.entry(name).or_insert(index);
            if first != index {
                diagnostics.push(duplicate(source, *span, self.notes[first].1));
            }
        }
        let mut marks: Vec<NoteMark> = self
            .marks
            .iter()
            .filter_map(|(name, span)| {
                let own = in_section.get(&(section_at(*span), name));
                let note = own.or_else(|| in_text.get(name)).copied()?;
                Some(NoteMark { span: *span, note, nth: 0 })
            })
            .collect();
        let numbers = numbered(&self.notes, &mut marks);
        let notes: Vec<Note> = self
            .notes
            .iter()
            .zip(numbers)
            .map(|((name, span), number)| Note { label: name.to_string(), span: *span, number })
            .collect();
        let mut is_marked = vec![false; notes.len()];
        marks.iter().for_each(|mark| is_marked[mark.note] = true);
        for (index, note) in notes.iter().enumerate() {
            // Another one of a name was reported as that.
            let is_first = in_text.get(&self.notes[index].0) == Some(&index);
            if is_first && !is_marked[index] {
                let span = label_of(source, note.span);
                let message = format!("no mark leads to the note `[^{}]`", note.label);
                let help = format!(
                    "put `[^{}]` after the words that it explains, or remove the note",
                    note.label
                );
                diagnostics.push(Diagnostic::of(&UNUSED_NOTE, span, message).help(help));
            }
        }
        (notes, marks)
    }
}

/// The number of each note, from 1: in the order of the marks in the text, then of those in notes.
/// Notes without a mark come last. Sets which mark of its note each is.
fn numbered(notes: &[(UniCase<String>, Span)], marks: &mut [NoteMark]) -> Vec<usize> {
    // By the innermost note around each mark.
    let mut outside = Vec::new();
    let mut inside: Vec<Vec<usize>> = vec![Vec::new(); notes.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut next = notes.iter().enumerate().peekable();
    for (index, mark) in marks.iter().enumerate() {
        while let Some((note, _)) = next.next_if(|(_, (_, note))| note.start <= mark.span.start) {
            open.push(note);
        }
        while open.pop_if(|note| !notes[*note].1.contains(mark.span)).is_some() {}
        match open.last() {
            Some(note) => inside[*note].push(index),
            None => outside.push(index),
        }
    }
    let mut numbers = vec![0; notes.len()];
    let mut times = vec![0; notes.len()];
    let mut last = 0;
    let mut unread: VecDeque<usize> = outside.into();
    let mut unmarked: Range<usize> = 0..notes.len();
    loop {
        while let Some(index) = unread.pop_front() {
            let note = marks[index].note;
            times[note] += 1;
            marks[index].nth = times[note];
            if numbers[note] == 0 {
                last += 1;
                numbers[note] = last;
                unread.extend(&inside[note]);
            }
        }
        let Some(note) = unmarked.find(|note| numbers[*note] == 0) else { return numbers };
        last += 1;
        numbers[note] = last;
        unread.extend(&inside[note]);
    }
}

/// The place of `[^1]:` at the beginning of a note.
fn label_of(source: &str, note: Span) -> Span {
    let text = source.get(note.range()).unwrap_or("");
    let length = text.find("]:").map_or(text.len(), |end| end + "]:".len());
    Span::new(note.file, note.range().start..note.range().start + length)
}

fn duplicate(source: &str, span: Span, first: Span) -> Diagnostic {
    let span = label_of(source, span);
    let label = source.get(span.range()).unwrap_or("").trim_end_matches(':');
    Diagnostic::of(&DUPLICATE_NOTE, span, format!("there is another note `{label}` above"))
        .label(label_of(source, first), "the first one is here")
        .help("give this note and its marks a different name")
}
