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
}

/// Records of the domain with one score.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) count: u64,
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

    /// `None` when the domain is empty.
    pub(super) fn new(strata: &[Scored], options: &WeightedOptions) -> Option<Self> {
        let domain: u64 = strata.iter().map(Scored::domain).sum();
        let weighted_domain: f64 =
            strata.iter().map(|stratum| stratum.weight() * stratum.domain() as f64).sum();
        let squares = |stratum: &Scored| stratum.weight().powi(2) * stratum.domain() as f64;
        let first = strata.first().filter(|_| domain > 0)?;
        let scores = first.groups.map(|group| group.score);
        let mut linearised = Linearised {
            variance: None,
            df: degrees_of_freedom(strata, domain, options.finite_population_correction),
            domain,
            weighted_domain,
            squared_weights: strata.iter().map(squares).sum(),
            residuals: scores.map(|score| residual(score, strata) / weighted_domain),
        };
        linearised.variance = linearised.variance(strata, options);
        Some(linearised)
    }

    /// R, from the residual of the score 0, which the third group has.
    pub(super) fn mean(&self) -> f64 {
        -self.residuals[2]
    }

    /// The residual of the group's score.
    pub(super) fn residual(&self, group: usize) -> f64 {
        self.residuals[group]
    }

    fn variance(&self, strata: &[Scored], options: &WeightedOptions) -> Option<f64> {
        let lonely = strata.iter().any(Scored::is_lonely);
        if lonely && options.lonely == LonelyStratum::Refuse {
            return None;
        }
        let of_total: f64 =
            strata.iter().map(|stratum| stratum.variance_of_total(&self.residuals, options)).sum();
        Some(of_total / (self.weighted_domain * self.weighted_domain))
    }
}

impl Scored {
    /// One reviewed record of several in the frame.
    pub(super) fn is_lonely(&self) -> bool {
        self.reviewed == 1 && self.population > 1
    }

    /// d
    pub(super) fn domain(&self) -> u64 {
        self.groups.iter().map(|group| group.count).sum()
    }

    /// N / n; 0 where no record was reviewed.
    pub(super) fn weight(&self) -> f64 {
        if self.reviewed == 0 { 0.0 } else { self.population as f64 / self.reviewed as f64 }
    }

    /// (1 − f) N² S² / n
    fn variance_of_total(&self, residuals: &[f64; 3], options: &WeightedOptions) -> f64 {
        let outside = (self.reviewed - self.domain()) as f64;
        let counts = self.groups.map(|group| group.count as f64);
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

/// Σ w c (s − s′), the residual of the score s times D.
fn residual(score: f64, strata: &[Scored]) -> f64 {
    let within = |stratum: &Scored| {
        stratum.groups.iter().map(|group| group.count as f64 * (score - group.score)).sum::<f64>()
    };
    strata.iter().map(|stratum| stratum.weight() * within(stratum)).sum()
}

/// min( Σ (n − 1) over the strata that can contribute variance, d − 1 )
pub(super) fn degrees_of_freedom(strata: &[Scored], domain: u64, corrected: bool) -> u64 {
    let contributes =
        |stratum: &&Scored| stratum.reviewed > 1 && !(corrected && stratum.reviewed == stratum.population);
    let of_strata: u64 = strata.iter().filter(contributes).map(|stratum| stratum.reviewed - 1).sum();
    of_strata.min(domain - 1)
}
