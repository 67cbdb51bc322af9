//! Every row of a file of reviewed charts finds its cell, its stratum and its group.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::chart_placement;
use super::frame_yes::FrameYes;
use super::groups::Groups;
use super::records::{ChartRecords, ChartSamples, cell_of};
use super::strata::FileStrata;
use super::unknown::UnknownTexts;
use super::{ChartColumns, ChartCounts, ChartWords, NamedColumn};
use crate::accuracy::CalibratedStrata;
use crate::error::{Finding, Place, Rows};
use crate::protocol::RegisterStatus;
use crate::register::{Row, in_rows};
use crate::stats::{
    Measure, PostStrata, ReviewedSampleError, StratifiedTwoByTwo, StratumError, TwoByTwoStratum,
    WeightedEstimate, WeightedOptions,
};

/// One indicator, in the whole file or in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartResult {
    /// The column of the register.
    pub register: String,
    /// The column of the reference standard.
    pub reference: String,
    /// The column and the value of the group.
    pub group: Option<(String, String)>,
    /// The counts.
    pub counts: ChartCounts,
    /// What a stratified sample needs.
    pub design: Option<ChartDesign>,
}

/// The strata behind a result.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartDesign {
    /// Their names.
    pub names: Vec<String>,
    /// Their tables, in the same order.
    pub strata: StratifiedTwoByTwo,
    /// The same with what the register says of the frame, where the file tells it.
    pub calibrated: Option<CalibratedStrata>,
}

impl ChartDesign {
    /// Every weighted measure, by the calibrated weights where `by` asks for them and the file tells what they need.
    pub fn estimates(
        &self,
        by: Option<PostStrata>,
        options: &WeightedOptions,
    ) -> Vec<(Measure, WeightedEstimate)> {
        match by.zip(self.calibrated.as_ref()) {
            None => self.strata.estimates(options),
            Some((by, calibrated)) => {
                // The counts were checked when the design was made.
                let estimate = |measure| calibrated.estimate(measure, by, options).ok().flatten();
                Measure::WEIGHTED.into_iter().filter_map(|one| Some((one, estimate(one)?))).collect()
            }
        }
    }
}

/// The counts of a file, row by row.
#[derive(Debug)]
pub struct ChartTally {
    words: ChartWords,
    columns: ChartColumns,
    strata: FileStrata,
    groups: Groups,
    indicators: Vec<Indicator>,
    records: Option<ChartRecords>,
}

/// The counts of one indicator, and what is wrong with its cells.
#[derive(Debug, Default)]
struct Indicator {
    counts: BTreeMap<(usize, usize), ChartCounts>,
    reviewed: BTreeMap<usize, Rows>,
    frame_yes: FrameYes,
    unknown: [UnknownTexts; 2],
}

impl ChartTally {
    /// An empty count of these columns.
    pub fn new(words: ChartWords, columns: ChartColumns) -> Self {
        let indicators = columns.indicators.iter().map(|_| Indicator::default()).collect();
        let (strata, groups) = (FileStrata::default(), Groups::default());
        ChartTally { words, columns, strata, groups, indicators, records: None }
    }

    /// The same, which keeps the reviewed charts for [`samples`](Self::samples).
    pub fn with_records(self) -> Self {
        ChartTally { records: Some(ChartRecords::default()), ..self }
    }

    /// The reviewed charts as samples to be resampled; `None` if they were not kept.
    ///
    /// # Errors
    /// Charts that cannot be a sample of their strata: not if there are no [`faults`](Self::faults).
    pub fn samples(&self) -> Option<Result<ChartSamples, ReviewedSampleError>> {
        let groups: Vec<usize> =
            self.groups.sorted(self.columns.by.is_some()).into_iter().map(|(group, _)| group).collect();
        let populations: Vec<u64> = self.strata.as_slice().iter().map(|stratum| stratum.population).collect();
        let populations = self.columns.design.as_ref().map(|_| populations.as_slice());
        let samples = self.records.as_ref()?.samples(self.indicators.len(), &groups, populations);
        let strata = self.strata.as_slice().iter().map(|stratum| stratum.name.clone()).collect();
        Some(samples.map(|samples| ChartSamples { strata, ..samples }))
    }

