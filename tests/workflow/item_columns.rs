//! The columns of items in the register: what of them is read, and what is told of the rest.

use super::raw_items::{ENDED, protocol, register, sessions, usual_register};
use crate::small_study::{SmallStudy, courses};

#[test]
fn a_value_that_cannot_be_read_is_told_of_and_the_course_stays() {
    let study = SmallStudy::with(&protocol(), &usual_register());
    let told = study.run(&["check"]);
    assert!(
        told.out.contains("an item of the codebook: the date column holds something else in 28 rows"),
        "{told:?}"
    );
    insta::assert_snapshot!(study.done(&["draw"]).err, @"
    warning: an item of the codebook: the date column holds something else in 28 rows, expected a date as `2021-03-05` or `05-03-2021` (14 % of all rows)
      --> register.csv, column `slutdato`
    ");
    let flow = study.json(&["cohort"]);
    assert_eq!(flow["flow"]["frame"], 200, "{flow}");
}

#[test]
fn a_column_that_is_not_there_is_an_error_as_any_other() {
    let study = SmallStudy::with(&protocol().replace("\"slutdato\"", "\"slutdat\""), &usual_register());
    let told = study.refused(&["draw"], 1);
    assert!(told.contains("the register has no column `slutdat`"), "{told}");
    assert!(told.contains("`item.end_date.register_column` in study.toml names it"), "{told}");
    assert!(told.contains("did you mean `slutdato`?"), "{told}");
}

#[test]
fn cpr_numbers_in_an_items_column_refuse_the_register() {
    let number = courses(9)[8][0].clone();
    let held =
        register(|_| ENDED.to_owned(), |place| if place == 70 { number.clone() } else { "12".to_owned() });
    let study = SmallStudy::with(&protocol(), &held);
    let told = study.refused(&["draw", "--accept-exclusions"], 1);
    assert!(
        told.contains("`fremmoeder`, the column of an item, holds what may be CPR numbers in 1 row"),
        "{told}"
    );
    assert!(!told.contains(&number[6..]) && !study.path("study.sqlite").exists());
}

#[test]
fn a_column_with_months_before_days_refuses_the_register() {
    let held =
        register(|place| format!("{:02}/{:02}/2023", 1 + place % 12, 13 + place % 9), |_| String::new());
    let study = SmallStudy::with(&protocol(), &held);
    let told = study.refused(&["draw", "--accept-exclusions"], 1);
    assert!(told.contains("the month before the day") && told.contains("slutdato"), "{told}");
}

/// A workbook says what its numbers are; in a text `1.299` would be refused as ambiguous.
#[test]
fn numbers_of_a_workbook_are_read_as_they_are() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in register(|_| ENDED.to_owned(), |_| "1.299".to_owned()).lines().enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            match cell.parse::<f64>() {
                Ok(number) if column == 9 => sheet.write_number(row as u32, column as u16, number),
                _ => sheet.write_string(row as u32, column as u16, cell),
            }
            .unwrap();
        }
    }
    let study = SmallStudy::with(&protocol().replace("register.csv", "register.xlsx"), "");
    book.save(study.path("register.xlsx")).unwrap();
    study.done(&["draw"]);
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let stored = "SELECT DISTINCT value FROM register_value WHERE indicator = 'attended'";
    let stored: Vec<String> = database
        .prepare(stored)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(stored, ["1.299"]);
}

#[test]
fn rows_of_one_course_that_differ_in_an_item_are_a_conflict() {
    let text = usual_register();
    let row = text.lines().nth(4).unwrap();
    let other = row.replace(&format!(";{}", sessions(3)), ";13");
    assert_ne!(row, other);
    let study = SmallStudy::with(&protocol(), &format!("{text}{other}\n"));
    let told = study.refused(&["draw", "--accept-exclusions"], 1);
    assert!(told.contains("key"), "{told}");
    study.write("register.csv", &format!("{text}{row}\n"));
    study.done(&["draw", "--accept-exclusions"]);
}
