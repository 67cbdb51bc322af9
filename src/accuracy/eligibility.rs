//! For whom an indicator is relevant, by register and by record: what the two-by-two table leaves out.

use super::columns::Chart;
use super::{Column, Columns};
use crate::protocol::RegisterStatus;
use crate::review::{Answer, Reference};

/// Charts that were read, by what the register says (rows: yes, no, not relevant, missing) and what the record says (columns: yes, no,
/// not relevant, not documented), whatever the rules for missing values make of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Eligibility {
    /// The charts in each cell.
    pub cells: [[u64; Answer::ALL.len()]; RegisterStatus::ALL.len()],
    /// Charts that are in no cell, because the indicator was not in force or the answer is not settled: what the cells leave of those read.
    pub left_out: [u64; 2],
}

impl Eligibility {
    /// Whether a count is too small to be shown.
    pub fn is_small(&self, min_cell: u64) -> bool {
        self.cells.iter().flatten().chain(&self.left_out).any(|count| (1..min_cell).contains(count))
    }

    fn add(&mut self, register: Option<RegisterStatus>, answer: Option<Answer>) {
        let row = register.and_then(|register| RegisterStatus::ALL.iter().position(|one| *one == register));
        let place = answer.and_then(|answer| Answer::ALL.iter().position(|one| *one == answer));
        match (row, place) {
            (Some(row), Some(place)) => self.cells[row][place] += 1,
            (row, _) => self.left_out[usize::from(row.is_some())] += 1,
        }
    }

    /// All charts in it.
    pub fn total(&self) -> u64 {
        self.cells.iter().flatten().sum()
    }
}

/// Counts an indicator. Charts whose answer is not settled, and courses for which the indicator was not in force, are in no cell.
pub fn eligibility(columns: &Columns<'_>, column: &Column<'_>) -> Eligibility {
    let mut counted = Eligibility::default();
    for (course, standing) in columns.courses.iter().zip(&column.standings) {
        if course.chart == Chart::Read {
            counted.add(standing.register, columns.answer(course, column));
        }
    }
    counted
}

impl Columns<'_> {
    /// What the record says; `None` where that is not settled.
    pub(super) fn answer(&self, course: &super::columns::Course<'_>, column: &Column<'_>) -> Option<Answer> {
        match self.evidence.reference.courses.get(&course.sampled.study_id)? {
            Reference::Read(answers) => answers.get(&column.indicator.id)?.0,
            Reference::Pending | Reference::NotRead(_) => None,
        }
    }
}
