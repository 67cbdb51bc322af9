//! How often the intervals of many samples covered the truth, and how wide they were.

use crate::methods::Outcome;

/// Room for the last bits of limits that are exactly the truth: a value that is known, or 1.
const ROUNDING: f64 = 1e-12;

/// Sums over samples.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    draws: u64,
    covered: u64,
    below_lower: u64,
    above_upper: u64,
    not_defined: u64,
    not_estimable: u64,
    no_variance: u64,
    width: f64,
    /// Σ (R − truth) and Σ (R − truth)²
    errors: [f64; 2],
    /// Σ V
    variance: f64,
}

impl Tally {
    /// One more sample.
    pub(crate) fn add(&mut self, outcome: &Outcome, truth: f64) {
        self.draws += 1;
        let Some(estimate) = outcome.estimate else {
            self.not_estimable += 1;
            return;
        };
        let error = estimate - truth;
        self.errors[0] += error;
        self.errors[1] += error * error;
        self.variance += outcome.se.map_or(0.0, |se| se * se);
        self.no_variance += u64::from(outcome.se == Some(0.0));
        match outcome.limits {
            None => self.not_defined += 1,
            Some([lower, upper]) => {
                self.width += upper - lower;
                match () {
                    () if truth < lower - ROUNDING => self.below_lower += 1,
                    () if truth > upper + ROUNDING => self.above_upper += 1,
                    () => self.covered += 1,
                }
            }
        }
    }

    /// The sums of both.
    pub(crate) fn plus(mut self, other: &Tally) -> Self {
        self.draws += other.draws;
        self.covered += other.covered;
        self.below_lower += other.below_lower;
        self.above_upper += other.above_upper;
        self.not_defined += other.not_defined;
        self.not_estimable += other.not_estimable;
        self.no_variance += other.no_variance;
        self.width += other.width;
        self.errors[0] += other.errors[0];
        self.errors[1] += other.errors[1];
        self.variance += other.variance;
        self
    }

    fn share(&self, count: u64) -> f64 {
        count as f64 / self.draws as f64
    }

    fn defined(&self) -> f64 {
        (self.covered + self.below_lower + self.above_upper) as f64
    }

    /// The share of the samples whose interval is defined and covers the truth.
    pub(crate) fn coverage(&self) -> f64 {
        self.share(self.covered)
    }

    /// The Monte Carlo standard error of the coverage.
    pub(crate) fn coverage_se(&self) -> f64 {
        (self.coverage() * (1.0 - self.coverage()) / self.draws as f64).sqrt()
    }

    /// The mean width of the defined intervals.
    pub(crate) fn width(&self) -> f64 {
        self.width / self.defined()
    }

    /// The columns of [`COLUMNS`].
    pub(crate) fn columns(&self) -> Vec<String> {
        let estimated = (self.draws - self.not_estimable) as f64;
        let bias = self.errors[0] / estimated;
        let numbers = [
            self.coverage(),
            self.coverage_se(),
            self.share(self.below_lower),
            self.share(self.above_upper),
            self.width(),
            self.share(self.not_defined),
            self.share(self.not_estimable),
            self.share(self.no_variance),
            bias,
            (self.errors[1] / estimated - bias * bias).max(0.0).sqrt(),
            (self.variance / estimated).sqrt(),
        ];
        let digits = numbers.map(digits);
        std::iter::once(self.draws.to_string()).chain(digits).collect()
    }
}

/// Five decimals without trailing zeros; nothing where there is no number.
pub(crate) fn digits(number: f64) -> String {
    if number.is_nan() {
        return String::new();
    }
    let text = format!("{number:.5}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// The names of the columns of a tally. Coverage, both tails, not defined and not estimable add up to 1; the width is that of the
/// defined intervals.
pub(crate) const COLUMNS: [&str; 12] = [
    "draws",
    "coverage",
    "coverage_se",
    "below_lower",
    "above_upper",
    "width",
    "not_defined",
    "not_estimable",
    "no_variance",
    "bias",
    "sd",
    "root_mean_variance",
];
