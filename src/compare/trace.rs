//! What differs from what was published last, and leaves no dated trace.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Change, Topic, compare, unwrapped};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Column, Deadline, Recommendation, RecommendationId, SectionKind, Site, Text};
use crate::source::{Input, Span};
use crate::vocabulary::AxisValue as _;

pub(crate) const CHANGED_WITHOUT_TRACE: Rule = Rule {
    code: "changed-without-trace",
    summary: "what was published and is changed or gone, and nothing dated says so",
    explanation: "Readers of the last report remember another text, number, response, status or \
                  deadline. `site.yaml` names what is published, a branch or a tag of git: \
                  `published: main`; in a repository, `recto check` compares with it. A new \
                  section of progress explains any change, unless its date is before those that \
                  are published; a new `responded` explains a response, `implemented` or `closed` \
                  a status, and an entry in `deadlines` with a new `set` a deadline.",
    ..Rule::WARNING
};

/// The rules about changes.
pub(crate) const RULES: &[&Rule] = &[&CHANGED_WITHOUT_TRACE];

/// Reports each status, deadline and text of a recommendation that differs from the published one
/// without a dated update that explains it. `revision` is what is published.
///
/// A recommendation whose file is in `input` and cannot be read is not gone.
pub fn untraced(published: &Site, now: &Site, input: &Input, revision: &str) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let comparison = compare(published, now);
    for changed in comparison.changed {
        let (was, is) = (published.recommendation(changed.before), now.recommendation(changed.now));
        if has_new_update(was, is) {
            continue;
        }
        // Titles and translations may be corrected.
        let counts = |change: &&Change| match change.topic {
            Topic::Text => change.field == "recommendation" && change.language.is_none(),
            topic => topic <= Topic::Deadline,
        };
        let topics = changed.changes.iter().filter(counts).map(|change| change.topic);
        let topics: BTreeSet<Topic> = topics.collect();
        diagnostics.extend(topics.into_iter().filter_map(|topic| report(topic, was, is, revision)));
    }
    let read: BTreeSet<&str> =
        now.recommendations.iter().map(|one| one.texts.original.path.as_str()).collect();
    let is_gone = |id: &RecommendationId| {
        let path = published.recommendation(*id).texts.original.path.as_str();
        input.find(path).is_none() || read.contains(path)
    };
    let gone = comparison.removed.into_iter().filter(is_gone);
    diagnostics.extend(gone.map(|id| missing(published, now, id, revision)));
    diagnostics
}

/// Reports a published recommendation that is not there any more.
fn missing(published: &Site, now: &Site, id: RecommendationId, revision: &str) -> Diagnostic {
    let one = published.recommendation(id);
    let folder = &published.report(one.report).folder;
    let message = format!("`{folder}/{}` is in `{revision}`, and is gone", one.label);
    let help =
        "put it back; what does not count any more is `superseded` or `no longer applicable`";
    let report = now.reports.iter().find(|report| report.folder == *folder);
    let diagnostic = match report {
        Some(report) => {
            Diagnostic::of(&CHANGED_WITHOUT_TRACE, Span::top(report.texts.original.file), message)
        }
        None => Diagnostic::of_site(&CHANGED_WITHOUT_TRACE, message),
    };
    diagnostic.help(help)
}

fn report(
    topic: Topic,
    was: &Recommendation,
    is: &Recommendation,
    revision: &str,
) -> Option<Diagnostic> {
    let text = &is.texts.original;
    let differs = |what: &str, was: Option<String>, is: Option<String>| {
        let said =
            |value: Option<String>| value.map_or("not stated".into(), |it| format!("`{it}`"));
        format!("the {what} is {}, and was {} in `{revision}`", said(is), said(was))
    };
    let (what, span, help) = match topic {
        Topic::Text => {
            let what = format!("the text of the recommendation is not as in `{revision}`");
            let help = "it is quoted word for word; undo the change, or say why in a new section of \
                        progress, not dated before those that are published";
            (what, own_words_at(text), help)
        }
        Topic::Number => {
            let what = differs("number", Some(was.label.to_string()), Some(is.label.to_string()));
            let number = is.front.number.as_ref().map(|number| number.span);
            (what, number, "readers know it by the old number; put that back")
        }
        Topic::Response if was.state.response != is.state.response => {
            if was.state.responded != is.state.responded {
                return None;
            }
            let of = |one: &Recommendation| one.state.response.map(|it| it.meaning.name().into());
            let span = is.front.response.as_ref().map(|response| response.span);
            (
                differs("response", of(was), of(is)),
                span,
                "add the date of the new one as `responded`",
            )
        }
        Topic::Status if was.state.status != is.state.status => {
            let ends = |of: &Recommendation| (of.state.done_on(), of.state.closed);
            if ends(was) != ends(is) && ends(is) != (None, None) {
                return None;
            }
            let of = |one: &Recommendation| one.state.status.map(|it| it.meaning.name().into());
            let span = is.front.status.as_ref().map(|status| status.span);
            let help = "add a section with the date and the status, such as `## Progress at 31 \
                        December 2020: in progress`";
            (differs("status", of(was), of(is)), span, help)
        }
        Topic::Deadline if was.state.deadline != is.state.deadline => {
            let days = |of: &Recommendation| -> Vec<_> {
                let set = of.front.deadlines.iter().filter_map(|change| change.set.as_ref());
                set.map(|date| date.value).collect()
            };
            if days(is).iter().any(|day| !days(was).contains(day)) {
                return None;
            }
            let of = |one: &Recommendation| one.state.deadline.as_ref().map(Deadline::iso);
            let span = is.front.deadline.as_ref().map(|deadline| deadline.span);
            let help = "add it to `deadlines`, with `set`, the day on which it was moved, and \
                        `reason`";
            (differs("deadline", of(was), of(is)), span, help)
        }
        _ => return None,
    };
    let span = span.unwrap_or_else(|| Span::top(text.file));
    let message = format!("{what}; nothing dated says why");
    Some(Diagnostic::of(&CHANGED_WITHOUT_TRACE, span, message).help(help))
}

/// Where the words of a recommendation itself begin.
fn own_words_at(text: &Text) -> Option<Span> {
    let mut own = text.sections.iter();
    let own = own.find(|of| of.kind.column() == Some(Column::Recommendation))?;
    let body = text.slice(own.body);
    let blank = body.len() - body.trim_start().len();
    let start = own.body.range().start + blank;
    Some(Span::new(own.body.file, start..own.body.range().end.max(start)))
}

/// Whether a dated section of progress is new, and not older than those that were published.
fn has_new_update(was: &Recommendation, is: &Recommendation) -> bool {
    let before = updates(was);
    let newest = before.iter().map(|(day, _)| *day).max();
    let mut now = updates(is).into_iter();
    now.any(|update| newest.is_none_or(|day| update.0 >= day) && !before.contains(&update))
}

/// The dated sections of progress: their last days, and their words.
fn updates(of: &Recommendation) -> Vec<(NaiveDate, String)> {
    let text = &of.texts.original;
    let updates = text.sections.iter().filter_map(|section| match &section.kind {
        SectionKind::Progress { date: Some(date), .. } => {
            Some((date.last_day(), unwrapped(&text.published(section))))
        }
        _ => None,
    });
    updates.collect()
}
