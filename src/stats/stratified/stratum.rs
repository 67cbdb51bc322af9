//! The counts of one stratum for one measure.

use std::fmt;

use super::PostStrataError;

/// The counts of one stratum for one measure, the input of a weighted ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stratum {
    /// N, the records of the stratum in the frame.
    pub population: u64,
    /// n, the records that were found and reviewed.
    pub reviewed: u64,
    /// Reviewed records with an answer for this indicator; only to tell whether everything is known.
    pub answered: u64,
    /// d, the reviewed records in the denominator.
    pub domain: u64,
    /// x, the reviewed records in the numerator.
    pub events: u64,
    /// How many records of the frame can belong to the denominator, where the register tells it (PPV and NPV).
    pub known_domain: Option<u64>,
}

impl Stratum {
    /// Every record of the frame that can belong to the domain was reviewed and answered.
    pub(super) fn is_complete(&self) -> bool {
        let all_reviewed = self.reviewed == self.population && self.answered == self.reviewed;
        all_reviewed || self.known_domain == Some(self.domain)
    }

    /// x ≤ d ≤ answered ≤ n ≤ N, and the known domain no smaller than d.
    pub(super) fn check(&self, stratum: usize) -> Result<(), StratumError> {
        let Stratum { population, reviewed, answered, domain, events, known_domain } = *self;
        let known = known_domain.unwrap_or(domain);
        let ordered = [events, domain, answered, reviewed, population].is_sorted();
        if ordered && domain <= known && known <= population && population <= MAX_POPULATION {
            Ok(())
        } else {
            Err(StratumError { stratum, counts: Counts::Measure(*self) })
        }
    }
}

/// Counts above this are refused, as those of a proportion are.
const MAX_POPULATION: u64 = 1_000_000_000_000_000;

/// Counts that cannot be those of a stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StratumError {
    stratum: usize,
    counts: Counts,
}

/// Which counts they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// Of a measure.
    Measure(Stratum),
    /// By register status.
    Register(PostStrataError),
}

impl From<PostStrataError> for StratumError {
    fn from(error: PostStrataError) -> Self {
        StratumError { stratum: error.stratum, counts: Counts::Register(error) }
    }
}

impl StratumError {
    /// Counts that contradict each other in a stratum.
    pub(super) fn of(stratum: usize, counts: Stratum) -> Self {
        StratumError { stratum, counts: Counts::Measure(counts) }
    }

    /// Which stratum it is, counted from 0 in the order they were given.
    pub fn stratum(&self) -> usize {
        self.stratum
    }
}

impl fmt::Display for StratumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = match self.counts {
            Counts::Measure(counts) => counts,
            Counts::Register(error) => return error.fmt(f),
        };
        let Stratum { population, reviewed, answered, domain, events, known_domain } = counts;
        write!(
            f,
            "stratum {} has {population} records in the frame, {reviewed} reviewed, {answered} answered, {domain} \
             in the denominator and {events} in the numerator, expected each to be at most the one before",
            self.stratum + 1
        )?;
        match known_domain {
            Some(known) => write!(f, ", and {known} records known to belong to the denominator"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for StratumError {}
