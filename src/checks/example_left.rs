//! The example of `recto init` is replaced.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{CONTENT, Span};

/// What `recto init` writes where an organisation should put its own words. They are in
/// `templates/scaffold`.
const WORDS: [&str; 2] = [
    "Name of your organisation",
    "This is an example. Replace it with your own report, or begin one beside it with `recto new \
     report NAME`.",
];

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "example-left",
    summary: "words of the example that `recto init` wrote",
    explanation: "They would be published as if they were the organisation's own. Once your own \
                  report is there, remove the folder `content/example`.",
    wrong: &["\n## Recommendation\n\nName of your organisation publishes the list.\n"],
    right: &["\n## Recommendation\n\nThe registry publishes the list.\n"],
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // They are in settings, front matter and text alike.
    let files = context.input.files_with_id().filter(|(_, file)| file.path.starts_with(CONTENT));
    for (id, file) in files {
        // One per file says enough.
        let first = WORDS.iter().find_map(|words| Some((file.text().find(words)?, *words)));
        let problem = |(start, words): (usize, &str)| {
            let place = Span::new(id, start..start + words.len());
            Diagnostic::of(&RULE, place, "these words are from the example of `recto init`")
                .help("replace them with your own, or remove the example")
        };
        diagnostics.extend(first.map(problem));
    }
}
