//! Review workbooks as people return them: filled and saved by openpyxl and by LibreOffice, sorted, renamed, and broken in every way
//! that has a name.
#![cfg(unix)]

mod broken;
mod computed;
mod excel;
mod saved;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::robustness::tools::has;
use crate::small_study::SmallStudy;

/// Python with openpyxl: the environment that the peers' tests have.
fn python() -> Option<String> {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/bin/python").display().to_string();
    let python = std::env::var("HKM_PEERS_PYTHON").unwrap_or_else(|_| own());
    has(&python, &["-c", "import openpyxl"]).then_some(python)
}

/// A study with raw items whose review workbooks are out.
fn study() -> SmallStudy {
    crate::workflow::items::drawn()
}

/// The workbook of Odder.
fn form(study: &SmallStudy) -> String {
    let name = study.forms("727-Odder-review").remove(0);
    study.path(&format!("forms/{name}")).display().to_string()
}

/// Opens, changes and saves a workbook under `returned/`; its name within the study.
fn edited(study: &SmallStudy, python: &str, from: &str, name: &str, mut job: Value) -> String {
    let returned = format!("returned/{name}");
    job["in"] = from.into();
    job["out"] = study.path(&returned).display().to_string().into();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks/edit.py");
    let mut child =
        Command::new(python).arg(script).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(job.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    returned
}

/// How many rows the workbook of Odder has.
const ROWS: usize = 4;

/// Every row complete, each kind of cell as Excel stores it.
fn complete() -> Vec<Value> {
    let today = jiff::Zoned::now().date().to_string();
    (1..=ROWS).flat_map(|row| row_cells(row, &today)).collect()
}

fn row_cells(row: usize, today: &str) -> Vec<Value> {
    let cells = [
        ("journal", "Fundet", "text"),
        ("initialer", "ABC", "text"),
        ("dato", today, "date"),
        ("diet", "Ja", "text"),
        ("planned", "15", "number"),
        ("attended", "12.5", "number"),
        ("smoking_start", "Ryger", "text"),
        ("smoking_end", "Holdt op", "text"),
        ("smoking", "Ja", "text"),
        ("end_date", "2024-05-17", "date"),
        ("remark", "Læst to gange; æøå", "text"),
    ];
    cells.into_iter().map(|(name, text, how)| json!([row, name, text, how])).collect()
}

/// The number of new, unchanged and changed reviews of a recorded file, and the codes of what was told.
fn recorded(study: &SmallStudy, file: &str) -> (u64, u64, usize, Vec<String>) {
    let ran = study.run(&["record", file, "--format", "json"]);
    let told = ran.json();
    assert_eq!(ran.code, Some(0), "{told}");
    let number = |key: &str| told[key].as_u64().unwrap();
    (number("new"), number("unchanged"), told["changed"].as_array().unwrap().len(), ran.codes())
}
