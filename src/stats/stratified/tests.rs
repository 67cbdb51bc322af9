//! Each rule of the specification on a case small enough to compute by hand.

use super::*;
use crate::stats::{Measure, Reason, TwoByTwo, WeightedMethod};

fn stratum(population: u64, reviewed: u64, domain: u64, events: u64) -> Stratum {
    Stratum { population, reviewed, answered: reviewed, domain, events, known_domain: None }
}

fn estimate(strata: &[Stratum]) -> WeightedEstimate {
    weighted_ratio(strata, &WeightedOptions::default()).unwrap()
}

fn limits(estimate: &WeightedEstimate) -> (f64, f64) {
    estimate.interval.map(|interval| (interval.lower(), interval.upper())).unwrap()
}

#[test]
fn the_variance_is_that_of_the_formula() {
    let found = estimate(&[stratum(100, 10, 5, 4), stratum(60, 20, 10, 5)]);
    let r = (10.0 * 4.0 + 3.0 * 5.0) / (10.0 * 5.0 + 3.0 * 10.0);
    let s2 = |n: f64, d: f64, x: f64| {
        (x * (1.0 - r) * (1.0 - r) + (d - x) * r * r - (x - r * d) * (x - r * d) / n) / (n - 1.0)
    };
    let variance =
        0.9 * 1e4 * s2(10.0, 5.0, 4.0) / 10.0 + (1.0 - 1.0 / 3.0) * 3600.0 * s2(20.0, 10.0, 5.0) / 20.0;
    assert!((found.estimate.unwrap() - r).abs() < 1e-15);
    assert!((found.se.unwrap() - variance.sqrt() / 80.0).abs() < 1e-15);
    assert_eq!((found.df, found.domain, found.weighted_domain), (14, 15, 80.0));
}

#[test]
fn a_take_all_stratum_adds_neither_variance_nor_degrees_of_freedom_under_the_correction() {
    let strata = [stratum(40, 4, 4, 2), stratum(30, 30, 30, 10)];
    let on = estimate(&strata);
    assert_eq!(on.df, 3);
    let off = WeightedOptions { finite_population_correction: false, ..WeightedOptions::default() };
    let off = weighted_ratio(&strata, &off).unwrap();
    assert_eq!(off.df, 32);
    assert!(off.se.unwrap() > on.se.unwrap());
}

#[test]
fn a_known_value_is_complete_and_has_no_width() {
    let found = estimate(&[stratum(12, 12, 8, 3), stratum(5, 5, 2, 2)]);
    assert_eq!((found.estimate, found.se, found.complete), (Ok(0.5), Ok(0.0), true));
    assert_eq!(limits(&found), (0.5, 0.5));
    assert!(found.warnings.is_empty());
}

#[test]
fn an_unanswered_record_keeps_a_census_from_being_complete() {
    let census = Stratum { answered: 11, ..stratum(12, 12, 8, 3) };
    let found = estimate(&[census]);
    assert!(!found.complete && found.df == 0);
    assert_eq!(found.interval, Err(Reason::NotEstimable));
}

#[test]
fn without_the_correction_nothing_is_complete() {
    let off = WeightedOptions { finite_population_correction: false, ..WeightedOptions::default() };
    let found = weighted_ratio(&[stratum(12, 12, 8, 8)], &off).unwrap();
    assert_eq!((found.estimate, found.se, found.complete), (Ok(1.0), Ok(0.0), false));
    assert_eq!(found.n_effective, Ok(8.0));
    assert_eq!(found.warnings, [WeightedWarning::NoVariance]);
    assert!((limits(&found).0 - 0.025_f64.powf(1.0 / 8.0)).abs() < 1e-14);
}

/// All register-positive records of the frame are reviewed though the strata are not.
#[test]
fn ppv_is_complete_when_every_register_positive_is_reviewed() {
    let table = TwoByTwo { tp: 6, fp: 0, fn_: 1, tn: 13 };
    let of = |yes| TwoByTwoStratum {
        population: 90,
        reviewed: 20,
        answered: 20,
        table,
        register: Some(RegisterCounts { yes, no: 90 - yes }),
    };
    let ppv = |yes| {
        let tables = StratifiedTwoByTwo::new(vec![of(yes)]).unwrap();
        tables.estimate(Measure::Ppv, &WeightedOptions::default()).unwrap()
    };
    assert!(ppv(6).complete && limits(&ppv(6)) == (1.0, 1.0));
    assert!(!ppv(7).complete && limits(&ppv(7)).0 < 0.6);
}

/// No variance, unequal weights: n* = (10·4 + 2·4)² / (100·4 + 4·4).
#[test]
fn without_variance_the_effective_size_comes_from_the_weights() {
    let found = estimate(&[stratum(100, 10, 4, 4), stratum(20, 10, 4, 4)]);
    assert!((found.n_effective.unwrap() - 48.0 * 48.0 / 416.0).abs() < 1e-14);
    assert_eq!(found.warnings, [WeightedWarning::NoVariance]);
}

