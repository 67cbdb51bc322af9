//! Measures of a two-by-two table against epiR's `epi.tests`.

use hjertekommidt::stats::{ConfidenceLevel, Estimate, IntervalMethod, Measure, TwoByTwo};

use crate::oracle::{Row, distance, rows};

/// Relative.
const ESTIMATE: f64 = 1e-13;

/// Relative; R's own quantiles.
const LIMIT: f64 = 1e-12;

/// epiR's statistic as a measure of ours.
fn measure(statistic: &str) -> Option<Measure> {
    match statistic {
        "ap" => Some(Measure::PrevalenceRegister),
        "tp" => Some(Measure::PrevalenceReference),
        "se" => Some(Measure::Sensitivity),
        "sp" => Some(Measure::Specificity),
        "pv.pos" => Some(Measure::Ppv),
        "pv.neg" => Some(Measure::Npv),
        "diag.ac" => Some(Measure::Accuracy),
        "diag.or" => Some(Measure::DiagnosticOddsRatio),
        "lr.pos" => Some(Measure::LrPositive),
        "lr.neg" => Some(Measure::LrNegative),
        "youden" => Some(Measure::Youden),
        _ => None,
    }
}

fn method(name: &str) -> IntervalMethod {
    match name {
        "exact" | "clopper-pearson" => IntervalMethod::ClopperPearson,
        "wilson" => IntervalMethod::Wilson,
        "agresti" => IntervalMethod::AgrestiCoull,
        _ => IntervalMethod::Jeffreys,
    }
}

fn estimate(row: &Row) -> Option<Estimate> {
    let [tp, fp, fn_, tn] = ["tp", "fp", "fn", "tn"].map(|cell| row.count(cell));
    let level: ConfidenceLevel = row.text("level").parse().unwrap();
    let measure = measure(row.text("statistic"))?;
    Some(TwoByTwo { tp, fp, fn_, tn }.estimate(measure, method(row.text("method")), level))
}

/// With `agresti` epiR prints the centre of the interval, (x + z²/2)/(n + z²), as the estimate; ours is always x/n.
fn prints_the_centre(row: &Row) -> bool {
    let of_proportions = !["lr.pos", "lr.neg", "diag.or"].contains(&row.text("statistic"));
    row.text("method") == "agresti" && of_proportions
}

#[test]
fn estimates_agree_with_epir() {
    for row in rows("epir_tests").iter().filter(|row| !prints_the_centre(row)) {
        let Some(estimate) = estimate(row) else { continue };
        let value = estimate.value.unwrap();
        assert!(distance(value, row.value("est")) <= ESTIMATE, "{row}: {value}");
    }
}

/// For proportions the definitions coincide. epiR's limits of ratios are those of the log method, its limits of
/// Youden's J the sums of the limits: `docs/methods.md` tells why ours differ.
#[test]
fn limits_of_proportions_agree_with_epir() {
    for row in rows("epir_tests") {
        let Some(estimate) = estimate(&row).filter(|estimate| estimate.events_of_trials.is_some()) else {
            continue;
        };
        let interval = estimate.interval.unwrap();
        for (found, column) in [(interval.lower(), "lower"), (interval.upper(), "upper")] {
            let off = distance(found, row.value(column));
            assert!(off <= LIMIT, "{row} {}: {column} {found} is off by {off:e}", row.text("method"));
        }
    }
}

/// epiR's limits of ratios are by the log method; with `agresti` it takes the centres of intervals for the proportions.
#[test]
fn limits_by_the_log_method_agree_with_epir() {
    let mut compared = 0;
    for row in rows("epir_tests").iter().filter(|row| row.text("method") != "agresti") {
        let Some(measure) = measure(row.text("statistic")) else { continue };
        let [tp, fp, fn_, tn] = ["tp", "fp", "fn", "tn"].map(|cell| row.count(cell));
        let level: ConfidenceLevel = row.text("level").parse().unwrap();
        let Ok(interval) = (TwoByTwo { tp, fp, fn_, tn }).log_interval(measure, level) else { continue };
        for (found, column) in [(interval.lower(), "lower"), (interval.upper(), "upper")] {
            assert!(distance(found, row.value(column)) <= LIMIT, "{row}: {column} {found}");
        }
        compared += 1;
    }
    assert!(compared > 20, "{compared}");
}
