//! What may no longer change once the sample is drawn.

use jiff::civil::Date;
use serde::Serialize;

use super::{AllocationRule, Indicator, Percent, Population, Protocol, Role, Sampled, Seed};
use crate::digest;

/// The parsed sections that decide who can be drawn. The digest is of their meaning, not of the text: a comment may be
/// added, a key moved, and a codebook corrected, but not a rule that would have drawn other courses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frozen {
    population: Population,
    key: Vec<Role>,
    strata: Vec<(String, bool, Option<u64>)>,
    total: u64,
    allocation: AllocationRule,
    minimum: u64,
    reserve: Percent,
    seed: Option<Seed>,
    second_reviewer: Percent,
    indicators: Vec<FrozenIndicator>,
}

/// What was read of an indicator: its column, the period in which it was in force, and which courses the frame holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct FrozenIndicator {
    id: String,
    column: Option<String>,
    from: Option<Date>,
    until: Option<Date>,
    sampled: Sampled,
}

impl FrozenIndicator {
    fn of(indicator: &Indicator) -> Self {
        FrozenIndicator {
            id: indicator.id.clone(),
            column: indicator.column.clone(),
            from: indicator.from,
            until: indicator.until,
            sampled: indicator.sampled,
        }
    }
}

impl Frozen {
    /// The frozen sections of a protocol.
    pub fn of(protocol: &Protocol) -> Self {
        let sampling = &protocol.sampling;
        Frozen {
            population: protocol.population.clone(),
            key: protocol.layout.key.clone(),
            strata: protocol
                .strata
                .known
                .iter()
                .map(|stratum| (stratum.code.clone(), stratum.in_study, stratum.sample))
                .collect(),
            total: sampling.total,
            allocation: sampling.allocation,
            minimum: sampling.minimum,
            reserve: sampling.reserve,
            seed: sampling.seed.clone(),
            second_reviewer: protocol.review.second_reviewer,
            indicators: protocol.assessable().map(FrozenIndicator::of).collect(),
        }
    }

    /// Each frozen section with its name in `study.toml` and its digest.
    pub fn digests(&self) -> Vec<(&'static str, String)> {
        vec![
            ("population", digest_of(&self.population)),
            ("register.key", digest_of(&self.key)),
            ("stratum", digest_of(&self.strata)),
            ("indicator", digest_of(&self.indicators)),
            ("sampling.seed", digest_of(&self.seed)),
            (
                "sampling",
                digest_of(&(self.total, self.allocation, self.minimum, self.reserve, self.second_reviewer)),
            ),
        ]
    }
}

fn digest_of(section: &impl Serialize) -> String {
    // A section of plain data always has a JSON text.
    digest::of_text(&serde_json::to_string(section).unwrap_or_default())
}
