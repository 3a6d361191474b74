//! Makes what the templates of PDFs see of a printout.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::printed::{
    PartView, PrintedDeadline, PrintedDeadlines, PrintedDocument, PrintedFact, PrintedGroup,
    PrintedLanguage, PrintedLink, PrintedMove, PrintedRecommendation, PrintedReport,
    PrintedSection, PrintedState, PrintedStates, PrintedTask, PrintedTerm,
};
use crate::charts::{DeadlineChart, Deadlines};
use crate::compare::states;
use crate::config::OwnFact;
use crate::language::{Phrase, Words};
use crate::markup::typst::{
    PdfScope, PdfTexts, document_label, draw, recommendation_label, term_label,
};
use crate::model::{
    Column, Date, Deadline, DocumentId, PartOrigin, Printout, Recommendation, RecommendationId,
    Report, Site, Target, Text, UnitId,
};
use crate::references::{Sdg, document_key};
use crate::source::Spanned;
use crate::wording::{
    CountView, FACTS, FactInTable, FactPart, OwnValue, TableColumns, Task, Wording, capitalise,
    is_no_deadline, own_columns,
};

/// What the templates see of a printout; its texts are drawn into `texts`.
pub(super) fn view(
    printout: Printout,
    earlier: &[Site],
    scope: &PdfScope<'_>,
    texts: &mut PdfTexts,
) -> PrintedReport {
    let PdfScope { site, report, language, .. } = *scope;
    let words = printout.words(site);
    let wording = Wording { site, words };
    let recommendations = report.recommendations.clone();
    let own = own_columns(site, &site.recommendations[recommendations.clone()]);
    let seen = Printing { scope, wording, own };
    let text = report.texts.in_language(language);
    let field = |original, translated: fn(&crate::model::TranslationFront) -> Option<&_>| {
        report
            .field(language, translated, original)
            .map(|(value, _): (&Spanned<String>, _)| value.value.clone())
    };
    let as_at = wording.as_at(report.as_at);
    let kind = field(report.front.kind.as_ref(), |t| t.kind.as_ref());
    let introduction = draw(text, scope, |_| true, texts);
    let recommendations: Vec<PrintedRecommendation> =
        recommendations.map(|index| seen.recommendation(RecommendationId(index), texts)).collect();
    let totals = &report.totals;
    let statuses = wording.status_counts(totals).into_iter();
    let timeliness = wording.timeliness_counts(totals).into_iter();
    let part = |(count, share): (CountView, usize)| PartView { count, share };
    let site_title = site.config.title.as_ref().map(|title| title.get(language).to_owned());
    PrintedReport {
        language: PrintedLanguage::of(&words.tag),
        date: numbers(report.as_at),
        paper: site.config.paper.unwrap_or_default().name(),
        site_title: site_title.unwrap_or_default(),
        title: text.title.value.clone(),
        title_language: seen.other_language(text),
        short_title: report.short_title(language).to_owned(),
        organisation: field(report.front.organisation.as_ref(), |t| t.organisation.as_ref()),
        kind_as_at: match kind {
            Some(kind) => format!("{kind} {as_at}"),
            None => capitalise(&as_at),
        },
        as_at,
        evaluated: wording.evaluated(report),
        edition: (wording.edition(report))
            .map(|notice| format!("{notice} {}", words.text("series.undated"))),
        symbol: report.front.symbol.as_ref().map(|symbol| symbol.value.clone()),
        introduction: introduction.into_iter().filter_map(|(_, index)| index).collect(),
        summary: wording.summary(totals),
        chart: wording.chart(totals),
        statuses: statuses.map(part).collect(),
        timeliness: timeliness.map(part).collect(),
        total: words.number(totals.recommendations),
        over_time: over_time(wording, &states(site, earlier, report)),
        deadlines: deadlines(wording, report),
        shows: TableColumns::of(&site.recommendations[report.recommendations.clone()]),
        own_columns: seen.own.iter().map(|(_, of)| of.label.get(language).to_owned()).collect(),
        recommendations,
        documents: report.documents.iter().map(|id| seen.document(*id)).collect(),
        terms: texts.terms.iter().map(|index| seen.term(*index)).collect(),
        words: groups(words),
    }
}

