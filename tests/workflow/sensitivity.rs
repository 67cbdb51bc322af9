//! Sensitivity analyses and the eligibility of `hkm analyse`: what hangs on the declared rules.

use std::collections::BTreeMap;
use std::fs;

use hjertekommidt::stats::{IncompleteStratum, Measure, worst_and_best};
use serde_json::Value;

use crate::small_study::SmallStudy;

const MAIN: [Measure; 4] = [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];

/// A study with two charts of each municipality that were not found.
fn study() -> SmallStudy {
    let study = SmallStudy::with_forms();
    for name in study.forms("review") {
        let file = study.returned(&name, |form| {
            for row in 0..2 {
                form.set(row, "journal", "Ikke fundet");
                ["diet", "depression", "smoking"].iter().for_each(|id| form.set(row, id, ""));
            }
        });
        study.done(&["record", &file]);
    }
    study
}

fn indicator<'j>(json: &'j Value, id: &str) -> &'j Value {
    json["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == id).unwrap()
}

fn reading<'j>(json: &'j Value, id: &str, of: &str) -> &'j Value {
    let readings = indicator(json, id)["sensitivity_analyses"]["readings"].as_array().unwrap();
    readings.iter().find(|one| one["other_reading_of"] == of).unwrap()
}

#[test]
fn another_reading_is_the_analysis_with_that_rule() {
    let study = study();
    let json = study.json(&["analyse"]);
    let changes = [
        (
            "diet",
            "not_documented",
            "column = \"diaet\"\nnot_documented = \"missing\"",
            "column = \"diaet\"\nnot_documented = \"no\"",
        ),
        ("depression", "not_documented", "not_documented = \"no\"", "not_documented = \"missing\""),
        (
            "smoking",
            "register_missing",
            "column = \"rygestop\"",
            "column = \"rygestop\"\nregister_missing = \"no\"",
        ),
        (
            "smoking",
            "register_not_relevant",
            "column = \"rygestop\"",
            "column = \"rygestop\"\nregister_not_relevant = \"no\"",
        ),
    ];
    for (id, rule, from, to) in changes {
        let other = study.copy();
        other.edit(from, to);
        let analysed = other.json(&["analyse"]);
        let whole = &indicator(&analysed, id)["groups"][0];
        let reading = reading(&json, id, rule);
        for key in ["tp", "fp", "fn", "tn", "weighted"] {
            assert_eq!(reading[key], whole[key], "{id} {rule} {key}");
        }
        assert_ne!(whole["weighted"], indicator(&json, id)["groups"][0]["weighted"], "{id} {rule}");
    }
}

/// What the database holds of each settled course in use: stratum, the register's value, the chart's status, the answer.
fn settled(study: &SmallStudy, id: &str) -> Vec<(String, String, String, Option<String>)> {
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let mut statement = database
        .prepare(
            "SELECT course.stratum, register_value.value, review.status, answer.answer FROM course
             JOIN register_value ON register_value.study_id = course.study_id AND register_value.indicator = ?1
             JOIN review ON review.study_id = course.study_id AND review.reading = 1
             LEFT JOIN answer ON answer.review = review.number AND answer.indicator = ?1",
        )
        .unwrap();
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    statement.query_map([id], row).unwrap().map(Result::unwrap).collect()
}

fn frame(study: &SmallStudy) -> BTreeMap<String, u64> {
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let mut statement = database.prepare("SELECT stratum, courses FROM frame_stratum").unwrap();
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()));
    statement.query_map([], row).unwrap().map(Result::unwrap).collect()
}

/// The strata by hand, where what is not documented is missing and a missing value of the register leaves the table.
fn by_hand(study: &SmallStudy, id: &str) -> Vec<IncompleteStratum> {
    let of_stratum = |(code, population): (String, u64)| {
        (code, IncompleteStratum { population, ..IncompleteStratum::default() })
    };
    let mut strata: BTreeMap<String, IncompleteStratum> = frame(study).into_iter().map(of_stratum).collect();
    for (stratum, value, status, answer) in settled(study, id) {
        let stratum = strata.get_mut(&stratum).unwrap();
        stratum.settled += 1;
        let answer = answer.as_deref().filter(|_| status == "found");
        let table = &mut stratum.table;
        match (value.as_str(), answer) {
            ("8", _) | (_, Some("not_relevant")) => {}
            ("1", Some("yes")) => table.tp += 1,
            ("1", Some("no")) => table.fp += 1,
            ("0", Some("yes")) => table.fn_ += 1,
            ("0", Some("no")) => table.tn += 1,
            ("1", _) => stratum.record_unknown[0] += 1,
            ("0", _) => stratum.record_unknown[1] += 1,
            (_, Some("yes")) => stratum.register_unknown[0] += 1,
            (_, Some("no")) => stratum.register_unknown[1] += 1,
            _ => stratum.both_unknown += 1,
        }
    }
    strata.into_values().collect()
}

