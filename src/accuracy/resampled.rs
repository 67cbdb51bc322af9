//! The reviewed courses of a study one by one, for resampling.

use std::collections::BTreeMap;

use super::charts::cell_of;
use super::{Evidence, place};
use crate::draw::SampledCourse;
use crate::protocol::WrongPerson;
use crate::review::{ChartStatus, Reference};
use crate::stats::{Cell, ReviewedSample, ReviewedSampleError, ReviewedStratum};

/// The reviewed courses of each stratum with their cell for every assessable indicator, in the order of the protocol. They are the n
/// of the weighted estimates: charts that were read, and charts of a wrong person where these are declared ineligible.
///
/// # Errors
/// More reviewed courses than a stratum has in the frame.
pub fn reviewed_sample(evidence: Evidence<'_>) -> Result<ReviewedSample, ReviewedSampleError> {
    let strata = &evidence.sample.strata;
    let places: BTreeMap<&str, usize> =
        strata.iter().enumerate().map(|(place, stratum)| (stratum.code.as_str(), place)).collect();
    let empty = |stratum: &crate::draw::SampledStratum| ReviewedStratum {
        population: stratum.frame,
        ..ReviewedStratum::default()
    };
    let mut reviewed: Vec<ReviewedStratum> = strata.iter().map(empty).collect();
    for course in evidence.sample.in_use() {
        let stratum = places.get(course.stratum.as_str()).and_then(|&place| reviewed.get_mut(place));
        if let (Some(stratum), Some(cells)) = (stratum, cells(evidence, course)) {
            stratum.records.push(cells);
        }
    }
    ReviewedSample::new(reviewed)
}

/// The cells of a course that counts in n; `None` for one that does not.
fn cells(evidence: Evidence<'_>, course: &SampledCourse) -> Option<Vec<Option<Cell>>> {
    let indicators = evidence.protocol.assessable();
    match evidence.reference.courses.get(&course.study_id)? {
        Reference::Pending => None,
        Reference::NotRead(status) => {
            let ineligible = evidence.protocol.review.wrong_person == WrongPerson::Ineligible;
            (*status == ChartStatus::WrongPerson && ineligible).then(|| indicators.map(|_| None).collect())
        }
        Reference::Read(answers) => {
            let cell = |indicator: &crate::protocol::Indicator| {
                let answer = answers.get(&indicator.id).and_then(|(answer, _)| *answer);
                cell_of(place(indicator, course.register.get(&indicator.id)?, answer))
            };
            Some(indicators.map(cell).collect())
        }
    }
}
