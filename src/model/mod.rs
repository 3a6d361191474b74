//! Plain data: what a site is made of.
//!
//! Values that an author typed carry their place ([`Spanned`](crate::source::Spanned)), so that
//! every stage can point at them. A [`Site`](crate::model::Site) is complete once it exists:
//! nothing is filled in later.

mod address;
mod anchor;
mod date;
mod evidence;
mod front;
mod label;
mod lists;
mod pdf;
mod portfolio;
mod printout;
mod recommendation;
mod site;
mod state;
mod target;
mod text;
mod timeliness;
mod totals;
mod years;

pub use address::{Download, DownloadOf, FEED_FILE, SitePlace, relative, resolve};
pub use anchor::{Distinct, GithubAnchors, IDS_OF_PAGES, github_anchor};
pub(crate) use date::UNREADABLE_DATE;
pub use date::{Date, Deadline, DeadlineKind, Period, Unread};
pub use evidence::{Evidence, document_and_place};
pub use front::{
    Action, DeadlineChange, DocumentEntry, FactValue, GroupEntry, Numbers, Original, PageFront,
    PartEntry, RecommendationFront, RelatedTo, ReportFront, Responder, TermEntry, TranslationFront,
    UnitEntry,
};
pub use label::Label;
pub use lists::{
    Choice, ChoicePage, ChoiceValue, Facet, FacetKind, ListPage, Lists, ROWS_OF_TABLE, TablePage,
};
pub use portfolio::{PortfolioCounts, PortfolioSite, PortfolioTitle};
pub use printout::Printout;
/// The rules about values.
pub(crate) const RULES: &[&crate::diagnostics::Rule] = &[&UNREADABLE_DATE];

pub use pdf::{Layout, PdfChoice};
pub use recommendation::{
    Extension, Followed, LaterFact, LaterKind, PartOrigin, PartWords, Recommendation,
    RecommendationPart, Responding, TaskState, WorkedOut,
};
pub use site::{
    Citation, CitedGoal, Collection, Document, DocumentId, DocumentIds, Page, PageId,
    RecommendationId, RecommendationIds, Report, ReportGroup, ReportId, Site, Source, Tag, Term,
    TextPage, Unit, UnitId, Update, in_language, is_below, number_and_part,
};
pub use state::{Days, State};
pub use target::Target;
pub use text::{
    Column, Found, FoundInFact, Heading, Labelled, Link, LinkKind, Note, NoteMark, Said, Section,
    SectionKind, Text, Texts, TitleOrigin, Translation,
};
pub use timeliness::{Timeliness, TimelinessKind};
pub use totals::{Counts, Totals};
pub use years::{YearTotals, Years};
