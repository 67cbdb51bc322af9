//! The bootstrap of a table of agreement: limits of kappa and AC1 that need no normal distribution.
//!
//! Of the n records of the table n are drawn with replacement, each as likely as the others, and counted into the k × k cells. The limits follow
//! from the coefficients of these tables as for any other estimate (`limits`), with the acceleration
//!
//! ```text
//! a = Σ L³ / ( 6 (Σ L²)^1.5 ),     L_j = t̄ − t₍₋ⱼ₎
//! ```
//!
//! t₍₋ⱼ₎ is the coefficient without record j: one value for each cell. Kappa is not defined in a replicate in which both reviewers give the
//! same single answer throughout: it is counted, and the limits are of the others. Where all replicates are equal (full agreement) there is no
//! interval, never 1.00 (1.00–1.00). BCa is *not defined* where the coefficient without some record is not.
//!
//! Replicate r is made of the ChaCha8 stream r under the key SHA-256(seed), and of nothing else: the numbers are the same
//! for any number of threads. More than 10⁶ records are *not defined*: at that size the large-sample interval is as good.
//!
//! References: Efron B. Better bootstrap confidence intervals. Journal of the American Statistical Association 1987; 82:
//! 171–185. <https://doi.org/10.1080/01621459.1987.10478410>
//! Efron B, Tibshirani RJ. An introduction to the bootstrap. Chapman & Hall 1993, section 14.3.
//! <https://doi.org/10.1201/9780429246593>

use rayon::prelude::*;

use super::estimate::deviation;
use super::limits::{Intervals, are_equal, bias_correction};
use super::words::{Places, Words};
use crate::stats::{AgreementTable, ConfidenceInterval, ConfidenceLevel, Reason};

/// Larger tables are refused.
const MOST_RECORDS: u64 = 1_000_000;

/// A coefficient of agreement with the standard error and the limits that its replicates give.
#[derive(Debug, Clone, PartialEq)]
pub struct BootstrapCoefficient {
    /// The coefficient of the table itself.
    pub estimate: Result<f64, Reason>,
    /// The standard deviation of the defined replicates, with divisor one less than their number.
    pub se: Result<f64, Reason>,
    /// The percentile interval.
    pub percentile: Result<ConfidenceInterval, Reason>,
    /// The BCa interval.
    pub bca: Result<ConfidenceInterval, Reason>,
    /// z₀, the bias correction of BCa.
    pub bias_correction: Result<f64, Reason>,
    /// a, the acceleration of BCa.
    pub acceleration: Result<f64, Reason>,
    /// All replicates, the undefined ones among them.
    pub replicates: u64,
    /// Replicates in which the coefficient is not defined.
    pub undefined: u64,
    /// A limit lies beyond the replicates: more are needed for this level.
    pub extreme: bool,
}

/// Kappa and AC1 of the same replicates.
#[derive(Debug, Clone, PartialEq)]
pub struct BootstrapAgreement {
    /// Cohen's kappa.
    pub kappa: BootstrapCoefficient,
    /// Gwet's AC1.
    pub ac1: BootstrapCoefficient,
}

/// What is computed of each table.
type Statistic = fn(&AgreementTable) -> Option<f64>;

fn kappa(table: &AgreementTable) -> Option<f64> {
    table.kappa(ConfidenceLevel::NINETY_FIVE).value.ok()
}

fn ac1(table: &AgreementTable) -> Option<f64> {
    table.ac1(ConfidenceLevel::NINETY_FIVE).value.ok()
}

impl AgreementTable {
    /// Resamples the records of the table.
    ///
    /// ```
    /// use hjertekommidt::stats::{AgreementTable, ConfidenceLevel};
    ///
    /// let table = AgreementTable::yes_no(80, 10, 5, 5);
    /// let found = table.bootstrap("an example", 999, ConfidenceLevel::NINETY_FIVE).kappa;
    /// let interval = found.bca.unwrap();
    /// assert!(interval.lower() < 0.2 && interval.contains(found.estimate.unwrap()));
    /// ```
    pub fn bootstrap(&self, seed: &str, replicates: usize, level: ConfidenceLevel) -> BootstrapAgreement {
        let tables =
            if self.records() > MOST_RECORDS { None } else { Some(self.resampled(seed, replicates)) };
        let of = |statistic: Statistic| match &tables {
            None => BootstrapCoefficient::missing(statistic(self).ok_or(Reason::NotEstimable)),
            Some(tables) => {
                let values = tables.par_iter().map(statistic).collect();
                BootstrapCoefficient::of(self, values, statistic, level)
            }
        };
        BootstrapAgreement { kappa: of(kappa), ac1: of(ac1) }
    }

