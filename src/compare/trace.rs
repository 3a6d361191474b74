//! What differs from what was published last, and leaves no dated trace.

use super::{Topic, compare};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Column, Recommendation, SectionKind, Site};
use crate::source::Span;

pub(crate) const CHANGED_WITHOUT_TRACE: Rule = Rule {
    code: "changed-without-trace",
    summary: "a published status, deadline or text that was changed, and nothing dated says so",
    explanation: "Readers of the last report remember another one. `site.yaml` names what is \
                  published, a branch or a tag of git: `published: main`; in a repository, `recto \
                  check` compares with it. A dated section of progress explains any change; an \
                  entry in `deadlines` with `set` explains a deadline; `implemented` or `closed` a \
                  status.",
    ..Rule::WARNING
};

/// The rules about changes.
pub(crate) const RULES: &[&Rule] = &[&CHANGED_WITHOUT_TRACE];

/// Reports each status, deadline and text of a recommendation that differs from the published one
/// without a dated update that explains it. `revision` is what is published.
pub fn untraced(published: &Site, now: &Site, revision: &str) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for changed in compare(published, now).changed {
        let (was, is) = (published.recommendation(changed.before), now.recommendation(changed.now));
        if has_new_update(was, is) {
            continue;
        }
        let mut topics: Vec<Topic> = changed.changes.iter().map(|change| change.topic).collect();
        topics.dedup();
        diagnostics.extend(topics.into_iter().filter_map(|topic| report(topic, was, is, revision)));
    }
    diagnostics
}

fn report(
    topic: Topic,
    was: &Recommendation,
    is: &Recommendation,
    revision: &str,
) -> Option<Diagnostic> {
    let text = &is.texts.original;
    let (what, span, help) = match topic {
        Topic::Text => {
            let mut own = text.sections.iter();
            let own = own.find(|of| of.kind.column() == Some(Column::Recommendation));
            let help = "it is quoted word for word; undo the change, or say why in a dated section \
                        of progress";
            ("the text of the recommendation", own.map(|section| section.body), help)
        }
        Topic::Status if was.state.status != is.state.status => {
            let ends = |of: &Recommendation| (of.state.done_on(), of.state.closed);
            if ends(was) != ends(is) && ends(is) != (None, None) {
                return None;
            }
            let help = "add a section such as `## Progress at 31 December 2020: in progress`";
            ("the status", is.front.status.as_ref().map(|status| status.span), help)
        }
        Topic::Deadline if was.state.deadline != is.state.deadline => {
            let days = |of: &Recommendation| -> Vec<_> {
                let set = of.front.deadlines.iter().filter_map(|change| change.set.as_ref());
                set.map(|date| date.value).collect()
            };
            if days(is).iter().any(|day| !days(was).contains(day)) {
                return None;
            }
            let help = "add it to `deadlines`, with `set`, the day on which it was moved, and \
                        `reason`";
            ("the deadline", is.front.deadline.as_ref().map(|deadline| deadline.span), help)
        }
        _ => return None,
    };
    let span = span.unwrap_or_else(|| Span::top(text.file));
    let message = format!("{what} is not as in `{revision}`, and nothing dated says why");
    Some(Diagnostic::of(&CHANGED_WITHOUT_TRACE, span, message).help(help))
}

/// Whether a dated section of progress is new.
fn has_new_update(was: &Recommendation, is: &Recommendation) -> bool {
    let days = |of: &Recommendation| -> Vec<_> {
        let kinds = of.texts.original.sections.iter().map(|section| &section.kind);
        let days = kinds.filter_map(|kind| match kind {
            SectionKind::Progress { date, .. } => *date,
            _ => None,
        });
        days.collect()
    };
    let before = days(was);
    days(is).iter().any(|day| !before.contains(day))
}
