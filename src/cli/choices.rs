//! What every command with intervals lets the user choose, and how counts are typed.

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::error::{Error, Finding};
use crate::report::count;
use crate::stats::{ConfidenceLevel, IntervalMethod, PostStrata, WeightedMethod};

/// Larger counts are refused.
const LARGEST: u64 = 1_000_000_000_000_000;

/// Level and method of the intervals.
#[derive(Debug, Args)]
pub(super) struct IntervalChoice {
    /// The confidence level: a decimal, or a percentage with its sign.
    #[arg(long, value_name = "LEVEL", default_value = "0.95")]
    pub(super) level: ConfidenceLevel,
    /// The method of the intervals of plain proportions.
    #[arg(long, value_enum, value_name = "METHOD", default_value_t)]
    pub(super) method: IntervalMethod,
}

impl IntervalChoice {
    /// A warning when the method is known to be poor; it was asked for by name.
    pub(super) fn warnings(&self) -> Vec<Finding> {
        let discouraged = self.method.is_discouraged().then(|| {
            let what = format!("the {} interval covers less than it says", self.method.title());
            Finding::warning("method_discouraged", what)
                .because(format!("near 0 and 100 % it is far too short ({})", self.method.reference()))
                .remedy("for a paper use clopper_pearson, or wilson for shorter intervals")
        });
        discouraged.into_iter().collect()
    }
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Switch {
    /// The question is about this register in this period.
    On,
    /// The question is about the process that fills the register.
    Off,
}

impl ValueEnum for IntervalMethod {
    fn value_variants<'a>() -> &'a [Self] {
        &IntervalMethod::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.title()))
    }
}

impl ValueEnum for WeightedMethod {
    fn value_variants<'a>() -> &'a [Self] {
        &WeightedMethod::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.title()))
    }
}

impl ValueEnum for PostStrata {
    fn value_variants<'a>() -> &'a [Self] {
        &[PostStrata::Frame, PostStrata::Strata]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            PostStrata::Frame => "by the register's value in all strata together",
            PostStrata::Strata => "in each stratum where every value has five or more reviewed charts",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

/// A count as it is typed.
pub(super) fn read_count(text: &str) -> Result<u64, String> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = plain.then(|| text.parse().ok()).flatten().filter(|number| *number <= LARGEST);
    number.ok_or_else(|| format!("expected a whole number from 0 to {}, digits only", count(LARGEST)))
}

/// Refuses counts that together are more than can be computed with.
pub(super) fn check_total(counts: &[u64]) -> Result<(), Error> {
    let total = counts.iter().copied().fold(0, u64::saturating_add);
    let what = || format!("the counts add up to {}, expected at most {}", count(total), count(LARGEST));
    if total <= LARGEST { Ok(()) } else { Err(refused("too_many_records", what())) }
}

/// What was typed cannot be done: exit code 2.
pub(super) fn refused(code: &'static str, what: impl Into<String>) -> Error {
    Error::cannot_run(Finding::error(code, what))
}

/// The same with what to do instead.
pub(super) fn refused_with(code: &'static str, what: impl Into<String>, remedy: impl Into<String>) -> Error {
    Error::cannot_run(Finding::error(code, what).remedy(remedy))
}
