//! What is published about a recommendation: comparable, in all languages.

use recto::assemble::Options;
use recto::plan::Build;
use recto::record::{COLUMNS, Record, record};

use crate::site::{Scratch, build_of};

const ORIGINAL: &str = "---\nnumber: 1\ntitle: Publish\nresponse: accepted\n\
                        status: in progress\nactions: [{ text: Draft it }]\n---\n\n\
                        ## Recommendation\n\nPublish the list.\n";
const TRANSLATION: &str = "---\ntitle: Publier\nactions: [Rédiger]\n---\n\n\
                           ## Recommandation\n\nPublier la liste.\n";

fn build(original: &str, translation: &str) -> Build {
    let scratch = Scratch::new(&[
        ("content/site.yaml", "title: A site\nlanguages: [en, fr]\n"),
        ("content/audit/report.md", "---\ntitle: Audit\nas_at: 2020-12-31\n---\n"),
        ("content/audit/1.md", original),
        ("content/audit/1.fr.md", translation),
    ]);
    build_of(scratch.root(), Options::default())
}

fn records(build: &Build) -> Vec<Record<'_>> {
    let all = build.site.recommendations.iter();
    all.flat_map(|of| of.texts.all().map(|text| record(&build.site, of, text))).collect()
}

#[test]
fn two_states_differ_where_readers_of_some_language_see_a_difference() {
    let before = build(ORIGINAL, TRANSLATION);
    let [english, french] = &records(&before)[..] else { panic!("two languages") };
    assert_eq!((english.report, english.number.as_str()), ("audit", "1"));
    assert_eq!(
        (english.recommendation.as_ref(), english.actions[0].text),
        ("Publish the list.", "Draft it")
    );
    assert_eq!(
        (french.recommendation.as_ref(), french.actions[0].text),
        ("Publier la liste.", "Rédiger")
    );

    let moved = build(&ORIGINAL.replace("\n## ", "\n\n\n## "), TRANSLATION);
    assert_eq!(records(&before), records(&moved));
    let changed = build(ORIGINAL, &TRANSLATION.replace("la liste", "les listes"));
    let changed = records(&changed);
    assert_eq!(*english, changed[0]);
    assert_ne!(*french, changed[1]);
}

/// A fact of the site's own must not have the name of another column.
#[test]
fn no_own_fact_can_be_called_like_a_column() {
    use recto::content::own_facts::NAMES_OF_DATA;
    use recto::model::RecommendationFront;
    let names = COLUMNS.iter().map(|column| column.name);
    let free: Vec<&str> = names
        .filter(|name| !NAMES_OF_DATA.contains(name) && !RecommendationFront::KEYS.contains(name))
        .collect();
    assert!(free.is_empty(), "{free:?}");
}

#[test]
fn every_column_is_a_field_of_the_record() {
    let build = build(ORIGINAL, TRANSLATION);
    let record = serde_json::to_value(&records(&build)[0]).unwrap();
    let unknown = COLUMNS.iter().map(|column| column.name).find(|name| record.get(name).is_none());
    assert_eq!(unknown, None);
}
