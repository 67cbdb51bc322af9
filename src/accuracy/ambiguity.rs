//! Whether the weighted figures of the whole tell the hidden tables of its strata.
//!
//! A reader of the results knows the plain table of the whole, N, n and a of each stratum, the tables that are shown, and the weighted
//! figures as they are printed. Counts are whole numbers, so that few tables fit. A small cell is safe as long as another world fits as
//! well: hidden tables with the same margins, with another number in that cell, from which the same figures would be printed. Such
//! worlds are looked for among those in which one or two pairs of charts have changed places. One that is found is a proof; where none
//! is found there may be one all the same, and the figures are made coarser than they need be.

use crate::stats::{Measure, StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum};

/// Worlds that are looked at before the search gives up; 20 ns each.
const WORLDS: usize = 2_000_000;
/// Worlds whose figures are all computed.
const CHECKED: usize = 500;

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
}

/// One chart of the cell `other` of the stratum `into` against one of the cell `cell` of the stratum `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Exchange {
    into: usize,
    from: usize,
    cell: usize,
    other: usize,
}

impl HiddenTables<'_> {
    /// Whether every small cell that is hidden could as well be another number. `prints_the_same` says so of the tables of a world;
    /// `steps` is the number of steps from 0 to 1 in which it prints shares, by which most worlds are left out without asking.
    pub fn cannot_be_told(&self, steps: f64, prints_the_same: impl Fn(&StratifiedTwoByTwo) -> bool) -> bool {
        let mut open = self.small_cells();
        let mut search = Search::new(self, steps);
        let exchanges = self.exchanges();
        while let Some(&(stratum, cell)) = open.first() {
            let Some(world) = search.world_without(stratum, cell, &exchanges, &prints_the_same) else {
                return false;
            };
            let before = self.tables.strata();
            open.retain(|&(stratum, cell)| {
                world[stratum].table.cells()[cell] == before[stratum].table.cells()[cell]
            });
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

    /// All exchanges between hidden tables of the same whole.
    fn exchanges(&self) -> Vec<Exchange> {
        let strata = 0..self.within.len();
        let is_within = |&(into, from): &(usize, usize)| {
            into != from && self.within[into].is_some() && self.within[into] == self.within[from]
        };
        let pairs =
            strata.clone().flat_map(|into| strata.clone().map(move |from| (into, from))).filter(is_within);
        let cells = (0..4)
            .flat_map(|cell| (0..4).map(move |other| (cell, other)))
            .filter(|(cell, other)| cell != other);
        let cells: Vec<(usize, usize)> = cells.collect();
        pairs
            .flat_map(|(into, from)| {
                cells
                    .iter()
                    .map(move |&(cell, other)| Exchange { into, from, cell, other })
                    .collect::<Vec<_>>()
            })
            .collect()
    }
}

/// A search with what it may still cost.
struct Search<'h> {
    hidden: &'h HiddenTables<'h>,
    /// The weights N / n and N / a of each stratum.
    weights: [Vec<f64>; 2],
    /// The weighted cells of the whole by both.
    cells: [[f64; 4]; 2],
    steps: f64,
    worlds: usize,
    checked: usize,
}

impl<'h> Search<'h> {
    fn new(hidden: &'h HiddenTables<'h>, steps: f64) -> Self {
        let strata = hidden.tables.strata();
        let weight =
            |population: u64, charts: u64| if charts == 0 { 0.0 } else { population as f64 / charts as f64 };
        let by_read = strata.iter().map(|one| weight(one.population, one.reviewed)).collect();
        let by_settled = strata
            .iter()
            .zip(hidden.settled)
            .map(|(one, settled)| weight(one.population, *settled))
            .collect();
        let weights: [Vec<f64>; 2] = [by_read, by_settled];
        let cells = [&weights[0], &weights[1]].map(|weights| weighted_cells(strata, weights));
        Search { hidden, weights, cells, steps, worlds: WORLDS, checked: CHECKED }
    }

