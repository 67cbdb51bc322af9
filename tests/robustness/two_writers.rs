//! Two commands on one study at once.

use std::process::Stdio;
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};

use super::stored_rows::stored_rows;
use crate::small_study::{SmallStudy, program};

#[test]
fn a_command_waits_for_another_one_and_then_says_so() {
    let study = SmallStudy::with_forms();
    let file = study.returned("727-Odder-review.xlsx", |_| {});
    let before = stored_rows(&study);
    let mut other = Connection::open(study.path("study.sqlite")).unwrap();
    let transaction = other.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    let begun = Instant::now();
    let told = study.refused(&["record", &file], 2);
    assert!(told.contains("another command is writing to this study"), "{told}");
    assert!(begun.elapsed() >= Duration::from_secs(4), "it waits before it gives up");
    study.done(&["status"]);
    drop(transaction);
    assert!(stored_rows(&study) == before);
    study.done(&["record", &file]);
}

#[test]
fn two_that_store_different_forms_at_once_both_succeed() {
    let study = SmallStudy::with_forms();
    let files: Vec<String> = study.forms("review").iter().map(|name| study.returned(name, |_| {})).collect();
    let begin = |file: &String| {
        let mut command = program(study.folder());
        command.args(["record", file]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children: Vec<_> = files.iter().map(begin).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let status = study.json(&["status"]);
    assert_eq!(status["pending"], serde_json::json!([]));
    study.done(&["verify"]);
}

#[test]
fn of_many_draws_at_once_one_counts() {
    let study = SmallStudy::new();
    let begin = |_| {
        let mut command = program(study.folder());
        command.arg("draw").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children: Vec<_> = (0..4).map(begin).collect();
    let codes: Vec<Option<i32>> =
        children.into_iter().map(|child| child.wait_with_output().unwrap().status.code()).collect();
    assert_eq!(codes.iter().filter(|code| **code == Some(0)).count(), 1, "{codes:?}");
    assert!(codes.iter().all(|code| [Some(0), Some(2)].contains(code)), "{codes:?}");
    study.done(&["verify"]);
}

#[test]
fn forms_that_are_written_twice_at_once_go_out_once() {
    let study = SmallStudy::drawn();
    let begin = |_| {
        let mut command = program(study.folder());
        command.arg("forms").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children: Vec<_> = (0..3).map(begin).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(study.files("forms").len(), 12, "twelve forms");
    study.done(&["verify"]);
}
