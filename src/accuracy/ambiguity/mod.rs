//! Whether the weighted figures of the whole tell the hidden tables of its strata.
//!
//! A reader of the results knows the plain table of the whole, N, n and a of each stratum, the tables that are shown, and the weighted
//! figures as they are printed. Counts are whole numbers, so that few tables fit. A small cell is safe as long as another world fits as
//! well: hidden tables with the same margins, with another number in that cell, from which the same figures would be printed. Such
//! worlds are reached from the true one by letting charts of two strata change places. Finding one is a proof. Where none is found there
//! may be one all the same, and figures are made coarser than they need be: the error is on the safe side.

mod sums;
mod walk;

use crate::stats::{Measure, StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum};
use walk::Walk;

/// What is hidden, and what everybody may know.
#[derive(Debug, Clone, Copy)]
pub struct HiddenTables<'t> {
    /// The tables of all strata.
    pub tables: &'t StratifiedTwoByTwo,
    /// a of each stratum: reviewed or not.
    pub settled: &'t [u64],
    /// The persons in each table: what is small is counted in persons.
    pub persons: &'t [TwoByTwo],
    /// The number of the shown whole in which a stratum's table is hidden: all strata, or its cluster; `None` where the table is shown.
    pub within: &'t [Option<usize>],
    /// Cells of 1 to this less one are small.
    pub min_cell: u64,
    /// Whether the standard errors have the finite population correction.
    pub finite_population_correction: bool,
}

/// A weighted figure of the whole with all its digits, as far as it is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeenFigure {
    /// What is measured.
    pub measure: Measure,
    /// Whether it has the weights N / a instead of N / n.
    pub by_settled: bool,
    /// The estimate.
    pub estimate: f64,
    /// Its standard error, printed or not.
    pub se: f64,
    /// Whether the standard error is printed.
    pub shows_se: bool,
    /// Its limits where they are printed.
    pub limits: Option<[f64; 2]>,
}

impl HiddenTables<'_> {
    /// Whether every small cell that is hidden could as well be another number. `figures` are what is printed in so many `steps` from 0
    /// to 1, which leads the search; `prints_the_same` has the last word on the tables of a world.
    pub fn cannot_be_told(
        &self,
        figures: &[SeenFigure],
        steps: f64,
        prints_the_same: impl Fn(&StratifiedTwoByTwo) -> bool,
    ) -> bool {
        let mut open = self.small_cells();
        let mut walk = Walk::new(self, figures, steps);
        while let Some(&cell) = open.first() {
            let Some(world) = walk.world_without(cell, &prints_the_same) else { return false };
            open.retain(|&(stratum, cell)| world[stratum].table.cells()[cell] == self.count(stratum, cell));
        }
        true
    }

    /// The stratum and the place of each small cell in a hidden table.
    fn small_cells(&self) -> Vec<(usize, usize)> {
        let is_small = |persons: u64| (1..self.min_cell).contains(&persons);
        let of = |stratum: usize| {
            let cells = self.persons[stratum].cells().into_iter().enumerate();
            cells.filter(move |(_, persons)| is_small(*persons)).map(move |(cell, _)| (stratum, cell))
        };
        (0..self.within.len()).filter(|&stratum| self.within[stratum].is_some()).flat_map(of).collect()
    }

    /// The true number of charts in a cell.
    fn count(&self, stratum: usize, cell: usize) -> u64 {
        self.tables.strata()[stratum].table.cells()[cell]
    }

    /// The strata whose tables are hidden within the same whole, for each whole in which charts can change places.
    fn wholes(&self) -> Vec<Vec<usize>> {
        let number = self.within.iter().flatten().max().map_or(0, |last| last + 1);
        let is_in = |stratum: usize, whole: usize| {
            self.within[stratum] == Some(whole) && self.tables.strata()[stratum].table.total() > 0
        };
        let members = |whole| (0..self.within.len()).filter(|&stratum| is_in(stratum, whole)).collect();
        (0..number).map(members).filter(|members: &Vec<usize>| members.len() > 1).collect()
    }
}

/// One chart of the cell `other` of the stratum `into` against one of the cell `cell` of the stratum `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Exchange {
    into: usize,
    from: usize,
    cell: usize,
    other: usize,
}

impl Exchange {
    /// The tables of both strata afterwards; `None` where a chart would have to be there that is not.
    fn tables(self, strata: &[TwoByTwoStratum]) -> Option<[TwoByTwo; 2]> {
        let into = move_chart(strata[self.into].table, self.other, self.cell)?;
        Some([into, move_chart(strata[self.from].table, self.cell, self.other)?])
    }
}

fn move_chart(table: TwoByTwo, out_of: usize, into: usize) -> Option<TwoByTwo> {
    let mut cells = table.cells();
    cells[out_of] = cells[out_of].checked_sub(1)?;
    cells[into] += 1;
    let [tp, fp, fn_, tn] = cells;
    Some(TwoByTwo { tp, fp, fn_, tn })
}

#[cfg(test)]
mod tests;
