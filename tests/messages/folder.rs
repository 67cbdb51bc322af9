//! Folders, files and options.

use insta::assert_snapshot;

use super::{told, without_place_and_day};
use crate::small_study::{Ran, SmallStudy, program};

#[test]
fn no_study_here() {
    let study = SmallStudy::new();
    std::fs::remove_file(study.path("study.toml")).unwrap();
    assert_snapshot!(told(&study, &["check"]), @"
    error: there is no study.toml in `FOLDER` or above it

    help: go to a study folder, name it with --study DIR, or make one with `hkm new DIR`
    ");
    assert_snapshot!(told(&study, &["check", "--study", "nowhere"]), @"
    error: there is no study.toml in `nowhere`

    help: name a study folder, or make one with `hkm new DIR`
    ");
}

#[test]
fn a_protocol_that_is_not_utf_8() {
    let study = SmallStudy::new();
    std::fs::write(study.path("study.toml"), b"[study]\ntitle = \"Sams\xf8\"\n").unwrap();
    assert_snapshot!(told(&study, &["check"]), @"
    error: the file `FOLDER/study.toml` is not UTF-8
      --> FOLDER/study.toml
      = why: æ, ø and å would be misread

    help: save it as UTF-8
    ");
}

#[test]
fn a_byte_order_mark_before_the_protocol_is_no_fault() {
    let study = SmallStudy::new();
    study.write("study.toml", &format!("\u{feff}{}", crate::small_study::PROTOCOL));
    study.done(&["check"]);
}

#[test]
fn a_study_that_is_there_already() {
    assert_snapshot!(told(&SmallStudy::new(), &["new", "."]), @"
    error: `./study.toml` exists already
      = why: a protocol is never overwritten

    help: name another folder, or edit the file that is there
    ");
}

#[test]
fn a_register_for_a_new_study() {
    let study = SmallStudy::new();
    assert_snapshot!(told(&study, &["new", "other", "--register", "none.csv"]), @"
    error: there is no file `none.csv`
      --> none.csv

    help: check the name and the folder
    ");
    study.write("file", "");
    assert_snapshot!(told(&study, &["new", "file/study"]), @"
    error: `file/study` was not written: there is no folder `file`
      --> file/study

    help: create the folder first
    ");
}

#[test]
fn a_new_study() {
    let study = SmallStudy::new();
    let ran: Ran = program(study.folder()).args(["new", "other"]).output().unwrap().into();
    assert_snapshot!(without_place_and_day(&study, &ran.out), @"
    other/study.toml written: every key is explained in it.

    Next: put the register's extract into the folder, edit study.toml, and run `hkm check --study other`.
    ");
}

#[test]
fn options_of_the_analysis() {
    let study = SmallStudy::drawn();
    assert_snapshot!(told(&study, &["analyse", "--level", "95"]), @"error: --level: the confidence level is `95`, expected a decimal between 0 and 1 with at most 15 places, such as 0.95, or a percentage with its sign, such as 95 %");
    assert_snapshot!(told(&study, &["analyse", "--method", "walde"]), @"error: --method: the interval method is `walde`, expected one of clopper_pearson, wilson, wilson_cc, agresti_coull, jeffreys, mid_p, logit, arcsine, wald");
    assert_snapshot!(told(&study, &["analyse", "--weighted-method", "wald"]), @"error: --weighted-method: the interval method is `wald`, expected one of korn_graubard, logit, wilson");
    assert_snapshot!(told(&study, &["analyse", "--by", "municipality"]), @"error: --by: there is no grouping `municipality`, expected one of stratum, cluster, sex, year");
}
