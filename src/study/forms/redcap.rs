//! `hkm forms --redcap`: a data dictionary and the records to import.

use crate::draw::SampledCourse;
use crate::io::{CsvStyle, CsvText};
use crate::protocol::{Language, Protocol};
use crate::review::{DICTIONARY_HEADER, FormKind, IMPORT_HEADER, Reading, dictionary, redcap_record};

/// The data dictionary, as REDCap takes it.
pub(super) fn dictionary_file(protocol: &Protocol, language: Language) -> Vec<u8> {
    let mut csv = CsvText::new(CsvStyle::Plain);
    csv.row(DICTIONARY_HEADER);
    for row in dictionary(protocol, language) {
        csv.row(row.iter().map(String::as_str));
    }
    csv.finish()
}

/// The records of courses, each with the group that sees it.
pub(super) fn records_file(
    courses: &[&SampledCourse],
    kind: FormKind,
    place: impl Fn(&str) -> String,
) -> Vec<u8> {
    let reading = if kind == FormKind::Review(Reading::Second) { Reading::Second } else { Reading::First };
    let mut csv = CsvText::new(CsvStyle::Plain);
    csv.row(IMPORT_HEADER);
    for course in courses {
        csv.row(redcap_record(course.study_id, &place(&course.stratum), reading).iter().map(String::as_str));
    }
    csv.finish()
}
