//! Agreement of two reviewers, weighted by the design.
//!
//! In stratum h, N records are in the frame and m were read by both reviewers; both gave an answer in one of k categories for the records
//! of its table. The second readings are a random part of the stratum, so that a record weighs
//!
//! ```text
//! w = N / m                          pᵢⱼ = Σ w cᵢⱼ / D        D = Σ w c, the weight of all records of the tables
//!
//! γ = (p₀ − pₑ) / (1 − pₑ)           κ:   pₑ = Σᵢ pᵢ. p.ᵢ                   cᵢⱼ = p.ᵢ + pⱼ.
//!                                    AC1: pₑ = Σᵢ πᵢ (1 − πᵢ)/(k − 1)       cᵢⱼ = (2 − πᵢ − πⱼ)/(k − 1),  πᵢ = (pᵢ. + p.ᵢ)/2
//!
//! z = (sᵢⱼ − s̄) / ( (1 − pₑ) D )     sᵢⱼ = [i = j] − (1 − γ) cᵢⱼ,  s̄ = Σ pᵢⱼ sᵢⱼ;   z = 0 outside the tables
//! V = Σ (1 − f) N² S²(z) / m         f = m / N
//! ```
//!
//! 1 − γ is the share of disagreements among those expected by chance, Σ pᵢⱼ over i ≠ j over 1 − pₑ, so that full agreement is exactly 1.
//! These are the scores of the unweighted standard error (`agreement/chance_corrected`), with the variance of a
//! stratified sample.
//!
//! The interval is γ ± t(df) √V, cut at −1 and 1, with the degrees of freedom of a weighted proportion whose denominator are the records of
//! the tables. Where V is 0 there is none, and never 1.00 (1.00–1.00): full agreement, one reviewer constant, or strata without
//! variance. κ is not estimable where both reviewers give the same single answer throughout. Raw agreement is a weighted proportion.
//!
//! *Weighted kappa* in the usual sense weighs disagreements of ordered categories; this one weighs records, and is called
//! design-weighted throughout.
//!
//! References: Cohen 1960, Fleiss, Cohen & Everitt 1969 and Gwet 2008 as for the unweighted coefficients.
//! Lumley T. Complex surveys. Wiley 2010, section 2.3 and `svykappa`. <https://doi.org/10.1002/9780470580066>

use std::fmt;

use super::estimate::ratio;
use super::linearised::variance_of_total;
use super::{LonelyStratum, Stratum, StratumError, WeightedEstimate, WeightedOptions};
use crate::stats::quantile::student_t;
use crate::stats::{AgreementTable, Coefficient, ConfidenceInterval, Method, Reason};

/// Scores that differ by less are equal.
const EQUAL_SCORES: f64 = 1e-12;

/// The double readings of one stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementStratum {
    /// N, the records of the stratum in the frame.
    pub population: u64,
    /// m, the records that both reviewers read, in the table or not.
    pub double_read: u64,
    /// The answers of both.
    pub table: AgreementTable,
}

/// Design-weighted coefficients of agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedAgreement {
    /// Raw agreement.
    pub raw: WeightedEstimate,
    /// Cohen's kappa.
    pub kappa: Coefficient,
    /// Gwet's AC1.
    pub ac1: Coefficient,
}

/// The agreement over all strata.
///
/// ```
/// use hjertekommidt::stats::{AgreementStratum, AgreementTable, WeightedOptions, weighted_agreement};
///
/// let stratum = |population, table: AgreementTable| AgreementStratum {
///     population,
///     double_read: table.records(),
///     table,
/// };
/// let strata = [
///     stratum(1000, AgreementTable::yes_no(14, 2, 1, 3)),
///     stratum(100, AgreementTable::yes_no(4, 3, 2, 11)),
/// ];
/// let found = weighted_agreement(&strata, &WeightedOptions::default())?;
/// assert_eq!(format!("{:.3}", found.kappa.value.unwrap()), "0.594");
/// assert_eq!(found.raw.estimate, Ok((50.0 * 17.0 + 5.0 * 15.0) / 1100.0));
/// # Ok::<(), hjertekommidt::stats::WeightedAgreementError>(())
/// ```
///
/// # Errors
/// More answers than double readings, or more of them than records in the frame; tables with differing numbers of categories.
pub fn weighted_agreement(
    strata: &[AgreementStratum],
    options: &WeightedOptions,
) -> Result<WeightedAgreement, WeightedAgreementError> {
    let categories = strata.first().map_or(2, |stratum| stratum.table.categories());
    for (index, stratum) in strata.iter().enumerate() {
        stratum.counts().check(index)?;
        if stratum.table.categories() != categories {
            return Err(WeightedAgreementError::Categories { stratum: index });
        }
    }
    let counts: Vec<Stratum> = strata.iter().map(AgreementStratum::counts).collect();
    let raw = ratio(&counts, options);
    let shares = Shares::of(strata, categories);
    let coefficient = |chance: Option<Chance>| match chance {
        Some(chance) => shares.coefficient(&chance, strata, raw.df, options),
        None => missing(Reason::NotEstimable),
    };
    let (kappa, ac1) = (coefficient(shares.cohen()), coefficient(shares.gwet()));
    Ok(WeightedAgreement { raw, kappa, ac1 })
}

