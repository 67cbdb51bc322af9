//! Tables that can be told, tables that cannot, and what stays the same in every world.

use std::cell::RefCell;

use super::*;
use crate::stats::{WeightedEstimate, WeightedOptions};

/// N, n and a of a stratum, and its table.
type Row = (u64, u64, u64, [u64; 4]);

/// The strata of a study.
struct Study {
    tables: StratifiedTwoByTwo,
    settled: Vec<u64>,
    within: Vec<Option<usize>>,
    /// Whether standard errors and limits are printed beside the shares.
    prints_all: bool,
    /// Whether the shares by the weights N / a stand beside them.
    prints_unadjusted: bool,
}

impl Study {
    fn new(rows: &[Row], within: &[Option<usize>]) -> Self {
        let stratum = |&(population, reviewed, _, [tp, fp, fn_, tn]): &Row| {
            let table = TwoByTwo { tp, fp, fn_, tn };
            TwoByTwoStratum { population, reviewed, answered: reviewed, table, register: None }
        };
        let tables = StratifiedTwoByTwo::new(rows.iter().map(stratum).collect()).unwrap();
        let settled = rows.iter().map(|(_, _, settled, _)| *settled).collect();
        Study { tables, settled, within: within.to_vec(), prints_all: false, prints_unadjusted: false }
    }

    /// Every chart of each stratum in its table, and all found.
    fn of_shares(strata: &[(u64, [u64; 4])], within: &[Option<usize>]) -> Self {
        let row = |&(population, cells): &(u64, [u64; 4])| {
            let charts = cells.iter().sum();
            (population, charts, charts, cells)
        };
        Study::new(&strata.iter().map(row).collect::<Vec<_>>(), within)
    }

    /// Eighteen municipalities of which none is shown, with all that is printed of them.
    fn of_eighteen(rows: &[Row]) -> Self {
        Study { prints_all: true, ..Study::new(rows, &[Some(0); 18]) }
    }

    fn cannot_be_told(&self, steps: f64) -> bool {
        self.cannot_be_told_of(steps, |_| ())
    }

    /// The same, and `seen` has every world that looks the same.
    fn cannot_be_told_of(&self, steps: f64, seen: impl Fn(&StratifiedTwoByTwo)) -> bool {
        let persons: Vec<TwoByTwo> = self.tables.strata().iter().map(|one| one.table).collect();
        let hidden = HiddenTables {
            tables: &self.tables,
            settled: &self.settled,
            persons: &persons,
            within: &self.within,
            min_cell: 3,
            finite_population_correction: true,
        };
        let ours = self.printed(&self.tables, steps);
        hidden.cannot_be_told(&self.figures(), steps, |other| {
            let is_same = self.printed(other, steps) == ours;
            if is_same {
                seen(other);
            }
            is_same
        })
    }

    fn figures(&self) -> Vec<SeenFigure> {
        let figure = |(measure, one): (Measure, WeightedEstimate)| {
            let (estimate, se) = (one.estimate.ok()?, one.se.ok()?);
            let limits = one.interval.ok().filter(|_| self.prints_all).map(|one| [one.lower(), one.upper()]);
            Some(SeenFigure { measure, by_settled: false, estimate, se, shows_se: self.prints_all, limits })
        };
        let beside =
            |seen: SeenFigure| SeenFigure { by_settled: true, shows_se: false, limits: None, ..seen };
        let of = |tables: &StratifiedTwoByTwo| tables.estimates(&WeightedOptions::default()).into_iter();
        let settled = self.tables.with_settled(&self.settled).ok().filter(|_| self.prints_unadjusted);
        let unadjusted = settled.iter().flat_map(of).filter_map(figure).map(beside);
        of(&self.tables).filter_map(figure).chain(unadjusted).collect()
    }

