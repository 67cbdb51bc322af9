//! Raw items that the register holds as well: its day or number against the reviewers'.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Evidence;
use crate::draw::{SampledCourse, StudyId};
use crate::protocol::Item;
use crate::review::{ItemAnswer, Reference, Reviews};

/// The days within which two days are told to agree.
pub const BANDS: [u64; 3] = [0, 7, 30];

/// Who holds a value of the item, of the charts that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// Register and record: these are compared.
    Both,
    /// The register, and the record says nothing or that the item is not relevant.
    RegisterAlone,
    /// The record, and the register says nothing that can be read.
    RecordAlone,
    /// None of them.
    Neither,
    /// Two reviewers say different things.
    Unsettled,
}

impl Held {
    /// All of them, in the order of tables.
    pub const ALL: [Held; 5] =
        [Held::Both, Held::RegisterAlone, Held::RecordAlone, Held::Neither, Held::Unsettled];

    /// The stable word for files.
    pub fn name(self) -> &'static str {
        match self {
            Held::Both => "both",
            Held::RegisterAlone => "register_alone",
            Held::RecordAlone => "record_alone",
            Held::Neither => "neither",
            Held::Unsettled => "unsettled",
        }
    }
}

/// How many courses, and how many persons they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CourseCount {
    /// Courses.
    pub courses: u64,
    /// Persons.
    pub persons: u64,
}

/// One item in the charts that were read.
#[derive(Debug, Clone, PartialEq)]
pub struct RawItem<'e> {
    /// The item.
    pub item: &'e Item,
    /// Who holds a value.
    pub held: [(Held, CourseCount); 5],
    /// Of the compared: the same day, at most 7, at most 30 and more days apart, each course in the first that holds; or the same number and
    /// another one.
    pub bands: Vec<CourseCount>,
    /// Register less record, in days or in the item's unit; in no order.
    pub differences: Vec<f64>,
}

/// The items that the register holds, in the order of the protocol.
pub fn raw_items<'e>(evidence: Evidence<'e>, reviews: &Reviews) -> Vec<RawItem<'e>> {
    evidence.protocol.held_items().map(|(item, _)| raw_item(evidence, item, reviews)).collect()
}

fn raw_item<'e>(evidence: Evidence<'e>, item: &'e Item, reviews: &Reviews) -> RawItem<'e> {
    let mut found: Vec<(&SampledCourse, Standing)> = Vec::new();
    for course in evidence.sample.in_use() {
        if let Some(Reference::Read(_)) = evidence.reference.courses.get(&course.study_id) {
            found.push((course, standing(course, item, reviews)));
        }
    }
    let count = |holds: &dyn Fn(&Standing) -> bool| {
        let persons = found.iter().filter(|(_, standing)| holds(standing)).map(|(course, _)| course.person);
        let persons: Vec<StudyId> = persons.collect();
        let courses = persons.len() as u64;
        CourseCount { courses, persons: persons.into_iter().collect::<BTreeSet<_>>().len() as u64 }
    };
    let last = if item.kind.is_date() { BANDS.len() } else { 1 };
    let band = |place| count(&|one| one.difference.is_some_and(|apart| band(apart, last) == place));
    RawItem {
        item,
        held: Held::ALL.map(|held| (held, count(&|one| one.held == held))),
        bands: (0..=last).map(band).collect(),
        differences: found.iter().filter_map(|(_, standing)| standing.difference?.to_f64()).collect(),
    }
}

/// What is known of an item in one course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Who holds a value.
    pub held: Held,
    /// Register less record, in days or in the item's unit, where both hold a value.
    pub difference: Option<Decimal>,
}

/// Numbers are the same or not; days lie in the first band that reaches as far as they are apart.
fn band(apart: Decimal, last: usize) -> usize {
    let reaches = |days: &u64| apart.abs() <= Decimal::from(*days);
    BANDS.iter().take(last).position(reaches).unwrap_or(last)
}

/// The register's value of an item against what those say who read the chart of the course.
pub fn standing(course: &SampledCourse, item: &Item, reviews: &Reviews) -> Standing {
    let register = course.register.get(&item.id).and_then(|entry| value(item, &entry.value));
    let without = |held| Standing { held, difference: None };
    let Some(answer) = reviews.item_reference(course.study_id, &item.id) else {
        return without(Held::Unsettled);
    };
    // An answer of another kind was given under an older codebook: it does not tell.
    let record = match answer {
        ItemAnswer::Date(day) if item.kind.is_date() => Some(Value::Day(day)),
        ItemAnswer::Number(number) if item.kind.is_number() => Some(Value::Number(number)),
        _ => None,
    };
    let difference =
        register.as_ref().zip(record.as_ref()).and_then(|(register, record)| register.less(record));
    match (register, record) {
        _ if difference.is_some() => Standing { held: Held::Both, difference },
        (Some(_), _) => without(Held::RegisterAlone),
        (None, Some(_)) => without(Held::RecordAlone),
        (None, None) => without(Held::Neither),
    }
}

enum Value {
    Day(Date),
    Number(Decimal),
}

/// What was stored of the register at the draw.
fn value(item: &Item, stored: &str) -> Option<Value> {
    match item.kind.is_date() {
        true => stored.parse().ok().map(Value::Day),
        false => stored.parse().ok().map(Value::Number),
    }
}

impl Value {
    fn less(&self, record: &Value) -> Option<Decimal> {
        match (self, record) {
            (Value::Day(one), Value::Day(other)) => Some(days_between(*other, *one)),
            (Value::Number(one), Value::Number(other)) => one.checked_sub(*other),
            _ => None,
        }
    }
}

/// From one day to another; below 0 where the other comes first.
fn days_between(from: Date, to: Date) -> Decimal {
    Decimal::from(to.duration_since(from).as_hours() / 24)
}
