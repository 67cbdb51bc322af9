//! `hkm record`: all of it or nothing, and nothing twice.

use serde_json::{Value, json};

use crate::review_forms::Form;
use crate::small_study::SmallStudy;

const FORM: &str = "727-Odder-review.xlsx";

fn recorded(study: &SmallStudy, file: &str) -> [u64; 3] {
    let json = study.json(&["record", file]);
    ["new", "unchanged", "not_reviewed"].map(|key| json[key].as_u64().unwrap())
}

/// Stores a form that must be refused with these codes; nothing may be stored.
fn refuses(study: &SmallStudy, change: impl FnOnce(&mut Form), codes: &[&str]) {
    let before = study.stored();
    let file = study.returned(FORM, change);
    let ran = study.run(&["record", &file, "--format", "json"]);
    assert_eq!(
        (ran.code, ran.codes()),
        (Some(1), codes.iter().map(|code| (*code).to_owned()).collect()),
        "{}",
        ran.err
    );
    assert_eq!(study.stored(), before, "nothing is stored");
}

#[test]
fn the_same_form_twice_is_stored_once() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |_| {});
    assert_eq!(recorded(&study, &file), [4, 0, 0]);
    let before = study.stored();
    assert_eq!(recorded(&study, &file), [0, 4, 0]);
    assert_eq!(study.stored(), before);
}

#[test]
fn changed_rows_are_told_cell_by_cell() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |form| form.set(0, "diet", "Ja"));
    study.done(&["record", &file]);
    let file = study.returned(FORM, |form| {
        form.set(0, "diet", "Nej");
        form.set(0, "kommentar", "read again");
    });
    let id = study.form(FORM).id(0);
    let ran = study.json(&["record", &file]);
    assert_eq!(
        ran["changed"],
        json!([{ "study_id": id, "cell": "diet" }, { "study_id": id, "cell": "comment" }])
    );
    let file = study.returned(FORM, |form| form.set(0, "diet", "Ikke relevant"));
    let text = study.run(&["record", &file]).out;
    assert!(
        text.contains("Nej ") && text.contains(" Ikke relevant") && !text.contains("read again"),
        "{text}"
    );
}

#[test]
fn what_was_stored_is_not_lost_by_an_empty_cell_or_row() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned(FORM, |_| {})]);
    refuses(&study, |form| form.set(1, "diet", ""), &["incomplete_review"]);
    refuses(&study, |form| form.rows[1][1..].iter_mut().for_each(String::clear), &["emptied_row"]);
    let file = study.returned(FORM, |form| form.set(1, "diet", ""));
    study.refused(&["record", "--accept-incomplete", &file], 1);
}

#[test]
fn a_chart_that_turns_out_not_to_be_found_is_a_correction() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned(FORM, |_| {})]);
    let file = study.returned(FORM, |form| form.without_chart(1, "Ikke fundet"));
    let ran = study.run(&["record", &file]);
    assert_eq!(ran.code, Some(0), "entering what is true of the chart withdraws its answers: {}", ran.err);
}

#[test]
fn every_fault_of_every_file_is_told_and_nothing_is_stored() {
    let study = SmallStudy::with_forms();
    let before = study.stored();
    let good = study.returned("615-Horsens-review.xlsx", |_| {});
    let odder = study.returned(FORM, |form| {
        form.set(0, "diet", "perhaps");
        form.set(1, "dato", "2199-01-01");
        form.set(2, "initialer", "");
        form.set(3, "studie_id", "HKM-9999A");
    });
    let aarhus = study.returned("751-Aarhus-review.xlsx", |form| {
        form.set(0, "dato", "01-01-2019");
        form.without_chart(1, "Ikke fundet");
        form.set(1, "diet", "Ja");
        form.rows[2] = form.rows[3].clone();
    });
    let ran = study.run(&["record", &good, &odder, &aarhus, "--format", "json"]);
    let expected = [
        "not_an_answer",
        "date_in_future",
        "incomplete_review",
        "not_a_study_id",
        "date_before_attendance",
        "answer_without_chart",
        "repeated_study_id",
    ];
    assert_eq!((ran.code, ran.codes()), (Some(1), expected.map(str::to_owned).to_vec()), "{}", ran.err);
    assert_eq!(study.stored(), before);
}

