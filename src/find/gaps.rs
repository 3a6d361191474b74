//! Ascending numbers in few characters.

/// The least character that is used: what is before it would need an escape in a string, or is `!`.
const FIRST: u8 = b'#';

/// How many digits there are. A digit may say that another one follows.
const BASE: usize = 45;

/// Ascending numbers as text: how many are left out before each, in digits of base 45, the lowest
/// first. A digit to which more follow is written with the upper half of the characters.
///
/// Most words are in few recommendations that are far from each other, or in many that are close: one
/// or two characters are enough for nearly all, and what is alike is compressed well.
pub(super) fn gaps(places: &[u32]) -> String {
    let mut text = String::with_capacity(places.len() + 8);
    let mut next = 0;
    for place in places {
        let mut gap = (place - next) as usize;
        next = place + 1;
        while gap >= BASE {
            text.push(digit(BASE + gap % BASE));
            gap /= BASE;
        }
        text.push(digit(gap));
    }
    text
}

/// The character of a digit, which is less than twice the base. `\` would need an escape.
fn digit(value: usize) -> char {
    let plain = FIRST + u8::try_from(value).unwrap_or(u8::MAX - FIRST);
    char::from(if plain < b'\\' { plain } else { plain + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the script does.
    fn read(text: &str) -> Vec<u32> {
        let (mut places, mut next, mut gap, mut unit) = (Vec::new(), 0, 0, 1);
        for byte in text.bytes() {
            let value = usize::from(byte - FIRST) - usize::from(byte > b'\\');
            gap += unit * (value % BASE);
            unit *= BASE;
            if value < BASE {
                next += u32::try_from(gap).unwrap() + 1;
                places.push(next - 1);
                (gap, unit) = (0, 1);
            }
        }
        places
    }

    #[test]
    fn what_is_written_is_read() {
        for places in [vec![], vec![0], vec![44, 45, 90, 91, 2115, 2116, 100_000, 9_999_999]] {
            assert_eq!(read(&gaps(&places)), places);
        }
        let all: Vec<u32> = (0..5000).collect();
        assert_eq!(gaps(&all).len(), all.len());
        assert!((0..2 * BASE).map(digit).all(|c| c.is_ascii_graphic() && c != '"' && c != '\\'));
    }
}
