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
//! It is evaluated forwards by the recurrences of its numerators and denominators, X = βₘ X′ + αₘ X″, which leave one
//! division a term, and that one waits for nothing. Every few terms both are divided by the denominator, so that they stay in
//! range, and the value is held against the one before. For x below (a+1)/(n+2) it needs fewer than
//! 20 terms in small samples and about 0.6 √min(a, b) in large ones, fewer in the tail.

use crate::stats::Fraction;

/// More terms than the largest distribution for which the start is not exact needs.
const MAX_TERMS: u32 = 100_000;

/// Terms between two looks at the value. A term multiplies numerator and denominator by less than 1e32.
const TERMS_AT_A_TIME: usize = 4;

/// F/D at x, for x not above (a + 1)/(a + b + 2); `slope` is λ = a − (a + b) x.
pub(super) fn tail_ratio(a: f64, b: f64, x: Fraction, slope: f64) -> f64 {
    let first = a * (slope + 1.0) / (a + 1.0);
    let mut terms = Terms::new(a, b, x, slope);
    let (mut above, mut above_before) = (first, 1.0);
    let (mut below, mut below_before) = (1.0, 0.0);
    for _ in 0..MAX_TERMS as usize / TERMS_AT_A_TIME {
        for _ in 0..TERMS_AT_A_TIME {
            let (alpha, beta) = terms.next();
            (above, above_before) = (beta * above + alpha * above_before, above);
            (below, below_before) = (beta * below + alpha * below_before, below);
        }
        let scale = 1.0 / below;
        [above, above_before, below_before] =
            [above, above_before, below_before].map(|number| number * scale);
        below = 1.0;
        // The value is now `above`, and the one before is above_before / below_before.
        if (above * below_before - above_before).abs() <= f64::EPSILON * above_before {
            break;
        }
    }
    1.0 / above
}

/// The terms αₘ and βₘ.
struct Terms {
    a: f64,
    b: f64,
    x: Fraction,
    slope: f64,
    m: f64,
    /// 1/(a+2m+1)
    inverse: f64,
}

impl Terms {
    fn new(a: f64, b: f64, x: Fraction, slope: f64) -> Self {
        Terms { a, b, x, slope, m: 0.0, inverse: 1.0 / (a + 1.0) }
    }

    /// α and β of the next m.
    #[inline]
    fn next(&mut self) -> (f64, f64) {
        self.m += 1.0;
        let Terms { a, b, x, slope, m, inverse: before } = *self;
        self.inverse = 1.0 / (a + 2.0 * m + 1.0);
        let share = x.value() * before;
        let common = m * (b - m) * share;
        let alpha = (a + m - 1.0) * (a + b + m - 1.0) * share * common;
        let rising = (a + m) * (slope + 1.0 + m * (1.0 + x.complement()));
        (alpha, m + common + rising * self.inverse)
    }
}