#[test]
fn every_program_that_saves_a_form_is_understood() {
    let study = SmallStudy::with_forms();
    let mut form = study.form(FORM);
    form.fill("ÆØÅ");
    form.set(0, "kommentar", "træning på hold");
    form.save(&study.path("returned/utf-8.csv"));
    form.save_windows_1252(&study.path("returned/windows.csv"));
    form.save_workbook(&study.path("returned/book.xlsx"));
    assert_eq!(recorded(&study, "returned/windows.csv"), [4, 0, 0]);
    assert_eq!(recorded(&study, "returned/utf-8.csv"), [0, 4, 0]);
    assert_eq!(recorded(&study, "returned/book.xlsx"), [0, 4, 0]);
}

#[test]
fn danish_and_english_words_mean_the_same() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned(FORM, |form| form.set(3, "diet", "Ikke relevant"))]);
    let file = study.returned(FORM, |form| {
        form.set(3, "diet", "Ikke relevant");
        let english = [("Fundet", "found"), ("Ja", " YES "), ("Nej", "n"), ("Ikke relevant", "not relevant")];
        for cell in form.rows.iter_mut().flat_map(|row| row[1..].iter_mut()) {
            if let Some((_, word)) = english.iter().find(|(danish, _)| danish == cell) {
                *cell = (*word).to_owned();
            }
        }
        for (header, word) in form.header.iter_mut().zip(["Study ID", "Chart", "REVIEWER", "date"]) {
            *header = word.to_owned();
        }
        form.header[4] = "diet".to_owned();
        form.header[5] = "Depression".to_owned();
        form.header[7] = "comment".to_owned();
    });
    assert_eq!(recorded(&study, &file), [0, 4, 0]);
}

#[test]
fn columns_may_stand_in_any_order_and_strange_ones_are_told() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned(FORM, |_| {})]);
    let file = study.returned(FORM, |form| {
        form.header.insert(1, "remarks".to_owned());
        form.rows.iter_mut().for_each(|row| row.insert(1, "x".to_owned()));
        form.header.swap(2, 5);
        form.rows.iter_mut().for_each(|row| row.swap(2, 5));
    });
    let ran = study.json(&["record", &file]);
    assert_eq!((&ran["unchanged"], &ran["findings"][0]["code"]), (&4.into(), &"unknown_column".into()));
}

#[test]
fn a_form_without_a_column_is_refused() {
    let study = SmallStudy::with_forms();
    refuses(
        &study,
        |form| {
            form.header[1] = "x".to_owned();
            form.header[5] = "diet".to_owned();
        },
        &["missing_column", "missing_column", "repeated_column"],
    );
}

#[test]
fn ids_of_others_and_reserves_are_refused() {
    let study = SmallStudy::with_forms();
    let reserve = reserve_of_odder(&study);
    refuses(&study, |form| form.set(0, "studie_id", &reserve), &["reserve_not_in_use"]);
    refuses(&study, |form| form.set(0, "studie_id", "HKM-8000A"), &["not_a_study_id"]);
    let unknown = hjertekommidt::draw::StudyId::new(8000).to_string();
    refuses(&study, |form| form.set(0, "studie_id", &unknown), &["unknown_study_id"]);
    refuses(&study, |form| form.set(0, "studie_id", ""), &["no_study_id"]);
}

fn reserve_of_odder(study: &SmallStudy) -> String {
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let sql = "SELECT study_id FROM course WHERE stratum = '727' AND rank = 5";
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn rows_that_are_begun_wait_until_they_are_accepted() {
    let study = SmallStudy::with_forms();
    refuses(&study, |form| form.set(2, "smoking", ""), &["incomplete_review"]);
    let file = study.returned(FORM, |form| {
        form.set(2, "smoking", "");
        form.rows[3][1..].iter_mut().for_each(String::clear);
    });
    let ran = study.json(&["record", "--accept-incomplete", &file]);
    assert_eq!((&ran["new"], &ran["not_reviewed"]), (&2.into(), &1.into()));
    assert_eq!(ran["waiting"], json!([{ "study_id": study.form(FORM).id(2), "lacks": ["smoking"] }]));
}

#[test]
fn dates_are_understood_as_danes_write_them() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned(FORM, |_| {})]);
    let file = study.returned(FORM, |form| {
        for (row, date) in ["2024-01-15", "15.1.2024", "15/01/2024", "15012024"].iter().enumerate() {
            form.set(row, "dato", date);
        }
    });
    assert_eq!(recorded(&study, &file), [0, 4, 0]);
    refuses(&study, |form| form.set(0, "dato", "01/15/2024"), &["date_month_first"]);
}

