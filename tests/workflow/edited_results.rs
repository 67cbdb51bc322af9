//! Files of `results/` that somebody edited are not replaced; what a command that ended too early left is no edit.

use std::fs;

use crate::small_study::SmallStudy;

#[test]
fn a_file_that_somebody_edited_is_not_replaced() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    let original = fs::read(study.path("results/tables.md")).unwrap();
    study.write("results/tables.md", "edited by hand");
    let told = study.refused(&["analyse"], 1);
    assert!(told.contains("`tables.md` was edited") && told.contains("`hkm analyse --replace`"), "{told}");
    assert!(told.contains("save a copy elsewhere first"), "{told}");
    assert_eq!(fs::read_to_string(study.path("results/tables.md")).unwrap(), "edited by hand");
    let told = study.done(&["analyse", "--replace"]).err;
    assert!(told.contains("`tables.md` was edited, and is replaced"), "{told}");
    assert_eq!(fs::read(study.path("results/tables.md")).unwrap(), original);
}

/// A command that ended between two files left new ones beside an old manifest: nobody edited them.
#[test]
fn half_of_an_earlier_analysis_is_no_edit() {
    let study = SmallStudy::with_forms();
    study.done(&["analyse"]);
    let manifest = fs::read(study.path("results/manifest.json")).unwrap();
    study.record_all();
    study.done(&["analyse"]);
    fs::write(study.path("results/manifest.json"), manifest).unwrap();
    study.done(&["analyse"]);
    study.done(&["verify"]);
}

#[test]
fn half_of_an_analysis_is_no_edit_even_when_the_data_have_changed_since() {
    let study = SmallStudy::with_forms();
    study.done(&["record", &study.returned("727-Odder-review.xlsx", |_| {})]);
    study.done(&["analyse"]);
    let old = fs::read(study.path("results/manifest.json")).unwrap();
    study.record_all();
    study.done(&["analyse"]);
    let path = study.path("results/manifest.json");
    fs::rename(&path, study.path("results/manifest.coming.json")).unwrap();
    fs::write(&path, old).unwrap();
    study.done(&["record", "--second", &study.returned("727-Odder-second.xlsx", |form| form.fill("XYZ"))]);
    study.done(&["analyse"]);
    assert!(!study.path("results/manifest.coming.json").exists());
    study.done(&["verify"]);
}

#[test]
fn a_file_that_was_there_before_is_not_replaced() {
    let study = SmallStudy::reviewed();
    fs::create_dir(study.path("results")).unwrap();
    study.write("results/tables.md", "notes of my own");
    study.refused(&["analyse"], 1);
    assert_eq!(fs::read_to_string(study.path("results/tables.md")).unwrap(), "notes of my own");
}
