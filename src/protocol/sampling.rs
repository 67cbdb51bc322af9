//! How many courses are drawn, how they are spread over the strata, and with which seed.

use std::fmt;

use serde::Serialize;

use super::section::Section;
use crate::error::Finding;

/// The sampling rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sampling {
    /// How many courses are drawn in all, reserves not counted.
    pub total: u64,
    /// How they are spread.
    pub allocation: AllocationRule,
    /// The fewest in any stratum.
    pub minimum: u64,
    /// Reserves, as a share of each stratum's sample.
    pub reserve: Percent,
    /// The seed, once chosen.
    pub seed: Option<Seed>,
    /// Where the seed came from.
    pub seed_source: Option<String>,
}

/// How a total is spread over strata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AllocationRule {
    /// In proportion to the strata's numbers of courses.
    Proportional,
    /// The same from each.
    Equal,
    /// As `sample` says for each stratum.
    Fixed,
}

impl AllocationRule {
    /// The word in `study.toml`.
    pub fn name(self) -> &'static str {
        match self {
            AllocationRule::Proportional => "proportional",
            AllocationRule::Equal => "equal",
            AllocationRule::Fixed => "fixed",
        }
    }
}

/// A whole number of per cent, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Percent(u8);

impl Percent {
    /// So many per cent; `None` above 100.
    pub fn new(percent: u64) -> Option<Self> {
        u8::try_from(percent).ok().filter(|percent| *percent <= 100).map(Percent)
    }

    /// This share of a number, rounded up.
    pub fn of_rounded_up(self, number: u64) -> u64 {
        (number * u64::from(self.0)).div_ceil(100)
    }

    /// The number of per cent.
    pub fn get(self) -> u64 {
        u64::from(self.0)
    }
}

/// The seed of the draw: printable ASCII without `|`, at least eight characters, taken as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seed(String);

/// How few characters a seed may have.
pub const SEED_LENGTH: usize = 8;

impl Seed {
    /// The seed, or why this text cannot be one.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn new(text: &str) -> Result<Self, String> {
        if text.len() < SEED_LENGTH {
            return Err(format!(
                "the seed has {} characters and needs at least {SEED_LENGTH}",
                text.chars().count()
            ));
        }
        match text.chars().find(|c| !(' '..='~').contains(c) || *c == '|') {
            None => Ok(Seed(text.to_owned())),
            Some('|') => Err("the seed holds `|`, which separates it from the record key".to_owned()),
            Some(other) if other.is_control() => {
                Err("the seed holds a tab or a line break: printable ASCII only".to_owned())
            }
            Some(other) => Err(format!(
                "the seed holds `{other}`, which other software may write in other bytes: plain ASCII only"
            )),
        }
    }

    /// The text of the seed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const RULES: [(&str, AllocationRule); 3] = [
    ("proportional", AllocationRule::Proportional),
    ("equal", AllocationRule::Equal),
    ("fixed", AllocationRule::Fixed),
];

impl Sampling {
    pub(super) fn read(section: &Section<'_, '_>) -> Option<Self> {
        let total = section.required("total", section.count("total"));
        let allocation = section.choice("allocation", &RULES).unwrap_or(AllocationRule::Proportional);
        let minimum = section.count("minimum").unwrap_or(2);
        let reserve = read_percent(section, "reserve_percent", 20);
        let seed = section.text("seed").filter(|text| !text.is_empty());
        let seed_source = section.text("seed_source").filter(|text| !text.is_empty());
        section.finish();
        if total == Some(0) {
            section.wrong("total", Finding::error("total", "`sampling.total` is 0, expected 1 or more"));
        }
        let seed = match seed.map(|text| Seed::new(&text)).transpose() {
            Ok(seed) => seed,
            Err(reason) => {
                section.wrong("seed", Finding::error("seed", reason));
                return None;
            }
        };
        Some(Sampling { total: total?, allocation, minimum, reserve: reserve?, seed, seed_source })
    }
}

/// A key with a whole number of per cent.
pub(super) fn read_percent(section: &Section<'_, '_>, key: &'static str, default: u64) -> Option<Percent> {
    let written = section.count(key).unwrap_or(default);
    let percent = Percent::new(written);
    if percent.is_none() {
        let what =
            format!("`{}` is {written}, expected a whole number of per cent, 0 to 100", section.path_of(key));
        section.wrong(key, Finding::error("percent", what));
    }
    percent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_taken_as_it_is() {
        assert_eq!(Seed::new(" 2026-11-21 12 17 ").unwrap().as_str(), " 2026-11-21 12 17 ");
    }

    #[test]
    fn a_seed_that_others_could_not_repeat_is_refused() {
        for text in ["", "1234567", "lotto|17 4 22", "lodtrækning 17", "tab\there..", "line\nbreak"] {
            assert!(Seed::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_share_is_rounded_up() {
        let fifth = Percent::new(20).unwrap();
        assert_eq!([fifth.of_rounded_up(0), fifth.of_rounded_up(1), fifth.of_rounded_up(10)], [0, 1, 2]);
        assert_eq!(Percent::new(101), None);
    }
}
