//! The addresses of Markdown links and images: where each leads, and which are refused.

use percent_encoding::percent_decode_str;
use pulldown_cmark::LinkType;

use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::model::{LinkKind, resolve};
use crate::source::{Span, is_unwanted};

pub(crate) const UNSAFE_ADDRESS: Rule = Rule {
    code: "unsafe-address",
    summary: "an address that could run something, or whose scheme is missing",
    explanation: "A link begins with `https://`, `http://`, `mailto:` or `tel:`, or is the name \
                  of a file.",
    wrong: &[
        "\n## Recommendation\n\n[The list](javascript:alert(1))",
        "\n## Recommendation\n\n[The list](//example.org)",
    ],
    right: &["\n## Recommendation\n\n[The list](https://example.org)"],
    ..Rule::ERROR
};

pub(crate) const FILE_OUTSIDE_SITE: Rule = Rule {
    code: "file-outside-site",
    summary: "a link to a file outside the folder `content`",
    explanation: "Only what is in `content` is published. Copy the file beside the text, or link \
                  to a web address.",
    wrong: &["\n## Recommendation\n\n[The list](../../../list.pdf)"],
    right: &["\n## Recommendation\n\n[The list](https://example.org/list.pdf)"],
    ..Rule::ERROR
};

pub(crate) const BACKSLASH: Rule = Rule {
    code: "backslash",
    summary: "a link to a file that is written with `\\`, as Windows writes paths",
    explanation: "In addresses the folders are separated by `/`, on every system.",
    wrong: &["\n## Recommendation\n\nSee [the report](..\\audit\\report.md)."],
    right: &["\n## Recommendation\n\nSee [the report](../audit/report.md)."],
    ..Rule::WARNING
};

pub(crate) const BROKEN_LINK: Rule = Rule {
    code: "broken-link",
    summary: "a link to a text that is not there, or to nothing",
    explanation: "A link to another text is the path to its file, from the file that has the link: \
                  `02-train-the-staff.md`, `../audit/report.md`.",
    wrong: &[
        "\n## Recommendation\n\nSee [the second](2.md).",
        "\n## Recommendation\n\nSee [the second]().",
    ],
    right: &["\n## Recommendation\n\nSee [the report](report.md)."],
    ..Rule::ERROR
};

pub(crate) const OUTSIDE_IMAGE: Rule = Rule {
    code: "outside-image",
    summary: "an image that is on another site",
    explanation: "Every reader's browser would fetch it from that site. Put the file beside the \
                  text; until then the page shows a link.",
    wrong: &["\n## Recommendation\n\n![A map](https://example.org/map.png)"],
    right: &["\n## Recommendation\n\n[A map](https://example.org/map.png)"],
    ..Rule::WARNING
};

/// What an address in a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// To be followed.
    Link,
    /// To be shown.
    Image,
}

/// A link or image as it was typed.
pub(super) struct TypedLink<'a> {
    pub(super) kind: LinkType,
    pub(super) address: &'a str,
    pub(super) span: Span,
    /// The characters of the span.
    pub(super) written: &'a str,
    pub(super) use_of: Use,
}

