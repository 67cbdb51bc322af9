//! Agresti and Coull's interval: Wald's, after adding z²/2 events and z²/2 non-events.
//!
//! ```text
//! X = x + z²/2      Y = y + z²/2      N = n + z²       y = n − x
//!
//! lower = ( X − z √(X Y / N) ) / N                     cut at 0
//! ```
//!
//! With the difference removed, (X − r)(X + r) = X² − r² and r² = z² X Y / N, so that
//!
//! ```text
//! lower = X ( X² + Y (x − z²/2) ) / ( N² (X + r) )
//! ```
//!
//! Reference: Agresti A, Coull BA. Approximate is better than "exact" for interval estimation of binomial
//! proportions. American Statistician 1998; 52: 119–126. <https://doi.org/10.1080/00031305.1998.10480550>

use crate::stats::{ConfidenceLevel, Fraction};

pub(super) fn lower(x: f64, y: f64, level: ConfidenceLevel) -> Option<Fraction> {
    let z = level.z();
    let added = z * z / 2.0;
    let (events, rest, trials) = (x + added, y + added, x + y + z * z);
    let margin = z * (events * rest / trials).sqrt();
    let value = events * (events * events + rest * (x - added)) / (trials * trials * (events + margin));
    Some(Fraction::from_pair(value, (rest + margin) / trials))
}