    /// Counts a row. What is wrong with it is remembered.
    pub fn add(&mut self, row: &Row) {
        let cell = |column: &NamedColumn| row.cell(column.position);
        let stratum = match &self.columns.design {
            Some((stratum, population)) => self.strata.add(row.number, cell(stratum), cell(population)),
            None => Some(0),
        };
        let group = self.columns.by.as_ref().map_or(0, |by| self.groups.position(row.number, cell(by)));
        if let Some(stratum) = stratum {
            self.groups.meets(stratum, group);
        }
        let mut cells = Vec::new();
        for (place, indicator) in self.indicators.iter_mut().enumerate() {
            let (register, reference) = &self.columns.indicators[place];
            if let (Some(stratum), Some(column)) = (stratum, self.columns.frame_yes.get(place)) {
                indicator.frame_yes.add(stratum, cell(column), row.number);
            }
            let register = indicator.unknown[0].read(&self.words, cell(register), row.number);
            let reference = indicator.unknown[1].read(&self.words, cell(reference), row.number);
            // A row with a fault is not counted: there will be no result.
            if let (Some(stratum), Some(register), Some(reference)) = (stratum, register, reference) {
                indicator.add((stratum, group), register, reference, row.number);
                cells.push(reference.map(|reference| cell_of(chart_placement(register, reference))));
            }
        }
        if let (Some(records), Some(stratum)) = (&mut self.records, stratum) {
            records.add(stratum, group, cells);
        }
    }

    /// Everything that is wrong with the rows; no result may be shown while this is not empty.
    pub fn faults(&self) -> Vec<Finding> {
        let expected = format!("one of {}", self.words.listed());
        let mut columns = BTreeSet::new();
        let mut findings = Vec::new();
        for ((register, reference), indicator) in self.columns.indicators.iter().zip(&self.indicators) {
            for (column, unknown) in [register, reference].into_iter().zip(&indicator.unknown) {
                // A column may serve several indicators.
                if columns.insert(column.position) {
                    let finding = unknown.finding("word_unknown", &column.name, &expected);
                    findings.extend(
                        finding.map(|finding| {
                            finding.because("a word that is not known is never counted as no")
                        }),
                    );
                }
            }
        }
        if let Some((stratum, population)) = &self.columns.design {
            findings.extend(self.strata.findings(stratum, population));
            findings.extend(self.overfull(population));
            let columns = self.columns.frame_yes.iter().zip(&self.indicators);
            let of = |(column, one): (&NamedColumn, &Indicator)| {
                one.frame_yes.findings(column, self.strata.as_slice())
            };
            findings.extend(columns.flat_map(of));
        }
        findings
    }

    fn overfull(&self, population: &NamedColumn) -> Vec<Finding> {
        let of = |indicator: &Indicator| -> Vec<Finding> {
            let strata = self.strata.as_slice().iter().enumerate();
            let reviewed =
                strata.filter_map(|(place, stratum)| Some((stratum, indicator.reviewed.get(&place)?)));
            reviewed.filter_map(|(stratum, rows)| stratum.overfull(rows, population)).collect()
        };
        let mut all: Vec<Finding> = Vec::new();
        for finding in self.indicators.iter().flat_map(of) {
            if !all.contains(&finding) {
                all.push(finding);
            }
        }
        all
    }

    /// Rows that belong to no group, though there are groups.
    pub fn ungrouped(&self) -> Option<Finding> {
        let by = self.columns.by.as_ref()?;
        let place = Place::default().rows(self.groups.unnamed.clone()).column(&by.name);
        let what = format!("`{}` is empty{}: in no group", by.name, in_rows(&place));
        let why = "they count in the n of their stratum, and in no table";
        let finding = Finding::note("group_empty", what).at(place).because(why);
        (self.groups.unnamed.total() > 0).then_some(finding)
    }

