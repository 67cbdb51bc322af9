//! Why a row is not in the frame.

use crate::protocol::Strata;

/// Why a row of the register is not a course of the frame. Each row is counted under the first reason that applies, in this
/// order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exclusion {
    /// A part of the record key is empty or cannot be read.
    BrokenKey,
    /// A value that decides on eligibility is empty or cannot be read.
    BrokenEligibility,
    /// The stratum is not in the study.
    UnlistedStratum,
    /// Another diagnosis.
    Diagnosis,
    /// Outside the period.
    Period,
    /// Outside the age limits.
    Age,
    /// All used columns are the same as in a row before.
    Duplicate,
}

impl Exclusion {
    /// All of them, in the order in which they are applied.
    pub const ALL: [Exclusion; 7] = [
        Exclusion::BrokenKey,
        Exclusion::BrokenEligibility,
        Exclusion::UnlistedStratum,
        Exclusion::Diagnosis,
        Exclusion::Period,
        Exclusion::Age,
        Exclusion::Duplicate,
    ];

    /// The stable word for files.
    pub fn name(self) -> &'static str {
        match self {
            Exclusion::BrokenKey => "broken_key",
            Exclusion::BrokenEligibility => "broken_eligibility",
            Exclusion::UnlistedStratum => "unlisted_stratum",
            Exclusion::Diagnosis => "diagnosis",
            Exclusion::Period => "period",
            Exclusion::Age => "age",
            Exclusion::Duplicate => "duplicate",
        }
    }

    /// The reason in words.
    pub fn describe(self, strata: &Strata) -> String {
        match self {
            Exclusion::BrokenKey => "record key empty or not readable".to_owned(),
            Exclusion::BrokenEligibility => "age, diagnosis or stratum empty or not readable".to_owned(),
            Exclusion::UnlistedStratum => format!("{} not in the study", strata.name),
            Exclusion::Diagnosis => "other diagnosis".to_owned(),
            Exclusion::Period => "outside the period".to_owned(),
            Exclusion::Age => "outside the age limits".to_owned(),
            Exclusion::Duplicate => "identical row repeated".to_owned(),
        }
    }

    /// Whether the row is wrong, and not only outside the population: a draw must accept such exclusions expressly.
    pub fn is_fault(self) -> bool {
        matches!(self, Exclusion::BrokenKey | Exclusion::BrokenEligibility)
    }
}
