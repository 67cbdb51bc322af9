//! Weighted figures where a stratum has small cells.
//!
//! A weighted estimate with all its digits gives the counts of the strata back: they are whole numbers, the weights are known, and
//! few counts fit sixteen digits. So where a stratum has a cell of 1 to `min_cell` − 1 persons, the weighted figures of every table that
//! it belongs to are rounded to what is printed, three decimals of a proportion, in the files too; and those of a cluster, of few strata,
//! are taken out.

use super::BootstrapShown;
use crate::accuracy::{Agreement, Assessed};
use crate::stats::{BootstrapEstimate, Coefficient, ConfidenceInterval, Reason, WeightedEstimate};

/// Three decimals: a tenth of a per cent, as tables print it.
const TENTHS: f64 = 1000.0;
/// Decimals of a per cent that are left of them.
pub(super) const TENTHS_LEFT: usize = 1;

/// How weighted figures may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Digits {
    /// All of them.
    All,
    /// As printed, in tenths of a per cent.
    Printed,
    /// None.
    Hidden,
}

impl Digits {
    /// Calibrated figures rest on the charts outside the table as well, whose counts may be hidden.
    pub(super) fn of_calibrated(self, outside_hidden: bool) -> Self {
        if outside_hidden && self == Digits::All { Digits::Printed } else { self }
    }

    /// A proportion as it may be shown.
    pub(super) fn of(self, proportion: f64) -> Result<f64, Reason> {
        match self {
            Digits::All => Ok(proportion),
            Digits::Printed => Ok(rounded(proportion)),
            Digits::Hidden => Err(Reason::Suppressed),
        }
    }

    /// The decimals of a per cent that are left; `None` for all.
    pub(super) fn left(self) -> Option<usize> {
        match self {
            Digits::All => None,
            Digits::Printed | Digits::Hidden => Some(TENTHS_LEFT),
        }
    }
}

/// Makes the weighted figures of a table as coarse as they must be.
pub(super) fn coarsen(assessed: &mut Assessed, digits: Digits) {
    let weighted = assessed.measures.iter_mut().map(|one| &mut one.weighted);
    let beside = assessed.unadjusted.iter_mut().chain(&mut assessed.by_design);
    weighted
        .chain(beside.map(|(_, estimate)| estimate))
        .for_each(|estimate| coarsen_estimate(estimate, digits));
}

/// Makes one weighted figure as coarse as it must be.
pub(super) fn coarsen_estimate(estimate: &mut WeightedEstimate, digits: Digits) {
    match digits {
        Digits::All => {}
        Digits::Printed => round(estimate),
        Digits::Hidden => hide(estimate),
    }
}

/// Two or three double readings of a stratum are small cells nearly always: their weighted coefficients are as printed, three
/// decimals, unless nothing need be hidden.
pub(super) fn coarsen_agreement(agreement: &mut Agreement, min_cell: u64) {
    let Some(weighted) = agreement.weighted.as_mut().filter(|_| min_cell > 1) else { return };
    for one in [&mut weighted.all_answers, &mut weighted.yes_no] {
        round(&mut one.raw);
        round_coefficient(&mut one.kappa);
        round_coefficient(&mut one.ac1);
    }
}

fn round_coefficient(one: &mut Coefficient) {
    one.value = one.value.map(rounded);
    one.standard_error = one.standard_error.map(rounded);
    one.interval = one.interval.map(|interval| interval.map(interval.method(), rounded));
}

fn round(estimate: &mut WeightedEstimate) {
    estimate.estimate = estimate.estimate.map(rounded);
    estimate.se = estimate.se.map(rounded);
    estimate.n_effective = estimate.n_effective.map(f64::round);
    estimate.weighted_domain = estimate.weighted_domain.round();
    let coarse = |interval: ConfidenceInterval| interval.map(interval.method(), rounded);
    estimate.interval = estimate.interval.map(coarse);
    estimate.coarse = Some(TENTHS_LEFT);
}

/// A bootstrap estimate, as coarse as the weighted figures beside it. How many replicates have a zero denominator tells of the
/// strata as well.
pub(super) fn coarsen_bootstrap(mut estimate: BootstrapEstimate) -> BootstrapShown {
    let coarse = |interval: ConfidenceInterval| interval.map(interval.method(), rounded);
    estimate.estimate = estimate.estimate.map(rounded);
    estimate.se = estimate.se.map(rounded);
    estimate.percentile = estimate.percentile.map(coarse);
    estimate.bca = estimate.bca.map(coarse);
    estimate.bias_correction = Err(Reason::Suppressed);
    estimate.acceleration = Err(Reason::Suppressed);
    estimate.undefined = 0;
    BootstrapShown { estimate, undefined: None, coarse: true }
}

pub(super) fn rounded(number: f64) -> f64 {
    (number * TENTHS).round() / TENTHS
}

/// A probability with two digits, small as it may be.
pub(super) fn two_digits(probability: f64) -> f64 {
    format!("{probability:.1e}").parse().unwrap_or(probability)
}

fn hide(estimate: &mut WeightedEstimate) {
    // What is not estimable, everybody may know.
    estimate.estimate = estimate.estimate.and(Err(Reason::Suppressed));
    estimate.se = estimate.se.and(Err(Reason::Suppressed));
    estimate.n_effective = estimate.n_effective.and(Err(Reason::Suppressed));
    estimate.interval = estimate.interval.and(Err(Reason::Suppressed));
    estimate.weighted_domain = 0.0;
    (estimate.complete, estimate.warnings) = (false, Vec::new());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Stratum, WeightedOptions, weighted_ratio};

    fn estimate() -> WeightedEstimate {
        let stratum = |population, events| Stratum {
            population,
            reviewed: 30,
            answered: 30,
            domain: 20,
            events,
            known_domain: None,
        };
        weighted_ratio(&[stratum(1000, 17), stratum(130, 1)], &WeightedOptions::default()).unwrap()
    }

    #[test]
    fn what_is_rounded_is_what_is_printed_and_tells_no_more() {
        let (fine, mut coarse) = (estimate(), estimate());
        round(&mut coarse);
        let text = |one: &WeightedEstimate| crate::report::weighted_text(one, crate::report::Style::ENGLISH);
        assert_eq!(text(&coarse), text(&fine));
        let thousandths = |number: f64| (number * 1000.0 - (number * 1000.0).round()).abs() < 1e-9;
        let interval = coarse.interval.unwrap();
        assert!(
            [coarse.estimate.unwrap(), coarse.se.unwrap(), interval.lower(), interval.upper()]
                .into_iter()
                .all(thousandths)
        );
        assert!(!thousandths(fine.estimate.unwrap()));
    }

    #[test]
    fn a_probability_keeps_two_digits_wherever_they_are() {
        assert_eq!([0.04371, 1.0, 0.999, 3.26e-9, 0.0].map(two_digits), [0.044, 1.0, 1.0, 3.3e-9, 0.0]);
    }

    #[test]
    fn what_is_hidden_has_no_number_left() {
        let mut hidden = estimate();
        hide(&mut hidden);
        assert_eq!((hidden.estimate, hidden.se), (Err(Reason::Suppressed), Err(Reason::Suppressed)));
        assert_eq!(hidden.interval, Err(Reason::Suppressed));
    }
}
