//! The beta distribution as a function of the logit, measured from the logit of its mean.
//!
//! With n = a + b, the mean μ = a/n and E = eᵗ − 1:
//!
//! ```text
//! ln D(t) = ½ ln( a b / (2π n) ) + δ(n) − δ(a) − δ(b) + a t − n ln(1 + μ E)
//!
//! x / μ − 1 = (1 − μ) E / (1 + μ E)
//! ```
//!
//! δ is the remainder of Stirling's formula, ln Γ(a) = (a − ½) ln a − a + ½ ln 2π + δ(a). The large terms of the
//! log-gammas have cancelled on paper, so they cannot cancel in the machine.

use std::f64::consts::TAU;

use super::Tail;
use super::tail_ratio::tail_ratio;
use crate::stats::Fraction;

/// The beta distribution with shapes a and b in the position t = logit x − ln(a/b).
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogitBeta {
    a: f64,
    b: f64,
    mean: Fraction,
    /// √( a b / (2π n) ), which is D at the mean but for the remainders
    height: f64,
    /// δ(n) − δ(a) − δ(b)
    remainders: f64,
}

impl LogitBeta {
    /// `None` unless both shapes lie between 1e-6 and 1e15.
    pub(crate) fn new(a: f64, b: f64) -> Option<Self> {
        let possible = 1e-6..=1e15;
        if !possible.contains(&a) || !possible.contains(&b) {
            return None;
        }
        let n = a + b;
        let remainders = stirling_remainder(n) - stirling_remainder(a) - stirling_remainder(b);
        let mean = Fraction::of(a, b);
        Some(LogitBeta { a, b, mean, height: (mean.value() * b / TAU).sqrt(), remainders })
    }

    /// The distribution of 1 − X.
    pub(crate) fn mirrored(&self) -> Self {
        LogitBeta { a: self.b, b: self.a, mean: self.mean.mirrored(), ..*self }
    }

    /// The shapes a and b.
    pub(crate) fn shapes(&self) -> (f64, f64) {
        (self.a, self.b)
    }

    /// x at the position t.
    pub(crate) fn fraction(&self, t: f64) -> Fraction {
        let (mean, rest) = (self.mean.value(), self.mean.complement());
        if t > 0.0 { Fraction::of(mean, rest * (-t).exp()) } else { Fraction::of(mean * t.exp(), rest) }
    }

    /// The position t of x.
    pub(crate) fn position(&self, x: Fraction) -> f64 {
        let odds = x.value() / x.complement();
        let relative = odds * self.b / self.a;
        if (relative - 1.0).abs() < 0.5 { (relative - 1.0).ln_1p() } else { relative.ln() }
    }

    /// ln D at the position t.
    pub(crate) fn ln_density(&self, t: f64) -> f64 {
        self.height.ln() + self.remainders + self.point(t).ln_shape
    }

    /// ln F at the position t and the ratios of its derivatives.
    pub(crate) fn tail(&self, t: f64) -> Tail {
        let (a, b, n) = (self.a, self.b, self.a + self.b);
        let Point { x, ln_shape, slope } = self.point(t);
        let curvature = -n * x.value() * x.complement();
        let slopes = [slope, curvature, curvature * (x.complement() - x.value())];
        if x.value() * (n + 2.0) <= a + 1.0 {
            let ratio = tail_ratio(a, b, x, slope);
            let ln_probability = ln_shape + (self.remainders + (self.height * ratio).ln());
            return Tail { ln_probability, ratio, slopes };
        }
        let density = self.height * (self.remainders + ln_shape).exp();
        let above = density * tail_ratio(b, a, x.mirrored(), -slope);
        let ln_probability = (-above).ln_1p();
        Tail { ln_probability, ratio: (1.0 - above) / density, slopes }
    }

