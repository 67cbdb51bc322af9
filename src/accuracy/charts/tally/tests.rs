//! A few charts of two strata, in every situation that a row can be in.

use super::*;
use crate::accuracy::Outside;
use crate::stats::{Measure, TwoByTwo, WeightedOptions};

fn column(name: &str, position: usize) -> NamedColumn {
    NamedColumn { name: name.to_owned(), position }
}

/// Rows of register, reference, stratum, population and group.
fn tally(rows: &[[&str; 5]]) -> ChartTally {
    let columns = ChartColumns {
        indicators: vec![(column("register", 0), column("chart", 1))],
        design: Some((column("area", 2), column("N", 3))),
        frame_yes: Vec::new(),
        by: Some(column("sex", 4)),
    };
    let mut tally = ChartTally::new(ChartWords::default(), columns);
    for (cells, number) in rows.iter().zip(2..) {
        tally.add(&Row { number, cells: cells.iter().copied().collect() });
    }
    tally
}

fn result(rows: &[[&str; 5]], group: &str) -> ChartResult {
    let tally = tally(rows);
    assert_eq!(tally.faults(), []);
    let results = tally.results().unwrap();
    results.into_iter().find(|result| result.group.as_ref().is_some_and(|(_, value)| value == group)).unwrap()
}

#[test]
fn an_empty_reference_is_not_reviewed_and_a_missing_one_is() {
    let rows = [
        ["1", "1", "A", "10", "f"],
        ["1", "", "A", "10", "f"],
        ["0", "9", "A", "10", "f"],
        ["0", "8", "A", "10", "f"],
        ["", "1", "A", "10", "f"],
        ["8", "0", "A", "10", "f"],
        ["", "", "A", "10", "f"],
    ];
    let result = result(&rows, "f");
    assert_eq!((result.counts.rows(), result.counts.not_reviewed, result.counts.reviewed()), (7, 2, 5));
    assert_eq!(result.counts.table, TwoByTwo { tp: 1, ..TwoByTwo::default() });
    let outside = [
        (Outside::RegisterMissing, 1),
        (Outside::RegisterNotRelevant, 1),
        (Outside::RecordNotRelevant, 1),
        (Outside::NotDocumented, 1),
    ];
    assert_eq!(result.counts.outside, outside.into_iter().collect());
    let [stratum] = result.design.unwrap().strata.strata().to_vec().try_into().unwrap();
    assert_eq!((stratum.population, stratum.reviewed, stratum.answered), (10, 5, 4));
}

#[test]
fn a_group_across_the_strata_is_a_domain_in_all_of_them() {
    let rows = [
        ["1", "1", "A", "10", "f"],
        ["1", "0", "A", "10", "m"],
        ["0", "0", "B", "20", "m"],
        ["0", "0", "B", "20", "m"],
    ];
    let reviewed = |group| -> Vec<(u64, u64)> {
        let design = result(&rows, group).design.unwrap();
        design.strata.strata().iter().map(|stratum| (stratum.reviewed, stratum.table.total())).collect()
    };
    assert_eq!(reviewed("f"), [(2, 1), (2, 0)]);
    assert_eq!(reviewed("m"), [(2, 1), (2, 2)]);
}

#[test]
fn a_group_of_whole_strata_is_estimated_from_those() {
    let rows = [
        ["1", "1", "A", "10", "west"],
        ["1", "0", "A", "10", "west"],
        ["0", "0", "B", "20", "west"],
        ["0", "0", "C", "30", "east"],
        ["1", "0", "C", "30", "east"],
    ];
    assert_eq!(result(&rows, "west").design.unwrap().names, ["A", "B"]);
    assert_eq!(result(&rows, "east").design.unwrap().names, ["C"]);
}

#[test]
fn a_row_without_a_group_stays_in_the_n_of_its_stratum() {
    let rows = [["1", "1", "A", "10", "f"], ["1", "0", "A", "10", ""], ["1", "0", "A", "10", "f"]];
    let result = result(&rows, "f");
    assert_eq!(result.counts.reviewed(), 2);
    assert_eq!(result.design.unwrap().strata.strata()[0].reviewed, 3);
    assert_eq!(tally(&rows).results().unwrap().len(), 1);
    let note = tally(&rows).ungrouped().unwrap();
    assert_eq!(note.what, "`sex` is empty in 1 row: in no group");
}

#[test]
fn everybody_reviewed_and_answered_is_complete_unless_one_is_not_documented() {
    let complete = |reference| {
        let rows = [["1", "1", "A", "2", "f"], ["1", reference, "A", "2", "f"]];
        let design = result(&rows, "f").design.unwrap();
        design.strata.estimate(Measure::Sensitivity, &WeightedOptions::default()).unwrap().complete
    };
    assert!(complete("1"));
    assert!(complete("8"));
    assert!(!complete("9"));
}

#[test]
fn unknown_words_are_told_and_never_counted() {
    let rows = [["1", "maybe", "A", "9", "f"], ["x", "1", "A", "9", "f"], ["1", "maybe", "A", "9", "f"]];
    let faults = tally(&rows).faults();
    let told: Vec<String> = faults.iter().map(|fault| format!("{} ({})", fault.what, fault.place)).collect();
    let listed = ChartWords::default().listed();
    assert_eq!(
        told,
        [
            format!("`register` is `x` in 1 row, expected one of {listed} (row 3, column `register`)"),
            format!("`chart` is `maybe` in 2 rows, expected one of {listed} (rows 2 and 4, column `chart`)"),
        ]
    );
}

#[test]
fn a_column_of_texts_is_told_in_one_error() {
    let words: Vec<String> = (10..70).map(|number| format!("w{number}")).collect();
    let rows: Vec<[&str; 5]> = words.iter().map(|word| ["1", word.as_str(), "A", "99", "f"]).collect();
    let [fault] = tally(&rows).faults().try_into().unwrap();
    assert!(fault.what.starts_with("`chart` is `w10`, `w11`, "), "{}", fault.what);
    assert!(
        fault.what.contains("`w29` or something else in 60 rows, expected one of `1`, "),
        "{}",
        fault.what
    );
}

#[test]
fn more_reviewed_charts_than_the_population_are_refused_with_their_rows() {
    let faults =
        tally(&[["1", "1", "A", "1", "f"], ["1", "", "A", "1", "f"], ["1", "9", "A", "1", "f"]]).faults();
    let [fault] = faults.try_into().unwrap();
    assert_eq!(fault.what, "the stratum `A` has 2 reviewed charts, but a population of 1");
    assert_eq!(fault.place.rows.first(), [2, 4]);
}
