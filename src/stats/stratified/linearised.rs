//! A weighted mean of scores over a domain, and its linearised variance.
//!
//! A proportion has the score 1 for an event and 0 for the rest of the domain; the prevalence difference has 1 for a
//! false positive, −1 for a false negative and 0 for agreement. The residual of a score s is taken as
//!
//! ```text
//! s − R = Σ w c (s − s′) / D       over the records c with score s′
//! ```
//!
//! which keeps 1 − R exact when R is close to 1. A lonely stratum, n = 1 < N, contributes (1 − f) N² z², with z measured
//! from the grand mean of the residuals, which is 0, unless another rule is declared. N = n = 1 contributes nothing.

use super::{LonelyStratum, WeightedOptions};

/// The reviewed records of a stratum: how many of the domain have each score; the rest is outside the domain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    pub(super) population: u64,
    pub(super) reviewed: u64,
    /// The third group has the score 0.
    pub(super) groups: [Group; 3],
    /// N / n; 0 where no record was reviewed.
    pub(super) weight: f64,
}

/// Records of the domain with one score.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group {
    /// A whole number below 2⁵³.
    pub(super) count: f64,
    pub(super) score: f64,
}

/// The mean score with its variance and degrees of freedom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Linearised {
    /// V; `None` where a lonely stratum forbids it.
    pub(super) variance: Option<f64>,
    pub(super) df: u64,
    /// d, unweighted
    pub(super) domain: u64,
    /// D = Σ w d
    pub(super) weighted_domain: f64,
    /// Σ w² d
    pub(super) squared_weights: f64,
    /// s − R for the score of each group
    residuals: [f64; 3],
}

impl Linearised {
    /// What was computed in another way, for the same interval.
    pub(super) fn given(
        variance: Option<f64>,
        df: u64,
        domain: u64,
        weighted_domain: f64,
        squared_weights: f64,
    ) -> Self {
        Linearised { variance, df, domain, weighted_domain, squared_weights, residuals: [0.0; 3] }
    }

    /// `None` when the domain is empty. Two passes: the residuals need R.
    pub(super) fn new(
        strata: impl Iterator<Item = Scored> + Clone,
        options: &WeightedOptions,
    ) -> Option<Self> {
        let sums = Sums::of(strata.clone(), options.finite_population_correction);
        let Sums { weighted_domain, squared_weights, .. } = sums;
        let domain = sums.domain as u64;
        let residuals = sums.residuals.map(|residual| residual / weighted_domain);
        let of_total = || strata.map(|stratum| stratum.variance_of_total(&residuals, options)).sum::<f64>();
        let refused = sums.has_lonely && options.lonely == LonelyStratum::Refuse;
        (domain > 0).then(|| Linearised {
            variance: (!refused).then(|| of_total() / (weighted_domain * weighted_domain)),
            df: sums.degrees.min(domain - 1),
            domain,
            weighted_domain,
            squared_weights,
            residuals,
        })
    }

    /// R, from the residual of the score 0, which the third group has. Subtracted, so that R of no events is 0, not −0.
    pub(super) fn mean(&self) -> f64 {
        0.0 - self.residuals[2]
    }

    /// The residual of the group's score.
    pub(super) fn residual(&self, group: usize) -> f64 {
        self.residuals[group]
    }
}

/// What one pass over the strata adds up.
struct Sums {
    domain: f64,
    weighted_domain: f64,
    squared_weights: f64,
    /// Σ w c (s − s′), the residual of each group's score times D.
    residuals: [f64; 3],
    degrees: u64,
    has_lonely: bool,
}

impl Sums {
    fn of(strata: impl Iterator<Item = Scored>, corrected: bool) -> Self {
        let mut sums = Sums {
            domain: 0.0,
            weighted_domain: 0.0,
            squared_weights: 0.0,
            residuals: [0.0; 3],
            degrees: 0,
            has_lonely: false,
        };
        for stratum in strata {
            let domain = stratum.domain();
            sums.domain += domain;
            sums.weighted_domain += stratum.weight * domain;
            sums.squared_weights += stratum.weight.powi(2) * domain;
            for (sum, group) in sums.residuals.iter_mut().zip(&stratum.groups) {
                *sum += stratum.weight * stratum.residuals_from(group.score);
            }
            sums.degrees += stratum.degrees(corrected);
            sums.has_lonely |= stratum.is_lonely();
        }
        sums
    }
}

