//! The header of an extract: the names by which study.toml speaks of columns.

use std::collections::BTreeMap;

use crate::error::{Finding, Place};

/// The names without blanks around them and without unnamed columns at the end.
pub(super) fn names(cells: &csv::StringRecord) -> Vec<String> {
    let mut names: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

/// What is wrong with the names: two the same (an error), none at all (a warning), a single one (a warning).
pub(super) fn check(names: &[String], place: &Place) -> Vec<Finding> {
    let mut columns: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (column, name) in names.iter().enumerate() {
        columns.entry(name).or_default().push(column_letters(column));
    }
    let unnamed = columns.remove("").map(|columns| unnamed(&columns, place));
    let twice = columns.iter().filter(|(_, at)| at.len() > 1).map(|(name, at)| duplicate(name, at, place));
    let single = (names.len() == 1).then(|| single(&names[0], place));
    twice.chain(unnamed).chain(single).collect()
}

/// The name that a spreadsheet gives a column, counted from 0: `A`, `Z`, `AA`.
pub(super) fn column_letters(column: usize) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", column_letters(more - 1)),
    }
}

fn duplicate(name: &str, columns: &[String], place: &Place) -> Finding {
    let what = format!("{} columns have the name `{name}`: {}", columns.len(), columns.join(", "));
    Finding::error("header_duplicate", what)
        .at(place.clone())
        .because("a name in study.toml must mean one column")
        .remedy("give the columns different names")
}

fn unnamed(columns: &[String], place: &Place) -> Finding {
    let what = match columns {
        [column] => format!("column {column} has no name"),
        columns => format!("columns {} have no name", columns.join(", ")),
    };
    Finding::warning("header_unnamed", what)
        .at(place.clone())
        .because("study.toml cannot speak of a column without a name, so it is not used")
}

fn single(name: &str, place: &Place) -> Finding {
    Finding::warning("header_single", format!("there is one column only, `{name}`"))
        .at(place.clone())
        .because("the columns may be separated by something else than `;`, `,` or a tab")
        .remedy("export again with `;` between the columns")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cells: &[&str]) -> String {
        let findings = check(&names(&csv::StringRecord::from(cells.to_vec())), &Place::file("register.csv").row(1));
        findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n\n")
    }

    #[test]
    fn names_lose_blanks_and_unnamed_columns_at_the_end() {
        assert_eq!(names(&csv::StringRecord::from(vec![" cpr ", "", "diaet", "", ""])), ["cpr", "", "diaet"]);
    }

    #[test]
    fn good_names_have_no_finding() {
        assert_eq!(told(&["cpr", "diaet"]), "");
    }

    #[test]
    fn names_that_are_doubled_or_missing_are_told_with_their_columns() {
        insta::assert_snapshot!(told(&["cpr", "diaet", "", "diaet", "", "kommune"]), @"");
        insta::assert_snapshot!(told(&["cpr|diaet"]), @"");
    }

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        let rows = [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")];
        for (column, name) in rows {
            assert_eq!(column_letters(column), name);
        }
    }
}
