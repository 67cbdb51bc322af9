//! The reviewed courses of a study one by one, for resampling.

use super::Columns;
use super::charts::cell_of;
use super::columns::{Chart, Course};
use crate::protocol::WrongPerson;
use crate::review::ChartStatus;
use crate::stats::{Cell, ReviewedSample, ReviewedSampleError, ReviewedStratum};

/// The reviewed courses of each stratum with their cell for every assessable indicator, in the order of the protocol. They are the n
/// of the weighted estimates: charts that were read, and charts of a wrong person where these are declared ineligible.
///
/// # Errors
/// More reviewed courses than a stratum has in the frame.
pub fn reviewed_sample(columns: &Columns<'_>) -> Result<ReviewedSample, ReviewedSampleError> {
    let strata = columns.evidence.sample.strata.iter();
    let empty = |population| ReviewedStratum { population, ..ReviewedStratum::default() };
    let mut reviewed: Vec<ReviewedStratum> = strata.map(|stratum| empty(stratum.frame)).collect();
    let counted = columns.courses.iter().enumerate().filter(|(_, course)| is_counted(columns, course));
    for (place, course) in counted {
        reviewed[course.stratum].records.push(cells(columns, place));
    }
    ReviewedSample::new(reviewed)
}

/// Whether a course is one of n.
fn is_counted(columns: &Columns<'_>, course: &Course<'_>) -> bool {
    match course.chart {
        Chart::Pending => false,
        Chart::NotRead(status) => {
            let ineligible = columns.evidence.protocol.review.wrong_person == WrongPerson::Ineligible;
            status == ChartStatus::WrongPerson && ineligible
        }
        Chart::Read => true,
    }
}

/// The cells of the course at a place: none of a chart that was not read.
fn cells(columns: &Columns<'_>, place: usize) -> Vec<Option<Cell>> {
    columns.assessable().map(|column| column.standings[place].placement.and_then(cell_of)).collect()
}
