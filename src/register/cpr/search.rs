//! CPR numbers in texts that must hold none.

use super::Cpr;

/// Whether a text holds ten digits in a row, with or without a hyphen or a blank before the last four, that could be a CPR number.
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

/// Whether a cell as a whole, or a part of it, could be a CPR number: also one that lost its leading zero, or a replacement number.
pub fn may_be_cpr(text: &str) -> bool {
    holds_cpr(text) || Cpr::read(text).is_ok()
}

fn starts_with_cpr(characters: &[char]) -> bool {
    let digits = |part: &[char]| part.iter().all(char::is_ascii_digit);
    let Some(date) = characters.get(..6).filter(|date| digits(date)) else { return false };
    let rest = &characters[date.len()..];
    let rest = rest.strip_prefix(&['-']).or(rest.strip_prefix(&[' '])).unwrap_or(rest);
    rest.get(..4).is_some_and(digits) && !rest.get(4).is_some_and(char::is_ascii_digit)
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
    fn a_cell_may_be_a_number_that_lost_its_zero_or_replaces_one() {
        for text in ["203801235", "020380-1235", "020380-0AB1", "see 020380-1235"] {
            assert!(may_be_cpr(text), "{text}");
        }
        for text in ["", "Aarhus", "6620", "2021-03-05", "86123456"] {
            assert!(!may_be_cpr(text), "{text}");
        }
    }
}
