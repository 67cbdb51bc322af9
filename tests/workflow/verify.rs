//! `hkm verify`: what it finds, and what it says it could not check.

use std::fs;

use hjertekommidt::protocol::{Frozen, Protocol};
use rusqlite::Connection;

use crate::small_study::{SmallStudy, courses, csv};

/// A study that was reviewed and analysed.
fn analysed() -> SmallStudy {
    let study = SmallStudy::with_forms();
    study.record_all();
    let second = study.returned("727-Odder-second.xlsx", |form| {
        form.fill("XYZ");
        form.set(0, "diet", "Ikke dokumenteret");
    });
    study.done(&["record", "--second", &second]);
    study.done(&["analyse"]);
    study
}

#[test]
fn an_untouched_study_is_equal_in_all() {
    let json = analysed().json(&["verify"]);
    assert_eq!((&json["different"], &json["unchecked"]), (&serde_json::json!([]), &serde_json::json!([])));
    assert!(json["equal"].as_array().unwrap().len() >= 10, "{json}");
}

#[test]
fn looking_changes_nothing() {
    let study = analysed();
    let before = study.stored();
    study.done(&["verify"]);
    assert_eq!(study.stored(), before);
}

#[test]
fn one_changed_byte_of_the_results_is_found() {
    let study = analysed();
    for name in study.files("results") {
        let path = study.path(&format!("results/{name}"));
        let original = study.change_a_digit(&format!("results/{name}"));
        let ran = study.run(&["verify"]);
        assert_eq!(ran.code, Some(1), "{name}: {}", ran.out);
        fs::remove_file(&path).unwrap();
        assert_eq!(study.run(&["verify"]).code, Some(1), "{name} gone");
        fs::write(&path, original).unwrap();
    }
    study.done(&["verify"]);
}

/// Drops the guards of a table and changes something in it.
fn tamper(study: &SmallStudy, sql: &str) {
    let database = Connection::open(study.path("study.sqlite")).unwrap();
    database.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let guards = "SELECT name FROM sqlite_schema WHERE type = 'trigger'";
    let names: Vec<String> = database
        .prepare(guards)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    names.iter().for_each(|name| database.execute_batch(&format!("DROP TRIGGER \"{name}\"")).unwrap());
    assert!(database.execute(sql, []).unwrap() > 0, "{sql}");
}

#[test]
fn a_stored_row_cannot_be_changed_by_accident() {
    let study = analysed();
    let database = Connection::open(study.path("study.sqlite")).unwrap();
    for table in ["audit", "draw", "course", "review", "answer", "frame_value", "in_use"] {
        let column: String = database
            .query_row(&format!("SELECT name FROM pragma_table_info('{table}') LIMIT 1"), [], |row| {
                row.get(0)
            })
            .unwrap();
        assert!(database.execute(&format!("UPDATE {table} SET {column} = {column}"), []).is_err(), "{table}");
        assert!(database.execute(&format!("DELETE FROM {table}"), []).is_err(), "{table}");
    }
}

