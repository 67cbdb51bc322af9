//! Invented reviewers: they fill the forms that `hkm forms` and `hkm adjudicate` wrote.
//!
//! Everything they do with a chart depends on the label and the course alone, not on the form it stands on: a form that comes back a
//! second time, more complete, says of the first courses what it said before.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Span;
use jiff::civil::{Date, date};

use super::InventedRegister;
use super::PROFILES;
use super::chance::{happens, one_of};
use super::chart::Chart;
use super::course::{Course, place_of};
use super::items::{ChartCells, Items, end_date, items_of};
use super::municipality::MUNICIPALITIES;
use super::sheet::{Returned, Saved, Sheet};
use super::writing::danish_date;
use crate::draw::StudyId;
use crate::error::{Error, Finding, Result};
use crate::protocol::Language;
use crate::random::Generator;
use crate::review::{Answer, ChartStatus, Reading};

/// What a form is for, and how far the reviewers have come with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Which reading of the charts.
    pub reading: Reading,
    /// Of 100 courses, how many are reviewed by now; the rows of the others stay empty. Who is reviewed at 60 is so at 100.
    pub reviewed_percent: u64,
}

/// The first reviewer reads what the chart says; the second misreads so many of 1000 answers.
const MISREAD_BY_THE_SECOND: u64 = 30;
const COMMENTS_PER_MILLE: u64 = 40;
const COMMENTS: [&str; 4] = [
    "Dele af journalen på papir",
    "Usikker på datoen for afslutning",
    "Se også notat fra diætist",
    "Hørt hos kollega",
];
/// The first day of each reading, and its days.
const DAYS: [(Date, u64); 2] = [(date(2024, 2, 1), 190), (date(2024, 8, 26), 90)];
/// Behind study id, status, reviewer and date.
const FIRST_ANSWER: usize = 4;
const ADJUDICATOR: &str = "HKM";
const ADJUDICATED: Date = date(2025, 1, 13);

impl InventedRegister {
    /// Fills a review form as its municipality would return it: one form, one municipality. Most return the workbook, some a text in the
    /// older encoding, and some sort its rows by reviewer.
    ///
    /// # Errors
    /// When the form cannot be read, has no study id, or has one that `keys` or the frame do not know.
    pub fn fill(&self, form: &Path, keys: &BTreeMap<StudyId, String>, visit: Visit) -> Result<Returned> {
        let (sheet, saved) = self.filled(Sheet::open(form)?, keys, visit)?;
        sheet.save(saved)
    }

    /// The same by somebody in a hurry: an answer that is none, and another one left out.
    ///
    /// # Errors
    /// As [`InventedRegister::fill`].
    pub fn fill_badly(
        &self,
        form: &Path,
        keys: &BTreeMap<StudyId, String>,
        visit: Visit,
    ) -> Result<Returned> {
        let (mut sheet, saved) = self.filled(Sheet::open(form)?, keys, visit)?;
        let found = ChartStatus::Found.word(language_of(&sheet));
        let read = sheet.rows.iter_mut().filter(|row| row.iter().any(|cell| cell == found));
        for (row, slip) in read.zip(["måske", ""]) {
            slip.clone_into(&mut row[FIRST_ANSWER]);
        }
        sheet.save(saved)
    }

    fn filled(
        &self,
        mut sheet: Sheet,
        keys: &BTreeMap<StudyId, String>,
        visit: Visit,
    ) -> Result<(Sheet, Saved)> {
        let id = sheet.column(&["studie_id", "study_id"])?;
        let language = language_of(&sheet);
        let mut municipality = 0;
        for row in &mut sheet.rows {
            let course = self.course_of(&row[id], keys)?;
            municipality = course.municipality;
            if let Some(entry) = self.review(course, visit) {
                let items = self.items(course, &entry, language);
                fill_row(row, &sheet.header, &entry, &items, language);
            }
        }
        if municipality % 4 == 1 {
            let reviewer = sheet.column(&["initialer", "reviewer", "initialer_2", "reviewer_2"])?;
            sheet.rows.sort_by(|one, other| one[reviewer].cmp(&other[reviewer]));
        }
        Ok((sheet, if municipality % 3 == 2 { Saved::Windows1252 } else { Saved::Workbook }))
    }

    /// Fills an adjudication form: the adjudicator goes back to the chart.
    ///
    /// # Errors
    /// When the form cannot be read, lacks a column, or has a study id that `keys` or the frame do not know.
    pub fn settle(&self, form: &Path, keys: &BTreeMap<StudyId, String>) -> Result<Returned> {
        let mut sheet = Sheet::open(form)?;
        let language = language_of(&sheet);
        let [id, subject] = [sheet.column(&["studie_id", "study_id"])?, sheet.column(&["emne", "subject"])?];
        let settled = sheet.column(&["afgoerelse", "settled"])?;
        let [by, day] = [sheet.column(&["afgjort_af", "adjudicator"])?, sheet.column(&["dato", "date"])?];
        for row in &mut sheet.rows {
            let chart = Chart::of(&self.label, self.course_of(&row[id], keys)?);
            row[settled] = match place_of(id_within(&row[subject])) {
                Some(place) => chart.answers[place].word(language),
                None => chart.status.word(language),
            }
            .to_owned();
            row[by] = ADJUDICATOR.to_owned();
            row[day] = danish_date(ADJUDICATED);
        }
        sheet.save(Saved::Workbook)
    }

