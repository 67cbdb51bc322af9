//! `rounded` of `results.json` and of `accuracy.csv`: which weighted figures have lost digits, and how many they have left.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// A study with tables of these parts, its results as JSON, and its folder.
fn analysed(total: u64, by: &str, analysis: &str) -> (Value, SmallStudy) {
    let protocol = PROTOCOL
        .replace("total = 60", &format!("total = {total}"))
        .replace("by = []", &format!("by = {by}\n{analysis}"));
    let study = SmallStudy::with(&protocol, &csv(&courses(400)));
    study.done(&["draw"]);
    study.done(&["forms"]);
    study.record_all();
    for name in study.forms("second") {
        study.done(&["record", "--second", &study.returned(&name, |form| form.fill("XYZ"))]);
    }
    (study.json(&["analyse"]), study)
}

/// Every object of a JSON text that tells how far it is rounded.
fn marked<'j>(value: &'j Value, into: &mut Vec<&'j Value>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| marked(one, into)),
        Value::Object(all) => {
            if all.contains_key("rounded") {
                into.push(value);
            }
            all.values().for_each(|one| marked(one, into));
        }
        _ => {}
    }
}

/// Whether no number of these has more than so many decimals.
fn has_decimals(one: &Value, decimals: u64) -> bool {
    let scale = 10_f64.powi(decimals as i32);
    let numbers = ["estimate", "se", "lower", "upper"].map(|key| one[key].as_f64());
    numbers.into_iter().flatten().all(|number| (number * scale - (number * scale).round()).abs() < 1e-6)
}

#[test]
fn a_figure_that_is_rounded_says_to_how_many_decimals() {
    let analysis = "weighted_agreement = true\nbootstrap = 199";
    let (json, _) = analysed(340, r#"["stratum", "sex"]"#, analysis);
    let mut all = Vec::new();
    marked(&json, &mut all);
    let estimated = all.iter().filter(|one| one["estimate"].is_f64());
    let (rounded, fine): (Vec<&&Value>, Vec<&&Value>) = estimated.partition(|one| one["rounded"].is_u64());
    for one in &rounded {
        assert!(has_decimals(one, one["rounded"].as_u64().unwrap()), "{one}");
    }
    assert!(rounded.len() > 20 && fine.len() > 5, "{} {}", rounded.len(), fine.len());
    assert!(fine.iter().filter(|one| !has_decimals(one, 3)).count() > 3, "what is not marked has its digits");
    let is_marked = |one: &Value| one["rounded"] == 3;
    let indicators = json["indicators"].as_array().unwrap().iter();
    let differences: Value =
        indicators.filter_map(|one| one["differences"].as_array()).flatten().cloned().collect();
    for (place, list) in [
        ("agreement", &json["agreement"][0]["all_answers"]["design_weighted"]),
        ("bootstrap", &json["bootstrap"]["indicators"][0]["measures"]),
        ("differences", &differences),
    ] {
        let list = list.as_array().unwrap_or_else(|| panic!("{place}"));
        assert!(list.iter().any(is_marked), "{place}: {list:?}");
    }
}

/// The same figure in both files.
#[test]
fn results_json_and_accuracy_csv_mark_the_same_figures() {
    let (json, study) = analysed(340, r#"["stratum", "cluster"]"#, "");
    let text = fs::read_to_string(study.path("results/accuracy.csv")).unwrap();
    let mut lines =
        text.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let at = |name: &str| header.iter().position(|column| *column == name).unwrap();
    let keys = ["indicator", "grouping", "group", "measure"].map(at);
    let weighted = lines.filter(|row| row[at("estimator")] == "weighted" && !row[at("estimate")].is_empty());
    let told: BTreeMap<[String; 4], bool> =
        weighted.map(|row| (keys.map(|key| row[key].to_owned()), row[at("rounded")] == "true")).collect();
    let (mut compared, mut rounded) = (0, 0);
    for indicator in json["indicators"].as_array().unwrap().iter().filter(|one| one["assessable"] == true) {
        for group in indicator["groups"].as_array().unwrap() {
            for one in
                group["weighted"].as_array().into_iter().flatten().filter(|one| one["estimate"].is_f64())
            {
                let key = [&indicator["indicator"], &group["grouping"], &group["group"], &one["measure"]];
                let key = key.map(|text| text.as_str().unwrap().to_owned());
                assert_eq!(told.get(&key), Some(&one["rounded"].is_u64()), "{key:?}");
                compared += 1;
                rounded += usize::from(one["rounded"].is_u64());
            }
        }
    }
    assert_eq!(compared, told.len());
    assert!(rounded > 5 && rounded < compared, "{rounded} of {compared}");
}
