//! What was so on a day: the content without what came later.
//!
//! This is the only way in which Recto goes back in time. The page of a report is its content as it
//! stood at the report's as-at date; an earlier edition, and a site as at another day, are the same
//! with another day. What has no date is as it is today.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Entry, EntryKind};
use crate::model::{
    Date, DeadlineChange, LaterFact, LaterKind, RecommendationFront, Section, SectionKind, Text,
    TitleOrigin,
};
use crate::source::{FileId, Spanned};
use crate::vocabulary::{Status, Worded, fold};

/// The day as at which each report reports, by folder: its own, or else that of the report above it,
/// or else today.
pub fn report_days(entries: &[Entry], today: NaiveDate) -> BTreeMap<String, NaiveDate> {
    let mut own: BTreeMap<&str, Option<NaiveDate>> = BTreeMap::new();
    for entry in entries {
        if let EntryKind::Report { folder, front } = &entry.kind {
            own.insert(folder, front.as_at.as_ref().map(|as_at| as_at.value));
        }
    }
    let day = |folder: &str| {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        let folders = ends.collect::<Vec<_>>().into_iter().rev().map(|end| &folder[..end]);
        folders.filter_map(|folder| own.get(folder)).find_map(|day| *day).unwrap_or(today)
    };
    own.keys().map(|folder| ((*folder).to_owned(), day(folder))).collect()
}

/// The content as it stood.
pub(super) struct Past {
    /// What needs no other text.
    pub(super) entries: Vec<Entry>,
    /// The files whose texts have sections from later, with what their sources were.
    pub(super) rewritten: Vec<(FileId, String)>,
    /// What did not exist yet: the paths of texts, and recommendations as `report/number`.
    pub(super) not_yet: BTreeSet<String>,
}

/// The entries of the reports that have an edition of a day.
pub(super) fn editions(entries: &[Entry], day: NaiveDate) -> Vec<Entry> {
    let folders: BTreeSet<&str> = entries
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Report { folder, front } => {
                let has_edition = front.earlier.0.iter().any(|earlier| earlier.value == day);
                has_edition.then_some(folder.as_str())
            }
            _ => None,
        })
        .collect();
    let is_in = |entry: &Entry| match &entry.kind {
        EntryKind::Report { folder, .. } | EntryKind::Recommendation { folder, .. } => {
            folders.contains(folder.as_str())
        }
        EntryKind::Page { .. } | EntryKind::Translation { .. } => false,
    };
    let originals: BTreeSet<FileId> =
        entries.iter().filter(|entry| is_in(entry)).map(|entry| entry.file).collect();
    let is_wanted = |entry: &&Entry| match &entry.kind {
        EntryKind::Translation { of, .. } => originals.contains(of),
        _ => originals.contains(&entry.file),
    };
    entries.iter().filter(is_wanted).cloned().collect()
}

/// The entries as they stood: each recommendation on the day of its report. Where `asked` is a day,
/// that is the day of all, and what did not exist then is left out.
pub(super) fn on(
    entries: Vec<Entry>,
    days: &BTreeMap<String, NaiveDate>,
    asked: Option<NaiveDate>,
) -> Past {
    let gone = asked.map(|day| not_yet(&entries, days, day)).unwrap_or_default();
    let originals: BTreeMap<FileId, (String, Arc<RecommendationFront>)> = entries
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Recommendation { folder, front, .. } => {
                Some((entry.file, (folder.clone(), Arc::clone(front))))
            }
            _ => None,
        })
        .collect();
    // Of a later day than its own a report says nothing.
    let day_of = |folder: &str| {
        let own = days.get(folder).copied();
        asked.map(|day| own.map_or(day, |own| own.min(day))).or(own)
    };
    let mut past = Past {
        entries: Vec::with_capacity(entries.len()),
        rewritten: Vec::new(),
        not_yet: BTreeSet::new(),
    };
    for mut entry in entries {
        let original = match &entry.kind {
            EntryKind::Translation { of, .. } => *of,
            _ => entry.file,
        };
        if gone.contains(&original) {
            past.not_yet.insert(entry.text.path.clone());
            if let EntryKind::Recommendation { folder, front, .. } = &entry.kind
                && let Some(number) = &front.number
            {
                past.not_yet.insert(format!("{folder}/{}", number.value));
            }
            continue;
        }
        let of = originals.get(&original);
        let of = of.and_then(|(folder, front)| Some((day_of(folder)?, front)));
        if let Some((day, whole)) = of {
            if let EntryKind::Recommendation { front, later, .. } = &mut entry.kind {
                let (then, left_out) = front_on(front, &entry.text, day);
                (*front, *later) = (then, left_out.into());
                // A text of today may well be younger than the day as at which it reports.
                if asked.is_some() && is_later(&front.last_updated, day) {
                    let front = Arc::make_mut(front);
                    (front.last_updated, front.next_update) = (None, None);
                }
            }
            let source = source_on(&entry.text, whole, day);
            past.rewritten.extend(source.map(|source| (entry.file, source)));
        }
        past.entries.push(entry);
    }
    past
}

