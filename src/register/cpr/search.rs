//! CPR numbers in texts that must hold none.

use super::Cpr;

/// Whether a text holds digits that could be a CPR number: ten in a row; or a day, a month, a year of two or four digits and four
/// more, apart by blanks, strokes, brackets or signs of any kind, in digits of any width; or nine that lost their zero.
///
/// ```
/// use hjertekommidt::register::cpr::holds_cpr;
/// assert!(holds_cpr("see 310299-0000.") && !holds_cpr("tlf 8612 3456"));
/// ```
pub fn holds_cpr(text: &str) -> bool {
    let characters: Vec<char> = text.chars().filter(|c| !is_invisible(*c)).map(ascii_digit).collect();
    (0..characters.len()).any(|start| {
        let before = start.checked_sub(1).is_some_and(|before| characters[before].is_ascii_digit());
        !before && starts_with_cpr(&characters[start..])
    })
}

/// Whether a cell as a whole, or a part of it, could be a CPR number: also a replacement number with letters.
pub fn may_be_cpr(text: &str) -> bool {
    holds_cpr(text) || Cpr::read(text).is_ok()
}

fn starts_with_cpr(characters: &[char]) -> bool {
    let ten = digits(characters, &[6, 4], 0).is_some();
    let with_date = |groups: &[usize], fewest: usize, zero: &str| {
        digits(characters, groups, fewest).is_some_and(|found| begins_with_day(&format!("{zero}{found}")))
    };
    let together = [&[2, 2, 2, 4][..], &[2, 2, 4, 4]].into_iter().any(|groups| with_date(groups, 0, ""));
    // So taken apart only with something between all of them: the year of a date is no such pair of pairs.
    let apart = [&[2, 2, 2, 2, 2][..], &[1; 10]].into_iter().any(|groups| with_date(groups, 1, ""));
    ten || together || apart || with_date(&[5, 4], 0, "0")
}

/// Digits of other scripts and widths as 0 to 9.
fn ascii_digit(character: char) -> char {
    // Blocks of ten digits in a row: full width, Arabic, Persian, Devanagari.
    let zeros = ['\u{ff10}', '\u{660}', '\u{6f0}', '\u{966}'];
    let value = zeros
        .into_iter()
        .find_map(|zero| (character as u32).checked_sub(zero as u32).filter(|digit| *digit < 10));
    value.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(character)
}

/// What takes no place between two digits.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The digits of groups of these lengths, with `fewest` to three separators between two of them and no digit behind the last.
fn digits(characters: &[char], groups: &[usize], fewest: usize) -> Option<String> {
    let mut found = String::new();
    let mut rest = characters;
    for (place, &length) in groups.iter().enumerate() {
        let separators = rest.iter().take_while(|character| separates(**character)).count();
        let allowed = if place == 0 { 0..=0 } else { fewest..=3 };
        let group = rest.get(separators..separators + length).filter(|_| allowed.contains(&separators))?;
        if !group.iter().all(char::is_ascii_digit) {
            return None;
        }
        found.extend(group);
        rest = &rest[separators + length..];
    }
    (!rest.first().is_some_and(char::is_ascii_digit)).then_some(found)
}

/// Blanks, strokes, brackets, and what word processors make of a hyphen: anything but letters and digits.
fn separates(character: char) -> bool {
    !character.is_alphanumeric()
}

/// A day of the month, also with the 60 of a replacement number, and a month.
fn begins_with_day(digits: &str) -> bool {
    let number =
        |range| digits.get(range).and_then(|part: &str| part.parse::<u32>().ok()).unwrap_or_default();
    let (day, month) = (number(0..2), number(2..4));
    (1..=31).contains(&(if day > 60 { day - 60 } else { day })) && (1..=12).contains(&month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_may_be_a_cpr_number_is_seen_in_any_text() {
        for text in ["0203801235", "see 020380-1235.", "020380 1235", "(0203801235)"] {
            assert!(holds_cpr(text), "{text}");
        }
        for text in ["", "12 sessions", "2021-03-05", "tlf 8612 3456", "123456789012", "HKM-0417D"] {
            assert!(!holds_cpr(text), "{text}");
        }
    }

    #[test]
    fn word_processors_and_hasty_writers_hide_no_number() {
        for text in [
            "020380–1235",
            "020380 - 1235",
            "020380.1235",
            "02 03 80 1235",
            "0203 80 1235",
            "02-03-80-1235",
            "02.03.1980-1235",
            "203801235",
            "20380-1235",
            "620380\u{a0}1235",
            "02 03 80 12 35",
            "0 2 0 3 8 0 1 2 3 5",
            "020380 (1235)",
            "020380:1235",
            "020380*1235",
            "０２０３８０-１２３５",
            "0203\u{200b}80-12\u{ad}35",
        ] {
            assert!(holds_cpr(text), "{text}");
        }
    }

    #[test]
    fn a_cell_may_be_a_number_that_lost_its_zero_or_replaces_one() {
        for text in ["203801235", "020380-1235", "020380-0AB1", "see 020380-1235"] {
            assert!(may_be_cpr(text), "{text}");
        }
        for text in ["", "Aarhus", "6620", "2021-03-05", "86123456"] {
            assert!(!may_be_cpr(text), "{text}");
        }
    }

    #[test]
    fn dates_hours_and_telephones_are_no_number() {
        for text in [
            "02-03-2024",
            "2024-03-02 1430",
            "seen 02-03-2024, 24 sessions",
            "+45 86 12 34 56",
            "86 12 34 56",
            "2021-2022",
            "20240302",
            "ref 993801235",
            "1.234.567",
        ] {
            assert!(!holds_cpr(text), "{text}");
        }
    }
}