/// A site as a printout shows it.
struct Printing<'a> {
    scope: &'a PdfScope<'a>,
    wording: Wording<'a>,
    /// The facts of the organisation's own that have a column.
    own: Vec<(usize, &'a OwnFact)>,
}

impl Printing<'_> {
    fn recommendation(&self, id: RecommendationId, texts: &mut PdfTexts) -> PrintedRecommendation {
        let PdfScope { site, report, language, .. } = *self.scope;
        let recommendation = site.recommendation(id);
        let wording = &self.wording;
        let text = recommendation.texts.in_language(language);
        let state = &recommendation.state;
        let implemented = state.done_on().filter(|day| *day != Date::Day(report.as_at));
        PrintedRecommendation {
            group: self.group_beginning_with(id),
            own: self.own_columns(recommendation),
            label: recommendation_label(report, id),
            heading: wording.heading(&recommendation.label),
            number: recommendation.label.to_string(),
            title: text.title.value.clone(),
            title_language: self.other_language(text),
            response: recommendation
                .front
                .response
                .as_ref()
                .map(|response| wording.label(response.value))
                .or_else(|| wording.response_follows(recommendation)),
            status: wording.status_of(recommendation),
            status_follows: wording.status_follows(recommendation),
            timeliness: wording.timeliness_in_report(report, state),
            is_overdue: state.is_overdue(),
            responsible: self.units(&recommendation.units),
            responders: self.tasks(wording.responders(recommendation), recommendation),
            parts: self.tasks(wording.parts(recommendation), recommendation),
            deadline: state
                .deadline
                .as_ref()
                .filter(|_| !is_no_deadline(state))
                .map(|deadline| self.deadline(deadline, &recommendation.texts.original)),
            extended: wording.extended(recommendation),
            moves: self.moves(recommendation),
            implemented: implemented.map(|day| day.in_words(wording.words)),
            facts: self.facts(recommendation),
            sections: self.sections(recommendation, texts),
            actions: self.tasks(wording.actions(recommendation), recommendation),
            documents: recommendation
                .documents
                .iter()
                .map(|id| PrintedLink {
                    language: None,
                    after: String::new(),
                    text: site.document(*id).symbol.clone(),
                    address: None,
                    label: Some(document_label(*id)),
                })
                .collect(),
        }
    }

    /// A deadline of a recommendation that is written in the language of this text.
    fn deadline(&self, deadline: &Deadline, text: &Text) -> PrintedDeadline {
        let language = deadline.words.as_ref().and_then(|_| self.other_language(text));
        PrintedDeadline { text: self.wording.deadline(deadline), language }
    }

    fn moves(&self, recommendation: &Recommendation) -> Vec<PrintedMove> {
        let language = self.other_language(&recommendation.texts.original);
        let changes = recommendation.front.deadlines.iter();
        let moves = changes.filter_map(|change| {
            Some(PrintedMove {
                deadline: self
                    .wording
                    .deadline_of(&change.deadline, &recommendation.texts.original.language),
                reason: self.linked(change.reason.as_ref()?, recommendation),
                language: language.clone(),
            })
        });
        moves.collect()
    }

    fn units(&self, units: &[UnitId]) -> Vec<String> {
        let units = units.iter().map(|id| self.wording.site.unit(*id));
        units.map(|unit| self.wording.unit_name(unit).to_owned()).collect()
    }

    /// What the document says about a recommendation before its texts.
    fn facts(&self, recommendation: &Recommendation) -> Vec<PrintedFact> {
        let part = |part: FactPart<'_>| match part {
            FactPart::Words(text) => PrintedLink {
                text,
                language: None,
                after: String::new(),
                address: None,
                label: None,
            },
            FactPart::Authored(text, after) => PrintedLink {
                text: text.to_owned(),
                language: self.other_language(&recommendation.texts.original),
                after,
                address: None,
                label: None,
            },
            FactPart::Evidence(evidence) => self.piece(evidence),
            FactPart::Recommendation(id) => self.to_recommendation(id),
            FactPart::Goal(goal) => PrintedLink {
                language: None,
                after: String::new(),
                text: self.wording.goal_name(goal.number),
                address: Some(Sdg::goal(goal.number).url()),
                label: None,
            },
        };
        let facts = FACTS.iter().map(|fact| PrintedFact {
            name: self.wording.words.text(fact.name).to_owned(),
            is_listed: fact.in_table == FactInTable::Listed,
            value: (fact.value)(&self.wording, recommendation).into_iter().map(part).collect(),
        });
        let own = self.wording.own_facts(recommendation).into_iter().map(|fact| PrintedFact {
            name: fact.label.get(self.scope.language).to_owned(),
            is_listed: !fact.has_column,
            value: fact.values.into_iter().map(|value| self.own_value(value)).collect(),
        });
        facts.filter(|fact| !fact.value.is_empty()).chain(own).collect()
    }

    fn own_value(&self, value: OwnValue<'_>) -> PrintedLink {
        let text = match value {
            OwnValue::InLanguage(text) => text,
            OwnValue::Typed(text) => text.value.clone(),
            OwnValue::Document(document) => return self.piece(document),
        };
        PrintedLink { text, after: String::new(), address: None, label: None, language: None }
    }

    /// The values of the facts that have a column.
    fn own_columns(&self, recommendation: &Recommendation) -> Vec<Vec<PrintedLink>> {
        let places = recommendation.facts.iter().map(|fact| fact.fact);
        let mut values: BTreeMap<usize, _> =
            places.zip(self.wording.own_facts(recommendation)).collect();
        let columns = self.own.iter().map(|(index, _)| {
            let values = values.remove(index).into_iter().flat_map(|of| of.values);
            values.map(|value| self.own_value(value)).collect()
        });
        columns.collect()
    }

    fn group_beginning_with(&self, id: RecommendationId) -> Option<PrintedGroup> {
        let mut groups = self.scope.report.groups.iter();
        let is_first = |range: &std::ops::Range<usize>| range.start == id.0 && !range.is_empty();
        let group = groups.find(|group| is_first(&group.recommendations))?;
        let localized = |text: &crate::config::Localized| text.get(self.scope.language).to_owned();
        let label = group.entry.label.as_ref().map(localized);
        Some(PrintedGroup {
            label: format!("group-{}", group.anchor),
            name: label.unwrap_or_else(|| group.entry.name.value.clone()),
            text: group.entry.text.as_ref().map(localized),
            summary: self.wording.summary(&group.totals),
        })
    }

    fn to_recommendation(&self, id: RecommendationId) -> PrintedLink {
        let recommendation = self.wording.site.recommendation(id);
        let title = &recommendation.texts.in_language(self.scope.language).title.value;
        let prefix = self.wording.prefix(&recommendation.label);
        let is_here = self.scope.report.recommendations.contains(&id.0);
        PrintedLink {
            language: None,
            after: String::new(),
            text: format!("{prefix} {title}"),
            address: (!is_here).then(|| self.scope.address_of_page(&recommendation.address)),
            label: is_here.then(|| recommendation_label(self.scope.report, id)),
        }
    }

    /// The sections in the language of the PDF, then those of the original that are not translated.
    fn sections(
        &self,
        recommendation: &Recommendation,
        texts: &mut PdfTexts,
    ) -> Vec<PrintedSection> {
        let text = recommendation.texts.in_language(self.scope.language);
        let original = &recommendation.texts.original;
        let mut sections = self.sections_of(text, texts, |_| true);
        if original.file != text.file {
            let lacking: Vec<&crate::model::Section> = text.lacking(original).collect();
            let is_lacking = |section: &crate::model::Section| {
                lacking.iter().any(|one| std::ptr::eq(*one, section))
            };
            sections.extend(self.sections_of(original, texts, is_lacking));
        }
        // Progress is the newest first; all else stays where its author put it.
        let is_progress = |one: &(_, PrintedSection)| one.1.column == "progress" && !one.1.is_own;
        let first = sections.iter().position(is_progress).unwrap_or(0);
        let (mut progress, mut others): (Vec<_>, Vec<_>) =
            sections.into_iter().partition(is_progress);
        progress.sort_by_key(|(newness, _)| std::cmp::Reverse(*newness));
        others.splice(first..first, progress);
        others.into_iter().map(|(_, section)| section).collect()
    }

    fn sections_of(
        &self,
        text: &Text,
        texts: &mut PdfTexts,
        wanted: impl Fn(&crate::model::Section) -> bool,
    ) -> Vec<(Option<NaiveDate>, PrintedSection)> {
        let language = self.other_language(text);
        draw(text, self.scope, wanted, texts)
            .into_iter()
            .filter(|(section, body)| body.is_some() || section.kind.says_something())
            .map(|(section, body)| {
                let printed = PrintedSection {
                    column: match section.column {
                        Column::Recommendation => "recommendation",
                        Column::Response => "response",
                        Column::Deadline => "deadline",
                        Column::Progress => "progress",
                    },
                    is_own: section.kind.column().is_none(),
                    heading: section.heading.as_ref().map(|heading| heading.value.clone()),
                    says_something: section.kind.says_something(),
                    responder: section.responder.clone(),
                    body,
                    language: language.clone(),
                };
                (section.newness(), printed)
            })
            .collect()
    }

    fn tasks(&self, tasks: Vec<Task<'_>>, of: &Recommendation) -> Vec<PrintedTask> {
        let (wording, report) = (&self.wording, self.scope.report);
        let task = |task: Task<'_>| {
            let text = task.text.filter(|_| task.text_origin == PartOrigin::FrontMatter);
            // What responders said is in the language of the original.
            let language = text.map_or(of.texts.original.language.as_str(), |(_, of)| of);
            let state = task.due();
            PrintedTask {
                label: task.label.map(ToString::to_string),
                text: text.map_or_else(Vec::new, |(text, _)| self.linked(text, of)),
                language: (language != wording.words.tag).then(|| PrintedLanguage::of(language)),
                units: self.units(task.units),
                role: task.role.map(str::to_owned),
                response: task.response,
                deadline: task.deadline.map(|of_task| self.deadline(of_task, &of.texts.original)),
                status: task.status,
                day: task.day.map(|day| day.in_words(wording.words)),
                timeliness: wording.timeliness_in_report(report, &state),
                is_overdue: state.is_overdue(),
                evidence: self.evidence(task.evidence),
                note: task.note.map_or_else(Vec::new, |note| self.linked(note, of)),
            }
        };
        tasks.into_iter().map(task).collect()
    }

    /// Words of a front matter, with links to the documents and goals that they name.
    fn linked(&self, typed: &Spanned<String>, of: &Recommendation) -> Vec<PrintedLink> {
        let plain = |text: &str| PrintedLink {
            text: text.to_owned(),
            after: String::new(),
            address: None,
            label: None,
            language: None,
        };
        let mut pieces = Vec::new();
        let mut done = 0;
        for found in of.found_in(typed.span) {
            let (Some(between), Some(text)) =
                (typed.get(done..found.range.start), typed.get(found.range.clone()))
            else {
                continue;
            };
            let (address, label) = match self.wording.site.target_of_key(&found.key) {
                Some(Target::Document(document)) => (None, self.label_of(&document.symbol)),
                Some(to @ (Target::Goal(..) | Target::Outside(_))) => {
                    (self.scope.address(&to), None)
                }
                _ => (None, None),
            };
            if text.is_empty() || (address.is_none() && label.is_none()) {
                continue;
            }
            pieces.extend([plain(between), PrintedLink { address, label, ..plain(text) }]);
            done = found.range.end;
        }
        pieces.push(plain(typed.get(done..).unwrap_or_default()));
        pieces.retain(|piece| !piece.text.is_empty());
        pieces
    }

    fn evidence(&self, evidence: &[Spanned<String>]) -> Vec<PrintedLink> {
        evidence.iter().map(|piece| self.piece(piece)).collect()
    }

    fn piece(&self, evidence: &Spanned<String>) -> PrintedLink {
        let text = evidence.value.as_str();
        let to = self.wording.site.target_of_evidence(text, self.scope.report);
        let is_document = matches!(to, Some(Target::Document(_)));
        let (address, label) = match to {
            Some(Target::Document(document)) => (None, self.label_of(&document.symbol)),
            Some(to) => (self.scope.address(&to), None),
            None => (None, None),
        };
        let (text, after) = match is_document {
            true => self.wording.site.document_and_place(text),
            false => (text, ""),
        };
        PrintedLink {
            text: text.to_owned(),
            language: None,
            after: after.to_owned(),
            address,
            label,
        }
    }

    /// The place of a document in the list of those that the report cites.
    fn label_of(&self, symbol: &str) -> Option<String> {
        let id = self.wording.site.document_of(&document_key(symbol))?;
        self.scope.report.documents.contains(&id).then(|| document_label(id))
    }

    fn document(&self, id: DocumentId) -> PrintedDocument {
        let document = self.wording.site.document(id);
        let title = document.entry.as_ref().and_then(|entry| entry.title.as_ref());
        PrintedDocument {
            label: document_label(id),
            symbol: document.symbol.clone(),
            title: title.map(|title| title.get(self.scope.language).to_owned()),
            address: document.readable_at(self.scope.language),
            forthcoming: document.forthcoming,
        }
    }

    fn term(&self, index: usize) -> PrintedTerm {
        let entry = &self.wording.site.terms[index].entry;
        PrintedTerm {
            label: term_label(index),
            term: entry.term.value.clone(),
            expansion: entry.expansion.get(self.scope.language).to_owned(),
        }
    }

    /// The language of a text, where it is not that of the PDF.
    fn other_language(&self, text: &Text) -> Option<PrintedLanguage> {
        (text.language != self.wording.words.tag).then(|| PrintedLanguage::of(&text.language))
    }
}