#[test]
fn a_second_reading_is_for_those_who_were_chosen_and_by_somebody_else() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, Form::as_second);
    let codes = study.run(&["record", &file, "--format", "json"]).codes();
    assert_eq!(codes, ["no_second_review"; 3], "one of four was chosen");
    study.record_all();
    let second = "727-Odder-second.xlsx";
    let file = study.returned(second, |form| form.fill("abc"));
    let ran = study.run(&["record", &file, "--format", "json"]);
    assert_eq!((ran.code, ran.codes()), (Some(1), vec!["same_reviewer".to_owned()]));
    let file = study.returned(second, |form| form.fill("XYZ"));
    assert_eq!(study.json(&["record", &file])["new"], 1, "the form says which reading it holds");
    let reviewers = study.json(&["status"])["reviewers"].clone();
    assert_eq!(
        reviewers,
        json!([{"reviewer": "ABC", "first": 60, "second": 0}, {"reviewer": "XYZ", "first": 0, "second": 1}])
    );
}

#[test]
fn both_readings_come_in_one_command_and_never_replace_each_other() {
    let study = SmallStudy::with_forms();
    let first = study.returned(FORM, |_| {});
    let second = study.returned("727-Odder-second.xlsx", |form| form.fill("XYZ"));
    let stored = study.json(&["record", &first, &second]);
    assert_eq!((&stored["new"], stored["changed"].as_array().unwrap().len()), (&json!(5), 0));
}

#[test]
fn one_person_cannot_bring_both_readings_in_one_command() {
    let study = SmallStudy::with_forms();
    let first = study.returned(FORM, |form| form.fill("ABC"));
    let second = study.returned("727-Odder-second.xlsx", |form| form.fill("abc"));
    let ran = study.run(&["record", &first, &second, "--format", "json"]);
    assert_eq!((ran.code, ran.codes()), (Some(1), vec!["same_reviewer".to_owned()]));
}

#[test]
fn a_correction_cannot_make_one_person_both_readers() {
    let study = SmallStudy::with_forms();
    study.record_all();
    study.done(&["record", "--second", &study.returned("727-Odder-second.xlsx", |form| form.fill("XYZ"))]);
    let file = study.returned(FORM, |form| form.fill("XYZ"));
    study.refused(&["record", &file], 1);
}

#[test]
fn a_file_that_is_not_there_cannot_run() {
    let study = SmallStudy::with_forms();
    let before = study.stored();
    let good = study.returned(FORM, |_| {});
    study.refused(&["record", &good, "returned/none.csv"], 2);
    assert_eq!(study.stored(), before);
}

#[test]
fn the_trail_says_which_file_brought_what() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned(FORM, |_| {})]);
    let log = study.json(&["status", "--log"]);
    let last: &Value = log["log"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["action"], &last["detail"]["file"], &last["detail"]["reviews"]),
        (&"record".into(), &"727-Odder-review.csv".into(), &4.into())
    );
}

#[test]
fn no_cpr_number_comes_in_by_the_name_of_a_file() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |_| {});
    let renamed = format!("returned/{} Odder.csv", crate::small_study::cpr(3));
    std::fs::rename(study.path(&file), study.path(&renamed)).unwrap();
    let told = study.refused(&["record", &renamed], 1);
    assert!(told.contains("the name of a file") && !told.contains(&crate::small_study::cpr(3)), "{told}");
    study.refused(&["adjudicate", &renamed], 1);
}

