//! Miettinen and Nurminen's score interval for an odds ratio.
//!
//! ```text
//! ψ = a d / (b c)      margins fixed, m counts moved off the diagonal:
//!
//! ψ(m) = (a − m)(d − m) / ( (b + m)(c + m) )
//!
//! m² ( 1/(a − m) + 1/(b + m) + 1/(c + m) + 1/(d − m) ) (n − 1)/n = z²
//! ```
//!
//! This is the score statistic, written in the fitted cells a − m … d − m instead of in ψ. It rises with m from the
//! estimate at m = 0 until a or d is used up, so the lower limit belongs to the root in between. The upper limit is
//! the reciprocal of the lower limit of the table with its columns exchanged. The factor (n − 1)/n is the paper's
//! variance n/(n − 1).
//!
//! Edges: a = 0 or d = 0 has the lower limit 0, b = 0 or c = 0 the upper limit ∞; with an empty margin the ratio is
//! not estimable.
//!
//! Reference: Miettinen O, Nurminen M. Comparative analysis of two rates. Statistics in Medicine 1985; 4: 213–226.
//! <https://doi.org/10.1002/sim.4780040211>

use super::distance;
use crate::stats::rising_root::rising_root;
use crate::stats::{ConfidenceLevel, Reason};

/// The limits of the odds ratio of the cells a, b, c, d; the upper one may be infinite.
pub(crate) fn limits([a, b, c, d]: [u64; 4], level: ConfidenceLevel) -> Result<(f64, f64), Reason> {
    let is_empty = |one: u64, other: u64| one == 0 && other == 0;
    if is_empty(a, b) || is_empty(c, d) || is_empty(a, c) || is_empty(b, d) {
        return Err(Reason::NotEstimable);
    }
    Ok((lower([a, b, c, d], level.z()), 1.0 / lower([b, a, d, c], level.z())))
}

/// The lower limit; 0 when a or d is 0.
fn lower(cells: [u64; 4], z: f64) -> f64 {
    let [a, b, c, d] = cells.map(|cell| cell as f64);
    let n = a + b + c + d;
    let most = a.min(d);
    if most == 0.0 {
        return 0.0;
    }
    let factor = (n - 1.0) / n;
    let moved = rising_root(0.0, most, |m| {
        let [a, b, c, d] = [a - m, b + m, c + m, d - m].map(f64::recip);
        distance(m, z, factor * (a + b + c + d), factor * (a * a - b * b - c * c + d * d))
    });
    (a - moved) / (b + moved) * ((d - moved) / (c + moved))
}
