//! The frame by age, sex and year: what a sample is held against.

use std::collections::BTreeMap;

use super::{FrameCourse, OrderMatters};

/// More different words than this, and the column holds no sexes.
const MOST_SEXES: usize = 50;

/// Courses of the frame by age, sex and year of the first attendance, as far as the register tells them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Characteristics {
    /// By completed years.
    ages: BTreeMap<i16, u64>,
    /// By the words of the register.
    sexes: BTreeMap<String, u64>,
    /// By the year of the first attendance.
    years: BTreeMap<i16, u64>,
}

impl Characteristics {
    /// Counts a course.
    pub(super) fn add(&mut self, course: &FrameCourse<'_>) {
        course.age.into_iter().for_each(|age| *self.ages.entry(age).or_default() += 1);
        course.first_attendance.into_iter().for_each(|day| *self.years.entry(day.year()).or_default() += 1);
        let Some(sex) = course.sex else { return };
        if let Some(courses) = self.sexes.get_mut(sex) {
            *courses += 1;
        } else if self.sexes.len() <= MOST_SEXES {
            self.sexes.insert(sex.to_owned(), 1);
        }
    }

    /// Takes back a course that was counted before.
    pub(super) fn remove(&mut self, course: &FrameCourse<'_>) {
        course.age.into_iter().for_each(|age| take(&mut self.ages, &age));
        course.first_attendance.into_iter().for_each(|day| take(&mut self.years, &day.year()));
        course.sex.into_iter().for_each(|sex| take(&mut self.sexes, sex));
    }

    /// Adds the courses of other rows.
    ///
    /// # Errors
    /// When there are too many words for sexes.
    pub(super) fn merge(&mut self, other: Self) -> Result<(), OrderMatters> {
        add_all(&mut self.ages, other.ages);
        add_all(&mut self.sexes, other.sexes);
        add_all(&mut self.years, other.years);
        if self.sexes.len() > MOST_SEXES { Err(OrderMatters) } else { Ok(()) }
    }

    /// `age`, `sex` or `year` with its value and the courses that have it; no sexes where there were too many words.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, String, u64)> {
        let ages = self.ages.iter().map(|(age, courses)| ("age", age.to_string(), *courses));
        let sexes = self.sexes.iter().filter(|_| self.sexes.len() <= MOST_SEXES);
        let sexes = sexes.map(|(sex, courses)| ("sex", sex.clone(), *courses));
        let years = self.years.iter().map(|(year, courses)| ("year", year.to_string(), *courses));
        ages.chain(sexes).chain(years).filter(|(_, _, courses)| *courses > 0)
    }
}

fn take<K, Q>(counts: &mut BTreeMap<K, u64>, key: &Q)
where
    K: Ord + std::borrow::Borrow<Q>,
    Q: Ord + ?Sized,
{
    if let Some(courses) = counts.get_mut(key) {
        *courses = courses.saturating_sub(1);
    }
}

fn add_all<K: Ord>(counts: &mut BTreeMap<K, u64>, others: BTreeMap<K, u64>) {
    for (key, courses) in others {
        *counts.entry(key).or_default() += courses;
    }
}
