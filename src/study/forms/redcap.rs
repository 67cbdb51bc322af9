//! `hkm forms --redcap`: a data dictionary and the records to import.

use crate::draw::{SampledCourse, SampledStratum};
use crate::io::{CsvStyle, CsvText};
use crate::protocol::{Language, Protocol};
use crate::review::{DICTIONARY_HEADER, IMPORT_HEADER, Reading, dictionary, redcap_record};

/// The data dictionary, as REDCap takes it.
pub(super) fn dictionary_file(protocol: &Protocol, language: Language) -> Vec<u8> {
    let mut csv = CsvText::new(CsvStyle::Plain);
    csv.row(DICTIONARY_HEADER);
    for row in dictionary(protocol, language) {
        csv.row(row.iter().map(String::as_str));
    }
    csv.finish()
}

/// The records of courses: each with the group that sees it, and a second one where the course is read twice.
pub(super) fn import_file(courses: &[&SampledCourse], strata: &[SampledStratum]) -> Vec<u8> {
    let mut csv = CsvText::new(CsvStyle::Plain);
    csv.row(IMPORT_HEADER);
    for course in courses {
        let stratum = strata.iter().find(|stratum| stratum.code == course.stratum);
        let label = stratum.map_or_else(|| course.stratum.clone(), SampledStratum::label);
        let readings = [Some(Reading::First), course.second_reviewer.then_some(Reading::Second)];
        for reading in readings.into_iter().flatten() {
            csv.row(redcap_record(course.study_id, &label, reading).iter().map(String::as_str));
        }
    }
    csv.finish()
}
