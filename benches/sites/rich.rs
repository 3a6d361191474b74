//! A large site whose recommendations have own facts, groups, parts and responders.

use crate::corpus;

/// The same site with own facts, groups, parts and several responders in each recommendation.
pub(crate) fn files(recommendations: usize) -> impl Iterator<Item = (String, String)> {
    corpus::files(recommendations).enumerate().map(|(index, (path, text))| {
        if path.ends_with("site.yaml") {
            let facts = "facts:\n  paragraph: Paragraph\n  \
                         savings: { label: Savings, kind: number, unit: USD }\n  \
                         risk: { label: Risk, kind: choice, values: [high, medium, low] }\n  \
                         mandate: { label: Mandate, kind: document }\n";
            return (path, text + facts);
        }
        if path.ends_with("report.md") || !path.ends_with(".md") {
            return (path, text);
        }
        let (unit, other) = (corpus::unit(index), corpus::unit(index + 40));
        let rich = format!(
            "paragraph: {index}\nsavings: {}\nrisk: high\nmandate: A/RES/70/1\ngroup: Chapter {}\n\
             responsible:\n  - {{ unit: {unit}, response: accepted, status: implemented }}\n  \
             - {{ unit: {other}, response: noted, status: in progress, deadline: 2021-06-30 }}\n\
             parts:\n  - {{ label: a, text: Publish the list, status: implemented }}\n  \
             - {{ label: b, text: Print it, status: in progress, deadline: 2021-03-31 }}\n",
            index * 7,
            index / 16 % 12,
        );
        let without = text.lines().filter(|line| !line.starts_with("responsible: "));
        let mut text: String = without.flat_map(|line| [line, "\n"]).collect();
        text.insert_str("---\n".len(), &rich);
        (path, text)
    })
}
