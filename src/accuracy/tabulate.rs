//! The counts of one indicator, stratum by stratum, for the whole study or for a part of it.

use std::collections::{BTreeMap, BTreeSet};

use super::calibrated::CalibratedStrata;
use super::placement::counted_as;
use super::{Evidence, Outside, Placement};
use crate::draw::{SampledCourse, SampledStratum, StudyId};
use crate::protocol::{Grouping, Indicator, RegisterStatus, WrongPerson};
use crate::review::{Answer, ChartStatus, Reference};
use crate::stats::{RegisterCounts, StratifiedTwoByTwo, StratumError, TwoByTwo, TwoByTwoStratum};

/// The courses that a table is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// All of them.
    All,
    /// Those of one value of a grouping.
    Part(Grouping, String),
}

impl Group {
    /// `all`, `stratum`, `cluster`, …
    pub fn grouping(&self) -> &'static str {
        match self {
            Group::All => "all",
            Group::Part(grouping, _) => grouping.name(),
        }
    }

    /// The value of the grouping; empty for all.
    pub fn value(&self) -> &str {
        match self {
            Group::All => "",
            Group::Part(_, value) => value,
        }
    }
}

/// How many courses stand where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Courses to be reviewed, a.
    pub in_use: u64,
    /// Charts found and read.
    pub read: u64,
    /// Charts not read, by reason.
    pub not_read: BTreeMap<ChartStatus, u64>,
    /// Courses that nobody has reviewed yet.
    pub pending: u64,
    /// Read, but outside the table.
    pub outside: BTreeMap<Outside, u64>,
}

/// One row of the table of found against not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundCount {
    /// What the register says.
    pub register: RegisterStatus,
    /// Charts found and read.
    pub found: u64,
    /// Charts not found, without access, or of another person.
    pub not_found: u64,
}

/// The counts of one indicator in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Tabulated {
    /// The table of each stratum, with what the design needs.
    pub strata: StratifiedTwoByTwo,
    /// The codes of those strata.
    pub codes: Vec<String>,
    /// a of each stratum: reviewed or not.
    pub settled: Vec<u64>,
    /// The strata with what the register says of their frame and of their reviewed courses, in the table or not.
    pub calibrated: CalibratedStrata,
    /// How many persons stand in each cell, which may be fewer than courses.
    pub persons: TwoByTwo,
    /// Counts beside the table.
    pub counts: Counts,
    /// Found against not found by the register's value.
    pub found: Vec<FoundCount>,
}

/// Counts an indicator in a group.
///
/// # Errors
/// Counts that contradict each other, such as more reviewed courses with a register value than the frame holds.
pub fn tabulate(
    evidence: Evidence<'_>,
    indicator: &Indicator,
    group: &Group,
) -> Result<Tabulated, StratumError> {
    let strata: Vec<&SampledStratum> =
        evidence.sample.strata.iter().filter(|stratum| group_has_stratum(group, stratum)).collect();
    let mut counting = Counting {
        evidence,
        indicator,
        group,
        places: strata.iter().enumerate().map(|(place, stratum)| (stratum.code.as_str(), place)).collect(),
        strata: strata.iter().map(|stratum| empty(evidence, indicator, group, stratum)).collect(),
        settled: vec![0; strata.len()],
        reviewed: vec![RegisterCounts::default(); strata.len()],
        persons: BTreeMap::new(),
        counts: Counts::default(),
        found: RegisterStatus::ALL.map(|register| FoundCount { register, found: 0, not_found: 0 }),
    };
    evidence.sample.in_use().for_each(|course| counting.add(course));
    let frame = strata.iter().map(|stratum| register_counts(evidence, indicator, &stratum.code));
    let tables = StratifiedTwoByTwo::new(counting.strata)?;
    Ok(Tabulated {
        calibrated: CalibratedStrata::new(tables.strata(), frame, &counting.reviewed),
        strata: tables,
        codes: strata.iter().map(|stratum| stratum.code.clone()).collect(),
        settled: counting.settled,
        persons: persons(&counting.persons),
        counts: counting.counts,
        found: counting.found.to_vec(),
    })
}

fn group_has_stratum(group: &Group, stratum: &SampledStratum) -> bool {
    match group {
        Group::Part(Grouping::Stratum, code) => stratum.code == *code,
        Group::Part(Grouping::Cluster, cluster) => stratum.cluster.as_ref() == Some(cluster),
        _ => true,
    }
}

/// Whether a course belongs to a group that does not follow the strata.
fn group_has_course(group: &Group, course: &SampledCourse) -> bool {
    match group {
        Group::Part(Grouping::Sex, sex) => course.sex.as_ref() == Some(sex),
        Group::Part(Grouping::Year, year) => {
            course.period.as_ref().is_some_and(|period| period.starts_with(year))
        }
        _ => true,
    }
}

/// A stratum before any review: its size, and the register's values in the frame where the group is made of whole strata.
fn empty(
    evidence: Evidence<'_>,
    indicator: &Indicator,
    group: &Group,
    stratum: &SampledStratum,
) -> TwoByTwoStratum {
    let whole = !matches!(group, Group::Part(Grouping::Sex | Grouping::Year, _));
    let register = whole.then(|| register_counts(evidence, indicator, &stratum.code));
    TwoByTwoStratum { population: stratum.frame, register, ..TwoByTwoStratum::default() }
}

