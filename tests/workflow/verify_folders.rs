//! `hkm verify` of what went out and came back, and of files that no command wrote.

use std::fs;

use serde_json::{Value, json};

use super::adjudicate::{disagreeing, returned, settle};
use crate::small_study::{Ran, SmallStudy};

/// The lines under a heading that hold a word.
fn lines(verified: &Value, heading: &str, word: &str) -> Vec<String> {
    let list = verified[heading].as_array().unwrap().iter();
    list.map(|one| one.as_str().unwrap().to_owned()).filter(|line| line.contains(word)).collect()
}

/// What differs, where something must.
fn different(study: &SmallStudy) -> (Ran, Vec<String>) {
    let ran = study.run(&["verify"]);
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    let json = study.run(&["verify", "--format", "json"]).json();
    (ran, lines(&json, "different", ""))
}

#[test]
fn forms_that_went_out_are_made_again_byte_for_byte() {
    for flags in [&["forms"][..], &["forms", "--csv"], &["forms", "--redcap"], &["forms", "--language", "en"]]
    {
        let study = SmallStudy::drawn();
        study.done(flags);
        let json = study.json(&["verify"]);
        // The guide and the dictionary as well.
        let told = format!("forms/: {} found, with the bytes that went out", study.files("forms").len());
        assert_eq!(lines(&json, "equal", "forms/"), [told], "{flags:?}: {json}");
    }
}

#[test]
fn a_changed_byte_of_a_form_is_found_with_what_to_do() {
    let (study, _) = disagreeing();
    let files =
        ["727-Odder-lookup.xlsx", "751-Aarhus-review.xlsx", "727-Odder-second.xlsx", "adjudication.xlsx"];
    study.done(&["verify"]);
    for (file, remedy) in
        files.into_iter().zip(["`hkm forms --again`", "returned/", "returned/", "`hkm adjudicate`"])
    {
        let name = format!("forms/{file}");
        let original = study.change_a_digit(&name);
        let (ran, told) = different(&study);
        assert_eq!(told, [format!("{name}: differs from what went out")]);
        assert!(ran.out.contains(&format!("--> {name}")) && ran.out.contains(remedy), "{}", ran.out);
        fs::write(study.path(&name), original).unwrap();
    }
    study.done(&["verify"]);
}

#[test]
fn a_changed_guide_or_dictionary_is_found() {
    for (flag, name) in [("--csv", "vejledning.txt"), ("--redcap", "redcap-dictionary.csv")] {
        let study = SmallStudy::drawn();
        study.done(&["forms", flag]);
        let path = study.path(&format!("forms/{name}"));
        let original = fs::read(&path).unwrap();
        fs::write(&path, [&original[..], b"\nAsk somebody.\n"].concat()).unwrap();
        let (ran, told) = different(&study);
        assert_eq!(told, [format!("forms/{name}: differs from what went out")]);
        assert!(ran.out.contains("other words than the protocol's"), "{}", ran.out);
        // A copy that a corrected codebook put beside it is one of those that are looked at.
        fs::write(study.path(&format!("forms/{}", name.replace('.', "-2."))), &original).unwrap();
        assert_eq!(different(&study).1, told);
        fs::write(&path, original).unwrap();
        study.done(&["verify"]);
    }
}

#[test]
fn forms_of_another_version_are_not_called_changed() {
    let study = SmallStudy::drawn();
    study.done(&["forms"]);
    study.change_a_digit("forms/751-Aarhus-review.xlsx");
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let guards = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'";
    let mut names = database.prepare(guards).unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for name in names {
        database.execute_batch(&format!("DROP TRIGGER \"{name}\"")).unwrap();
    }
    let sql = "UPDATE audit SET detail = json_set(detail, '$.software', 'hkm 0.0.9') WHERE action = 'forms'";
    assert_eq!(database.execute(sql, []).unwrap(), 1);
    let json = study.run(&["verify", "--format", "json"]).json();
    assert_eq!(lines(&json, "different", "forms/"), Vec::<String>::new());
    let told = "forms that another version of hkm wrote than this one: 751-Aarhus-review.xlsx";
    assert_eq!(lines(&json, "unchecked", "another version"), [told]);
}

#[test]
fn files_without_their_manifest_are_a_difference() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    study.done(&["export"]);
    for folder in ["results", "export"] {
        let manifest = study.path(&format!("{folder}/manifest.json"));
        let original = fs::read(&manifest).unwrap();
        fs::remove_file(&manifest).unwrap();
        let (_, told) = different(&study);
        let [told] = told.as_slice() else { panic!("{told:?}") };
        assert!(told.contains("nothing vouches for the files beside it"), "{told}");
        fs::write(&manifest, original).unwrap();
    }
    fs::remove_dir_all(study.path("results")).unwrap();
    let json = study.json(&["verify"]);
    assert_eq!(lines(&json, "unchecked", "results/"), ["the results: there is no results/manifest.json"]);
}

/// Which courses were unsettled then is what the form has, though they are settled now.
#[test]
fn a_form_of_disagreements_is_made_again_as_of_then() {
    let (study, mut form) = disagreeing();
    settle(&mut form, 0, "Ja");
    assert_eq!(returned(&study, &form), [1, 1]);
    let json = study.json(&["verify"]);
    assert_eq!((&json["different"], lines(&json, "unchecked", "adjudication").len()), (&json!([]), 0));
}