#[test]
fn a_review_of_the_day_of_the_draw_is_not_early() {
    let study = SmallStudy::with_forms();
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().strftime("%d-%m-%Y");
    let file = study.returned(FORM, |form| {
        for row in 0..form.rows.len() {
            form.set(row, "dato", &today.to_string());
        }
    });
    study.done(&["record", &file]);
    let paper_tells = || {
        study.done(&["analyse"]);
        let text = std::fs::read_to_string(study.path("results/text.md")).unwrap();
        ["Nogle gennemgange er dateret før lodtrækningen.", "Some reviews are dated before the draw"]
            .map(|sentence| text.contains(sentence))
    };
    assert_eq!(paper_tells(), [false; 2]);
    let file = study.returned(FORM, |form| {
        for row in 0..form.rows.len() {
            form.set(row, "dato", &today.to_string());
        }
        form.set(1, "dato", "01-02-2024");
    });
    let findings = study.json(&["record", &file])["findings"].clone();
    assert_eq!((&findings[0]["code"], &findings[0]["rows"]), (&"review_before_draw".into(), &json!([3])));
    assert_eq!(findings.as_array().unwrap().len(), 1);
    assert_eq!(paper_tells(), [true; 2]);
    // What is stored already was told of when it came in.
    assert_eq!(study.json(&["record", &file])["findings"], json!([]));
}

#[test]
fn an_old_form_cannot_undo_a_correction_that_came_after_it() {
    let study = SmallStudy::with_forms();
    let old = study.returned(FORM, |form| form.set(0, "diet", "Ja"));
    study.done(&["record", &old]);
    std::fs::copy(study.path(&old), study.path("returned/old.csv")).unwrap();
    study.done(&["record", &study.returned(FORM, |form| form.set(0, "diet", "Nej"))]);
    let before = study.stored();
    let ran = study.done(&["record", "returned/old.csv"]);
    assert!(
        ran.err.starts_with("warning: the file was recorded before, and 1 of its reviews"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("1 review corrected since and left"), "{}", ran.out);
    assert_eq!(study.stored(), before);
    // Another file that says the same is a new word of somebody: it counts, and is told of.
    let again = study.returned(FORM, |form| {
        form.set(0, "diet", "Ja");
        form.set(1, "kommentar", "seen once more");
    });
    let json = study.json(&["record", &again]);
    let codes: Vec<&str> =
        json["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["review_before_draw", "correction_undone"]);
    assert_eq!(json["superseded"], 0);
    assert_eq!(json["changed"].as_array().unwrap().len(), 2);
}

#[test]
fn other_files_of_the_study_are_told_apart() {
    let study = SmallStudy::with_forms();
    let told = study.refused(&["record", "forms/727-Odder-lookup.xlsx"], 1);
    assert!(told.starts_with("error: this is a look-up list, expected a review form"), "{told}");
    study.record_all();
    let second = study.returned("727-Odder-second.xlsx", |form| {
        form.fill("XYZ");
        form.set(0, "diet", "Ikke relevant");
        form.set(0, "smoking", "Ikke dokumenteret");
    });
    study.done(&["record", &second]);
    study.done(&["adjudicate"]);
    let review = study.returned(FORM, |_| {});
    let ran = study.done(&["record", "forms/adjudication.xlsx", &review]);
    assert!(
        ran.err.starts_with("warning: this is a form of disagreements, and was not read here"),
        "{}",
        ran.err
    );
}

#[test]
fn a_reviewer_is_a_name_and_no_formula() {
    let study = SmallStudy::with_forms();
    for wrong in ["=1+1", "@abc", "-AB"] {
        refuses(&study, |form| form.set(0, "initialer", wrong), &["reviewer"]);
    }
    refuses(&study, |form| form.set(0, "initialer", "0203801235"), &["cpr_in_cell"]);
    for right in ["AB", "A.B.", "Karen Ø-Ø", "AB+CD", "AB/CD", "rev_2", "2"] {
        let file = study.returned(FORM, |form| form.set(0, "initialer", right));
        study.done(&["record", &file]);
    }
}

#[test]
fn one_slip_in_all_rows_is_one_error() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |form| {
        for row in 0..form.rows.len() {
            form.set(row, "dato", "01-02-2124");
        }
    });
    let findings = study.run(&["record", &file, "--format", "json"]).json()["findings"].clone();
    assert_eq!((findings.as_array().unwrap().len(), &findings[0]["rows"]), (1, &json!([2, 3, 4, 5])));
}