fn register_counts(evidence: Evidence<'_>, indicator: &Indicator, stratum: &str) -> RegisterCounts {
    let mut counts = RegisterCounts::default();
    let first = (stratum.to_owned(), indicator.id.clone(), String::new());
    let of_both =
        |(of_stratum, id, _): &(String, String, String)| of_stratum == stratum && *id == indicator.id;
    for ((_, _, value), courses) in evidence.frame_values.range(first..).take_while(|(key, _)| of_both(key)) {
        let status = indicator.register.status(value);
        match status.and_then(|status| counted_as(indicator, status)) {
            Some(true) => counts.yes += courses,
            Some(false) => counts.no += courses,
            None => {}
        }
    }
    counts
}

struct Counting<'c> {
    evidence: Evidence<'c>,
    indicator: &'c Indicator,
    group: &'c Group,
    places: BTreeMap<&'c str, usize>,
    strata: Vec<TwoByTwoStratum>,
    settled: Vec<u64>,
    reviewed: Vec<RegisterCounts>,
    persons: BTreeMap<(bool, bool), BTreeSet<StudyId>>,
    counts: Counts,
    found: [FoundCount; RegisterStatus::ALL.len()],
}

impl Counting<'_> {
    fn add(&mut self, course: &SampledCourse) {
        let Some(&place) = self.places.get(course.stratum.as_str()) else { return };
        let in_group = group_has_course(self.group, course);
        self.counts.in_use += u64::from(in_group);
        match self.evidence.reference.courses.get(&course.study_id) {
            None | Some(Reference::Pending) => self.counts.pending += u64::from(in_group),
            Some(Reference::NotRead(status)) => self.add_not_read(place, course, *status, in_group),
            Some(Reference::Read(answers)) => {
                self.settled[place] += 1;
                let answer = answers.get(&self.indicator.id).and_then(|(answer, _)| *answer);
                let left_out =
                    self.evidence.protocol.analysis.item_weights && self.is_unanswered(course, answer);
                if !left_out {
                    self.add_reviewed(place, course);
                }
                if in_group {
                    self.add_read(place, course, answer);
                } else if !left_out {
                    // Outside the group, and so outside every domain, whatever the answer.
                    self.strata[place].answered += 1;
                }
            }
        }
    }

    /// Counts in n_h, in the table or not, with what the register says.
    fn add_reviewed(&mut self, place: usize, course: &SampledCourse) {
        self.strata[place].reviewed += 1;
        let entry = course.register.get(&self.indicator.id).filter(|entry| entry.in_force);
        let status = entry.and_then(|entry| self.indicator.register.status(&entry.value));
        match status.and_then(|status| counted_as(self.indicator, status)) {
            Some(true) => self.reviewed[place].yes += 1,
            Some(false) => self.reviewed[place].no += 1,
            None => {}
        }
    }

    /// Whether a chart does not tell. With item weights n is the number of charts that do, so that they stand for those of their
    /// stratum that do not.
    fn is_unanswered(&self, course: &SampledCourse, answer: Option<Answer>) -> bool {
        let placed =
            course.register.get(&self.indicator.id).map(|entry| super::place(self.indicator, entry, answer));
        matches!(placed, Some(Placement::Outside(outside)) if outside.is_unanswered())
    }

    fn add_not_read(&mut self, place: usize, course: &SampledCourse, status: ChartStatus, in_group: bool) {
        self.settled[place] += 1;
        let ineligible = self.evidence.protocol.review.wrong_person == WrongPerson::Ineligible;
        if status == ChartStatus::WrongPerson && ineligible {
            self.add_reviewed(place, course);
            self.strata[place].answered += 1;
        }
        if in_group {
            *self.counts.not_read.entry(status).or_default() += 1;
            self.add_found(course, |count| &mut count.not_found);
        }
    }

    fn add_read(&mut self, place: usize, course: &SampledCourse, answer: Option<Answer>) {
        self.counts.read += 1;
        self.add_found(course, |count| &mut count.found);
        let Some(entry) = course.register.get(&self.indicator.id) else { return };
        let stratum = &mut self.strata[place];
        match super::place(self.indicator, entry, answer) {
            Placement::Table { register, record } => {
                stratum.answered += 1;
                *cell(&mut stratum.table, register, record) += 1;
                self.persons.entry((register, record)).or_default().insert(course.person);
            }
            Placement::Outside(outside) => {
                stratum.answered += u64::from(!outside.is_unanswered());
                *self.counts.outside.entry(outside).or_default() += 1;
            }
        }
    }

    fn add_found(&mut self, course: &SampledCourse, of: impl Fn(&mut FoundCount) -> &mut u64) {
        let Some(entry) = course.register.get(&self.indicator.id).filter(|entry| entry.in_force) else {
            return;
        };
        let status = self.indicator.register.status(&entry.value).unwrap_or(RegisterStatus::Missing);
        if let Some(count) = self.found.iter_mut().find(|count| count.register == status) {
            *of(count) += 1;
        }
    }
}

pub(super) fn cell(table: &mut TwoByTwo, register: bool, record: bool) -> &mut u64 {
    match (register, record) {
        (true, true) => &mut table.tp,
        (true, false) => &mut table.fp,
        (false, true) => &mut table.fn_,
        (false, false) => &mut table.tn,
    }
}

fn persons(cells: &BTreeMap<(bool, bool), BTreeSet<StudyId>>) -> TwoByTwo {
    let count = |key| cells.get(&key).map_or(0, |persons| persons.len() as u64);
    TwoByTwo {
        tp: count((true, true)),
        fp: count((true, false)),
        fn_: count((false, true)),
        tn: count((false, false)),
    }
}
