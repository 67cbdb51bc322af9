//! Estimates and intervals in words and digits.

use super::{decimal, percent};
use crate::stats::{ConfidenceInterval, Estimate, Measure, Reason, WeightedEstimate};

/// Decimals of a percentage.
const PERCENT_DECIMALS: usize = 1;
/// Decimals of a ratio, a score or a coefficient.
const RATIO_DECIMALS: usize = 2;

/// Whether a measure is shown in per cent.
pub fn in_percent(measure: Measure) -> bool {
    use Measure::{
        Accuracy, F1, Npv, Ppv, PrevalenceDifference, PrevalenceReference, PrevalenceRegister, Sensitivity,
        Specificity,
    };
    matches!(
        measure,
        Sensitivity
            | Specificity
            | Ppv
            | Npv
            | PrevalenceReference
            | PrevalenceRegister
            | PrevalenceDifference
            | Accuracy
            | F1
    )
}

/// `89.5 (85.1–93.0)`, or why there is no estimate.
pub fn estimate_text(estimate: &Estimate) -> String {
    let digits = |number| digits(number, in_percent(estimate.measure));
    value_and_interval(estimate.value, estimate.interval, &digits)
}

/// The same for a weighted estimate; `complete` where everything is known.
pub fn weighted_text(estimate: &WeightedEstimate) -> String {
    match (estimate.complete, estimate.estimate) {
        (true, Ok(value)) => format!("{} (complete)", digits(value, true)),
        (_, value) => value_and_interval(value, estimate.interval, &|number| digits(number, true)),
    }
}

/// A coefficient such as kappa with its interval.
pub fn coefficient_text(value: Result<f64, Reason>, interval: Result<ConfidenceInterval, Reason>) -> String {
    value_and_interval(value, interval, &|number| digits(number, false))
}

fn digits(number: f64, in_percent: bool) -> String {
    if in_percent { percent(number, PERCENT_DECIMALS) } else { decimal(number, RATIO_DECIMALS) }
}

pub(super) fn value_and_interval(
    value: Result<f64, Reason>,
    interval: Result<ConfidenceInterval, Reason>,
    digits: &dyn Fn(f64) -> String,
) -> String {
    match (value, interval) {
        (Err(Reason::Unbounded), Ok(interval)) => {
            format!("∞ ({})", limits_text(digits(interval.lower()), digits(interval.upper())))
        }
        (Err(reason), _) => reason_text(reason).to_owned(),
        (Ok(value), Err(reason)) => format!("{} (interval {})", digits(value), reason_text(reason)),
        (Ok(value), Ok(interval)) => {
            format!("{} ({})", digits(value), limits_text(digits(interval.lower()), digits(interval.upper())))
        }
    }
}

/// `85.1–93.0`; `−3.2 to 1.4` where a sign would be mistaken for the dash.
pub fn limits_text(lower: String, upper: String) -> String {
    if lower.starts_with('−') || upper.starts_with('−') {
        format!("{lower} to {upper}")
    } else {
        format!("{lower}–{upper}")
    }
}

/// A reason in words.
pub fn reason_text(reason: Reason) -> &'static str {
    match reason {
        Reason::NotEstimable => "not estimable",
        Reason::NotDefined => "not defined",
        Reason::Unbounded => "∞",
        Reason::Suppressed => "#",
        Reason::NotAssessable => "not assessable",
        Reason::Inadmissible => "inadmissible",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{ConfidenceLevel, IntervalMethod, TwoByTwo};

    fn text(table: TwoByTwo, measure: Measure) -> String {
        estimate_text(&table.estimate(measure, IntervalMethod::ClopperPearson, ConfidenceLevel::NINETY_FIVE))
    }

    #[test]
    fn a_proportion_is_a_percentage_and_a_ratio_is_not() {
        let table = TwoByTwo { tp: 231, fp: 32, fn_: 27, tn: 54 };
        assert_eq!(text(table, Measure::Sensitivity), "89.5 (85.1–93.0)");
        assert!(text(table, Measure::LrPositive).starts_with("2.41 ("));
    }

    #[test]
    fn a_zero_denominator_is_not_estimable_and_an_open_limit_is_infinite() {
        assert_eq!(text(TwoByTwo { tp: 0, fp: 3, fn_: 0, tn: 4 }, Measure::Sensitivity), "not estimable");
        assert!(text(TwoByTwo { tp: 9, fp: 0, fn_: 1, tn: 9 }, Measure::LrPositive).contains('∞'));
    }

    #[test]
    fn negative_limits_are_joined_with_a_word() {
        assert_eq!(limits_text("−3.2".to_owned(), "1.4".to_owned()), "−3.2 to 1.4");
    }
}