    fn course_of(&self, id: &str, keys: &BTreeMap<StudyId, String>) -> Result<&Course> {
        let key = StudyId::read(id).and_then(|id| keys.get(&id));
        key.and_then(|key| self.course(key)).ok_or_else(unknown_study_id)
    }

    /// What a reviewer enters; nothing as long as the course is not reviewed.
    fn review(&self, course: &Course, visit: Visit) -> Option<Entry> {
        let Visit { reading, reviewed_percent } = visit;
        let mut generator =
            Generator::of(&format!("{}|reading {} of {}", self.label, reading.number(), course.key));
        if generator.below(100) >= reviewed_percent {
            return None;
        }
        let chart = Chart::of(&self.label, course);
        let reviewers = MUNICIPALITIES[course.municipality].reviewers;
        let (reviewer, misread) = match reading {
            Reading::First => (reviewers[chart.first_reviewer], 0),
            Reading::Second => (reviewers[1 - chart.first_reviewer], MISREAD_BY_THE_SECOND),
        };
        let (first_day, days) = DAYS[usize::from(reading == Reading::Second)];
        let day = first_day.saturating_add(Span::new().days(generator.below(days) as i64));
        let comment =
            if happens(&mut generator, COMMENTS_PER_MILLE) { one_of(&mut generator, &COMMENTS) } else { "" };
        let mut read =
            |answer: &Answer| if happens(&mut generator, misread) { misreading(*answer) } else { *answer };
        let answers = match chart.status {
            ChartStatus::Found => chart.answers.iter().map(&mut read).collect(),
            _ => Vec::new(),
        };
        Some(Entry { status: chart.status, reviewer, day, answers, comment })
    }
}

impl InventedRegister {
    /// The raw items from which the entered answers follow; the same for both readers where they agree.
    fn items(&self, course: &Course, entry: &Entry, language: Language) -> Items {
        let mut cells = ChartCells::new(language);
        let mut generator = items_of(&self.label, &course.key);
        let first_attendance =
            course.key.split('|').nth(1).and_then(|day| day.parse().ok()).unwrap_or(entry.day);
        let days = [first_attendance, end_date(&self.label, &course.key, first_attendance)];
        for (profile, answer) in PROFILES.iter().zip(&entry.answers) {
            match profile.id {
                "sessions" => cells.sessions(*answer, &mut generator),
                "depression_screening" => cells.screening(*answer, days, &mut generator),
                "smoking_cessation" => cells.smoking(*answer, &mut generator),
                "capacity" => cells.capacity(*answer, &mut generator),
                _ => {}
            }
        }
        cells.finish()
    }
}

/// A filled row.
struct Entry {
    status: ChartStatus,
    reviewer: &'static str,
    day: Date,
    /// In the order of the profiles; none when there was no chart to read.
    answers: Vec<Answer>,
    comment: &'static str,
}

fn misreading(answer: Answer) -> Answer {
    match answer {
        Answer::No => Answer::Yes,
        Answer::Yes | Answer::NotRelevant | Answer::NotDocumented => Answer::No,
    }
}

fn fill_row(row: &mut [String], header: &[String], entry: &Entry, items: &Items, language: Language) {
    for (cell, header) in row.iter_mut().zip(header) {
        let text = match header.trim() {
            "journal" | "chart" => entry.status.word(language).to_owned(),
            "initialer" | "reviewer" | "initialer_2" | "reviewer_2" => entry.reviewer.to_owned(),
            "dato" | "date" => danish_date(entry.day),
            "kommentar" | "comment" => entry.comment.to_owned(),
            header => match answer_under(header, entry) {
                Some(answer) => answer.word(language).to_owned(),
                None => match items.get(id_within(header)) {
                    Some(text) => text.clone(),
                    None => continue,
                },
            },
        };
        *cell = text;
    }
}

/// The answer for a header such as `Diætbehandling [diet]`.
fn answer_under(header: &str, entry: &Entry) -> Option<Answer> {
    entry.answers.get(place_of(id_within(header))?).copied()
}

/// The id in the brackets of `Diætbehandling [diet]`.
fn id_within(header: &str) -> &str {
    let bracketed = header.trim().strip_suffix(']').and_then(|header| header.rsplit_once('['));
    bracketed.map(|(_, id)| id).unwrap_or_default()
}

fn language_of(sheet: &Sheet) -> Language {
    if sheet.column(&["study_id"]).is_ok() { Language::En } else { Language::Da }
}

