//! Wilson's score interval.
//!
//! ```text
//! (p̂ − p)² = z² p (1 − p) / n
//!
//! upper = ( 2x + z² + z √(z² + 4 x y / n) ) / ( 2 (n + z²) )       y = n − x
//! lower = ( x² / n ) / ( (n + z²) upper )                          by the product of the two roots
//! ```
//!
//! The product form has no difference in it: the lower limit is exactly 0 at x = 0 and loses no digits near it,
//! and no limit leaves [0, 1].
//!
//! Reference: Wilson EB. Probable inference, the law of succession, and statistical inference. Journal of the
//! American Statistical Association 1927; 22: 209–212. <https://doi.org/10.1080/01621459.1927.10502953>

use crate::stats::{ConfidenceLevel, Fraction};

pub(super) fn lower(x: f64, y: f64, level: ConfidenceLevel) -> Option<Fraction> {
    Some(score_lower(x, y, level.z().powi(2)))
}

/// The lower score limit of x events beside y non-events for a squared quantile z².
pub(crate) fn score_lower(x: f64, y: f64, z_squared: f64) -> Fraction {
    let n = x + y;
    let root = (z_squared * (z_squared + 4.0 * (x * y) / n)).sqrt();
    let value = 2.0 * x * x / (n * (2.0 * x + z_squared + root));
    let complement = (2.0 * y + z_squared + root) / (2.0 * (n + z_squared));
    Fraction::from_pair(value, complement)
}
