//! The two-by-two table of register against record.
//!
//! ```text
//!                 record yes   record no
//! register yes        TP           FP
//! register no         FN           TN
//! ```
//!
//! The register is the index test and stands in the rows, the record is the reference standard and stands in the
//! columns. It is never drawn otherwise.
//!
//! A measure with a zero denominator is *not estimable*, never 0, 1 or NaN.

mod number_needed;
mod ratios;

use std::ops::{Add, AddAssign};

use super::agreement::AgreementTable;
use super::interval::square_and_add;
use super::proportion::MAX_TRIALS;
use super::{
    ConfidenceInterval, ConfidenceLevel, Estimate, IntervalMethod, Measure, Method, Proportion, Reason,
};

/// Counts of register against record.
///
/// The table of Mercaldo, Lau and Zhou (2007):
///
/// ```
/// use hjertekommidt::stats::{ConfidenceLevel, IntervalMethod, Measure, TwoByTwo};
///
/// let table = TwoByTwo { tp: 240, fp: 87, fn_: 178, tn: 288 };
/// let ppv = table.estimate(Measure::Ppv, IntervalMethod::ClopperPearson, ConfidenceLevel::NINETY_FIVE);
/// assert_eq!(ppv.value, Ok(240.0 / 327.0));
/// let interval = ppv.interval.unwrap();
/// assert_eq!(format!("{:.3} to {:.3}", interval.lower(), interval.upper()), "0.683 to 0.781");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TwoByTwo {
    /// Register yes, record yes.
    pub tp: u64,
    /// Register yes, record no.
    pub fp: u64,
    /// Register no, record yes.
    pub fn_: u64,
    /// Register no, record no.
    pub tn: u64,
}

impl TwoByTwo {
    /// The four counts in the order of reading: TP, FP, FN, TN.
    pub fn cells(self) -> [u64; 4] {
        [self.tp, self.fp, self.fn_, self.tn]
    }

    /// All records in the table.
    pub fn total(self) -> u64 {
        self.cells().into_iter().fold(0, u64::saturating_add)
    }

    /// The table with register and record exchanged.
    pub fn transposed(self) -> Self {
        TwoByTwo { fp: self.fn_, fn_: self.fp, ..self }
    }

    /// Register yes.
    pub fn register_yes(self) -> u64 {
        self.tp.saturating_add(self.fp)
    }

    /// Register no.
    pub fn register_no(self) -> u64 {
        self.fn_.saturating_add(self.tn)
    }

    /// TP / (TP + FN): of those who have it by the record, how many the register finds.
    pub fn sensitivity(self) -> Proportion {
        Proportion::of(self.tp, self.fn_)
    }

    /// TN / (TN + FP): of those who do not have it by the record, how many the register leaves out.
    pub fn specificity(self) -> Proportion {
        Proportion::of(self.tn, self.fp)
    }

    /// TP / (TP + FP): of those the register names, how many have it by the record.
    pub fn ppv(self) -> Proportion {
        Proportion::of(self.tp, self.fp)
    }

    /// TN / (TN + FN): of those the register does not name, how many do not have it by the record.
    pub fn npv(self) -> Proportion {
        Proportion::of(self.tn, self.fn_)
    }

    /// (TP + FN) / n
    pub fn prevalence_reference(self) -> Proportion {
        Proportion::of(self.tp.saturating_add(self.fn_), self.fp.saturating_add(self.tn))
    }

    /// (TP + FP) / n
    pub fn prevalence_register(self) -> Proportion {
        Proportion::of(self.register_yes(), self.register_no())
    }

    /// (TP + TN) / n
    pub fn accuracy(self) -> Proportion {
        Proportion::of(self.tp.saturating_add(self.tn), self.fp.saturating_add(self.fn_))
    }

    /// The measure as events of trials; `None` for what is no proportion.
    pub fn proportion(self, measure: Measure) -> Option<Proportion> {
        match measure {
            Measure::Sensitivity => Some(self.sensitivity()),
            Measure::Specificity => Some(self.specificity()),
            Measure::Ppv => Some(self.ppv()),
            Measure::Npv => Some(self.npv()),
            Measure::PrevalenceReference => Some(self.prevalence_reference()),
            Measure::PrevalenceRegister => Some(self.prevalence_register()),
            Measure::Accuracy => Some(self.accuracy()),
            _ => None,
        }
    }

