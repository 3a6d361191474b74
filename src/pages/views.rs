//! The parts that several pages show.

use serde::Serialize;

use super::Here;
use crate::model::{
    Date, Deadline, DocumentId, Recommendation, RecommendationId, Report, Source, Tag, Totals,
    Unit, UnitId,
};
use crate::wording::{StatusView, status_class, timeliness_class};

/// A link with its text.
#[derive(Debug, Serialize)]
pub(super) struct LinkView {
    /// What comes before the label, in the page's language: "Recommendation 2:".
    pub(super) prefix: Option<String>,
    pub(super) label: String,
    pub(super) href: String,
    /// The language of the label, where it is not the page's.
    pub(super) lang: Option<String>,
}

impl LinkView {
    /// A link whose text is in the page's language.
    pub(super) fn new(label: impl Into<String>, href: String) -> Self {
        Self { prefix: None, label: label.into(), href, lang: None }
    }
}

/// A text that an author wrote.
#[derive(Debug, Serialize)]
pub(super) struct TextView {
    pub(super) text: String,
    /// The language of the text, where it is not the page's.
    pub(super) lang: Option<String>,
}

/// A date as text, and in machine-readable form where HTML has one.
#[derive(Debug, Serialize)]
pub(super) struct DateView {
    pub(super) text: String,
    pub(super) datetime: Option<String>,
    /// The language of the text, where it is not the page's.
    pub(super) lang: Option<String>,
}

/// A recommendation in a list.
#[derive(Debug, Serialize)]
pub(super) struct RowView {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) lang: Option<String>,
    pub(super) href: String,
    pub(super) report: LinkView,
    pub(super) status: StatusView,
    pub(super) timeliness: String,
    /// The class that colours the timeliness.
    pub(super) timeliness_class: String,
}

/// A document in a list: symbol, title, whether it is forthcoming.
#[derive(Serialize)]
pub(super) struct DocumentLink {
    pub(super) symbol: String,
    pub(super) href: String,
    pub(super) title: Option<TextView>,
    pub(super) forthcoming: bool,
}