    fn printed(&self, tables: &StratifiedTwoByTwo, steps: f64) -> Vec<Option<f64>> {
        let number = |one: WeightedEstimate| {
            let mut numbers = vec![one.estimate.ok()];
            if self.prints_all {
                let limits = one.interval.ok();
                numbers.extend([one.se.ok(), limits.map(|one| one.lower()), limits.map(|one| one.upper())]);
            }
            numbers
                .into_iter()
                .map(|number| number.map(|number| (number * steps).round()))
                .collect::<Vec<_>>()
        };
        let all = tables.estimates(&WeightedOptions::default());
        let settled = tables.with_settled(&self.settled).ok().filter(|_| self.prints_unadjusted);
        let unadjusted = settled.iter().flat_map(|tables| tables.estimates(&WeightedOptions::default()));
        let share =
            |(_, one): (Measure, WeightedEstimate)| one.estimate.ok().map(|share| (share * steps).round());
        all.into_iter().flat_map(|(_, one)| number(one)).chain(unadjusted.map(share)).collect()
    }
}

const TENTHS: f64 = 1000.0;
const WHOLE_PER_CENT: f64 = 100.0;

#[test]
fn two_hidden_strata_of_unlike_weights_follow_from_a_share() {
    let strata = [
        (120, [22, 0, 0, 14]),
        (60, [8, 0, 0, 10]),
        (30, [6, 0, 0, 3]),
        (14, [2, 0, 0, 2]),
        (3, [1, 0, 0, 2]),
    ];
    let study = Study::of_shares(&strata, &[None, None, None, Some(0), Some(0)]);
    assert!(!study.cannot_be_told(TENTHS));
    // Each number of true positives among the four charts of the fourth gives another per cent as well.
    assert!(!study.cannot_be_told(WHOLE_PER_CENT));
}

#[test]
fn strata_of_equal_weights_can_always_change_places() {
    let equal = [(100, [7, 1, 2, 0]), (100, [6, 0, 1, 3]), (100, [8, 2, 0, 0])];
    assert!(Study::of_shares(&equal, &[Some(0); 3]).cannot_be_told(1e9));
}

#[test]
fn charts_do_not_change_places_between_clusters_that_are_shown() {
    let equal = [(100, [7, 1, 2, 0]), (100, [6, 0, 1, 3])];
    assert!(Study::of_shares(&equal, &[Some(0); 2]).cannot_be_told(TENTHS));
    assert!(!Study::of_shares(&equal, &[Some(0), Some(1)]).cannot_be_told(TENTHS));
}

#[test]
fn two_exchanges_find_what_one_does_not() {
    // One exchange changes a weighted cell by 1 of 120; from the third to the fourth stratum the same comes back.
    let strata =
        [(11, [1, 0, 0, 9]), (12, [5, 0, 0, 5]), (12, [5, 0, 0, 5]), (13, [5, 0, 0, 5]), (72, [5, 0, 0, 5])];
    let hidden =
        |number: usize| -> Vec<Option<usize>> { (0..5).map(|place| (place < number).then_some(0)).collect() };
    assert!(Study::of_shares(&strata, &hidden(4)).cannot_be_told(1e6));
    assert!(!Study::of_shares(&strata, &hidden(2)).cannot_be_told(1e6));
}

#[test]
fn nothing_small_needs_no_world() {
    let large = [(100, [7, 3, 0, 4]), (900, [6, 0, 4, 3])];
    assert!(Study::of_shares(&large, &[Some(0), Some(0)]).cannot_be_told(1e12));
}

#[test]
fn tenths_of_a_per_cent_do_not_tell_the_tables_of_eighteen_municipalities() {
    assert!(Study::of_eighteen(&ADHERENCE).cannot_be_told(TENTHS));
}

#[test]
fn of_an_indicator_with_few_charts_they_do_once_the_shares_by_other_weights_stand_beside_them() {
    let mut study = Study::of_eighteen(&SMOKING);
    assert!(study.cannot_be_told(TENTHS));
    study.prints_unadjusted = true;
    assert!(!study.cannot_be_told(TENTHS));
}

