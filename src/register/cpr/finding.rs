//! What the oddities and faults of CPR numbers say to the reader, and never a number.

use super::{CprFault, CprNotice};
use crate::error::{Finding, Place};
use crate::register::in_rows;

impl CprNotice {
    /// What to tell of the rows in which this was seen.
    pub fn finding(self, place: Place) -> Finding {
        let rows = in_rows(&place);
        match self {
            CprNotice::Padded => {
                Finding::warning("cpr_padded", format!("a CPR number has nine digits{rows}, expected ten"))
                    .because("a spreadsheet drops the leading zero of a number; it was put back")
                    .remedy("check a few of the rows, and export the column as text next time")
            }
            CprNotice::ModulusNewYear => {
                Finding::note("cpr_modulus_new_year", format!("a CPR number fails modulus 11{rows}, born on 1 January"))
                    .because("such numbers have been issued since 2007; they are valid")
            }
            CprNotice::Modulus => Finding::warning("cpr_modulus", format!("a CPR number fails modulus 11{rows}"))
                .because("few such numbers have been issued to people born on other days than 1 January: a digit may be wrong")
                .remedy("compare the numbers with the source; the rows stay in"),
            CprNotice::Replacement => {
                Finding::note("cpr_replacement", format!("a CPR number is a replacement number{rows}"))
                    .because("its holder may have another number in the care records")
            }
        }
        .at(place)
    }
}

impl CprFault {
    /// Whether one such cell is reason to refuse the whole file: the column is not what it should be.
    pub fn refuses_file(self) -> bool {
        matches!(self, CprFault::Scientific | CprFault::DateInColumn)
    }

    /// What to tell of the rows in which this was found.
    pub fn finding(self, place: Place) -> Finding {
        let rows = in_rows(&place);
        match self {
            CprFault::Empty => Finding::error("cpr_empty", format!("the CPR number is empty{rows}"))
                .because("without it the record cannot be found")
                .remedy("fill in the number at the source, or accept that the rows are excluded"),
            CprFault::ImpossibleDate => Finding::error(
                "cpr_impossible_date",
                format!("the first six digits of a CPR number are no date{rows}, expected day, month and year"),
            )
            .remedy("correct the number at the source, or accept that the rows are excluded"),
            CprFault::NotACpr => Finding::error(
                "cpr_not_a_number",
                format!("the CPR column holds something else{rows}, expected ten digits as `DDMMYY-SSSS` or `DDMMYYSSSS`"),
            )
            .remedy("correct the number at the source, or accept that the rows are excluded"),
            CprFault::Scientific => Finding::error(
                "cpr_scientific",
                format!("a CPR number is in scientific notation, as `1,01E+09`{rows}"),
            )
            .because("a spreadsheet shortened the numbers, and the last digits are lost")
            .remedy("export the register again with the CPR column as text; do not open and save the file in Excel before"),
            CprFault::DateInColumn => {
                Finding::error("cpr_is_date", format!("the CPR column holds dates{rows}, expected CPR numbers"))
                    .because("either another column is meant, or a spreadsheet took the numbers for dates")
                    .remedy("name the right column in study.toml, or export the register again with the CPR column as text")
            }
        }
        .at(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place::file("register.csv").rows([14, 220, 1031].into_iter().collect()).column("cpr")
    }

    #[test]
    fn a_notice_says_what_where_and_why() {
        insta::assert_snapshot!(CprNotice::Padded.finding(place()), @"
        warning: a CPR number has nine digits in 3 rows, expected ten
          --> register.csv, rows 14, 220 and 1031, column `cpr`
          = why: a spreadsheet drops the leading zero of a number; it was put back

        help: check a few of the rows, and export the column as text next time
        ");
        insta::assert_snapshot!(CprNotice::ModulusNewYear.finding(place()), @"
        note: a CPR number fails modulus 11 in 3 rows, born on 1 January
          --> register.csv, rows 14, 220 and 1031, column `cpr`
          = why: such numbers have been issued since 2007; they are valid
        ");
        insta::assert_snapshot!(CprNotice::Modulus.finding(Place::file("register.csv").row(14)), @"
        warning: a CPR number fails modulus 11 in 1 row
          --> register.csv, row 14
          = why: few such numbers have been issued to people born on other days than 1 January: a digit may be wrong

        help: compare the numbers with the source; the rows stay in
        ");
        insta::assert_snapshot!(CprNotice::Replacement.finding(place()), @"
        note: a CPR number is a replacement number in 3 rows
          --> register.csv, rows 14, 220 and 1031, column `cpr`
          = why: its holder may have another number in the care records
        ");
    }

    #[test]
    fn a_fault_says_what_where_why_and_what_to_do() {
        insta::assert_snapshot!(CprFault::Empty.finding(place()), @"
        error: the CPR number is empty in 3 rows
          --> register.csv, rows 14, 220 and 1031, column `cpr`
          = why: without it the record cannot be found

        help: fill in the number at the source, or accept that the rows are excluded
        ");
        insta::assert_snapshot!(CprFault::ImpossibleDate.finding(place()), @"
        error: the first six digits of a CPR number are no date in 3 rows, expected day, month and year
          --> register.csv, rows 14, 220 and 1031, column `cpr`

        help: correct the number at the source, or accept that the rows are excluded
        ");
        insta::assert_snapshot!(CprFault::NotACpr.finding(place()), @"
        error: the CPR column holds something else in 3 rows, expected ten digits as `DDMMYY-SSSS` or `DDMMYYSSSS`
          --> register.csv, rows 14, 220 and 1031, column `cpr`

        help: correct the number at the source, or accept that the rows are excluded
        ");
        insta::assert_snapshot!(CprFault::Scientific.finding(place()), @"
        error: a CPR number is in scientific notation, as `1,01E+09` in 3 rows
          --> register.csv, rows 14, 220 and 1031, column `cpr`
          = why: a spreadsheet shortened the numbers, and the last digits are lost

        help: export the register again with the CPR column as text; do not open and save the file in Excel before
        ");
        insta::assert_snapshot!(CprFault::DateInColumn.finding(place()), @"
        error: the CPR column holds dates in 3 rows, expected CPR numbers
          --> register.csv, rows 14, 220 and 1031, column `cpr`
          = why: either another column is meant, or a spreadsheet took the numbers for dates

        help: name the right column in study.toml, or export the register again with the CPR column as text
        ");
    }

    #[test]
    fn only_what_ruins_the_column_refuses_the_file() {
        let refusing = [CprFault::Scientific, CprFault::DateInColumn];
        assert!(refusing.into_iter().all(CprFault::refuses_file));
        assert!(!CprFault::Empty.refuses_file() && !CprFault::NotACpr.refuses_file());
    }
}
