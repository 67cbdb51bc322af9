//! The reviewed charts of a file one by one, for resampling: the counts do not tell which answers stand in one row.

use crate::accuracy::Placement;
use crate::stats::{Cell, ReviewedSample, ReviewedSampleError, ReviewedStratum};

/// A row with at least one reviewed indicator.
#[derive(Debug)]
struct Record {
    stratum: usize,
    group: usize,
    /// Of each indicator: whether it was reviewed, and its cell if it is in the table.
    cells: Vec<Option<Option<Cell>>>,
}

/// The rows of a file.
#[derive(Debug, Default)]
pub(super) struct ChartRecords {
    records: Vec<Record>,
}

/// What is resampled together.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSamples {
    /// All indicators in one, where the same charts were reviewed for each; otherwise one for each indicator.
    pub samples: Vec<ReviewedSample>,
    /// Of each result, in its order: the sample, and the indicator in it.
    pub of_result: Vec<(usize, usize)>,
    /// The names of the strata; none without a design.
    pub strata: Vec<String>,
}

impl ChartRecords {
    pub(super) fn add(&mut self, stratum: usize, group: usize, cells: Vec<Option<Option<Cell>>>) {
        if cells.iter().any(Option::is_some) {
            self.records.push(Record { stratum, group, cells });
        }
    }

    /// The samples of so many indicators in these groups. `populations` are those of the strata; without a design there
    /// is one stratum, whose frame is unknown and taken as its reviewed charts.
    pub(super) fn samples(
        &self,
        indicators: usize,
        groups: &[usize],
        populations: Option<&[u64]>,
    ) -> Result<ChartSamples, ReviewedSampleError> {
        let all: Vec<usize> = (0..indicators).collect();
        let together = self.records.iter().all(|one| one.cells.iter().all(Option::is_some));
        let sets: Vec<&[usize]> = if together { vec![&all] } else { all.chunks(1).collect() };
        let samples =
            sets.iter().map(|set| self.sample(set, groups, populations)).collect::<Result<_, _>>()?;
        let place = |indicator: usize, group: usize| match together {
            true => (0, indicator * groups.len() + group),
            false => (indicator, group),
        };
        let groups = 0..groups.len();
        let of_result = all.iter().flat_map(|&one| groups.clone().map(move |group| place(one, group)));
        Ok(ChartSamples { samples, of_result: of_result.collect(), strata: Vec::new() })
    }

    /// A column for each of these indicators in each group: outside its group a chart is outside the table.
    fn sample(
        &self,
        indicators: &[usize],
        groups: &[usize],
        populations: Option<&[u64]>,
    ) -> Result<ReviewedSample, ReviewedSampleError> {
        let mut strata = vec![ReviewedStratum::default(); populations.map_or(1, <[u64]>::len)];
        let reviewed = |one: &&Record| indicators.iter().all(|&indicator| one.cells[indicator].is_some());
        for one in self.records.iter().filter(reviewed) {
            let cell = |indicator: usize, group: usize| {
                one.cells[indicator].flatten().filter(|_| one.group == group)
            };
            let cells = indicators.iter().flat_map(|&one| groups.iter().map(move |&group| cell(one, group)));
            strata[one.stratum].records.push(cells.collect());
        }
        for (place, stratum) in strata.iter_mut().enumerate() {
            stratum.population = populations.map_or(stratum.records.len() as u64, |all| all[place]);
        }
        ReviewedSample::new(strata)
    }
}

/// The cell of a chart in the table.
pub(in crate::accuracy) fn cell_of(placement: Placement) -> Option<Cell> {
    match placement {
        Placement::Table { register: true, record: true } => Some(Cell::Tp),
        Placement::Table { register: true, record: false } => Some(Cell::Fp),
        Placement::Table { register: false, record: true } => Some(Cell::Fn),
        Placement::Table { register: false, record: false } => Some(Cell::Tn),
        Placement::Outside(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TP: Option<Option<Cell>> = Some(Some(Cell::Tp));
    const TN: Option<Option<Cell>> = Some(Some(Cell::Tn));
    const OUTSIDE: Option<Option<Cell>> = Some(None);

    fn records(rows: &[[Option<Option<Cell>>; 2]]) -> ChartRecords {
        let mut records = ChartRecords::default();
        rows.iter().enumerate().for_each(|(place, cells)| records.add(0, place % 2, cells.to_vec()));
        records
    }

    #[test]
    fn indicators_that_were_reviewed_in_the_same_charts_are_resampled_together() {
        let found =
            records(&[[TP, TN], [TN, OUTSIDE], [None, None]]).samples(2, &[0, 1], Some(&[50])).unwrap();
        assert_eq!(found.of_result, [(0, 0), (0, 1), (0, 2), (0, 3)]);
        let stratum = &found.samples[0].strata()[0];
        assert_eq!(stratum.population, 50);
        let rows = [[Some(Cell::Tp), None, Some(Cell::Tn), None], [None, Some(Cell::Tn), None, None]];
        assert_eq!(stratum.records, rows);
    }

    #[test]
    fn indicators_of_differing_charts_have_a_sample_each_with_its_own_n() {
        let found = records(&[[TP, TN], [TN, None], [TP, OUTSIDE]]).samples(2, &[0, 1], None).unwrap();
        assert_eq!(found.of_result, [(0, 0), (0, 1), (1, 0), (1, 1)]);
        let reviewed =
            |sample: &ReviewedSample| (sample.strata()[0].population, sample.strata()[0].reviewed());
        assert_eq!([reviewed(&found.samples[0]), reviewed(&found.samples[1])], [(3, 3), (2, 2)]);
    }
}
