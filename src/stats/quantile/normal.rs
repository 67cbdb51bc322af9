//! The quantile of the standard normal distribution.
//!
//! ```text
//! Φ(z) = p
//! ```
//!
//! Three rational approximations in turn: in q = p − ½ around the middle, in r = √(−ln min(p, 1 − p)) further
//! out. Their relative error is about 1e-16.
//!
//! Reference: Wichura MJ. Algorithm AS 241: the percentage points of the normal distribution. Applied
//! Statistics 1988; 37: 477–484. <https://doi.org/10.2307/2347330>

#![expect(clippy::excessive_precision, reason = "the digits stand as in the paper, to be compared with it")]

const MIDDLE: [f64; 8] = [
    3.387132872796366608,
    133.14166789178437745,
    1971.5909503065514427,
    13731.693765509461125,
    45921.953931549871457,
    67265.770927008700853,
    33430.575583588128105,
    2509.0809287301226727,
];
const MIDDLE_BELOW: [f64; 8] = [
    1.0,
    42.313330701600911252,
    687.1870074920579083,
    5394.1960214247511077,
    21213.794301586595867,
    39307.89580009271061,
    28729.085735721942674,
    5226.495278852854561,
];
const SHOULDER: [f64; 8] = [
    1.42343711074968357734,
    4.6303378461565452959,
    5.7694972214606914055,
    3.64784832476320460504,
    1.27045825245236838258,
    0.24178072517745061177,
    0.0227238449892691845833,
    7.7454501427834140764e-4,
];
const SHOULDER_BELOW: [f64; 8] = [
    1.0,
    2.05319162663775882187,
    1.6763848301838038494,
    0.68976733498510000455,
    0.14810397642748007459,
    0.0151986665636164571966,
    5.475938084995344946e-4,
    1.05075007164441684324e-9,
];
const FAR: [f64; 8] = [
    6.6579046435011037772,
    5.4637849111641143699,
    1.7848265399172913358,
    0.29656057182850489123,
    0.026532189526576123093,
    0.0012426609473880784386,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    0.59983220655588793769,
    0.13692988092273580531,
    0.0148753612908506148525,
    7.868691311456132591e-4,
    1.8463183175100546818e-5,
    1.4215117583164458887e-7,
    2.04426310338993978564e-15,
];

/// The standard normal quantile: `z` with `Φ(z) = p`. `None` unless `0 < p < 1`.
///
/// ```
/// use hjertekommidt::stats::quantile;
///
/// let z = quantile::normal(0.025).unwrap();
/// assert!((z + 1.959963984540054).abs() < 1e-15);
/// ```
pub fn normal(p: f64) -> Option<f64> {
    (p > 0.0 && p < 1.0).then(|| standard_normal(p))
}

/// The same for a probability that is known to lie between 0 and 1.
pub(crate) fn standard_normal(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * rational(0.180625 - q * q, &MIDDLE, &MIDDLE_BELOW);
    }
    let r = (-p.min(1.0 - p).ln()).sqrt();
    let z = if r <= 5.0 {
        rational(r - 1.6, &SHOULDER, &SHOULDER_BELOW)
    } else {
        rational(r - 5.0, &FAR, &FAR_BELOW)
    };
    z.copysign(q)
}

/// The quotient of two polynomials whose coefficients are given from the constant upwards.
fn rational(x: f64, above: &[f64; 8], below: &[f64; 8]) -> f64 {
    polynomial(x, above) / polynomial(x, below)
}

fn polynomial(x: f64, coefficients: &[f64; 8]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each from 50-digit arithmetic.
    const EXACT: [(f64, f64); 6] = [
        (0.3, -0.52440051270804081597),
        (0.08, -1.4050715603096325447),
        (0.07, -1.4757910281791706856),
        (0.025, -1.9599639845400542118),
        (5e-7, -4.8916384756985903951),
        (1e-300, -37.047096299361199237),
    ];

    #[test]
    fn the_quantile_agrees_with_fifty_digit_arithmetic() {
        for (p, z) in EXACT {
            assert!((normal(p).unwrap() / z - 1.0).abs() <= 4e-16, "{p}: {:?}", normal(p));
        }
    }

    #[test]
    fn the_quantile_is_odd_around_one_half() {
        assert_eq!(normal(0.5), Some(0.0));
        assert_eq!(normal(0.25), normal(0.75).map(|z| -z));
    }

    #[test]
    fn probabilities_outside_the_open_unit_interval_have_no_quantile() {
        for p in [0.0, 1.0, -0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert_eq!(normal(p), None);
        }
    }
}
