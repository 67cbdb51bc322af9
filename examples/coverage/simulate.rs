//! Drawing the sample again and again from a known frame.
//!
//! Every batch of draws has a ChaCha20 stream of its own, keyed by its label, and batches are added up in their order: the numbers are
//! the same on any number of threads.

use hjertekommidt::random::Generator;
use hjertekommidt::stats::{
    BootstrapOptions, ConfidenceInterval, ConfidenceLevel, Estimand, Measure, PostStratifiedStratum,
    RegisterCounts, ReviewedSample, StratifiedTwoByTwo, StratumError, TwoByTwo, TwoByTwoStratum,
};
use rayon::prelude::*;

use crate::effective::CANDIDATES;
use crate::methods::{Drawn, METHODS, Outcome};
use crate::tally::Tally;
use crate::truth::{MEASURES, Scenario, Target};

/// The text that all random numbers follow from.
pub(crate) const SEED: &str = "coverage of intervals, version 1";

/// Draws that share a stream.
const BATCH: u64 = 250;

/// Replicates of each bootstrap, so that (B + 1) times the tails are whole numbers.
const REPLICATES: usize = 999;

/// How the methods of one group did: for each measure, each method.
pub(crate) type Tallies = Vec<Vec<Tally>>;

/// What a simulation of a scenario counts: the methods of the library, and the candidates.
pub(crate) struct Counted {
    pub(crate) methods: Tallies,
    pub(crate) candidates: Tallies,
}

/// Draws samples of a scenario and counts what becomes of some measures.
///
/// # Errors
/// A design that cannot be drawn.
pub(crate) fn simulate_measures(
    scenario: &Scenario,
    draws: u64,
    measures: &[Measure],
) -> Result<Counted, StratumError> {
    let truths: Vec<Option<f64>> = measures.iter().map(|measure| scenario.value(*measure)).collect();
    let corrected = scenario.target == Target::Frame;
    let batch = |batch: u64| {
        let mut sums = Counted::new();
        let mut generator = Generator::of(&format!("{SEED}|{}|{batch}", scenario.label()));
        for _ in 0..BATCH.min(draws - batch * BATCH) {
            let drawn = draw(scenario, &mut generator)?;
            for (place, (measure, truth)) in measures.iter().zip(&truths).enumerate() {
                let Some(truth) = *truth else { continue };
                add(&mut sums.methods[place], &drawn.outcomes(*measure, corrected), truth);
                add(&mut sums.candidates[place], &drawn.candidates(*measure, corrected), truth);
            }
        }
        Ok(sums)
    };
    let batches: Result<Vec<Counted>, StratumError> =
        (0..draws.div_ceil(BATCH)).into_par_iter().map(batch).collect();
    Ok(batches?.iter().fold(Counted::new(), |sum, one| sum.plus(one)))
}

/// The names of what [`bootstrap`] counts.
pub(crate) const BOOTSTRAPS: [&str; 3] = ["korn_graubard", "percentile", "bca"];

/// Draws samples of a scenario and bootstraps each.
///
/// # Errors
/// A design that cannot be drawn.
pub(crate) fn bootstrap(scenario: &Scenario, draws: u64) -> Result<Tallies, StratumError> {
    let truths = MEASURES.map(|measure| scenario.value(measure));
    let outcomes = |draw_number: u64| {
        let label = format!("{SEED}|bootstrap|{}|{draw_number}", scenario.label());
        let drawn = draw(scenario, &mut Generator::of(&label))?;
        Ok(bootstrapped(&drawn, label))
    };
    let all: Result<Vec<_>, StratumError> = (0..draws).into_par_iter().map(outcomes).collect();
    let mut sums = vec![vec![Tally::default(); BOOTSTRAPS.len()]; MEASURES.len()];
    for of_measures in all? {
        for ((tallies, outcomes), truth) in sums.iter_mut().zip(of_measures).zip(truths) {
            truth.into_iter().for_each(|truth| add(tallies, &outcomes, truth));
        }
    }
    Ok(sums)
}