impl Scored {
    /// The records of a stratum.
    pub(super) fn new(population: u64, reviewed: u64, groups: [Group; 3]) -> Self {
        let weight = if reviewed == 0 { 0.0 } else { population as f64 / reviewed as f64 };
        Scored { population, reviewed, groups, weight }
    }

    /// One reviewed record of several in the frame.
    pub(super) fn is_lonely(&self) -> bool {
        self.reviewed == 1 && self.population > 1
    }

    /// d
    pub(super) fn domain(&self) -> f64 {
        self.groups.iter().map(|group| group.count).sum()
    }

    /// Σ c (s − s′) for a score s.
    fn residuals_from(&self, score: f64) -> f64 {
        self.groups.iter().map(|group| group.count * (score - group.score)).sum()
    }

    /// n − 1 of a stratum that can contribute variance.
    fn degrees(&self, corrected: bool) -> u64 {
        let contributes = self.reviewed > 1 && !(corrected && self.reviewed == self.population);
        if contributes { self.reviewed - 1 } else { 0 }
    }

    /// (1 − f) N² S² / n
    fn variance_of_total(&self, residuals: &[f64; 3], options: &WeightedOptions) -> f64 {
        let outside = self.reviewed as f64 - self.domain();
        let counts = self.groups.map(|group| group.count);
        let records =
            [(counts[0], residuals[0]), (counts[1], residuals[1]), (counts[2], residuals[2]), (outside, 0.0)];
        variance_of_total(self.population, self.reviewed, &records, options)
    }
}

/// (1 − f) N² S² / n of a stratum, with its reviewed records as counts of residuals.
pub(super) fn variance_of_total(
    population: u64,
    reviewed: u64,
    records: &[(f64, f64)],
    options: &WeightedOptions,
) -> f64 {
    let (n, size) = (reviewed as f64, population as f64);
    let unseen = if options.finite_population_correction { size - n } else { size };
    let variance = match reviewed {
        0 => return 0.0,
        1 if population == 1 || options.lonely == LonelyStratum::Certainty => 0.0,
        // z² of the one reviewed record.
        1 => records.iter().map(|(count, residual)| count * residual.powi(2)).sum(),
        _ => variance_of_residuals(n, records),
    };
    unseen * size * variance / n
}

/// (1 − f) N² S(z, z′) / n of a stratum: what two totals of its records have in common. The reviewed records come as counts of
/// pairs of residuals.
pub(super) fn covariance_of_totals(
    population: u64,
    reviewed: u64,
    records: &[(f64, [f64; 2])],
    options: &WeightedOptions,
) -> f64 {
    let (n, size) = (reviewed as f64, population as f64);
    let unseen = if options.finite_population_correction { size - n } else { size };
    let covariance = match reviewed {
        0 => return 0.0,
        1 if population == 1 || options.lonely == LonelyStratum::Certainty => 0.0,
        1 => records.iter().map(|(count, [one, other])| count * one * other).sum(),
        _ => covariance_of_residuals(n, records),
    };
    unseen * size * covariance / n
}

/// S(z, z′), over pairs.
fn covariance_of_residuals(n: f64, records: &[(f64, [f64; 2])]) -> f64 {
    let mut pairs = 0.0;
    for (i, (count, residuals)) in records.iter().enumerate() {
        for (other_count, others) in &records[i + 1..] {
            pairs += count * other_count * (residuals[0] - others[0]) * (residuals[1] - others[1]);
        }
    }
    pairs / (n * (n - 1.0))
}

/// S², over pairs.
fn variance_of_residuals(n: f64, records: &[(f64, f64)]) -> f64 {
    let mut pairs = 0.0;
    for (i, (count, residual)) in records.iter().enumerate() {
        for (other_count, other) in &records[i + 1..] {
            pairs += count * other_count * (residual - other).powi(2);
        }
    }
    pairs / (n * (n - 1.0))
}

/// min( Σ (n − 1) over the strata that can contribute variance, d − 1 )
pub(super) fn degrees_of_freedom(strata: &[Scored], domain: u64, corrected: bool) -> u64 {
    strata.iter().map(|stratum| stratum.degrees(corrected)).sum::<u64>().min(domain - 1)
}
