//! `export/` in the hands of others: its R script is run, its Stata files are read, and what its do-file says is done in Python.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::python;
use crate::robustness::tools::has;
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// The scripts print eight decimals.
const TOLERANCE: f64 = 1e-6;

/// One stratum with one reviewed course, one that is taken whole, and no small cell hidden.
fn difficult_protocol() -> String {
    protocol_of([1, 10, 6, 43])
}

/// So many courses of Horsens, Odder, Skanderborg and Aarhus, which have 50, 10, 30 and 110.
fn protocol_of(samples: [u64; 4]) -> String {
    let total = samples.iter().sum::<u64>();
    let mut protocol = PROTOCOL
        .replace("allocation = \"proportional\"", "allocation = \"fixed\"")
        .replace("total = 60", &format!("total = {total}"));
    for (name, sample) in ["Horsens", "Odder", "Skanderborg", "Aarhus"].into_iter().zip(samples) {
        let named = format!("name = \"{name}\"\n");
        protocol = protocol.replace(&named, &format!("{named}sample = {sample}\n"));
    }
    protocol.replace("minimum = 4", "minimum = 1").replace("min_cell = 3", "min_cell = 1")
}

/// Every chart says that smoking stopped, so that the PPV is 1; two charts of Aarhus were not the right ones.
fn reviewed(protocol: &str, is_horsens_read: bool) -> SmallStudy {
    let study = SmallStudy::with(protocol, &csv(&courses(200)));
    study.done(&["draw"]);
    study.done(&["forms"]);
    let returned = study.forms("review").into_iter().map(|name| {
        study.returned(&name, |form| {
            (0..form.rows()).for_each(|row| form.set(row, "smoking", "Ja"));
            if name.contains("Aarhus") {
                form.without_chart(1, "Ikke fundet");
                form.without_chart(2, "Forkert person");
            }
            if name.contains("Horsens") && !is_horsens_read {
                form.without_chart(0, "Ingen adgang");
            }
        })
    });
    let files: Vec<String> = returned.collect();
    let mut arguments = vec!["record"];
    arguments.extend(files.iter().map(String::as_str));
    study.done(&arguments);
    study
}

/// What a script printed: a title, a header, and a row for each estimate.
fn printed(program: &str, arguments: &[&str]) -> Vec<Vec<String>> {
    let output = Command::new(program).args(arguments).env("LC_ALL", "C.UTF-8").output().unwrap();
    let (text, told) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} {arguments:?}: {text}{told}");
    let rows = text.lines().skip(2).map(|line| line.split_whitespace().map(str::to_owned).collect());
    rows.collect()
}

/// Compares what was printed with the weighted figures of the results; how many numbers there were.
fn compare(what: &str, rows: &[Vec<String>], results: &Value) -> usize {
    let mut compared = 0;
    let mut expected = 0;
    for indicator in results["indicators"].as_array().unwrap().iter().filter(|one| one["assessable"] == true)
    {
        for weighted in indicator["groups"][0]["weighted"].as_array().unwrap() {
            expected += 1;
            let (id, measure) =
                (indicator["indicator"].as_str().unwrap(), weighted["measure"].as_str().unwrap());
            let row = rows.iter().find(|row| row[0] == id && row[1] == measure);
            let row = row.unwrap_or_else(|| panic!("{what}: no {measure} of {id}"));
            let keys = ["estimate", "se", "df", "n_effective", "lower", "upper"];
            for (key, cell) in keys.into_iter().zip(&row[2..]) {
                let (ours, theirs) = (weighted[key].as_f64(), cell.parse::<f64>().ok());
                let place = format!("{what}: {key} of {measure} of {id}");
                // Nothing in the denominator: there are no degrees of freedom, and 0 of them.
                if key == "df" && weighted["estimate"].is_null() {
                    assert!(theirs.is_none_or(|df| df == 0.0), "{place}: {theirs:?}");
                    continue;
                }
                match (ours, theirs) {
                    (Some(ours), Some(theirs)) => {
                        let allowed = TOLERANCE * ours.abs().max(1.0);
                        assert!((ours - theirs).abs() <= allowed, "{place}: {ours}, the script has {theirs}");
                        compared += 1;
                    }
                    (None, None) => {}
                    _ => panic!("{place}: {ours:?}, the script has {theirs:?}"),
                }
            }
        }
    }
    assert_eq!(expected, rows.len(), "{what}: other estimates");
    compared
}

/// Runs what is there of R and Python on the export of a study as its protocol is now.
fn repeats(what: &str, study: &SmallStudy, with: [bool; 2]) -> usize {
    let results = study.json(&["analyse"]);
    study.done(&["export"]);
    let folder = study.path("export");
    all_repeat(what, &folder, &results, with)
}

fn all_repeat(what: &str, folder: &Path, results: &Value, [r, stata]: [bool; 2]) -> usize {
    let mut compared = 0;
    if r {
        let script = folder.join("repeat.R").display().to_string();
        compared += compare(&format!("R, {what}"), &printed("Rscript", &[&script]), results);
    }
    if stata {
        let script =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/export.py").display().to_string();
        let rows = printed(&python(), &[&script, &folder.display().to_string()]);
        compared += compare(&format!("do-file, {what}"), &rows, results);
    }
    compared
}

fn tools() -> [bool; 2] {
    [has("Rscript", &["-e", "library(survey)"]), has(&python(), &["-c", "import pandas, scipy"])]
}

