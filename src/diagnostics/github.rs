//! Workflow commands, which GitHub shows as annotations beside the lines of a pull request.
//!
//! The form and its escapes are those of the runner (`ActionCommand.cs` of actions/runner): in a
//! message `%`, carriage return and line feed are escaped, in a property `:` and `,` too. Lines
//! and columns count from 1, columns in characters; `endColumn` is the last character's own.

use std::fmt::Write as _;

use super::{Listing, Renderer, Severity, visible};

pub(super) const RENDERER: Renderer = Renderer { name: "github", is_document: false, render };

fn render(listing: &Listing<'_>) -> String {
    let mut out = String::new();
    for diagnostic in listing.diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let _ = write!(out, "::{command} ");
        if let Some(span) = diagnostic.span {
            let place = listing.place(span);
            let (start, end) = (place.start, place.end);
            let _ = write!(
                out,
                "file={},line={},col={},",
                property(&place.path),
                start.line,
                start.column
            );
            // GitHub refuses columns for a place that spans several lines.
            if end.line == start.line {
                let last = end.column.saturating_sub(1).max(start.column);
                let _ = write!(out, "endLine={},endColumn={last},", end.line);
            }
        }
        let mut message = visible(&diagnostic.message);
        for (span, label) in &diagnostic.labels {
            let place = listing.place(*span);
            let _ = write!(message, "\n{}:{}: {}", place.path, place.start.line, visible(label));
        }
        if let Some(help) = &diagnostic.help {
            let _ = write!(message, "\nhelp: {}", visible(help));
        }
        let _ = writeln!(out, "title={}::{}", property(diagnostic.code()), data(&message));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{Diagnostic, Rule};
    use super::*;
    use crate::source::{Content, File, FileId, Input, Span};

    /// What the runner makes of a command: its properties and its message.
    fn read(command: &str) -> (Vec<(String, String)>, String) {
        let unescape = |text: &str| {
            let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":");
            text.replace("%2C", ",").replace("%25", "%")
        };
        let (head, message) = command.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (_, properties) = head.split_once(' ').unwrap();
        let pairs = properties.split(',').map(|pair| pair.split_once('=').unwrap());
        let pairs = pairs.map(|(key, value)| (key.to_owned(), unescape(value))).collect();
        (pairs, unescape(message))
    }

    #[test]
    fn an_annotation_arrives_whole() {
        let text = "---\ntitle: “x”, 100%: y\n";
        let content = Content::Text(text.into());
        let path = "content/a, b: 100%.md".to_owned();
        let input = Input::new(vec![File { path: path.clone(), content }], Default::default());
        let start = text.find("“x”").unwrap();
        const SOME_RULE: Rule = Rule { code: "some-code", ..Rule::WARNING };
        let span = Span::new(FileId(0), start..start + "“x”".len());
        let said = "100% of `a, b`: 50%25\r\nand ::error:: more";
        let diagnostics = [Diagnostic::of(&SOME_RULE, span, said).help("write %0A, or: nothing")];
        let out = render(&Listing::new(&input, &diagnostics));
        assert_eq!(out.lines().count(), 1, "{out}");
        let (properties, message) = read(out.trim_end());
        let property = |key: &str| {
            properties.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
        };
        assert_eq!(property("file"), Some(path.as_str()));
        let place = ["line", "col", "endLine", "endColumn"].map(property);
        assert_eq!(place, [Some("2"), Some("8"), Some("2"), Some("10")]);
        assert_eq!(property("title"), Some("some-code"));
        let shown = "100% of `a, b`: 50%25\\u{d}\nand ::error:: more\nhelp: write %0A, or: nothing";
        assert_eq!(message, shown);
    }
}
