//! Addresses within the site.

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use crate::source::{FRAGMENT_CHARACTERS, PATH_CHARACTERS, composed};

/// A kind of data file to download. The site has one at its top, and each report one in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Download {
    /// What readers see: "CSV".
    pub label: &'static str,
    /// The name of the files.
    pub file: &'static str,
}

/// The feed of updates.
pub const FEED_FILE: &str = "feed.xml";

/// The address of one page as a link on another: relative, so that the same folder works at the
/// top of a domain, below it, and opened from disk.
///
/// Both are paths from the top of the site; `to` may have an anchor.
pub fn relative(from: &str, to: &str) -> String {
    let (to, anchor) = match to.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (to, None),
    };
    let mut link = String::with_capacity(to.len() + anchor.map_or(0, str::len) + 8);
    if from != to || anchor.is_none() {
        let common = common_folders(from, to);
        for _ in from[common..].bytes().filter(|byte| *byte == b'/') {
            link.push_str("../");
        }
        link.extend(utf8_percent_encode(&to[common..], PATH_CHARACTERS));
    }
    if let Some(anchor) = anchor {
        link.push('#');
        // What an author has already encoded stays as it is.
        let anchor = percent_decode_str(anchor).decode_utf8_lossy();
        link.extend(utf8_percent_encode(&anchor, FRAGMENT_CHARACTERS));
    }
    link
}

/// An address with an anchor, if there is one.
pub fn with_anchor(address: &str, anchor: Option<&str>) -> String {
    match anchor {
        Some(anchor) => format!("{address}#{anchor}"),
        None => address.to_owned(),
    }
}

/// The length in bytes of the folders that both paths share, with the `/` after them.
fn common_folders(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    a.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1)
}

/// The path, from the site's root, of a relative address in the file at `from`. An address that
/// begins with `/` is taken from the top of the content. None when it leaves the content.
pub fn resolve(from: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if address.starts_with('/') {
        parts.truncate(1);
    }
    // A query means nothing to a file.
    let address = address.split('?').next().unwrap_or(address);
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.len() > 1 => {
                parts.pop();
            }
            ".." => return None,
            part => parts.push(part),
        }
    }
    Some(composed(&parts.join("/")).into_owned())
}

#[cfg(test)]
mod tests {
    use super::{relative, resolve};

    #[test]
    fn relative_addresses_stay_in_the_content() {
        let from = "content/a/b/01.md";
        for (address, path) in [
            ("02.md", Some("content/a/b/02.md")),
            ("../c/x.pdf", Some("content/a/c/x.pdf")),
            ("./x/../y.md", Some("content/a/b/y.md")),
            ("Re\u{301}sume\u{301}.pdf", Some("content/a/b/Résumé.pdf")),
            ("/about.md", Some("content/about.md")),
            ("../../../x.md", None),
            ("../../../../etc/passwd", None),
        ] {
            assert_eq!(resolve(from, address).as_deref(), path, "{address}");
        }
    }

    #[test]
    fn links_are_relative() {
        for (from, to, link) in [
            ("index.html", "index.html", "index.html"),
            ("index.html", "a/1.html", "a/1.html"),
            ("a/1.html", "a/2.html", "2.html"),
            ("a/1.html", "a/b/2.html", "b/2.html"),
            ("a/b/1.html", "a/2.html#c1", "../2.html#c1"),
            ("a/1.html", "a/1.html#c1", "#c1"),
            ("a/1.html", "index.html", "../index.html"),
            ("fr/a/1.html", "a/1.html", "../../a/1.html"),
            ("a/1.html", "x.pdf#page=3", "../x.pdf#page=3"),
            ("a/1.html", "a/1.html#%C3%A9", "#%C3%A9"),
            ("a/1.html", "a b/é.html", "../a%20b/%C3%A9.html"),
        ] {
            assert_eq!(relative(from, to), link, "{from} to {to}");
        }
    }
}
