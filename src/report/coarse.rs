//! Weighted figures where a stratum has small cells.
//!
//! A weighted estimate with all its digits gives the counts of the strata back: they are whole numbers, the weights are known, and
//! few counts fit sixteen digits. So where a stratum has a cell of 1 to `min_cell` − 1 persons, the weighted figures of every table that
//! it belongs to are rounded to what is printed, three decimals of a proportion, in the files too; and those of parts are taken out: of a
//! cluster, of few strata, and of sexes, ages and years, whose figures tell of the same strata again and again. Where the hidden counts
//! would follow from the figures of the whole all the same, these are rounded to whole per cent, and where they follow from that, taken
//! out.

use super::BootstrapShown;
use crate::accuracy::{Agreement, Assessed};
use crate::protocol::{Disclosure, WeightedFigures};
use crate::stats::{
    BootstrapEstimate, Coefficient, ConfidenceInterval, Reason, WeightedEstimate, WeightedWarning,
};

/// Three decimals: a tenth of a per cent, as tables print it.
const TENTHS: f64 = 1000.0;
/// Decimals of a per cent that are left of them.
pub(super) const TENTHS_LEFT: usize = 1;
/// Two decimals.
const WHOLE_PER_CENT: f64 = 100.0;

/// How weighted figures may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Digits {
    /// All of them.
    All,
    /// As printed, in tenths of a per cent.
    Printed,
    /// In whole per cent, without a standard error.
    WholePerCent,
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
            Digits::WholePerCent => Ok(in_steps(proportion, WHOLE_PER_CENT)),
            Digits::Hidden => Err(Reason::Suppressed),
        }
    }

    /// The decimals of a per cent that are left; `None` for all.
    pub(super) fn left(self) -> Option<usize> {
        match self {
            Digits::All => None,
            Digits::Printed | Digits::Hidden => Some(TENTHS_LEFT),
            Digits::WholePerCent => Some(0),
        }
    }

    /// The steps from 0 to 1 in which shares are shown.
    pub(super) fn steps(self) -> f64 {
        if self == Digits::WholePerCent { WHOLE_PER_CENT } else { TENTHS }
    }
}

/// How fine the figures of one indicator in the whole study are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShownDigits {
    /// Those with the weights of the design.
    pub(super) weighted: Digits,
    /// Those with the weights N / a beside them.
    pub(super) unadjusted: Digits,
    /// The worst and the best case.
    pub(super) extremes: Digits,
    /// The other readings of what is missing.
    pub(super) readings: Digits,
}

impl ShownDigits {
    /// All of them.
    pub(super) const ALL: Self = ShownDigits {
        weighted: Digits::All,
        unadjusted: Digits::All,
        extremes: Digits::All,
        readings: Digits::All,
    };

    /// Where so few charts of a stratum were not read that their number is hidden, whole per cent at most of what tells it: the weights N / a.
    pub(super) fn of_unread(self, few: bool, allowed: WeightedFigures) -> Self {
        let most = match allowed {
            _ if !few => Digits::All,
            WeightedFigures::Printed => Digits::Printed,
            WeightedFigures::Protected => Digits::WholePerCent,
        };
        ShownDigits {
            unadjusted: self.unadjusted.max(self.weighted).max(most),
            extremes: self.extremes.max(self.weighted).max(most),
            ..self
        }
    }

    /// Of the table of another reading. Where that is coarser, the figures with the weights N / a would tell of the strata once more.
    pub(super) fn of_reading(self) -> Self {
        let unadjusted = if self.readings > Digits::Printed { Digits::Hidden } else { self.unadjusted };
        ShownDigits { weighted: self.readings, unadjusted, ..self }
    }
}

/// Makes the weighted figures of a table as coarse as they must be.
pub(super) fn coarsen(assessed: &mut Assessed, shown: ShownDigits) {
    let ShownDigits { weighted: digits, unadjusted: beside, .. } = shown;
    let weighted = assessed.measures.iter_mut().map(|one| &mut one.weighted);
    let by_design = assessed.by_design.iter_mut().map(|(_, estimate)| estimate);
    weighted.chain(by_design).for_each(|estimate| coarsen_estimate(estimate, digits));
    assessed.unadjusted.iter_mut().for_each(|(_, estimate)| coarsen_unadjusted(estimate, beside));
}

