//! Files that are copied along, and those that must not be.

use crate::diagnostics::Diagnostic;
use crate::source::{Content, FileId, Span};

/// Endings of files in which a browser runs scripts when a reader opens them. SVG is not among
/// them: pictures are looked into.
const ACTIVE: [&str; 13] = [
    "htm", "html", "js", "mht", "mhtml", "mjs", "shtml", "svgz", "xht", "xhtml", "xml", "xsl",
    "xslt",
];

/// Endings that look like those of files which Recto reads, with the right one.
const MISTYPED: [(&str, &str); 4] =
    [("markdown", "md"), ("mdown", "md"), ("mkd", "md"), ("yml", "yaml")];

/// What in an SVG can run or fetch something: a script, an event, another document.
const ACTIVE_SVG: [&str; 9] = [
    "<script",
    "<foreignobject",
    "<iframe",
    "<!entity",
    "<?xml-stylesheet",
    "javascript:",
    "vbscript:",
    "data:text",
    "<handler",
];

/// Why a file is not copied along; none when it is.
pub(super) fn problem(path: &str, content: &Content, id: FileId) -> Option<Diagnostic> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let lower = ending.to_lowercase();
    let right = MISTYPED.iter().find(|(typed, _)| *typed == lower).map(|(_, right)| *right);
    let right = right.or((lower == "md" && ending != "md").then_some("md"));
    if let Some(right) = right {
        let stem = &name[..name.len() - ending.len()];
        let is_register = ["site.", "documents.", "glossary.", "units."].contains(&stem);
        if right == "md" || is_register {
            let message = format!("`{name}` is not read: its name ends with `.{ending}`");
            let help = format!("name it `{stem}{right}`");
            return Some(Diagnostic::error("wrong-ending", Span::top(id), message).help(help));
        }
    }
    let runs = match content {
        Content::Text(text) if lower == "svg" => is_active_svg(text),
        // One that is too large or no text was not looked into.
        _ => ACTIVE.contains(&lower.as_str()) || lower == "svg",
    };
    runs.then(|| {
        let message = format!("`{name}` can run scripts in a reader's browser, and is left out");
        let help = "publish it as PDF, as a picture without scripts, or link to it on another site";
        Diagnostic::error("active-file", Span::top(id), message).help(help)
    })
}

fn is_active_svg(text: &str) -> bool {
    let text = text.to_lowercase();
    let has_event = text.match_indices("on").any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let name = text[at..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
        before.is_some_and(|c| c.is_whitespace() || "\"'/".contains(c))
            && name.trim_start().starts_with('=')
    });
    has_event || ACTIVE_SVG.iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_run_is_left_out() {
        let code = |path: &str, text: Option<&str>| {
            let content = text.map_or(Content::Asset, |text| Content::Text(text.into()));
            problem(path, &content, FileId(0)).map(|diagnostic| diagnostic.code)
        };
        for path in ["a/page.html", "x.HTM", "x.js", "a.svgz", "feed.xml", "large.svg"] {
            assert_eq!(code(path, None), Some("active-file"), "{path}");
        }
        for svg in [
            "<svg><script>1</script></svg>",
            "<svg onload=\"x\"/>",
            "<svg\nonLoad = 'x'/>",
            "<svg/onload=x>",
            "<svg><a href='JavaScript:x'/></svg>",
        ] {
            assert_eq!(code("a.svg", Some(svg)), Some("active-file"), "{svg}");
        }
        assert_eq!(code("a.svg", Some("<svg><path d='M0 0'/><text>once on</text></svg>")), None);
        assert_eq!(code("site.yml", None), Some("wrong-ending"));
        assert_eq!(code("r/03.MD", None), Some("wrong-ending"));
        for path in ["annex.pdf", "data/table.yml", "picture.png", "noending"] {
            assert_eq!(code(path, None), None, "{path}");
        }
    }
}
