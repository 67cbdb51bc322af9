//! `hkm record returned/*`: old and new versions of forms lie in one folder for good.

use serde_json::{Value, json};

use crate::review_forms::Form;
use crate::small_study::SmallStudy;

const FORM: &str = "727-Odder-review.xlsx";

/// A study with a form, and a changed copy of it under another name.
fn two_versions(first: impl FnOnce(&mut Form), second: impl FnOnce(&mut Form)) -> SmallStudy {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, first);
    std::fs::rename(study.path(&file), study.path("returned/a.csv")).unwrap();
    let file = study.returned(FORM, second);
    std::fs::rename(study.path(&file), study.path("returned/b.csv")).unwrap();
    study
}

fn counts(recorded: &Value) -> Value {
    let changed = recorded["changed"].as_array().unwrap().len();
    json!([recorded["new"], changed, recorded["unchanged"], recorded["superseded"], recorded["not_reviewed"]])
}

const BOTH: [&str; 3] = ["record", "returned/a.csv", "returned/b.csv"];

fn emptied(form: &mut Form, row: usize) {
    form.rows[row][1..].iter_mut().for_each(String::clear);
}

#[test]
fn a_folder_with_a_form_and_its_correction_can_be_recorded_again_and_again() {
    let study = two_versions(|form| form.set(0, "diet", "Ja"), |form| form.set(0, "diet", "Nej"));
    study.done(&["record", "returned/a.csv"]);
    // The correction is new, and the form that was recorded before speaks for nothing.
    assert_eq!(counts(&study.json(&BOTH)), json!([0, 1, 3, 0, 0]));
    let before = study.stored();
    for order in [BOTH, ["record", "returned/b.csv", "returned/a.csv"]] {
        assert_eq!(counts(&study.json(&order)), json!([0, 0, 4, 1, 0]), "{order:?}");
    }
    assert_eq!(study.stored(), before);
}

#[test]
fn rows_that_waited_in_an_older_version_wait_no_longer() {
    let first = |form: &mut Form| {
        emptied(form, 1);
        form.set(2, "smoking", "");
    };
    let study = two_versions(first, |form| emptied(form, 3));
    study.done(&["record", "--accept-incomplete", "returned/a.csv"]);
    study.refused(&["record", "returned/b.csv"], 1);
    let study = two_versions(first, |_| {});
    study.done(&["record", "--accept-incomplete", "returned/a.csv"]);
    assert_eq!(counts(&study.json(&BOTH)), json!([2, 0, 2, 0, 0]));
    let before = study.stored();
    assert_eq!(counts(&study.json(&BOTH)), json!([0, 0, 4, 0, 0]), "neither emptied nor begun");
    assert_eq!(study.stored(), before);
}

#[test]
fn two_new_versions_of_a_form_are_told_apart_by_nobody() {
    let study = two_versions(|form| form.set(0, "diet", "Ja"), |form| form.set(0, "diet", "Nej"));
    let told = study.refused(&[&BOTH[..], &["--language", "da"]].concat(), 1);
    assert!(told.contains("står også i række 2 i returned/a.csv"), "{told}");
    assert!(told.contains("hjælp: ret intet i filerne"), "{told}");
}

#[test]
fn a_row_that_was_deleted_is_told_and_counts_as_not_reviewed() {
    let study = SmallStudy::with_forms();
    let gone = study.form(FORM).id(2);
    let file = study.returned(FORM, |form| drop(form.rows.remove(2)));
    let ran = study.run(&["record", "--language", "da", &file]);
    assert!(
        ran.out.contains("3 nye gennemgange gemt") && ran.out.contains("1 række endnu ikke"),
        "{}",
        ran.out
    );
    let expected = format!(
        "advarsel: 1 række fra det skema, der blev sendt ud, står ikke i filen: `{gone}`\n  --> {file}"
    );
    assert!(ran.err.contains(&expected), "{}", ran.err);
    // In a later version what is stored stays, and it is told.
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned(FORM, |_| {})]);
    let before = study.stored();
    let file = study.returned(FORM, |form| drop(form.rows.remove(2)));
    let json = study.json(&["record", &file]);
    assert_eq!(counts(&json), json!([0, 0, 3, 0, 0]));
    assert_eq!(json["findings"][0]["code"], "rows_absent");
    assert_eq!(study.stored(), before);
}

#[test]
fn a_form_that_two_share_lacks_no_row() {
    let study = two_versions(|form| form.rows.truncate(1), |form| drop(form.rows.remove(0)));
    let json = study.json(&BOTH);
    assert_eq!(
        (counts(&json), &json["findings"].to_string().contains("rows_absent")),
        (json!([4, 0, 0, 0, 0]), &false)
    );
    assert!(!study.json(&BOTH)["findings"].to_string().contains("rows_absent"));
}

#[test]
fn a_comment_that_is_taken_back_is_told_and_never_shown() {
    let study = SmallStudy::with_forms();
    let file = |comment: &'static str| study.returned(FORM, move |form| form.set(0, "kommentar", comment));
    study.done(&["record", &file("")]);
    let row = |ran: &str| {
        let told = ran.lines().find(|line| line.contains("kommentar")).unwrap().to_owned();
        told.split_whitespace().skip(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(row(&study.done(&["record", &file("first")]).out), ["…"]);
    assert_eq!(row(&study.done(&["record", &file("second")]).out), ["…", "…"]);
    let ran = study.done(&["record", "--language", "da", &file("")]);
    assert!(
        ran.err.is_empty() || !ran.err.contains("slettet"),
        "the first file takes nothing back: {}",
        ran.err
    );
    let emptied = study.returned(FORM, |form| form.set(1, "kommentar", "another row"));
    let ran = study.done(&["record", "--language", "da", &emptied]);
    assert!(ran.err.contains("advarsel: kommentaren var udfyldt og er nu slettet"), "{}", ran.err);
    assert!(ran.err.contains("række 2, kolonne `kommentar`"), "{}", ran.err);
    let log = study.json(&["status", "--log"]);
    let shown = |one: &Value| json!([one["before"], one["after"]]);
    let comments: Vec<Value> = log["corrections"].as_array().unwrap().iter().map(shown).collect();
    let expected =
        json!([["", "a comment"], ["a comment", "another comment"], ["a comment", ""], ["", "a comment"]]);
    assert_eq!(json!(comments), expected);
}
