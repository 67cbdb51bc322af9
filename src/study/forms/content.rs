//! What stands on the forms that go out.

use std::collections::BTreeMap;

use crate::draw::{SampledCourse, StudyId};
use crate::io::{Access, CsvStyle, CsvText};
use crate::protocol::{Language, Protocol, Role};
use crate::review::{Reading, form_header};
use crate::store::FormRecord;

/// A file that is to go out.
pub(super) struct Form {
    pub(super) record: FormRecord,
    pub(super) bytes: Vec<u8>,
    pub(super) access: Access,
}

/// What the forms are made of.
pub(super) struct Content<'c> {
    pub(super) protocol: &'c Protocol,
    pub(super) language: Language,
    pub(super) keys: &'c BTreeMap<StudyId, String>,
}

impl Content<'_> {
    /// A form with these courses. Study ids are dealt at random, so their order tells nothing of the order of the draw.
    pub(super) fn form(
        &self,
        kind: String,
        file: String,
        stratum: Option<String>,
        courses: &mut [&SampledCourse],
    ) -> Form {
        courses.sort_by_key(|course| course.study_id);
        let (bytes, access) = match kind.as_str() {
            "lookup" => (lookup_list(courses, self.keys, self.protocol, self.language), Access::Private),
            "second" => (review_form(courses, self.protocol, self.language, Reading::Second), Access::Usual),
            _ => (review_form(courses, self.protocol, self.language, Reading::First), Access::Usual),
        };
        let courses = courses.iter().map(|course| course.study_id).collect();
        Form { record: FormRecord { file, stratum, kind, courses }, bytes, access }
    }
}

/// Whether a file with this header is a look-up list: a study id, every part of the record key, and nothing else.
pub(in crate::study) fn is_look_up_list(header: &[String], protocol: &Protocol) -> bool {
    let key = &protocol.layout.key;
    let in_language = |language| {
        let wanted =
            std::iter::once(id_header(language)).chain(key.iter().map(|role| key_header(role, language)));
        header.iter().map(|name| name.trim().to_lowercase()).eq(wanted)
    };
    in_language(Language::Da) || in_language(Language::En)
}

fn id_header(language: Language) -> &'static str {
    match language {
        Language::Da => "studie_id",
        Language::En => "study_id",
    }
}

fn review_form(
    courses: &[&SampledCourse],
    protocol: &Protocol,
    language: Language,
    reading: Reading,
) -> Vec<u8> {
    let mut csv = CsvText::new(CsvStyle::DanishExcel);
    let header = form_header(protocol, language, reading);
    csv.row(header.iter().map(String::as_str));
    for course in courses {
        let id = course.study_id.to_string();
        let empty = std::iter::repeat_n("", header.len() - 1);
        csv.row(std::iter::once(id.as_str()).chain(empty));
    }
    csv.finish()
}

/// The one list with CPR numbers: study id and the parts of the record key.
fn lookup_list(
    courses: &[&SampledCourse],
    keys: &BTreeMap<StudyId, String>,
    protocol: &Protocol,
    language: Language,
) -> Vec<u8> {
    let mut csv = CsvText::new(CsvStyle::DanishExcel);
    let header = protocol.layout.key.iter().map(|role| key_header(role, language));
    csv.row(std::iter::once(id_header(language)).chain(header));
    for course in courses {
        let id = course.study_id.to_string();
        let key = keys.get(&course.study_id).map(String::as_str).unwrap_or_default();
        let parts: Vec<String> = protocol
            .layout
            .key
            .iter()
            .zip(key.split('|'))
            .map(|(role, part)| shown_part(role, part))
            .collect();
        csv.row(std::iter::once(id.as_str()).chain(parts.iter().map(String::as_str)));
    }
    csv.finish()
}

fn key_header(role: &Role, language: Language) -> &str {
    match (role, language) {
        (Role::Cpr, _) => "cpr",
        (Role::FirstAttendance, Language::Da) => "foerste_fremmoede",
        (Role::Hospital, Language::Da) => "sygehuskode",
        (role, _) => role.name(),
    }
}

/// A CPR number with its hyphen, which a spreadsheet leaves alone; ten digits would lose their leading zero.
fn shown_part(role: &Role, part: &str) -> String {
    match (role, part.split_at_checked(6)) {
        (Role::Cpr, Some((date, rest))) => format!("{date}-{rest}"),
        _ => part.to_owned(),
    }
}
