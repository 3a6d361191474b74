//! The placeholders of `recto new` are replaced.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{Span, Spanned};

/// What `recto new` writes where authors should put their own words.
pub mod of_new {
    /// For the title of a report.
    pub const REPORT_TITLE: &str = "Title of the evaluation or audit";
    /// For a short title, of a report or of a recommendation.
    pub const SHORT_TITLE: &str = "Short title";
    /// For the introduction of a report.
    pub const INTRODUCTION: &str = "What was evaluated or audited, and by whom.";
    /// For the text of a recommendation.
    pub const RECOMMENDATION: &str = "The words of the recommendation.";
}

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "placeholder",
    summary: "words of `recto new` that have not been replaced",
    explanation: "They would be published as if they were the report's own.",
    wrong: &["title: Short title", "\n## Recommendation\n\nThe words of the recommendation.\n"],
    right: &["title: Publish the list", "\n## Recommendation\n\nPublish the list.\n"],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    use of_new::{INTRODUCTION, RECOMMENDATION, REPORT_TITLE, SHORT_TITLE};
    let is_title = |title: &&Spanned<String>| [REPORT_TITLE, SHORT_TITLE].contains(&title.as_str());
    for report in &context.site.reports {
        let short = report.front.short_title.iter().filter(is_title);
        diagnostics.extend(short.map(|title| problem(title.span)));
    }
    for text in context.texts() {
        diagnostics.extend([&text.title].into_iter().filter(is_title).map(|it| problem(it.span)));
        for section in &text.sections {
            let body = text.slice(section.body);
            let words = body.trim();
            if [INTRODUCTION, RECOMMENDATION].contains(&words) {
                let start = section.body.start as usize + body.len() - body.trim_start().len();
                diagnostics.push(problem(Span::new(text.file, start..start + words.len())));
            }
        }
    }
}

fn problem(place: Span) -> Diagnostic {
    Diagnostic::of(&RULE, place, "these are placeholder words from `recto new`")
        .help("replace them with your own")
}
