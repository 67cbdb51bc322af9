//! Wald's interval, the textbook's.
//!
//! ```text
//! p̂ ± z √( p̂ (1 − p̂) / n )      cut at 0 and 1
//! ```
//!
//! Its coverage is far below the level for small n or extreme p, and at x = 0 or n it has no width. It is computed
//! only when asked for by name, to compare with older tables. The difference is removed as in
//! Agresti and Coull's: with r = √(x y / n), lower = x (x − z² y / n) / ( n (x + z r) ).
//!
//! Reference: Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. Statistical Science
//! 2001; 16: 101–133. <https://doi.org/10.1214/ss/1009213286>

use crate::stats::{ConfidenceLevel, Fraction};

pub(super) fn lower(x: f64, y: f64, level: ConfidenceLevel) -> Option<Fraction> {
    if x == 0.0 {
        return Some(Fraction::ZERO);
    }
    let (z, n) = (level.z(), x + y);
    let margin = z * (x * y / n).sqrt();
    let value = x * (x - z * z * y / n) / (n * (x + margin));
    Some(Fraction::from_pair(value, (y + margin) / n))
}
