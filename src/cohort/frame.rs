//! What the frame holds: courses by stratum, and by the register's value of each indicator.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Characteristics, FrameCourse, OrderMatters};
use crate::error::{Finding, Place, Rows};
use crate::protocol::{Indicator, Protocol, RegisterStatus};
use crate::register::cpr::holds_cpr;
use crate::register::{Memo, in_rows, shown_value};

/// More different values than this, and the column is no indicator.
const MOST_VALUES: usize = 1000;

/// The counts of the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// N_h: courses of each stratum in the study, in the order of their codes.
    pub strata: Vec<u64>,
    /// One for each assessable indicator, in the order of the protocol.
    pub indicators: Vec<IndicatorValues>,
    /// The earliest and the latest first attendance; `None` where the register has none.
    pub first_attendance: Option<(Date, Date)>,
    /// By age, sex and year.
    pub characteristics: Characteristics,
}

/// The register's values of one indicator in the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorValues {
    /// The id of the indicator.
    pub indicator: String,
    /// Courses that began when the indicator was not in force, by stratum.
    pub not_in_force: Vec<u64>,
    /// The values in the order in which they were first seen; courses in force only.
    pub values: Vec<ValueCount>,
    /// Whether there are too many different values for an indicator.
    pub overflow: bool,
    /// The place of the indicator in the protocol.
    position: usize,
    /// The place of a cell's value among the values.
    places: Memo<Option<usize>>,
}

/// One raw value of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCount {
    /// The text of the cell, without space around it.
    pub value: String,
    /// Its meaning, if the map knows it.
    pub status: Option<RegisterStatus>,
    /// How many courses have it, by stratum.
    pub courses: Vec<u64>,
    /// Where it was first seen.
    pub first_row: u64,
    /// Where, for values that the map does not know.
    pub rows: Rows,
}

impl Frame {
    /// An empty frame for a protocol.
    pub fn new(protocol: &Protocol) -> Self {
        let strata = protocol.strata.count();
        let values = |(position, indicator): (usize, &Indicator)| IndicatorValues {
            indicator: indicator.id.clone(),
            not_in_force: vec![0; strata],
            values: Vec::new(),
            overflow: false,
            position,
            places: Memo::default(),
        };
        let all = protocol.indicators.iter().enumerate();
        let indicators = all.filter(|(_, indicator)| indicator.is_assessable()).map(values).collect();
        Frame {
            strata: vec![0; strata],
            indicators,
            first_attendance: None,
            characteristics: Characteristics::default(),
        }
    }

    /// Counts a course.
    pub fn add(&mut self, course: &FrameCourse<'_>, protocol: &Protocol) {
        self.strata[course.stratum] += 1;
        self.characteristics.add(course);
        if let Some(day) = course.first_attendance {
            let (from, until) = self.first_attendance.unwrap_or((day, day));
            self.first_attendance = Some((from.min(day), until.max(day)));
        }
        for (place, counts) in self.indicators.iter_mut().enumerate() {
            counts.add(&protocol.indicators[counts.position], course, place);
        }
    }

    /// Takes back a course that turned out to be a repeated row. The row before it began on the same day.
    pub fn remove(&mut self, course: &FrameCourse<'_>, protocol: &Protocol) {
        self.strata[course.stratum] -= 1;
        self.characteristics.remove(course);
        for (place, counts) in self.indicators.iter_mut().enumerate() {
            counts.remove(&protocol.indicators[counts.position], course, place);
        }
    }

    /// Adds the courses of other rows of the same file.
    ///
    /// # Errors
    /// When an indicator has too many different values.
    pub fn merge(&mut self, other: Frame) -> Result<(), OrderMatters> {
        add_counts(&mut self.strata, &other.strata);
        let days = [self.first_attendance, other.first_attendance].into_iter().flatten();
        self.first_attendance = days.reduce(|(from, until), (start, end)| (from.min(start), until.max(end)));
        self.characteristics.merge(other.characteristics)?;
        let mut pairs = self.indicators.iter_mut().zip(other.indicators);
        pairs.try_for_each(|(values, others)| values.merge(others))
    }

    /// Courses in the frame.
    pub fn total(&self) -> u64 {
        self.strata.iter().sum()
    }
}

impl IndicatorValues {
    fn add(&mut self, indicator: &Indicator, course: &FrameCourse<'_>, place: usize) {
        if !indicator.in_force(course.first_attendance) {
            self.not_in_force[course.stratum] += 1;
            return;
        }
        let word = course.indicator_word(place);
        let place = self.places.get(word).unwrap_or_else(|| {
            let place = self.place(indicator, course.indicator_value(place), course.row_number());
            self.places.remember(word, place)
        });
        let Some(position) = place else { return };
        let count = &mut self.values[position];
        count.courses[course.stratum] += 1;
        if count.status.is_none() {
            count.rows.add(course.row_number());
        }
    }

