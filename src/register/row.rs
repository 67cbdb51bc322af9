//! One row of an extract, as text.

use std::borrow::Cow;
use std::fmt;

use super::cells::Cells;
use super::cpr::Cpr;
use super::memo::Word;
use crate::error::Place;

/// One row as text. Reused from row to row, so that a long file costs no memory.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The row as a spreadsheet counts it: the header is row 1, blank rows count, and a quoted cell with
    /// line breaks is still one row.
    pub number: u64,
    /// The cells, as many as the header has.
    pub cells: Cells,
}

impl Row {
    /// The text of a cell; empty beyond the last.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("")
    }

    /// A cell as it stands, as a word to be remembered.
    #[inline]
    pub(crate) fn word(&self, column: usize) -> Option<Word> {
        self.cells.word(column)
    }

    /// The text of a cell without blanks around it.
    pub fn trimmed(&self, column: usize) -> &str {
        trimmed(self.cell(column))
    }
}

/// A text without blanks around it. Most cells have none, which their first and last byte tell.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] | [first @ last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The number of the row and of its cells: what the cells hold is nobody's business in a log.
impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row {} of {} cells", self.number, self.cells.len())
    }
}

/// "in 1 row", "in 3 rows", or nothing when the place names none.
pub(crate) fn in_rows(place: &Place) -> String {
    match place.rows.total() {
        0 => String::new(),
        1 => " in 1 row".into(),
        rows => format!(" in {rows} rows"),
    }
}

/// How many characters of a cell a message shows.
const SHOWN: usize = 40;

/// A cell's text as a message may show it: shortened, and hidden when it could hold a CPR number.
///
/// Eight digits with nothing but separators between them are enough to hide it: a column may be the wrong one.
pub fn shown(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if holds_long_number(text) || Cpr::read(text).is_ok() {
        return Cow::Borrowed("(hidden)");
    }
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// More characters than this are no code.
const LONGEST_CODE: usize = 20;

/// A cell's text as a value in a message: in backticks, or in words when it is empty or no code. A long text may be about a patient.
pub fn shown_value(text: &str) -> String {
    match text.trim().chars().count() {
        0 => "empty".to_owned(),
        1..=LONGEST_CODE => format!("`{}`", shown(text)),
        _ => "a longer text".to_owned(),
    }
}

fn holds_long_number(text: &str) -> bool {
    let mut digits = 0;
    text.chars().any(|character| {
        digits = match character {
            '0'..='9' => digits + 1,
            '-' | ' ' | '.' | '\u{a0}' => digits,
            _ => 0,
        };
        digits >= 8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_debug_text_of_a_row_holds_none_of_its_cells() {
        let row = Row { number: 7, cells: ["010203-0000", "1"].into_iter().collect() };
        assert_eq!(format!("{row:?}"), "Row 7 of 2 cells");
        assert_eq!((row.cell(1), row.cell(2)), ("1", ""));
    }

    #[test]
    fn a_message_shows_no_cell_that_could_hold_a_cpr_number() {
        for text in
            ["020380-0000", "0203800000", "203800000", "020380 - 0000", "set 0203800000 i dag", "020380-0AB1"]
        {
            assert_eq!(shown(text), "(hidden)", "{text}");
        }
        assert_eq!(shown(" måske "), "måske");
        assert_eq!(shown("6620121"), "6620121");
        assert_eq!(shown(&"æ".repeat(50)), format!("{}…", "æ".repeat(40)));
    }
}
