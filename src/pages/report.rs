//! A report: summary, chart, downloads, the official table.

use serde::Serialize;

use super::head::{Step, Title};
use super::sections::{ShownSection, sections};
use super::views::{DateView, DocumentLink, LinkView, TextView};
use super::{Here, PagePlace, PageType, Size, View};
use crate::markup::html::{About, TextPlace, draw_whole, escape};
use crate::model::{Column, Date, Download, Edition, Recommendation, Report, ReportId};
use crate::source::Spanned;
use crate::wording::{CountView, StatusView, capitalise, is_no_deadline, timeliness_class};

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "report",
    count: |site| site.reports.len(),
    address: |site, index| site.reports[index].address.clone(),
    source: |site, index| Some(crate::source::Span::top(site.reports[index].texts.original.file)),
    place: PagePlace::Linked,
    view,
};

#[derive(Serialize)]
struct ReportView {
    title: String,
    lang: Option<String>,
    organisation: Option<TextView>,
    kind: Option<TextView>,
    /// "as at 31 December 2020", which begins a sentence where there is no kind before it.
    as_at: String,
    evaluated: Option<String>,
    symbol: Option<String>,
    introduction: String,
    has_recommendations: bool,
    summary: String,
    bar: String,
    statuses: Vec<CountView>,
    timeliness: Vec<CountView>,
    downloads: Vec<DownloadView>,
    caption: String,
    /// The class of a table whose numbers need room for more than two digits.
    numbers: Option<&'static str>,
    rows: Vec<TableRow>,
    documents: Vec<DocumentLink>,
    further: Vec<LinkView>,
}

#[derive(Serialize)]
struct DownloadView {
    href: String,
    label: String,
    /// The language of the file, where it is not the page's.
    language: Option<LanguageView>,
}

#[derive(Serialize)]
struct LanguageView {
    tag: String,
    /// The language's own name.
    name: String,
}

/// A row of the official table.
#[derive(Serialize)]
struct TableRow {
    number: String,
    href: String,
    title: String,
    lang: Option<String>,
    recommendation: CellView,
    response: CellView,
    responsible: Vec<LinkView>,
    deadline_text: CellView,
    /// Missing where the timeliness beside it says that there is no deadline.
    deadline: Option<DateView>,
    extended: Option<String>,
    status: StatusView,
    implemented: Option<DateView>,
    timeliness: String,
    timeliness_class: String,
    progress: CellView,
}

/// A cell of the official table.
#[derive(Serialize)]
struct CellView {
    html: String,
    /// The language of the cell, where it is not the page's.
    lang: Option<String>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let site = here.site;
    let report = &site.reports[index];
    let words = here.words;
    let language = here.language();
    let text = report.texts.in_language(language);
    let scope = here.scope(Some(report), TextPlace::Own);
    let field = |original, translated: fn(&crate::model::TranslationFront) -> Option<&_>| {
        let field: Option<(&Spanned<String>, _)> = report.field(language, translated, original);
        field.map(|(text, of)| TextView { text: text.value.clone(), lang: here.other_language(of) })
    };
    let kind = field(report.front.kind.as_ref(), |t| t.kind.as_ref());
    let organisation = field(report.front.organisation.as_ref(), |t| t.organisation.as_ref());
    let as_at = here.wording().as_at(report.as_at);
    let mut title = Title::of(report.short_title(language)).in_report(report);
    title.lang = here.other_language(&text.language);
    title.trail = trail(here, report);
    title.description = Some(here.wording().summary(&report.totals));
    let mut head = here.head(title);
    // The page is the report, so its head does not link to itself.
    head.full_title = format!("{} – {}", head.title, head.site_title);
    let (introduction, mut about) = draw_whole(text, &scope);
    let recommendations = &site.recommendations[report.recommendations.clone()];
    let page = ReportView {
        title: text.title.value.clone(),
        lang: here.other_language(&text.language),
        organisation,
        as_at: match kind {
            Some(_) => as_at.clone(),
            None => capitalise(&as_at),
        },
        kind,
        evaluated: here.wording().evaluated(report),
        symbol: report.front.symbol.as_ref().map(|symbol| symbol.value.clone()),
        introduction,
        has_recommendations: !report.recommendations.is_empty(),
        summary: here.wording().summary(&report.totals),
        bar: here.status_bar(&report.totals),
        statuses: here.wording().status_counts(&report.totals),
        timeliness: here.wording().timeliness_counts(&report.totals),
        downloads: downloads(here, report),
        caption: words.fill(
            "report.table_caption",
            &[("title", report.short_title(language)), ("as_at", &as_at)],
        ),
        numbers: numbers_class(recommendations),
        rows: recommendations
            .iter()
            .map(|recommendation| row(here, report, recommendation, &mut about))
            .collect(),
        documents: here.document_links(&report.documents),
        further: further(here, index),
    };
    View::new(&head, &page).about(about)
}

/// The reports whose folders contain this one, the outermost first.
fn trail(here: &Here<'_>, report: &Report) -> Vec<Step> {
    let above = std::iter::successors(report.parent, |id| here.site.report(*id).parent);
    let mut trail: Vec<_> = above.map(|id| here.step(here.site.report(id))).collect();
    trail.reverse();
    trail
}

