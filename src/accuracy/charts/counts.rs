//! How many charts of an indicator stand where.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::accuracy::tabulate::cell;
use crate::accuracy::{Outside, Placement};
use crate::protocol::RegisterStatus;
use crate::stats::TwoByTwo;

/// How many charts of one indicator stand where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartCounts {
    /// Rows with an empty reference.
    pub not_reviewed: u64,
    /// Reviewed and in the table.
    pub table: TwoByTwo,
    /// Reviewed and outside the table.
    pub outside: BTreeMap<Outside, u64>,
}

impl ChartCounts {
    /// All rows.
    pub fn rows(&self) -> u64 {
        self.not_reviewed + self.reviewed()
    }

    /// Reviewed charts, in the table or not.
    pub fn reviewed(&self) -> u64 {
        self.table.total() + self.outside.values().sum::<u64>()
    }

    /// Reviewed charts that might belong to the table after all.
    pub(super) fn unanswered(&self) -> u64 {
        self.outside.iter().filter(|(outside, _)| outside.is_unanswered()).map(|(_, charts)| charts).sum()
    }

    /// Counts a reviewed chart; an empty register cell has no status.
    pub(super) fn add(&mut self, register: Option<RegisterStatus>, reference: RegisterStatus) {
        match chart_placement(register, reference) {
            Placement::Table { register, record } => *cell(&mut self.table, register, record) += 1,
            Placement::Outside(outside) => *self.outside.entry(outside).or_default() += 1,
        }
    }
}

impl AddAssign<&ChartCounts> for ChartCounts {
    fn add_assign(&mut self, other: &ChartCounts) {
        self.not_reviewed += other.not_reviewed;
        self.table += other.table;
        other.outside.iter().for_each(|(why, charts)| *self.outside.entry(*why).or_default() += charts);
    }
}

/// The cell of a reviewed chart, or why it has none.
pub(super) fn chart_placement(register: Option<RegisterStatus>, reference: RegisterStatus) -> Placement {
    let register = match register.unwrap_or(RegisterStatus::Missing) {
        RegisterStatus::Yes => true,
        RegisterStatus::No => false,
        RegisterStatus::NotRelevant => return Placement::Outside(Outside::RegisterNotRelevant),
        RegisterStatus::Missing => return Placement::Outside(Outside::RegisterMissing),
    };
    match reference {
        RegisterStatus::Yes => Placement::Table { register, record: true },
        RegisterStatus::No => Placement::Table { register, record: false },
        RegisterStatus::NotRelevant => Placement::Outside(Outside::RecordNotRelevant),
        RegisterStatus::Missing => Placement::Outside(Outside::NotDocumented),
    }
}
