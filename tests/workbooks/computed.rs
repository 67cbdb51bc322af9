//! The conditions of the entry sheet as LibreOffice computes them: which cells turn red, and what a cell takes.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::{complete, edited, form, python, study};
use crate::robustness::tools::has;

// The fills of `io::form_book`: begun, complete, no answer needed, at odds with another answer.
const OPEN: &str = "FFE699";
const COMPLETE: &str = "E2EFDA";
const NOT_ASKED: &str = "D9D9D9";
const WRONG: &str = "F4A6A0";

fn script(python: &str, job: &Value) -> String {
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks/conditions.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(job.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What every condition of a filled form comes to.
fn computed(python: &str, filled: &std::path::Path) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join("conditions.xlsx");
    script(python, &json!({ "in": filled, "out": written }));
    let saved = folder.path().join("saved");
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .args([&saved, &written])
        .output()
        .unwrap();
    let saved = saved.join("conditions.xlsx");
    assert!(saved.is_file(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&script(python, &json!({ "computed": saved, "out": written }))).unwrap()
}

#[test]
fn an_answer_that_does_not_fit_another_is_red_and_is_not_taken() {
    let Some(python) = python() else { return };
    if !has("soffice", &["--version"]) {
        return;
    }
    let study = study();
    let mut cells = complete();
    cells.extend([
        // As many as planned, one too many, more than a number that nobody wrote down, and one too many before the plan is known.
        json!([1, "attended", "15", "number"]),
        json!([2, "attended", "15.5", "number"]),
        json!([3, "planned", "ID", "text"]),
        json!([3, "attended", "16", "number"]),
        json!([4, "planned", "", "empty"]),
        json!([4, "attended", "16", "number"]),
    ]);
    let file = edited(&study, &python, &form(&study), "odder.xlsx", json!({ "cells": cells }));
    let told = computed(&python, &study.path(&file));
    let colour = |row: u8, header: &str| told[format!("{row} {header}")]["colour"].clone();
    let attended = "Træninger mødt til [attended]";
    let planned = "Planlagte træninger [planned]";
    let colours: Vec<Value> = (1..=4).map(|row| colour(row, attended)).collect();
    assert_eq!(colours, [json!(COMPLETE), json!(WRONG), json!(COMPLETE), Value::Null]);
    let takes = (1..=4).map(|row| told[format!("{row} {attended}")]["takes"].as_bool().unwrap());
    assert_eq!(takes.collect::<Vec<_>>(), [true, false, true, true]);
    // The row with the wrong answer is begun and not complete, though no cell is empty.
    let ids: Vec<Value> = (1..=4).map(|row| colour(row, "studie_id")).collect();
    assert_eq!(ids, [COMPLETE, OPEN, COMPLETE, OPEN]);
    assert_eq!((colour(4, planned), colour(2, planned)), (json!(OPEN), Value::Null));
    assert!(told.as_object().unwrap().values().all(|cell| cell["colour"] != NOT_ASKED), "all of them smoked");
}

#[test]
fn an_answer_that_record_refuses_is_red_and_its_row_is_not_green() {
    let Some(python) = python() else { return };
    if !has("soffice", &["--version"]) {
        return;
    }
    let study = study();
    let mut cells = complete();
    cells.extend([
        // An answer left behind by a changed one, a pasted word, answers of a chart that nobody found.
        json!([1, "smoking_start", "Aldrig røget", "text"]),
        json!([2, "diet", "Måske", "text"]),
        json!([2, "planned", "en del", "text"]),
        json!([2, "attended", "ikke dokumenteret", "text"]),
        // Pasted as texts: a number that is too large, days that are past and to come.
        json!([1, "planned", "1000", "text"]),
        json!([3, "end_date", "2999-01-01", "text"]),
        json!([4, "end_date", "2024-01-01", "text"]),
        json!([3, "journal", "Ikke fundet", "text"]),
        // What says that nothing is asked, and a word in small letters, are fine.
        json!([4, "smoking_start", "Aldrig røget", "text"]),
        json!([4, "smoking_end", "Ikke relevant", "text"]),
        json!([4, "diet", " ja", "text"]),
    ]);
    let file = edited(&study, &python, &form(&study), "odder.xlsx", json!({ "cells": cells }));
    let told = computed(&python, &study.path(&file));
    let is_red = |row: u8| -> Vec<String> {
        let red = told.as_object().unwrap().iter().filter(|(_, cell)| cell["colour"] == WRONG);
        let ids = red.filter_map(|(name, _)| name.strip_prefix(&format!("{row} ")));
        ids.map(|name| name.rsplit(['[', ']']).nth(1).unwrap_or(name).to_owned()).collect()
    };
    let all =
        ["diet", "attended", "planned", "smoking", "smoking_end", "smoking_start", "end_date", "remark"];
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(
        (sorted(is_red(1)), sorted(is_red(2))),
        (vec!["planned".to_owned(), "smoking_end".to_owned()], vec!["diet".to_owned(), "planned".to_owned()])
    );
    assert_eq!(sorted(is_red(3)), sorted(all.map(str::to_owned).to_vec()));
    assert!(is_red(4).is_empty(), "{told}");
    let ids = (1..=4).map(|row| told[format!("{row} studie_id")]["colour"].clone());
    assert_eq!(ids.collect::<Vec<_>>(), [OPEN, OPEN, OPEN, COMPLETE]);
    let refused = study.run(&["record", &file, "--format", "json"]).codes();
    assert_eq!(
        refused,
        ["out_of_range", "answer_not_asked", "not_an_answer", "not_a_number", "answer_without_chart"]
    );
}
