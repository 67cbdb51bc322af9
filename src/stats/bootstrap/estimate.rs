//! What the replicates say about one estimand.

use rayon::prelude::*;

use super::jackknife::acceleration;
use super::limits::{Intervals, are_equal, bias_correction};
use super::{Estimand, Replicates};
use crate::stats::{ConfidenceInterval, ConfidenceLevel, Reason};

/// An estimate with the standard error and the limits that its replicates give.
#[derive(Debug, Clone, PartialEq)]
pub struct BootstrapEstimate {
    /// What is estimated.
    pub estimand: Estimand,
    /// The estimate from the sample itself.
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
    /// Replicates with a zero denominator, which nothing here rests on.
    pub undefined: u64,
    /// A limit lies beyond the replicates: more are needed for this level.
    pub extreme: bool,
}

impl Replicates<'_> {
    /// The estimand in the sample, and its standard error and intervals by the replicates.
    pub fn estimate(&self, estimand: Estimand, level: ConfidenceLevel) -> BootstrapEstimate {
        self.estimate_by(&mut self.defined(estimand), estimand, level)
    }

    /// The same from the values of the estimand, which are reordered.
    fn estimate_by(
        &self,
        values: &mut [f64],
        estimand: Estimand,
        level: ConfidenceLevel,
    ) -> BootstrapEstimate {
        let defined = values.len() as u64;
        let replicates = self.options.replicates as u64;
        let estimate = estimand.value_of(&self.observed);
        let z0 = estimate.and_then(|estimate| bias_correction(values, estimate));
        let a = acceleration(self.sample, estimand, &self.options);
        let se = estimate.and_then(|_| deviation(values));
        let intervals = match estimate {
            None => Intervals::none(Reason::NotEstimable),
            _ if values.len() < 2 => Intervals::none(Reason::NotEstimable),
            _ if are_equal(values) => Intervals::none(Reason::NotDefined),
            Some(_) => Intervals::of(values, level, z0, a),
        };
        BootstrapEstimate {
            estimand,
            estimate: estimate.ok_or(Reason::NotEstimable),
            se: se.ok_or(Reason::NotEstimable),
            percentile: intervals.percentile,
            bca: intervals.bca,
            bias_correction: z0.ok_or(Reason::NotDefined),
            acceleration: a.ok_or(Reason::NotDefined),
            replicates,
            undefined: replicates - defined,
            extreme: intervals.extreme,
        }
    }

    /// Several estimands, in their order, on all threads.
    pub fn estimates(&self, estimands: &[Estimand], level: ConfidenceLevel) -> Vec<BootstrapEstimate> {
        let estimates = |estimands: &[Estimand]| {
            let values = self.defined_beside(estimands).into_iter().zip(estimands);
            let estimate = |(mut values, estimand): (Vec<f64>, &Estimand)| {
                self.estimate_by(&mut values, *estimand, level)
            };
            values.map(estimate).collect::<Vec<_>>()
        };
        estimands.par_chunks(BESIDE).flat_map_iter(estimates).collect()
    }

    /// The estimand in each replicate where it is defined.
    pub fn defined(&self, estimand: Estimand) -> Vec<f64> {
        self.defined_beside(&[estimand]).swap_remove(0)
    }

    /// Several estimands in each replicate where they are defined, on all threads.
    pub fn all_defined(&self, estimands: &[Estimand]) -> Vec<Vec<f64>> {
        estimands.par_chunks(BESIDE).flat_map_iter(|estimands| self.defined_beside(estimands)).collect()
    }

    /// The same in one passage over the replicates, a few at a time, so that they are read from the nearest cache.
    fn defined_beside(&self, estimands: &[Estimand]) -> Vec<Vec<f64>> {
        let with_room = |_: &Estimand| Vec::with_capacity(self.options.replicates);
        let mut values: Vec<Vec<f64>> = estimands.iter().map(with_room).collect();
        let width = self.observed.len().max(1);
        for rows in self.totals.chunks(NEAR * width) {
            for (values, estimand) in values.iter_mut().zip(estimands) {
                values.extend(rows.chunks_exact(width).filter_map(|totals| estimand.value_of(totals)));
            }
        }
        values
    }
}

/// Estimands that one thread reads off the replicates together.
const BESIDE: usize = 8;

/// Replicates that they read in a row.
const NEAR: usize = 64;

/// The standard deviation; `None` of fewer than two. 0 where all are equal but for rounding.
pub(super) fn deviation(values: &[f64]) -> Option<f64> {
    let count = values.len() as f64;
    if values.len() < 2 || are_equal(values) {
        return (values.len() > 1).then_some(0.0);
    }
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some((squares / (count - 1.0)).sqrt())
}
