//! The numbers of the items of lists.

use super::Item;

/// Numbers the items of a list. Markdown counts from the first one; but an author who typed 1, 3, 7
/// quotes the numbers of paragraphs.
pub(super) fn number(first: Option<u64>, items: &mut [Item<'_>]) {
    let Some(first) = first else {
        items.iter_mut().for_each(|item| item.number = None);
        return;
    };
    if !items.iter().all(|item| item.number.is_some()) || !items.is_sorted_by_key(|of| of.number) {
        (first..).zip(items).for_each(|(number, item)| item.number = Some(number));
        return;
    }
    // "1. 1. 1." is counted.
    let mut last = None;
    for item in items {
        let number = item.number.filter(|number| last.is_none_or(|last| *number > last));
        item.number = number.or(last.map(|last: u64| last.saturating_add(1)));
        last = item.number;
    }
}

/// The number with which an item begins.
pub(super) fn typed_number(item: &str) -> Option<u64> {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    item[..digits].parse().ok()
}
