//! From a new folder to results that `verify` reproduces.

use std::fs;

use serde_json::Value;

use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

fn keys(json: &Value) -> Vec<&str> {
    json.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Reads all charts, the second ones too, and settles what the two readers do not agree about.
fn review_and_settle(study: &SmallStudy) {
    study.record_all();
    for name in study.forms("second") {
        let file = study.returned(&name, |form| {
            form.fill("XYZ");
            form.set(0, "diet", "Nej");
        });
        study.done(&["record", "--second", &file]);
    }
    study.done(&["adjudicate"]);
    let name = &study.forms("adjudication")[0];
    let mut form = study.form(name);
    for row in 0..form.rows.len() {
        form.set(row, "afgoerelse", "Ja");
        form.set(row, "afgjort_af", "PQR");
        form.set(row, "dato", "2024-02-01");
    }
    form.save(&study.path("returned/adjudication.csv"));
    study.done(&["adjudicate", "returned/adjudication.csv"]);
}

#[test]
fn a_study_ends_in_results_that_verify_reproduces() {
    let study = SmallStudy::with_forms();
    review_and_settle(&study);
    let analysed = study.json(&["analyse", "--final"]);
    assert_eq!(analysed["status"], "final");
    let verified = study.json(&["verify"]);
    assert_eq!(verified["different"], Value::Array(Vec::new()));
    assert_eq!(verified["unchecked"], Value::Array(Vec::new()));
    let written = study.files("results");
    let written: Vec<&String> = written.iter().filter(|name| !name.starts_with("figures/")).collect();
    assert_eq!(
        written,
        [
            "accuracy.csv",
            "checklists.md",
            "manifest.json",
            "report.html",
            "results.json",
            "tables.docx",
            "tables.md",
            "tables.tex",
            "tables.xlsx",
            "text.md"
        ]
    );
}

#[test]
fn a_new_folder_needs_a_seed_and_a_register_and_nothing_else() {
    let root = SmallStudy::new();
    let folder = root.path("study");
    root.done(&["new", "study", "--preset", "blank", "--register", "register.csv"]);
    fs::write(folder.join("study.toml"), PROTOCOL).unwrap();
    fs::write(folder.join("register.csv"), csv(&courses(200))).unwrap();
    for command in ["check", "cohort", "draw", "forms", "status", "analyse", "verify"] {
        root.done(&["--study", "study", command]);
    }
}

#[test]
fn every_command_has_its_keys() {
    let study = SmallStudy::new();
    let json = |arguments: &[&str]| study.json(arguments);
    assert_eq!(
        keys(&json(&["check"])),
        ["file", "layout", "flow", "first_attendance", "errors", "warnings", "notes", "findings"]
    );
    assert_eq!(keys(&json(&["cohort"])), ["flow", "first_attendance", "strata", "indicators"]);
    assert_eq!(keys(&json(&["draw"])), ["strata", "findings"]);
    assert_eq!(keys(&json(&["forms"])), ["written", "courses_out", "outdated"]);
    let form = &study.forms("review")[0];
    let returned = study.returned(form, |form| form.without_chart(0, "Ikke fundet"));
    let record = json(&["record", &returned]);
    assert_eq!(
        keys(&record),
        ["new", "unchanged", "superseded", "changed", "not_reviewed", "waiting", "findings"]
    );
    assert_eq!(
        keys(&json(&["status"])),
        [
            "strata",
            "reviewers",
            "last_import",
            "pending",
            "pending_second",
            "replaceable",
            "unsettled",
            "results"
        ]
    );
    assert_eq!(keys(&json(&["replace", "--all"])), ["replaced", "findings"]);
    assert_eq!(keys(&json(&["adjudicate"])), ["written", "settled", "changed", "unsettled"]);
    let analysed = json(&["analyse"]);
    let expected = [
        "title",
        "register",
        "status",
        "open",
        "looks",
        "post_hoc",
        "data_digest",
        "software",
        "settings",
        "baseline",
        "flow",
        "indicators",
        "agreement",
    ];
    assert_eq!(keys(&analysed), expected);
    assert_eq!(keys(&json(&["verify"])), ["equal", "different", "unchecked"]);
    let log = json(&["status", "--log"]);
    let actions: Vec<&str> =
        log["log"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["draw", "forms", "record", "replace", "analyse"]);
    assert!(log["log"].as_array().unwrap().iter().all(|entry| entry["who"] == "tester"));
}

#[test]
fn every_command_prints_in_every_format() {
    let study = SmallStudy::reviewed();
    for command in ["check", "cohort", "status", "analyse", "verify"] {
        for format in ["text", "json", "csv", "markdown", "latex"] {
            study.done(&[command, "--format", format]);
        }
    }
}

#[test]
fn wrong_arguments_cannot_run() {
    let study = SmallStudy::new();
    for arguments in [
        &["drwa"][..],
        &["draw", "--enlarge", "many"],
        &["record"],
        &["replace"],
        &["check", "--format", "xml"],
    ] {
        assert_eq!(study.run(arguments).code, Some(2), "{arguments:?}");
    }
    assert_eq!(study.run(&["--help"]).code, Some(0));
}

#[test]
fn what_has_no_table_is_printed_in_every_format_all_the_same() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    let file = study.returned("727-Odder-review.xlsx", |_| {});
    for format in ["csv", "markdown", "latex"] {
        for command in
            [&["verify"][..], &["record", &file], &["replace", "--all"], &["forms"], &["adjudicate"]]
        {
            let out = study.done(&[command, &["--format", format]].concat()).out;
            assert!(out.lines().count() > 1, "{command:?} as {format}: {out}");
        }
    }
}

#[test]
fn the_help_of_analyse_names_every_grouping_that_it_takes() {
    let study = SmallStudy::new();
    let help = study.done(&["analyse", "--help"]).out;
    let words: Vec<&str> = help.split(|c: char| !c.is_alphanumeric()).collect();
    for grouping in hjertekommidt::protocol::Grouping::ALL {
        assert!(words.contains(&grouping.name()), "{}: {help}", grouping.name());
    }
}
