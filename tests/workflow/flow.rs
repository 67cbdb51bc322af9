//! The flow from the register to the charts: sums over what is left out, and courses beside their replacements.

use std::fs;

use serde_json::Value;

use super::figures::{figure, texts};
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// A study with so many exclusions by age and by diagnosis, and so many charts of Aarhus that were not found and have been replaced.
fn study(exclusions: [usize; 2], overall: u64, replaced: usize, report: &str) -> SmallStudy {
    let mut rows = courses(220);
    let [age, diagnosis] = exclusions;
    rows.iter_mut().take(age + diagnosis).enumerate().for_each(|(place, row)| match place < age {
        true => row[1] = "01-01-1940".to_owned(),
        false => row[3] = "DZ999".to_owned(),
    });
    let protocol = PROTOCOL
        .replace("min_cell_overall = 1", &format!("min_cell_overall = {overall}"))
        .replace("[disclosure]", &format!("[report]\n{report}\n\n[disclosure]"));
    let study = SmallStudy::with(&protocol, &csv(&rows));
    study.done(&["draw", "--accept-exclusions"]);
    study.done(&["forms"]);
    if replaced > 0 {
        let file = study.returned("751-Aarhus-review.xlsx", |form| {
            (0..replaced).for_each(|row| form.without_chart(row, "Ikke fundet"));
        });
        study.done(&["record", &file]);
        study.done(&["replace", "--all"]);
    }
    study.done(&["analyse"]);
    study
}

/// The lines of the flow figure, with ordinary spaces.
fn lines(study: &SmallStudy) -> Vec<String> {
    texts(&figure(study, "flow")).into_iter().map(|(_, text)| text.replace('\u{a0}', " ")).collect()
}

/// Where a line stands.
fn place(lines: &[String], wanted: &str) -> usize {
    lines.iter().position(|line| line == wanted).unwrap_or_else(|| panic!("{wanted}: {lines:?}"))
}

#[test]
fn a_box_of_the_flow_begins_with_the_sum_of_its_reasons() {
    let study = study([5, 7], 1, 3, "language = \"en\"");
    let lines = lines(&study);
    let excluded = place(&lines, "Excluded (n = 12):");
    assert!(lines[excluded + 1..excluded + 3].iter().any(|line| line.ends_with("(n = 5)")), "{lines:?}");
    assert!(lines[excluded + 1..excluded + 3].iter().any(|line| line.ends_with("(n = 7)")), "{lines:?}");
    let json: Value = serde_json::from_slice(&fs::read(study.path("results/results.json")).unwrap()).unwrap();
    let counts = &json["indicators"][1]["groups"][0]["counts"];
    let [in_use, read, pending] = ["in_use", "read", "pending"].map(|count| counts[count].as_u64().unwrap());
    assert_eq!((in_use, read + pending + 3), (63, 63));
    place(&lines, &format!("Not read (n = {}):", in_use - read));
    place(&lines, "not found (n = 3)");
}

#[test]
fn what_was_drawn_stands_beside_what_came_from_the_reserve() {
    let replaced = study([0, 0], 1, 3, "language = \"en\"");
    let drawn = lines(&replaced);
    assert_eq!(drawn[place(&drawn, "Drawn: 60 + 3 replacements") + 1], "n = 63");
    let tables = fs::read_to_string(replaced.path("results/tables.md")).unwrap();
    let rows = tables.split("\n| drawn ").nth(1).unwrap();
    assert_eq!(rows.lines().next().unwrap().trim_matches([' ', '|']), "60", "{rows}");
    let second = rows.lines().nth(1).unwrap();
    assert!(second.contains("+ replacements from the reserve") && second.contains(" 3 "), "{second}");
    let text = fs::read_to_string(replaced.path("results/text.md")).unwrap();
    assert!(
        text.contains("We drew 60 courses") && text.contains("3 courses were replaced from the reserve"),
        "{text}"
    );
    let danish = lines(&study([0, 0], 1, 1, "language = \"da\""));
    assert_eq!(danish[place(&danish, "Udtrukket: 60 + 1 erstatning") + 1], "n = 61");
    let none = lines(&study([0, 0], 1, 0, "language = \"da\""));
    assert_eq!(none[place(&none, "Udtrukket") + 1], "n = 60");
}

/// Two reasons are hidden where their sum is told; the sum goes as well where a single reason would be it.
#[test]
fn the_sum_of_the_excluded_is_hidden_where_it_is_a_hidden_reason() {
    let two = lines(&study([2, 7], 3, 0, "language = \"en\""));
    let excluded = place(&two, "Excluded (n = 9):");
    assert!(two[excluded + 1..excluded + 3].iter().all(|line| line.ends_with("(n = #)")), "{two:?}");
    let one = lines(&study([2, 0], 3, 0, "language = \"en\""));
    let excluded = place(&one, "Excluded (n = #):");
    assert!(one[excluded + 1].ends_with("(n = #)"), "{one:?}");
    assert_eq!(one[place(&one, "Rows of the register") + 1], "n = #");
}
