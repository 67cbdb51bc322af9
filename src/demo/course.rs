//! One row of the invented register, with what a perfect chart would say.

use super::municipality::MUNICIPALITIES;
use super::profile::PROFILES;
use crate::cohort::Exclusion;
use crate::protocol::RegisterStatus;
use crate::review::Answer;

/// A course: its cells as the register has them, and the truth behind them.
#[derive(Debug, Clone)]
pub struct Course {
    /// The cells in the order of the register's columns.
    pub(super) cells: Vec<String>,
    /// CPR number, first attendance and hospital; empty when one of them is broken.
    pub(super) key: String,
    /// The place among the municipalities of the study.
    pub(super) municipality: usize,
    /// What the chart says, in the order of the profiles.
    pub(super) chart: Vec<Answer>,
    /// What the register says.
    pub(super) register: Vec<RegisterStatus>,
    /// Why it is not in the frame.
    pub(super) exclusion: Option<Exclusion>,
}

impl Course {
    /// The record key: `CPR|YYYY-MM-DD|hospital`; empty when a part of it is broken.
    pub fn record_key(&self) -> &str {
        &self.key
    }

    /// Why it is not in the frame of the demo's protocol; `None` when it is.
    pub fn exclusion(&self) -> Option<Exclusion> {
        self.exclusion
    }

    /// The code of its municipality; `None` outside the study.
    pub fn municipality(&self) -> Option<&'static str> {
        let listed = self.exclusion != Some(Exclusion::UnlistedStratum);
        listed.then(|| MUNICIPALITIES[self.municipality].code)
    }

    /// What a perfect chart says of an indicator; never *not documented*. `None` when there is no such indicator.
    pub fn chart(&self, indicator: &str) -> Option<Answer> {
        place_of(indicator).map(|place| self.chart[place])
    }

    /// What the register says of an indicator. `None` when there is no such indicator.
    pub fn register(&self, indicator: &str) -> Option<RegisterStatus> {
        place_of(indicator).map(|place| self.register[place])
    }

    /// Gives it a cell for which it is not in the frame.
    pub(super) fn excluded_by(
        mut self,
        column: usize,
        cell: impl Into<String>,
        exclusion: Exclusion,
    ) -> Self {
        self.cells[column] = cell.into();
        self.exclusion = Some(exclusion);
        if exclusion == Exclusion::BrokenKey {
            self.key.clear();
        }
        self
    }
}

pub(super) fn place_of(indicator: &str) -> Option<usize> {
    PROFILES.iter().position(|profile| profile.id == indicator)
}
