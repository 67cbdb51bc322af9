//! Score limits of ratios against the definition: the restricted likelihood's quadratic and bisection, 40 digits.

use hjertekommidt::stats::{ConfidenceLevel, IntervalMethod, Measure, TwoByTwo};

use crate::oracle::{Row, distance, rows};

/// Relative.
const SCORE_LIMIT: f64 = 1e-12;

/// A ratio (a/(a+b)) / (c/(c+d)) is the positive likelihood ratio of the table a, c, b, d.
fn table_and_measure(row: &Row) -> (TwoByTwo, Measure) {
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|cell| row.count(cell));
    match row.text("method") {
        "koopman" => (TwoByTwo { tp: a, fn_: b, fp: c, tn: d }, Measure::LrPositive),
        _ => (TwoByTwo { tp: a, fp: b, fn_: c, tn: d }, Measure::DiagnosticOddsRatio),
    }
}

#[test]
fn score_limits_agree_with_their_definition() {
    for row in rows("score_intervals") {
        let (table, measure) = table_and_measure(&row);
        let level: ConfidenceLevel = row.text("level").parse().unwrap();
        let estimate = table.estimate(measure, IntervalMethod::ClopperPearson, level);
        let interval = estimate.interval.unwrap();
        assert_eq!(interval.method().name(), row.text("method"));
        for (found, column) in [(interval.lower(), "lower"), (interval.upper(), "upper")] {
            let expected = row.value(column);
            let same = found == expected || distance(found, expected) <= SCORE_LIMIT;
            assert!(same, "{row}: {column} {found} for {expected}");
        }
    }
}