#[test]
fn another_world_has_all_the_numbers_that_readers_know() {
    let mut study = Study::of_eighteen(&ADHERENCE);
    // Two clusters are shown, and one stratum.
    study.within = (0..18).map(|place| (place != 4).then_some(place % 2)).collect();
    let worlds = RefCell::new(Vec::new());
    assert!(study.cannot_be_told_of(TENTHS, |world| worlds.borrow_mut().push(world.clone())));
    let ours = study.tables.strata();
    let sum = |strata: &[TwoByTwoStratum], whole: usize| {
        let within = strata.iter().zip(&study.within).filter(|(_, one)| **one == Some(whole));
        within.fold(TwoByTwo::default(), |sum, (one, _)| sum + one.table)
    };
    let worlds = worlds.into_inner();
    assert!(!worlds.is_empty());
    for world in worlds.iter().map(StratifiedTwoByTwo::strata) {
        assert!(world.iter().zip(ours).all(|(other, one)| other.table.total() == one.table.total()));
        assert_eq!(world[4], ours[4], "it is shown");
        assert_eq!([sum(world, 0), sum(world, 1)], [sum(ours, 0), sum(ours, 1)]);
    }
    // Each small cell is another number in one of them.
    for (place, one) in ours.iter().enumerate().filter(|(place, _)| *place != 4) {
        for cell in (0..4).filter(|&cell| (1..3).contains(&one.table.cells()[cell])) {
            assert!(
                worlds
                    .iter()
                    .any(|world| world.strata()[place].table.cells()[cell] != one.table.cells()[cell])
            );
        }
    }
}

/// 563 charts in the table, of an invented study of 628.
const ADHERENCE: [Row; 18] = [
    (414, 41, 42, [24, 0, 2, 11]),
    (404, 40, 41, [28, 0, 2, 7]),
    (266, 27, 30, [18, 0, 4, 5]),
    (90, 9, 11, [4, 0, 1, 3]),
    (95, 10, 11, [8, 0, 1, 1]),
    (195, 20, 22, [11, 0, 0, 7]),
    (169, 17, 17, [9, 1, 0, 6]),
    (219, 22, 25, [14, 0, 1, 7]),
    (104, 10, 10, [5, 0, 0, 4]),
    (444, 44, 46, [27, 0, 5, 10]),
    (425, 42, 42, [31, 1, 6, 3]),
    (283, 28, 28, [19, 0, 3, 3]),
    (1587, 159, 165, [87, 2, 21, 39]),
    (188, 19, 21, [9, 1, 2, 5]),
    (257, 26, 27, [12, 1, 2, 10]),
    (212, 21, 22, [15, 0, 0, 5]),
    (208, 21, 23, [15, 0, 0, 6]),
    (440, 44, 45, [28, 0, 4, 7]),
];

/// 108 charts in the table, of the same study.
const SMOKING: [Row; 18] = [
    (414, 41, 42, [1, 0, 0, 5]),
    (404, 40, 41, [0, 0, 0, 7]),
    (266, 27, 30, [2, 0, 0, 4]),
    (90, 9, 11, [0, 0, 0, 2]),
    (95, 10, 11, [1, 0, 0, 1]),
    (195, 20, 22, [1, 0, 0, 1]),
    (169, 17, 17, [1, 0, 1, 1]),
    (219, 22, 25, [2, 0, 0, 2]),
    (104, 10, 10, [0, 0, 1, 1]),
    (444, 44, 46, [1, 0, 0, 10]),
    (425, 42, 42, [3, 0, 0, 7]),
    (283, 28, 28, [3, 0, 0, 3]),
    (1587, 159, 165, [9, 1, 1, 15]),
    (188, 19, 21, [1, 0, 0, 2]),
    (257, 26, 27, [1, 2, 0, 3]),
    (212, 21, 22, [1, 0, 1, 3]),
    (208, 21, 23, [1, 0, 0, 3]),
    (440, 44, 45, [1, 0, 0, 2]),
];
