//! The name or the initials of whoever read a chart or settled a disagreement.

use crate::register::cpr::holds_cpr;

/// Whether a text may stand for a person who read or settled: initials or a name, no CPR number, and nothing that a spreadsheet would
/// take for a formula.
pub fn is_name(written: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || " .,-'/&+_".contains(c);
    let begins = written.starts_with(char::is_alphanumeric);
    begins && written.chars().count() <= 40 && written.chars().all(fits) && !holds_cpr(written)
}

/// Whether two texts stand for the same person: `C.D.`, `cd` and `CD` do.
pub fn is_same_person(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

/// What initials are compared by.
pub(super) fn letters(written: &str) -> String {
    written.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}
