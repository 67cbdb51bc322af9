//! A measure with its value and its interval.

use super::{ConfidenceInterval, Measure, Proportion, Reason};

/// A measure of a plain two-by-two table: the counts behind it, its value and its interval, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// What is measured.
    pub measure: Measure,
    /// The counts, where the measure is a proportion.
    pub events_of_trials: Option<Proportion>,
    /// The point estimate.
    pub value: Result<f64, Reason>,
    /// The confidence interval. A limit may be infinite.
    pub interval: Result<ConfidenceInterval, Reason>,
}

impl Estimate {
    /// A measure that is no plain proportion.
    pub(crate) fn new(
        measure: Measure,
        value: Result<f64, Reason>,
        interval: Result<ConfidenceInterval, Reason>,
    ) -> Self {
        Estimate { measure, events_of_trials: None, value, interval }
    }
}
