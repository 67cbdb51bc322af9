//! Intervals as printed in validation studies, from their fractions, at the printed digits.

use hjertekommidt::stats::{ConfidenceLevel, IntervalMethod, Proportion};

use crate::oracle::{Row, rows};

/// Half a unit of the last printed decimal, and a little for a figure on the edge.
fn rounding(row: &Row) -> f64 {
    0.5001 * 10_f64.powi(-(row.value("decimals") as i32))
}

fn proportion(row: &Row) -> Proportion {
    Proportion::new(row.count("x"), row.count("n")).unwrap()
}

#[test]
fn fractions_give_the_printed_percentages() {
    for row in rows("published") {
        let percentage = 100.0 * proportion(&row).estimate().unwrap();
        let off = (percentage - row.value("estimate_pct")).abs();
        assert!(off <= rounding(&row), "{row}, {}: {percentage}", row.text("label"));
    }
}

#[test]
fn methods_that_reproduce_a_printed_interval_still_do() {
    let mut reproduced = 0;
    for row in rows("published").iter().filter(|row| row.text("reproduced_by") != "none") {
        for name in row.text("reproduced_by").split('|') {
            let method: IntervalMethod = name.parse().unwrap();
            let interval = proportion(row).interval(method, ConfidenceLevel::NINETY_FIVE).unwrap();
            let lower = (100.0 * interval.lower() - row.value("lower_pct")).abs();
            let upper = (100.0 * interval.upper() - row.value("upper_pct")).abs();
            let off = lower.max(upper);
            assert!(off <= rounding(row), "{row}, {}: {interval:?} by {name}", row.text("label"));
            reproduced += 1;
        }
    }
    assert!(reproduced > 100, "{reproduced}");
}