    /// The tables of all replicates.
    fn resampled(&self, seed: &str, replicates: usize) -> Vec<AgreementTable> {
        let k = self.categories();
        let counts = (0..k * k).map(|cell| self.count(cell / k, cell % k) as usize);
        let cells: Vec<usize> =
            counts.enumerate().flat_map(|(cell, n)| std::iter::repeat_n(cell, n)).collect();
        let words = Words::of(seed);
        let numbers = 0..replicates as u64;
        let resample = |(words, places): &mut (Words, Places), number| {
            words.restart(number, cells.len());
            words.draw((cells.len() as u32).max(1), cells.len(), places);
            let mut counts = vec![0; k * k];
            places.iter().for_each(|place| counts[cells[place]] += 1);
            self.with_counts(counts)
        };
        numbers.into_par_iter().map_init(|| (words.clone(), Places::default()), resample).collect()
    }
}

impl BootstrapCoefficient {
    fn missing(estimate: Result<f64, Reason>) -> Self {
        let none = Reason::NotDefined;
        BootstrapCoefficient {
            estimate,
            se: Err(none),
            percentile: Err(none),
            bca: Err(none),
            bias_correction: Err(none),
            acceleration: Err(none),
            replicates: 0,
            undefined: 0,
            extreme: false,
        }
    }

    fn of(
        table: &AgreementTable,
        replicates: Vec<Option<f64>>,
        statistic: Statistic,
        level: ConfidenceLevel,
    ) -> Self {
        let number = replicates.len() as u64;
        let mut values: Vec<f64> = replicates.into_iter().flatten().collect();
        let undefined = number - values.len() as u64;
        let estimate = statistic(table);
        let z0 = estimate.and_then(|estimate| bias_correction(&values, estimate));
        let a = acceleration(table, statistic);
        let se = estimate.and_then(|_| deviation(&values));
        let intervals = match estimate {
            None => Intervals::none(Reason::NotEstimable),
            _ if values.len() < 2 => Intervals::none(Reason::NotEstimable),
            _ if are_equal(&values) => Intervals::none(Reason::NotDefined),
            Some(_) => Intervals::of(&mut values, level, z0, a),
        };
        BootstrapCoefficient {
            estimate: estimate.ok_or(Reason::NotEstimable),
            se: se.ok_or(Reason::NotEstimable),
            percentile: intervals.percentile,
            bca: intervals.bca,
            bias_correction: z0.ok_or(Reason::NotDefined),
            acceleration: a.ok_or(Reason::NotDefined),
            replicates: number,
            undefined,
            extreme: intervals.extreme,
        }
    }
}

/// a; `None` where it is not defined.
fn acceleration(table: &AgreementTable, statistic: Statistic) -> Option<f64> {
    let k = table.categories();
    let n = table.records() as f64;
    let filled =
        (0..k * k).map(|cell| (cell, table.count(cell / k, cell % k))).filter(|(_, count)| *count > 0);
    let without = |(cell, count): (usize, u64)| {
        let left = table.without_one(cell);
        Some((count as f64, statistic(&left)?))
    };
    let values: Vec<(f64, f64)> = filled.map(without).collect::<Option<_>>()?;
    // Measured from the first, the mean of equal values is exact.
    let first = values.first()?.1;
    let mean = values.iter().map(|(count, value)| count * (value - first)).sum::<f64>() / n;
    let deviations = values.iter().map(|(count, value)| (count, mean - (value - first)));
    let squares: f64 = deviations.clone().map(|(count, deviation)| count * deviation.powi(2)).sum();
    let cubes: f64 = deviations.map(|(count, deviation)| count * deviation.powi(3)).sum();
    (squares > 0.0).then(|| cubes / (6.0 * squares.powf(1.5)))
}
