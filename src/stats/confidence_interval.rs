//! A confidence interval that knows its level and its method.

use super::{ConfidenceLevel, Method};

/// Two limits, the level they hold for and the method they come from.
///
/// The level and the method travel with the limits, so that no table can print "95 %" from habit. A limit may be
/// infinite (an odds ratio with a zero cell); it is *unbounded* in results.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConfidenceInterval {
    lower: f64,
    upper: f64,
    level: ConfidenceLevel,
    method: Method,
}

impl ConfidenceInterval {
    /// An interval from limits that a method of this module computed.
    pub(crate) fn new(lower: f64, upper: f64, level: ConfidenceLevel, method: impl Into<Method>) -> Self {
        debug_assert!(lower <= upper, "{lower} to {upper}");
        ConfidenceInterval { lower, upper, level, method: method.into() }
    }

    /// The lower limit.
    pub fn lower(&self) -> f64 {
        self.lower
    }

    /// The upper limit; infinite when there is none.
    pub fn upper(&self) -> f64 {
        self.upper
    }

    /// The confidence level.
    pub fn level(&self) -> ConfidenceLevel {
        self.level
    }

    /// The method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Whether a number lies between the limits, which belong to the interval.
    pub fn contains(&self, number: f64) -> bool {
        (self.lower..=self.upper).contains(&number)
    }

    /// The interval of an increasing function of the quantity.
    pub(crate) fn map(self, method: Method, increasing: impl Fn(f64) -> f64) -> Self {
        ConfidenceInterval::new(increasing(self.lower), increasing(self.upper), self.level, method)
    }
}
