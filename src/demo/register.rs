//! The whole invented register.

use std::collections::BTreeMap;

use super::course::Course;
use super::inventor::Inventor;
use super::municipality;
use super::writing;
use crate::cohort::{Exclusion, Flow};
use crate::random::Generator;

/// How many of 1000 courses of the frame stand in the register twice, word for word.
const REPEATED_PER_MILLE: u64 = 1;

/// An invented register: what its file says, and what is true.
#[derive(Debug, Clone)]
pub struct InventedRegister {
    pub(super) label: String,
    rows: Vec<Course>,
    /// The row of each course of the frame.
    by_key: BTreeMap<String, usize>,
}

impl InventedRegister {
    /// The register of a label, with so many courses in the frame of [`protocol_text`](super::protocol_text), in proportion to the
    /// municipalities' populations, and others besides. The same label and number give the same register.
    pub fn new(label: &str, courses: u64) -> Self {
        let mut inventor = Inventor::new(label);
        let shares = municipality::shares(courses);
        let shared = shares.into_iter().enumerate();
        let mut rows: Vec<Course> =
            shared.flat_map(|(municipality, courses)| inventor.eligible(municipality, courses)).collect();
        let mut order = Generator::of(&format!("{label}|order"));
        rows.extend(repeated(&rows, &mut order));
        rows.extend(inventor.outsiders(courses));
        order.shuffle(&mut rows);
        let in_frame = rows.iter().enumerate().filter(|(_, course)| course.exclusion.is_none());
        let by_key = in_frame.map(|(place, course)| (course.key.clone(), place)).collect();
        InventedRegister { label: label.to_owned(), rows, by_key }
    }

    /// The file: Windows-1252, semicolons, CRLF, Danish dates.
    pub fn register_csv(&self) -> Vec<u8> {
        writing::file(self.rows.iter().map(|course| course.cells.as_slice()))
    }

    /// Every row of the file, in its order.
    pub fn rows(&self) -> &[Course] {
        &self.rows
    }

    /// The courses of the frame, each once.
    pub fn frame(&self) -> impl Iterator<Item = &Course> {
        self.rows.iter().filter(|course| course.exclusion.is_none())
    }

    /// A course of the frame by its record key.
    pub fn course(&self, record_key: &str) -> Option<&Course> {
        self.by_key.get(record_key).map(|place| &self.rows[*place])
    }

    /// The flow that `hkm cohort` must find with the protocol of the demo.
    pub fn flow(&self) -> Flow {
        let mut flow = Flow::default();
        flow.rows = self.rows.len() as u64;
        self.rows.iter().filter_map(Course::exclusion).for_each(|reason| flow.exclude(reason, 1));
        flow
    }
}

