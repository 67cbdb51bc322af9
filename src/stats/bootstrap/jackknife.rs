//! The acceleration, from leaving out one record at a time.
//!
//! ```text
//! a = Σ L³ / ( 6 (Σ L²)^1.5 ),     L_hj = √( (1 − f)(n − 1)/n ) ( t̄_h − t₍₋hj₎ )
//! ```
//!
//! t₍₋hj₎ is the estimate without record j of stratum h, whose other records weigh N/(n − 1); t̄_h is its mean over the
//! stratum. Σ L² is the jackknife variance of a stratified sample. Records of a stratum in the same cell have the same
//! value, which is therefore computed once for each cell.
//!
//! Strata with one record and those without variance contribute nothing. Where the estimate without some record is not
//! estimable, or none of them changes it, a is not defined.
//!
//! References: Efron B, Tibshirani RJ. An introduction to the bootstrap. Chapman & Hall 1993, equation 14.15.
//! <https://doi.org/10.1201/9780429246593>
//! Jones HL. Jackknife estimation of functions of stratum means. Biometrika 1974; 61: 343–348. <https://doi.org/10.1093/biomet/61.2.343>

use super::rescaling::unseen;
use super::{BootstrapOptions, Cell, Estimand, ReviewedSample, ReviewedStratum};

/// The cells of both indicators of an estimand.
type Cells = [[f64; 4]; 2];

/// a; `None` where it is not defined.
pub(super) fn acceleration(
    sample: &ReviewedSample,
    estimand: Estimand,
    options: &BootstrapOptions,
) -> Option<f64> {
    let strata: Vec<Tallied> =
        sample.strata().iter().map(|stratum| Tallied::new(stratum, estimand)).collect();
    let others = sums_of_others(&strata);
    let (mut squares, mut cubes) = (0.0, 0.0);
    for (stratum, others) in strata.iter().zip(&others).filter(|(stratum, _)| stratum.reviewed > 1) {
        let n = stratum.reviewed as f64;
        let scale = unseen(stratum.population, stratum.reviewed, options) * (n - 1.0) / n;
        if scale > 0.0 {
            for (count, deviation) in stratum.deviations(others, estimand)? {
                squares += count * scale * deviation.powi(2);
                cubes += count * scale.powf(1.5) * deviation.powi(3);
            }
        }
    }
    (squares > 0.0).then(|| cubes / (6.0 * squares.powf(1.5)))
}

/// A stratum with its records counted by their cells for both indicators.
struct Tallied {
    population: u64,
    reviewed: usize,
    classes: Vec<Class>,
}

/// Records that are alike.
struct Class {
    count: f64,
    cells: [Option<Cell>; 2],
}

impl Tallied {
    fn new(stratum: &ReviewedStratum, estimand: Estimand) -> Self {
        let [one, other] = estimand.indicators();
        let mut classes: Vec<Class> = Vec::new();
        for record in &stratum.records {
            let cells = [one, other].map(|indicator| record.get(indicator).copied().flatten());
            match classes.iter_mut().find(|class| class.cells == cells) {
                Some(class) => class.count += 1.0,
                None => classes.push(Class { count: 1.0, cells }),
            }
        }
        Tallied { population: stratum.population, reviewed: stratum.records.len(), classes }
    }

    /// The cells with this weight for each record, and with one record of a class left out.
    fn cells(&self, weight: f64, without: Option<usize>) -> Cells {
        let mut cells = Cells::default();
        for (index, class) in self.classes.iter().enumerate() {
            let count = if without == Some(index) { class.count - 1.0 } else { class.count };
            for (cells, cell) in cells.iter_mut().zip(class.cells) {
                cell.iter().for_each(|cell| cells[*cell as usize] += weight * count);
            }
        }
        cells
    }

    /// N / n; 0 where no record was reviewed.
    fn weight(&self) -> f64 {
        if self.reviewed == 0 { 0.0 } else { self.population as f64 / self.reviewed as f64 }
    }

    /// For each class its number of records and t̄ − t₍₋j₎.
    fn deviations(&self, others: &Cells, estimand: Estimand) -> Option<Vec<(f64, f64)>> {
        let weight = self.population as f64 / (self.reviewed as f64 - 1.0);
        let without = |index| estimand.value(sum(*others, self.cells(weight, Some(index))));
        let values: Vec<f64> = (0..self.classes.len()).map(without).collect::<Option<_>>()?;
        let counts = self.classes.iter().map(|class| class.count);
        // Measured from the first, the mean of equal values is exact.
        let first = values.first().copied().unwrap_or_default();
        let mean = counts.clone().zip(&values).map(|(count, value)| count * (value - first)).sum::<f64>()
            / self.reviewed as f64;
        Some(counts.zip(&values).map(|(count, value)| (count, mean - (value - first))).collect())
    }
}

/// The weighted cells of all strata but each: sums of what is not negative, so that 0 stays exactly 0.
fn sums_of_others(strata: &[Tallied]) -> Vec<Cells> {
    let mut sums = vec![Cells::default(); strata.len()];
    let mut before = Cells::default();
    for (sums, stratum) in sums.iter_mut().zip(strata) {
        *sums = before;
        before = sum(before, stratum.cells(stratum.weight(), None));
    }
    let mut after = Cells::default();
    for (sums, stratum) in sums.iter_mut().zip(strata).rev() {
        *sums = sum(*sums, after);
        after = sum(after, stratum.cells(stratum.weight(), None));
    }
    sums
}

fn sum(one: Cells, other: Cells) -> Cells {
    std::array::from_fn(|indicator| std::array::from_fn(|cell| one[indicator][cell] + other[indicator][cell]))
}
