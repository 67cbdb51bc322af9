//! Agreement beyond chance: Cohen's kappa and Gwet's AC1.
//!
//! ```text
//! coefficient γ = (p₀ − pₑ) / (1 − pₑ)
//!
//! κ:   pₑ = Σᵢ pᵢ. p.ᵢ                            cᵢⱼ = p.ᵢ + pⱼ.
//! AC1: pₑ = Σᵢ πᵢ (1 − πᵢ) / (k − 1)              cᵢⱼ = (2 − πᵢ − πⱼ) / (k − 1)        πᵢ = (pᵢ. + p.ᵢ)/2
//!
//! SE² = Σᵢⱼ pᵢⱼ (sᵢⱼ − s̄)² / ( n (1 − pₑ)² )      sᵢⱼ = [i = j] − (1 − γ) cᵢⱼ,   s̄ their mean
//! ```
//!
//! Written out, this is the standard error of Fleiss, Cohen and Everitt for κ and that of Gwet for AC1; as a sum of
//! squares it cannot turn negative. p₀ and pₑ of κ are computed in whole numbers, so that κ is exactly 0 where
//! it is.
//!
//! The interval is γ ± z SE, cut at −1 and 1. Where all scores s are equal the standard error is 0: full agreement, one
//! reviewer constant, or half and half of the two disagreements. Then there is no interval, never 1.00 (1.00–1.00).
//! κ is not estimable when both reviewers give the same single answer throughout (pₑ = 1).
//!
//! References: Cohen J. A coefficient of agreement for nominal scales. Educational and Psychological Measurement
//! 1960; 20: 37–46. <https://doi.org/10.1177/001316446002000104>
//! Fleiss JL, Cohen J, Everitt BS. Large sample standard errors of kappa and weighted kappa. Psychological Bulletin
//! 1969; 72: 323–327. <https://doi.org/10.1037/h0028106>
//! Gwet KL. Computing inter-rater reliability and its variance in the presence of high agreement. British Journal of
//! Mathematical and Statistical Psychology 2008; 61: 29–48. <https://doi.org/10.1348/000711006X126600>

use super::AgreementTable;
use crate::stats::proportion::MAX_TRIALS;
use crate::stats::{ConfidenceInterval, ConfidenceLevel, Method, Reason};

/// Scores that differ by less are equal.
const EQUAL_SCORES: f64 = 1e-12;

/// A coefficient of agreement with its standard error and interval, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// The point estimate.
    pub value: Result<f64, Reason>,
    /// The large-sample standard error; not defined for what has exact limits.
    pub standard_error: Result<f64, Reason>,
    /// The confidence interval.
    pub interval: Result<ConfidenceInterval, Reason>,
}

impl Coefficient {
    /// Nothing, for one reason.
    pub(super) fn missing(reason: Reason) -> Self {
        Coefficient { value: Err(reason), standard_error: Err(reason), interval: Err(reason) }
    }

    /// γ ± z SE, cut at −1 and 1.
    fn wald(value: f64, standard_error: f64, level: ConfidenceLevel) -> Self {
        let margin = level.z() * standard_error;
        let limits = ((value - margin).max(-1.0), (value + margin).min(1.0));
        let interval = ConfidenceInterval::new(limits.0, limits.1, level, Method::WaldAgreement);
        let has_width = standard_error > 0.0;
        Coefficient {
            value: Ok(value),
            standard_error: Ok(standard_error),
            interval: has_width.then_some(interval).ok_or(Reason::NotDefined),
        }
    }
}

impl AgreementTable {
    /// Cohen's kappa, unweighted. Not defined for more than 10¹⁵ records.
    pub fn kappa(&self, level: ConfidenceLevel) -> Coefficient {
        if self.records() > MAX_TRIALS {
            return Coefficient::missing(Reason::NotDefined);
        }
        let margins = self.margins();
        let n = i128::from(self.records());
        let by_chance: i128 =
            margins.iter().map(|(row, column)| i128::from(*row) * i128::from(*column)).sum();
        let possible = n * n - by_chance;
        if possible == 0 {
            return Coefficient::missing(Reason::NotEstimable);
        }
        let beyond_chance = n * i128::from(self.raw_agreement().events()) - by_chance;
        let value = beyond_chance as f64 / possible as f64;
        let share = |count: u64| count as f64 / n as f64;
        let chance = |i: usize, j: usize| share(margins[i].1) + share(margins[j].0);
        let deviation = self.deviation_of_scores(1.0 - value, chance);
        Coefficient::wald(value, deviation * ((n * n) as f64 / possible as f64), level)
    }

