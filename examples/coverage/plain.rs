//! What the intervals of a plain proportion do, by summation and not by simulation.
//!
//! With X ~ Bin(n, p) and the limits L(x), U(x) of a method:
//!
//! ```text
//! coverage     C(p) = Σ P(X = x) [ L(x) ≤ p ≤ U(x) ]
//! tails        P( p < L(X) )  and  P( p > U(X) )
//! not defined  P( the method has no answer for X )           these and the coverage add up to 1
//! width        E( U(X) − L(X) | defined )
//! ```
//!
//! Every method of the library mirrors exactly, L(n − x) = 1 − U(x), so that C(1 − p) = C(p), and p from 0.5 up says
//! everything; the two tails change places.
//!
//! Between two neighbouring limits the counts whose intervals cover p do not change, they are neighbours, and P(a ≤ X ≤ b) has
//! one maximum in p and no minimum. So the smallest coverage is found at a limit, from its left or from its right: no grid misses it.

use hjertekommidt::stats::{ConfidenceLevel, IntervalMethod, Proportion};

/// The limits of a method for every count of n.
pub(crate) struct PlainIntervals {
    /// ln C(n, x)
    ln_ways: Vec<f64>,
    /// `None` where the method has no answer.
    limits: Vec<Option<[f64; 2]>>,
}

/// What an interval does at one true proportion.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Behaviour {
    pub(crate) coverage: f64,
    /// The truth lies below the lower limit.
    pub(crate) below_lower: f64,
    /// The truth lies above the upper limit.
    pub(crate) above_upper: f64,
    pub(crate) not_defined: f64,
    /// Of the defined intervals.
    pub(crate) width: f64,
}

impl PlainIntervals {
    /// Of x of `trials` for x = 0 … n.
    pub(crate) fn new(method: IntervalMethod, trials: u64, level: ConfidenceLevel) -> Self {
        let limits = |events| {
            let interval = Proportion::new(events, trials).ok()?.interval(method, level).ok()?;
            Some([interval.lower(), interval.upper()])
        };
        let mut ln_ways = vec![0.0];
        for x in 1..=trials {
            let before = ln_ways[x as usize - 1];
            ln_ways.push(before + ((trials - x + 1) as f64 / x as f64).ln());
        }
        PlainIntervals { ln_ways, limits: (0..=trials).map(limits).collect() }
    }

    /// At the true proportion p, 0 < p < 1.
    pub(crate) fn at(&self, p: f64) -> Behaviour {
        let mut sum = Behaviour::default();
        for (probability, limits) in self.probabilities(p).zip(&self.limits) {
            match *limits {
                None => sum.not_defined += probability,
                Some([lower, upper]) => {
                    sum.width += probability * (upper - lower);
                    match () {
                        () if p < lower => sum.below_lower += probability,
                        () if p > upper => sum.above_upper += probability,
                        () => sum.coverage += probability,
                    }
                }
            }
        }
        sum.width /= 1.0 - sum.not_defined;
        sum
    }

    /// The smallest coverage over `from` ≤ p ≤ `to`, and the p at or beside which it is.
    pub(crate) fn least(&self, from: f64, to: f64) -> (f64, f64) {
        let inside = |limit: &f64| (from..=to).contains(limit);
        let breaks = self.limits.iter().flatten().flatten().copied().filter(inside);
        let beside = |p: f64| {
            let left = self.covered(p, |lower, upper| lower < p && p <= upper);
            let right = self.covered(p, |lower, upper| lower <= p && p < upper);
            match () {
                () if p == from => right,
                () if p == to => left,
                () => left.min(right),
            }
        };
        let all = breaks.chain([from, to]).map(|p| (p, beside(p)));
        all.fold((from, f64::INFINITY), |least, one| if one.1 < least.1 { one } else { least })
    }

    fn covered(&self, p: f64, covers: impl Fn(f64, f64) -> bool) -> f64 {
        let is_covered =
            |limits: &Option<[f64; 2]>| limits.is_some_and(|[lower, upper]| covers(lower, upper));
        let both = self.probabilities(p).zip(&self.limits);
        both.filter(|(_, limits)| is_covered(limits)).map(|(probability, _)| probability).sum()
    }

    /// P(X = x) for x = 0 … n.
    fn probabilities(&self, p: f64) -> impl Iterator<Item = f64> {
        let (yes, no) = (p.ln(), (-p).ln_1p());
        let trials = self.limits.len() - 1;
        let probability =
            move |(x, ln_ways): (usize, &f64)| (ln_ways + x as f64 * yes + (trials - x) as f64 * no).exp();
        self.ln_ways.iter().enumerate().map(probability)
    }
}
