//! Addresses within the site.

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use crate::source::{FRAGMENT_CHARACTERS, PATH_CHARACTERS, composed};

/// A kind of data file to download. The site has one at its top; of what
/// holds recommendations, each report has one in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Download {
    /// What it holds.
    pub of: DownloadOf,
    /// The name of the files.
    pub file: &'static str,
}

/// What a data file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DownloadOf {
    /// Recommendations, in this notation: "CSV".
    Recommendations(&'static str),
    /// What they consist of, one row each; readers see the words of this key.
    Details(&'static str),
}

/// The feed of updates.
pub const FEED_FILE: &str = "feed.xml";

/// A page or file of the site, and a place in it. They are two values to the end: a file may have a
/// `#` in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SitePlace<'a> {
    /// The path from the top of the site.
    pub path: &'a str,
    /// The anchor.
    pub anchor: Option<&'a str>,
}

impl<'a> SitePlace<'a> {
    /// An anchor on a page.
    pub fn at(path: &'a str, anchor: &'a str) -> Self {
        Self { path, anchor: Some(anchor) }
    }
}

impl<'a> From<&'a str> for SitePlace<'a> {
    fn from(path: &'a str) -> Self {
        Self { path, anchor: None }
    }
}

impl<'a> From<&'a String> for SitePlace<'a> {
    fn from(path: &'a String) -> Self {
        Self { path, anchor: None }
    }
}

/// The address of a place as a link on a page: relative, so that the same folder works at the top of
/// a domain, below it, and opened from disk. `from` is the path of the page from the top of the site.
pub fn relative<'a>(from: &str, to: impl Into<SitePlace<'a>>) -> String {
    let SitePlace { path: to, anchor } = to.into();
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
    use super::{SitePlace, relative, resolve};

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
            ("a/1.html", "index.html", "../index.html"),
            ("fr/a/1.html", "a/1.html", "../../a/1.html"),
            ("a/1.html", "a/no#2.pdf", "no%232.pdf"),
            ("a/1.html", "a b/é.html", "../a%20b/%C3%A9.html"),
        ] {
            assert_eq!(relative(from, to), link, "{from} to {to}");
        }
        for (from, to, link) in [
            ("a/b/1.html", SitePlace::at("a/2.html", "c1"), "../2.html#c1"),
            ("a/1.html", SitePlace::at("a/1.html", "c1"), "#c1"),
            ("a/1.html", SitePlace::at("x.pdf", "page=3"), "../x.pdf#page=3"),
            ("a/1.html", SitePlace::at("a/no#2.pdf", "page=3"), "no%232.pdf#page=3"),
            ("a/1.html", SitePlace::at("a/1.html", "%C3%A9"), "#%C3%A9"),
        ] {
            assert_eq!(relative(from, to), link, "{from} to {to:?}");
        }
    }
}
