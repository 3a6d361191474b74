//! A topic is one topic.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::source::Spanned;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "tags-not-listed",
    summary: "several topics that are read as one, because they are not in a list",
    explanation: "`tags: governance, finance` is one topic of that name. A list is in square \
                  brackets, or has a line for each item.",
    wrong: &["tags: governance, finance"],
    right: &["tags: [governance, finance]"],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let of_reports = context.site.reports.iter().map(|report| &report.front.tags);
    let of_recommendations = context.site.recommendations.iter().map(|one| &one.front.tags);
    for tags in of_reports.chain(of_recommendations) {
        // Where it was typed in a list or in quotes, the comma was meant.
        if let [tag] = tags.0.as_slice()
            && tag.value.contains([',', ';'])
            && is_plain(context, tag)
        {
            let message = format!("`{}` is read as one topic", tag.value);
            let several = tag.value.replace(';', ",");
            let help = format!("for several, write `tags: [{several}]`");
            diagnostics.push(Diagnostic::of(&RULE, tag.span, message).edit(listed(tag)).help(help));
        }
    }
}

/// Whether a topic follows its key, without quotes or brackets.
fn is_plain(context: &Context<'_>, tag: &Spanned<String>) -> bool {
    let text = context.input.file(tag.span.file).text();
    let before = text.get(..tag.span.range().start).unwrap_or("");
    text.get(tag.span.range()) == Some(&tag.value) && before.trim_end().ends_with(':')
}

/// Puts the topics in a list, where each needs no quotes.
fn listed(tag: &Spanned<String>) -> Option<Edit> {
    let is_simple = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | ',');
    tag.value.chars().all(is_simple).then(|| Edit {
        span: tag.span,
        instead_of: tag.value.clone(),
        replacement: format!("[{}]", tag.value),
    })
}
