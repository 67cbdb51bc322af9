//! The counts of one indicator, stratum by stratum, for the whole study or for a part of it.

use std::collections::BTreeMap;

use super::calibrated::CalibratedStrata;
use super::columns::{Chart, Course, Standing};
use super::placement::counted_as;
use super::{Column, Columns, Outside, Placement};
use crate::draw::{SampledCourse, SampledStratum};
use crate::protocol::{Grouping, Indicator, Protocol, RegisterStatus, WrongPerson};
use crate::review::ChartStatus;
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
    /// Charts found and read that the record alone keeps outside the table.
    pub left_by_record: u64,
}

impl FoundCount {
    fn none(register: RegisterStatus) -> Self {
        FoundCount { register, found: 0, not_found: 0, left_by_record: 0 }
    }
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
    columns: &Columns<'_>,
    column: &Column<'_>,
    group: &Group,
) -> Result<Tabulated, StratumError> {
    let all = columns.evidence.sample.strata.iter().enumerate();
    let strata: Vec<(usize, &SampledStratum)> =
        all.filter(|(_, stratum)| group_has_stratum(group, stratum)).collect();
    let mut counting = Counting::new(columns, column, group, &strata);
    columns
        .courses
        .iter()
        .zip(&column.standings)
        .for_each(|(course, standing)| counting.add(course, *standing));
    let tables = StratifiedTwoByTwo::new(counting.strata)?;
    let frame = strata.iter().map(|(place, _)| column.frame[*place]);
    Ok(Tabulated {
        calibrated: CalibratedStrata::new(tables.strata(), frame, &counting.reviewed),
        strata: tables,
        codes: strata.iter().map(|(_, stratum)| stratum.code.clone()).collect(),
        settled: counting.settled,
        persons: counting.persons,
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
fn group_has_course(group: &Group, course: &SampledCourse, protocol: &Protocol) -> bool {
    match group {
        Group::Part(Grouping::Age, ages) => {
            course.age.is_some_and(|age| protocol.analysis.age_groups.group(age) == *ages)
        }
        Group::Part(Grouping::Sex, sex) => course.sex.as_ref() == Some(sex),
        Group::Part(Grouping::Year, year) => {
            course.period.as_ref().is_some_and(|period| period.starts_with(year))
        }
        _ => true,
    }
}

struct Counting<'c> {
    protocol: &'c Protocol,
    indicator: &'c Indicator,
    group: &'c Group,
    /// The place of each stratum of the sample among those of the group.
    places: Vec<Option<usize>>,
    strata: Vec<TwoByTwoStratum>,
    settled: Vec<u64>,
    reviewed: Vec<RegisterCounts>,
    /// Whether each person stands in a cell already, by what register and record say.
    seen: Vec<[[bool; 2]; 2]>,
    persons: TwoByTwo,
    counts: Counts,
    found: [FoundCount; RegisterStatus::ALL.len()],
}

impl<'c> Counting<'c> {
    /// Before any course: the sizes of the strata, and the register's values in their frame where the group is made of whole ones.
    fn new(
        columns: &Columns<'c>,
        column: &Column<'c>,
        group: &'c Group,
        strata: &[(usize, &SampledStratum)],
    ) -> Self {
        let whole = !matches!(group, Group::Part(Grouping::Age | Grouping::Sex | Grouping::Year, _));
        let empty = |(place, stratum): &(usize, &SampledStratum)| TwoByTwoStratum {
            population: stratum.frame,
            register: whole.then(|| column.frame[*place]),
            ..TwoByTwoStratum::default()
        };
        let mut places = vec![None; columns.evidence.sample.strata.len()];
        strata.iter().enumerate().for_each(|(place, (of_sample, _))| places[*of_sample] = Some(place));
        Counting {
            protocol: columns.evidence.protocol,
            indicator: column.indicator,
            group,
            places,
            strata: strata.iter().map(empty).collect(),
            settled: vec![0; strata.len()],
            reviewed: vec![RegisterCounts::default(); strata.len()],
            seen: vec![[[false; 2]; 2]; columns.persons],
            persons: TwoByTwo::default(),
            counts: Counts::default(),
            found: RegisterStatus::ALL.map(FoundCount::none),
        }
    }

    fn add(&mut self, course: &Course<'_>, standing: Standing) {
        let Some(place) = self.places[course.stratum] else { return };
        let in_group = group_has_course(self.group, course.sampled, self.protocol);
        self.counts.in_use += u64::from(in_group);
        match course.chart {
            Chart::Pending => self.counts.pending += u64::from(in_group),
            Chart::NotRead(status) => self.add_not_read(place, standing, status, in_group),
            Chart::Read => {
                self.settled[place] += 1;
                let left_out = self.protocol.analysis.item_weights && standing.is_unanswered();
                if !left_out {
                    self.add_reviewed(place, standing);
                }
                if in_group {
                    self.add_read(place, course.person, standing);
                } else if !left_out {
                    // Outside the group, and so outside every domain, whatever the answer.
                    self.strata[place].answered += 1;
                }
            }
        }
    }

    /// Counts in n_h, in the table or not, with what the register says.
    fn add_reviewed(&mut self, place: usize, standing: Standing) {
        self.strata[place].reviewed += 1;
        match standing.register.and_then(|status| counted_as(self.indicator, status)) {
            Some(true) => self.reviewed[place].yes += 1,
            Some(false) => self.reviewed[place].no += 1,
            None => {}
        }
    }

    fn add_not_read(&mut self, place: usize, standing: Standing, status: ChartStatus, in_group: bool) {
        self.settled[place] += 1;
        let ineligible = self.protocol.review.wrong_person == WrongPerson::Ineligible;
        if status == ChartStatus::WrongPerson && ineligible {
            self.add_reviewed(place, standing);
            self.strata[place].answered += 1;
        }
        if in_group {
            *self.counts.not_read.entry(status).or_default() += 1;
            self.add_found(standing, |count| &mut count.not_found);
        }
    }

    fn add_read(&mut self, place: usize, person: usize, standing: Standing) {
        self.counts.read += 1;
        self.add_found(standing, |count| &mut count.found);
        let stratum = &mut self.strata[place];
        match standing.placement {
            Some(Placement::Table { register, record }) => {
                stratum.answered += 1;
                *cell(&mut stratum.table, register, record) += 1;
                let seen = &mut self.seen[person][usize::from(register)][usize::from(record)];
                *cell(&mut self.persons, register, record) += u64::from(!*seen);
                *seen = true;
            }
            Some(Placement::Outside(outside)) => {
                stratum.answered += u64::from(!outside.is_unanswered());
                *self.counts.outside.entry(outside).or_default() += 1;
                if outside.is_by_record() {
                    self.add_found(standing, |count| &mut count.left_by_record);
                }
            }
            None => {}
        }
    }

    fn add_found(&mut self, standing: Standing, of: impl Fn(&mut FoundCount) -> &mut u64) {
        if let Some(status) = standing.register {
            *of(&mut self.found[status as usize]) += 1;
        }
    }
}

impl Standing {
    /// Whether a chart does not tell. With item weights n is the number of charts that do, so that they stand for those of their
    /// stratum that do not.
    fn is_unanswered(self) -> bool {
        matches!(self.placement, Some(Placement::Outside(outside)) if outside.is_unanswered())
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
