//! Rows that are not in the frame: patients outside the population, and rows that nobody can place.

use super::chance::one_of;
use super::course::Course;
use super::inventor::Inventor;
use super::municipality::MUNICIPALITIES;
use super::writing::{self, CPR, DIAGNOSIS, FIRST_ATTENDANCE, HOSPITAL, MUNICIPALITY};
use crate::cohort::Exclusion;

/// Municipalities outside the study: one of the region, and others.
const UNLISTED: [&str; 10] = [
    "741",
    "Samsø",
    "0741",
    "101",
    "Københavns Kommune",
    "851",
    "Aalborg",
    "461",
    "Odense Kommune",
    "Vesthimmerlands Kommune",
];

/// How many of 1000 courses of the frame there are besides, and at least one of each kind.
const UNLISTED_PER_MILLE: u64 = 40;
const OTHER_DIAGNOSIS_PER_MILLE: u64 = 30;
const EARLIER_PER_MILLE: u64 = 25;
const MINORS_PER_MILLE: u64 = 1;
const BROKEN_PER_MILLE: u64 = 1;

/// A way in which a row is broken: the column, what stands in it, and what that breaks.
const BROKEN: [(usize, &str, Exclusion); 5] = [
    (CPR, "", Exclusion::BrokenKey),
    (FIRST_ATTENDANCE, "31-02-2022", Exclusion::BrokenKey),
    (HOSPITAL, "", Exclusion::BrokenKey),
    (DIAGNOSIS, "", Exclusion::BrokenEligibility),
    (MUNICIPALITY, "", Exclusion::BrokenEligibility),
];

impl Inventor {
    /// All rows outside the frame of so many courses, other than repeated ones.
    pub(super) fn outsiders(&mut self, courses: u64) -> Vec<Course> {
        let count = |per_mille: u64| 0..(courses * per_mille / 1000).max(1);
        let mut rows: Vec<Course> = count(UNLISTED_PER_MILLE).map(|_| self.unlisted()).collect();
        rows.extend(count(OTHER_DIAGNOSIS_PER_MILLE).map(|_| self.other_diagnosis()));
        rows.extend(count(EARLIER_PER_MILLE).map(|_| self.outsider(Exclusion::Period)));
        rows.extend(count(MINORS_PER_MILLE).map(|_| self.outsider(Exclusion::Age)));
        for (column, cell, exclusion) in BROKEN {
            rows.extend(
                count(BROKEN_PER_MILLE)
                    .map(|_| self.outsider(exclusion).excluded_by(column, cell, exclusion)),
            );
        }
        rows.extend(count(BROKEN_PER_MILLE).map(|_| self.impossible_birthday()));
        rows
    }

    /// Somebody of any municipality who would be eligible but for one thing.
    fn outsider(&mut self, exclusion: Exclusion) -> Course {
        let municipality = self.codes.below(MUNICIPALITIES.len() as u64) as usize;
        let visitor = match exclusion {
            Exclusion::Period => self.earlier(municipality),
            Exclusion::Age => self.minor(municipality),
            _ => self.visitor(municipality),
        };
        self.course(&visitor, Some(exclusion))
    }

    fn unlisted(&mut self) -> Course {
        let written = one_of(&mut self.codes, &UNLISTED);
        let reason = Exclusion::UnlistedStratum;
        self.outsider(reason).excluded_by(MUNICIPALITY, written, reason)
    }

    fn other_diagnosis(&mut self) -> Course {
        let written = writing::other_diagnosis(&mut self.codes);
        self.outsider(Exclusion::Diagnosis).excluded_by(DIAGNOSIS, written, Exclusion::Diagnosis)
    }

    fn impossible_birthday(&mut self) -> Course {
        let mut number = self.people.without_birthday();
        number.insert(6, '-');
        self.outsider(Exclusion::BrokenKey).excluded_by(CPR, number, Exclusion::BrokenKey)
    }
}
