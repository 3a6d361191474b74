//! The totals of other sites, by the data that they publish.

use chrono::NaiveDate;

use crate::config::Localized;

/// The totals of another site.
#[derive(Debug, Clone, PartialEq)]
pub struct PortfolioSite {
    /// What it is called: what `site.yaml` says, or else what its data say.
    pub title: PortfolioTitle,
    /// The language in which its data give its title and who publishes it.
    pub language: Option<String>,
    /// Who publishes it, as its data say.
    pub organisation: Option<String>,
    /// Its address, if that is known.
    pub url: Option<String>,
    /// How many reports it has.
    pub reports: usize,
    /// The reporting dates of these, the first and the last.
    pub as_at: Option<[NaiveDate; 2]>,
    /// What is counted of its recommendations.
    pub counts: PortfolioCounts,
}

/// What a site is called.
#[derive(Debug, Clone, PartialEq)]
pub enum PortfolioTitle {
    /// As `site.yaml` of the portfolio says.
    Ours(Localized),
    /// As its own data say.
    Theirs(String),
}

/// What is counted of recommendations, each once at its newest state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PortfolioCounts {
    /// All.
    pub recommendations: usize,
    /// Those that are implemented.
    pub implemented: usize,
    /// Those whose work is not over.
    pub open: usize,
    /// Of the open ones, those whose deadline has passed.
    pub overdue: usize,
    /// Those that are closed in another way: not implemented, superseded, no longer applicable.
    pub closed: usize,
    /// Those whose status nobody stated.
    pub not_stated: usize,
}

impl PortfolioCounts {
    /// Counts those of another site, too.
    pub fn add(&mut self, other: Self) {
        self.recommendations += other.recommendations;
        self.implemented += other.implemented;
        self.open += other.open;
        self.overdue += other.overdue;
        self.closed += other.closed;
        self.not_stated += other.not_stated;
    }
}
