//! Workbooks broken on purpose: each is refused with its sheet and its cell, and nothing is stored.

use serde_json::{Value, json};

use super::{ROWS, complete, edited, form, python, study};
use crate::small_study::{SmallStudy, csv};

/// What is told of a workbook: each finding's code with its cells, errors only.
fn refused(study: &SmallStudy, file: &str) -> Vec<(String, Vec<String>)> {
    let before = study.stored();
    let ran = study.run(&["record", file, "--format", "json"]);
    let told = ran.json();
    assert_eq!((ran.code, study.stored() == before), (Some(1), true), "{told}");
    let findings = told["findings"].as_array().unwrap().iter();
    let errors = findings.filter(|finding| finding["severity"] == "error");
    errors
        .map(|one| {
            let cells = one["cells"].as_array().unwrap().iter().map(|cell| cell.as_str().unwrap().to_owned());
            (one["code"].as_str().unwrap().to_owned(), cells.collect())
        })
        .collect()
}

/// The complete workbook of Odder with one thing changed.
struct Breaking {
    study: SmallStudy,
    python: String,
}

impl Breaking {
    fn with(&self, job: Value) -> String {
        let mut job = job;
        let mut cells = complete();
        cells.extend(job["cells"].as_array().into_iter().flatten().cloned());
        job["cells"] = cells.into();
        edited(&self.study, &self.python, &form(&self.study), "broken.xlsx", job)
    }

    fn cell(&self, name: &str, text: &str, how: &str) -> Vec<(String, Vec<String>)> {
        refused(&self.study, &self.with(json!({ "cells": [[2, name, text, how]] })))
    }
}

fn breaking() -> Option<Breaking> {
    Some(Breaking { python: python()?, study: study() })
}

fn one(code: &str, cells: &[&str]) -> Vec<(String, Vec<String>)> {
    vec![(code.to_owned(), cells.iter().map(|cell| (*cell).to_owned()).collect())]
}

#[test]
fn single_cells_are_named_as_excel_names_them() {
    let Some(breaking) = breaking() else { return };
    // The columns: A study id, B chart, C initials, D date, E diet, F planned, G attended, H and I smoking, J its answer, K end, L remark.
    let cases = [
        ("studie_id", "HKM-9999A", "text", "not_a_study_id", "A3"),
        ("studie_id", "417", "number", "not_a_study_id", "A3"),
        ("journal", "Måske", "text", "not_an_answer", "B3"),
        ("diet", "1", "number", "not_an_answer", "E3"),
        ("diet", "true", "bool", "not_an_answer", "E3"),
        ("planned", "femten", "text", "not_a_number", "F3"),
        ("planned", "15.5", "number", "not_whole", "F3"),
        ("planned", "2024-05-17", "date", "date_for_number", "F3"),
        ("attended", "1.299", "text", "ambiguous_number", "G3"),
        ("attended", "16", "number", "implausible", "G3"),
        ("end_date", "05/17/2024", "text", "date_month_first", "K3"),
        ("end_date", "2190-01-01", "date", "date_in_future", "K3"),
        ("end_date", "1999-01-01", "date", "implausible", "K3"),
        ("dato", "1999-01-01", "date", "date_before_attendance", "D3"),
        ("remark", "020330-0000", "text", "cpr_in_text", "L3"),
        ("kommentar", &"x".repeat(1001), "text", "text_too_long", "M3"),
        // openpyxl saves a formula without its value: the cell looks empty, and is not.
        ("studie_id", "=A2", "formula", "formula_not_computed", "A3"),
        ("journal", "=B2", "formula", "formula_not_computed", "B3"),
        ("initialer", "=C2", "formula", "formula_not_computed", "C3"),
        ("dato", "=TODAY()", "formula", "formula_not_computed", "D3"),
        ("planned", "=7+8", "formula", "formula_not_computed", "F3"),
        ("end_date", "=K2", "formula", "formula_not_computed", "K3"),
        ("remark", "=L2", "formula", "formula_not_computed", "L3"),
        ("kommentar", "=L2", "formula", "formula_not_computed", "M3"),
    ];
    for (name, text, how, code, cell) in cases {
        assert_eq!(breaking.cell(name, text, how), one(code, &[cell]), "{name} {text}");
    }
}