    /// The tables of a world in which a cell holds another number and all else looks the same.
    fn world_without(
        &mut self,
        stratum: usize,
        cell: usize,
        exchanges: &[Exchange],
        prints_the_same: &impl Fn(&StratifiedTwoByTwo) -> bool,
    ) -> Option<Vec<TwoByTwoStratum>> {
        let changes = |one: &&Exchange| {
            [one.into, one.from].contains(&stratum) && [one.cell, one.other].contains(&cell)
        };
        let first: Vec<Exchange> = exchanges.iter().filter(changes).copied().collect();
        let alone = first.iter().map(|&one| [Some(one), None]);
        let pairs =
            first.iter().flat_map(|&one| exchanges.iter().map(move |&other| [Some(one), Some(other)]));
        for both in alone.chain(pairs) {
            if self.worlds == 0 || self.checked == 0 {
                return None;
            }
            self.worlds -= 1;
            if !self.looks_the_same(both) {
                continue;
            }
            let Some(world) = self.world(both) else { continue };
            if world[stratum].table.cells()[cell] == self.hidden.tables.strata()[stratum].table.cells()[cell]
            {
                continue;
            }
            self.checked -= 1;
            if StratifiedTwoByTwo::new(world.clone()).is_ok_and(|tables| prints_the_same(&tables)) {
                return Some(world);
            }
        }
        None
    }

    /// Whether the weighted shares are printed alike.
    fn looks_the_same(&self, exchanges: [Option<Exchange>; 2]) -> bool {
        self.weights.iter().zip(&self.cells).all(|(weights, before)| {
            let mut after = *before;
            for one in exchanges.into_iter().flatten() {
                let difference = weights[one.into] - weights[one.from];
                after[one.cell] += difference;
                after[one.other] -= difference;
            }
            Measure::WEIGHTED.into_iter().all(|measure| {
                let printed = |cells| share(measure, cells).map(|share: f64| (share * self.steps).round());
                printed(before) == printed(&after)
            })
        })
    }

    /// The tables after the exchanges; `None` where a chart would have to be there that is not.
    fn world(&self, exchanges: [Option<Exchange>; 2]) -> Option<Vec<TwoByTwoStratum>> {
        let mut strata = self.hidden.tables.strata().to_vec();
        for one in exchanges.into_iter().flatten() {
            move_chart(&mut strata[one.into].table, one.other, one.cell)?;
            move_chart(&mut strata[one.from].table, one.cell, one.other)?;
        }
        Some(strata)
    }
}

fn weighted_cells(strata: &[TwoByTwoStratum], weights: &[f64]) -> [f64; 4] {
    strata.iter().zip(weights).fold([0.0; 4], |sum, (stratum, weight)| {
        let cells = stratum.table.cells();
        std::array::from_fn(|place| sum[place] + weight * cells[place] as f64)
    })
}

/// A measure of weighted cells; `None` where its denominator is 0.
fn share(measure: Measure, &[tp, fp, fn_, tn]: &[f64; 4]) -> Option<f64> {
    let all = tp + fp + fn_ + tn;
    let (part, whole) = match measure {
        Measure::Sensitivity => (tp, tp + fn_),
        Measure::Specificity => (tn, tn + fp),
        Measure::Ppv => (tp, tp + fp),
        Measure::Npv => (tn, tn + fn_),
        Measure::PrevalenceReference => (tp + fn_, all),
        Measure::PrevalenceRegister => (tp + fp, all),
        Measure::PrevalenceDifference => (fp - fn_, all),
        Measure::Accuracy => (tp + tn, all),
        _ => return None,
    };
    (whole > 0.0).then(|| part / whole)
}