/// Copies of a few courses, no two of the same.
fn repeated(frame: &[Course], generator: &mut Generator) -> Vec<Course> {
    let mut places: Vec<usize> = (0..frame.len()).collect();
    generator.shuffle(&mut places);
    let wanted = (frame.len() as u64 * REPEATED_PER_MILLE / 1000).max(2) as usize;
    let copy = |place: usize| Course { exclusion: Some(Exclusion::Duplicate), ..frame[place].clone() };
    places.into_iter().take(wanted).map(copy).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{PROFILES, protocol_text};
    use crate::protocol::{Protocol, RegisterStatus};
    use crate::register::cpr::{Cpr, CprFault, CprNotice};
    use crate::review::Answer;

    const LABELS: [&str; 3] = ["one", "two", "tre æøå"];

    /// The cells of the CPR column as they stand in the file.
    fn numbers(register: &InventedRegister) -> Vec<String> {
        let bytes = register.register_csv();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes.as_slice());
        let cell = |row: csv::ByteRecord| String::from_utf8(row[0].to_vec()).unwrap();
        reader.byte_records().map(|row| cell(row.unwrap())).collect()
    }

    #[test]
    fn the_same_label_gives_the_same_bytes_and_another_one_others() {
        let bytes = |label| InventedRegister::new(label, 300).register_csv();
        assert_eq!(bytes("one"), bytes("one"));
        assert!(bytes("one") != bytes("two"));
    }

    #[test]
    fn no_number_in_the_file_can_belong_to_anybody() {
        for label in LABELS {
            let numbers = numbers(&InventedRegister::new(label, 2000));
            assert!(numbers.len() > 2000);
            for number in numbers.iter().filter(|number| !number.is_empty()) {
                let digits: String = number.chars().filter(char::is_ascii_digit).collect();
                let digits = format!("{digits:0>10}");
                let letters = number.bytes().any(|byte| byte.is_ascii_alphabetic());
                let weighted = digits.bytes().zip([4, 3, 2, 7, 6, 5, 4, 3, 2, 1]);
                let sum: u32 = weighted.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
                assert!(letters || !sum.is_multiple_of(11));
                let birthday = if letters { &number[..4] } else { &digits[..4] };
                assert!(!["0101", "6101"].contains(&birthday));
            }
        }
    }

    #[test]
    fn every_oddity_of_real_numbers_is_there() {
        let readings: Vec<_> = numbers(&InventedRegister::new("oddities", 3000))
            .iter()
            .map(|number| Cpr::read(number))
            .collect();
        let noticed =
            |notice| readings.iter().flatten().filter(|reading| reading.notices.contains(notice)).count();
        assert!(noticed(CprNotice::Padded) > 5 && noticed(CprNotice::Replacement) > 5);
        assert_eq!(noticed(CprNotice::ModulusNewYear), 0);
        assert!(noticed(CprNotice::Modulus) > 2900);
        let faults: Vec<CprFault> = readings.into_iter().filter_map(Result::err).collect();
        let count = |fault| faults.iter().filter(|one| **one == fault).count();
        assert_eq!((count(CprFault::Empty), count(CprFault::ImpossibleDate), faults.len()), (3, 3, 6));
    }

    #[test]
    fn every_course_of_the_frame_has_a_key_of_its_own() {
        for label in LABELS {
            let register = InventedRegister::new(label, 1500);
            assert_eq!(register.by_key.len(), 1500);
            let course = register.frame().nth(7).unwrap();
            assert_eq!(register.course(course.record_key()).unwrap().cells, course.cells);
        }
    }

    #[test]
    fn some_people_have_two_courses_and_none_has_three() {
        let register = InventedRegister::new("two courses", 3000);
        let mut courses: BTreeMap<&str, usize> = BTreeMap::new();
        for course in register.frame() {
            *courses.entry(&course.key[..10]).or_default() += 1;
        }
        let twice = courses.values().filter(|times| **times == 2).count();
        assert!((30..120).contains(&twice), "{twice}");
        assert!(courses.values().all(|times| *times <= 2));
    }

    #[test]
    fn there_is_a_row_for_every_reason_not_to_be_in_the_frame() {
        let flow = InventedRegister::new("reasons", 400).flow();
        assert_eq!(flow.frame(), 400);
        assert!(Exclusion::ALL.into_iter().all(|reason| flow.excluded(reason) > 0));
    }

    #[test]
    fn the_protocol_lists_every_municipality_of_the_frame() {
        let protocol = Protocol::read(&protocol_text(), "study.toml").unwrap();
        let register = InventedRegister::new("municipalities", 1000);
        for stratum in protocol.strata.in_study() {
            assert!(register.frame().any(|course| course.municipality() == Some(&stratum.code)));
        }
        assert!(register.rows().iter().any(|course| course.municipality().is_none()));
    }

    /// The rates of the whole are means of those of the municipalities; the tolerance is that of chance and of the differences.
    #[test]
    fn the_register_errs_about_as_often_as_the_profiles_say() {
        let register = InventedRegister::new("rates", 20_000);
        let per_mille = |part: usize, whole: usize| (part * 1000 / whole) as u64;
        for profile in PROFILES {
            let count = |chart: Answer, status: RegisterStatus| {
                let both = |course: &&Course| {
                    course.chart(profile.id) == Some(chart) && course.register(profile.id) == Some(status)
                };
                register.frame().filter(both).count()
            };
            let [tp, fn_] =
                [RegisterStatus::Yes, RegisterStatus::No].map(|status| count(Answer::Yes, status));
            let [fp, tn] = [RegisterStatus::Yes, RegisterStatus::No].map(|status| count(Answer::No, status));
            let (sensitivity, specificity) = (per_mille(tp, tp + fn_), per_mille(tn, fp + tn));
            assert!(sensitivity.abs_diff(profile.sensitivity) < 40, "{}: {sensitivity}", profile.id);
            assert!(specificity.abs_diff(profile.specificity) < 20, "{}: {specificity}", profile.id);
            let yes = per_mille(tp + fn_, tp + fn_ + fp + tn);
            assert!(yes.abs_diff(profile.yes) < 25, "{}: {yes}", profile.id);
            let not_relevant =
                register.frame().filter(|course| course.chart(profile.id) == Some(Answer::NotRelevant));
            assert!(per_mille(not_relevant.count(), 20_000).abs_diff(1000 - profile.relevant) < 15);
        }
    }
}
