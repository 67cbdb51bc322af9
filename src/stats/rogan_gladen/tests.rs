use super::*;
use crate::stats::TwoByTwo;

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;
const EXACT: PrevalenceMethod = PrevalenceMethod::Transformed(IntervalMethod::ClopperPearson);

fn of(x: u64, n: u64) -> Proportion {
    Proportion::new(x, n).unwrap()
}

fn stated(se: f64, sp: f64) -> BorrowedAccuracy {
    BorrowedAccuracy::stated(se, sp, "a trial").unwrap()
}

fn counted(se: (u64, u64), sp: (u64, u64)) -> BorrowedAccuracy {
    BorrowedAccuracy::counted(of(se.0, se.1), of(sp.0, sp.1), "a trial").unwrap()
}

fn prevalence(apparent: Proportion, accuracy: &BorrowedAccuracy, method: PrevalenceMethod) -> TruePrevalence {
    true_prevalence(apparent, accuracy, method, LEVEL).unwrap()
}

#[test]
fn a_perfect_test_leaves_the_prevalence_as_it_is() {
    let found = prevalence(of(30, 100), &stated(1.0, 1.0), EXACT);
    let plain = of(30, 100).interval(IntervalMethod::ClopperPearson, LEVEL).unwrap();
    assert_eq!(found.value, Ok(0.3));
    assert_eq!(
        (found.interval.unwrap().lower(), found.interval.unwrap().upper()),
        (plain.lower(), plain.upper())
    );
}

#[test]
fn the_known_prevalence_comes_back() {
    // 1000 with prevalence 0.2, se 0.9, sp 0.8: 180 + 160 are named.
    let found = prevalence(of(340, 1000), &stated(0.9, 0.8), PrevalenceMethod::RoganGladen);
    assert!((found.value.unwrap() - 0.2).abs() < 1e-15);
}

#[test]
fn the_ends_are_admissible_and_what_lies_beyond_is_not() {
    let accuracy = stated(0.9, 0.93);
    let value = |x| prevalence(of(x, 100), &accuracy, EXACT).value;
    assert_eq!((value(7), value(90)), (Ok(0.0), Ok(1.0)));
    assert_eq!((value(6), value(91)), (Err(Reason::Inadmissible), Err(Reason::Inadmissible)));
    let below = prevalence(of(6, 100), &accuracy, EXACT);
    assert!((below.uncut.unwrap() + 0.01 / 0.83).abs() < 1e-15);
    let interval = below.interval.unwrap();
    assert!(interval.lower() == 0.0 && interval.upper() > 0.0 && interval.upper() < 0.1);
}

#[test]
fn an_interval_that_lies_outside_whole_is_inadmissible() {
    for method in [EXACT, PrevalenceMethod::RoganGladen] {
        assert_eq!(prevalence(of(1, 500), &stated(0.9, 0.5), method).interval, Err(Reason::Inadmissible));
    }
}

#[test]
fn a_register_that_does_not_tell_one_from_the_other_estimates_nothing() {
    let nothing = prevalence(of(30, 100), &stated(0.3, 0.7), EXACT);
    let missing = Err(Reason::NotEstimable);
    assert_eq!((nothing.value, nothing.uncut), (missing, missing));
    assert_eq!(nothing.interval, Err(Reason::NotEstimable));
    assert_eq!(prevalence(of(0, 0), &stated(0.9, 0.9), EXACT).value, missing);
}

#[test]
fn a_register_that_names_the_wrong_ones_is_read_the_other_way_round() {
    let (right, wrong) = (stated(0.9, 0.8), stated(0.1, 0.2));
    for method in [EXACT, PrevalenceMethod::RoganGladen] {
        let one = prevalence(of(34, 100), &right, method);
        let other = prevalence(of(66, 100), &wrong, method);
        assert!((one.value.unwrap() - other.value.unwrap()).abs() < 1e-15);
        let (one, other) = (one.interval.unwrap(), other.interval.unwrap());
        assert!((one.lower() - other.lower()).abs() < 1e-12 && (one.upper() - other.upper()).abs() < 1e-12);
    }
}

#[test]
fn counted_accuracy_widens_the_interval() {
    let width = |accuracy: &BorrowedAccuracy| {
        let interval = prevalence(of(340, 1000), accuracy, PrevalenceMethod::RoganGladen).interval.unwrap();
        interval.upper() - interval.lower()
    };
    let known = width(&stated(0.9, 0.8));
    assert!(width(&counted((9, 10), (800, 1000))) > width(&counted((900, 1000), (800, 1000))));
    assert!(width(&counted((900, 1000), (8, 10))) > width(&counted((900, 1000), (800, 1000))));
    assert!(width(&counted((900, 1000), (800, 1000))) > known);
}

#[test]
fn a_method_without_its_kind_of_accuracy_is_not_defined() {
    let known = prevalence(of(34, 100), &stated(0.9, 0.8), PrevalenceMethod::LangReiczigel);
    assert_eq!(known.interval, Err(Reason::NotDefined));
    assert_eq!(prevalence(of(34, 100), &counted((9, 10), (8, 10)), EXACT).interval, Err(Reason::NotDefined));
    let certain = prevalence(of(0, 100), &stated(0.9, 1.0), PrevalenceMethod::RoganGladen);
    assert_eq!((certain.value, certain.interval), (Ok(0.0), Err(Reason::NotDefined)));
}

#[test]
fn the_tables_own_accuracy_is_refused_and_another_populations_is_not() {
    let table = TwoByTwo { tp: 240, fp: 87, fn_: 178, tn: 288 };
    let own = BorrowedAccuracy::counted(table.sensitivity(), table.specificity(), "this study").unwrap();
    let method = PrevalenceMethod::RoganGladen;
    let refused = true_prevalence(table.prevalence_register(), &own, method, LEVEL);
    assert_eq!(refused, Err(BorrowedAccuracyError::OwnTable));
    assert!(true_prevalence(of(3270, 7930), &own, method, LEVEL).is_ok());
    assert!(true_prevalence(of(326, 793), &own, method, LEVEL).is_ok());
}

#[test]
fn an_accuracy_without_source_or_sense_is_refused_with_a_sentence() {
    let text = |error: BorrowedAccuracyError| error.to_string();
    let error = BorrowedAccuracy::stated(0.9, 0.9, "  ").unwrap_err();
    assert_eq!(
        text(error),
        "the sensitivity and specificity have no source, expected a study or a population"
    );
    for (se, sp) in [(1.1, 0.9), (0.9, -0.1), (f64::NAN, 0.9)] {
        let error = BorrowedAccuracy::stated(se, sp, "a trial").unwrap_err();
        assert!(text(error).ends_with("expected a number from 0 to 1"));
    }
    let nobody = BorrowedAccuracy::counted(of(0, 0), of(3, 4), "a trial").unwrap_err();
    assert_eq!(nobody, BorrowedAccuracyError::NobodyCounted);
}
