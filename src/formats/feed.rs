//! The Atom feed of updates (RFC 4287). It needs the address of the site.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Format, WholeFormat};
use crate::model::{Date, FEED_FILE, Site, SitePlace, Update};
use crate::wording::Wording;

pub(super) const FORMAT: Format = Format::Whole(WholeFormat { files, render });

/// How many updates the feed has.
const ENTRIES: usize = 50;

fn files(site: &Site) -> Vec<String> {
    site.config.base_url().map(|_| FEED_FILE.to_owned()).into_iter().collect()
}

fn render(site: &Site, _: usize) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory cannot fail.
    let _ = write(site, &mut writer);
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write(site: &Site, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
    let Some(words) = site.languages.first() else {
        return Ok(());
    };
    let title = site.config.title.as_ref().map_or("", |title| title.get(&words.tag));
    let organisation = site.config.organisation.as_ref().map_or(title, |o| o.get(&words.tag));
    let home = site.url("index.html");
    let newest = site.updates.first().map_or(Date::Day(site.today), |update| update.date);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let feed = writer
        .create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", words.tag.as_str()));
    feed.write_inner_content(|writer| {
        text(writer, "title", &words.fill("feed.title", &[("site", title)]))?;
        text(writer, "id", &home)?;
        text(writer, "updated", &timestamp(newest))?;
        link(writer, "alternate", &home)?;
        link(writer, "self", &site.url(FEED_FILE))?;
        writer
            .create_element("author")
            .write_inner_content(|writer| text(writer, "name", organisation))?;
        for update in site.updates.iter().take(ENTRIES) {
            writer
                .create_element("entry")
                .write_inner_content(|writer| entry(site, update, writer))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn entry(site: &Site, update: &Update, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
    let Some(words) = site.languages.first() else {
        return Ok(());
    };
    let recommendation = site.recommendation(update.recommendation);
    let report = site.report(recommendation.report);
    let original = &recommendation.texts.original;
    let section = &original.sections[update.section];
    let number = recommendation.label.to_string();
    let title = words.fill("feed.entry", &[("number", &number), ("title", &original.title)]);
    let address = site.url(SitePlace::at(&recommendation.address, &section.anchor));
    let heading = section.heading.as_ref().map_or("", |heading| heading.value.as_str());
    text(writer, "title", &title)?;
    text(writer, "id", &address)?;
    text(writer, "updated", &timestamp(update.date))?;
    link(writer, "alternate", &address)?;
    let summary = match update.status {
        Some(status) => {
            format!("{}: {}", report.short_title(&words.tag), Wording { site, words }.value(status))
        }
        None => format!("{}: {heading}", report.short_title(&words.tag)),
    };
    text(writer, "summary", &summary)
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> std::io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(&xml_characters(text)))?;
    Ok(())
}

fn link(writer: &mut Writer<Vec<u8>>, rel: &str, href: &str) -> std::io::Result<()> {
    writer
        .create_element("link")
        .with_attribute(("rel", rel))
        .with_attribute(("href", href))
        .write_empty()?;
    Ok(())
}

/// The characters that XML 1.0 allows (production 2), without control characters.
fn xml_characters(text: &str) -> String {
    let is_held = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().filter(|c| is_held(*c) || matches!(c, '\n' | '\t')).collect()
}

/// A date in the form of RFC 3339. An update has a day but no time.
fn timestamp(date: Date) -> String {
    format!("{}T00:00:00Z", date.last_day())
}
