//! The mid-P interval: exact, with half the probability of the observed count.
//!
//! ```text
//! lower: P(X > x | p) + ½ P(X = x | p) = α/2
//! ```
//!
//! In terms of the beta distribution, with a = x, b = n − x + 1, y = n − x and the notation of the beta quantile:
//!
//! ```text
//! G = F − ½ D / (x q)                 q = 1 − p,   D / (x q) = P(X = x)
//! G′ = D (x q + y p) / (2 x q)        G″/G′ = x − n p + p q (n − 2x) / (x q + y p)
//! ```
//!
//! G′ is log-concave in the logit of p, so Newton's step in ln G lands left of the root from anywhere, as it does
//! for the beta quantile. Edges: lower 0 at x = 0; at x = n the equation is ½ pⁿ = α/2.
//!
//! References: Lancaster HO. Significance tests in discrete distributions. Journal of the American Statistical
//! Association 1961; 56: 223–234. <https://doi.org/10.1080/01621459.1961.10482105>
//! Berry G, Armitage P. Mid-P confidence intervals: a brief review. Statistician 1995; 44: 417–423.
//! <https://doi.org/10.2307/2348891>

use crate::stats::quantile::{self, LogitBeta};
use crate::stats::{ConfidenceLevel, Fraction};

/// Steps before the best approximation so far is returned; four or five are taken.
const MAX_STEPS: usize = 100;

pub(super) fn lower(x: f64, y: f64, level: ConfidenceLevel) -> Option<Fraction> {
    if x == 0.0 {
        return Some(Fraction::ZERO);
    }
    if y == 0.0 {
        return Some(Fraction::exp((2.0 * level.tail()).ln() / x));
    }
    let beta = LogitBeta::new(x, y + 1.0)?;
    let start = beta.position(quantile::beta_at(level, x, y + 1.0)?);
    Some(beta.fraction(solve(start, &beta, level.tail().ln())))
}

/// Halley's steps in ln G from the exact limit, which lies left of the root.
fn solve(start: f64, beta: &LogitBeta, target: f64) -> f64 {
    let mut t = start;
    for _ in 0..MAX_STEPS {
        let (excess, ratio, slope) = mid_tail(t, beta, target);
        let newton = -excess * ratio;
        let step = newton / (1.0 - excess * (ratio * slope - 1.0) / 2.0);
        t += step;
        if excess.abs() <= 1e-6 || step.abs() <= f64::EPSILON * t.abs() {
            break;
        }
    }
    t
}

/// ln G − target, G/G′ and G″/G′.
fn mid_tail(t: f64, beta: &LogitBeta, target: f64) -> (f64, f64, f64) {
    let (x, above) = beta.shapes();
    let y = above - 1.0;
    let (p, q) = (beta.fraction(t).value(), beta.fraction(t).complement());
    let tail = beta.tail(t);
    let half_point = 0.5 / (x * q);
    let in_density = tail.ratio - half_point;
    let mixed = x * q + y * p;
    let ln_ratio = (in_density / tail.ratio).ln();
    let slope = tail.slopes[0] + p + p * q * (y - x) / mixed;
    (tail.ln_probability + ln_ratio - target, in_density / (half_point * mixed), slope)
}
