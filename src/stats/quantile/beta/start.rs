//! Where the search for a beta quantile begins.
//!
//! The Cornish–Fisher expansion of the quantile of logit X by its cumulants
//!
//! ```text
//! κ₁ = ψ(a) − ψ(b)      κᵣ = ψ⁽ʳ⁻¹⁾(a) + (−1)ʳ ψ⁽ʳ⁻¹⁾(b)      γᵣ = κᵣ₊₂ / κ₂^(r/2+1)
//! ```
//!
//! up to the terms of order n⁻². The polygamma functions come from their expansions in a − ½,
//! ψ from the one in a, which needs no logarithm beside ln a. Where the
//! expansion is of no use, far out in the tail or for shapes below one half, the search begins at
//!
//! ```text
//! F(t) ≤ eᵃʸ / (a B(a, b)),   y = logit x
//! ```
//!
//! solved for p, which lies left of the root.

use super::density::LogitBeta;

/// The expansion is used for shapes and normal quantiles within these.
const SMALLEST_SHAPE: f64 = 0.5;
const LARGEST_NORMAL_QUANTILE: f64 = 6.0;

/// The error of the expansion grows as z⁶/m³ for the smaller shape m; below this ratio it is under 1e-15.
const EXACT_ABOVE: f64 = 5e4;

/// The position to begin with.
pub(super) struct Start {
    /// t = logit x − ln(a/b)
    pub(super) position: f64,
    /// Nothing needs to be added.
    pub(super) is_exact: bool,
}

/// The start for the lower-tail probability p, between 0 and one half, with its normal quantile z.
pub(super) fn start(p: f64, z: f64, beta: &LogitBeta) -> Start {
    let (a, b) = beta.shapes();
    let smaller = a.min(b);
    let is_exact = smaller > EXACT_ABOVE * (1.0 + z * z);
    if is_exact || (smaller >= SMALLEST_SHAPE && z >= -LARGEST_NORMAL_QUANTILE) {
        return Start { position: cornish_fisher(z, a, b), is_exact };
    }
    Start { position: left_of_root(p, beta), is_exact: false }
}

/// The bound of the distribution function, solved for its argument.
pub(super) fn left_of_root(p: f64, beta: &LogitBeta) -> f64 {
    let (a, b) = beta.shapes();
    let (mean, rest) = (a / (a + b), b / (a + b));
    let ln_rest = if mean < 0.5 { (-mean).ln_1p() } else { rest.ln() };
    (p.ln() + a.ln() + (a + b) * ln_rest - beta.ln_density(0.0)) / a
}

/// The quantile of t = logit X − ln(a/b) that belongs to the normal quantile z.
fn cornish_fisher(z: f64, a: f64, b: f64) -> f64 {
    let (of_a, of_b) = (cumulants(a), cumulants(b));
    let deviation = (of_a[1] + of_b[1]).sqrt();
    let inverse = 1.0 / deviation;
    let skewness = (of_a[2] - of_b[2]) * inverse.powi(3);
    let excess = (of_a[3] + of_b[3]) * inverse.powi(4);
    let fifth = (of_a[4] - of_b[4]) * inverse.powi(5);
    let sixth = (of_a[5] + of_b[5]) * inverse.powi(6);
    of_a[0] - of_b[0] + deviation * standardised(z, [skewness, excess, fifth, sixth])
}

/// Abramowitz & Stegun 26.2.49: the polynomials of Fisher and Cornish.
fn standardised(z: f64, [g1, g2, g3, g4]: [f64; 4]) -> f64 {
    let s = z * z;
    let first = g1 * (s - 1.0) * (1.0 / 6.0);
    let second = g2 * z * (s - 3.0) * (1.0 / 24.0) - g1 * g1 * z * (2.0 * s - 5.0) * (1.0 / 36.0);
    let third = g3 * ((s - 6.0) * s + 3.0) * (1.0 / 120.0) - g1 * g2 * ((s - 5.0) * s + 2.0) * (1.0 / 24.0)
        + g1.powi(3) * ((12.0 * s - 53.0) * s + 17.0) * (1.0 / 324.0);
    let fourth = g4 * ((s - 10.0) * s + 15.0) * (1.0 / 720.0)
        - g2 * g2 * ((3.0 * s - 24.0) * s + 29.0) * (1.0 / 384.0)
        - g1 * g3 * ((2.0 * s - 17.0) * s + 21.0) * (1.0 / 180.0)
        + g1 * g1 * g2 * ((14.0 * s - 103.0) * s + 107.0) * (1.0 / 288.0)
        - g1.powi(4) * ((252.0 * s - 1688.0) * s + 1511.0) * (1.0 / 7776.0);
    z + first + second + third + z * fourth
}

