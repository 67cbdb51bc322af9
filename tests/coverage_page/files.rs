//! The files of `docs/coverage`: a part computed anew, and the simulation against another one.

use std::collections::HashMap;
use std::path::Path;

use super::plain::PlainIntervals;
use crate::oracle::rows;

/// A row by the names of its columns.
pub(super) type Cells = HashMap<String, String>;

/// The rows of `docs/coverage/{name}.csv`.
pub(super) fn file(name: &str) -> Vec<Cells> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coverage").join(format!("{name}.csv"));
    let rows: Vec<Cells> = csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect();
    assert!(!rows.is_empty(), "{name} has no rows");
    rows
}

pub(super) fn number(row: &Cells, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?} is no number"))
}

/// The one row with these cells.
pub(super) fn one<'r>(rows: &'r [Cells], wanted: &[(&str, &str)]) -> &'r Cells {
    let is_wanted = |row: &&Cells| wanted.iter().all(|(column, cell)| row[*column] == *cell);
    let found: Vec<&Cells> = rows.iter().filter(is_wanted).collect();
    assert_eq!(found.len(), 1, "rows with {wanted:?}");
    found[0]
}

/// Half of the last digit in the files.
const PRINTED: f64 = 0.500_001e-5;

#[test]
fn rows_of_plain_intervals_are_what_is_computed() {
    let is_small = |row: &&Cells| ["10", "50"].contains(&row["n"].as_str());
    for row in file("plain").iter().filter(is_small) {
        let (method, level) = (row["method"].parse().unwrap(), row["level"].parse().unwrap());
        let found = PlainIntervals::new(method, row["n"].parse().unwrap(), level).at(number(row, "p"));
        assert!((found.coverage - number(row, "coverage")).abs() <= PRINTED, "{row:?}");
        assert!((found.below_lower - number(row, "below_lower")).abs() <= PRINTED, "{row:?}");
        assert!((found.width - number(row, "width")).abs() <= PRINTED, "{row:?}");
    }
    for row in file("plain_summary").iter().filter(is_small) {
        let (method, level) = (row["method"].parse().unwrap(), row["level"].parse().unwrap());
        let intervals = PlainIntervals::new(method, row["n"].parse().unwrap(), level);
        let (_, least) = intervals.least(number(row, "from"), number(row, "to"));
        assert!((least - number(row, "least_coverage")).abs() <= PRINTED, "{row:?}");
    }
}

/// Another program, other random numbers: coverage within four standard errors of the difference, mean widths within 1.5 %, standard
/// deviations of the estimate within 4 %.
#[test]
fn simulated_coverage_agrees_with_a_simulation_by_numpy_and_scipy() {
    let weighted = file("weighted");
    for row in rows("coverage_weighted") {
        let keys = ["design", "truth", "prevalence", "measure", "method"].map(|key| (key, row.text(key)));
        let ours = one(&weighted, &[keys.as_slice(), &[("target", "frame")]].concat());
        let coverage = row.value("coverage");
        let variance = coverage * (1.0 - coverage);
        let error = (variance / row.value("draws") + variance / number(ours, "draws")).sqrt();
        let off = number(ours, "coverage") - coverage;
        assert!(off.abs() <= 4.0 * error, "{row}: coverage is off by {off}, its error is {error}");
        for (column, tolerance) in [("width", 0.015), ("sd", 0.04), ("value", 1e-5)] {
            let ratio = number(ours, column) / row.value(column);
            assert!((ratio - 1.0).abs() <= tolerance, "{row}: {column}, ratio {ratio}");
        }
    }
}

#[test]
fn every_simulated_sample_is_accounted_for() {
    let parts = ["coverage", "below_lower", "above_upper", "not_defined", "not_estimable"];
    for name in ["weighted", "bootstrap"] {
        for row in file(name) {
            let sum: f64 = parts.iter().map(|part| number(&row, part)).sum();
            assert!((sum - 1.0).abs() <= 5.0 * PRINTED, "{name}, {row:?}: {sum}");
        }
    }
}

/// Korn–Graubard taken apart and put together again by the program of the page is the library's.
#[test]
fn the_first_candidate_is_korn_graubard_as_specified() {
    let (weighted, candidates) = (file("weighted"), file("candidates"));
    let keys = ["design", "truth", "prevalence", "target", "measure"];
    let of = |rows: &[Cells], method: &str| -> HashMap<Vec<String>, Vec<String>> {
        let of_method = rows.iter().filter(|row| row["method"] == method && row["target"] == "frame");
        let values = ["coverage", "below_lower", "above_upper", "width"];
        let cells =
            |row: &Cells, columns: &[&str]| columns.iter().map(|column| row[*column].clone()).collect();
        of_method.map(|row| (cells(row, &keys), cells(row, &values))).collect()
    };
    let specified = of(&candidates, "specified");
    assert_eq!(specified.len(), 256, "four designs, eight truths, two prevalences, four measures");
    assert_eq!(specified, of(&weighted, "korn_graubard"));
}
