//! The quantile of Student's t distribution.
//!
//! ```text
//! ν / (ν + T²)  ~  Beta(ν/2, ½)        so, for a lower tail p < ½ and (x, 1 − x) the quantile of that beta at 2p:
//!
//! t = −√( ν (1 − x) / x )
//! ```
//!
//! ν need not be a whole number. 2p is exact in binary arithmetic, and 1 − x comes with its own accuracy, so
//! that the result is good to a few units in the last place.
//!
//! Reference: Abramowitz M, Stegun IA. Handbook of mathematical functions. 1964; 26.5.27 and 26.7.1.

use super::beta;

/// The quantile `t` of Student's t with `df` degrees of freedom: `P(T ≤ t) = p`.
///
/// `None` unless `0 < p < 1` and `df` is between 2e-6 and 2e15.
///
/// ```
/// use hjertekommidt::stats::quantile;
///
/// let t = quantile::student_t(0.025, 10.0).unwrap();
/// assert!((t + 2.228138851986275).abs() < 2e-15);
/// ```
pub fn student_t(p: f64, df: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    let ratio = beta(2.0 * p.min(1.0 - p), df / 2.0, 0.5)?;
    let t = (df * (ratio.complement() / ratio.value())).sqrt();
    Some(t.copysign(p - 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Closed forms: tan for one degree of freedom, a root for two.
    #[test]
    fn one_and_two_degrees_of_freedom_have_closed_forms() {
        for p in [1e-9, 0.025, 0.05, 0.25, 0.4, 0.7] {
            let one = -1.0 / (std::f64::consts::PI * p).tan();
            let two = (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
            assert!((student_t(p, 1.0).unwrap() / one - 1.0).abs() < 1e-14, "{p}");
            assert!((student_t(p, 2.0).unwrap() / two - 1.0).abs() < 1e-14, "{p}");
        }
    }

    #[test]
    fn many_degrees_of_freedom_approach_the_normal_quantile() {
        let normal = super::super::normal(0.025).unwrap();
        assert!((student_t(0.025, 1e12).unwrap() / normal - 1.0).abs() < 1e-11);
    }

    #[test]
    fn what_has_no_quantile_is_none() {
        for (p, df) in [(0.0, 5.0), (1.0, 5.0), (0.5, 0.0), (0.2, -1.0), (0.2, f64::NAN), (f64::NAN, 5.0)] {
            assert_eq!(student_t(p, df), None);
        }
    }
}
