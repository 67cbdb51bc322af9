//! The ratio of the lower tail of a beta distribution to its density in the logit, F/D.
//!
//! The continued fraction of Didonato and Morris (their equation 9), with n = a + b and λ = a − n x:
//!
//! ```text
//! D/F = β₀ + α₁/(β₁ + α₂/(β₂ + …))
//!
//! αₘ = (a+m−1)(n+m−1) m (b−m) x² / (a+2m−1)²
//! βₘ = m + m (b−m) x / (a+2m−1) + (a+m)(λ + 1 + m (2−x)) / (a+2m+1)
//! ```
//!
//! It is evaluated forwards as β₀ (1 + ρ₁/(1 + ρ₂/(1 + …))) with ρₘ = αₘ/(βₘ₋₁ βₘ), whose numerators and
//! denominators stay in range, so that one division a term suffices. For x below (a+1)/(n+2) it needs fewer than
//! 20 terms in small samples and about 0.6 √min(a, b) in large ones, fewer in the tail.

use crate::stats::Fraction;

/// More terms than the largest distribution for which the start is not exact needs.
const MAX_TERMS: u32 = 100_000;

/// F/D at x, for x not above (a + 1)/(a + b + 2); `slope` is λ = a − (a + b) x.
pub(super) fn tail_ratio(a: f64, b: f64, x: Fraction, slope: f64) -> f64 {
    let mut terms = Terms::new(a, b, x, slope);
    let (mut above, mut above_before) = (1.0, 1.0);
    let (mut below, mut below_before) = (1.0, 0.0);
    let mut value = 1.0;
    for m in 1..=MAX_TERMS {
        let term = terms.next(f64::from(m));
        (above, above_before) = (above + term * above_before, above);
        (below, below_before) = (below + term * below_before, below);
        let before = value;
        value = above / below;
        if (value - before).abs() <= f64::EPSILON * value {
            break;
        }
        if below > 1e250 {
            [above, above_before, below, below_before] =
                [above, above_before, below, below_before].map(|number| number * 1e-250);
        }
    }
    1.0 / (terms.first * value)
}

/// The terms ρₘ, from numerators and denominators cleared of the (a + 2m ± 1).
struct Terms {
    a: f64,
    b: f64,
    x: Fraction,
    slope: f64,
    /// β₀
    first: f64,
    /// a+2m−3, and βₘ₋₁ (a+2m−3)(a+2m−1); for m = 1 both without the factor a − 1, which may be 0
    before: f64,
    cleared: f64,
}

impl Terms {
    fn new(a: f64, b: f64, x: Fraction, slope: f64) -> Self {
        let first = a * (slope + 1.0) / (a + 1.0);
        Terms { a, b, x, slope, first, before: 1.0, cleared: a * (slope + 1.0) }
    }

    fn next(&mut self, m: f64) -> f64 {
        let Terms { a, b, x, slope, .. } = *self;
        let (middle, after) = (a + 2.0 * m - 1.0, a + 2.0 * m + 1.0);
        let numerator = (a + m - 1.0) * (a + b + m - 1.0) * m * (b - m) * x.value() * x.value();
        let cleared = m * middle * after
            + m * (b - m) * x.value() * after
            + (a + m) * (slope + 1.0 + m * (1.0 + x.complement())) * middle;
        let term = numerator * self.before * after / (self.cleared * cleared);
        (self.before, self.cleared) = (middle, cleared);
        term
    }
}