#[test]
fn worst_and_best_case_rest_on_all_that_is_not_known() {
    let study = study();
    study.edit("min_cell = 3", "min_cell = 1");
    let json = study.json(&["analyse"]);
    let mut both_unknown = 0;
    for id in ["diet", "smoking"] {
        let strata = by_hand(&study, id);
        let analyses = &indicator(&json, id)["sensitivity_analyses"];
        let unknown = |one: &IncompleteStratum| {
            one.record_unknown.iter().chain(&one.register_unknown).sum::<u64>() + one.both_unknown
        };
        assert_eq!(analyses["unknown"], strata.iter().map(unknown).sum::<u64>());
        both_unknown += strata.iter().map(|one| one.both_unknown).sum::<u64>();
        for (measure, told) in MAIN.into_iter().zip(analyses["worst_and_best"].as_array().unwrap()) {
            let [least, greatest] = worst_and_best(measure, &strata).unwrap();
            assert_eq!(told["measure"], measure.name());
            assert!((told["lower"].as_f64().unwrap() - least).abs() < 1e-12, "{id} {measure:?} {told}");
            assert!((told["upper"].as_f64().unwrap() - greatest).abs() < 1e-12, "{id} {measure:?} {told}");
        }
    }
    assert!(both_unknown > 0);
}

#[test]
fn the_eligibility_counts_every_chart_that_was_read() {
    let study = study();
    let json = study.json(&["analyse"]);
    let mut expected: BTreeMap<(&str, String), u64> = BTreeMap::new();
    for (_, value, status, answer) in settled(&study, "diet") {
        let register = match value.as_str() {
            "1" => "yes",
            "0" => "no",
            "8" => "not_relevant",
            _ => "missing",
        };
        if status == "found" {
            *expected.entry((register, answer.unwrap())).or_default() += 1;
        }
    }
    let cells = &indicator(&json, "diet")["eligibility"]["cells"];
    for register in ["yes", "no", "not_relevant", "missing"] {
        for record in ["yes", "no", "not_relevant", "not_documented"] {
            let count = expected.get(&(register, record.to_owned())).copied().unwrap_or_default();
            assert_eq!(cells[register][record], count, "{register} {record}");
        }
    }
    let text = fs::read_to_string(study.path("results/tables.md")).unwrap();
    assert!(
        text.contains("Sensitivity analyses") && text.contains("The register's value against the record's")
    );
}

#[test]
fn an_assumed_record_gives_what_the_table_alone_gives() {
    let study = study();
    study.edit("level = 0.95", "level = 0.95\nrecord_sensitivity = 0.95\nrecord_specificity = 0.98");
    let json = study.json(&["analyse"]);
    let whole = &indicator(&json, "diet")["groups"][0];
    let cells = ["tp", "fp", "fn", "tn"].map(|cell| whole[cell].to_string());
    let [tp, fp, fn_, tn] = cells.each_ref().map(String::as_str);
    let assumed = ["--reference-sensitivity", "0.95", "--reference-specificity", "0.98"];
    let alone = study.json(&[["table", tp, fp, fn_, tn].as_slice(), assumed.as_slice()].concat());
    let analyses = &indicator(&json, "diet")["sensitivity_analyses"];
    assert_eq!(analyses["imperfect_reference"], alone["imperfect_reference"]);
    assert!(
        json["post_hoc"][0]
            .as_str()
            .unwrap()
            .contains("assumed sensitivity of the record: before none, now 0.95"),
        "{}",
        json["post_hoc"]
    );
}

#[test]
fn small_counts_of_the_whole_study_are_hidden_here_as_well() {
    let study = study();
    study.edit("min_cell_overall = 1", "min_cell_overall = 3");
    let json = study.json(&["analyse"]);
    for id in ["diet", "depression", "smoking"] {
        let one = indicator(&json, id);
        let whole = &one["groups"][0];
        let Some(cells) = one.get("eligibility").map(|eligibility| &eligibility["cells"]) else {
            assert_eq!(whole["reason"], "suppressed");
            continue;
        };
        let counts =
            cells.as_object().into_iter().flatten().flat_map(|(_, row)| row.as_object().unwrap().values());
        assert!(counts.clone().all(|count| !(1..3).contains(&count.as_u64().unwrap())), "{id}: {cells}");
        for reading in one["sensitivity_analyses"]["readings"].as_array().unwrap() {
            for cell in ["tp", "fp", "fn", "tn"] {
                let apart = reading
                    .get(cell)
                    .map_or(0, |count| count.as_u64().unwrap().abs_diff(whole[cell].as_u64().unwrap()));
                assert!(!(1..3).contains(&apart), "{id}: {reading}");
            }
        }
    }
}

#[test]
fn what_is_wholly_known_has_no_worst_case() {
    let study = SmallStudy::with_forms();
    for name in study.forms("review") {
        let file = study.returned(&name, |form| {
            for row in 0..form.rows() {
                ["diet", "depression", "smoking"].iter().for_each(|id| form.set(row, id, "Ja"));
            }
        });
        study.done(&["record", &file]);
    }
    study.edit("column = \"diaet\"", "column = \"diaet\"\nregister_missing = \"no\"");
    let json = study.json(&["analyse"]);
    let diet = &indicator(&json, "diet")["sensitivity_analyses"];
    assert_eq!((&diet["unknown"], diet["worst_and_best"].as_array().unwrap().len()), (&0.into(), 0));
}
