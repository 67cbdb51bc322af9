//! What a reader of the weighted figures sees of the tables of the strata: a few sums, which one chart changes quickly.
//!
//! With t the counts of the four cells in a stratum, n its reviewed charts, N its records and w = N/n,
//!
//! ```text
//! A = Σ w t                                                  the weighted cells
//! Q = Σ (1 − f) N² ( diag(t) − t t′/n ) / ( n (n − 1) )      the variance of the weighted cells
//! R = p·A / d·A        V = e·Q e        e = ( p − R d ) / d·A
//! ```
//!
//! for a measure with the cells p in its numerator and d in its denominator: the linearised estimate of `stats::stratified`. A stratum of one
//! chart contributes nothing here, whatever rule is declared for it: the sums lead a search, and what it finds is computed again in full.

use crate::stats::{Measure, TwoByTwo, TwoByTwoStratum};

/// The weight of a stratum's charts, and what makes a variance of their counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weight {
    reviewed: f64,
    weight: f64,
    /// (1 − f) N² / (n (n − 1))
    factor: f64,
}

impl Weight {
    /// `charts` are n, or those settled by the unadjusted weights.
    pub(super) fn new(population: u64, charts: u64, corrected: bool) -> Self {
        let (population, reviewed) = (population as f64, charts as f64);
        let weight = if charts == 0 { 0.0 } else { population / reviewed };
        let rest = if corrected { 1.0 - reviewed / population } else { 1.0 };
        let factor =
            if charts < 2 { 0.0 } else { rest * population * population / (reviewed * (reviewed - 1.0)) };
        Weight { reviewed, weight, factor }
    }
}

/// The weighted cells with their variance.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WeightedSums {
    cells: [f64; 4],
    form: [[f64; 4]; 4],
}

impl WeightedSums {
    /// The sums of all strata.
    pub(super) fn of(strata: &[TwoByTwoStratum], weights: &[Weight]) -> Self {
        let mut sums = WeightedSums::default();
        strata.iter().zip(weights).for_each(|(one, &weight)| sums.add(one.table, weight, 1.0));
        sums
    }

    /// A stratum with another table.
    pub(super) fn replace(&mut self, before: TwoByTwo, after: TwoByTwo, weight: Weight) {
        self.add(before, weight, -1.0);
        self.add(after, weight, 1.0);
    }

    fn add(&mut self, table: TwoByTwo, weight: Weight, sign: f64) {
        let counts = table.cells().map(|count| count as f64);
        for (place, count) in counts.into_iter().enumerate() {
            self.cells[place] += sign * weight.weight * count;
            self.form[place][place] += sign * weight.factor * count;
            for (other, beside) in counts.into_iter().enumerate() {
                self.form[place][other] -= sign * weight.factor * count * beside / weight.reviewed.max(1.0);
            }
        }
    }
}

/// The cells in the numerator and in the denominator of a measure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shares {
    part: [f64; 4],
    whole: [f64; 4],
}

impl Shares {
    /// `None` for a measure that is no share of charts.
    pub(super) fn of(measure: Measure) -> Option<Self> {
        if measure == Measure::PrevalenceDifference {
            return Some(Shares { part: [0.0, 1.0, -1.0, 0.0], whole: [1.0; 4] });
        }
        let mut shares = Shares { part: [0.0; 4], whole: [0.0; 4] };
        for (place, one) in one_chart_each().into_iter().enumerate() {
            let proportion = one.proportion(measure)?;
            shares.part[place] = proportion.events() as f64;
            shares.whole[place] = proportion.trials() as f64;
        }
        Some(shares)
    }

    /// The estimate and its standard error; `None` where the denominator is empty.
    pub(super) fn estimate(&self, sums: &WeightedSums) -> Option<[f64; 2]> {
        let dot =
            |one: &[f64; 4], other: &[f64; 4]| -> f64 { (0..4).map(|place| one[place] * other[place]).sum() };
        let whole = dot(&self.whole, &sums.cells);
        let share = dot(&self.part, &sums.cells) / whole;
        let scores: [f64; 4] =
            std::array::from_fn(|place| (self.part[place] - share * self.whole[place]) / whole);
        let variance: f64 = (0..4).map(|place| scores[place] * dot(&sums.form[place], &scores)).sum();
        (whole > 0.0).then(|| [share, variance.max(0.0).sqrt()])
    }
}

/// A table of one chart for each cell.
fn one_chart_each() -> [TwoByTwo; 4] {
    [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]].map(|[tp, fp, fn_, tn]| TwoByTwo {
        tp,
        fp,
        fn_,
        tn,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{StratifiedTwoByTwo, WeightedOptions};

    fn strata() -> Vec<TwoByTwoStratum> {
        let of = |population, reviewed, [tp, fp, fn_, tn]: [u64; 4]| {
            let table = TwoByTwo { tp, fp, fn_, tn };
            TwoByTwoStratum { population, reviewed, answered: reviewed, table, register: None }
        };
        vec![of(1000, 50, [20, 3, 7, 12]), of(90, 31, [9, 2, 4, 16]), of(7, 7, [2, 1, 0, 4])]
    }

    fn weights(strata: &[TwoByTwoStratum], corrected: bool) -> Vec<Weight> {
        strata.iter().map(|one| Weight::new(one.population, one.reviewed, corrected)).collect()
    }

    #[test]
    fn every_weighted_measure_and_its_standard_error_follow_from_the_sums() {
        let strata = strata();
        let tables = StratifiedTwoByTwo::new(strata.clone()).unwrap();
        for corrected in [true, false] {
            let options =
                WeightedOptions { finite_population_correction: corrected, ..WeightedOptions::default() };
            let sums = WeightedSums::of(&strata, &weights(&strata, corrected));
            for (measure, expected) in tables.estimates(&options) {
                let [estimate, se] = Shares::of(measure).unwrap().estimate(&sums).unwrap();
                assert!((estimate - expected.estimate.unwrap()).abs() < 1e-13, "{measure:?}");
                assert!((se - expected.se.unwrap()).abs() < 1e-13, "{measure:?}");
            }
        }
    }

    #[test]
    fn a_stratum_with_another_table_has_the_sums_of_that_table() {
        let mut strata = strata();
        let weights = weights(&strata, true);
        let mut sums = WeightedSums::of(&strata, &weights);
        let after = TwoByTwo { tp: 10, fp: 1, fn_: 5, tn: 15 };
        sums.replace(strata[1].table, after, weights[1]);
        strata[1].table = after;
        let anew = WeightedSums::of(&strata, &weights);
        for (one, other) in sums
            .cells
            .iter()
            .chain(sums.form.as_flattened())
            .zip(anew.cells.iter().chain(anew.form.as_flattened()))
        {
            assert!((one - other).abs() < 1e-9 * other.abs().max(1.0));
        }
    }

    #[test]
    fn a_measure_with_an_empty_denominator_has_no_estimate() {
        let none = WeightedSums::default();
        assert_eq!(Shares::of(Measure::Ppv).unwrap().estimate(&none), None);
        assert!(Shares::of(Measure::Kappa).is_none());
    }
}