    /// A measure with its interval. `method` holds for the proportions and for F1; the other measures have one
    /// method each, which the interval names. Not defined for more than 10¹⁵ records.
    pub fn estimate(self, measure: Measure, method: IntervalMethod, level: ConfidenceLevel) -> Estimate {
        if self.total() > MAX_TRIALS {
            return Estimate::new(measure, Err(Reason::NotDefined), Err(Reason::NotDefined));
        }
        if let Some(proportion) = self.proportion(measure) {
            return Estimate {
                measure,
                events_of_trials: Some(proportion),
                value: proportion.estimate().ok_or(Reason::NotEstimable),
                interval: proportion.interval(method, level),
            };
        }
        let (value, interval) = match measure {
            Measure::F1 => self.f1(method, level),
            Measure::LrPositive => self.lr_positive(level),
            Measure::LrNegative => self.lr_negative(level),
            Measure::DiagnosticOddsRatio => self.diagnostic_odds_ratio(level),
            Measure::Youden => self.youden(level),
            Measure::Kappa => self.kappa(level),
            Measure::NumberNeededToDiagnose => self.number_needed_to_diagnose(level),
            _ => self.prevalence_difference(level),
        };
        Estimate::new(measure, value, interval)
    }

    /// Every measure in the order of [`Measure::ALL`].
    pub fn estimates(self, method: IntervalMethod, level: ConfidenceLevel) -> Vec<Estimate> {
        Measure::ALL.into_iter().map(|measure| self.estimate(measure, method, level)).collect()
    }

    /// F1 = 2j / (1 + j), j = TP / (TP + FP + FN), which has no negatives in it; the limits are those of j, carried
    /// over.
    fn f1(self, method: IntervalMethod, level: ConfidenceLevel) -> Values {
        let overlap = Proportion::of(self.tp, self.fp.saturating_add(self.fn_));
        overlap.mean_of_harmonic(method, level)
    }

    /// (FP − FN) / n with Newcombe's paired score interval.
    fn prevalence_difference(self, level: ConfidenceLevel) -> Values {
        let total = self.total() as f64;
        if total == 0.0 {
            return (Err(Reason::NotEstimable), Err(Reason::NotEstimable));
        }
        let limits = square_and_add::limits_of_paired_difference(self.cells(), level);
        let difference = (self.fp as f64 - self.fn_ as f64) / total;
        (Ok(difference), with_method(limits, level, Method::NewcombePaired))
    }

    /// J = sensitivity + specificity − 1, with square-and-add of their Wilson limits.
    fn youden(self, level: ConfidenceLevel) -> Values {
        let (sensitivity, specificity) = (self.sensitivity(), self.specificity());
        let (Some(one), Some(other)) = (sensitivity.estimate(), specificity.estimate()) else {
            return (Err(Reason::NotEstimable), Err(Reason::NotEstimable));
        };
        let counts = |proportion: Proportion| [proportion.events(), proportion.complement().events()];
        let limits = square_and_add::limits_of_sum(counts(sensitivity), counts(specificity), level);
        let limits = limits.map(|(lower, upper)| ((lower - 1.0).max(-1.0), (upper - 1.0).min(1.0)));
        (Ok(one + other - 1.0), with_method(limits, level, Method::SquareAndAdd))
    }

    /// Register against record as agreement beyond chance.
    fn kappa(self, level: ConfidenceLevel) -> Values {
        let kappa = AgreementTable::from(self).kappa(level);
        (kappa.value, kappa.interval)
    }
}

/// A value and its interval.
type Values = (Result<f64, Reason>, Result<ConfidenceInterval, Reason>);

/// Limits as an interval that knows its level and method.
fn with_method(
    limits: Result<(f64, f64), Reason>,
    level: ConfidenceLevel,
    method: Method,
) -> Result<ConfidenceInterval, Reason> {
    limits.map(|(lower, upper)| ConfidenceInterval::new(lower, upper, level, method))
}

impl Proportion {
    /// 2j / (1 + j) of a proportion j, with its limits carried over: F1, and positive or negative agreement.
    pub(crate) fn mean_of_harmonic(self, method: IntervalMethod, level: ConfidenceLevel) -> Values {
        let carried = |j: f64| 2.0 * j / (1.0 + j);
        let (x, rest) = (self.events() as f64, (self.trials() - self.events()) as f64);
        let value =
            if self.trials() == 0 { Err(Reason::NotEstimable) } else { Ok(2.0 * x / (2.0 * x + rest)) };
        let interval = self.interval(method, level);
        (value, interval.map(|interval| interval.map(Method::Transformed(method), carried)))
    }
}

impl Add for TwoByTwo {
    type Output = TwoByTwo;

    fn add(self, other: TwoByTwo) -> TwoByTwo {
        TwoByTwo {
            tp: self.tp.saturating_add(other.tp),
            fp: self.fp.saturating_add(other.fp),
            fn_: self.fn_.saturating_add(other.fn_),
            tn: self.tn.saturating_add(other.tn),
        }
    }
}

impl AddAssign for TwoByTwo {
    fn add_assign(&mut self, other: TwoByTwo) {
        *self = *self + other;
    }
}

#[cfg(test)]
mod tests;
