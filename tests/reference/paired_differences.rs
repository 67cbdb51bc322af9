//! Differences of two measurements against R's quantiles of type 6, mean and standard deviation.

use hjertekommidt::stats::{PairedDifferences, Reason};

use crate::oracle::{Row, distance, rows};

/// Relative.
const CLOSE: f64 = 1e-13;
/// A standard deviation of numbers near 1e9 has lost nine digits to the mean in both programs.
const SPREAD: f64 = 1e-9;

fn found(row: &Row) -> PairedDifferences {
    let differences = row.text("differences").split(' ').map(|one| one.parse().unwrap());
    PairedDifferences::of(differences.collect(), 1)
}

fn assert_close(found: Result<f64, Reason>, row: &Row, column: &str, reason: Reason, tolerance: f64) {
    match row.number(column) {
        None => assert_eq!(found, Err(reason), "{column}, {row}"),
        Some(expected) => {
            let found = found.unwrap();
            let off = if expected == 0.0 { found.abs() } else { distance(found, expected) };
            assert!(off <= tolerance, "{column} {found}, {row}");
        }
    }
}

#[test]
fn quantiles_are_those_of_r_and_missing_where_they_lie_beyond_the_differences() {
    let mut limits = 0;
    for row in rows("paired_differences") {
        let found = found(&row);
        assert_eq!(found.n, row.count("n"));
        assert_close(found.median, &row, "median", Reason::NotDefined, CLOSE);
        for (place, side) in ["lower", "upper"].into_iter().enumerate() {
            let quartile = found.quartiles.map(|pair| pair[place]);
            assert_close(quartile, &row, &format!("{side}_quartile"), Reason::NotDefined, CLOSE);
            let percentile = found.percentiles.map(|pair| pair[place]);
            assert_close(percentile, &row, &format!("{side}_percentile"), Reason::NotDefined, CLOSE);
            limits += usize::from(percentile.is_ok());
        }
    }
    assert_eq!(limits, 12, "39 differences have limits, and 38 have none");
}

#[test]
fn mean_deviation_and_normal_limits_are_those_of_r() {
    for row in rows("paired_differences") {
        let found = found(&row);
        assert_close(found.mean, &row, "mean", Reason::NotEstimable, CLOSE);
        let spread = if row.value("mean").abs() > 1e8 { SPREAD } else { CLOSE };
        assert_close(found.sd, &row, "sd", Reason::NotEstimable, spread);
        for (place, side) in ["lower", "upper"].into_iter().enumerate() {
            let limit = found.normal_limits.map(|pair| pair[place]);
            assert_close(limit, &row, &format!("{side}_normal"), Reason::NotEstimable, CLOSE);
        }
    }
}
