//! Jeffreys' interval: quantiles of the posterior under the prior Beta(½, ½).
//!
//! ```text
//! lower = Beta⁻¹(α/2; x + ½, n − x + ½)       0 at x = 0
//! upper = Beta⁻¹(1 − α/2; x + ½, n − x + ½)   1 at x = n
//! ```
//!
//! The other limit at x = 0 and x = n is the equal-tailed quantile, as Brown, Cai and DasGupta define it.
//!
//! Reference: Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. Statistical Science
//! 2001; 16: 101–133, section 4.1.2. <https://doi.org/10.1214/ss/1009213286>

use crate::stats::{ConfidenceLevel, Fraction, quantile};

pub(super) fn lower(x: f64, y: f64, level: ConfidenceLevel) -> Option<Fraction> {
    if x == 0.0 { Some(Fraction::ZERO) } else { quantile::beta_at(level, x + 0.5, y + 0.5) }
}