/// For each measure the outcomes by [`BOOTSTRAPS`]; nothing where the sample cannot be resampled.
fn bootstrapped(drawn: &Drawn, seed: String) -> [[Outcome; 3]; 4] {
    let Ok(sample) = ReviewedSample::of_tables(&drawn.tables) else { return Default::default() };
    let options = BootstrapOptions { replicates: REPLICATES, ..BootstrapOptions::new(seed) };
    let replicates = sample.bootstrap(&options);
    MEASURES.map(|measure| {
        let found = replicates.estimate(Estimand::of(measure, 0), ConfidenceLevel::NINETY_FIVE);
        let (estimate, se) = (found.estimate.ok(), found.se.ok());
        let by = |interval: Result<ConfidenceInterval, _>| Outcome {
            estimate,
            se,
            limits: interval.ok().map(|interval| [interval.lower(), interval.upper()]),
        };
        let [korn_graubard, ..] = drawn.outcomes(measure, true);
        [korn_graubard, by(found.percentile), by(found.bca)]
    })
}

fn add(tallies: &mut [Tally], outcomes: &[Outcome], truth: f64) {
    tallies.iter_mut().zip(outcomes).for_each(|(tally, outcome)| tally.add(outcome, truth));
}

/// One sample: simple random without replacement in each stratum.
fn draw(scenario: &Scenario, generator: &mut Generator) -> Result<Drawn, StratumError> {
    let frame = match scenario.target {
        Target::Frame => scenario.frame(),
        Target::Process => scenario.random_frame(generator),
    };
    let sizes = scenario.design.strata.iter().zip(&frame);
    let register: Vec<PostStratifiedStratum> =
        sizes.map(|((_, reviewed), cells)| stratum(*cells, *reviewed, generator)).collect();
    let tables = StratifiedTwoByTwo::new(register.iter().map(|one| one.stratum).collect())?;
    Ok(Drawn { tables, register })
}

fn stratum(frame: TwoByTwo, reviewed: u64, generator: &mut Generator) -> PostStratifiedStratum {
    let table = without_replacement(frame, reviewed, generator);
    let stratum = TwoByTwoStratum {
        population: frame.total(),
        reviewed,
        answered: reviewed,
        table,
        register: Some(register(frame)),
    };
    PostStratifiedStratum { stratum, reviewed: register(table) }
}

fn register(table: TwoByTwo) -> RegisterCounts {
    RegisterCounts { yes: table.tp + table.fp, no: table.fn_ + table.tn }
}

/// `reviewed` of the records, one after the other, each of the remaining equally likely.
fn without_replacement(frame: TwoByTwo, reviewed: u64, generator: &mut Generator) -> TwoByTwo {
    let mut left = frame.cells();
    let mut drawn = [0; 4];
    for _ in 0..reviewed {
        let mut place = generator.below(left.iter().sum());
        let mut cell = 0;
        while place >= left[cell] {
            place -= left[cell];
            cell += 1;
        }
        left[cell] -= 1;
        drawn[cell] += 1;
    }
    TwoByTwo { tp: drawn[0], fp: drawn[1], fn_: drawn[2], tn: drawn[3] }
}

impl Counted {
    fn new() -> Self {
        let tallies = |methods: usize| vec![vec![Tally::default(); methods]; MEASURES.len()];
        Counted { methods: tallies(METHODS.len()), candidates: tallies(CANDIDATES.len()) }
    }

    fn plus(self, other: &Counted) -> Self {
        let add = |own: Tallies, other: &Tallies| {
            let both = own.into_iter().zip(other);
            both.map(|(own, other)| own.iter().zip(other).map(|(one, two)| one.plus(two)).collect()).collect()
        };
        Counted {
            methods: add(self.methods, &other.methods),
            candidates: add(self.candidates, &other.candidates),
        }
    }
}
