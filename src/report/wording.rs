//! Estimates and intervals in words and digits.

use super::Style;
use crate::stats::{ConfidenceInterval, Estimate, Measure, Reason, WeightedEstimate};

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
pub fn estimate_text(estimate: &Estimate, style: Style) -> String {
    let digits = |number| digits(number, in_percent(estimate.measure), style);
    value_and_interval(estimate.value, estimate.interval, &digits, style)
}

/// The same for a weighted estimate; `complete` where everything is known.
pub fn weighted_text(estimate: &WeightedEstimate, style: Style) -> String {
    let style = style.no_finer(estimate.coarse);
    match (estimate.complete, estimate.estimate) {
        (true, Ok(value)) => format!("{} ({})", style.percent(value), style.says(COMPLETE)),
        (_, value) => {
            value_and_interval(value, estimate.interval, &|number| digits(number, true, style), style)
        }
    }
}

/// What stands for an interval where everything is known.
pub(super) const COMPLETE: [&str; 2] = ["komplet", "complete"];

/// A coefficient such as kappa with its interval.
pub fn coefficient_text(
    value: Result<f64, Reason>,
    interval: Result<ConfidenceInterval, Reason>,
    style: Style,
) -> String {
    value_and_interval(value, interval, &|number| digits(number, false, style), style)
}

pub(super) fn digits(number: f64, in_percent: bool, style: Style) -> String {
    if in_percent { style.percent(number) } else { style.ratio(number) }
}

pub(super) fn value_and_interval(
    value: Result<f64, Reason>,
    interval: Result<ConfidenceInterval, Reason>,
    digits: &dyn Fn(f64) -> String,
    style: Style,
) -> String {
    let limits =
        |interval: ConfidenceInterval| limits_text(digits(interval.lower()), digits(interval.upper()), style);
    match (value, interval) {
        (Err(Reason::Unbounded), Ok(interval)) => format!("∞ ({})", limits(interval)),
        (Err(reason), _) => reason_text(reason, style).to_owned(),
        (Ok(value), Err(reason)) => no_interval(digits(value), reason, style),
        (Ok(value), Ok(interval)) => format!("{} ({})", digits(value), limits(interval)),
    }
}

/// `89.5 (no interval)`; `89.5 (interval #)` where there is one that may not be shown.
pub(super) fn no_interval(value: String, reason: Reason, style: Style) -> String {
    match reason {
        Reason::Suppressed => format!("{value} (interval {})", reason_text(reason, style)),
        _ => format!("{value} ({})", style.says(["intet interval", "no interval"])),
    }
}

/// `85.1–93.0`; `−3.2 to 1.4` where a sign would be mistaken for the dash.
pub fn limits_text(lower: String, upper: String, style: Style) -> String {
    if lower.starts_with('−') || upper.starts_with('−') {
        format!("{lower} {} {upper}", style.says(["til", "to"]))
    } else {
        format!("{lower}–{upper}")
    }
}

/// A reason in words.
pub fn reason_text(reason: Reason, style: Style) -> &'static str {
    style.says(match reason {
        Reason::NotEstimable => NOT_ESTIMABLE,
        Reason::NotDefined => ["ikke defineret", "not defined"],
        Reason::Unbounded => ["∞", "∞"],
        Reason::Suppressed => ["#", "#"],
        Reason::NotAssessable => ["kan ikke vurderes", "not assessable"],
        Reason::Inadmissible => ["ikke tilladt", "inadmissible"],
    })
}

/// What stands for an estimate whose denominator is 0, or that the design cannot give.
pub(super) const NOT_ESTIMABLE: [&str; 2] = ["kan ikke estimeres", "not estimable"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Language, ReportRules};
    use crate::stats::{ConfidenceLevel, IntervalMethod, TwoByTwo};

    fn text(table: TwoByTwo, measure: Measure) -> String {
        estimate_text(
            &table.estimate(measure, IntervalMethod::ClopperPearson, ConfidenceLevel::NINETY_FIVE),
            Style::ENGLISH,
        )
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
        assert_eq!(limits_text("−3.2".to_owned(), "1.4".to_owned(), Style::ENGLISH), "−3.2 to 1.4");
    }

    #[test]
    fn danish_estimates_have_a_decimal_comma_and_danish_words() {
        let danish = Style::from(ReportRules::of(Language::Da));
        let text = |table: TwoByTwo, measure| {
            estimate_text(
                &table.estimate(measure, IntervalMethod::ClopperPearson, ConfidenceLevel::NINETY_FIVE),
                danish,
            )
        };
        let table = TwoByTwo { tp: 231, fp: 32, fn_: 27, tn: 54 };
        assert_eq!(text(table, Measure::Sensitivity), "89,5 (85,1–93,0)");
        assert_eq!(
            text(TwoByTwo { tp: 0, fp: 3, fn_: 0, tn: 4 }, Measure::Sensitivity),
            "kan ikke estimeres"
        );
        assert_eq!(limits_text("−3,2".to_owned(), "1,4".to_owned(), danish), "−3,2 til 1,4");
    }
}