/// Each of these changes what the study says of itself. The results are not there to give it away.
#[test]
fn every_changed_row_is_found() {
    for sql in [
        "UPDATE audit SET who = 'nobody' WHERE number = 2",
        "UPDATE audit SET detail = '{}' WHERE number = 1",
        "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit) - 1",
        "UPDATE course SET sex = 'x' WHERE rank = 1",
        "UPDATE course SET second_reviewer = 1 - second_reviewer WHERE rank = 1",
        "UPDATE register_value SET value = '0' WHERE value = '1'",
        "UPDATE answer SET answer = 'no' WHERE answer = 'yes'",
        "UPDATE review SET reviewer = 'QQQ' WHERE number = 1",
        "UPDATE review SET date = '2024-01-16' WHERE number = 1",
        "DELETE FROM answer WHERE review = 1 AND indicator = 'diet'",
        "UPDATE frozen SET digest = 'x' WHERE section = 'sampling'",
        "UPDATE frozen SET text = '{}' WHERE section = 'sampling'",
        "UPDATE frame_stratum SET courses = courses + 1 WHERE stratum = '727'",
        "UPDATE frame_value SET courses = courses + 1 WHERE stratum = '727' AND value = '1'",
        "UPDATE flow SET courses = courses + 1 WHERE reason = 'age'",
        "UPDATE in_use SET courses = courses + 1 WHERE stratum = '727'",
        "UPDATE draw SET total = total + 1",
        "UPDATE draw SET register_sha256 = 'x'",
        "UPDATE codebook SET text = '[]'",
        "UPDATE import SET sha256 = 'x' WHERE number = 1",
        "UPDATE form_course SET file = (SELECT max(file) FROM form) WHERE kind = 'lookup'",
    ] {
        let study = analysed();
        fs::remove_dir_all(study.path("results")).unwrap();
        tamper(&study, sql);
        let ran = study.run(&["verify"]);
        assert_eq!(ran.code, Some(1), "{sql}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn a_changed_replacement_is_found() {
    let study = SmallStudy::with_forms();
    let file = study.returned("751-Aarhus-review.xlsx", |form| form.without_chart(0, "Ikke fundet"));
    study.done(&["record", &file]);
    study.done(&["replace", "--all"]);
    study.done(&["verify"]);
    tamper(&study, "UPDATE replacement SET reason = 'other'");
    assert_eq!(study.run(&["verify"]).code, Some(1));
}

#[test]
fn a_changed_key_is_found() {
    let study = analysed();
    let key = Connection::open(study.path("key.sqlite")).unwrap();
    key.execute_batch("DROP TRIGGER key_no_update").unwrap();
    key.execute("UPDATE key SET record_key = record_key || 'x' WHERE rank = 1 AND stratum = '727'", [])
        .unwrap();
    drop(key);
    assert_eq!(study.run(&["verify"]).code, Some(1));
}

#[test]
fn ids_that_were_exchanged_in_the_key_are_found() {
    let study = analysed();
    let key = Connection::open(study.path("key.sqlite")).unwrap();
    key.execute_batch(
        "DROP TRIGGER key_no_update;
         CREATE TEMP TABLE two AS SELECT study_id, rank FROM key WHERE stratum = '727' AND rank <= 2;
         UPDATE key SET study_id = 'x' || rank WHERE stratum = '727' AND rank <= 2;
         UPDATE key SET study_id = (SELECT two.study_id FROM two WHERE two.rank = 3 - key.rank)
         WHERE stratum = '727' AND rank <= 2;",
    )
    .unwrap();
    drop(key);
    let ran = study.run(&["verify"]);
    assert_eq!(ran.code, Some(1), "another person's chart would be looked up: {}", ran.out);
}

#[test]
fn another_register_is_found() {
    let study = analysed();
    let mut rows = courses(200);
    rows[17][2] = "6630".to_owned();
    study.write("register.csv", &csv(&rows));
    assert_eq!(study.run(&["verify"]).code, Some(1));
}

#[test]
fn changed_values_of_the_register_are_found() {
    let study = analysed();
    let mut rows = courses(200);
    rows.iter_mut().for_each(|row| row[5] = if row[5] == "1" { "0".to_owned() } else { row[5].clone() });
    study.write("register.csv", &csv(&rows));
    let ran = study.run(&["verify"]);
    assert_eq!(ran.code, Some(1), "the same courses with other values: {}", ran.out);
}

#[test]
fn the_same_register_saved_anew_is_equal_and_told() {
    let study = analysed();
    let mut rows = courses(200);
    rows.reverse();
    study.write("register.csv", &csv(&rows));
    let json = study.json(&["verify"]);
    assert!(json["unchecked"][0].as_str().unwrap().contains("other bytes"));
}

#[test]
fn what_is_not_there_is_told_as_unchecked() {
    for (gone, word) in
        [("register.csv", "the draw"), ("key.sqlite", "who was drawn"), ("results", "the results")]
    {
        let study = analysed();
        fs::rename(study.path(gone), study.path("away")).unwrap();
        let json = study.json(&["verify"]);
        let unchecked = json["unchecked"][0].as_str().unwrap();
        assert!(unchecked.contains(word), "{gone}: {unchecked}");
        assert!(!study.path(gone).exists(), "{gone} is not made anew");
    }
}

#[test]
fn a_study_as_it_was_analysed_is_verified_after_more_reviews() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned("727-Odder-review.xlsx", |_| {})]);
    study.done(&["analyse"]);
    assert_eq!(study.json(&["verify"])["unchecked"], serde_json::json!([]));
    study.record_all();
    let json = study.json(&["verify"]);
    assert_eq!(json["different"], serde_json::json!([]));
    let behind = "results/ rests on entry 3 of the audit trail; the data have changed since (3 entries): run `hkm analyse`";
    assert_eq!(json["unchecked"], serde_json::json!([behind]));
}

/// Whoever changes a frozen section in study.toml and in the database alike is found by the audit trail.
#[test]
fn a_frozen_section_that_was_exchanged_is_found() {
    let study = analysed();
    study.edit("announced on 1 December", "announced");
    let now =
        Frozen::of(&Protocol::read(&fs::read_to_string(study.path("study.toml")).unwrap(), "").unwrap());
    let (_, text) = now.texts().into_iter().find(|(section, _)| *section == "sampling").unwrap();
    let digest = hjertekommidt::digest::of_text(&text);
    tamper(
        &study,
        &format!("UPDATE frozen SET text = '{text}', digest = '{digest}' WHERE section = 'sampling'"),
    );
    let ran = study.run(&["verify"]);
    assert!(ran.out.contains("the frozen sections of study.toml are as at the draw"), "{}", ran.out);
    assert!(ran.out.contains("audit entry 1, draw: the stored rows are not those"), "{}", ran.out);
}

#[test]
fn an_enlargement_after_the_results_is_no_difference() {
    let study = analysed();
    study.done(&["draw", "--enlarge", "80"]);
    study.done(&["verify"]);
}

#[test]
fn a_codebook_that_was_exchanged_is_found() {
    let study = analysed();
    study.edit("not_documented = \"no\"\n", "not_documented = \"missing\"\n");
    study.done(&["analyse"]);
    assert_eq!(study.json(&["verify"])["different"], serde_json::json!([]));
    tamper(&study, "UPDATE codebook SET text = '[]' WHERE version = 2");
    let ran = study.run(&["verify"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains(", analyse: the stored rows are not those that were entered"), "{}", ran.out);
}

#[test]
fn results_of_other_settings_are_one_difference_that_names_them() {
    let study = analysed();
    study.edit("level = 0.95", "level = 0.9");
    let json = study.run(&["verify", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let different = told["different"].as_array().unwrap();
    assert_eq!((json.code, different.len()), (Some(1), 1), "{told}");
    let what =
        "results/ was made with other settings than study.toml has: confidence level: before 95 %, now 90 %";
    assert!(
        different[0].to_string().contains(&serde_json::Value::from(what).to_string()[1..what.len()]),
        "{told}"
    );
    study.edit("level = 0.9", "level = 0.95");
    study.done(&["verify"]);
}
