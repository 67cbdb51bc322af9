//! Likelihood ratios and the diagnostic odds ratio.
//!
//! ```text
//! LR+ = ( TP/(TP+FN) ) / ( FP/(FP+TN) )      LR− = ( FN/(TP+FN) ) / ( TN/(FP+TN) )      DOR = TP TN / (FP FN)
//! ```
//!
//! Their score intervals live with zero cells. A ratio with the denominator 0 is *unbounded*, 0/0 *not estimable*.

use super::{TwoByTwo, Values, with_method};
use crate::stats::interval::{koopman, miettinen_nurminen};
use crate::stats::{ConfidenceLevel, Method, Proportion, Reason};

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
        let limits = miettinen_nurminen::limits(self.cells(), level.tail());
        let [tp, fp, fn_, tn] = self.cells().map(|cell| cell as f64);
        let value = limits.and_then(|_| quotient(tp * tn, fp * fn_));
        (value, with_method(limits, level, Method::MiettinenNurminen))
    }
}

/// The ratio of two proportions with Koopman's interval.
fn ratio(first: Proportion, second: Proportion, level: ConfidenceLevel) -> Values {
    let limits = koopman::limits(first, second, level.tail());
    let cross = |one: Proportion, other: Proportion| one.events() as f64 * other.trials() as f64;
    let value = limits.and_then(|_| quotient(cross(first, second), cross(second, first)));
    (value, with_method(limits, level, Method::Koopman))
}

/// A quotient that is not 0/0.
fn quotient(above: f64, below: f64) -> Result<f64, Reason> {
    if below == 0.0 { Err(Reason::Unbounded) } else { Ok(above / below) }
}
