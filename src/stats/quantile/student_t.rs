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
//! With many degrees of freedom the search for x begins at the expansion of t in 1/ν.
//!
//! Reference: Abramowitz M, Stegun IA. Handbook of mathematical functions. 1964; 26.5.27, 26.7.1 and 26.7.5.

use super::{beta, beta_near, standard_normal};
use crate::stats::Fraction;

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
    let tail = p.min(1.0 - p);
    let z = standard_normal(tail);
    let ratio = if tail <= 0.25 && df >= EXPANDED_FROM.max(z * z) {
        let near = expansion(z, df);
        beta_near(Fraction::of(df, near * near), 2.0 * tail, df / 2.0, 0.5)?
    } else {
        beta(2.0 * tail, df / 2.0, 0.5)?
    };
    let t = (df * (ratio.complement() / ratio.value())).sqrt();
    Some(t.copysign(p - 0.5))
}

/// From so many degrees of freedom on, and from z² on, one step from the expansion is nearly always enough.
const EXPANDED_FROM: f64 = 8.0;

/// t in powers of 1/ν for the normal quantile z.
fn expansion(z: f64, df: f64) -> f64 {
    let (s, u) = (z * z, 1.0 / df);
    let first = (s + 1.0) / 4.0;
    let second = ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let third = (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let fourth = ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92160.0;
    z * (1.0 + u * (first + u * (second + u * (third + u * fourth))))
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

    /// The first omitted term is of order ν⁻⁵: twice the degrees of freedom, a thirty-second of the error.
    #[test]
    fn the_error_of_the_expansion_is_that_of_its_order() {
        let z = standard_normal(0.025);
        let error = |df: f64| expansion(z, df) / student_t(0.025, df).unwrap() - 1.0;
        let shrinks = error(20.0) / error(40.0);
        assert!((shrinks / 32.0 - 1.0).abs() < 0.3, "{shrinks} {:e}", error(20.0));
    }

    /// The search begins where the distribution function is 1 to the last digit, and its slope 1e-17.
    #[test]
    fn a_start_on_the_wrong_side_does_no_harm() {
        for p in [1.000653704511951e-9, 1.1e-9, 2e-9] {
            let df = 1.1594205978580678;
            let back = super::super::student_t_two_sided(student_t(p, df).unwrap(), df).unwrap();
            assert!((back / (2.0 * p) - 1.0).abs() < 1e-13, "{p} {back:e}");
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