impl AgreementStratum {
    /// Raw agreement as a proportion of the records of the table.
    fn counts(&self) -> Stratum {
        let agreed = self.table.raw_agreement();
        Stratum {
            population: self.population,
            reviewed: self.double_read,
            answered: self.double_read,
            domain: agreed.trials(),
            events: agreed.events(),
            known_domain: None,
        }
    }

    fn weight(&self) -> f64 {
        if self.double_read == 0 { 0.0 } else { self.population as f64 / self.double_read as f64 }
    }
}

fn missing(reason: Reason) -> Coefficient {
    Coefficient { value: Err(reason), standard_error: Err(reason), interval: Err(reason) }
}

/// pᵢⱼ with its margins.
struct Shares {
    k: usize,
    cells: Vec<f64>,
    rows: Vec<f64>,
    columns: Vec<f64>,
    /// D; 0 without any record.
    weight: f64,
}

/// What agreement is measured against.
struct Chance {
    /// 1 − γ
    beyond: f64,
    /// 1 − pₑ
    possible: f64,
    /// cᵢⱼ
    scores: Vec<f64>,
}

impl Shares {
    fn of(strata: &[AgreementStratum], k: usize) -> Self {
        let cell = |cell: usize| -> f64 {
            strata.iter().map(|one| one.weight() * one.table.count(cell / k, cell % k) as f64).sum()
        };
        let totals: Vec<f64> = (0..k * k).map(cell).collect();
        let weight: f64 = totals.iter().sum();
        let cells: Vec<f64> = totals.iter().map(|total| total / weight).collect();
        let row = |i: usize| cells[i * k..(i + 1) * k].iter().sum();
        let column = |j: usize| cells[j..].iter().step_by(k).sum();
        Shares { k, rows: (0..k).map(row).collect(), columns: (0..k).map(column).collect(), cells, weight }
    }

