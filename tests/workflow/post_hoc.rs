//! What the results say of changes after the draw, and after a final analysis.

use std::fs;

use crate::small_study::SmallStudy;

/// A study in which nothing is read twice, with every review stored but those of its first Odder course, whose chart was not
/// found where that is asked for.
fn complete(without_chart: bool) -> SmallStudy {
    let study = SmallStudy::new();
    study.edit("second_reviewer_percent = 10", "second_reviewer_percent = 0");
    study.done(&["draw"]);
    study.done(&["forms"]);
    study.record_all();
    if without_chart {
        let file = study.returned("727-Odder-review.xlsx", |form| form.without_chart(0, "Ikke fundet"));
        study.done(&["record", &file]);
    }
    study
}

/// What `analyse` says was changed.
fn post_hoc(study: &SmallStudy) -> Vec<String> {
    let json = study.json(&["analyse"]);
    json["post_hoc"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Stores another comment for an Odder course.
fn correct(study: &SmallStudy, row: usize) {
    let file = study.returned("727-Odder-review.xlsx", |form| form.set(row, "kommentar", "read again"));
    study.done(&["record", &file]);
}

#[test]
fn a_correction_after_a_final_analysis_is_told() {
    let study = complete(false);
    study.done(&["analyse", "--final"]);
    assert_eq!(post_hoc(&study), [""; 0]);
    study.record_all();
    assert_eq!(post_hoc(&study), [""; 0], "the same forms once more change nothing");
    correct(&study, 0);
    let told = "the data were changed after they had been analysed as final (entry 8 of the audit trail)";
    assert_eq!(post_hoc(&study), [told]);
    correct(&study, 1);
    study.done(&["analyse", "--final"]);
    let out = study.done(&["analyse"]).out;
    assert!(out.contains("analysed as final (entries 8 and 10 of the audit trail)"), "{out}");
    assert!(fs::read_to_string(study.path("results/tables.md")).unwrap().contains("analysed as final"));
    study.done(&["verify"]);
}

#[test]
fn an_analysis_that_was_final_without_being_asked_to_counts() {
    let study = complete(false);
    study.done(&["analyse"]);
    correct(&study, 0);
    assert_eq!(post_hoc(&study).len(), 1);
}

#[test]
fn a_correction_before_the_final_analysis_is_none() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned("727-Odder-review.xlsx", |_| {})]);
    study.done(&["analyse"]);
    correct(&study, 0);
    assert_eq!(post_hoc(&study), [""; 0]);
}

#[test]
fn a_replacement_after_a_final_analysis_is_told() {
    let study = complete(true);
    study.done(&["analyse", "--final"]);
    study.done(&["replace", "--all"]);
    assert!(post_hoc(&study)[0].contains("analysed as final (entry 9 "));
}

#[test]
fn an_enlargement_has_one_line_and_its_new_reviews_none() {
    let study = complete(false);
    study.done(&["analyse", "--final"]);
    study.done(&["draw", "--enlarge", "80"]);
    study.done(&["forms"]);
    let new: Vec<String> =
        study.forms("review").into_iter().filter(|name| name.ends_with("-2.xlsx")).collect();
    for name in &new {
        study.done(&["record", &study.returned(name, |_| {})]);
    }
    assert!(!new.is_empty());
    let told = post_hoc(&study);
    assert!(told.len() == 1 && told[0].starts_with("the sample was enlarged"), "{told:?}");
    correct(&study, 0);
    assert_eq!(post_hoc(&study).len(), 2);
}

#[test]
fn another_adjudication_after_a_final_analysis_is_told() {
    let study = SmallStudy::reviewed();
    for name in study.forms("second") {
        let second = study.returned(&name, |form| form.fill("XYZ"));
        study.done(&["record", "--second", &second]);
    }
    let second = study.returned("727-Odder-second.xlsx", |form| {
        form.fill("XYZ");
        let other = if form.rows[0][form.column("diet")] == "Ja" { "Nej" } else { "Ja" };
        form.set(0, "diet", other);
    });
    study.done(&["record", "--second", &second]);
    study.done(&["adjudicate"]);
    let settle = |answer: &str| {
        let mut form = study.form("adjudication.xlsx");
        [("afgoerelse", answer), ("afgjort_af", "PQR"), ("dato", "01-02-2024")]
            .into_iter()
            .for_each(|(column, text)| form.set(0, column, text));
        form.save(&study.path("returned/adjudication.csv"));
        study.done(&["adjudicate", "returned/adjudication.csv"]);
    };
    settle("Ja");
    study.done(&["analyse", "--final"]);
    assert_eq!(post_hoc(&study), [""; 0]);
    settle("Nej");
    assert!(post_hoc(&study)[0].contains("after they had been analysed as final"));
}

#[test]
fn a_changed_codebook_is_told_key_by_key() {
    let study = complete(false);
    study.edit("not_documented = \"no\"", "not_documented = \"missing\"");
    study.edit("definition = \"Stopped smoking.\"", "definition = \"Has stopped smoking.\"");
    let told = "the codebook differs from that at the draw: the indicator “Depression”, what the record \
                does not tell: before counts as no, now outside the table; the indicator “Smoking cessation”, definition: before \
                “Stopped smoking.”, now “Has stopped smoking.”";
    assert_eq!(post_hoc(&study), [told]);
    let text = fs::read_to_string(study.path("results/text.md")).unwrap();
    assert!(text.contains("now “Has stopped smoking.”."), "{text}");
    assert!(!text.contains('→') && !text.contains("not_documented"), "{text}");
}

#[test]
fn another_order_of_the_indicators_is_told() {
    let study = complete(false);
    let text = fs::read_to_string(study.path("study.toml")).unwrap();
    let at = |word: &str| text.find(word).unwrap();
    let places = ["[indicator.depression]", "[indicator.smoking]", "[sampling]"].map(at);
    let [depression, smoking, rest] = places;
    let pieces = [&text[..depression], &text[smoking..rest], &text[depression..smoking], &text[rest..]];
    study.write("study.toml", &pieces.concat());
    assert_eq!(post_hoc(&study), ["the codebook differs from that at the draw: the order of its indicators"]);
}

#[test]
fn changed_settings_are_told_key_by_key() {
    let study = complete(false);
    study.edit("level = 0.95", "level = 0.9");
    study.edit("min_cell = 3", "min_cell = 5");
    let told = "the settings of the analysis differ from those at the draw: confidence level: before 95 %, now 90 %; \
                smallest cell in parts of the study: before 3, now 5";
    assert_eq!(post_hoc(&study), [told]);
}
