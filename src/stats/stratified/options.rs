//! What the protocol declares about weighted estimates.

use crate::stats::{ConfidenceLevel, WeightedMethod};

/// How weighted estimates are made.
///
/// The default is the specification's: 95 %, Korn–Graubard, with the finite population correction, lonely strata
/// centred at the grand mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightedOptions {
    /// The confidence level.
    pub level: ConfidenceLevel,
    /// The interval method for proportions.
    pub method: WeightedMethod,
    /// On for a statement about this register in this period; off for one about the process that fills it.
    pub finite_population_correction: bool,
    /// What a stratum with one reviewed record of several contributes.
    pub lonely: LonelyStratum,
}

impl Default for WeightedOptions {
    fn default() -> Self {
        WeightedOptions {
            level: ConfidenceLevel::NINETY_FIVE,
            method: WeightedMethod::KornGraubard,
            finite_population_correction: true,
            lonely: LonelyStratum::GrandMean,
        }
    }
}

/// What a stratum with one reviewed record of several contributes to the variance, which one record cannot show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LonelyStratum {
    /// Its residual is measured from the mean over all strata, which is 0: cautious. (`adjust` in R's survey.)
    #[default]
    GrandMean,
    /// Nothing, as if it had been taken whole: too small a variance. (`certainty`.)
    Certainty,
    /// The standard error and the interval are not estimable. (`fail`.)
    Refuse,
}
