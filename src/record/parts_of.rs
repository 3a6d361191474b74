//! What a recommendation consists of: its responders, parts and actions.

use super::{
    ActionRecord, OriginalRecord, PartRecord, ResponderRecord, iso, name_of, own_label, own_word,
    strings, unit_names,
};
use crate::model::{Deadline, Original, Recommendation, Site, SitePlace, Timeliness};
use crate::source::Spanned;
use crate::vocabulary::AxisValue as _;

/// All responders, where one of them answers for itself.
pub fn responders<'a>(
    site: &'a Site,
    recommendation: &'a Recommendation,
) -> Vec<ResponderRecord<'a>> {
    let entries = recommendation.front.responsible.0.iter();
    let responders = entries
        .zip(&recommendation.responders)
        .filter(|_| recommendation.has_described_responders());
    responders
        .map(|(entry, responder)| ResponderRecord {
            unit: &site.unit(responder.unit).name,
            role: words(&entry.role),
            response: name_of(&entry.response),
            response_word: own_word(site, &entry.response),
            responded: iso(&entry.responded),
            status: responder.own.status.map(|status| status.name()),
            status_word: responder.own.status.and_then(|status| own_label(site, status)),
            deadline: deadline(&entry.deadline),
            deadline_words: deadline_words(&entry.deadline),
            implemented: iso(&entry.implemented),
            closed: iso(&entry.closed),
            timeliness: responder.state.timeliness.map(|of| of.kind().name()),
            timeliness_days: responder.state.timeliness.and_then(Timeliness::days),
            note: words(&entry.note),
        })
        .collect()
}

/// The parts, in a language where they have words in it.
pub fn parts<'a>(
    site: &'a Site,
    recommendation: &'a Recommendation,
    language: &str,
) -> Vec<PartRecord<'a>> {
    let entries = recommendation.front.parts.iter().zip(&recommendation.parts).enumerate();
    entries
        .map(|(index, (entry, part))| PartRecord {
            label: &part.label.0,
            url: site.url(SitePlace::at(&recommendation.address, &part.anchor)),
            text: recommendation.part_in(index, language).map(|of| of.words.as_str()),
            response: name_of(&entry.response),
            response_word: own_word(site, &entry.response),
            responsible: unit_names(site, &part.task.units),
            deadline: deadline(&entry.deadline),
            deadline_words: deadline_words(&entry.deadline),
            status: name_of(&entry.status),
            status_word: own_word(site, &entry.status),
            implemented: iso(&entry.implemented),
            closed: iso(&entry.closed),
            timeliness: part.task.state.timeliness.map(|of| of.kind().name()),
            timeliness_days: part.task.state.timeliness.and_then(Timeliness::days),
            evidence: strings(&entry.evidence.0),
        })
        .collect()
}

/// The actions, in a language where they are translated into it.
pub fn actions<'a>(
    site: &'a Site,
    recommendation: &'a Recommendation,
    language: &str,
) -> Vec<ActionRecord<'a>> {
    let entries = recommendation.front.actions.iter().zip(&recommendation.actions).enumerate();
    entries
        .map(|(index, (entry, action))| ActionRecord {
            text: recommendation
                .action_in(index, language)
                .map_or(entry.text.as_str(), |text| text.as_str()),
            responsible: strings(&entry.responsible.0),
            deadline: deadline(&entry.deadline),
            deadline_words: deadline_words(&entry.deadline),
            status: name_of(&entry.status),
            status_word: own_word(site, &entry.status),
            implemented: iso(&entry.implemented),
            timeliness: action.state.timeliness.map(|of| of.kind().name()),
            timeliness_days: action.state.timeliness.and_then(Timeliness::days),
            evidence: strings(&entry.evidence.0),
        })
        .collect()
}

pub(super) fn original(of: &Original) -> OriginalRecord<'_> {
    OriginalRecord {
        document: words(&of.document),
        paragraph: words(&of.paragraph),
        page: words(&of.page),
        url: words(&of.url),
    }
}

fn words(typed: &Option<Spanned<String>>) -> Option<&str> {
    typed.as_ref().map(|words| words.as_str())
}

fn deadline(typed: &Option<Spanned<Deadline>>) -> Option<String> {
    typed.as_ref().map(|deadline| deadline.iso())
}

fn deadline_words(typed: &Option<Spanned<Deadline>>) -> Option<&str> {
    typed.as_ref().and_then(|deadline| deadline.words.as_deref())
}
