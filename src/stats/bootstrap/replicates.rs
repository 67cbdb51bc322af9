//! Resampling, and the weighted cells of every replicate.

use rayon::prelude::*;

use super::lanes::{Row, WIDTH, counted, lanes};
use super::rescaling::Rescaling;
use super::words::{Places, Words};
use super::{BootstrapOptions, BootstrapScheme, ReviewedSample, ReviewedStratum};

/// The weighted cells of every replicate, all indicators together.
#[derive(Debug, Clone)]
pub struct Replicates<'s> {
    pub(super) sample: &'s ReviewedSample,
    pub(super) options: BootstrapOptions,
    /// The weighted cells of the sample itself.
    pub(super) observed: Vec<f64>,
    /// The same of each replicate, one after the other.
    pub(super) totals: Vec<f64>,
}

/// What a reader of bootstrap intervals must know. Strata are counted from 0 in the order they were given.
#[derive(Debug, Clone, PartialEq)]
pub enum BootstrapWarning {
    /// These strata have one reviewed record of several, which cannot be resampled: the variance is too small.
    NotResampled {
        /// The strata.
        strata: Vec<usize>,
    },
    /// These strata have no reviewed record; the estimate is of the rest of the frame.
    NotCovered {
        /// The strata.
        strata: Vec<usize>,
    },
    /// The naive bootstrap understates the variance by the factor (n − 1)/n in each stratum.
    Naive,
}

/// Replicates that one thread makes in a row.
const ROW_OF_REPLICATES: usize = 64;

/// Replicates between two reports of progress.
const REPORTED: usize = 64 * ROW_OF_REPLICATES;

impl ReviewedSample {
    /// Resamples the records of each stratum, for all indicators at once.
    ///
    /// ```
    /// use hjertekommidt::stats::{BootstrapOptions, ConfidenceLevel, Estimand, Measure, ReviewedSample, TwoByTwo};
    ///
    /// let sample = ReviewedSample::of_table(TwoByTwo { tp: 231, fp: 32, fn_: 27, tn: 54 }, 0)?;
    /// let options = BootstrapOptions { finite_population_correction: false, ..BootstrapOptions::new("an example") };
    /// let replicates = sample.bootstrap(&options);
    /// let found = replicates.estimate(Estimand::of(Measure::Youden, 0), ConfidenceLevel::NINETY_FIVE);
    /// assert_eq!(format!("{:.3}", found.estimate.unwrap()), "0.523");
    /// assert!(found.bca.unwrap().contains(0.523));
    /// # Ok::<(), hjertekommidt::stats::ReviewedSampleError>(())
    /// ```
    pub fn bootstrap(&self, options: &BootstrapOptions) -> Replicates<'_> {
        self.bootstrap_with_progress(options, &|_| ())
    }

    /// The same, telling now and then how many replicates are done.
    pub fn bootstrap_with_progress(&self, options: &BootstrapOptions, tell: &dyn Fn(u64)) -> Replicates<'_> {
        let width = 4 * self.indicators();
        let resampling = Resampling::new(self, options);
        let mut totals = vec![0.0; options.replicates * width];
        for (block, totals) in totals.chunks_mut((REPORTED * width).max(1)).enumerate() {
            resampling.fill(block * REPORTED, totals);
            tell((block * REPORTED + totals.len() / width) as u64);
        }
        Replicates { sample: self, options: options.clone(), observed: observed(self), totals }
    }
}

impl Replicates<'_> {
    /// The weighted counts TP, FP, FN and TN of each indicator in each replicate.
    pub fn totals(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        self.totals.chunks_exact(self.observed.len().max(1))
    }

    /// What a reader must know.
    pub fn warnings(&self) -> Vec<BootstrapWarning> {
        let strata = |has: &dyn Fn(&ReviewedStratum) -> bool| -> Vec<usize> {
            let strata = self.sample.strata().iter().enumerate();
            strata.filter(|(_, stratum)| has(stratum)).map(|(index, _)| index).collect()
        };
        let lonely = strata(&|stratum| stratum.reviewed() == 1 && stratum.population > 1);
        let missed = strata(&|stratum| stratum.reviewed() == 0 && stratum.population > 0);
        let naive = self.options.scheme == BootstrapScheme::Naive;
        let lonely = (!lonely.is_empty()).then_some(BootstrapWarning::NotResampled { strata: lonely });
        let missed = (!missed.is_empty()).then_some(BootstrapWarning::NotCovered { strata: missed });
        [lonely, missed, naive.then_some(BootstrapWarning::Naive)].into_iter().flatten().collect()
    }
}

