//! The site map (<https://www.sitemaps.org/protocol.html>). It needs to know where the site stands.

use super::{Format, Render, Set, url};
use crate::model::Site;
use crate::pages::PAGE_TYPES;

pub(super) const FORMAT: Format = Format { name: "sitemap", files, render: Render::Whole(render) };

pub(super) const ADDRESS: &str = "sitemap.xml";

fn files(site: &Site) -> Vec<(String, Set)> {
    site.config.base_url().map(|_| (ADDRESS.to_owned(), Set::Site)).into_iter().collect()
}

fn render(site: &Site, _: Set) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page_type in PAGE_TYPES.iter().filter(|page_type| page_type.name != "not_found") {
        for index in 0..(page_type.count)(site) {
            let address = (page_type.address)(site, index);
            for words in &site.languages {
                let address = site.in_language(&address, &words.tag);
                let location = quick_xml::escape::escape(url(site, &address).as_str()).into_owned();
                xml.push_str(&format!("<url><loc>{location}</loc></url>\n"));
            }
        }
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}