impl PrintedLanguage {
    fn of(tag: &str) -> Self {
        let mut parts = tag.split('-');
        let lang = parts.next().unwrap_or("en").to_lowercase();
        let region = parts.find(|part| part.len() == 2).map(str::to_uppercase);
        Self { lang, region }
    }
}

fn numbers(day: chrono::NaiveDate) -> [i32; 3] {
    use chrono::Datelike as _;
    // A month has two digits, a day too.
    [day.year(), day.month() as i32, day.day() as i32]
}

/// How far a report was at each of its dates, where there are several.
fn over_time(wording: Wording<'_>, states: &[&Report]) -> Option<PrintedStates> {
    let most = states.iter().map(|of| of.totals.recommendations).max().unwrap_or(0).max(1);
    let row = |of: &&Report| {
        let statuses = wording.status_counts(&of.totals).into_iter();
        PrintedState {
            as_at: Date::Day(of.as_at).in_words(wording.words),
            total: wording.words.number(of.totals.recommendations),
            left: most - of.totals.recommendations,
            statuses: statuses.map(|(count, share)| PartView { count, share }).collect(),
            summary: wording.statuses(&of.totals),
            overdue: wording.words.number(of.totals.overdue()),
        }
    };
    (states.len() > 1).then(|| PrintedStates {
        sentence: wording.over_time(states),
        rows: states.iter().map(row).collect(),
    })
}

/// How many rows of the chart of deadlines fit on a page, landscape, below what is above them.
const ROWS_OF_CHART: usize = 16;

fn deadlines(wording: Wording<'_>, report: &Report) -> Option<PrintedDeadlines> {
    let Deadlines { of, sentence, rows } = Deadlines::of(wording, report)?;
    let as_at = wording.as_at(report.assessed_at);
    let chart = DeadlineChart::of(rows, report.assessed_at);
    let starts = (0..of.len()).step_by(ROWS_OF_CHART);
    let parts = starts
        .map(|start| chart.svg(start..of.len().min(start + ROWS_OF_CHART), &sentence, &as_at));
    Some(PrintedDeadlines { parts: parts.collect(), sentence })
}

/// The words of a language by their groups.
fn groups(words: &Words) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut groups: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for key in words.keys() {
        if let (Some((group, name)), Some(Phrase::Text(text))) =
            (key.split_once('.'), words.phrase(key))
        {
            groups.entry(group.to_owned()).or_default().insert(name.to_owned(), text.clone());
        }
    }
    groups
}