#[test]
fn a_difficult_study_is_repeated_whatever_its_settings_are() {
    let tools = tools();
    if !tools.contains(&true) {
        return;
    }
    let study = reviewed(&difficult_protocol(), true);
    let settings = [
        ("the default", ""),
        ("no correction", "finite_population_correction = false\n"),
        ("certainty, Wilson", "lonely_strata = \"certainty\"\nweighted_interval = \"wilson\"\n"),
        ("refuse", "lonely_strata = \"refuse\"\n"),
        ("logit at another level", "weighted_interval = \"logit\"\nfinite_population_correction = false\n"),
        ("item weights", "item_weights = true\n"),
    ];
    let protocol = std::fs::read_to_string(study.path("study.toml")).unwrap();
    for (what, lines) in settings {
        let level = if what.contains("level") { "0.9" } else { "0.95" };
        let analysis = format!("level = {level}\n{lines}");
        study.write("study.toml", &protocol.replace("level = 0.95\n", &analysis));
        let compared = repeats(what, &study, tools);
        assert!(compared > 50, "{what}: only {compared} numbers were compared");
    }
}

/// Degrees of freedom come from Aarhus alone; and where everybody is taken, a value is known or rests on the weights.
#[test]
fn strata_that_are_taken_whole_are_repeated() {
    let tools = tools();
    if !tools.contains(&true) {
        return;
    }
    for aarhus in [20, 110] {
        let study = SmallStudy::with(&protocol_of([50, 10, 30, aarhus]), &csv(&courses(200)));
        study.done(&["draw"]);
        study.done(&["forms"]);
        study.record_all();
        let compared = repeats(&format!("{aarhus} of Aarhus"), &study, tools);
        assert!(compared > 100, "only {compared} numbers were compared");
    }
}

#[test]
fn strata_without_a_chart_and_charts_of_others_are_repeated() {
    let tools = tools();
    if !tools.contains(&true) {
        return;
    }
    let protocol = difficult_protocol()
        .replace("\"non_response\"", "\"ineligible\"")
        .replace("[indicator.diet.register]", "sampled = \"register_yes\"\n[indicator.diet.register]");
    let study = reviewed(&protocol, false);
    let compared = repeats("ineligible", &study, tools);
    assert!(compared > 40, "only {compared} numbers were compared");
    let rows = std::fs::read_to_string(study.path("export/repeat.R")).unwrap();
    assert!(rows.contains("measures = c(\"ppv\"))"), "{rows}");
}

/// The do-file leaves post-strata to `svyset`, which nothing here can run.
#[test]
fn calibrated_weights_are_repeated_in_r() {
    if !has("Rscript", &["-e", "library(survey)"]) {
        return;
    }
    for by in ["frame", "strata"] {
        let protocol = PROTOCOL
            .replace("min_cell = 3", "min_cell = 1")
            .replace("by = []", &format!("by = []\npost_stratify = \"{by}\""));
        let study = SmallStudy::with(&protocol, &csv(&courses(200)));
        study.done(&["draw"]);
        study.done(&["forms"]);
        study.record_all();
        let compared = repeats(by, &study, [true, false]);
        assert!(compared > 100, "{by}: only {compared} numbers were compared");
    }
}

/// pandas finds in the Stata file what `raw_items` of the results has; its cells are those of the CSV file, as everywhere.
#[test]
fn the_differences_of_raw_items_are_repeated() {
    if !has(&python(), &["-c", "import pandas, scipy"]) {
        return;
    }
    let (study, _) = crate::workflow::export_items::studied();
    study.edit("\nmin_cell = 3", "\nmin_cell = 1");
    let (results, folder) = (study.json(&["analyse"]), study.path("export"));
    study.done(&["export"]);
    assert!(all_repeat("raw items", &folder, &results, [false, true]) > 0);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/export_items.py");
    let output = Command::new(python()).arg(script).arg(&folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!(rows.iter().map(|row| row[0]).collect::<Vec<_>>(), ["attended", "end_date"], "{text}");
    for row in rows {
        let expected = crate::workflow::raw_items::item(&results, row[0]);
        let numbers: Vec<f64> = row[1..].iter().map(|cell| cell.parse().unwrap()).collect();
        assert_eq!(expected["n"].as_f64(), Some(numbers[0]));
        for (place, number) in numbers[1..4].iter().enumerate() {
            let measure = &expected["measures"][place];
            let ours = measure["estimate"].as_f64().unwrap();
            assert!((ours - number).abs() <= 1e-12 * ours.abs().max(1.0), "{measure}: pandas has {number}");
        }
        match expected["within_days"].as_array() {
            Some(within) => (0..3).for_each(|place| {
                assert_eq!(within[place]["n"].as_f64(), Some(numbers[4 + place]), "{expected}");
            }),
            None => assert_eq!(expected["same"].as_f64(), Some(numbers[4])),
        }
        assert_eq!(numbers[7], 0.0, "{}: register months beside a difference", row[0]);
    }
}

#[test]
fn the_demo_is_repeated() {
    let tools = tools();
    if !tools.contains(&true) {
        return;
    }
    let study = SmallStudy::new();
    let folder = study.path("demo");
    let name = folder.display().to_string();
    study.done(&["demo", &name]);
    // The demo's results are rounded where a municipality has a small cell.
    let file = folder.join("study.toml");
    let protocol = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, protocol.replace("\nmin_cell = 3", "\nmin_cell = 1")).unwrap();
    let results = study.json(&["analyse", "--study", &name]);
    study.done(&["export", "--study", &name]);
    let compared = all_repeat("the demo", &folder.join("export"), &results, tools);
    assert!(compared > 200, "only {compared} numbers were compared");
}
