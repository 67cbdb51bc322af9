//! Other programs, other ways to save: the same answers.

use std::process::Command;

use serde_json::{Value, json};

use super::{ROWS, complete, edited, form, python, recorded, study};
use crate::robustness::tools::has;
use crate::small_study::SmallStudy;

const ALL: u64 = ROWS as u64;

fn nothing_new(study: &SmallStudy, file: &str) {
    assert_eq!(recorded(study, file), (0, ALL, 0, Vec::new()), "{file}");
}

#[test]
fn what_openpyxl_saves_is_read_whatever_its_name_order_and_looks() {
    let Some(python) = python() else { return };
    let study = study();
    let edit = |name: &str, job: Value| edited(&study, &python, &form(&study), name, job);
    let file = edit("odder.xlsx", json!({ "cells": complete() }));
    assert_eq!(recorded(&study, &file), (ALL, 0, 0, Vec::new()));
    nothing_new(&study, &edit("Kopi af skema (2) æøå.xlsx", json!({ "cells": complete() })));
    nothing_new(&study, &edit("sorted.xlsx", json!({ "cells": complete(), "sort": "studie_id" })));
    let looks =
        json!({ "cells": complete(), "hide": ["kommentar", "diet"], "filter": true, "rename_sheet": "Ark1" });
    nothing_new(&study, &edit("looks.xlsx", looks));
    nothing_new(&study, &edit("line-above.xlsx", json!({ "cells": complete(), "insert_above": true })));
}

#[test]
fn numbers_and_dates_are_read_however_they_are_stored_and_it_is_told() {
    let Some(python) = python() else { return };
    let study = study();
    let today = jiff::Zoned::now().date();
    let edit = |name: &str, cells: Vec<Value>, from_1904: bool| {
        let all: Vec<Value> = complete().into_iter().chain(cells).collect();
        edited(&study, &python, &form(&study), name, json!({ "cells": all, "since_1904": from_1904 }))
    };
    let file = edit("plain.xlsx", Vec::new(), false);
    assert_eq!(recorded(&study, &file), (ALL, 0, 0, Vec::new()));
    let as_text = vec![
        json!([1, "planned", "15", "text"]),
        json!([1, "attended", "12,5", "text"]),
        json!([2, "end_date", "17-05-2024", "text"]),
        json!([3, "end_date", "2024-05-17", "serial"]),
        json!([3, "dato", today.to_string(), "serial"]),
    ];
    let (new, unchanged, changed, mut codes) = recorded(&study, &edit("stored.xlsx", as_text, false));
    codes.sort();
    codes.dedup();
    assert_eq!((new, unchanged, changed), (0, ALL, 0), "they say the same");
    assert_eq!(codes, ["date_as_number", "date_as_text", "number_as_text"]);
    let (new, unchanged, changed, codes) = recorded(&study, &edit("1904.xlsx", Vec::new(), true));
    assert_eq!((new, unchanged, changed, codes), (0, ALL, 0, vec!["dates_from_1904".to_owned()]));
}

/// A workbook that LibreOffice opened and saved, in a folder of its own.
fn saved_by_libreoffice(study: &SmallStudy, from: &str) -> tempfile::TempDir {
    let (profile, saved) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.path().display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(saved.path())
        .arg(study.path(from))
        .output()
        .unwrap();
    let files = std::fs::read_dir(saved.path()).unwrap().count();
    assert_eq!(files, 1, "{}", String::from_utf8_lossy(&output.stderr));
    saved
}

#[test]
fn a_formula_that_libreoffice_worked_out_is_its_value() {
    let Some(python) = python() else { return };
    if !has("soffice", &["--version"]) {
        return;
    }
    let study = study();
    let formulas = [
        json!([1, "planned", "=7+8", "formula"]),
        json!([2, "diet", "=E2", "formula"]),
        // It comes out empty: an empty cell, and no formula without its value.
        json!([3, "kommentar", "=\"\"", "formula"]),
    ];
    let cells: Vec<Value> = complete().into_iter().chain(formulas).collect();
    let from = edited(&study, &python, &form(&study), "formulas.xlsx", json!({ "cells": cells }));
    let told = study.run(&["record", &from, "--format", "json"]);
    assert_eq!((told.code, told.codes()), (Some(1), vec!["formula_not_computed".to_owned(); 3]));
    let saved = saved_by_libreoffice(&study, &from);
    let file = saved.path().join("formulas.xlsx").display().to_string();
    assert_eq!(recorded(&study, &file), (ALL, 0, 0, Vec::new()), "as the remedy says");
}

#[test]
fn what_libreoffice_saves_is_read() {
    let Some(python) = python() else { return };
    if !has("soffice", &["--version"]) {
        return;
    }
    let study = study();
    let from = edited(&study, &python, &form(&study), "odder.xlsx", json!({ "cells": complete() }));
    assert_eq!(recorded(&study, &from).0, ALL);
    let saved = saved_by_libreoffice(&study, &from);
    let file = saved.path().join("odder.xlsx");
    nothing_new(&study, &file.display().to_string());
    // It still belongs to its study.
    let other = super::study();
    other.edit("title = \"Validity of an invented register\"", "title = \"Another title\"");
    assert_eq!(
        recorded(&other, &file.display().to_string()).0,
        ALL,
        "the title is not frozen, the draw is the same"
    );
}
