//! Each rule of a difference on a case small enough to see through.

use super::*;
use crate::stats::RegisterCounts;

fn stratum(population: u64, reviewed: u64, tp: u64, fn_: u64) -> TwoByTwoStratum {
    let table = TwoByTwo { tp, fp: 0, fn_, tn: 0 };
    TwoByTwoStratum { population, reviewed, answered: reviewed, table, register: None }
}

fn sensitivity(pairs: &[[Option<TwoByTwoStratum>; 2]]) -> WeightedDifference {
    group_difference(pairs, Measure::Sensitivity, &WeightedOptions::default()).unwrap().unwrap()
}

fn both(one: TwoByTwoStratum, other: TwoByTwoStratum) -> [Option<TwoByTwoStratum>; 2] {
    [Some(one), Some(other)]
}

#[test]
fn the_variance_is_that_of_the_formula_and_counts_what_the_two_have_in_common() {
    let pairs = [
        both(stratum(100, 10, 4, 1), stratum(100, 10, 1, 3)),
        both(stratum(60, 20, 5, 5), stratum(60, 20, 6, 2)),
    ];
    let found = sensitivity(&pairs);
    let [a, b] = [(10.0 * 4.0 + 3.0 * 5.0) / 80.0, (10.0 * 1.0 + 3.0 * 6.0) / 64.0];
    // Σ over records of u² and of u, by stratum.
    let s2 = |n: f64, [tp, fn_, other_tp, other_fn]: [f64; 4]| {
        let u =
            [(tp, (1.0 - a) / 80.0), (fn_, -a / 80.0), (other_tp, (b - 1.0) / 64.0), (other_fn, b / 64.0)];
        let squares: f64 = u.iter().map(|(count, u)| count * u * u).sum();
        let sum: f64 = u.iter().map(|(count, u)| count * u).sum();
        (squares - sum * sum / n) / (n - 1.0)
    };
    let variance = 0.9 * 1e4 * s2(10.0, [4.0, 1.0, 1.0, 3.0]) / 10.0
        + (1.0 - 1.0 / 3.0) * 3600.0 * s2(20.0, [5.0, 5.0, 6.0, 2.0]) / 20.0;
    assert!((found.estimate.unwrap() - (a - b)).abs() < 1e-15);
    assert!((found.se.unwrap() / variance.sqrt() - 1.0).abs() < 1e-14);
    let [va, vb] = [0, 1].map(|side: usize| found.of[side].se.unwrap().powi(2));
    let by_parts = va + vb - 2.0 * found.covariance.unwrap();
    assert!(found.covariance.unwrap() != 0.0 && (by_parts / variance - 1.0).abs() < 1e-14);
    assert_eq!(found.df, 11);
}

#[test]
fn the_interval_and_the_test_are_those_of_t() {
    let found = sensitivity(&[both(stratum(100, 10, 4, 1), stratum(100, 10, 1, 3))]);
    let (estimate, se) = (found.estimate.unwrap(), found.se.unwrap());
    // Three degrees of freedom: t 3.182_446_305_283_708.
    let lower = estimate - 3.182_446_305_283_708 * se;
    assert_eq!(found.df, 3);
    assert!((found.interval.unwrap().lower() - lower).abs() < 1e-14);
    assert_eq!(found.interval.unwrap().upper(), 1.0);
    let p = student_t_two_sided(estimate / se, 3.0).unwrap();
    assert!(found.p_value == Ok(p) && p > 0.05 && p < 0.2, "{p}");
}

#[test]
fn exchanging_the_groups_mirrors_the_difference() {
    let pair = both(stratum(100, 10, 4, 1), stratum(100, 10, 1, 3));
    let (found, mirrored) = (sensitivity(&[pair]), sensitivity(&[[pair[1], pair[0]]]));
    assert_eq!(found.estimate.unwrap(), -mirrored.estimate.unwrap());
    assert_eq!((found.p_value, found.covariance), (mirrored.p_value, mirrored.covariance));
    assert_eq!(found.interval.unwrap().upper(), -mirrored.interval.unwrap().lower());
}

#[test]
fn groups_of_whole_strata_have_no_covariance() {
    let pairs = [[Some(stratum(100, 10, 4, 1)), None], [None, Some(stratum(60, 20, 6, 2))]];
    let found = sensitivity(&pairs);
    assert_eq!(found.covariance, Ok(0.0));
    let [va, vb] = [0, 1].map(|side: usize| found.of[side].se.unwrap().powi(2));
    assert!((found.se.unwrap().powi(2) / (va + vb) - 1.0).abs() < 1e-15);
}

#[test]
fn a_group_of_one_record_has_neither_interval_nor_test() {
    let found = sensitivity(&[both(stratum(100, 30, 15, 5), stratum(100, 30, 1, 0))]);
    assert_eq!((found.estimate, found.df), (Ok(-0.25), 0));
    assert!(found.se.unwrap() > 0.0);
    assert_eq!((found.interval, found.p_value), (Err(Reason::NotEstimable), Err(Reason::NotEstimable)));
}

#[test]
fn two_known_values_have_a_known_difference_and_no_test() {
    let pairs = [[Some(stratum(12, 12, 6, 2)), None], [None, Some(stratum(5, 5, 1, 3))]];
    let found = sensitivity(&pairs);
    assert_eq!((found.estimate, found.se, found.complete), (Ok(0.5), Ok(0.0), true));
    assert_eq!(found.interval.map(|interval| (interval.lower(), interval.upper())), Ok((0.5, 0.5)));
    assert_eq!(found.p_value, Err(Reason::NotDefined));
}

