//! The search for another world: a random walk from the true tables, drawn to those whose figures are printed alike.

use super::sums::{Shares, Weight, WeightedSums};
use super::{Exchange, HiddenTables, SeenFigure};
use crate::accuracy::is_small;
use crate::random::Generator;
use crate::stats::{StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum};

/// Steps of all walks of one indicator together before the search gives up; less than half a microsecond each.
const STEPS: usize = 2_000_000;
/// Walks for one cell, and the steps of each. In studies of 18 strata most cells are free after one.
const WALKS: usize = 8;
const LENGTH: usize = 50_000;
/// Worlds whose figures are computed in full.
const CHECKED: usize = 2_000;
/// By how much the distance from what is printed may grow in one step (with a chance of 1 in e), at the beginning and at the end of a walk;
/// in steps of rounding. Warmer walks stray so far from the true tables that they seldom come back to what is printed.
const WARM: f64 = 0.05;
const COLD: f64 = 0.02;
/// A figure within this distance of what is printed, in steps, is most likely printed alike; a half would be so surely, but for what the
/// sums leave out.
const WINDOW: f64 = 0.45;

/// One printed number: how it follows from an estimate and its standard error, and where its rounding lies.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// The true number, in steps.
    number: f64,
    /// As printed.
    printed: f64,
    /// What the estimate and its standard error add to it.
    slopes: [f64; 2],
}

/// The printed numbers of one measure by one kind of weights.
#[derive(Debug)]
struct Target {
    shares: Shares,
    by_settled: bool,
    estimate: f64,
    se: f64,
    windows: Vec<Window>,
}

impl Target {
    fn new(figure: &SeenFigure, steps: f64) -> Option<Self> {
        let SeenFigure { estimate, se, .. } = *figure;
        let window = |number: f64, slopes| {
            let number = number * steps;
            Window { number, printed: number.round(), slopes }
        };
        // Limits move with the estimate and, in first order, by as many standard errors as they are away from it.
        let limit = |limit: f64| window(limit, [1.0, if se > 0.0 { (limit - estimate) / se } else { 0.0 }]);
        let mut windows = vec![window(estimate, [1.0, 0.0])];
        windows.extend(figure.shows_se.then(|| window(se, [0.0, 1.0])));
        windows.extend(figure.limits.into_iter().flatten().map(limit));
        let shares = Shares::of(figure.measure)?;
        Some(Target { shares, by_settled: figure.by_settled, estimate, se, windows })
    }

    /// How far the numbers of a world lie outside their windows: squared steps.
    fn squared(&self, sums: &[WeightedSums; 2], steps: f64) -> f64 {
        let Some([estimate, se]) = self.shares.estimate(&sums[usize::from(self.by_settled)]) else {
            return f64::INFINITY;
        };
        let apart = [(estimate - self.estimate) * steps, (se - self.se) * steps];
        let outside = |window: &Window| {
            let number = window.number + window.slopes[0] * apart[0] + window.slopes[1] * apart[1];
            // Where the true number itself lies at the edge of its window, it is no worse than the others.
            let room = WINDOW.max((window.number - window.printed).abs());
            ((number - window.printed).abs() - room).max(0.0).powi(2)
        };
        self.windows.iter().map(outside).sum()
    }
}

/// A world on the way.
struct World {
    strata: Vec<TwoByTwoStratum>,
    sums: [WeightedSums; 2],
    distance: f64,
}

/// A world one exchange further.
struct Neighbour {
    exchange: Exchange,
    tables: [TwoByTwo; 2],
    sums: [WeightedSums; 2],
    distance: f64,
}

impl World {
    fn go(&mut self, next: Neighbour) {
        let Neighbour { exchange, tables: [into, from], sums, distance } = next;
        self.strata[exchange.into].table = into;
        self.strata[exchange.from].table = from;
        (self.sums, self.distance) = (sums, distance);
    }
}

/// The search with what it may still cost.
pub(super) struct Walk<'h> {
    hidden: &'h HiddenTables<'h>,
    wholes: Vec<Vec<usize>>,
    /// Each stratum that can exchange: its whole, and its place there.
    members: Vec<(usize, usize)>,
    weights: [Vec<Weight>; 2],
    targets: Vec<Target>,
    steps: f64,
    generator: Generator,
    left: usize,
    checks: usize,
}

impl<'h> Walk<'h> {
    pub(super) fn new(hidden: &'h HiddenTables<'h>, figures: &[SeenFigure], steps: f64) -> Self {
        let strata = hidden.tables.strata();
        let weight = |(one, charts): (&TwoByTwoStratum, u64)| {
            Weight::new(one.population, charts, hidden.finite_population_correction)
        };
        let by_read = strata.iter().map(|one| weight((one, one.reviewed))).collect();
        let by_settled = strata.iter().zip(hidden.settled.iter().copied()).map(weight).collect();
        let wholes = hidden.wholes();
        let places =
            |(whole, strata): (usize, &Vec<usize>)| (0..strata.len()).map(move |place| (whole, place));
        Walk {
            hidden,
            members: wholes.iter().enumerate().flat_map(places).collect(),
            wholes,
            weights: [by_read, by_settled],
            targets: figures.iter().filter_map(|figure| Target::new(figure, steps)).collect(),
            steps,
            generator: Generator::of("another world"),
            left: STEPS,
            checks: CHECKED,
        }
    }