/// The files of what did not exist on a day: recommendations that were made later, and reports that
/// follow one whose as-at date had not passed.
fn not_yet(
    entries: &[Entry],
    days: &BTreeMap<String, NaiveDate>,
    day: NaiveDate,
) -> BTreeSet<FileId> {
    let later: BTreeSet<&str> = entries
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Report { folder, front } => {
                let before = front.follows.as_ref()?;
                // One that has an edition of that day says that it was there.
                if front.earlier.0.iter().any(|earlier| earlier.value == day) {
                    return None;
                }
                let passed = days.get(before.value.trim_matches('/'))?;
                (*passed >= day).then_some(folder.as_str())
            }
            _ => None,
        })
        .collect();
    // With the reports below them.
    let is_in_later = |folder: &str| {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        ends.map(|end| &folder[..end]).any(|above| later.contains(above))
    };
    let is_gone = |entry: &&Entry| match &entry.kind {
        EntryKind::Report { folder, .. } => is_in_later(folder),
        EntryKind::Recommendation { folder, front, .. } => {
            is_in_later(folder) || is_later(&front.made, day)
        }
        EntryKind::Page { .. } | EntryKind::Translation { .. } => false,
    };
    entries.iter().filter(is_gone).map(|entry| entry.file).collect()
}

/// Whether something has a date after a day. What covers several days counts from the first.
fn is_later(date: &Option<Spanned<Date>>, day: NaiveDate) -> bool {
    date.as_ref().is_some_and(|date| date.first_day() > day)
}

/// The sections of progress after a day.
fn later_sections(text: &Text, day: NaiveDate) -> impl Iterator<Item = &Section> {
    text.sections
        .iter()
        .filter(move |section| section.kind.date().is_some_and(|date| date.first_day() > day))
}

/// The front matter as it was on a day, and what came later.
///
/// A status that was given with a later date, or with a later report of progress, was not so yet: the
/// headings of progress until then say what was. What is said of a status goes with it: who verifies
/// it, and the documents that show it.
fn front_on(
    front: &Arc<RecommendationFront>,
    text: &Text,
    day: NaiveDate,
) -> (Arc<RecommendationFront>, Vec<LaterFact>) {
    let mut cut = Cut { day, later: Vec::new(), of: Arc::clone(front) };
    for section in later_sections(text, day) {
        if let (Some(date), Some(heading)) = (section.kind.date(), &section.heading) {
            cut.later.push(LaterFact { kind: LaterKind::Progress, date, span: heading.span });
        }
    }
    cut.answers();
    cut.work(text);
    cut.deadlines();
    (cut.of, cut.later)
}

/// A front matter that is being cut. It is copied when the first fact goes.
struct Cut {
    day: NaiveDate,
    later: Vec<LaterFact>,
    of: Arc<RecommendationFront>,
}

/// What has a status, and the days on which that came about.
struct Done<'a> {
    status: &'a mut Option<Spanned<Worded<Status>>>,
    implemented: &'a mut Option<Spanned<Date>>,
    closed: Option<&'a mut Option<Spanned<Date>>>,
}

