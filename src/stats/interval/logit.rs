//! The logit interval: Wald's on the log-odds.
//!
//! ```text
//! ln(x / y) ± z √(1/x + 1/y)       y = n − x,    transformed back
//! ```
//!
//! Not defined at x = 0 and x = n.
//!
//! Reference: Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. Statistical Science
//! 2001; 16: 101–133, section 4.1.1. <https://doi.org/10.1214/ss/1009213286>

use crate::stats::{ConfidenceLevel, Fraction};

pub(super) fn lower(x: f64, y: f64, level: ConfidenceLevel) -> Option<Fraction> {
    let margin = level.z() * (1.0 / x + 1.0 / y).sqrt();
    (x > 0.0 && y > 0.0).then(|| Fraction::of(x, y * margin.exp()))
}
