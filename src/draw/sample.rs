//! The sample as it is stored: who was drawn, in which order, and how far each stratum has been used.

use std::collections::BTreeMap;

use super::StudyId;

/// A drawn course: what may be known of it without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampledCourse {
    /// What the reviewers see.
    pub study_id: StudyId,
    /// The first drawn course of the same person: itself, or a course drawn before. Where there is no CPR number, itself.
    pub person: StudyId,
    /// The code of its stratum.
    pub stratum: String,
    /// Its place in the stratum's order of numbers, from 1.
    pub rank: u64,
    /// Whether a second reviewer reads its chart as well.
    pub second_reviewer: bool,
    /// Age in completed years at the first attendance.
    pub age: Option<i16>,
    /// `male` or `female`, or as the register's column has it.
    pub sex: Option<String>,
    /// The month of the first attendance, `2021-03`.
    pub period: Option<String>,
    /// What the register says, by indicator: the text of the cell as it was drawn. And by item, where it holds one: a day as `2021-03-05`, a
    /// number with a point, empty where it says nothing.
    pub register: BTreeMap<String, RegisterEntry>,
}

/// The register's value of one indicator or item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterEntry {
    /// The raw text.
    pub value: String,
    /// Whether the indicator was in force when the course began; an item always is.
    pub in_force: bool,
}

/// A stratum of the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampledStratum {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its cluster.
    pub cluster: Option<String>,
    /// N_h: its courses in the frame.
    pub frame: u64,
    /// a_h: how many of its order of numbers are in use, replacements included.
    pub in_use: u64,
    /// How many are drawn in all, the reserve included.
    pub drawn: u64,
}

impl SampledStratum {
    /// π_h = a_h / N_h; `None` for a stratum without courses.
    pub fn inclusion_probability(&self) -> Option<f64> {
        (self.frame > 0).then(|| self.in_use as f64 / self.frame as f64)
    }

    /// `751 Aarhus`, or the code alone where the name says the same.
    pub fn label(&self) -> String {
        if self.code == self.name { self.code.clone() } else { format!("{} {}", self.code, self.name) }
    }

    /// How many reserves are left.
    pub fn reserve(&self) -> u64 {
        self.drawn - self.in_use
    }
}

/// The whole sample, in the order of strata and ranks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// The strata, in the order of their codes.
    pub strata: Vec<SampledStratum>,
    /// The drawn courses, the reserve included.
    pub courses: Vec<SampledCourse>,
}

impl Sample {
    /// The stratum with this code.
    pub fn stratum(&self, code: &str) -> Option<&SampledStratum> {
        self.strata.iter().find(|stratum| stratum.code == code)
    }

    /// The course with this study id.
    pub fn course(&self, study_id: StudyId) -> Option<&SampledCourse> {
        self.courses.iter().find(|course| course.study_id == study_id)
    }

    /// Whether a course is to be reviewed, or still waits in the reserve.
    pub fn is_in_use(&self, course: &SampledCourse) -> bool {
        self.stratum(&course.stratum).is_some_and(|stratum| course.rank <= stratum.in_use)
    }

    /// The courses to be reviewed.
    pub fn in_use(&self) -> impl Iterator<Item = &SampledCourse> {
        self.courses.iter().filter(|course| self.is_in_use(course))
    }

    /// The largest number dealt so far in a study id; 0 before the draw.
    pub fn largest_study_number(&self) -> u32 {
        self.courses.iter().map(|course| course.study_id.number()).max().unwrap_or(0)
    }
}

impl SampledCourse {
    /// One line that holds everything stored of the course, for digests.
    pub fn canonical(&self) -> String {
        let register: Vec<_> =
            self.register.iter().map(|(id, entry)| (id, &entry.value, entry.in_force)).collect();
        let line = (
            self.study_id.to_string(),
            self.person.to_string(),
            &self.stratum,
            self.rank,
            self.second_reviewer,
            self.age,
            &self.sex,
            &self.period,
            register,
        );
        // A tuple of plain data always has a JSON text.
        serde_json::to_string(&line).unwrap_or_default()
    }
}
