//! What is declared about a bootstrap.

use std::str::FromStr;

/// How a bootstrap is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BootstrapOptions {
    /// The label that all random numbers follow from.
    pub seed: String,
    /// B, how many times the sample is resampled.
    pub replicates: usize,
    /// On for a statement about this register in this period; off for one about the process that fills it.
    pub finite_population_correction: bool,
    /// How the records are resampled and weighted.
    pub scheme: BootstrapScheme,
}

/// The fewest replicates that show a limit of the usual levels, and the most that fit into memory.
const REPLICATES: std::ops::RangeInclusive<u64> = 100..=1_000_000;

impl BootstrapOptions {
    /// The seed where none is given: never the clock, so that the same data have the same limits.
    pub const USUAL_SEED: &str = "hkm";

    /// A number of replicates as it was typed.
    ///
    /// # Errors
    /// What is expected instead.
    pub fn checked_replicates(number: u64) -> Result<usize, String> {
        let known = REPLICATES.contains(&number).then(|| usize::try_from(number).ok()).flatten();
        let expected = || format!("a whole number from {} to {}", REPLICATES.start(), REPLICATES.end());
        known.ok_or_else(expected)
    }

    /// Rao–Wu with the correction and 9,999 replicates, so that (B + 1) times the usual tails are whole numbers.
    pub fn new(seed: impl Into<String>) -> Self {
        BootstrapOptions {
            seed: seed.into(),
            replicates: 9_999,
            finite_population_correction: true,
            scheme: BootstrapScheme::RaoWu,
        }
    }
}

/// How the records of a stratum are resampled and weighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BootstrapScheme {
    /// n − 1 draws, rescaled: the variance is that of the design.
    #[default]
    RaoWu,
    /// n draws: the variance is too small by the factor (n − 1)/n in each stratum, and there is no correction.
    Naive,
}

impl BootstrapScheme {
    /// The name in results and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            BootstrapScheme::RaoWu => "rao_wu",
            BootstrapScheme::Naive => "naive",
        }
    }
}

impl FromStr for BootstrapScheme {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = [BootstrapScheme::RaoWu, BootstrapScheme::Naive];
        let found = known.into_iter().find(|scheme| scheme.name() == text);
        found.ok_or_else(|| format!("the bootstrap is `{text}`, expected one of rao_wu, naive"))
    }
}
