//! Every link, and every file named as evidence, leads to something that is published.

use std::collections::BTreeMap;

use super::{Check, Context};
use crate::content::address::BROKEN_LINK;
use crate::diagnostics::{Diagnostic, Edit, Rule, Suggestions};
use crate::model::{Evidence, LinkKind, Site, Text};
use crate::references::document_key;
use crate::source::{CONTENT, Input, Span};

pub(super) const CHECK: Check = Check { rule: &BROKEN_LINK, run };

pub(crate) const MISSING_FILE: Rule = Rule {
    code: "missing-file",
    summary: "a link or a piece of evidence that names a missing file",
    explanation: "A name is relative to the file that it is in. Capitals matter.",
    wrong: &["evidence: [list.pdf]", "\n## Recommendation\n\n[The list](list.pdf)"],
    right: &["evidence: [the minutes of 3 May 2020]"],
    ..Rule::ERROR
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut files = None;
    let mut check = |text: &Text, path: &str, place: Span| {
        let not_yet = &context.site.not_yet;
        let is_later = || {
            let report = format!("{}/report.md", path.trim_end_matches('/'));
            not_yet.contains(path) || not_yet.contains(&report)
        };
        if !context.site.has_file(path) && !is_later() {
            let files =
                files.get_or_insert_with(|| PublishedFiles::of(context.site, context.input));
            let edit = files.other_case(path, text.slice(place), place);
            diagnostics.push(files.broken(&text.path, path, place).edit(edit));
        }
    };
    for recommendation in &context.site.recommendations {
        let folder = &context.site.report(recommendation.report).folder;
        for evidence in context.site.documents_typed_in(recommendation) {
            if let Evidence::File { path, .. } = Evidence::of(evidence, folder)
                && context.site.document_of(&document_key(evidence)).is_none()
            {
                check(&recommendation.texts.original, &path, evidence.span);
            }
        }
    }
    for text in context.texts() {
        for link in &text.links {
            if let LinkKind::File { path, .. } = &link.kind {
                check(text, path, link.span);
            }
        }
    }
}

/// The files that are published. They are sorted once, however many links are broken.
struct PublishedFiles<'a> {
    input: &'a Input,
    /// The names of the files of each folder.
    folders: BTreeMap<&'a str, Suggestions<'a>>,
    /// The paths by their form in one case, which those that differ only by case share.
    cases: BTreeMap<String, Vec<&'a str>>,
}

impl<'a> PublishedFiles<'a> {
    fn of(site: &Site, input: &'a Input) -> Self {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut cases: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        // To suggest a file that is not published would not help.
        for file in input.files.iter().filter(|file| site.has_file(&file.path)) {
            let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
            names.entry(folder).or_default().push(name);
            cases.entry(file.path.to_ascii_lowercase()).or_default().push(&file.path);
        }
        let folders = names.into_iter().map(|(folder, names)| (folder, Suggestions::of(names)));
        Self { input, folders: folders.collect(), cases }
    }

    /// The diagnostic for a path where nothing is published.
    fn broken(&mut self, from: &str, path: &str, span: Span) -> Diagnostic {
        let shown = path.strip_prefix(CONTENT).unwrap_or(path);
        if self.input.find(path).is_some() {
            let message = format!("the link leads to `{shown}`, which is not published");
            return Diagnostic::of(&BROKEN_LINK, span, message)
                .help("it is a draft, has mistakes itself, or is a file that only Recto reads");
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_text = name.ends_with(".md") || !name.contains('.');
        let (rule, message) = match is_text {
            true => (&BROKEN_LINK, format!("the link leads to `{shown}`, which is not there")),
            false => (&MISSING_FILE, format!("there is no file `{shown}`")),
        };
        let diagnostic = Diagnostic::of(rule, span, message);
        let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let names = self.folders.get_mut(folder);
        let near = names.and_then(|names| names.nearest(name));
        let near = near.filter(|near| ending(near) == ending(name));
        // The suggestion is what to type, which is only simple in the same folder.
        let is_beside = from.rsplit_once('/').map_or("", |(folder, _)| folder) == folder;
        match near {
            Some(near) if is_beside => diagnostic.help(format!("did you mean `{near}`?")),
            Some(near) => diagnostic.help(format!("there is a file `{near}` in that folder")),
            None if name.starts_with("www.") || shown.contains("/www.") => {
                diagnostic.help("begin a web address with `https://`")
            }
            None => diagnostic.help("give the path from the folder of this file"),
        }
    }

    /// Corrects the name of a file that differs only by case from the one file that there is.
    fn other_case(&self, path: &str, typed: &str, span: Span) -> Option<Edit> {
        let [file] = self.cases.get(&path.to_ascii_lowercase())?.as_slice() else { return None };
        let (folder, name) = file.rsplit_once('/')?;
        let (typed_folder, typed_name) = path.rsplit_once('/')?;
        // A name that is typed in another form, such as `a%20b.pdf`, is left to its author.
        let at = typed.rfind(typed_name).filter(|_| folder == typed_folder)?;
        // In a Markdown link only the address is changed, and only where it is in the link itself.
        let is_link = typed.starts_with('[') || typed.starts_with('!');
        let is_address = !is_link || typed[..at].contains("](");
        if !is_address || typed.matches(typed_name).count() > 1 {
            return None;
        }
        let start = span.start as usize + at;
        let span = Span::new(span.file, start..start + typed_name.len());
        Some(Edit { span, instead_of: typed_name.to_owned(), replacement: name.to_owned() })
    }
}
