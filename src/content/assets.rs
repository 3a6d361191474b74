//! Files that are copied along, and those that must not be.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::{Content, FileId, Span};

pub(crate) const WRONG_ENDING: Rule = Rule {
    code: "wrong-ending",
    summary: "a file that Recto would read if its name ended differently",
    explanation: "Texts end with `.md`, settings and registers with `.yaml`, in small letters. \
                  Otherwise the file would be copied along unread.",
    wrong: &["# content/glossary.yml\n- { term: NPD, expansion: National Policy Dialogue }"],
    right: &["# content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    ..Rule::UNREAD
};

pub(crate) const ACTIVE_FILE: Rule = Rule {
    code: "active-file",
    summary: "a file that can run scripts in a reader's browser",
    explanation: "Pages, scripts, and pictures with scripts in them could act in the name of \
                  your site. Publish the content as PDF or as a plain picture, or link to it on \
                  another site.",
    wrong: &["# content/audit/drawing.svg\n<svg><script>alert(1)</script></svg>"],
    right: &["# content/audit/drawing.svg\n<svg><path d='M0 0h9'/></svg>"],
    ..Rule::UNREAD
};

/// Endings of files in which a browser runs scripts when a reader opens them. SVG is not among
/// them: pictures are looked into.
const ACTIVE: [&str; 18] = [
    "atom", "htm", "html", "js", "mht", "mhtml", "mjs", "mml", "rdf", "rss", "shtml", "svgz",
    "xht", "xhtml", "xml", "xsl", "xslt", "xul",
];

/// Endings that look like those of files which Recto reads, with the right one.
const MISTYPED: [(&str, &str); 4] =
    [("markdown", "md"), ("mdown", "md"), ("mkd", "md"), ("yml", "yaml")];

// A file is published as it is or not at all: `svg-hush`, which rewrites files, would drop what
// drawing programs such as Inkscape write.
/// Elements of SVG that run something, hold another language, or change an attribute later on.
const ACTIVE_ELEMENTS: [&str; 9] = [
    "audio",
    "embed",
    "foreignobject",
    "handler",
    "iframe",
    "listener",
    "object",
    "script",
    "video",
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
            return Some(Diagnostic::of(&WRONG_ENDING, Span::top(id), message).help(help));
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
        Diagnostic::of(&ACTIVE_FILE, Span::top(id), message).help(help)
    })
}

/// Whether an SVG may run something when a reader opens it. It is read as a browser reads it, with
/// prefixes and entities; one that cannot be read so is not trusted.
fn is_active_svg(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                if is_active_element(&element) {
                    return true;
                }
            }
            // A document type can define entities; its name alone, as old programs write it, does
            // nothing. A processing instruction can name a style sheet that runs.
            Ok(Event::DocType(name)) if !name.contains('[') => {}
            Ok(Event::DocType(_) | Event::PI(_)) | Err(_) => return true,
            Ok(Event::Eof) => return false,
            Ok(_) => {}
        }
    }
}

fn is_active_element(element: &BytesStart<'_>) -> bool {
    let name = element.local_name().as_ref().to_lowercase();
    // The reader is more lenient than a browser: what is not a name is not trusted.
    let is_name = name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    if !is_name || ACTIVE_ELEMENTS.contains(&name.as_str()) {
        return true;
    }
    element.attributes().any(|attribute| {
        let Ok(attribute) = attribute else { return true };
        let name = attribute.key.local_name().as_ref().to_lowercase();
        let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else { return true };
        let value: String = value
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .flat_map(char::to_lowercase)
            .collect();
        name.starts_with("on")
            || name == "attributename" && (value.starts_with("on") || value.contains("href"))
            || ["javascript:", "vbscript:", "data:text", "data:application", "data:image/svg"]
                .iter()
                .any(|scheme| value.contains(scheme))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_run_is_left_out() {
        let code = |path: &str, text: Option<&str>| {
            let content = text.map_or(Content::Asset, |text| Content::Text(text.into()));
            problem(path, &content, FileId(0)).map(|diagnostic| diagnostic.code())
        };
        for path in ["a/page.html", "x.HTM", "x.js", "a.svgz", "feed.xml", "large.svg"] {
            assert_eq!(code(path, None), Some("active-file"), "{path}");
        }
        for svg in [
            "<svg><script>1</script></svg>",
            "<svg onload=\"x\"/>",
            "<svg\nonLoad = 'x'/>",
            "<svg/onload=x>",
            "<x:svg xmlns:x='http://www.w3.org/2000/svg'><x:Script>1</x:Script></x:svg>",
            "<svg><a href='java&#115;cript:x'/></svg>",
            "<svg><a href='java\tscript:x'/></svg>",
            "<svg><set attributeName='onload' to='x'/></svg>",
            "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>",
            "<?xml-stylesheet href='x.xsl'?><svg/>",
            "<svg><not closed",
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