fn move_chart(table: &mut TwoByTwo, out_of: usize, into: usize) -> Option<()> {
    let mut cells = table.cells();
    cells[out_of] = cells[out_of].checked_sub(1)?;
    cells[into] += 1;
    let [tp, fp, fn_, tn] = cells;
    *table = TwoByTwo { tp, fp, fn_, tn };
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{WeightedEstimate, WeightedOptions};

    fn tables(strata: &[(u64, [u64; 4])]) -> StratifiedTwoByTwo {
        let stratum = |&(population, [tp, fp, fn_, tn]): &(u64, [u64; 4])| {
            let table = TwoByTwo { tp, fp, fn_, tn };
            let reviewed = table.total();
            TwoByTwoStratum { population, reviewed, answered: reviewed, table, register: None }
        };
        StratifiedTwoByTwo::new(strata.iter().map(stratum).collect()).unwrap()
    }

    /// Whether all shares are the same in so many steps, and nothing else is printed.
    fn cannot_be_told(tables: &StratifiedTwoByTwo, within: &[Option<usize>], steps: f64) -> bool {
        let printed = |tables: &StratifiedTwoByTwo| -> Vec<Option<f64>> {
            let options = WeightedOptions::default();
            let share = |one: WeightedEstimate| one.estimate.ok().map(|share| (share * steps).round());
            tables.estimates(&options).into_iter().map(|(_, one)| share(one)).collect()
        };
        let persons: Vec<TwoByTwo> = tables.strata().iter().map(|one| one.table).collect();
        let settled: Vec<u64> = tables.strata().iter().map(|one| one.reviewed).collect();
        let hidden = HiddenTables { tables, settled: &settled, persons: &persons, within, min_cell: 3 };
        hidden.cannot_be_told(steps, |other| printed(other) == printed(tables))
    }

    /// The tables of the worked example in docs/methods.md: Struer and Odder are hidden.
    fn five() -> StratifiedTwoByTwo {
        let counts = [
            (120, [22, 0, 0, 14]),
            (60, [8, 0, 0, 10]),
            (30, [6, 0, 0, 3]),
            (14, [2, 0, 0, 2]),
            (3, [1, 0, 0, 2]),
        ];
        tables(&counts)
    }

    #[test]
    fn two_hidden_strata_of_unlike_weights_follow_from_a_share_in_tenths_of_a_per_cent() {
        let within = [None, None, None, Some(0), Some(0)];
        assert!(!cannot_be_told(&five(), &within, 1000.0));
        // Of 4 charts in Struer with 0, 1, 2 or 3 true positives each gives another tenth, and another per cent as well.
        assert!(!cannot_be_told(&five(), &within, 100.0));
    }

    #[test]
    fn strata_of_equal_weights_can_always_change_places() {
        let equal = tables(&[(100, [7, 1, 2, 0]), (100, [6, 0, 1, 3]), (100, [8, 2, 0, 0])]);
        assert!(cannot_be_told(&equal, &[Some(0); 3], 1e9));
    }

    #[test]
    fn charts_do_not_change_places_between_clusters_that_are_shown() {
        let equal = tables(&[(100, [7, 1, 2, 0]), (100, [6, 0, 1, 3])]);
        assert!(cannot_be_told(&equal, &[Some(0); 2], 1000.0));
        assert!(!cannot_be_told(&equal, &[Some(0), Some(1)], 1000.0));
    }

    #[test]
    fn two_exchanges_find_what_one_does_not() {
        // One exchange changes a weighted cell by 1 of 120; from the third to the fourth stratum the same comes back.
        let strata = [
            (11, [1, 0, 0, 9]),
            (12, [5, 0, 0, 5]),
            (12, [5, 0, 0, 5]),
            (13, [5, 0, 0, 5]),
            (72, [5, 0, 0, 5]),
        ];
        let mixed = tables(&strata);
        assert!(cannot_be_told(&mixed, &[Some(0), Some(0), Some(0), Some(0), None], 1e6));
        assert!(!cannot_be_told(&mixed, &[Some(0), Some(0), None, None, None], 1e6));
    }

    #[test]
    fn nothing_small_needs_no_world() {
        let large = tables(&[(100, [7, 3, 0, 4]), (900, [6, 0, 4, 3])]);
        assert!(cannot_be_told(&large, &[Some(0), Some(0)], 1e12));
    }
}
