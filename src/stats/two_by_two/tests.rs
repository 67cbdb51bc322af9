use super::*;

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;
const EXACT: IntervalMethod = IntervalMethod::ClopperPearson;

fn table(tp: u64, fp: u64, fn_: u64, tn: u64) -> TwoByTwo {
    TwoByTwo { tp, fp, fn_, tn }
}

#[test]
fn every_proportion_reads_its_own_cells() {
    let table = table(1, 20, 300, 4000);
    let expected = [
        (Measure::Sensitivity, 1, 301),
        (Measure::Specificity, 4000, 4020),
        (Measure::Ppv, 1, 21),
        (Measure::Npv, 4000, 4300),
        (Measure::PrevalenceReference, 301, 4321),
        (Measure::PrevalenceRegister, 21, 4321),
        (Measure::Accuracy, 4001, 4321),
    ];
    for (measure, events, trials) in expected {
        assert_eq!(table.proportion(measure), Some(Proportion::new(events, trials).unwrap()), "{measure:?}");
    }
}

#[test]
fn the_other_measures_have_their_textbook_values() {
    let table = table(3, 5, 7, 85);
    let value = |measure| table.estimate(measure, EXACT, LEVEL).value.unwrap();
    assert_eq!(value(Measure::PrevalenceDifference), -2.0 / 100.0);
    assert_eq!(value(Measure::F1), 6.0 / 18.0);
    assert_eq!(value(Measure::LrPositive), (3.0 * 90.0) / (5.0 * 10.0));
    assert_eq!(value(Measure::LrNegative), (7.0 * 90.0) / (85.0 * 10.0));
    assert_eq!(value(Measure::DiagnosticOddsRatio), (3.0 * 85.0) / (5.0 * 7.0));
    assert!((value(Measure::Youden) - (0.3 + 85.0 / 90.0 - 1.0)).abs() < 1e-15);
}

#[test]
fn nothing_is_estimable_in_an_empty_table() {
    for estimate in table(0, 0, 0, 0).estimates(EXACT, LEVEL) {
        assert_eq!(estimate.value, Err(Reason::NotEstimable), "{:?}", estimate.measure);
        assert_eq!(estimate.interval, Err(Reason::NotEstimable), "{:?}", estimate.measure);
    }
}

#[test]
fn ratios_live_with_zero_cells() {
    let perfect = table(12, 0, 0, 30);
    let positive = perfect.estimate(Measure::LrPositive, EXACT, LEVEL);
    assert_eq!(positive.value, Err(Reason::Unbounded));
    let interval = positive.interval.unwrap();
    assert!(interval.lower() > 1.0 && interval.upper() == f64::INFINITY);
    let negative = perfect.estimate(Measure::LrNegative, EXACT, LEVEL);
    assert_eq!(negative.value, Ok(0.0));
    let interval = negative.interval.unwrap();
    assert!(interval.lower() == 0.0 && interval.upper() < 1.0);
    let odds = perfect.estimate(Measure::DiagnosticOddsRatio, EXACT, LEVEL).interval.unwrap();
    assert!(odds.lower() > 1.0 && odds.upper() == f64::INFINITY);
}

#[test]
fn without_negatives_only_what_needs_none_is_estimable() {
    let positives_only = table(80, 20, 0, 0);
    let is_estimable = |measure| positives_only.estimate(measure, EXACT, LEVEL).value.is_ok();
    assert!(is_estimable(Measure::Ppv) && is_estimable(Measure::F1));
    assert!(!is_estimable(Measure::Npv) && !is_estimable(Measure::DiagnosticOddsRatio));
}

