//! Web addresses written out in a text: `https://unece.org`, `www.un.org`.
//!
//! GitHub links them where it shows the same text (GFM 6.9, autolinks), so authors do not add
//! links. The key is the address.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

use crate::source::is_blank;

use super::{LeadsTo, Scheme, SchemeId, Search};

/// [`Finder::find`](super::Finder::find) asks it first: within an address nothing else is looked for.
pub(super) const SCHEME: Scheme = Scheme {
    id: SchemeId::WebAddress,
    leads_to: LeadsTo::Address,
    triggers: |_| ["://", "www."].map(str::to_owned).to_vec(),
    read,
};

/// The most bytes of an address; browsers and site maps take no more, and finding the end of a
/// longer one is costly.
const LONGEST: usize = 2048;

/// The text around the beginning of an address, up to what no address contains: white space, and
/// marks that end a sentence or a quotation where no space follows.
pub(super) fn around(text: &str, hit: Range<usize>) -> Range<usize> {
    let ends =
        |c: char| is_blank(c) || "<>\"“”„«»‘’…、。，；：！？（）「」『』《》【】".contains(c);
    let end = text[hit.end..].find(ends).map_or(text.len(), |length| hit.end + length);
    // A scheme such as `https` has few letters.
    let letters = text[..hit.start].bytes().rev().take(8).take_while(u8::is_ascii_alphabetic);
    hit.start - letters.count()..end
}

fn read(reading: &mut Search<'_, '_>, hit: Range<usize>) {
    let around = around(reading.text, hit);
    let before = reading.text[..around.start].chars().next_back();
    // No part of "mail@www.un.org" is an address. Chinese has no spaces between words.
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || "@./-".contains(c)) {
        return;
    }
    let text = &reading.text[around.clone()];
    if text.len() > LONGEST {
        return;
    }
    let begins =
        |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if begins("https://") || begins("http://") {
        if let Some(end) = end_of_address(text) {
            reading.found(around.start..around.start + end, &text[..end]);
        }
    } else if begins("www.") {
        const SCHEME: &str = "http://";
        let mut address = format!("{SCHEME}{text}");
        let end = end_of_address(&address).filter(|end| *end > SCHEME.len() + "www.".len());
        if let Some(end) = end {
            address.truncate(end);
            reading.found(around.start..around.start + end - SCHEME.len(), address);
        }
    }
}

/// Where the address at the beginning of a text ends; none where it is not an address.
fn end_of_address(text: &str) -> Option<usize> {
    let mut finder = LinkFinder::new();
    // Without a scheme each full stop might be in an address, and the time would be quadratic.
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(true);
    finder.links(text).next().filter(|link| link.start() == 0).map(|link| link.end())
}

#[cfg(test)]
mod tests {
    use crate::references::{Finder, KnownNames};

    #[test]
    fn addresses_end_where_people_see_their_end() {
        for (text, address) in [
            ("See https://unece.org/about, or ask.", "https://unece.org/about"),
            ("(https://unece.org/a_(b)).", "https://unece.org/a_(b)"),
            ("HTTPS://UNECE.ORG/A?b=c&d=e#f!", "HTTPS://UNECE.ORG/A?b=c&d=e#f"),
            ("“https://unece.org/a”", "https://unece.org/a"),
            ("'https://unece.org/a'", "https://unece.org/a"),
            ("www.un.org/en.", "http://www.un.org/en"),
            ("https://ru.wikipedia.org/wiki/Россия, и", "https://ru.wikipedia.org/wiki/Россия"),
            ("见https://www.un.org/zh。请", "https://www.un.org/zh"),
            ("http://localhost:8620/x", "http://localhost:8620/x"),
            ("*https://unece.org*", "https://unece.org"),
            ("https://unece.org/a\u{fffc}https", "https://unece.org/a"),
            ("https://unece.org/a\u{200b}b", "https://unece.org/a"),
        ] {
            let found = Finder::new(KnownNames::default()).find(text, None).matches;
            let keys: Vec<String> = found.iter().map(|found| found.key.to_string()).collect();
            assert_eq!(keys, [address], "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_left_alone() {
        for text in
            ["ftp://unece.org", "://", "https://", "www.", "www. un", "awww.un.org", "a@www.un.org"]
        {
            let found = Finder::new(KnownNames::default()).find(text, None).matches;
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}