impl Here<'_> {
    /// A deadline of a recommendation, whose own text has the language of its author's words.
    pub(super) fn deadline(&self, deadline: &Deadline, of: &Recommendation) -> DateView {
        let lang = || self.other_language(&of.texts.original.language);
        DateView {
            text: self.wording().deadline(deadline),
            datetime: deadline.date().and_then(Date::html),
            lang: deadline.words.as_ref().and_then(|_| lang()),
        }
    }

    pub(super) fn document_links(&self, ids: &[DocumentId]) -> Vec<DocumentLink> {
        let documents = ids.iter().map(|id| self.site.document(*id));
        documents
            .map(|document| {
                let entry = document.entry.as_ref();
                DocumentLink {
                    symbol: crate::markup::html::breakable(&document.symbol),
                    href: self.href(&document.address),
                    title: entry
                        .and_then(|entry| entry.title.as_ref())
                        .map(|title| self.localized(title)),
                    forthcoming: document.forthcoming,
                }
            })
            .collect()
    }

    pub(super) fn date(&self, date: Date) -> DateView {
        DateView { text: date.in_words(self.words), datetime: date.html(), lang: None }
    }

    pub(super) fn row(&self, id: RecommendationId) -> RowView {
        let recommendation = self.site.recommendation(id);
        let report = self.site.report(recommendation.report);
        let text = recommendation.texts.in_language(self.language());
        RowView {
            number: recommendation.label.to_string(),
            title: text.title.value.clone(),
            lang: self.other_language(&text.language),
            href: self.href(&recommendation.address),
            report: self.report_link(report),
            status: self.wording().status_of(recommendation),
            timeliness: self.wording().timeliness_at(recommendation),
            timeliness_class: timeliness_class(recommendation.timeliness.kind()),
        }
    }

    pub(super) fn rows(&self, ids: &[RecommendationId]) -> Vec<RowView> {
        ids.iter().map(|id| self.row(*id)).collect()
    }

    /// A link to a report by its short title.
    pub(super) fn report_link(&self, report: &Report) -> LinkView {
        LinkView {
            lang: self.other_language(&report.texts.in_language(self.language()).language),
            ..LinkView::new(report.short_title(self.language()), self.href(&report.address))
        }
    }

    /// A link to a recommendation by number and title.
    pub(super) fn recommendation_link(&self, id: RecommendationId) -> LinkView {
        let recommendation = self.site.recommendation(id);
        let text = recommendation.texts.in_language(self.language());
        LinkView {
            prefix: Some(self.wording().prefix(&recommendation.label)),
            label: text.title.value.clone(),
            href: self.href(&recommendation.address),
            lang: self.other_language(&text.language),
        }
    }

    /// A link to what has a text: a recommendation, a report's introduction, a page.
    pub(super) fn source_link(&self, source: Source) -> LinkView {
        match source {
            Source::Recommendation(id) => self.recommendation_link(id),
            Source::Report(id) => LinkView::new(
                self.words.text("documents.introduction"),
                self.href(&self.site.report(id).address),
            ),
            Source::Page(id) => {
                let page = &self.site.pages[id.0];
                let text = page.texts.in_language(self.language());
                LinkView {
                    lang: self.other_language(&text.language),
                    ..LinkView::new(text.title.as_str(), self.href(&page.address))
                }
            }
        }
    }

    /// A link to what has a text, for a list without headings: a report is called by its title.
    pub(super) fn named_source_link(&self, source: Source) -> LinkView {
        match source {
            Source::Report(id) => self.report_link(self.site.report(id)),
            // With several reports, each has a recommendation 1.
            Source::Recommendation(id) if self.site.reports.len() > 1 => {
                let report = self.site.report(self.site.recommendation(id).report);
                let mut link = self.recommendation_link(id);
                let title = report.short_title(self.language());
                link.prefix = link.prefix.map(|prefix| format!("{title}, {prefix}"));
                link
            }
            source => self.source_link(source),
        }
    }

    pub(super) fn unit_links(&self, ids: &[UnitId]) -> Vec<LinkView> {
        ids.iter().map(|id| self.site.unit(*id)).map(|unit| self.unit_link(unit)).collect()
    }

    pub(super) fn unit_link(&self, unit: &Unit) -> LinkView {
        LinkView {
            lang: self.unit_language(unit),
            ..LinkView::new(self.wording().unit_name(unit), self.href(&unit.address))
        }
    }

    /// The language of a unit's name, where it is not the page's.
    fn unit_language(&self, unit: &Unit) -> Option<String> {
        let label = unit.entry.as_ref().and_then(|entry| entry.label.as_ref());
        match label.filter(|label| label.in_language(self.language()).is_some()) {
            Some(label) => self.localized(label).lang,
            // The name as the register has it, or else as the first recommendation has it.
            None if unit.entry.is_some() => self.other_language(self.site.first_language()),
            None => self.original_language(&unit.recommendations),
        }
    }

    /// A link to a topic.
    pub(super) fn tag_link(&self, tag: &Tag) -> LinkView {
        LinkView {
            lang: self.original_language(&tag.recommendations),
            ..LinkView::new(tag.name.as_str(), self.href(&tag.address))
        }
    }

    /// The language of the facts of the first of these recommendations, where it is not the page's.
    fn original_language(&self, of: &[RecommendationId]) -> Option<String> {
        let first = of.first().map(|id| &self.site.recommendation(*id).texts.original.language);
        self.other_language(first.map_or(self.site.first_language(), String::as_str))
    }

    /// The bar of statuses, with the same in words for those who cannot see it.
    pub(super) fn status_bar(&self, totals: &Totals) -> String {
        let parts: Vec<crate::charts::Part> = totals
            .status
            .iter()
            .map(|(status, count)| crate::charts::Part {
                class: status_class(*status),
                count: *count,
            })
            .collect();
        crate::charts::stacked_bar(&parts, &self.wording().chart(totals))
    }
}
