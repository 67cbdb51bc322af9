//! Frame, sample and charts beside each other, and tables by age.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::small_study::{SmallStudy, courses};

/// The counts of a characteristic by value: frame, drawn, read.
fn counts(json: &Value, characteristic: &str) -> BTreeMap<String, [Option<u64>; 3]> {
    let rows = json["baseline"].as_array().unwrap().iter();
    let of = |row: &Value| ["frame", "drawn", "read"].map(|column| row[column].as_u64());
    rows.filter(|row| row["characteristic"] == characteristic)
        .map(|row| (row["value"].as_str().unwrap().to_owned(), of(row)))
        .collect()
}

#[test]
fn the_frame_is_counted_by_age_sex_and_year_as_the_register_has_it() {
    let study = SmallStudy::reviewed();
    study.edit("min_cell = 3", "min_cell = 1");
    // The invented patients were all born in one year.
    study.edit("by = []", "by = []\nage_groups = [91]");
    let json = study.json(&["analyse"]);
    let register = fs::read_to_string(study.path("register.csv")).unwrap();
    let rows: Vec<Vec<String>> =
        register.lines().skip(1).map(|line| line.split(';').map(str::to_owned).collect()).collect();
    let count = |of: &dyn Fn(&[String]) -> String| {
        let mut counted: BTreeMap<String, u64> = BTreeMap::new();
        rows.iter().for_each(|row| *counted.entry(of(row)).or_default() += 1);
        counted
    };
    let frame = |characteristic: &str| -> BTreeMap<String, u64> {
        counts(&json, characteristic)
            .into_iter()
            .map(|(value, [frame, ..])| (value, frame.unwrap()))
            .collect()
    };
    assert_eq!(frame("year"), count(&|row| row[1][6..].to_owned()));
    let sex = |row: &[String]| if row[0].as_bytes()[9] % 2 == 1 { "male" } else { "female" };
    assert_eq!(frame("sex"), count(&|row| sex(row).to_owned()));
    let age = |row: &[String]| {
        let number = |text: &str| text.parse::<i32>().unwrap();
        let (born, came) = (&row[0], &row[1]);
        let birthday = (number(&born[2..4]), number(&born[..2]));
        let day = (number(&came[3..5]), number(&came[..2]));
        let years = number(&came[6..]) - (1900 + number(&born[4..6])) - i32::from(day < birthday);
        ["0-90", "91+"][usize::from(years >= 91)].to_owned()
    };
    assert_eq!(frame("age"), count(&age));
    assert!(rows.len() > 100 && frame("age").len() == 2);
}

#[test]
fn each_column_adds_up_to_its_total() {
    let study = SmallStudy::reviewed();
    study.edit("min_cell = 3", "min_cell = 1");
    let json = study.json(&["analyse"]);
    for characteristic in ["stratum", "sex", "year"] {
        let counted = counts(&json, characteristic);
        let sum = |column: usize| counted.values().map(|counts| counts[column].unwrap()).sum::<u64>();
        assert_eq!([sum(0), sum(1), sum(2)], [courses(200).len() as u64, 60, 60], "{characteristic}");
    }
    let diet = json["baseline"].as_array().unwrap().iter().filter(|row| row["indicator"] == "diet");
    assert_eq!(diet.map(|row| row["drawn"].as_u64().unwrap()).sum::<u64>(), 60);
    let text = fs::read_to_string(study.path("results/tables.md")).unwrap();
    assert!(text.contains("The frame, the sample and the charts that were read"), "{text}");
}

#[test]
fn a_few_charts_that_were_not_read_do_not_follow() {
    let study = SmallStudy::with_forms();
    for (place, name) in study.forms("review").iter().enumerate() {
        let file = study.returned(name, |form| {
            // One in the first municipality, none in the others.
            for row in 0..usize::from(place == 0) {
                form.set(row, "journal", "Ikke fundet");
                ["diet", "depression", "smoking"].iter().for_each(|id| form.set(row, id, ""));
            }
        });
        study.done(&["record", &file]);
    }
    let json = study.json(&["analyse"]);
    let strata = counts(&json, "stratum");
    let hidden: Vec<&String> =
        strata.iter().filter(|(_, counts)| counts[1].is_none()).map(|(name, _)| name).collect();
    assert!(hidden.len() >= 2, "{strata:?}");
    // The charts that were read are the total of each table of the municipality: to hide them alone would hide nothing.
    assert!(strata.values().all(|counts| counts[0].is_some() && counts[2].is_some()), "{strata:?}");
}