#[test]
fn the_point_lies_in_every_interval() {
    for tp in 0..4 {
        for fp in 0..4 {
            for fn_ in 0..4 {
                for tn in [0, 1, 9] {
                    for estimate in table(tp, fp, fn_, tn).estimates(EXACT, LEVEL) {
                        if let (Ok(value), Ok(interval)) = (estimate.value, estimate.interval) {
                            let margin = 1e-12;
                            let around = interval.lower() - margin..=interval.upper() + margin;
                            assert!(around.contains(&value), "{tp} {fp} {fn_} {tn} {estimate:?}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn exchanging_register_and_record_exchanges_sensitivity_and_ppv() {
    let table = table(3, 5, 7, 85);
    assert_eq!(table.transposed().sensitivity(), table.ppv());
    assert_eq!(table.transposed().specificity(), table.npv());
    assert_eq!(table.transposed().transposed(), table);
}

#[test]
fn counts_beyond_all_registers_do_not_panic() {
    for estimate in table(u64::MAX, u64::MAX, u64::MAX, u64::MAX).estimates(EXACT, LEVEL) {
        assert_eq!((estimate.value, estimate.interval), (Err(Reason::NotDefined), Err(Reason::NotDefined)));
    }
}

#[test]
fn the_number_needed_to_diagnose_is_the_reciprocal_of_j_with_its_limits_exchanged() {
    let table = table(240, 87, 178, 288);
    let youden = table.estimate(Measure::Youden, EXACT, LEVEL);
    let number = table.estimate(Measure::NumberNeededToDiagnose, EXACT, LEVEL);
    let (j, interval) = (youden.interval.unwrap(), number.interval.unwrap());
    assert_eq!(number.value, Ok(1.0 / youden.value.unwrap()));
    assert_eq!((interval.lower(), interval.upper()), (1.0 / j.upper(), 1.0 / j.lower()));
    assert_eq!(interval.method(), Method::SquareAndAddReciprocal);
}

#[test]
fn a_register_that_may_be_no_better_than_chance_has_no_largest_number_needed() {
    let number =
        |tp, fp, fn_, tn| table(tp, fp, fn_, tn).estimate(Measure::NumberNeededToDiagnose, EXACT, LEVEL);
    let doubtful = number(6, 4, 4, 6);
    assert!((doubtful.value.unwrap() - 5.0).abs() < 1e-12);
    assert_eq!(doubtful.interval.unwrap().upper(), f64::INFINITY);
    assert_eq!(number(5, 5, 5, 5).value, Err(Reason::Unbounded));
    assert_eq!(number(4, 6, 6, 4).value, Err(Reason::NotDefined));
    assert!(number(4, 6, 6, 4).interval.is_ok());
    assert_eq!(number(10, 90, 90, 10).interval, Err(Reason::NotDefined));
    assert_eq!(number(5, 0, 5, 0).value, Err(Reason::NotEstimable));
}

#[test]
fn the_log_method_is_symmetric_on_the_logarithm_and_needs_filled_cells() {
    let limits = |measure| table(240, 87, 178, 288).log_interval(measure, LEVEL).unwrap();
    let odds = limits(Measure::DiagnosticOddsRatio);
    let ratio = (240.0 * 288.0) / (87.0 * 178.0);
    assert!(((odds.lower() * odds.upper()).sqrt() / ratio - 1.0).abs() < 1e-14);
    assert_eq!(odds.method(), Method::LogRatio);
    let of = |tp, fp, fn_, tn, measure| table(tp, fp, fn_, tn).log_interval(measure, LEVEL);
    assert!(of(9, 3, 0, 5, Measure::LrPositive).is_ok());
    for (tp, fp, fn_, tn, measure) in [
        (0, 3, 9, 5, Measure::LrPositive),
        (9, 0, 3, 5, Measure::LrPositive),
        (9, 3, 0, 5, Measure::LrNegative),
        (9, 3, 0, 0, Measure::LrPositive),
        (9, 3, 0, 5, Measure::DiagnosticOddsRatio),
        (0, 0, 0, 0, Measure::DiagnosticOddsRatio),
        (0, 0, 0, 0, Measure::LrPositive),
        (9, 3, 1, 5, Measure::Youden),
    ] {
        assert_eq!(of(tp, fp, fn_, tn, measure), Err(Reason::NotDefined), "{tp} {fp} {fn_} {tn}");
    }
}