    /// Computed for the smaller shape, so that the mixture 1 + μ E is never a small difference.
    fn point(&self, t: f64) -> Point {
        if self.a <= self.b {
            return self.point_of_smaller(t);
        }
        let Point { x, ln_shape, slope } = self.mirrored().point_of_smaller(-t);
        Point { x: x.mirrored(), ln_shape, slope: -slope }
    }

    /// The point for a ≤ b. Near the mean everything follows from E = eᵗ − 1; the slope a − n x is then
    /// −a (x/μ − 1), for the difference itself would lose digits.
    fn point_of_smaller(&self, t: f64) -> Point {
        let (a, b, n) = (self.a, self.b, self.a + self.b);
        let (mean, rest) = (self.mean.value(), self.mean.complement());
        if t.abs() > 1.0 {
            let x = self.fraction(t);
            let slope = a * x.complement() - b * x.value();
            return Point { x, ln_shape: a * t - n * ln_mixture(mean, t), slope };
        }
        let growth = t.exp_m1();
        let mixture = 1.0 + mean * growth;
        Point {
            x: Fraction::from_pair(mean * (1.0 + growth) / mixture, rest / mixture),
            ln_shape: a * t - n * (mean * growth).ln_1p(),
            slope: -a * rest * growth / mixture,
        }
    }
}

/// What the logit position t tells: x, ln D less its constant, and the slope F″/F′ = a − n x.
struct Point {
    x: Fraction,
    ln_shape: f64,
    slope: f64,
}

/// `ln(1 − w + w eᵗ)` for a weight w of at most one half.
fn ln_mixture(w: f64, t: f64) -> f64 {
    if t < 40.0 { (w * t.exp_m1()).ln_1p() } else { t + w.ln() + ((1.0 - w) / w * (-t).exp()).ln_1p() }
}

/// Stirling's remainder δ(a): its asymptotic series from 10 on, and below that by
/// Γ(a + k) = a (a + 1) … (a + k − 1) Γ(a).
fn stirling_remainder(a: f64) -> f64 {
    if a >= 10.0 {
        return stirling_series(a);
    }
    let k = (10.0 - a).ceil();
    let c = a + k;
    let rising: f64 = (0..k as u32).map(|j| (a + f64::from(j)) / c).product();
    stirling_series(c) + (a - 0.5) * (c / a).ln() - rising.ln() - k
}

/// The asymptotic series of Stirling's remainder, for a not below 10.
pub(crate) fn stirling_series(a: f64) -> f64 {
    const BERNOULLI: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    let square = 1.0 / (a * a);
    BERNOULLI.iter().rev().fold(0.0, |sum, term| sum * square + term) / a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remainder_of_stirlings_formula_agrees_with_known_gammas() {
        let half_ln_tau = 0.5 * TAU.ln();
        let sqrt_pi = std::f64::consts::PI.sqrt();
        for (a, gamma) in
            [(0.5, sqrt_pi), (1.0, 1.0), (2.5, 0.75 * sqrt_pi), (6.0, 120.0), (11.0, 3_628_800.0)]
        {
            let remainder = f64::ln(gamma) - ((a - 0.5) * f64::ln(a) - a + half_ln_tau);
            assert!((stirling_remainder(a) - remainder).abs() < 5e-15, "{a}");
        }
    }

    #[test]
    fn position_and_fraction_are_inverse() {
        let beta = LogitBeta::new(3.5, 800.0).unwrap();
        for t in [-30.0, -2.0, -1e-3, 0.0, 0.4, 5.0] {
            assert!((beta.position(beta.fraction(t)) - t).abs() < 1e-14 * (1.0 + f64::abs(t)), "{t}");
        }
    }

    #[test]
    fn the_logarithm_of_a_mixture_is_continuous_where_its_form_changes() {
        for w in [1e-12, 0.1, 0.5] {
            assert!((ln_mixture(w, 40.0) / ln_mixture(w, 40.0 - 1e-14) - 1.0).abs() < 1e-14);
        }
    }
}
