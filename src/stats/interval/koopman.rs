//! Koopman's score interval for the ratio of two independent proportions.
//!
//! ```text
//! φ = p₁/p₂      U(φ) = Σᵢ (xᵢ − nᵢ p̃ᵢ)² / (nᵢ p̃ᵢ q̃ᵢ) = z²
//! ```
//!
//! p̃₁ = φ p̃₂ are the most likely proportions with that ratio. Their likelihood equation reads
//!
//! ```text
//! (x₁ − n₁ p̃₁)/q̃₁ = −(x₂ − n₂ p̃₂)/q̃₂ = k
//!
//! p̃₁ = (x₁ − k)/(n₁ − k)        p̃₂ = (x₂ + k)/(n₂ + k)
//!
//! U = k² ( (n₁ − x₁)/(n₁ (x₁ − k)) + (n₂ − x₂)/(n₂ (x₂ + k)) )
//! ```
//!
//! so the score rises with k from the estimate at k = 0, the ratio falls, and the lower limit is the root between
//! 0 and x₁. At x₁ = n₁ the first term vanishes; where the second alone does not reach z², k stays at n₁,
//! p̃₂ = (n₁ + x₂)/(n₁ + n₂) and the first term is n₁ q̃₁/p̃₁. The upper limit is the reciprocal of the lower
//! limit of p₂/p₁.
//!
//! Edges: x₁ = 0 has the lower limit 0, x₂ = 0 the upper limit ∞; x₁ = x₂ = 0 is not estimable.
//!
//! References: Koopman PAR. Confidence intervals for the ratio of two binomial proportions. Biometrics 1984; 40:
//! 513–517. <https://doi.org/10.2307/2531405>
//! Nam J. Confidence limits for the ratio of two binomial proportions based on likelihood scores: non-iterative
//! method. Biometrical Journal 1995; 37: 375–379. <https://doi.org/10.1002/bimj.4710370311>

use super::distance;
use crate::stats::rising_root::rising_root;
use crate::stats::{ConfidenceLevel, Proportion, Reason};

/// The limits of p₁/p₂; the upper one may be infinite.
pub(crate) fn limits(
    first: Proportion,
    second: Proportion,
    level: ConfidenceLevel,
) -> Result<(f64, f64), Reason> {
    if first.trials() == 0 || second.trials() == 0 || first.events() + second.events() == 0 {
        return Err(Reason::NotEstimable);
    }
    Ok((lower(first, second, level.z()), 1.0 / lower(second, first, level.z())))
}

/// The lower limit of p₁/p₂; 0 without events in the first.
fn lower(first: Proportion, second: Proportion, z: f64) -> f64 {
    let (x1, n1) = (first.events() as f64, first.trials() as f64);
    let (x2, n2) = (second.events() as f64, second.trials() as f64);
    if x1 == 0.0 {
        return 0.0;
    }
    let (rest1, rest2) = ((n1 - x1) / n1, (n2 - x2) / n2);
    let score_of_second = n1 * n1 * rest2 / (x2 + n1);
    if x1 == n1 && score_of_second < z * z {
        let ratio_to_one = n1 / (n1 + z * z - score_of_second);
        return ratio_to_one * (n1 + n2) / (n1 + x2);
    }
    let k = rising_root(0.0, x1, |k| {
        let (below, above) = (1.0 / (x1 - k), 1.0 / (x2 + k));
        let (one, other) = (rest1 * below, rest2 * above);
        distance(k, z, one + other, one * below - other * above)
    });
    (x1 - k) / (n1 - k) * ((n2 + k) / (x2 + k))
}
