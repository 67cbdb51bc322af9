//! The courses to be reviewed as columns: what is found by name once is counted by place in every table.
//!
//! The sample and the charts hold their values by the id of the indicator, as files do. An analysis counts each of them
//! for the whole study and for every part of it; so it first puts down, course by course, where each of them stands for each
//! indicator.

use std::collections::BTreeMap;

use super::placement::{counted_as, placed};
use super::{Evidence, Placement};
use crate::draw::{RegisterEntry, SampledCourse, StudyId};
use crate::protocol::{Indicator, RegisterStatus};
use crate::register::{Memo, Word};
use crate::review::{Answer, ChartStatus, Reference};
use crate::stats::RegisterCounts;

/// The courses to be reviewed, and what is known of them for each indicator.
#[derive(Debug)]
pub struct Columns<'e> {
    /// What they were made from.
    pub evidence: Evidence<'e>,
    /// A column for each indicator of the protocol, in its order.
    pub indicators: Vec<Column<'e>>,
    pub(super) courses: Vec<Course<'e>>,
    /// How many persons they are at most.
    pub(super) persons: usize,
}

/// What is known of one indicator.
#[derive(Debug)]
pub struct Column<'e> {
    /// The indicator.
    pub indicator: &'e Indicator,
    /// Each course, in the order of `Columns::courses`.
    pub(super) standings: Vec<Standing>,
    /// What the register says of the frame, by stratum of the sample.
    pub(super) frame: Vec<RegisterCounts>,
    statuses: Memo<RegisterStatus>,
}

/// A course to be reviewed.
#[derive(Debug)]
pub(super) struct Course<'e> {
    pub(super) sampled: &'e SampledCourse,
    /// The place of its stratum in the sample.
    pub(super) stratum: usize,
    /// Its person's place among all.
    pub(super) person: usize,
    pub(super) chart: Chart,
}

/// What became of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chart {
    Pending,
    NotRead(ChartStatus),
    Read,
}

/// Where a course stands for one indicator.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Standing {
    /// What the register says; `None` where it holds no such column or the indicator was not in force.
    pub(super) register: Option<RegisterStatus>,
    /// Its place in the table or outside; `None` where the chart was not read or the register holds no such column.
    pub(super) placement: Option<Placement>,
}

impl<'e> Columns<'e> {
    /// Reads every name once.
    pub fn new(evidence: Evidence<'e>) -> Self {
        let names = Names::of(evidence);
        let strata = evidence.sample.strata.len();
        let column = |indicator| Column {
            indicator,
            standings: Vec::new(),
            frame: vec![RegisterCounts::default(); strata],
            statuses: Memo::default(),
        };
        let indicators = evidence.protocol.indicators.iter().map(column).collect();
        let mut columns = Columns { evidence, indicators, courses: Vec::new(), persons: 0 };
        columns.add_frame(&names);
        columns.add_courses(&names);
        columns
    }

    /// The columns of the indicators that the review can tell, in the order of the protocol.
    pub fn assessable(&self) -> impl Iterator<Item = &Column<'e>> {
        self.indicators.iter().filter(|column| column.indicator.is_assessable())
    }

    fn add_frame(&mut self, names: &Names<'e>) {
        for ((stratum, id, value), courses) in self.evidence.frame_values {
            let (Some(&stratum), Some(place)) = (names.strata.get(stratum.as_str()), names.indicator(id))
            else {
                continue;
            };
            let column = &mut self.indicators[place];
            let counts = &mut column.frame[stratum];
            let status = column.indicator.register.status(value);
            match status.and_then(|status| counted_as(column.indicator, status)) {
                Some(true) => counts.yes += courses,
                Some(false) => counts.no += courses,
                None => {}
            }
        }
    }

    fn add_courses(&mut self, names: &Names<'e>) {
        let mut persons: BTreeMap<StudyId, usize> = BTreeMap::new();
        let (mut entries, mut answers) = (Vec::new(), Vec::new());
        for sampled in &self.evidence.sample.courses {
            let Some(&stratum) = names.strata.get(sampled.stratum.as_str()) else { continue };
            if sampled.rank > self.evidence.sample.strata[stratum].in_use {
                continue;
            }
            let next = persons.len();
            let person = *persons.entry(sampled.person).or_insert(next);
            let reference = self.evidence.reference.courses.get(&sampled.study_id);
            let chart = Chart::of(reference);
            self.courses.push(Course { sampled, stratum, person, chart });
            names.lay_out(&sampled.register, &mut entries);
            match reference {
                Some(Reference::Read(by_name)) => names.lay_out(by_name, &mut answers),
                _ => answers.clear(),
            }
            for (place, column) in self.indicators.iter_mut().enumerate() {
                let answer = answers.get(place).copied().flatten().and_then(|(answer, _)| *answer);
                column.add(entries[place], chart, answer);
            }
        }
        self.persons = persons.len();
    }
}

