use super::*;
use crate::random::Generator;
use crate::stats::{AgreementTable, ConfidenceLevel, IntervalMethod};

fn table(tp: u64, fp: u64, fn_: u64, tn: u64) -> TwoByTwo {
    TwoByTwo { tp, fp, fn_, tn }
}

fn with(table: TwoByTwo, se: f64, sp: f64) -> ImperfectReference {
    imperfect_reference(table, AssumedReference::new(se, sp).unwrap())
}

fn close(found: Result<f64, Reason>, expected: f64) -> bool {
    found.is_ok_and(|found| (found - expected).abs() < 1e-12)
}

#[test]
fn the_true_table_comes_back() {
    let corrected = with(table(200, 100, 175, 525), 0.9, 0.8);
    for (found, expected) in corrected.cells.unwrap().into_iter().zip([200.0, 100.0, 50.0, 650.0]) {
        assert!((found - expected).abs() < 1e-10, "{corrected:?}");
    }
    let expected = [200.0 / 250.0, 650.0 / 750.0, 200.0 / 300.0, 650.0 / 700.0, 0.25];
    for (one, expected) in corrected.measures.into_iter().zip(expected) {
        assert!(close(one.independent, expected), "{one:?}");
    }
}

#[test]
fn a_perfect_record_changes_nothing() {
    for table in [table(240, 87, 178, 288), table(9, 0, 0, 5)] {
        for one in with(table, 1.0, 1.0).measures {
            let observed = one.observed.unwrap();
            assert!(close(one.independent, observed), "{one:?}");
            assert!(one.bounds.unwrap().iter().all(|bound| (bound - observed).abs() < 1e-12), "{one:?}");
        }
    }
}

#[test]
fn a_cell_below_zero_is_reported_and_not_cut() {
    // 1 of 100 with record no among register yes: fewer than the 10 that a sensitivity of 0.9 must miss.
    let corrected = with(table(99, 1, 20, 80), 0.9, 1.0);
    assert_eq!(corrected.inadmissible_cells(), [false, true, false, false]);
    assert!((corrected.cells.unwrap()[1] + 10.0).abs() < 1e-10);
    let [sensitivity, specificity, ppv, npv, prevalence] = corrected.measures.map(|one| one.independent);
    assert_eq!([specificity, ppv], [Err(Reason::Inadmissible); 2]);
    assert!(sensitivity.is_ok() && npv.is_ok() && prevalence.is_ok());
    assert!(corrected.measures.iter().all(|one| one.bounds.is_ok()));
}

#[test]
fn a_cell_of_nothing_is_not_made_inadmissible_by_rounding() {
    let corrected = with(table(70, 30, 7, 3), 0.7, 0.9);
    assert_eq!(corrected.inadmissible_cells(), [false; 4], "{corrected:?}");
    assert!(close(corrected.measures[2].independent, 1.0));
}

#[test]
fn a_prevalence_that_cannot_be_makes_all_bounds_inadmissible() {
    let corrected = with(table(5, 5, 5, 85), 0.9, 0.8);
    assert!(corrected.measures.iter().all(|one| one.bounds == Err(Reason::Inadmissible)), "{corrected:?}");
    assert_eq!(corrected.measures[4].independent, Err(Reason::Inadmissible));
}

#[test]
fn a_record_that_tells_nothing_corrects_nothing() {
    for (se, sp) in [(0.5, 0.5), (0.3, 0.7), (0.2, 0.3)] {
        let corrected = with(table(20, 10, 5, 65), se, sp);
        assert_eq!(corrected.cells, Err(Reason::NotEstimable));
        for one in corrected.measures {
            assert_eq!((one.independent, one.bounds), (Err(Reason::NotEstimable), Err(Reason::NotEstimable)));
            assert!(one.observed.is_ok());
        }
    }
}

#[test]
fn nothing_is_estimable_in_an_empty_table() {
    for one in with(table(0, 0, 0, 0), 0.9, 0.9).measures {
        assert_eq!([one.observed, one.independent], [Err(Reason::NotEstimable); 2], "{one:?}");
        assert_eq!(one.bounds, Err(Reason::NotEstimable));
    }
}

/// Every way to divide the four cells into truly yes and truly no, in whole numbers, that has exactly the assumed sensitivity and
/// specificity: the least and the greatest of each measure.
fn by_going_through(table: TwoByTwo, se: [u64; 2], sp: [u64; 2]) -> [[f64; 2]; 4] {
    let TwoByTwo { tp, fp, fn_, tn } = table;
    let mut found = [[f64::INFINITY, f64::NEG_INFINITY]; 4];
    for (a, b) in (0..=tp).flat_map(|a| (0..=fp).map(move |b| (a, b))) {
        for (c, d) in (0..=fn_).flat_map(|c| (0..=tn).map(move |d| (c, d))) {
            let (yes, no) = (a + b + c + d, table.total() - a - b - c - d);
            let is_assumed = (a + c) * se[1] == yes * se[0] && (fp - b + tn - d) * sp[1] == no * sp[0];
            if !is_assumed || yes == 0 || no == 0 {
                continue;
            }
            let wrongly_named = (tp - a + fp - b) as f64;
            let rightly_left = (fn_ - c + tn - d) as f64;
            let values = [
                (a + b) as f64 / yes as f64,
                rightly_left / no as f64,
                (a + b) as f64 / ((a + b) as f64 + wrongly_named),
                rightly_left / (rightly_left + (c + d) as f64),
            ];
            for (range, value) in found.iter_mut().zip(values) {
                *range = [range[0].min(value), range[1].max(value)];
            }
        }
    }
    found
}