fn unknown_study_id() -> Error {
    Finding::error("unknown_study_id", "a study id of the form stands for no course of the invented register")
        .because("only forms of a study of this register can be filled")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::protocol_text;
    use crate::protocol::Protocol;
    use crate::review::form_header;

    /// An empty form of the courses of one municipality, with its key.
    fn form(register: &InventedRegister, code: &str) -> (Sheet, BTreeMap<StudyId, String>) {
        let protocol = Protocol::read(&protocol_text(), "study.toml").unwrap();
        let header = form_header(&protocol, Language::Da, Reading::First);
        let courses = register.frame().filter(|course| course.municipality() == Some(code));
        let keys: BTreeMap<StudyId, String> =
            (1..).map(StudyId::new).zip(courses.map(|course| course.key.clone())).collect();
        let row = |id: &StudyId| {
            let mut row = vec![String::new(); header.len()];
            row[0] = id.to_string();
            row
        };
        let rows = keys.keys().map(row).collect();
        (Sheet { header, rows, stamp: None }, keys)
    }

    fn visit(reading: Reading, reviewed_percent: u64) -> Visit {
        Visit { reading, reviewed_percent }
    }

    #[test]
    fn a_form_is_filled_the_same_way_every_time_and_nobody_reads_a_chart_twice() {
        let register = InventedRegister::new("twice", 600);
        let (form, keys) = form(&register, "615");
        let filled = |reading| register.filled(form.clone(), &keys, visit(reading, 100)).unwrap().0;
        assert_eq!(filled(Reading::First), filled(Reading::First));
        let [first, second] = [Reading::First, Reading::Second].map(filled);
        for (one, other) in first.rows.iter().zip(&second.rows) {
            assert!(one[0] == other[0] && one[1] == other[1] && one[2] != other[2]);
        }
    }

    #[test]
    fn the_first_reviewer_finds_the_truth_or_nothing_and_the_second_misreads_few_answers() {
        let register = InventedRegister::new("misread", 20_000);
        let (form, keys) = form(&register, "615");
        let (mut answers, mut undocumented, mut differing) = (0, 0, 0);
        let column = |id: &str| form.header.iter().position(|header| id_within(header) == id).unwrap();
        let [first, second] = [Reading::First, Reading::Second]
            .map(|reading| register.filled(form.clone(), &keys, visit(reading, 100)).unwrap().0);
        for (one, other) in first.rows.iter().zip(&second.rows).filter(|(row, _)| row[1] == "Fundet") {
            let course = register.course(&keys[&StudyId::read(&one[0]).unwrap()]).unwrap();
            // The other indicators follow from raw items.
            for id in ["adherence", "diet"] {
                let (place, column) = (place_of(id).unwrap(), column(id));
                let found = Answer::read(&one[column]).unwrap();
                assert!(found == course.chart[place] || found == Answer::NotDocumented);
                answers += 1;
                undocumented += u64::from(found == Answer::NotDocumented);
                differing += u64::from(one[column] != other[column]);
            }
        }
        assert!(answers > 2300, "{answers}");
        assert!((undocumented * 1000 / answers).abs_diff(30) < 8, "{undocumented} of {answers}");
        assert!((differing * 1000 / answers).abs_diff(30) < 8, "{differing} of {answers}");
    }

    #[test]
    fn a_later_return_says_of_the_first_courses_what_it_said_before() {
        let register = InventedRegister::new("later", 2000);
        let (form, keys) = form(&register, "615");
        let rows = |percent| {
            let visit = visit(Reading::First, percent);
            register.filled(form.clone(), &keys, visit).unwrap().0.rows
        };
        let (early, late) = (rows(60), rows(100));
        let reviewed = early.iter().filter(|row| !row[1].is_empty()).count();
        assert!((50..70).contains(&(reviewed * 100 / early.len())), "{reviewed} of {}", early.len());
        assert!(early.iter().zip(&late).all(|(one, other)| one[1].is_empty() || one == other));
        assert!(late.iter().all(|row| !row[1].is_empty()));
    }

    #[test]
    fn some_municipalities_return_a_text_in_the_older_encoding_and_some_sort_the_rows() {
        let register = InventedRegister::new("habits", 2000);
        let returned = |code| {
            let (form, keys) = form(&register, code);
            register.filled(form, &keys, visit(Reading::First, 100)).unwrap()
        };
        assert_eq!(["615", "661"].map(|code| returned(code).1), [Saved::Workbook, Saved::Windows1252]);
        let sorted = returned("657").0.rows;
        assert!(!sorted.is_sorted_by(|one, other| one[0] <= other[0]));
        assert!(sorted.is_sorted_by(|one, other| one[2] <= other[2]));
    }

    #[test]
    fn a_study_id_of_another_register_is_refused_without_its_number() {
        let register = InventedRegister::new("refused", 200);
        let (form, _) = form(&register, "615");
        let error = register.filled(form, &BTreeMap::new(), visit(Reading::First, 100)).unwrap_err();
        assert_eq!(error.findings()[0].code, "unknown_study_id");
    }
}
