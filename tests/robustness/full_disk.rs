//! A disk without room: a clear message, and nothing is lost.

use std::process::Command;

use super::stored_rows::{leftovers, stored_rows};
use super::tools::has;
use crate::small_study::{Ran, SmallStudy};

fn hkm() -> String {
    assert_cmd::cargo::cargo_bin!("hkm").to_string_lossy().into_owned()
}

/// Runs a command that may write files of so many blocks of 512 bytes (1024 in some shells) at most.
fn with_little_room(study: &SmallStudy, blocks: u64, arguments: &str) -> Ran {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{}' {arguments}", hkm());
    Command::new("sh").args(["-c", &script]).current_dir(study.folder()).output().unwrap().into()
}

/// Runs a command in which a call of the system says that the disk is full.
fn with_full_disk(study: &SmallStudy, call: &str, when: &str, arguments: &[&str]) -> Ran {
    let inject = format!("inject={call}:error=ENOSPC:when={when}");
    let trace = format!("trace={call}");
    let mut command = Command::new("strace");
    command.args(["-f", "-o", "/dev/null", "-e", &trace, "-e", &inject, &hkm()]).args(arguments);
    command.current_dir(study.folder()).output().unwrap().into()
}

fn check_refused(ran: &Ran, about: &str) {
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{about}: {}", ran.err);
    let clear =
        ["the disk is full", "no room left on the disk", "the disk may be full", "there is no room for it"];
    assert!(clear.iter().any(|words| ran.err.contains(words)), "{about}: {}", ran.err);
    assert!(ran.err.contains("help: "), "{about}: {}", ran.err);
}

/// What each command needs room for: a study that is ready for it.
fn ready() -> Vec<(SmallStudy, Vec<String>)> {
    let words = |arguments: &[&str]| arguments.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let recorded = SmallStudy::with_forms();
    let file = recorded.returned("751-Aarhus-review.xlsx", |form| form.without_chart(0, "Ikke fundet"));
    let replaced = recorded.copy();
    replaced.done(&["record", &file]);
    vec![
        (SmallStudy::new(), words(&["draw"])),
        (SmallStudy::drawn(), words(&["draw", "--enlarge", "100"])),
        (SmallStudy::drawn(), words(&["forms"])),
        (recorded, words(&["record", &file])),
        (replaced, words(&["replace", "--all"])),
    ]
}

#[test]
fn a_file_that_may_not_grow_leaves_everything_as_it_was() {
    for (study, arguments) in ready() {
        let before = (stored_rows(&study), study.files("forms"));
        let ran = with_little_room(&study, 1, &arguments.join(" "));
        check_refused(&ran, &arguments.join(" "));
        assert!((stored_rows(&study), study.files("forms")) == before, "{arguments:?}");
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        study.done(&arguments);
        study.done(&["verify"]);
        assert_eq!(leftovers(&study), Vec::<String>::new());
    }
}

#[test]
fn results_that_do_not_fit_leave_the_old_ones() {
    let study = SmallStudy::with_forms();
    study.done(&["analyse"]);
    let before: Vec<Vec<u8>> = read_results(&study);
    study.record_all();
    // The store's journal fits, results.json does not.
    let ran = with_little_room(&study, 24, "analyse");
    check_refused(&ran, "analyse");
    let after = read_results(&study);
    assert_eq!(before.last(), after.last(), "the manifest is written last");
    assert_eq!(leftovers(&study), Vec::<String>::new());
    study.done(&["analyse"]);
    study.done(&["verify"]);
}

fn read_results(study: &SmallStudy) -> Vec<Vec<u8>> {
    let names = [
        "accuracy.csv",
        "results.json",
        "tables.md",
        "tables.tex",
        "tables.docx",
        "tables.xlsx",
        "manifest.json",
    ];
    names.iter().map(|name| std::fs::read(study.path(&format!("results/{name}"))).unwrap()).collect()
}

#[test]
fn a_disk_that_is_full_at_any_write_leaves_everything_as_it_was() {
    if !has("strace", &["-f", "-o", "/dev/null", "true"]) {
        return;
    }
    for (study, arguments) in ready() {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        for (call, when) in [("pwrite64", "1+"), ("pwrite64", "3+"), ("pwrite64", "7+"), ("fsync", "2+")] {
            let study = study.copy();
            let before = (stored_rows(&study), study.files("forms"));
            let ran = with_full_disk(&study, call, when, &arguments);
            check_refused(&ran, &format!("{arguments:?} {call} {when}"));
            assert!((stored_rows(&study), study.files("forms")) == before, "{arguments:?} {call} {when}");
            study.done(&arguments);
            study.done(&["verify"]);
        }
    }
}

#[test]
fn a_new_study_that_does_not_fit_is_refused() {
    let study = SmallStudy::new();
    let ran = with_little_room(&study, 1, "new other");
    check_refused(&ran, "new");
    assert!(!study.path("other/study.toml").exists());
    study.done(&["new", "other"]);
}
