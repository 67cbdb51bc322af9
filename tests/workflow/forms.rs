//! `hkm forms`: what goes out.

use std::collections::BTreeSet;
use std::fs;

use crate::small_study::SmallStudy;

#[test]
fn each_municipality_gets_its_lists_and_forms() {
    let study = SmallStudy::with_forms();
    let names = |kind: &str| {
        ["615-Horsens", "727-Odder", "746-Skanderborg", "751-Aarhus"]
            .map(|name| format!("{name}-{kind}.xlsx"))
            .to_vec()
    };
    assert_eq!(study.forms("lookup"), names("lookup"));
    assert_eq!(study.forms("review"), names("review"));
    assert_eq!(study.forms("second"), names("second"));
}

#[test]
fn each_course_in_use_stands_on_one_form_and_no_reserve_does() {
    let study = SmallStudy::with_forms();
    for kind in ["lookup", "review"] {
        let ids: Vec<String> = study
            .forms(kind)
            .iter()
            .flat_map(|name| study.form(name).rows)
            .map(|row| row[0].clone())
            .collect();
        assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (60, 60), "{kind}");
    }
}

#[test]
fn forms_that_are_out_with_an_older_codebook_are_told_with_the_way_to_new_ones() {
    let study = SmallStudy::with_forms();
    let outdated = |study: &SmallStudy| study.json(&["forms"])["outdated"].clone();
    assert_eq!(outdated(&study), serde_json::json!([]));
    study.record_all();
    let form = study.form("727-Odder-review.xlsx");
    let copy = study.copy();
    study.edit(
        "name = { da = \"Rygestop\", en = \"Smoking cessation\" }",
        "name = { da = \"Røgfri\", en = \"Smoking cessation\" }",
    );
    let seconds = [
        "615-Horsens-second.xlsx",
        "727-Odder-second.xlsx",
        "746-Skanderborg-second.xlsx",
        "751-Aarhus-second.xlsx",
    ];
    assert_eq!(outdated(&study), serde_json::json!(seconds), "first readings are all in");
    let before = study.stored();
    let told = study.done(&["forms"]).out;
    insta::assert_snapshot!(told.trim_end(), @"
    Nothing to write: all 60 courses stand on a form already. A form that was lost is written with --again.
    Out with an older codebook, and waiting for reviews: 615-Horsens-second.xlsx, 727-Odder-second.xlsx, 746-Skanderborg-second.xlsx, 751-Aarhus-second.xlsx. For forms with the codebook as it is now, move these out of forms/ and run `hkm forms --again`. What comes back on the old ones is taken by `hkm record --accept-older-codebook`, if the change does not touch their answers.
    ");
    assert_eq!(study.stored(), before);
    assert!(study.done(&["forms", "--again"]).out.contains("Out with an older codebook"));
    fs::rename(study.path("forms/727-Odder-second.xlsx"), study.path("returned/old.xlsx")).unwrap();
    study.done(&["forms", "--again"]);
    assert_eq!(outdated(&study), serde_json::json!([seconds[0], seconds[2], seconds[3]]));
    let mut new = study.form("727-Odder-second.xlsx");
    assert!(
        new.header.contains(&"Røgfri [smoking]".to_owned())
            && !form.header.contains(&"Røgfri [smoking]".to_owned())
    );
    new.fill("XYZ");
    new.save(&study.path("returned/new.csv"));
    study.done(&["record", "returned/new.csv"]);
    study.done(&["verify"]);
    let id = copy.form("727-Odder-review.xlsx").id(0);
    let file = copy.returned("727-Odder-review.xlsx", |form| form.without_chart(0, "Ikke fundet"));
    copy.done(&["record", &file]);
    copy.done(&["replace", &id]);
    assert_eq!(outdated(&copy), serde_json::json!([]), "the same codebook");
}

#[test]
fn a_second_time_nothing_is_written() {
    let study = SmallStudy::with_forms();
    let before = (study.files("forms"), study.stored());
    assert_eq!(study.json(&["forms"])["written"], serde_json::json!([]));
    assert_eq!((study.files("forms"), study.stored()), before);
}

#[test]
fn courses_that_went_out_in_another_format_are_told_of() {
    let study = SmallStudy::with_forms();
    insta::assert_snapshot!(study.done(&["forms", "--redcap"]).out, @"
    Nothing to write: all 60 courses stand on a form already. A form that was lost is written with --again.
    Out since before: 60 courses on workbooks. A course stands on one form only, so they are not written in REDCap as well; `hkm record` takes what comes back in every format. To have all courses in REDCap, before any is reviewed: draw in a new folder with the same study.toml and register, which gives the same courses, and write the forms there.
    ");
    let id = study.form("727-Odder-review.xlsx").id(0);
    let file = study.returned("727-Odder-review.xlsx", |form| form.without_chart(0, "Ikke fundet"));
    study.done(&["record", &file]);
    study.done(&["replace", &id]);
    let out = study.done(&["forms", "--csv"]).out;
    insta::assert_snapshot!(out.lines().last().unwrap(), @"Out since before: 60 courses on workbooks. A course stands on one form only, so they are not written on text files as well; `hkm record` takes what comes back in every format.");
    let again = study.done(&["forms", "--again"]).out;
    assert!(!again.contains("Out since before"), "{again}");
}

#[test]
fn a_file_that_stands_there_is_never_overwritten() {
    let study = SmallStudy::drawn();
    fs::create_dir(study.path("forms")).unwrap();
    study.write("forms/727-Odder-review.xlsx", "somebody's work");
    let before = study.stored();
    study.refused(&["forms"], 2);
    assert_eq!(fs::read_to_string(study.path("forms/727-Odder-review.xlsx")).unwrap(), "somebody's work");
    assert_eq!(study.files("forms"), ["727-Odder-review.xlsx"], "all or nothing");
    assert_eq!(study.stored(), before);
    fs::remove_file(study.path("forms/727-Odder-review.xlsx")).unwrap();
    study.done(&["forms"]);
}

#[test]
fn a_form_that_was_filled_in_place_is_never_overwritten() {
    let study = SmallStudy::with_forms();
    study.write("forms/727-Odder-review.xlsx", "filled");
    study.done(&["draw", "--enlarge", "90"]);
    study.done(&["forms"]);
    assert_eq!(fs::read_to_string(study.path("forms/727-Odder-review.xlsx")).unwrap(), "filled");
}

#[test]
fn a_replacement_gets_a_second_file() {
    let study = SmallStudy::with_forms();
    let file = study.returned("727-Odder-review.xlsx", |form| form.without_chart(1, "Ikke fundet"));
    study.done(&["record", &file]);
    study.done(&["replace", "--all"]);
    let written = study.json(&["forms"])["written"].clone();
    let expected = serde_json::json!([
        { "file": "727-Odder-lookup-2.xlsx", "courses": 1 },
        { "file": "727-Odder-review-2.xlsx", "courses": 1 },
    ]);
    assert_eq!(written, expected);
}

#[test]
fn a_review_form_holds_no_value_of_the_register() {
    let study = SmallStudy::with_forms();
    for name in study.forms("review").iter().chain(&study.forms("second")) {
        let form = study.form(name);
        for row in &form.rows {
            assert!(row[0].starts_with("HKM-"), "{name}");
            assert!(row[1..].iter().all(String::is_empty), "{name}: {row:?}");
        }
    }
}

#[test]
fn forms_speak_the_language_that_is_asked_for() {
    let study = SmallStudy::drawn();
    study.done(&["forms", "--language", "en"]);
    let form = study.form("727-Odder-review.xlsx");
    let expected = [
        "study_id",
        "chart",
        "reviewer",
        "date",
        "Diet treatment [diet]",
        "Depression [depression]",
        "Smoking cessation [smoking]",
        "comment",
    ];
    assert_eq!(form.header, expected);
}

#[cfg(unix)]
#[test]
fn look_up_lists_and_the_key_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let study = SmallStudy::with_forms();
    let mode = |name: &str| fs::metadata(study.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("key.sqlite"), 0o600);
    for name in study.forms("lookup") {
        assert_eq!(mode(&format!("forms/{name}")), 0o600, "{name}");
    }
}

#[test]
fn a_look_up_list_holds_what_finds_the_chart() {
    let study = SmallStudy::with_forms();
    let list = study.form("751-Aarhus-lookup.xlsx");
    assert_eq!(list.header, ["studie_id", "cpr", "foerste_fremmoede", "sygehuskode"]);
    let register: BTreeSet<String> =
        crate::small_study::courses(200).into_iter().map(|row| row[0].clone()).collect();
    for row in &list.rows {
        assert!(register.contains(&row[1].replace('-', "")), "{}", row[0]);
    }
    let ids = |name: &str| study.form(name).rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>();
    assert_eq!(ids("751-Aarhus-lookup.xlsx"), ids("751-Aarhus-review.xlsx"));
}

#[test]
fn no_forms_before_the_draw_or_without_the_key() {
    let study = SmallStudy::new();
    study.refused(&["forms"], 2);
    study.done(&["draw"]);
    fs::rename(study.path("key.sqlite"), study.path("key.away")).unwrap();
    let told = study.refused(&["forms"], 2);
    assert!(told.contains("key.sqlite"), "{told}");
    assert!(!study.path("key.sqlite").exists(), "no empty key is made in its place");
    fs::rename(study.path("key.away"), study.path("key.sqlite")).unwrap();
    study.done(&["forms"]);
}

#[test]
fn forms_that_were_lost_are_written_again_with_the_same_bytes() {
    let study = SmallStudy::with_forms();
    let name = "727-Odder-lookup.xlsx";
    let path = study.path(&format!("forms/{name}"));
    let (before, stored) = (fs::read(&path).unwrap(), study.files("forms"));
    fs::remove_file(&path).unwrap();
    assert_eq!(study.json(&["forms"])["written"], serde_json::json!([]), "only when it is asked for");
    let json = study.json(&["forms", "--again"]);
    assert_eq!(json["written"][0]["file"], name);
    assert_eq!((fs::read(&path).unwrap(), study.files("forms")), (before, stored));
    assert_eq!(study.json(&["forms", "--again"])["written"], serde_json::json!([]));
    study.done(&["verify"]);
}