#[test]
fn a_date_that_a_spreadsheet_made_of_a_number_is_no_number() {
    let Some(breaking) = breaking() else { return };
    let told = breaking.study.run(&[
        "record",
        "--language",
        "da",
        &breaking.with(json!({ "cells": [[2, "attended", "2024-05-03", "date"]] })),
    ]);
    assert!(told.err.contains("datoen 03-05-2024, men der skal stå et tal"), "{}", told.err);
    let small = breaking.with(json!({ "cells": [[2, "planned", "1900-01-20", "date"]] }));
    let small = breaking.study.run(&["record", "--language", "da", &small]).err;
    assert!(small.contains("cellen har datoformat") && !small.contains("5-3"), "{small}");
    let half = breaking.with(json!({ "cells": [[2, "planned", "12.5", "number"]] }));
    let half = breaking.study.run(&["record", "--language", "da", &half]).err;
    assert!(half.contains("`12,5` er ikke et helt tal"), "as a Danish spreadsheet shows it: {half}");
    assert!(told.err.contains("ark `") && told.err.contains("celle G3"), "{}", told.err);
    assert!(told.err.contains("et regneark laver 5-3 og 5.3 om til en dato"), "{}", told.err);
}

#[test]
fn rows_begun_repeated_or_of_another_municipality() {
    let Some(breaking) = breaking() else { return };
    let begun = breaking.cell("planned", "", "empty");
    assert_eq!(begun[0].0, "incomplete_review");
    let repeated = refused(&breaking.study, &breaking.with(json!({ "append": [1] })));
    assert_eq!(repeated[0].0, "repeated_study_id");
    let strange = breaking.study.form(&breaking.study.forms("751-Aarhus-review").remove(0)).id(0);
    assert_eq!(breaking.cell("studie_id", &strange, "text"), one("other_stratum", &["A3"]));
    let file = breaking.with(json!({ "cells": [[2, "studie_id", strange, "text"]] }));
    let told = breaking.study.run(&["record", "--language", "da", &file]).err;
    assert!(told.contains("er et forløb fra 751 Aarhus, men skemaet er fra 727 Odder"), "{told}");
}

#[test]
fn what_stands_in_no_column_is_told_with_its_row() {
    let Some(breaking) = breaking() else { return };
    let file = breaking.with(json!({ "cells": [[2, 20, "Ring til mig", "text"]] }));
    let told = breaking.study.json(&["record", &file])["findings"].clone();
    assert_eq!((&told[0]["code"], &told[0]["rows"]), (&json!("outside_the_table"), &json!([3])), "{told}");
    assert!(!told.to_string().contains("Ring"), "{told}");
}

#[test]
fn changed_and_missing_columns() {
    let Some(breaking) = breaking() else { return };
    let renamed = refused(&breaking.study, &breaking.with(json!({ "rename": { "diet": "Kost" } })));
    assert_eq!(renamed[0].0, "missing_column");
    let file = breaking.with(json!({ "rename": { "diet": "Kost" } }));
    let told = breaking.study.run(&["record", "--language", "da", &file]).err;
    assert!(told.contains("skemaet kender ikke `Kost`"), "the unknown column is named: {told}");
    let dropped = refused(&breaking.study, &breaking.with(json!({ "drop": ["planned"] })));
    assert_eq!(dropped[0].0, "missing_column");
    let twice =
        refused(&breaking.study, &breaking.with(json!({ "rename": { "remark": "Diætbehandling [diet]" } })));
    assert!(twice.iter().any(|(code, _)| code == "repeated_column"), "{twice:?}");
}

