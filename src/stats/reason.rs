//! Why a number is missing.

use std::fmt;

/// Why an estimate or a limit is not a number.
///
/// Every missing figure in a result stands with one of these, so that a reader can tell a zero denominator
/// from a limit that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The data do not hold the information: a zero denominator, no degree of freedom.
    NotEstimable,
    /// The method has no answer here, as the logit interval at 0 and at 100 %.
    NotDefined,
    /// The number is infinite.
    Unbounded,
    /// Hidden, because it could tell of single persons.
    Suppressed,
    /// The study cannot assess this at all.
    NotAssessable,
    /// The number contradicts what was assumed: a prevalence below 0 or above 1 after a correction.
    Inadmissible,
}

impl Reason {
    /// The word that stands in the results.
    pub fn name(self) -> &'static str {
        match self {
            Reason::NotEstimable => "not_estimable",
            Reason::NotDefined => "not_defined",
            Reason::Unbounded => "unbounded",
            Reason::Suppressed => "suppressed",
            Reason::NotAssessable => "not_assessable",
            Reason::Inadmissible => "inadmissible",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::NotEstimable => "not estimable",
            Reason::NotDefined => "not defined",
            Reason::Unbounded => "unbounded",
            Reason::Suppressed => "suppressed",
            Reason::NotAssessable => "not assessable",
            Reason::Inadmissible => "inadmissible",
        })
    }
}
