//! Likelihood ratios and the diagnostic odds ratio.
//!
//! ```text
//! LR+ = ( TP/(TP+FN) ) / ( FP/(FP+TN) )      LR− = ( FN/(TP+FN) ) / ( TN/(FP+TN) )      DOR = TP TN / (FP FN)
//! ```
//!
//! Their score intervals live with zero cells. A ratio with the denominator 0 is *unbounded*, 0/0 *not estimable*.
//!
//! The log method is an option, to compare with papers that used it:
//!
//! ```text
//! ratio · exp( ± z s )      likelihood ratio   s² = 1/x₁ − 1/n₁ + 1/x₂ − 1/n₂
//!                           odds ratio         s² = 1/TP + 1/FP + 1/FN + 1/TN
//! ```
//!
//! x₁ of n₁ and x₂ of n₂ are the proportions above and below. It is *not defined* with a zero among the counts that it divides by,
//! nor with s = 0.
//!
//! References: Simel DL, Samsa GP, Matchar DB. Likelihood ratios with confidence: sample size estimation for diagnostic test
//! studies. Journal of Clinical Epidemiology 1991; 44: 763–770. <https://doi.org/10.1016/0895-4356(91)90128-V>
//! Woolf B. On estimating the relation between blood group and disease. Annals of Human Genetics 1955; 19: 251–253.
//! <https://doi.org/10.1111/j.1469-1809.1955.tb01348.x>

use super::{TwoByTwo, Values, with_method};
use crate::stats::interval::{koopman, miettinen_nurminen};
use crate::stats::{ConfidenceInterval, ConfidenceLevel, Measure, Method, Proportion, Reason};

impl TwoByTwo {
    /// Sensitivity over one minus specificity.
    pub(super) fn lr_positive(self, level: ConfidenceLevel) -> Values {
        ratio(self.sensitivity(), self.specificity().complement(), level)
    }

    /// One minus sensitivity over specificity.
    pub(super) fn lr_negative(self, level: ConfidenceLevel) -> Values {
        ratio(self.sensitivity().complement(), self.specificity(), level)
    }

    /// TP TN / (FP FN)
    pub(super) fn diagnostic_odds_ratio(self, level: ConfidenceLevel) -> Values {
        let limits = miettinen_nurminen::limits(self.cells(), level);
        let [tp, fp, fn_, tn] = self.cells().map(|cell| cell as f64);
        let value = limits.and_then(|_| quotient(tp * tn, fp * fn_));
        (value, with_method(limits, level, Method::MiettinenNurminen))
    }

    /// The interval of a likelihood ratio or the odds ratio by the log method.
    ///
    /// # Errors
    /// [`Reason::NotDefined`] with a zero cell among those it divides by, and for other measures.
    pub fn log_interval(
        self,
        measure: Measure,
        level: ConfidenceLevel,
    ) -> Result<ConfidenceInterval, Reason> {
        let (with, without) = (self.sensitivity(), self.specificity());
        let (ratio, variance) = match measure {
            Measure::LrPositive => log_ratio(with, without.complement()),
            Measure::LrNegative => log_ratio(with.complement(), without),
            Measure::DiagnosticOddsRatio => self.log_odds_ratio(),
            _ => return Err(Reason::NotDefined),
        };
        let is_defined = variance > 0.0 && variance.is_finite();
        let margin = level.z() * variance.sqrt();
        let limits = || ((ratio.ln() - margin).exp(), (ratio.ln() + margin).exp());
        with_method(is_defined.then(limits).ok_or(Reason::NotDefined), level, Method::LogRatio)
    }

    fn log_odds_ratio(self) -> (f64, f64) {
        let [tp, fp, fn_, tn] = self.cells().map(|cell| cell as f64);
        ((tp / fp) * (tn / fn_), [tp, fp, fn_, tn].map(f64::recip).iter().sum())
    }
}

/// A ratio of two proportions and the variance of its logarithm.
fn log_ratio(first: Proportion, second: Proportion) -> (f64, f64) {
    let of = |one: Proportion| {
        let [x, rest, n] = [one.events(), one.complement().events(), one.trials()].map(|count| count as f64);
        (x / n, rest / (x * n))
    };
    let ((above, one), (below, other)) = (of(first), of(second));
    (above / below, one + other)
}

/// The ratio of two proportions with Koopman's interval.
fn ratio(first: Proportion, second: Proportion, level: ConfidenceLevel) -> Values {
    let limits = koopman::limits(first, second, level);
    let cross = |one: Proportion, other: Proportion| one.events() as f64 * other.trials() as f64;
    let value = limits.and_then(|_| quotient(cross(first, second), cross(second, first)));
    (value, with_method(limits, level, Method::Koopman))
}

/// A quotient that is not 0/0.
fn quotient(above: f64, below: f64) -> Result<f64, Reason> {
    if below == 0.0 { Err(Reason::Unbounded) } else { Ok(above / below) }
}
