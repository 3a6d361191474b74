//! The site map (<https://www.sitemaps.org/protocol.html>). It needs the address of the site.
//!
//! One file may hold 50,000 addresses; a larger site has several files, which `robots.txt` lists.

use super::{Format, WholeFormat};
use crate::model::Site;
use crate::pages::{PAGE_TYPES, PagePlace, PageType};

pub(super) const FORMAT: Format = Format::Whole(WholeFormat { files, render });

/// The most addresses of one file, as the protocol says.
const MOST: usize = 50_000;

/// The files of the map: none where the address of the site is not known.
pub(super) fn files(site: &Site) -> Vec<String> {
    if site.config.base_url().is_none() {
        return Vec::new();
    }
    let pages: usize = page_types().map(|page_type| (page_type.count)(site)).sum();
    let parts = (pages * site.languages.len()).div_ceil(MOST);
    let name = |part| match part {
        0 => "sitemap.xml".to_owned(),
        part => format!("sitemap-{}.xml", part + 1),
    };
    (0..parts).map(name).collect()
}

fn page_types() -> impl Iterator<Item = &'static PageType> {
    PAGE_TYPES.iter().filter(|page_type| !matches!(page_type.place, PagePlace::Nowhere))
}

fn render(site: &Site, part: usize) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses(site).skip(part * MOST).take(MOST) {
        let location = quick_xml::escape::escape(site.url(&address).as_str()).into_owned();
        xml.push_str(&format!("<url><loc>{location}</loc></url>\n"));
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

/// The addresses of all pages in all languages.
fn addresses(site: &Site) -> impl Iterator<Item = String> {
    let pages = page_types()
        .flat_map(|page_type| (0..(page_type.count)(site)).map(move |index| (page_type, index)));
    pages.flat_map(move |(page_type, index)| {
        let address = (page_type.address)(site, index);
        site.languages.iter().map(move |words| site.in_language(&address, &words.tag))
    })
}
