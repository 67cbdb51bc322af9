//! A sensitivity and a specificity from elsewhere, with where they are from.

use std::fmt;

use crate::stats::Proportion;

/// A sensitivity or a specificity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Share {
    /// Taken as known.
    Stated(f64),
    /// Found in so many of so many.
    Counted(Proportion),
}

impl Share {
    pub(super) fn value(self) -> f64 {
        match self {
            Share::Stated(value) => value,
            Share::Counted(counted) => counted.estimate().unwrap_or(0.0),
        }
    }

    /// p(1 − p)/n; 0 for what is known.
    pub(super) fn variance(self) -> f64 {
        match self {
            Share::Stated(_) => 0.0,
            Share::Counted(counted) => self.value() * (1.0 - self.value()) / counted.trials() as f64,
        }
    }
}

/// A register's sensitivity and specificity, found in another study or in another population, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct BorrowedAccuracy {
    pub(super) sensitivity: Share,
    pub(super) specificity: Share,
    source: String,
}

impl BorrowedAccuracy {
    /// Taken as known without error.
    ///
    /// # Errors
    /// A number outside [0, 1], or no source.
    pub fn stated(sensitivity: f64, specificity: f64, source: &str) -> Result<Self, BorrowedAccuracyError> {
        for value in [sensitivity, specificity] {
            if !(0.0..=1.0).contains(&value) {
                return Err(BorrowedAccuracyError::NoProportion { value });
            }
        }
        BorrowedAccuracy::from(Share::Stated(sensitivity), Share::Stated(specificity), source)
    }

    /// Counted in a study of its own: true positives of those who have it, true negatives of those who do not.
    ///
    /// # Errors
    /// Nobody counted, or no source.
    pub fn counted(
        sensitivity: Proportion,
        specificity: Proportion,
        source: &str,
    ) -> Result<Self, BorrowedAccuracyError> {
        if sensitivity.trials() == 0 || specificity.trials() == 0 {
            return Err(BorrowedAccuracyError::NobodyCounted);
        }
        BorrowedAccuracy::from(Share::Counted(sensitivity), Share::Counted(specificity), source)
    }

    fn from(sensitivity: Share, specificity: Share, source: &str) -> Result<Self, BorrowedAccuracyError> {
        let source = source.trim().to_owned();
        if source.is_empty() {
            return Err(BorrowedAccuracyError::NoSource);
        }
        Ok(BorrowedAccuracy { sensitivity, specificity, source })
    }

    /// Where they are from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// J = se + sp − 1
    pub(super) fn youden(&self) -> f64 {
        self.sensitivity.value() + self.specificity.value() - 1.0
    }

    /// Whether the counts are those of the table that has this share of positives: TP + FP of n.
    pub(super) fn was_counted_with(&self, apparent: Proportion) -> bool {
        let (Share::Counted(se), Share::Counted(sp)) = (self.sensitivity, self.specificity) else {
            return false;
        };
        let positives = se.events().saturating_add(sp.trials() - sp.events());
        let total = se.trials().saturating_add(sp.trials());
        (positives, total) == (apparent.events(), apparent.trials())
    }
}

/// What is no accuracy from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BorrowedAccuracyError {
    /// Not between 0 and 1.
    NoProportion {
        /// The number.
        value: f64,
    },
    /// A proportion of nobody.
    NobodyCounted,
    /// The source is empty.
    NoSource,
    /// The counts are those of the table itself.
    OwnTable,
}

impl fmt::Display for BorrowedAccuracyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BorrowedAccuracyError::NoProportion { value } => {
                write!(f, "the sensitivity or specificity is {value}, expected a number from 0 to 1")
            }
            BorrowedAccuracyError::NobodyCounted => {
                f.write_str("the sensitivity or specificity is of nobody, expected at least one person")
            }
            BorrowedAccuracyError::NoSource => {
                f.write_str("the sensitivity and specificity have no source, expected a study or a population")
            }
            BorrowedAccuracyError::OwnTable => f.write_str(
                "the sensitivity and specificity were counted in the same records as the apparent prevalence, expected \
                 other records: in its own table the correction gives back the prevalence by record",
            ),
        }
    }
}

impl std::error::Error for BorrowedAccuracyError {}
