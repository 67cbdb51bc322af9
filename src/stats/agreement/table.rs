//! The table of two reviewers' answers.

use std::fmt;

use super::Coefficient;
use crate::stats::proportion::MAX_TRIALS;
use crate::stats::{ConfidenceLevel, IntervalMethod, Method, Proportion, Reason, TwoByTwo};

/// Counts of the answers of two reviewers: rows for the first, columns for the second, the same categories in the same
/// order.
///
/// ```
/// use hjertekommidt::stats::{AgreementTable, ConfidenceLevel};
///
/// let table = AgreementTable::yes_no(80, 10, 5, 5);
/// let kappa = table.kappa(ConfidenceLevel::NINETY_FIVE);
/// assert_eq!(format!("{:.3}", kappa.value.unwrap()), "0.318");
/// assert_eq!(table.raw_agreement().to_string(), "85 of 100");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementTable {
    categories: usize,
    counts: Vec<u64>,
}

impl AgreementTable {
    /// A table from its rows.
    ///
    /// # Errors
    /// Fewer than two categories, rows of differing length, or more than 10¹⁵ records.
    pub fn new(rows: &[Vec<u64>]) -> Result<Self, AgreementTableError> {
        let categories = rows.len();
        if categories < 2 {
            return Err(AgreementTableError::TooFewCategories);
        }
        if rows.iter().any(|row| row.len() != categories) {
            return Err(AgreementTableError::NotSquare);
        }
        let counts: Vec<u64> = rows.concat();
        let total: u128 = counts.iter().copied().map(u128::from).sum();
        if total > u128::from(MAX_TRIALS) {
            return Err(AgreementTableError::TooManyRecords);
        }
        Ok(AgreementTable { categories, counts })
    }

    /// The table of yes and no: both yes, yes and no, no and yes, both no.
    pub fn yes_no(a: u64, b: u64, c: u64, d: u64) -> Self {
        AgreementTable { categories: 2, counts: vec![a, b, c, d] }
    }

    /// k, the number of categories.
    pub fn categories(&self) -> usize {
        self.categories
    }

    /// n, the number of records.
    pub fn records(&self) -> u64 {
        self.counts.iter().copied().fold(0, u64::saturating_add)
    }

    /// The records with answer `i` from the first reviewer and `j` from the second, counted from 0.
    pub fn count(&self, i: usize, j: usize) -> u64 {
        self.counts[i * self.categories + j]
    }

    /// The table with the reviewers exchanged.
    pub fn transposed(&self) -> Self {
        let k = self.categories;
        let counts = (0..k * k).map(|cell| self.count(cell % k, cell / k)).collect();
        AgreementTable { categories: k, counts }
    }

    /// The same categories with other counts, as many as there are cells.
    pub(in crate::stats) fn with_counts(&self, counts: Vec<u64>) -> Self {
        AgreementTable { categories: self.categories, counts }
    }

    /// The table without one record of a cell, which has some.
    pub(in crate::stats) fn without_one(&self, cell: usize) -> Self {
        let mut left = self.clone();
        left.counts[cell] = left.counts[cell].saturating_sub(1);
        left
    }

    /// Records with the same answer from both, of all.
    pub fn raw_agreement(&self) -> Proportion {
        let agreed = (0..self.categories).map(|i| self.count(i, i)).fold(0, u64::saturating_add);
        Proportion::of(agreed, self.records() - agreed)
    }

    /// The prevalence-adjusted and bias-adjusted kappa, with its limits from those of raw agreement.
    pub fn pabak(&self, method: IntervalMethod, level: ConfidenceLevel) -> Coefficient {
        let k = self.categories as f64;
        let adjusted = |agreement: f64| (k * agreement - 1.0) / (k - 1.0);
        let raw = self.raw_agreement();
        let interval = raw.interval(method, level);
        Coefficient {
            value: raw.estimate().map(adjusted).ok_or(Reason::NotEstimable),
            standard_error: Err(Reason::NotDefined),
            interval: interval.map(|interval| interval.map(Method::Transformed(method), adjusted)),
        }
    }

    /// Positive agreement of a table of yes and no; not defined for more categories.
    pub fn positive_agreement(&self, method: IntervalMethod, level: ConfidenceLevel) -> Coefficient {
        self.specific_agreement(0, method, level)
    }

    /// Negative agreement of a table of yes and no; not defined for more categories.
    pub fn negative_agreement(&self, method: IntervalMethod, level: ConfidenceLevel) -> Coefficient {
        self.specific_agreement(3, method, level)
    }

    /// 2j / (1 + j) with j = cell / (cell + b + c).
    fn specific_agreement(&self, cell: usize, method: IntervalMethod, level: ConfidenceLevel) -> Coefficient {
        if self.categories != 2 {
            return Coefficient::missing(Reason::NotDefined);
        }
        let discordant = self.counts[1].saturating_add(self.counts[2]);
        let overlap = Proportion::of(self.counts[cell], discordant);
        let (value, interval) = overlap.mean_of_harmonic(method, level);
        Coefficient { value, standard_error: Err(Reason::NotDefined), interval }
    }
}

impl From<TwoByTwo> for AgreementTable {
    /// Register against record as agreement.
    fn from(table: TwoByTwo) -> Self {
        AgreementTable { categories: 2, counts: table.cells().to_vec() }
    }
}

/// Counts that are no table of agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreementTableError {
    /// Fewer than two categories.
    TooFewCategories,
    /// Not as many columns as rows.
    NotSquare,
    /// More than 10¹⁵ records.
    TooManyRecords,
}

impl fmt::Display for AgreementTableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AgreementTableError::TooFewCategories => "agreement needs at least two categories",
            AgreementTableError::NotSquare => "a table of agreement has as many columns as rows",
            AgreementTableError::TooManyRecords => "a table of agreement holds at most 10¹⁵ records",
        })
    }
}

impl std::error::Error for AgreementTableError {}
