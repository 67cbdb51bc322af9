//! `hkm replace`: the next of the reserve.

use crate::small_study::SmallStudy;

/// A study where the charts of the first rows of a form cannot be found; their ids.
fn without_charts(form_name: &str, rows: usize) -> (SmallStudy, Vec<String>) {
    let study = SmallStudy::with_forms();
    let file =
        study.returned(form_name, |form| (0..rows).for_each(|row| form.without_chart(row, "Ikke fundet")));
    study.done(&["record", &file]);
    let form = study.form(form_name);
    (study, (0..rows).map(|row| form.id(row)).collect())
}

#[test]
fn a_chart_that_cannot_be_found_is_replaced_by_the_next_of_the_reserve() {
    let (study, ids) = without_charts("727-Odder-review.xlsx", 1);
    let json = study.json(&["replace", &ids[0], "--reason", "archive burnt down"]);
    assert_eq!(
        (&json["replaced"][0]["study_id"], &json["replaced"][0]["reason"]),
        (&ids[0].as_str().into(), &"archive burnt down".into())
    );
    assert_eq!(study.json(&["status"])["strata"][1]["in_use"], 5);
    study.refused(&["replace", &ids[0]], 1);
    study.done(&["verify"]);
}

#[test]
fn only_a_recorded_reason_lets_a_course_be_replaced() {
    let (study, _) = without_charts("727-Odder-review.xlsx", 1);
    let before = study.stored();
    let found = study.form("727-Odder-review.xlsx").id(2);
    let told = study.refused(&["replace", &found], 1);
    assert!(told.contains("not recorded as being without a chart"));
    study.refused(&["replace", "HKM-8000A"], 2);
    assert_eq!(study.stored(), before);
}

#[test]
fn one_course_that_cannot_be_replaced_keeps_all_from_it() {
    let (study, ids) = without_charts("751-Aarhus-review.xlsx", 2);
    let before = study.stored();
    let found = study.form("751-Aarhus-review.xlsx").id(5);
    study.refused(&["replace", &ids[0], &ids[1], &found], 1);
    study.refused(&["replace", &ids[0], &ids[0]], 1);
    assert_eq!(study.stored(), before);
}

#[test]
fn the_reason_is_told_in_words() {
    let (study, ids) = without_charts("727-Odder-review.xlsx", 1);
    let out = study.done(&["replace", "--all"]).out;
    assert!(out.contains(&ids[0]) && out.contains("not found") && !out.contains("not_found"), "{out}");
}

#[test]
fn a_reserve_that_is_used_up_is_told() {
    let (study, _) = without_charts("727-Odder-review.xlsx", 2);
    let json = study.json(&["replace", "--all"]);
    assert_eq!(
        (json["replaced"].as_array().unwrap().len(), &json["findings"][0]["code"]),
        (1, &"no_reserve".into())
    );
    assert_eq!(study.json(&["replace", "--all"])["replaced"], serde_json::json!([]));
}

#[test]
fn a_reserve_that_is_asked_for_by_name_and_used_up_is_an_error() {
    let (study, ids) = without_charts("727-Odder-review.xlsx", 2);
    let told = study.refused(&["replace", &ids[0], &ids[1]], 1);
    assert!(told.starts_with("error:"), "a refusal is an error: {told}");
}

#[test]
fn nothing_to_replace_changes_nothing() {
    let study = SmallStudy::reviewed();
    let before = study.stored();
    assert!(study.done(&["replace", "--all"]).out.contains("Nothing to replace"));
    assert_eq!(study.stored(), before);
}

#[test]
fn a_disputed_chart_is_replaced_only_after_it_is_settled() {
    let study = SmallStudy::with_forms();
    let second = "727-Odder-second.xlsx";
    let id = study.form(second).id(0);
    let first = study.returned("727-Odder-review.xlsx", |form| {
        let row = (0..form.rows()).find(|&row| form.id(row) == id).unwrap();
        form.without_chart(row, "Ikke fundet");
    });
    let second = study.returned(second, |form| form.fill("XYZ"));
    study.done(&["record", &first, &second]);
    assert_eq!(study.json(&["status"])["replaceable"].as_array().unwrap().len(), 0);
    assert_eq!(study.json(&["replace", "--all"])["replaced"].as_array().unwrap().len(), 0);
    assert!(study.refused(&["replace", &id], 1).contains("two reviewers differ"));
}

#[test]
fn a_chart_that_turns_up_after_the_replacement_is_told_once() {
    let (study, ids) = without_charts("727-Odder-review.xlsx", 1);
    let reserve =
        study.json(&["replace", &ids[0]])["replaced"][0]["replaced_by"].as_str().unwrap().to_owned();
    let file = study.returned("727-Odder-review.xlsx", |_| {});
    let ran = study.done(&["record", "--language", "da", &file]);
    let expected =
        format!("journalen til `{}` er nu fundet, men forløbet er erstattet af `{reserve}`", ids[0]);
    assert!(ran.err.contains(&expected) && ran.err.contains("række 2, kolonne `journal`"), "{}", ran.err);
    assert!(ran.out.contains("1 rettet"), "it is stored: {}", ran.out);
    assert_eq!(study.json(&["record", &file])["findings"], serde_json::json!([]), "what is stored was told");
}
