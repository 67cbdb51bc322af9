//! Why settled answers are refused.

use insta::assert_snapshot;

use super::danish::disagreeing;
use super::told;
use crate::small_study::{SmallStudy, cpr};

#[test]
fn answers_that_cannot_be_settled() {
    let (study, mut form) = disagreeing("da");
    for row in 0..4 {
        form.set(row, "afgoerelse", "Ja");
        form.set(row, "afgjort_af", "PQR");
        form.set(row, "dato", "2024-02-01");
    }
    form.set(0, "afgjort_af", "");
    form.set(0, "dato", "2199-01-01");
    form.set(1, "afgjort_af", &cpr(7));
    form.set(1, "afgoerelse", "perhaps");
    form.set(1, "dato", "");
    form.rows.push(form.rows[2].clone());
    let mut other = form.rows[2].clone();
    other[2] = "smoking".to_owned();
    form.rows.push(other);
    form.save(&study.path("returned/adjudication.csv"));
    assert_snapshot!(told(&study, &["adjudicate", "returned/adjudication.csv"]), @"
    error: the date is 2199-01-01, which is after today, TODAY
      --> returned/adjudication.csv, row 2, column `dato`

    help: correct the date on the form

    error: it does not say who settled the disagreement
      --> returned/adjudication.csv, row 2, column `afgjort_af`

    help: write the initials of who settled it

    error: `perhaps` is not an answer here, expected one of `Ja`, `Nej`, `Ikke relevant`, `Ikke dokumenteret`
      --> returned/adjudication.csv, row 3, column `afgoerelse`

    help: choose it from the list of the cell, or write one of these words

    error: the date is empty
      --> returned/adjudication.csv, row 3, column `dato`

    help: correct the date on the form; write it as 05-03-2021

    error: the cell holds what may be a CPR number
      --> returned/adjudication.csv, row 3, column `afgjort_af`
      = why: the study's database must hold none

    help: take the number out; the study id is enough

    error: `Ja` is not an answer here, expected one of `Fundet`, `Ikke fundet`, `Ingen adgang`, `Forkert person`
      --> returned/adjudication.csv, rows 4 and 6, column `afgoerelse`

    help: choose it from the list of the cell, or write one of these words

    error: `Journal [chart]` of `HKM-0032K` is settled twice: here and in row 4
      --> returned/adjudication.csv, row 6, column `studie_id`

    help: leave the row that is right, and take the other one away

    error: the two readings of this course do not differ here
      --> returned/adjudication.csv, row 7, column `emne`

    help: take the row from the form that `hkm adjudicate` wrote; a review may have been corrected since

    8 errors; nothing was done
    ");
}

#[test]
fn another_form() {
    let study = SmallStudy::reviewed();
    assert_snapshot!(told(&study, &["adjudicate", "returned/727-Odder-review.csv"]), @"
    error: this is no form of disagreements
      --> returned/727-Odder-review.csv, row 1

    help: take the form that `hkm adjudicate` wrote; reviews are read by `hkm record`
    ");
}
