//! The Atom feed (RFC 4287): reports of progress, what was done or closed, deadlines that were moved.
//! It needs the address of the site.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Format, WholeFormat};
use crate::language::Words;
use crate::model::{Date, FEED_FILE, RecommendationId, Site, SitePlace, Update};
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
    let entries = entries(site, &Wording { site, words });
    let newest = entries.first().map_or(Date::Day(site.today), |entry| entry.date);
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
        for entry in entries.iter().take(ENTRIES) {
            writer
                .create_element("entry")
                .write_inner_content(|writer| entry.write(site, words, writer))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Something that happened to a recommendation.
struct FeedEntry {
    of: RecommendationId,
    date: Date,
    /// What tells it from all others on the page, always the same: `progress-2020-12-31`.
    anchor: String,
    /// Whether the page has a place of that name.
    is_place: bool,
    says: String,
}

/// All that happened, the newest first; of one day, in the order of the recommendations.
fn entries(site: &Site, wording: &Wording<'_>) -> Vec<FeedEntry> {
    let mut entries: Vec<FeedEntry> =
        site.updates.iter().map(|update| progress(site, wording, update)).collect();
    for (index, one) in site.recommendations.iter().enumerate() {
        let of = RecommendationId(index);
        let words = wording.words;
        let mut add = |date: Date, name: &str, says: String| {
            let anchor = format!("{name}-{}", date.iso());
            entries.push(FeedEntry { of, date, anchor, is_place: false, says });
        };
        let status = one.state.status.map(|status| wording.value(status));
        for (date, name) in [(one.state.done_on(), "implemented"), (one.state.closed, "closed")] {
            if let (Some(date), Some(status)) = (date, &status) {
                add(date, name, status.clone());
            }
        }
        // The first one was set, and not moved.
        for change in one.front.deadlines.iter().skip(1) {
            if let Some(set) = &change.set {
                let deadline = wording.deadline(&change.deadline);
                add(set.value, "deadline", words.fill("feed.deadline", &[("date", &deadline)]));
            }
        }
    }
    // Of several that were set on one day, the last counts.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.date.last_day()));
    let mut seen = std::collections::BTreeSet::new();
    entries.retain(|entry| seen.insert((entry.of, entry.anchor.clone())));
    entries
}

fn progress(site: &Site, wording: &Wording<'_>, update: &Update) -> FeedEntry {
    let original = &site.recommendation(update.recommendation).texts.original;
    let section = &original.sections[update.section];
    let heading = section.heading.as_ref().map_or("", |heading| heading.value.as_str());
    FeedEntry {
        of: update.recommendation,
        date: update.date,
        anchor: section.anchor.clone(),
        is_place: true,
        says: match update.status {
            Some(status) => wording.value(status),
            None => heading.to_owned(),
        },
    }
}

impl FeedEntry {
    fn write(
        &self,
        site: &Site,
        words: &Words,
        writer: &mut Writer<Vec<u8>>,
    ) -> std::io::Result<()> {
        let recommendation = site.recommendation(self.of);
        let report = site.report(recommendation.report);
        let number = recommendation.label.to_string();
        let title = &recommendation.texts.original.title;
        let title = words.fill("feed.entry", &[("number", &number), ("title", title)]);
        let id = site.url(SitePlace::at(&recommendation.address, &self.anchor));
        let address = match self.is_place {
            true => id.clone(),
            false => site.url(&recommendation.address),
        };
        text(writer, "title", &title)?;
        text(writer, "id", &id)?;
        text(writer, "updated", &timestamp(self.date))?;
        link(writer, "alternate", &address)?;
        let summary = format!("{}: {}", report.short_title(&words.tag), self.says);
        text(writer, "summary", &summary)
    }
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
