//! Clopper and Pearson's exact interval.
//!
//! ```text
//! lower: P(X ≥ x | p) = α/2      that is   p = Beta⁻¹(α/2; x, n − x + 1)
//! upper: P(X ≤ x | p) = α/2
//! ```
//!
//! Its coverage is never below the level. The lower limit is 0 at x = 0, the upper limit 1 at x = n.
//!
//! Reference: Clopper CJ, Pearson ES. The use of confidence or fiducial limits illustrated in the case of the
//! binomial. Biometrika 1934; 26: 404–413. <https://doi.org/10.1093/biomet/26.4.404>

use crate::stats::{ConfidenceLevel, Fraction, quantile};

pub(super) fn lower(x: f64, y: f64, level: ConfidenceLevel) -> Option<Fraction> {
    if x == 0.0 { Some(Fraction::ZERO) } else { quantile::beta_at(level, x, y + 1.0) }
}
