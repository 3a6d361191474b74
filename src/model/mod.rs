//! Plain data: what a site is made of.
//!
//! Values that an author typed carry their place ([`Spanned`](crate::source::Spanned)), so that
//! every stage can point at them. A [`Site`] is finished when it exists: nothing is filled in later.

mod address;
mod date;
mod edition;
mod front;
mod label;
mod organ;
mod pdf;
mod site;
mod text;
mod timeliness;

pub use address::{Download, FEED_FILE, relative};
pub use date::{Date, Deadline};
pub(crate) use date::{UNREADABLE_DATE, unreadable_date};
pub use edition::Edition;
pub use front::{
    Action, DeadlineChange, DocumentEntry, PageFront, RecommendationFront, RelatedTo, ReportFront,
    TermEntry, TranslationFront, UnitEntry,
};
pub use label::Label;
pub use organ::Organ;

/// What is reported of values.
pub(crate) const RULES: &[&crate::diagnostics::Rule] = &[&UNREADABLE_DATE, &organ::UNKNOWN_ORGAN];

pub use pdf::{Layout, PdfChoice};
pub use site::{
    Citation, CitedGoal, Document, DocumentId, Extension, Page, PageId, Recommendation,
    RecommendationId, Report, ReportId, Site, Source, Tag, Term, Totals, Unit, UnitId, Update,
    in_language,
};
pub use text::{
    Column, Found, Link, LinkKind, Said, Section, SectionKind, Text, Texts, Translation,
};
pub use timeliness::{Timeliness, TimelinessKind, timeliness};