/// Reads the address of a link or image in the file at `from`.
pub(super) fn read(
    link: &TypedLink<'_>,
    from: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> LinkKind {
    let TypedLink { kind, span, use_of, .. } = *link;
    // What nobody sees does not belong to an address; `invisible-character` reports it.
    let address: &str = &link.address.replace(is_unwanted, "");
    let address = address.trim();
    let kind = match kind {
        LinkType::WikiLink { .. } => LinkKind::Recommendation(address.to_owned()),
        LinkType::Email => LinkKind::Outside(format!("mailto:{address}")),
        _ => match classify(address, from) {
            Ok(kind) => {
                if matches!(kind, LinkKind::File { .. }) && address.contains('\\') {
                    diagnostics.push(with_backslashes(link));
                }
                kind
            }
            Err(Refusal { rule, message, help }) => {
                diagnostics.push(Diagnostic::of(rule, span, message).help(help));
                LinkKind::Refused
            }
        },
    };
    if use_of == Use::Image && matches!(kind, LinkKind::Outside(_)) {
        let message = format!("the image `{address}` is on another site");
        let help = "put the file beside the text, so that readers' browsers do not fetch it from \
                    another site; until then the page shows a link";
        diagnostics.push(Diagnostic::of(&OUTSIDE_IMAGE, span, message).help(help));
    }
    kind
}

/// Reports an address with `\`, and corrects it where it is in the link itself.
fn with_backslashes(link: &TypedLink<'_>) -> Diagnostic {
    let TypedLink { address, span, written, .. } = link;
    let right = address.replace('\\', "/");
    // In a link such as `[the annex][annex]` the address is elsewhere.
    let is_inline = link.kind == LinkType::Inline;
    let begin = written.rfind("](").filter(|_| is_inline);
    let at = begin.and_then(|begin| Some(begin + written[begin..].find(address)?));
    let edit = at.map(|at| {
        let start = span.range().start + at;
        let span = Span::new(span.file, start..start + address.len());
        Edit { span, instead_of: (*address).to_owned(), replacement: right.clone() }
    });
    let message = format!("the address `{address}` has `\\` between its folders");
    Diagnostic::of(&BACKSLASH, *span, message).edit(edit).help(format!("write `{right}`"))
}

/// Why an address leads nowhere.
struct Refusal {
    rule: &'static Rule,
    message: String,
    help: String,
}

fn classify(address: &str, from: &str) -> Result<LinkKind, Refusal> {
    let refuse =
        |rule, message: String, help: &str| Err(Refusal { rule, message, help: help.to_owned() });
    if address.trim().is_empty() {
        let help = "write it between the round brackets, or remove the brackets";
        return refuse(&BROKEN_LINK, "the link has no address".to_owned(), help);
    }
    if let Some(anchor) = address.strip_prefix('#') {
        return Ok(LinkKind::Anchor(anchor.to_owned()));
    }
    if let Some(scheme) = scheme_of(address) {
        if ["http", "https", "mailto", "tel"].contains(&scheme.as_str()) {
            return Ok(LinkKind::Outside(address.to_owned()));
        }
        let message = format!("the address `{address}` is left out: `{scheme}:` is not allowed");
        let help = "use an address that begins with `https://`, `http://`, `mailto:` or `tel:`";
        return refuse(&UNSAFE_ADDRESS, message, help);
    }
    if address.starts_with("//") || address.starts_with('\\') {
        let message = format!("the address `{address}` has no scheme");
        let help = format!("write `https://{}`", address.trim_start_matches(['/', '\\']));
        return refuse(&UNSAFE_ADDRESS, message, &help);
    }
    // Windows separates folders so.
    let folders = address.replace('\\', "/");
    let (path, anchor) = match folders.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (folders.as_str(), None),
    };
    let path = percent_decode_str(path).decode_utf8_lossy();
    match resolve(from, &path) {
        Some(path) => Ok(LinkKind::File { path, anchor }),
        None => {
            let message = format!("`{address}` is outside the site");
            let help = "link to a file below `content/`, or to a web address";
            refuse(&FILE_OUTSIDE_SITE, message, help)
        }
    }
}

/// The scheme of an address, in lower case: browsers skip white space and control characters in it
/// (WHATWG URL, 4.4), so they are skipped here too.
fn scheme_of(address: &str) -> Option<String> {
    let visible: String =
        address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let (scheme, _) = visible.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_cannot_hide() {
        for address in
            ["javascript:x", "JavaScript:x", "java\tscript:x", " javascript:x", "\u{1}javascript:x"]
        {
            assert_eq!(scheme_of(address).as_deref(), Some("javascript"), "{address:?}");
        }
        assert_eq!(scheme_of("a/b:c"), None);
        assert_eq!(scheme_of("file.md"), None);
    }
}