#[test]
fn a_form_of_another_study_or_with_an_older_codebook() {
    let Some(breaking) = breaking() else { return };
    let file = breaking.with(json!({}));
    let other = SmallStudy::with(
        &crate::workflow::items::protocol().replace("total = 60", "total = 61"),
        &csv(&crate::small_study::courses(200)),
    );
    other.done(&["draw"]);
    let path = breaking.study.path(&file).display().to_string();
    assert_eq!(refused(&other, &path)[0].0, "other_study");
    breaking.study.edit("definition = \"All that were offered.\"", "definition = \"All that were booked.\"");
    assert_eq!(refused(&breaking.study, &file)[0].0, "older_codebook");
    let told = breaking.study.json(&["record", "--accept-older-codebook", &file]);
    assert_eq!(
        (told["new"].as_u64(), &told["findings"][0]["code"]),
        (Some(ROWS as u64), &json!("older_codebook"))
    );
}

#[test]
fn a_column_that_came_after_the_form_is_not_to_be_put_back() {
    let Some(breaking) = breaking() else { return };
    let file = breaking.with(json!({}));
    breaking.study.edit(
        "[item.remark]",
        "[item.extra]\nname = { da = \"Ekstra\", en = \"Extra\" }\ndefinition = \"New.\"\nkind = \"text\"\n\n[item.remark]",
    );
    let ran = breaking.study.run(&["record", "--accept-older-codebook", "--language", "da", &file]);
    assert!(ran.err.contains("kolonnen kan være kommet til siden"), "{}", ran.err);
    assert!(
        ran.err.contains("`hkm forms --again`") && !ran.err.contains("sæt kolonnen tilbage"),
        "{}",
        ran.err
    );
    // That is a way: the form in its place has the column.
    let form = breaking.study.forms("727-Odder-review").remove(0);
    std::fs::remove_file(breaking.study.path(&format!("forms/{form}"))).unwrap();
    breaking.study.done(&["forms", "--again"]);
    assert!(breaking.study.form(&form).header.contains(&"Ekstra [extra]".to_owned()));
}

#[test]
fn everything_is_told_at_once() {
    let Some(breaking) = breaking() else { return };
    let cells = json!([
        [1, "diet", "Måske", "text"],
        [2, "planned", "femten", "text"],
        [3, "attended", "99", "number"],
        [3, "diet", "Måske", "text"],
        [4, "end_date", "2190-01-01", "date"],
        [4, "planned", "", "empty"],
    ]);
    let told = refused(&breaking.study, &breaking.with(json!({ "cells": cells })));
    let codes: Vec<&str> = told.iter().map(|(code, _)| code.as_str()).collect();
    let all = ["not_an_answer", "not_a_number", "implausible", "date_in_future", "incomplete_review"];
    assert_eq!(codes, all, "those of one row as well; the same answer in two rows is one finding");
    assert_eq!(told[0].1, ["E2", "E4"]);
}

#[test]
fn names_that_may_be_cpr_numbers_are_not_repeated() {
    let Some(breaking) = breaking() else { return };
    let job = json!({ "cells": [[2, "diet", "Måske", "text"]], "rename_sheet": "020330-0000", "rename": { "kommentar": "ekstra 020330-0000" } });
    let told = breaking.study.run(&["record", &breaking.with(job)]);
    assert_eq!(told.code, Some(1));
    assert!(!told.err.contains("0000") && told.err.contains("sheet `…`"), "{}", told.err);
}

#[test]
fn a_second_form_whose_header_says_first_is_refused() {
    let Some(python) = python() else { return };
    let study = SmallStudy::with_forms();
    let second = study.path(&format!("forms/{}", study.forms("751-Aarhus-second").remove(0)));
    let job = json!({ "rename": { "initialer_2": "initialer" } });
    let file = edited(&study, &python, &second.display().to_string(), "second.xlsx", job);
    assert_eq!(refused(&study, &file)[0].0, "changed_reading");
}

#[test]
fn a_workbook_without_its_hidden_sheet_is_read_with_a_warning() {
    let Some(breaking) = breaking() else { return };
    let file = breaking.with(json!({ "remove_sheet": "_hkm" }));
    let told = breaking.study.json(&["record", &file]);
    let codes: Vec<&str> =
        told["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!((told["new"].as_u64(), codes), (Some(ROWS as u64), vec!["no_stamp"]));
    assert_eq!(told["findings"][0]["severity"], "warning");
    let whole = breaking.with(json!({}));
    assert_eq!(breaking.study.json(&["record", &whole])["findings"], json!([]));
}
