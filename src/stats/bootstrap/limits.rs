//! Percentile and BCa limits.
//!
//! ```text
//! percentile    t(α/2)  to  t(1 − α/2)
//! BCa           t(p(−z))  to  t(p(z)),    p(z) = Φ( z₀ + (z₀ + z)/(1 − a (z₀ + z)) ),    z = Φ⁻¹(1 − α/2)
//!
//! z₀ = Φ⁻¹( ( #{t* < t} + ½ #{t* = t} ) / B )         bias correction
//! ```
//!
//! t is the estimate, t* a replicate, B the number of defined ones, t(p) their quantile (`order_statistics`) and a the
//! acceleration (`jackknife`). Replicates count as equal to the estimate within 1e-12, since weighted sums of the same cells may
//! differ by rounding; half of them count as below, because measures of small tables have many ties.
//!
//! Where all replicates are equal (max − min ≤ 1e-12) no interval is defined; BCa neither where all lie on one side of t,
//! where a is not defined, or where 1 − a (z₀ + z) ≤ 0.
//!
//! Reference: Efron B. Better bootstrap confidence intervals. Journal of the American Statistical Association 1987; 82:
//! 171–185. <https://doi.org/10.1080/01621459.1987.10478410>

use super::order_statistics::{Quantile, quantiles};
use crate::stats::quantile::{normal_probability, standard_normal};
use crate::stats::{ConfidenceInterval, ConfidenceLevel, Method, Reason};

/// Numbers between −1 and 1 that differ by no more are equal but for rounding.
const ROUNDING: f64 = 1e-12;

/// Whether all numbers are equal.
pub(super) fn are_equal(values: &[f64]) -> bool {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    most - least <= ROUNDING
}

/// z₀; `None` where it is infinite.
pub(super) fn bias_correction(replicates: &[f64], estimate: f64) -> Option<f64> {
    let below = replicates.iter().filter(|value| **value < estimate - ROUNDING).count();
    let above = replicates.iter().filter(|value| **value > estimate + ROUNDING).count();
    let equal = replicates.len() - below - above;
    let share = (2 * below + equal) as f64 / (2 * replicates.len()) as f64;
    (share > 0.0 && share < 1.0).then(|| standard_normal(share))
}

/// The two probabilities at which BCa reads the replicates.
pub(super) fn adjusted(level: ConfidenceLevel, z0: f64, a: f64) -> Option<[f64; 2]> {
    let z = standard_normal(level.tail());
    let adjust = |z: f64| {
        let scale = 1.0 - a * (z0 + z);
        (scale > 0.0).then(|| normal_probability(z0 + (z0 + z) / scale))
    };
    Some([adjust(z)?, adjust(-z)?])
}

/// Percentile and BCa limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Intervals {
    pub(super) percentile: Result<ConfidenceInterval, Reason>,
    pub(super) bca: Result<ConfidenceInterval, Reason>,
    /// A limit lies beyond the replicates.
    pub(super) extreme: bool,
}

impl Intervals {
    /// No interval of either kind.
    pub(super) fn none(reason: Reason) -> Self {
        Intervals { percentile: Err(reason), bca: Err(reason), extreme: false }
    }

    /// From replicates that are not all equal; the list is reordered. z₀ and a are `None` where they are not defined.
    pub(super) fn of(
        replicates: &mut [f64],
        level: ConfidenceLevel,
        z0: Option<f64>,
        a: Option<f64>,
    ) -> Self {
        let tails = [level.tail(), 1.0 - level.tail()];
        let bca = z0.zip(a).and_then(|(z0, a)| adjusted(level, z0, a));
        let [adjusted_lower, adjusted_upper] = bca.unwrap_or(tails);
        let [lower, upper, lower_bca, upper_bca] =
            quantiles(replicates, [tails[0], tails[1], adjusted_lower, adjusted_upper]);
        let limits = |lower: Quantile, upper: Quantile, method| {
            ConfidenceInterval::new(lower.value, upper.value, level, method)
        };
        Intervals {
            percentile: Ok(limits(lower, upper, Method::BootstrapPercentile)),
            bca: bca.map(|_| limits(lower_bca, upper_bca, Method::BootstrapBca)).ok_or(Reason::NotDefined),
            extreme: [lower, upper, lower_bca, upper_bca].iter().any(|limit| limit.is_extreme),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_ties_count_as_below() {
        let replicates = [0.1, 0.2, 0.3, 0.3 + 1e-15, 0.4, 0.5, 0.6, 0.7];
        assert_eq!(bias_correction(&replicates, 0.3), Some(standard_normal(3.0 / 8.0)));
        assert_eq!(bias_correction(&[0.5; 9], 0.5), Some(0.0));
    }

    #[test]
    fn replicates_on_one_side_of_the_estimate_have_no_bias_correction() {
        assert_eq!((bias_correction(&[0.1, 0.2], 0.3), bias_correction(&[0.4, 0.5], 0.3)), (None, None));
    }

    #[test]
    fn without_bias_and_acceleration_bca_is_the_percentile_interval() {
        let [lower, upper] = adjusted(ConfidenceLevel::NINETY_FIVE, 0.0, 0.0).unwrap();
        assert!((lower - 0.025).abs() < 1e-16 && (upper - 0.975).abs() < 2e-16);
    }

    #[test]
    fn an_acceleration_that_turns_the_scale_round_leaves_no_interval() {
        assert_eq!(adjusted(ConfidenceLevel::NINETY_FIVE, 0.0, 0.6), None);
    }
}
