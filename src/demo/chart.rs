//! The chart of a course as it lies in the municipality: whether it is there, and what it says.

use super::chance::{happens, weighted};
use super::course::Course;
use crate::random::Generator;
use crate::review::{Answer, ChartStatus};

/// Whether the chart of a course can be read, of 1000.
const STATUSES: [(u64, ChartStatus); 4] = [
    (950, ChartStatus::Found),
    (30, ChartStatus::NotFound),
    (14, ChartStatus::NoAccess),
    (6, ChartStatus::WrongPerson),
];
/// Of 1000 answers, of how many the chart says nothing, whatever is true.
const NOT_DOCUMENTED: u64 = 30;

/// A chart: both reviewers meet the same one.
pub(super) struct Chart {
    pub(super) status: ChartStatus,
    /// What it says, in the order of the profiles: the truth, or nothing.
    pub(super) answers: Vec<Answer>,
    /// Which of the municipality's two reviewers reads it first.
    pub(super) first_reviewer: usize,
}

impl Chart {
    pub(super) fn of(label: &str, course: &Course) -> Self {
        let mut generator = Generator::of(&format!("{label}|chart of {}", course.key));
        let status = weighted(&mut generator, &STATUSES);
        let first_reviewer = generator.below(2) as usize;
        let mut says = |truth: &Answer| match happens(&mut generator, NOT_DOCUMENTED) {
            true => Answer::NotDocumented,
            false => *truth,
        };
        Chart { status, answers: course.chart.iter().map(&mut says).collect(), first_reviewer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::InventedRegister;

    #[test]
    fn nineteen_of_twenty_charts_are_found() {
        let register = InventedRegister::new("charts", 4000);
        let found =
            register.frame().filter(|course| Chart::of("charts", course).status == ChartStatus::Found);
        let found = found.count();
        assert!((3_740..3_860).contains(&found), "{found}");
    }
}