#[test]
fn the_bounds_are_those_of_all_possible_tables() {
    let cases = [
        (table(30, 10, 20, 40), [4, 5], [4, 5]),
        (table(40, 12, 10, 38), [9, 10], [9, 10]),
        (table(25, 5, 13, 57), [8, 10], [9, 10]),
        (table(36, 30, 2, 32), [8, 10], [9, 10]),
        (table(5, 1, 33, 61), [8, 10], [9, 10]),
    ];
    for (table, se, sp) in cases {
        let corrected = with(table, se[0] as f64 / se[1] as f64, sp[0] as f64 / sp[1] as f64);
        for (one, expected) in corrected.measures.iter().zip(by_going_through(table, se, sp)) {
            let found = one.bounds.unwrap();
            let near = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12);
            assert!(near, "{table:?} {one:?}: {expected:?}");
        }
    }
}

#[test]
fn the_value_under_independence_lies_within_the_bounds() {
    let mut generator = Generator::of("imperfect references");
    let mut compared = 0;
    for _ in 0..3000 {
        let [tp, fp, fn_, tn] = [0; 4].map(|_: u64| generator.below(60));
        let (se, sp) = (0.6 + 0.4 * generator.unit(), 0.6 + 0.4 * generator.unit());
        let corrected = with(table(tp, fp, fn_, tn), se, sp);
        if corrected.inadmissible_cells() != [false; 4] {
            continue;
        }
        for one in corrected.measures {
            let (Ok(value), Ok([least, greatest])) = (one.independent, one.bounds) else { continue };
            assert!(least - 1e-9 <= value && value <= greatest + 1e-9, "{corrected:?}");
            compared += 1;
        }
    }
    assert!(compared > 1000, "{compared}");
}

#[test]
fn the_grid_goes_through_all_pairs() {
    let grid = imperfect_reference_grid(table(20, 10, 5, 65), &[0.9, 1.0], &[0.8, 0.9, 1.0]).unwrap();
    let pairs: Vec<_> =
        grid.iter().map(|one| (one.assumed.sensitivity(), one.assumed.specificity())).collect();
    assert_eq!(pairs, [(0.9, 0.8), (0.9, 0.9), (0.9, 1.0), (1.0, 0.8), (1.0, 0.9), (1.0, 1.0)]);
    let error = imperfect_reference_grid(table(20, 10, 5, 65), &[1.1], &[0.8]).unwrap_err();
    let text = "the sensitivity or specificity of the record is 1.1, expected a number from 0 to 1";
    assert_eq!(error.to_string(), text);
    assert!(AssumedReference::new(0.9, f64::NAN).is_err());
}

/// The prevalence 0.4, Se 0.9 and Sp 0.8.
#[test]
fn the_accuracy_behind_an_agreement_comes_back() {
    // Per 1000: yes twice 400 · 0.81 + 600 · 0.04, no twice 400 · 0.01 + 600 · 0.64, the rest split.
    let readers = AgreementTable::yes_no(348, 132, 132, 388);
    let found = reader_accuracy(&readers, 0.4).unwrap();
    assert!(
        (found.sensitivity() - 0.9).abs() < 1e-12 && (found.specificity() - 0.8).abs() < 1e-12,
        "{found:?}"
    );
}

#[test]
fn the_ends_of_the_range_are_positive_and_negative_agreement() {
    let (level, method) = (ConfidenceLevel::NINETY_FIVE, IntervalMethod::ClopperPearson);
    let readers = AgreementTable::yes_no(80, 10, 5, 105);
    let range = reader_range(&readers).unwrap();
    assert!(close(readers.positive_agreement(method, level).value, range.least_sensitivity));
    assert!(close(readers.negative_agreement(method, level).value, range.least_specificity));
    let [low, high] = range.prevalence.map(|prevalence| reader_accuracy(&readers, prevalence).unwrap());
    assert!(
        (low.sensitivity() - 1.0).abs() < 1e-9 && (low.specificity() - range.least_specificity).abs() < 1e-9
    );
    assert!(
        (high.specificity() - 1.0).abs() < 1e-9
            && (high.sensitivity() - range.least_sensitivity).abs() < 1e-9
    );
    for outside in [0.0, 0.5 * range.prevalence[0], 0.5 + 0.5 * range.prevalence[1], 1.0, f64::NAN] {
        assert_eq!(reader_accuracy(&readers, outside), Err(Reason::Inadmissible), "{outside}");
    }
}

#[test]
fn readers_who_agree_by_chance_or_less_say_nothing() {
    assert_eq!(reader_range(&AgreementTable::yes_no(10, 40, 40, 10)), Err(Reason::Inadmissible));
    for chance in [(25, 25, 25, 25), (100, 0, 0, 0), (0, 0, 0, 0)] {
        let readers = AgreementTable::yes_no(chance.0, chance.1, chance.2, chance.3);
        assert_eq!(reader_range(&readers), Err(Reason::NotEstimable), "{chance:?}");
    }
    let three = AgreementTable::new(&[vec![5, 2, 0], vec![7, 9, 1], vec![0, 3, 4]]).unwrap();
    assert_eq!(reader_range(&three), Err(Reason::NotDefined));
    let perfect = reader_accuracy(&AgreementTable::yes_no(40, 0, 0, 60), 0.4).unwrap();
    assert_eq!((perfect.sensitivity(), perfect.specificity()), (1.0, 1.0));
}
