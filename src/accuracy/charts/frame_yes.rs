//! What the register says of the frame of each stratum of a file: how many of its records it calls yes.

use std::collections::BTreeMap;

use super::NamedColumn;
use super::strata::{FileStratum, whole_number};
use super::unknown::UnknownTexts;
use crate::error::{Finding, Place, Rows};
use crate::register::shown;
use crate::stats::RegisterCounts;

/// The records of the frame that the register calls yes, by stratum, beside the reviewed charts; of one indicator.
#[derive(Debug, Default)]
pub(super) struct FrameYes {
    said: BTreeMap<usize, Said>,
    unreadable: UnknownTexts,
    /// The reviewed charts of a stratum: register yes, and all others.
    reviewed: BTreeMap<usize, [Rows; 2]>,
}

/// What the first row of a stratum says, and the rows that contradict it.
#[derive(Debug)]
struct Said {
    yes: u64,
    row: u64,
    others: BTreeMap<u64, Rows>,
}

impl FrameYes {
    /// Reads the cell of a row.
    pub(super) fn add(&mut self, stratum: usize, cell: &str, row: u64) {
        let Some(yes) = whole_number(cell, 0) else { return self.unreadable.add(cell.trim(), row) };
        let said = self.said.entry(stratum).or_insert(Said { yes, row, others: BTreeMap::new() });
        if said.yes != yes {
            said.others.entry(yes).or_default().add(row);
        }
    }

    /// Counts a reviewed chart, in the table or not.
    pub(super) fn add_reviewed(&mut self, stratum: usize, is_yes: bool, row: u64) {
        self.reviewed.entry(stratum).or_default()[usize::from(!is_yes)].add(row);
    }

    /// Frame and reviewed charts of a stratum of this size; what is not yes is counted as no.
    pub(super) fn counts(&self, stratum: usize, population: u64, reviewed: u64) -> [RegisterCounts; 2] {
        let yes = self.said.get(&stratum).map_or(0, |said| said.yes);
        let seen = self.reviewed.get(&stratum).map_or(0, |[yes, _]| yes.total());
        [(population, yes), (reviewed, seen)]
            .map(|(all, yes)| RegisterCounts { yes, no: all.saturating_sub(yes) })
    }

    /// Everything that is wrong with the column.
    pub(super) fn findings(&self, column: &NamedColumn, strata: &[FileStratum]) -> Vec<Finding> {
        let expected = "a whole number of 0 or more";
        let unreadable = self.unreadable.finding("population_yes_unreadable", &column.name, expected);
        let unreadable = unreadable.map(|finding| {
            finding
                .because("the weights are calibrated to how many records of the frame the register calls yes")
                .remedy("give their number in the stratum, in every row")
        });
        let named = self.said.iter().filter_map(|(place, said)| Some((place, strata.get(*place)?, said)));
        let of_stratum = |(place, stratum, said): (&usize, &FileStratum, &Said)| {
            said.differing(stratum, column).or_else(|| self.impossible(*place, stratum, said, column))
        };
        unreadable.into_iter().chain(named.filter_map(of_stratum)).collect()
    }

    /// More than the stratum has, or fewer than were reviewed.
    fn impossible(
        &self,
        place: usize,
        stratum: &FileStratum,
        said: &Said,
        column: &NamedColumn,
    ) -> Option<Finding> {
        let (name, population, yes) = (shown(&stratum.name), stratum.population, said.yes);
        let at = |rows: Rows| Place::default().rows(rows).column(&column.name);
        if yes > population {
            let what = format!(
                "the stratum `{name}` has {yes} records that the register calls yes, but a population of {population}"
            );
            let finding = Finding::error("population_yes_too_large", what);
            let place = at([said.row].into_iter().collect());
            return Some(finding.at(place).remedy("correct the number, or the population"));
        }
        let [reviewed_yes, reviewed_rest] = self.reviewed.get(&place)?;
        let limits = [("yes", reviewed_yes, yes), ("not yes", reviewed_rest, population - yes)];
        let (status, rows, frame) = limits.into_iter().find(|(_, rows, frame)| rows.total() > *frame)?;
        let what = format!(
            "the stratum `{name}` has {} reviewed charts with register {status}, but {frame} such records in the frame",
            rows.total()
        );
        let finding = Finding::error("population_yes_impossible", what).at(at(rows.clone()));
        let finding = finding.because("the charts are a sample of the frame, each of them once");
        Some(
            finding
                .remedy("count the frame's records by the column that --register names, with the same words"),
        )
    }
}

impl Said {
    fn differing(&self, stratum: &FileStratum, column: &NamedColumn) -> Option<Finding> {
        let (other, rows) = self.others.first_key_value()?;
        let what = format!(
            "the number of records with register yes of the stratum `{}` is {other}, but {} in row {}",
            shown(&stratum.name),
            self.yes,
            self.row
        );
        let place = Place::default().rows(rows.clone()).column(&column.name);
        let finding = Finding::error("population_yes_differs", what).at(place);
        Some(finding.because("a stratum has one such number").remedy("give the same number in all its rows"))
    }
}