impl Chart {
    fn of(reference: Option<&Reference>) -> Self {
        match reference {
            None | Some(Reference::Pending) => Chart::Pending,
            Some(Reference::NotRead(status)) => Chart::NotRead(*status),
            Some(Reference::Read(_)) => Chart::Read,
        }
    }
}

impl Column<'_> {
    fn add(&mut self, entry: Option<&RegisterEntry>, chart: Chart, answer: Option<Answer>) {
        let register = entry.filter(|entry| entry.in_force).map(|entry| self.status(&entry.value));
        let is_placed = entry.is_some() && chart == Chart::Read;
        let placement = is_placed.then(|| placed(self.indicator, register, answer));
        self.standings.push(Standing { register, placement });
    }

    /// An unknown value cannot come here: the analysis is refused before.
    fn status(&mut self, value: &str) -> RegisterStatus {
        let word = Word::of(value.as_bytes(), 0..value.len());
        let known = self.statuses.get(word);
        known.unwrap_or_else(|| {
            let status = self.indicator.register.status(value).unwrap_or(RegisterStatus::Missing);
            self.statuses.remember(word, status)
        })
    }
}

/// Where the strata and the indicators stand.
struct Names<'e> {
    strata: BTreeMap<&'e str, usize>,
    /// In the order of the ids, which is that of the maps.
    indicators: Vec<(&'e str, usize)>,
}

impl<'e> Names<'e> {
    fn of(evidence: Evidence<'e>) -> Self {
        let strata = evidence.sample.strata.iter().enumerate();
        let indicators = evidence.protocol.indicators.iter().enumerate();
        let mut indicators: Vec<(&str, usize)> =
            indicators.map(|(place, indicator)| (indicator.id.as_str(), place)).collect();
        indicators.sort_unstable();
        Names { strata: strata.map(|(place, stratum)| (stratum.code.as_str(), place)).collect(), indicators }
    }

    fn indicator(&self, id: &str) -> Option<usize> {
        let found = self.indicators.binary_search_by_key(&id, |(name, _)| name).ok()?;
        Some(self.indicators[found].1)
    }

    /// The values of a map by the place of their indicator: map and names are walked side by side.
    fn lay_out<V>(&self, by_name: &'e BTreeMap<String, V>, by_place: &mut Vec<Option<&'e V>>) {
        by_place.clear();
        by_place.resize(self.indicators.len(), None);
        let mut values = by_name.iter().peekable();
        for (name, place) in &self.indicators {
            while values.next_if(|(other, _)| other.as_str() < *name).is_some() {}
            by_place[*place] = values.next_if(|(other, _)| other.as_str() == *name).map(|(_, value)| value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The protocol's order is not that of the names, and the map lacks one name and has two that are unknown.
    #[test]
    fn values_find_the_place_of_their_name() {
        let indicators = vec![("b", 2), ("d", 0), ("f", 1)];
        let names = Names { strata: BTreeMap::new(), indicators };
        let by_name = BTreeMap::from([("a", 1), ("b", 2), ("e", 5), ("f", 6)]);
        let by_name = by_name.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let mut by_place = vec![Some(&7); 9];
        names.lay_out(&by_name, &mut by_place);
        assert_eq!(by_place, [None, Some(&6), Some(&2)]);
        assert_eq!((names.indicator("f"), names.indicator("e")), (Some(1), None));
    }
}
