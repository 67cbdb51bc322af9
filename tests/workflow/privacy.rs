//! Where CPR numbers may be, and that they are nowhere else.

use std::fs;
use std::path::{Path, PathBuf};

use crate::review_forms::parts;
use crate::small_study::{SmallStudy, courses};

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// What is in a file; of a workbook what is in its parts, which are compressed.
fn bytes_of(path: &Path) -> Vec<u8> {
    match path.extension().is_some_and(|ending| ending == "xlsx") {
        true => parts(path).into_iter().flat_map(|(_, text)| text.into_bytes()).collect(),
        false => fs::read(path).unwrap(),
    }
}

/// The last four digits are searched for behind the date, with and without a hyphen.
fn cpr_numbers() -> Vec<[Vec<u8>; 2]> {
    let both = |cpr: String| [cpr.clone().into_bytes(), format!("{}-{}", &cpr[..6], &cpr[6..]).into_bytes()];
    courses(200).into_iter().map(|course| both(course[0].clone())).collect()
}

fn holds_one(bytes: &[u8], numbers: &[[Vec<u8>; 2]]) -> bool {
    let holds = |number: &Vec<u8>| bytes.windows(number.len()).any(|window| window == number.as_slice());
    numbers.iter().flatten().any(holds)
}

#[test]
fn cpr_numbers_are_in_the_register_the_key_and_the_look_up_lists_alone() {
    let study = SmallStudy::new();
    let mut told = String::new();
    let mut run = |arguments: &[&str]| {
        let ran = study.run(arguments);
        assert_ne!(ran.code, None);
        told += &(ran.out + &ran.err);
    };
    run(&["check"]);
    run(&["cohort", "--format", "json"]);
    run(&["draw", "--format", "json"]);
    run(&["draw"]);
    run(&["forms", "--format", "json"]);
    let first = study
        .forms("review")
        .into_iter()
        .map(|name| study.returned(&name, |form| form.without_chart(0, "Ikke fundet")));
    let mut arguments = vec!["record".to_owned()];
    arguments.extend(first);
    run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    run(&["status", "--log"]);
    run(&["status", "--format", "json"]);
    run(&["replace", "--all", "--format", "json"]);
    run(&["draw", "--enlarge", "80"]);
    run(&["forms"]);
    run(&["adjudicate"]);
    run(&["analyse", "--by", "stratum"]);
    run(&["export"]);
    run(&["verify"]);
    let numbers = cpr_numbers();
    assert!(!holds_one(told.as_bytes(), &numbers), "{told}");
    let mut holding = Vec::new();
    for path in files(study.folder()) {
        let name = path.strip_prefix(study.folder()).unwrap().to_string_lossy().into_owned();
        if holds_one(&bytes_of(&path), &numbers) {
            holding.push(name);
        }
    }
    holding.retain(|name| !name.contains("-lookup"));
    holding.sort();
    assert_eq!(holding, ["key.sqlite", "register.csv"]);
}

#[test]
fn a_cpr_number_that_somebody_types_is_not_stored() {
    let study = SmallStudy::with_forms();
    let number = courses(1)[0][0].clone();
    let before = study.stored();
    let file =
        study.returned("751-Aarhus-review.xlsx", |form| form.set(0, "kommentar", &format!("see {number}")));
    let told = study.refused(&["record", &file], 1);
    assert!(!told.contains(&number[6..]), "{told}");
    let file = study.returned("751-Aarhus-review.xlsx", |form| form.set(0, "initialer", &number));
    assert!(!study.refused(&["record", &file], 1).contains(&number[6..]));
    let file = study.returned("751-Aarhus-review.xlsx", |form| form.set(0, "diet", &number));
    assert!(!study.refused(&["record", &file], 1).contains(&number[6..]));
    let file = study.returned("751-Aarhus-review.xlsx", |form| form.set(0, "studie_id", &number));
    assert!(!study.refused(&["record", &file], 1).contains(&number[6..]));
    assert_eq!(study.stored(), before);
}

#[test]
fn a_cpr_number_as_the_reason_of_a_replacement_is_not_stored() {
    let study = SmallStudy::with_forms();
    let number = courses(1)[0][0].clone();
    let file = study.returned("751-Aarhus-review.xlsx", |form| form.without_chart(0, "Ikke fundet"));
    study.done(&["record", &file]);
    let before = study.stored();
    let reason = format!("the chart of {} is lost", number);
    let told = study.refused(&["replace", "--all", "--reason", &reason], 2);
    assert!(!told.contains(&number[6..]), "{told}");
    assert_eq!(study.stored(), before);
}

#[test]
fn a_cpr_number_among_the_register_values_is_not_drawn() {
    let mut rows = courses(200);
    rows[0][5] = rows[1][0].clone();
    let study = SmallStudy::with(crate::small_study::PROTOCOL, &crate::small_study::csv(&rows));
    assert_eq!(study.run(&["check"]).code, Some(1));
    let told = study.refused(&["draw", "--accept-exclusions"], 1);
    assert!(!told.contains(&rows[1][0][6..]), "{told}");
    assert!(!study.path("study.sqlite").exists());
}
