//! What each item of the checklists is answered with, and which are left to the authors.

use super::{reported, result};
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// A checklist's rows: the item and its answer.
fn answers(study: &SmallStudy, title: &str) -> Vec<[String; 2]> {
    let text = result(study, "checklists.md");
    let part = text.split("\n**").find(|part| part.contains(title)).unwrap();
    let rows = part.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.map(|row| row.split(" | ").map(str::to_owned).collect::<Vec<_>>());
    cells
        .filter(|row| row[0].starts_with(|c: char| c.is_ascii_digit()))
        .map(|row| [row[0].clone(), row[2].clone()])
        .collect()
}

/// Items that the authors write alone, and those to which they add something.
fn left<'a>(answers: &'a [[String; 2]], mark: &str) -> [Vec<&'a str>; 2] {
    let of = |is: &dyn Fn(&str) -> bool| {
        answers.iter().filter(|[_, answer]| is(answer)).map(|[number, _]| number.as_str()).collect()
    };
    let alone = format!("{mark}.");
    let more = format!("{mark}: ");
    [of(&|answer| answer == alone), of(&|answer| !answer.starts_with(mark) && answer.contains(&more))]
}

#[test]
fn what_the_software_cannot_know_is_left_to_the_authors() {
    for (danish, mark) in [(false, "Author must write"), (true, "Forfatteren skriver")] {
        let study = reported(danish);
        let stard = answers(&study, "STARD 2015: ");
        let [alone, more] = left(&stard, mark);
        assert_eq!(alone, ["1", "2", "3", "4", "11", "21a", "21b", "22", "27", "28", "30"]);
        assert_eq!(more, ["8", "18", "26", "29"]);
        let record = answers(&study, "RECORD: ");
        assert_eq!(stard.len() + record.len(), 34 + 35);
    }
}

#[test]
fn the_answers_of_a_small_study_in_english() {
    insta::assert_snapshot!(result(&reported(false), "checklists.md"));
}

#[test]
fn the_answers_of_the_same_study_in_danish() {
    insta::assert_snapshot!(result(&reported(true), "checklists.md"));
}

#[test]
fn a_period_that_the_protocol_has_is_told_and_not_asked_for() {
    let population = "age = \"> 18\"\n";
    let with = format!("{population}from = 2000-01-01\nuntil = 2099-12-31\n");
    let study = SmallStudy::with(&PROTOCOL.replace(population, &with), &csv(&courses(200)));
    study.done(&["draw"]);
    study.done(&["analyse"]);
    let stard = answers(&study, "STARD 2015: ");
    let [_, place] = stard.iter().find(|[number, _]| number == "8").unwrap();
    assert!(
        place.contains("from 1 January 2000 to 31 December 2099") && !place.contains("Author"),
        "{place}"
    );
}

/// Whoever looks for the diagram finds its figure, and whoever repeats the draw how the frame comes about.
#[test]
fn the_flow_diagram_and_the_frame_are_named() {
    let study = reported(false);
    let stard = answers(&study, "STARD 2015: ");
    let [_, flow] = stard.iter().find(|[number, _]| number == "19").unwrap();
    assert!(flow.starts_with("Table 3 (“"), "{flow}");
    assert!(
        flow.ends_with("Figure 1 (figures/flow).") && study.path("results/figures/flow.svg").exists(),
        "{flow}"
    );
    let page = result(&study, "report.html");
    assert!(page.contains("No command writes this file, since record keys are personal data"), "frame.csv");
    let danish = result(&reported(true), "report.html");
    assert!(danish.contains("Ingen kommando skriver filen, for nøglerne er personoplysninger"), "frame.csv");
}
