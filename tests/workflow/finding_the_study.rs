//! Which study a command is about, and a reader who goes away.

use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use crate::small_study::{Ran, SmallStudy, program};

#[test]
fn the_study_is_found_from_a_folder_within_it() {
    let study = SmallStudy::new();
    let within = study.path("returned/2024/january");
    fs::create_dir_all(&within).unwrap();
    let ran: Ran = program(&within).args(["cohort", "--format", "json"]).output().unwrap().into();
    assert_eq!((ran.code, &ran.json()["flow"]["frame"]), (Some(0), &200.into()));
}

#[test]
fn the_study_can_be_named() {
    let study = SmallStudy::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = study.folder().to_string_lossy().into_owned();
    for arguments in [["--study", &folder, "cohort"], ["cohort", "--study", &folder]] {
        let ran: Ran = program(elsewhere.path()).args(arguments).output().unwrap().into();
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
}

#[test]
fn a_folder_without_a_study_cannot_run() {
    let elsewhere = tempfile::tempdir().unwrap();
    for command in ["check", "cohort", "draw", "forms", "status", "analyse", "verify"] {
        let ran: Ran = program(elsewhere.path()).arg(command).output().unwrap().into();
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{command}");
    }
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn a_form_is_named_from_where_the_user_stands() {
    let study = SmallStudy::with_forms();
    let name = study.forms("review")[0].clone();
    let returned = study.returned(&name, |_| {});
    let name = returned.trim_start_matches("returned/");
    let ran: Ran = program(&study.path("returned")).args(["record", name]).output().unwrap().into();
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

/// As `hkm cohort | head -1`: the reader has enough and goes.
#[test]
fn a_closed_pipe_is_no_error() {
    let study = SmallStudy::new();
    for arguments in [&["cohort", "--format", "csv"][..], &["check", "--format", "json"], &["--help"]] {
        let mut command = program(study.folder());
        let mut child =
            command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}: {told}");
        assert!(!told.contains("panicked"), "{told}");
    }
}

#[test]
fn a_reader_of_messages_who_went_away_is_no_error() {
    let study = SmallStudy::new();
    let mut child =
        program(study.folder()).arg("check").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
