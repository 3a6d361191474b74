//! Entries in, the finished [`Site`](crate::model::Site) out: order, addresses, links in both
//! directions, timeliness and totals. Each part is made from what the authors wrote, and the site
//! is put together from them once.

mod deadlines;
mod documents;
mod goals;
mod links;
mod lists;
mod names;
mod order;
mod portfolio;
mod recommendations;
mod reports;
mod series;
mod terms;
mod updates;
mod work;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::content::{Contents, Drafts, SiteSettings};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Layout, Lists, PdfChoice, Site, Totals, Years};
use crate::source::{CONTENT, Input};
use names::Named;
use order::Ordered;
use recommendations::Computed;

pub use documents::document_file_name;
pub use names::slug;
pub(crate) use recommendations::DUPLICATE_NUMBER;

/// The rules that are checked while a site is put together.
pub(crate) const RULES: &[&Rule] =
    &[&DUPLICATE_NUMBER, &documents::DUPLICATE_DOCUMENT, &portfolio::PORTFOLIO_DATA];

/// What the command line may change.
#[derive(Debug, Clone, Copy, Default, Hash)]
pub struct Options {
    /// The day as at which everything is shown, instead of each report's own as-at date.
    pub as_at: Option<NaiveDate>,
    /// The same day, where this is for the editions of that day beside a later site.
    pub edition: Option<NaiveDate>,
    /// What happens to drafts.
    pub drafts: Drafts,
    /// Whether reports have PDFs.
    pub pdfs: Pdfs,
}

/// Whether reports have PDFs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Pdfs {
    /// Those that ask for one, where the program can make it.
    #[default]
    Make,
    /// None.
    LeaveOut,
}

impl Pdfs {
    /// Whether this program was built to make PDFs.
    pub const POSSIBLE: bool = cfg!(feature = "pdf");

    /// How the PDF of a report is laid out, if it gets one.
    fn layout(self, choice: PdfChoice) -> Option<Layout> {
        choice.0.filter(|_| self == Self::Make && Self::POSSIBLE)
    }
}

/// Makes the site.
pub fn assemble(
    input: &Input,
    settings: &SiteSettings,
    contents: Contents,
    options: Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Site {
    let (config, registers) = (settings.config.clone(), settings.registers.clone());
    let tags = config.language_tags();
    let Contents { entries, assets, drafts_left_out, not_yet } = contents;
    let ordered = Ordered::of(entries, input.today, options);
    recommendations::same_numbers(&ordered, diagnostics);
    let units = Named::units(&registers.units, &ordered);
    let topics = Named::topics(&ordered);
    let (text_pages, recommendation_ids) =
        rayon::join(|| links::text_pages(&ordered, &tags), || links::recommendation_ids(&ordered));
    let followed = series::followed(&ordered.reports);
    let lives = series::lives(&ordered, &followed, &recommendation_ids);
    let documents =
        documents::documents(&ordered, registers.documents, config.facts.as_ref(), diagnostics);
    let goals = goals::goals(&ordered);
    let terms = terms::terms(registers.terms, &ordered);
    let computed = Computed {
        due_soon_days: config.due_soon_days(),
        related: links::related(&ordered, &recommendation_ids),
        mentioned_in: links::mentions(&ordered, &recommendation_ids, &text_pages),
        lives,
        documents: documents.of_recommendations,
        goals: goals.of_recommendations,
        units: &units,
        vocabulary: &settings.vocabulary,
        topics: &topics,
    };
    let updates = updates::updates(&ordered);
    // Only the page of today shows what others publish.
    let portfolio = match options.edition {
        None => portfolio::portfolio(input, &config, diagnostics),
        Some(_) => Vec::new(),
    };
    let Ordered { reports, recommendations, pages } = ordered;
    let ranges = reports::ranges(&reports, &recommendations);
    let recommendations = recommendations::recommendations(recommendations, &reports, computed);
    let reports =
        reports::reports(reports, ranges, documents.of_reports, &recommendations, options);
    let reports = reports::in_series(reports, &followed);
    let pages = reports::pages(pages);
    let reports_in_order = reports::in_order(&reports);
    let collections = reports::collections(&pages, &reports, &reports_in_order, &recommendations);
    let mut site = Site {
        languages: tags.iter().filter_map(|tag| settings.languages.get(tag)).cloned().collect(),
        vocabulary: settings.vocabulary.clone(),
        today: input.today,
        text_pages,
        recommendation_ids,
        term_ids: terms.ids,
        reports_in_order,
        collections,
        documents: documents.list,
        document_ids: documents.ids,
        goals: goals.list,
        units: units.into_units(registers.units, &recommendations),
        tags: topics.into_tags(&recommendations),
        terms: terms.list,
        pages,
        updates,
        assets,
        drafts_left_out,
        not_yet,
        unusable_pictures: unusable_pictures(input),
        totals: Totals::of(recommendations.iter().filter(|one| one.is_newest())),
        years: Years::of(&recommendations, &reports),
        lists: Lists::default(),
        portfolio,
        recommendations,
        config,
        reports,
    };
    // Lists are made of everything else.
    site.lists = lists::lists(&site);
    site
}

fn unusable_pictures(input: &Input) -> BTreeSet<String> {
    let unusable = input.picture_faults.iter().filter(|(_, fault)| fault.is_unusable());
    unusable.filter_map(|(path, _)| Some(path.strip_prefix(CONTENT)?.to_owned())).collect()
}
