//! `robots.txt` (RFC 9309): everyone may read everything.

use super::{Format, WholeFormat, sitemap};
use crate::model::Site;

pub(super) const FORMAT: Format =
    Format::Whole(WholeFormat { files: |_| vec!["robots.txt".to_owned()], render });

fn render(site: &Site, _: usize) -> Vec<u8> {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    for address in sitemap::files(site) {
        text.push_str(&format!("Sitemap: {}\n", site.url(&address)));
    }
    text.into_bytes()
}
