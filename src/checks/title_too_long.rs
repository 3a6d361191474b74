//! Titles fit where there is little room.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::source::Spanned;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "title-too-long",
    summary: "a title of more than 120 characters",
    explanation: "It is shown in tables, in search results and in browser tabs. A report can keep \
                  its full title and have a `short_title` as well.",
    wrong: &[
        "title: Publish the list of documents, Publish the list of documents, Publish the list of documents, Publish the list of documents, Publish the list of documents, each quarter",
    ],
    right: &["title: Publish the list of documents"],
    ..Rule::NOTE
};

/// The most characters of a title. Search engines show about 60, a table about twice as many.
const LONGEST: usize = 120;

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    let of_recommendations = site.recommendations.iter().flat_map(|one| one.texts.all());
    let of_pages = site.pages.iter().flat_map(|page| page.texts.all());
    let titles = of_recommendations.chain(of_pages).map(|text| &text.title);
    let help = "shorten it: the full sentence is in the text";
    diagnostics.extend(titles.filter_map(|title| too_long(title, help)));
    for report in &site.reports {
        for text in report.texts.all() {
            let short = match report.texts.translation(&text.language) {
                Some(translation) => &translation.front.short_title,
                None => &report.front.short_title,
            };
            let help = "add a `short_title` for places with little room";
            let is_short = short.is_some();
            diagnostics.extend(too_long(&text.title, help).filter(|_| !is_short));
        }
    }
}

fn too_long(title: &Spanned<String>, help: &str) -> Option<Diagnostic> {
    let length = title.chars().count();
    (length > LONGEST).then(|| {
        let message = format!("the title has {length} characters, more than {LONGEST}");
        Diagnostic::of(&RULE, title.span, message).help(help)
    })
}