/// The same of a figure with the weights N / a. It stands beside another, and its limits would tell of the strata once more.
pub(super) fn coarsen_unadjusted(estimate: &mut WeightedEstimate, digits: Digits) {
    coarsen_estimate(estimate, digits);
    if digits != Digits::All {
        estimate.se = estimate.se.and(Err(Reason::Suppressed));
        estimate.interval = estimate.interval.and(Err(Reason::Suppressed));
    }
}

/// Makes one weighted figure as coarse as it must be.
pub(super) fn coarsen_estimate(estimate: &mut WeightedEstimate, digits: Digits) {
    match digits {
        Digits::All => {}
        Digits::Printed => round(estimate, TENTHS),
        Digits::WholePerCent => {
            round(estimate, WHOLE_PER_CENT);
            // Of two charts more or less it would tell at once.
            estimate.se = estimate.se.and(Err(Reason::Suppressed));
        }
        Digits::Hidden => hide(estimate),
    }
}

/// Two or three double readings of a stratum are small cells nearly always, and few readings that differ follow from few figures: unless
/// nothing need be hidden, their weighted coefficients are not shown, or as printed, in three decimals, with the data owner's leave.
pub(super) fn coarsen_agreement(agreement: &mut Agreement, disclosure: Disclosure) {
    let Some(weighted) = agreement.weighted.as_mut().filter(|_| disclosure.min_cell > 1) else { return };
    for one in [&mut weighted.all_answers, &mut weighted.yes_no] {
        match disclosure.weighted_figures {
            WeightedFigures::Printed => {
                round(&mut one.raw, TENTHS);
                round_coefficient(&mut one.kappa);
                round_coefficient(&mut one.ac1);
            }
            WeightedFigures::Protected => {
                hide(&mut one.raw);
                hide_coefficient(&mut one.kappa);
                hide_coefficient(&mut one.ac1);
            }
        }
    }
}

fn hide_coefficient(one: &mut Coefficient) {
    let none = Reason::Suppressed;
    *one = Coefficient { value: Err(none), standard_error: Err(none), interval: Err(none) };
}

fn round_coefficient(one: &mut Coefficient) {
    one.value = one.value.map(rounded);
    one.standard_error = one.standard_error.map(rounded);
    one.interval = one.interval.map(|interval| interval.map(interval.method(), rounded));
}

/// The effective sample size and the size of the domain would give back the digits that the others have lost.
fn round(estimate: &mut WeightedEstimate, steps: f64) {
    let rounded = |number: f64| in_steps(number, steps);
    estimate.estimate = estimate.estimate.map(rounded);
    estimate.se = estimate.se.map(rounded);
    estimate.n_effective = estimate.n_effective.and(Err(Reason::Suppressed));
    estimate.weighted_domain = 0.0;
    let coarse = |interval: ConfidenceInterval| interval.map(interval.method(), rounded);
    estimate.interval = estimate.interval.map(coarse);
    estimate.warnings =
        std::mem::take(&mut estimate.warnings).into_iter().map(WeightedWarning::unnamed).collect();
    estimate.coarse = Some(if steps > WHOLE_PER_CENT { TENTHS_LEFT } else { 0 });
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
    in_steps(number, TENTHS)
}

fn in_steps(number: f64, steps: f64) -> f64 {
    (number * steps).round() / steps
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

    /// A few records of a stratum are a hidden count, and so is their share of the records.
    #[test]
    fn a_stratum_of_few_records_is_not_named() {
        let of = |population, reviewed, domain, events| Stratum {
            population,
            reviewed,
            answered: reviewed,
            domain,
            events,
            known_domain: None,
        };
        let strata = [of(100, 100, 95, 50), of(1000, 10, 2, 1), of(50, 1, 1, 1)];
        let mut estimate = weighted_ratio(&strata, &WeightedOptions::default()).unwrap();
        assert_eq!(estimate.warnings.len(), 2, "{:?}", estimate.warnings);
        coarsen_estimate(&mut estimate, Digits::Printed);
        let unnamed = [
            WeightedWarning::LonelyStrata { strata: Vec::new() },
            WeightedWarning::HeavyStratum { which: None },
        ];
        assert_eq!(estimate.warnings, unnamed);
    }

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
        round(&mut coarse, TENTHS);
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
