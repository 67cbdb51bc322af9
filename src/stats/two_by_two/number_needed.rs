//! The number needed to diagnose: how many with the condition must be examined to detect one of them correctly.
//!
//! ```text
//! number needed to diagnose = 1 / J        J = sensitivity + specificity − 1 between l and u
//!
//! limits 1/u and 1/l
//! ```
//!
//! Edges: with l ≤ 0 there is no upper limit (*unbounded*); with J = 0 the number itself is unbounded. A register that is worse than
//! chance, J < 0, needs no number (*not defined*), and with u ≤ 0 there is no interval either.
//!
//! Reference: Linn S, Grunau PD. New patient-oriented summary measure of net total gain in certainty for dichotomous diagnostic
//! tests. Epidemiologic Perspectives & Innovations 2006; 3: 11. <https://doi.org/10.1186/1742-5573-3-11>

use super::{TwoByTwo, Values};
use crate::stats::{ConfidenceInterval, ConfidenceLevel, Method, Reason};

impl TwoByTwo {
    /// 1/J with the reciprocals of J's limits.
    pub(super) fn number_needed_to_diagnose(self, level: ConfidenceLevel) -> Values {
        let (youden, interval) = self.youden(level);
        (youden.and_then(reciprocal), interval.and_then(reciprocals))
    }
}

fn reciprocal(youden: f64) -> Result<f64, Reason> {
    match youden {
        _ if youden < 0.0 => Err(Reason::NotDefined),
        0.0 => Err(Reason::Unbounded),
        _ => Ok(1.0 / youden),
    }
}

/// The limits of 1/J; the upper one is infinite where J may be 0.
fn reciprocals(youden: ConfidenceInterval) -> Result<ConfidenceInterval, Reason> {
    if youden.upper() <= 0.0 {
        return Err(Reason::NotDefined);
    }
    let upper = if youden.lower() > 0.0 { 1.0 / youden.lower() } else { f64::INFINITY };
    let method = Method::SquareAndAddReciprocal;
    Ok(ConfidenceInterval::new(1.0 / youden.upper(), upper, youden.level(), method))
}
