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
}

impl Eligibility {
    /// Whether a count is too small to be shown.
    pub fn is_small(&self, min_cell: u64) -> bool {
        self.cells.iter().flatten().any(|count| (1..min_cell).contains(count))
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
        let Some(register) = standing.register.filter(|_| course.chart == Chart::Read) else { continue };
        if let Some(answer) = columns.answer(course, column) {
            let rows = RegisterStatus::ALL.iter().position(|status| *status == register);
            let places = Answer::ALL.iter().position(|one| *one == answer);
            if let (Some(row), Some(place)) = (rows, places) {
                counted.cells[row][place] += 1;
            }
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
