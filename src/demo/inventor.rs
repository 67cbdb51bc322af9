//! Courses, one after the other. Each kind of chance has its own stream, so that a change of one leaves the others.

use jiff::Span;
use jiff::civil::{Date, Weekday, date};

use super::course::Course;
use super::municipality::{MUNICIPALITIES, Municipality};
use super::person::{self, People, Person};
use super::profile::PROFILES;
use super::raw_items::RawTruth;
use super::writing;
use crate::cohort::Exclusion;
use crate::protocol::RegisterStatus;
use crate::random::Generator;
use crate::register::cpr::completed_years;
use crate::review::Answer;

/// The first day of the study's period, and its days: 2021 to 2023.
const PERIOD: (Date, u64) = (date(2021, 1, 1), 1095);
/// The period before, in which nobody belongs to the study.
const BEFORE: (Date, u64) = (date(2019, 7, 1), 549);
/// How many of 1000 courses are the second of the same person.
const SECOND_COURSES: u64 = 25;

pub(super) struct Inventor {
    label: String,
    pub(super) people: People,
    pub(super) codes: Generator,
    days: Generator,
    charts: Generator,
    registers: Generator,
    spelling: Generator,
    remarks: Generator,
    raw_items: Generator,
}

/// Who, when and where.
#[derive(Debug, Clone)]
pub(super) struct Visitor {
    pub(super) person: Person,
    pub(super) first_attendance: Date,
    /// The place among the municipalities of the study.
    pub(super) municipality: usize,
}

impl Inventor {
    pub(super) fn new(label: &str) -> Self {
        let stream = |purpose: &str| Generator::of(&format!("{label}|{purpose}"));
        Inventor {
            label: label.to_owned(),
            people: People::new(label),
            codes: stream("codes"),
            days: stream("days"),
            charts: stream("charts"),
            registers: stream("register"),
            spelling: stream("spelling"),
            remarks: stream("remarks"),
            raw_items: stream("raw items"),
        }
    }

    /// The eligible courses of one municipality; a few of them belong to the same person.
    pub(super) fn eligible(&mut self, municipality: usize, courses: u64) -> Vec<Course> {
        let mut once: Vec<Visitor> = Vec::new();
        let mut visitors = Vec::new();
        for _ in 0..courses {
            let again = super::chance::happens(&mut self.codes, SECOND_COURSES);
            let visitor = match again.then(|| self.second_course(&mut once)).flatten() {
                Some(visitor) => visitor,
                None => {
                    let visitor = self.visitor(municipality);
                    once.push(visitor.clone());
                    visitor
                }
            };
            visitors.push(visitor);
        }
        visitors.into_iter().map(|visitor| self.course(&visitor, None)).collect()
    }

    /// An adult in the study's period.
    pub(super) fn visitor(&mut self, municipality: usize) -> Visitor {
        let first_attendance = self.weekday(PERIOD);
        Visitor { person: self.people.adult(first_attendance), first_attendance, municipality }
    }

    /// Somebody of 18 or younger.
    pub(super) fn minor(&mut self, municipality: usize) -> Visitor {
        let first_attendance = self.weekday(PERIOD);
        Visitor { person: self.people.minor(first_attendance), first_attendance, municipality }
    }

    /// An adult before the study's period.
    pub(super) fn earlier(&mut self, municipality: usize) -> Visitor {
        let first_attendance = self.weekday(BEFORE);
        Visitor { person: self.people.adult(first_attendance), first_attendance, municipality }
    }

    /// A second course of somebody who had one on a day far enough from it, and was an adult on both.
    fn second_course(&mut self, once: &mut Vec<Visitor>) -> Option<Visitor> {
        let day = self.weekday(PERIOD);
        let fits = |visitor: &Visitor| {
            let apart = (visitor.first_attendance - day).get_days().unsigned_abs();
            apart > 120 && completed_years(visitor.person.birth, day) > 25
        };
        let place = once.iter().position(fits)?;
        Some(Visitor { first_attendance: day, ..once.swap_remove(place) })
    }

    fn weekday(&mut self, (first, days): (Date, u64)) -> Date {
        loop {
            let day = first.saturating_add(Span::new().days(self.days.below(days) as i64));
            if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                return day;
            }
        }
    }

    /// The row of a visitor: ischaemic heart disease, nothing broken.
    pub(super) fn course(&mut self, visitor: &Visitor, exclusion: Option<Exclusion>) -> Course {
        let municipality = &MUNICIPALITIES[visitor.municipality];
        let hospital = municipality.hospital(visitor.first_attendance, &mut self.codes);
        let (chart, register) = self.statuses(municipality);
        let mut cells = vec![
            person::written(&visitor.person.number, &mut self.spelling),
            writing::danish_date(visitor.first_attendance),
            hospital.clone(),
            writing::ischaemic(&mut self.codes).to_owned(),
            municipality.written(&mut self.spelling),
        ];
        cells.extend(register.iter().map(|status| writing::value(*status, &mut self.spelling).to_owned()));
        let key = format!("{}|{}|{hospital}", visitor.person.number, visitor.first_attendance);
        let truth = RawTruth::of(&self.label, &key, visitor.first_attendance, &chart);
        cells.extend(truth.registered(&mut self.raw_items));
        cells.push(writing::remark(&mut self.remarks).to_owned());
        Course { cells, key, municipality: visitor.municipality, chart, register, exclusion }
    }

    fn statuses(&mut self, municipality: &Municipality) -> (Vec<Answer>, Vec<RegisterStatus>) {
        let statuses = PROFILES.iter().map(|profile| {
            let profile = profile.within(municipality);
            let chart = profile.chart(&mut self.charts);
            (chart, profile.register(chart, &mut self.registers))
        });
        statuses.unzip()
    }
}