impl Cut {
    /// Takes a date out that is later, and remembers it.
    fn take(
        later: &mut Vec<LaterFact>,
        key: &'static str,
        date: &mut Option<Spanned<Date>>,
        day: NaiveDate,
    ) -> bool {
        if !is_later(date, day) {
            return false;
        }
        later.extend(date.take().map(|date| LaterFact {
            kind: LaterKind::Key(key),
            date: date.value,
            span: date.span,
        }));
        true
    }

    fn answers(&mut self) {
        let Self { day, later, of } = self;
        let is_any = is_later(&of.responded, *day)
            || of.responsible.0.iter().any(|one| is_later(&one.responded, *day));
        if !is_any {
            return;
        }
        let front = Arc::make_mut(of);
        if Self::take(later, "responded", &mut front.responded, *day) {
            front.response = None;
        }
        for responder in &mut front.responsible.0 {
            if Self::take(later, "responded", &mut responder.0.responded, *day) {
                responder.0.response = None;
            }
        }
    }

    /// Statuses, and the days on which something was done or closed.
    fn work(&mut self, text: &Text) {
        let day = self.day;
        let is_done_later =
            |implemented, closed| is_later(implemented, day) || is_later(closed, day);
        let of = &self.of;
        // A status without a date was reported with the latest progress.
        let reported: Vec<Option<String>> = later_sections(text, day)
            .map(|section| section.responder.as_deref().map(fold))
            .collect();
        let gives_status = |of: Option<&str>| {
            text.sections.iter().any(|section| {
                let is_of = section.responder.as_deref().map(fold).as_deref() == of;
                is_of && matches!(section.kind, SectionKind::Progress { status: Some(_), .. })
            })
        };
        let is_from_later = |of: Option<&str>| {
            reported.iter().any(|name| name.as_deref() == of) && gives_status(of)
        };
        let of_whole = is_from_later(None);
        let of_responders: Vec<bool> =
            of.responsible.0.iter().map(|one| is_from_later(Some(&fold(&one.unit)))).collect();
        let is_any = of_whole
            || of_responders.contains(&true)
            || is_done_later(&of.implemented, &of.closed)
            || of.responsible.0.iter().any(|of| is_done_later(&of.implemented, &of.closed))
            || of.parts.iter().any(|of| is_done_later(&of.implemented, &of.closed))
            || of.actions.iter().any(|of| is_later(&of.implemented, day));
        if !is_any {
            return;
        }
        let front = Arc::make_mut(&mut self.of);
        let later = &mut self.later;
        let mut cut = |of: Done<'_>, is_reported_later: bool| {
            let was_done = of.status.as_ref().is_some_and(|status| !status.meaning.is_open());
            let mut is_later = Self::take(later, "implemented", of.implemented, day);
            let mut is_dated = of.implemented.is_some();
            if let Some(closed) = of.closed {
                is_later |= Self::take(later, "closed", closed, day);
                is_dated |= closed.is_some();
            }
            // What was done by the day was so, although it was reported later.
            let goes = was_done && is_later || is_reported_later && !(was_done && is_dated);
            if goes {
                *of.status = None;
            }
            goes
        };
        let whole = Done {
            status: &mut front.status,
            implemented: &mut front.implemented,
            closed: Some(&mut front.closed),
        };
        if cut(whole, of_whole) {
            front.verification = None;
            front.continuing = false;
            front.evidence.0.clear();
            front.superseded_by = None;
        }
        for (responder, is_reported_later) in front.responsible.0.iter_mut().zip(of_responders) {
            let of = &mut responder.0;
            let of = Done {
                status: &mut of.status,
                implemented: &mut of.implemented,
                closed: Some(&mut of.closed),
            };
            cut(of, is_reported_later);
        }
        for part in &mut front.parts {
            let of = Done {
                status: &mut part.status,
                implemented: &mut part.implemented,
                closed: Some(&mut part.closed),
            };
            if cut(of, false) {
                part.evidence.0.clear();
            }
        }
        for action in &mut front.actions {
            let of = Done {
                status: &mut action.status,
                implemented: &mut action.implemented,
                closed: None,
            };
            if cut(of, false) {
                action.evidence.0.clear();
            }
        }
    }

    /// The deadline last set by the day.
    fn deadlines(&mut self) {
        let day = self.day;
        let is_set_later = |change: &DeadlineChange| is_later(&change.set, day);
        if !self.of.deadlines.iter().any(is_set_later) {
            return;
        }
        let front = Arc::make_mut(&mut self.of);
        let (then, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut front.deadlines).into_iter().partition(|of| !is_set_later(of));
        self.later.extend(later.iter().filter_map(|change| {
            let set = change.set.as_ref()?;
            Some(LaterFact { kind: LaterKind::Deadline, date: set.value, span: set.span })
        }));
        front.deadline = then.last().map(|change| change.deadline.clone());
        front.deadlines = then;
    }
}

