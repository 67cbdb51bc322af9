//! The bootstrap of a stratified sample: standard errors and limits for measures that no formula covers, and for
//! comparisons of several indicators, which are resampled together.
//!
//! Stratum h has N records in the frame, of which n were reviewed, f = n / N (0 without the finite population
//! correction). In each replicate m = n − 1 of its records are drawn with replacement; record i comes r times, and its
//! weight is
//!
//! ```text
//! w*ᵢ = w [ 1 − λ + λ n/(n − 1) rᵢ ],      w = N / n,   λ = √(1 − f)            Rao–Wu (the default)
//! w*ᵢ = w rᵢ,                              m = n draws                         naive (only by name)
//! ```
//!
//! so that no weight is negative, Σ w*ᵢ = N in every replicate, and the variance of a total over the replicates is
//! the textbook's
//!
//! ```text
//! Var*( Σ w*ᵢ yᵢ ) = Σ (1 − f) N² s² / n                                       s² with divisor n − 1
//! ```
//!
//! The naive bootstrap has (n − 1)/n of it, a half where n = 2, and knows no correction. A stratum with one
//! reviewed record cannot be resampled: it keeps its weight, and a warning says so; one that was reviewed whole keeps its own
//! under the correction. A stratum with n = 0 is not covered.
//!
//! Of the weighted cells of each indicator follow all measures of [`BOOTSTRAPPED`], so that one resampling serves
//! them all. `limits` tells how an interval follows, `jackknife` where the acceleration comes from. A replicate with a
//! zero denominator is undefined: it is counted, and the interval is of the others. Where all replicates are equal there is no
//! interval.
//!
//! Replicate r is made of the ChaCha8 stream r under the key SHA-256(seed), and of nothing else: the numbers are the same
//! for any number of threads.
//!
//! References: Rao JNK, Wu CFJ. Resampling inference with complex survey data. Journal of the American
//! Statistical Association 1988; 83: 231–241. <https://doi.org/10.1080/01621459.1988.10478591>
//! Rao JNK, Wu CFJ, Yue K. Some recent work on resampling methods for complex surveys. Survey Methodology 1992; 18: 209–217.

mod agreement;
mod estimand;
mod estimate;
mod jackknife;
mod lanes;
mod limits;
mod options;
mod order_statistics;
mod replicates;
mod rescaling;
mod sample;
mod words;

#[cfg(test)]
mod against_boot;
#[cfg(test)]
mod plain;
#[cfg(test)]
mod tests;

pub use agreement::{BootstrapAgreement, BootstrapCoefficient};
pub use estimand::{BOOTSTRAPPED, Estimand};
pub use estimate::BootstrapEstimate;
pub use options::{BootstrapOptions, BootstrapScheme};
pub use replicates::{BootstrapWarning, Replicates};
pub use sample::{Cell, ReviewedSample, ReviewedSampleError, ReviewedStratum};