    /// Pairs of differing categories.
    fn differing(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.k * self.k).map(|cell| (cell / self.k, cell % self.k)).filter(|(i, j)| i != j)
    }

    /// Σ pᵢⱼ over i ≠ j
    fn disagreement(&self) -> f64 {
        self.differing().map(|(i, j)| self.cells[i * self.k + j]).sum()
    }

    /// `None` where both reviewers give the same single answer, or no record was read.
    fn cohen(&self) -> Option<Chance> {
        let possible: f64 = self.differing().map(|(i, j)| self.rows[i] * self.columns[j]).sum();
        let constant = |shares: &[f64]| shares.iter().filter(|share| **share > 0.0).count() == 1;
        // With a constant reviewer both sums are of the same terms but for rounding.
        let by_chance = constant(&self.rows) || constant(&self.columns);
        let beyond = if by_chance { 1.0 } else { self.disagreement() / possible };
        let score = |cell: usize| self.columns[cell / self.k] + self.rows[cell % self.k];
        let scores = (0..self.k * self.k).map(score).collect();
        (self.weight > 0.0 && possible > 0.0).then_some(Chance { beyond, possible, scores })
    }

    /// `None` where no record was read.
    fn gwet(&self) -> Option<Chance> {
        let others = self.k as f64 - 1.0;
        let mean: Vec<f64> =
            self.rows.iter().zip(&self.columns).map(|(row, column)| (row + column) / 2.0).collect();
        let possible = 1.0 - mean.iter().map(|share| share * (1.0 - share)).sum::<f64>() / others;
        let score = |cell: usize| (2.0 - mean[cell / self.k] - mean[cell % self.k]) / others;
        let scores = (0..self.k * self.k).map(score).collect();
        (self.weight > 0.0).then(|| Chance { beyond: self.disagreement() / possible, possible, scores })
    }

    fn coefficient(
        &self,
        chance: &Chance,
        strata: &[AgreementStratum],
        df: u64,
        options: &WeightedOptions,
    ) -> Coefficient {
        let value = 1.0 - chance.beyond;
        let lonely = strata.iter().any(|one| one.double_read == 1 && one.population > 1);
        if lonely && options.lonely == LonelyStratum::Refuse {
            return Coefficient { value: Ok(value), ..missing(Reason::NotEstimable) };
        }
        let residuals = self.residuals(chance);
        let variance: f64 = strata.iter().map(|one| one.variance_of_total(&residuals, options)).sum();
        let se = variance.sqrt();
        Coefficient { value: Ok(value), standard_error: Ok(se), interval: interval(value, se, df, options) }
    }

    /// z of each cell; exactly 0 where all scores are equal.
    fn residuals(&self, chance: &Chance) -> Vec<f64> {
        let agrees = |cell: usize| f64::from(cell / self.k == cell % self.k);
        let score = |cell: usize| agrees(cell) - chance.beyond * chance.scores[cell];
        let filled = || (0..self.cells.len()).filter(|cell| self.cells[*cell] > 0.0);
        let deviation = |cell: usize| -> f64 {
            filled().map(|other| self.cells[other] * (score(cell) - score(other))).sum()
        };
        if filled().all(|cell| deviation(cell).abs() < EQUAL_SCORES) {
            return vec![0.0; self.cells.len()];
        }
        (0..self.cells.len()).map(|cell| deviation(cell) / (chance.possible * self.weight)).collect()
    }
}

impl AgreementStratum {
    fn variance_of_total(&self, residuals: &[f64], options: &WeightedOptions) -> f64 {
        let k = self.table.categories();
        let count = |cell: usize| self.table.count(cell / k, cell % k) as f64;
        let outside = ((self.double_read - self.table.records()) as f64, 0.0);
        let records = residuals.iter().enumerate().map(|(cell, residual)| (count(cell), *residual));
        let records: Vec<(f64, f64)> = records.filter(|(count, _)| *count > 0.0).chain([outside]).collect();
        variance_of_total(self.population, self.double_read, &records, options)
    }
}

/// γ ± t √V, cut at −1 and 1.
fn interval(value: f64, se: f64, df: u64, options: &WeightedOptions) -> Result<ConfidenceInterval, Reason> {
    if df == 0 {
        return Err(Reason::NotEstimable);
    }
    if se == 0.0 {
        return Err(Reason::NotDefined);
    }
    let t = -student_t(options.level.tail(), df as f64).ok_or(Reason::NotEstimable)?;
    let limits = ((value - t * se).max(-1.0), (value + t * se).min(1.0));
    Ok(ConfidenceInterval::new(limits.0, limits.1, options.level, Method::Linearised))
}

/// Double readings that cannot be those of a stratified sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightedAgreementError {
    /// Counts that contradict each other.
    Counts(StratumError),
    /// Another number of categories than in the first stratum.
    Categories {
        /// Which stratum it is, counted from 0.
        stratum: usize,
    },
}

impl From<StratumError> for WeightedAgreementError {
    fn from(error: StratumError) -> Self {
        WeightedAgreementError::Counts(error)
    }
}

impl fmt::Display for WeightedAgreementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WeightedAgreementError::Counts(error) => error.fmt(f),
            WeightedAgreementError::Categories { stratum } => {
                write!(f, "stratum {} has another number of categories than the first", stratum + 1)
            }
        }
    }
}