    /// The tables of a world in which a cell holds another number and all else looks the same.
    pub(super) fn world_without(
        &mut self,
        cell: (usize, usize),
        prints_the_same: &impl Fn(&StratifiedTwoByTwo) -> bool,
    ) -> Option<Vec<TwoByTwoStratum>> {
        // Where only one table of a whole is hidden, nothing can change places.
        self.wholes.iter().find(|whole| whole.contains(&cell.0))?;
        (0..WALKS).find_map(|_| self.walk(cell, prints_the_same))
    }

    /// One walk from the true tables. Its first exchange changes the cell, and no later one puts the true number back.
    fn walk(
        &mut self,
        (stratum, cell): (usize, usize),
        prints_the_same: &impl Fn(&StratifiedTwoByTwo) -> bool,
    ) -> Option<Vec<TwoByTwoStratum>> {
        let truth = self.hidden.count(stratum, cell);
        let mut world = self.true_world();
        let mut has_left = false;
        for step in 0..LENGTH.min(self.left) {
            self.left -= 1;
            let Some(next) = self.neighbour(&world) else { continue };
            let number = next.count(stratum, cell).unwrap_or(world.strata[stratum].table.cells()[cell]);
            let warmth = WARM * (COLD / WARM).powf(step as f64 / LENGTH as f64);
            let apart = next.distance - world.distance;
            let is_better = !has_left || apart <= 0.0;
            if number == truth || !(is_better || self.generator.chance((-apart / warmth).exp())) {
                continue;
            }
            has_left = true;
            world.go(next);
            if world.distance == 0.0 && self.checks > 0 && self.fits(&world.strata, prints_the_same) {
                return Some(world.strata);
            }
        }
        None
    }

    fn true_world(&self) -> World {
        let strata = self.hidden.tables.strata().to_vec();
        let sums = [&self.weights[0], &self.weights[1]].map(|weights| WeightedSums::of(&strata, weights));
        World { strata, sums, distance: 0.0 }
    }

    /// A world after an exchange at random between two strata of a whole; `None` where the charts for it are not there.
    fn neighbour(&mut self, world: &World) -> Option<Neighbour> {
        let exchange = self.exchange();
        let tables = exchange.tables(&world.strata)?;
        let mut sums = world.sums;
        for (sums, weights) in sums.iter_mut().zip(&self.weights) {
            for (place, after) in [exchange.into, exchange.from].into_iter().zip(tables) {
                sums.replace(world.strata[place].table, after, weights[place]);
            }
        }
        let squared: f64 = self.targets.iter().map(|target| target.squared(&sums, self.steps)).sum();
        Some(Neighbour { exchange, tables, sums, distance: squared.sqrt() })
    }

    fn exchange(&mut self) -> Exchange {
        let mut below = |bound: usize| self.generator.below(bound as u64) as usize;
        let (whole, into) = self.members[below(self.members.len())];
        let whole = &self.wholes[whole];
        let (apart, cell, other) = (1 + below(whole.len() - 1), below(4), 1 + below(3));
        let from = whole[(into + apart) % whole.len()];
        Exchange { into: whole[into], from, cell, other: (cell + other) % 4 }
    }

    /// Whether readers see the same in this world, computed in full.
    fn fits(
        &mut self,
        strata: &[TwoByTwoStratum],
        prints_the_same: &impl Fn(&StratifiedTwoByTwo) -> bool,
    ) -> bool {
        self.checks -= 1;
        let has_small = |strata: &[TwoByTwoStratum], whole: &[usize]| {
            whole.iter().any(|&stratum| is_small(strata[stratum].table, self.hidden.min_cell))
        };
        // Where nothing is small, nothing would be hidden.
        let looks_hidden =
            |whole: &Vec<usize>| has_small(strata, whole) || !has_small(self.hidden.tables.strata(), whole);
        self.wholes.iter().all(looks_hidden)
            && StratifiedTwoByTwo::new(strata.to_vec()).is_ok_and(|tables| prints_the_same(&tables))
    }
}

impl Neighbour {
    /// What the exchange makes of a cell; `None` in a stratum that it leaves alone.
    fn count(&self, stratum: usize, cell: usize) -> Option<u64> {
        let [into, from] = self.tables;
        let table = match stratum {
            one if one == self.exchange.into => into,
            one if one == self.exchange.from => from,
            _ => return None,
        };
        Some(table.cells()[cell])
    }
}