#[test]
fn beside_a_known_value_the_other_one_gives_the_error_and_the_degrees_of_freedom() {
    let pairs = [[Some(stratum(12, 12, 6, 2)), None], [None, Some(stratum(100, 10, 4, 2))]];
    let found = sensitivity(&pairs);
    assert!(found.of[0].complete && !found.complete);
    assert!((found.se.unwrap() / found.of[1].se.unwrap() - 1.0).abs() < 1e-15);
    assert!(found.df == 5 && found.of[1].df == 5 && found.interval.is_ok());
}

#[test]
fn without_variance_there_is_an_estimate_and_no_interval() {
    let found = sensitivity(&[both(stratum(100, 20, 10, 0), stratum(100, 20, 5, 0))]);
    assert_eq!((found.estimate, found.se), (Ok(0.0), Ok(0.0)));
    assert_eq!((found.interval, found.p_value), (Err(Reason::NotDefined), Err(Reason::NotDefined)));
}

#[test]
fn an_empty_group_is_not_estimable() {
    let found = sensitivity(&[both(stratum(100, 20, 10, 2), stratum(100, 20, 0, 0))]);
    let none = Reason::NotEstimable;
    assert_eq!((found.estimate, found.se, found.interval), (Err(none), Err(none), Err(none)));
}

#[test]
fn a_lonely_stratum_is_refused_where_that_is_declared() {
    let pairs = [
        both(stratum(100, 20, 10, 2), stratum(100, 20, 3, 3)),
        [Some(stratum(50, 1, 1, 0)), Some(stratum(50, 1, 0, 0))],
    ];
    let refuse = WeightedOptions { lonely: LonelyStratum::Refuse, ..WeightedOptions::default() };
    let found = group_difference(&pairs, Measure::Sensitivity, &refuse).unwrap().unwrap();
    assert!(found.estimate.is_ok() && found.se == Err(Reason::NotEstimable));
    assert_eq!((found.interval, found.covariance), (Err(Reason::NotEstimable), Err(Reason::NotEstimable)));
    assert!(sensitivity(&pairs).interval.is_ok());
}

#[test]
fn two_indicators_with_the_same_answers_differ_by_exactly_nothing() {
    let record = |cell| vec![Some(cell), Some(cell)];
    let records = [[Cell::Tp; 3].to_vec(), [Cell::Fn; 2].to_vec()].concat().into_iter().map(record);
    let sample =
        ReviewedSample::new(vec![ReviewedStratum { population: 40, records: records.collect() }]).unwrap();
    let options = WeightedOptions::default();
    let of = |indicators| indicator_difference(&sample, indicators, Measure::Sensitivity, &options).unwrap();
    let found = of([0, 1]).unwrap();
    assert_eq!((found.estimate, found.se, found.p_value), (Ok(0.0), Ok(0.0), Err(Reason::NotDefined)));
    assert!((found.covariance.unwrap() / found.of[0].se.unwrap().powi(2) - 1.0).abs() < 1e-15);
    assert_eq!(of([0, 2]), None);
}

/// Prevalence by register less by record, as a difference of two measures, is the prevalence difference.
#[test]
fn a_difference_of_two_measures_agrees_with_the_prevalence_difference() {
    let stratum = |population, table: TwoByTwo| TwoByTwoStratum {
        population,
        reviewed: table.total() + 2,
        answered: table.total() + 2,
        table,
        register: None,
    };
    let tables = StratifiedTwoByTwo::new(vec![
        stratum(1000, TwoByTwo { tp: 18, fp: 3, fn_: 2, tn: 27 }),
        stratum(100, TwoByTwo { tp: 15, fp: 0, fn_: 15, tn: 20 }),
    ])
    .unwrap();
    let options = WeightedOptions::default();
    let known = tables.estimate(Measure::PrevalenceDifference, &options).unwrap();
    let measures = [Measure::PrevalenceRegister, Measure::PrevalenceReference];
    let found = measure_difference(&tables, measures, &options).unwrap();
    assert!((found.estimate.unwrap() - known.estimate.unwrap()).abs() < 1e-15);
    assert!((found.se.unwrap() / known.se.unwrap() - 1.0).abs() < 1e-14);
    let lower = |interval: Result<ConfidenceInterval, Reason>| interval.unwrap().lower();
    assert!((lower(found.interval) - lower(known.interval)).abs() < 1e-15);
    assert_eq!(found.df, known.df);
    assert_eq!(measure_difference(&tables, [Measure::F1, Measure::Ppv], &options), None);
}

#[test]
fn groups_that_do_not_fit_one_sample_are_refused() {
    let of = |one, other| {
        group_difference(&[both(one, other)], Measure::Ppv, &WeightedOptions::default()).map(|_| ())
    };
    assert!(of(stratum(100, 10, 6, 1), stratum(100, 10, 2, 1)).is_ok());
    assert!(of(stratum(100, 10, 6, 1), stratum(100, 10, 3, 1)).is_err());
    assert!(of(stratum(100, 10, 6, 1), stratum(90, 10, 2, 1)).is_err());
    assert!(of(stratum(100, 12, 6, 1), stratum(100, 10, 2, 1)).is_err());
}

#[test]
fn what_the_register_tells_of_a_frame_is_of_its_own_group() {
    let with = |register| TwoByTwoStratum { register: Some(register), ..stratum(9, 4, 2, 0) };
    let [yes, none] = [RegisterCounts { yes: 2, no: 7 }, RegisterCounts { yes: 9, no: 0 }];
    let pairs = [[Some(with(yes)), None], [None, Some(with(none))]];
    let found = group_difference(&pairs, Measure::Ppv, &WeightedOptions::default()).unwrap().unwrap();
    assert_eq!(found.of.map(|one| one.complete), [true, false]);
}