/// 26 of 50 from two strata that hardly vary: R (1 − R) / V would be over 300.
#[test]
fn the_effective_size_is_capped() {
    let strata = [stratum(50, 25, 25, 25), stratum(50, 25, 25, 1)];
    let size = |finite_population_correction| {
        let options = WeightedOptions { finite_population_correction, ..WeightedOptions::default() };
        weighted_ratio(&strata, &options).unwrap().n_effective.unwrap()
    };
    assert!((size(true) - 50.0 / (1.0 - 50.0 / 100.0)).abs() < 1e-12);
    assert!((size(false) - 50.0).abs() < 1e-12);
}

/// Each stratum is alike within itself, so that V = 0 between 0 and 1.
#[test]
fn strata_that_are_alike_within_themselves_get_an_interval_with_a_warning() {
    let strata = [stratum(50, 5, 5, 5), stratum(50, 5, 5, 0)];
    for method in WeightedMethod::ALL {
        let found =
            weighted_ratio(&strata, &WeightedOptions { method, ..WeightedOptions::default() }).unwrap();
        assert_eq!((found.estimate, found.se), (Ok(0.5), Ok(0.0)));
        assert_eq!(found.warnings, [WeightedWarning::NoVariance]);
        let (lower, upper) = limits(&found);
        assert!(lower < 0.25 && upper > 0.75, "{method:?} {lower} {upper}");
    }
}

/// One lonely record, an event: it adds (1 − f) N² (1 − R)² / D².
#[test]
fn a_lonely_stratum_follows_its_rule() {
    let strata = [stratum(40, 8, 8, 4), stratum(10, 1, 1, 1)];
    let with =
        |lonely| weighted_ratio(&strata, &WeightedOptions { lonely, ..WeightedOptions::default() }).unwrap();
    let (centred, certain, refused) =
        (with(LonelyStratum::GrandMean), with(LonelyStratum::Certainty), with(LonelyStratum::Refuse));
    let added = centred.se.unwrap().powi(2) - certain.se.unwrap().powi(2);
    let r: f64 = (5.0 * 4.0 + 10.0) / 50.0;
    assert!((added - 9.0 * 10.0 * (1.0 - r).powi(2) / 2500.0).abs() < 1e-15);
    assert_eq!((refused.estimate, refused.se), (Ok(r), Err(Reason::NotEstimable)));
    assert_eq!(refused.interval, Err(Reason::NotEstimable));
    assert!(centred.warnings.contains(&WeightedWarning::LonelyStrata { strata: vec![1] }));
    assert_eq!(centred.df, 7);
}

#[test]
fn a_stratum_of_one_record_is_certain_and_not_lonely() {
    let found = estimate(&[stratum(40, 8, 8, 4), stratum(1, 1, 1, 1)]);
    assert!(found.warnings.is_empty());
    assert_eq!(found.df, 7);
}

#[test]
fn only_lonely_strata_leave_no_degree_of_freedom() {
    let found = estimate(&[stratum(10, 1, 1, 1), stratum(10, 1, 1, 0)]);
    assert_eq!((found.df, found.estimate), (0, Ok(0.5)));
    assert_eq!(found.interval, Err(Reason::NotEstimable));
}

#[test]
fn a_stratum_without_reviewed_records_is_told_with_the_share_that_is_covered() {
    let found = estimate(&[stratum(75, 10, 5, 4), stratum(25, 0, 0, 0), stratum(0, 0, 0, 0)]);
    assert_eq!(found.warnings, [WeightedWarning::NotCovered { strata: vec![1], covered: 0.75 }]);
    assert_eq!(found.estimate, Ok(0.8));
}

#[test]
fn a_heavy_stratum_with_few_records_is_told() {
    let found = estimate(&[stratum(100, 100, 95, 50), stratum(1000, 10, 5, 3)]);
    let heavy = |warning: &WeightedWarning| {
        matches!(warning, WeightedWarning::HeavyStratum { which: Some(one) }
            if one.stratum == 1 && one.weight_share > 0.8 && one.record_share == 0.05)
    };
    assert!(found.warnings.iter().any(heavy), "{:?}", found.warnings);
}

#[test]
fn an_empty_domain_is_not_estimable() {
    for strata in [vec![], vec![stratum(10, 5, 0, 0)], vec![stratum(10, 0, 0, 0)]] {
        let found = estimate(&strata);
        assert_eq!((found.estimate, found.se), (Err(Reason::NotEstimable), Err(Reason::NotEstimable)));
        assert_eq!(found.interval, Err(Reason::NotEstimable));
    }
}

#[test]
fn the_logit_interval_is_not_defined_at_one() {
    let options = WeightedOptions { method: WeightedMethod::Logit, ..WeightedOptions::default() };
    let found = weighted_ratio(&[stratum(50, 10, 10, 10)], &options).unwrap();
    assert_eq!((found.estimate, found.interval), (Ok(1.0), Err(Reason::NotDefined)));
}

