//! What is estimated from the weighted cells of a replicate.

use crate::stats::Measure;

/// The measures that a bootstrap gives: those that are finite wherever they are defined.
pub const BOOTSTRAPPED: [Measure; 11] = [
    Measure::Sensitivity,
    Measure::Specificity,
    Measure::Ppv,
    Measure::Npv,
    Measure::PrevalenceReference,
    Measure::PrevalenceRegister,
    Measure::PrevalenceDifference,
    Measure::Accuracy,
    Measure::F1,
    Measure::Youden,
    Measure::Kappa,
];

/// A measure of one indicator, or the difference of two indicators in it. Indicators are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Estimand {
    /// One of [`BOOTSTRAPPED`]; the others are not estimable.
    pub measure: Measure,
    /// The indicator.
    pub indicator: usize,
    /// The indicator that is subtracted.
    pub less: Option<usize>,
}

impl Estimand {
    /// A measure of one indicator.
    pub fn of(measure: Measure, indicator: usize) -> Self {
        Estimand { measure, indicator, less: None }
    }

    /// A measure of one indicator less that of another.
    pub fn difference(measure: Measure, indicator: usize, less: usize) -> Self {
        Estimand { measure, indicator, less: Some(less) }
    }

    /// Both indicators; the same twice where there is one.
    pub(super) fn indicators(self) -> [usize; 2] {
        [self.indicator, self.less.unwrap_or(self.indicator)]
    }

    /// From the weighted cells of both; `None` where a denominator is 0.
    pub(super) fn value(self, [one, other]: [[f64; 4]; 2]) -> Option<f64> {
        let first = value(self.measure, one)?;
        match self.less {
            Some(_) => Some(first - value(self.measure, other)?),
            None => Some(first),
        }
    }

    /// From the weighted cells of all indicators, one after the other.
    pub(super) fn value_of(self, totals: &[f64]) -> Option<f64> {
        let cells = |indicator: usize| totals.get(4 * indicator..)?.first_chunk::<4>().copied();
        let [one, other] = self.indicators();
        self.value([cells(one)?, cells(other)?])
    }
}

/// A measure of weighted cells, none of them negative: a sum of them is 0 only if each is.
fn value(measure: Measure, [tp, fp, fn_, tn]: [f64; 4]) -> Option<f64> {
    match measure {
        Measure::Sensitivity => share(tp, fn_),
        Measure::Specificity => share(tn, fp),
        Measure::Ppv => share(tp, fp),
        Measure::Npv => share(tn, fn_),
        Measure::PrevalenceReference => share(tp + fn_, fp + tn),
        Measure::PrevalenceRegister => share(tp + fp, fn_ + tn),
        Measure::PrevalenceDifference => quotient(fp - fn_, tp + fp + fn_ + tn),
        Measure::Accuracy => share(tp + tn, fp + fn_),
        Measure::F1 => share(2.0 * tp, fp + fn_),
        Measure::Youden => Some(share(tp, fn_)? + share(tn, fp)? - 1.0),
        Measure::Kappa => {
            quotient(2.0 * (tp * tn - fp * fn_), (tp + fp) * (fp + tn) + (tp + fn_) * (fn_ + tn))
        }
        Measure::LrPositive
        | Measure::LrNegative
        | Measure::DiagnosticOddsRatio
        | Measure::NumberNeededToDiagnose => None,
    }
}

/// The share of a part beside the rest, exactly 1 where there is no rest.
fn share(part: f64, rest: f64) -> Option<f64> {
    quotient(part, part + rest)
}

fn quotient(above: f64, below: f64) -> Option<f64> {
    (below > 0.0).then(|| above / below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{ConfidenceLevel, IntervalMethod, TwoByTwo};

    #[test]
    fn measures_of_cells_are_those_of_the_table() {
        for (tp, fp, fn_, tn) in [(240, 87, 178, 288), (18, 0, 2, 27), (0, 1, 3, 0), (5, 0, 0, 0)] {
            let table = TwoByTwo { tp, fp, fn_, tn };
            let cells = table.cells().map(|count| count as f64);
            for measure in BOOTSTRAPPED {
                let expected =
                    table.estimate(measure, IntervalMethod::Wilson, ConfidenceLevel::NINETY_FIVE).value;
                let found = value(measure, cells);
                let near = found.zip(expected.ok()).map(|(found, expected)| (found - expected).abs() < 1e-14);
                assert_eq!(near.is_none(), expected.is_err(), "{measure:?} of {table:?}");
                assert_ne!(near, Some(false), "{measure:?} of {table:?}: {found:?}, {expected:?}");
            }
        }
    }

    #[test]
    fn what_may_be_infinite_is_left_to_its_score_interval() {
        assert_eq!(value(Measure::DiagnosticOddsRatio, [1.0; 4]), None);
    }
}