    /// Gwet's AC1.
    pub fn ac1(&self, level: ConfidenceLevel) -> Coefficient {
        let n = self.records() as f64;
        let Some(agreement) = self.raw_agreement().estimate() else {
            return Coefficient::missing(Reason::NotEstimable);
        };
        let mean: Vec<f64> =
            self.margins().iter().map(|(row, column)| (*row as f64 + *column as f64) / (2.0 * n)).collect();
        let others = self.categories() as f64 - 1.0;
        let by_chance = mean.iter().map(|share| share * (1.0 - share)).sum::<f64>() / others;
        let value = (agreement - by_chance) / (1.0 - by_chance);
        let chance = |i: usize, j: usize| (2.0 - mean[i] - mean[j]) / others;
        let deviation = self.deviation_of_scores(1.0 - value, chance);
        Coefficient::wald(value, deviation / (1.0 - by_chance), level)
    }

    /// Row and column total of each category.
    fn margins(&self) -> Vec<(u64, u64)> {
        let all = 0..self.categories();
        let row = |i: usize| all.clone().map(|j| self.count(i, j)).fold(0, u64::saturating_add);
        let column = |j: usize| all.clone().map(|i| self.count(i, j)).fold(0, u64::saturating_add);
        all.clone().map(|i| (row(i), column(i))).collect()
    }

    /// √( Σ pᵢⱼ (sᵢⱼ − s̄)² / n ) for the scores s = [i = j] − factor · chance; exactly 0 when they are equal.
    fn deviation_of_scores(&self, factor: f64, chance: impl Fn(usize, usize) -> f64) -> f64 {
        let n = self.records() as f64;
        let k = self.categories();
        let score = |cell: usize| f64::from(cell / k == cell % k) - factor * chance(cell / k, cell % k);
        let filled = || (0..k * k).map(|cell| (self.count(cell / k, cell % k) as f64 / n, score(cell)));
        let filled = || filled().filter(|(share, _)| *share > 0.0);
        let mean: f64 = filled().map(|(share, score)| share * score).sum();
        if filled().all(|(_, score)| (score - mean).abs() < EQUAL_SCORES) {
            return 0.0;
        }
        (filled().map(|(share, score)| share * (score - mean).powi(2)).sum::<f64>() / n).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

    #[test]
    fn full_agreement_has_no_interval() {
        for table in [AgreementTable::yes_no(1, 0, 0, 999), AgreementTable::yes_no(1, 0, 0, 1)] {
            let kappa = table.kappa(LEVEL);
            assert_eq!((kappa.value, kappa.standard_error), (Ok(1.0), Ok(0.0)));
            assert_eq!(kappa.interval, Err(Reason::NotDefined));
            assert_eq!(table.ac1(LEVEL).interval, Err(Reason::NotDefined));
        }
    }

    #[test]
    fn one_constant_reviewer_gives_exactly_zero_and_no_interval() {
        let kappa = AgreementTable::yes_no(60, 40, 0, 0).kappa(LEVEL);
        assert_eq!((kappa.value, kappa.standard_error), (Ok(0.0), Ok(0.0)));
        assert_eq!(kappa.interval, Err(Reason::NotDefined));
    }

    #[test]
    fn kappa_is_not_estimable_when_both_reviewers_give_one_answer() {
        assert_eq!(
            AgreementTable::yes_no(7, 0, 0, 0).kappa(LEVEL),
            Coefficient::missing(Reason::NotEstimable)
        );
        assert_eq!(
            AgreementTable::yes_no(0, 0, 0, 0).kappa(LEVEL),
            Coefficient::missing(Reason::NotEstimable)
        );
        assert_eq!(AgreementTable::yes_no(7, 0, 0, 0).ac1(LEVEL).value, Ok(1.0));
    }

    /// Fleiss, Cohen & Everitt 1969, table 1: 200 subjects, three categories; kappa 0.429, standard error 0.054
    /// (variance 0.002885).
    #[test]
    fn kappa_agrees_with_fleiss_cohen_and_everitt_1969() {
        let rows = [vec![106, 10, 4], vec![22, 28, 10], vec![2, 12, 6]];
        let kappa = AgreementTable::new(&rows).unwrap().kappa(LEVEL);
        assert!((kappa.value.unwrap() - 0.429).abs() < 5e-4, "{kappa:?}");
        assert!((kappa.standard_error.unwrap().powi(2) - 0.002885).abs() < 5e-6, "{kappa:?}");
    }

    #[test]
    fn exchanging_the_reviewers_changes_nothing() {
        let table = AgreementTable::new(&[vec![5, 2, 0], vec![7, 9, 1], vec![0, 3, 4]]).unwrap();
        let (kappa, exchanged) = (table.kappa(LEVEL), table.transposed().kappa(LEVEL));
        assert_eq!(kappa.value, exchanged.value);
        let ratio = kappa.standard_error.unwrap() / exchanged.standard_error.unwrap();
        assert!((ratio - 1.0).abs() < 1e-14);
    }
}
