//! What the study's database reports.

use insta::assert_snapshot;
use rusqlite::Connection;

use super::told;
use crate::small_study::SmallStudy;

#[test]
fn a_study_without_a_draw() {
    let study = SmallStudy::new();
    assert_snapshot!(told(&study, &["status"]), @"
    error: no sample is drawn in this study yet
      --> study.sqlite

    help: run `hkm draw`
    ");
}

#[test]
fn files_that_are_not_ours() {
    let study = SmallStudy::drawn();
    let text =
        "a text that is no database at all, and long enough to be looked at as if it were one. ".repeat(20);
    std::fs::write(study.path("study.sqlite"), &text).unwrap();
    assert_snapshot!(told(&study, &["status"]), @"
    error: `study.sqlite` is not a study's database, or is damaged
      --> study.sqlite

    help: bring the file back from a backup, together with the other files of the study folder
    ");
    let study = SmallStudy::drawn();
    std::fs::write(study.path("key.sqlite"), &text).unwrap();
    assert_snapshot!(told(&study, &["forms"]), @"
    error: `key.sqlite` is not a study's database, or is damaged
      --> key.sqlite

    help: bring the file back from a backup, together with the other files of the study folder
    ");
    std::fs::write(study.path("key.sqlite"), "").unwrap();
    assert!(study.run(&["verify"]).out.contains("error: `key.sqlite` is not a study's database"));
    assert_snapshot!(told(&study, &["forms"]), @"
    error: `key.sqlite` is not a study's database, or is damaged
      --> key.sqlite

    help: bring the file back from a backup, together with the other files of the study folder
    ");
    std::fs::remove_file(study.path("key.sqlite")).unwrap();
    assert_snapshot!(told(&study, &["forms"]), @"
    error: there is no `key.sqlite` in the study folder
      --> key.sqlite
      = why: it alone knows which course a study id stands for

    help: bring the file back from where it is kept
    ");
}

#[test]
fn databases_of_other_programs_and_other_versions() {
    let study = SmallStudy::new();
    let other = Connection::open(study.path("study.sqlite")).unwrap();
    other.execute_batch("PRAGMA application_id = 7; CREATE TABLE a (b);").unwrap();
    assert_snapshot!(told(&study, &["status"]), @"
    error: `study.sqlite` is not a study's database, or is damaged
      --> study.sqlite

    help: bring the file back from a backup, together with the other files of the study folder
    ");
    let study = SmallStudy::drawn();
    Connection::open(study.path("study.sqlite")).unwrap().execute_batch("PRAGMA user_version = 9").unwrap();
    assert_snapshot!(told(&study, &["status"]), @"
    error: the study's database has version 9, and this hkm knows version 3
      --> study.sqlite

    help: use the hkm that made it, or a newer one
    ");
}

#[test]
fn a_damaged_database() {
    let study = SmallStudy::with_forms();
    let mut bytes = std::fs::read(study.path("study.sqlite")).unwrap();
    bytes[4096..20000].fill(7);
    std::fs::write(study.path("study.sqlite"), bytes).unwrap();
    assert_snapshot!(told(&study, &["status"]), @"
    error: `study.sqlite` is not a study's database, or is damaged
      --> study.sqlite

    help: bring the file back from a backup, together with the other files of the study folder
    ");
}

#[test]
fn a_form_that_stands_in_the_way() {
    let study = SmallStudy::drawn();
    std::fs::create_dir(study.path("forms")).unwrap();
    study.write("forms/727-Odder-review.xlsx", "x");
    assert_snapshot!(told(&study, &["forms"]), @"
    error: `FOLDER/forms/727-Odder-review.xlsx` was not written: it exists already
      --> FOLDER/forms/727-Odder-review.xlsx
      = why: this file is never replaced

    help: move it away, or choose another name
    ");
}

/// The look-up lists made with another study's key would name other patients.
#[test]
fn the_key_of_another_study_and_a_key_alone() {
    let study = SmallStudy::with_forms();
    let other = SmallStudy::new();
    other.edit("seed = \"", "seed = \"another ");
    other.done(&["draw"]);
    let larger = study.copy();
    larger.done(&["draw", "--enlarge", "70"]);
    let own = std::fs::read(study.path("key.sqlite")).unwrap();
    for strange in [&other, &larger] {
        std::fs::copy(strange.path("key.sqlite"), study.path("key.sqlite")).unwrap();
        for command in [
            &["forms", "--again"][..],
            &["draw", "--enlarge", "70"],
            &["record", "forms/727-Odder-review.xlsx"],
        ] {
            assert!(study.refused(command, 2).contains("does not belong to this sample"), "{command:?}");
        }
        assert_eq!(study.run(&["verify"]).code, Some(1));
    }
    std::fs::copy(other.path("key.sqlite"), study.path("key.sqlite")).unwrap();
    assert!(study.run(&["verify"]).out.contains("key.sqlite belongs to another sample"));
    assert_snapshot!(told(&study, &["forms"]), @"
    error: `key.sqlite` does not belong to this sample
      --> key.sqlite
      = why: its numbers would be those of other patients

    help: bring the key of this study back: study.sqlite and key.sqlite are kept and copied together
    ");
    std::fs::write(study.path("key.sqlite"), own).unwrap();
    study.done(&["verify"]);
    std::fs::remove_file(study.path("study.sqlite")).unwrap();
    assert_snapshot!(told(&study, &["draw"]), @"
    error: `key.sqlite` belongs to a draw, and `study.sqlite` is not here
      --> study.sqlite
      = why: all that was drawn and reviewed is in it

    help: bring study.sqlite back from a backup; only to begin anew, move key.sqlite away
    ");
    assert_eq!(told(&study, &["draw"]), told(&study, &["status"]));
    assert!(!study.path("study.sqlite").exists());
}
