//! Arithmetic that knows nothing of charts or registers: numbers in, numbers out.
//!
//! - [`Proportion`]: x of n with its interval by nine methods ([`IntervalMethod`]).
//! - [`TwoByTwo`]: register against record, with every [`Measure`] and its interval.
//! - [`StratifiedTwoByTwo`], [`weighted_ratio`]: design-weighted estimates of a stratified sample.
//! - [`group_difference`], [`indicator_difference`]: two of them compared, with their covariance.
//! - [`ReviewedSample::bootstrap`]: the records resampled, for what no formula covers and for comparisons.
//! - [`AgreementTable`]: two reviewers, kappa, AC1, PABAK and specific agreement; [`weighted_agreement`]: weighted by the design.
//! - [`PairedDifferences`]: days and numbers of two sources, and their limits of agreement.
//! - [`mcnemar`]: does the register err to one side?
//! - [`homogeneity`]: do several municipalities have one proportion? [`holm`]: several tests at once.
//! - [`shrinkage`]: what small municipalities tell of each other.
//! - [`true_prevalence`]: the prevalence behind what a register of known accuracy says.
//! - [`imperfect_reference`]: what if the record is sometimes wrong? [`reader_range`]: how wrong two readers may be.
//! - [`quantile`]: what the intervals stand on.
//!
//! A number that cannot be given is a [`Reason`], never NaN. An interval carries its [`ConfidenceLevel`] and its
//! [`Method`]. `docs/methods.md` lists the formulas with their references and oracles.

mod agreement;
mod bootstrap;
mod confidence_interval;
mod estimate;
mod explanation;
mod fraction;
mod holm;
mod homogeneity;
mod imperfect_reference;
mod incomplete;
mod independent_difference;
mod interval;
mod level;
mod mcnemar;
mod measure;
mod method;
mod paired_differences;
mod proportion;
pub mod quantile;
mod reason;
mod rising_root;
mod rogan_gladen;
mod shrinkage;
mod stratified;
mod two_by_two;

pub use agreement::{AgreementTable, AgreementTableError, Coefficient};
pub use bootstrap::{
    BOOTSTRAPPED, BootstrapAgreement, BootstrapCoefficient, BootstrapEstimate, BootstrapOptions,
    BootstrapScheme, BootstrapWarning, Cell, Estimand, Replicates, ReviewedSample, ReviewedSampleError,
    ReviewedStratum,
};
pub use confidence_interval::ConfidenceInterval;
pub use estimate::Estimate;
pub use explanation::{AGREEMENT, Explanation, MCNEMAR, SIGNS};
pub use fraction::Fraction;
pub use holm::holm;
pub use homogeneity::{Homogeneity, TableDraws, TestWay, homogeneity};
pub use imperfect_reference::{
    AssumedReference, AssumedReferenceError, CorrectedMeasure, ImperfectReference, ReaderRange,
    imperfect_reference, imperfect_reference_grid, reader_accuracy, reader_range,
};
pub use incomplete::{IncompleteStratum, worst_and_best};
pub use independent_difference::{IndependentDifference, independent_difference};
pub use interval::Limits;
pub use level::{ConfidenceLevel, ConfidenceLevelError};
pub use mcnemar::{McNemar, mcnemar};
pub use measure::{Measure, UnknownMeasureError};
pub use method::{IntervalMethod, Method, UnknownMethodError, WeightedMethod};
pub use paired_differences::PairedDifferences;
pub use proportion::{Proportion, ProportionError};
pub use reason::Reason;
pub use rogan_gladen::{
    BorrowedAccuracy, BorrowedAccuracyError, PrevalenceMethod, TruePrevalence, true_prevalence,
};
pub use shrinkage::{Shrinkage, ShrunkenEstimate, shrinkage};
pub use stratified::{
    AgreementStratum, CalibratedTo, HeavyStratum, LonelyStratum, PostStrata, PostStrataError,
    PostStratifiedStratum, RegisterCounts, StratifiedTwoByTwo, Stratum, StratumError, TwoByTwoStratum,
    WeightedAgreement, WeightedAgreementError, WeightedDifference, WeightedEstimate, WeightedOptions,
    WeightedWarning, calibrated_to, group_difference, indicator_difference, measure_difference,
    post_stratified, weighted_agreement, weighted_ratio,
};
pub use two_by_two::TwoByTwo;
