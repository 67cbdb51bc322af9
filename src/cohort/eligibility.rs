//! Why a row is not in the frame.

use crate::protocol::{Bilingual, Strata};

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
        self.in_words(strata).en
    }

    /// The reason in both languages.
    pub fn in_words(self, strata: &Strata) -> Bilingual {
        let [da, en] = match self {
            Exclusion::BrokenKey => {
                ["nøgle mangler eller kan ikke læses", "record key empty or not readable"]
            }
            Exclusion::BrokenEligibility => [
                "alder, diagnose eller stratum mangler eller kan ikke læses",
                "age, diagnosis or stratum empty or not readable",
            ],
            Exclusion::UnlistedStratum => ["ikke med i studiet", "not in the study"],
            Exclusion::Diagnosis => ["anden diagnose", "other diagnosis"],
            Exclusion::Period => ["uden for perioden", "outside the period"],
            Exclusion::Age => ["uden for aldersgrænserne", "outside the age limits"],
            Exclusion::Duplicate => ["identisk række gentaget", "identical row repeated"],
        };
        match self {
            Exclusion::UnlistedStratum => {
                Bilingual { da: format!("{} {da}", strata.name.da), en: format!("{} {en}", strata.name.en) }
            }
            _ => Bilingual { da: da.to_owned(), en: en.to_owned() },
        }
    }

    /// Whether the row is wrong, and not only outside the population: a draw must accept such exclusions expressly.
    pub fn is_fault(self) -> bool {
        matches!(self, Exclusion::BrokenKey | Exclusion::BrokenEligibility)
    }
}