/// Σ w c of each cell.
fn observed(sample: &ReviewedSample) -> Vec<f64> {
    weighted(sample, |stratum| match stratum.reviewed() {
        0 => 0.0,
        n => stratum.population as f64 / n as f64,
    })
}

/// The cells of all records with the weight of their stratum.
fn weighted(sample: &ReviewedSample, weight: impl Fn(&ReviewedStratum) -> f64) -> Vec<f64> {
    let mut cells = vec![0.0; 4 * sample.indicators()];
    for stratum in sample.strata() {
        let weight = weight(stratum);
        for (cell, count) in cells.iter_mut().zip(stratum.counts(sample.indicators())) {
            *cell += weight * count as f64;
        }
    }
    cells
}

/// The sample, made ready for resampling.
struct Resampling {
    strata: Vec<Drawn>,
    /// What the records keep in every replicate.
    kept: Vec<f64>,
    /// Draws of a replicate.
    draws: usize,
    words: Words,
}

/// A stratum that varies.
struct Drawn {
    rescaling: Rescaling,
    /// The records, for twelve indicators each.
    rows: Vec<Vec<Row>>,
}

/// What a thread works with.
#[derive(Clone)]
struct Desk {
    words: Words,
    places: Places,
}

impl Resampling {
    fn new(sample: &ReviewedSample, options: &BootstrapOptions) -> Self {
        let rescaling =
            |stratum: &ReviewedStratum| Rescaling::new(stratum.population, stratum.reviewed(), options);
        let varying = sample.strata().iter().filter(|stratum| rescaling(stratum).draws > 0);
        let drawn = |stratum: &ReviewedStratum| Drawn {
            rescaling: rescaling(stratum),
            rows: lanes(stratum, sample.indicators()),
        };
        let strata: Vec<Drawn> = varying.map(drawn).collect();
        Resampling {
            draws: strata.iter().map(|stratum| stratum.rescaling.draws).sum(),
            strata,
            kept: weighted(sample, |stratum| rescaling(stratum).kept),
            words: Words::of(&options.seed),
        }
    }

    /// The replicates from this one on, on all threads.
    fn fill(&self, first: usize, totals: &mut [f64]) {
        let width = self.kept.len();
        let rows = totals.par_chunks_mut(ROW_OF_REPLICATES * width).enumerate();
        rows.for_each_init(
            || self.desk(),
            |desk, (row, totals)| {
                for (place, totals) in totals.chunks_exact_mut(width).enumerate() {
                    self.replicate(first + row * ROW_OF_REPLICATES + place, desk, totals);
                }
            },
        );
    }

    fn desk(&self) -> Desk {
        Desk { words: self.words.clone(), places: Places::default() }
    }

    /// Draws in each stratum, then adds what the draws are worth.
    fn replicate(&self, number: usize, Desk { words, places }: &mut Desk, totals: &mut [f64]) {
        words.restart(number as u64, self.draws);
        totals.copy_from_slice(&self.kept);
        for stratum in &self.strata {
            words.draw(stratum.rows[0].len() as u32, stratum.rescaling.draws, places);
            match places.far.is_empty() {
                true => stratum.add(&places.near, totals),
                false => stratum.add(&places.far, totals),
            }
        }
    }
}

impl Drawn {
    /// Adds what the drawn records are worth to the cells.
    fn add<P: Copy + Into<u32>>(&self, places: &[P], totals: &mut [f64]) {
        for (rows, totals) in self.rows.iter().zip(totals.chunks_mut(WIDTH)) {
            for (total, count) in totals.iter_mut().zip(counted(rows, places)) {
                *total += self.rescaling.gained * f64::from(count);
            }
        }
    }
}
