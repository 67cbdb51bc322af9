//! Rows that cannot be read, gathered until the end of the file and told once a reason.

use std::collections::BTreeMap;

use crate::error::{Finding, Place, Rows};
use crate::register::in_rows;

/// Why a row cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RowFault {
    /// Fewer cells than the header.
    TooFewCells,
    /// More cells than the header, and not empty ones.
    TooManyCells,
    /// The rows before are UTF-8, this one is not.
    NotUtf8,
    /// The rows before are Windows-1252, this one is UTF-8.
    Utf8AfterAll,
    /// A byte that Windows-1252 leaves undefined.
    NotWindows1252,
    /// A value of a Stata file that is none.
    StataValue,
}

/// The unreadable rows of a file, by reason.
#[derive(Debug, Default)]
pub(super) struct RowFaults(BTreeMap<RowFault, Rows>);

impl RowFaults {
    pub(super) fn add(&mut self, fault: RowFault, row: u64) {
        self.0.entry(fault).or_default().add(row);
    }

    /// One error a reason.
    pub(super) fn findings(&self, place: &Place) -> Vec<Finding> {
        self.0.iter().map(|(fault, rows)| fault.finding(place.clone().rows(rows.clone()))).collect()
    }
}

impl RowFault {
    pub(super) fn finding(self, place: Place) -> Finding {
        let rows = in_rows(&place);
        let error = |code, what: &str| Finding::error(code, format!("{what}{rows}"));
        match self {
            RowFault::TooFewCells => error("row_too_short", "there are fewer cells than columns")
                .because("a line break inside a text without quotation marks cuts a row in two")
                .remedy("export again with quotation marks around texts, or as a workbook"),
            RowFault::TooManyCells => error("row_too_long", "there are more cells than columns")
                .because("a separator inside a text without quotation marks cuts a cell in two")
                .remedy("export again with quotation marks around texts, or as a workbook"),
            RowFault::NotUtf8 => error("encoding_not_utf8", "the text is not UTF-8 as in the rows before")
                .because("the file seems to be joined from files of different encodings; æ, ø and å would be misread")
                .remedy("export again in one piece as UTF-8"),
            RowFault::Utf8AfterAll => {
                error("encoding_mixed", "the text is UTF-8, but the rows before are Windows-1252")
                    .because("the file seems to be joined from files of different encodings; æ, ø and å would be misread")
                    .remedy("export again in one piece as UTF-8")
            }
            RowFault::NotWindows1252 => {
                error("encoding_unknown", "the text is neither UTF-8 nor Windows-1252")
                    .because("æ, ø and å would be misread; old DOS and Macintosh programs write this way")
                    .remedy("export again as UTF-8")
            }
            RowFault::StataValue => error("stata_value", "a value of the Stata file cannot be read")
                .because("a text is not in the encoding of the file, or a number is none that Stata writes")
                .remedy("run `unicode translate` on the file in Stata, and save it again"),
        }
        .at(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_told_once_with_its_rows() {
        let mut faults = RowFaults::default();
        for (row, fault) in [
            (3, RowFault::NotUtf8),
            (7, RowFault::TooFewCells),
            (9, RowFault::TooFewCells),
            (12, RowFault::TooManyCells),
            (13, RowFault::Utf8AfterAll),
            (14, RowFault::NotWindows1252),
            (15, RowFault::StataValue),
        ] {
            faults.add(fault, row);
        }
        let told: Vec<String> =
            faults.findings(&Place::file("register.csv")).iter().map(Finding::to_string).collect();
        insta::assert_snapshot!(told.join("\n\n"), @"
        error: there are fewer cells than columns in 2 rows
          --> register.csv, rows 7 and 9
          = why: a line break inside a text without quotation marks cuts a row in two

        help: export again with quotation marks around texts, or as a workbook

        error: there are more cells than columns in 1 row
          --> register.csv, row 12
          = why: a separator inside a text without quotation marks cuts a cell in two

        help: export again with quotation marks around texts, or as a workbook

        error: the text is not UTF-8 as in the rows before in 1 row
          --> register.csv, row 3
          = why: the file seems to be joined from files of different encodings; æ, ø and å would be misread

        help: export again in one piece as UTF-8

        error: the text is UTF-8, but the rows before are Windows-1252 in 1 row
          --> register.csv, row 13
          = why: the file seems to be joined from files of different encodings; æ, ø and å would be misread

        help: export again in one piece as UTF-8

        error: the text is neither UTF-8 nor Windows-1252 in 1 row
          --> register.csv, row 14
          = why: æ, ø and å would be misread; old DOS and Macintosh programs write this way

        help: export again as UTF-8

        error: a value of the Stata file cannot be read in 1 row
          --> register.csv, row 15
          = why: a text is not in the encoding of the file, or a number is none that Stata writes

        help: run `unicode translate` on the file in Stata, and save it again
        ");
    }
}
