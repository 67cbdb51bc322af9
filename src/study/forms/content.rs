//! What stands on the forms that go out.

use std::collections::BTreeMap;

use super::redcap::records_file;
use super::{FormFormat, StudyStamp};
use crate::draw::{SampledCourse, StudyId};
use crate::error::Result;
use crate::io::{Access, CsvStyle, CsvText, book_bytes};
use crate::protocol::{Language, Protocol, Role};
use crate::random::Generator;
use crate::review::{Book, Cell, FormKind, Reading, Style, form_header, look_up_book, review_book};
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
    pub(super) stamp: &'c StudyStamp,
}

impl Content<'_> {
    /// A form with these courses, in an order that tells nothing of the order of the draw.
    ///
    /// # Errors
    /// When a workbook cannot hold them.
    pub(super) fn form(&self, record: FormRecord, mut courses: Vec<&SampledCourse>) -> Result<Form> {
        let kind = FormKind::named(&record.kind).unwrap_or(FormKind::Review(Reading::First));
        self.arrange(&mut courses, kind, record.stratum.as_deref().unwrap_or_default());
        let bytes = match FormFormat::of(&record.file) {
            FormFormat::Workbook => book_bytes(&self.book(kind, record.stratum.as_deref(), &courses))?,
            FormFormat::Csv => self.text(kind, &courses),
            FormFormat::RedCap => records_file(&courses, kind, |code| self.place(code)),
        };
        let access = if kind == FormKind::LookUp { Access::Private } else { Access::Usual };
        let courses = courses.iter().map(|course| course.study_id).collect();
        Ok(Form { record: FormRecord { courses, ..record }, bytes, access })
    }

    /// A random order that follows from the seed of the study. A look-up list has that of the first review form.
    fn arrange(&self, courses: &mut [&SampledCourse], kind: FormKind, stratum: &str) {
        let seed = self.protocol.sampling.seed.as_ref().map(ToString::to_string).unwrap_or_default();
        let order = match kind {
            FormKind::LookUp => FormKind::Review(Reading::First),
            other => other,
        };
        courses.sort_by_key(|course| course.study_id);
        Generator::of(&format!("{seed}|order of forms|{stratum}|{}", order.name())).shuffle(courses);
    }

    fn book(&self, kind: FormKind, stratum: Option<&str>, courses: &[&SampledCourse]) -> Book {
        let stamp = self.stamp.stamp(kind, stratum);
        let place = self.place(stratum.unwrap_or_default());
        match kind {
            FormKind::LookUp => {
                let about = format!("{} – {place}", self.protocol.register_name);
                let key = &self.protocol.layout.key;
                let headers = look_up_header(key, self.language);
                let rows = courses.iter().map(|course| self.look_up_cells(course)).collect();
                look_up_book(self.language, &about, &headers, rows, key.contains(&Role::Cpr), stamp)
            }
            FormKind::Review(Reading::Second) => {
                review_book(self.protocol, self.language, Reading::Second, &place, courses, stamp)
            }
            _ => review_book(self.protocol, self.language, Reading::First, &place, courses, stamp),
        }
    }

    /// The stratum as people call it.
    fn place(&self, code: &str) -> String {
        let known = self.protocol.strata.in_study().find(|stratum| stratum.code == code);
        known.map_or_else(|| code.to_owned(), |stratum| stratum.label())
    }

    fn look_up_cells(&self, course: &SampledCourse) -> Vec<Cell> {
        let id = Cell::Text(course.study_id.to_string(), Style::Key);
        let parts = self.key_parts(course.study_id).map(|(role, part)| match (role, part.parse()) {
            (Role::FirstAttendance, Ok(day)) => Cell::Day(day),
            _ => Cell::Text(shown_part(role, part), Style::Text),
        });
        std::iter::once(id).chain(parts).collect()
    }

    fn key_parts(&self, study_id: StudyId) -> impl Iterator<Item = (&Role, &str)> {
        let key = self.keys.get(&study_id).map(String::as_str).unwrap_or_default();
        self.protocol.layout.key.iter().zip(key.split('|'))
    }

    fn text(&self, kind: FormKind, courses: &[&SampledCourse]) -> Vec<u8> {
        match kind {
            FormKind::LookUp => self.look_up_text(courses),
            FormKind::Review(Reading::Second) => self.review_text(courses, Reading::Second),
            _ => self.review_text(courses, Reading::First),
        }
    }

    fn review_text(&self, courses: &[&SampledCourse], reading: Reading) -> Vec<u8> {
        let mut csv = CsvText::new(CsvStyle::DanishExcel);
        let header = form_header(self.protocol, self.language, reading);
        csv.row(header.iter().map(String::as_str));
        for course in courses {
            let id = course.study_id.to_string();
            let empty = std::iter::repeat_n("", header.len() - 1);
            csv.row(std::iter::once(id.as_str()).chain(empty));
        }
        csv.finish()
    }

    /// The one list with CPR numbers: study id and the parts of the record key.
    fn look_up_text(&self, courses: &[&SampledCourse]) -> Vec<u8> {
        let mut csv = CsvText::new(CsvStyle::DanishExcel);
        csv.row(look_up_header(&self.protocol.layout.key, self.language));
        for course in courses {
            let parts = self.key_parts(course.study_id).map(|(role, part)| shown_part(role, part));
            let cells: Vec<String> = std::iter::once(course.study_id.to_string()).chain(parts).collect();
            csv.row(cells.iter().map(String::as_str));
        }
        csv.finish()
    }
}

/// Whether a file with this header is a look-up list: a study id, every part of the record key, and nothing else.
pub(in crate::study) fn is_look_up_list(header: &[String], protocol: &Protocol) -> bool {
    let key = &protocol.layout.key;
    let in_language =
        |language| header.iter().map(|name| name.trim().to_lowercase()).eq(look_up_header(key, language));
    in_language(Language::Da) || in_language(Language::En)
}

fn id_header(language: Language) -> &'static str {
    match language {
        Language::Da => "studie_id",
        Language::En => "study_id",
    }
}

fn look_up_header(key: &[Role], language: Language) -> Vec<&str> {
    std::iter::once(id_header(language)).chain(key.iter().map(|role| key_header(role, language))).collect()
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
