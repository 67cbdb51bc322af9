//! Wilson's score interval with continuity correction.
//!
//! ```text
//! lower: ( p̂ − 1/(2n) − p )² = z² p (1 − p) / n
//! ```
//!
//! That is Wilson's lower limit of x − ½ events. It is 0 at x = 0, the upper limit 1 at x = n. The correction is
//! always applied, also at x = n/2.
//!
//! Reference: Newcombe RG. Two-sided confidence intervals for the single proportion: comparison of seven methods.
//! Statistics in Medicine 1998; 17: 857–872, method 4.
//! <https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C857::AID-SIM777%3E3.0.CO;2-E>

use super::wilson::score_lower;
use crate::stats::{ConfidenceLevel, Fraction};

pub(super) fn lower(x: f64, y: f64, level: ConfidenceLevel) -> Option<Fraction> {
    if x <= 0.5 {
        return Some(Fraction::ZERO);
    }
    Some(score_lower(x - 0.5, y + 0.5, level.z().powi(2)))
}