    fn merge(&mut self, other: IndicatorValues) -> Result<(), OrderMatters> {
        add_counts(&mut self.not_in_force, &other.not_in_force);
        for value in other.values {
            match self.values.iter_mut().find(|one| one.value == value.value) {
                Some(known) => {
                    add_counts(&mut known.courses, &value.courses);
                    known.rows.merge(&value.rows);
                    known.first_row = known.first_row.min(value.first_row);
                }
                None => self.values.push(value),
            }
        }
        self.values.sort_by_key(|value| value.first_row);
        self.places = Memo::default();
        let overflow = self.overflow || other.overflow || self.values.len() > MOST_VALUES;
        if overflow { Err(OrderMatters) } else { Ok(()) }
    }

    fn remove(&mut self, indicator: &Indicator, course: &FrameCourse<'_>, place: usize) {
        if !indicator.in_force(course.first_attendance) {
            self.not_in_force[course.stratum] -= 1;
            return;
        }
        let value = course.indicator_value(place);
        if let Some(count) = self.values.iter_mut().find(|one| one.value == value) {
            count.courses[course.stratum] -= 1;
        }
    }

    /// The place of a value among the values; `None` when there are too many.
    fn place(&mut self, indicator: &Indicator, value: &str, row: u64) -> Option<usize> {
        let known = self.values.iter().position(|one| one.value == value);
        known.or_else(|| self.enter(indicator, value, row))
    }

    fn enter(&mut self, indicator: &Indicator, value: &str, first_row: u64) -> Option<usize> {
        if self.values.len() == MOST_VALUES {
            self.overflow = true;
            return None;
        }
        let courses = vec![0; self.not_in_force.len()];
        let status = indicator.register.status(value);
        self.values.push(ValueCount {
            value: value.to_owned(),
            status,
            courses,
            first_row,
            rows: Rows::none(),
        });
        Some(self.values.len() - 1)
    }

    /// Courses by the meaning of their value, over all strata; values that the map does not know are left out.
    pub fn by_status(&self) -> BTreeMap<RegisterStatus, u64> {
        let mut counts: BTreeMap<RegisterStatus, u64> =
            RegisterStatus::ALL.into_iter().map(|status| (status, 0)).collect();
        for value in &self.values {
            if let Some(status) = value.status {
                *counts.entry(status).or_default() += value.courses.iter().sum::<u64>();
            }
        }
        counts
    }

    /// What is wrong with the values of this indicator.
    pub fn findings(&self, protocol: &Protocol, file: &str) -> Vec<Finding> {
        let Some(indicator) = protocol.indicator(&self.indicator) else { return Vec::new() };
        let column = indicator.column.clone().unwrap_or_default();
        if self.overflow {
            return vec![too_many(indicator, &column, file)];
        }
        let with_cpr: Rows = self
            .values
            .iter()
            .filter(|one| holds_cpr(&one.value))
            .flat_map(|one| one.rows.first())
            .copied()
            .collect();
        if with_cpr.total() > 0 {
            return vec![cpr_among_values(indicator, Place::file(file).rows(with_cpr).column(column))];
        }
        let unknown = self.values.iter().filter(|value| value.status.is_none());
        unknown.map(|value| not_mapped(indicator, value, Place::file(file).column(column.clone()))).collect()
    }
}

fn add_counts(counts: &mut [u64], others: &[u64]) {
    counts.iter_mut().zip(others).for_each(|(count, other)| *count += other);
}

fn not_mapped(indicator: &Indicator, value: &ValueCount, place: Place) -> Finding {
    let (id, rows) = (&indicator.id, value.rows.total());
    let in_rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
    let what = format!(
        "`{id}` is {} in {in_rows}, expected one of {}",
        shown_value(&value.value),
        indicator.register.listed()
    );
    Finding::error("value_not_mapped", what)
        .at(place.rows(value.rows.clone()))
        .because("every record needs a register value to be placed in the two-by-two table")
        .remedy(format!("correct the rows, or map the value under [indicator.{id}.register] in study.toml"))
}

/// What stands in the column would be stored with the draw, where no CPR number may be.
fn cpr_among_values(indicator: &Indicator, place: Place) -> Finding {
    let what = format!("the column of `{}` holds what may be CPR numbers{}", indicator.id, in_rows(&place));
    Finding::error("cpr_among_values", what)
        .at(place)
        .because(
            "the values of an indicator are stored with the sample, and no CPR number may be stored there",
        )
        .remedy(format!(
            "name the right column in [indicator.{}] in study.toml, or correct the rows",
            indicator.id
        ))
}

fn too_many(indicator: &Indicator, column: &str, file: &str) -> Finding {
    let what = format!("`{}` has more than {MOST_VALUES} different values", indicator.id);
    Finding::error("too_many_values", what)
        .at(Place::file(file).column(column))
        .because("an indicator has a few coded values")
        .remedy(format!("name the right column in [indicator.{}] in study.toml", indicator.id))
}
