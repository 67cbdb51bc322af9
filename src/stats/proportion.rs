//! Events of trials.

use std::fmt;

use super::interval::{self, Limits};
use super::{ConfidenceInterval, ConfidenceLevel, IntervalMethod, Reason};

/// Counts above this are refused: every smaller one is exact as a double and within the range of the quantiles.
pub(crate) const MAX_TRIALS: u64 = 1_000_000_000_000_000;

/// Events of trials: x of n.
///
/// A mortality register found 231 of 258 deaths:
///
/// ```
/// use hjertekommidt::stats::{ConfidenceLevel, IntervalMethod, Proportion};
///
/// let found = Proportion::new(231, 258)?;
/// let exact = found.interval(IntervalMethod::ClopperPearson, ConfidenceLevel::NINETY_FIVE).unwrap();
/// assert_eq!(format!("{:.3}", found.estimate().unwrap()), "0.895");
/// assert_eq!(format!("{:.3} to {:.3}", exact.lower(), exact.upper()), "0.851 to 0.930");
/// # Ok::<(), hjertekommidt::stats::ProportionError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Proportion {
    events: u64,
    trials: u64,
}

impl Proportion {
    /// Events of trials.
    ///
    /// # Errors
    /// More events than trials, or more than 10¹⁵ trials.
    pub fn new(events: u64, trials: u64) -> Result<Self, ProportionError> {
        if events > trials {
            return Err(ProportionError::MoreEventsThanTrials { events, trials });
        }
        if trials > MAX_TRIALS {
            return Err(ProportionError::TooManyTrials { trials });
        }
        Ok(Proportion { events, trials })
    }

    /// Events beside what is not an event. Beyond the largest count the total is cut, not wrapped.
    pub(crate) fn of(events: u64, rest: u64) -> Self {
        let trials = events.saturating_add(rest);
        Proportion { events, trials }
    }

    /// Events x.
    pub fn events(self) -> u64 {
        self.events
    }

    /// Trials n.
    pub fn trials(self) -> u64 {
        self.trials
    }

    /// The proportion of what is not an event.
    pub fn complement(self) -> Self {
        Proportion { events: self.trials - self.events, trials: self.trials }
    }

    /// x / n; `None` without trials.
    pub fn estimate(self) -> Option<f64> {
        (self.trials > 0).then(|| self.events as f64 / self.trials as f64)
    }

    /// The limits of the proportion with their complements, each to full relative accuracy.
    ///
    /// # Errors
    /// [`Reason::NotEstimable`] without trials; [`Reason::NotDefined`] where the method has no answer.
    pub fn limits(self, method: IntervalMethod, level: ConfidenceLevel) -> Result<Limits, Reason> {
        interval::limits(method, self.events as f64, (self.trials - self.events) as f64, level)
    }

    /// The confidence interval of the proportion.
    ///
    /// # Errors
    /// [`Reason::NotEstimable`] without trials; [`Reason::NotDefined`] where the method has no answer.
    pub fn interval(
        self,
        method: IntervalMethod,
        level: ConfidenceLevel,
    ) -> Result<ConfidenceInterval, Reason> {
        let Limits { lower, upper } = self.limits(method, level)?;
        Ok(ConfidenceInterval::new(lower.value(), upper.value(), level, method))
    }
}

impl fmt::Display for Proportion {
    /// `231 of 258`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.events, self.trials)
    }
}

/// Counts that are no proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProportionError {
    /// There are more events than trials.
    MoreEventsThanTrials {
        /// x
        events: u64,
        /// n
        trials: u64,
    },
    /// There are more than 10¹⁵ trials.
    TooManyTrials {
        /// n
        trials: u64,
    },
}

impl fmt::Display for ProportionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProportionError::MoreEventsThanTrials { events, trials } => {
                let are = if *events == 1 {
                    "there is 1 event".to_owned()
                } else {
                    format!("there are {events} events")
                };
                write!(f, "{are} of {trials} trials, expected at most {trials}")
            }
            ProportionError::TooManyTrials { trials } => {
                write!(f, "there are {trials} trials, expected at most {MAX_TRIALS}")
            }
        }
    }
}

impl std::error::Error for ProportionError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_events_than_trials_are_refused() {
        let error = Proportion::new(3, 2).unwrap_err();
        assert_eq!(error.to_string(), "there are 3 events of 2 trials, expected at most 2");
        assert!(Proportion::new(0, MAX_TRIALS + 1).is_err());
    }

    #[test]
    fn nothing_of_nothing_is_not_estimable() {
        let nothing = Proportion::new(0, 0).unwrap();
        assert_eq!(nothing.estimate(), None);
        for method in IntervalMethod::ALL {
            let interval = nothing.interval(method, ConfidenceLevel::NINETY_FIVE);
            assert_eq!(interval, Err(Reason::NotEstimable));
        }
    }

    #[test]
    fn the_logit_interval_is_not_defined_without_events_or_with_events_only() {
        for events in [0, 9] {
            let proportion = Proportion::new(events, 9).unwrap();
            let interval = proportion.interval(IntervalMethod::Logit, ConfidenceLevel::NINETY_FIVE);
            assert_eq!(interval, Err(Reason::NotDefined));
        }
    }
}
