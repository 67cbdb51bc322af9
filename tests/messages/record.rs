//! Why a form is refused.

use insta::assert_snapshot;

use super::{told, without_place_and_day};
use crate::review_forms::Form;
use crate::small_study::{SmallStudy, cpr};

const FORM: &str = "727-Odder-review.xlsx";

fn told_of(change: impl FnOnce(&mut Form)) -> String {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, change);
    told(&study, &["record", &file])
}

#[test]
fn study_ids() {
    let told = told_of(|form| {
        form.set(0, "studie_id", "HKM-9999A");
        form.set(1, "studie_id", "");
        form.set(2, "studie_id", &cpr(7));
        form.set(3, "studie_id", &hjertekommidt::draw::StudyId::new(8000).to_string());
    });
    assert_snapshot!(told, @"
    error: `HKM-9999A` is not a study id such as `HKM-0417D`
      --> returned/727-Odder-review.csv, row 2, column `studie_id`
      = why: the letter at the end belongs to the number, so that a slip of the pen is found

    help: take the id from the form that was sent out

    error: the row has answers, but no study id
      --> returned/727-Odder-review.csv, row 3, column `studie_id`

    help: take the id from the form that was sent out

    error: a number that may be a CPR number stands where the study id should be
      --> returned/727-Odder-review.csv, row 4, column `studie_id`

    help: take the id from the form that was sent out

    error: `HKM-8000W` is not a study id of this study
      --> returned/727-Odder-review.csv, row 5, column `studie_id`

    help: is it a form of another study? Take the id from the form that was sent out

    4 errors; nothing was done
    ");
    let study = SmallStudy::with_forms();
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let sql = "SELECT study_id FROM course WHERE stratum = '727' AND rank = 5";
    let reserve: String = database.query_row(sql, [], |row| row.get(0)).unwrap();
    let file = study.returned(FORM, |form| {
        form.set(0, "studie_id", &reserve);
        form.rows[2] = form.rows[1].clone();
    });
    assert_snapshot!(super::told(&study, &["record", &file]), @"
    error: `HKM-0050E` is a reserve that is not in use
      --> returned/727-Odder-review.csv, row 2, column `studie_id`
      = why: reserves are taken strictly in order, by `hkm replace`

    error: `HKM-0060R` stands twice: here and in row 3
      --> returned/727-Odder-review.csv, row 4, column `studie_id`

    help: leave the row that is right, and take the other one away

    2 errors; nothing was done
    ");
}

#[test]
fn answers() {
    let told = told_of(|form| {
        form.set(0, "diet", "perhaps");
        form.set(0, "journal", "Måske");
        form.set(1, "diet", "the patient moved to another town");
        form.set(2, "smoking", "");
        form.set(2, "initialer", "");
        form.without_chart(3, "Ikke fundet");
        form.set(3, "diet", "Ja");
    });
    assert_snapshot!(told, @"
    error: `Måske` is not an answer here, expected one of `Fundet`, `Ikke fundet`, `Ingen adgang`, `Forkert person`
      --> returned/727-Odder-review.csv, row 2, column `journal`

    help: choose it from the list of the cell, or write one of these words

    error: `perhaps` is not an answer here, expected one of `Ja`, `Nej`, `Ikke relevant`, `Ikke dokumenteret`
      --> returned/727-Odder-review.csv, row 2, column `Diætbehandling [diet]`

    help: choose it from the list of the cell, or write one of these words

    error: a longer text is not an answer here, expected one of `Ja`, `Nej`, `Ikke relevant`, `Ikke dokumenteret`
      --> returned/727-Odder-review.csv, row 3, column `Diætbehandling [diet]`

    help: choose it from the list of the cell, or write one of these words

    error: the review of `HKM-0015S` is begun, but lacks `initialer`, `Rygestop [smoking]`
      --> returned/727-Odder-review.csv, row 4, column `initialer`
      = why: an empty cell means not reviewed yet, never no

    help: fill the cells; who records the form can store the complete rows alone with --accept-incomplete

    error: there is an answer, but the chart is said not to have been read
      --> returned/727-Odder-review.csv, row 5, column `Diætbehandling [diet]`

    help: empty the answer, or correct the status of the chart

    5 errors; nothing was done
    ");
}

#[test]
fn dates() {
    let told = told_of(|form| {
        form.set(0, "dato", "2199-01-01");
        form.set(1, "dato", "2019-01-01");
        form.set(2, "dato", "15-01-24");
        form.set(3, "dato", "tomorrow");
    });
    assert_snapshot!(told, @"
    error: the date is 2199-01-01, which is after today, TODAY
      --> returned/727-Odder-review.csv, row 2, column `dato`

    help: correct the date on the form

    error: the review is dated 2019-01-01, before the first attendance of the course
      --> returned/727-Odder-review.csv, row 3, column `dato`

    help: correct the date on the form

    error: the date has a year of two digits
      --> returned/727-Odder-review.csv, row 4, column `dato`
      = why: the century, and whether the year stands first or last, would be a guess

    help: correct the date on the form; write it as 05-03-2021

    error: this is not a date
      --> returned/727-Odder-review.csv, row 5, column `dato`

    help: correct the date on the form; write it as 05-03-2021

    4 errors; nothing was done
    ");
}

#[test]
fn cpr_numbers() {
    let told = told_of(|form| {
        form.set(0, "kommentar", &format!("see {}", cpr(7)));
        form.set(1, "initialer", &cpr(7));
        form.set(2, "diet", &cpr(7));
    });
    assert_snapshot!(told, @"
    error: the comment holds what may be a CPR number
      --> returned/727-Odder-review.csv, row 2, column `kommentar`
      = why: the study's database must hold none

    help: take the number out; the study id is enough

    error: the cell holds what may be a CPR number
      --> returned/727-Odder-review.csv, row 3, column `initialer`
      = why: the study's database must hold none

    help: take the number out; the study id is enough

    error: the cell holds what may be a CPR number
      --> returned/727-Odder-review.csv, row 4, column `Diætbehandling [diet]`
      = why: the study's database must hold none

    help: take the number out; the study id is enough

    3 errors; nothing was done
    ");
}

#[test]
fn columns() {
    let told = told_of(|form| {
        form.header[1] = "x".to_owned();
        form.header[5] = "diet".to_owned();
    });
    assert_snapshot!(told, @"
    error: the form has no column `journal`
      --> returned/727-Odder-review.csv, row 1
      = why: a form without one of its columns may be a form of another study, or have lost answers

    help: the form does not know `x`: if that is the column under another name, put the header `journal` above it; else copy the answers into a new form

    error: the form has no column `Depression [depression]`
      --> returned/727-Odder-review.csv, row 1
      = why: a form without one of its columns may be a form of another study, or have lost answers

    help: the form does not know `x`: if that is the column under another name, put the header `Depression [depression]` above it; else copy the answers into a new form

    error: the form has the column `Diætbehandling [diet]` 2 times
      --> returned/727-Odder-review.csv, row 1

    help: remove the columns that do not hold the answers

    3 errors; nothing was done
    ");
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |form| {
        form.header.push("remarks".to_owned());
        form.rows.iter_mut().for_each(|row| row.push(String::new()));
    });
    let ran = study.done(&["record", &file]);
    assert_snapshot!(without_place_and_day(&study, &ran.err), @"
    warning: the column `remarks` is not part of the form and is not read
      --> returned/727-Odder-review.csv, row 1, column `remarks`

    warning: 4 reviews are dated before TODAY, the day of the draw
      --> returned/727-Odder-review.csv, rows 2, 3, 4 and 5, column `dato`
      = why: before the draw nobody knew whose chart to read; it is stored as it stands

    help: if the date is a slip, correct it and record the form again
    ");
}

#[test]
fn what_was_stored_is_not_lost() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned(FORM, |_| {})]);
    let file = study.returned(FORM, |form| {
        form.rows[1][1..].iter_mut().for_each(String::clear);
        form.set(2, "diet", "");
    });
    assert_snapshot!(told(&study, &["record", &file]), @"
    error: the review of `HKM-0060R` is stored, but its row is now empty
      --> returned/727-Odder-review.csv, row 3, column `journal`
      = why: what was recorded is never lost by an empty cell

    help: put the answers back; to withdraw a review, enter what is true of the chart

    error: the review of `HKM-0015S` is stored, but the form now lacks `Diætbehandling [diet]`
      --> returned/727-Odder-review.csv, row 4, column `Diætbehandling [diet]`
      = why: what was recorded is never lost by an empty cell

    help: put back what is missing, or enter what is true of the chart

    2 errors; nothing was done
    ");
}

#[test]
fn second_readings() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |_| {});
    study.done(&["record", &file]);
    let as_second = study.returned(FORM, Form::as_second);
    assert_snapshot!(told(&study, &["record", &as_second]), @"
    error: `HKM-0006G` was not chosen for a second review
      --> returned/727-Odder-review.csv, row 2, column `studie_id`
      = why: the courses that are read twice are drawn, so that they stand for all

    error: `HKM-0060R` was not chosen for a second review
      --> returned/727-Odder-review.csv, row 3, column `studie_id`
      = why: the courses that are read twice are drawn, so that they stand for all

    error: `HKM-0015S` was not chosen for a second review
      --> returned/727-Odder-review.csv, row 4, column `studie_id`
      = why: the courses that are read twice are drawn, so that they stand for all

    error: `ABC` has both readings of `HKM-0009K`
      --> returned/727-Odder-review.csv, row 5, column `initialer_2`
      = why: agreement needs two people who do not know each other's answers

    help: if the initials are wrong, correct them; otherwise let somebody else, who does not know the answers, read the chart and fill one of the two forms

    4 errors; nothing was done
    ");
    let file = study.returned(FORM, |_| {});
    assert_snapshot!(told(&study, &["record", "--second", &file]), @"
    error: this is a form for the first reading
      --> returned/727-Odder-review.csv, row 1
      = why: the header of its reviewer's column says so

    help: leave --second away: each form says itself which reading it holds
    ");
}

#[test]
fn files() {
    let study = SmallStudy::with_forms();
    assert_snapshot!(told(&study, &["record", "returned/none.csv"]), @"
    error: there is no file `returned/none.csv`
      --> returned/none.csv

    help: check the name and the folder
    ");
    assert_snapshot!(told(&study, &["record", "returned"]), @"
    error: `returned` is a folder, expected a file
      --> returned

    help: name the files in it
    ");
    study.write("returned/empty.csv", "");
    assert_snapshot!(told(&study, &["record", "returned/empty.csv"]), @"
    error: the file is empty (0 bytes)
      --> returned/empty.csv
      = why: copying or downloading it was broken off

    help: get the form once more from who sent it
    ");
    study.write("returned/form.docx", "");
    assert_snapshot!(told(&study, &["record", "returned/form.docx"]), @"
    error: files ending in `.docx` are not read, expected .csv, .txt, .tsv, .xlsx, .xlsm or .dta
      --> returned/form.docx

    help: give the file the ending of its format: .csv, .txt or .tsv for text, .xlsx for Excel, .dta for Stata
    ");
    assert_snapshot!(told(&SmallStudy::new(), &["record", "returned/none.csv"]), @"
    error: no sample is drawn in this study yet
      --> study.sqlite

    help: run `hkm draw`
    ");
}

#[test]
fn what_was_stored() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |form| {
        form.set(1, "diet", "");
        form.rows[2][1..].iter_mut().for_each(String::clear);
    });
    let ran = study.done(&["record", "--accept-incomplete", &file]);
    assert_snapshot!(ran.out, @"
    2 new reviews stored, 0 changed, 0 as stored before, 1 row not reviewed yet
    begun and waiting for `Diet treatment [diet]`: HKM-0060R
    ");
    let file = study.returned(FORM, |form| form.set(0, "diet", "Ikke relevant"));
    assert_snapshot!(study.done(&["record", &file]).out, @"
    2 new reviews stored, 1 changed, 1 as stored before, 0 rows not reviewed yet

    Changed since the last time, stored as new entries
    ───────────────────────────────────────────────────────────────────────
     study id    cell                    before              now
    ───────────────────────────────────────────────────────────────────────
     HKM-0006G   Diætbehandling [diet]   Ikke dokumenteret   Ikke relevant
    ───────────────────────────────────────────────────────────────────────
    ");
}