impl std::error::Error for WeightedAgreementError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ConfidenceLevel;

    fn stratum(population: u64, table: AgreementTable) -> AgreementStratum {
        AgreementStratum { population, double_read: table.records(), table }
    }

    fn agreement(strata: &[AgreementStratum]) -> WeightedAgreement {
        weighted_agreement(strata, &WeightedOptions::default()).unwrap()
    }

    #[test]
    fn full_agreement_is_one_without_an_interval() {
        let yes_no = |a, d| AgreementTable::yes_no(a, 0, 0, d);
        let found = agreement(&[stratum(900, yes_no(7, 4)), stratum(70, yes_no(2, 9))]);
        for one in [found.kappa, found.ac1] {
            assert_eq!((one.value, one.standard_error), (Ok(1.0), Ok(0.0)));
            assert_eq!(one.interval, Err(Reason::NotDefined));
        }
    }

    #[test]
    fn a_constant_reviewer_gives_exactly_zero_and_no_interval() {
        let constant = |a, b| AgreementTable::yes_no(a, b, 0, 0);
        for population in 50..250 {
            let found = agreement(&[stratum(population, constant(7, 4)), stratum(77, constant(3, 9))]).kappa;
            assert_eq!((found.value, found.standard_error), (Ok(0.0), Ok(0.0)));
            assert_eq!(found.interval, Err(Reason::NotDefined));
        }
    }

    #[test]
    fn one_answer_from_both_leaves_no_kappa_and_an_ac1_of_one() {
        let found = agreement(&[stratum(90, AgreementTable::yes_no(7, 0, 0, 0))]);
        assert_eq!(found.kappa, missing(Reason::NotEstimable));
        assert_eq!(found.ac1.value, Ok(1.0));
        assert_eq!(agreement(&[]).ac1, missing(Reason::NotEstimable));
    }

    /// One stratum, no correction: the estimate is the plain one, and n/(n − 1) of its variance.
    #[test]
    fn with_equal_weights_it_is_the_unweighted_coefficient() {
        let table = AgreementTable::new(&[vec![15, 2, 0], vec![7, 9, 1], vec![0, 3, 4]]).unwrap();
        let options = WeightedOptions { finite_population_correction: false, ..WeightedOptions::default() };
        let found = weighted_agreement(&[stratum(500, table.clone())], &options).unwrap();
        let level = ConfidenceLevel::NINETY_FIVE;
        let n = table.records() as f64;
        for (found, plain) in [(found.kappa, table.kappa(level)), (found.ac1, table.ac1(level))] {
            assert!((found.value.unwrap() - plain.value.unwrap()).abs() < 1e-15);
            let ratio = found.standard_error.unwrap() / plain.standard_error.unwrap();
            assert!((ratio * ((n - 1.0) / n).sqrt() - 1.0).abs() < 1e-14, "{ratio}");
            let t = -student_t(0.025, n - 1.0).unwrap();
            let lower = found.value.unwrap() - t * found.standard_error.unwrap();
            assert!((found.interval.unwrap().lower() - lower).abs() < 1e-15);
        }
    }

    #[test]
    fn exchanging_the_reviewers_changes_nothing() {
        let tables = [(410, [9, 2, 4, 7]), (75, [3, 0, 2, 8])];
        let of = |exchanged: bool| {
            let strata = tables.map(|(population, [a, b, c, d])| {
                let table = AgreementTable::yes_no(a, b, c, d);
                stratum(population, if exchanged { table.transposed() } else { table })
            });
            agreement(&strata)
        };
        let (one, other) = (of(false), of(true));
        for (one, other) in [(one.kappa, other.kappa), (one.ac1, other.ac1)] {
            assert!((one.value.unwrap() - other.value.unwrap()).abs() < 1e-15);
            assert!((one.standard_error.unwrap() / other.standard_error.unwrap() - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn a_stratum_read_whole_adds_no_variance_under_the_correction() {
        let whole = stratum(22, AgreementTable::yes_no(9, 2, 4, 7));
        assert_eq!(agreement(std::slice::from_ref(&whole)).kappa.standard_error, Ok(0.0));
        let both = agreement(&[whole, stratum(75, AgreementTable::yes_no(3, 1, 2, 8))]);
        assert!(both.kappa.standard_error.unwrap() > 0.0 && both.raw.df == 13);
    }

    #[test]
    fn tables_that_do_not_fit_are_refused() {
        let table = AgreementTable::yes_no(9, 2, 4, 7);
        let refused = |strata: &[AgreementStratum]| {
            weighted_agreement(strata, &WeightedOptions::default()).unwrap_err().to_string()
        };
        let few = AgreementStratum { population: 50, double_read: 21, table: table.clone() };
        assert!(refused(&[few]).starts_with("stratum 1 has 50 records in the frame, 21 reviewed"));
        let three = AgreementTable::new(&vec![vec![1; 3]; 3]).unwrap();
        let text = refused(&[stratum(50, table), stratum(50, three)]);
        assert_eq!(text, "stratum 2 has another number of categories than the first");
    }
}
