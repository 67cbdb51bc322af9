//! The quantile of the beta distribution, on which every exact interval rests.
//!
//! ```text
//! I(x; a, b) = p,    I(x; a, b) = ∫₀ˣ uᵃ⁻¹ (1 − u)ᵇ⁻¹ du / B(a, b)
//! ```
//!
//! `p` is the probability of the lower tail. The quantile is returned with its complement, 1 − x.
//!
//! The equation is solved in the logit of x, measured from the logit of the mean, t = logit x − ln(a/b), because
//! there the distribution is nearly normal and both x and 1 − x follow from t without cancellation:
//!
//! ```text
//! F(t) = I(x(t); a, b)      F′ = D = xᵃ (1 − x)ᵇ / B(a, b)      F″/F′ = a − (a + b) x
//! ```
//!
//! 1. Start: the Cornish–Fisher expansion with six cumulants (`start`).
//! 2. D in Loader's saddle-point form (`density`): no log-gamma, so the accuracy does not fall with a + b.
//! 3. F/D by the continued fraction of Didonato and Morris (`tail_ratio`).
//! 4. Steps of fifth order in ln F: the inverse function's Taylor series.
//!
//! D is log-concave in t, therefore F is, and Newton's step on the concave, rising ln F cannot pass the root from
//! the left: it lands left of the root from anywhere and climbs from there. No bracket is needed.
//!
//! Edges: p = 0 gives 0, p = 1 gives 1; a = 1 and b = 1 have closed forms. p > ½ is solved in the other tail,
//! whose probability 1 − p is then exact. Shapes must lie between 1e-6 and 1e15.
//!
//! References:
//! Didonato AR, Morris AH. Algorithm 708: significant digit computation of the incomplete beta function ratios.
//! ACM Transactions on Mathematical Software 1992; 18: 360–373. <https://doi.org/10.1145/131766.131776>
//! Loader C. Fast and accurate computation of binomial probabilities. 2000.
//! Fisher RA, Cornish EA. The percentile points of distributions having known cumulants. Technometrics 1960; 2:
//! 209–225. <https://doi.org/10.1080/00401706.1960.10489895>

mod density;
mod start;
mod tail_ratio;

pub(crate) use density::{LogitBeta, stirling_series};

use super::standard_normal;
use crate::stats::{ConfidenceLevel, Fraction};

/// Steps before the best approximation so far is returned; a handful are taken.
const MAX_STEPS: usize = 100;

/// Below this distance in ln F the fifth-order step reaches the last digit.
const CLOSE: f64 = 5e-4;

/// From this distance on the step is Newton's.
const FAR: f64 = 0.5;

/// The quantile `x` of the beta distribution with shapes `a` and `b`: `I(x; a, b) = p`.
///
/// `None` unless `0 ≤ p ≤ 1` and both shapes lie between 1e-6 and 1e15.
///
/// The exact (Clopper–Pearson) lower limit of 231 of 258 is the quantile of Beta(231, 28) at α/2:
///
/// ```
/// use hjertekommidt::stats::quantile;
///
/// let lower = quantile::beta(0.025, 231.0, 28.0).unwrap();
/// assert_eq!(format!("{:.3}", lower.value()), "0.851");
/// ```
pub fn beta(p: f64, a: f64, b: f64) -> Option<Fraction> {
    let beta = LogitBeta::new(a, b)?;
    match p {
        0.0 => Some(Fraction::ZERO),
        1.0 => Some(Fraction::ONE),
        _ if p > 0.0 && p <= 0.5 => Some(lower_tail(p, standard_normal(p), &beta)),
        _ if p > 0.5 && p < 1.0 => {
            let tail = 1.0 - p;
            Some(lower_tail(tail, standard_normal(tail), &beta.mirrored()).mirrored())
        }
        _ => None,
    }
}

/// The quantile at the tail of a confidence level, whose normal quantile is known.
pub(crate) fn beta_at(level: ConfidenceLevel, a: f64, b: f64) -> Option<Fraction> {
    Some(lower_tail(level.tail(), -level.z(), &LogitBeta::new(a, b)?))
}

/// The quantile for a probability p between 0 and one half, by steps from a number near it. Neither shape is 1.
pub(crate) fn beta_near(start: Fraction, p: f64, a: f64, b: f64) -> Option<Fraction> {
    let beta = LogitBeta::new(a, b)?;
    Some(beta.fraction(climb(beta.position(start), p, &beta)))
}

