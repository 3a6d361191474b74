//! Tracked changes: what was done, by whom, and whether it is there in the end.

use std::rc::Rc;

use crate::import::Resolve;
use crate::import::document::{ChangeKind, LeftOutKind};
use crate::import::xml::{Element, Namespace};

/// Why text is not shown where it stands.
#[derive(Debug, Clone)]
pub(super) struct Gone {
    pub(super) kind: LeftOutKind,
    pub(super) by: Option<String>,
}

/// What an element of a tracked change did; none for other elements.
pub(super) fn kind(element: Element<'_>) -> Option<ChangeKind> {
    let (Namespace::W, name) = element.key() else { return None };
    match name {
        "ins" | "cellIns" => Some(ChangeKind::Insertion),
        "del" | "cellDel" => Some(ChangeKind::Deletion),
        "moveFrom" | "moveTo" => Some(ChangeKind::Move),
        "rPrChange" | "pPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange"
        | "sectPrChange" | "tblPrExChange" | "tblGridChange" | "numberingChange" | "cellMerge" => {
            Some(ChangeKind::Formatting)
        }
        _ => None,
    }
}

/// Whether what a change concerns is gone once it is accepted or rejected.
pub(super) fn gone(element: Element<'_>, resolve: Resolve) -> Option<Rc<Gone>> {
    let (Namespace::W, name) = element.key() else { return None };
    let is_gone = match name {
        "del" | "moveFrom" | "cellDel" => resolve == Resolve::Accept,
        "ins" | "moveTo" | "cellIns" => resolve == Resolve::Reject,
        _ => false,
    };
    is_gone.then(|| Rc::new(Gone { kind: LeftOutKind::Change, by: by(element) }))
}

/// Who made a change or wrote a comment.
pub(super) fn author(element: Element<'_>) -> Option<String> {
    element.attribute(Namespace::W, "author").filter(|author| !author.is_empty()).map(str::to_owned)
}

/// Who, and on which day: `Maria, 2020-12-01`.
pub(super) fn by(element: Element<'_>) -> Option<String> {
    let day = element.attribute(Namespace::W, "date").and_then(|date| date.get(..10));
    match (author(element), day) {
        (Some(author), Some(day)) => Some(format!("{author}, {day}")),
        (author, day) => author.or_else(|| day.map(str::to_owned)),
    }
}
