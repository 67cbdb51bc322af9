//! How good the record is assumed to be.

use std::fmt;

use crate::stats::Reason;

/// An assumed sensitivity and specificity of the record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AssumedReference {
    sensitivity: f64,
    specificity: f64,
}

impl AssumedReference {
    /// Both from 0 to 1.
    ///
    /// # Errors
    /// A number outside [0, 1].
    pub fn new(sensitivity: f64, specificity: f64) -> Result<Self, AssumedReferenceError> {
        let is_outside = |value: &f64| !(0.0..=1.0).contains(value);
        match [sensitivity, specificity].into_iter().find(is_outside) {
            Some(value) => Err(AssumedReferenceError { value }),
            None => Ok(AssumedReference { sensitivity, specificity }),
        }
    }

    /// Of those who truly have it, how many the record finds.
    pub fn sensitivity(self) -> f64 {
        self.sensitivity
    }

    /// Of those who truly do not have it, how many the record leaves out.
    pub fn specificity(self) -> f64 {
        self.specificity
    }

    /// J = Se + Sp − 1; not estimable from 0 down.
    pub(super) fn youden(self) -> Result<f64, Reason> {
        let youden = self.sensitivity - (1.0 - self.specificity);
        if youden > super::ROUNDING { Ok(youden) } else { Err(Reason::NotEstimable) }
    }
}

/// A sensitivity or specificity that is no proportion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AssumedReferenceError {
    value: f64,
}

impl fmt::Display for AssumedReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value;
        write!(f, "the sensitivity or specificity of the record is {value}, expected a number from 0 to 1")
    }
}

impl std::error::Error for AssumedReferenceError {}
