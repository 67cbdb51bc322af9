//! The margins of a 2 × k table, and the probability of a table that has them.

use super::MOST_TRIALS;
use crate::stats::{Proportion, Reason};

/// Tables with P ≤ P(observed) (1 + this) count as no more probable than the observed one.
const TIE: f64 = 1e-7;

/// The sizes of the groups, the number of events in all, and how improbable the observed table is.
#[derive(Debug, Clone)]
pub(super) struct Margins {
    /// nₕ, largest first.
    pub(super) sizes: Vec<u64>,
    /// N.
    pub(super) trials: u64,
    /// X, or the non-events where they are fewer.
    pub(super) events: u64,
    /// ln of the largest product Π C(nₕ, xₕ) that counts as no larger than the observed one.
    pub(super) limit: f64,
    /// ln i! for i from 0 to N.
    log_factorials: Vec<f64>,
}

impl Margins {
    pub(super) fn of(groups: &[Proportion]) -> Result<Self, Reason> {
        let mut groups: Vec<Proportion> = groups.iter().copied().filter(|group| group.trials() > 0).collect();
        if groups.len() < 2 {
            return Err(Reason::NotEstimable);
        }
        let sum =
            |count: fn(Proportion) -> u64| groups.iter().copied().map(count).fold(0, u64::saturating_add);
        let (trials, events) = (sum(Proportion::trials), sum(Proportion::events));
        if trials > MOST_TRIALS {
            return Err(Reason::NotDefined);
        }
        groups.sort_by_key(|group| std::cmp::Reverse((group.trials(), group.events())));
        let sizes = groups.iter().map(|group| group.trials()).collect();
        let events = events.min(trials - events);
        let log_factorials = log_factorials(trials);
        let mut margins = Margins { sizes, trials, events, limit: 0.0, log_factorials };
        let observed = groups.iter().map(|group| margins.log_choices(group.trials(), group.events()));
        margins.limit = observed.sum::<f64>() + TIE.ln_1p();
        Ok(margins)
    }

    /// ln C(n, x)
    pub(super) fn log_choices(&self, n: u64, x: u64) -> f64 {
        let of = |count: u64| self.log_factorials[count as usize];
        of(n) - of(x) - of(n - x)
    }
}

/// ln i! for i from 0 to `last`, the rounding errors carried along (Kahan).
fn log_factorials(last: u64) -> Vec<f64> {
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    let next = |i: u64| {
        let term = (i.max(1) as f64).ln() - lost;
        let total = sum + term;
        lost = (total - sum) - term;
        sum = total;
        sum
    };
    (0..=last).map(next).collect()
}