/// The source of a text with blanks where it has sections of progress after a day, so that all other
/// places stay the same; none where there are no such sections. Footnotes and the addresses of links
/// may be written in any section, and stay.
fn source_on(text: &Text, front: &RecommendationFront, day: NaiveDate) -> Option<String> {
    // An answer that was given later goes with its words.
    let answered_later = |section: &&Section| {
        section.kind == SectionKind::Response
            && match section.responder.as_deref().map(fold) {
                None => is_later(&front.responded, day),
                Some(name) => {
                    let mut responders = front.responsible.0.iter();
                    responders.any(|of| fold(&of.unit) == name && is_later(&of.responded, day))
                }
            }
    };
    let later = later_sections(text, day).chain(text.sections.iter().filter(answered_later));
    let gone: Vec<Range<usize>> = later
        .filter_map(|section| {
            let heading = section.heading.as_ref()?.span.range().start;
            // The `## ` of a heading is before its words.
            let start = text.source[..heading].rfind('\n').map_or(0, |newline| newline + 1);
            Some(start..section.body.range().end)
        })
        .collect();
    if gone.is_empty() {
        return None;
    }
    let is_gone = |place: usize| gone.iter().any(|range| range.contains(&place));
    let is_marked = |index: usize| {
        let marks = text.note_marks.iter().filter(|mark| mark.note == index);
        marks.map(|mark| mark.span.range().start).any(|mark| !is_gone(mark))
    };
    let notes = text.notes.iter().enumerate().filter(|(index, _)| is_marked(*index));
    let notes: Vec<Range<usize>> = notes.map(|(_, note)| note.span.range()).collect();
    let mut source = String::with_capacity(text.source.len());
    let mut line_start = 0;
    for line in text.source.split_inclusive('\n') {
        let stays = !is_gone(line_start)
            || is_definition(line)
            || notes.iter().any(|note| note.contains(&line_start));
        match stays {
            true => source.push_str(line),
            false => {
                let words = line.trim_end_matches(['\r', '\n']);
                source.extend(std::iter::repeat_n(' ', words.len()));
                source.push_str(&line[words.len()..]);
            }
        }
        line_start += line.len();
    }
    Some(source)
}

/// Whether a line gives the address of a link: `[list]: https://example.org`.
fn is_definition(line: &str) -> bool {
    let line = line.trim_start();
    let label = line.strip_prefix('[').filter(|rest| !rest.starts_with('^'));
    let address =
        label.and_then(|rest| rest.split_once("]:")).filter(|(name, _)| !name.contains(']'));
    // An address, and perhaps a title in quotes: not the words of a sentence.
    address.is_some_and(|(_, address)| {
        let mut words = address.split_whitespace();
        words.next().is_some()
            && words.next().is_none_or(|title| title.starts_with(['"', '\'', '(']))
    })
}

/// Puts texts that were read again in the place of those that they were.
pub(super) fn replace(entries: &mut [Entry], read: Vec<Entry>) {
    let mut texts: BTreeMap<FileId, Arc<Text>> =
        read.into_iter().map(|entry| (entry.file, entry.text)).collect();
    for entry in entries {
        let Some(mut text) = texts.remove(&entry.file) else { continue };
        // What it is called does not depend on the day.
        if text.title_origin == TitleOrigin::Opening {
            Arc::make_mut(&mut text).title.value.clone_from(&entry.text.title.value);
        }
        entry.text = text;
    }
}
