//! The probability of Student's t distribution outside ±t.
//!
//! ```text
//! P(|T| ≥ |t|) = I( ν/(ν + t²); ν/2, ½ )
//! ```
//!
//! ν need not be a whole number. x and 1 − x are passed on as a pair, so that neither a small nor a large t loses digits; the
//! relative error is that of an exponential, some units in the last place of ln P.
//!
//! Reference: Abramowitz M, Stegun IA. Handbook of mathematical functions. 1964; 26.5.27 and 26.7.1.

use super::beta_distribution;
use crate::stats::Fraction;

/// The two-sided probability `P(|T| ≥ |t|)` with `df` degrees of freedom; 0 for an infinite `t`.
///
/// `None` unless `t` is a number and `df` is between 2e-6 and 2e15.
///
/// ```
/// use hjertekommidt::stats::quantile;
///
/// let p = quantile::student_t_two_sided(2.228138851986275, 10.0).unwrap();
/// assert!((p - 0.05).abs() < 1e-15);
/// ```
pub fn student_t_two_sided(t: f64, df: f64) -> Option<f64> {
    if t.is_nan() || !df.is_finite() {
        return None;
    }
    let near = t.abs().min(FAR);
    let p = beta_distribution(Fraction::of(df, near * near), df / 2.0, 0.5)?;
    // Out there the tail is the power t^−ν to the last digit, and t² would have no number.
    Some(if t.abs() > FAR { p * (FAR / t.abs()).powf(df) } else { p })
}

/// Its square is a number, and ν beside it is nothing.
const FAR: f64 = 1e150;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::quantile::student_t;

    /// Closed forms: an arctangent for one degree of freedom, a root for two.
    #[test]
    fn one_and_two_degrees_of_freedom_have_closed_forms() {
        for t in [1e-9, 0.3, 1.0, 4.0, 1e5, 1e12] {
            let one = 2.0 / std::f64::consts::PI * f64::atan2(1.0, t);
            let root = f64::sqrt(t * t + 2.0);
            let two = 2.0 / (root * (root + t));
            assert!((student_t_two_sided(t, 1.0).unwrap() / one - 1.0).abs() < 1e-14, "{t}");
            assert!((student_t_two_sided(t, 2.0).unwrap() / two - 1.0).abs() < 1e-14, "{t}");
        }
    }

    #[test]
    fn it_is_the_inverse_of_the_quantile() {
        for df in [0.7, 1.0, 3.0, 17.0, 250.0, 1e6] {
            for p in [1e-100, 1e-30, 1e-5, 0.05, 0.4, 0.9999] {
                let t = student_t(p / 2.0, df).unwrap();
                let found = student_t_two_sided(t, df).unwrap();
                // A relative error of t grows to that of p by the slope, ν or t² of them.
                let slope = 1.0 + df.min(t * t);
                assert!((found / p - 1.0).abs() < 2e-14 * slope, "{df} {p} {found}");
            }
        }
    }

    /// mpmath's incomplete beta with 40 digits.
    #[test]
    fn probabilities_agree_with_forty_digits() {
        for (df, t, p) in [
            (3.0, 2.5, 0.087_706_647_008_065_55),
            (14.0, 0.031, 0.975_707_146_553_715_3),
            (17.0, 4.25, 5.401_213_555_624_475e-4),
            (250.0, 7.5, 1.112_118_139_099_285_4e-12),
            (2.5, 40.0, 1.419_563_429_049_338_3e-4),
            (1000.0, 38.0, 2.918_757_842_260_038e-196),
        ] {
            let found = student_t_two_sided(t, df).unwrap();
            // The tail is the exponential of its logarithm.
            let near = 2e-15 * (1.0 - f64::ln(p));
            assert!((found / p - 1.0).abs() < near, "{df} {t}: {found:e}");
        }
    }

    #[test]
    fn the_middle_is_certain_and_infinity_impossible() {
        assert_eq!(student_t_two_sided(0.0, 5.0), Some(1.0));
        assert_eq!(student_t_two_sided(f64::NEG_INFINITY, 5.0), Some(0.0));
        assert_eq!(student_t_two_sided(-2.0, 5.0), student_t_two_sided(2.0, 5.0));
    }

    #[test]
    fn what_has_no_probability_is_none() {
        for (t, df) in [(f64::NAN, 5.0), (1.0, 0.0), (1.0, -3.0), (1.0, f64::NAN), (1.0, f64::INFINITY)] {
            assert_eq!(student_t_two_sided(t, df), None);
        }
    }
}
