//! Design-weighted estimates from a stratified sample, simple random without replacement within each stratum.
//!
//! Stratum h has N records in the frame, of which n were reviewed; of these, d are in the denominator of the measure
//! (its domain) and x in the numerator. All sums run over the strata.
//!
//! ```text
//! w = N / n                                                sampling weight
//! R = Σ w x / Σ w d                                        ratio estimator;  D = Σ w d
//! V = Σ (1 − f) N² S² / n  /  D²,      f = n / N           without the correction f = 0
//!
//! S² = Σᵢ<ⱼ cᵢ cⱼ (zᵢ − zⱼ)² / ( n (n − 1) )               c records with the residual z: x with 1 − R,
//!                                                          d − x with −R, n − d with 0
//! ```
//!
//! S² is the variance of the residuals written over pairs, so that it has no difference of large numbers in it and is
//! exactly 0 where all records of a stratum are alike. It needs the counts only.
//!
//! ```text
//! df = min( Σ (n − 1) over the strata with n ≥ 2 and, under the correction, n < N;   Σ d − 1 )
//! ```
//!
//! `interval` tells what follows from V and df, `linearised` what a stratum with one reviewed record does.
//! A stratum with n = 0 is not covered: the estimate is of the rest of the frame, and a warning says how much that is.
//! df = 0 leaves no interval, unless everything is known.
//!
//! The unadjusted figures beside it (weights N/a with all a settled records, the unfound outside every domain) are
//! the same formulas with n = a: [`StratifiedTwoByTwo::with_settled`].
//!
//! References: Cochran WG. Sampling techniques. 3rd ed. Wiley 1977, section 6.11.
//! Särndal C-E, Swensson B, Wretman J. Model assisted survey sampling. Springer 1992, section 5.6.
//! <https://doi.org/10.1007/978-1-4612-4378-6>

mod contrast;
mod estimate;
mod interval;
mod linearised;
mod options;
mod post_stratified;
mod stratum;
mod two_by_two;
mod weighted_agreement;

#[cfg(test)]
mod tests;

pub use contrast::{WeightedDifference, group_difference, indicator_difference, measure_difference};
pub use estimate::{HeavyStratum, WeightedEstimate, WeightedWarning, weighted_ratio};
pub use options::{LonelyStratum, WeightedOptions};
pub use post_stratified::{
    CalibratedTo, PostStrata, PostStrataError, PostStratifiedStratum, calibrated_to, post_stratified,
};
pub use stratum::{Stratum, StratumError};
pub use two_by_two::{RegisterCounts, StratifiedTwoByTwo, TwoByTwoStratum};
pub use weighted_agreement::{
    AgreementStratum, WeightedAgreement, WeightedAgreementError, weighted_agreement,
};