fn numbers_class(recommendations: &[Recommendation]) -> Option<&'static str> {
    let lengths = recommendations.iter().map(|one| one.label.0.chars().count());
    match lengths.max().unwrap_or(0) {
        0..=2 => None,
        3..=6 => Some("numbers-middling"),
        _ => Some("numbers-long"),
    }
}

fn further(here: &Here<'_>, index: usize) -> Vec<LinkView> {
    let below = here.site.reports.iter().filter(|r| r.parent == Some(ReportId(index)));
    below
        .map(|report| LinkView {
            label: format!(
                "{}, {}",
                report.short_title(here.language()),
                here.wording().as_at(report.as_at)
            ),
            ..here.report_link(report)
        })
        .collect()
}

fn downloads(here: &Here<'_>, report: &Report) -> Vec<DownloadView> {
    let data = here.downloads.iter().map(|Download { label, file }| {
        let address = format!("{}/{file}", report.folder);
        let size =
            (here.sizes)(&address).map_or(String::new(), |size| here.wording().size(size.bytes));
        DownloadView {
            label: here.words.fill("report.download", &[("format", label), ("size", &size)]),
            href: here.href_to_file(&address),
            language: None,
        }
    });
    here.pdf(report).into_iter().chain(data).collect()
}

impl Here<'_> {
    /// A link to the PDF of a report for readers of this language, if there is one.
    fn pdf(&self, report: &Report) -> Option<DownloadView> {
        let edition = Edition::for_readers(self.site, report, self.language())?;
        let address = edition.address(self.site);
        let label = match (self.sizes)(&address) {
            Some(Size { bytes, pages: Some(pages) }) => self.words.fill(
                "report.download_pdf",
                &[
                    ("size", &self.wording().size(bytes)),
                    ("pages", &self.words.count("report.pages", pages)),
                ],
            ),
            _ => "PDF".to_owned(),
        };
        let words = edition.words(self.site);
        let language = self.other_language(&words.tag);
        let name = words.text("language_name").to_owned();
        let language = language.map(|tag| LanguageView { tag, name });
        Some(DownloadView { label, href: self.href_to_file(&address), language })
    }
}

fn row(
    here: &Here<'_>,
    report: &Report,
    recommendation: &Recommendation,
    about: &mut About,
) -> TableRow {
    let text = recommendation.texts.in_language(here.language());
    let prefix = format!("r{}", recommendation.label.slug());
    let (shown, told) = sections(here, recommendation, report, TextPlace::Among(prefix));
    about.extend(told);
    let cell = |columns: &[Column]| cell(&shown, columns);
    let implemented = recommendation.implemented.filter(|date| *date != Date::Day(report.as_at));
    TableRow {
        number: recommendation.label.to_string(),
        href: here.href(&recommendation.address),
        title: text.title.value.clone(),
        lang: here.other_language(&text.language),
        recommendation: cell(&[Column::Recommendation]),
        response: cell(&[Column::Response]),
        responsible: here.unit_links(&recommendation.units),
        deadline_text: cell(&[Column::Deadline]),
        deadline: (!is_no_deadline(recommendation))
            .then(|| here.deadline(&recommendation.deadline, recommendation)),
        extended: here.wording().extended(recommendation),
        status: here.wording().status_of(recommendation),
        implemented: implemented.map(|date| here.date(date)),
        timeliness: here.wording().timeliness_in_report(recommendation),
        timeliness_class: timeliness_class(recommendation.timeliness.kind()),
        // The official table has four columns for texts: its last one holds all others.
        progress: cell(&[Column::Progress, Column::Other]),
    }
}

/// The sections of some columns in one cell. In the last column they have their headings, unless
/// there is only one section, as at the report's own date: so the table matches the official paper.
fn cell(shown: &[ShownSection<'_>], columns: &[Column]) -> CellView {
    let parts: Vec<&ShownSection<'_>> = shown
        .iter()
        .filter(|part| columns.contains(&part.section.kind.column()))
        .filter(|part| !part.html.trim().is_empty() || part.section.kind.says_something())
        .collect();
    let several = parts.len() > 1;
    // Either the whole cell is in one language, or each part gives its own.
    let lang = parts.first().and_then(|part| part.lang.clone());
    let is_one_language = parts.iter().all(|part| part.lang == lang);
    let mut html = String::new();
    for ShownSection { section, html: of_section, lang } in parts {
        let needs_heading = match section.kind.column() {
            Column::Progress => several || of_section.trim().is_empty(),
            Column::Other => true,
            Column::Recommendation | Column::Response | Column::Deadline => false,
        };
        let own = lang.as_ref().filter(|_| !is_one_language);
        if let Some(lang) = own {
            html.push_str(&format!("<div lang=\"{}\">\n", escape(lang)));
        }
        if let Some(heading) = section.heading.as_ref().filter(|_| needs_heading) {
            let heading = escape(heading);
            html.push_str(&format!("<p class=\"part\"><strong>{heading}</strong></p>\n"));
        }
        html.push_str(of_section);
        if own.is_some() {
            html.push_str("</div>\n");
        }
    }
    CellView { lang: lang.filter(|_| is_one_language), html }
}
