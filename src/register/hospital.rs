//! Hospital codes of the Danish hospital classification (SHAK).
//!
//! Text, not numbers: 4 characters name the hospital, 6 the department, 7 the section. The codes change over
//! time and patients come from other regions, so that an unknown code is worth a warning and the row stays.

use std::borrow::Cow;

use super::{in_rows, shown, trimmed};
use crate::error::{Finding, Place};

/// The hospitals of Central Denmark Region whose patients the study meets.
const KNOWN: [(&str, &str); 6] = [
    ("6006", "Regionshospitalet Horsens"),
    ("6620", "Aarhus Universitetshospital"),
    ("6630", "Hospitalsenhed Midt"),
    ("6640", "Regionshospitalet Gødstrup"),
    ("6650", "Hospitalsenheden Vest (former)"),
    ("7005", "Regionshospitalet Randers"),
];

/// What a code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Four characters.
    Hospital,
    /// Six characters.
    Department,
    /// Seven characters.
    Section,
}

/// The code without blanks around it and in upper case; nothing is copied when it is so already.
pub fn canonical(text: &str) -> Cow<'_, str> {
    let text = trimmed(text);
    let is_upper = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_lowercase());
    if is_upper { Cow::Borrowed(text) } else { Cow::Owned(text.to_uppercase()) }
}

/// What a canonical code names, if it has the length and the characters of one.
pub fn level(code: &str) -> Option<Level> {
    let level = match code.len() {
        4 => Level::Hospital,
        6 => Level::Department,
        7 => Level::Section,
        _ => return None,
    };
    code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()).then_some(level)
}

/// Whether a canonical code is this hospital or department, or lies below it.
pub fn is_within(code: &str, unit: &str) -> bool {
    level(code).is_some() && level(unit).is_some() && code.starts_with(unit)
}

/// The name of the hospital to which a canonical code belongs, if it is a known one.
pub fn name(code: &str) -> Option<&'static str> {
    KNOWN.iter().find(|(known, _)| is_within(code, known)).map(|(_, name)| *name)
}

/// What to tell of the rows with a code that is not in the list.
pub fn unknown(code: &str, place: Place) -> Finding {
    let what = format!("the hospital code `{}` is not a known one{}", shown(code), in_rows(&place));
    Finding::warning("hospital_unknown", what)
        .at(place)
        .because("codes change over time and patients come from other regions, so the rows stay in")
        .remedy("compare the code with the SHAK classification if there are many such rows")
}

/// What to tell of the rows without a code.
pub fn empty(place: Place) -> Finding {
    Finding::error("hospital_empty", format!("the hospital code is empty{}", in_rows(&place)))
        .at(place)
        .because("the code is part of the key that tells one course from another")
        .remedy("fill it in at the source, or accept that the rows are excluded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_code_is_upper_case_without_blanks() {
        assert!(matches!(canonical(" 6620 "), Cow::Borrowed("6620")));
        assert!(matches!(canonical("66201A1"), Cow::Borrowed("66201A1")));
        assert_eq!(canonical("66201a1"), "66201A1");
        assert_eq!(canonical("gødstrup"), "GØDSTRUP");
    }

    #[test]
    fn the_length_tells_hospital_department_and_section() {
        assert_eq!(level("6620"), Some(Level::Hospital));
        assert_eq!(level("662012"), Some(Level::Department));
        assert_eq!(level("6620121"), Some(Level::Section));
        assert_eq!(level("66201"), None);
        assert_eq!(level("66 0"), None);
    }

    #[test]
    fn a_section_lies_within_its_department_and_its_hospital() {
        assert!(is_within("6620121", "662012") && is_within("6620121", "6620") && is_within("6620", "6620"));
        assert!(!is_within("6620", "662012") && !is_within("6630", "6620") && !is_within("66201", "6620"));
    }

    #[test]
    fn a_code_has_the_name_of_its_hospital() {
        assert_eq!(name("6640"), Some("Regionshospitalet Gødstrup"));
        assert_eq!(name("6640121"), Some("Regionshospitalet Gødstrup"));
        assert_eq!(name("1301"), None);
    }

    #[test]
    fn a_finding_says_what_where_why_and_what_to_do() {
        let place = || Place::file("register.csv").rows([14, 220].into_iter().collect()).column("sygehus");
        insta::assert_snapshot!(unknown("1301", place()), @"
        warning: the hospital code `1301` is not a known one in 2 rows
          --> register.csv, rows 14 and 220, column `sygehus`
          = why: codes change over time and patients come from other regions, so the rows stay in

        help: compare the code with the SHAK classification if there are many such rows
        ");
        insta::assert_snapshot!(empty(place()), @"
        error: the hospital code is empty in 2 rows
          --> register.csv, rows 14 and 220, column `sygehus`
          = why: the code is part of the key that tells one course from another

        help: fill it in at the source, or accept that the rows are excluded
        ");
    }
}