    /// Each indicator in each group.
    ///
    /// # Errors
    /// Counts that contradict each other: not if there are no [`faults`](Self::faults).
    pub fn results(&self) -> Result<Vec<ChartResult>, StratumError> {
        let mut results = Vec::new();
        for ((register, reference), indicator) in self.columns.indicators.iter().zip(&self.indicators) {
            for (group, name) in self.groups.sorted(self.columns.by.is_some()) {
                results.push(ChartResult {
                    register: register.name.clone(),
                    reference: reference.name.clone(),
                    group: self.columns.by.as_ref().map(|by| (by.name.clone(), name)),
                    counts: indicator.of_group(group),
                    design: self
                        .columns
                        .design
                        .as_ref()
                        .map(|_| self.design(indicator, group))
                        .transpose()?,
                });
            }
        }
        Ok(results)
    }

    /// A group of whole strata is estimated from those; the charts outside any other group stay in the n of their stratum.
    fn design(&self, indicator: &Indicator, group: usize) -> Result<ChartDesign, StratumError> {
        let all = 0..self.strata.as_slice().len();
        let places: Vec<usize> = match self.groups.is_whole_strata(group) {
            true => all.filter(|place| self.groups.has(*place, group)).collect(),
            false => all.collect(),
        };
        let stratum = |&place: &usize| self.stratum(indicator, place, group);
        let strata = StratifiedTwoByTwo::new(places.iter().map(stratum).collect())?;
        Ok(ChartDesign {
            names: places.iter().map(|&place| self.strata.as_slice()[place].name.clone()).collect(),
            calibrated: self
                .calibrated(indicator, &places, &strata, self.groups.is_whole_strata(group))
                .transpose()?,
            strata,
        })
    }

    fn calibrated(
        &self,
        indicator: &Indicator,
        places: &[usize],
        strata: &StratifiedTwoByTwo,
        whole_strata: bool,
    ) -> Option<Result<CalibratedStrata, StratumError>> {
        let counts = |(&place, stratum): (&usize, &TwoByTwoStratum)| {
            indicator.frame_yes.counts(place, stratum.population, stratum.reviewed)
        };
        let counts = places.iter().zip(strata.strata()).map(counts);
        let (frame, reviewed): (Vec<_>, Vec<_>) = counts.map(|[frame, reviewed]| (frame, reviewed)).unzip();
        let calibrated = CalibratedStrata::new(strata.strata(), frame.into_iter(), &reviewed);
        let checked = calibrated.estimate(Measure::Accuracy, PostStrata::Frame, &WeightedOptions::default());
        let known = !self.columns.frame_yes.is_empty();
        // A part of the file that is made of whole strata needs enough charts of its own.
        let enough = self.columns.by.is_none() || !whole_strata || calibrated.has_enough();
        (known && enough).then(|| checked.map(|_| calibrated).map_err(StratumError::from))
    }

    fn stratum(&self, indicator: &Indicator, place: usize, group: usize) -> TwoByTwoStratum {
        let reviewed: u64 =
            indicator.counts.range((place, 0)..(place + 1, 0)).map(|(_, counts)| counts.reviewed()).sum();
        let own = indicator.counts.get(&(place, group)).cloned().unwrap_or_default();
        TwoByTwoStratum {
            population: self.strata.as_slice()[place].population,
            reviewed,
            answered: reviewed - own.unanswered(),
            table: own.table,
            register: None,
        }
    }
}

impl Indicator {
    /// Counts a row; a status is `None` where the cell is empty.
    fn add(
        &mut self,
        place: (usize, usize),
        register: Option<RegisterStatus>,
        reference: Option<RegisterStatus>,
        row: u64,
    ) {
        let counts = self.counts.entry(place).or_default();
        match reference {
            None => counts.not_reviewed += 1,
            Some(reference) => {
                counts.add(register, reference);
                let is_yes = register == Some(RegisterStatus::Yes);
                self.frame_yes.add_reviewed(place.0, is_yes, row);
                self.reviewed.entry(place.0).or_default().add(row);
            }
        }
    }

    fn of_group(&self, group: usize) -> ChartCounts {
        let own = self.counts.iter().filter(|((_, of), _)| *of == group);
        own.fold(ChartCounts::default(), |mut sum, (_, counts)| {
            sum += counts;
            sum
        })
    }
}

#[cfg(test)]
mod tests;
