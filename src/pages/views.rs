//! The parts that several pages show.

use serde::Serialize;

use super::{Here, say};
use crate::model::{
    Date, Deadline, DocumentId, Recommendation, RecommendationId, Report, Source, TimelinessKind,
    Totals, Unit, UnitId,
};
use crate::vocabulary::{AxisValue as _, Status};

/// A link with its text.
#[derive(Debug, Serialize)]
pub(super) struct LinkView {
    /// What stands before the label, in the page's language: "Recommendation 2:".
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

/// A status: mark, word, and the class that colours it.
#[derive(Debug, Serialize)]
pub(crate) struct StatusView {
    pub(crate) class: String,
    pub(crate) mark: &'static str,
    pub(crate) label: String,
}

/// A date as text, and for machines where HTML can.
#[derive(Debug, Serialize)]
pub(super) struct DateView {
    pub(super) text: String,
    pub(super) datetime: Option<String>,
}

/// How many recommendations have a value.
#[derive(Debug, Serialize)]
pub(crate) struct CountView {
    pub(crate) class: String,
    pub(crate) mark: &'static str,
    pub(crate) label: String,
    pub(crate) count: String,
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
    pub(super) title: Option<String>,
    pub(super) forthcoming: bool,
}

impl Here<'_> {
    pub(super) fn deadline(&self, deadline: Deadline) -> DateView {
        DateView {
            text: say::deadline(self.words, deadline),
            datetime: deadline.date().and_then(Date::html),
        }
    }

    /// How often and by how long the deadline was moved, if it was.
    pub(crate) fn extended(&self, recommendation: &Recommendation) -> Option<String> {
        let extension = recommendation.extension.filter(|e| e.times > 0 && e.days > 0)?;
        let days = usize::try_from(extension.days).unwrap_or(0);
        let days = self.words.count("days", days);
        Some(self.words.count_with("extended", extension.times, &[("days", &days)]))
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
                        .map(|title| title.get(self.language()).to_owned()),
                    forthcoming: document.forthcoming,
                }
            })
            .collect()
    }

    pub(crate) fn status(&self, status: Status, continuing: bool) -> StatusView {
        let word = say::capitalise(&say::value(&self.site.config, self.words, status));
        let label = match continuing {
            true => self.words.fill("recommendation.status_continuing", &[("status", &word)]),
            false => word,
        };
        StatusView {
            class: format!("status-{}", say::class(status.name())),
            mark: status.mark(),
            label,
        }
    }

    pub(super) fn date(&self, date: Date) -> DateView {
        DateView { text: date.in_words(self.words), datetime: date.html() }
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
            status: self.status_of(recommendation),
            timeliness: say::timeliness(self.words, recommendation.timeliness),
            timeliness_class: timeliness_class(recommendation.timeliness.kind()),
        }
    }

    pub(super) fn rows(&self, ids: &[RecommendationId]) -> Vec<RowView> {
        ids.iter().map(|id| self.row(*id)).collect()
    }

    pub(crate) fn status_of(&self, recommendation: &Recommendation) -> StatusView {
        self.status(recommendation.status, recommendation.front.continuing)
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
        let number = recommendation.label.to_string();
        LinkView {
            prefix: Some(self.words.fill("recommendation.prefix", &[("number", &number)])),
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
            // Of several reports each has a recommendation 1.
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
        LinkView::new(self.unit_name(unit), self.href(&unit.address))
    }

    /// What a unit is called in this language.
    pub(crate) fn unit_name<'u>(&self, unit: &'u Unit) -> &'u str {
        let label = unit.entry.as_ref().and_then(|entry| entry.label.as_ref());
        let label = label.and_then(|label| label.in_language(self.language()));
        label.unwrap_or(&unit.name)
    }

    /// How many have each status, those that none has left out.
    pub(crate) fn status_counts(&self, totals: &Totals) -> Vec<CountView> {
        let counts = totals.status.iter().map(|(status, count)| {
            let view = self.status(*status, false);
            CountView {
                class: view.class,
                mark: view.mark,
                label: view.label,
                count: self.words.number(*count),
            }
        });
        counts.collect()
    }

    /// How many have each timeliness, those that none has left out.
    pub(crate) fn timeliness_counts(&self, totals: &Totals) -> Vec<CountView> {
        let counts = totals.timeliness.iter().map(|(kind, count)| CountView {
            class: timeliness_class(*kind),
            mark: "",
            label: say::capitalise(
                self.words.text(&format!("timeliness.{}", say::key(kind.name()))),
            ),
            count: self.words.number(*count),
        });
        counts.collect()
    }

    /// The bar of statuses, with the same in words for those who do not see it.
    pub(super) fn status_bar(&self, totals: &Totals) -> String {
        let parts: Vec<crate::charts::Part> = totals
            .status
            .iter()
            .map(|(status, count)| crate::charts::Part {
                class: format!("status-{}", say::class(status.name())),
                count: *count,
            })
            .collect();
        crate::charts::stacked_bar(&parts, &self.chart_in_words(totals))
    }

    /// What a chart of statuses shows, in words.
    pub(crate) fn chart_in_words(&self, totals: &Totals) -> String {
        let total = self.words.number(totals.recommendations);
        let said: Vec<String> = totals
            .status
            .iter()
            .map(|(status, count)| {
                let name = say::value(&self.site.config, self.words, *status);
                let n = self.words.number(*count);
                self.words.fill("report.share", &[("name", &name), ("n", &n), ("total", &total)])
            })
            .collect();
        let said = said.join(self.words.text("list.comma"));
        self.words.fill("report.chart", &[("parts", &said)])
    }
}

pub(super) fn timeliness_class(kind: TimelinessKind) -> String {
    format!("timeliness-{}", say::class(kind.name()))
}