#[test]
fn a_form_that_was_sent_on_and_one_of_an_older_codebook_are_not_checked() {
    let study = SmallStudy::with_forms();
    fs::remove_file(study.path("forms/751-Aarhus-review.xlsx")).unwrap();
    let json = study.json(&["verify"]);
    assert_eq!(
        lines(&json, "unchecked", "forms"),
        ["forms that are not found in forms/: 751-Aarhus-review.xlsx"]
    );
    study.edit("Stopped smoking.", "Does not smoke.");
    let json = study.json(&["verify"]);
    let told = lines(&json, "unchecked", "older codebook");
    assert!(told.len() == 1 && told[0].ends_with(" more"), "{json}");
    assert_eq!(json["different"], json!([]));
}

#[test]
fn without_the_key_the_look_up_lists_are_not_checked() {
    let study = SmallStudy::with_forms();
    study.change_a_digit("forms/727-Odder-lookup.xlsx");
    fs::rename(study.path("key.sqlite"), study.path("away")).unwrap();
    let json = study.json(&["verify"]);
    let told = lines(&json, "unchecked", "look-up lists, without the key of this study: ");
    assert!(told.len() == 1 && told[0].contains("727-Odder-lookup.xlsx"), "{json}");
}

#[test]
fn a_changed_byte_of_a_recorded_file_is_found_with_what_to_do() {
    let study = SmallStudy::reviewed();
    let files = study.files("returned");
    let told = format!("recorded files: {} found, with the bytes that were recorded", files.len());
    assert_eq!(lines(&study.json(&["verify"]), "equal", "recorded files"), [told]);
    let name = format!("returned/{}", files[0]);
    let original = study.change_a_digit(&name);
    let (ran, told) = different(&study);
    assert_eq!(told, [format!("{name}: differs from the file that was recorded")]);
    assert!(ran.out.contains(&format!("--> {name}")), "{}", ran.out);
    assert!(
        ran.out.contains("= why: entry ") && ran.out.contains(&format!("`hkm record {name}`")),
        "{}",
        ran.out
    );
    fs::write(study.path(&name), original).unwrap();
    study.done(&["verify"]);
}

#[test]
fn a_recorded_file_that_was_renamed_is_found_and_one_that_is_away_is_not_checked() {
    let study = SmallStudy::reviewed();
    let number = study.files("returned").len();
    let rename = |from: &str, to: &str| fs::rename(study.path(from), study.path(to)).unwrap();
    fs::create_dir(study.path("returned/Odder")).unwrap();
    rename("returned/727-Odder-review.csv", "returned/Odder/first.csv");
    let told = format!("recorded files: {number} found, with the bytes that were recorded");
    assert_eq!(lines(&study.json(&["verify"]), "equal", "recorded files"), [told]);
    rename("returned/Odder/first.csv", "away.csv");
    let json = study.json(&["verify"]);
    let told = lines(&json, "unchecked", "727-Odder-review.csv");
    assert!(told.len() == 1 && told[0].starts_with("recorded files that are not found here: "), "{json}");
    assert_eq!(json["different"], json!([]));
}

#[test]
fn a_file_that_was_corrected_and_recorded_again_speaks_by_its_last_bytes() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned("727-Odder-review.xlsx", |_| {})]);
    let first = fs::read(study.path("returned/727-Odder-review.csv")).unwrap();
    let file = study.returned("727-Odder-review.xlsx", |form| form.without_chart(0, "Ikke fundet"));
    let (_, told) = different(&study);
    assert_eq!(told, ["returned/727-Odder-review.csv: differs from the file that was recorded"]);
    study.done(&["record", &file]);
    let json = study.json(&["verify"]);
    assert_eq!(
        (lines(&json, "equal", "recorded files: 1 found").len(), &json["unchecked"]),
        (1, &json!(["the results: there is no results/manifest.json"]))
    );
    // The old version under another name does not stand for the new one.
    fs::write(study.path("returned/old.csv"), first).unwrap();
    study.change_a_digit("returned/727-Odder-review.csv");
    different(&study);
}

#[test]
fn what_no_command_wrote_is_named_and_no_difference() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    study.done(&["export"]);
    let own = ["results/extra.csv", "results/figures/own.svg", "export/own.log"];
    own.iter().for_each(|name| study.write(name, "mine"));
    let json = study.json(&["verify"]);
    assert_eq!(
        json["unchecked"],
        json!([
            "results/extra.csv: not written by hkm",
            "results/figures/own.svg: not written by hkm",
            "export/own.log: not written by hkm",
        ])
    );
    assert_eq!(json["different"], json!([]));
}

/// What stands in the way of a file is not the file, and it is not lost either.
#[test]
fn what_cannot_be_read_is_not_told_as_missing() {
    let study = SmallStudy::with_forms();
    study.done(&["analyse"]);
    for name in ["results/tables.md", "forms/727-Odder-review.xlsx"] {
        fs::remove_file(study.path(name)).unwrap();
        fs::create_dir(study.path(name)).unwrap();
    }
    let (ran, told) = different(&study);
    assert_eq!(told, ["results/tables.md cannot be read"]);
    assert!(ran.out.contains("forms in forms/ that cannot be read: 727-Odder-review.xlsx"), "{}", ran.out);
}
