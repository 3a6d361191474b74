//! The official PDF of a report: accessible (PDF/UA-1, ISO 14289-1) and made to last (PDF/A-2a,
//! ISO 19005-2), typeset by Typst within the program.

#[cfg(feature = "pdf")]
mod fonts;
#[cfg(feature = "pdf")]
mod making;
#[cfg(feature = "pdf")]
mod pictures;
#[cfg(feature = "pdf")]
mod problems;
#[cfg(feature = "pdf")]
mod printed;
#[cfg(feature = "pdf")]
mod view;
#[cfg(feature = "pdf")]
mod world;

use crate::diagnostics::{Hides, Rule};

#[cfg(feature = "pdf")]
pub use fonts::Fonts;
#[cfg(feature = "pdf")]
pub use making::{Made, Making, PdfSettings, Prepared, Standard, prepare};
#[cfg(feature = "pdf")]
pub use pictures::can_be_decoded;
#[cfg(feature = "pdf")]
pub use problems::{problems_of, problems_of_all};

/// The rules about PDFs. A program built without PDFs knows the codes too, because a site may set
/// their levels.
pub(crate) const RULES: &[&Rule] = &[&MISSING_GLYPH, &UNREADABLE_FONT, &PDF_ERROR];

pub(crate) const MISSING_GLYPH: Rule = Rule {
    code: "missing-glyph",
    summary: "characters that no font of the PDF has",
    explanation: "The fonts in the program cover Latin, Greek and Cyrillic. For other scripts, and \
                  for pictures such as emoji, put a font that has them in the folder `fonts` \
                  beside `content`: the Noto fonts are free to use. A report with `pdf: false` in \
                  its `report.md` has no PDF, and needs no fonts.",
    wrong: &["\n## Recommendation\n\nThe list (清单) should be published."],
    right: &["\n## Recommendation\n\nThe list (список) should be published."],
    ..Rule::UNREAD
};

pub(crate) const UNREADABLE_FONT: Rule = Rule {
    code: "unreadable-font",
    summary: "a file in the folder `fonts` that is not a usable font",
    explanation: "PDFs need OpenType fonts: files that end with `.ttf`, `.otf`, `.ttc` or `.otc`, \
                  and have at most 64 MiB. Fonts for the web, such as `.woff2`, are not read: get \
                  the font as one of these. Licences may be kept beside the fonts.",
    hides: Hides::Part,
    ..Rule::WARNING
};

pub(crate) const PDF_ERROR: Rule = Rule {
    code: "pdf-error",
    summary: "a text that no PDF can be made of",
    explanation: "The cause may be a damaged picture, for example. The message says what Typst, \
                  which makes the PDF, found at this place. A report with `pdf: false` in its \
                  `report.md` has no PDF.",
    ..Rule::UNREAD
};
