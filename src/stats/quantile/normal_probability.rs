//! The distribution function of the standard normal distribution.
//!
//! ```text
//! Φ(z) = ½ + φ(z) ( z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + … )                 |z| ≤ 3/2
//! Φ(−z) = φ(z) / ( z + 1/(z + 2/(z + 3/(z + …))) )                         z > 3/2
//! ```
//!
//! φ(z) = exp(−z²/2)/√(2π). All terms of the series have one sign, so that nothing cancels but the ½ of a
//! negative z, which costs one digit at −3/2. The fraction is Laplace's; beyond 3/2 two hundred steps of it are exact.
//!
//! References: Marsaglia G. Evaluating the normal distribution. Journal of Statistical Software 2004; 11(4).
//! <https://doi.org/10.18637/jss.v011.i04>
//! Abramowitz M, Stegun IA. Handbook of mathematical functions. 1964, 26.2.14.

use std::f64::consts::PI;

/// From here on the tail is a continued fraction.
const FAR: f64 = 1.5;

/// The probability that a standard normal number is at most `z`; 0 and 1 at the infinities.
///
/// ```
/// use hjertekommidt::stats::quantile;
///
/// assert_eq!(quantile::normal_probability(0.0), 0.5);
/// assert!((quantile::normal_probability(-1.959963984540054) - 0.025).abs() < 1e-15);
/// ```
pub fn normal_probability(z: f64) -> f64 {
    match z {
        _ if z > FAR => 1.0 - tail(z),
        _ if z < -FAR => tail(-z),
        _ => 0.5 + density(z) * series(z),
    }
}

fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// z + z³/3 + z⁵/(3·5) + …
fn series(z: f64) -> f64 {
    let (mut sum, mut term, mut odd) = (z, z, 1.0);
    while term.abs() > f64::EPSILON * 1e-3 * sum.abs() {
        odd += 2.0;
        term *= z * z / odd;
        sum += term;
    }
    sum
}

/// Φ(−z) for z > 3/2, from the innermost step outwards.
fn tail(z: f64) -> f64 {
    let fraction = (1..=200).rev().fold(z, |below, step| z + f64::from(step) / below);
    density(z) / fraction
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::quantile::normal;

    /// Each the double nearest to 50-digit arithmetic.
    const EXACT: [(f64, f64); 6] = [
        (-10.0, 7.619853024160525e-24),
        (-3.5, 2.3262907903552504e-4),
        (-3.0, 1.3498980316300946e-3),
        (-1.0, 0.15865525393145705),
        (0.5, 0.6914624612740131),
        (4.0, 0.9999683287581669),
    ];

    #[test]
    fn the_probability_agrees_with_fifty_digit_arithmetic() {
        for (z, p) in EXACT {
            assert!((normal_probability(z) / p - 1.0).abs() <= 2e-15, "{z}: {:e}", normal_probability(z));
        }
    }

    #[test]
    fn the_probability_undoes_the_quantile() {
        for step in 1..2000 {
            let p = f64::from(step) / 2000.0;
            let back = normal(p).map(normal_probability).unwrap();
            assert!((back / p - 1.0).abs() < 1e-14, "{p}: {back}");
        }
    }

    #[test]
    fn the_ends_are_0_and_1() {
        assert_eq!(
            [f64::NEG_INFINITY, -40.0, 40.0, f64::INFINITY].map(normal_probability),
            [0.0, 0.0, 1.0, 1.0]
        );
    }
}
