//! `robots.txt` (RFC 9309): everybody may read everything.

use super::{Format, Render, Set, sitemap};
use crate::model::Site;

pub(super) const FORMAT: Format = Format {
    name: "robots",
    files: |_| vec![("robots.txt".to_owned(), Set::Site)],
    render: Render::Whole(render),
};

fn render(site: &Site, _: Set) -> Vec<u8> {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    for (address, _) in sitemap::files(site) {
        text.push_str(&format!("Sitemap: {}\n", site.url(&address)));
    }
    text.into_bytes()
}
