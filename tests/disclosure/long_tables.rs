//! `accuracy.csv` and `comparisons.csv` beside `results.json`: the same numbers, and the same digits of them.

use std::collections::BTreeMap;

use serde_json::Value;

/// The rows of a long table by their headers.
fn records(rows: Vec<Vec<String>>) -> Vec<BTreeMap<String, String>> {
    let mut rows = rows.into_iter();
    let header = rows.next().unwrap();
    rows.map(|row| header.iter().cloned().zip(row).collect()).collect()
}

/// A number of JSON and a cell of a long table are the same, or both are hidden.
fn assert_same(json: &Value, cell: &str, what: &str) {
    let both = format!("{what}: {json} in results.json, `{cell}` in the long table");
    assert_eq!(json.as_f64(), cell.parse().ok(), "{both}");
    assert_eq!(json.is_null(), cell.is_empty(), "{both}");
}

/// What is rounded has no more digits than `results.json` says, in the letters of the file.
fn assert_no_finer(json: &Value, row: &BTreeMap<String, String>) {
    let Some(decimals) = json["rounded"].as_u64() else {
        return assert_ne!(row["rounded"], "true", "{row:?} {json}");
    };
    let has_number = json["estimate"].is_number() || json["p_value"].is_number();
    assert_eq!(row["rounded"] == "true", has_number, "{row:?} {json}");
    for key in ["estimate", "lower", "upper", "se"] {
        let written = row[key].split_once('.').map_or(0, |(_, decimals)| decimals.len() as u64);
        assert!(written <= decimals, "{key} of {row:?}: {json}");
    }
    let digits = row.get("p_value").map_or("", |written| written.trim_start_matches(['0', '.']));
    assert!(digits.len() <= 2, "{row:?}");
}

/// The rows of `accuracy.csv` are those of `results.json`.
pub(super) fn assert_accuracy_agrees(json: &Value, rows: Vec<Vec<String>>) {
    for row in records(rows) {
        let indicator = named(&json["indicators"], "indicator", &row["indicator"]);
        if indicator["assessable"] == false {
            continue;
        }
        let is_group = |one: &&Value| {
            one["grouping"] == row["grouping"].as_str() && one["group"] == row["group"].as_str()
        };
        let group = indicator["groups"].as_array().unwrap().iter().find(is_group).unwrap();
        let list = match row["estimator"].as_str() {
            "plain" => &group["measures"],
            "" if group["reason"] == "suppressed" => &Value::Null,
            "" => &group["refused"],
            other => &group[other],
        };
        assert!(list.is_array() || group["reason"] == "suppressed", "{row:?}");
        let one = if list.is_array() { named(list, "measure", &row["measure"]) } else { &Value::Null };
        for key in ["x", "n", "estimate", "lower", "upper", "se", "df", "n_effective"] {
            assert_same(&one[key], &row[key], &format!("{row:?} {key}"));
        }
        assert_no_finer(one, &row);
    }
}

/// The rows of `comparisons.csv` are those of `results.json`.
pub(super) fn assert_comparisons_agree(json: &Value, rows: Vec<Vec<String>>) {
    for row in records(rows) {
        let indicator = named(&json["indicators"], "indicator", &row["indicator"]);
        let key = match row["comparison"].as_str() {
            "difference" => "differences",
            other => other,
        };
        let is_row = |one: &&Value| {
            let same = |key: &str, name: &str| one[key].as_str().is_none_or(|value| value == row[name]);
            same("measure", "measure")
                && same("group", "group")
                && same("stratum", "group")
                && same("grouping", "grouping")
        };
        let list = indicator[key].as_array().unwrap_or_else(|| panic!("{row:?}"));
        let one = list.iter().find(is_row).unwrap_or_else(|| panic!("{row:?}"));
        for key in ["estimate", "lower", "upper", "se", "df", "groups", "p_value", "p_value_holm"] {
            assert_same(&one[key], &row[key], &format!("{row:?} {key}"));
        }
        assert_no_finer(one, &row);
        assert_no_finer(one, &row);
    }
}

fn named<'j>(list: &'j Value, key: &str, name: &str) -> &'j Value {
    let found = list.as_array().unwrap().iter().find(|one| one[key] == name);
    found.unwrap_or_else(|| panic!("{name} in {list}"))
}
