//! Which post-stratum a reviewed course belongs to, where the weights are calibrated to the frame.

use super::answers::CourseRow;
use crate::accuracy::{Tabulated, counted_as};
use crate::protocol::Indicator;
use crate::stats::{CalibratedTo, PostStrata};

/// The post-strata of one indicator.
pub(super) struct PostStrataOf<'e> {
    indicator: &'e Indicator,
    /// Of each stratum, by its code.
    strata: Vec<(String, CalibratedTo)>,
    merged: bool,
}

impl<'e> PostStrataOf<'e> {
    pub(super) fn new(indicator: &'e Indicator, tables: &Tabulated, by: PostStrata) -> Self {
        let calibrated = tables.calibrated.calibrated_to(by).unwrap_or_default();
        PostStrataOf {
            indicator,
            strata: tables.codes.iter().cloned().zip(calibrated).collect(),
            merged: tables.calibrated.is_merged(),
        }
    }

    /// The name of the post-stratum of a course and its courses in the frame. Nothing for a course that does not count, or where the
    /// weights cannot be calibrated.
    pub(super) fn of(&self, row: &CourseRow<'_>) -> Option<(String, u64)> {
        let (code, to) = self.strata.iter().find(|(code, _)| *code == row.stratum.code)?;
        if !row.counts {
            return None;
        }
        let status = match self.status(row) {
            2 if self.merged => 1,
            status => status,
        };
        let frame = to.frame[status]?;
        let word = match status {
            0 => "yes",
            1 if self.merged => "not yes",
            1 => "no",
            _ => "neither",
        };
        Some((format!("{}: register {word}", if to.is_own { code } else { "shared" }), frame))
    }

    /// Yes, no, neither.
    fn status(&self, row: &CourseRow<'_>) -> usize {
        let entry = row.sampled.register.get(&self.indicator.id).filter(|entry| entry.in_force);
        let status = entry.and_then(|entry| self.indicator.register.status(&entry.value));
        match status.and_then(|status| counted_as(self.indicator, status)) {
            Some(true) => 0,
            Some(false) => 1,
            None => 2,
        }
    }
}
