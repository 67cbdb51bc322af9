//! The header of an extract: the names by which study.toml speaks of columns.

use std::collections::BTreeMap;

use crate::error::{Finding, Place, column_letters};
use crate::register::Cells;
use crate::register::cpr::Cpr;
use crate::register::date::read_date;
use crate::register::shown;

/// The names without blanks around them and without unnamed columns at the end.
pub(super) fn names(cells: &Cells) -> Vec<String> {
    let mut names: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

/// What is wrong with the names: data instead of names, two the same (errors), none at all, a single one (warnings).
pub(super) fn check(names: &[String], place: &Place) -> Vec<Finding> {
    if names.iter().any(|name| Cpr::read(name).is_ok() || read_date(name).is_ok()) {
        return vec![no_header(place)];
    }
    let mut columns: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (column, name) in names.iter().enumerate() {
        columns.entry(name).or_default().push(column_letters(column));
    }
    let unnamed = columns.remove("").map(|columns| unnamed(&columns, place));
    let twice = columns.iter().filter(|(_, at)| at.len() > 1).map(|(name, at)| duplicate(name, at, place));
    let single = (names.len() == 1).then(|| single(&names[0], place));
    twice.chain(unnamed).chain(single).collect()
}

fn no_header(place: &Place) -> Finding {
    Finding::error(
        "header_is_data",
        "the first row holds a CPR number or a date, expected the names of the columns",
    )
    .at(place.clone())
    .remedy("put a row with the names of the columns first")
}

fn duplicate(name: &str, columns: &[String], place: &Place) -> Finding {
    let what = format!("{} columns have the name `{}`: {}", columns.len(), shown(name), columns.join(", "));
    Finding::error("header_duplicate", what)
        .at(place.clone())
        .because("a name must mean one column")
        .remedy("give the columns different names")
}

fn unnamed(columns: &[String], place: &Place) -> Finding {
    let what = match columns {
        [column] => format!("column {column} has no name"),
        columns => format!("columns {} have no name", columns.join(", ")),
    };
    Finding::warning("header_unnamed", what)
        .at(place.clone())
        .because("a column without a name cannot be spoken of, so it is not used")
}

fn single(name: &str, place: &Place) -> Finding {
    Finding::warning("header_single", format!("there is one column only, `{}`", shown(name)))
        .at(place.clone())
        .because("the columns may be separated by something else than `;`, `,` or a tab")
        .remedy("export again with `;` between the columns")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cells: &[&str]) -> String {
        let findings = check(&names(&cells.iter().copied().collect()), &Place::file("register.csv").row(1));
        findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n\n")
    }

    #[test]
    fn names_lose_blanks_and_unnamed_columns_at_the_end() {
        assert_eq!(names(&[" cpr ", "", "diaet", "", ""].into_iter().collect()), ["cpr", "", "diaet"]);
    }

    #[test]
    fn good_names_have_no_finding() {
        assert_eq!(told(&["cpr", "diaet"]), "");
    }

    #[test]
    fn names_that_are_doubled_or_missing_are_told_with_their_columns() {
        insta::assert_snapshot!(told(&["cpr", "diaet", "", "diaet", "", "kommune"]), @"
        error: 2 columns have the name `diaet`: B, D
          --> register.csv, row 1
          = why: a name must mean one column

        help: give the columns different names

        warning: columns C, E have no name
          --> register.csv, row 1
          = why: a column without a name cannot be spoken of, so it is not used
        ");
        insta::assert_snapshot!(told(&["cpr|diaet"]), @"
        warning: there is one column only, `cpr|diaet`
          --> register.csv, row 1
          = why: the columns may be separated by something else than `;`, `,` or a tab

        help: export again with `;` between the columns
        ");
    }

    #[test]
    fn a_first_row_of_data_is_refused_without_a_word_of_it() {
        insta::assert_snapshot!(told(&["020380-0000", "1", "1"]), @"
        error: the first row holds a CPR number or a date, expected the names of the columns
          --> register.csv, row 1

        help: put a row with the names of the columns first
        ");
        assert_eq!(told(&["1", "2021-03-05"]), told(&["020380-0000"]));
    }
}
