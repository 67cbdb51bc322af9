//! CPR numbers in texts that must hold none.

use super::Cpr;

/// Whether a text holds digits that could be a CPR number: ten in a row; or a day, a month, a year of two or four digits and four
/// more, apart by blanks, dots, strokes or dashes of any kind; or nine that lost their zero.
///
/// ```
/// use hjertekommidt::register::cpr::holds_cpr;
/// assert!(holds_cpr("see 310299-0000.") && !holds_cpr("tlf 8612 3456"));
/// ```
pub fn holds_cpr(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
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
    let ten = digits(characters, &[6, 4]).is_some();
    let with_date = |groups: &[usize], zero: &str| {
        digits(characters, groups).is_some_and(|found| begins_with_day(&format!("{zero}{found}")))
    };
    ten || with_date(&[2, 2, 2, 4], "") || with_date(&[2, 2, 4, 4], "") || with_date(&[5, 4], "0")
}

/// The digits of groups of these lengths, with at most three separators between two of them and no digit behind the last.
fn digits(characters: &[char], groups: &[usize]) -> Option<String> {
    let mut found = String::new();
    let mut rest = characters;
    for (place, &length) in groups.iter().enumerate() {
        let separators = rest.iter().take_while(|character| separates(**character)).count();
        let allowed = if place == 0 { 0 } else { 3 };
        let group = rest.get(separators..separators + length).filter(|_| separators <= allowed)?;
        if !group.iter().all(char::is_ascii_digit) {
            return None;
        }
        found.extend(group);
        rest = &rest[separators + length..];
    }
    (!rest.first().is_some_and(char::is_ascii_digit)).then_some(found)
}

/// Blanks, dots, strokes, and what word processors make of a hyphen.
fn separates(character: char) -> bool {
    character.is_whitespace() || "-‐‑‒–—−./_".contains(character)
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