/// The distribution function of the beta distribution: the regularised incomplete beta function `I(x; a, b)`.
///
/// `None` unless both shapes lie between 1e-6 and 1e15.
///
/// ```
/// use hjertekommidt::stats::{Fraction, quantile};
///
/// let p = quantile::beta_distribution(Fraction::of(1.0, 1.0), 2.0, 3.0).unwrap();
/// assert!((p - 11.0 / 16.0).abs() < 1e-15);
/// ```
pub fn beta_distribution(x: Fraction, a: f64, b: f64) -> Option<f64> {
    let beta = LogitBeta::new(a, b)?;
    match x.value() {
        0.0 => Some(0.0),
        _ if x.complement() == 0.0 => Some(1.0),
        value if b == 1.0 => Some(value.powf(a)),
        _ => Some(beta.tail(beta.position(x)).ln_probability.exp()),
    }
}

/// The quantile for a probability p between 0 and one half with its normal quantile z.
fn lower_tail(p: f64, z: f64, beta: &LogitBeta) -> Fraction {
    match beta.shapes() {
        (1.0, b) => Fraction::exp((-p).ln_1p() / b).mirrored(),
        (a, 1.0) => Fraction::exp(p.ln() / a),
        _ => beta.fraction(solve(p, z, beta)),
    }
}

/// The position `t` with `F(t) = p`.
fn solve(p: f64, z: f64, beta: &LogitBeta) -> f64 {
    let start = start::start(p, z, beta);
    if start.is_exact { start.position } else { climb(start.position, p, beta) }
}

/// The same from a position anywhere, better a near one.
fn climb(start: f64, p: f64, beta: &LogitBeta) -> f64 {
    let mut t = start;
    let target = p.ln();
    for _ in 0..MAX_STEPS {
        let tail = beta.tail(t);
        let excess = tail.ln_probability - target;
        let step = tail.step(excess);
        t += step;
        if excess > FAR {
            // From the far right, where F is flat, Newton's step goes as far to the left as it likes.
            t = t.max(start::left_of_root(p, beta));
        }
        if excess.abs() <= CLOSE || step.abs() <= f64::EPSILON * t.abs() {
            break;
        }
    }
    t
}

/// What one evaluation of the distribution at `t` tells: `ln F` and the ratios of its derivatives.
pub(crate) struct Tail {
    /// ln F
    pub(crate) ln_probability: f64,
    /// F / F′
    pub(crate) ratio: f64,
    /// F″ / F′ = s and its derivatives s′, s″
    pub(crate) slopes: [f64; 3],
}

impl Tail {
    /// The step to the root for a distance of `excess` in ln F: Newton's from far away, of fifth order nearby.
    fn step(&self, excess: f64) -> f64 {
        if !self.ratio.is_finite() {
            return f64::NEG_INFINITY;
        }
        if excess.abs() > FAR { -excess * self.ratio } else { self.fifth_order(excess) }
    }

    /// The Taylor series of t as a function of ln F. With g = ln F and h = dt/dg = F/F′:
    ///
    /// ```text
    /// dh/dt = 1 − h s = k        k′ = −k s − h s′        k″ = −k′ s − 2 k s′ − h s″
    /// t′ = h     t″ = h k     t‴ = h (k² + h k′)     t⁗ = h (k³ + 4 h k k′ + h² k″)
    /// ```
    fn fifth_order(&self, excess: f64) -> f64 {
        let (h, [s, s1, s2]) = (self.ratio, self.slopes);
        let k = 1.0 - h * s;
        let k1 = -k * s - h * s1;
        let k2 = -k1 * s - 2.0 * k * s1 - h * s2;
        let third = k * k + h * k1;
        let fourth = k * k * k + 4.0 * h * k * k1 + h * h * k2;
        let g = -excess;
        g * h * (1.0 + g / 2.0 * (k + g / 3.0 * (third + g / 4.0 * fourth)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half the distance, a thirty-second of the error.
    #[test]
    fn the_step_is_of_fifth_order() {
        let beta = LogitBeta::new(5.0, 9.0).unwrap();
        let root = solve(0.2, standard_normal(0.2), &beta);
        let error = |distance: f64| {
            let tail = beta.tail(root + distance);
            (distance + tail.fifth_order(tail.ln_probability - f64::ln(0.2))).abs()
        };
        assert!(error(0.1) / error(0.05) > 25.0 && error(-0.1) / error(-0.05) > 25.0);
    }
}
