//! Other readings of what is missing than the declared one: the sensitivity analyses that show what hangs on it.

use crate::protocol::{Protocol, Undocumented, Unregistered};

/// A rule of `study.toml` for missing values, read the other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherReading {
    /// What a chart does not document: *no* instead of missing, or missing instead of *no*.
    NotDocumented,
    /// What the register does not hold: *no* instead of outside the table, or the other way round.
    RegisterMissing,
    /// What the register says is not relevant: the same.
    RegisterNotRelevant,
}

impl OtherReading {
    /// All of them, in the order of tables.
    pub const ALL: [OtherReading; 3] =
        [OtherReading::NotDocumented, OtherReading::RegisterMissing, OtherReading::RegisterNotRelevant];

    /// The key of `study.toml` that is read the other way.
    pub fn name(self) -> &'static str {
        match self {
            OtherReading::NotDocumented => "not_documented",
            OtherReading::RegisterMissing => "register_missing",
            OtherReading::RegisterNotRelevant => "register_not_relevant",
        }
    }

    /// A protocol with this rule of every indicator the other way.
    pub fn of(self, protocol: &Protocol) -> Protocol {
        let mut changed = protocol.clone();
        for indicator in &mut changed.indicators {
            let rules = &mut indicator.missing;
            match self {
                OtherReading::NotDocumented => {
                    rules.not_documented = match rules.not_documented {
                        Undocumented::No => Undocumented::Missing,
                        Undocumented::Missing => Undocumented::No,
                    };
                }
                OtherReading::RegisterMissing => rules.register_missing = other(rules.register_missing),
                OtherReading::RegisterNotRelevant => {
                    rules.register_not_relevant = other(rules.register_not_relevant);
                }
            }
        }
        changed
    }
}

fn other(rule: Unregistered) -> Unregistered {
    match rule {
        Unregistered::Exclude => Unregistered::No,
        Unregistered::No => Unregistered::Exclude,
    }
}
