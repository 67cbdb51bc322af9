//! Arithmetic that knows nothing of charts or registers: numbers in, numbers out.
//!
//! - [`Proportion`]: x of n with its interval by nine methods ([`IntervalMethod`]).
//! - [`TwoByTwo`]: register against record, with every [`Measure`] and its interval.
//! - [`StratifiedTwoByTwo`], [`weighted_ratio`]: design-weighted estimates of a stratified sample.
//! - [`ReviewedSample::bootstrap`]: the records resampled, for what no formula covers and for comparisons.
//! - [`AgreementTable`]: two reviewers, kappa, AC1, PABAK and specific agreement.
//! - [`mcnemar`]: does the register err to one side?
//! - [`quantile`]: what the intervals stand on.
//!
//! A number that cannot be given is a [`Reason`], never NaN. An interval carries its [`ConfidenceLevel`] and its
//! [`Method`]. `docs/methods.md` lists the formulas with their references and oracles.

mod agreement;
mod bisection;
mod bootstrap;
mod confidence_interval;
mod estimate;
mod fraction;
mod interval;
mod level;
mod mcnemar;
mod measure;
mod method;
mod proportion;
pub mod quantile;
mod reason;
mod stratified;
mod two_by_two;

pub use agreement::{AgreementTable, AgreementTableError, Coefficient};
pub use bootstrap::{
    BOOTSTRAPPED, BootstrapEstimate, BootstrapOptions, BootstrapScheme, BootstrapWarning, Cell, Estimand,
    Replicates, ReviewedSample, ReviewedSampleError, ReviewedStratum,
};
pub use confidence_interval::ConfidenceInterval;
pub use estimate::Estimate;
pub use fraction::Fraction;
pub use interval::Limits;
pub use level::{ConfidenceLevel, ConfidenceLevelError};
pub use mcnemar::{McNemar, mcnemar};
pub use measure::{Measure, UnknownMeasureError};
pub use method::{IntervalMethod, Method, UnknownMethodError, WeightedMethod};
pub use proportion::{Proportion, ProportionError};
pub use reason::Reason;
pub use stratified::{
    LonelyStratum, RegisterCounts, StratifiedTwoByTwo, Stratum, StratumError, TwoByTwoStratum,
    WeightedEstimate, WeightedOptions, WeightedWarning, weighted_ratio,
};
pub use two_by_two::TwoByTwo;