#[test]
fn the_unfound_outside_every_domain_change_the_weights() {
    let table = TwoByTwo { tp: 8, fp: 0, fn_: 2, tn: 0 };
    let of = |population| TwoByTwoStratum { population, reviewed: 10, answered: 10, table, register: None };
    let mut other = of(100);
    other.table = TwoByTwo { tp: 2, fp: 0, fn_: 8, tn: 0 };
    let tables = StratifiedTwoByTwo::new(vec![of(100), other]).unwrap();
    let sensitivity = |tables: &StratifiedTwoByTwo| {
        tables.estimate(Measure::Sensitivity, &WeightedOptions::default()).unwrap().estimate.unwrap()
    };
    assert!((sensitivity(&tables) - 0.5).abs() < 1e-15);
    let settled = tables.with_settled(&[10, 20]).unwrap();
    assert!((sensitivity(&settled) - (10.0 * 8.0 + 5.0 * 2.0) / 150.0).abs() < 1e-15);
    assert!(tables.with_settled(&[9, 10]).is_err() && tables.with_settled(&[10, 101]).is_err());
}

#[test]
fn counts_out_of_order_are_refused_with_the_stratum() {
    let error = weighted_ratio(&[stratum(9, 5, 4, 1), stratum(9, 10, 4, 1)], &WeightedOptions::default());
    let text = "stratum 2 has 9 records in the frame, 10 reviewed, 10 answered, 4 in the denominator and 1 in the \
                numerator, expected each to be at most the one before";
    assert_eq!(error.unwrap_err().to_string(), text);
}

/// Three of ten differ in one stratum, 2 false positives and 1 false negative; all agree in the other.
#[test]
fn the_prevalence_difference_is_a_weighted_mean_of_signs() {
    let of = |population, table: TwoByTwo| TwoByTwoStratum {
        population,
        reviewed: 10,
        answered: 10,
        table,
        register: None,
    };
    let one = of(100, TwoByTwo { tp: 3, fp: 2, fn_: 1, tn: 4 });
    let other = of(50, TwoByTwo { tp: 5, fp: 0, fn_: 0, tn: 5 });
    let difference = |strata| {
        let tables = StratifiedTwoByTwo::new(strata).unwrap();
        tables.estimate(Measure::PrevalenceDifference, &WeightedOptions::default()).unwrap()
    };
    let found = difference(vec![one, other]);
    assert!((found.estimate.unwrap() - 10.0 / 150.0).abs() < 1e-15);
    let s2 = (3.0 - 10.0 * 0.01) / 9.0;
    assert!((found.se.unwrap() - (90.0 * 100.0 * s2 / 10.0_f64).sqrt() / 150.0).abs() < 1e-15);
    assert_eq!(difference(vec![other]).interval, Err(Reason::NotDefined));
}

#[test]
fn the_ratio_and_its_standard_error_alone_are_those_of_the_estimate() {
    let stratum = |population, tp, fp, fn_, tn| {
        let table = TwoByTwo { tp, fp, fn_, tn };
        let reviewed = table.total() + 3;
        TwoByTwoStratum { population, reviewed, answered: reviewed, table, register: None }
    };
    let strata = vec![stratum(900, 40, 6, 9, 70), stratum(300, 25, 0, 10, 40), stratum(61, 15, 2, 4, 20)];
    let tables = StratifiedTwoByTwo::new(strata).unwrap();
    let options = WeightedOptions::default();
    for (measure, estimate) in tables.estimates(&options) {
        let expected = estimate.estimate.and_then(|value| Ok((value, estimate.se?)));
        let is_difference = measure == Measure::PrevalenceDifference;
        let expected = if is_difference { Err(Reason::NotDefined) } else { expected };
        assert_eq!(tables.ratio_and_se(measure, &options), expected, "{measure:?}");
    }
    let nothing = StratifiedTwoByTwo::new(vec![stratum(90, 0, 3, 0, 8)]).unwrap();
    assert_eq!(nothing.ratio_and_se(Measure::Sensitivity, &options), Err(Reason::NotEstimable));
    let (zero, _) = nothing.ratio_and_se(Measure::Ppv, &options).unwrap();
    assert!(zero == 0.0 && zero.is_sign_positive());
}

#[test]
fn a_lonely_stratum_that_is_refused_leaves_no_standard_error() {
    let table = |tp, fn_| TwoByTwo { tp, fp: 0, fn_, tn: 0 };
    let stratum = |table: TwoByTwo| {
        let reviewed = table.total();
        TwoByTwoStratum { population: 50, reviewed, answered: reviewed, table, register: None }
    };
    let tables = StratifiedTwoByTwo::new(vec![stratum(table(1, 0)), stratum(table(6, 3))]).unwrap();
    let refusing = WeightedOptions { lonely: LonelyStratum::Refuse, ..WeightedOptions::default() };
    assert_eq!(tables.ratio_and_se(Measure::Sensitivity, &refusing), Err(Reason::NotEstimable));
    assert!(tables.ratio_and_se(Measure::Sensitivity, &WeightedOptions::default()).is_ok());
}