/// ψ(a) − ln a and the next five polygamma functions of a.
fn cumulants(a: f64) -> [f64; 6] {
    const SHIFTED_BELOW: f64 = 4.0;
    let mut shifted = a;
    let mut sums = [0.0; 6];
    while shifted < SHIFTED_BELOW {
        add_powers(1.0 / shifted, &mut sums);
        shifted += 1.0;
    }
    let c = 1.0 / (shifted - 0.5);
    let s = c * c;
    let ln_ratio = if shifted > a { (shifted / a).ln() } else { 0.0 };
    let e = 1.0 / shifted;
    let f = e * e;
    let expanded = [
        ln_ratio - 0.5 * e - f * (1.0 / 12.0 - f * (1.0 / 120.0 - f * (1.0 / 252.0 - f * (1.0 / 240.0)))),
        c * (1.0 - s * (1.0 / 12.0 - s * (7.0 / 240.0 - s * (31.0 / 1344.0)))),
        -s * (1.0 - s * (1.0 / 4.0 - s * (7.0 / 48.0 - s * (31.0 / 192.0)))),
        s * c * (2.0 - s * (1.0 - s * (7.0 / 8.0))),
        -s * s * (6.0 - s * (5.0 - s * (49.0 / 8.0))),
        s * s * c * (24.0 - s * 30.0),
    ];
    std::array::from_fn(|r| expanded[r] + sums[r])
}

/// The recurrences ψ⁽ʳ⁾(a) = ψ⁽ʳ⁾(a + 1) − (−1)ʳ r! / aʳ⁺¹, for c = 1/a.
fn add_powers(c: f64, sums: &mut [f64; 6]) {
    let mut power = c;
    for (sum, factor) in sums.iter_mut().zip([-1.0, 1.0, -2.0, 6.0, -24.0, 120.0]) {
        *sum += factor * power;
        power *= c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::quantile::standard_normal;

    #[test]
    fn polygammas_agree_with_known_values() {
        let [digamma, trigamma, tetragamma, ..] = cumulants(1.0);
        assert!((digamma + 0.577_215_664_901_532_9).abs() < 1e-6);
        assert!((trigamma - std::f64::consts::PI.powi(2) / 6.0).abs() < 1e-6);
        assert!((tetragamma + 2.404_113_806_319_188_6).abs() < 1e-6);
    }

    /// The errors of the expansion in 45-digit arithmetic: what is left of its first omitted terms, of order n⁻³.
    #[test]
    fn the_error_of_the_expansion_is_that_of_its_order() {
        for (scale, expected) in [(1.0, 6.3780e-6), (4.0, 9.0905e-8), (16.0, 1.35555e-9)] {
            let beta = LogitBeta::new(20.0 * scale, 60.0 * scale).unwrap();
            let tail = beta.tail(start(0.025, standard_normal(0.025), &beta).position);
            let error = (tail.ln_probability - f64::ln(0.025)) * tail.ratio;
            assert!((error / expected - 1.0).abs() < 1e-2, "{scale} {error:e}");
        }
    }

    #[test]
    fn the_start_is_left_of_the_root_where_no_expansion_holds() {
        for (p, a, b) in [(0.3, 0.01, 5.0), (1e-200, 3.0, 3.0), (0.5, 0.2, 0.2)] {
            let beta = LogitBeta::new(a, b).unwrap();
            let begun = beta.tail(start(p, standard_normal(p), &beta).position);
            assert!(begun.ln_probability <= f64::ln(p) + 1e-12, "{p} {a} {b}");
        }
    }
}
