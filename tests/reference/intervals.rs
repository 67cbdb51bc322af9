//! Limits of a proportion against fifty-digit evaluations, for n from 1 to 1e9.

use hjertekommidt::stats::{ConfidenceLevel, IntervalMethod, Proportion, Reason, quantile};

use crate::oracle::{Row, distance, rows};

/// Relative, of the limit and of its complement.
const LIMIT: f64 = 1e-12;

/// What one minus a limit loses by the rounding of the limit in the table, absolute.
const COMPLEMENT_OF_TABLE: f64 = 1.2e-16;

/// Rows of methods that are not ours: Anscombe's variant of the arcsine.
const NOT_OURS: [&str; 1] = ["arcsine_anscombe"];

fn assert_limit(row: &Row, column: &str, value: f64, complement: f64) {
    let expected = row.value(column);
    let off = distance(value, expected);
    assert!(off <= LIMIT, "{row}: {column} {value} is off by {off:e}");
    let beyond = (complement - (1.0 - expected)).abs();
    assert!(beyond <= LIMIT * complement + COMPLEMENT_OF_TABLE, "{row}: {column}, complement {complement}");
}

#[test]
fn limits_agree_with_fifty_digit_evaluations() {
    let ours =
        |row: &Row| !NOT_OURS.contains(&row.text("method")) && row.text("method") != "jeffreys_equal_tailed";
    for row in rows("intervals").iter().filter(|row| ours(row)) {
        let proportion = Proportion::new(row.count("x"), row.count("n")).unwrap();
        let method: IntervalMethod = row.text("method").parse().unwrap();
        let level: ConfidenceLevel = row.text("level").parse().unwrap();
        match proportion.limits(method, level) {
            Ok(limits) => {
                assert_limit(row, "lower", limits.lower.value(), limits.lower.complement());
                assert_limit(row, "upper", limits.upper.value(), limits.upper.complement());
            }
            Err(reason) => {
                assert_eq!(reason, Reason::NotDefined, "{row}");
                assert_eq!((row.number("lower"), row.number("upper")), (None, None), "{row}");
            }
        }
    }
}

#[test]
fn equal_tailed_jeffreys_limits_are_plain_beta_quantiles() {
    for row in rows("intervals").iter().filter(|row| row.text("method") == "jeffreys_equal_tailed") {
        let level: ConfidenceLevel = row.text("level").parse().unwrap();
        let (a, b) = (row.value("x") + 0.5, row.value("n") - row.value("x") + 0.5);
        let lower = quantile::beta(level.tail(), a, b).unwrap();
        let upper = quantile::beta(level.tail(), b, a).unwrap().mirrored();
        assert_limit(row, "lower", lower.value(), lower.complement());
        assert_limit(row, "upper", upper.value(), upper.complement());
    }
}
