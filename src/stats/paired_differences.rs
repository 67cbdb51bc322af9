//! Two measurements of the same quantity in each record: how far they are apart, and within which limits they agree.
//!
//! With the n differences in order, d₍₁₎ ≤ … ≤ d₍n₎:
//!
//! ```text
//! k = ⌊(n + 1) p⌋,   q(p) = d₍k₎ + ((n + 1) p − k) (d₍k₊₁₎ − d₍k₎)
//! median q(0.5), quartiles q(0.25) and q(0.75)
//! limits of agreement without an assumption     q(0.025) to q(0.975)
//! limits of agreement of normal differences     d̄ − 1.96 s  to  d̄ + 1.96 s,   s² = Σ(dᵢ − d̄)² / (n − 1)
//! ```
//!
//! Within the limits lie 95 % of the differences. Those without an assumption are the quantiles of Hyndman and Fan's definition 6 (R type 6,
//! numpy `weibull`). Where (n + 1) p < 1 such a quantile lies beyond the smallest difference and is not defined: both limits need 39.
//!
//! References: Bland JM, Altman DG. Measuring agreement in method comparison studies. Stat Methods Med Res 1999; 8: 135–160, sections 2 and 4.
//! <https://doi.org/10.1177/096228029900800204>. Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996; 50: 361–365.
//! <https://doi.org/10.1080/00031305.1996.10473566>

use super::Reason;

/// How many standard deviations the limits of normal differences are away from the mean.
const DEVIATIONS: f64 = 1.96;

/// Two limits, or why there are none.
type Pair = Result<[f64; 2], Reason>;

/// The differences of two measurements, in the unit of both.
#[derive(Debug, Clone, PartialEq)]
pub struct PairedDifferences {
    /// How many differences.
    pub n: u64,
    /// Their median.
    pub median: Result<f64, Reason>,
    /// The lower and the upper quartile.
    pub quartiles: Pair,
    /// The 2.5 and the 97.5 percentile: limits of agreement without an assumption.
    pub percentiles: Pair,
    /// Their mean.
    pub mean: Result<f64, Reason>,
    /// Their standard deviation, with n − 1.
    pub sd: Result<f64, Reason>,
    /// The mean less and plus 1.96 standard deviations: limits of agreement if the differences are normal.
    pub normal_limits: Pair,
}

impl PairedDifferences {
    /// Of finite differences in any order. A quantile is shown where at least `fewest` of them lie at or beyond it, on the side where they are
    /// fewer.
    ///
    /// ```
    /// use hjertekommidt::stats::{PairedDifferences, Reason};
    /// let days = PairedDifferences::of(vec![0.0, 3.0, -1.0, 0.0, 14.0], 1);
    /// assert_eq!((days.median, days.quartiles), (Ok(0.0), Ok([-0.5, 8.5])));
    /// assert_eq!(days.percentiles, Err(Reason::NotDefined));
    /// ```
    pub fn of(mut differences: Vec<f64>, fewest: u64) -> Self {
        differences.sort_by(f64::total_cmp);
        let differences = differences.as_slice();
        let quantile = |p| quantile(differences, p, fewest as f64);
        let pair = |p: f64| Ok([quantile(p)?, quantile(1.0 - p)?]);
        let (mean, sd) = (mean(differences), standard_deviation(differences));
        let limits = |mean: f64, sd: f64| [mean - DEVIATIONS * sd, mean + DEVIATIONS * sd];
        PairedDifferences {
            n: differences.len() as u64,
            median: quantile(0.5),
            quartiles: pair(0.25),
            percentiles: pair(0.025),
            mean,
            sd,
            normal_limits: mean.and_then(|mean| Ok(limits(mean, sd?))),
        }
    }
}

fn quantile(ordered: &[f64], p: f64, fewest: f64) -> Result<f64, Reason> {
    let steps = ordered.len() as f64 + 1.0;
    // As many differences lie at or beyond the quantile, itself counted where it is one of them.
    let beyond = (steps * p.min(1.0 - p)) * (1.0 + 1e-12);
    match () {
        () if ordered.is_empty() => Err(Reason::NotEstimable),
        () if beyond < 1.0 => Err(Reason::NotDefined),
        () if beyond < fewest => Err(Reason::Suppressed),
        () => Ok(interpolated(ordered, steps * p)),
    }
}

/// The value at a rank from 1 to n.
fn interpolated(ordered: &[f64], rank: f64) -> f64 {
    let at = |k: f64| ordered[(k.clamp(1.0, ordered.len() as f64) - 1.0) as usize];
    let (lower, upper) = (at(rank.floor()), at(rank.floor() + 1.0));
    lower + (rank - rank.floor()) * (upper - lower)
}

fn mean(differences: &[f64]) -> Result<f64, Reason> {
    match differences.len() {
        0 => Err(Reason::NotEstimable),
        n => Ok(differences.iter().sum::<f64>() / n as f64),
    }
}

fn standard_deviation(differences: &[f64]) -> Result<f64, Reason> {
    let mean = mean(differences)?;
    let squares: f64 = differences.iter().map(|one| (one - mean).powi(2)).sum();
    match differences.len() {
        1 => Err(Reason::NotEstimable),
        n => Ok((squares / (n - 1) as f64).sqrt()),
    }
}

#[cfg(test)]
mod tests;
