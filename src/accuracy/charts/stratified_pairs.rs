//! The answers of two reviewers stratum by stratum.

use super::strata::FileStrata;
use super::words::is_not_read;
use super::{AnswerPairs, NamedColumn};
use crate::error::{Finding, Rows};
use crate::register::Row;
use crate::stats::{AgreementStratum, AgreementTableError};

/// The rows of two columns counted by stratum. A row with an empty answer was not read by both.
#[derive(Debug)]
pub struct StratifiedPairs {
    answers: [NamedColumn; 2],
    design: [NamedColumn; 2],
    strata: FileStrata,
    read: Vec<(AnswerPairs, Rows)>,
}

/// The double readings of all strata.
#[derive(Debug, Clone, PartialEq)]
pub struct StratifiedAnswers {
    /// The names of the strata.
    pub names: Vec<String>,
    /// Their double readings.
    pub strata: Vec<AgreementStratum>,
}

impl StratifiedPairs {
    /// An empty count of two answers, by stratum and population.
    pub fn new(answers: [NamedColumn; 2], design: [NamedColumn; 2]) -> Self {
        StratifiedPairs { answers, design, strata: FileStrata::default(), read: Vec::new() }
    }

    /// Counts a row. What is wrong with it is remembered.
    pub fn add(&mut self, row: &Row) {
        let cell = |column: &NamedColumn| row.cell(column.position);
        let [stratum, population] = &self.design;
        let Some(place) = self.strata.add(row.number, cell(stratum), cell(population)) else { return };
        if place == self.read.len() {
            self.read.push((AnswerPairs::default(), Rows::default()));
        }
        let (pairs, rows) = &mut self.read[place];
        let [one, other] = [0, 1].map(|reviewer: usize| cell(&self.answers[reviewer]));
        pairs.add(one, other);
        if !is_not_read(one) && !is_not_read(other) {
            rows.add(row.number);
        }
    }

    /// Everything that is wrong with the strata; no result may be shown while this is not empty.
    pub fn faults(&self) -> Vec<Finding> {
        let [stratum, population] = &self.design;
        let mut findings = self.strata.findings(stratum, population);
        let read = self.strata.as_slice().iter().zip(&self.read);
        findings.extend(read.filter_map(|(one, (_, rows))| one.overfull(rows, population)));
        findings
    }

    /// The tables of the strata, with the categories of all rows.
    ///
    /// # Errors
    /// More records than can be counted.
    pub fn strata(&self, all: &AnswerPairs) -> Result<StratifiedAnswers, AgreementTableError> {
        let (order, _) = all.order();
        let strata = self.strata.as_slice();
        let stratum = |(one, (pairs, _)): (&super::strata::FileStratum, &(AnswerPairs, Rows))| {
            let table = pairs.counted(&order)?;
            Ok(AgreementStratum { population: one.population, double_read: pairs.both(), table })
        };
        Ok(StratifiedAnswers {
            names: strata.iter().map(|one| one.name.clone()).collect(),
            strata: strata.iter().zip(&self.read).map(stratum).collect::<Result<_, _>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::AgreementTable;

    fn counted(rows: &[[&str; 4]]) -> (AnswerPairs, StratifiedPairs) {
        let column = |position: usize| NamedColumn { name: position.to_string(), position };
        let mut pairs = AnswerPairs::default();
        let mut stratified = StratifiedPairs::new([column(0), column(1)], [column(2), column(3)]);
        for (row, number) in rows.iter().zip(2..) {
            pairs.add(row[0], row[1]);
            stratified.add(&Row { number, cells: row.iter().copied().collect() });
        }
        (pairs, stratified)
    }

    #[test]
    fn strata_share_the_categories_of_the_file() {
        let (pairs, stratified) = counted(&[
            ["1", "1", "a", "90"],
            ["0", "", "a", "90"],
            ["Ja", "ja", "b", "40"],
            ["0", "1", "a", "90"],
        ]);
        assert!(stratified.faults().is_empty());
        let found = stratified.strata(&pairs).unwrap();
        let table = |rows: [[u64; 3]; 3]| AgreementTable::new(&rows.map(|row| row.to_vec())).unwrap();
        assert_eq!(found.names, ["a", "b"]);
        assert_eq!(found.strata.iter().map(|one| one.double_read).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(found.strata[0].table, table([[0, 1, 0], [0, 1, 0], [0, 0, 0]]));
        assert_eq!(found.strata[1].table, table([[0, 0, 0], [0, 0, 0], [0, 0, 1]]));
    }

    #[test]
    fn more_double_readings_than_records_are_a_fault() {
        let (_, stratified) = counted(&[["1", "1", "a", "1"], ["1", "0", "a", "1"]]);
        assert_eq!(stratified.faults()[0].code, "population_too_small");
    }
}
