//! The account: how many characters a part holds, by a reading that knows nothing of Word.
//!
//! It shares neither the tree nor any decision with the real reader, so that a mistake there shows as a
//! difference. It adds up every text that Word could show or has shown, wherever it stands.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::import::document::character_count;
use crate::import::error::ReadError;

/// The elements whose texts count: `w:t`, `a:t`, `m:t` and what is deleted or a code.
const TEXTS: [&str; 4] = ["t", "delText", "instrText", "delInstrText"];

/// How many characters a part holds.
pub(super) fn characters(part: &str, text: &str) -> Result<usize, ReadError> {
    let broken = |error: quick_xml::Error| ReadError::broken(part, error.to_string());
    let mut reader = Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    let mut total = 0_usize;
    let mut list = DropDown::default();
    let mut signed = 0_isize;
    loop {
        let event = reader.read_event().map_err(broken)?;
        let is_text = open.last().is_some_and(|name| TEXTS.contains(&local(name)));
        match event {
            Event::Start(start) => {
                signed += shown_by_element(&start, &open, &mut list);
                open.push(start.name().0.to_owned());
            }
            Event::Empty(start) => signed += shown_by_element(&start, &open, &mut list),
            Event::End(_) => {
                let closed = open.pop();
                if closed.as_deref().map(local) == Some("ddList") {
                    total += std::mem::take(&mut list).chosen();
                }
            }
            Event::Text(text) if is_text => total += character_count(&text),
            Event::CData(text) if is_text => total += character_count(&text),
            Event::GeneralRef(reference) if is_text => {
                let character = reference.resolve_char_ref().map_err(broken)?;
                // The five that XML defines are all visible.
                total += character.map_or(1, |character| character_count(&character.to_string()));
            }
            Event::Eof => return Ok(total.saturating_add_signed(signed)),
            _ => {}
        }
    }
}

/// The entries of a list in a form, one of which is shown.
#[derive(Default)]
struct DropDown {
    entries: Vec<usize>,
    chosen: usize,
}

impl DropDown {
    fn chosen(self) -> usize {
        self.entries.get(self.chosen).copied().unwrap_or(0)
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// How many characters an element shows by itself: signs, symbols, and texts in attributes.
fn shown_by_element(start: &BytesStart<'_>, open: &[String], list: &mut DropDown) -> isize {
    let name = start.name().0;
    let is_math = name.starts_with("m:");
    let value = |wanted: &str| {
        let mut attributes = start.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| local(attribute.key.0) == wanted)?;
        found.normalized_value(XmlVersion::Explicit1_0).ok().map(|value| value.into_owned())
    };
    let length = |attribute: &str| {
        value(attribute).map_or(0, |text| isize::try_from(character_count(&text)).unwrap_or(0))
    };
    let parent = open.last().map_or("", |name| local(name));
    match local(name) {
        "sym" if !is_math => 1,
        "noBreakHyphen" | "checkBox" => 1,
        "fldSimple" => length("instr"),
        "tblCaption" if open.iter().all(|name| local(name) != "tblPrChange") => length("val"),
        "listEntry" => {
            list.entries.push(usize::try_from(length("val")).unwrap_or(0));
            0
        }
        "result" if parent == "ddList" => {
            list.chosen = value("val").and_then(|text| text.parse().ok()).unwrap_or(0);
            0
        }
        "f" | "rad" | "nary" if is_math => 1,
        "d" if is_math => 2,
        "begChr" | "endChr" => length("val") - 1,
        "chr" if parent == "naryPr" => length("val") - 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_counts() {
        let count = |text: &str| characters("p", text).unwrap();
        assert_eq!(count("<w:p><w:t> a&amp;b </w:t><w:delText>c</w:delText><x>no</x></w:p>"), 4);
        assert_eq!(
            count("<w:p><w:fldSimple w:instr=' PAGE '/><w:sym/><w:noBreakHyphen/></w:p>"),
            6
        );
        assert_eq!(count("<m:f><m:num><m:t>1</m:t></m:num><m:den><m:t>2</m:t></m:den></m:f>"), 3);
        assert_eq!(count("<w:t>soft\u{ad}ly&#xAD;</w:t>"), 6);
    }
}
