//! The arcsine interval: Wald's on the scale where the variance does not depend on p.
//!
//! ```text
//! lower = sin²( θ − h )      θ = arcsin √p̂      h = z / (2 √n)       the angle cut at 0 and π/2
//! ```
//!
//! sin(θ − h) = √p̂ cos h − √(1 − p̂) sin h needs no inverse function and keeps its digits at both ends. Computed
//! only when asked for by name: at x = 0 and n it is far too short.
//!
//! Reference: Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. Statistical Science
//! 2001; 16: 101–133, section 4.2.1, without the count's correction. <https://doi.org/10.1214/ss/1009213286>

use crate::stats::{ConfidenceLevel, Fraction};

pub(super) fn lower(x: f64, y: f64, level: ConfidenceLevel) -> Option<Fraction> {
    let n = x + y;
    let half_width = level.z() / (2.0 * n.sqrt());
    if (x / y).sqrt().atan() <= half_width {
        return Some(Fraction::ZERO);
    }
    let (sin, cos) = half_width.sin_cos();
    let (events, rest) = ((x / n).sqrt(), (y / n).sqrt());
    let sine = events * cos - rest * sin;
    let cosine = rest * cos + events * sin;
    Some(Fraction::from_pair(sine * sine, cosine * cosine))
}