#[test]
fn tables_by_age_have_the_groups_of_the_protocol() {
    let study = SmallStudy::reviewed();
    study.edit("by = []", "by = [\"age\"]\nage_groups = [45, 91]");
    study.edit("min_cell = 3", "min_cell = 1");
    let json = study.json(&["analyse"]);
    let diet = json["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == "diet").unwrap();
    let groups = diet["groups"].as_array().unwrap();
    let of_age: Vec<&str> = groups
        .iter()
        .filter(|one| one["grouping"] == "age")
        .map(|one| one["group"].as_str().unwrap())
        .collect();
    assert!(
        !of_age.is_empty() && of_age.iter().all(|group| ["0-44", "45-90", "91+"].contains(group)),
        "{of_age:?}"
    );
    let cells =
        |one: &Value| ["tp", "fp", "fn", "tn"].iter().map(|cell| one[*cell].as_u64().unwrap()).sum::<u64>();
    let parts: u64 = groups.iter().filter(|one| one["grouping"] == "age").map(cells).sum();
    assert_eq!(parts, cells(&groups[0]));
    let told = {
        study.edit("age_groups = [45, 91]", "age_groups = [60, 45]");
        study.refused(&["analyse"], 1)
    };
    assert!(told.contains("expected rising ages from 1 to 120"), "{told}");
}

/// In tables for people; `results.json` and the option keep `0-44`.
#[test]
fn the_youngest_group_is_named_by_the_age_that_it_is_under_in_every_table() {
    let english = ("en", "Accuracy by age", "The frame, the sample");
    let danish = ("da", "Nøjagtighed efter alder", "Rammen, stikprøven");
    for (language, part, frame) in [english, danish] {
        let study = SmallStudy::reviewed();
        study.edit("by = []", "by = [\"age\"]\nage_groups = [91]");
        study.edit("min_cell = 3", "min_cell = 1");
        study.edit("[disclosure]", &format!("[report]\nlanguage = \"{language}\"\n\n[disclosure]"));
        study.done(&["analyse"]);
        let text = fs::read_to_string(study.path("results/tables.md")).unwrap();
        let named = |title: &str| text.split("\n**").find(|table| table.contains(title)).unwrap();
        assert!(named(part).contains("| under 91 "), "{text}");
        assert!(named(frame).contains("| under 91 |"), "{text}");
        assert!(!text.contains("0-90") && !text.contains("0–90"), "{text}");
    }
}

/// The table of frame, sample and charts, where so many charts of each municipality were not found.
fn frame_and_sample(not_found: [usize; 4]) -> String {
    let study = SmallStudy::with_forms();
    for (name, not_found) in study.forms("review").iter().zip(not_found) {
        let file = study.returned(name, |form| {
            for row in 0..not_found {
                form.set(row, "journal", "Ikke fundet");
                ["diet", "depression", "smoking"].iter().for_each(|id| form.set(row, id, ""));
            }
        });
        study.done(&["record", &file]);
    }
    study.done(&["analyse"]);
    let text = fs::read_to_string(study.path("results/tables.md")).unwrap();
    text.split("\n**")
        .find(|table| table.contains("The frame, the sample and the charts"))
        .unwrap()
        .to_owned()
}

#[test]
fn a_column_with_a_hidden_number_has_no_per_cent_and_a_note_says_why() {
    let table = frame_and_sample([1, 0, 4, 5]);
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.split(" | ").map(str::trim).collect())
        .collect();
    assert_eq!(rows[2][..4], ["| all", "", "200", "60"], "{rows:?}");
    let from = rows.iter().position(|row| row[0] == "| municipality").unwrap();
    let drawn: Vec<&str> = rows[from..from + 4].iter().map(|row| row[3]).collect();
    let shown = drawn.iter().filter(|cell| cell.parse::<u64>().is_ok()).count();
    assert!(shown > 0 && drawn.iter().filter(|cell| **cell == "\\#").count() == 4 - shown, "{drawn:?}");
    assert!(shown < 4 && rows[from..from + 4].iter().all(|row| row[2].contains('(')), "{rows:?}");
    assert!(table.contains("Where a number of a column is hidden, the column has no per cent"), "{table}");
}

/// Its parts are hidden by `min_cell`, which is 3, and not by that of the whole study, which is 1.
#[test]
fn the_note_of_frame_and_sample_names_the_smallest_count_of_its_parts() {
    let table = frame_and_sample([1, 0, 0, 0]);
    assert!(table.contains("hidden, because a count of 1 to 2 is among these"), "{table}");
}
